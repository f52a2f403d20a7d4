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
from onrecord.trace.alignment import CONTAINED, Floats, Pairs, Reuse, align
from onrecord.trace.fingerprints import LOW, RUN, Bools, Ints, Places, Prints, fingerprints
from onrecord.trace.joined import Joined

ALL_PAIRS = 20  # texts that share one run: up to here all their pairs are looked at, beyond each with the first only
SHARED = 3  # runs; fewer in common is chance
SIEVE = 0.05  # share of the smaller text's runs in common, below which a pair is not aligned
SAME_STORY = (0.6, 0.4)  # share of runs from which two texts count as one story when stock phrases are learnt
STOCK_STORIES = (8, 0.002)  # stories that share a run, and share of all, from which it is a stock phrase
STOCK_OUTLET = (3, 0.03)  # stories of one outlet that share a run, and share of its own: that outlet's furniture
PARTITIONS = 16  # slices of the hash space, sorted one at a time
PENDING = 500_000  # pairs from which those that came once are let go
ROOM = 12_500  # numbers counted at a time: bounds the memory beside them
TIMES = 16  # bits for how often a pair came: leaves room for numbers of pairs of eight million texts
MOST = (1 << TIMES) - 1  # times, and the bits that say so


@dataclass(frozen=True)
class Part:
    """The entries of runs that several texts hold, by run and then by text, in one slice of the hash space.

    A whole index is kept in parts because numpy makes copies: so each is of a part only.
    """

    entries: Places
    sizes: Places  # entries of each run

    def runs(self) -> Ints:
        """For each entry the number of its run."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)


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


def index_of(prints: Prints) -> tuple[Part, ...]:
    """The runs that two or more texts hold, found by sorting one slice of the hash space at a time."""
    slices = (prints.hashes >> np.uint32(32 - PARTITIONS.bit_length() + 1)).astype(np.uint8)
    return tuple(_part(prints, np.flatnonzero(slices == part)) for part in range(PARTITIONS))


def _part(prints: Prints, own: Ints) -> Part:
    key = (prints.hashes[own].astype(np.uint64) << np.uint64(32)) | own.astype(np.uint64)
    key.sort()
    _, sizes = _equal((key >> np.uint64(32)).astype(np.uint32))
    entries = (key[np.repeat(sizes > 1, sizes)] & LOW).astype(np.int32)
    return Part(entries, sizes[sizes > 1].astype(np.int32))


def _equal(values: NDArray[Any]) -> tuple[Ints, Ints]:
    """Where each stretch of equal neighbours begins, and its length."""
    if not len(values):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    return starts, np.diff(np.append(starts, len(values)))


def shared_runs(prints: Prints, index: Sequence[Part], stock: Bools) -> Pairs:
    """Pairs that share at least `SHARED` runs that are not stock, and `SIEVE` of the smaller text's."""
    n = max(len(prints), 1)
    tally = Tally()
    for part in index:
        wanted = ~stock[part.entries]
        own, (starts, sizes) = prints.owners(part.entries[wanted]), _equal(part.runs()[wanted])
        for equal in np.flatnonzero(np.bincount(sizes)).tolist():
            for a, b in _look(own, starts[sizes == equal], equal):
                tally.add(a * n + b)
    code, shared = tally.total(SHARED)
    left, right = code // n, code % n
    size = prints.sizes(~stock)
    keep = shared >= SIEVE * np.minimum(size[left], size[right])
    return Pairs(left[keep], right[keep], shared[keep])


