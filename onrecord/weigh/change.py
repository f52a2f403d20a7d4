"""Positions → changes: one followed another without contradicting it, because the reports say so or their times differ.

Reasons, tried in this order (RULES):
    told        one report gives both, with words of change between them: "was 200 km; today 300 km"
    moved       a planned date, later put off by a later plan
    times       they hold at times that do not meet: 200 km in 2016, 300 km in 2025
    revised     one speaker gave both, and said the second later
    fulfilled   what was planned is now said to be so
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from onrecord import edtf
from onrecord.ids import content_id
from onrecord.records import Change, DateValue, EventValue, Modality, StateValue
from onrecord.weigh.positions import Held
from onrecord.weigh.told import Ground, Side, Told
from onrecord.weigh.values import compatible, same_figure
from onrecord.weigh.wording import after_last, has

MAX_WINDOW = 400  # characters between two figures that one sentence or two compare
ARRIVED = re.compile(r"\d.*\bto\b", re.DOTALL)  # after "from": the figure that a change led to
LEAD = 40  # characters before a figure in which "from" or "was" makes it the earlier one

WHY = {
    "told": "a report says that it changed",
    "times": "they hold at different times",
    "revised": "the same speaker gave another value later",
    "moved": "the planned date was put off",
    "fulfilled": "what was planned is said to be so",
}


@dataclass(frozen=True)
class Shift:
    """From one position to another: the reason, and the day from which it is known."""

    before: Held
    after: Held
    reason: str
    known: date

    @property
    def lasting(self) -> bool:
        """Whether a later repetition of the earlier position, without a time, still means the earlier time."""
        return self.reason in ("told", "times")


def shifts(held: Iterable[Held], ground: Ground) -> tuple[Shift, ...]:
    """One shift per pair of positions that changed, sorted by the order of the positions given."""
    groups: dict[tuple[str | None, str, str | None], list[Held]] = defaultdict(list)
    for h in held:
        if _may_change(h, ground):
            groups[h.key].append(h)
    pairs = (pair for group in groups.values() for pair in combinations(group, 2))
    return tuple(s for p, q in pairs if (s := _shift(p, q, ground)) is not None)


def changes(found: Sequence[Shift]) -> tuple[Change, ...]:
    """The records of the shifts, sorted by id; from A to C only where no shift leads from A to B and from B to C."""
    after: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    for s in found:
        after[s.before.id].add(s.after.id)
        before[s.after.id].add(s.before.id)
    direct = [s for s in found if after[s.before.id].isdisjoint(before[s.after.id])]
    made = (
        Change(
            id=content_id("ch", s.before.id, s.after.id),
            subject=s.before.position.subject,
            property=s.before.position.property,
            before=s.before.id,
            after=s.after.id,
            why=WHY[s.reason],
        )
        for s in direct
    )
    return tuple(sorted(made, key=lambda c: c.id))


def by_pair(found: Iterable[Shift]) -> Mapping[frozenset[str], Shift]:
    """The shift between two positions, whichever came first."""
    return {frozenset((s.before.id, s.after.id)): s for s in found}


def _may_change(h: Held, ground: Ground) -> bool:
    """One value at a time, or a state; what may have several values at once gains one without a change."""
    found = ground.typed(h.position.property)
    return found is not None and (found.single or isinstance(h.position.value, StateValue))


def _shift(p: Held, q: Held, ground: Ground) -> Shift | None:
    if {p.side, q.side} == {Side.AHEAD, Side.HELD}:
        return _fulfilled(p, q) if p.side is Side.AHEAD else _fulfilled(q, p)
    if p.side is not q.side or p.side not in (Side.HELD, Side.AHEAD):
        return None
    if same_figure(p.position.value, q.position.value):
        return None
    rules = (_told(p, q, ground), _moved(p, q), _times(p, q), _revised(p, q))
    return next((s for s in rules if s is not None), None)


def _known(a: Told, b: Told) -> date:
    return max(a.day or date.max, b.day or date.max)


def _told(p: Held, q: Held, ground: Ground) -> Shift | None:
    for a, b in _in_one_report(p.live, q.live):
        report = ground.reports.get(a.claim.report)
        spans = [*a.claim.evidence, *b.claim.evidence]
        if report is None or not spans:
            continue
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        if end - start > MAX_WINDOW or not has(report.text[start:end], "change"):
            continue
        before, after = (p, q) if _first(a, b, report.text) else (q, p)
        return Shift(before, after, "told", _known(a, b))
    return None


def _in_one_report(p: Sequence[Told], q: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    there = defaultdict(list)
    for b in q:
        there[b.claim.report].append(b)
    return ((a, b) for a in p for b in there.get(a.claim.report, ()) if a.id != b.id)


def _first(a: Told, b: Told, text: str) -> bool:
    """Whether `a` is the earlier of two: by its time, by the words before its figure, by its place in the text."""
    x, y = edtf.first_day(a.claim.holds_at), edtf.first_day(b.claim.holds_at)
    if x is not None and y is not None and x != y:
        return x < y
    leads = [_earlier_word(t, text) for t in (a, b)]
    if leads[0] != leads[1]:
        return leads[0]
    return a.order < b.order


def _earlier_word(t: Told, text: str) -> bool:
    """Whether "was" or "from" leads to its figure, with no word of change between ("was raised to", "from 4 to")."""
    passage = t.claim.value_passage
    if passage is None:
        return False
    rest = after_last(text[max(0, passage.start - LEAD) : passage.start], "earlier")
    return rest is not None and not has(rest, "change") and ARRIVED.search(rest) is None


def _times(p: Held, q: Held) -> Shift | None:
    dated = [
        (a, b)
        for a, b in product(_one_per_time(p.live), _one_per_time(q.live))
        if edtf.overlap(a.claim.holds_at, b.claim.holds_at) is False
    ]
    if not dated:
        return None
    a, b = min(dated, key=lambda ab: (_known(*ab), ab[0].order, ab[1].order))
    x, y = edtf.days(a.claim.holds_at), edtf.days(b.claim.holds_at)
    first = x is not None and y is not None and (x[1] or date.max) < (y[0] or date.min)
    return Shift(p, q, "times", _known(a, b)) if first else Shift(q, p, "times", _known(a, b))


def _one_per_time(found: Sequence[Told]) -> list[Told]:
    """The first claim for each time that it holds at."""
    return list({t.claim.holds_at: t for t in reversed(found) if t.claim.holds_at is not None}.values())


def _revised(p: Held, q: Held) -> Shift | None:
    """Needs both times of saying from the texts: the publication date is not when the speaker spoke."""
    there = defaultdict(list)
    for b in _dated(q):
        there[b.speaker].append(b)
    met = [(a, b) for a in _dated(p) for b in there.get(a.speaker, ())]
    for a, b in met:
        x, y = edtf.days(a.claim.said_at), edtf.days(b.claim.said_at)
        if edtf.overlap(a.claim.said_at, b.claim.said_at) is False and x is not None and y is not None:
            first = (x[1] or date.max) < (y[0] or date.min)
            return Shift(p, q, "revised", _known(a, b)) if first else Shift(q, p, "revised", _known(a, b))
    return None


def _dated(h: Held) -> list[Told]:
    """Claims of named speakers that say when they spoke."""
    return [t for t in h.live if t.named and t.claim.said_at is not None]


def _moved(p: Held, q: Held) -> Shift | None:
    if p.side is not Side.AHEAD or not p.live or not q.live:
        return None
    x, y = p.position.value, q.position.value
    if not isinstance(x, DateValue) or not isinstance(y, DateValue) or compatible(x, y) is not False:
        return None
    early, late = (p, q) if (edtf.first_day(x.date) or date.min) < (edtf.first_day(y.date) or date.min) else (q, p)
    a, b = (min(h.live, key=lambda t: (t.stood or date.max, t.order)) for h in (early, late))
    later = next((t for t in late.live if puts_off(a, t)), None)
    if later is None or not puts_off(a, b):  # a late date that was told first was not put off to
        return None
    return Shift(early, late, "moved", _known(a, later))


def puts_off(a: Told, b: Told) -> bool:
    """Whether promise `b`, whose date is later, was made after `a` by one who can: a plan, or the same speaker.

    An outsider's forecast puts nothing off: it contests.
    """
    if a.stood is None or b.stood is None or b.stood <= a.stood:
        return False
    return a.speaker == b.speaker or b.claim.modality is not Modality.PREDICTED


def _fulfilled(ahead: Held, held: Held) -> Shift | None:
    value = ahead.position.value
    if not isinstance(value, DateValue | EventValue | StateValue):
        return None  # "will cost 40 million", then "costs 40 million": the same figure, nothing came about
    if compatible(value, held.position.value) is not True or not ahead.live or not held.live:
        return None
    a = ahead.live[0]
    b = next((t for t in held.live if t.day is not None and a.day is not None and t.day > a.day), None)
    if b is None or not meets(a, b):
        return None
    return Shift(ahead, held, "fulfilled", _known(a, b))


def meets(promise: Told, deed: Told) -> bool:
    """Whether the asserted `deed` can be what was promised: not merely possible, and not of an earlier time."""
    if deed.claim.modality is not Modality.ASSERTED:
        return False
    last, due = edtf.last_day(deed.claim.holds_at), edtf.first_day(promise.claim.holds_at)
    said = promise.day if promise.day is not None else due
    return last is None or said is None or last >= said
