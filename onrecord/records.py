"""Every record that crosses a stage. All are frozen, complete when built, and carry ids made from their content.

Passages are `[start, end)` in Unicode code points of `Report.text`, so `text[start:end]` is always the stored words.
Times are EDTF strings (see `onrecord.edtf`) or None where the text does not say. Choices are `StrEnum`s and include the
honest one. msgspec reads and writes the same classes at every edge and names the path of what is wrong.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import msgspec

from onrecord.ids import content_id


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Base of all records: frozen, slotted. Subclasses say `kw_only=True` themselves: msgspec does not inherit it.

    No record can hold itself, so the collector of cycles need not look at any (`gc=False`).
    """


class Passage(NamedTuple):
    """A span of one report's text: code points, end exclusive."""

    start: int
    end: int


Passages = tuple[Passage, ...]


# ---------------------------------------------------------------- choices


class Kind(StrEnum):
    """Kind of thing that a mention names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    PLACE = "place"
    FACILITY = "facility"
    SYSTEM = "system"  # a weapon, a train, a product: what has a designation
    DOCUMENT = "document"
    EVENT = "event"
    UNSURE = "unsure"


class Form(StrEnum):
    NAMED = "named"  # also "Belgian", "the Belgians"
    NOMINAL = "nominal"  # "the minister"
    PRONOUN = "pronoun"


class Modality(StrEnum):
    ASSERTED = "asserted"
    PLANNED = "planned"
    ORDERED = "ordered"
    PREDICTED = "predicted"
    POSSIBLE = "possible"
    DOUBTED = "doubted"
    DENIED = "denied"


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


class Anonymity(StrEnum):
    NAMED = "named"  # the report names the speaker, perhaps in another sentence
    ROLE = "role"  # known only by office or function
    UNNAMED = "unnamed"  # officials, analysts, "reportedly", asked not to be named
    OUTLET = "outlet"  # the outlet's own voice


class Directness(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Sort(StrEnum):
    """What kind of attribution a statement is."""

    SPEECH = "speech"  # said, told, wrote
    DOCUMENT = "document"  # the report says
    BELIEF = "belief"  # thinks, fears, praised
    PLAN = "plan"  # plans to, ordered, wants to
    UNSURE = "unsure"


class Comparator(StrEnum):
    EQ = "="
    GT = ">"
    GE = ">="
    LT = "<"
    LE = "<="


# ---------------------------------------------------------------- provenance inside a record


class Because(Record, frozen=True, kw_only=True):
    """Why a span or slot is believed: the rule or model that proposed it, its version and its confidence in [0, 1]."""

    rule: str  # key of the rule: "speech.verb-after-quote", "beat.name"
    score: float = 1.0


class DateFound(Record, frozen=True, kw_only=True):
    """One candidate for the publication date, with the place it was found: evidence, not yet a decision."""

    value: str  # EDTF
    where: str  # "url", "json-ld datePublished", "feed pubDate", "mail Date", "text", "record field date"
    phrase: str  # the words or attribute as they stand
    passage: Passage | None = None  # set where the words are in the text


class Original(Record, frozen=True, kw_only=True):
    """Bytes as they came, before reading: a file, a fetched page. Never changed, kept beside its hash."""

    name: str
    url: str | None
    data: bytes
    media_type: str | None = None  # as the server or the file name says; reading looks at the bytes too
    outlet: str | None = None  # as the caller says
    published: str | None = None  # EDTF, as the caller says: counts where the text gives no day of its own
    place: str | None = None  # path or address as it was asked for: where to look again


class Report(Record, frozen=True, kw_only=True):
    """One published text: a version of what stands at one URL (or of one file where there is no URL)."""

    id: str
    name: str  # file name without folder, or the last part of the URL: for people, never identity
    url: str | None
    original: str  # SHA-256 of the original bytes
    media_type: str  # "text/html", "text/plain", "application/pdf", ...
    text: str
    title: str | None
    title_passage: Passage | None  # its first copy in the text
    byline: str | None
    outlet: str | None  # as found (site name, feed title, domain) or as the reader's caller said
    language: str  # BCP 47, "und" where it cannot be told
    published: str | None  # EDTF; the best of `dates`
    dates: tuple[DateFound, ...] = ()
    furniture: Passages = ()  # menus, tickers, sign-ups, second headlines: masked, never cut
    credits: tuple[str, ...] = ()  # agency or source named in metadata (feed <source>, JSON-LD publisher)
    version: str = "1"  # of the reading code

    @staticmethod
    def make_id(url: str | None, original: str, part: int = 0) -> str:
        """Same bytes at the same URL are the same report; `part` counts the items of one file (feed, JSON Lines)."""
        return content_id("r", url, original, part)


FUTURE = "future-date"  # code of the Problem of a report whose date had not come when it was read: it is read and kept


class Problem(Record, frozen=True, kw_only=True):
    """What went wrong with one report: stored, counted, shown; it stops nothing."""

    id: str
    stage: str  # "read", "extract"
    source: str  # file name or URL
    report: str | None  # id of the report, or of what the original's bytes would be if they could be read
    code: str  # "empty", "binary", "too-long", "no-text", "encoding", "no-date", "crash", ...
    detail: str
    place: str | None = None  # path or address as it was asked for: where to try again; no part of any hash

    @staticmethod
    def of(
        stage: str, source: str, code: str, detail: str, *, report: str | None = None, place: str | None = None
    ) -> Problem:
        return Problem(
            id=content_id("p", stage, source, report, code, detail),
            stage=stage, source=source, report=report, code=code, detail=detail, place=place,
        )  # fmt: skip


# ---------------------------------------------------------------- what one report yields


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


# ---------------------------------------------------------------- what a person decides


class Verdict(StrEnum):
    SAME = "same"
    NOT_SAME = "not the same"
    UNSURE = "unsure"


class Decision(Record, frozen=True, kw_only=True):
    """An analyst's act with a reason: append-only. `at` and `by` are arguments of whoever records it."""

    id: str
    act: str  # "judge", "accept", "refuse", "correct", "grade", "undo"
    target: tuple[str, ...]  # ids, or entity names for "judge"
    value: str  # a Verdict for "judge", a letter for "grade", the id undone for "undo"
    reason: str
    by: str
    at: str  # ISO date-time


