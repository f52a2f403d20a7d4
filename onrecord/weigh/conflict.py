"""Positions → conflicts, each with its life, replayed in order of publication.

    value, date, identity   one thing at a time (the beat says `single`), two incompatible ones for one time
    value, of a total       one tells what it is to come to, the other that it is at least, or is already, more
    status                  one says so, another denies it; or two states of which only one can be; or one counts
                            what another says there is none of
    scope                   one value is bound to a condition, another, which differs, is told without any
    identity, not exclusive differing accounts: speakers answer one question ("where does it come from?") with
                            different things, none of them naming the other's (the beat's `accounts` says which
                            properties answer one question). Both may be true; the reader should see both.

Nobody contradicts himself: a speaker who gives a new value has moved. What a change explains is no conflict.
The day it was first explained ends it. See docs/decisions/071-conflicts.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from onrecord import edtf
from onrecord.ids import content_id
from onrecord.records import (
    Comparator,
    Conflict,
    ConflictKind,
    DateValue,
    EntityValue,
    EventValue,
    MoneyValue,
    Origins,
    QuantityValue,
    Turn,
    Value,
)
from onrecord.weigh.change import Shift, by_pair
from onrecord.weigh.existence import denied, denies
from onrecord.weigh.life import Entry, replay
from onrecord.weigh.positions import Held
from onrecord.weigh.told import Ground, Side, Told
from onrecord.weigh.values import compatible, interval

KINDS: tuple[tuple[type, ConflictKind], ...] = (
    (QuantityValue, ConflictKind.VALUE),
    (MoneyValue, ConflictKind.VALUE),
    (DateValue, ConflictKind.DATE),
    (EventValue, ConflictKind.DATE),
    (EntityValue, ConflictKind.IDENTITY),
)
SO_FAR = re.compile(r"\b(?:already|so\s+far|to\s+date|until\s+now|by\s+now)\b", re.IGNORECASE)
WHY = {
    ConflictKind.VALUE: "the values cannot both be true at one time, and no report says that it changed",
    ConflictKind.DATE: "the dates do not meet",
    ConflictKind.IDENTITY: "only one can be named, and the reports name different ones",
    ConflictKind.STATUS: "one says that it is so, another that it is not",
    ConflictKind.SCOPE: "one value is told for a condition only, another without any",
}
ACCOUNTS = "differing accounts: each speaker names what the other does not; both may be true"


@dataclass(frozen=True)
class Rivals:
    """Two positions that cannot, or may not, both stand, and what makes claims of the two clash."""

    kind: ConflictKind
    p: Held
    q: Held
    exclusive: bool = True
    topic: str | None = None  # the question of the beat that both answer, about different subjects perhaps


@dataclass(frozen=True)
class Known:
    """What was found about positions before: shifts by pair and by the position left, origins by position."""

    by_pair: Mapping[frozenset[str], Shift]
    left: Mapping[str, Sequence[Shift]]
    origins: Mapping[str, Origins]


def conflicts(
    held: Sequence[Held], ground: Ground, shifts: Sequence[Shift], origins: Mapping[str, Origins]
) -> tuple[Conflict, ...]:
    """All conflicts that were ever opened, sorted by id; `origins` by position id."""
    left: dict[str, list[Shift]] = defaultdict(list)
    for s in shifts:
        left[s.before.id].append(s)
    known = Known(by_pair(shifts), left, origins)
    groups: dict[tuple[str, ...], list[Rivals]] = defaultdict(list)
    for r in _rivals(held, ground):
        name = r.p.position.property if r.exclusive else _question(r, ground)
        scope = "" if r.kind is ConflictKind.SCOPE else r.p.position.scope or ""
        subject = r.p.position.subject or "" if r.topic is None else r.topic
        groups[subject, name, scope, r.kind, str(r.exclusive)].append(r)
    made = (
        _conflict(rivals, n, known)
        for _, group in sorted(groups.items())
        for n, rivals in enumerate(_components(group))
    )
    return tuple(sorted((c for c in made if c is not None), key=lambda c: c.id))


def _question(r: Rivals, ground: Ground) -> str:
    if r.topic is not None:
        return r.topic
    found = ground.typed(r.p.position.property)
    return found.accounts or "" if found is not None else ""


def _rivals(held: Sequence[Held], ground: Ground) -> Iterator[Rivals]:
    by_name: dict[tuple[str | None, str], list[Held]] = defaultdict(list)
    by_question: dict[tuple[str | None, str], list[Held]] = defaultdict(list)
    for h in held:
        found = ground.typed(h.position.property)
        if found is None or h.position.subject is None:  # two that say nothing of whom may speak of two things
            continue
        by_name[h.position.subject, h.position.property].append(h)
        if found.accounts is not None and not found.single:
            by_question[h.position.subject, found.accounts].append(h)
    for (_, name), group in by_name.items():
        found = ground.typed(name)
        assert found is not None
        for p, q in combinations(group, 2):
            if not (found.single and _corrected(p, q, group)):
                yield from _rule(p, q, found.single, found.tolerance)
            if found.single and _exceeds(p, q, found.tolerance, ground):
                yield Rivals(ConflictKind.VALUE, p, q)
    yield from _denials(held)
    for group in by_question.values():
        yield from (
            Rivals(ConflictKind.IDENTITY, p, q, exclusive=False) for p, q in combinations(group, 2) if _differ(p, q)
        )
    for topic, group in _answers(held, ground):
        yield from (
            Rivals(ConflictKind.IDENTITY, p, q, exclusive=False, topic=topic)
            for p, q in combinations(group, 2)
            if _differ(p, q)
        )


def _denials(held: Sequence[Held]) -> Iterator[Rivals]:
    """Who says that there is none, against who counts some of the same thing of the same subject, in any property."""
    by_subject: dict[str, list[Held]] = defaultdict(list)
    for h in held:
        if h.position.subject is not None and h.side in (Side.HELD, Side.AGAINST):
            by_subject[h.position.subject].append(h)
    for group in by_subject.values():
        for no in group:
            if denied(no.position.value):
                yield from (
                    Rivals(ConflictKind.STATUS, no, yes)
                    for yes in group
                    if yes.side is Side.HELD and no.position.scope in (None, yes.position.scope)
                    and denies(no.position.value, yes.position.value)
                )  # fmt: skip


def _answers(held: Sequence[Held], ground: Ground) -> Iterator[tuple[str, list[Held]]]:
    """Positions that answer a question whose accounts the beat wants compared, by topic."""
    for topic in ground.beat.topics if ground.beat is not None else ():
        if topic.accounts:
            yield (
                topic.key,
                [
                    h
                    for h in held
                    if (not topic.properties or h.position.property in topic.properties)
                    and (not topic.subjects or ground.key_of.get(h.position.subject or "") in topic.subjects)
                ],
            )


def _corrected(p: Held, q: Held, group: Sequence[Held]) -> bool:
    """Whether one position only takes back the other's figure where its reports give the right one: that one contests
    it, and one disagreement is one conflict."""
    for no, yes in ((p, q), (q, p)):
        if no.side is Side.AGAINST and yes.side is not Side.AGAINST and all(t.takes_back for t in no.told):
            reports = {t.claim.report for t in no.told}
            given = {t.claim.report for h in group if h.side is yes.side and h.id != yes.id for t in h.told}
            return reports <= given
    return False


def _rule(p: Held, q: Held, single: bool, tolerance: float) -> Iterator[Rivals]:
    """The rivalry of two positions on one subject and property, if any."""
    sides = {p.side, q.side}
    same_scope = p.position.scope == q.position.scope
    fit = compatible(p.position.value, q.position.value, tolerance)
    if sides in ({Side.AGAINST, Side.HELD}, {Side.AGAINST, Side.AHEAD}):
        if same_scope and fit is True:
            yield Rivals(ConflictKind.STATUS, p, q)
    elif single and fit is False and sides in ({Side.HELD}, {Side.AHEAD}):
        if same_scope:
            yield Rivals(_kind(p.position.value), p, q)
        elif None in (p.position.scope, q.position.scope):
            yield Rivals(ConflictKind.SCOPE, p, q)


def _exceeds(p: Held, q: Held, tolerance: float, ground: Ground) -> bool:
    """Whether one is a total to come, the other a bound or a part of it that is more: "will cost 340 million", beside
    "costs at least 500 million" or "has already cost 520 million"."""
    if {p.side, q.side} != {Side.HELD, Side.AHEAD} or p.position.scope != q.position.scope:
        return False
    ahead, so_far = (p, q) if p.side is Side.AHEAD else (q, p)
    x, y = interval(ahead.position.value), interval(so_far.position.value)
    if x is None or y is None or y.low <= x.high:
        return False
    if compatible(ahead.position.value, so_far.position.value, tolerance) is not False:
        return False
    return any(_at_least(t.value) or SO_FAR.search(ground.words(t)) is not None for t in so_far.told)


def _at_least(value: Value) -> bool:
    return isinstance(value, QuantityValue | MoneyValue) and value.comparator in (Comparator.GT, Comparator.GE)


def _kind(value: Value) -> ConflictKind:
    return next((kind for sort, kind in KINDS if isinstance(value, sort)), ConflictKind.STATUS)


def _differ(p: Held, q: Held) -> bool:
    """Whether both name things, each another."""
    x, y = p.position.value, q.position.value
    return p.side is q.side is Side.HELD and isinstance(x, EntityValue) and isinstance(y, EntityValue) and x != y


def _components(group: Sequence[Rivals]) -> list[list[Rivals]]:
    """Rivalries that share positions, together; the one whose first claim is earliest first."""
    root: dict[str, str] = {}

    def find(x: str) -> str:
        while root.setdefault(x, x) != x:
            root[x] = root[root[x]]
            x = root[x]
        return x

    for r in group:
        root[find(r.p.id)] = find(r.q.id)
    parts: dict[str, list[Rivals]] = defaultdict(list)
    for r in group:
        parts[find(r.p.id)].append(r)
    return sorted(parts.values(), key=lambda part: min(h.told[0].order for r in part for h in (r.p, r.q)))


def _conflict(rivals: Sequence[Rivals], nth: int, known: Known) -> Conflict | None:
    members = {h.id: h for r in rivals for h in (r.p, r.q)}
    ordered = sorted(members.values(), key=lambda h: (h.told[0].order, h.id))
    names = _named(ordered)
    edges = {frozenset((r.p.id, r.q.id)): r for r in rivals}
    shifts = [s for h in ordered for s in known.left.get(h.id, ())]
    left = _left(shifts)

    def clash(a: Entry, b: Entry, on: date) -> bool:
        """Whether two claims, of two positions, contradict each other as known on a day."""
        r = edges.get(frozenset((a.position, b.position)))
        if r is None or a.told.speaker == b.told.speaker or not _meet(r, a, b, names):
            return False
        together = edtf.overlap(a.told.claim.holds_at, b.told.claim.holds_at)
        shift = known.by_pair.get(frozenset((a.position, b.position)))
        if shift is not None and shift.known <= on and shift.lasting:
            return together is True
        return together is not False and not any(_left_behind(e.told, left.get(e.position), on) for e in (a, b))

    exclusive = {pair for pair, r in edges.items() if r.exclusive}  # who names a second source leaves no first one
    turns = replay(
        [e for h in ordered for e in _entries(h, known.origins[h.id])], clash, exclusive, {s.known for s in shifts}
    )
    return None if not turns else _record(ordered, rivals[0], nth, turns)


def _left(found: Iterable[Shift]) -> dict[str, Shift]:
    """For each position from which a change led away, the earliest such change."""
    ordered = sorted(found, key=lambda s: (s.known, s.before.id, s.after.id), reverse=True)
    return {s.before.id: s for s in ordered if s.reason != "fulfilled"}


def _left_behind(t: Told, shift: Shift | None, on: date) -> bool:
    """Whether a claim stood before the record moved on from its position: neither rival nor denial contests it now."""
    return shift is not None and shift.known <= on and (t.stood is None or t.stood <= shift.known)


def _entries(h: Held, counted: Origins) -> list[Entry]:
    """The position's claims, each with the origin it may share with others."""
    origin = {c: n for n, ids in enumerate(counted.groups_low) for c in ids}
    return [Entry(t, h.id, origin.get(t.id, -1)) for t in h.told]


