"""A text → its words, cut once: the words of a passage are a part of them.

Several rules ask for the words of the same sentence, clause or phrase. Each kind of word (`tokens`, `gazetteer`) keeps
those of the report that is being read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Word = TypeVar("Word", bound=Placed)
Cut = Callable[[str, int, int], tuple[Word, ...]]


class Words(Generic[Word]):
    """The words of a whole text."""

    def __init__(self, text: str, cut: Cut[Word], looks_ahead: Callable[[Word], bool]) -> None:
        self._text, self._cut, self._looks_ahead = text, cut, looks_ahead
        self._every = cut(text, 0, len(text))
        self._starts = [w.start for w in self._every]

    def part(self, start: int, end: int) -> tuple[Word, ...]:
        """The words of `text[start:end]`, as if nothing stood around it."""
        found = self.inside(start, end)
        return self._cut(self._text, start, end) if found is None else found

    def inside(self, start: int, end: int) -> tuple[Word, ...] | None:
        """The same, or None where an edge cuts a word, or what stands behind it made the last word what it is."""
        a = bisect_left(self._starts, start)
        b = bisect_left(self._starts, end, a, min(len(self._starts), max(a, a + end - start)))  # a word has a letter
        found = self._every[a:b]
        if a and self._every[a - 1].end > start:
            return None
        if found and (found[-1].end > end or self._looks_ahead(found[-1])):
            return None
        return found


def once(cut: Cut[Word], looks_ahead: Callable[[Word], bool] = lambda w: False) -> Callable[[str], Words[Word]]:
    """The words of a text, kept for the one that is being read.

    `looks_ahead`: whether a word may end where it does because of what follows it.
    """
    return lru_cache(maxsize=2)(lambda text: Words(text, cut, looks_ahead))
