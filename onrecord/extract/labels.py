"""Lines that begin with their speaker: headlines ("Lund: trams will stop"), transcripts ("LUND: We will."), and
quotations
signed at their end ("…" — Ana Lund).

A label is taken as a speaker where the report shows that it is one: its last name stands elsewhere in the text, it
labels
several lines, or it is a document word in the headline ("Report: …"). "Photo:", "Update:", "12:30", "Aldra: a
history" are refused.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from onrecord.extract.clauses import has_verb
from onrecord.extract.document import Document
from onrecord.extract.lexicon import listed, words
from onrecord.extract.sources import classes
from onrecord.records import Passage

LABEL = re.compile(r"[^\W\d_][^:\n\"“”«»,;!?]{0,60}?(?=:\s)")
SIGNED = re.compile(r"(?:[\"”»’'.!?…])\s*(?P<dash>[—–―]|--)\s*(?P<name>[^\W\d_a-z][^\n\"“”—–―:;!?]{1,80})$")
WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*\.?")
SMALL = listed("small-in-name")
NAME = r"(?P<name>[^\W\d_a-z][\w’'-]+(?:\s(?:[a-z]{2,3}\s)?[^\W\d_a-z][\w’'-]+){1,4})"
TALKED_TO = re.compile(
    r"\b(?:interview(?:ed|s|ing)?(?:\swith)?|conversation\swith|(?:spoke|speaks|talks?|talked|sat\sdown)\s(?:to|with)"
    rf"|asked|questions\s(?:to|for))\s(?:[a-z-]+\s){{0,6}}{NAME}"
)
TALKS = re.compile(
    rf"{NAME}(?:,\s[^.,\n]{{1,80}},)?\s(?:answers|answered|explains|speaks|spoke|talks|talked|tells|told)\b"
)
INTRODUCTION = 6000  # characters before the first answer in which the interviewee is named
QUESTIONS, ANSWERS = listed("question"), listed("answer")
ASKED, ANSWERED = "outlet.question", "speech.answer"
TURN_RULES = ("speech.turn", ASKED, ANSWERED)
MAX_WORDS = 7
MAX_LINE = 200  # characters of a line that names a speaker, with office
OPENING = '"“«„‘'
SHARE = 0.3  # of the paragraphs
TURNS = 4  # labelled lines that make a text a transcript: unlabelled lines between them go on


@dataclass(frozen=True)
class Labelled:
    """A paragraph with its speaker; None where the report does not name who answers."""

    name: Passage | None
    mark: Passage  # the colon or dash
    content: Passage
    rule: str
    score: float


def labelled(doc: Document) -> dict[int, Labelled]:
    """Index of each paragraph that has a label → its speaker and content."""
    found = {i: m for i, p in enumerate(doc.paragraphs) if (m := label(doc, p)) is not None}
    times = Counter(name for _, name in found.values())
    common = Counter(re.findall(r"\w+", doc.text.lower())) if found else Counter[str]()
    out: dict[int, Labelled] = {}
    asked = any(low in QUESTIONS for _, low in found.values())
    answering = interviewee(doc, min((i for i, (_, low) in found.items() if low in ANSWERS), default=0))
    for i, p in enumerate(doc.paragraphs):
        if i in found and asked and found[i][1] in QUESTIONS | ANSWERS:
            out[i] = exchanged(doc, p, *found[i], answering)
        elif i in found:
            name, low = found[i]
            rule = kind_of(doc, p, i, name, times[low], common)
            if rule is not None:
                out[i] = of(doc, p, name, *rule)
        else:
            signed = introduced(doc, i) or signature(doc, p)
            if signed is not None:
                out[i] = signed
    return out


def introduced(doc: Document, i: int) -> Labelled | None:
    """A paragraph that is a quotation, after a line that only names its speaker: Ana Lund, head of the union: “…”"""
    if i == 0 or doc.text[doc.paragraphs[i].start] not in OPENING:
        return None
    p, line = doc.paragraphs[i], doc.paragraphs[i - 1]
    text = doc.text[line.start : line.end]
    found = WORD.findall(text)
    if not text.endswith(":") or len(text) > MAX_LINE or len(found) < 2 or has_verb(doc.text, *line):
        return None
    if not (found[0][:1].isupper() and found[1][:1].isupper()) or found[0].lower() in words("labels"):
        return None
    content = unquoted(doc, p)
    if content == p:
        return None
    name = Passage(line.start, line.end - 1)
    return Labelled(name, Passage(line.end - 1, line.end), content, "speech.introduced", 0.9)


def is_transcript(doc: Document, labels: dict[int, Labelled]) -> bool:
    """Whether so many lines are labelled that those without go on for the speaker before."""
    turns = sum(x.rule in TURN_RULES for x in labels.values())
    return turns >= TURNS and turns >= SHARE * len(doc.paragraphs)


def label(doc: Document, p: Passage) -> tuple[Passage, str] | None:
    """What stands before the first colon, if it looks like a name or a role, and its lower-cased words."""
    text = doc.text
    start = p.start + (text[p.start] in '"“«')
    m = LABEL.match(text, start, p.end)
    if m is None or m.end() + 1 >= p.end:
        return None
    found = WORD.findall(m.group())
    if m.group().lower() in QUESTIONS | ANSWERS:
        return Passage(m.start(), m.end()), m.group().lower()
    if not found or len(found) > MAX_WORDS or found[0].lower().strip(".") in words("labels"):
        return None
    if any(w[:1].islower() and w not in SMALL for w in found[:-1]):
        return None
    last = found[-1]
    if last[:1].islower() and not classes().get(last.lower()):
        return None
    return Passage(m.start(), m.end()), m.group().lower()


def exchanged(doc: Document, p: Passage, name: Passage, low: str, answering: Passage | None) -> Labelled:
    """A line of an interview labelled "Q" or "A": a question is the outlet's own, an answer the interviewee's."""
    if low in QUESTIONS:
        return of(doc, p, name, ASKED, 0.0)
    return replace(of(doc, p, name, ANSWERED, 0.85 if answering is not None else 0.6), name=answering)


def interviewee(doc: Document, before: int) -> Passage | None:
    """The name of whoever is interviewed, as the paragraphs before the first answer tell it."""
    if before == 0:
        return None
    end = doc.paragraphs[before].start
    for pattern in (TALKED_TO, TALKS):
        for m in pattern.finditer(doc.text, max(0, end - INTRODUCTION), end):
            last = WORD.findall(m["name"])[-1].lower()
            if "outlet" not in classes().get(last, ()):
                return Passage(m.start("name"), m.end("name"))
    return None


def plain(word: str) -> str:
    found: list[str] = re.findall(r"\w+", word.lower())
    return found[-1]


def kind_of(
    doc: Document, p: Passage, i: int, name: Passage, times: int, common: Counter[str]
) -> tuple[str, float] | None:
    """Rule and score for a label, or None where nothing shows that it speaks."""
    text = doc.text
    word = text[name.start : name.end]
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", word) or word  # "MS ORR (Civic Union)"
    last = WORD.findall(bare)[-1]
    heading = (
        i == 0
        or (doc.report.title_passage is not None and p.start == doc.report.title_passage.start)
        or no_stop(text, p)
    )
    known = "document" in classes().get(last.lower(), ()) or "role" in classes().get(last.lower(), ())
    if not re.search(r"[^\W\d_]{2}.*\s.*[^\W\d_]{2}", text[name.end + 1 : p.end]):
        return None
    if times > 1 and (last[:1].isupper() or known):
        return "speech.turn", 0.9
    if bare.isupper() and len(bare) > 2 and not heading and len(text[name.end : p.end].split()) > 3:
        return "speech.turn", 0.8
    elsewhere = common[plain(last)] > 1
    following = text[name.end + 1 : p.end].lstrip()
    if heading and (known or (last[:1].isupper() and elsewhere)) and following[:2].lower() not in ("a ", "an"):
        return "speech.headline", 0.85
    return None


def no_stop(text: str, p: Passage) -> bool:
    """Whether a paragraph is a heading: short, without a stop at its end."""
    return (text[p.end - 1] not in ".!?…:\"”’'" and p.end - p.start < 160) or (
        p.end - p.start < 100 and text[p.end - 1] in "’'\"”"
    )


def of(doc: Document, p: Passage, name: Passage, rule: str, score: float) -> Labelled:
    a, b = name.end + 1, p.end
    while a < b and doc.text[a].isspace():
        a += 1
    if rule == "speech.headline" and doc.text[b - 1] == "." and b - a > 1:
        b -= 1
    return Labelled(name, Passage(name.end, name.end + 1), unquoted(doc, Passage(a, b)), rule, score)


def unquoted(doc: Document, p: Passage) -> Passage:
    """Without the quotation marks that hold all of it."""
    return next((q.inner for q in doc.quotations if q.outer.start == p.start and q.outer.end >= p.end - 1), p)


def signature(doc: Document, p: Passage) -> Labelled | None:
    """A quotation signed at its end."""
    m = SIGNED.search(doc.text, max(p.start, p.end - 100), p.end)
    if m is None or len(WORD.findall(m.group("name"))) > MAX_WORDS + 3 or doc.text[p.start] not in "\"“”«‘'":
        return None
    name = Passage(m.start("name"), m.start("name") + len(m.group("name").rstrip(" .")))
    content = Passage(p.start + 1, m.start())
    if content.start >= content.end:
        return None
    return Labelled(name, Passage(m.start("dash"), m.end("dash")), content, "speech.signed", 0.9)
