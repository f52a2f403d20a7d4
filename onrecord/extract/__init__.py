"""One report → its reading: names, figures, dates, statements and claims, each with the passages that prove it. Pure.

START HERE: `extract` is the stage on one screen. `document` cuts the text, a reader proposes who said what, `names` and
`coreference` say who is who, `claims` fills slots, `gate` refuses what its words do not yield.
"""

from __future__ import annotations

from onrecord.beat import Beat
from onrecord.extract import names
from onrecord.extract.cast import cast as cast_of
from onrecord.extract.claims import Judge, claims
from onrecord.extract.coreference import Resolver
from onrecord.extract.corrections import corrected
from onrecord.extract.descriptions import describe
from onrecord.extract.document import Document
from onrecord.extract.gate import Evidence, check_statement
from onrecord.extract.gazetteer import gazetteer
from onrecord.extract.measuring import measuring
from onrecord.extract.modality import modality
from onrecord.extract.numbers import quantities
from onrecord.extract.occasions import tied
from onrecord.extract.open.claims import open_claims
from onrecord.extract.proposer import Proposer, Spoken
from onrecord.extract.reader import Reader
from onrecord.extract.relays import spoken
from onrecord.extract.slots import Context
from onrecord.extract.speech import GrammarReader
from onrecord.extract.statements import statements
from onrecord.extract.when import dates
from onrecord.ids import content_id
from onrecord.records import Problem, Reading, Refusal, Report, Statement

VERSION = "13"  # of this code: raised with every change that may change a reading


def extract(report: Report, *, beat: Beat | None = None, reader: Reader | None = None) -> Reading:
    """The reading of one report. Never raises on a report: what goes wrong is a Problem inside it."""
    by = reader if reader is not None else GrammarReader()
    try:
        return _read(report, beat, by)
    except Exception as e:  # the one place: one report's failure is one report's failure
        crash = Problem.of("extract", report.name, "crash", f"{type(e).__name__}: {e}", report=report.id)
        return Reading(report=report.id, version=version(beat, by), problems=(crash,))


def version(beat: Beat | None, reader: Reader) -> str:
    """Hash of code, reader and beat: readings with the same version are the same bytes."""
    return content_id("v", VERSION, reader.name, reader.version, beat.digest if beat is not None else None)


def _read(report: Report, beat: Beat | None, reader: Reader) -> Reading:
    doc = Document(report)
    known = gazetteer(beat)
    complete = getattr(reader, "finds_every_name", False)
    cast = cast_of(doc, names.find(doc, known, names.sentences(doc, known), reader.names(doc), complete))
    figures, days = quantities(doc), dates(doc)
    describe(doc, cast)
    who = Resolver(doc, beat, cast)
    attributions = reader.attributions(doc)
    more = reader if isinstance(reader, Proposer) else None
    speakers: Spoken = {a: who.speaker(a) for a in attributions}  # all first: each may be the next one's "he"
    if more is not None:
        speakers = more.speakers(doc, cast, speakers)
    proposed = statements(
        doc, attributions, speaker_of=lambda a: speakers[a], referent_at=cast.at, referents=cast.referents, dates=days
    )
    ground = Evidence(doc, cast, figures, days, {})
    said, refused = _gated(tied(doc, spoken(doc, cast, proposed), days), ground)
    context = Context(doc, cast, who, figures, days)
    judge: Judge = lambda clause, s: modality(doc, clause, s.cue if s is not None else ())
    made, denied = claims(context, beat, said, judge)
    if beat is not None:
        made = measuring(context, beat, said, made, judge)
    else:
        opened, unproved, behind = open_claims(context, said, judge)
        said = (*said, *behind)
        made = tuple(sorted((*made, *opened), key=lambda x: (x.evidence, x.property, x.id)))
        denied = (*denied, *unproved)
    made = corrected(context, said, made)
    if more is not None:
        made, also = more.claims(context, beat, said, made, judge)
        denied = (*denied, *also)
    return Reading(
        report=report.id, version=version(beat, reader), mentions=cast.mentions, referents=cast.referents,
        quantities=figures, dates=days, statements=said, claims=made, refusals=(*refused, *denied),
    )  # fmt: skip


def _gated(proposed: tuple[Statement, ...], ground: Evidence) -> tuple[tuple[Statement, ...], tuple[Refusal, ...]]:
    """The statements that pass the gate, and the refusals of the others."""
    checked = [(s, check_statement(s, ground)) for s in proposed]
    return tuple(s for s, r in checked if r is None), tuple(r for _, r in checked if r is not None)
