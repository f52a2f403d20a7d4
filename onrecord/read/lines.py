"""A text as its non-blank lines with their offsets, each told apart: running prose or not."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.records import Passage

LINE = re.compile(r"[^\r\n]+")
EDGE = (
    " \t\f\v\u00a0\u200b\ufeff\u2028\u2029"  # blank for our purpose: a byte order mark is kept in the text, in no span
)
SENTENCE_END = re.compile(r"[.!?…](?:[\"'”’»)\]]|\[\d+\])*$")
SENTENCE_INSIDE = re.compile(r"[.!?…][\"'”’»)]*\s+[\"'“‘«(]*[^\W\d_]")
PROSE_WORDS = 8  # a line of so many words that ends a sentence is prose: headlines end without a full stop
LONG_WORDS = 30  # so many words are prose whatever the end: no headline is so long
MENU_RUN = 6  # lines in a row that are a menu at the top of a page: no headline, byline and date are so many
MENU_WORDS = 4  # a menu entry has fewer
WRAP = range(50, 101)  # characters of a line in a text wrapped by hand


class Line(NamedTuple):
    """One non-blank line, without the blanks at its edges."""

    start: int
    end: int
    text: str
    gap: bool  # whether a blank line, or the start of the text, stands before it
    prose: bool

    def passage(self) -> Passage:
        """Where it stands."""
        return Passage(self.start, self.end)


def lines(text: str) -> tuple[Line, ...]:
    """The non-blank lines of `text`, in order."""
    bare: list[tuple[int, int, str, bool]] = []
    last = None
    for m in LINE.finditer(text):
        words = m.group().strip(EDGE)
        if not words:
            continue
        start = m.start() + len(m.group()) - len(m.group().lstrip(EDGE))
        breaks = 2 if last is None else text.count("\n", last, start) or text.count("\r", last, start)
        bare.append((start, start + len(words), words, breaks > 1))
        last = start + len(words)
    wrapped = _wrapped(bare)
    return tuple(Line(*b, prose=is_prose(b[2]) or i in wrapped) for i, b in enumerate(bare))


def is_prose(words: str) -> bool:
    """Whether a line alone reads as running text: whole sentences, not a headline, label or menu entry."""
    n = words.count(" ") + 1
    if n >= LONG_WORDS:
        return True
    return n >= PROSE_WORDS and (bool(SENTENCE_END.search(words)) or bool(SENTENCE_INSIDE.search(words)))


def _wrapped(bare: list[tuple[int, int, str, bool]]) -> set[int]:
    """Indexes of the lines of paragraphs that were wrapped by hand (mail, old plain text)."""
    found: set[int] = set()
    block: list[int] = []
    for i, line in enumerate([*bare, (0, 0, "", True)]):
        if line[3] and block:
            words = [bare[j][2] for j in block]
            wide = all(len(w) in WRAP for w in words[:-1])
            early = len(block) == 2 and SENTENCE_END.search(words[0])
            if len(block) > 1 and wide and not early and SENTENCE_END.search(words[-1]):
                found.update(block)
            block = []
        block.append(i)
    return found


def head(found: tuple[Line, ...]) -> int:
    """How many lines stand before the first prose line (all of them, where there is none)."""
    return next((i for i, line in enumerate(found) if line.prose), len(found))


def menu_end(found: tuple[Line, ...]) -> int:
    """How many lines at the start are a menu: all up to the last run of MENU_RUN short lines before the first prose."""
    end = run = 0
    for i, line in enumerate(found[: head(found)]):
        run = run + 1 if line.text.count(" ") < MENU_WORDS and not any(c.isdigit() for c in line.text) else 0
        if run >= MENU_RUN:
            end = i + 1
    return end if end < len(found) else 0
