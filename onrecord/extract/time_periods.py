"""What decades, centuries, seasons, quarters and holidays come to: meanings for the table of `time_rules`."""

from __future__ import annotations

import re

from onrecord.extract import timewords as w
from onrecord.extract.moments import Moment
from onrecord.extract.senses import Context, Sense, holiday, point, quarter_named

QUARTERS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
    "1": 1,
    "2": 2,
}
THE_SEASON = re.compile(r"\b(?:in|during|over|since|by|until|through|for|early|late|of|from|before|after)\s+$", re.I)


def decade(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: 1990s; the '90s; the nineties; nineteen-eighties."""
    g = m.groupdict()
    if g.get("y4"):
        y = int(m["y4"])
        return point(Moment("century" if y % 100 == 0 and y < 2000 else "decade", y)) if y % 10 == 0 else None
    n = int(m["y2"]) if g.get("y2") else w.DECADES[m["word"].lower()]
    first = (g.get("cent") or "").lower()
    base = 1800 if first.startswith("eighteen") else 2000 if n <= 20 and not first else 1900
    return point(Moment("decade", base + n))


def century(m: re.Match[str], c: Context) -> Sense | None:
    n = w.ORDINALS.get("-".join(m["n"].lower().split())) or int(re.sub(r"\D", "", m["n"]) or 0)
    return point(Moment("century", 100 * (n - 1))) if 1 <= n <= 30 else None


def season(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: the summer of 2031; last winter; this spring; summer 2031; the summer."""
    g = m.groupdict()
    n = w.SEASONS[m["s"].lower()]
    rel = (g.get("rel") or g.get("after") or "").lower().split()
    if g.get("y"):
        return point(Moment("season", w.year_of(m["y"]), n))
    if rel == ["the"] and (
        m["s"].lower() == "fall" or not THE_SEASON.search(c.text, max(c.sentence[0], m.start() - 10), m.start())
    ):
        return None  # "the fall was steep"
    if c.ref is None:
        return Sense("DATE", f"XXXX-{['SP', 'SU', 'FA', 'WI'][n - 1]}", "relative", None)
    now = (c.ref.month % 12) // 3 or 4
    y = c.ref.year
    if rel and (rel[0] in ("last", "past", "previous") or rel[-1] == "past"):
        y -= (1 if n >= now or n == 4 else 0) if g.get("rel") else 1
        y -= 1 if n == now == 4 and c.ref.month < 3 else 0
    elif rel and rel[0] in ("next", "coming"):
        y += 1 if n <= now and now != 4 else 0
    elif n == 4 and c.ref.month < 3:
        y -= 1
    return point(Moment("season", y, n), kind="relative", anchor="published")


def quarter(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: the third quarter; third-quarter; Q3 2031; the first half of 2031; last year's third quarter; 2031's
    first quarter.
    """
    g = m.groupdict()
    n = QUARTERS.get((g.get("n") or "").lower()) or int(re.sub(r"\D", "", g.get("q") or "") or 0)
    grain = "half" if (g.get("u") or "quarter").lower().startswith(("half", "h")) else "quarter"
    if grain == "half" and (g.get("n") or "").lower() in ("last", "final"):
        n = 2
    if not 1 <= n <= (2 if grain == "half" else 4):
        return None
    rel = (g.get("rel") or g.get("before") or "").lower().split()
    if g.get("y") or g.get("yb") or g.get("yc"):
        found = Moment(grain, w.year_of(g.get("y") or g.get("yb") or m["yc"]), n)
    elif rel and c.ref is not None:
        found = Moment(grain, c.ref.year + {"last": -1, "this": 0, "next": 1, "the": 0}.get(rel[0], 0), n)
    elif grain == "half":
        found = Moment(grain, None if c.ref is None else c.ref.year, n)
    else:
        found = quarter_named(c, n, m.start(), m.end())
    return (
        point(found, kind="relative", anchor="published")
        if found.year is not None
        else Sense("DATE", found.timex(), "relative")
    )


def feast(m: re.Match[str], c: Context) -> Sense | None:
    """A holiday. Its day is left unsure in records: calendars differ by church and country; benchmarks get the usual
    one.
    """
    y = m.groupdict().get("y")
    rel = (m.groupdict().get("rel") or "").lower()
    name = " ".join(m["h"].lower().replace("’", "'").split())
    found = holiday(c, *w.FEASTS[name], w.year_of(y) if y else None)
    if found is None:
        return Sense("DATE", "XXXX", "holiday", None)
    if rel.startswith("last") and c.ref is not None and found.year == c.ref.year and (found.n or 0) >= c.ref.month:
        found = holiday(c, *w.FEASTS[name], found.year - 1) or found
    return Sense("DATE", found.timex(), "holiday", None, None)
