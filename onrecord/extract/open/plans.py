"""What the outlet itself says is to happen on a day → a claim in words, for what no figure or event tells.

Forms: the envoy will travel on Thursday; the office is to report by March; the bus is due to stop here from May.
Refused: what is only possible, what another says or promises (their statement has it), a day before the report's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.edtf import first_day, last_day
from onrecord.extract import abouts
from onrecord.extract.claims import Draft
from onrecord.extract.clauses import clauses, has_verb
from onrecord.extract.open.subjects import Region
from onrecord.extract.slots import Context, Found, inside, within
from onrecord.records import Modality, Passage, TextValue

AHEAD = (Modality.PLANNED, Modality.PREDICTED)
PROPERTY = {Modality.PLANNED: "planned", Modality.PREDICTED: "expected"}


def dated(c: Context, r: Region, cues: Sequence[Passage]) -> Iterator[Passage]:
    """The clauses of the outlet's own voice that have a verb and a day to come, and no cue of a statement."""
    if r.statement is not None:
        return
    days = [d for d in within(c.dates, r.passage) if d.value is not None and _to_come(c, d.value)]
    for clause in clauses(c.doc.text, [r.passage]):
        spoken = any(p.start < clause.end and clause.start < p.end for p in cues)
        asked = c.doc.text[clause.end : clause.end + 2].strip().startswith("?")
        if any(inside(d.passage, clause) for d in days) and not (spoken or asked) and has_verb(c.doc.text, *clause):
            yield clause


def _to_come(c: Context, day: str) -> bool:
    """Whether a day is not over when the report comes out, as far as both are known."""
    last, out = last_day(day), first_day(c.doc.report.published)
    return last is None or out is None or last >= out


def plan(c: Context, clause: Passage, modality: Modality) -> Draft:
    """A clause that tells a plan or a forecast, as a draft."""
    about = abouts.subject(c, None, None, clause, speaker=None, previous=abouts.nothing_before)
    words = TextValue(text=c.doc.words(clause))
    return Draft(clause, None, about, PROPERTY[modality], Found(words, clause), "open.plan")
