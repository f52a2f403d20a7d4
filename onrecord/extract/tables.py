"""Tables in a text → what their cells say: one property of one thing, in the outlet's own voice.

A table is what web pages and Markdown come to: lines of cells between bars, a rule of hyphens under the first.

    | Type      | Vega 3   |        properties down the side, one thing or more across: the thing is named in the
    |-----------|----------|        first row, else in the caption (the line before), else in the title
    | Top speed | 200 km/h |

    | Train     | Top speed |       properties across the top, a thing in each row's first cell
    |-----------|-----------|
    | Vega 3    | 200 km/h  |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.beat import BeatProperty, ValueKind
from onrecord.extract import slots
from onrecord.extract.slots import Context, Found, Subject
from onrecord.records import DateValue, EntityValue, Form, Kind, Mention, Passage, Passages

RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*")
CELL = re.compile(r"[^|]+")
FIGURES = (ValueKind.QUANTITY, ValueKind.MONEY)
MAX_ROWS = 500  # more is data, not part of an article

Row = tuple[Passage, ...]
Cued = Callable[[BeatProperty, Passage], bool]


@dataclass(frozen=True)
class Told:
    """What one cell says, with the cells that it is read from."""

    prop: BeatProperty
    subject: Subject
    found: Found
    evidence: Passages


def tables(c: Context) -> list[list[Row]]:
    """The tables of a text: each a list of rows of cells without their blanks; the rule of hyphens is left out."""
    out: list[list[Row]] = []
    last = -1
    for i, p in enumerate(c.doc.paragraphs):
        if c.doc.text[p.start] != "|":
            continue
        if last != i - 1 or not out:
            out.append([])
        last = i
        if RULE.fullmatch(c.doc.text, p.start, p.end) is None and len(out[-1]) < MAX_ROWS:
            out[-1].append(tuple(_cells(c, p)))
    return [t for t in out if len(t) > 1]


def _cells(c: Context, line: Passage) -> Iterator[Passage]:
    for m in CELL.finditer(c.doc.text, line.start, line.end):
        words = m.group()
        start = m.start() + len(words) - len(words.lstrip())
        yield Passage(start, max(start, m.end() - len(words) + len(words.rstrip())))


def told(c: Context, properties: Iterable[BeatProperty], cued: Cued) -> list[Told]:
    """What the cells say of the beat's `properties`; `cued` tells whether a cell holds a cue of one.

    A cell whose thing is not named says nothing.
    """
    wanted = tuple(properties)
    out: list[Told] = []
    for rows in tables(c):
        for row in rows:
            for prop in wanted:
                if len(row) > 1 and cued(prop, row[0]):
                    out.extend(_across(c, prop, rows, row))
        for k, head in enumerate(rows[0]):
            for prop in wanted:
                if k and cued(prop, head):
                    out.extend(_down(c, prop, rows, k))
    return out


def _across(c: Context, prop: BeatProperty, rows: Sequence[Row], row: Row) -> Iterator[Told]:
    """A row whose first cell names the property: a value for the thing at the top of each column."""
    for k, cell in enumerate(row[1:], start=1):
        top = _first(c, rows[0][k], prop.subjects) if k < len(rows[0]) and rows[0] is not row else None
        about = top or (_caption(c, rows, prop.subjects) if len(row) == 2 else None)
        found = _value(c, prop, cell)
        if about is not None and found is not None:
            above = (rows[0][k],) if top is not None else ()
            yield Told(prop, Subject(about.referent, about.passage), found, (*above, row[0], cell))


def _down(c: Context, prop: BeatProperty, rows: Sequence[Row], k: int) -> Iterator[Told]:
    """A column whose top cell names the property: a value for the thing in each row's first cell."""
    for row in rows[1:]:
        about = _first(c, row[0], prop.subjects) if k < len(row) else None
        found = _value(c, prop, row[k]) if k < len(row) else None
        if about is not None and found is not None:
            yield Told(prop, Subject(about.referent, about.passage), found, (rows[0][k], row[0], row[k]))


def _first(c: Context, p: Passage, kinds: Sequence[Kind]) -> Mention | None:
    return next((m for m in c.cast.mentions_in(p) if not kinds or m.kind in kinds), None)


def _caption(c: Context, rows: Sequence[Row], kinds: Sequence[Kind]) -> Mention | None:
    """The one thing that the line before the table names, else the first line of the report."""
    start = rows[0][0].start
    before = [p for p in c.doc.paragraphs if p.end <= start]
    for line in (before[-1:], before[:1]):
        named = [m for p in line for m in c.cast.mentions_in(p) if (not kinds or m.kind in kinds)]
        if kinds and len({m.referent for m in named if m.form is Form.NAMED}) == 1:
            return named[0]
    return None


def _value(c: Context, prop: BeatProperty, cell: Passage) -> Found | None:
    """The value of the property's kind that the cell holds."""
    if prop.value in FIGURES:
        return next(iter(slots.figures(c, prop, cell)), None)
    if prop.value is ValueKind.DATE:
        day = next((d for d in slots.within(c.dates, cell) if d.value), None)
        return None if day is None else Found(DateValue(date=day.value or ""), day.passage)
    if prop.value is ValueKind.ENTITY and prop.objects:
        m = _first(c, cell, prop.objects)
        return None if m is None else Found(EntityValue(entities=(m.referent,)), m.passage)
    return None
