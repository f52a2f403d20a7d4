"""What a person decides, and which names are judged to be one thing."""

from __future__ import annotations

from enum import StrEnum

from onrecord.records.base import Record
from onrecord.records.choices import Kind


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