def _look(own: Ints, starts: Ints, size: int) -> Iterator[tuple[Ints, Ints]]:
    """The pairs of texts that are looked at among `size` that share a run."""
    if 1 < size <= ALL_PAIRS:
        texts = own[starts[:, None] + np.arange(size)]
        i, j = np.triu_indices(size, 1)
        step = max(1, ROOM // len(i))
        for k in range(0, len(texts), step):
            yield texts[k : k + step, i].ravel(), texts[k : k + step, j].ravel()
    elif size > ALL_PAIRS:
        for start in starts.tolist():
            yield np.full(size - 1, own[start]), own[start + 1 : start + size]


class Tally:
    """How often each number came.

    Numbers wait behind those counted before, in one array that is sorted in place when it is full, so counting them
    all takes about as long as sorting them once, and little room beside. Where there are very many, those that came
    once by then are let go: two copies share runs in every part of the index, and lose one or two of their dozens;
    chance pairs, which are most of the memory, share one.
    """

    def __init__(self) -> None:
        self.packed = np.zeros(ROOM, np.int64)  # each number, and in the low bits how often it came
        self.size = 0  # numbers in it

    def add(self, numbers: Ints) -> None:
        """Count each of `numbers` once more."""
        if self.size + len(numbers) > len(self.packed):
            self.count()
            wanted = 2 * (self.size + len(numbers))  # half of it free, or it would be sorted too often
            if wanted > len(self.packed):
                self.packed.resize(wanted, refcheck=False)  # grows in place where it can: no second array
        here = self.packed[self.size : self.size + len(numbers)]
        np.left_shift(numbers, TIMES, out=here)
        here |= 1
        self.size += len(numbers)

    def count(self) -> None:
        """Put the numbers in order, each once."""
        packed = self.packed[: self.size]
        packed.sort()
        often = len(packed) > PENDING
        kept = 0
        for start, end in self._pieces():
            piece = packed[start:end]
            starts, _ = _equal(piece >> TIMES)
            times = np.add.reduceat(piece & MOST, starts)
            if often:
                starts, times = starts[times > 1], times[times > 1]
            packed[kept : kept + len(starts)] = (piece[starts] & ~MOST) | np.minimum(times, MOST)
            kept += len(starts)
        self.size = kept

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """Bounds of stretches of about `ROOM` numbers in order; equal numbers are not parted."""
        start = 0
        while start < self.size:
            end = min(start + ROOM, self.size)
            if end < self.size:  # to the end of the number that stands there
                end = int(np.searchsorted(self.packed[: self.size], self.packed[end - 1] | MOST, side="right"))
            yield start, end
            start = end

    def total(self, least: int) -> tuple[Ints, Ints]:
        """The numbers that came `least` times or more, in order, and how often each came."""
        self.count()
        pieces = [self.packed[k : min(k + ROOM, self.size)] for k in range(0, self.size, ROOM)]
        found = np.concatenate([piece[piece & MOST >= least] for piece in pieces] or [self.packed[:0]])
        return found >> TIMES, found & MOST


def stock_runs(prints: Prints, index: Sequence[Part], outlets: Sequence[str | None]) -> Bools:
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
    joined = Joined(range(len(size)))
    strong = pairs.shared >= share * np.minimum(size[pairs.left], size[pairs.right])
    for a, b in zip(pairs.left[strong].tolist(), pairs.right[strong].tolist(), strict=True):
        joined.join(a, b)
    return np.array(joined.roots(), np.int64)


def _in_many_stories(prints: Prints, index: Sequence[Part], story: Ints, outlets: Sequence[str | None]) -> Bools:
    """The stock among all entries, given which text tells which story."""
    names = {name: i for i, name in enumerate(sorted({o for o in outlets if o is not None}), 1)}
    outlet = np.array([0 if o is None else names[o] for o in outlets], np.int64)
    stock = np.zeros(len(prints.hashes), np.bool_)
    told, _ = _distinct(outlet * len(story) + story)
    stories = np.bincount(told // max(len(story), 1), minlength=len(names) + 1)
    inside = np.maximum(STOCK_OUTLET[0], STOCK_OUTLET[1] * stories)
    inside[0] = np.inf  # no outlet
    anywhere = max(STOCK_STORIES[0], STOCK_STORIES[1] * len(np.unique(story)))
    for part in index:
        stock[part.entries] = _stock(part, prints.owners(part.entries), story, outlet, anywhere, inside)
    return stock


def _stock(part: Part, texts: Ints, story: Ints, outlet: Ints, anywhere: float, inside: Floats) -> Bools:
    """Which entries are of runs in `anywhere` or more stories, or in `inside` or more of one outlet's."""
    several = np.repeat(part.sizes >= min(STOCK_STORIES[0], STOCK_OUTLET[0]), part.sizes)
    runs, own = part.runs()[several], texts[several]
    n, k = len(story), len(inside)
    common = np.zeros(len(part.sizes), np.bool_)
    run, times = _distinct(_distinct(runs * n + story[own])[0] // n)
    common[run[times >= anywhere]] = True
    place, times = _distinct(_distinct((runs * k + outlet[own]) * n + story[own])[0] // n)
    common[place[times >= inside[place % k]] // k] = True
    return np.asarray(common[part.runs()], np.bool_)


def _distinct(values: Ints) -> tuple[Ints, Ints]:
    """The distinct values in order, and how often each comes; much faster than `np.unique`, which hashes."""
    values = np.sort(values)
    starts, sizes = _equal(values)
    return values[starts], sizes
