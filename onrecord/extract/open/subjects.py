"""Sentences → the regions of one voice that open claims are read from; noun phrases in them → subjects.

A subject that a name or a description of the cast heads is that referent; a pronoun is followed with a step; any other
noun phrase is an unnamed referent of this report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from onrecord.extract.abouts import named_head, nothing_before, stands_for, written
from onrecord.extract.clauses import has_verb
from onrecord.extract.headings import is_heading, paragraph_at
from onrecord.extract.heads import Phrase, about, extent, unjoined
from onrecord.extract.open.grammar import Line
from onrecord.extract.open.naming import listed
from onrecord.extract.open.noun_phrases import head
from onrecord.extract.slots import Context, Subject, within
from onrecord.ids import content_id
from onrecord.records import Because, Form, Kind, Passage, Sort, Statement, Step

MIN_REGION = 8  # characters that can hold a claim
LONG = 90  # characters: of a longer phrase only its first part names what is meant
ARTICLE = re.compile(r"(?:the|an?|this|these|those)\s+", re.IGNORECASE)
OWNER = re.compile(r"(?:['’]s|s['’])\s+")
LONGEST = 1500  # characters: longer is a list or a table
BACK = 2  # sentences before a pronoun in which what it stands for begins one
MOST = 40  # contents in one sentence
T = TypeVar("T")

NOBODY = Subject(None, None)  # a pronoun that nothing is known to stand for


@dataclass(frozen=True)
class Region:
    """Words of one sentence in one voice: a statement's content, or what lies outside all contents."""

    passage: Passage
    statement: Statement | None


def regions(c: Context, statements: Sequence[Statement], wanted: Sequence[int]) -> Iterator[Region]:
    """The regions that hold one of the offsets `wanted`, which are in order. Headings have none."""
    contents = laid(c, [(p, s) for s in statements for p in s.content])
    for sentence in c.doc.sentences:
        here = wanted[bisect_left(wanted, sentence.start) : bisect_left(wanted, sentence.end)]
        if not here or sentence.end - sentence.start > LONGEST:
            continue
        around = paragraph_at(c.doc, sentence.start)
        if around is not None and is_heading(c.doc, around):
            continue
        for r in _voices(sentence, contents.get(sentence.start, ())):
            held = any(r.passage.start <= at < r.passage.end for at in here)
            reached = _reached(c, sentence, r) if held else r
            if held and reached.passage.end - reached.passage.start >= MIN_REGION:
                yield reached


def _reached(c: Context, sentence: Passage, r: Region) -> Region:
    """A content that says nothing without its cue, from its speaker on: "The union demands | 8 percent"."""
    s = r.statement
    if s is None or not s.cue or has_verb(c.doc.text, *r.passage):
        return r
    cue = s.cue[-1]
    if not sentence.start <= cue.start < cue.end <= r.passage.start <= cue.end + 2:
        return r
    first = min([p.start for p in s.speaker_passages if sentence.start <= p.start < cue.start] or [cue.start])
    return Region(Passage(first, r.passage.end), s)


def laid(c: Context, passages: Sequence[tuple[Passage, T]]) -> dict[int, list[tuple[Passage, T]]]:
    """Start of a sentence → the passages that it shares a character with, the longest first."""
    out: dict[int, list[tuple[Passage, T]]] = {}
    for p, x in sorted(passages, key=lambda x: (x[0].start - x[0].end, x[0].start)):
        for sentence in c.doc.sentences_in(p):
            out.setdefault(sentence.start, []).append((p, x))
    return out


def _voices(sentence: Passage, contents: Sequence[tuple[Passage, Statement]]) -> list[Region]:
    """A sentence cut where the voice changes; what lies inside another content is laid over it."""
    over = [(p, s) for p, s in contents if p.start < sentence.end and sentence.start < p.end][:MOST]
    cuts = sorted({sentence.start, sentence.end, *(x for p, _ in over for x in p if sentence.start < x < sentence.end)})
    out: list[Region] = []
    for a, b in pairwise(cuts):
        who = next((s for p, s in reversed(over) if p.start <= a and b <= p.end), None)
        out.append(Region(Passage(a, b), who))
    return out


