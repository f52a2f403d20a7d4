"""Claims that a model proposes → claims of the record: slots anchored, values read again by the rules, then the gate.

The model names a property in its own words; the beat's cues say which of its properties that is. A modality is never
raised: what the words hedge stays hedged, and a hedge that only the model sees needs a marker that yields it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.beat import Beat, BeatProperty, ValueKind
from onrecord.extract import slots
from onrecord.extract.claims import UNTYPED, Cues, Judge, compiled
from onrecord.extract.claims import Draft as ClaimDraft
from onrecord.extract.claims import _claim as claim_of
from onrecord.extract.gate import Evidence, check
from onrecord.extract.lines import Draft
from onrecord.extract.llm.anchor import Refused, found, only, places, touch
from onrecord.extract.llm.answer import Answer, ClaimProposal, refusal
from onrecord.extract.main_verbs import words as tokens_of
from onrecord.extract.modality import hedges
from onrecord.extract.slots import Context, Found, Subject
from onrecord.extract.speech import clean, read
from onrecord.records import (
    Because,
    Claim,
    DateValue,
    EntityValue,
    EventValue,
    Modality,
    Passage,
    Passages,
    Polarity,
    Refusal,
    Statement,
    StateValue,
    Step,
    TextValue,
)

BACK = 1500  # characters before the evidence in which its subject is named
LONGEST = 8  # words of a marker


@dataclass(frozen=True)
class Proposed:
    """The answer about one window, with its statements as drafts (None: refused)."""

    window: Passage
    answer: Answer
    drafts: tuple[Draft | None, ...]


def added(
    c: Context,
    beat: Beat | None,
    said: Sequence[Statement],
    made: tuple[Claim, ...],
    judge: Judge,
    proposed: Sequence[Proposed],
) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """The claims `made` and those of the answers that pass the gate and say something new, and the refusals."""
    ground = Evidence(c.doc, c.cast, c.quantities, c.dates, {s.id: s for s in said})
    reported = [p for d in read(c.doc) for p in d.content] if any(x.answer.claims for x in proposed) else []
    out, refused = list(made), list[Refusal]()
    for x in proposed:
        for p in x.answer.claims:
            if p is None:
                continue
            try:
                claim = _claim(c, beat, said, judge, x, p, reported, refused)
            except Refused as e:
                refused.append(refusal(e.reason, e.slot, e.words))
                continue
            no = check(claim, ground)
            if no is not None:
                refused.append(Refusal(reason=f"llm.{no.reason}", detail=no.detail))
            elif not any(_same(claim, y) for y in out):
                out.append(claim)
    return tuple(sorted(out, key=lambda y: (y.evidence, y.property, y.id))), tuple(refused)


def _claim(
    c: Context, beat: Beat | None, said: Sequence[Statement], judge: Judge, x: Proposed, p: ClaimProposal,
    reported: Sequence[Passage], refused: list[Refusal],
) -> Claim:  # fmt: skip
    """One proposal as a claim before the gate. Raises Refused."""
    clause, s = _place(c, said, x, p, reported)
    prop, value = _value(c, beat, p, clause, s)
    about = _subject(c, p, clause, prop, tuple(getattr(value.value, "entities", ())))
    judged = _judged(c, p, judge, refused)
    return claim_of(c, ClaimDraft(clause, s, about, prop.name if prop else UNTYPED, value, "llm"), judged)


def _same(a: Claim, b: Claim) -> bool:
    """Whether two claims say one thing: then the first stands."""
    if a.id == b.id:
        return True
    over = any(touch(p, q) for p in a.evidence for q in b.evidence)
    if a.property == UNTYPED and a.statement == b.statement and over:
        return True  # as with the rules: what is typed is not also kept as mere words
    alike = a.value == b.value or (isinstance(a.value, TextValue) and isinstance(b.value, TextValue))
    return a.statement == b.statement and a.property == b.property and over and alike


# ---------------------------------------------------------------- where it stands and whose it is


def _place(
    c: Context, said: Sequence[Statement], x: Proposed, p: ClaimProposal, reported: Sequence[Passage]
) -> tuple[Passage, Statement | None]:
    """The evidence, and the innermost statement that holds it: no one's words are made another's, or the outlet's."""
    some = found(c.doc, "evidence", p.evidence, x.window)
    named = _named(said, x, p)
    if named is not None:
        some = [e for e in some if any(slots.inside(e, q) for q in named.content)]
        if not some:
            raise Refused("outside_its_statement", "evidence", p.evidence)
    if len(some) > 1:
        raise Refused("ambiguous", "evidence", p.evidence)
    e = some[0]
    holding = [(q.end - q.start, s.id, s) for s in said for q in s.content if slots.inside(e, q)]
    if holding:
        return e, min(holding, key=lambda h: h[:2])[2]
    if any(touch(e, q) for s in said for q in s.content) or any(touch(e, q) for q in reported):
        raise Refused("attributed", "evidence", p.evidence)
    return e, None


