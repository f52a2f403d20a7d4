"""A report's text as the extract stage sees it: paragraphs, sentences and words, with furniture left out.

Everything keeps its offset into `Report.text`. Built once per report and shared by all extractors.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from onrecord.extract.datelines import dateline
from onrecord.extract.quotes import Quotation, quotations
from onrecord.extract.sentences import split
from onrecord.records import Passage, Passages, Report

PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Document:
    """`paragraphs` and `sentences` cover the text outside furniture, in order; neither begins or ends with a blank."""

    report: Report

    @cached_property
    def text(self) -> str:
        return self.report.text

    @cached_property
    def paragraphs(self) -> Passages:
        """Lines with text outside furniture (a line break ends a paragraph)."""
        found = (Passage(m.start(), m.end()) for m in PARAGRAPH.finditer(self.text))
        trimmed = (self._trim(p) for p in found)
        return tuple(p for p in trimmed if p.start < p.end and not self.in_furniture(p))

    @cached_property
    def sentences(self) -> Passages:
        """A dateline is a sentence of its own, so that nothing said after it takes it in."""
        return tuple(s for p in self.paragraphs for s in self._sentences(p))

    @cached_property
    def datelines(self) -> Passages:
        """What opens a paragraph with place, day and agency: nobody's words."""
        found = (dateline(self.text, p) for p in self.paragraphs)
        return tuple(d for d in found if d is not None)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """Words in quotation marks, paired over the whole report; nested ones follow their outer one."""
        return quotations(self.text, self.paragraphs)

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
    def _opened(self) -> list[int]:
        return [q.outer.start for q in self.quotations]

    def in_furniture(self, p: Passage) -> bool:
        """Whether more than half of `p` is furniture."""
        if not self.report.furniture:
            return False
        covered = sum(max(0, min(p.end, f.end) - max(p.start, f.start)) for f in self.report.furniture)
        return covered * 2 > p.end - p.start

    def sentence_at(self, offset: int) -> Passage | None:
        """The sentence that holds the character at `offset`."""
        i = bisect_right(self._starts, offset) - 1
        return self.sentences[i] if i >= 0 and offset < self.sentences[i].end else None

    def sentences_in(self, p: Passage) -> Passages:
        """The sentences that share a character with `p`."""
        first, last = max(0, bisect_right(self._starts, p.start) - 1), bisect_right(self._starts, p.end - 1)
        return tuple(s for s in self.sentences[first:last] if s.end > p.start)

    def quotations_in(self, p: Passage) -> tuple[Quotation, ...]:
        """The quotations that begin inside `p`."""
        first, last = bisect_left(self._opened, p.start), bisect_left(self._opened, p.end)
        return self.quotations[first:last]

    def words(self, p: Passage) -> str:
        """The stored words of a passage."""
        return self.text[p.start : p.end]

    def _sentences(self, p: Passage) -> Passages:
        d = dateline(self.text, p)
        if d is None:
            return split(self.text, p)
        return (d, *split(self.text, self._trim(Passage(d.end, p.end))))

    def _trim(self, p: Passage) -> Passage:
        words = self.text[p.start : p.end]
        return Passage(p.start + len(words) - len(words.lstrip()), p.end - len(words) + len(words.rstrip()))
