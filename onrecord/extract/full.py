"""The full reader: rules and encoder read apart, and what each proposes is weighed by what both and a third say of it.

A candidate is what both found (with the grammar's spans), or what one found. How far it is to be trusted is a logistic
function of a few features (`features`), fitted on a part of our corpus that the encoder has not seen; it is the score
of the attribution. The third voice is the fast reader's, which proposes nothing here. Of candidates with one cue, or
with one content, the most trusted stands. Who found it is in the rule's name: both ("speech.that+encoder"), the
grammar alone ("speech.that+alone"), the encoder alone ("encoder"), or the encoder in doubt ("encoder.eager").
Figures: docs/decisions/112 and 130.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from onrecord.errors import OnRecordError
from onrecord.extract.beliefs import Beliefs, logit
from onrecord.extract.document import Document
from onrecord.extract.encoder import EncoderReader
from onrecord.extract.fast.judge import ALIKE, overlaps, shared
from onrecord.extract.fast.judge import alike as same
from onrecord.extract.fast.reader import FastReader
from onrecord.extract.lines import Draft
from onrecord.extract.reader import Attribution, NameSpan
from onrecord.extract.speech import GrammarReader, finished, read
from onrecord.ids import content_id
from onrecord.records import Passage

VERSION = "6"
NEAR = 12  # spans before a cue that are looked at for one that holds it: bounds the time of any text
KEPT = 0.4  # candidates below this trust are left out: near half of the F1 that is reached, where F1 is highest
FEATURES = (
    "one", "both", "differ", "grammar alone", "source", "no source", "cue", "content", "held", "grammar's score",
    "encoder's score", "eager", "fast agrees", "fast differs", "even source", "weakest of source", "before source",
    "behind cue", "even content", "weakest of content", "behind content", "whole content",
)  # fmt: skip

Heard = tuple[Passage, Draft]  # a cue, and the attribution that it is of


@dataclass(frozen=True)
class Candidate:
    """A draft, and who found it: the grammar's, the encoder's, or both with the same meaning or another."""

    draft: Draft
    grammar: Draft | None
    encoder: Draft | None
    differ: bool = False
    eager: bool = False  # the encoder proposes it in doubt

    @property
    def both(self) -> bool:
        return self.grammar is not None and self.encoder is not None and not self.differ


@dataclass
class FullReader:
    """Attributions of grammar and encoder together. OnRecordError without weights."""

    encoder: EncoderReader = field(default_factory=EncoderReader)
    fast: FastReader = field(default_factory=FastReader)
    name: str = "full"
    finds_every_name: bool = True  # persons, bodies and places: its names stand in place of those by shape
    _last: tuple[Document, list[Draft]] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        if not (self.encoder.folder / "trust.json").is_file():
            raise OnRecordError(
                f"{self.encoder.folder}: no trust.json: this reader's weights are not whole",
                hint="python -m training.trust FOLDER makes it (training/README.md)",
            )

    @property
    def version(self) -> str:
        """Hash of all that decides what is read."""
        return content_id("reader", VERSION, GrammarReader.version, self.encoder.version, self.fast.version, self.trust)

    @cached_property
    def trust(self) -> dict[str, list[float]]:
        """Of each feature: mean and deviation in what it was fitted on, and its weight."""
        found: dict[str, Any] = json.loads((self.encoder.folder / "trust.json").read_text("utf-8"))
        return {name: [float(x) for x in found["features"][name]] for name in FEATURES}

    def attributions(self, doc: Document) -> tuple[Attribution, ...]:
        """All attributions, in order of their first character."""
        grammar = self.ruled(doc)
        found, rows = weighable(doc, grammar, self.encoder, self.fast)
        weighed = [(self.trusted(row), c) for row, c in zip(rows, found, strict=True)]
        quotations = sorted(q.inner for q in doc.quotations)
        return finished(doc, [*chosen(weighed, quotations), *(d for d in grammar if is_nested(d))])

    def trusted(self, row: Sequence[float]) -> float:
        """The probability that a candidate is right."""
        total = sum(
            (x - mean) / deviation * w for x, (mean, deviation, w) in zip(row, self.trust.values(), strict=True)
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def names(self, doc: Document) -> tuple[NameSpan, ...]:
        """The encoder's: persons, bodies and places."""
        self.encoder.tagged(doc, self.ruled(doc))
        return self.encoder.names(doc)

    def ruled(self, doc: Document) -> list[Draft]:
        """What the rules read; of the last document it is kept, as names and attributions are asked for apart."""
        if self._last is None or self._last[0] is not doc:
            self._last = (doc, read(doc))
        return self._last[1]


