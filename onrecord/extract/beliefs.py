"""What the encoder believes of a span that somebody else proposes: in it, at its weakest piece, and beside it.

A span that cuts a believed one short has a believed piece beside it; one that goes on too far has a weak piece in it.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.extract.document import Document
from onrecord.extract.encoder import ROLES, Tagged
from onrecord.records import Passage

SURE = 0.99  # beliefs are cut here and at 1 - SURE before their logarithm is taken


@dataclass(frozen=True)
class Belief:
    """How one role is believed over some spans: probabilities, but for `even`, and the number of pieces."""

    mean: float = 0.0
    even: float = math.log(1 / SURE - 1)  # the mean of the pieces' logits
    weakest: float = 0.0
    before: float = 0.0  # of the piece before the first span
    behind: float = 0.0
    pieces: int = 0


NOTHING = Belief()


class Beliefs:
    """The beliefs of one document, so kept that a mean over any span is a difference."""

    def __init__(self, doc: Document, tagged: Tagged) -> None:
        self.doc = doc
        self.starts: list[int] = tagged.starts.tolist()
        self.ends: list[int] = tagged.ends.tolist()
        belief = tagged.belief.T
        cut = np.clip(belief, 1 - SURE, SURE)
        self.pieces: list[list[float]] = belief.tolist()
        self.sums = [[0.0, *column] for column in np.cumsum(belief, axis=1).tolist()]
        self.logits = [[0.0, *column] for column in np.cumsum(np.log(cut / (1 - cut)), axis=1).tolist()]

    def of(self, spans: Sequence[Passage], role: str) -> Belief:
        """How spans, in order, are believed to be of a role, whoever found them."""
        k = ROLES.index(role)
        column, sums, logits = self.pieces[k], self.sums[k], self.logits[k]
        reached = [(a, b) for a, b in (self.reach(p.start, p.end) for p in spans) if a < b]
        n = sum(b - a for a, b in reached)
        if not n:
            return NOTHING
        first, last = reached[0][0], reached[-1][1]
        return Belief(
            sum(sums[b] - sums[a] for a, b in reached) / n,
            sum(logits[b] - logits[a] for a, b in reached) / n,
            min(min(column[a:b]) for a, b in reached),
            column[first - 1] if first > 0 else 0.0,
            column[last] if last < len(column) else 0.0,
            n,
        )

    def whole(self, cue: Passage, spans: Sequence[Passage], role: str) -> float:
        """How much the spans are of all that is believed in them and in the cue's sentence: an expected Dice."""
        sentence = self.doc.sentence_at(cue.start) or cue
        first, last = self.reach(min(sentence.start, spans[0].start), max(sentence.end, spans[-1].end))
        sums, here = self.sums[ROLES.index(role)], self.of(spans, role)
        every = here.pieces + sums[max(first, last)] - sums[first]
        return 2 * here.mean * here.pieces / every if every else 0.0

    def reach(self, start: int, end: int) -> tuple[int, int]:
        """Indices of the first piece that a stretch of text touches, and after the last."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


def logit(p: float) -> float:
    p = max(1 - SURE, min(SURE, p))
    return math.log(p / (1 - p))
