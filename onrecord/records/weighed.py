"""What is derived over the whole ledger: links and origins, positions, conflicts, changes, promises, lost hedges."""

from __future__ import annotations

from enum import StrEnum

from onrecord.records.base import Passages, Record
from onrecord.records.choices import Modality, Polarity
from onrecord.records.readings import Value


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
