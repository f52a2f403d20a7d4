"""Reports that reuse each other's words: pairs, with the passages, and how much of each is contained in the other.

Texts become fingerprints (fingerprints.py); an inverted index gives pairs that share enough of them; each pair is
aligned, and what counts is the share of the shorter text that stands in the other, as runs of matches on one diagonal.
So a copy may be cut short, reordered, reworded here and there, badly scanned or wrapped in an outlet's own furniture.
Words that many unrelated reports share (newsletter lines, stock phrases) are learnt from the reports themselves and
left out. Pairs stay pairs: closing them transitively fuses stories.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Passage, Passages
from onrecord.trace.alignment import CONTAINED, Pairs, Reuse, align
from onrecord.trace.fingerprints import LOW, RUN, Bools, Ints, Prints, fingerprints

ALL_PAIRS = (
    40  # texts that share one run: all their pairs are looked at; beyond, each with the first and the one before
)
SHARED = 3  # runs; fewer in common is chance
SIEVE = 0.05  # share of the smaller text's runs in common, below which a pair is not aligned
SAME_STORY = (0.6, 0.4)  # share of runs from which two texts count as one story when stock phrases are learnt
STOCK_STORIES = (8, 0.002)  # stories that share a run, and share of all, from which it is a stock phrase
STOCK_OUTLET = (3, 0.03)  # stories of one outlet that share a run, and share of its own: that outlet's furniture
PARTITIONS = 16  # slices of the hash space, sorted one at a time
PENDING = 500_000  # pairs that wait to be counted
TIMES = 16  # bits for how often a pair came: leaves room for numbers of pairs of eight million texts


@dataclass(frozen=True)
class Index:
    """The entries of runs that several texts hold, by run and then by text; `runs` numbers them."""

    entries: Ints
    runs: Ints
    texts: Ints


def reuses(
    texts: Sequence[str], outlets: Sequence[str | None], masked: Sequence[Passages] = (), *, least: float = CONTAINED
) -> tuple[Reuse, ...]:
    """All pairs of texts of which one is contained in the other by `least` or more, in order of index.

    A text that comes many times is looked at once: its later copies are paired with the first only.
    """
    first = _first_of_equals(texts)
    kept = [i for i, f in enumerate(first) if f == i]
    prints = fingerprints([texts[i] for i in kept], [masked[i] for i in kept] if masked else ())
    index = index_of(prints)
    stock = stock_runs(prints, index, [outlets[i] for i in kept])
    found = [
        replace(r, left=kept[r.left], right=kept[r.right])
        for r in align([texts[i] for i in kept], prints, shared_runs(prints, index, stock), stock, least)
    ]
    enough = {i for i, n in zip(kept, prints.letters.tolist(), strict=True) if n >= RUN}
    for i, f in enumerate(first):
        if f != i and f in enough:
            everything = (Passage(0, len(texts[i])),)
            found.append(Reuse(f, i, 1.0, 1.0, 1.0, everything, everything, identical=True))
    return tuple(sorted(found, key=lambda r: (r.left, r.right)))


def _first_of_equals(texts: Sequence[str]) -> list[int]:
    """For each text the index of the first one that is the same."""
    seen: dict[str, int] = {}
    return [seen.setdefault(text, i) for i, text in enumerate(texts)]


def index_of(prints: Prints) -> Index:
    """The runs that two or more texts hold, found by sorting one slice of the hash space at a time."""
    slices = prints.hashes >> np.uint32(32 - PARTITIONS.bit_length() + 1)
    entries, runs, seen = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    for part in range(PARTITIONS):
        own = np.flatnonzero(slices == part)
        key = (prints.hashes[own].astype(np.uint64) << np.uint64(32)) | own.astype(np.uint64)
        key.sort()
        _, sizes = _equal((key >> np.uint64(32)).astype(np.uint32))
        several = np.repeat(sizes > 1, sizes)
        entries.append((key[several] & LOW).astype(np.int64))
        runs.append(np.repeat(np.arange(seen, seen + int((sizes > 1).sum())), sizes[sizes > 1]))
        seen += int((sizes > 1).sum())
    held = np.concatenate(entries)
    return Index(held, np.concatenate(runs), prints.owners(held))


def _equal(values: NDArray[Any]) -> tuple[Ints, Ints]:
    """Where each stretch of equal neighbours begins, and its length."""
    if not len(values):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    return starts, np.diff(np.append(starts, len(values)))


def shared_runs(prints: Prints, index: Index, stock: Bools) -> Pairs:
    """Pairs that share at least `SHARED` runs that are not stock, and `SIEVE` of the smaller text's."""
    n = max(len(prints), 1)
    wanted = ~stock[index.entries]
    own, (starts, sizes) = index.texts[wanted], _equal(index.runs[wanted])
    tally = Tally()
    for equal in np.unique(sizes[sizes > 1]).tolist():
        for a, b in _look(own, starts[sizes == equal], equal):
            tally.add(a * n + b)
    code, shared = tally.total()
    left, right = code // n, code % n
    size = prints.sizes(~stock)
    keep = (shared >= SHARED) & (shared >= SIEVE * np.minimum(size[left], size[right]))
    return Pairs(left[keep], right[keep], shared[keep])


