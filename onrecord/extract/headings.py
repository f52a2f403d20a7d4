"""Which lines are headings: nobody's claim, and in Title Case no guide to names."""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.extract.document import Document
from onrecord.records import Passage

MAX_HEADING = 20  # words
MAX_LETTERS = 1_000  # characters: a longer line is none, and is not cut into words for each question about it
TITLE_CASE = 0.7  # share of capitalised words that makes a line a heading in Title Case


def paragraph_at(doc: Document, offset: int) -> Passage | None:
    """The paragraph that holds the character at `offset`."""
    i = bisect_right(doc.paragraphs, offset, key=lambda p: p.start) - 1
    return doc.paragraphs[i] if i >= 0 and offset < doc.paragraphs[i].end else None


def is_heading(doc: Document, paragraph: Passage) -> bool:
    """Whether a line is short and ends without a full stop."""
    if paragraph.end - paragraph.start > MAX_LETTERS:
        return False
    words = doc.words(paragraph)
    return words[0] not in "•-–*" and words[-1] not in ".!?:;,…\"”'’" and len(words.split()) <= MAX_HEADING


def is_title_case(doc: Document, paragraph: Passage) -> bool:
    """Whether a line is a heading that capitalises most of its words, so that capitals say nothing."""
    if not is_heading(doc, paragraph):
        return False
    words = [w for w in re.findall(r"[^\W\d_]+", doc.words(paragraph)) if len(w) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) >= TITLE_CASE * len(words)
