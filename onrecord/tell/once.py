"""What is said once is told once: a saying gives way to the claim with a property that the same words make.

Where a clause yields a figure or a date, it yields two claims: that it was said, and what it says. Both are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.records import Claim, Due, Position

SAYS = "says"  # the property of claims that no property fits


def spoken_for(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether a saying's words are those of a claim with a property, or stand within them."""
    return claim.property == SAYS and any(
        o.property != SAYS and o.report == claim.report and _within(claim, o) for o in others
    )


def _within(inner: Claim, outer: Claim) -> bool:
    return (
        bool(inner.evidence and outer.evidence)
        and outer.evidence[0].start <= inner.evidence[0].start
        and inner.evidence[-1].end <= outer.evidence[-1].end
    )


def positions_once(positions: Iterable[Position], claims: Mapping[str, Claim]) -> tuple[Position, ...]:
    """The positions without those that are but sayings told by others of them."""
    found = tuple(positions)
    by_report = _by_report(claims[c] for p in found for c in p.claims)
    return tuple(p for p in found if not all(spoken_for(claims[c], by_report[claims[c].report]) for c in p.claims))


def dues_once(dues: Iterable[Due], claims: Mapping[str, Claim]) -> tuple[Due, ...]:
    """The promises without those that are but sayings told by others for the same date."""
    found = tuple(dues)
    by_date: dict[str | None, list[Claim]] = {}
    for d in found:
        by_date.setdefault(d.by, []).extend(claims[c] for c in d.claims)
    return tuple(d for d in found if not all(spoken_for(claims[c], by_date[d.by]) for c in d.claims))


def _by_report(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    out: dict[str, list[Claim]] = {}
    for c in claims:
        out.setdefault(c.report, []).append(c)
    return out
