"""Word tables of `beats/words` → what the stages of resolving look up. Read once, when first asked for."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

WORDS = Path(__file__).parent.parent / "beats" / "words"


@lru_cache(maxsize=32)
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `beats/words/<name>.tsv` by column."""
    with open(WORDS / f"{name}.tsv", encoding="utf-8", newline="") as f:
        return tuple(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def pairs_of(name: str) -> tuple[tuple[str, str], ...]:
    """The first two columns of a table."""
    return tuple((values[0], values[1]) for values in (tuple(r.values()) for r in rows_of(name)))
