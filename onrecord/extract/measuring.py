"""Figures whose property no cue of the beat tells, by the grammar around them: "64 km long" is a length, in any words.

The open rules say what a figure measures; where that is a property of the beat by its name or its cues, in its unit
and of a subject that it allows, it is a claim of that property. Every claim passes the gate that all claims pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.beat import Beat, BeatProperty, ValueKind
from onrecord.extract.claims import Judge
from onrecord.extract.gate import Evidence, check
from onrecord.extract.open.claims import figured
from onrecord.extract.open.figures import measured
from onrecord.extract.open.grammar import line
from onrecord.extract.open.naming import Measured, may_measure
from onrecord.extract.open.subjects import Abouts, regions
from onrecord.extract.slots import Context, currency, fits, measures, within
from onrecord.records import Because, Claim, MoneyValue, Quantity, QuantityValue, Statement

MIN_SCORE = 0.7  # of an open rule: those below it rest on the figure alone
CHANGES = ("rise", "fall", "change", "share", "count")  # what begins so is no level of the thing itself
COUNTED = (ValueKind.QUANTITY, ValueKind.MONEY)


def measuring(
    c: Context, beat: Beat, statements: Sequence[Statement], made: Sequence[Claim], judge: Judge
) -> tuple[Claim, ...]:
    """The claims `made` and those of figures that they leave, in order of their evidence."""
    asked = [p for p in beat.properties if p.value in COUNTED]
    taken = {x.value_passage for x in made if isinstance(x.value, QuantityValue | MoneyValue)}
    left = [q for q in c.quantities if q.passage not in taken and may_measure(q, c.doc.text)]
    if not asked or not left:
        return tuple(made)
    ground = Evidence(c.doc, c.cast, c.quantities, c.dates, {s.id: s for s in statements})
    more = [x for x in _proposed(c, asked, statements, left, judge) if check(x, ground) is None]
    return tuple(sorted((*made, *more), key=lambda x: (x.evidence, x.property, x.id)))


def _proposed(
    c: Context, asked: Sequence[BeatProperty], statements: Sequence[Statement], left: Sequence[Quantity], judge: Judge
) -> Iterator[Claim]:
    about, free = Abouts(c), {q.passage for q in left}
    for r in regions(c, statements, sorted(p.start for p in free)):
        ln = line(c.doc.text, r.passage, within(c.quantities, r.passage), within(c.dates, r.passage))
        for i, q in ln.figures.items():
            found = measured(ln, i) if q.passage in free else None
            prop = _property(asked, q, found) if found is not None and found.score >= MIN_SCORE else None
            if found is None or prop is None:
                continue
            claim = figured(c, ln, r, i, found, about, judge)
            if claim.subject is not None and fits(c, claim.subject, prop.subjects):
                yield msgspec.structs.replace(
                    claim, property=prop.name, scope=None, because=Because(rule="claims.measured", score=found.score)
                )


def _property(asked: Sequence[BeatProperty], q: Quantity, m: Measured) -> BeatProperty | None:
    """The one property of the beat that a figure's open property is, in its unit."""
    if m.property.startswith(CHANGES):
        return None
    same = [p for p in asked if _in_unit(p, q) and _called(p, m.property)]
    return same[0] if len(same) == 1 else None


def _in_unit(p: BeatProperty, q: Quantity) -> bool:
    return currency(q) is not None if p.value is ValueKind.MONEY else measures(q.unit, p.unit)


def _called(p: BeatProperty, name: str) -> bool:
    """Whether a property's name ends in the word that the grammar found, or one of its cues takes it."""
    words = re.split(r"[\s_]+", p.name.lower())
    return name in (p.name.lower(), words[-1]) or any(re.fullmatch(cue, name, re.IGNORECASE) for cue in p.cues)
