"""Pairs of words → how well their letters pair off, by learned costs of edits between the sounds of two scripts.

A stochastic edit transducer (Ristad and Yianilos 1998), one for each pair of scripts: the cost of an edit is minus the
logarithm of its probability among true pairs. Edits pair one or two units, or drop one. All pairs of a batch go through
the table of the dynamic programme together, so a pair costs microseconds. Costs: `name_weights.json`, made by
`training/names.py`, plain numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from onrecord.resolve.units import CODE, N

Array = NDArray[np.float32]


class Costs:
    """One transducer: `one[a, b]`, `left[a * N + a2, b]` (2:1), `right[a, b * N + b2]` (1:2), `drop`, `add`."""

    def __init__(self, edits: dict[str, float], floor: float) -> None:
        """`edits`: "ab>c" spelled as units joined by a space, → cost; whatever is not there costs `floor` per unit."""
        self.one = np.full((N, N), 2 * floor, np.float32)
        self.left = np.full((N * N, N), 3 * floor, np.float32)
        self.right = np.full((N, N * N), 3 * floor, np.float32)
        self.drop = np.full(N, floor, np.float32)
        self.add = np.full(N, floor, np.float32)
        for edit, cost in edits.items():
            a, b = ([CODE[u] for u in side.split()] for side in edit.split(">"))
            match (len(a), len(b)):
                case (1, 1):
                    self.one[a[0], b[0]] = cost
                case (2, 1):
                    self.left[a[0] * N + a[1], b[0]] = cost
                case (1, 2):
                    self.right[a[0], b[0] * N + b[1]] = cost
                case (1, 0):
                    self.drop[a[0]] = cost
                case (0, 1):
                    self.add[b[0]] = cost
                case _:
                    raise ValueError(f"an edit of other lengths: {edit!r}")


def padded(words: Sequence[tuple[int, ...]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Unit numbers as one array, and the lengths."""
    lengths = np.fromiter((len(w) for w in words), np.intp, len(words))
    out = np.zeros((len(words), int(lengths.max())), np.intp)
    out[np.arange(out.shape[1]) < lengths[:, None]] = np.fromiter(chain.from_iterable(words), np.intp, lengths.sum())
    return out, lengths


def distances(left: Sequence[tuple[int, ...]], right: Sequence[tuple[int, ...]], costs: Costs) -> Array:
    """The cost of the cheapest edits that turn each left word into its right one."""
    if not left:
        return np.zeros(0, np.float32)
    x, lx = padded(left)
    y, ly = padded(right)
    one = costs.one[x[:, :, None], y[:, None, :]]
    drop, add = costs.drop[x], costs.add[y]
    two = costs.left[(x[:, :-1] * N + x[:, 1:])[:, :, None], y[:, None, :]]
    too = costs.right[x[:, :, None], (y[:, :-1] * N + y[:, 1:])[:, None, :]]
    n, rows, columns = one.shape
    table = np.full((rows + 1, columns + 1, n), np.inf, np.float32)
    table[0, 0] = 0
    for i in range(rows + 1):
        for j in range(columns + 1):
            here = table[i, j]
            if i and j:
                np.minimum(here, table[i - 1, j - 1] + one[:, i - 1, j - 1], out=here)
                if i > 1:
                    np.minimum(here, table[i - 2, j - 1] + two[:, i - 2, j - 1], out=here)
                if j > 1:
                    np.minimum(here, table[i - 1, j - 2] + too[:, i - 1, j - 2], out=here)
            if i:
                np.minimum(here, table[i - 1, j] + drop[:, i - 1], out=here)
            if j:
                np.minimum(here, table[i, j - 1] + add[:, j - 1], out=here)
    return np.asarray(table[lx, ly, np.arange(n)], np.float32)
