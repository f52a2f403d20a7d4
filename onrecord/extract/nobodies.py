"""A source that lists people without naming one is a group: "Shopkeepers, residents and two drivers".

Refused: who is named in the list ("Ana Lund and two drivers"), one person who is two things ("a nurse and mother of
two", "the mayor, a lawyer"), bodies and papers ("the council and two unions", "reports and letters").
"""

from __future__ import annotations

import re

from onrecord.extract.gazetteer import cues
from onrecord.extract.sources import ARTICLE, PEOPLE, POST_MODIFIER, WORD, classes

JOINED = re.compile(r",\s+(?:and|or)\s+|\s+(?:and|or)\s+|,\s+")
SOMEBODY = frozenset({"group", "role", "unnamed"})


def are_nobodies(phrase: str) -> bool:
    """Whether a source phrase lists people, at least some of them as many, and has no name."""
    parts = [[w.group() for w in WORD.finditer(p)] for p in JOINED.split(phrase)]
    if len(parts) < 2 or not re.search(r"\b(?:and|or)\b", phrase) or not all(parts):
        return False
    words = [w for p in parts for w in p]
    if any(w[:1].isupper() for w in words[1:]) or any(w.lower() in POST_MODIFIER for p in parts[:-1] for w in p[1:]):
        return False
    heads = [_head(p) for p in parts]
    return all(_people(p, h) for p, h in zip(parts, heads, strict=True)) and any(_many(h) for h in heads)


def _head(part: list[str]) -> str:
    stop = next((i for i, w in enumerate(part) if i and w.lower() in POST_MODIFIER), len(part))
    return part[stop - 1].lower()


def _many(head: str) -> bool:
    return "group" in classes().get(head, ()) or (head.endswith(PEOPLE) and "document" not in classes().get(head, ()))


def _people(part: list[str], head: str) -> bool:
    """Whether a member of the list is people, or somebody: "two drivers", "a baker"."""
    means = classes().get(head, frozenset())
    if means:
        return not means.isdisjoint(SOMEBODY)
    return _many(head) or (len(part) > 1 and part[0].lower() in ARTICLE and head not in cues()["head"])
