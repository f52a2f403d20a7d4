"""Claims → positions, conflicts, changes, due items, hedge losses and standings: pure functions, any order of claims.

told       whose claim, about which entity, on which side, when published
positions  claims whose values are compatible
change     what followed without contradiction      conflict, life   what contradicts, and how that went
due        promises and their dates                 hedge            hedges that fell off
standing   what a position is worth the reader's while
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from onrecord import edtf
from onrecord.beat import Beat
from onrecord.errors import WrongCall
from onrecord.records import (
    Change,
    Claim,
    Conflict,
    Due,
    HedgeLoss,
    Origins,
    Position,
    Record,
    Report,
    Standing,
    Statement,
)
from onrecord.weigh.change import changes, shifts
from onrecord.weigh.conflict import conflicts
from onrecord.weigh.due import dues
from onrecord.weigh.hedge import hedges
from onrecord.weigh.positions import Held, positions
from onrecord.weigh.standing import standings
from onrecord.weigh.told import FIRMNESS, Ground, told

__all__ = ["Weighed", "weigh"]

Count = Callable[[Sequence[Claim]], Origins]


class Weighed(Record, frozen=True, kw_only=True):
    """All that weighing finds; `origins` and `standings` are by position id."""

    positions: tuple[Position, ...] = ()
    origins: dict[str, Origins] = msgspec.field(default_factory=dict)
    standings: dict[str, tuple[Standing, ...]] = msgspec.field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    changes: tuple[Change, ...] = ()
    dues: tuple[Due, ...] = ()
    hedges: tuple[HedgeLoss, ...] = ()


def weigh(
    claims: Iterable[Claim],
    *,
    entity_of: Mapping[str, str],
    reports: Mapping[str, Report],
    statements: Mapping[str, Statement],
    beat: Beat | None,
    origins: Count,
    today: str,
    superseded: frozenset[str] = frozenset(),
    key_of: Mapping[str, str] | None = None,
) -> Weighed:
    """What the claims come to, as of the day `today` (EDTF), the same for any order of `claims`.

    `entity_of` maps referents to entities, `key_of` entities to the beat's keys; `superseded` names the reports of
    which a newer version is in `reports`; `origins` counts where a set of claims came from. Raises WrongCall where
    `today` is no day.
    """
    ground = Ground(
        entity_of=entity_of,
        reports=reports,
        statements=statements,
        beat=beat,
        today=_day(today),
        superseded=superseded,
        properties={p.name: p for p in beat.properties} if beat is not None else {},
        key_of=key_of or {},
    )
    found = told(claims, ground)
    held = positions(found, ground)
    moved = shifts(held, ground)
    counted = {h.id: _count([t.claim for t in h.told], origins) for h in held}
    against = conflicts(held, ground, moved, counted)
    promised = dues(found, ground)
    firm = {h.id: _firm(h, counted[h.id], origins) for h in held}
    return Weighed(
        positions=tuple(h.position for h in held),
        origins=counted,
        standings=standings(
            held, origins=counted, firm=firm, conflicts=against, shifts=moved, dues=promised, ground=ground
        ),
        conflicts=against,
        changes=changes(moved),
        dues=promised,
        hedges=hedges(found, ground, origins),
    )


def _day(today: str) -> date:
    found = edtf.last_day(today)
    if found is None:
        raise WrongCall(f"{today!r} is no day", hint="give it as YYYY-MM-DD")
    return found


def _count(claims: Sequence[Claim], origins: Count) -> Origins:
    """The origins of claims; one claim has one, whatever counts them."""
    ordered = tuple(sorted(claims, key=lambda c: c.id))
    if len(ordered) > 1:
        return origins(ordered)
    ids = tuple(c.id for c in ordered)
    return Origins(low=1, high=1, claims=ids, groups_low=(ids,), groups_high=(ids,))


def _firm(h: Held, counted: Origins, origins: Count) -> Origins:
    """Origins of the claims as firm as the position: a "may" from elsewhere corroborates no fact.

    Nor does a copy of what its origin took back, as long as there is anything else.
    """
    rank = FIRMNESS.index(h.position.modality)
    live = [t.claim for t in h.live if FIRMNESS.index(t.claim.modality) == rank]
    stale = _taken_back(h, counted)
    firm = [c for c in live if c.id not in stale] or live[:1]
    return counted if len(firm) in (0, len(h.told)) else _count(firm, origins)


def _taken_back(h: Held, counted: Origins) -> frozenset[str]:
    """Claims that are shown to depend on an earlier one that a later version of its report has dropped."""
    if len(h.live) == len(h.told):
        return frozenset()
    nth = {t.claim.id: n for n, t in enumerate(sorted(h.told, key=lambda t: t.order))}
    withdrawn = {t.claim.id for t in h.told if t.withdrawn is not None}
    return frozenset(c for group in counted.groups_high if min(group, key=nth.__getitem__) in withdrawn for c in group)
