"""Claims with a date → the same, where their clause moves, cancels or misses the day: that is no day on which it was.

Forms of a day moved: postponed from 28 April to September; put off until June; the opening on 3 May was pushed back;
planned for 28 April, it has slipped. The old day is told as not so, the new one as planned.
Forms of a day missed: the opening on 3 May was cancelled; planned for 3 May, it did not take place.
Forms only planned: the opening, scheduled for 3 May, is much awaited.
Forms of an earliest day: cannot open before June; will open no earlier than June; in June at the earliest.
Refused: "was not postponed"; "was cancelled on Monday", which tells when that was decided, not when it was to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import msgspec

from onrecord import edtf
from onrecord.extract.slots import Context, within
from onrecord.extract.when import not_before
from onrecord.ids import content_id
from onrecord.records import Because, Claim, DateValue, EventValue, Modality, Passage, Polarity, When

NEAR = 40  # characters before a date in which its "from", "until" or "planned for" stands
ON = "/.."  # an EDTF value that has no end
RULE = "claims.put-off"
MOVED = (
    r"(?:postponed|delayed|deferred|rescheduled|put\s+(?:off|back)|pushed\s+(?:back|off)|set\s+back|held\s+up|moved|shifted"
    r"|brought\s+forward)"
)
CANCELLED = r"(?:cancell?ed|called\s+off|scrapped|scrubbed|abandoned|aborted|suspended|shelved)"
BE = r"(?:is|are|was|were|be|been|being|gets?|got)(?:\s+(?:\w+ly|now|not|never|again|also|then|first|since|once))*"
NO = r"(?:not|never|n['’]t)"
PUT = re.compile(
    rf"\b(?:(?:{BE})\s+|,\s+(?:now\s+|since\s+)?)(?P<verb>{MOVED})\b|\b(?P<slips>slipp?(?:s|ed))\b", re.IGNORECASE
)
PUTS = re.compile(rf"\b(?P<verb>{MOVED}|postpones?|delays?|defers?|moves?|shifts?|reschedules?)\b", re.IGNORECASE)
ENDED = re.compile(
    rf"\b(?:(?:{BE})\s+|,\s+(?:now\s+|since\s+)?)(?P<verb>{CANCELLED})\b"
    r"|\b(?P<not>(?:(?:did|does|do|will|would|could|can|has|have|had)(?:\s+(?:not|never)|n['’]t)|cannot|never|failed\s+to)"
    r"\s+(?:\w+ly\s+)?(?:t[ao]kes?\s+place|took\s+place|taken\s+place|happen(?:ed|s)?|go(?:es)?\s+ahead|went\s+ahead|gone\s+ahead"
    r"|come\s+about|materiali[sz]ed?))\b",
    re.IGNORECASE,
)
MISSED = re.compile(
    r"\b(?P<verb>miss(?:es|ed)?|overshot|overran)\b(?=[^.;,]{0,60}?\b(?:date|deadline|target|day|slot|window)\b)",
    re.IGNORECASE,
)
NEGATED = re.compile(rf"(?:{NO}|\bwithout)(?:\s+\w+){{0,2}}\s*$", re.IGNORECASE)
HEDGED = re.compile(r"\b(?:may|might|could|can|likely|possibly|perhaps|if)\b")  # "May" is a month
FROM = re.compile(r"\bfrom\s+(?:the\s+|its\s+|on\s+)?(?:\w+\s+){0,4}?$", re.IGNORECASE)
TO = re.compile(r"\b(?:to|until|till)\s+(?:the\s+|about\s+|at\s+least\s+|\w+\s+of\s+)?$", re.IGNORECASE)
PLANNED = re.compile(
    r"\b(?P<verb>planned|scheduled|slated|expected|set|due|foreseen|promised|intended|timed)"
    r"\s+(?:to\s+(?:be\s+\w+|take\s+place|happen)\s+)?(?:for|on|in|by|at)\s+(?:the\s+)?(?:\w+\s+of\s+)?$",
    re.IGNORECASE,
)
DONE = re.compile(
    r"\b(?<!not )(?:took\s+place|has\s+taken\s+place|went\s+ahead|happened|came\s+about|was\s+held|succeeded"
    r"|was\s+(?:\w+ly\s+)?(?:made|completed|carried\s+out))\b",
    re.IGNORECASE,
)
FIRST = re.compile(r"\W*(?:on|in|last|this|late|early|at|the\s+same)?\s*", re.IGNORECASE)
DECIDED = re.compile(r"\s*(?:again\s+|late\s+|early\s+|only\s+)?(?:on|in|at)?\s*(?:the\s+)?", re.IGNORECASE)
WEAK = re.compile(
    r"moved?|shift|held|set|suspend|abandon|scrap|abort|shelve", re.IGNORECASE
)  # also of things, not of days
CAME = re.compile(
    r"\b[a-z]+(?:ed|en|un|ld|nt|ade|ok)\s+(?:on|in|at)\s+(?:the\s+)?$"
)  # "signed on 3 May, it was cancelled"
HOURS = re.compile(r"\s+(?:for\s+|by\s+)?(?:\S+\s+){0,4}?(?:hours?|minutes?)\b", re.IGNORECASE)  # still the same day
ITSELF = re.compile(r"delay|postpon|cancel|put.?off|resched|defer|slip", re.IGNORECASE)  # in a property's name
LETTERS = ("before", "earl", "sooner", "postpon", "delay", "defer", "reschedul", "put ", "push", "set back",
           "held up", "move", "shift", "brought", "slip", "cancel", "call", "scrap", "scrub", "abandon", "abort",
           "suspend", "shelve", "place", "happen", "ahead", "about", "materiali", "miss", "over", "plan", "schedul",
           "slate", "expect", "set ", "due", "foresee", "promis", "inten", "timed")  # fmt: skip


class Day(Enum):
    """What a date is to what its clause puts off."""

    OLD = "the day that was planned"
    NEW = "the day to which it was put off"
    PLAN = "a planned day, of which nothing more is told"
    DECISION = "the day on which that was decided"
    OTHER = "another day"


@dataclass(frozen=True)
class Move:
    """The words of a clause that put off, cancel or miss something, and what makes them only possible."""

    marker: Passage
    passive: bool
    moves: bool
    tells_day: bool  # a day behind it is the one missed, not that of the decision
    hedge: Passage | None
    void: bool  # "was not cancelled"


def put_off(c: Context, made: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims, those of days put off mended, and one for each new day that none tells, in the order given."""
    low = c.doc.text.lower()
    if not any(x in low for x in LETTERS):
        return tuple(made)
    told = {(x.statement, x.property, x.subject, x.value_passage) for x in made if isinstance(x.value, DateValue)}
    out: list[Claim] = []
    for claim in made:
        for x in _mended(c, claim):
            place = (x.statement, x.property, x.subject, x.value_passage)
            if x.id == claim.id or place not in told:
                told.add(place)
                out.append(x)
    return tuple(out)


