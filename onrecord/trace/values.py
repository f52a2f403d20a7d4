"""Sources that share values which few others give: evidence that one copies the other, or both a third.

Agreeing on what everyone says shows nothing; agreeing again and again on what is rare or wrong does (Dong,
Berti-Équille and Srivastava, Integrating conflicting data: the role of source dependence, 2009). Each source's accuracy
and each item's likeliest value are estimated together, then for each pair the copy rate that explains their agreements
best, and by how much it explains them better than independence; groups found count as one voice, and all is estimated
again.

Sources that mean different things by one word ("departed": from the gate, or into the air) share errors without
copying. Where errors connect a great part of all sources, that is what is happening: among them only those that say the
same about the same items are shown to copy, and the others only may.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onrecord.trace.fingerprints import Ints

Floats = NDArray[np.float64]

RATES = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 0.995)  # of a copier's values: the grid on which the best is sought
EVIDENCE = 12.0  # nats by which copying must beat independence: a pair in ten million by chance
LEAST_RATE = 0.1
ALONE = 0.2  # support by others, against those who contradict, below which two sources carry a value alone
COMMON = 10  # items both give; below that nothing is said
ROUNDS = 4
ACCURACY = (0.05, 0.98)  # bounds of an estimated accuracy, so that no source is taken for infallible
SAME_FEED = 0.75  # agreed items as a share of all that either gives, from which two sources are one feed
SYSTEMATIC = (4, 1 / 3)  # sources, and share of all: a group of more is no ring of copiers but a shared meaning
SMOOTH = 0.5  # of a voice, for a value that nobody else gives


@dataclass(frozen=True)
class Shared:
    """Two sources, the share of values that copying explains, the evidence for it in nats, and telling items."""

    left: str
    right: str
    rate: float
    evidence: float
    common: int  # items that both give
    agreed: int
    same: float  # agreed items as a share of all that either gives
    shown: bool  # False: they only may depend
    rare: tuple[str, ...]  # items on which they agree against most others, the rarest first
    reason: str


def shared_values(given: Iterable[tuple[str, str, str]]) -> tuple[Shared, ...]:
    """Pairs of sources that depend on each other, from (source, item, value) triples, in order of their names."""
    table = Table.of(given)
    group = np.arange(len(table.sources))
    found: tuple[Shared, ...] = ()
    for _ in range(ROUNDS):
        voice = 1 / np.bincount(group, minlength=len(group))[group]
        truth, accuracy = settle(table, voice)
        found = _weighed(tuple(_pairs(table, voice, truth, accuracy)), table.sources)
        again = _grouped(table.sources, found)
        if (again == group).all():
            break
        group = again
    return found


def _weighed(found: tuple[Shared, ...], sources: tuple[str, ...]) -> tuple[Shared, ...]:
    """The pairs; those that shared errors alone connect are marked as unsure where they connect very many sources."""
    group = dict(zip(sources, _grouped(sources, found).tolist(), strict=True))
    size = Counter(group.values())
    least, share = SYSTEMATIC
    large = {g for g, n in size.items() if n >= least and n > share * len(sources)}
    return tuple(
        replace(f, shown=False) if group[f.left] in large and f.same < SAME_FEED else f for f in found
    )  # fmt: skip


def groups(found: Sequence[Shared]) -> tuple[tuple[str, ...], ...]:
    """The sources that hang together by shown pairs, each group sorted."""
    sources = sorted({s for f in found if f.shown for s in (f.left, f.right)})
    group = _grouped(sources, found)
    members: dict[int, list[str]] = {}
    for source, g in zip(sources, group.tolist(), strict=True):
        members.setdefault(g, []).append(source)
    return tuple(tuple(m) for m in members.values())


def _grouped(sources: Sequence[str], found: Sequence[Shared]) -> Ints:
    place = {s: i for i, s in enumerate(sources)}
    up = np.arange(len(sources))
    for f in (f for f in found if f.shown):
        a, b = up[place[f.left]], up[place[f.right]]
        up[up == max(a, b)] = min(a, b)
    return up


@dataclass(frozen=True)
class Table:
    """Which source gives which value for which item: `cells[item, source]` is a number of a value, -1 where none."""

    sources: tuple[str, ...]
    items: tuple[str, ...]
    cells: NDArray[np.int32]

    @staticmethod
    def of(given: Iterable[tuple[str, str, str]]) -> Table:
        """Items that at least two sources give; where one source gives two values, the first in order counts."""
        rows = sorted(set(given))
        sources = tuple(sorted({s for s, _, _ in rows}))
        place = {s: i for i, s in enumerate(sources)}
        by_item: dict[str, dict[int, str]] = {}
        for source, item, value in rows:
            by_item.setdefault(item, {}).setdefault(place[source], value)
        items = tuple(sorted(i for i, v in by_item.items() if len(v) > 1))
        cells = np.full((len(items), len(sources)), -1, np.int32)
        for i, item in enumerate(items):
            numbers: dict[str, int] = {}
            for s, value in sorted(by_item[item].items()):
                cells[i, s] = numbers.setdefault(value, len(numbers))
        return Table(sources, items, cells)


def settle(table: Table, voice: Floats) -> tuple[Ints, Floats]:
    """The likeliest value of each item and the accuracy of each source, estimated in turn (ACCU)."""
    cells, given = table.cells, table.cells >= 0
    accuracy = np.full(len(table.sources), 0.7)
    truth = np.zeros(len(cells), np.int64)
    false = max(2.0, float(cells.max(initial=1)))
    for _ in range(8):
        weight = voice * np.log(false * accuracy / (1 - accuracy))
        votes = votes_of(cells, weight)
        truth = votes.argmax(1) if votes.size else truth
        right = ((cells == truth[:, None]) & given).sum(0)
        accuracy = np.clip((right + 1) / (given.sum(0) + 2), *ACCURACY)
    return truth, accuracy


def votes_of(cells: NDArray[np.int32], weight: Floats) -> Floats:
    """For each item and each of its values the weight of those who give it."""
    width = int(cells.max(initial=0)) + 1
    votes = np.zeros((len(cells), width))
    for s in range(cells.shape[1]):
        held = np.flatnonzero(cells[:, s] >= 0)
        votes[held, cells[held, s]] += weight[s]
    return votes


def _pairs(table: Table, voice: Floats, truth: Ints, accuracy: Floats) -> Iterator[Shared]:
    votes = votes_of(table.cells, voice)
    total = votes.sum(1)
    given = (table.cells >= 0).astype(np.float32)  # exact up to 16 million items
    for a, b in np.argwhere(np.triu(given.T @ given >= COMMON, 1)).tolist():  # most pairs have nothing in common
        both = np.flatnonzero((table.cells[:, a] >= 0) & (table.cells[:, b] >= 0))
        same = table.cells[both, a] == table.cells[both, b]
        at = both[same]
        chance = _chance(
            table.cells[at, a], votes[at], total[at], truth[at], (accuracy[a], accuracy[b]), voice[a] + voice[b]
        )
        rate, evidence = _best(chance, int((~same).sum()))
        if evidence >= EVIDENCE and rate >= LEAST_RATE:
            yield _shared(table, a, b, rate, evidence, len(both), at, chance)


def _chance(
    value: Ints, votes: Floats, total: Floats, truth: Ints, accuracy: tuple[float, float], own: float
) -> Floats:
    """How likely a source of that accuracy gives each value on its own.

    What is likeliest true: its accuracy. Else its errors fall as those of all others do: a popular error says little.
    What is likeliest true only by the word of these two is as likely as the others make it.
    """
    rows = np.arange(len(value))
    wrong = value != truth
    support = np.maximum(votes[rows, value] - own, 0)
    alone = ~wrong & (support <= ALONE * (total - votes[rows, value]))
    others = np.maximum(votes[rows, value] - own, 0) + SMOOTH / 2
    errors = np.maximum(total - votes[rows, truth] - own, 0) + SMOOTH
    popular = np.minimum(others / errors, 1.0)
    believed = (support + SMOOTH / 2) / (np.maximum(total - own, 0) + SMOOTH)
    true = [np.where(alone, a * believed + (1 - a) * believed, a) for a in accuracy]
    each = [np.where(wrong, (1 - a) * popular, t) for a, t in zip(accuracy, true, strict=True)]
    return np.asarray(np.sqrt(each[0] * each[1]), np.float64)


def _best(chance: Floats, differ: int) -> tuple[float, float]:
    """The copy rate that explains agreements and differences best, and its advantage over independence in nats."""
    scored = [
        (float(np.log((c + (1 - c) * chance) / chance).sum()) + differ * math.log(1 - c), c) for c in RATES
    ]  # fmt: skip
    evidence, rate = max(scored)
    return rate, evidence


def _shared(
    table: Table, a: int, b: int, rate: float, evidence: float, common: int, at: Ints, chance: Floats
) -> Shared:
    order = np.argsort(chance, kind="stable")[:5]
    rare = tuple(table.items[i] for i in at[order][chance[order] < 0.5].tolist())
    left, right = table.sources[a], table.sources[b]
    reason = (
        f"{left} and {right} agree on {len(at)} of {common} values, {int((chance < 0.1).sum())} of them values that few"
        f" others give; copying about {rate:.0%} explains it better than chance (evidence {evidence:.0f} nats)"
    )
    given = table.cells[:, [a, b]] >= 0
    return Shared(
        left=left, right=right, rate=rate, evidence=round(evidence, 2), common=common, agreed=len(at),
        same=round(len(at) / int(given.any(1).sum()), 4), shown=True, rare=rare, reason=reason,
    )  # fmt: skip
