"""A proposed statement or claim → the reason to refuse it, or None: every slot must be yielded by its own words.

It asks nothing of who proposed: grammar, a trained model or a language model pass the same gate. A figure is taken only
from a passage that parses to that figure; a modality other than asserted needs its marker; a speaker or subject that
is not named in the place needs a recorded step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.extract.cast import Cast
from onrecord.extract.document import Document
from onrecord.extract.slots import within
from onrecord.records import (
    Claim,
    DateValue,
    EntityValue,
    EventValue,
    Modality,
    MoneyValue,
    Passage,
    Passages,
    Polarity,
    Quantity,
    QuantityValue,
    Refusal,
    Statement,
    StateValue,
    TextValue,
    When,
)


@dataclass(frozen=True)
class Evidence:
    """What the report was found to hold: the ground that proposals are checked against."""

    doc: Document
    cast: Cast
    quantities: Sequence[Quantity]
    dates: Sequence[When]
    statements: Mapping[str, Statement]


def check(claim: Claim, ground: Evidence) -> Refusal | None:
    """The first slot of `claim` that its passage does not yield, as a refusal; None where all hold."""
    for rule in RULES:
        reason = rule(claim, ground)
        if reason is not None:
            return Refusal(reason=reason, detail=f"{claim.property}: {_words(ground, claim.evidence)[:120]}")
    return None


def check_statement(s: Statement, ground: Evidence) -> Refusal | None:
    """A speaker must be named in the source's words or reached by a step; content must be there."""
    reason = None
    if not s.content or not all(_good(p, ground) for p in (*s.content, *s.cue, *s.speaker_passages)):
        reason = "passage"
    elif s.speaker is not None and not _speaker_named(s, ground) and not any(x.referent == s.speaker for x in s.steps):
        reason = "speaker without a step"
    return None if reason is None else Refusal(reason=reason, detail=_words(ground, s.content)[:120])


def _passages(c: Claim, g: Evidence) -> str | None:
    """All passages lie in the text, hold words and are no furniture."""
    some = [p for p in (c.subject_passage, c.value_passage, c.holds_at_passage) if p is not None]
    return None if c.evidence and all(_good(p, g) for p in (*c.evidence, *some, *c.markers)) else "passage"


def _statement(c: Claim, g: Evidence) -> str | None:
    """A claim given to a statement lies in its content."""
    if c.statement is None:
        return None
    s = g.statements.get(c.statement)
    if s is None:
        return "no such statement"
    return (
        None
        if all(any(_within(e, x) for x in (*s.content, *_whole(s, g))) for e in c.evidence)
        else "outside its statement"
    )


def _subject(c: Claim, g: Evidence) -> str | None:
    """The subject is named in its passage, or reached by a step."""
    if c.subject is None:
        return None
    if g.cast.referent(c.subject) is None:
        return "no such subject"
    if any(s.referent == c.subject for s in c.steps):
        return None
    p = c.subject_passage
    return None if p is not None and _names(p, c.subject, g) else "subject not in its passage"


def _value(c: Claim, g: Evidence) -> str | None:
    """The value's passage yields the value when it is read again."""
    p, v = c.value_passage, c.value
    if p is None:
        return "value without a passage"
    match v:
        case QuantityValue() | MoneyValue():
            return None if any(_equal(q, v) for q in within(g.quantities, p)) else "figure not in its passage"
        case EntityValue(entities=ids):
            return None if ids and all(_names(p, e, g) for e in ids) else "entity not in its passage"
        case DateValue(date=day):
            return None if _dated(p, day, g) else "date not in its passage"
        case EventValue(entity=e, date=day, place=place):
            named = all(_names(p, x, g) for x in (e, place) if x is not None)
            return None if named and (day is None or _dated(p, day, g)) else "event not in its passage"
        case TextValue(text=t) | StateValue(state=t):
            return None if " ".join(t.split()) == " ".join(g.doc.words(p).split()) else "words not in their passage"


def _modality(c: Claim, g: Evidence) -> str | None:
    """What is not plainly asserted has a marker in the sentences of its evidence."""
    plain = c.modality is Modality.ASSERTED and c.polarity is Polarity.POSITIVE
    if plain:
        return None
    if not c.markers:
        return "modality without a marker"
    near = [g.doc.sentence_at(e.start) or e for e in c.evidence]
    if c.statement is not None:
        near.extend(g.statements[c.statement].cue)
    return None if all(any(_within(m, s) for s in near) for m in c.markers) else "marker elsewhere"


def _times(c: Claim, g: Evidence) -> str | None:
    """Holds-at is a date of the text; said-at is the statement's."""
    if c.holds_at is not None and (c.holds_at_passage is None or not _dated(c.holds_at_passage, c.holds_at, g)):
        return "holds-at not in its passage"
    if c.said_at is not None and (c.statement is None or g.statements[c.statement].said_at != c.said_at):
        return "said-at not its statement's"
    return None


RULES = (_passages, _statement, _subject, _value, _modality, _times)


def _good(p: Passage, g: Evidence) -> bool:
    return 0 <= p.start < p.end <= len(g.doc.text) and bool(g.doc.words(p).strip()) and not g.doc.in_furniture(p)


def _within(p: Passage, q: Passage) -> bool:
    return q.start <= p.start and p.end <= q.end


def _whole(s: Statement, g: Evidence) -> Passages:
    """The stretch from cue to content: an order or a denial cannot be read without its cue."""
    all_ = (*s.cue, *s.content, *s.speaker_passages)
    return (Passage(min(p.start for p in all_), max(p.end for p in all_)),)


def _names(p: Passage, referent: str, g: Evidence) -> bool:
    return any(m.referent == referent for m in g.cast.mentions_in(p))


def _dated(p: Passage, value: str, g: Evidence) -> bool:
    return any(d.value == value for d in within(g.dates, p))


def _equal(q: Quantity, v: QuantityValue | MoneyValue) -> bool:
    unit = v.currency if isinstance(v, MoneyValue) else v.unit
    return (q.low, q.high, q.unit, q.comparator) == (v.low, v.high, unit, v.comparator)


def _speaker_named(s: Statement, g: Evidence) -> bool:
    return any(_names(p, s.speaker or "", g) for p in s.speaker_passages)


def _words(g: Evidence, passages: Passages) -> str:
    return " … ".join(g.doc.words(p) for p in passages)
