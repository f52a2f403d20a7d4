"""The origins of a position, counted apart by how firmly its claims say it: a "may" supports no "does"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from onrecord.records import Modality, Origins

FIRM = (Modality.ASSERTED, Modality.DENIED)  # it is so, or it is not so; never both in one position
WAYS = (FIRM, (Modality.ORDERED, Modality.PLANNED, Modality.PREDICTED), (Modality.POSSIBLE,), (Modality.DOUBTED,))


class Support(NamedTuple):
    """Origins of the claims of one way of saying it."""

    how: tuple[str, ...]  # the modalities met: "planned", "predicted"
    low: int
    high: int
    firm: bool


def support(counted: Origins, modality_of: Mapping[str, Modality]) -> tuple[Support, ...]:
    """A count for each way met, firm first: how many origins have a claim of that way.

    An origin that says both "may" and "does" is counted with both, so the counts may add up to more than the origins.
    """
    out = []
    for way in WAYS:
        claims = {c for c in counted.claims if modality_of[c] in way}
        if claims:
            how = tuple(m.value for m in way if any(modality_of[c] is m for c in claims))
            out.append(Support(how, _met(counted.groups_low, claims), _met(counted.groups_high, claims), way is FIRM))
    return tuple(out)


def _met(groups: Iterable[tuple[str, ...]], claims: set[str]) -> int:
    return sum(not claims.isdisjoint(g) for g in groups)


def bounds(low: int, high: int) -> str:
    """`one origin`, `2 origins`, `at least 1, at most 2 origins`."""
    return "one origin" if high == 1 else f"{low} origins" if low == high else f"at least {low}, at most {high} origins"


def in_words(found: Iterable[Support], low: int, high: int) -> str:
    """What between `low` and `high` origins come to: `2 origins`; `planned: one origin`; `one origin, told as asserted
    and as possible`; `at least 2, at most 3 origins: asserted by 1, as possible by at least 1, at most 2`."""
    ways = tuple(found)
    total = bounds(low, high)
    if len(ways) < 2:
        return total if all(w.firm for w in ways) else f"{' or '.join(ways[0].how)}: {total}"
    if high == 1:
        return f"{total}, told {' and '.join(f'as {h}' for w in ways for h in w.how)}"
    return f"{total}: {', '.join(_by(w) for w in ways)}"


def _by(way: Support) -> str:
    number = str(way.low) if way.low == way.high else f"at least {way.low}, at most {way.high}"
    return f"{'' if way.firm else 'as '}{' or '.join(way.how)} by {number}"
