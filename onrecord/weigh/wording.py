"""Two wordings → whether they say the same, as far as their letters show. Conservative: unlike where in doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from unicodedata import combining, normalize

from rapidfuzz import fuzz

ALIKE = 88.0  # indel ratio of the sorted words, 0 to 100; see docs/decisions/070-positions.md
SPELLING = 78.0  # indel ratio of two words: "evacuate", "evacuated" are one, "northern", "southern" (75) two
RAREST = 3  # words of a text by which others are looked up: alike texts share one of their rarest words
MANY = 1 << 17  # texts remembered: more than one ledger's typed wordings
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    rows = [line.split("\t") for line in Path(__file__).with_name("words.tsv").read_text("utf-8").splitlines()[1:]]
    sorts = sorted({sort for sort, _, _ in rows})
    return {s: tuple(word for sort, word, _ in rows if sort == s) for s in sorts}


def words(sort: str) -> tuple[str, ...]:
    """The word list of one sort in `words.tsv`: "negation", "change", "earlier", "month", "article", "some"."""
    return _table()[sort]


@lru_cache(maxsize=MANY)
def tokens(text: str) -> tuple[str, ...]:
    """Lower-case words and numbers without accents or articles; "would" of indirect speech is "will"."""
    articles, direct = words("article"), dict(row.split("=") for row in words("backshift"))
    plain = "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))
    return tuple(direct.get(t, t) for t in TOKEN.findall(plain) if t not in articles)


@lru_cache(maxsize=MANY)
def _fixed(text: str) -> tuple[tuple[str, ...], int]:
    """What no likeness outweighs: the figures, and whether it is negated (an even number of negators is none)."""
    found = tokens(text)
    negators, numbers = words("negation"), words("number")
    negated = sum(t in negators or t.endswith(("n't", "n’t")) for t in found)
    return tuple(sorted(t for t in found if t in numbers or any(c.isdigit() for c in t))), negated % 2


def negated(text: str) -> bool:
    """Whether a text has an odd number of negators."""
    return _fixed(text)[1] == 1


def alike(a: str, b: str) -> bool:
    """Whether two texts have the same figures, the same negation and nearly the same words in any order.

    A word may be added or spelled otherwise; one put for another ("northern", "southern"; "safe", "unsafe") is another
    saying.
    """
    if tokens(a) == tokens(b):
        return True
    if _fixed(a) != _fixed(b) or fuzz.ratio(_sorted(a), _sorted(b), score_cutoff=ALIKE) == 0:
        return False
    return not _replaced(tokens(a), tokens(b))


def _replaced(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether each text has a word for which the other has no spelling or inflection."""
    ours, theirs = sorted((Counter(a) - Counter(b)).elements()), sorted((Counter(b) - Counter(a)).elements())
    return (_foreign(ours, theirs) and _foreign(theirs, ours)) or any(_negates(x, y) for x in ours for y in theirs)


def _foreign(some: Sequence[str], others: Sequence[str]) -> bool:
    return any(all(fuzz.ratio(x, y) < SPELLING for y in others) for x in some)


def _negates(x: str, y: str) -> bool:
    return any(x == affix + y or y == affix + x for affix in words("affix"))


@lru_cache(maxsize=MANY)
def _sorted(text: str) -> str:
    return " ".join(sorted(tokens(text)))


@lru_cache(maxsize=MANY)
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
