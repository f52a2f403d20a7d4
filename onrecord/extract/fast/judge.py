"""Which attributions of the rules and of the tagger to keep: a linear judge over what each found and how sure it was.

Every draft, whoever made it, is seen with what the other made of the same cue, its rule, its words, and the tagger's
own odds for its source, cue and content. Of drafts that share a cue the likeliest is kept; its probability is its
score.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from onrecord.extract.document import Document
from onrecord.extract.fast.sheet import ROLES, Sheet
from onrecord.extract.fast.words import plain
from onrecord.extract.lines import Draft
from onrecord.extract.reader import SourceKind
from onrecord.extract.sources import source_kind
from onrecord.extract.trust import trust
from onrecord.records import Passage

Array = np.ndarray[Any, Any]
ALIKE = 0.5  # share of characters that two contents must have in common (Dice) to be the same
KEEP = 0.25  # least probability of what is kept
ON_PURPOSE = 0.4  # a rule that scores less left the attribution out for what it is: its score is kept
ODDS = (-12, -8, -5, -3, -1, 1, 3, 5, 8, 12, 18)  # upper bounds of steps of log-odds, summed over a span
MEAN = (-4, -2, -1, 0, 1, 2, 3, 4, 6)  # the same, the mean of a word
LENGTHS = (1, 2, 3, 5, 9, 15, 30, 60)
LONG = 400  # characters
CUES = 120  # characters: a longer cue is none
NESTED = ".nested"


@dataclass
class Candidate:
    """A draft, who made it ("rules" or "fast"), and the names of what is seen of it."""

    draft: Draft
    by: str
    seen: list[str]
    probability: float = 0.0


@dataclass
class Odds:
    """How much likelier the tagger holds a span of a role than no span, for any span of a sheet."""

    sheet: Sheet
    begins: Array  # words x roles
    within: Array  # sums up to a word, so that a span is a difference
    transitions: Array

    @classmethod
    def of(cls, s: Sheet, emissions: Array, transitions: Array) -> Odds:
        over = emissions.astype(np.float64) - emissions[:, :1]
        stay = transitions[0, 0]
        begin = over[:, 1::2] + transitions[0, 1::2] - stay
        goes = over[:, 2::2] + np.array([transitions[2 + 2 * r, 2 + 2 * r] for r in range(len(ROLES))]) - stay
        return cls(s, begin, np.vstack([np.zeros(len(ROLES)), np.cumsum(goes, axis=0)]), transitions)

    def span(self, role: int, p: Passage) -> tuple[float, int]:
        """Log-odds of a span and its number of words."""
        a, b = self.sheet.span(*p)
        if b <= a:
            return 0.0, 0
        return float(self.begins[a, role] + self.within[b, role] - self.within[a + 1, role]), b - a


def judged(
    doc: Document, grammar: Sequence[Draft], fast: Sequence[Draft], odds: Odds, weights: Mapping[str, float],
    keep: float = KEEP,
) -> list[Draft]:  # fmt: skip
    """The drafts that are kept, with their probability as score."""
    found = candidates(doc, grammar, fast, odds)
    for c in found:
        total = sum([weights.get(name, 0.0) for name in c.seen])
        c.probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
    out = [d for d in grammar if d.rule.endswith(NESTED)]
    taken: list[Passage] = []  # cues, in order, none overlapping
    for c in sorted(found, key=lambda c: (-c.probability, c.by, c.draft.cue)):
        if c.probability < keep:
            break
        if any(overlaps(taken, p) for p in c.draft.cue):
            continue
        for p in c.draft.cue:
            taken.insert(bisect_left(taken, p), p)
        out.append(named(c))
    return out


def overlaps(taken: Sequence[Passage], p: Passage) -> bool:
    i = bisect_left(taken, p)
    return any(k.start < p.end and p.start < k.end for k in taken[max(0, i - 1) : i + 1])


def named(c: Candidate) -> Draft:
    """The draft with a rule that says who found it, and its probability."""
    d = c.draft
    score = min(c.probability, d.score) if d.score < ON_PURPOSE else c.probability
    return replace(d, rule=f"{d.rule}+fast" if c.by == "rules" else d.rule, score=score)


def candidates(doc: Document, grammar: Sequence[Draft], fast: Sequence[Draft], odds: Odds) -> list[Candidate]:
    """All drafts that are judged, with what is seen of each."""
    rules = [d for d in grammar if not d.rule.endswith(NESTED)]
    near = met(rules, fast)
    backs: dict[int, list[int]] = {}
    for i, js in enumerate(near):
        for j in js:
            backs.setdefault(j, []).append(i)
    out = []
    for i, d in enumerate(rules):
        others = [fast[j] for j in near[i]]
        out.append(Candidate(d, "rules", seen(doc, d, "rules", others, odds)))
    for j, d in enumerate(fast):
        others = [rules[i] for i in backs.get(j, ())]
        out.append(Candidate(d, "fast", seen(doc, d, "fast", others, odds)))
    return out


def met(rules: Sequence[Draft], fast: Sequence[Draft]) -> list[list[int]]:
    """For each draft of the rules the tagger's drafts with a cue that touches its own."""
    order = sorted(range(len(fast)), key=lambda j: fast[j].cue[0])
    ends = [fast[j].cue[0].end for j in order]
    out = []
    for d in rules:
        found = []
        for p in d.cue:
            for k in range(bisect_right(ends, p.start), len(order)):
                if fast[order[k]].cue[0].start >= p.end:
                    break
                found.append(order[k])
        out.append(sorted(set(found)))
    return out


