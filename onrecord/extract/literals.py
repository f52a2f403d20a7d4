"""A beat's cues → those that a clause can match at all: by letters that every match of a cue must hold.

A beat has hundreds of cues, a report some fifty clauses, and almost no cue fits a clause. Each cue is taken apart once
into letters one of which every match holds ("order" of `order(?:s|ed)?`); all are looked for in one pass over a report
(Aho-Corasick: docs/decisions/121-letters-in-one-pass.md).
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
        self._finder = ahocorasick.Automaton()
        for w in self.owners:
            self._finder.add_word(w, w)
        self._finder.make_automaton()
        self._of = lru_cache(maxsize=2)(self._places)  # of the report that is being read

    def possible(self, text: str, p: Passage) -> list[int]:
        """Numbers of the cues that may match within `p`, in order."""
        if not self.owners:
            return self.always
        places = self._of(text)
        if places is None:
            return sorted({*self.always, *(i for owners in self.owners.values() for i in owners)})
        found = set(self.always)
        first, last = bisect_left(places, (p.start, 0, "")), bisect_left(places, (p.end, 0, ""))
        for _, end, word in places[first:last]:
            if end <= p.end:
                found.update(self.owners[word])
        return sorted(found)

    def _places(self, text: str) -> list[tuple[int, int, str]] | None:
        """Where the letters stand in a text, in order; None where lower case is not what a pattern takes for it."""
        low = text.lower()
        if len(low) != len(text) or not FOLDED.isdisjoint(text):
            return None
        if not self.owners:
            return []
        return sorted((last + 1 - len(word), last + 1, word) for last, word in self._finder.iter(low))
