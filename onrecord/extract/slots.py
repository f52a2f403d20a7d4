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
from onrecord.extract.gazetteer import cues, tokens
from onrecord.extract.lexicon import listed
from onrecord.extract.sources import mute
from onrecord.extract.units import table
from onrecord.records import (
    Because,
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
ANAPHOR = re.compile(
    r"\b(?:it|its|which|who|they|their|this|these|those|the (?:system|complex|missile|missiles|weapon|launcher|vehicle"
    r"|drone|project|plant|company|industry|committee|ministry|country|product|products))\b",
    re.I,
)
BODY_FIRST = re.compile(
    r"(?:the|an?|its)\s+(?:[\w-]+\s+){0,2}(?:plant|factory|company|enterprise|ministry|committee|firm|brigade|regiment"
    r"|battalion|bureau|institute|agency|department|council|government|academy|holding|corporation)\b",
    re.I,
)
OTHER_MEASURE = re.compile(  # right before a figure: the figure is of that, not of what the cue is about
    r"\b(?:altitudes?|heights?|lengths?|depths?|widths?|diameters?|calib(?:re|er)s?|payloads?|weights?|speeds?)\b", re.I
)
ITS = re.compile(r"(?P<its>its)\s+(?P<noun>[a-z]+)", re.I)
OF_SYSTEM = listed("of-a-system")
NEAR = 600  # characters before a clause in which the sentence before it stands
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
FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y)\b")
HE = re.compile(r"\b(?:he|she)\b", re.I)
ROLE_WITHIN = 8  # words of a clause in which the office that it is about stands
LIST_GAP = re.compile(r"\s*(?:,|and|or|&|,\s*and|as well as)?\s*(?:the\s+|with\s+|from\s+|\w+\s+)?", re.I)
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
            return figures(c, prop, clause, m.group())
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


def figures(c: Context, prop: BeatProperty, clause: Passage, cue: str = "") -> list[Found]:
    """The figures in a clause, or a cell, that answer the property; not those of a height or weight beside it."""
    found: list[Found] = []
    near = within(c.quantities, clause)
    for k, q in enumerate(near):
        before = _before(c.doc.text, near, k)
        other = OTHER_MEASURE.search(c.doc.text, max(clause.start, q.passage.start - 25), q.passage.start)
        if other is not None and other.group().casefold() not in cue.casefold():
            continue
        if prop.value is ValueKind.MONEY and q.money and q.unit is not None:
            found.append(Found(money(q, q.unit), q.passage, before))
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
            x for x in _allowed(c, Passage(m.end(), clause.end), prop.objects) if x.passage.start - m.end() <= MAX_GAP
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
    found = _allowed(c, region, kinds)
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
    if we is None or side is None or not _fits(c, side, kinds):
        return []
    p = Passage(we.start(), we.end())
    c.cast.mention(p, we.group(), side, Form.PRONOUN, "claims.our-side", 0.8)
    return c.cast.mentions_in(p, *kinds)


def _event(c: Context, m: re.Match[str], clause: Passage) -> list[Found]:
    """An event by its date and place; one of them at least."""
    when = next((d for d in within(c.dates, clause) if d.value), None)
    after = _allowed(c, group(m, "value") or Passage(m.start(), clause.end), PLACES)
    place = next((x for x in after if x.kind is not Kind.COUNTRY), after[0] if after else None)
    if when is None and place is None:
        return []
    value = EventValue(entity=None, date=when.value if when else None, place=place.referent if place else None)
    return [Found(value, clause)]


def _allowed(c: Context, region: Passage, kinds: Sequence[Kind]) -> list[Mention]:
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


