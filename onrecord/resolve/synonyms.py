"""Two names of bodies → a word of one that the other replaces by another word of the same language.

Word tables put translations and synonyms under one form: "Ministerstwo" and "ministry", but also "railroad" and
"railway". A translation is another spelling of a name. A synonym in one language is another name: the High Court is
not the Supreme Court.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Indel

from onrecord.resolve.parts import case_endings, classes, plain, spelled
from onrecord.resolve.tables import pairs_of

SPELLING = 0.8  # share of letters in common order from which two words are one in two spellings: "defence", "defense"


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    return {k.casefold(): v for k, v in pairs_of("body_words")}


def reworded(a: str, b: str) -> tuple[str, str] | None:
    """The two words, where the names also share a word that another language would have translated; else None."""
    left, right = ({w.casefold() for w in spelled(name)} for name in (a, b))
    forms = _forms()
    if not any(w in forms or classes().get(w) in ("form", "generic") for w in left & right):
        return None
    found = [
        (w, x)
        for w in sorted(left - right)
        for x in sorted(right - left)
        if w in forms and forms[w] == forms.get(x) and not _one_word(plain(w), plain(x))
    ]
    return found[0] if found else None


def _one_word(w: str, x: str) -> bool:
    """Whether two words are one: in two spellings, in two cases, or one of them cut short."""
    short, long = sorted((w, x), key=len)
    alike = Indel.normalized_similarity(w, x) >= SPELLING
    return alike or (len(short) > 2 and long.startswith(short)) or case_endings(w, x) is not None
