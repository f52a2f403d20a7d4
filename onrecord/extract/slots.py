"""A cue in a clause → the claim's subject and value, each with its passage.

A cue is a regular expression of the beat. Its groups `subject` and `value`, where it has them, say where to look;
without them the subject stands before the cue and an entity, date or event after it; figures anywhere in the clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from onrecord.beat import BeatProperty, ValueKind
from onrecord.extract.cast import Cast
from onrecord.extract.coreference import Resolver
from onrecord.extract.document import Document
from onrecord.extract.lexicon import rows
from onrecord.extract.units import table
from onrecord.records import (
    DateValue,
    EntityValue,
    EventValue,
    Form,
    Kind,
    Mention,
    MoneyValue,
    Passage,
    Quantity,
    QuantityValue,
    StateValue,
    Step,
    TextValue,
    Value,
    When,
)

WE = re.compile(r"\b(?:we|our|us|ours)\b", re.I)
OTHER_MEASURE = re.compile(  # right before a figure: the figure is of that, not of what the cue is about
    r"\b(?:altitudes?|heights?|lengths?|depths?|widths?|diameters?|calib(?:re|er)s?|payloads?|weights?|speeds?)\b", re.I
)
PLACES = (Kind.PLACE, Kind.FACILITY, Kind.COUNTRY)
FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+|some\s+|just\s+|nearly\s+|over\s+|the\s+)?$", re.I)
TO = re.compile(
    r"\s*(?:(?:,\s*)?(?:in|at|by|on|last|a|the)\s[^.;]{1,30}?)?,?\s+to\s+(?:(?:a|the|about|some|now)\s+)*", re.I
)
UP_FROM = re.compile(
    r"[^.;]{0,40}?\b(?:up|down|raised|cut|changed|increased|reduced|compared\s+to|instead\s+of)\s+(?:sharply\s+)?from\s+\S*\s*",
    re.I,
)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|\b(?:daily|every day|weekdays)\b", re.I)
LIST_GAP = re.compile(r"\s*(?:,|and|or|&|,\s*and|as well as)?\s*(?:the\s+|with\s+|from\s+|\w+\s+)?", re.I)
PRICED = re.compile(r"\s*(?:(?:is|was|are|were|be|of|at|to|put|set|now|only)\s+)*", re.I)
LOST = frozenset(("job", "life", "vote", "seat", "point", "place", "post", "people", "person", "worker", "home"))
SUM = 10_000  # least number of unknown things right behind a cue of price that is money: "cost 12 sailors their jobs"
CLOSE = 25  # characters between a value that stands before its verb and that verb
MAX_GAP = 90  # characters from cue to an entity value: a long clause's far end is another matter


@dataclass(frozen=True)
class Subject:
    referent: str | None
    passage: Passage | None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Found:
    """One value that the clause yields for a property. `before`: it held until the change that the clause tells."""

    value: Value
    passage: Passage
    before: bool = False


@dataclass(frozen=True)
class Context:
    """All that is known of a report while claims are made from it."""

    doc: Document
    cast: Cast
    resolver: Resolver
    quantities: Sequence[Quantity]
    dates: Sequence[When]

    def sentences_in(self, p: Passage) -> Sequence[Passage]:
        """The sentences that `p` touches."""
        return [s for s in self.doc.sentences_in(p) if s.start < p.end]


Placed = TypeVar("Placed", Quantity, When)


def within(found: Sequence[Placed], p: Passage) -> list[Placed]:
    """The figures or dates, which are in order, that lie in `p`."""
    first = bisect_left(found, p.start, key=lambda x: x.passage.start)
    last = bisect_left(found, p.end, key=lambda x: x.passage.start)
    return [x for x in found[first:last] if x.passage.end <= p.end]


def inside(p: Passage, q: Passage) -> bool:
    """Whether `p` lies within `q`."""
    return q.start <= p.start and p.end <= q.end


def group(m: re.Match[str], name: str) -> Passage | None:
    """The passage of a cue's group, where the cue has it and it took part."""
    if name not in m.re.groupindex or m.start(name) < 0 or m.start(name) == m.end(name):
        return None
    return Passage(m.start(name), m.end(name))