def subject(
    c: Context, prop: BeatProperty | None, m: re.Match[str] | None, clause: Passage, *,
    speaker: str | None, previous: str | None, taken: Sequence[str] = (),
) -> Subject:  # fmt: skip
    """Whom or what the clause is about: a name of an allowed kind before the cue, else what a pronoun stands for, else
    the name after it, else the subject of the clause before; never one of `taken`, the value's entities."""
    kinds = prop.subjects if prop is not None else ()
    its = _its(c, clause, kinds, previous, taken)
    if its is not None:
        return its
    region = group(m, "subject") if m is not None else None
    cut = m.start() if m is not None else clause.end
    before = _heads(
        c, _named(c, region or Passage(clause.start, max(cut, clause.start)), kinds, taken), region is not None
    )
    if before:
        first = prop is None or region is not None or prop.value in (ValueKind.TEXT, ValueKind.STATE, ValueKind.EVENT)
        if region is not None and kinds:  # the cue says where: there, the kind that the property names first
            before = sorted(before, key=lambda x: kinds.index(x.kind))
        chosen = before[0] if first else before[-1]
        return Subject(chosen.referent, chosen.passage)
    if own_noun(c, clause):
        return Subject(None, None)
    stood = _stands_for(c, region or Passage(clause.start, max(cut, clause.start)), kinds, speaker, previous, taken)
    if stood is not None:
        return stood
    over = _named(c, clause, kinds, taken)
    if over:
        return Subject(over[0].referent, over[0].passage)
    if previous is not None and previous not in taken and _fits(c, previous, kinds):
        return _step(previous, clause, "claims.subject-before", 0.6)
    side = c.resolver.side(speaker)
    if prop is not None and kinds and side is not None and side not in taken and _fits(c, side, kinds):
        return _step(side, clause, "claims.our-side", 0.5)
    if speaker is not None and _fits(c, speaker, kinds):
        return _step(speaker, clause, "claims.speaker", 0.5)
    return Subject(None, None)


def _its(
    c: Context, clause: Passage, kinds: Sequence[Kind], previous: str | None, taken: Sequence[str]
) -> Subject | None:
    """The system that "its" is at the start of a clause, whatever is named behind it: "Its integration into the army".

    What only a system has ("its launcher") is that of the last one in the sentence before; "its army" is not.
    """
    m = ITS.match(c.doc.text, clause.start, clause.end)
    if m is None or cues()["head"].get(m["noun"].lower()) == Kind.ORGANISATION:  # "its army": a country's
        return None
    last = c.cast.referent(previous)
    id = last.id if last is not None and last.kind is Kind.SYSTEM else None
    if id is None and m["noun"].lower() in OF_SYSTEM:
        before = [
            s for s in c.sentences_in(Passage(max(0, clause.start - NEAR), clause.start)) if s.end <= clause.start
        ]
        near = c.cast.mentions_in(before[-1], Kind.SYSTEM) if before else []
        id = c.resolver.topical(near).referent if near else None
    if id is None or id in taken or not _fits(c, id, kinds):
        return None
    p = Passage(m.start(), m.end("its"))
    step = Step(passage=p, referent=id, because=Because(rule="claims.subject-before", score=0.8))
    return Subject(id, p, (step,))


def _named(c: Context, region: Passage, kinds: Sequence[Kind], taken: Sequence[str]) -> list[Mention]:
    return [x for x in _allowed(c, region, kinds) if x.referent not in taken]


def own_noun(c: Context, clause: Passage) -> bool:
    """Whether the clause begins with a body of its own that no one has named: "the plant in the north is closed"."""
    return BODY_FIRST.match(c.doc.text, clause.start, clause.end) is not None


def _heads(c: Context, found: list[Mention], any_: bool) -> list[Mention]:
    """The mentions that can head a subject: not "Belgian" before a noun, unless nothing else is there to choose."""
    heads = [x for x in found if not (x.passage in c.cast.adjectives and _before_noun(c, x)) and not _of_office(c, x)]
    return heads or (found if any_ else [])


def _of_office(c: Context, x: Mention) -> bool:
    """Whether a country is only that of the office of whoever is named next: "the mayor of Varn, Ana Lund, said"."""
    text, end = c.doc.text, x.passage.end
    if x.kind not in PLACES or not text[max(0, x.passage.start - 7) : x.passage.start].endswith(("of ", "of the ")):
        return False
    return any(y.passage.start - end <= 2 for y in c.cast.mentions_in(Passage(end, end + 60), Kind.PERSON))


