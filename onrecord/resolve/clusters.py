"""Union of judgements into sets, cut by pairs that must stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.resolve.traits import NOTHING, Traits, difference

Node = tuple[str, str]


class Clusters:
    """Disjoint sets over nodes; `join` refuses to bring two labels together that are held apart.

    A node carries labels (its key, its names); the labels of a set are those of its nodes.
    """

    def __init__(
        self,
        labels: Mapping[Node, Iterable[str]],
        apart: Iterable[tuple[str, str]],
        traits: Mapping[Node, Traits] | None = None,
    ) -> None:
        self._traits = {n: (traits or {}).get(n, NOTHING) for n in labels}
        self._members = {n: [n] for n in labels}
        self._root = {n: n for n in labels}
        self._labels = {n: set(some) for n, some in labels.items()}
        enemies: dict[str, set[str]] = {}
        for a, b in apart:
            enemies.setdefault(a, set()).add(b)
            enemies.setdefault(b, set()).add(a)
        self._keys = {n: {n[1]} if n[0] == "beat" else set() for n in labels}
        self._enemies = {n: {e for label in some for e in enemies.get(label, ())} for n, some in self._labels.items()}

    def together(self, a: Node, b: Node) -> bool:
        return self._root[a] == self._root[b]

    def root(self, a: Node) -> Node:
        """A node that stands for the set of `a` until the next joining."""
        return self._root[a]

    def may_join(self, a: Node, b: Node, *, across_keys: bool = False) -> bool:
        """Whether nothing holds the sets apart.

        Two keys of a beat are two things, and so are two of one name who differ; only a person may say otherwise.
        """
        ra, rb = self._root[a], self._root[b]
        if ra == rb:
            return True
        if not self._labels[ra].isdisjoint(self._enemies[rb]):  # held apart both ways: one look is enough
            return False
        if across_keys:
            return True
        return not (self._keys[ra] and self._keys[rb]) and difference(self._traits[ra], self._traits[rb]) is None

    def join(self, a: Node, b: Node, *, across_keys: bool = False) -> bool:
        """Whether `a` and `b` are now in one set."""
        ra, rb = self._root[a], self._root[b]
        if ra == rb:
            return True
        if not self.may_join(a, b, across_keys=across_keys):
            return False
        if len(self._members[ra]) < len(self._members[rb]):
            ra, rb = rb, ra
        for x in self._members[rb]:
            self._root[x] = ra
        self._members[ra] += self._members.pop(rb)
        self._labels[ra] |= self._labels.pop(rb)
        self._enemies[ra] |= self._enemies.pop(rb)
        self._keys[ra] |= self._keys.pop(rb)
        self._traits[ra] |= self._traits.pop(rb)
        return True

    def sets(self) -> list[list[Node]]:
        """The sets, each sorted, in order of their first member."""
        return sorted(sorted(m) for m in self._members.values())
