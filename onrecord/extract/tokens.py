"""A paragraph → tokens with word classes, each top-level quotation folded into one token.

The classes are what closed-class lists, the verb list and word endings give; there is no trained tagger. A word may
have
several ("claims" is a verb and a noun): the rules ask for what they need and look at the neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import accumulate, compress
from typing import NamedTuple

import msgspec

from onrecord.extract.cutting import once
from onrecord.extract.lexicon import Shape, cue_forms, grouped, listed, verb_forms
from onrecord.extract.quotes import Quotation
from onrecord.extract.sentences import abbreviations
from onrecord.records import Passage

WORD = re.compile(r"\d[\d.,]*\d|\w\.(?:\w\.)+|"
                  r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Gov|Sen|Rep|St|Rev|Hon|Jr|Sr|No)\.|"
                  r"[A-Z]\.(?=\s+[A-Z])|\w+(?:[-’'‐‑]\w+)*|[^\w\s]")  # fmt: skip
PIECE = re.compile(
    rf"[a-z]{{2,}}+(?![\w’'‐‑-])|\s+|{WORD.pattern}"
)  # words and blanks: all of a text, plain words first
DASHES = frozenset("—–-")
STOPS = frozenset(".!?…")
PARTICIPLE = f"verb:{Shape.PARTICIPLE}"
LONG = 40  # characters: longer is no word of a language, and is not remembered
MANY = 100_000  # words remembered: bounds the memory of a long run
NAMES_TOO = listed("also-a-name")  # with a capital, names
APOSTROPHES = str.maketrans("’ʼ", "''")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, a punctuation mark or a whole quotation, with its offsets into the report."""

    start: int
    end: int
    low: str  # lower case, straight apostrophes; "" for a quotation
    cap: bool = False  # begins with a capital
    classes: frozenset[str] = frozenset()
    quotation: Quotation | None = None
    quoted: bool = False  # whether it is a quotation

    def has(self, *classes: str) -> bool:
        return not self.classes.isdisjoint(classes)


@cache
def function_words() -> dict[str, frozenset[str]]:
    """Closed-class word → its classes."""
    return grouped("function", "word", "class")


def classes(word: str) -> frozenset[str]:
    """Word classes of a lower-cased word; `verb:past` and the like say which form it may be."""
    found = set(function_words().get(word, ()))
    shape = verb_forms().get(word)
    if word in cue_forms():
        found.add("cue")
    if shape is not None:
        found |= {"verb", f"verb:{shape}"}
    elif not found and word.endswith("ed") and len(word) > 4:
        found |= {"verb", "verb:past", "verb:unlisted"}
    elif not found and word.endswith("ing") and len(word) > 5:
        found |= {"verb", "verb:ing"}
    if not found & {"aux"} and word.endswith(("n't", "'ll", "'ve", "'re")):
        found.add("aux")
    if not found and word.endswith("ly") and len(word) > 4:
        found.add("adv")
    if word[:1].isdigit():
        found.add("number")
    if not found and not word[:1].isalnum():
        found.add("mark")
    return frozenset(found)


Form = tuple[str, bool, frozenset[str], frozenset[str]]


class Forms(dict[str, Form]):
    """Word → lower case, whether it has a capital, its classes as the first word of a passage, and elsewhere."""

    def __missing__(self, word: str) -> Form:
        low = word.lower().translate(APOSTROPHES)
        cap = word[:1].isupper()
        found = classes(low) if len(low) < LONG else frozenset()
        opening = frozenset() if cap and "verb:unlisted" in found else found  # "Halversted": a name
        inside = frozenset() if cap and low in NAMES_TOO else opening  # "Will Orr"
        if len(self) >= MANY:
            self.clear()
        if len(word) < LONG:
            self[word] = low, cap, opening, inside
        return low, cap, opening, inside


forms = Forms()


class Spelt(NamedTuple):
    """The words and marks of a stretch of text as written, and where each begins and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def spell(text: str, start: int, end: int) -> Spelt:
    """Words and marks of `text[start:end]`."""
    pieces = PIECE.findall(text, start, end)
    at = [*accumulate(map(len, pieces), initial=start)]
    kept = [*map(str.strip, pieces)]  # "" for blanks
    return Spelt([*filter(None, kept)], [*compress(at, kept)], [*compress(at[1:], kept)])


spelt = lru_cache(maxsize=2)(lambda text: spell(text, 0, len(text)))  # of the text that is being read


def spelt_in(text: str, start: int, end: int) -> Spelt:
    """Words and marks of a paragraph: a part of those of the whole text."""
    every, starts, ends = spelt(text)
    a, b = bisect_left(starts, start), bisect_left(starts, end)
    initial = b > a and ends[b - 1] - starts[b - 1] == 2 and every[b - 1][1] == "."
    if initial or (a and ends[a - 1] > start) or (b and ends[b - 1] > end):
        return spell(text, start, end)
    return Spelt(every[a:b], starts[a:b], ends[a:b])


def cut(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Words and marks of `text[start:end]` with their classes."""
    words = spelt(text) if start == 0 and end == len(text) else spell(text, start, end)
    made = zip(words.starts, words.ends, map(forms.__getitem__, words.words), strict=True)
    return tuple([Token(a, b, low, cap, inside) for a, b, (low, cap, _, inside) in made])


