"""A week → what was read of what should have been: the denominator of "no reports"."""

from __future__ import annotations

from datetime import date, timedelta

from onrecord import edtf
from onrecord.beat import Expected
from onrecord.records import Record, Report
from onrecord.tell.news import News

EVERY = {
    "day": 7,
    "week": 7,
    "month": 31,
    "quarter": 92,
    "year": 366,
}  # days in which one report is expected; else a week


class Coverage(Record, frozen=True, kw_only=True):
    """Sources by outlet name, in the order of the beat."""

    expected: tuple[str, ...]
    read: tuple[str, ...]
    missing: tuple[str, ...]
    reports: int  # published in the week
    first_read: int  # back issues, read in the week for the first time
    undated: int  # reports on record without a publication date: they belong to no week
    no_outlet: int  # reports on record of no known outlet: they count for no expected source
    problems: int  # what could not be read, of the week
    ahead: int = 0  # reports of the week that were dated in the future when they were read

    def line(self) -> str:
        """`3 of 4 expected sources read (not read: Echo); 7 reports published this week; …`."""
        if self.expected:
            missing = f" (not read: {', '.join(self.missing)})" if self.missing else ""
            parts = [f"{len(self.read)} of {len(self.expected)} expected sources read{missing}"]
        else:
            parts = ["No expected sources are named"]
        parts.append(f"{plural(self.reports, 'report')} published this week")
        parts += [f"{plural(self.first_read, 'back issue')} first read"] if self.first_read else []
        parts += [f"{plural(self.undated, 'report')} without a date: of no week"] if self.undated else []
        parts += [f"{plural(self.no_outlet, 'report')} of no known outlet"] if self.no_outlet else []
        parts += [f"{self.problems} could not be read"] if self.problems else []
        look = "looks" if self.ahead == 1 else "look"
        parts += [f"{self.ahead} {look} wrong: dated in the future"] if self.ahead else []
        return "; ".join(parts)


def coverage(news: News) -> Coverage:
    """What was read this week. A source counts as read where a report of it, published or first read in time, was
    understood."""
    beat = news.shelf.beat
    rows = () if beat is None else beat.expected
    read = [x for x in rows if _read(x, news)]
    names = {o.key: o.name for o in (beat.outlets if beat is not None else ())}
    current = [r for r in news.shelf.reports.values() if r.id in news.shelf.current]
    view = news.shelf.view
    return Coverage(
        expected=tuple(_name(x, rows, names) for x in rows),
        read=tuple(_name(x, rows, names) for x in read),
        missing=tuple(_name(x, rows, names) for x in rows if x not in read),
        reports=len(news.reports),
        first_read=len(news.back_issues),
        undated=sum(edtf.days(r.published) is None for r in current),
        no_outlet=sum(r.outlet is None and view.outlet_of(r) is None for r in current),
        problems=len(news.problems),
        ahead=news.ahead,
    )


def _name(x: Expected, rows: tuple[Expected, ...], names: dict[str, str]) -> str:
    """The outlet's name, with the source where the outlet has several."""
    several = sum(y.outlet == x.outlet for y in rows) > 1
    return f"{names[x.outlet]} ({x.source})" if several else names[x.outlet]


def _read(x: Expected, news: News) -> bool:
    since = news.last - timedelta(days=EVERY.get(x.every, 7) - 1)
    read = (r for r in news.shelf.reports.values() if r.id not in news.failed and _of(r, x, news))
    return any(_published(r, since, news.last) or news.recorded(r) for r in read)


def _of(report: Report, x: Expected, news: News) -> bool:
    """Whether the report is of the expected outlet; by which of its sources it came is not on record."""
    outlet = news.shelf.view.outlet_of(report)
    return outlet is not None and outlet.key == x.outlet


def _published(report: Report, since: date, until: date) -> bool:
    first, last = edtf.first_day(report.published), edtf.last_day(report.published)
    return first is not None and last is not None and since <= first and last <= until


def plural(n: int, noun: str) -> str:
    """`1 report`, `2 reports`."""
    return f"{n} {noun}{'' if n == 1 else 's'}"
