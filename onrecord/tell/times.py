"""An EDTF value in words: `2031-23` is "autumn 2031", `XXXX-04` is "April, year unknown".

A whole day stays as it is (2031-03-03): so it sorts, and so it is typed in filters. JSON keeps the codes.
"""

from __future__ import annotations

import re
from functools import lru_cache

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
PARTS_OF_YEAR = {f"{n:02d}": name for n, name in enumerate(MONTHS, 1)} | {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter", "XX": "",
}  # fmt: skip
QUALIFIED = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}
POINT = re.compile(r"(?P<year>\d{4}|\d\d\dX|\d\dXX|XXXX)(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?(?P<sign>[?~%]?)")
OPEN = ("", "..")


@lru_cache(maxsize=4096)
def in_words(value: str) -> str:
    """The value as people say it; what is no EDTF of a known form stays as it is."""
    first, slash, last = value.partition("/")
    if not slash:
        return point(value) or value
    if first in OPEN and last in OPEN:
        return "at any time"
    if first in OPEN or last in OPEN:
        known = point(last if first in OPEN else first)
        if known is None:
            return value
        return f"until {known}" if first in OPEN else f"from {known} on"
    low, high = point(first), point(last)
    if low is None or high is None:
        return value
    return f"{without_year(first, last) or low} to {high}"


def without_year(first: str, last: str) -> str | None:
    """`January` of `2031-01/2031-03`: the year stands behind the later month."""
    a, b = POINT.fullmatch(first), POINT.fullmatch(last)
    if a is None or b is None or a["year"] != b["year"] or None in (a["month"], b["month"]):
        return None
    return PARTS_OF_YEAR.get(a["month"]) if a["day"] is b["day"] is None and not a["sign"] else None


def point(value: str) -> str | None:
    """One time in words, None where the value is of no known form."""
    m = POINT.fullmatch(value)
    if m is None or (m["month"] is not None and m["month"] not in PARTS_OF_YEAR):
        return None
    return QUALIFIED.get(m["sign"], "") + _plain(m["year"], m["month"], m["day"])


def _plain(year: str, month: str | None, day: str | None) -> str:
    part = PARTS_OF_YEAR[month] if month is not None else ""
    if year == "XXXX":
        number = f"{int(day)} " if day is not None and day != "XX" else ""
        return f"{number}{part}, year unknown" if part else "year unknown"
    if day is not None and day != "XX" and part:
        return f"{year}-{month}-{day}"
    return f"{_part(year, part)}{_missing(month, day)}"


def _part(year: str, part: str) -> str:
    if part == "winter" and year.isdecimal():  # from December to February
        return f"winter {year}–{(int(year) + 1) % 100:02d}"
    return f"{part} {_year(year)}" if part else _year(year)


def _year(year: str) -> str:
    """`2031`, `the 2030s`, `2000 to 2099`."""
    if year.endswith("XX"):
        return f"{year[:2]}00 to {year[:2]}99"
    return f"the {year[:3]}0s" if year.endswith("X") else year


def _missing(month: str | None, day: str | None) -> str:
    if month == "XX":
        return ", month unknown"
    return ", day unknown" if day == "XX" else ""