def _initial(t: Token) -> bool:
    """Whether a token is "J.", which is one only before another capital."""
    return t.cap and t.end - t.start == 2 and t.low[1] == "."


every = once(cut, _initial)


def tokens(text: str, p: Passage, folded: tuple[Quotation, ...] = ()) -> list[Token]:
    """Tokens of `p`; each quotation of `folded` that stands inside `p` is one token."""
    words = every(text)
    out: list[Token] = []
    at, whole = p.start, True  # whole: no word is cut by an edge
    for q in folded:
        found = words.inside(at, q.outer.start)
        whole = whole and found is not None
        out += cut(text, at, q.outer.start) if found is None else found
        out.append(Token(q.outer.start, q.outer.end, "", quotation=q, quoted=True))
        at = q.outer.end
    found = words.inside(at, p.end)
    whole = whole and found is not None
    out += cut(text, at, p.end) if found is None else found
    if out and out[0].cap and out[0].start == p.start and out[0].low in NAMES_TOO:
        t = out[0]
        out[0] = Token(t.start, t.end, t.low, t.cap, forms[text[t.start : t.end]][2])
    if whole:
        near = joints(text)
        i = bisect_left(near, p.start)
        if i == len(near) or near[i] >= p.end:
            return out
    return with_stops(text, out)


@lru_cache(maxsize=2)
def joints(text: str) -> list[int]:
    """Where full stops stand that belong to the abbreviation before them: most passages have none."""
    short = abbreviations()
    words, starts, ends = spelt(text)
    pairs = zip(words, ends, words[1:], starts[1:], strict=False)
    return [at for word, end, mark, at in pairs if mark == "." and end == at and word in short]


def with_stops(text: str, ts: list[Token]) -> list[Token]:
    """The tokens with the full stop of an abbreviation joined to it, except at the end."""
    stops = [i for i, t in enumerate(ts) if t.low == "."]
    if not stops or stops[0] == len(ts) - 1:
        return ts
    short = abbreviations()
    joined = {
        i for i in stops
        if 0 < i < len(ts) - 1 and ts[i - 1].end == ts[i].start and text[ts[i - 1].start : ts[i].start] in short
    }  # fmt: skip
    if not joined:
        return ts
    out: list[Token] = []
    for i, t in enumerate(ts):
        if i in joined:
            last = out.pop()
            kept = last.classes & {"day", "month", "number"}
            out.append(Token(last.start, t.end, last.low + ".", last.cap, kept))
        else:
            out.append(t)
    return out


def is_finite(ts: list[Token], i: int) -> bool:
    """Whether the word at `i` is a finite verb, as far as its form and neighbours tell.

    Takes: "was", "rose", "plans to", "agreed that". Refuses: nouns after a determiner ("the plans"), infinitives,
    participles before a noun ("the injured man") and after "by".
    """
    t = ts[i]
    found = t.classes
    if "aux" in found:
        return not t.low.startswith(("be", "having")) and t.low not in ("'s", "am")
    if "verb" not in found or (t.cap and i > 0 and "mark" not in ts[i - 1].classes):
        return False
    if "verb:ing" in found:
        return False
    prev = ts[i - 1] if i > 0 else None
    nominal = prev is not None and (
        prev.has("det", "poss", "prep", "number") or prev.low.endswith("'s") or prev.low == "to"
    )
    if nominal:
        return False
    if "verb:unlisted" in found:  # "armored vehicles"
        nxt = ts[i + 1] if i + 1 < len(ts) else None
        if nxt is not None and not nxt.quoted and not nxt.classes:
            return False
    if "verb:past" in found:
        return not (prev is not None and "aux" in prev.classes)
    if PARTICIPLE in found:
        return False
    nxt = ts[i + 1] if i + 1 < len(ts) else None
    complement = nxt is not None and (nxt.has("det", "poss", "pron", "obj", "prep", "adv", "other", "number")
                                      or nxt.quoted
                                      or nxt.low in ("that", "to"))  # fmt: skip
    if "verb:s" in found:
        return complement and prev is not None and not prev.has("mark", "conj", "verb:base")
    return prev is not None and prev.has("pron", "other") and prev.low not in ("it", "he", "she", "that")