def weighable(
    doc: Document, grammar: Sequence[Draft], encoder: EncoderReader, fast: FastReader
) -> tuple[list[Candidate], list[list[float]]]:
    """The candidates of a text, and the features of each."""
    found = candidates(grammar, encoder.drafts(doc, grammar), encoder.eager_drafts(doc, grammar))
    beliefs, held = Beliefs(doc, encoder.tagged(doc)), holders(found)
    third = by_cue(fast.drafts(doc, grammar))
    return found, [features(c, beliefs, held, third) for c in found]


def is_nested(d: Draft) -> bool:
    return d.rule.endswith(".nested")


def candidates(grammar: Sequence[Draft], encoder: Sequence[Draft], eager: Sequence[Draft] = ()) -> list[Candidate]:
    """What is proposed, without the grammar's nested attributions, which nothing else is asked about."""
    found = certain(grammar, encoder)
    return found + doubtful(found, eager)


def doubtful(found: Sequence[Candidate], eager: Sequence[Draft]) -> list[Candidate]:
    """What only the encoder's second thoughts propose: other spans for a cue, or a cue that nobody found."""
    known = {(d.source, tuple(d.content)) for c in found for d in (c.draft, c.encoder) if d is not None}
    cues = sorted(((p, i) for i, c in enumerate(found) for p in c.draft.cue), key=lambda x: x[0])
    out = []
    for d in eager:
        if (d.source, tuple(d.content)) in known:
            continue
        end = bisect_left(cues, d.cue[0].end, key=lambda x: x[0].start)
        beside = [i for p, i in cues[max(0, end - NEAR) : end] if p.end > d.cue[0].start]
        grammar = found[min(beside)].grammar if beside else None
        out.append(Candidate(replace(d, rule=f"{d.rule}.eager"), grammar, d, differ=bool(beside), eager=True))
    return out


def certain(grammar: Sequence[Draft], encoder: Sequence[Draft]) -> list[Candidate]:
    """What the rules say, what the encoder says, and what both do."""
    out: list[Candidate] = []
    taken: set[int] = set()
    against: dict[int, Draft] = {}
    encoder = sorted(encoder, key=lambda e: e.cue[0])  # one cue span each, and they do not overlap
    ends = [e.cue[0].end for e in encoder]
    for g in grammar:
        if is_nested(g):
            continue
        near = sorted({i for p in g.cue for i in overlapping(encoder, ends, p)})
        twin = next((i for i in near if i not in taken and alike(g, encoder[i])), None)
        if twin is not None:
            taken.add(twin)
            out.append(Candidate(replace(g, rule=f"{g.rule}+encoder"), g, encoder[twin]))
        else:
            out.append(Candidate(g, g, encoder[near[0]] if near else None, differ=bool(near)))
        against.update((i, g) for i in near if i not in against)
    out += [Candidate(e, against.get(i), e, differ=i in against) for i, e in enumerate(encoder) if i not in taken]
    return out


def features(c: Candidate, beliefs: Beliefs, held: Sequence[Passage], third: Sequence[Heard] = ()) -> list[float]:
    """What trust is computed from, in the order of FEATURES. A belief counts as its logit."""
    d = c.draft
    source = beliefs.of([d.source], "source") if d.source else None
    cue, content = beliefs.of(d.cue, "cue"), beliefs.of(d.content, "content")
    alone = c.encoder is None or (c.differ and d is c.grammar)
    return [
        1.0,
        float(c.both),
        float(c.differ),
        float(alone),
        0.0 if source is None else logit(source.mean),
        float(source is None),
        logit(cue.mean),
        logit(content.mean),
        float(inside(held, d.cue[0])),
        d.score if c.both or alone else 0.0,
        0.0 if c.both or alone else d.score,
        float(c.eager),
        *heard(d, third),
        *((0.0, 0.0, 0.0) if source is None else (source.even, logit(source.weakest), logit(source.before))),
        logit(cue.behind),
        content.even,
        logit(content.weakest),
        logit(content.behind),
        beliefs.whole(d.cue[0], d.content, "content"),
    ]


