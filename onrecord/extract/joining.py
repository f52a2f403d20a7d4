"""Amounts that belong together: ranges, figures that are compared, and the hedges that amounts take into their span.

Forms: 15-22 mph; between 15kHz and 17kHz; 24.2 to 33 billion euros; fell from 40 to 30; sales of 3 million cars, from
2 million;
up to 252 miles; just under 20 percent; 600 km or more.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from onrecord.extract.context import COMPARERS
from onrecord.extract.hedges import hedges, joint, range_start, scale_of
from onrecord.extract.numerals import Token
from onrecord.extract.units import Unit
from onrecord.records import Comparator

CHANGED = 6  # tokens between the ends of a change, with a date between them
COMPARED = 14  # tokens between two amounts that are compared


class Amount(msgspec.Struct, frozen=True):
    """Tokens `[first, last)` of a sentence that say how much; `start`, `end` are code points of the text."""

    first: int
    last: int
    low: float | None
    high: float | None
    rule: str
    unit: Unit | None = None
    noun: tuple[str, ...] = ()  # what is counted, as written, lower case where the text has it so
    per: str | None = None  # "day", "share"
    comparator: Comparator = Comparator.EQ
    approximate: bool = False
    age: bool = False
    form: str = "figure"  # of its numeral
    ends: tuple[Amount, ...] = ()  # of "fell from A to B": two figures, joined only for those who want a range
    score: float = 0.9
    start: int = 0
    end: int = 0


def joined(toks: list[Token], found: list[Amount]) -> list[Amount]:
    """Neighbours joined into ranges, and numbers without a unit given that of the range they stand in."""
    out: list[Amount] = []
    i = 0
    while i < len(found):
        a = found[i]
        b = found[i + 1] if i + 1 < len(found) else None
        made = _range(toks, a, b) if b is not None else None
        if made is None:
            out.append(a)
            i += 1
        else:
            out.append(made)
            i += 2
    return out


def _range(toks: list[Token], a: Amount, b: Amount) -> Amount | None:
    """`a` and `b` as one range, if the words between them join them."""
    how = joint(toks, a.first, a.last, b.first)
    if how == "to" and a.unit is not None and b.unit is None and not b.noun:
        return None
    if how is None or not _alike(a, b) or None in (a.low, b.low):
        return None
    if how == "dash" and a.unit is None and b.unit is None and not (a.noun or b.noun):
        return None
    low, high = a.low or 0.0, (b.low if b.high is None else b.high) or 0.0
    scale = b_scale = scale_of(toks, b.first, b.last)
    if (
        a.unit is None
        and not a.noun
        and b_scale > 1
        and low < high / b_scale * 10
        and scale_of(toks, a.first, a.last) == 1
    ) or (
        _bare_figure(a)
        and a.unit is not None
        and b_scale > 1
        and scale_of(toks, a.first, a.last) == 1
        and low * b_scale <= high
    ):
        low *= scale
    if how in ("or", "dash") and low >= high:
        return None
    keep = b if (b.unit or b.noun) else a
    return replace(
        keep,
        first=range_start(toks, a.first, how),
        last=max(a.last, b.last),
        low=low,
        high=high,
        rule="range",
        per=b.per or a.per,
        approximate=a.approximate or b.approximate,
        ends=(_shared(a, b, low), _shared(b, a, high)) if how == "change" else (),
    )


def _shared(a: Amount, other: Amount, value: float) -> Amount:
    """One end of a change, with the unit of the other where it has none."""
    bare = a.unit is None and not a.noun
    return replace(
        a,
        low=value,
        high=value,
        unit=other.unit if bare else a.unit,
        noun=other.noun if bare else a.noun,
        per=a.per or other.per,
        rule="change",
    )


def compared(toks: list[Token], found: list[Amount]) -> list[Amount]:
    """A bare number after "from", "compared with", ... measured in what the amount before it is: "headsets, from 2.4
    million".
    """
    out: list[Amount] = []
    for i, a in enumerate(found):
        follows = found[i + 1] if i + 1 < len(found) else None
        last = out[-1] if out else None
        if follows is not None and _rises_to(toks, a, follows):
            out.append(replace(a, unit=follows.unit, noun=follows.noun, rule="compared", per=follows.per))
            continue
        before = toks[a.first - 1].low if a.first else ""
        near = last is not None and a.first - last.last < COMPARED and (last.noun or last.unit)
        percent = last is not None and last.unit is not None and last.unit.kind in ("percent", "index")
        if a.rule in ("bare", "pending") and before in COMPARERS and last is not None and near and not percent:
            a = replace(a, unit=last.unit, noun=last.noun, rule="compared", per=last.per)
        if a.rule != "pending":
            out.append(a)
    return out


def _rises_to(toks: list[Token], a: Amount, b: Amount) -> bool:
    """Whether a change to the next amount began from this bare number: "from 4.2 billion in 2029 to $5 billion"."""
    if a.rule not in ("bare", "pending") or not (b.unit or b.noun) or b.first - a.last > CHANGED or not a.first:
        return False
    percent = b.unit is not None and b.unit.kind in ("percent", "index", "time")
    return toks[a.first - 1].low == "from" and not percent and any(t.low == "to" for t in toks[a.last : b.first])


def _bare_figure(a: Amount) -> bool:
    return a.form == "figure"


def _alike(a: Amount, b: Amount) -> bool:
    if a.rule.startswith(("multiple", "share")) or b.rule.startswith(("multiple", "share")):
        return False
    if a.unit is not None and b.unit is not None:
        return a.unit.code == b.unit.code and a.age == b.age
    if a.noun and b.noun:
        return a.noun[-1] == b.noun[-1]
    if a.unit is not None or a.noun:
        return not b.noun and b.unit is None and b.rule in ("bare", "pending")
    return a.rule in ("bare", "pending")


def dressed(toks: list[Token], found: list[Amount]) -> list[Amount]:
    """Comparators and approximators beside each amount taken into it."""
    out: list[Amount] = []
    floor = 0
    for a in found:
        c = hedges(toks, floor, a.first, a.last)
        one = replace(
            a, first=c.first, last=c.last, comparator=c.comparator, approximate=a.approximate or c.approximate
        )
        out.append(one)
        floor = one.last
    return out
