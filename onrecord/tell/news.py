"""A view and a week → what is new in it. A report belongs to the week in which its publication date lies, whole.

Three things look new and are not: a back issue read this week for the first time, an older version of a report, and
a report without a date. They are counted apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import msgspec

from onrecord import edtf
from onrecord.errors import WrongCall
from onrecord.records import FUTURE, Change, Claim, Conflict, Due, HedgeLoss, Position, Problem, Report
from onrecord.tell.sentences import promised
from onrecord.tell.shelf import Shelf

MIN_WORDS = 30  # characters of an untyped claim that is told as withdrawn

NAMED_DAY = re.compile(r"(?<!\d)\d{4}([-/])\d\d\1\d\d(?!\d)")  # "…/2031-04-04-issue.pdf", "…/2031/04/04/…"


def span(week: str) -> tuple[date, date]:
    """Monday and Sunday of `2031-W07`. Raises WrongCall."""
    m = re.fullmatch(r"(\d{4})-W(\d{2})", week)
    try:
        if m is None:
            raise ValueError
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
    except ValueError:
        raise WrongCall(f"{week!r} is no week", hint="give an ISO week: 2031-W07") from None
    return monday, monday + timedelta(days=6)


@dataclass(frozen=True)
class Withdrawal:
    """A claim that an edited report no longer makes, and the day of the edit as far as known."""

    claim: Claim
    edited: str


@dataclass(frozen=True)
class Given:
    """A date of a promise: the claim that first gave it, the date it put off, how many slips that made, and the
    claim that later put it off itself."""

    due: Due
    by: str
    claim: Claim
    before: str | None = None
    slips: int = 0
    put_off: Claim | None = None


@dataclass(frozen=True)
class News:
    """What one week brought."""

    shelf: Shelf
    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def within(self, value: str | None) -> bool:
        """Whether a time lies in the week as a whole ("2031-02" does not)."""
        return self.holds(edtf.first_day(value)) and self.holds(edtf.last_day(value))

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """Reports published in the week, newest versions only, by publication date."""
        return tuple(r for r in self.shelf.reports.values() if r.id in self.shelf.current and self.within(r.published))

    @cached_property
    def failed(self) -> frozenset[str]:
        """Reports that were taken in and could not be understood: they are on record and nothing is read from them."""
        troubled = {p.report for p in self.shelf.view.problems() if p.report is not None and p.stage != "read"}
        return frozenset(troubled - {s.report for s in self.shelf.statements.values()} - self._claiming)

    @cached_property
    def _claiming(self) -> frozenset[str]:
        return frozenset(c.report for c in self.shelf.claims.values())

    @cached_property
    def claims(self) -> frozenset[str]:
        ids = {r.id for r in self.reports}
        return frozenset(c.id for c in self.shelf.claims.values() if c.report in ids)

    @cached_property
    def unread(self) -> tuple[Problem, ...]:
        """What could not be read, of any week."""
        return tuple(p for p in self.shelf.view.problems() if p.code != FUTURE)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read of this week: added in it, or dated in it by its report, its name or address."""
        noted = self.shelf.view.noted()
        found = [p for p in self.unread if self.holds(edtf.first_day(noted[p.id][:10])) or self._dated(p)]
        return tuple(sorted(found, key=lambda p: (p.source, p.stage, p.id)))

    @cached_property
    def ahead(self) -> int:
        """Reports of the week that were dated in the future when they were read."""
        ids = {p.report for p in self.shelf.view.problems() if p.code == FUTURE}
        return sum(r.id in ids for r in self.reports)

    def _dated(self, problem: Problem) -> bool:
        report = self.shelf.reports.get(problem.report or "")
        named = [edtf.first_day(m[0].replace("/", "-")) for m in NAMED_DAY.finditer(problem.source)]
        return (report is not None and self.within(report.published)) or any(self.holds(day) for day in named)

    @cached_property
    def back_issues(self) -> tuple[Report, ...]:
        """Reports published before the week and first read in it, in the order of reading."""
        found = [r for r in self.shelf.reports.values() if self.recorded(r) and self._before(r)]
        return tuple(sorted(found, key=lambda r: (self.shelf.view.recorded_at(r.id) or "", r.published or "", r.id)))

    def recorded(self, report: Report) -> bool:
        """Whether the ledger first read it in the week."""
        at = self.shelf.view.recorded_at(report.id)
        return at is not None and self.holds(edtf.first_day(at[:10]))

    def _before(self, report: Report) -> bool:
        last = edtf.last_day(report.published)
        return last is not None and last < self.first

    # ------------------------------------------------------------ what is new

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Typed positions that no earlier report has (without a beat: all), by publication of their first claim."""
        every = self.shelf.beat is None
        typed = (p for p in self.shelf.positions.values() if every or self.shelf.typed(p.property) is not None)
        found = [p for p in typed if self._new(p)]
        return tuple(sorted(found, key=lambda p: (self.shelf.order(self.first_claim(p).id), p.id)))

    def _new(self, p: Position) -> bool:
        if not self.told(p.claims):
            return False
        days = [edtf.first_day(self.shelf.reports[self.shelf.claims[c].report].published) for c in p.claims]
        return all(d is None or d >= self.first for d in days)

    def told(self, claims: tuple[str, ...]) -> bool:
        """Whether a report of the week makes one of the claims."""
        return not self.claims.isdisjoint(claims)

    def first_claim(self, p: Position) -> Claim:
        """The week's first claim of a position."""
        return self.shelf.claims[min((c for c in p.claims if c in self.claims), key=self.shelf.order)]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Changes to a position that is new this week."""
        new = {p.id for p in self.positions}
        found = [c for c in self.shelf.view.changes() if c.after in new]
        return tuple(sorted(found, key=lambda c: (self._order(c.after), c.id)))

    def _order(self, position: str) -> tuple[bool, str, str]:
        return self.shelf.order(self.first_claim(self.shelf.positions[position]).id)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Conflicts open at the end of the week in which one of its reports takes a side, the longest open first.

        Each with its turns up to then: what came later is no part of the week.
        """
        found = (self._by_then(c) for c in self.shelf.view.conflicts())
        open_ones = [c for c in found if c.is_open() and self.told(self._claims(c))]
        return tuple(sorted(open_ones, key=lambda c: (c.turns[0].on or "", c.id)))

    def _by_then(self, c: Conflict) -> Conflict:
        turns = tuple(t for t in c.turns if t.on is not None and t.on <= self.last.isoformat())
        return msgspec.structs.replace(c, turns=turns)

    def _claims(self, c: Conflict) -> tuple[str, ...]:
        return tuple(x for p in c.positions for x in self.shelf.positions[p].claims)

    @cached_property
    def given(self) -> tuple[Given, ...]:
        """Every date that a promise was ever given, by that date."""
        found = [g for d in self.shelf.view.dues() if d.by is not None for g in self._given(d)]
        return tuple(sorted(found, key=lambda g: (edtf.last_day(g.by) or date.max, g.due.id, g.slips)))

    def _given(self, d: Due) -> list[Given]:
        dates = [d.slips[0][0] if d.slips else d.by or "", *(new for _, new in d.slips)]
        first = [self._first(d, by) for by in dates]
        return [
            Given(d, by, claim, dates[n - 1] if n else None, n, first[n + 1] if n + 1 < len(first) else None)
            for n, (by, claim) in enumerate(zip(dates, first, strict=True))
        ]

    def _first(self, d: Due, by: str) -> Claim:
        claims = [self.shelf.claims[c] for c in sorted(d.claims, key=self.shelf.order)]
        return next((c for c in claims if promised(c) == by), claims[-1])

    @cached_property
    def due(self) -> tuple[Given, ...]:
        """Dates whose last day lies in the week, and that were not put off before it."""
        return tuple(g for g in self.given if self.holds(edtf.last_day(g.by)) and not self._put_off_before(g))

    def _put_off_before(self, g: Given) -> bool:
        if g.put_off is None:
            return False
        on, last = edtf.first_day(self.shelf.reports[g.put_off.report].published), edtf.last_day(g.by)
        return on is not None and last is not None and on <= last

    @cached_property
    def slips(self) -> tuple[Given, ...]:
        """Dates that a report of the week gave first, in place of an earlier one."""
        return tuple(g for g in self.given if g.before is not None and g.claim.id in self.claims)

    @cached_property
    def hedges(self) -> tuple[HedgeLoss, ...]:
        """Hedges that fell off in a report of the week, by its publication."""
        found = [h for h in self.shelf.view.hedges() if h.lost_at in self.claims]
        return tuple(sorted(found, key=lambda h: (self.shelf.order(h.lost_at), h.id)))

    @cached_property
    def withdrawals(self) -> tuple[Withdrawal, ...]:
        """Claims that a report edited in the week no longer makes, by publication."""
        found = [w for r in self.shelf.reports.values() if r.id not in self.shelf.current for w in self._withdrawn(r)]
        return tuple(sorted(found, key=lambda w: self.shelf.order(w.claim.id)))

    def _withdrawn(self, old: Report) -> list[Withdrawal]:
        new = next((self.shelf.reports[v] for v in self.shelf.view.versions(old.id) if v in self.shelf.current), None)
        if new is None:
            return []
        edited = self._edited(old, new)
        if not self.within(edited):
            return []
        kept = {p.id for c in self.shelf.claims.values() if c.report == new.id for p in self._of(c)}
        weighed = [(c, {p.id for p in self._of(c)}) for c in self.shelf.claims.values() if c.report == old.id]
        return [
            Withdrawal(c, edited)
            for c, held in weighed
            if held and not kept & held and self._sayable(c) and not self._stands(c, new)
        ]

    def _stands(self, c: Claim, new: Report) -> bool:
        """Whether the very words stand in the new version too, whatever was read from them there."""
        return " ".join(self.shelf.words(c).split()) in " ".join(new.text.split())

    def _sayable(self, c: Claim) -> bool:
        """Whether a claim can be told by itself: typed, or more than a scrap of a sentence."""
        return self.shelf.typed(c.property) is not None or len(self.shelf.words(c)) >= MIN_WORDS

    def _of(self, c: Claim) -> tuple[Position, ...]:
        return self.shelf.positions_of.get(c.id, ())

    def _edited(self, old: Report, new: Report) -> str:
        """The edit that the new version names, its own date where that has moved, else the day it was read."""
        for before, after in ((_modified(old), _modified(new)), (old.published, new.published)):
            day, earlier = edtf.first_day(after), edtf.first_day(before)
            if day is not None and (earlier is None or day > earlier):
                return day.isoformat()
        return (self.shelf.view.recorded_at(new.id) or "")[:10]


def _modified(report: Report) -> str | None:
    """The latest date that the page gives for a change of itself."""
    return max((d.value for d in report.dates if "modified" in d.where.casefold()), default=None)