def _before_noun(c: Context, x: Mention) -> bool:
    """Whether a word goes on right after the mention: "Belgian trains", not "the Belgians want"."""
    after = c.doc.text[x.passage.end : x.passage.end + 2]
    return not x.text.endswith("s") and len(after) == 2 and after[0] == " " and after[1].isalpha()


def _stands_for(
    c: Context, region: Passage, kinds: Sequence[Kind], speaker: str | None, previous: str | None, taken: Sequence[str]
) -> Subject | None:
    """What "we", "it" or "the system" stands for."""
    we = WE.search(c.doc.text, region.start, region.end)
    side = c.resolver.side(speaker) if we is not None else None
    if we is not None and side is not None and _fits(c, side, kinds) and side not in taken:
        p = Passage(we.start(), we.end())
        return Subject(side, p, (Step(passage=p, referent=side, because=Because(rule="claims.our-side", score=0.8)),))
    person = _person(c, region, kinds, speaker, taken)
    if person is not None:
        return person
    it = ANAPHOR.search(c.doc.text, region.start, region.end)
    if it is None:
        return None
    p = Passage(it.start(), it.end())
    for id, rule in ((previous, "claims.subject-before"), (_nearest(c, p.start, kinds, taken), "coreference.nearest")):
        if id is not None and id not in taken and _fits(c, id, kinds):
            return Subject(id, p, (Step(passage=p, referent=id, because=Because(rule=rule, score=0.7)),))
    return None


def _person(
    c: Context, region: Passage, kinds: Sequence[Kind], speaker: str | None, taken: Sequence[str]
) -> Subject | None:
    """The person that "I", "he" or "the prime minister" is."""
    i = FIRST_PERSON.search(c.doc.text, region.start, region.end)
    if i is not None and speaker is not None and speaker not in taken and _fits(c, speaker, kinds):
        p = Passage(i.start(), i.end())
        because = Because(rule="claims.speaker", score=0.9)
        return Subject(speaker, p, (Step(passage=p, referent=speaker, because=because),))
    he = HE.search(c.doc.text, region.start, region.end)
    if he is not None:
        p = Passage(he.start(), he.end())
        step = c.resolver.pronoun(p, he.group().lower())
        return _reached(c, p, step, kinds, taken)
    words = tokens(c.doc.text, region.start, region.end)[:ROLE_WITHIN]
    role = next((k for k, w in enumerate(words) if w.norm in cues()["role"]), None)
    first = next((k for k, w in enumerate(words) if w.norm == "the"), None)
    if role is None or first is None or first >= role or mute(" ".join(w.text for w in words[role : role + 2])):
        return None  # "the general outline" is no general
    last = role + 2 if role + 2 < len(words) and words[role + 1].norm == "of" else role  # "the Head of State"
    p = Passage(words[first].start, words[last].end)
    return _reached(c, p, c.resolver.office(p), kinds, taken)


def _reached(c: Context, p: Passage, step: Step | None, kinds: Sequence[Kind], taken: Sequence[str]) -> Subject | None:
    """The subject that a step leads to, where it may be one."""
    id = step.referent if step is not None else None
    if step is None or id is None or id in taken or not _fits(c, id, kinds):
        return None
    return Subject(id, p, (step,))


def _nearest(c: Context, before: int, kinds: Sequence[Kind], taken: Sequence[str]) -> str | None:
    if not kinds:
        return None
    near = _named(c, Passage(max(0, before - 600), before), kinds, taken)
    return near[-1].referent if near else None


def _fits(c: Context, id: str, kinds: Sequence[Kind]) -> bool:
    r = c.cast.referent(id)
    return r is not None and (not kinds or r.kind in kinds)


def made_by(c: Context, prop: BeatProperty, speaker: str, cue: Passage) -> Subject | None:
    """The speaker as the subject of what the cue itself tells, where the property may be about one of that kind."""
    return _step(speaker, cue, "claims.speaker", 0.9) if _fits(c, speaker, prop.subjects) else None


def _step(id: str, clause: Passage, rule: str, score: float) -> Subject:
    return Subject(id, None, (Step(passage=clause, referent=id, because=Because(rule=rule, score=score)),))
