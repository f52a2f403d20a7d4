"""Texts as sampled fingerprints: hashes of runs of letters, with the places where they stand.

A run is `RUN` letters or digits, without case, marks, blanks and punctuation, so that other quotation marks, line
breaks and broken or joined words change nothing beyond the letters they touch. Of all runs those are kept whose hash is
low, one in `ONE_IN`: the same choice in every text (Manber 1994; Schleimer, Wilkerson and Aiken, Winnowing, 2003).
Texts are hashed together, in numpy; the index holds twelve bytes for each run that is kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Passages

RUN = 8  # letters; the best of 6 to 17 on the development set: shorter is chance, longer is broken by scanning errors
ONE_IN = 8  # runs kept; 4 is no better on the development set, 16 loses short reports
BATCH = 1_000_000  # characters hashed at a time: bounds the memory beside the index

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Places = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Prints:
    """The kept runs of all texts. Text `i` owns `[offsets[i], offsets[i + 1])`, sorted by hash, each hash once.

    `places` are code points of the text where a run begins, `ranks` its place counted in letters.
    """

    hashes: Hashes
    places: Places
    ranks: Places
    offsets: Ints
    letters: Ints  # letters of each text

    def __len__(self) -> int:
        return len(self.offsets) - 1


def fingerprints(texts: Sequence[str], masked: Sequence[Passages] = ()) -> Prints:
    """The fingerprints of `texts`; what `masked` covers (furniture) is left out, but keeps its place."""
    hashes: list[Hashes] = []
    places: list[Places] = []
    ranks: list[Places] = []
    counts: list[Ints] = []
    letters: list[Ints] = []
    for batch in _batches(texts):
        h, p, r, n, m = _hash_batch([texts[i] for i in batch], [masked[i] for i in batch] if masked else None)
        hashes.append(h)
        places.append(p)
        ranks.append(r)
        counts.append(n)
        letters.append(m)
    none = np.zeros(0, np.int64)
    offsets = np.concatenate([[0], np.cumsum(np.concatenate(counts or [none]))]).astype(np.int64)
    empty = np.zeros(0, np.int32)
    return Prints(
        np.concatenate(hashes or [np.zeros(0, np.uint32)]),
        np.concatenate(places or [empty]),
        np.concatenate(ranks or [empty]),
        offsets,
        np.concatenate(letters or [none]),
    )


def _batches(texts: Sequence[str]) -> Iterable[range]:
    """Index ranges of about `BATCH` characters each, at least one text in each."""
    first, size = 0, 0
    for i, text in enumerate(texts):
        if size and size + len(text) > BATCH:
            yield range(first, i)
            first, size = i, 0
        size += len(text)
    if first < len(texts):
        yield range(first, len(texts))


@lru_cache(maxsize=1)
def _letters() -> NDArray[np.uint32]:
    """Code point → its letter without case and marks, or 0 for what is neither letter nor digit (whole BMP)."""
    table = np.zeros(0x10000, np.uint32)
    for code in range(0x10000):
        char = chr(code)
        if char.isalnum():
            plain = unicodedata.normalize("NFKD", char)[:1].lower()
            table[code] = ord(plain[0]) if plain[:1].isalnum() else code
    return table


def _mix(h: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A finaliser of MurmurHash3: every bit of the input reaches every bit of the output."""
    h ^= h >> np.uint64(33)
    h *= np.uint64(0xFF51AFD7ED558CCD)
    h ^= h >> np.uint64(29)
    return h


def _hash_batch(texts: list[str], masked: list[Passages] | None) -> tuple[Hashes, Places, Places, Ints, Ints]:
    """Kept hashes, their code points, letter ranks, how many each text keeps, and letters of each text."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    sizes = np.array([len(t) for t in texts], np.int64)
    starts = np.cumsum(sizes) - sizes
    letter = _letters()[np.minimum(codes, 0xFFFF)]
    high = codes > 0xFFFF
    letter[high] = codes[high]
    for start, spans in zip(starts.tolist(), masked or (), strict=False):
        for span in spans:
            letter[start + span.start : start + span.end] = 0
    at = np.flatnonzero(letter)
    own = np.searchsorted(at, np.append(starts, codes.size))  # first letter of each text
    m = np.diff(own)
    c = letter[at].astype(np.uint64)
    if c.size < RUN:
        empty = np.zeros(0, np.int32)
        return np.zeros(0, np.uint32), empty, empty, np.zeros(len(texts), np.int64), m
    h, width = c, 1
    while width < RUN:  # a run of 2n letters is a run of n letters, times an odd number, plus the next run of n
        h = h[: h.size - width] * np.uint64(0x9E3779B97F4A7C15) + h[width:]
        h = _mix(h)
        width *= 2
    kept = np.flatnonzero(h < np.uint64(2**64 // ONE_IN))
    text = np.searchsorted(own, kept, side="right") - 1
    whole = kept + RUN <= own[text + 1]  # no run reaches into the next text
    kept, text = kept[whole], text[whole]
    key = (text.astype(np.uint64) << np.uint64(32)) | (h[kept] & np.uint64(0xFFFFFFFF))
    key, first = np.unique(key, return_index=True)
    kept, text = kept[first], text[first]
    return (
        (key & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        (at[kept] - starts[text]).astype(np.int32),
        (kept - own[text]).astype(np.int32),
        np.bincount(text, minlength=len(texts)).astype(np.int64),
        m,
    )
