"""Issue and dossier on a terminal."""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from onrecord.tell import screen
from onrecord.tell.dossier import Dossier
from onrecord.tell.rows import Row

FEW = 6  # claims quoted below one position before the rest is counted


def dossier(told: Dossier) -> list[RenderableType]:
    """The dossier, most asked first: what it is, where accounts differ, promises, then property by property."""
    subject = told.subject
    out: list[RenderableType] = [
        Rule(Text(subject["name"], "bold"), align="left"),
        Text(f"{subject['kind']}, named in {told.reports} of {told.looked_at} reports"),
    ]
    out += [Text(f"spelled: {', '.join(subject['names'])}")] if subject["names"] else []
    out += [Text(f"kept apart from: {', '.join(told.variants)}", "yellow")] if told.variants else []
    out += [Text(f"called “{role}” by {', '.join(outlets)}") for role, outlets in subject["roles"].items()]
    if told.conflicts:
        out += [Text("\ncontested", "bold red"), *screen.conflicts(told.conflicts)[:-1]]
    for c in told.changes:
        line = f"changed: {c['property']} {c['before']['value']} → {c['after']['value']}. {c['why']}"
        out.append(Text(line, "yellow"))
    if told.dues:
        out += [Text("\npromised", "bold"), *screen.dues(told.dues)[:-1]]
    for h in told.hedges:
        out.append(Text(f"hedge lost: “{h['marker']}”. {h['why']}", "yellow"))
    for s in told.sections:
        out += [Text(f"\n{s.property}", "bold") + Text(f"  {s.means}", "dim not bold")]
        for p in s.positions:
            out += position(p)
    if told.said:
        out.append(Text(f"\n{len(told.said)} statements of its own: onrecord statements --speaker …", "dim"))
    return [*out, screen.note("claims within a position are sorted by publication date")]


def position(p: Row) -> list[RenderableType]:
    sign = "not " if p["polarity"] == "negative" else ""
    holds = f"  holds {p['holds_at']}" if p["holds_at"] else ""
    value = sign + screen.shortened(p["value"], 120)
    head = Text.assemble("  ", (value, "bold green"), f"{holds}  ", screen.standing_text(p))
    shown = [screen.quoted(c) for c in p["claims"][:FEW]]
    rest = len(p["claims"]) - FEW
    more = [Padding(Text(f"and {rest} more", "dim"), (0, 0, 0, 3))] if rest > 0 else []
    return [head, *shown, *more]
