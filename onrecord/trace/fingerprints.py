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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Passages

RUN = 12  # letters: shorter is chance, longer is broken by scanning errors
ONE_IN = 6  # runs kept: 4 is a little better on short reports, 8 loses some (docs/decisions/050)
BATCH = 40_000  # characters hashed at a time: bounds the memory beside the index
TEXTS = 100  # texts whose runs are counted at a time

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Places = NDArray[np.int32]
Widths = NDArray[np.uint8]
Bools = NDArray[np.bool_]
LOW = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True)
class Prints:
    """The kept runs of all texts. Text `i` owns `[offsets[i], offsets[i + 1])`, sorted by hash, each hash once.

    A run stands at `[place, place + width)`, in code points of its text.
    """

    hashes: Hashes
    places: Places
    widths: Widths
    offsets: Ints
    letters: Ints  # letters of each text
    lengths: Ints  # code points of each text

    def __len__(self) -> int:
        return len(self.letters)

    def owners(self, entries: Ints | Places) -> Ints:
        """The text of each entry."""
        return np.searchsorted(self.offsets, entries, side="right") - 1

    def sizes(self, wanted: Bools) -> Ints:
        """For each text how many of its kept runs are wanted."""
        found = np.zeros(len(self), np.int64)
        for first in range(0, len(self), TEXTS):  # numpy widens what it adds up: so it widens a part only
            offsets = self.offsets[first : first + TEXTS + 1]
            some = np.flatnonzero(np.diff(offsets))
            if len(some):
                here = wanted[offsets[0] : offsets[-1]]
                found[first + some] = np.add.reduceat(here, (offsets[:-1] - offsets[0])[some], dtype=np.int64)
        return found


def fingerprints(texts: Sequence[str], masked: Sequence[Passages] = ()) -> Prints:
    """The fingerprints of `texts`; what `masked` covers (furniture) is left out, but keeps its place."""
    batches = [
        _hash_batch([texts[i] for i in batch], [masked[i] for i in batch] if masked else ())
        for batch in _batches(texts)
    ] or [_hash_batch([], ())]
    columns = [list(column) for column in zip(*batches, strict=True)]
    del batches
    hashes, places, widths, counts, letters = (_one(column) for column in columns)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Prints(hashes, places, widths, offsets, letters, np.array([len(t) for t in texts], np.int64))


def _one(pieces: list[NDArray[Any]]) -> NDArray[Any]:
    """The pieces in one array; they are let go at once, since together they are as large."""
    whole = np.concatenate(pieces)
    pieces.clear()
    return whole


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
def _table() -> NDArray[np.uint32]:
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


def _hash_batch(texts: Sequence[str], masked: Sequence[Passages]) -> tuple[Hashes, Places, Widths, Ints, Ints]:
    """Kept hashes, their code points and widths, how many each text keeps, and the letters of each text."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    sizes = np.array([len(t) for t in texts], np.int64)
    starts = np.cumsum(sizes) - sizes
    at, letters = _letters_of(codes, starts, masked)
    own = np.searchsorted(at, np.append(starts, codes.size))  # first letter of each text
    h = _runs(letters)
    kept = np.flatnonzero(h < np.uint64(2**64 // ONE_IN))
    text = np.searchsorted(own, kept, side="right") - 1
    whole = kept + RUN <= own[text + 1]  # no run reaches into the next text
    kept, text = kept[whole], text[whole]
    key = (text.astype(np.uint64) << np.uint64(32)) | (h[kept] & LOW)
    key, first = np.unique(key, return_index=True)
    kept, text = kept[first], text[first]
    return (
        (key & LOW).astype(np.uint32),
        (at[kept] - starts[text]).astype(np.int32),
        np.minimum(at[kept + RUN - 1] + 1 - at[kept], 255).astype(np.uint8),
        np.bincount(text, minlength=len(texts)).astype(np.int64),
        np.diff(own),
    )


def _letters_of(codes: NDArray[np.uint32], starts: Ints, masked: Sequence[Passages]) -> tuple[Ints, NDArray[np.uint64]]:
    """Where letters stand, and which."""
    letter = _table()[np.minimum(codes, 0xFFFF)]
    high = codes > 0xFFFF
    if high.any():
        letter[high] = codes[high]
    for start, spans in zip(starts.tolist(), masked, strict=False):
        for span in spans:
            letter[start + span.start : start + span.end] = 0
    at = np.flatnonzero(letter)
    return at, letter[at].astype(np.uint64)


def _runs(letters: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The hash of each run of `RUN` letters, put together from runs of 1, 2, 4, 8 ... letters."""
    h, done, part, width = np.zeros(letters.size, np.uint64), 0, letters, 1
    while True:
        if RUN & width:
            h, done = _joined(h, part, done), done + width
        if 2 * width > RUN:
            return h[: max(letters.size - RUN + 1, 0)]
        part, width = _joined(part, part, width), 2 * width


def _joined(first: NDArray[np.uint64], then: NDArray[np.uint64], after: int) -> NDArray[np.uint64]:
    """The hash of a run followed, `after` letters on, by another."""
    then = then[after:]
    return _mix(first[: then.size] * np.uint64(0x9E3779B97F4A7C15) + then)
