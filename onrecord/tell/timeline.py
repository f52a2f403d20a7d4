"""Dossier → a timeline picture (SVG): when each claim is said to hold, drawn as what it is, and when it came out.

A day is a point, an interval a bar, an open end an arrow; a claim without a time of its own stands at its publication
as a hollow mark; a claim whose value is a date stands at that date. One lane a claim, grouped by property; colours
tell modality, so a plan never looks like a fact.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from markupsafe import Markup

from onrecord.edtf import days
from onrecord.tell.dossier import Dossier
from onrecord.tell.once import SAYS
from onrecord.tell.pages import template
from onrecord.tell.rows import Row
from onrecord.tell.times import MONTHS

WIDTH, LEFT, RIGHT, LANE, HEAD = 960, 352, 30, 40, 88  # pixels
INDENT, GAP = 24, 14  # pixels, before a lane's label and behind it
LETTER = 6.9  # pixels of a letter at 13 px: the mean of a wide font (DejaVu Sans); most are narrower
SMALL = 6.4  # at 12 px
FEWEST_DAYS = 28  # so that a picture of one week is not one point wide
MOST_LANES = 60


class Mark(NamedTuple):
    """One claim's place in the picture: pixels, or None at an open end."""

    y: float
    x1: float
    x2: float
    open_left: bool
    open_right: bool
    published: float | None
    held: bool  # False: placed by publication only
    row: Row


class Lane(NamedTuple):
    """A lane's label in two lines, cut to the room they have, and whole; of a heading only the first line."""

    y: float
    label: str
    below: str
    whole: str
    heading: bool


def timeline_svg(told: Dossier, *, property: str | None = None) -> str:
    """The picture of one dossier, or of one of its properties. Raises nothing: without dates it says so."""
    sections = [s for s in told.sections if (s.property == property if property is not None else s.property != SAYS)]
    claims = [(s.property, c) for s in sections for p in s.positions for c in p["claims"]]
    placed = [x for x in claims if span(x[1]) is not None]
    claims = placed[:MOST_LANES]
    first, last = scale([span(c) for _, c in claims])
    named = ticks(first, last) if claims else []
    lanes, marks, y = [], [], float(HEAD)
    for n, (name, row) in enumerate(claims):
        if n == 0 or claims[n - 1][0] != name:
            y += LANE * 0.4
            lanes.append(Lane(y + LANE / 2, name.replace("_", " "), "", name, True))
            y += LANE * 0.8
        lanes.append(lane(row, y + LANE / 2))
        marks.append(mark(row, y + LANE / 2, first, last))
        y += LANE
    return template("timeline.svg").render(
        title=told.subject["name"], width=WIDTH, height=y + 40, left=LEFT, right=WIDTH - RIGHT, top=HEAD, bottom=y + 8,
        lanes=lanes, marks=marks, ticks=named, left_out=len(placed) - len(claims),
    )  # fmt: skip


def lane(row: Row, y: float) -> Lane:
    """What is claimed, and below it by whom and where."""
    value, source = f"{row['sign']}{row['shown']}", f"{row['speaker'] or 'own voice'}, {row['outlet']}"
    room = LEFT - INDENT - GAP
    return Lane(y, cut(value, int(room / LETTER)), cut(source, int(room / SMALL)), f"{value} · {source}", False)


def cut(text: str, letters: int) -> str:
    """At most so many letters, cut at a blank where one is near."""
    if len(text) <= letters:
        return text
    begun = text[: letters - 1]
    return (begun.rsplit(" ", 1)[0] if " " in begun[letters // 2 :] else begun).rstrip(" ,") + "…"


def span(row: Row) -> tuple[date | None, date | None] | None:
    """The days at which a claim is drawn: those it holds at or names, else those of its publication."""
    return own_time(row) or days(row["published"])


def own_time(row: Row) -> tuple[date | None, date | None] | None:
    named = row["record"]["date"] if row["record"]["type"] in ("date", "event") else None
    return days(named) or days(row["holds_at"])


def scale(spans: list[tuple[date | None, date | None] | None]) -> tuple[date, date]:
    """First and last day of the picture, with a little room."""
    found = [d for s in spans if s is not None for d in s if d is not None]
    if not found:
        return date(2000, 1, 1), date(2000, 12, 31)
    low, high = min(found), max(found)
    room = timedelta(days=max(7, (high - low).days // 20))
    return low - room, max(high + room, low + timedelta(days=FEWEST_DAYS))


def at(day: date, first: date, last: date) -> float:
    share = (day - first).days / max(1, (last - first).days)
    return round(LEFT + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT), 1)


def mark(row: Row, y: float, first: date, last: date) -> Mark:
    low, high = span(row) or (None, None)
    published = days(row["published"])
    shown = published[0] if published is not None and published[0] is not None else None
    return Mark(
        y=y,
        x1=at(low or first, first, last),
        x2=at(high or last, first, last),
        open_left=low is None,
        open_right=high is None,
        published=at(shown, first, last) if shown is not None else None,
        held=own_time(row) is not None,
        row=row,
    )


def ticks(first: date, last: date) -> list[tuple[float, str]]:
    """Where the years, or for a short picture the months, begin."""
    months = (last - first).days < 800
    out, day = [], date(first.year, first.month, 1)
    while day <= last:
        if day >= first and (months or day.month == 1):
            out.append((at(day, first, last), f"{MONTHS[day.month - 1][:3]} {day.year}" if months else f"{day.year}"))
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    step = max(1, len(out) // 10 + (len(out) % 10 > 0))
    return out[::step]


def embedded(told: Dossier) -> Markup:
    """The picture for use inside a page; empty where there is nothing to draw: of a speaker, words stand below."""
    drawn = any(
        span(c) is not None for s in told.sections if s.property != SAYS for p in s.positions for c in p["claims"]
    )
    return Markup(timeline_svg(told)) if drawn else Markup()
