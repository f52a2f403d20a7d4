"""Reports that reuse each other's words: pairs, with the passages, and how much of each is contained in the other.

Texts become fingerprints (fingerprints.py); an inverted index gives pairs that share enough of them; each pair is
aligned, and what counts is the share of the shorter text that stands in the other, as runs of matches on one diagonal.
So a copy may be cut short, reordered, reworded here and there, badly scanned or wrapped in an outlet's own furniture.
Words that many unrelated reports share (newsletter lines, stock phrases) are learnt from the
reports themselves and left out.
Pairs stay pairs: closing them transitively fuses stories.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Passage, Passages
from onrecord.trace.fingerprints import RUN, Bools, Hashes, Ints, Prints, fingerprints

Floats = NDArray[np.float64]

ALL_PAIRS = (
    40  # texts that share one run: up to here every pair of them is looked at, beyond only with first and previous
)
SHARED = 3  # runs; fewer in common is chance
SIEVE = 0.05  # share of the smaller text's runs in common, below which a pair is not aligned
SAME_STORY = (0.6, 0.4)  # share of runs from which two texts count as one story when stock phrases are learnt
STOCK_STORIES = 8  # stories that share a run, from which it is a stock phrase
STOCK_OUTLET = 3  # stories of one outlet that share a run, from which it is that outlet's furniture
SLANT = 24  # letters that an alignment may shift between two matches: a word put in or left out
GAP = 160  # letters without a match inside one reused passage
LEAST = 3  # matched runs in a reused passage
CONTAINED = (
    0.43  # share of the shorter text's letters reused: a copy. Swept on the development set, see bench/textreuse.py
)
PARTITIONS = 8  # slices of the hash space, sorted one at a time
PENDING = 2_000_000  # pairs tallied at a time
CHUNK = 4096  # pairs aligned at a time


@dataclass(frozen=True)
class Reuse:
    """Two texts (by index, left < right) that share passages: `left_passages[i]` and `right_passages[i]` agree."""

    left: int
    right: int
    left_share: float  # of the left text's own letters that stand in the right one
    right_share: float
    left_passages: Passages
    right_passages: Passages

    @property
    def contained(self) -> float:
        """Share of the text of which more is reused."""
        return max(self.left_share, self.right_share)


@dataclass(frozen=True)
class Pairs:
    """Pairs of texts and how many kept runs they share."""

    left: Ints
    right: Ints
    shared: Ints


def reuses(
    texts: Sequence[str], outlets: Sequence[str | None], masked: Sequence[Passages] = (), *, least: float = CONTAINED
) -> tuple[Reuse, ...]:
    """All pairs of texts of which one is contained in the other by `least` or more, in order of index.

    A text that comes many times is looked at once: its later copies are paired with the first only.
    """
    first = _first_of_equals(texts)
    kept = [i for i, f in enumerate(first) if f == i]
    prints = fingerprints([texts[i] for i in kept], [masked[i] for i in kept] if masked else ())
    stock = stock_runs(prints, [outlets[i] for i in kept])
    found = [
        Reuse(
            kept[r.left], kept[r.right], r.left_share, r.right_share,
            _whole_words(texts[kept[r.left]], r.left_passages), _whole_words(texts[kept[r.right]], r.right_passages),
        )
        for r in align(prints, shared_runs(prints, stock), stock, least)
    ]  # fmt: skip
    enough = {i for i, n in zip(kept, prints.letters.tolist(), strict=True) if n >= RUN}
    found += [
        Reuse(f, i, 1.0, 1.0, (Passage(0, len(texts[i])),), (Passage(0, len(texts[i])),))
        for i, f in enumerate(first)
        if f != i and f in enough
    ]
    return tuple(sorted(found, key=lambda r: (r.left, r.right)))


def _first_of_equals(texts: Sequence[str]) -> list[int]:
    """For each text the index of the first one that is the same."""
    seen: dict[str, int] = {}
    return [seen.setdefault(text, i) for i, text in enumerate(texts)]


def _whole_words(text: str, passages: Passages) -> Passages:
    """The passages up to the end of the word in which their last run ends: an alignment knows where that begins."""
    return tuple(Passage(p.start, _run_end(text, p.end)) for p in passages)


def _run_end(text: str, start: int) -> int:
    seen, end = 0, start
    while end < len(text) and (seen < RUN or text[end].isalnum()):
        seen += text[end].isalnum()
        end += 1
    return end


def shared_runs(prints: Prints, stock: Bools) -> Pairs:
    """Pairs that share at least `SHARED` runs that are not stock, and `SIEVE` of the smaller text's."""
    n = len(prints)
    owner = np.repeat(np.arange(n), np.diff(prints.offsets))
    tally = Tally()
    for entries in _partitions(prints, ~stock):
        own = owner[entries]
        for starts, equal in _groups(prints.hashes[entries]):
            for a, b in _look(own, starts, equal):
                tally.add(a * n + b)
    code, shared = tally.total()
    left, right = code // max(n, 1), code % max(n, 1)
    size = np.bincount(owner[~stock], minlength=n)
    keep = (shared >= SHARED) & (shared >= SIEVE * np.minimum(size[left], size[right]))
    return Pairs(left[keep], right[keep], shared[keep])


