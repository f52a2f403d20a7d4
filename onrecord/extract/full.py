"""The full reader: rules and encoder read apart; where they find the same attribution, it is the surest there is.

Tiers, by who found it, in the rule's name: both ("speech.that+encoder"), the grammar alone, the encoder alone
("encoder"). Where they differ on one cue, the grammar's attribution stands. What only one of them found inside the
content of another attribution, or inside a quotation, is nested. Figures: docs/decisions/112.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.extract.document import Document
from onrecord.extract.encoder import EncoderReader
from onrecord.extract.lines import Draft
from onrecord.extract.reader import Attribution, NameSpan
from onrecord.extract.speech import GrammarReader, finished, read
from onrecord.ids import content_id
from onrecord.records import Passage

VERSION = "2"
ALIKE = 0.5  # share of characters that two contents must have in common (Dice) to be the same
# What only one reader found is left out below these scores.
ENCODER_ALONE = 0.7
GRAMMAR_ALONE = 0.9
NEAR = 12  # spans before a cue that are looked at for one that holds it: bounds the time of any text


@dataclass
class FullReader:
    """Attributions of grammar and encoder together. OnRecordError without weights."""

    encoder: EncoderReader = field(default_factory=EncoderReader)
    name: str = "full"
    finds_every_name: bool = True  # persons, bodies and places: its names stand in place of those by shape

    @property
    def version(self) -> str:
        """Hash of all that decides what is read."""
        return content_id("reader", VERSION, GrammarReader.version, self.encoder.version)

    def attributions(self, doc: Document) -> tuple[Attribution, ...]:
        """All attributions, in order of their first character."""
        grammar = read(doc)
        found = combined(grammar, self.encoder.drafts(doc, grammar))
        return finished(doc, told_apart(found, [q.inner for q in doc.quotations]))

    def names(self, doc: Document) -> tuple[NameSpan, ...]:
        """The encoder's: persons, bodies and places."""
        return self.encoder.names(doc)


def combined(grammar: Sequence[Draft], encoder: Sequence[Draft]) -> list[Draft]:
    """Both readers' drafts, each attribution once."""
    out: list[Draft] = []
    met: set[int] = set()
    encoder = sorted(encoder, key=lambda e: e.cue[0])  # one cue span each, and they do not overlap
    ends = [e.cue[0].end for e in encoder]
    for g in grammar:
        near = sorted({i for p in g.cue for i in overlapping(encoder, ends, p)})
        same = next((i for i in near if i not in met and alike(g, encoder[i])), None)
        met.update(near)
        if same is not None:
            out.append(agreed(g, encoder[same]))
        elif near or g.score >= GRAMMAR_ALONE or g.rule.endswith(".nested"):
            out.append(g)
    out += [e for i, e in enumerate(encoder) if i not in met and e.score >= ENCODER_ALONE]
    return out


def told_apart(found: Sequence[Draft], quotations: Sequence[Passage]) -> list[Draft]:
    """The drafts, those nested marked as such: in a quotation, or found by one reader in what another reports."""
    held = sorted(p for d in found for p in d.content)
    said = sorted(quotations)
    return [
        replace(d, rule=f"{d.rule}.nested")
        if not d.rule.endswith((".nested", "+encoder")) and (inside(said, d.cue[0]) or inside(held, d.cue[0]))
        else d
        for d in found
    ]


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


def agreed(g: Draft, e: Draft) -> Draft:
    """One draft of two that say the same: the grammar's spans, the surer score."""
    return replace(g, rule=f"{g.rule}+encoder", score=max(g.score, e.score))


def alike(g: Draft, e: Draft) -> bool:
    """Whether two drafts are one attribution: cues and sources touch, contents share most of their characters."""
    sources = g.source is e.source is None or (
        g.source is not None and e.source is not None and touch([g.source], [e.source])
    )
    return sources and touch(g.cue, e.cue) and shared(g.content, e.content) >= ALIKE


def touch(a: Sequence[Passage], b: Sequence[Passage]) -> bool:
    return any(x.start < y.end and y.start < x.end for x in a for y in b)


def shared(a: Sequence[Passage], b: Sequence[Passage]) -> float:
    """Dice of the characters that two lists of passages cover."""
    common = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    size = sum(p.end - p.start for p in (*a, *b))
    return 2 * common / size if size else 0.0