def values(
    c: Context, prop: BeatProperty, m: re.Match[str], clause: Passage, *, speaker: str | None = None
) -> list[Found]:
    """What the clause yields as the property's value; empty where it yields none of the right kind."""
    match prop.value:
        case ValueKind.QUANTITY | ValueKind.MONEY:
            return figures(c, prop, clause, m.group(), m.end())
        case ValueKind.ENTITY:
            return _entities(c, prop, m, clause, speaker)
        case ValueKind.DATE:
            return _day(c, m, clause)
        case ValueKind.EVENT:
            return _event(c, m, clause)
        case ValueKind.STATE:
            return [Found(StateValue(state=c.doc.text[m.start() : m.end()]), Passage(m.start(), m.end()))]
        case ValueKind.TEXT:
            return [Found(TextValue(text=c.doc.words(clause)), clause)]


def figures(c: Context, prop: BeatProperty, clause: Passage, cue: str = "", after: int = 0) -> list[Found]:
    """The figures in a clause, or a cell, that answer the property; not those of a height or weight beside it. `after`
    is where the cue ends."""
    found: list[Found] = []
    near = within(c.quantities, clause)
    for k, q in enumerate(near):
        before = _before(c.doc.text, near, k)
        other = OTHER_MEASURE.search(c.doc.text, max(clause.start, q.passage.start - 25), q.passage.start)
        if other is not None and other.group().casefold() not in cue.casefold():
            continue
        if prop.value is ValueKind.MONEY:
            found.extend(
                Found(money(q, unit), q.passage, before) for unit in [currency(q) or _coined(c, q, after)] if unit
            )
        elif prop.value is ValueKind.QUANTITY and measures(q.unit, prop.unit):
            found.append(Found(figure(q), q.passage, before))
    return found


def measures(unit: str | None, asked: str | None) -> bool:
    """Whether a figure in `unit` answers a property in `asked` ("lorry", "job|post"; None: any unit).

    What is counted may be counted by the day ("900 lorries a day"); a measure may not: 200 km/h is no length.
    """
    if unit is None or asked is None:
        return unit is not None
    base, _, per = unit.partition("/")
    wanted = asked.split("|")
    return unit in wanted or (bool(per) and base in wanted and base not in measured())


@cache
def measured() -> frozenset[str]:
    """Codes of the units of measure: what is not among them is counted."""
    return frozenset(unit.code for unit, _ in table())


def _before(text: str, near: Sequence[Quantity], k: int) -> bool:
    """Whether a figure is what a change began from: "rose from 4 to 5", "5 percent, up from 4"."""
    q = near[k]
    if FROM.search(text, max(0, q.passage.start - 30), q.passage.start) is None:
        return False
    after = near[k + 1].passage.start if k + 1 < len(near) else None
    if after is not None and TO.fullmatch(text, q.passage.end, after) is not None and near[k + 1].unit == q.unit:
        return True
    return (
        k > 0
        and near[k - 1].unit == q.unit
        and UP_FROM.fullmatch(text, near[k - 1].passage.end, q.passage.start) is not None
    )


def _day(c: Context, m: re.Match[str], clause: Passage) -> list[Found]:
    """The first day after the cue; a timetable ("opens at 06:20 from Monday") gives none."""
    near = group(m, "value") or Passage(m.end(), clause.end)
    days = [d for d in within(c.dates, near) if d.value]
    if not days or (FROM.search(c.doc.text, m.end(), days[0].passage.start) and CLOCK.search(c.doc.text, *clause)):
        return []
    return [Found(DateValue(date=days[0].value or ""), days[0].passage)]


def currency(q: Quantity) -> str | None:
    """The currency of a figure: its code, or the coin's own word where no country is known; None of others."""
    return q.unit if q.unit is not None and (q.money or q.unit.partition("/")[0] in coins()) else None


@cache
def coins() -> frozenset[str]:
    """Words for money that many countries have called theirs, real or not: "crown", "taler"."""
    return frozenset(r["word"] for r in rows("measured") if r["class"] == "coin")


def _coined(c: Context, q: Quantity, after: int) -> str | None:
    """The word of a sum right behind the cue of a price, in a coin that nobody knows: "cost 12 million orsks"."""
    unit = q.unit or ""
    if not unit.isalpha() or not unit.islower() or unit in measured() or unit in LOST or (q.low or q.high or 0) < SUM:
        return None
    return unit if after and PRICED.fullmatch(c.doc.text, after, q.passage.start) else None


