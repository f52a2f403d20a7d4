"""Promises on a terminal: those with a date by that date, those without one in a group of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from onrecord.tell.coverage import plural
from onrecord.tell.quotes import quoted as in_marks
from onrecord.tell.rows import Row
from onrecord.tell.screen import COLOURS, LONG, Lines, note, quoted
from onrecord.tell.times import in_words


def dues(rows: Sequence[Row], *, everything: bool = False) -> Lines:
    """The promises with a date, then those without one: only counted, unless `everything` is asked for."""
    dated, dateless = [r for r in rows if r["by"]], [r for r in rows if not r["by"]]
    out: Lines = [due(r) for r in dated]
    if dateless:
        states = ", ".join(f"{n} {state}" for state, n in Counter(str(r["state"]) for r in dateless).most_common())
        out.append(Rule(Text(f"{plural(len(dateless), 'promise')} without a date: {states}", "bold"), align="left"))
        out += [due(r) for r in dateless] if everything else [note("onrecord due --all shows them")]
    slips = Counter[str]()
    for r in rows:
        for first in r["speakers"][:1]:  # who promised first; others repeated it
            slips[first] += len(r["slips"])
    counted = ", ".join(f"{s} {n}" for s, n in sorted(slips.items(), key=lambda x: (-x[1], x[0])) if n)
    undated = f", {len(dateless)} of them without a date" if dateless else ""
    told = f"{plural(len(rows), 'promise')}{undated}, those with a date sorted by the date they are due"
    return [*out, note(told + (f"; slips, by who promised first: {counted}" if counted else ""))]


def due(r: Row) -> Group:
    """One promise: when, how it stands, in which words last; how its date moved; every claim of it."""
    when = in_words(r["by"]) if r["by"] else "no date"
    head = Text.assemble((when, "bold"), "  ", (r["state"], COLOURS.get(r["state"], "yellow")))
    head.append(f"  {r['subject'] or '(no subject)'} · {r['property']}: {in_marks(r['what'], LONG)}")
    moved = ", then ".join(f"{in_words(a)} → {in_words(b)}{teller(r, b)}" for a, b in r["slips"])
    slips = [Padding(Text(f"slipped: {moved}", "yellow"), (0, 0, 0, 4))] if moved else []
    return Group(head, *slips, *(quoted(c, told=r["what"]) for c in r["claims"]))


def teller(r: Row, new: str) -> str:
    """Who told a new date, where that is not who promised first: the date that a third party gives is its own word."""
    own = set(r["speakers"][:1])
    told = [c["speaker"] or c["outlet"] for c in r["claims"] if new in (c.get("holds_at"), c.get("value"))]
    return f", as {told[0]} told it" if told and own.isdisjoint(told) else ""
