"""Text → windows of word pieces with what the lower-casing tokenizer loses: casing, gaps, open quotations.

Used alike when the encoder is trained and when it reads, so that both see the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import OnRecordError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102  # ids in BERT's uncased vocabulary
PARAGRAPH = re.compile(r"[^\n]+")
BREAK = re.compile(r"[.!?…][\"'”’»)\]]*\s+")
OPENING, CLOSING, STRAIGHT = "“„«", "”»", '"'
QUOTE = re.compile('[“„«”»"]')
SPELLINGS = 1 << 15  # pieces whose shape is remembered: more than a long article has
SHAPES = 6  # none, lower, Capital, CAPITALS, digits, other
GAPS = 3  # joined to the piece before, a blank before, a new paragraph
QUOTES = 2  # outside, inside double quotation marks


@dataclass
class Features:
    """One window: lists of equal length. `offsets` are code points of the text, (0, 0) for signs that are no text."""

    ids: list[int] = field(default_factory=list)
    offsets: list[tuple[int, int]] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)  # number of the paragraph of each piece, -1 for signs

    def sign(self, piece: int) -> None:
        """Append a piece that stands for no text."""
        for values, value in zip(
            (self.ids, self.shapes, self.gaps, self.quotes, self.paragraphs), (piece, 0, 0, 0, -1), strict=True
        ):
            values.append(value)
        self.offsets.append((0, 0))

    def extend(self, other: Features) -> None:
        for name in ("ids", "offsets", "shapes", "gaps", "quotes", "paragraphs"):
            getattr(self, name).extend(getattr(other, name))


@dataclass(frozen=True)
class Pieces:
    """The tokenizer in a `tokenizer.json`."""

    path: Path

    @cached_property
    def tokenizer(self) -> Tokenizer:
        try:
            from tokenizers import Tokenizer
        except ImportError as e:
            raise OnRecordError("this reader needs tokenizers", hint="pip install onnxruntime tokenizers") from e
        found = Tokenizer.from_file(str(self.path))
        found.no_truncation()
        found.no_padding()
        return found

    def cut(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Piece ids and their spans in `text`."""
        done = self.tokenizer.encode(text, add_special_tokens=False)
        return done.ids, done.offsets


def lines(text: str) -> list[tuple[int, int]]:
    """All paragraphs of a bare text."""
    return [m.span() for m in PARAGRAPH.finditer(text)]


def features(
    text: str, pieces: Pieces, size: int, paragraphs: Iterable[tuple[int, int]] | None = None
) -> Iterator[Features]:
    """Windows of at most `size` pieces. One ends where a paragraph does; a longer paragraph is cut at sentence ends.

    `paragraphs` are spans of the text to read; all lines of it unless given.
    """
    window = Features()
    window.sign(CLS)
    for number, (start, end) in enumerate(lines(text) if paragraphs is None else paragraphs):
        for part in parts(paragraph(text, start, end, number, pieces), text, size - 2):
            if len(window.ids) > 1 and len(window.ids) + len(part.ids) + 1 > size:
                yield window
                window = Features()
                window.sign(CLS)
            window.extend(part)
            window.sign(SEP)
    if len(window.ids) > 1:
        yield window


def paragraph(text: str, start: int, end: int, number: int, pieces: Pieces) -> Features:
    """The pieces of one paragraph with their features."""
    here = text[start:end]
    ids, spans = pieces.cut(here)
    return Features(
        ids,
        [(a + start, b + start) for a, b in spans],
        [shape(here[a:b]) for a, b in spans],
        [2, *(0 if before == a else 1 for (_, before), (a, _) in pairwise(spans))] if spans else [],
        quotations(here, [a for a, _ in spans]),
        [number] * len(ids),
    )


def quotations(text: str, starts: Sequence[int]) -> list[int]:
    """Whether a double quotation is open where each piece begins."""
    if not QUOTE.search(text):
        return [0] * len(starts)
    out, inside, at = [], 0, 0
    for a in starts:
        inside, at = quoted(text, at, a, inside), a
        out.append(inside)
    return out


def quoted(text: str, start: int, end: int, inside: int) -> int:
    """Whether a double quotation is open at `end`, given whether one was at `start`."""
    for c in text[start:end]:
        if c in OPENING:
            inside = 1
        elif c in CLOSING:
            inside = 0
        elif c in STRAIGHT:
            inside = 1 - inside
    return inside


@lru_cache(SPELLINGS)
def shape(word: str) -> int:
    if word.isdigit():
        return 4
    if not any(c.isalpha() for c in word):
        return 5
    if word.islower():
        return 1
    return 3 if word.isupper() and len(word) > 1 else 2 if word[:1].isupper() else 5


def parts(f: Features, text: str, size: int) -> Iterator[Features]:
    """A paragraph's pieces in parts of at most `size`, cut at the last sentence end that fits, else anywhere."""
    if not f.ids:
        return
    start = 0
    while len(f.ids) - start > size:
        end = start + size
        cut = next(
            (i for i in range(end, start + size // 2, -1) if BREAK.search(text, f.offsets[i - 1][0], f.offsets[i][0])),
            end,
        )
        yield part(f, start, cut)
        start = cut
    yield part(f, start, len(f.ids))


def part(f: Features, start: int, end: int) -> Features:
    return Features(
        f.ids[start:end], f.offsets[start:end], f.shapes[start:end], f.gaps[start:end], f.quotes[start:end],
        f.paragraphs[start:end],
    )  # fmt: skip
