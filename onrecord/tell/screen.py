"""Rows → what a terminal shows: claims quoted with their source, tables where columns help, empty answers that explain.

Every function returns rich renderables; `show` is the one place that prints.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from onrecord.records import Passage
from onrecord.tell import quotes
from onrecord.tell.coverage import plural
from onrecord.tell.first import told_first
from onrecord.tell.rows import Row, repeated, support_words, worded
from onrecord.tell.times import in_words
from onrecord.tell.values import show as show_value

SHORT = 10  # characters of an id, as the sentences of an issue cite it
LONG = 300  # characters of a quotation that are shown
WIDTH = 100  # columns, where there is no terminal to ask
COLOURS = {
    "contested": "red", "denied": "red", "overdue": "red", "changed": "yellow", "withdrawn": "yellow",
    "corroborated": "green", "one origin": "cyan",
}  # fmt: skip
Lines = list[RenderableType]
CONTROLS = dict.fromkeys({*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)} - {9, 10})


def show(*parts: RenderableType) -> None:
    """Print to stdout, as wide as the terminal, or 100 columns; control signs of a report's text never reach it."""
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(highlight=False, width=WIDTH)
    for part in parts:
        console.print(harmless(console, part), end="")


def harmless(console: Console, part: RenderableType) -> Segments:
    """The part as drawn, without what could move a cursor or turn text around: a title may hold escape characters."""
    drawn = console.render(Text(part) if isinstance(part, str) else part)
    return Segments(s if s.control else Segment(s.text.translate(CONTROLS), s.style) for s in drawn)


def shortened(text: str, size: int = LONG) -> str:
    return text if len(text) <= size else text[: size - 1].rsplit(" ", 1)[0] + " …"


def short(id_: str) -> str:
    """The beginning of an id: enough for every command that takes one. --json has the whole."""
    return id_[:SHORT]


def kind(row: Row) -> str:
    """What kind of thing an entity is, as far as that is known."""
    return "kind unsure" if row["kind"] == "unsure" else str(row["kind"])


def standing_text(row: Row) -> Text:
    out = Text()
    for s in row["standing"]:
        if s != "one origin":
            out.append(f"{s}  ", style=COLOURS.get(s, ""))
    out.append(support_words(row), style="cyan")
    return out


def source_line(row: Row) -> str:
    """`Alexander Volfovich, through BelTA, in SB (2025-08-21)`."""
    who = row["speaker"] or "own voice"
    via = "".join(f", through {v}" for v in row["via"])
    said = f", said {in_words(row['said_at'])}" if row.get("said_at") else ""
    return f"{who}{via}{said} — {row['outlet']}, {in_words(row['published'] or 'undated')}"


def claim(row: Row, *, subject: bool = True) -> RenderableType:
    """One claim: what, how firmly, in which words, from whom, how well supported."""
    head = Text()
    if subject:
        head.append(row["subject"] or "(no subject)", style="bold")
        head.append(f" · {row['property']}  ")
    once = repeated(row["sign"] + row["shown"], row["words"])  # the words are the value: they follow in quotation marks
    head.append("" if once else row["sign"], style="red")
    head.append("" if once else shortened(row["shown"], 120) + "  ", style="bold green")
    head.append(f"{row['modality']}", style="" if row["modality"] == "asserted" else "yellow")
    head.append(f"  holds {in_words(row['holds_at'])}" if row["holds_at"] else "")
    head.append("" if row["current"] else "  in an older version", style="yellow")
    tail = Text.assemble(standing_text(row), ("  " + short(row["id"]), "dim"))
    return Group(
        head,
        Padding(Text(quotes.quoted(row["words"], LONG), style="italic"), (0, 0, 0, 4)),
        Padding(Text(source_line(row)), (0, 0, 0, 4)),
        Padding(tail, (0, 0, 0, 4)),
    )


def claims(rows: Sequence[Row], sorted_by: str = "publication date") -> Lines:
    out: Lines = []
    ids: dict[str, set[str]] = {}
    for r in rows:
        ids.setdefault(r["subject"], set()).add(r["subject_id"] or "")
    key = lambda r: (r["subject"], r["subject_id"] or "", r["property"])
    for (subject, id_, property_), group in groupby(sorted(rows, key=key), key):
        which = f"  {short(id_)}" if len(ids[subject]) > 1 else ""  # two things of one name
        out.append(Rule(Text.assemble((subject or "(no subject)", "bold"), f" · {property_}", which), align="left"))
        out += [claim(r, subject=False) for r in group]
    return [*out, note(f"{plural(len(rows), 'claim')}, sorted by {sorted_by} within each subject and property")]


