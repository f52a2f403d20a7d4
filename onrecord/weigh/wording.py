"""Two wordings → whether they say the same, as far as their letters show. Conservative: unlike where in doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

ALIKE = 88.0  # indel ratio of the sorted words, 0 to 100; see docs/decisions/070-positions.md
RAREST = 3  # words of a text by which others are looked up: alike texts share one of their rarest words
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    rows = [line.split("\t") for line in Path(__file__).with_name("words.tsv").read_text("utf-8").splitlines()[1:]]
    sorts = sorted({sort for sort, _, _ in rows})
    return {s: tuple(word for sort, word, _ in rows if sort == s) for s in sorts}


def words(sort: str) -> tuple[str, ...]:
    """The word list of one sort in `words.tsv`: "negation", "change", "earlier", "month", "article"."""
    return _table()[sort]


@lru_cache(maxsize=16384)
def tokens(text: str) -> tuple[str, ...]:
    """Lower-case words and numbers, articles left out."""
    articles = words("article")
    return tuple(t for t in TOKEN.findall(text.casefold()) if t not in articles)


@lru_cache(maxsize=16384)
def _fixed(text: str) -> tuple[tuple[str, ...], int]:
    """What no likeness outweighs: the figures, and whether it is negated (an even number of negators is none)."""
    found = tokens(text)
    negators = words("negation")
    negated = sum(t in negators or t.endswith(("n't", "n’t")) for t in found)
    return tuple(sorted(t for t in found if any(c.isdigit() for c in t))), negated % 2


def alike(a: str, b: str) -> bool:
    """Whether two texts have the same figures, the same negation and nearly the same words in any order."""
    if tokens(a) == tokens(b):
        return True
    if _fixed(a) != _fixed(b):
        return False
    return fuzz.ratio(_sorted(a), _sorted(b), score_cutoff=ALIKE) > 0


@lru_cache(maxsize=16384)
def _sorted(text: str) -> str:
    return " ".join(sorted(tokens(text)))


@lru_cache(maxsize=4096)
def undated(text: str) -> str:
    """The text without figures and months: two promises of one thing for two dates become alike."""
    months = words("month")
    return " ".join(t for t in tokens(text) if t not in months and not t[0].isdigit())


def has(text: str, sort: str) -> bool:
    """Whether a word of that sort stands in the text."""
    return bool(_pattern(sort).search(text))


def after_last(text: str, sort: str) -> str | None:
    """The text after the last word of that sort; None where there is none."""
    ends = [m.end() for m in _pattern(sort).finditer(text)]
    return text[ends[-1] :] if ends else None


@lru_cache(maxsize=8)
def _pattern(sort: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(w) for w in words(sort)) + r")\b", re.IGNORECASE)


def keys(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each text its rarest words among all: only texts that share one need comparing."""
    counts = Counter(t for text in texts for t in set(tokens(text)))
    return {text: tuple(sorted(set(tokens(text)), key=lambda t: (counts[t], t))[:RAREST]) or ("",) for text in texts}
