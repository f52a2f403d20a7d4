"""A sentence → word tokens → numerals: what a number written in figures, words or both comes to.

Forms: 1,307,000; 12 345 (no-break space); 9.3 million; 12.3m; 50bn; 10 1/2; ½; 1/16; twenty-eight thousand six
hundred and two;
half a million; two thirds; a dozen; tens of thousands; several hundred; a couple of; 25 lakh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from onrecord.extract.units import glued_prefixes

NUMBER = (
    r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:, 000)+(?!\d)|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+)(?:\.\d+)?|(?<![\w.])\.\d+)"
)
WORDS = r"(?:(?:[A-Za-z]\.){2,}|[^\W\d_][^\W_]*(?:['’][^\W\d_]+)?)"
LEX = re.compile(rf"\s+|{WORDS}|{NUMBER}|[^\w\s]|_")  # all of a text
LEX_MONEY = re.compile(rf"\s+|(?<![^\W_]){glued_prefixes()}|{WORDS}|{NUMBER}|[^\w\s]|_")  # "RM23.50"
LETTERS_AND_FIGURE = re.compile(r"(?<!\w)[A-Za-z]{2,4}(?=\d)")


def listed(words: str) -> list[str]:
    """The words of a list, in order."""
    return words.split()


MAX_DIGITS = 18  # a longer run of figures is a serial number
MAX_WORD = 60  # characters; longer "words" are no words
MANY = 65536  # words and figures remembered: bounds the memory of a long run
LETTER = re.compile(r"[^\W\d_]")

ONES = {
    w: i
    for i, w in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
TENS = {w: 10 * i for i, w in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
TENS["fourty"] = 40
SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7,
    "crores": 1e7, "bn": 1e9, "mn": 1e6, "mln": 1e6, "bln": 1e9, "trn": 1e12, "mil": 1e6, "mio": 1e6,
}  # fmt: skip
GLUED = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mm": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "t": 1e12,
    "tn": 1e12,
}  # "$12m"; Reuters, FT styles
SURE_GLUED = frozenset({"mn", "bn", "tn"})  # never a unit
VAGUE_SCALES = {"dozens": 12.0, "tens": 10.0, "scores": 20.0, "hundreds": 100.0, "thousands": 1e3, "millions": 1e6,
                "billions": 1e9, "trillions": 1e12}  # fmt: skip
SMALL = frozenset(ONES) | frozenset(TENS)
JOINED = frozenset(ONES) | frozenset(SCALES)  # what may follow a hyphen: twenty-eight, two-million
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100,
}  # fmt: skip
GLYPHS = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875,
          "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8}  # fmt: skip
SLASHES = frozenset("/⁄∕")
DASHES = frozenset("-–—‐‑−")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, a figure or a mark. `glued`: no blank stands before it."""

    start: int
    end: int
    raw: str
    low: str
    kind: str  # "num", "word", "sym"
    glued: bool


class Numeral(msgspec.Struct, frozen=True, gc=False):
    """Tokens `[first, last)` that say a number. `vague`: "several", "dozens"; then `high` may be None.

    `form`: "figure", "word", "fraction", "article" ("a million", "a dozen"), "vague".
    """

    first: int
    last: int
    low: float
    high: float | None
    form: str
    scale: float = 1.0
    vague: bool = False


