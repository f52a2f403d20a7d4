"""Told claims → positions: the claims on one (subject, property, scope) and one side whose values are compatible.

A value is put with the narrower ones it fits. One that fits two positions which do not fit each other
("over 200 km" beside "250 km" and "500 km") supports neither and stands alone: it contradicts neither.
An entity value takes part in the position of each entity it names. Claims that hold at different times
are one position only if they give the very same figure. See docs/decisions/070-positions.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord import edtf
from onrecord.ids import content_id
from onrecord.records import EntityValue, Modality, Polarity, Position, StateValue, TextValue, Value
from onrecord.weigh.told import FIRMNESS, Ground, Key, Side, Told
from onrecord.weigh.values import compatible, narrowest, narrowness, same_figure
from onrecord.weigh.wording import alike, keys

Item = tuple[Value, str | None]  # a value and when it holds


@dataclass(frozen=True)
class Held:
    """A position with the claims told in it, in order of publication."""

    position: Position
    told: tuple[Told, ...]
    side: Side

    @cached_property
    def id(self) -> str:
        return self.position.id

    @property
    def key(self) -> Key:
        return self.position.subject, self.position.property, self.position.scope

    @cached_property
    def live(self) -> tuple[Told, ...]:
        """Its claims that no later version of their report has dropped."""
        return tuple(t for t in self.told if t.withdrawn is None)


def positions(found: Iterable[Told], ground: Ground) -> tuple[Held, ...]:
    """All positions, sorted by subject, property, scope, then by their first claim."""
    groups: dict[tuple[Key, Side], list[Told]] = defaultdict(list)
    for t in found:
        groups[t.key, t.side].append(t)
    made = [h for (key, side), group in groups.items() for h in _positions(key, side, group, ground)]
    return tuple(sorted(made, key=lambda h: (_sortable(h.key), h.told[0].order, h.id)))


def _sortable(key: Key) -> tuple[str, str, str]:
    return key[0] or "", key[1], key[2] or ""


def _positions(key: Key, side: Side, group: Sequence[Told], ground: Ground) -> list[Held]:
    entries = [(atom, t) for t in group for atom in _atoms(t.value)]
    of_item: dict[Item, list[Told]] = defaultdict(list)
    for atom, t in entries:
        of_item[atom, t.claim.holds_at].append(t)
    grouped = group_items(of_item, ground.tolerance(key[1]))
    return [_held(key, side, items, [t for i in items for t in of_item[i]]) for items in grouped]


def _atoms(value: Value) -> list[Value]:
    """Each entity of an entity value is a position of its own: "made by A and B" supports A, and B."""
    if isinstance(value, EntityValue) and value.entities:
        return [EntityValue(entities=(e,)) for e in value.entities]
    return [value]


def _item_order(item: Item) -> tuple[tuple[int, float, float, bytes], str]:
    return narrowness(item[0]), item[1] or ""


def group_items(items: Iterable[Item], tolerance: float) -> list[list[Item]]:
    """Distinct values in groups whose members are pairwise compatible, the same for any order of `items`."""
    ordered = sorted(set(items), key=_item_order)
    shared = _looked_up(ordered)
    groups: list[list[Item]] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for item in ordered:
        near = range(len(groups)) if shared is None else sorted({g for w in shared[item] for g in by_word[w]})
        fits = [g for g in near if all(_fit(item, other, tolerance) for other in groups[g])]
        exact = [g for g in fits if any(same_figure(item[0], other[0]) for other in groups[g])]
        chosen = fits if len(fits) == 1 else exact[:1]
        if not chosen:
            groups.append([])
            chosen = [len(groups) - 1]
        groups[chosen[0]].append(item)
        for w in () if shared is None else shared[item]:
            by_word[w].append(chosen[0])
    return groups


def _looked_up(ordered: Sequence[Item]) -> dict[Item, tuple[str, ...]] | None:
    """Rare words by which wordings find each other, so that ten thousand are not all compared with all."""
    if not all(isinstance(v, TextValue | StateValue) for v, _ in ordered):
        return None
    rare = keys([_wording(v) for v, _ in ordered])
    return {item: rare[_wording(item[0])] for item in ordered}


def _wording(value: Value) -> str:
    return value.text if isinstance(value, TextValue) else value.state if isinstance(value, StateValue) else ""


def _fit(a: Item, b: Item, tolerance: float) -> bool:
    if isinstance(a[0], TextValue) and isinstance(b[0], TextValue):
        return alike(a[0].text, b[0].text)  # whatever the times: the short way, for there are many
    if edtf.overlap(a[1], b[1]) is False:
        return same_figure(a[0], b[0])
    return compatible(a[0], b[0], tolerance) is True


def _held(key: Key, side: Side, items: Sequence[Item], group: Iterable[Told]) -> Held:
    found = tuple(sorted({t.id: t for t in group}.values(), key=lambda t: t.order))
    subject, name, scope = key
    against = side is Side.AGAINST
    seed = items[0][0] if isinstance(items[0][0], EntityValue) else None
    position = Position(
        id=content_id("pos", subject, name, scope, side, seed, found[0].id),
        subject=subject,
        property=name,
        scope=scope,
        value=narrowest([v for v, _ in items]),
        claims=tuple(t.id for t in found),
        modality=firmest(t.claim.modality for t in found),
        polarity=Polarity.NEGATIVE if against else Polarity.POSITIVE,
        holds_at=_holds(sorted({h for _, h in items if h is not None})),
    )
    return Held(position, found, side)


def firmest(modalities: Iterable[Modality]) -> Modality:
    """The firmest modality met."""
    return min(modalities, key=FIRMNESS.index)


def _holds(values: Sequence[str]) -> str | None:
    """One time as it was said; of several, the span that covers them all; None where one of them has no days."""
    if len(values) < 2:
        return values[0] if values else None
    found = [edtf.days(v) for v in values]
    spans = [d for d in found if d is not None]
    if len(spans) < len(values):
        return None
    lows, highs = [d[0] for d in spans], [d[1] for d in spans]
    low = ".." if None in lows else min(d for d in lows if d is not None).isoformat()
    high = ".." if None in highs else max(d for d in highs if d is not None).isoformat()
    return None if low == high == ".." else f"{low}/{high}"