def seen(doc: Document, d: Draft, by: str, others: Sequence[Draft], odds: Odds) -> list[str]:
    """The names of what the judge sees of a draft."""
    same = next((o for o in others if alike(d, o)), None)
    how = "agreed" if same else "differs" if others else "alone"
    who = f"{by}.{how}"
    rule = d.rule if by == "rules" else same.rule if same else others[0].rule if others else "none"
    cue = doc.words(d.cue[0]).lower() if d.cue[0].end - d.cue[0].start < CUES else ""
    words = cue.split()
    last = words[-1] if words else ""
    kind = "plain" if last in plain() and len(words) < 4 else "other"
    source, source_words = odds.span(0, d.source) if d.source else (0.0, 0)
    said, cue_words = odds.span(1, d.cue[0])
    parts = [odds.span(2, p) for p in d.content]
    content, content_words = sum(x for x, _ in parts), sum(n for _, n in parts)
    mean = content / max(1, content_words)
    before = step(content_words, LENGTHS)
    shape = "-" if d.source is None else "sc" if d.source.start < d.cue[0].start else "cs"
    shape += "k" if d.content[0].start < d.cue[0].start else "+k"
    gap = min(
        abs(p.start - d.cue[0].end) if p.start >= d.cue[0].end else abs(d.cue[0].start - p.end) for p in d.content
    )
    quoted = doc.text[max(0, d.content[0].start - 1) : d.content[0].start] in tuple('"“„«')
    mine = "r" if by == "rules" else "f"
    read = d if by == "rules" else same or (others[0] if others else None)
    share = "none" if read is None else f"{trusted(doc, read):.1f}"
    of = (
        "-"
        if d.source is None
        else source_kind(doc.words(d.source))
        if d.source.end - d.source.start < LONG
        else "long"
    )
    loud = step(said, ODDS)
    out = [
        "bias", f"who={who}", f"who={who} & kind={kind}", f"rule={rule} & who={who}", f"rule={rule} & kind={kind}",
        f"trust={round(d.score, 1)} & who={who}", f"share={share} & who={who}",
        f"cue.odds={loud} & by={mine}", f"cue.odds={loud} & how={how}",
        f"source.odds={step(source, ODDS) if d.source else 'none'} & by={mine}",
        f"content.odds={step(mean, MEAN)} & by={mine}", f"content.sum={step(content, ODDS)} & by={mine}",
        f"content.words={before} & by={mine}", f"source.words={step(source_words, LENGTHS)}",
        f"cue.words={step(cue_words, LENGTHS)}", f"order={shape} & how={how}",
        f"source={of}", f"source={of} & how={how}",
        f"gap={step(gap, LENGTHS)}", f"quoted={quoted} & how={how}", f"sort={d.sort}", f"sort={d.sort} & how={how}",
        f"cue={last}", f"parts={min(3, len(d.content))}",
    ]  # fmt: skip
    if not same and others:
        out.append(f"other.sort={others[0].sort} & by={mine}")
    return out


def trusted(doc: Document, d: Draft) -> float:
    """The share of such drafts of the rules that was right."""
    return trust(doc, d, form(doc, d.source), inside=False)


def form(doc: Document, source: Passage | None) -> SourceKind:
    """The kind of a source's words; not looked at where they are very many."""
    if source is None:
        return SourceKind.NONE
    return source_kind(doc.words(source)) if source.end - source.start < LONG else SourceKind.UNSURE


def step(value: float, bounds: Sequence[float]) -> int:
    return bisect_left(bounds, value)


def alike(a: Draft, b: Draft) -> bool:
    """Whether two drafts are one attribution: sources touch or lack in both, contents share most characters."""
    if a.source is None or b.source is None:
        sources = a.source is b.source
    else:
        sources = a.source.start < b.source.end and b.source.start < a.source.end
    return sources and shared(a.content, b.content) >= ALIKE


def shared(a: Iterable[Passage], b: Sequence[Passage]) -> float:
    """Dice of the characters that two lists of passages cover."""
    first = list(a)
    common = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in first for y in b)
    size = sum(p.end - p.start for p in (*first, *b))
    return 2 * common / size if size else 0.0
