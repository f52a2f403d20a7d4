"""Scores of tags → the best tags (Viterbi, under the constraints of the transitions), and how sure a span is.

Paragraphs are decoded side by side, those of like length together; a longer one than `LONGEST` words in parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
LONGEST = 240  # words decoded as one
SIDE_BY_SIDE = 48  # paragraphs


def best(emissions: Array, transitions: Array, parts: Sequence[tuple[int, int]]) -> Array:
    """The best tag of each row that lies in one of the parts (half-open ranges of rows); 0 elsewhere."""
    out = np.zeros(len(emissions), np.int64)
    cut = [(i, min(i + LONGEST, b)) for a, b in parts for i in range(a, b, LONGEST)]
    cut.sort(key=lambda p: p[1] - p[0])
    for k in range(0, len(cut), SIDE_BY_SIDE):
        together(emissions, transitions, cut[k : k + SIDE_BY_SIDE], out)
    return out


def together(emissions: Array, transitions: Array, parts: Sequence[tuple[int, int]], out: Array) -> None:
    """Viterbi over parts side by side: rows beyond the end of a short one repeat the tag outside."""
    tags = emissions.shape[1]
    lengths = np.array([b - a for a, b in parts])
    longest = int(lengths.max())
    rows = np.array([a for a, _ in parts])[None, :] + np.minimum(np.arange(longest)[:, None], lengths - 1)
    scores = emissions[rows]  # step, part, tag
    past = np.arange(longest)[:, None] >= lengths
    scores[past] = -1e6
    scores[past, 0] = 0.0
    before = np.where(np.isfinite(transitions), transitions.astype(np.float64), -1e6)  # tag before, tag
    ways = before[:, :, None]
    scores = np.ascontiguousarray(
        scores.transpose(0, 2, 1), np.float64
    )  # step, tag, part: what is added lies side by side
    best_so_far = np.empty((longest, tags, len(parts)))
    best_so_far[0] = scores[0] + np.where(np.isfinite(transitions[0]), 0.0, -1e6)[:, None]  # what cannot follow O
    reach = np.empty((tags, tags, len(parts)))
    for last, now, score in zip(best_so_far[:-1, :, None], best_so_far[1:], scores[1:], strict=True):
        np.add(last, ways, reach)
        np.maximum.reduce(reach, 0, None, now)
        np.add(now, score, now)
    path = np.empty((longest, len(parts)), np.int64)
    tag = path[-1]
    tag[:] = best_so_far[-1].argmax(axis=0)
    back, to = np.empty((len(parts), tags)), np.ascontiguousarray(before.T)
    for last, chosen in zip(best_so_far.transpose(0, 2, 1)[-2::-1], path[-2::-1], strict=True):
        to.take(tag, 0, back, "clip")
        np.add(back, last, back)
        tag = back.argmax(1, chosen)
    for k, (a, b) in enumerate(parts):
        out[a:b] = path[: b - a, k]