# ---------------------------------------------------------------- derived over the whole ledger


class Judgement(Record, frozen=True, kw_only=True):
    """Whether two names (referents, or entity keys) are one thing, with who, and why. Superseded, never deleted."""

    left: str
    right: str
    verdict: Verdict
    by: str  # "rule" or a person
    reason: str  # key of the rule and what it saw
    score: float


class Entity(Record, frozen=True, kw_only=True):
    """One thing in the world as far as judged: a set of referents."""

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...]  # every spelling met, most frequent first
    key: str | None  # the beat's key
    referents: tuple[str, ...]


class LinkKind(StrEnum):
    VERSION = "version"  # the same URL, read again after an edit
    COPY = "copy"  # reused words
    SIBLING = "sibling"  # same skeleton of quotations and figures, other words
    CREDIT = "credit"  # "according to the agency"
    FAMILY = "family"  # one owner
    SPEECH = "speech"  # the same speech, press conference, interview
    DOCUMENT = "document"  # the same document


class Link(Record, frozen=True, kw_only=True):
    """Two reports (or two statements) that share an origin, or may: `shown` folds in the upper bound too."""

    left: str  # report or statement id
    right: str
    kind: LinkKind
    shown: bool  # True: shown to depend. False: only may depend (lower bound)
    reason: str  # a sentence for people
    score: float = 1.0
    left_passages: Passages = ()
    right_passages: Passages = ()
    origin: str | None = None  # the side (id) where the words stood first, if known


class Origins(Record, frozen=True, kw_only=True):
    """How many origins a set of claims has, at least and at most, with each folding's reason."""

    low: int
    high: int
    claims: tuple[str, ...]
    groups_low: tuple[tuple[str, ...], ...]  # claim ids folded together when everything that may depend is folded
    groups_high: tuple[tuple[str, ...], ...]
    foldings: tuple[Link, ...] = ()


class Standing(StrEnum):
    ONE_ORIGIN = "one origin"
    CORROBORATED = "corroborated"
    CONTESTED = "contested"
    CHANGED = "changed"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    OVERDUE = "overdue"


class Position(Record, frozen=True, kw_only=True):
    """The claims on one (subject, property, scope) whose values are compatible."""

    id: str
    subject: str | None  # entity id
    property: str
    scope: str | None
    value: Value  # the narrowest value all its claims are compatible with; entity values hold entity ids
    claims: tuple[str, ...]
    modality: Modality  # firmest met
    polarity: Polarity = Polarity.POSITIVE  # negative: a position against `value`
    holds_at: str | None = None


class ConflictKind(StrEnum):
    VALUE = "value"
    DATE = "date"
    STATUS = "status"
    IDENTITY = "identity"
    SCOPE = "scope"


class Turn(Record, frozen=True, kw_only=True):
    """One event in the life of a conflict: opened, narrowed, explained, closed, reopened."""

    what: str
    on: str | None  # EDTF day of the publication that did it
    claims: tuple[str, ...]
    why: str


class Conflict(Record, frozen=True, kw_only=True):
    id: str
    kind: ConflictKind
    subject: str | None
    property: str
    positions: tuple[str, ...]
    turns: tuple[Turn, ...]
    why: str
    topic: str | None = None  # key of the beat's topic to which the positions are differing answers
    exclusive: bool = True  # False: accounts differ, yet all of them may be true at once

    def is_open(self) -> bool:
        """Whether its last turn left it open."""
        return bool(self.turns) and self.turns[-1].what not in ("closed", "explained")


class Change(Record, frozen=True, kw_only=True):
    """A position that followed another without contradicting it: the reports say so, or their times differ."""

    id: str
    subject: str | None
    property: str
    before: str  # position id
    after: str
    why: str


class DueState(StrEnum):
    OPEN = "open"
    DUE = "due"  # falls due in the week told
    OVERDUE = "overdue"
    MET = "met"
    SLIPPED = "slipped"
    WITHDRAWN = "withdrawn"
    UNSURE = "unsure"


class Due(Record, frozen=True, kw_only=True):
    """A promise: what is to happen by when, who said so, and how its date moved."""

    id: str
    subject: str | None
    property: str
    what: str  # the words of the promise
    by: str | None  # EDTF of the latest date given; None: no date was given
    claims: tuple[str, ...]  # oldest first
    slips: tuple[tuple[str, str], ...] = ()  # (from, to) EDTF, in order
    speakers: tuple[str, ...] = ()  # entity ids
    state: DueState


class HedgeLoss(Record, frozen=True, kw_only=True):
    """A value that was hedged in an earlier retelling and stands bare in a later one."""

    id: str
    subject: str | None
    property: str
    claims: tuple[str, ...]  # the retellings in order
    lost_at: str  # claim id where the hedge fell off
    marker: str  # the words that fell off
    why: str
