"""The fast reader: a linear tagger that starts from the rules' reading, corrects and extends it.

One pass of the rules; a linear-chain CRF over words, classes, quotation state, reporting verbs and what the rules found
tags sources, cues and contents; `linking` puts them together; a linear judge keeps the likelier of what both propose.
All weights are one readable table, made by `training/fast.py`; numpy runs it. Same text and table, same spans.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import OnRecordError
from onrecord.extract.document import Document
from onrecord.extract.fast.decode import best
from onrecord.extract.fast.judge import KEEP, Odds, judged
from onrecord.extract.fast.sheet import ROLES, Sheet, sheet
from onrecord.extract.fast.weights import Weights, rows
from onrecord.extract.lexicon import cue_forms
from onrecord.extract.lines import Draft
from onrecord.extract.linking import Linked, Span, link
from onrecord.extract.mending import mended
from onrecord.extract.reader import Attribution, NameSpan
from onrecord.extract.speech import GrammarReader, finished, read
from onrecord.ids import content_id
from onrecord.records import Passage, Sort

Array = np.ndarray[Any, Any]
VERSION = "1"  # of this code: raised with every change that may change what is read from the same weights
WEIGHTS = Path(__file__).parent.parent / "weights"
TABLE = "fast.tsv.gz"
MARKS = '"“”„«»'


@dataclass(frozen=True)
class Tagged:
    """What the tagger made of one document."""

    sheet: Sheet
    emissions: Array
    tags: Array


@dataclass
class FastReader:
    """Attributions by rules, tagger and judge. Raises OnRecordError when it is made without its weights."""

    folder: Path = WEIGHTS
    name: str = "fast"
    keep: float | None = None  # least probability of what is kept; None: that of the table
    _weights: Weights | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        if not (self.folder / TABLE).is_file():
            raise OnRecordError(
                f"{self.folder}: no {TABLE}: this reader has no weights",
                hint="use the reader 'grammar', or make weights as training/README.md says",
            )

    @cached_property
    def version(self) -> str:
        """Hash of the table, the rules' version and this code's."""
        table = hashlib.sha256((self.folder / TABLE).read_bytes()).hexdigest()
        return content_id("reader", VERSION, GrammarReader.version, table)

    def attributions(self, doc: Document) -> tuple[Attribution, ...]:
        """All attributions, in order of their first character."""
        return finished(doc, self.drafts(doc, read(doc)))

    def names(self, doc: Document) -> tuple[NameSpan, ...]:
        """None: the rules of `extract/names.py` find them."""
        return ()

    def drafts(self, doc: Document, grammar: Sequence[Draft]) -> list[Draft]:
        """What is kept of the rules' drafts and the tagger's."""
        tagged = self.tagged(doc, grammar)
        odds = Odds.of(tagged.sheet, tagged.emissions, self.weights.transitions)
        keep = self.weights.judge.get("keep", KEEP) if self.keep is None else self.keep
        return judged(doc, grammar, proposed(doc, tagged), odds, self.weights.judge, keep)

    def tagged(self, doc: Document, grammar: Sequence[Draft]) -> Tagged:
        """The best tags of the words of a document."""
        s = sheet(doc, grammar, self.weights.lexicon)
        emissions = self.weights.emissions(s)
        return Tagged(s, emissions, best(emissions, self.weights.transitions, s.paragraphs))

    @property
    def weights(self) -> Weights:
        """The table, loaded when it is first needed."""
        if self._weights is None:
            self._weights = Weights.of(rows(self.folder / TABLE))
        return self._weights


def proposed(doc: Document, tagged: Tagged) -> list[Draft]:
    """The tagger's own attributions."""
    found = {role: spans_of(doc.text, tagged, i) for i, role in enumerate(ROLES)}
    contents = mended(doc.text, found["content"], found["source"])
    return [draft(doc, x) for x in link(doc.text, doc.sentences, found["source"], found["cue"], contents)]


def spans_of(text: str, tagged: Tagged, role: int) -> list[Span]:
    """The spans of one role; a content loses quotation marks at its edges."""
    s, tags = tagged.sheet, tagged.tags
    begins, within = 1 + 2 * role, 2 + 2 * role
    first = np.flatnonzero(tags == begins)
    goes_on = np.append(tags, 0) != within
    ends = np.flatnonzero(goes_on)
    last = ends[np.searchsorted(ends, first + 1)] if len(first) else first
    out = []
    for a, b in zip(s.starts[first].tolist(), s.ends[last - 1].tolist(), strict=True):
        if role == ROLES.index("content"):
            while a < b and (text[a] in MARKS or text[a].isspace()):
                a += 1
            while b > a and (text[b - 1] in MARKS or text[b - 1].isspace()):
                b -= 1
        if a < b:
            out.append(Span(a, b))
    return out


def draft(doc: Document, x: Linked) -> Draft:
    source = Passage(x.source.start, x.source.end) if x.source else None
    cue = Passage(x.cue.start, x.cue.end)
    contents = [Passage(k.start, k.end) for k in x.contents]
    return Draft(source, [cue], contents, sort_of(doc.words(cue)), "fast", 1.0)


def sort_of(cue: str) -> Sort:
    """The sort of the last word of a cue that the word lists know."""
    words = [w.strip(".,:;'’\"“”").lower() for w in cue.split()]
    if "according" in words or cue.strip() in (":", "—", "–"):
        return Sort.SPEECH
    known = (c.sort for w in reversed(words) for c, _ in cue_forms().get(w, ()))
    return next(iter(known), Sort.UNSURE)
