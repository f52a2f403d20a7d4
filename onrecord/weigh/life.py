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

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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


def replay(
    entries: Iterable[Entry], clash: Clash, rivals: set[frozenset[str]], explained: Collection[date] = ()
) -> tuple[Turn, ...]:
    """The turns, oldest first; none where nothing ever clashed.

    A clash ends by itself only on one of the days in `explained`; on others it is enough to look at what is new.
    """
    ordered = sorted(entries, key=lambda e: (e.told.order, e.position))
    new, gone = defaultdict(list), defaultdict(list)
    for e in ordered:
        new[e.told.day or date.max].append(e)
        if e.told.withdrawn is not None:
            gone[e.told.withdrawn].append(e)
    turns: list[Turn] = []
    before: frozenset[str] = frozenset()
    standing: dict[Stand, list[Entry]] = {}
    pairs: dict[tuple[Stand, Stand], None] = {}
    for day in sorted({*new, *gone}):
        added = _step(standing, new[day], day, rivals)
        pairs = _clashing(standing, pairs, added, clash, day, again=day in explained)
        now = frozenset(k[0] for pair in pairs for k in pair)
        what, why = _event(before, now, bool(turns))
        if what == "closed" and _unexplained(standing, clash):
            what, why = "explained", "a report says that it changed, or when each held"
        if what:
            parties = [standing[k][0] for pair in pairs for k in pair] or [*new[day], *gone[day]]
            turns.append(_turn(what, why, parties, day))
        before = now
    return tuple(turns)


def _step(
    standing: dict[Stand, list[Entry]], new: Sequence[Entry], day: date, rivals: set[frozenset[str]]
) -> list[Stand]:
    """Where each speaker stands after a day, by position, speaker, time and value; what was added to it."""
    added: dict[Stand, None] = {}
    for e in new:
        left = {(k, others[0].origin) for k, others in standing.items() if _moved(others[0], e, rivals)}
        for key in [k for k, others in standing.items() if _follows(k, others[0], left, day)] if left else []:
            del standing[key]
        key = (e.position, e.told.speaker, e.told.claim.holds_at or "", repr(e.told.value))
        standing.setdefault(key, []).append(e)
        added[key] = None
    for key in list(standing):
        standing[key] = [e for e in standing[key] if e.told.withdrawn is None or e.told.withdrawn > day]
        if not standing[key]:
            del standing[key]
    return [k for k in added if k in standing]


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


def _clashing(
    standing: Mapping[Stand, list[Entry]],
    known: Iterable[tuple[Stand, Stand]],
    added: Sequence[Stand],
    clash: Clash,
    day: date,
    *,
    again: bool,
) -> dict[tuple[Stand, Stand], None]:
    """The pairs that clash after a day: those known that still stand, and those that the added ones make."""

    def still(a: Stand, b: Stand) -> bool:
        return a in standing and b in standing and clash(standing[a][0], standing[b][0], day)

    kept = [(a, b) for a, b in known if (still(a, b) if again else a in standing and b in standing)]
    fresh = set(added)
    met = ((a, b) for b in added for a in standing if a != b and not (a in fresh and a > b))
    return dict.fromkeys([*kept, *((a, b) for a, b in met if a[0] != b[0] and still(a, b))])


def _unexplained(standing: Mapping[Stand, list[Entry]], clash: Clash) -> bool:
    """Whether something would still clash had no change been told: then an end is an explanation."""
    live = [entries[0] for entries in standing.values()]
    return any(a.position != b.position and clash(a, b, date.min) for a, b in combinations(live, 2))


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


def _event(before: frozenset[str], now: frozenset[str], known: bool) -> tuple[str, str]:
    if now and not before:
        return ("reopened", "they clash again") if known else ("opened", "two positions clash")
    if before and not now:
        return "closed", "no speaker who stands by his words contradicts another"
    if now - before:
        return "opened", "a further position joined"
    if before - now:
        return "narrowed", "a position is no longer held"
    return "", ""