def money(q: Quantity, currency: str) -> MoneyValue:
    """A sum of money as a claim's value."""
    return MoneyValue(low=q.low, high=q.high, currency=currency, comparator=q.comparator, approximate=q.approximate)


def figure(q: Quantity) -> QuantityValue:
    """A quantity as a claim's value."""
    return QuantityValue(low=q.low, high=q.high, unit=q.unit, comparator=q.comparator, approximate=q.approximate)


def _entities(c: Context, prop: BeatProperty, m: re.Match[str], clause: Passage, speaker: str | None) -> list[Found]:
    """The entity of an allowed kind in the value group, or the nearest after the cue, with those listed beside it."""
    region = group(m, "value")
    if region is not None:
        near = _in_region(c, region, m, prop.objects) or _we(c, region, prop.objects, speaker)
    else:
        near = [
            x for x in allowed(c, Passage(m.end(), clause.end), prop.objects) if x.passage.start - m.end() <= MAX_GAP
        ]
    if not near:
        return []
    listed = [near[0]]
    for x in near[1:]:
        if LIST_GAP.fullmatch(c.doc.text, listed[-1].passage.end, x.passage.start) is None:
            break
        listed.append(x)
    if (
        len(listed) > 1
        and listed[0].passage in c.cast.adjectives
        and listed[1].passage.start - listed[0].passage.end == 1
    ):
        listed = listed[1:]  # "by the Belgian tram works": one maker, not two
    ids = tuple(dict.fromkeys(x.referent for x in listed))
    return [Found(EntityValue(entities=ids), Passage(listed[0].passage.start, listed[-1].passage.end))]


def _in_region(c: Context, region: Passage, m: re.Match[str], kinds: Sequence[Kind]) -> list[Mention]:
    """Mentions in a value group. Before the verb it is the last, with those listed beside it, and close to the verb."""
    found = allowed(c, region, kinds)
    if region.start > m.start() or region.end == m.end() or not found:
        return found
    if region.end - found[-1].passage.end > CLOSE:
        return []
    first = len(found) - 1
    while first and LIST_GAP.fullmatch(c.doc.text, found[first - 1].passage.end, found[first].passage.start):
        first -= 1
    return found[first:]


def _we(c: Context, region: Passage, kinds: Sequence[Kind], speaker: str | None) -> list[Mention]:
    """A speaker's "we" as a mention of the side spoken for."""
    we = WE.search(c.doc.text, region.start, region.end)
    side = c.resolver.side(speaker) if we is not None else None
    if we is None or side is None or not fits(c, side, kinds):
        return []
    p = Passage(we.start(), we.end())
    c.cast.mention(p, we.group(), side, Form.PRONOUN, "claims.our-side", 0.8)
    return c.cast.mentions_in(p, *kinds)


def _event(c: Context, m: re.Match[str], clause: Passage) -> list[Found]:
    """An event by its date and place; one of them at least."""
    when = next((d for d in within(c.dates, clause) if d.value), None)
    after = allowed(c, group(m, "value") or Passage(m.start(), clause.end), PLACES)
    place = next((x for x in after if x.kind is not Kind.COUNTRY), after[0] if after else None)
    if when is None and place is None:
        return []
    value = EventValue(entity=None, date=when.value if when else None, place=place.referent if place else None)
    return [Found(value, clause)]


def allowed(c: Context, region: Passage, kinds: Sequence[Kind]) -> list[Mention]:
    """Mentions in a region of an allowed kind, without countries nested in a longer allowed name, and without the
    class beside a system's name: "the MLRS Vega".
    """
    found = [x for x in c.cast.mentions_in(region) if not kinds or x.kind in kinds]
    named = {
        p for x in found if x.kind is Kind.SYSTEM and x.form is Form.NAMED for p in (x.passage.start, x.passage.end)
    }
    found = [x for x in found if not (x.kind is Kind.SYSTEM and x.form is Form.NOMINAL and _beside(x.passage, named))]
    return [x for x in found if not any(y is not x and inside(x.passage, y.passage) for y in found)]


def _beside(p: Passage, edges: set[int]) -> bool:
    """Whether a passage begins or ends one blank from one of `edges`."""
    return p.end + 1 in edges or p.start - 1 in edges


def fits(c: Context, id: str, kinds: Sequence[Kind]) -> bool:
    """Whether a referent is of one of the kinds; of any, where none is asked for."""
    r = c.cast.referent(id)
    return r is not None and (not kinds or r.kind in kinds)
