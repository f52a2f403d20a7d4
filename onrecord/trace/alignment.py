"""Two texts laid side by side: which passages of one stand in the other, and how much of each that is.

Runs that both hold lie on a diagonal where words were reused, and anywhere where it is chance. Runs that follow each
other closely on nearly one diagonal make a passage. Where they are thin, as after bad scanning, the letters themselves
must agree: a rewriting that keeps the quotations and the order leaves a thin diagonal too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from onrecord.records import Passage, Passages
from onrecord.trace.fingerprints import ONE_IN, RUN, Bools, Ints, Prints

Floats = NDArray[np.float64]

SLANT = 120  # characters that an alignment may shift between two matches: a sentence part put in or left out
GAP = 200  # characters without a match inside one reused passage: badly scanned copies need that much
LEAST = 3  # matched runs in a reused passage
THIN = 0.25  # share of a passage's runs that match, below which its letters are compared
ALIKE = 0.7  # share of letters in common order in a thin passage; unrelated English has 0.5 to 0.6
LONGEST = 20_000  # characters so compared
CONTAINED = 0.35  # share of the shorter text that is reused: a copy; 0.30 to 0.40 are as good on the development set
WHOLE = 0.3  # share of all that stands in the shorter text: below, a paragraph of a report that is mostly furniture
REACH = 64  # letters that a passage may grow at each end
CHUNK = 64  # pairs aligned at a time


@dataclass(frozen=True)
class Pairs:
    """Pairs of texts and how many kept runs they share."""

    left: Ints
    right: Ints
    shared: Ints


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
class Spans:
    """Reused passages, in order of their pair: `owner` is the number of the pair, `runs` how many runs match."""

    owner: Ints
    left: tuple[Ints, Ints]  # starts and ends in the left text
    right: tuple[Ints, Ints]
    runs: Ints

    def only(self, wanted: Bools) -> Spans:
        (a, b), (c, d) = self.left, self.right
        return Spans(self.owner[wanted], (a[wanted], b[wanted]), (c[wanted], d[wanted]), self.runs[wanted])


def align(texts: Sequence[str], prints: Prints, pairs: Pairs, stock: Bools, least: float) -> tuple[Reuse, ...]:
    """The pairs of which one text is contained in the other by `least`, with the passages."""
    kept = np.diff(prints.offsets)
    own = prints.letters * prints.sizes(~stock) / np.maximum(kept, 1)  # letters of each text that are no stock
    found: list[Reuse] = []
    for i in range(0, len(pairs.left), CHUNK):
        left, right = pairs.left[i : i + CHUNK], pairs.right[i : i + CHUNK]
        spans = _spans(prints, left, right, stock)
        spans = spans.only(_genuine(texts, left, right, spans))
        found += _measured(prints, left, right, spans, own, least)
    return tuple(found)


def _spans(prints: Prints, left: Ints, right: Ints, stock: Bools) -> Spans:
    """The passages of each pair: matches that go on from each other."""
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
    sides = [
        (places[starts], np.maximum(places[ends] + prints.widths[side[ends]], places[starts] + RUN))
        for places, side in ((pa, a), (pb, b))
    ]
    return Spans(pair[starts], sides[0], sides[1], ends - starts + 1)


def _genuine(texts: Sequence[str], left: Ints, right: Ints, spans: Spans) -> Bools:
    """Which passages are dense, or else agree letter by letter."""
    (a, b), (c, d) = spans.left, spans.right
    good = spans.runs * ONE_IN >= THIN * np.minimum(b - a, d - c)
    for k in np.flatnonzero(~good).tolist():
        ours = texts[left[spans.owner[k]]][a[k] : min(b[k], a[k] + LONGEST)]
        theirs = texts[right[spans.owner[k]]][c[k] : min(d[k], c[k] + LONGEST)]
        good[k] = Indel.normalized_similarity(ours.casefold(), theirs.casefold()) >= ALIKE
    return np.asarray(good, np.bool_)


def _measured(prints: Prints, left: Ints, right: Ints, spans: Spans, own: Floats, least: float) -> Iterator[Reuse]:
    """The pairs with enough in their passages."""
    density = prints.letters / np.maximum(prints.lengths, 1)
    letters, shares = [], []
    for text, (start, end) in ((left, spans.left), (right, spans.right)):
        reused = np.bincount(spans.owner, end - start, minlength=len(text)) * density[text]
        letters.append(np.minimum(reused, prints.letters[text]))
        shares.append(np.minimum(letters[-1] / np.maximum(own[text], RUN), 1.0))
    whole = np.minimum(*letters) / np.maximum(np.minimum(prints.letters[left], prints.letters[right]), RUN)
    first = np.searchsorted(spans.owner, np.arange(len(left) + 1))
    for k in np.flatnonzero((np.maximum(*shares) >= least) & (first[1:] > first[:-1])).tolist():
        here = slice(int(first[k]), int(first[k + 1]))
        ours, theirs = (
            tuple(map(Passage, start[here].tolist(), end[here].tolist())) for start, end in (spans.left, spans.right)
        )
        a, b, all_ = (round(float(share[k]), 4) for share in (*shares, whole))
        yield Reuse(int(left[k]), int(right[k]), a, b, all_, ours, theirs)


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
