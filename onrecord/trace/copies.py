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
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Passage, Passages
from onrecord.trace.fingerprints import LOW, RUN, Bools, Ints, Prints, fingerprints

Floats = NDArray[np.float64]

ALL_PAIRS = (
    40  # texts that share one run: up to here every pair of them is looked at, beyond only with first and previous
)
SHARED = 3  # runs; fewer in common is chance
SIEVE = 0.05  # share of the smaller text's runs in common, below which a pair is not aligned
SAME_STORY = (0.6, 0.4)  # share of runs from which two texts count as one story when stock phrases are learnt
STOCK_STORIES = 8  # stories that share a run, from which it is a stock phrase
STOCK_OUTLET = 3  # stories of one outlet that share a run, from which it is that outlet's furniture
SLANT = 120  # letters that an alignment may shift between two matches: a word put in or left out
GAP = 160  # letters without a match inside one reused passage
LEAST = 3  # matched runs in a reused passage
CONTAINED = (
    0.43  # share of the shorter text's letters reused: a copy. Swept on the development set, see bench/textreuse.py
)
WHOLE = 0.3  # share of all that stands in the shorter text: below, a paragraph of a report that is mostly furniture
REACH = 64  # letters that a passage may grow at each end
PARTITIONS = 8  # slices of the hash space, sorted one at a time
PENDING = 2_000_000  # pairs tallied at a time
CHUNK = 4096  # pairs aligned at a time


@dataclass(frozen=True)
class Reuse:
    """Two texts (by index, left < right) that share passages: `left_passages[i]` and `right_passages[i]` agree."""

    left: int
    right: int
    left_share: float  # of the left text's own words that stand in the right one: those that are not stock
    right_share: float
    whole: float  # reused share of all that stands in the shorter text, stock included
    left_passages: Passages
    right_passages: Passages
    identical: bool = False  # equal texts: the only kind that may be closed transitively

    @property
    def contained(self) -> float:
        """Share of the text of which more is reused."""
        return max(self.left_share, self.right_share)

    @property
    def is_copy(self) -> bool:
        """Whether it is the report that was copied, and not a paragraph or two."""
        return self.contained >= CONTAINED and self.whole >= WHOLE


@dataclass(frozen=True)
class Index:
    """The entries of runs that several texts hold, by run and then by text; `runs` numbers them."""

    entries: Ints
    runs: Ints
    texts: Ints


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
    index = index_of(prints)
    stock = stock_runs(prints, index, [outlets[i] for i in kept])
    found = [
        replace(r, left=kept[r.left], right=kept[r.right])
        for r in align(prints, shared_runs(prints, index, stock), stock, least)
    ]
    enough = {i for i, n in zip(kept, prints.letters.tolist(), strict=True) if n >= RUN}
    for i, f in enumerate(first):
        if f != i and f in enough:
            everything = (Passage(0, len(texts[i])),)
            found.append(Reuse(f, i, 1.0, 1.0, 1.0, everything, everything, identical=True))
    return tuple(sorted(found, key=lambda r: (r.left, r.right)))


def widened(left: str, right: str, reuse: Reuse) -> tuple[Passages, Passages]:
    """The passages of a pair up to the last letter that agrees: kept runs are a sample, and end short of it."""
    spans = []
    for p, q in zip(reuse.left_passages, reuse.right_passages, strict=True):
        start, start2 = _extend(left, right, p.start, q.start, -1)
        end, end2 = _extend(left, right, p.end, q.end, 1)
        spans.append((Passage(start, end), Passage(start2, end2)))
    return tuple(p for p, _ in spans), tuple(q for _, q in spans)


def _extend(left: str, right: str, i: int, j: int, step: int) -> tuple[int, int]:
    """How far letters agree from two places on, in one direction, whatever stands between letters."""
    here, there = i, j
    for _ in range(REACH):
        here, there = _next_letter(left, here, step), _next_letter(right, there, step)
        x, y = (
            text[k - (step > 0)] if 0 < k + (step < 0) <= len(text) else ""
            for text, k in ((left, here), (right, there))
        )
        if not x or x.casefold() != y.casefold():
            break
        i, j = here, there
    return i, j