def statements(rows: Sequence[Row]) -> Lines:
    out: Lines = []
    for r in rows:
        head = Text.assemble((r["speaker"] or "unnamed", "bold"), f"  {r['cue'] or '—'}  ", (r["sort"], "dim"))
        head.append("".join(f"  through {v}" for v in r["via"]))
        if r["anonymity"] in ("unnamed", "role"):
            head.append(f"  {r['anonymity']}" + (f": {r['about_source']}" if r["about_source"] else ""), style="yellow")
        where = f"{r['outlet']}, {in_words(r['published'] or 'undated')}"
        where += f", said {in_words(r['said_at'])}" if r["said_at"] else ""
        quote = Text(quotes.quoted(r["content"], LONG), style="italic")
        out.append(
            Group(head, Padding(quote, (0, 0, 0, 4)), Padding(Text(f"{where}  {short(r['id'])}", "dim"), (0, 0, 0, 4)))
        )
    return [*out, note(f"{plural(len(rows), 'statement')}, sorted by publication date")]


def table(columns: dict[str, str], rows: Iterable[Row], **style: Any) -> Table:
    """A table of some fields of rows: `columns` maps a field to its heading."""
    out = Table(box=None, header_style="bold", pad_edge=False, **style)
    for heading in columns.values():
        out.add_column(heading, overflow="fold")
    for r in rows:
        out.add_row(*(escape(cell(r[field])) for field in columns))
    return out


def cell(x: Any) -> str:
    if x is None:
        return "–"
    if isinstance(x, (list, tuple)):
        return ", ".join(cell(y) for y in x)
    return shortened(str(x), 160)


def reports(rows: Sequence[Row]) -> Lines:
    out = Table(box=None, header_style="bold", pad_edge=False)
    for heading, whole, widest in (
        ("published", True, None), ("outlet", False, 24), ("title, file", False, None), ("id", True, None),
    ):  # fmt: skip
        out.add_column(heading, overflow="fold", no_wrap=whole, max_width=widest)
    for r in rows:
        title = Text.assemble(cell(r["title"]), "\n", (r["name"], "dim"))
        out.add_row(in_words(r["published"] or "–"), escape(cell(r["outlet"])), title, short(r["id"]))
    return [out, note(f"{plural(len(rows), 'report')}, sorted by publication date")]


def entities(rows: Sequence[Row]) -> Lines:
    out: Lines = []
    for r in rows:
        head = Text.assemble(
            (r["name"], "bold"),
            f"  {kind(r)}  {found_in(r)}  ",
            (" ".join(filter(None, (r["key"], short(r["id"])))), "dim"),
        )
        head.append(f"  {r['wikidata']}" if r.get("wikidata") else "", "cyan")
        body = [Text("spelled: " + ", ".join(r["names"]))] if r["names"] else []
        body += [Text(by_beat(r), "dim")] if r["beat_names"] else []
        body += [Text(f"called {role!r} by {', '.join(o)}") for role, o in r["roles"].items()]
        body += [
            Text(f"judged: {' and '.join(j['on'])}: {j['verdict']}, by {j['by']} on {j['at'][:10]}, "
                 f"because {j['because']}  ({j['id']})")
            for j in r["judged"]
        ]  # fmt: skip
        out.append(Group(head, *(Padding(b, (0, 0, 0, 4)) for b in body)))
    return [*out, note("1 entity" if len(rows) == 1 else f"{len(rows)} entities")]


def found_in(row: Row) -> str:
    """Where an entity is named; what is only described ("the dam") is a thing of its own in each report, so which."""
    where = f"in {plural(row['reports'], 'report')}"
    return where if row["named"] else f"described, not named, {where}: {', '.join(row['outlets'])}"


def by_beat(row: Row) -> str:
    """Names that stand in the beat alone."""
    return f"the beat's name, written in no report: {', '.join(row['beat_names'])}"


def conflicts(rows: Sequence[Row]) -> Lines:
    out: Lines = []
    for r in rows:
        state = "open" if r["open"] else r["turns"][-1]["what"]
        what = r["question"] or f"{r['subject']} · {r['property']}"
        kind = "differing accounts" if r["question"] else f"{r['kind']} conflict"
        title = Text.assemble((what, "bold"), (f"  {kind}, {state}", "red"))
        out += [Rule(title, align="left"), Text(r["why"])]
        for n, p in enumerate(r["positions"], 1):
            about = f"{p['subject']} · {p['property']} = " if r["question"] else ""
            heading = Text.assemble(f"{n}. {about}", (worded(p, LONG), "bold green"), "  ", standing_text(p))
            claims = (quoted(c, told=p["sign"] + p["shown"]) for c in p["claims"])
            out.append(Padding(Group(heading, *claims), (0, 0, 0, 2)))
        life = "; ".join(f"{t['what']} {t['on'] or ''}".strip() for t in r["turns"])
        out.append(Padding(Text(f"life: {life}", style="dim"), (0, 0, 0, 2)))
    return [*out, note(plural(len(rows), "conflict"))]


def quoted(row: Row, told: str = "") -> RenderableType:
    """A claim below a heading that already says what it claims; only its source where the heading is its words."""
    words = "" if repeated(told, row["words"]) else f"{quotes.quoted(row['words'], 200)}  "
    return Padding(Text.assemble((words, "italic"), source_line(row), ("  " + short(row["id"]), "dim")), (0, 0, 0, 3))


