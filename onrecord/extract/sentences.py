"""Paragraph → sentences, each a passage without blanks at its edges.

Refuses to cut after initials ("A. B. Lund"), titles ("Dr. Moe"), months before a number ("Apr. 12"), "No. 5", decimals,
"U.S. officials", an ellipsis before a lower-case word, and inside brackets' citations. Cuts after a stop with its
closing
quotation marks. Linear in the length of the paragraph.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.extract.lexicon import listed, rows
from onrecord.records import Passage, Passages

STOP = re.compile(
    r"(?<![.!?…。])[.!?…。]++[\"'”’»)\]]*(?=\s+[\"'“‘«„(\[—–•*-]*\s?[^\W_a-z])|[!?][\"'”’»)\]]*+(?=\s+[\"“„«(]\S)"
)
LONGEST = 14  # letters of a word that may be an abbreviation
LAST_WORD = re.compile(rf"(?:\w\.)*[\w’'-]{{1,{LONGEST}}}$")
REACH = 24  # characters before a stop that can hold its abbreviation
MAYBE_LAST = frozenset(("body", "latin", "place"))  # abbreviations that also end sentences: "… at 9 a.m. The train"


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation without its last stop → class."""
    return {r["abbreviation"]: r["class"] for r in rows("abbreviations")}


def split(text: str, paragraph: Passage) -> Passages:
    """The sentences of `paragraph` in `text`, in order, covering all but blanks."""
    cuts = [m.end() for m in STOP.finditer(text, paragraph.start, paragraph.end) if is_end(text, m, paragraph.start)]
    out = []
    for a, b in zip([paragraph.start, *cuts], [*cuts, paragraph.end], strict=True):
        words = text[a:b]
        start, end = a + len(words) - len(words.lstrip()), b - len(words) + len(words.rstrip())
        if start < end:
            out.append(Passage(start, end))
    return tuple(out)


def is_end(text: str, m: re.Match[str], floor: int) -> bool:
    """Whether the stop ends a sentence and not an abbreviation."""
    if m.group()[0] != "." or m.group().startswith(".."):
        return True
    before = text[max(floor, m.start() - REACH) : m.start()]
    plain = before.rsplit(None, 1)[-1:]  # most stops: behind a word that is no abbreviation
    if plain and plain[0].isalpha() and 1 < len(plain[0]) <= LONGEST and plain[0] not in abbreviations():
        return True
    found = LAST_WORD.search(before)
    if found is None:
        return True
    word, following = found.group(), text[m.end() : m.end() + REACH].lstrip()
    if len(m.group()) > 1:  # a closing mark stands after the stop
        return not (word in abbreviations() and abbreviations()[word] == "title")
    kind = abbreviations().get(word)
    if kind is None and len(word) == 1 and word.isalpha():
        return not (word.isupper() and following[:1].isupper()) or word == "I"
    if kind is None and re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word):
        return starts_afresh(following)
    if kind in ("month", "number"):
        return not following[:1].isdigit()
    if kind == "title":
        return not following[:1].isupper()
    if kind in MAYBE_LAST:
        return starts_afresh(following)
    return True


FRESH = listed("starts-sentence")


def starts_afresh(following: str) -> bool:
    """Whether the words after "U.S." or "a.m." begin a sentence: a function word or a quotation mark, no name."""
    word = re.match(r"\w+", following)
    return word is None or word.group() in FRESH
