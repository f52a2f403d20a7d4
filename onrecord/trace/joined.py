"""Numbers joined into groups, each of which stands for its least: texts of one story, claims of one origin."""

from __future__ import annotations

from collections.abc import Iterable


class Joined:
    """Groups of the numbers from 0, at first one each, or as `start` says: for each number one of its group."""

    def __init__(self, start: Iterable[int]) -> None:
        self._up = list(start)

    def root(self, i: int) -> int:
        """The least number of the group of `i`."""
        up = self._up
        while up[i] != i:
            up[i] = up[up[i]]
            i = up[i]
        return i

    def join(self, a: int, b: int) -> bool:
        """Make one group of two numbers' groups; whether they were two."""
        x, y = self.root(a), self.root(b)
        self._up[max(x, y)] = min(x, y)
        return x != y

    def roots(self) -> list[int]:
        """For each number the least of its group."""
        return [self.root(i) for i in range(len(self._up))]
