"""A name → the key under which equal names meet: case, accents, quotation marks and word order set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """`name` folded: no case, accents, punctuation; digits and suffixes stay apart, so X-1 and X-1M keep two keys."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain))
