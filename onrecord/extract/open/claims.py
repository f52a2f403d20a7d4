"""Figures and events that no beat asks for → claims: of each figure what it measures and of what; of each event who,
whom, when and where. Read without a beat.

Words in the content of a statement are that statement's claim, words between statements the outlet's own. Figures in
a source phrase, in a heading or in an adjunct claim nothing. Every claim passes the gate that all claims pass.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.extract.claims import Draft, Judge
from onrecord.extract.claims import _claim as claim_of
from onrecord.extract.clauses import clauses
from onrecord.extract.gate import Evidence, check, check_statement
from onrecord.extract.open.event_words import event_words
from onrecord.extract.open.events import happenings
from onrecord.extract.open.figures import measured
from onrecord.extract.open.grammar import Group, Line, line
from onrecord.extract.open.naming import Measured, listed, may_measure
from onrecord.extract.open.noun_phrases import OPENERS
from onrecord.extract.open.plans import AHEAD, dated, plan
from onrecord.extract.open.subjects import Abouts, Region, laid, regions
from onrecord.extract.open.voiced import voiced
from onrecord.extract.slots import Context, Found, currency, figure, inside, money, within
from onrecord.records import (
    Because,
    Claim,
    EventValue,
    Modality,
    Passage,
    Polarity,
    Refusal,
    Statement,
    TextValue,
)

WHEN = frozenset(("since", "until", "when", "after", "before", "once"))
PLAN_SCORE = 0.6
MIN_SCORE = 0.5  # of a rule: below it the claim is not made


def open_claims(
    c: Context, statements: Sequence[Statement], judge: Judge
) -> tuple[tuple[Claim, ...], tuple[Refusal, ...], tuple[Statement, ...]]:
    """The open claims of a report that pass the gate, in order of their evidence, the refusals, and the statements of
    those who stand behind what the outlet tells of their plans and figures."""
    ground = Evidence(c.doc, c.cast, c.quantities, c.dates, {s.id: s for s in statements})
    kept: dict[tuple[object, ...], Claim] = {}
    refused: list[Refusal] = []
    about = Abouts(c)
    for claim in _proposed(c, statements, about, judge):
        about.keep(claim.subject)
        about.keep(getattr(claim.value, "entity", None))
        refusal = check(claim, ground)
        if refusal is not None:
            refused.append(refusal)
        else:
            kept.setdefault(_same(c, claim), claim)
    own, more = voiced(c, sorted(kept.values(), key=lambda x: (x.evidence, x.property, x.id)))
    theirs = [s for s in more if check_statement(s, ground) is None]
    ground = Evidence(c.doc, c.cast, c.quantities, c.dates, {s.id: s for s in (*statements, *theirs)})
    by_id = {x.id: x for x in kept.values()}
    return tuple(x if check(x, ground) is None else by_id[x.id] for x in own), tuple(refused), tuple(theirs)


def _proposed(c: Context, statements: Sequence[Statement], about: Abouts, judge: Judge) -> Iterator[Claim]:
    sources = laid(c, [(p, None) for s in statements for p in s.speaker_passages])
    said = laid(c, [(p, None) for s in statements for p in s.cue])
    events = event_words(c.doc.text)
    figures = {q.passage.start for q in c.quantities if may_measure(q, c.doc.text)}
    wanted = sorted(figures | set(events) | {d.passage.start for d in c.dates if d.value is not None})
    for r in regions(c, statements, wanted):
        around = c.doc.sentence_at(r.passage.start) or r.passage
        own = [p for p, _ in sources.get(around.start, ())] if r.statement is None else []
        ln = line(c.doc.text, r.passage, within(c.quantities, r.passage), within(c.dates, r.passage))
        seen: list[Passage] = []  # what a figure or an event tells, no plan tells again
        for i, q in ln.figures.items():
            if ".age" not in q.because.rule and any(inside(q.passage, p) for p in own):
                continue  # "three officials said"
            found = measured(ln, i)
            if found is not None and found.score >= MIN_SCORE:
                made = figured(c, ln, r, i, found, about, judge)
                if made.subject is not None or made.subject_passage is not None:
                    seen.extend(made.evidence)
                    yield made
        eventful = bisect_left(events, r.passage.start) < bisect_left(events, r.passage.end)
        cues = [p for p, _ in said.get(around.start, ())]
        for h in happenings(c, ln, r, about, cues) if eventful else ():
            told = _finished(c, h.draft, h.score, judge)
            if told.property == "delayed":  # until when is its value, not when it is true
                told = msgspec.structs.replace(told, holds_at=None, holds_at_passage=None)
            if h.whole is not None:
                told = msgspec.structs.replace(told, evidence=(h.whole,))
            if not h.bare or told.modality is not Modality.ASSERTED:
                seen.extend(told.evidence)
                yield told
        for clause in dated(c, r, cues):
            kind = judge(clause, None)[0]
            if kind in AHEAD and not any(inside(p, clause) or inside(clause, p) for p in seen):
                yield _finished(c, plan(c, clause, kind), PLAN_SCORE, judge)


def figured(c: Context, ln: Line, r: Region, i: int, m: Measured, about: Abouts, judge: Judge) -> Claim:
    """The claim of a figure before the gate, with the hedge and the day of its own verb."""
    q = ln.figures[i]
    unit = currency(q)
    value = money(q, unit) if unit is not None else figure(q)
    subject = about.subject(r, ln, m.subject, m.passage)
    draft = Draft(_clause(c, r, q.passage), r.statement, subject, m.property, Found(value, q.passage, m.before), m.rule)
    scope = c.doc.words(ln.passage(*m.scope)).lower() if m.scope is not None else None
    g = ln.governor(i)
    made = _finished(c, draft, m.score, judge, scope)
    if g is not None:
        made = _own_dates(_own_hedges(made, ln, g, m), ln, i, g)
    if m.rule == "open.age" and (g is None or g.lemma != "be"):
        made = _plain(made)  # "Lund, 66, pleaded not guilty"
    makes = listed("makes").get(g.lemma) if g is not None and m.property != "price" else None
    if g is None or makes is None or made.modality is not Modality.ASSERTED or made.polarity is not Polarity.POSITIVE:
        return made
    at = Passage(ln.ts[g.verb].start, ln.ts[g.verb].end)  # "expects a harvest of", "demand 8 percent"
    return msgspec.structs.replace(made, modality=Modality(makes), markers=(at,)) if makes else made


def _finished(c: Context, d: Draft, score: float, judge: Judge, scope: str | None = None) -> Claim:
    made = claim_of(c, d, judge)
    if (
        made.markers
        and all(inside(p, d.found.passage) for p in made.markers)
        and not isinstance(d.found.value, EventValue | TextValue)
    ):
        made = msgspec.structs.replace(made, modality=Modality.ASSERTED, polarity=Polarity.POSITIVE, markers=())
    return msgspec.structs.replace(made, scope=scope, because=Because(rule=d.rule, score=score))


def _own_hedges(made: Claim, ln: Line, g: Group, m: Measured) -> Claim:
    """Without a hedge that is not of the figure's verb: "decided to close it, at a hearing that lasted four minutes",
    "a firm with no staff has a 40-year lease"."""
    opened = g.first > 0 and ln.ts[g.first - 1].low in OPENERS
    first = ln.ts[g.first].start
    later = next((x for x in ln.groups if x.verb > g.verb and not x.bare), None)
    behind = later is not None and g.verb < ln.index(made.value_passage) < later.first
    if later is not None and behind and made.markers and made.markers[0].start >= ln.ts[later.first].start:
        return _plain(made)  # "has 11 stations, will cost 4 million": the stations are there
    elsewhere = bool(made.markers) and all(p.end <= first for p in made.markers)
    cue = made.statement is not None and any(p.end <= ln.region.start for p in made.markers)
    negated = made.polarity is Polarity.NEGATIVE and made.modality is Modality.ASSERTED
    if not elsewhere or cue or not (opened or negated):
        return made
    if negated and any(p.start == ln.ts[m.subject[0]].start for p in made.markers if m.subject is not None):
        return made  # "no ferry carries 40 cars"
    return _plain(made)


def _plain(made: Claim) -> Claim:
    return msgspec.structs.replace(made, modality=Modality.ASSERTED, polarity=Polarity.POSITIVE, markers=())


def _own_dates(made: Claim, ln: Line, i: int, g: Group) -> Claim:
    """Without a date that another verb of the line has, or another figure: "the pit, opened in 1974, is 900 m deep"."""
    day = next((k for k, d in ln.days.items() if d.passage == made.holds_at_passage), None)
    if day is None:
        return made
    other = ln.governor(day)
    theirs = other is not None and other.verb != g.verb and (not other.bare or other.verb < g.first)
    if other is not None and any(t.low in WHEN for t in ln.ts[i + 1 : other.first]):
        return made  # "has fallen since the filling began in April"
    aside = other is not None and theirs and (other.verb > i or ln.closed(day, g.first))
    other_figure = any(i < k < day for k in ln.figures) and ln.closed(i, day)
    return msgspec.structs.replace(made, holds_at=None, holds_at_passage=None) if aside or other_figure else made


def _clause(c: Context, r: Region, p: Passage) -> Passage:
    """The clause of the region that holds a figure; the region where none does."""
    return next((x for x in clauses(c.doc.text, [r.passage]) if inside(p, x)), r.passage)


def _same(c: Context, claim: Claim) -> tuple[object, ...]:
    """What makes two claims of one report a repeat: same voice, subject, property, scope and value."""
    about = claim.subject or (c.doc.words(claim.subject_passage).lower() if claim.subject_passage is not None else None)
    voice = claim.statement is None
    return voice, about, claim.property, claim.scope, msgspec.json.encode(claim.value), claim.modality, claim.holds_at