def _meet(r: Rivals, a: Entry, b: Entry, names: Mapping[str, frozenset[str]]) -> bool:
    """Whether the two claims' own values clash: a vague member of a position may fit what the position does not."""
    x, y = a.told.value, b.told.value
    if isinstance(x, EntityValue) and isinstance(y, EntityValue) and r.kind is ConflictKind.IDENTITY:
        if r.exclusive:
            return not set(x.entities) & set(y.entities)
        return not names[a.told.speaker] & names[b.told.speaker]
    if r.kind is ConflictKind.STATUS and (Side.AGAINST in (r.p.side, r.q.side) or denies(x, y) or denies(y, x)):
        return True
    return compatible(x, y) is False


def _named(held: Iterable[Held]) -> dict[str, frozenset[str]]:
    """All that each speaker names in answer to one question: who names both is no party to a difference."""
    found: dict[str, set[str]] = defaultdict(set)
    for t in (t for h in held for t in h.told):
        if isinstance(t.value, EntityValue):
            found[t.speaker] |= set(t.value.entities)
        else:
            found[t.speaker] |= set()
    return {speaker: frozenset(names) for speaker, names in found.items()}


def _record(ordered: Sequence[Held], first: Rivals, nth: int, turns: tuple[Turn, ...]) -> Conflict:
    seed = ordered[0].position
    scope = None if first.kind is ConflictKind.SCOPE else seed.scope
    properties = sorted({h.position.property for h in ordered})
    return Conflict(
        id=content_id("x", first.kind, first.topic or seed.subject, properties, scope, first.exclusive, nth),
        kind=first.kind,
        subject=seed.subject,
        property=seed.property,
        positions=tuple(h.id for h in ordered),
        turns=turns,
        why=WHY[first.kind] if first.exclusive else ACCOUNTS,
        exclusive=first.exclusive,
        topic=first.topic,
    )
