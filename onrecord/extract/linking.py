"""Tagged spans → attributions: which source and which contents belong to which cue. Rules over order and distance.

A cue takes the nearest source and content of its own unit: a sentence, or several where a content runs through them.
Walls make a way longer: another cue between, the edge of a content that holds one end and not the other. A cue without
a source of its own shares that of the cue before it ("Lund said … and added …"); a content without a cue goes on from
the content before it (a quotation that continues in the next sentence or paragraph).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.records import Passage, Passages

CUE_BETWEEN, EDGE = 12, 25  # words that a wall counts for
SOURCE_BEHIND, CONTENT_BEFORE = 1.5, 1.5  # a source behind its cue, a content before its cue: the rarer order
FAR = 40  # words: no link over a longer way
LONG_WORD = 15  # characters
UNIT = 64  # spans of a role in a unit; what is beyond is left out, which bounds the time of any text
LEAD = re.compile(r"[\s,:]*(?:that\b\s*)?[\"“„«‘']?")
SHORTEST = 2  # words of the rest of a content


@dataclass(frozen=True, order=True)
class Span:
    """A tagged span and how sure the tagger is of it."""

    start: int
    end: int
    score: float = field(default=1.0, compare=False)


@dataclass
class Linked:
    """One attribution in spans. `first` is the content that the cue itself took."""

    cue: Span
    source: Span | None = None
    contents: list[Span] = field(default_factory=list)
    shared: bool = False  # the source is that of the cue before

    @property
    def score(self) -> float:
        """The least sure of its spans."""
        return min(s.score for s in [self.cue, *self.contents, *([self.source] if self.source else [])])


@dataclass
class Unit:
    """What one stretch of text holds."""

    start: int
    end: int
    sources: list[Span] = field(default_factory=list)
    cues: list[Span] = field(default_factory=list)
    contents: list[Span] = field(default_factory=list)
    sentences: list[Passage] = field(default_factory=list)


def link(
    text: str, sentences: Passages, sources: Sequence[Span], cues: Sequence[Span], contents: Sequence[Span]
) -> list[Linked]:
    """The attributions, in order of their cues. Every one has a content."""
    out: list[Linked] = []
    before: list[Linked] = []
    for unit in units(sentences, sources, cues, contents):
        here, loose = linked(text, unit)
        for content in loose:
            continued(text, content, here, before)
        out += here
        if here or not continues(unit):
            before = here or before[-1:] if any(x.contents for x in here) else []
    return sorted((x for x in out if x.contents), key=lambda x: (x.cue, x.contents[0]))


def continues(unit: Unit) -> bool:
    """Whether a unit is content and nothing else that attributes, so that the next may go on from it."""
    return bool(unit.contents) and not unit.cues


def units(
    sentences: Passages, sources: Sequence[Span], cues: Sequence[Span], contents: Sequence[Span]
) -> Iterator[Unit]:
    """Sentences, joined where a content runs over their border, with the spans that begin in each."""
    edges = sorted(contents)
    bounds: list[tuple[int, int]] = []
    inside: list[list[Passage]] = []
    at = 0
    for s in sentences:
        if bounds and s.start < bounds[-1][1]:
            bounds[-1] = (bounds[-1][0], max(bounds[-1][1], s.end))
            inside[-1].append(s)
        else:
            bounds.append((s.start, s.end))
            inside.append([s])
        while at < len(edges) and edges[at].start < bounds[-1][1]:
            bounds[-1] = (bounds[-1][0], max(bounds[-1][1], edges[at].end))
            at += 1
    made = [Unit(a, b, sentences=ss) for (a, b), ss in zip(bounds, inside, strict=True)]
    starts = [u.start for u in made]
    for spans, role in ((sources, "sources"), (cues, "cues"), (contents, "contents")):
        for x in sorted(spans):
            i = bisect_right(starts, x.start) - 1
            if i >= 0 and len(row := getattr(made[i], role)) < UNIT:
                row.append(x)
    return iter(made)


def linked(text: str, unit: Unit) -> tuple[list[Linked], list[Span]]:
    """The attributions of one unit, and the contents that no cue took."""
    here = [Linked(c) for c in unit.cues]
    if not here:
        return [], list(unit.contents)
    sourced(text, unit, here)
    loose = filled(text, unit, here)
    return here, loose


def sourced(text: str, unit: Unit, here: list[Linked]) -> None:
    """Each cue's source: nearest pairs first, each source once; then those left share the source of the cue before."""
    ways = sorted(
        (way(text, unit, s, x.cue, SOURCE_BEHIND if s.start > x.cue.start else 0), i, s)
        for s in unit.sources for i, x in enumerate(here)
    )  # fmt: skip
    taken: set[Span] = set()
    for cost, i, s in ways:
        if cost <= FAR and here[i].source is None and s not in taken:
            here[i].source = s
            taken.add(s)
    for i, x in enumerate(here):
        if x.source is None:
            x.source, x.shared = next(
                ((y.source, True) for y in reversed(here[:i]) if y.source and held(unit, y.cue) == held(unit, x.cue)),
                (None, False),
            )