def hedges(rows: Sequence[Row]) -> Lines:
    out: Lines = []
    for r in rows:
        title = Text.assemble((r["subject"], "bold"), f" · {r['property']}  ", (f"“{r['marker']}” fell off", "yellow"))
        lines = Table.grid(padding=(0, 1))
        for c in r["claims"]:
            mark = Text("→" if c["id"] == r["lost_at"] else " ", "yellow")
            lines.add_row(mark, Text(f"{quotes.quoted(c['words'], 160)} {source_line(c)}"))
        out.append(Group(Rule(title, align="left"), Text(r["why"]), lines))
    return [*out, note(f"{plural(len(rows), 'hedge')} lost; retellings in order of publication")]


def origins(row: Row) -> Lines:
    """The tree: groups that cannot be independent, what is folded in each, and why."""
    subject = row["subject"] or "(no subject)"
    title = Text.assemble((subject, "bold"), f" · {row['property']} = {shortened(row['shown'], 80)}: ")
    tree = Tree(title.append(support_words(row), "cyan"))
    by_id = {c["id"]: c for c in row["claims"]}
    inner = [set(g) for g in row.get("groups_at_most", [])]
    for n, group in enumerate(row.get("groups_at_least", []), 1):
        branch = tree.add(Text(f"origin {n}" if len(group) > 1 else f"origin {n}: {source_line(by_id[group[0]])}"))
        for part in (sorted(i) for i in inner if i <= set(group)) if len(group) > 1 else ():
            leaf = branch.add(Text("shown to be one:")) if len(part) > 1 else branch
            for c in part:
                leaf.add(Text.assemble(source_line(by_id[c]), (f"  {quotes.quoted(by_id[c]['words'], 90)}", "italic")))
    first = told_first(row.get("first", []))
    whys = [
        (
            "shown" if f["shown"] else "may be",
            f["kind"],
            f"{f['left']['outlet']} ↔ {f['right']['outlet']}: {f['reason']}",
        )
        for f in row.get("foldings", [])
    ]
    return [
        tree,
        *([Text(first)] if first else []),
        *(Text.assemble((f"{how}  {kind}  ", "cyan"), why) for how, kind, why in dict.fromkeys(whys)),
    ]


def all_origins(rows: Sequence[Row]) -> Lines:
    return [part for r in rows for part in origins(r)]


def review(asked: Sequence[Any], of: int) -> Lines:
    """The questions, each with the rule's reason and the command that answers it."""
    out: Lines = []
    for q in asked:
        left, right = q.names
        head = Text.assemble((left, "bold"), "  or  ", (right, "bold"), f"   moves {q.claims} claims")
        answer = f'onrecord judge "{left}" same "{right}" --because "…"     (or: "not the same")'
        lines = (Text(q.judgement.reason), Text(answer, "cyan"))
        out.append(Group(head, *(Padding(line, (0, 0, 0, 4)) for line in lines)))
    return [*out, note(f"{len(asked)} of {of} open questions, those first that would move most claims")]


def search(hits: Sequence[Row]) -> Lines:
    out: Lines = []
    for h in hits:
        head = Text.assemble(
            (h["title"] or h["name"], "bold"), f"  {h['outlet']}, {in_words(h['published'] or 'undated')}"
        )
        out.append(
            Group(head, Padding(Text(" ".join(h["snippet"].split())), (0, 0, 0, 4)), Text(f"    {h['report']}", "dim"))
        )
    return [*out, note(f"{plural(len(hits), 'report')}, best first; found words between « and »")]


def empty(what: str, looked_at: int, nearest: Sequence[str]) -> Lines:
    """An answer with nothing in it: how much was looked at, and what is nearest."""
    near = f"; nearest: {', '.join(nearest)}" if nearest else ""
    return [Text(f"no {what}: {looked_at} reports looked at{near}")]


def reading(report: Any, taken: Any) -> Group:
    """What is taken from one report, for a look: counts, then each statement and claim in its words."""

    def cut(p: Passage) -> str:
        return " ".join(report.text[p.start : p.end].split())

    counts = ", ".join(
        f"{len(getattr(taken, k))} {k}" for k in ("mentions", "quantities", "dates", "statements", "claims")
    )
    names = {r.id: r.name for r in taken.referents}
    out: Lines = [Rule(Text(report.title or report.name, "bold"), align="left"), note(f"{report.name}: {counts}")]
    for s in taken.statements:
        quote = quotes.quoted(" […] ".join(cut(p) for p in s.content), 200)
        speaker = names.get(s.speaker or "", s.anonymity)
        out.append(Text.assemble((speaker, "bold"), f" {' '.join(cut(p) for p in s.cue)}: ", (quote, "italic")))
    for c in taken.claims:
        value = show_value(c.value, lambda e: names.get(e, e))
        above = any(value.split() == " ".join(cut(p) for p in s.content).split() for s in taken.statements)
        value = "as quoted above" if above else shortened(value, 100)
        head = Text.assemble(
            (names.get(c.subject or "", "(no subject)"), "bold"), f" · {c.property} ", (value, "green")
        )
        out.append(head.append(f"  {c.modality}" + (f", {c.polarity}" if c.polarity == "negative" else ""), "yellow"))
    return Group(*out)


def note(text: str) -> Text:
    return Text(text, "dim")
