"""A view and a week → what is new in it. A report belongs to the week in which its publication date lies, whole.

Three things look new and are not: a back issue read this week for the first time, an older version of a report, and
a report without a date. They are counted apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from onrecord import edtf
from onrecord.errors import WrongCall
from onrecord.records import Change, Claim, Conflict, Due, HedgeLoss, Position, Report
from onrecord.tell.sentences import latest
from onrecord.tell.shelf import Shelf


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
        """Typed positions that no earlier report has, by publication of their first claim."""
        found = [p for p in self.shelf.positions.values() if self.shelf.typed(p.property) is not None and self._new(p)]
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
        """Open conflicts in which a report of the week takes a side, the one contested longest first."""
        found = [c for c in self.shelf.view.conflicts() if c.is_open() and self.told(self._claims(c))]
        return tuple(sorted(found, key=lambda c: (next((t.on for t in c.turns if t.on), "9"), c.id)))

    def _claims(self, c: Conflict) -> tuple[str, ...]:
        return tuple(x for p in c.positions for x in self.shelf.positions[p].claims)

    @cached_property
    def due(self) -> tuple[Due, ...]:
        """Promises whose last day lies in the week, by that day."""
        found = [d for d in self.shelf.view.dues() if self.holds(edtf.last_day(d.by))]
        return tuple(sorted(found, key=lambda d: (edtf.last_day(d.by) or date.max, d.id)))

    @cached_property
    def slips(self) -> tuple[Due, ...]:
        """Promises whose date a report of the week put off, by the new date."""
        found = [d for d in self.shelf.view.dues() if d.slips and latest(d, self.shelf).id in self.claims]
        return tuple(sorted(found, key=lambda d: (edtf.last_day(d.by) or date.max, d.id)))

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
        gone = [c for c in self.shelf.claims.values() if c.report == old.id and not kept & {p.id for p in self._of(c)}]
        return [Withdrawal(c, edited) for c in gone]

    def _of(self, c: Claim) -> tuple[Position, ...]:
        return self.shelf.positions_of.get(c.id, ())

    def _edited(self, old: Report, new: Report) -> str:
        """The new version's own date where it has moved, else the day it was read."""
        before, after = edtf.first_day(old.published), edtf.first_day(new.published)
        if after is not None and (before is None or after > before):
            return after.isoformat()
        return (self.shelf.view.recorded_at(new.id) or "")[:10]