class Abouts:
    """Noun phrase → subject, with the memory of what was last talked of in each voice."""

    def __init__(self, c: Context) -> None:
        self.c = c
        self.last: dict[str | None, Subject] = {}
        self.at: dict[str | None, int] = {}
        self.pending: dict[str, tuple[str, list[Passage]]] = {}  # described referents that no claim has yet

    def subject(self, r: Region, ln: Line, span: tuple[int, int] | None, own: Passage | None = None) -> Subject:
        """The subject that a token range, or a passage inside a figure, is; the speaker where an infinitive of a plan
        has none."""
        if own is not None:
            return self.described(own)
        if span is None:
            return self._planner(r, ln)
        if not _sane(ln, *span) or ln.ts[span[0]].low in listed("nothing"):
            return NOBODY
        made = self._of(r, ln, *span)
        voice = r.statement.speaker if r.statement is not None else None
        if made.referent is not None or (made.passage is not None and ln.ts[span[0]].low not in listed("pronoun")):
            self.last[voice], self.at[voice] = made, r.passage.start
        return made

    def _of(self, r: Region, ln: Line, a: int, b: int) -> Subject:
        a, b = unjoined(ln, *_plain(ln, a, b))
        b = extent(ln.ts, a, b)
        c, h = self.c, head(ln.ts, a, b)
        whole = ln.passage(a, b)
        low = ln.ts[a].low.partition("'")[0] if "'" in ln.ts[a].low else ln.ts[a].low
        if b == a + 1 and low in listed("pronoun"):
            return self._pronoun(r, whole, low)
        core = Passage(ln.ts[a].start, ln.ts[h].end)
        found = [
            m for m in c.cast.mentions_in(core) if m.passage.end >= core.end - 2 and m.passage not in c.cast.adjectives
        ]
        if found:
            return Subject(found[0].referent, found[0].passage)
        beside = named_head(c, Phrase(ln.passage(a, b), core, low))
        if beside is not None:
            return Subject(beside.referent, beside.passage)  # "the donor, Ada Lund, gave"
        if ln.ts[a].low in ("the", "this") and b - a <= 4:
            made = self._office(r, core)
            if made is not None:
                return made
        start = a
        return self.described(ln.passage(start, h + 1 if whole.end - whole.start > LONG else b))

    def described(self, p: Passage) -> Subject:
        """What the report only describes ("the ferry", "fares") as a referent of this report, which no other shares.

        It becomes one when a claim about it is kept (`keep`).
        """
        words = self.c.doc.words(p)
        owned = max((m.end() for m in OWNER.finditer(words)), default=0)
        own = Passage(p.start + owned, p.end)  # "Ana Lund's party": what she has is not called by her name
        known = next((m.referent for m in self.c.cast.mentions_in(own) if m.passage == own), None)
        name = " ".join(ARTICLE.sub("", words, count=1).split())
        if not name:
            return NOBODY
        if known is not None:
            return Subject(known, p)
        start = next((m.end() for m in [ARTICLE.match(words)] if m is not None), 0) + p.start
        name = written(self.c, name, Passage(start, p.end), bare=start == own.start == p.start)  # as `abouts.described`
        id = content_id("f", self.c.cast.report, Kind.UNSURE, name)
        self.pending.setdefault(id, (name, []))[1].append(own)
        return Subject(id, p)

    def keep(self, referent: str | None) -> None:
        """Put a described referent and its mentions into the cast."""
        name, passages = self.pending.pop(referent or "", ("", []))
        for p in passages:
            id = self.c.cast.add(Kind.UNSURE, name, named=False)
            self.c.cast.mention(p, self.c.doc.words(p), id, Form.NOMINAL, "open.described", 0.6)

    def _office(self, r: Region, p: Passage) -> Subject | None:
        """ "the minister": the person who holds the office, where exactly one does."""
        voice = r.statement.speaker if r.statement is not None else None
        made = stands_for(self.c, p, (), voice, nothing_before, ())
        return made if made is not None and made.referent is not None else None

    def _pronoun(self, r: Region, p: Passage, low: str) -> Subject:
        voice = r.statement.speaker if r.statement is not None else None
        if low in ("i", "my") and voice is not None:
            return Subject(
                voice, p, (Step(passage=p, referent=voice, because=Because(rule="claims.speaker", score=0.9)),)
            )
        if low in ("we", "our"):
            side = self.c.resolver.side(voice) or voice
            if side is None:
                return NOBODY
            return Subject(
                side, p, (Step(passage=p, referent=side, because=Because(rule="claims.our-side", score=0.6)),)
            )
        if low in ("he", "she", "his", "her"):
            step = self.c.resolver.pronoun(p, {"his": "he", "her": "she"}.get(low, low))
            return Subject(step.referent, p, (step,)) if step.referent is not None else NOBODY
        if low not in ("it", "they", "its", "their"):
            return NOBODY
        last = self.last.get(voice)
        near = last is not None and self._follows(self.at[voice], p.start)
        if last is None or not near:
            return self._sentence_before(p, low)
        step = Step(passage=p, referent=last.referent, because=Because(rule="claims.subject-before", score=0.6))
        return Subject(last.referent, last.passage or p, (step,))

    def _sentence_before(self, p: Passage, low: str) -> Subject:
        """What "it" or "they" is: what its own sentence began with, or the one before it in the paragraph."""
        c = self.c
        here = c.doc.sentence_at(p.start)
        places = [Passage(here.start, p.start)] if here is not None and here.start < p.start else []
        start = here.start if here is not None else p.start
        before = [s for s in c.doc.sentences_in(Passage(max(0, start - LONGEST), start)) if s.end <= start]
        places += [s for s in reversed(before) if "\n" not in c.doc.text[s.start : start]][:BACK]
        for place in places:
            if place.end - place.start > LONGEST:
                return NOBODY
            found = about(c.doc, place, within(c.quantities, place), within(c.dates, place))
            if found is None or found.pronoun:
                continue
            return self._taken_up(found, p, low)
        return NOBODY

    def _taken_up(self, found: Phrase, p: Passage, low: str) -> Subject:
        """A noun phrase as what a pronoun behind it stands for, where number and kind allow it."""
        c = self.c
        named = named_head(c, found)
        words = c.doc.words(found.core).lower()
        many = words.endswith("s") and not words.endswith(("ss", "'s", "us", "is"))
        if low in ("it", "its") and ((named is not None and named.kind is Kind.PERSON) or (named is None and many)):
            return NOBODY
        if low in ("they", "their") and named is None and not many:
            return NOBODY
        meant = Subject(named.referent, named.passage) if named is not None else self.described(found.whole)
        if meant.referent is None:
            return NOBODY
        step = Step(passage=p, referent=meant.referent, because=Because(rule="claims.subject-before", score=0.6))
        return Subject(meant.referent, meant.passage, (step,))

    def _follows(self, before: int, at: int) -> bool:
        """Whether two places stand in one sentence, or in two that follow each other in a paragraph."""
        between = self.c.doc.sentences_in(Passage(before, at + 1))
        return len(between) <= 2 and "\n" not in self.c.doc.text[before:at]

    def _planner(self, r: Region, ln: Line) -> Subject:
        """The speaker who plans or promises "to buy 40 cars"; whom somebody else is asked is not known."""
        s = r.statement
        if s is None or s.speaker is None or not s.cue or not ln.ts or ln.ts[0].low != "to":
            return Subject(None, None)
        words = self.c.doc.words(Passage(s.cue[0].start, s.cue[-1].end)).lower().split()
        if s.sort is not Sort.PLAN and not set(words) & {"promised", "vowed", "agreed", "pledged", "promises"}:
            return Subject(None, None)
        if not listed("told").keys().isdisjoint(words) or s.cue[-1].end > ln.ts[0].start:
            return Subject(None, None)
        because = Because(rule="claims.speaker", score=0.8)
        return Subject(s.speaker, None, (Step(passage=s.cue[0], referent=s.speaker, because=because),))


def _sane(ln: Line, a: int, b: int) -> bool:
    """Whether a range is a noun phrase as far as its first word tells: not "placed under …", "of the …"."""
    a, b = _plain(ln, a, b)
    t = ln.ts[a]
    if t.has("prep", "aux", "rel", "mark") and not t.cap and not t.has("det", "pron", "other"):
        return False
    verbal = t.has("verb:past", "verb:ing", "verb:participle") and not t.cap and not t.has("det", "other")
    return not verbal or (a + 1 == b) or not ln.ts[a + 1].has("prep", "det", "poss", "adv", "figure", "sub")


def _plain(ln: Line, a: int, b: int) -> tuple[int, int]:
    """A noun phrase without times and adverbs at its ends, and without a clause before it: "before | the doors"."""
    for k in range(b - 2, a, -1):
        if ln.ts[k].low in listed("cuts"):
            a = k + 1
            break
    while a < b - 1 and ln.ts[a].has("conj", "mark", "adv", "when", "day") and not ln.ts[a].has("det", "figure"):
        a += 1
    while b - 1 > a and ln.ts[b - 1].has("adv", "when", "day", "mark", "prep") and not ln.ts[b - 1].cap:
        b -= 1
    return a, b