def lex(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`."""
    pattern = LEX_MONEY if LETTERS_AND_FIGURE.search(text, start, end) else LEX
    out: list[Token] = []
    at, glued = start, False
    for raw in pattern.findall(text, start, end):
        low, kind = kinds[raw]
        first, at = at, at + len(raw)
        if kind:
            out.append(Token(first, at, raw, low, kind, glued))
        glued = bool(kind)
    return out


class Kinds(dict[str, tuple[str, str]]):
    """What `LEX` finds → its lower case, where it is a word, and its kind: "" for blanks."""

    def __missing__(self, raw: str) -> tuple[str, str]:
        first, long = raw[0], len(raw) > MAX_WORD
        if raw.isspace():
            found = raw, ""
        elif not long and LETTER.match(first):
            found = raw.lower().replace("’", "'"), "word"
        else:
            found = raw, "num" if not long and (first.isdecimal() or (first == "." and len(raw) > 1)) else "sym"
        if len(self) >= MANY:
            self.clear()
        if not long:
            self[raw] = found
        return found


kinds = Kinds()


STARTS = frozenset((*ONES, *TENS, *SCALES, *VAGUE_SCALES, "a", "an", "half", "hundred", "several", "few", "couple"))


def numeral(toks: Sequence[Token], i: int) -> Numeral | None:
    """The longest numeral that begins at token `i`."""
    if i >= len(toks):
        return None
    t = toks[i]
    if t.kind == "word" and t.low not in STARTS:
        return None
    if t.kind == "num":
        return _figures(toks, i)
    if t.raw in GLYPHS:
        return Numeral(i, i + 1, GLYPHS[t.raw], GLYPHS[t.raw], "fraction")
    if t.kind != "word":
        return None
    return _vague(toks, i) or _fraction(toks, i) or _words(toks, i)


def value_of(raw: str) -> float | None:
    """The value of a number in figures; None for serial numbers."""
    plain = re.sub(r"[, \u00a0\u2009\u202f]", "", raw)
    if plain.count(".") > 1:
        plain = plain.replace(".", "")
    return None if len(plain) > MAX_DIGITS else float(plain)


def _figures(toks: Sequence[Token], i: int) -> Numeral | None:
    value = value_of(toks[i].raw)
    if value is None:
        return None
    j, form = i + 1, "figure"
    simple = _slash(toks, i)
    if simple is not None:
        return Numeral(i, i + 3, simple, simple, "fraction")
    if j < len(toks) and toks[j].raw in GLYPHS:
        value, j = value + GLYPHS[toks[j].raw], j + 1
    else:
        k = j + 1 if _at(toks, j) in DASHES and j + 1 < len(toks) and toks[j + 1].kind == "num" else j
        part = _slash(toks, k)
        if part is not None and part < 1 and (k > j or not toks[k].glued):
            value, j = value + part, k + 3
    scale, j = _scale(toks, j)
    return Numeral(i, j, value * scale, value * scale, form, scale)


def _slash(toks: Sequence[Token], i: int) -> float | None:
    """`1/16` as a value: figures below 1000, glued; not `9/11/2001`, not `24/7`."""
    if i + 2 >= len(toks) or toks[i + 1].raw not in SLASHES or toks[i].kind != "num" or toks[i + 2].kind != "num":
        return None
    a, b = toks[i].raw, toks[i + 2].raw
    glued = toks[i + 1].glued and toks[i + 2].glued
    if not (glued and a.isdigit() and b.isdigit() and 0 < int(a) < int(b) <= 1000) or len(a) > 3:
        return None
    if i + 3 < len(toks) and toks[i + 3].raw in SLASHES:
        return None
    return int(a) / int(b)


def _at(toks: Sequence[Token], i: int) -> str:
    return toks[i].low if 0 <= i < len(toks) else ""


def _scale(toks: Sequence[Token], i: int) -> tuple[float, int]:
    """Scale words at `i`: ("hundred thousand" = 1e5, index after them)."""
    scale = 1.0
    while True:
        k = i + 1 if _at(toks, i) in DASHES and _at(toks, i + 1) in SCALES else i
        word = _at(toks, k)
        if word == "hundred":
            scale *= 100
        elif word in SCALES:
            scale *= SCALES[word]
        elif word in SURE_GLUED and toks[k].glued:
            return scale * GLUED[word], k + 1
        elif word == "dozen":
            return scale * 12, k + 1
        else:
            return scale, i
        i = k + 1


def _words(toks: Sequence[Token], i: int) -> Numeral | None:
    """Cardinals in words: value read left to right, scales multiply what came before them."""
    total, current, j, seen = 0.0, 0.0, i, False
    form = "word"
    if _at(toks, i) in ("a", "an") and (_at(toks, i + 1) in SCALES or _at(toks, i + 1) in ("hundred", "dozen")):
        j, current, form, seen = i + 1, 1.0, "article", True
    last, room = j, 1e18  # room: what the next word must be below
    while j < len(toks):
        w = _at(toks, j)
        if w in DASHES and seen and _at(toks, j + 1) in JOINED and toks[j + 1].glued and toks[j].glued:
            j += 1
            continue
        if w == "and" and seen and last == j and _hundred(toks, j) and _at(toks, j + 1) in SMALL:
            j += 1
            continue
        if w in ONES and room > 9 and (ONES[w] < 10 or room >= 100):
            current, room = current + ONES[w], 1
        elif w in TENS and room >= 100:
            current, room = current + TENS[w], 10
        elif w == "hundred" and seen and current:
            current, room = current * 100, 100
        elif w in SCALES and seen and current:
            total, current, room = total + current * SCALES[w], 0.0, 1000
        elif w == "dozen" and seen:
            current, room = current * 12, 0
        else:
            break
        seen, j = True, j + 1
        last = j
    if not seen or last == i:
        return None
    value = total + current
    if last == i + 1 and _at(toks, i) in SCALES:
        return None
    return Numeral(i, last, value, value, form)


def _hundred(toks: Sequence[Token], j: int) -> bool:
    return _at(toks, j - 1) in ("hundred", "thousand")


def _fraction(toks: Sequence[Token], i: int) -> Numeral | None:
    """Forms: half; a third; one-third; two thirds; three quarters; half a million; two and a half; one in five is
    elsewhere.
    """
    w = _at(toks, i)
    if w == "half":
        k = i + 2 if _at(toks, i + 1) in ("a", "an") or _at(toks, i + 1) in DASHES else i + 1
        scale, j = _scale(toks, k)
        if scale > 1:
            return Numeral(i, j, 0.5 * scale, 0.5 * scale, "word", scale)
        return Numeral(i, i + 1, 0.5, 0.5, "fraction")
    top = 1 if w in ("a", "an") else ONES.get(w)
    if not top:
        return None
    j = i + 1
    if _at(toks, j) in DASHES:
        j += 1
    whole = _and_half(toks, j) if w not in ("a", "an") else None
    if whole is not None:
        scale, k = _scale(toks, whole)
        return Numeral(i, k, (top + 0.5) * scale, (top + 0.5) * scale, "word", scale)
    bottom = PARTS.get(_at(toks, j))
    plural = _at(toks, j).endswith("s") or _at(toks, j) == "halves"
    if bottom is None or (top > 1) != plural or top >= bottom or (w in ("a", "an") and bottom == 2 and j == i):
        return None
    scale, k = _scale(toks, j + 2 if _at(toks, j + 1) in ("of",) and _at(toks, j + 2) == "a" else j + 1)
    if scale > 1:
        return Numeral(i, k, top / bottom * scale, top / bottom * scale, "word", scale)
    return Numeral(i, j + 1, top / bottom, top / bottom, "fraction")


def _and_half(toks: Sequence[Token], j: int) -> int | None:
    """Index after "and a half" at `j`."""
    if _at(toks, j) == "and" and _at(toks, j + 1) in ("a", "one") and _at(toks, j + 2) == "half":
        return j + 3
    return None


def _vague(toks: Sequence[Token], i: int) -> Numeral | None:
    """Forms: several [hundred]; a few [thousand]; a couple of; dozens of; tens of thousands of; hundreds of."""
    w = _at(toks, i)
    if w == "several" or (w in ("a", "few") and (w == "few" or _at(toks, i + 1) == "few")):
        j = i + 2 if w == "a" else i + 1
        scale, k = _scale(toks, j)
        return Numeral(i, k, 2 * scale if scale > 1 else 2.0, None, "vague", scale, True)
    if w in ("a", "couple") and _at(toks, i + 1 if w == "a" else i) == "couple":
        j = i + 2 if w == "a" else i + 1
        j = j + 1 if _at(toks, j) == "of" else j
        scale, k = _scale(toks, j)
        return Numeral(i, k, 2 * scale, 2 * scale, "article", scale, True)
    if w not in VAGUE_SCALES:
        return None
    low, j = VAGUE_SCALES[w], i + 1
    while _at(toks, j) == "of" and _at(toks, j + 1) in VAGUE_SCALES:
        low, j = low * VAGUE_SCALES[_at(toks, j + 1)], j + 2
    if _at(toks, j) != "of" and j == i + 1 and w not in ("hundreds", "thousands", "dozens", "millions"):
        return None
    return Numeral(i, j, low, low * 10, "vague", low, True)