def _look(own: Ints, starts: Ints, size: int) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of texts that are looked at among `size` that share a run."""
    if size <= ALL_PAIRS:
        texts = own[starts[:, None] + np.arange(size)]
        i, j = np.triu_indices(size, 1)
        step = max(1, PENDING // len(i))
        for k in range(0, len(texts), step):
            yield texts[k : k + step, i].ravel(), texts[k : k + step, j].ravel()
        return
    for start in starts.tolist():
        texts = own[start : start + size]
        yield np.full(size - 1, texts[0]), texts[1:]
        yield texts[1:-1], texts[2:]


class Tally:
    """How often each number came. Numbers wait until there are as many as were counted before: so counting them all
    takes about as long as sorting them once."""

    def __init__(self) -> None:
        self.packed = np.zeros(0, np.int64)  # each number, and in the low bits how often it came
        self.waiting: list[Ints] = []
        self.size = 0

    def add(self, numbers: Ints) -> None:
        self.waiting.append((numbers << TIMES) | 1)
        self.size += numbers.size
        if self.size > max(PENDING, len(self.packed)):
            self.count()

    def count(self) -> None:
        packed = np.concatenate([self.packed, *self.waiting])
        self.waiting, self.size = [], 0
        packed.sort()
        starts, _ = _equal(packed >> TIMES)
        if len(starts):
            times = np.add.reduceat(packed & ((1 << TIMES) - 1), starts)
            self.packed = (packed[starts] >> TIMES << TIMES) | np.minimum(times, (1 << TIMES) - 1)

    def total(self) -> tuple[Ints, Ints]:
        """The numbers in order, and how often each came."""
        self.count()
        return self.packed >> TIMES, self.packed & ((1 << TIMES) - 1)


def stock_runs(prints: Prints, index: Index, outlets: Sequence[str | None]) -> Bools:
    """Which kept runs are furniture of an outlet or a stock phrase: they stand in several stories.

    Copies of one story are one story here, however many there are: else the most copied story would be furniture.
    """
    stock = np.zeros(len(prints.hashes), np.bool_)
    for share in SAME_STORY:
        pairs = shared_runs(prints, index, stock)
        stories = _stories(pairs, prints.sizes(~stock), share)
        stock = _in_many_stories(prints, index, stories, outlets)
    return stock


def _stories(pairs: Pairs, size: Ints, share: float) -> Ints:
    """For each text the number of its story: texts joined by pairs with `share` of the smaller one's runs in common."""
    up = list(range(len(size)))

    def root(i: int) -> int:
        while up[i] != i:
            up[i] = up[up[i]]
            i = up[i]
        return i

    strong = pairs.shared >= share * np.minimum(size[pairs.left], size[pairs.right])
    for a, b in zip(pairs.left[strong].tolist(), pairs.right[strong].tolist(), strict=True):
        x, y = root(a), root(b)
        up[max(x, y)] = min(x, y)
    return np.array([root(i) for i in range(len(up))], np.int64)


def _in_many_stories(prints: Prints, index: Index, story: Ints, outlets: Sequence[str | None]) -> Bools:
    """The stock among all entries, given which text tells which story."""
    names = {name: i for i, name in enumerate(sorted({o for o in outlets if o is not None}), 1)}
    outlet = np.array([0 if o is None else names[o] for o in outlets], np.int64)
    stock = np.zeros(len(prints.hashes), np.bool_)
    _, sizes = _equal(index.runs)
    several = np.repeat(sizes >= min(STOCK_STORIES[0], STOCK_OUTLET[0]), sizes)
    entries, runs, own = index.entries[several], index.runs[several], index.texts[several]
    n, k = max(len(prints), 1), len(names) + 1
    common = np.zeros(int(runs[-1]) + 1 if len(runs) else 0, np.bool_)
    anywhere, times = _distinct(_distinct(runs * n + story[own])[0] // n)
    common[anywhere[times >= np.maximum(STOCK_STORIES[0], STOCK_STORIES[1] * len(np.unique(story)))]] = True
    told, _ = _distinct(outlet * n + story)
    least = np.maximum(STOCK_OUTLET[0], STOCK_OUTLET[1] * np.bincount(told // n, minlength=k))
    inside, times = _distinct(_distinct((runs * k + outlet[own]) * n + story[own])[0] // n)
    common[inside[(times >= least[inside % k]) & (inside % k != 0)] // k] = True
    stock[entries] = common[runs]
    return stock


def _distinct(values: Ints) -> tuple[Ints, Ints]:
    """The distinct values in order, and how often each comes; much faster than `np.unique`, which hashes."""
    values = np.sort(values)
    starts, sizes = _equal(values)
    return values[starts], sizes