class Tally:
    """How often each number came, counted in bounded memory."""

    def __init__(self) -> None:
        self.codes = np.zeros(0, np.int64)
        self.times = np.zeros(0, np.int64)
        self.waiting: list[Ints] = []
        self.size = 0

    def add(self, codes: Ints) -> None:
        self.waiting.append(codes)
        self.size += codes.size
        if self.size > PENDING:
            self.total()

    def total(self) -> tuple[Ints, Ints]:
        found, times = np.unique(np.concatenate([*self.waiting, self.codes[:0]]), return_counts=True)
        codes, place = np.unique(np.concatenate([self.codes, found]), return_inverse=True)
        self.times = np.bincount(place, np.concatenate([self.times, times]), minlength=len(codes)).astype(np.int64)
        self.codes, self.waiting, self.size = codes, [], 0
        return self.codes, self.times


def _partitions(prints: Prints, wanted: Bools) -> Iterator[Ints]:
    """Entries in order of hash, then of text, one slice of the hash space at a time."""
    slices = prints.hashes >> np.uint32(32 - PARTITIONS.bit_length() + 1)
    for part in range(PARTITIONS):
        entries = np.flatnonzero((slices == part) & wanted)
        yield entries[np.argsort(prints.hashes[entries], kind="stable")]


def _groups(hashes: Hashes) -> Iterator[tuple[Ints, int]]:
    """First places of equal neighbours, by how many are equal (two or more)."""
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if len(hashes) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, len(hashes)))
    for size in np.unique(sizes[sizes > 1]).tolist():
        yield starts[sizes == size], size


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


def stock_runs(prints: Prints, outlets: Sequence[str | None]) -> Bools:
    """Which kept runs are furniture of an outlet or a stock phrase: they stand in several stories.

    Copies of one story are one story here, however many there are: else the most copied story would be furniture.
    """
    stock = np.zeros(len(prints.hashes), np.bool_)
    for share in SAME_STORY:
        pairs = shared_runs(prints, stock)
        stock = _in_many_stories(prints, _stories(prints, pairs, stock, share), outlets)
    return stock


def _stories(prints: Prints, pairs: Pairs, stock: Bools, share: float) -> Ints:
    """For each text the number of its story: texts joined by pairs with `share` of the smaller one's runs in common."""
    owner = np.repeat(np.arange(len(prints)), np.diff(prints.offsets))
    size = np.bincount(owner[~stock], minlength=len(prints))
    up = list(range(len(prints)))
    strong = pairs.shared >= share * np.minimum(size[pairs.left], size[pairs.right])
    for a, b in zip(pairs.left[strong].tolist(), pairs.right[strong].tolist(), strict=True):
        x, y = _root(up, a), _root(up, b)
        up[max(x, y)] = min(x, y)
    return np.array([_root(up, i) for i in range(len(up))], np.int64)


def _root(up: list[int], i: int) -> int:
    while up[i] != i:
        up[i] = up[up[i]]
        i = up[i]
    return i


def _in_many_stories(prints: Prints, story: Ints, outlets: Sequence[str | None]) -> Bools:
    names = {name: i for i, name in enumerate(sorted({o for o in outlets if o is not None}), 1)}
    outlet = np.array([0 if o is None else names[o] for o in outlets], np.int64)
    owner = np.repeat(np.arange(len(prints)), np.diff(prints.offsets))
    stock = np.zeros(len(prints.hashes), np.bool_)
    for entries in _partitions(prints, np.ones(len(stock), np.bool_)):
        hashes, own = prints.hashes[entries], owner[entries]
        stock[entries] = _many(hashes, np.zeros(len(own), np.int64), story[own], STOCK_STORIES) | (
            _many(hashes, outlet[own], story[own], STOCK_OUTLET, none=0)
        )
    return stock


def _many(hashes: Hashes, group: Ints, story: Ints, least: int, none: int = -1) -> Bools:
    """Which entries' run stands in `least` or more stories of some one group (`none`: no group)."""
    order = np.lexsort((story, group, hashes))
    h, g, s = hashes[order], group[order], story[order]
    new_run = np.append(True, h[1:] != h[:-1])[: len(h)]
    new_group = new_run | np.append(True, g[1:] != g[:-1])[: len(h)]
    new_story = new_group | np.append(True, s[1:] != s[:-1])[: len(h)]
    if not len(h):
        return np.zeros(0, np.bool_)
    starts = np.flatnonzero(new_group)
    enough = (np.add.reduceat(new_story.astype(np.int64), starts) >= least) & (g[starts] != none)
    runs = np.cumsum(new_run) - 1
    bad = np.zeros(int(runs[-1]) + 1, np.bool_)
    np.logical_or.at(bad, runs[starts], enough)
    found = np.zeros(len(h), np.bool_)
    found[order] = bad[runs]
    return found


