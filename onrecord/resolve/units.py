"""A romanised word → numbers of its units: letters, or letters for one sound, between the word's borders."""

from __future__ import annotations

import re
from functools import lru_cache

UNITS = ("^", "$", *"abcdefghijklmnopqrstuvwxyz", "ch", "sh", "zh", "kh", "ts", "th", "ph", "gh", "ck", "cz", "sz",
         "rz", "sch", "tsch", "dj", "dzh", "ng", "qu", "tz", "ny", "tch")  # fmt: skip
CODE = {u: i for i, u in enumerate(UNITS)}
N = len(UNITS)
_UNIT = re.compile("|".join(sorted((re.escape(u) for u in UNITS), key=len, reverse=True)))
_TWICE = re.compile(r"([b-df-hj-np-tv-z])\1+")
MAX_UNITS = 24  # of one word: the longest surname of the training pairs has 17


def _once(m: re.Match[str]) -> str:
    return m[1]


@lru_cache(maxsize=131072)
def units_of(word: str) -> tuple[int, ...]:
    """A romanised word as unit numbers between its borders; doubled consonants count once."""
    found = _UNIT.findall(_TWICE.sub(_once, word))
    return (CODE["^"], *(CODE[u] for u in found[:MAX_UNITS]), CODE["$"])