def _named(said: Sequence[Statement], x: Proposed, p: ClaimProposal) -> Statement | None:
    """The statement that a claim names, None for the outlet's voice. Raises Refused where it was not taken."""
    if p.statement < 0:
        return None
    d = x.drafts[p.statement] if p.statement < len(x.drafts) else None
    if d is not None:
        spans = (tuple(d.cue), clean(d.content))
        s = next((s for s in said if (s.cue, s.content) == spans), None)
        if s is not None:
            return s
    raise Refused("its_statement_refused", "statement", p.evidence)


# ---------------------------------------------------------------- property, value, subject


def _value(
    c: Context, beat: Beat | None, p: ClaimProposal, clause: Passage, s: Statement | None
) -> tuple[BeatProperty | None, Found]:
    """The beat's property that the model's words name and the value that the words yield for it.

    What no property fits is untyped, where somebody said it.
    """
    words = only(c.doc, "property_words", p.property_words, clause) if p.property_words.strip() else None
    some = _properties(beat, p.property, c.doc.words(words) if words is not None else "")
    at = only(c.doc, "value", p.value, clause) if p.value.strip() else clause
    for prop in some:
        value = READ[prop.value](c, prop, p, at, clause)
        if value is not None:
            return prop, value
    if some:
        raise Refused("bad_kind", "value", p.value)
    if s is None:
        raise Refused("no_property", "property", p.property)
    return None, Found(TextValue(text=c.doc.words(clause)), clause)


def _properties(beat: Beat | None, label: str, words: str) -> list[BeatProperty]:
    """The beat's properties that are meant, those named before those whose cue is there."""
    if beat is None:
        return []
    typed, textual = compiled(beat)
    every = dict.fromkeys((*typed.every, *textual.every))
    wanted = " ".join(label.replace("_", " ").casefold().split())
    tests: tuple[Callable[[Cues], bool], ...] = (
        lambda x: x.prop.name.replace("_", " ").casefold() == wanted,
        lambda x: any(cue.search(words) for cue in x.each),
        lambda x: any(cue.search(label[:200]) for cue in x.each),
    )
    return list(dict.fromkeys(x.prop for test in tests for x in every if test(x)))


def _figure(c: Context, prop: BeatProperty, p: ClaimProposal, at: Passage, clause: Passage) -> Found | None:
    some = slots.figures(c, prop, at, p.property)
    return some[0] if len(some) == 1 else None


def _date(c: Context, prop: BeatProperty, p: ClaimProposal, at: Passage, clause: Passage) -> Found | None:
    days = [d for d in slots.within(c.dates, at) if d.value]
    return Found(DateValue(date=days[0].value or ""), days[0].passage) if len(days) == 1 else None


def _entity(c: Context, prop: BeatProperty, p: ClaimProposal, at: Passage, clause: Passage) -> Found | None:
    some = c.cast.mentions_in(at, *prop.objects)
    ids = tuple(dict.fromkeys(m.referent for m in some))
    return Found(EntityValue(entities=ids), Passage(some[0].passage.start, some[-1].passage.end)) if ids else None


