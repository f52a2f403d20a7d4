"""Points and stretches of the calendar, written as EDTF (for records) and as TIMEX3 values (for benchmarks).

Sources: ISO 8601-2:2019 for EDTF; TimeML 1.2.1 for TIMEX3 (`1989-Q3`, `1998-W32-WE`, `P2Y`, `PRESENT_REF`).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import msgspec

SEASON_CODES = {1: "SP", 2: "SU", 3: "FA", 4: "WI"}
UNITS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "weekend": "WE",
         "month": "M",
         "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "season": "Y", "generation": "Y"}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A point of the calendar at one grain. `n` is the number of the month, quarter, half, season or ISO week."""

    grain: str  # day, month, year, decade, century, quarter, half, season, week, weekend
    year: int | None
    n: int | None = None
    day: int | None = None
    clock: str = ""  # TMO, TNI, T22:00 of a day

    @staticmethod
    def of(d: date, grain: str) -> Moment:
        """The day, week, month, ... that `d` lies in."""
        if grain in ("week", "weekend"):
            year, week, _ = d.isocalendar()
            return Moment(grain, year, week)
        n = {"day": d.month, "month": d.month, "quarter": (d.month + 2) // 3, "half": 1 if d.month < 7 else 2}
        n["season"] = (d.month % 12) // 3 or 4
        year = d.year - d.year % 10 if grain == "decade" else d.year - d.year % 100 if grain == "century" else d.year
        if grain == "season" and d.month < 3:
            year -= 1
        return Moment(grain, year, n.get(grain), d.day if grain == "day" else None)

    def edtf(self) -> str | None:
        """The EDTF value; None where no calendar year is known and EDTF has no mask for it."""
        y = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.grain == "day":
            return f"{y}-{self.n:02d}-{self.day:02d}"
        if self.grain == "month":
            return f"{y}-{self.n:02d}"
        if self.year is None:
            return None
        n = self.n or 1
        if self.grain == "season":
            return f"{y}-{20 + n}"
        if self.grain in ("quarter", "half"):
            size = 3 if self.grain == "quarter" else 6
            return f"{y}-{size * (n - 1) + 1:02d}/{y}-{size * n:02d}"
        if self.grain in ("week", "weekend"):
            first = date.fromisocalendar(self.year, n, 6 if self.grain == "weekend" else 1)
            return f"{first.isoformat()}/{date.fromisocalendar(self.year, n, 7).isoformat()}"
        return f"{y[:3]}X" if self.grain == "decade" else f"{y[:2]}XX" if self.grain == "century" else y

    def timex(self) -> str:
        """The TIMEX3 value."""
        y = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.grain == "day":
            return f"{y}-{self.n:02d}-{self.day:02d}{self.clock}"
        if self.grain == "month":
            return f"{y}-{self.n:02d}"
        n = self.n or 1
        codes = {"quarter": f"{y}-Q{n}", "half": f"{y}-H{n}", "season": f"{y}-{SEASON_CODES.get(n, 'SP')}",
                 "week": f"{y}-W{n:02d}",
                 "weekend": f"{y}-W{n:02d}-WE", "decade": y[:3], "century": y[:2]}  # fmt: skip
        return codes.get(self.grain, y)


def valid(m: Moment) -> bool:
    """Whether the calendar has that day (29 February only where the year has one, or is unknown)."""
    if m.grain in ("week", "weekend"):
        return m.year is not None and m.n is not None and 1 <= m.year < 9999 and 1 <= m.n <= weeks_in(m.year)
    if m.year is not None and not 1 <= m.year <= 9999:
        return False
    if m.grain in ("day", "month") and not (m.n and 1 <= m.n <= 12):
        return False
    return m.grain != "day" or (m.day is not None and 1 <= m.day <= monthrange(m.year or 2000, m.n or 1)[1])


def weeks_in(year: int) -> int:
    return date(year, 12, 28).isocalendar()[1]


def shift(d: date, unit: str, n: int) -> date | None:
    """`d` moved by `n` units; None off the calendar."""
    try:
        if unit in ("day", "week", "weekend", "fortnight"):
            return d + timedelta(days=n * {"day": 1, "fortnight": 14}.get(unit, 7))
        if unit in ("second", "minute", "hour"):
            return d + timedelta(seconds=n * {"second": 1, "minute": 60, "hour": 3600}[unit])
        months = (
            n
            * {
                "month": 1,
                "quarter": 3,
                "season": 3,
                "half": 6,
                "year": 12,
                "decade": 120,
                "century": 1200,
                "generation": 300,
            }[unit]
        )
        total = d.year * 12 + d.month - 1 + months
        year, month = divmod(total, 12)
        return date(year, month + 1, min(d.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The `n`-th weekday (Monday 0) of a month; `n` -1 is the last."""
    if n < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def easter(year: int) -> date:
    """Western Easter Sunday (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def period(n: float | None, unit: str) -> str:
    """A TIMEX3 duration: (5, "year") → P5Y, (36, "hour") → PT36H, (None, "week") → PXW, (2.5, "year") → P2Y6M."""
    code = UNITS[unit]
    if unit == "fortnight":
        n = None if n is None else n * 2
    if unit in ("decade", "century") and n is not None:
        n, code = n * (10 if unit == "decade" else 100), "Y"
    if unit == "quarter" and n is not None:
        n, code = n * 3, "M"
    time = "T" if code.startswith("T") else ""
    code = code.removeprefix("T")
    if n is None:
        return f"P{time}X{code[:1]}"
    half = {"Y": "6M", "H": "30M", "M": "30S" if time else "15D", "D": "T12H"}.get(code)
    if n != int(n) and n % 1 == 0.5 and half:
        whole = f"{int(n)}{code}" if n >= 1 else ""
        return f"P{time}{whole}{half}"
    return f"P{time}{n:g}{code}"
