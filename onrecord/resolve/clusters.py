"""Union of judgements into sets, cut by pairs that must stay apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any


class Clusters:
    """Disjoint sets over `items`; `join` refuses to bring two labels together that `apart` names."""

    def __init__(self, items: Iterable[Any], apart: frozenset[frozenset[str]]) -> None:
        self._members: dict[Hashable, list[Any]] = {i: [i] for i in items}
        self._root: dict[Hashable, Hashable] = {i: i for i in self._members}
        self._apart = apart

    def join(self, a: Hashable, b: Hashable) -> bool:
        """Whether `a` and `b` are now in one set."""
        ra, rb = self._root[a], self._root[b]
        if ra == rb:
            return True
        left, right = self._members[ra], self._members[rb]
        if any(frozenset((x[1], y[1])) in self._apart for x in left for y in right):
            return False
        left.extend(right)
        for x in right:
            self._root[x] = ra
        del self._members[rb]
        return True

    def sets(self) -> list[list[Any]]:
        """The sets, each sorted, in order of their first member."""
        return sorted(sorted(m) for m in self._members.values())
