"""Whose voice a claim is: its innermost named speaker on one occasion, or an outlet's own voice.

An outlet that a report cites ("according to the agency", "the agency reports") is a voice like the report's own: what
it says without naming anyone is its own word, wherever it is retold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.beat import Beat, BeatOutlet
from onrecord.records import Anonymity, Claim, Report, Statement
from onrecord.trace.chains import innermost, occasion_day
from onrecord.trace.credits import ARTICLE, credited
from onrecord.trace.families import bodies, is_body, is_known, publisher
from onrecord.trace.spokespeople import speaks_for

GATHERERS = ("aggregator",)  # kinds of outlet that have no reporters: their own voice is somebody else's
UNNAMED = "an unnamed or unrecognised speaker"
OFFICE = "a speaker known by office only"
BEFORE_NAME = re.compile(ARTICLE, re.IGNORECASE)


@dataclass(frozen=True)
class Voice:
    """A claim with all that decides its origin. `speaker` and `outlet` are None where unknown."""

    claim: Claim
    report: Report | None
    statement: Statement | None  # the innermost one
    speaker: str | None  # entity id
    own: bool  # an outlet's own voice: the report's, or that of one it credits
    outlet: str | None  # whose own voice: the publisher's key
    known: bool  # whether it can be told from others: a named speaker, or a publisher that the beat knows
    day: date | None
    state: bool
    house: str | None  # key of the publisher of the report itself
    doubt: str = ""  # why it cannot be told from others, for people
    key: str | None = None  # the speaker's row in the beat, or that of the body whose spokesperson it is
    above: frozenset[str] = frozenset()  # rows of the bodies that the speaker heads or belongs to
    houses: frozenset[str] = frozenset()  # those of them that speak with one voice: organisations, no countries
    through: frozenset[str] = frozenset()  # entity ids of those who retell the innermost speaker


def voice(
    claim: Claim,
    reports: Mapping[str, Report],
    statements: Mapping[str, Statement],
    inside: Mapping[str, Sequence[Statement]],
    speaker_of: Mapping[str, str | None],
    beat: Beat | None,
) -> Voice:
    """The voice of a claim, as far as the records and the beat tell."""
    report = reports.get(claim.report)
    statement = innermost(claim, statements, inside)
    cited = _cited(statement, report, beat)
    own = claim.statement is None or (statement is not None and statement.anonymity is Anonymity.OUTLET)
    named = not own and cited is None and statement is not None and statement.anonymity is not Anonymity.UNNAMED
    speaker = speaker_of.get(statement.id) if named and statement is not None else None
    outlet, row, sure = None, None, True
    if cited is not None and beat is not None:
        outlet, row = publisher(cited, beat), cited
    elif own:
        outlet, row, sure = _publisher(claim, report, beat)
    doubt = _doubt(row, sure) if own or cited is not None else "" if speaker is not None else UNNAMED
    said_at = claim.said_at or (statement.said_at if statement is not None else None)
    return Voice(
        claim=claim, report=report, statement=statement, speaker=speaker, own=own or cited is not None, outlet=outlet,
        known=not doubt, day=occasion_day(said_at, report), state=row is not None and row.state == "state",
        house=_house(report, beat), doubt=doubt, through=_retellers(statement, statements, speaker_of),
    )  # fmt: skip


def _retellers(
    statement: Statement | None, statements: Mapping[str, Statement], speaker_of: Mapping[str, str | None]
) -> frozenset[str]:
    """Speakers of the statements inside which this one is reported."""
    found: dict[str, str | None] = {}
    above = statement.parent if statement is not None else None
    while above is not None and above not in found and above in statements:
        found[above] = speaker_of.get(above)
        above = statements[above].parent
    return frozenset(s for s in found.values() if s is not None)


def placed(voice: Voice, key_of: Mapping[str, str], beat: Beat) -> Voice:
    """The voice with what the beat says of its speaker; who is known by office only may be someone named elsewhere."""
    key = key_of.get(voice.speaker) if voice.speaker is not None else None
    if key is not None:
        above = bodies(key, voice.day, beat)
        return replace(voice, key=key, above=above, houses=frozenset(b for b in above if is_body(b, beat)))
    body = speaks_for(voice.statement, voice.report, beat) if voice.speaker is not None else None
    if body is not None:  # its spokesperson, whom the beat does not know, is its voice
        return replace(voice, key=body, above=frozenset({body}), houses=frozenset({body}))
    if voice.speaker is None or voice.statement is None or voice.statement.anonymity is not Anonymity.ROLE:
        return voice
    return replace(voice, known=False, doubt=OFFICE)


def _doubt(row: BeatOutlet | None, sure: bool) -> str:
    """Why an outlet's own voice may be another's; empty where it is its own."""
    if row is not None and row.kind in GATHERERS:
        return f"{row.name} gathers what others found"
    return "" if row is not None and sure and is_known(row) else "an outlet of unknown independence"


def _cited(statement: Statement | None, report: Report | None, beat: Beat | None) -> BeatOutlet | None:
    """The outlet that speaks in a statement, where its words name one."""
    if statement is None or report is None or beat is None or len(statement.speaker_passages) != 1:
        return None
    (p,) = statement.speaker_passages
    return beat.outlet_of(BEFORE_NAME.sub("", report.text[p.start : p.end], count=1).strip(' «»"“”'))


def _house(report: Report | None, beat: Beat | None) -> str | None:
    row = beat.outlet_of(report.outlet) if beat is not None and report is not None else None
    return publisher(row, beat) if row is not None and beat is not None else None


def _publisher(claim: Claim, report: Report | None, beat: Beat | None) -> tuple[str | None, BeatOutlet | None, bool]:
    """Key of the voice that an unattributed sentence has, its row in the beat, and whether that is sure."""
    if report is None:
        return None, None, False
    source = credited(report, beat, claim.evidence)
    sure = source is None or source.outlet is not None
    found = source.outlet if source is not None and source.outlet is not None else report.outlet
    row = beat.outlet_of(found) if beat is not None else None
    if row is None or beat is None:
        return (found.casefold() if found else None), None, False
    return publisher(row, beat), row, sure
