"""Statements → those made at a dated meeting, visit or briefing of the same report, with its day as `said_at`.

The report ties them: "during the meeting" beside the cue, "this meeting" in the speaker's words, and what the same
speaker goes on to say. Not tied: what was told in an interview, written, or said earlier or later.

    On 3 May the board held a meeting. … During the meeting Lund asked for … "We have time," she added.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from onrecord import edtf
from onrecord.extract.covers import Covers
from onrecord.extract.document import Document
from onrecord.extract.headings import paragraph_at
from onrecord.extract.slots import within
from onrecord.records import Because, Directness, Passage, Statement, Step, When

NOUNS = (
    r"meetings?|talks|discussions?|briefing|(?:news|press)\s+conference|conference|session|visit|forum|summit|hearing|inspection"
    r"|ceremony|negotiations|consultations|sitting"
)
HELD = re.compile(
    rf"\b(?:{NOUNS})\b[^.;]{{0,60}}\b(?:took\s+place|(?:was|were)\s+held|(?:was|were)\s+opened|began|opened)\b"
    rf"|\b(?:held|hosted|chaired|opened|convened|attended|addressed|visited|inspected|met\s+with|paid)\b[^.;]{{0,60}}"
    rf"|\bat\s+(?:a|an)\s+(?:[\w-]+\s+)?(?:{NOUNS})\b",
    re.I,
)
BESIDE = re.compile(
    rf"\b(?:(?:during|at|in\s+the\s+course\s+of|opening|addressing|after|following|on\s+the\s+sidelines\s+of)\s+(?:the|this|his|her|their)"
    rf"\s+(?:[\w-]+\s+)?(?:{NOUNS}))\b",
    re.I,
)
WITHIN = re.compile(rf"\b(?:this|today['’]s|our)\s+(?:{NOUNS})\b", re.I)
ELSEWHERE = re.compile(
    r"\b(?:interview\w*|wrote|writes|posted|tweeted|earlier|previously|later|ago|in\s+(?:a|an)\s+(?:[\w-]+\s+)?(?:statement|post|letter|article))\b",
    re.I,
)
FUTURE = re.compile(r"\b(?:will|would|is\s+to|are\s+to|plans?\s+to|scheduled|upcoming)\b", re.I)


@dataclass(frozen=True)
class Occasion:
    """A dated meeting or the like, told in a sentence outside what anyone said."""

    at: int
    day: When


def tied(doc: Document, statements: Sequence[Statement], dates: Sequence[When]) -> tuple[Statement, ...]:
    """The statements, in order; those without a day that an occasion ties have its day, and a step that says so."""
    met = occasions(doc, statements, dates)
    days: dict[str, When] = {}  # speaker → the day of the occasion that holds for what is said next
    out: dict[str, Statement] = {}
    last: Statement | None = None
    for s in sorted(statements, key=_place):
        found = _day(doc, s, met, days) or _next_paragraph(doc, s, last, out)
        if found is not None and s.speaker is not None:
            days[s.speaker] = found
            step = Step(passage=found.passage, referent=None, because=Because(rule="statements.occasion", score=0.7))
            out[s.id] = msgspec.structs.replace(
                s, said_at=found.value, said_at_passage=found.passage, steps=(*s.steps, step)
            )
        elif s.said_at is not None and s.speaker is not None:
            days.pop(s.speaker, None)
        last = s
    return tuple(out.get(s.id, s) for s in statements)


def occasions(doc: Document, statements: Sequence[Statement], dates: Sequence[When]) -> list[Occasion]:
    """Dated occasions, in order. A day inside what somebody said, or still to come, is none."""
    said = Covers((p, s.id) for s in statements for p in s.content)
    out = []
    for sentence in doc.sentences:
        days = [
            d
            for d in within(dates, sentence)
            if _is_day(d) and not said.hold(Passage(d.passage.start, d.passage.start + 1))
        ]
        if days and HELD.search(doc.text, *sentence) and not FUTURE.search(doc.text, *sentence):
            out.append(Occasion(sentence.start, days[0]))
    return out


def _is_day(d: When) -> bool:
    """Whether a date is one day, also of a year that the text does not give."""
    span = edtf.days((d.value or "").replace("XXXX", "2000")) if d.value else None
    return span is not None and span[0] is not None and span[0] == span[1]


def _place(s: Statement) -> tuple[int, int, str]:
    first = (s.cue or s.content)[0]
    return first.start, first.end, s.id


def _day(doc: Document, s: Statement, met: Sequence[Occasion], days: dict[str, When]) -> When | None:
    """The day of the occasion at which an undated statement was made, where the report ties it."""
    if s.said_at is not None or s.speaker is None or not s.cue or s.parent is not None:
        return None
    around = doc.sentence_at(s.cue[0].start) or s.cue[0]
    before = bisect_right(met, around.start, key=lambda o: o.at) - 1
    if before < 0 or ELSEWHERE.search(doc.text, *around) is not None:
        return None
    named = _outside(BESIDE, doc, around, s) or any(WITHIN.search(doc.text, *p) for p in s.content)
    if named:
        return met[before].day
    going_on = days.get(s.speaker)
    if going_on is None or met[before].day.passage != going_on.passage:
        return None
    return going_on


def _outside(pattern: re.Pattern[str], doc: Document, around: Passage, s: Statement) -> bool:
    """Whether the pattern is found in the sentence, outside the words that are passed on."""
    found = (m.start() for m in pattern.finditer(doc.text, around.start, around.end))
    return any(not any(p.start <= at < p.end for p in s.content) for at in found)


def _next_paragraph(doc: Document, s: Statement, last: Statement | None, out: dict[str, Statement]) -> When | None:
    """The day of the same speaker's statement right before, where a quotation goes on in the next paragraph."""
    last = out.get(last.id, last) if last is not None else None
    if last is None or last.said_at is None or last.said_at_passage is None or not s.cue or not last.cue:
        return None
    if s.said_at is not None or s.speaker is None or s.speaker != last.speaker or s.directness is not Directness.DIRECT:
        return None
    a, b = paragraph_at(doc, last.cue[0].start), paragraph_at(doc, s.content[0].start)
    if a is None or b is None or doc.text[a.end : b.start].strip():
        return None
    around = doc.sentence_at(s.cue[0].start) or s.cue[0]
    if ELSEWHERE.search(doc.text, *around):
        return None
    because = Because(rule="statements.occasion")
    return When(id=s.id, report=s.report, passage=last.said_at_passage, value=last.said_at, because=because)
