"""What a name is found in, and what is found: a sentence's words with the known names among them, and a name to be.

The gazetteer (`known_names`), the shape of words (`shaped_names`) and a reader (`proposed_names`) make such names;
`names` puts them together.
"""

from __future__ import annotations

import msgspec

from onrecord.extract.gazetteer import Hit, Token, cues
from onrecord.records import Form, Kind, Passage

OFFICE = 4  # words in which an office says what it is of


class Name(msgspec.Struct, frozen=True, gc=False):
    """A proposed mention; `key` and `canonical` are set where the gazetteer knows it."""

    passage: Passage
    text: str
    kind: Kind
    rule: str
    form: Form = Form.NAMED
    key: str | None = None
    canonical: str | None = None
    known: bool = False
    adjective: bool = False
    roles: tuple[str, ...] = ()
    score: float = 1.0
    home: str | None = None  # key of the country it belongs to, where the beat says so
    sure: bool = True  # False: needs another mention of it to stand


class Sentence(msgspec.Struct, frozen=True):
    """A sentence's words, and what the gazetteer found in it."""

    passage: Passage
    words: tuple[Token, ...]
    hits: tuple[Hit, ...]
    heading: bool
    taken: frozenset[int]  # words that known names cover
    nations: dict[int, str]  # last word of a country's name → the country's key
    surnames: frozenset[int]  # words that are a known person's whole name or the end of it

    @classmethod
    def of(cls, passage: Passage, words: tuple[Token, ...], hits: tuple[Hit, ...], heading: bool) -> Sentence:
        named = (h for h in hits if h.spelling.form is Form.NAMED)
        return cls(
            passage, words, hits, heading,
            frozenset(k for h in named for k in range(h.first, h.last)),
            {h.last - 1: h.spelling.entry.key for h in hits if h.spelling.entry.kind is Kind.COUNTRY},
            frozenset(h.last - 1 for h in hits if h.spelling.entry.kind is Kind.PERSON),
        )  # fmt: skip

    def roles_before(self, first: int) -> tuple[str, ...]:
        """The titles right before a name, as one lower-case role: "defense minister", "political analyst"."""
        lists, words, k = cues(), self.words, first
        while k > 0 and words[k].start - words[k - 1].end <= 1 and (
            words[k - 1].norm in lists["title"] or (k < first and words[k - 1].norm in lists["titleword"])
        ):  # fmt: skip
            k -= 1
        return (" ".join(w.norm for w in words[k:first]),) if k < first else self._office_before(first)

    def _office_before(self, first: int) -> tuple[str, ...]:
        """The office right before a name with what it is of: "inspector of rail safety", "minister of transport"."""
        lists, words, k = cues(), self.words, first
        while (
            k > 1
            and first - k < OFFICE
            and words[k].start - words[k - 1].end <= 1
            and (words[k - 1].capital or words[k - 1].norm == "and")
        ):
            k -= 1
        if (
            k == first
            or k < 2
            or words[first - 1].norm not in lists["domain"]
            or words[k - 1].norm not in ("of", "for")
        ):
            return ()
        title = k = k - 1
        while k > 0 and words[k].start - words[k - 1].end <= 1 and (
            words[k - 1].norm in lists["title"] or (k < title and words[k - 1].norm in lists["titleword"])
        ):  # fmt: skip
            k -= 1
        return (" ".join(w.norm for w in words[k:first]),) if k < title else ()