def by_cue(drafts: Sequence[Draft]) -> list[Heard]:
    """What the fast reader found, in the order of its cues, without what is nested."""
    return sorted(((p, d) for d in drafts if not is_nested(d) for p in d.cue), key=lambda x: x[0])


def heard(d: Draft, third: Sequence[Heard]) -> tuple[float, float]:
    """How sure the fast reader is of the same attribution, and of another one with this cue; 0 for none."""
    agreed = other = 0.0
    for p in d.cue:
        end = bisect_left(third, p.end, key=lambda x: x[0].start)
        for q, x in third[max(0, end - NEAR) : end]:
            if q.end > p.start and alike(d, x):
                agreed = max(agreed, x.score)
            elif q.end > p.start:
                other = max(other, x.score)
    return agreed, other


def holders(found: Sequence[Candidate]) -> list[Passage]:
    """The contents of all candidates, in order."""
    return sorted({p for c in found for p in c.draft.content})


def chosen(weighed: Sequence[tuple[float, Candidate]], quotations: Sequence[Passage]) -> list[Draft]:
    """The trusted drafts, one for a cue and one for a content; what one reader found in a quotation, or in the content
    of another that stands, is marked as nested."""
    standing: list[tuple[float, Candidate]] = []
    cues: list[Passage] = []  # of the drafts that stand so far, in order; they do not overlap
    told = Contents()
    for trust, c in sorted(weighed, key=lambda x: (-x[0], x[1].draft.cue[0], x[1].draft.rule)):
        if trust < KEPT or any(overlaps(cues, p) for p in c.draft.cue) or told.has(c.draft):
            continue
        for p in c.draft.cue:
            cues.insert(bisect_left(cues, p), p)
        told.add(c.draft)
        standing.append((trust, c))
    held = holders([c for _, c in standing])
    return [named(trust, c, held, quotations) for trust, c in standing]


def named(trust: float, c: Candidate, held: Sequence[Passage], quotations: Sequence[Passage]) -> Draft:
    """The draft of a candidate, with who found it in its rule's name and trust as its score."""
    cue = c.draft.cue[0]
    alone = not c.both and c.draft is c.grammar  # named apart: its score is this reader's, not that of its rule
    rule = f"{c.draft.rule}+alone" if alone else c.draft.rule
    deep = not c.both and (inside(quotations, cue) or inside(held, cue))
    return replace(c.draft, rule=f"{rule}.nested" if deep else rule, score=round(trust, 3))


class Contents:
    """The drafts that stand so far, by the place of their contents: of two cues for the same words, one is none."""

    def __init__(self) -> None:
        self.spans: list[tuple[Passage, int]] = []
        self.drafts: list[Draft] = []

    def add(self, d: Draft) -> None:
        for p in d.content:
            insort(self.spans, (p, len(self.drafts)))
        self.drafts.append(d)

    def has(self, d: Draft) -> bool:
        """Whether one with most of this content stands, and neither tells of the other: "Lund said that Orr warned"."""
        near = set()
        for p in d.content:
            end = bisect_left(self.spans, p.end, key=lambda x: x[0].start)
            near |= {i for q, i in self.spans[max(0, end - NEAR) : end] if q.end > p.start}
        return any(
            shared(x.content, d.content) >= ALIKE and not holds(x.content, d.cue) and not holds(d.content, x.cue)
            for x in (self.drafts[i] for i in sorted(near))
        )


def holds(content: Sequence[Passage], cue: Sequence[Passage]) -> bool:
    return any(p.start <= cue[0].start < p.end for p in content)


def inside(spans: Sequence[Passage], p: Passage) -> bool:
    """Whether one of the spans, in order of their start, holds `p` and begins before it."""
    i = bisect_left(spans, (p.start, 0))
    return any(s.end >= p.end for s in spans[max(0, i - NEAR) : i])


def overlapping(encoder: Sequence[Draft], ends: Sequence[int], p: Passage) -> Iterator[int]:
    """Indices of the drafts whose cue shares a character with `p`."""
    for i in range(bisect_right(ends, p.start), len(ends)):
        if encoder[i].cue[0].start >= p.end:
            return
        yield i


def alike(g: Draft, e: Draft) -> bool:
    """Whether two drafts are one attribution: cues and sources touch, contents share most of their characters."""
    return touch(g.cue, e.cue) and same(g, e)


def touch(a: Sequence[Passage], b: Sequence[Passage]) -> bool:
    return any(x.start < y.end and y.start < x.end for x in a for y in b)
