"""A name → the key under which equal names meet: case, accents, quotation marks and word order set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_POSSESSIVE = re.compile(r"(?<=[\dA-Z])['’]s\b")
_SMALL_S = re.compile(r"(?<=[\dA-Z])(?=s\b)")  # "X-1s" may be many, or a model: not the "X-1S"
_PLUS = re.compile(r"(?<=\w) ?\+")
_RAISED = re.compile("(?=[²³¹⁰⁴-⁹])|′")  # "X-1²" is not "X-12"


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """`name` folded: no case, accents, punctuation; digits, suffixes and plus signs stay, so X-1 and X-1+ have two."""
    name = _PLUS.sub(" plus ", _SMALL_S.sub(" ", _POSSESSIVE.sub("", name)))
    plain = unicodedata.normalize("NFKD", _RAISED.sub(" prime ", name).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain))
