"""Positions and what was found about them → their standing, each of DESIGN's words that applies, in one order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.records import Conflict, Due, DueState, Origins, Standing
from onrecord.weigh.change import Shift
from onrecord.weigh.existence import denied, denies
from onrecord.weigh.positions import Held
from onrecord.weigh.told import Ground, Side
from onrecord.weigh.values import compatible


def standings(
    held: Sequence[Held],
    *,
    origins: Mapping[str, Origins],
    firm: Mapping[str, Origins],
    conflicts: Iterable[Conflict],
    shifts: Iterable[Shift],
    dues: Iterable[Due],
    ground: Ground,
) -> dict[str, tuple[Standing, ...]]:
    """For each position all that it is at once. `firm` counts only the claims as firm as the position itself."""
    contested = {p for c in conflicts if c.is_open() for p in c.positions}
    changed = {s.before.id for s in shifts}
    late = {c for d in dues if d.state is DueState.OVERDUE for c in d.claims}
    denied = _denied(held, ground)
    made = {}
    for h in held:
        applies = {
            Standing.ONE_ORIGIN: origins[h.id].high == 1,
            Standing.CORROBORATED: firm[h.id].low >= 2,
            Standing.CONTESTED: h.id in contested,
            Standing.CHANGED: h.id in changed,
            Standing.DENIED: h.id in denied,
            Standing.WITHDRAWN: not h.live,
            Standing.OVERDUE: any(t.id in late for t in h.told),
        }
        made[h.id] = tuple(s for s, yes in applies.items() if yes)
    return made


def _denied(held: Iterable[Held], ground: Ground) -> set[str]:
    """Positions whose value another position says is not so, or of which it says that there is none."""
    groups: dict[tuple[str | None, str, str | None], list[Held]] = defaultdict(list)
    by_subject: dict[str, list[Held]] = defaultdict(list)
    for h in held:
        if h.live:
            groups[h.key].append(h)
            by_subject[h.position.subject or ""].append(h)
    found = set()
    for group in groups.values():
        against = [h for h in group if h.side is Side.AGAINST and ground.typed(h.position.property) is not None]
        for a in against:
            for h in group:
                if h.side is not Side.AGAINST and compatible(h.position.value, a.position.value) is True:
                    found.add(h.id)
    by_subject.pop("", None)
    for group in by_subject.values():
        none = [h for h in group if h.side in (Side.HELD, Side.AGAINST) and denied(h.position.value)]
        found |= {
            h.id for a in none for h in group if h.side is Side.HELD and denies(a.position.value, h.position.value)
        }
    return found
