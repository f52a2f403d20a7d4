"""Issue and dossier on a terminal."""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from onrecord.tell import screen
from onrecord.tell.dossier import Dossier
from onrecord.tell.gate import Sentence
from onrecord.tell.issue import Issue
from onrecord.tell.rows import Row, worded
from onrecord.tell.screen_due import dues
from onrecord.tell.times import in_words

FEW = 6  # claims quoted below one position before the rest is counted


def dossier(told: Dossier) -> list[RenderableType]:
    """The dossier, most asked first: what it is, where accounts differ, promises, then property by property."""
    subject = told.subject
    how = "named" if subject["named"] else "described"
    out: list[RenderableType] = [
        Rule(Text(subject["name"], "bold"), align="left"),
        Text(f"{screen.kind(subject)}, {how} in {told.reports} of {told.looked_at} reports"),
    ]
    out += [Text(f"spelled: {', '.join(subject['names'])}")] if subject["names"] else []
    out += [Text(screen.by_beat(subject), "dim")] if subject["beat_names"] else []
    out += [Text(f"kept apart from: {', '.join(told.variants)}", "yellow")] if told.variants else []
    out += [Text(f"called “{role}” by {', '.join(outlets)}") for role, outlets in subject["roles"].items()]
    if told.conflicts:
        out += [Text("\ncontested", "bold red"), *screen.conflicts(told.conflicts)[:-1]]
    for c in told.changes:
        line = f"changed: {c['property']} {c['before']['shown']} → {c['after']['shown']} ({c['why']})"
        out.append(Text(line, "yellow"))
    if told.dues:
        out += [Text("\npromised", "bold"), *dues(told.dues)[:-1]]
    for h in told.hedges:
        out.append(Text(hedge(h), "yellow"))
    for s in told.sections:
        out += [Text(f"\n{s.property}", "bold") + Text(f"  {s.means}", "dim not bold")]
        for p in s.positions:
            out += position(p)
    if told.said:
        out.append(Text(f"\n{len(told.said)} statements of its own: onrecord statements --speaker …", "dim"))
    return [*out, screen.note("claims within a position are sorted by publication date")]


def hedge(h: Row) -> str:
    """Which hedge fell off between whom: two losses of one word are two different lines."""
    first, bare = h["claims"][0], next(c for c in h["claims"] if c["id"] == h["lost_at"])
    between = f"between {screen.source_line(first)} and {screen.source_line(bare)}"
    return f"hedge lost, {h['property']}: “{h['marker']}” fell off {between}; {h['why']}"


def position(p: Row) -> list[RenderableType]:
    holds = f"  holds {in_words(p['holds_at'])}" if p["holds_at"] else ""
    value = worded(p, screen.LONG)
    head = Text.assemble("  ", (value, "bold green"), f"{holds}  ", screen.standing_text(p))
    shown = [screen.quoted(c, told=p["sign"] + p["shown"]) for c in p["claims"][:FEW]]
    rest = len(p["claims"]) - FEW
    more = [Padding(Text(f"and {rest} more", "dim"), (0, 0, 0, 3))] if rest > 0 else []
    return [head, *shown, *more]


VERDICT_COLOURS = {
    "changed": "yellow",
    "contested": "red",
    "unchanged": "green",
    "no reports": "dim",
    "not looked": "dim",
}


def issue(told: Issue) -> list[RenderableType]:
    """The issue: coverage, a line per topic with its verdict, then each section."""
    out: list[RenderableType] = [
        Rule(Text(f"{told.title}: {told.week}", "bold")),
        Text(f"{told.first} to {told.last}. {told.coverage.line()}", "dim"),
        Text(""),
    ]
    width = max((len(t.verdict) for t in told.topics), default=0)
    for t in told.topics:
        line = Text.assemble(
            (f"{t.verdict:>{width}}", f"bold {VERDICT_COLOURS[t.verdict]}"), "  ", (t.question, "bold")
        )
        out += [line, Padding(Text(t.why, "dim"), (0, 0, 0, width + 2))]
        out += [Padding(sentence(s), (0, 0, 0, width + 2)) for s in t.sentences]
        out.append(Text(""))
    said = {s.text for t in told.topics for s in t.sentences}
    for x in told.sections:
        fresh = [s for s in x.sentences if s.text not in said]
        if not fresh and not x.notes:
            continue
        out.append(Rule(Text.assemble((x.title, "bold"), (f"  sorted by {x.sorted_by}", "dim")), align="left"))
        out += [sentence(s) for s in fresh]
        again = len(x.sentences) - len(fresh)
        out += [Text(f"and {again} told above", "dim")] if again else []
        out += [Text(f"· {n}") for n in x.notes]
    held = len(told.refused)
    note = "every sentence cites claims (onrecord why ID shows the words)"
    return [*out, screen.note(note + (f"; the gate held back or retold {held}" if held else ""))]


def sentence(s: Sentence) -> Text:
    """`· text [c-12ab…]`: the first claim's id, and how many more."""
    more = f" +{len(s.claims) - 1}" if len(s.claims) > 1 else ""
    return Text.assemble("· ", s.text, (f"  [{s.claims[0][:10]}{more}]", "dim"))
