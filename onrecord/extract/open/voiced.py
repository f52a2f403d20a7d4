"""Open claims in the outlet's voice that somebody else stands behind → the same, with a statement of who that is.

Forms: the coastguard puts the spill at two tonnes; economists reckon the cost at 4 million; the yard plans to hire 40
people this year; she expects a first cut in July; the town has decided to close it. Refused: "is expected to" (nobody
says by whom), "the bill aims to", "the rise puts it at".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from onrecord.extract import abouts
from onrecord.extract.foretold import acts
from onrecord.extract.heads import about
from onrecord.extract.main_verbs import words
from onrecord.extract.open.naming import change_nouns
from onrecord.extract.reader import SourceKind
from onrecord.extract.slots import Context, Subject, within
from onrecord.extract.sources import source_kind
from onrecord.ids import content_id
from onrecord.records import (
    Anonymity,
    Because,
    Claim,
    Directness,
    Kind,
    Modality,
    Passage,
    Sort,
    Statement,
)

ADVERBS = r"(?:\s+(?:now|also|still|currently|originally|already|tentatively|previously))*"
PLANS = re.compile(
    rf"{ADVERBS}\s+(?P<cue>plan(?:s|ned)?|intend(?:s|ed)?|hope[sd]?|expect(?:s|ed)?|want(?:s|ed)?|aim(?:s|ed)?|seeks?|sought"
    r"|(?:(?:has|have|had)\s+)?(?:decided|agreed|promised|pledged|vowed)"
    r"(?=\s+(?:(?:(?:on|in|last|this|late|early)\s+)?[\w-]+(?:\s+\d{1,2}(?:,?\s+\d{4})?)?\s+)?to\b)"
    r"|(?:is|are|was|were)\s+(?:now\s+|also\s+)?(?:planning|hoping|aiming|considering|weighing))\b(?!\s+by\b)",
    re.IGNORECASE,
)
PUTS = re.compile(
    rf"{ADVERBS}\s+(?P<cue>puts?|estimate[sd]?|reckon(?:s|ed)?|calculate[sd]?|value[sd]?)\b(?=[^.;]*?\bat\b)",
    re.IGNORECASE,
)
AIMS = re.compile(r"aim|seek|sought|.*\baiming", re.IGNORECASE)  # also of plans and bills, which say nothing
NO_SOURCE = ("move", "deal", "result", "win", "sale", "decision", "accident", "transaction")
PUT_AT = "open.put-at"
ACTORS = (Kind.PERSON, Kind.ORGANISATION, Kind.COUNTRY)
AHEAD = (Modality.PLANNED, Modality.PREDICTED, Modality.POSSIBLE)
RULE = Because(rule="open.voiced", score=0.6)


def voiced(c: Context, claims: Sequence[Claim]) -> tuple[tuple[Claim, ...], tuple[Statement, ...]]:
    """The claims, those that another stands behind as his, and the statements that this makes, each once."""
    out: list[Claim] = []
    made: dict[str, Statement] = {}
    for claim in claims:
        s = _statement(c, claim) if claim.statement is None else None
        if s is not None:
            made[s.id] = s
            claim = msgspec.structs.replace(claim, statement=s.id)
        out.append(claim)
    return tuple(out), tuple(made.values())


def _statement(c: Context, claim: Claim) -> Statement | None:
    """Who stands behind a claim by the verb of its clause; None where the outlet does."""
    clause = claim.evidence[0]
    pattern = PUTS if claim.because.rule == PUT_AT else PLANS if claim.modality in AHEAD else None
    if pattern is None or (pattern is PLANS and _by_will(c, claim)):
        return None
    p = about(c.doc, clause, within(c.quantities, clause), within(c.dates, clause))
    m = pattern.match(c.doc.text, p.whole.end, clause.end) if p is not None else None
    if p is None or m is None or (claim.value_passage or clause).end <= m.end():
        return None
    who = abouts.subject(c, None, None, clause, speaker=None, previous=abouts.nothing_before)
    cue = Passage(*m.span("cue"))
    if who.referent is None or (AIMS.match(m["cue"]) and not _acts(c, who.referent, clause, cue)):
        return None
    if pattern is PUTS and c.doc.words(p.core).lower().split()[-1] in (*change_nouns(), *NO_SOURCE):
        return None
    content = Passage(cue.end + 1, clause.end)
    source = (p.whole,)
    return Statement(
        id=content_id("s", c.doc.report.id, source, (cue,), (content,)), report=c.doc.report.id, speaker=who.referent,
        speaker_passages=source, cue=(cue,), content=(content,), anonymity=_anonymity(c, who),
        directness=Directness.INDIRECT, sort=Sort.SPEECH if pattern is PUTS else Sort.PLAN, steps=who.steps,
        because=RULE,
    )  # fmt: skip


def _by_will(c: Context, claim: Claim) -> bool:
    """Whether what plans is the outlet's own "will" or "is to", and no verb of somebody's."""
    return all(PLANS.match(c.doc.text, max(0, p.start - 1)) is None for p in claim.markers)


def _acts(c: Context, referent: str, clause: Passage, cue: Passage) -> bool:
    r = c.cast.referent(referent)
    if r is not None and r.kind in ACTORS:
        return True
    ts = words(c.doc, clause)
    verb = next((k for k, t in enumerate(ts) if t.start >= cue.start), None)
    return verb is not None and acts(ts, verb)


def _anonymity(c: Context, who: Subject) -> Anonymity:
    r = c.cast.referent(who.referent)
    if r is not None and r.named:
        return Anonymity.NAMED
    return Anonymity.UNNAMED if r is not None and source_kind(r.name) is SourceKind.GROUP else Anonymity.ROLE
