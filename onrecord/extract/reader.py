"""What a reader takes from a document: who said what, and names. The grammar fills it with rules, a model with weights.

A reader proposes spans and no more: who "he" is, which referent a name is and what a claim means are decided by later,
deterministic steps. So a model can replace the rules without anything behind it changing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from onrecord.extract.document import Document
from onrecord.records import Because, Kind, Passage, Passages, Record, Sort


class SourceKind(StrEnum):
    """What the words of a source are, by their form alone."""

    NAME = "name"  # holds a proper name: "analyst Ana Lund", "the Port Authority"
    ROLE = "role"  # one person by office: "the minister", "a spokesman for the ministry"
    PRONOUN = "pronoun"  # "he", "they": coreference has to say who
    GROUP = "group"  # unnamed people: "officials", "residents", "two people familiar with the talks"
    DOCUMENT = "document"  # "the report", "its website"
    NONE = "none"  # the cue has no source: "reportedly", "it is claimed"
    UNSURE = "unsure"


class Attribution(Record, frozen=True, kw_only=True):
    """One attribution as spans: who (source), by which words (cue), said what (content)."""

    source: Passages  # whole noun phrase with title and apposition; empty where there is none
    cue: Passages  # "said", "according to", the colon of a headline
    content: Passages  # without outer quotation marks; two or more where a cue breaks it or a paragraph ends
    sort: Sort = Sort.SPEECH
    source_kind: SourceKind = SourceKind.UNSURE
    nested_in: int | None = None  # index, in the same tuple, of the attribution in whose content this one stands
    because: Because


class NameSpan(Record, frozen=True, kw_only=True):
    """Words that are a name, without title or article."""

    passage: Passage
    kind: Kind = Kind.UNSURE
    because: Because


class Reader(Protocol):
    """Turns a document into attributions, in order of their first character, and names. Never raises."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def attributions(self, doc: Document) -> tuple[Attribution, ...]: ...

    def names(self, doc: Document) -> tuple[NameSpan, ...]: ...