def align(prints: Prints, pairs: Pairs, stock: Bools, least: float) -> tuple[Reuse, ...]:
    """The pairs of which one text is contained in the other by `least`, with the passages."""
    n = np.diff(prints.offsets)
    common = np.bincount(np.repeat(np.arange(len(prints)), n), stock, minlength=len(prints)) if len(stock) else 0 * n
    own = np.maximum(prints.letters * (1 - common / np.maximum(n, 1)), RUN)
    found: list[Reuse] = []
    for i in range(0, len(pairs.left), CHUNK):
        found += _align_chunk(prints, pairs.left[i : i + CHUNK], pairs.right[i : i + CHUNK], stock, own, least)
    return tuple(found)


def _align_chunk(prints: Prints, left: Ints, right: Ints, stock: Bools, own: Floats, least: float) -> Iterator[Reuse]:
    pair, a, b = _matches(prints, left, right, stock)
    ra, rb = prints.ranks[a].astype(np.int64), prints.ranks[b].astype(np.int64)
    order = np.lexsort((ra, pair))
    pair, a, b, ra, rb = pair[order], a[order], b[order], ra[order], rb[order]
    keep = _joined(pair, ra, rb, 1) | _joined(pair, ra, rb, 2)
    pair, a, b, ra, rb = pair[keep], a[keep], b[keep], ra[keep], rb[keep]
    if not len(pair):
        return
    starts = np.flatnonzero(~_after(pair, ra, rb))
    ends = np.append(starts[1:], len(pair)) - 1
    long = ends - starts + 1 >= LEAST
    starts, ends = starts[long], ends[long]
    owner = pair[starts]
    left_letters = np.bincount(owner, ra[ends] - ra[starts] + RUN, minlength=len(left))
    right_letters = np.bincount(owner, abs(rb[ends] - rb[starts]) + RUN, minlength=len(left))
    left_share = np.minimum(left_letters / own[left], 1.0)
    right_share = np.minimum(right_letters / own[right], 1.0)
    first = np.searchsorted(owner, np.arange(len(left) + 1))
    for k in np.flatnonzero(np.maximum(left_share, right_share) >= least).tolist():
        here = slice(int(first[k]), int(first[k + 1]))
        yield Reuse(
            int(left[k]), int(right[k]), round(float(left_share[k]), 4), round(float(right_share[k]), 4),
            _passages(prints, a[starts[here]], a[ends[here]]), _passages(prints, b[starts[here]], b[ends[here]]),
        )  # fmt: skip


def _matches(prints: Prints, left: Ints, right: Ints, stock: Bools) -> tuple[Ints, Ints, Ints]:
    """For each pair (by number) the entries of its left and right text that hold the same run, stock left out."""
    sizes = np.diff(prints.offsets)
    asked = _ranges(prints.offsets[left], sizes[left])
    pair = np.repeat(np.arange(len(left)), sizes[left])
    texts, number = np.unique(right, return_inverse=True)
    held = _ranges(prints.offsets[texts], sizes[texts])
    keys = (np.repeat(np.arange(len(texts)), sizes[texts]) << 32) | prints.hashes[held]
    wanted = (number[pair] << 32) | prints.hashes[asked]
    if not len(keys):
        return pair[:0], asked[:0], asked[:0]
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    hit = (keys[place] == wanted) & ~stock[asked]
    return pair[hit], asked[hit], held[place[hit]]


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """The numbers `start … start + size - 1` of each, one after another."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def _after(pair: Ints, ra: Ints, rb: Ints, step: int = 1) -> Bools:
    """Whether each match goes on from the one `step` before it: same pair, near, on nearly the same diagonal."""
    slant = ra - rb
    on = np.zeros(len(pair), np.bool_)
    on[step:] = (
        (pair[step:] == pair[:-step]) & (ra[step:] - ra[:-step] <= GAP) & (abs(slant[step:] - slant[:-step]) <= SLANT)
    )
    return on


def _joined(pair: Ints, ra: Ints, rb: Ints, step: int) -> Bools:
    """Whether each match goes on from, or into, the one `step` away: the others are chance."""
    if len(pair) <= step:
        return np.zeros(len(pair), np.bool_)
    on = _after(pair, ra, rb, step)
    on[:-step] |= on[step:].copy()
    return on


def _passages(prints: Prints, first: Ints, last: Ints) -> Passages:
    return tuple(
        Passage(a, z) for a, z in zip(prints.places[first].tolist(), prints.places[last].tolist(), strict=True)
    )
