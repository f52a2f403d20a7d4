"""Spans with an owner each → whether one of another owner holds a stretch: one search a question."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from onrecord.records import Passage

NOBODY = ""
Reach = tuple[int, str]  # the end of a span, and whose it is


class Covers:
    """Spans in order of their start; beside each, how far those up to it reach: the farthest, and of another owner."""

    def __init__(self, spans: Iterable[tuple[Passage, str]]) -> None:
        ordered = sorted(spans)
        self._starts = [p.start for p, _ in ordered]
        self._reach: list[tuple[Reach, Reach]] = []
        first: Reach = (-1, NOBODY)
        second: Reach = (-1, NOBODY)
        for p, owner in ordered:
            if owner == first[1]:
                first = max(first, (p.end, owner))
            elif p.end > first[0]:
                first, second = (p.end, owner), first
            elif p.end > second[0]:
                second = (p.end, owner)
            self._reach.append((first, second))

    def hold(self, p: Passage, besides: str = NOBODY) -> bool:
        """Whether a span that is not the owner's `besides` has all of `p` in it."""
        i = bisect_right(self._starts, p.start) - 1
        if i < 0:
            return False
        first, second = self._reach[i]
        return (second if first[1] == besides else first)[0] >= p.end
