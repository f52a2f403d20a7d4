"""Claims of rival positions → the turns of their conflict, replayed day by day in order of publication.

On any day each speaker stands where his latest claim put him, and who only passed his words on goes with him; a
claim that a later version of its report has dropped stands nowhere from that day on. The conflict is open while two
claims that stand clash.

    opened      the first two clash; or a further position joins an open conflict
    narrowed    fewer positions clash than before, but still some do
    closed      none clash any more: speakers moved, or claims were withdrawn
    explained   none clash any more because a report says that it changed, or told the time
    reopened    some clash again
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from onrecord import edtf
from onrecord.records import Turn
from onrecord.weigh.told import Told

Clash = Callable[["Entry", "Entry", date], bool]
Stand = tuple[str, str, str, str]


@dataclass(frozen=True)
class Entry:
    """A claim in the position it supports."""

    told: Told
    position: str
    origin: int = -1  # claims of one position with one number may share an origin; -1: not known


def replay(entries: Iterable[Entry], clash: Clash, rivals: set[frozenset[str]]) -> tuple[Turn, ...]:
    """The turns, oldest first; none where nothing ever clashed."""
    ordered = sorted(entries, key=lambda e: (e.told.order, e.position))
    days = sorted({e.told.day or date.max for e in ordered} | {e.told.withdrawn for e in ordered if e.told.withdrawn})
    turns: list[Turn] = []
    before: frozenset[str] = frozenset()
    standing: dict[Stand, list[Entry]] = {}
    for day in days:
        new = [e for e in ordered if (e.told.day or date.max) == day]
        gone = [e for e in ordered if e.told.withdrawn is not None and e.told.withdrawn == day]
        _step(standing, new, day, rivals)
        live = [entries[0] for entries in standing.values()]
        pairs = _clashing(live, clash, day)
        now = frozenset(e.position for pair in pairs for e in pair)
        what, why = _event(before, now, bool(turns), _unexplained(live, clash))
        if what:
            parties = [e for pair in pairs for e in pair] or [*new, *gone]
            turns.append(_turn(what, why, parties, day))
        before = now
    return tuple(turns)


def _step(standing: dict[Stand, list[Entry]], new: Sequence[Entry], day: date, rivals: set[frozenset[str]]) -> None:
    """Where each speaker stands after a day: by position, speaker, time and value."""
    for e in new:
        left = {(k, others[0].origin) for k, others in standing.items() if _moved(others[0], e, rivals)}
        for key in [k for k, others in standing.items() if _follows(k, others[0], left, day)]:
            del standing[key]
        key = (e.position, e.told.speaker, e.told.claim.holds_at or "", repr(e.told.value))
        standing.setdefault(key, []).append(e)
    for key in list(standing):
        standing[key] = [e for e in standing[key] if e.told.withdrawn is None or e.told.withdrawn > day]
        if not standing[key]:
            del standing[key]


def _moved(old: Entry, new: Entry, rivals: set[frozenset[str]]) -> bool:
    """Whether the speaker of `old` has left it with `new`."""
    return (
        old.told.speaker == new.told.speaker
        and old.told.id != new.told.id
        and frozenset((old.position, new.position)) in rivals
        and edtf.overlap(old.told.claim.holds_at, new.told.claim.holds_at) is not False
    )


def _follows(key: Stand, old: Entry, left: set[tuple[Stand, int]], day: date) -> bool:
    """Whether an entry is one that its speaker left, or retells one: an outlet does not defend what it passed on."""
    if any(key == k for k, _ in left):
        return True
    retold = old.origin >= 0 and any(old.position == k[0] and old.origin == origin for k, origin in left)
    return retold and (old.told.day or date.max) < day


def _clashing(live: Sequence[Entry], clash: Clash, day: date) -> list[tuple[Entry, Entry]]:
    """The first clash of each two positions."""
    found: dict[frozenset[str], tuple[Entry, Entry]] = {}
    for a, b in combinations(live, 2):
        pair = frozenset((a.position, b.position))
        if len(pair) == 2 and pair not in found and clash(a, b, day):
            found[pair] = (a, b)
    return list(found.values())


def _unexplained(live: Sequence[Entry], clash: Clash) -> bool:
    """Whether something would still clash had no change been told: then an end is an explanation."""
    return bool(_clashing(live, clash, date.min))


def _turn(what: str, why: str, parties: Sequence[Entry], day: date) -> Turn:
    """The turn with the first claim of each position that took part."""
    first = {e.position: e for e in sorted(parties, key=lambda e: e.told.order, reverse=True)}
    claims = sorted(first.values(), key=lambda e: e.told.order)
    return Turn(
        what=what,
        on=None if day == date.max else day.isoformat(),
        claims=tuple(dict.fromkeys(e.told.id for e in claims)),
        why=why,
    )


def _event(before: frozenset[str], now: frozenset[str], known: bool, still: bool) -> tuple[str, str]:
    if now and not before:
        return ("reopened", "they clash again") if known else ("opened", "two positions clash")
    if before and not now:
        if still:
            return "explained", "a report says that it changed, or when each held"
        return "closed", "no speaker who stands by his words contradicts another"
    if now - before:
        return "opened", "a further position joined"
    if before - now:
        return "narrowed", "a position is no longer held"
    return "", ""
