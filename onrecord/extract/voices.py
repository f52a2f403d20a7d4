"""Statements and text → pieces: the words of each sentence in one voice, a speaker's or the outlet's own.

A statement inside a statement owns its words. Headings are nobody's. Scraps between statements count only where they
can hold a proposition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from onrecord.extract.clauses import has_verb
from onrecord.extract.headings import is_heading
from onrecord.extract.heads import is_clause
from onrecord.extract.lexicon import cue_forms
from onrecord.extract.slots import Context
from onrecord.records import Directness, Modality, Passage, Passages, Sort, Statement

MIN_OWN = 20  # characters of the outlet's own words that can hold a proposition
DENIAL = re.compile(r"\b(?:den(?:y|ies|ied)|refut\w+|reject\w*|dismiss\w*)\b", re.I)
CIRCUMSTANCES = ("speech.according-to", "speech.as-reported-by", "speech.as-per", "speech.in-view-of")
WHILE = re.compile(r"\b(?:while|when|after|before)\s+\w+ing\b", re.IGNORECASE)


class Piece(msgspec.Struct, frozen=True):
    """Words of one sentence in one voice. `reach` begins at the cue where that is part of what is said (orders)."""

    statement: Statement | None
    spans: Passages
    reach: Passage | None = None
    about: str | None = None  # who said something before it in the sentence: "…, Lund said, when visiting the depot"


def pieces(c: Context, statements: Sequence[Statement], is_verdict: Callable[[Passage], bool]) -> list[Piece]:
    """The text cut by voice and sentence, in order: each statement's own words, and between them the outlet's.

    Headings are nobody's claim, but for a line that `is_verdict`: the judgement of a weekly report.
    """
    children: dict[str | None, list[Statement]] = {}
    for s in statements:
        children.setdefault(s.parent, []).append(s)
    out: list[Piece] = []
    for s in statements:
        inner = [_hull(k) for k in children.get(s.id, ())]
        for content in s.content:
            for sentence in _sentences(c, content):
                spans = _without(sentence, inner)
                out.append(Piece(s, spans, _reach(c, s, spans)))
    headings = {p.start: p for p in c.doc.paragraphs if is_heading(c.doc, p)}
    zones: dict[Passage, list[Statement]] = {}
    for s in statements:
        touched = {x for p in (*s.speaker_passages, *s.cue, *s.content) for x in c.sentences_in(p)}
        for sentence in sorted(touched):
            zones.setdefault(sentence, []).append(s)
    for sentence in c.doc.sentences:
        if sentence.start in headings:
            if is_verdict(sentence):
                out.append(Piece(None, (sentence,)))
            continue
        voiced = [z for s in zones.get(sentence, ()) for z in _zones(c, s, sentence)]
        spans = _without(sentence, voiced)
        if spans != (sentence,):  # scraps between statements: those that can hold a proposition
            spans = tuple(p for p in spans if p.end - p.start >= MIN_OWN and _acts(c, p))
        if spans:
            out.append(Piece(None, spans, about=_circumstance(c, zones.get(sentence, ()), spans)))
    return sorted((p for p in out if p.spans), key=lambda p: (p.spans[0].start, p.spans[0].end))


def _sentences(c: Context, p: Passage) -> list[Passage]:
    cut = [Passage(max(s.start, p.start), min(s.end, p.end)) for s in c.sentences_in(p)]
    return [s for s in cut if s.start < s.end] or [p]


def _hull(s: Statement) -> Passage:
    every = (*s.speaker_passages, *s.cue, *s.content)
    return Passage(min(p.start for p in every), max(p.end for p in every))


def _circumstance(c: Context, statements: Sequence[Statement], spans: Passages) -> str | None:
    """The speaker whose circumstances the words after a cue tell."""
    for s in statements:
        after = [p for p in spans if s.cue and 0 <= p.start - s.cue[-1].end <= 2]
        if s.speaker is not None and after and after[0] == spans[0]:
            return s.speaker
    return None


def _acts(c: Context, p: Passage) -> bool:
    return has_verb(c.doc.text, *p) or WHILE.search(c.doc.text, *p) is not None


def _zones(c: Context, s: Statement, sentence: Passage) -> list[Passage]:
    """A statement's parts in a sentence, with what lies between neighbouring ones where that is short."""
    # a speaker far from the cue has done something else before: "Lund visited the depot and ordered …"
    first = s.cue[0].start if s.cue else 0
    near = [p for p in s.speaker_passages if p.start > first or first - p.end <= MIN_OWN]
    parts = sorted(p for p in (*near, *s.cue, *s.content) if p.start < sentence.end and sentence.start < p.end)
    out: list[Passage] = []
    for p in parts:
        if out and p.start - out[-1].end <= MIN_OWN:
            out[-1] = Passage(out[-1].start, max(p.end, out[-1].end))
        else:
            out.append(p)
    return out


def _without(p: Passage, holes: Sequence[Passage]) -> Passages:
    out, start = [], p.start
    for h in sorted(holes):
        if h.end <= start or h.start >= p.end:
            continue
        if h.start > start:
            out.append(Passage(start, h.start))
        start = max(start, h.end)
    if start < p.end:
        out.append(Passage(start, p.end))
    return tuple(out)


def _orders(c: Context, s: Statement) -> bool:
    """Whether the cue makes what follows it an order: "demanded that the crews rest"."""
    if s.directness is Directness.DIRECT:
        return False
    low = c.doc.text[s.cue[0].start : s.cue[0].end].casefold().split()
    return any(
        cue.makes is Modality.ORDERED and "O" not in cue.frames for w in low for cue, _ in cue_forms().get(w, ())
    )


def _reach(c: Context, s: Statement, spans: Passages) -> Passage | None:
    """From cue to content where the cue, an order or a plan, is part of the proposition."""
    if not s.cue or not spans or s.because.rule in CIRCUMSTANCES:
        return None
    # "praised the new cars", "ordered to test": without the cue no proposition
    start, end = spans[0]
    comma = c.doc.text.find(",", start, end)
    front = has_verb(c.doc.text, start, comma if comma > 0 else end)
    bare = c.doc.text[start : start + 3].lower() == "to " or not (front or is_clause(c.doc, spans[0]))
    told = DENIAL.search(c.doc.text, *s.cue[0]) is not None or _orders(c, s)
    if s.sort is not Sort.PLAN and not bare and not told:
        return None
    cue, sentence = s.cue[0], c.doc.sentence_at(spans[0].start)
    if sentence is None or not sentence.start <= cue.start <= spans[0].start:
        return None
    return Passage(cue.start, spans[-1].end)
