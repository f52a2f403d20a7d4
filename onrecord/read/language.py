"""Text → BCP 47 code of its language, "und" where that cannot be told."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

MIN_LETTERS = 20  # below it a name alone decides
MIN_PROBABILITY = 0.7
SAMPLE = 5_000  # characters looked at
TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def language_of(text: str) -> str:
    """The language of `text` as a two-letter code, or "und"."""
    sample = text[:SAMPLE]
    if sum(c.isalpha() for c in sample) < MIN_LETTERS:
        return "und"
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= MIN_PROBABILITY else "und"


def tag(declared: object) -> str | None:
    """The language part of a declared tag (`en_GB` → `en`), or None where it is no tag."""
    if not isinstance(declared, str) or not TAG.fullmatch(declared.strip()):
        return None
    first = re.split("[-_]", declared.strip())[0].lower()
    return None if first in ("und", "mul", "zxx") else first


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
