"""What a phrase of time means, and what it is counted from: the values that the rules of `time_rules` return."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import msgspec
from msgspec.structs import replace

from onrecord.extract.moments import Moment, nth_weekday, period, shift, valid

FUTURE = re.compile(
    r"\b(?:will|won't|would|shall|'ll|going to|plans? to|planned|scheduled|expect(?:s|ed)?|due|set to|to be|is to|"
    r"are to|upcoming|"
    r"until|next|starting|beginning|tomorrow|hopes? to|intends? to|deadline|effective|through|as (?:soon|early) as)\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:said|says|told|announced|reported|was|were|had|ago|earlier|since|yesterday|last|after|closed|ended|began|fell|rose)\b",
    re.I,
)
PERFECT = re.compile(r"\b(?:had|was|were|been)\s+(?:\w+\s+){0,2}$", re.I)  # "had been due to"
MOVED = (
    r"\b(?:postpone[sd]?|delay(?:s|ed)?|defer(?:s|red)?|reschedule[sd]?|put\s+(?:off|back)|push(?:es|ed)?\s+(?:back|off)|set\s+back"
    r"|move[sd]?|shift(?:s|ed)?|slip(?:s|ped)?)\b[^.;]{0,80}?\b"
)
MOVED_FROM = re.compile(MOVED + r"from\s+(?:the\s+)?$", re.I)  # "put off from 3 May to 5 June": two days, no stretch
MOVED_TO = re.compile(MOVED + r"(?:to|until|till)\s+(?:the\s+)?$", re.I)  # the day it was put off to is to come
REACH = 70  # characters before and after a phrase in which a verb tells past from future
PAST_NEAR = 3  # months ahead from which a month told in the past is the last one, not the coming one
NEAR = 6  # months: a month without a year is the one nearest to the report


class Sense(msgspec.Struct, frozen=True, gc=False):
    """The meaning of a phrase: TIMEX3 type and value for benchmarks, EDTF for records, and what it was counted from.

    `kind`: "calendar" (names a date), "relative", "stretch" (a duration tied to the report's date), "duration",
    "set", "vague", "now".
    """

    type: str
    timex: str
    kind: str
    edtf: str | None = None
    anchor: str | None = None
    moment: Moment | None = None
    score: float = 0.9


@dataclass(slots=True)
class Context:
    """What is known while a text is read: its date, and the periods it has named so far."""

    text: str
    ref: date | None  # the report's day
    ref_grain: str = "day"  # how precise the report's date is
    sentence: tuple[int, int] = (0, 0)
    quarter: Moment | None = None
    quarter_at: int = -(10**9)
    last: Moment | None = None  # the last day, month or year named
    months: int | None = None  # "the nine months": length of the period under report

    def future(self, start: int, end: int) -> bool:
        """Whether the words around tell of what is to come."""
        return self.tense(start, end) > 0

    def tense(self, start: int, end: int) -> int:
        """1 where the words around tell of what is to come, -1 of what is past, else 0: the nearer word decides."""
        before = self.text[max(self.sentence[0], start - REACH) : start]
        if MOVED_TO.search(before):
            return 1
        after = self.text[end : min(self.sentence[1], end + REACH // 2)]
        f = max((m.start() for m in FUTURE.finditer(before) if not PERFECT.search(before, 0, m.start())), default=-1)
        p = max((m.start() for m in PAST.finditer(before)), default=-1)
        if f != p:
            return 1 if f > p else -1
        g = FUTURE.search(after)
        q = PAST.search(after)
        if g is not None and (q is None or g.start() < q.start()) and g.group().lower() in ("will", "would", "shall"):
            return 1
        return -1 if q is not None and q.group().lower() in ("was", "were", "had") else 0


def point(m: Moment, *, kind: str = "calendar", anchor: str | None = None, type: str | None = None) -> Sense | None:
    """A sense that is one moment of the calendar."""
    if not valid(m):
        return None
    return Sense(type or ("TIME" if m.clock else "DATE"), m.timex(), kind, m.edtf(), anchor, m)


def relative(c: Context, grain: str, n: int = 0) -> Sense | None:
    """The day, week, ... `n` units from the report's; no EDTF where the report's date is unknown or too coarse."""
    if (
        c.ref is None
        or (grain in ("day", "week", "weekend") and c.ref_grain != "day")
        or (grain in ("month", "quarter", "season") and c.ref_grain == "year")
    ):
        return Sense("DATE", "XXXX", "relative", None, None)
    d = shift(c.ref, grain, n)
    return None if d is None else point(Moment.of(d, grain), kind="relative", anchor="published")


def vague(value: str, kind: str = "vague") -> Sense:
    """Forms: recently (PAST_REF), now (PRESENT_REF), soon (FUTURE_REF)."""
    return Sense("DATE", value, kind, None)


def duration(n: float | None, unit: str) -> Sense:
    return Sense("DURATION", period(n, unit), "duration")


def stretch(c: Context, n: float | None, unit: str, way: int) -> Sense:
    """A duration that ends (`way` -1) or begins (+1) at the report's date: "the past five years" as 2026/2031."""
    base = duration(n, unit)
    if c.ref is None or n is None or n != int(n):
        return replace(base, kind="stretch" if n is not None else "vague")
    other = shift(c.ref, unit, way * int(n))
    if other is None or unit in ("second", "minute", "hour"):
        return base
    grain = "year" if unit in ("year", "decade", "century") else "month" if unit in ("month", "quarter") else "day"
    if grain == "day" and c.ref_grain != "day":
        return replace(base, kind="stretch")
    a, b = Moment.of(other, grain).edtf(), Moment.of(c.ref, grain).edtf()
    return replace(base, kind="stretch", edtf=f"{a}/{b}" if way < 0 else f"{b}/{a}", anchor="published")


def nearest_year(c: Context, month: int, day: int | None, start: int, end: int) -> int | None:
    """The year of a month named without one: that which brings it nearest to the report's date."""
    if c.ref is None:
        return None
    if c.ref_grain == "year":
        return c.ref.year
    gap = month - c.ref.month  # months ahead within the report's year
    if c.future(start, end):
        ahead = gap < 0 or (gap == 0 and day is not None and day < c.ref.day)
        return c.ref.year + 1 if ahead and gap < -2 else c.ref.year
    if gap >= NEAR - 1 or (gap >= PAST_NEAR and c.tense(start, end) < 0):
        return c.ref.year - 1
    return c.ref.year + 1 if gap < -NEAR - 3 else c.ref.year


def weekday(c: Context, day: int, start: int, end: int, way: int = 0) -> date | None:
    """The day that a weekday's name means: the report's own, else the last one, or the next where the words look ahead.

    `way` -1 and +1 are "last" and "next".
    """
    if c.ref is None or c.ref_grain != "day":
        return None
    back = (c.ref.weekday() - day) % 7
    if way < 0:
        return shift(c.ref, "day", -(back or 7))
    if way > 0:
        return shift(c.ref, "day", (7 - back) if back else 7)
    if back == 0:
        return c.ref
    return shift(c.ref, "day", 7 - back if c.future(start, end) else -back)


def quarter_named(c: Context, n: int, start: int, end: int) -> Moment:
    """A quarter without a year: the latest that has begun, or the coming one where the words look ahead."""
    if c.ref is None:
        return Moment("quarter", None, n)
    now = (c.ref.month + 2) // 3
    year = c.ref.year
    if n > now and not (n == now + 1 and (now != 1 or c.future(start, end))):
        year -= 0 if c.future(start, end) else 1
    return Moment("quarter", year, n)


def latest_quarter(c: Context) -> Moment | None:
    """The quarter under report: the one last named, else the last that has ended."""
    if c.quarter is not None:
        return c.quarter
    d = None if c.ref is None else shift(c.ref, "quarter", -1)
    return None if d is None else Moment.of(d, "quarter")


def holiday(c: Context, month: int, week: int, day: int, year: int | None) -> Moment | None:
    """A feast on the `week`-th `day` of `month`, or on `day` itself where `week` is 0; nearest to the report."""
    if year is None:
        year = None if c.ref is None else c.ref.year - (1 if month - c.ref.month > NEAR else 0)
    if year is None or not 1 <= year <= 9999:
        return None
    d = date(year, month, day) if week == 0 else nth_weekday(year, month, day, week)
    return Moment.of(d, "day")
