"""What reports say of a person beside the name → traits that tell namesakes apart, and in which of them two differ.

Traits: walk of life, country of office, office, years of the reports. What is unsaid differs from nothing; what
differs is no proof of two, so a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onrecord.edtf import first_day
from onrecord.records import Kind, Mention, Referent
from onrecord.resolve.callings import walks_of
from onrecord.resolve.keys import name_key
from onrecord.resolve.parts import country_of
from onrecord.resolve.tables import pairs_of

APART = 20  # years without a report of anyone of the name, from which two may be meant: most careers are shorter
PAST = re.compile(r"\b(?:former|ex|late|then|бывш\w+|экс|былы|былога)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Traits:
    """Each empty where nothing is said."""

    walks: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()  # those that one person seldom holds together
    years: frozenset[int] = frozenset()

    def __or__(self, other: Traits) -> Traits:
        return Traits(
            self.walks | other.walks, self.countries | other.countries, self.offices | other.offices,
            self.years | other.years,
        )  # fmt: skip


NOTHING = Traits()


def traits_of(referents: Iterable[Referent], homes: Mapping[str, str], published: Mapping[str, str | None]) -> Traits:
    """What reports give the persons as which they know a name; `homes`: referent → country named before the title."""
    found = NOTHING
    for r in referents:
        if r.kind == Kind.PERSON:
            found |= _traits(r, homes.get(r.id), published.get(r.report))
    return found


def _traits(r: Referent, home: str | None, on: str | None) -> Traits:
    day = first_day(on)
    countries = {c for role in r.roles for c in _countries(role)} | ({home} if home is not None else set())
    return Traits(
        walks_of(r.roles), frozenset(countries), frozenset(o for role in r.roles for o in _offices(role)),
        frozenset({day.year} if day is not None else ()),
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _countries(role: str) -> frozenset[str]:
    return frozenset(c for w in WORD.findall(role.casefold()) if len(w) > 4 and (c := country_of(w)) is not None)


@lru_cache(maxsize=1)
def _exclusive() -> dict[str, str]:
    return {w.casefold(): office for w, office in pairs_of("exclusive_offices")}


@lru_cache(maxsize=4096)
def _offices(role: str) -> frozenset[str]:
    if PAST.search(role):
        return frozenset()
    return frozenset(_exclusive()[w] for w in WORD.findall(role.casefold()) if w in _exclusive())


def homes_of(referents: Iterable[Referent], mentions: Iterable[Mention]) -> dict[str, str]:
    """Person → the country that a report names right before the title: "Latvian Defence Minister Ann Lund"."""
    titled = {r.id: r for r in referents if r.kind == Kind.PERSON and r.roles}
    countries = {r.id: name_key(r.name) for r in referents if r.kind == Kind.COUNTRY}
    reports = {r.report for r in titled.values()}
    found: dict[str, set[str]] = {}
    placed = sorted(
        (m.report, m.passage.start, m.passage.end, m.referent)
        for m in mentions
        if m.report in reports and (m.referent in titled or m.referent in countries)
    )
    for (report, _, end, before), (other, start, _, who) in pairwise(placed):
        beside = report == other and before in countries and who in titled
        if beside and start - end in {len(role) + 2 for role in titled[who].roles}:
            found.setdefault(who, set()).add(countries[before])
    return {who: next(iter(some)) for who, some in found.items() if len(some) == 1}


def difference(a: Traits, b: Traits) -> str | None:
    """In what two persons of one name differ so that they may be two, in words; None where nothing tells them apart."""
    for what, x, y in (
        ("titles of different walks of life", a.walks, b.walks),
        ("offices of different countries", a.countries, b.countries),
    ):
        if x and y and x.isdisjoint(y):
            return f"{what}: {_said(x)} and {_said(y)}"
    if a.offices and b.offices and a.offices.isdisjoint(b.offices) and _at_one_time(a.years, b.years):
        return f"different offices at one time: {_said(a.offices)} and {_said(b.offices)}"
    if a.years and b.years and _gap(a.years, b.years) >= APART:
        return f"reports {_gap(a.years, b.years)} years apart: {_span(a.years)} and {_span(b.years)}"
    return None


def _at_one_time(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether it may have been in one year."""
    return not a or not b or not a.isdisjoint(b)


def _said(words: Iterable[str]) -> str:
    return f"“{', '.join(sorted(words))}”"


def _span(years: frozenset[int]) -> str:
    return str(min(years)) if len(years) == 1 else f"{min(years)} to {max(years)}"


def _gap(a: frozenset[int], b: frozenset[int]) -> int:
    """Years between the nearest two."""
    if max(a) < min(b) or max(b) < min(a):
        return min(b) - max(a) if max(a) < min(b) else min(a) - max(b)
    both = sorted([(y, 0) for y in a] + [(y, 1) for y in b])
    return min((y - x for (x, s), (y, t) in pairwise(both) if s != t), default=0)


def parted(people: Sequence[tuple[str, Traits]]) -> dict[str, str]:
    """Person → what tells it from others of its name; "" for those of whom nothing is said, and for all where nobody
    differs."""
    rows = [
        ("walks", {i: t.walks for i, t in people}), ("countries", {i: t.countries for i, t in people}),
        ("offices", _offices_at_one_time(people)), ("years", _eras(people)),
    ]  # fmt: skip
    said: dict[str, list[str]] = {i: [] for i, _ in people}
    for _, values in rows:
        distinct = {v for v in values.values() if v}
        if any(x.isdisjoint(y) for x in distinct for y in distinct):
            for i, v in values.items():
                said[i] += [", ".join(sorted(v))] if v else []
    return {i: "; ".join(words) for i, words in said.items()}


def _offices_at_one_time(people: Sequence[tuple[str, Traits]]) -> dict[str, frozenset[str]]:
    """The offices of each, where some other holds another office at the same time; else none."""
    kinds = {(t.offices, t.years) for _, t in people if t.offices}
    clash = any(a.isdisjoint(b) and _at_one_time(x, y) for a, x in kinds for b, y in kinds)
    return {i: t.offices if clash else frozenset() for i, t in people}


def _eras(people: Sequence[tuple[str, Traits]]) -> dict[str, frozenset[str]]:
    """The stretch of years that each falls into, where none is longer without a report than `APART`."""
    years = sorted({y for _, t in people for y in t.years})
    starts = [y for x, y in pairwise([-APART - 1, *years]) if y - x >= APART] or years[:1]
    return {
        i: frozenset(f"since {max(s for s in starts if s <= y)}" for y in t.years if any(s <= y for s in starts))
        for i, t in people
    }