def _event(c: Context, prop: BeatProperty, p: ClaimProposal, at: Passage, clause: Passage) -> Found | None:
    when = next((d for d in slots.within(c.dates, clause) if d.value), None)
    place = next(iter(c.cast.mentions_in(clause, *slots.PLACES)), None)
    if when is None and place is None:
        return None
    return Found(
        EventValue(entity=None, date=when.value if when else None, place=place.referent if place else None), clause
    )


def _state(c: Context, prop: BeatProperty, p: ClaimProposal, at: Passage, clause: Passage) -> Found | None:
    return Found(StateValue(state=c.doc.words(at)), at)


def _text(c: Context, prop: BeatProperty, p: ClaimProposal, at: Passage, clause: Passage) -> Found | None:
    return Found(TextValue(text=c.doc.words(clause)), clause)


READ: dict[ValueKind, Callable[[Context, BeatProperty, ClaimProposal, Passage, Passage], Found | None]] = {
    ValueKind.QUANTITY: _figure, ValueKind.MONEY: _figure, ValueKind.DATE: _date, ValueKind.ENTITY: _entity,
    ValueKind.EVENT: _event, ValueKind.STATE: _state, ValueKind.TEXT: _text,
}  # fmt: skip


def _subject(c: Context, p: ClaimProposal, clause: Passage, prop: BeatProperty | None, taken: Sequence[str]) -> Subject:
    """The subject where it is named: in the evidence or its sentence, else last before, by a recorded step."""
    if not p.subject.strip():
        return Subject(None, None)
    near = c.sentences_in(clause)
    sentence = (
        Passage(min(clause.start, *(s.start for s in near)), max(clause.end, *(s.end for s in near)))
        if near
        else clause
    )
    here = places(c.doc.text, p.subject, clause) or places(c.doc.text, p.subject, sentence)
    some = here or found(c.doc, "subject", p.subject, Passage(max(0, clause.start - BACK), clause.start))[-1:]
    kinds = prop.subjects if prop is not None else ()
    named = [m for at in some for m in c.cast.mentions_in(at) if m.referent not in taken]
    if not named:
        raise Refused("subject_unnamed", "subject", p.subject)
    fit = [m for m in named if not kinds or m.kind in kinds]
    if not fit:
        raise Refused("bad_kind", "subject", p.subject)
    m = fit[0]
    if here:
        return Subject(m.referent, m.passage)
    step = Step(passage=clause, referent=m.referent, because=Because(rule="llm.subject-before", score=0.5))
    return Subject(m.referent, None, (step,))


# ---------------------------------------------------------------- how firmly


def _judged(c: Context, p: ClaimProposal, judge: Judge, refused: list[Refusal]) -> Judge:
    """The judge of this claim: the words', or a hedge of the model's whose marker yields it. Raises Refused."""

    def by(clause: Passage, s: Statement | None) -> tuple[Modality, Polarity, Passages]:
        modality, polarity, markers = judge(clause, s)
        if p.modality is modality:
            return modality, polarity, markers
        if modality is not Modality.ASSERTED or p.modality is Modality.ASSERTED:
            refused.append(refusal("modality", f"{p.modality}, words give {modality}", p.evidence))
            return modality, polarity, markers
        if not p.marker.strip():
            raise Refused("modality_without_marker", "marker", p.evidence)
        near = c.sentences_in(clause)
        sentence = Passage(near[0].start, near[-1].end) if near else clause
        marker = only(c.doc, "marker", p.marker, sentence)
        if not yields(c, marker, p.modality):
            raise Refused("marker_does_not_yield", "marker", f"{p.marker}: {p.modality}")
        return p.modality, Polarity.NEGATIVE if p.modality is Modality.DENIED else polarity, (marker,)

    return by


def yields(c: Context, marker: Passage, modality: Modality) -> bool:
    """Whether the word lists have a phrase of the marker under that modality."""
    ts = [t.low for t in tokens_of(c.doc, marker)][:LONGEST]
    parts = (tuple(ts[a:b]) for a in range(len(ts)) for b in range(a + 1, len(ts) + 1))
    return any(m is modality for part in parts for m, _ in hedges().get(part, ()))