def _next_letter(text: str, place: int, step: int) -> int:
    """The place beyond the next letter or digit (forward), or before it (backward); beyond the text if none is near."""
    for k in range(1, 12):
        at = place + k * step - (step > 0)
        if not 0 <= at < len(text):
            break
        if text[at].isalnum():
            return place + k * step
    return -2 if step < 0 else len(text) + 1


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
        found, times = _distinct(np.concatenate([*self.waiting, self.codes[:0]]))
        if len(self.codes):
            codes, place = np.unique(np.concatenate([self.codes, found]), return_inverse=True)
            times = np.bincount(place, np.concatenate([self.times, times]), minlength=len(codes)).astype(np.int64)
            found = codes
        self.codes, self.times, self.waiting, self.size = found, times, [], 0
        return self.codes, self.times


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
    several = np.repeat(sizes >= min(STOCK_STORIES, STOCK_OUTLET), sizes)
    entries, runs, own = index.entries[several], index.runs[several], index.texts[several]
    n, k = max(len(prints), 1), len(names) + 1
    anywhere, times = _distinct(_distinct(runs * n + story[own])[0] // n)
    common = np.zeros(int(runs[-1]) + 1 if len(runs) else 0, np.bool_)
    common[anywhere[times >= STOCK_STORIES]] = True
    inside, times = _distinct(_distinct((runs * k + outlet[own]) * n + story[own])[0] // n)
    common[inside[(times >= STOCK_OUTLET) & (inside % k != 0)] // k] = True
    stock[entries] = common[runs]
    return stock


def _distinct(values: Ints) -> tuple[Ints, Ints]:
    """The distinct values in order, and how often each comes; much faster than `np.unique`, which hashes."""
    values = np.sort(values)
    starts, sizes = _equal(values)
    return values[starts], sizes


def align(prints: Prints, pairs: Pairs, stock: Bools, least: float) -> tuple[Reuse, ...]:
    """The pairs of which one text is contained in the other by `least`, with the passages."""
    kept = np.diff(prints.offsets)
    fresh = prints.sizes(~stock) / np.maximum(kept, 1)  # share of each text that is its own
    found: list[Reuse] = []
    for i in range(0, len(pairs.left), CHUNK):
        found += _align_chunk(prints, pairs.left[i : i + CHUNK], pairs.right[i : i + CHUNK], stock, fresh, least)
    return tuple(found)


def _align_chunk(prints: Prints, left: Ints, right: Ints, stock: Bools, fresh: Floats, least: float) -> Iterator[Reuse]:
    pair, a, b = _matches(prints, left, right, stock)
    pa, pb = prints.places[a].astype(np.int64), prints.places[b].astype(np.int64)
    order = np.argsort((pair << 32) | pa)
    pair, a, b, pa, pb = pair[order], a[order], b[order], pa[order], pb[order]
    keep = _joined(pair, pa, pb, 1) | _joined(pair, pa, pb, 2)
    pair, a, b, pa, pb = pair[keep], a[keep], b[keep], pa[keep], pb[keep]
    starts = np.flatnonzero(~_after(pair, pa, pb))
    ends = np.append(starts[1:], len(pair))[: len(starts)] - 1
    long = ends - starts + 1 >= LEAST
    starts, ends = starts[long], ends[long]
    owner = pair[starts]
    first = np.searchsorted(owner, np.arange(len(left) + 1))
    spans = [
        (places[starts], np.maximum(places[ends] + prints.widths[side[ends]], places[starts] + RUN))
        for places, side in ((pa, a), (pb, b))
    ]
    density = prints.letters / np.maximum(prints.lengths, 1)
    reused = [np.bincount(owner, z - s, minlength=len(left)) for s, z in spans]
    letters = [
        np.minimum(r * density[text], prints.letters[text]) for r, text in zip(reused, (left, right), strict=True)
    ]
    shares = [
        np.minimum(n / np.maximum(prints.letters[text] * fresh[text], RUN), 1.0)
        for n, text in zip(letters, (left, right), strict=True)
    ]
    whole = np.minimum(*letters) / np.maximum(np.minimum(prints.letters[left], prints.letters[right]), RUN)
    for k in np.flatnonzero((np.maximum(*shares) >= least) & (first[1:] > first[:-1])).tolist():
        here = slice(int(first[k]), int(first[k + 1]))
        left_spans, right_spans = (tuple(map(Passage, s[here].tolist(), z[here].tolist())) for s, z in spans)
        ours, theirs, all_ = (round(float(share[k]), 4) for share in (*shares, whole))
        yield Reuse(int(left[k]), int(right[k]), ours, theirs, all_, left_spans, right_spans)


def _matches(prints: Prints, left: Ints, right: Ints, stock: Bools) -> tuple[Ints, Ints, Ints]:
    """For each pair (by number) the entries of its left and right text that hold the same run, stock left out."""
    sizes = np.diff(prints.offsets)
    asked = _ranges(prints.offsets[left], sizes[left])
    pair = np.repeat(np.arange(len(left)), sizes[left])
    fresh = ~stock[asked]
    asked, pair = asked[fresh], pair[fresh]
    texts, number = np.unique(right, return_inverse=True)
    held = _ranges(prints.offsets[texts], sizes[texts])
    keys = (np.repeat(np.arange(len(texts)), sizes[texts]) << 32) | prints.hashes[held]
    if not len(keys):
        return pair[:0], asked[:0], asked[:0]
    wanted = (number[pair] << 32) | prints.hashes[asked]
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    hit = keys[place] == wanted
    return pair[hit], asked[hit], held[place[hit]]


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """The numbers `start … start + size - 1` of each, one after another."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def _after(pair: Ints, pa: Ints, pb: Ints, step: int = 1) -> Bools:
    """Whether each match goes on from the one `step` before it: same pair, near, on nearly the same diagonal."""
    slant = pa - pb
    on = np.zeros(len(pair), np.bool_)
    on[step:] = (
        (pair[step:] == pair[:-step]) & (pa[step:] - pa[:-step] <= GAP) & (abs(slant[step:] - slant[:-step]) <= SLANT)
    )
    return on


def _joined(pair: Ints, pa: Ints, pb: Ints, step: int) -> Bools:
    """Whether each match goes on from, or into, the one `step` away: the others are chance."""
    on = _after(pair, pa, pb, step)
    on[:-step] |= on[step:].copy()
    return on
