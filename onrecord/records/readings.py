"""What one report yields: who is named, which figures and days stand there, who said what, and what that claims."""

from __future__ import annotations

from onrecord.records.base import Passage, Passages, Record
from onrecord.records.choices import Anonymity, Comparator, Directness, Form, Kind, Modality, Polarity, Sort
from onrecord.records.reports import Problem


class Because(Record, frozen=True, kw_only=True):
    """Why a span or slot is believed: the rule or model that proposed it, its version and its confidence in [0, 1]."""

    rule: str  # key of the rule: "speech.verb-after-quote", "beat.name"
    score: float = 1.0


class Referent(Record, frozen=True, kw_only=True):
    """What mentions of one report name together: the in-report cluster that coreference made. Not yet an entity."""

    id: str  # content_id("f", report id, kind, name)
    report: str
    kind: Kind
    name: str  # fullest name in this report, or a description where `named` is false
    named: bool = True
    key: str | None = None  # the beat's entity key, where a beat name matched
    roles: tuple[str, ...] = ()  # titles and offices that this report gives


class Mention(Record, frozen=True, kw_only=True):
    """Words that name a referent."""

    id: str
    report: str
    passage: Passage
    text: str
    referent: str
    kind: Kind
    form: Form = Form.NAMED
    because: Because


class Quantity(Record, frozen=True, kw_only=True):
    """A number with its unit, comparator and approximation. `low` and `high` are equal unless a range is written;
    on the open side of a comparator one may be None."""

    id: str
    report: str
    passage: Passage  # number and unit with "about", "up to", "or more"
    low: float | None
    high: float | None
    unit: str | None  # "km", "percent", ISO 4217 code, "x" for multiples, else the counted noun in the singular
    comparator: Comparator = Comparator.EQ
    approximate: bool = False
    money: bool = False
    because: Because


class When(Record, frozen=True, kw_only=True):
    """A date or time phrase with its EDTF value."""

    id: str
    report: str
    passage: Passage
    value: str | None  # None where the phrase is vague ("recently")
    anchor: str | None = None  # what a relative phrase was counted from: "published", "statement", None
    because: Because


class Step(Record, frozen=True, kw_only=True):
    """One recorded step of coreference: `passage` ("he") was taken to mean `referent`, for a named reason."""

    passage: Passage
    referent: str | None  # None: unsure
    because: Because


class Statement(Record, frozen=True, kw_only=True):
    """One attribution: who (speaker), by which words (cue), said what (content), through whom (via)."""

    id: str
    report: str
    speaker: str | None  # referent id
    speaker_passages: Passages
    cue: Passages
    content: Passages  # without quotation marks; two where the cue breaks it
    via: tuple[str, ...] = ()  # referent ids of intermediaries, outermost last
    via_passages: Passages = ()
    parent: str | None = None  # the statement inside whose content this one is reported
    anonymity: Anonymity
    about_source: str | None = None  # what is said about an unnamed source: "on condition of anonymity"
    directness: Directness
    sort: Sort = Sort.SPEECH
    said_at: str | None = None  # EDTF; never filled from the publication date
    said_at_passage: Passage | None = None
    steps: tuple[Step, ...] = ()
    because: Because


class QuantityValue(Record, frozen=True, kw_only=True, tag="quantity"):
    low: float | None
    high: float | None
    unit: str | None
    comparator: Comparator = Comparator.EQ
    approximate: bool = False


class MoneyValue(Record, frozen=True, kw_only=True, tag="money"):
    low: float | None
    high: float | None
    currency: str
    comparator: Comparator = Comparator.EQ
    approximate: bool = False
    at: str | None = None  # EDTF year of the prices, where the text gives it


class EntityValue(Record, frozen=True, kw_only=True, tag="entity"):
    entities: tuple[str, ...]  # referent ids


class DateValue(Record, frozen=True, kw_only=True, tag="date"):
    date: str  # EDTF


class EventValue(Record, frozen=True, kw_only=True, tag="event"):
    entity: str | None  # referent id
    date: str | None
    place: str | None  # referent id


class TextValue(Record, frozen=True, kw_only=True, tag="text"):
    text: str


class StateValue(Record, frozen=True, kw_only=True, tag="state"):
    state: str


Value = QuantityValue | MoneyValue | EntityValue | DateValue | EventValue | TextValue | StateValue


class Claim(Record, frozen=True, kw_only=True):
    """What a statement, or the outlet's own voice, says: one proposition, each slot with the passage that proves it."""

    id: str
    report: str
    statement: str | None  # None: the outlet's own voice
    evidence: Passages  # the shortest continuous words that carry the proposition
    subject: str | None  # referent id
    subject_passage: Passage | None
    property: str  # the beat's name for it, or "says" for an untyped claim
    value: Value
    value_passage: Passage | None
    scope: str | None = None  # a condition the value is bound to: "with two trailers", "in winter"
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    markers: Passages = ()  # the words that ground modality and polarity
    holds_at: str | None = None  # EDTF
    holds_at_passage: Passage | None = None
    said_at: str | None = None
    steps: tuple[Step, ...] = ()
    because: Because


class Refusal(Record, frozen=True, kw_only=True):
    """A proposed slot or claim that its passage did not yield: counted by reason, never stored as a claim."""

    reason: str
    detail: str


class Reading(Record, frozen=True, kw_only=True):
    """All that `extract` takes from one report."""

    report: str
    version: str  # of extract, reader and beat together
    mentions: tuple[Mention, ...] = ()
    referents: tuple[Referent, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[When, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    problems: tuple[Problem, ...] = ()