def filled(text: str, unit: Unit, here: list[Linked]) -> list[Span]:
    """Each cue's nearest content, then what is left to the cue nearest to it; the contents that found none."""
    free = list(unit.contents)
    ways = sorted(
        (way(text, unit, k, x.cue, CONTENT_BEFORE if k.start < x.cue.start else 0), i, k)
        for k in free for i, x in enumerate(here)
        if not (k.start <= x.cue.start and x.cue.end <= k.end)
    )  # fmt: skip
    for cost, i, k in ways:
        if cost <= FAR and not here[i].contents and k in free:
            here[i].contents.append(k)
            free.remove(k)
    for cost, i, k in ways:
        if cost <= FAR and k in free:
            here[i].contents.append(k)
            free.remove(k)
    for x in here:
        if not x.contents:
            x.contents = rest(text, unit, x)
        x.contents.sort()
    return free


def rest(text: str, unit: Unit, x: Linked) -> list[Span]:
    """What a cue inside another's content reports: the rest of that content ("Lund said [the yard warned of delays]").

    One tag a word cannot show a content inside a content; where source and cue stand in one, its rest is taken, to the
    end of the sentence.
    """
    if x.source is None or x.shared or x.source.start > x.cue.start:
        return []
    around = held(unit, x.cue) & held(unit, x.source)
    if not around:
        return []
    outer = min(around, key=lambda k: k.end - k.start)
    end = min([outer.end, *(s.end for s in unit.sentences if s.start <= x.cue.start < s.end)])
    m = LEAD.match(text, x.cue.end, end)
    start = m.end() if m else x.cue.end
    while end > start and text[end - 1] in ".,;:!? ":
        end -= 1
    return [Span(start, end, x.cue.score)] if len(text[start:end].split()) >= SHORTEST else []


def continued(text: str, content: Span, here: list[Linked], before: list[Linked]) -> None:
    """A content that no cue of its unit took goes on from the last attribution before it."""
    earlier = [x for x in here if x.contents and x.contents[0].start < content.start] or [
        x for x in before if x.contents
    ]
    if earlier:
        target = max(earlier, key=lambda x: x.contents[-1].end)
        target.contents = sorted([*target.contents, content])


def way(text: str, unit: Unit, a: Span, cue: Span, extra: float) -> float:
    """The way between a span and a cue in words, walls counted."""
    low, high = (a.end, cue.start) if a.start < cue.start else (cue.end, a.start)
    if high - low > FAR * LONG_WORD:
        return FAR + 1
    words = len(text[low:high].split()) if high > low else 0
    walls = CUE_BETWEEN * sum(low <= c.start and c.end <= high for c in unit.cues if c != cue)
    walls += EDGE * len(held(unit, a, but=a) ^ held(unit, cue, but=a))
    return words + walls + extra


def held(unit: Unit, x: Span, but: Span | None = None) -> frozenset[Span]:
    """The contents that hold a span."""
    return frozenset(k for k in unit.contents if k != but and k.start <= x.start and x.end <= k.end)
