"""A report and its reading → what in them is not proved by the text: the rule that guards both storing and `check`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import get_args, get_type_hints

from onrecord.records import (
    Claim,
    EntityValue,
    EventValue,
    Mention,
    Passage,
    Quantity,
    Reading,
    Record,
    Report,
    Statement,
    When,
)

Part = Mention | Quantity | When | Statement | Claim
WORD = re.compile(r"\w+")


def passages(record: Record) -> Iterator[Passage]:
    """Every passage inside a record, at any depth."""
    for name in _fields(type(record)):
        value = getattr(record, name)
        if isinstance(value, Passage):
            yield value
        elif isinstance(value, Record):
            yield from passages(value)
        elif value is not None:
            for item in value:
                if isinstance(item, Passage):
                    yield item
                elif isinstance(item, Record):
                    yield from passages(item)


@lru_cache(maxsize=64)
def _fields(kind: type[Record]) -> tuple[str, ...]:
    """Fields that may hold passages: half the time of storing a report went into looking at the others."""
    return tuple(name for name, hint in get_type_hints(kind).items() if _holds(hint))


def _holds(hint: object) -> bool:
    if isinstance(hint, type) and issubclass(hint, Record):
        return bool(_fields(hint))
    return hint is Passage or any(_holds(part) for part in get_args(hint))


def unproved(report: Report, reading: Reading) -> Iterator[tuple[str, str]]:
    """(record id, what is wrong): passages that do not yield their words, references that lead nowhere."""
    yield from _report(report)
    if reading.report != report.id:
        yield report.id, f"its reading is of {reading.report}"
    records: tuple[Part, ...] = (
        *reading.mentions,
        *reading.quantities,
        *reading.dates,
        *reading.statements,
        *reading.claims,
    )
    size = len(report.text)
    for r in records:
        if r.report != report.id:
            yield r.id, f"belongs to {r.report}, not {report.id}"
        for p in passages(r):
            if not 0 <= p.start < p.end <= size:
                yield r.id, f"passage {p.start}:{p.end} is not in the text of {size} characters"
    for m in reading.mentions:
        if report.text[m.passage.start : m.passage.end] != m.text:
            yield m.id, f"the passage does not yield {m.text!r}"
    for c in reading.claims:
        if not c.evidence:
            yield c.id, "a claim without its words"
    yield from _twice(reading)
    yield from _loose(reading)


def _report(report: Report) -> Iterator[tuple[str, str]]:
    size = len(report.text)
    worded = [(report.title_passage, report.title)] if report.title_passage is not None else []
    worded += [(d.passage, d.phrase) for d in report.dates if d.passage is not None]
    for p in (*(p for p, _ in worded), *report.furniture):
        if p is not None and not 0 <= p.start <= p.end <= size:
            yield report.id, f"passage {p.start}:{p.end} is not in the text of {size} characters"
    for p, words in worded:
        # titles and dates come from markup too, where blanks, case and punctuation differ from the text
        if p is not None and _words(report.text[p.start : p.end]) != _words(words or ""):
            yield report.id, f"the passage {p.start}:{p.end} does not yield {words!r}"


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _twice(reading: Reading) -> Iterator[tuple[str, str]]:
    """Ids that others refer to and that would lead to two records."""
    for records in (reading.referents, reading.statements, reading.claims):
        seen: set[str] = set()
        for r in records:
            if r.id in seen:
                yield r.id, "stands twice in one reading"
            seen.add(r.id)


def _loose(reading: Reading) -> Iterator[tuple[str, str]]:
    """References inside one reading that lead nowhere."""
    referents = {r.id for r in reading.referents}
    statements = {s.id for s in reading.statements}
    for m in reading.mentions:
        if m.referent not in referents:
            yield m.id, f"names no referent: {m.referent}"
    proposed: tuple[Statement | Claim, ...] = (*reading.statements, *reading.claims)
    for record in proposed:
        for target in _referents(record):
            if target not in referents:
                yield record.id, f"names no referent: {target}"
        above = record.parent if isinstance(record, Statement) else record.statement
        if above is not None and above not in statements:
            yield record.id, f"names no statement: {above}"


def _referents(record: Statement | Claim) -> Iterable[str]:
    """Ids of the referents that a statement or claim names."""
    named: list[str | None] = [s.referent for s in record.steps]
    if isinstance(record, Statement):
        named += [record.speaker, *record.via]
    else:
        named.append(record.subject)
        if isinstance(record.value, EntityValue):
            named += record.value.entities
        elif isinstance(record.value, EventValue):
            named += [record.value.entity, record.value.place]
    return [n for n in named if n is not None]