def _mended(c: Context, claim: Claim) -> Iterator[Claim]:
    clause = claim.evidence[0]
    days = [d for d in within(c.dates, clause) if d.value is not None] if len(claim.evidence) == 1 else []
    move = _move(c, clause) if days else None
    roles = {d.passage: _role(c, clause, move, d) for d in days}
    if claim.holds_at_passage is not None and roles.get(claim.holds_at_passage) in (Day.OLD, Day.NEW):
        claim = msgspec.structs.replace(claim, holds_at=None, holds_at_passage=None)
    new = next((d for d in days if roles[d.passage] is Day.NEW), None)
    claim = _from_earliest(c, claim)
    if isinstance(claim.value, EventValue):
        yield claim if ITSELF.search(claim.property) else _event(claim, move, days, roles, new)
    elif not isinstance(claim.value, DateValue):
        yield claim
    else:
        yield from _dated(c, claim, move, roles, new)


def _dated(c: Context, claim: Claim, move: Move | None, roles: dict[Passage, Day], new: When | None) -> Iterator[Claim]:
    """A claim of a day, mended by what the day is to its clause."""
    assert claim.value_passage is not None
    role = roles.get(claim.value_passage)
    if role is Day.PLAN and claim.modality is Modality.ASSERTED and claim.polarity is Polarity.POSITIVE:
        m = PLANNED.search(c.doc.text, claim.value_passage.start - NEAR, claim.value_passage.start)
        yield (
            claim
            if m is None
            else msgspec.structs.replace(claim, modality=Modality.PLANNED, markers=(Passage(*m.span("verb")),))
        )
    elif move is None or role is None or role is Day.PLAN:
        yield claim
    elif move.void:  # "was not cancelled on Monday": nothing is told of the day
        yield from () if role is Day.DECISION and claim.polarity is Polarity.NEGATIVE else (claim,)
    elif role is Day.OLD:
        yield _missed(claim, move)
        if new is not None and new.value is not None:
            value = DateValue(date=new.value)
            id = content_id("c", c.doc.report.id, RULE, claim.statement, claim.property, claim.subject, new.passage)
            because = Because(rule=RULE, score=claim.because.score)
            other = msgspec.structs.replace(claim, id=id, value=value, value_passage=new.passage, because=because)
            yield _moved(other, move)
    elif role is Day.NEW:
        yield _moved(claim, move)
    elif role is Day.OTHER:
        yield claim


