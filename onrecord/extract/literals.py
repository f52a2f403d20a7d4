"""A beat's cues → those that a clause can match at all: by letters that every match of a cue must hold.

A beat has hundreds of cues, a report some fifty clauses, and almost no cue fits a clause. Each cue is taken apart once
into letters one of which every match holds ("order" of `order(?:s|ed)?`); all are looked for in one pass over a report
(Aho-Corasick: docs/decisions/121-letters-in-one-pass.md). Of a cue that has its rarest letters in a clause, the others
that it needs are looked for there: "came from" needs both words, and to try it costs more than to look.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

import ahocorasick  # type: ignore[import-not-found]

from onrecord.records import Passage

FOLDED = frozenset("ſıİ")  # a pattern in any case takes them for s and i
SHORTEST = 3  # letters: fewer are in every clause, and the cue is tried always
parser: Any = import_module("re._parser")  # the standard library's own reading of a pattern; it has no public name


def letters(pattern: str) -> frozenset[str] | None:
    """Lower-case strings of which every match of `pattern`, in any case, holds one; None where there are none."""
    found = _needed(parser.parse(pattern, re.IGNORECASE))
    return found if found and min(map(len, found)) >= SHORTEST else None


def others(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of such strings besides the rarest: every match holds one of each. None says what another says."""
    rarest = letters(pattern)
    found = {part for part in _every(parser.parse(pattern, re.IGNORECASE)) if min(map(len, part)) >= SHORTEST}
    kept = [part for part in found if not any(part != x and _implies(x, part) for x in found)]
    return tuple(sorted((part for part in kept if part != rarest), key=lambda part: (len(part), sorted(part))))


def _implies(x: frozenset[str], part: frozenset[str]) -> bool:
    """Whether what holds one of `x` holds one of `part`: "comes" and "came" have "ome" and "ame" in them."""
    return all(any(short in word for short in part) for word in x)


def _every(items: Any) -> Iterator[frozenset[str]]:
    """The sets of all parts of a sequence, and of the sequences that are a part of it as a whole."""
    yield from filter(None, _parts(items))
    for op, value in items:
        if str(op) == "SUBPATTERN":
            yield from _every(value[3])


def _needed(items: Any) -> frozenset[str] | None:
    """The rarest set of one part of a sequence."""
    return max(filter(None, _parts(items)), key=_rarity, default=None)


def _rarity(found: frozenset[str]) -> tuple[int, int]:
    """Long words, and few of them, are rarely met."""
    return min(len(w.strip()) for w in found), -len(found)


def _parts(items: Any) -> Iterator[frozenset[str] | None]:
    run = ""
    for op, value in items:
        name = str(op)
        if name == "LITERAL" and chr(value).isascii():
            run += chr(value).lower()
            continue
        if run:
            yield frozenset((run,))
        if run and name == "BRANCH" and all(ends := [_literal(b) for b in value[1]]):
            yield frozenset(run + end for end in ends if end)  # "sells|sold" is read as "s(?:ells|old)"
        run = ""
        if name == "SUBPATTERN":
            yield _needed(value[3])
        elif name == "BRANCH":
            branches = [_needed(b) for b in value[1]]
            yield frozenset().union(*(b for b in branches if b)) if all(branches) else None
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
            yield _needed(value[2])
    if run:
        yield frozenset((run,))


def _literal(items: Any) -> str | None:
    """The letters, where a part is nothing else."""
    plain = all(str(op) == "LITERAL" and chr(value).isascii() for op, value in items)
    return "".join(chr(value).lower() for _, value in items) if plain else None


class Letters:
    """For cues numbered in order: which may match in a stretch of a text."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.always: list[int] = []
        self.owners: dict[str, list[int]] = {}
        for i, p in enumerate(patterns):
            needed = letters(p)
            for w in sorted(needed or ()):
                self.owners.setdefault(w, []).append(i)
            if needed is None:
                self.always.append(i)
        self._others = [others(p) for p in patterns]
        self._finder = ahocorasick.Automaton()
        for w in self.owners:
            self._finder.add_word(w, w)
        self._finder.make_automaton()
        self._of = lru_cache(maxsize=2)(self._places)  # of the report that is being read

    def possible(self, text: str, p: Passage) -> list[int]:
        """Numbers of the cues that may match within `p`, in order."""
        if not self.owners:
            return self.always
        low, places = self._of(text)
        if low is None:
            return sorted({*self.always, *(i for owners in self.owners.values() for i in owners)})
        found: set[int] = set()
        first, last = bisect_left(places, (p.start, 0, "")), bisect_left(places, (p.end, 0, ""))
        for _, end, word in places[first:last]:
            if end <= p.end:
                found.update(self.owners[word])
        if not found:
            return self.always
        here = low[p.start : p.end]
        return sorted((*self.always, *(i for i in found if self._holds_others(i, here))))

    def _holds_others(self, i: int, low: str) -> bool:
        """Whether words in lower case hold all that a cue needs besides its rarest letters."""
        for part in self._others[i]:
            for letters in part:
                if letters in low:
                    break
            else:
                return False
        return True

    def _places(self, text: str) -> tuple[str | None, list[tuple[int, int, str]]]:
        """A text in lower case and where the letters stand in it, in order; None where its lower case is not what a
        pattern takes for it."""
        low = text.lower()
        if len(low) != len(text) or not FOLDED.isdisjoint(text):
            return None, []
        return low, sorted((last + 1 - len(word), last + 1, word) for last, word in self._finder.iter(low))
