"""A claim's clause and value → when it holds, and the words of the clause that are its own.

A relative or other side clause has a verb, a hedge and a day of its own: "the pier, which will open by May, has 40
berths" tells when it opens, not when it has berths. The publication date is never when a claim holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord import edtf
from onrecord.extract import slots
from onrecord.extract.clauses import has_verb
from onrecord.extract.slots import Context, Found
from onrecord.records import EventValue, MoneyValue, Passage, QuantityValue, TextValue, When

BEHIND = 6  # characters from a figure to the date that is its own: "4.2 billion in 2029"
NEAR = 25  # characters before a date in which "compared with" or "by" stands
PROMISE = 60  # characters before a date in which the verb of a promise or an order stands
COMPARED = re.compile(
    r"(?:compared (?:with|to)|than in|against|relative to|level of|versus)\s+(?:the\s+)?$", re.IGNORECASE
)
BY = re.compile(r"\b(?:by|before|until|no\s+later\s+than)\s+(?:the\s+)?(?:\w+\s+of\s+)?$", re.IGNORECASE)
PROMISED = re.compile(
    r"\b(?:promis|pledg|vow|agree|decid|order|ask|urg|vot|offer|threaten|refus|declin|instruct|undert[ao]|commit|resolv|told)\w*"
    r"\s+(?:[\w-]+\s+){0,6}?(?:on|in|last|late|early|this)?\s*$",
    re.IGNORECASE,
)
TOLD_THAT = re.compile(r"(?:\s+(?:morning|afternoon|evening|night))?,?\s+that\s+(?!day\b|is\b|was\b|will\b)")
TO_DO = re.compile(r"(?:\s+(?:morning|afternoon|evening|night))?,?\s+to\s+[a-z]")  # "on Monday | to open the pier"
ASIDE = re.compile(  # between commas: where a relative clause without them ends is not told
    r",\s+(?:(?P<word>which|who|whose|where)|to\s+be|due|planned|expected|scheduled|set\s+to|promised)\b", re.IGNORECASE
)
COMMA = re.compile(r",(?!\d)")
OTHER_VERB = re.compile(
    r"\b(?:and|but)\s+(?:\w+\s+){0,2}?(?:must|will|would|should|shall|may|might|can|could|(?:is|are|was|were|has|have|had|needs?)\s+to)\b",
    re.IGNORECASE,
)


def aside(c: Context, clause: Passage, at: int) -> Passage | None:
    """The side clause of `clause` that the offset `at` lies in, behind its relative word; None in the main clause."""
    for m in ASIDE.finditer(c.doc.text, *clause):
        comma = COMMA.search(c.doc.text, m.end(), clause.end)
        end = comma.start() if comma is not None else clause.end
        if m.end() <= at <= end:
            return Passage(m.end() if m["word"] else m.start() + 1, end)
    return None


def holds(c: Context, clause: Passage, found: Found, *, present: bool) -> When | None:
    """The date in the clause that says when: never the publication date, and not the value itself.

    `present`: whether it is told as so, not as planned: then a day to come is when something else is to be done.
    """
    sentence = c.doc.sentence_at(clause.start) or clause
    near = slots.within(c.dates, Passage(min(sentence.start, clause.start), max(sentence.end, clause.end)))
    known = [x for x in near if x.value is not None and x.passage != found.passage and not _compared(c, x)]
    known = [x for x in known if not _promised_on(c, x)]
    if isinstance(found.value, QuantityValue | MoneyValue):
        known = _own_dates(c, clause, found, known)
        known = [x for x in known if not (_behind_verb(c, found, x) or (present and _still_due(c, x)))]
    if not isinstance(found.value, TextValue):
        known = [x for x in known if aside(c, clause, x.passage.start) == aside(c, clause, place(c, found))]
    inside = next((x for x in known if slots.inside(x.passage, clause)), None)
    if inside is not None or has_verb(c.doc.text, *clause):
        return inside
    # "no growth in 2031 – some 2 % at most": a clause without a verb hangs on the one before it
    return next((x for x in reversed(known) if x.passage.start < clause.start), None)


def _own_dates(c: Context, clause: Passage, found: Found, known: Sequence[When]) -> list[When]:
    """Without dates that stand right behind another figure of the clause: "from 4 in 2029 to 5 in 2031".

    What a change began from has the date right behind it or none: the other is that of the new value.
    """
    here = found.passage
    figures = [q.passage for q in slots.within(c.quantities, clause) if q.passage != here]
    own = [x for x in known if 0 <= x.passage.start - here.end <= BEHIND]
    if found.before or own:
        return own
    return [x for x in known if not any(0 <= x.passage.start - f.end <= BEHIND for f in figures)]


def place(c: Context, found: Found) -> int:
    """The offset by which the side clause of a value is told: of an event that of its day, else its end."""
    if not isinstance(found.value, EventValue):
        return found.passage.start
    days = [x for x in slots.within(c.dates, found.passage) if x.value is not None and x.value == found.value.date]
    return days[0].passage.start if days else found.passage.end - 1


def _behind_verb(c: Context, found: Found, x: When) -> bool:
    """Whether another verb has the date: "costs 12 million and must be paid by 2029"."""
    first, last = sorted((x.passage, found.passage))
    return OTHER_VERB.search(c.doc.text, first.end, last.start) is not None


def _still_due(c: Context, x: When) -> bool:
    """Whether a date is one by which something is to be done, after the report came out."""
    last, out = edtf.last_day(x.value), edtf.first_day(c.doc.report.published)
    by = BY.search(c.doc.text, max(0, x.passage.start - NEAR), x.passage.start) is not None
    return by and last is not None and out is not None and last > out


def _promised_on(c: Context, x: When) -> bool:
    """Whether a date is that of the promise, order or report, not of what is told: "promised on Monday to open it",
    "in a report published on Monday that it cannot"."""
    if TOLD_THAT.match(c.doc.text, x.passage.end) is not None:
        return True
    if TO_DO.match(c.doc.text, x.passage.end) is None:
        return False
    return PROMISED.search(c.doc.text, max(0, x.passage.start - PROMISE), x.passage.start) is not None


def _compared(c: Context, x: When) -> bool:
    """Whether a date is only what something is measured against: "compared with 2030"."""
    return COMPARED.search(c.doc.text, max(0, x.passage.start - NEAR), x.passage.start) is not None
