"""EDTF values as ranges of days: what a date says, no more.

Source: Extended Date/Time Format (ISO 8601-2:2019), levels 0 and 1 and the unspecified digits of level 2.
Forms: `2031-03-03`, `2031-03`, `2031`, `203X`, `2031-22` (season), `2031-03-03/2031-03-05`, `../2031`, `2031/..`,
`XXXX-03-12` (no year in the text), `?`, `~` and `%` as qualifiers, which widen nothing here.
Quarters are not EDTF: they are written as intervals of months (`2031-01/2031-03`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

POINT = re.compile(r"(\d{2}[\dX]{2}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d|XX))?")
SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # EDTF season number -> its first month (northern half)

Days = tuple[date | None, date | None]


@lru_cache(maxsize=4096)
def days(value: str | None) -> Days | None:
    """First and last day that `value` may mean; None at an open end; None for all that no calendar bounds.

    `XXXX-03-12` has no year and so no days. A text that is not EDTF gives None too: see `is_edtf`.
    """
    if value is None:
        return None
    parts = re.sub(r"[~?%]", "", value).split("/")
    if len(parts) == 1:
        return _point(parts[0])
    if len(parts) != 2:
        return None
    first, last = (_end(p) for p in parts)
    if first is None or last is None or first == last == (None, None):
        return None
    low, high = first[0], last[1]
    return None if low is not None and high is not None and low > high else (low, high)


def _end(part: str) -> Days | None:
    return (None, None) if part in ("", "..") else _point(part)


def _point(text: str) -> tuple[date, date] | None:
    m = POINT.fullmatch(text)
    if m is None:
        return None
    year, month, day = m.groups()
    if "X" in year:
        if month is not None or year == "XXXX":
            return None
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    y = int(year)
    try:
        if month is None or month == "XX":
            return date(y, 1, 1), date(y, 12, 31)
        if int(month) in SEASONS:
            return _season(y, SEASONS[int(month)])
        if day is None or day == "XX":
            return date(y, int(month), 1), date(y, int(month), monthrange(y, int(month))[1])
        return date(y, int(month), int(day)), date(y, int(month), int(day))
    except ValueError:
        return None


def _season(year: int, first: int) -> tuple[date, date]:
    last_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
    return date(year, first, 1), date(last_year, last, monthrange(last_year, last)[1])


def is_edtf(value: str) -> bool:
    """Whether `value` is of a form this module reads (`XXXX-…` included, though it has no days)."""
    parts = re.sub(r"[~?%]", "", value).split("/")
    if len(parts) > 2:
        return False
    return all(p in ("", "..") or _point(p) is not None or re.fullmatch(r"XXXX(-\d\d(-\d\d)?)?", p) for p in parts)


def overlap(a: str | None, b: str | None) -> bool | None:
    """Whether two values may mean a common day; None where one of them has no days."""
    x, y = days(a), days(b)
    if x is None or y is None:
        return None
    low = max(x[0] or date.min, y[0] or date.min)
    return low <= min(x[1] or date.max, y[1] or date.max)


def first_day(value: str | None) -> date | None:
    """The earliest day `value` may mean, or None."""
    found = days(value)
    return None if found is None else found[0]


def last_day(value: str | None) -> date | None:
    """The latest day `value` may mean, or None."""
    found = days(value)
    return None if found is None else found[1]


def iso_week(day: date) -> str:
    """`2031-W07`, the ISO week of `day`: the key of an issue."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
