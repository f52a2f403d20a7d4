"""Why the fast reader took some words as source, cue or content: the features behind them, strongest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.extract.document import Document
from onrecord.extract.fast.judge import Odds, candidates
from onrecord.extract.fast.reader import FastReader, proposed
from onrecord.extract.fast.sheet import ROLES
from onrecord.extract.fast.weights import TAGS, names
from onrecord.extract.speech import read
from onrecord.records import Passages

STRONGEST = 5  # features shown for each span
KEPT = "kept"  # what the judge weighed of the attribution as a whole


@dataclass(frozen=True)
class Ground:
    """One feature behind a span: `times` words of it have the feature, which together weigh so much against no span."""

    span: str  # source, cue, content, or "kept"
    words: str
    feature: str
    weight: float
    times: int = 1


def explain(
    reader: FastReader, doc: Document, source: Passages, cue: Passages, content: Passages, most: int = STRONGEST
) -> tuple[Ground, ...]:
    """The strongest features of an attribution's spans, and of the judge that kept it."""
    grammar = read(doc)
    tagged = reader.tagged(doc, grammar)
    s, weights = tagged.sheet, reader.weights
    cache: dict[Any, Any] = {}
    out: list[Ground] = []
    for role, passages in enumerate((source, cue, content)):
        for p in passages:
            sums: dict[str, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
            a, b = s.span(*p)
            for i, found in enumerate(names(s, a, b, weights.lexicon, cache)):
                tag = 1 + 2 * role + (i > 0)
                for name in found:
                    w = weights.by_name.get(name)
                    if w is not None and (over := float(w[tag] - w[TAGS.index("O")])):
                        total, n = sums[name]
                        sums[name] = (total + over, n + 1)
            out += strongest(ROLES[role], doc.words(p), sums, most)
    odds = Odds.of(s, tagged.emissions, weights.transitions)
    judged = candidates(doc, grammar, proposed(doc, tagged), odds)
    for c in judged:
        own = (c.draft.source,) if c.draft.source else ()
        if own == source and set(c.draft.cue) == set(cue) and set(c.draft.content) == set(content):
            weighed = {name: (weights.judge[name], 1) for name in c.seen if weights.judge.get(name)}
            return (*out, *strongest(KEPT, c.by, weighed, most))
    return tuple(out)


def strongest(span: str, words: str, sums: dict[str, tuple[float, int]], most: int) -> Sequence[Ground]:
    ranked = sorted(sums.items(), key=lambda x: (-abs(x[1][0]), x[0]))[:most]
    return [Ground(span, words, name, round(total, 2), n) for name, (total, n) in ranked]