def _from_earliest(c: Context, claim: Claim) -> Claim:
    """A claim of an earliest day: "cannot open before June" foretells a day from June on, and denies none. Nor is that
    when the words hold."""
    if claim.polarity is Polarity.NEGATIVE and (claim.holds_at or "").endswith(ON):
        claim = msgspec.structs.replace(claim, holds_at=None, holds_at_passage=None)
    p = claim.value_passage
    if p is None or not isinstance(claim.value, DateValue) or not claim.value.date.endswith(ON):
        return claim
    m = not_before(c.doc.text, p.start, p.end)
    out, day = edtf.first_day(c.doc.report.published), edtf.first_day(claim.value.date)
    if m is None or claim.modality not in (Modality.ASSERTED, Modality.PLANNED, Modality.POSSIBLE):
        return claim
    kind: Modality = claim.modality
    markers = claim.markers
    if out is not None and day is not None and day < out:
        kind, markers = Modality.ASSERTED, ()  # "could not open before 2019"
    elif kind is Modality.ASSERTED or (kind is Modality.POSSIBLE and "could" in m.group().lower()):  # "could not"
        words = m.group().strip()
        at = c.doc.text.index(words, m.start())
        kind, markers = Modality.PREDICTED, (Passage(at, at + len(words)),)
    return msgspec.structs.replace(claim, modality=kind, polarity=Polarity.POSITIVE, markers=markers)


def _event(claim: Claim, move: Move | None, days: Sequence[When], roles: dict[Passage, Day], new: When | None) -> Claim:
    """An event that did not come on its day: on the new one it is planned, without one it is not so."""
    value = claim.value
    assert isinstance(value, EventValue)
    own = next((d for d in days if d.value == value.date), None)
    if move is None or move.void or own is None or roles[own.passage] not in (Day.OLD, Day.NEW):
        return claim
    if new is None:
        return _missed(claim, move)
    return _moved(msgspec.structs.replace(claim, value=msgspec.structs.replace(value, date=new.value)), move)


def _missed(claim: Claim, move: Move) -> Claim:
    kind, marker = (Modality.ASSERTED, move.marker) if move.hedge is None else (Modality.DOUBTED, move.hedge)
    return msgspec.structs.replace(claim, modality=kind, polarity=Polarity.NEGATIVE, markers=(marker,))


def _moved(claim: Claim, move: Move) -> Claim:
    kind, marker = (Modality.PLANNED, move.marker) if move.hedge is None else (Modality.POSSIBLE, move.hedge)
    return msgspec.structs.replace(claim, modality=kind, polarity=Polarity.POSITIVE, markers=(marker,))


def _move(c: Context, clause: Passage) -> Move | None:
    """What a clause says of a plan that came to nothing, or to another day; None where it says that it did not."""
    for pattern in (PUT, ENDED, MISSED, PUTS):
        m = pattern.search(c.doc.text, *clause)
        if m is None:
            continue
        if "not" not in m.re.groupindex or m["not"] is None:
            at = m.start(next(g for g in ("verb", "slips") if g in m.re.groupindex and m[g] is not None))
            void = NEGATED.search(c.doc.text, clause.start, at) is not None
            marker, missed = Passage(at, m.end()), pattern is MISSED
        else:
            marker, missed, void = Passage(*m.span("not")), True, False
        h = HEDGED.search(c.doc.text, clause.start, marker.start)
        hedge = Passage(*h.span()) if h is not None else None
        return Move(
            marker, passive=pattern is not PUTS, moves=pattern in (PUT, PUTS), tells_day=missed, hedge=hedge, void=void
        )
    return None


def _role(c: Context, clause: Passage, move: Move | None, d: When) -> Day:
    text, start = c.doc.text, max(clause.start, d.passage.start - NEAR)
    planned = PLANNED.search(text, start, d.passage.start) is not None
    if move is None:
        return Day.PLAN if planned and DONE.search(text, *clause) is None else Day.OTHER
    at = d.passage.start
    if at < move.marker.start:
        return Day.OLD if planned or (move.passive and _of_the_plan(c, clause, move, d)) else Day.OTHER
    start = max(start, move.marker.end)
    if move.moves and TO.search(text, start, at):
        return Day.NEW
    if planned or (move.moves and FROM.search(text, start, at)) or (move.tells_day and move.marker.end < at):
        return Day.OLD
    return Day.DECISION if move.passive and DECIDED.fullmatch(text, move.marker.end, at) else Day.OTHER


def _of_the_plan(c: Context, clause: Passage, move: Move, d: When) -> bool:
    """Whether a day before the verb is that of what is put off: not of the whole ("On Monday the launch was …"), nor of
    what came about ("signed on 3 May, it was cancelled"), nor one that stays ("was delayed by an hour")."""
    text, marker = c.doc.text, move.marker
    if FIRST.fullmatch(text, clause.start, d.passage.start) or CAME.search(text, clause.start, d.passage.start):
        return False
    if move.moves and HOURS.match(text, marker.end, clause.end):
        return False
    weak = not move.tells_day and WEAK.match(text, marker.start) is not None
    return not weak or any(
        TO.search(text, marker.end, x.passage.start) for x in within(c.dates, Passage(marker.end, clause.end))
    )
