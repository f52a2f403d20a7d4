"""Titles that reports give a person → walks of life, as evidence that two of one name are two.

Only walks that one person seldom shares are told apart (`beats/words/callings.tsv`); other titles say nothing, since a
minister may have been a director and a general may become a minister.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from onrecord.resolve.tables import pairs_of


@lru_cache(maxsize=1)
def _walks() -> dict[str, str]:
    return {word.casefold(): walk for word, walk in pairs_of("callings")}


@lru_cache(maxsize=4096)
def _walks_of_role(role: str) -> frozenset[str]:
    known = _walks()
    return frozenset(known[w] for w in re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", role.casefold()) if w in known)


def walks_of(roles: Iterable[str]) -> frozenset[str]:
    """The walks of life that some titles belong to; empty where they say nothing."""
    return frozenset[str]().union(*map(_walks_of_role, roles))
