"""Dates that a text itself gives for its publication, and the choice among all candidates found.

Every candidate keeps its words and where it was found. Nothing is filled in from outside the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.edtf import days, first_day, is_edtf
from onrecord.read.lines import Line, head
from onrecord.records import DateFound, Passage

RANK = (  # the first of these places that gives a date decides; a place not listed is evidence only (decision 010)
    "record field", "feed pubDate", "mail Date", "front matter date", "url", "meta published", "json-ld datePublished",
    "time published", "page", "header line", "dateline", "json-ld dateCreated", "period line", "text (inferred)",
)  # fmt: skip
GIVEN = "given with the text"  # by whoever added it, in place of a date that the text does not state
LEAD = 600  # characters of prose in which the news of the day stands
FRESH_MONTHS = 6  # the event told as fresh is in a later month than the latest that has its year, by so many at most
LABEL_LINE = 160  # characters; a longer line is no header line


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    rows = files("onrecord.read").joinpath("months.tsv").read_text("utf-8").splitlines()[1:]
    return {form: int(r.split("\t")[1]) for r in rows for form in r.split("\t")[2].split()}


class Day(NamedTuple):
    """A date in a text: EDTF value (`XXXX` for a year not given) and where its words stand."""

    value: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    """Forms: June 22 – June 28, 2020; 22–28 June 2020; June 22, 2020; 22nd June 2020; 2020-06-22; 22.06.2020;
    25/06/2020 (only where day and month cannot be taken for each other); June 2020."""
    month = "(?:" + "|".join(sorted(map(re.escape, _months()), key=lambda m: (-len(m), m))) + r")\b\.?"
    nth, dash, year = r"(?:st|nd|rd|th|-?го|\.)?", r"\s?[–—-]\s?", r"(?:,?\s(?:de\s|del\s)?(?P<y>\d{4}))"
    return tuple(
        re.compile(p)
        for p in (
            rf"\b(?P<m>{month})\s(?P<d>\d{{1,2}}){nth}{dash}(?:(?P<m2>{month})\s)?(?P<d2>\d{{1,2}})(?!\d){nth}{year}?(?!\d)",
            rf"(?<![\d.,])(?P<d>\d{{1,2}}){nth}(?:\s(?P<m>{month}))?{dash}(?P<d2>\d{{1,2}}){nth}\s(?P<m2>{month}){year}?(?!\d)",
            rf"\b(?P<m>{month})\s(?P<d>\d{{1,2}})(?![\d.:]\d|\d){nth}{year}?(?!\d)",
            rf"(?<![\d.,:])(?P<d>\d{{1,2}}){nth}\s(?:of\s|de\s)?(?P<m>{month}){year}?(?!\d)",
            r"(?<![\d-])(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d)(?!\d)",
            r"(?<![\d.])(?P<d>\d{1,2})\.(?P<n>\d{1,2})\.(?P<y>\d{4})(?![\d.]\d)",
            r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})(?![\d/])",
            rf"(?<!\d\s)\b(?P<m>{month}),?\s(?P<y>\d{{4}})(?!\d)",
        )
    )


def days_in(text: str, start: int = 0, end: int | None = None) -> tuple[Day, ...]:
    """Dates written out in `text[start:end]`, in order, none inside another."""
    found: list[Day] = []
    last = len(text) if end is None else end
    taken = bytearray(max(0, last - start))
    for form in _forms():
        for m in form.finditer(text, start, last):
            value = _value(m.groupdict())
            if value is not None and not any(taken[m.start() - start : m.end() - start]):
                taken[m.start() - start : m.end() - start] = b"\x01" * (m.end() - m.start())
                found.append(Day(value, m.start(), m.end()))
    return tuple(sorted(found, key=lambda d: d.start))


def _value(g: dict[str, str | None]) -> str | None:
    def month(name: str | None) -> int | None:
        return _months().get(name.rstrip(".")) if name else None

    year, first = g.get("y") or "XXXX", month(g.get("m"))
    if g.get("n"):
        first = int(g["n"] or 0)
    if g.get("a"):
        a, b = int(g["a"] or 0), int(g["b"] or 0)
        if a <= 12 and b <= 12 and a != b:
            return None
        first, g = (b, g | {"d": str(a)}) if b <= 12 else (a, g | {"d": str(b)})
    if g.get("d2"):
        last = month(g.get("m2")) or first
        low = _point(
            year if (first or last or 0) <= (last or 0) or year == "XXXX" else str(int(year) - 1), first or last, g["d"]
        )
        high = _point(year, last, g["d2"])
        return f"{low}/{high}" if low and high else None
    return _point(year, first, g.get("d"))


def _point(year: str, month: int | None, day: str | None) -> str | None:
    if month is None or not (year == "XXXX" or 1800 <= int(year) <= 2199):
        return None
    if day is None:
        return f"{year}-{month:02d}" if 1 <= month <= 12 else None
    try:
        date(2000 if year == "XXXX" else int(year), month, int(day))
    except ValueError:
        return None
    return f"{year}-{month:02d}-{int(day):02d}"


# ---------------------------------------------------------------- candidates in the text

UPDATED = re.compile(r"(?i)\b(updated|modified|last (?:edited|changed)|обновлено|aktualisiert|mis à jour)\b")
DATELINE = re.compile(r"[^\W\d_][^\n.!?]{1,60}?,\s")
AFTER_DATELINE = re.compile(
    r"\s?(?:\([^()\n]{1,40}\)|/[^/\n]{1,40}/)?\s?[–—.:]|\s?(?:\([^()\n]{1,40}\)|/[^/\n]{1,40}/)\s?[–—-]?|\s[-]\s"
)
LABELLED = re.compile(
    r"(?i)^(?:first\s)?(?:published|posted|date|released|опубликовано|veröffentlicht|publié|publicado)\b[^\n]{0,12}$"
)
EVENT_BEFORE = re.compile(
    r"(?i)(?:\b(?:on|this)\s(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s|on\s)?)?(?:the\s)?|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:\()?|(?:^|\s))$"
)
AHEAD = re.compile(r"(?i)\b(?:will|is to|are to|would|shall|due|scheduled|planned|by|before|until|since|after|from)\b")


def in_text(text: str, lines: tuple[Line, ...], title: Passage | None) -> tuple[DateFound, ...]:
    """Candidates in the words of the text: header lines, dateline, period line, and the event told as fresh news."""
    n = head(lines)
    found = [*_header(text, lines[:n], title), *_labelled(text, lines[n:])]
    prose = [line for line in lines if line.prose]
    if prose:
        found += _dateline(text, prose[0])
        found += _inferred(text, prose)
    return tuple(found)


def _header(text: str, lines: Iterable[Line], title: Passage | None) -> Iterator[DateFound]:
    for line in lines:
        if line.end - line.start > LABEL_LINE or (title is not None and line.start <= title.start < line.end):
            continue
        for d in days_in(text, line.start, line.end):
            if "/" in d.value:
                if "XXXX" not in d.value:
                    yield written(text, "period line", d)
            elif "XXXX" not in d.value:
                late = UPDATED.search(text, line.start, d.start)
                yield written(text, "header line (updated)" if late else "header line", d)


def _labelled(text: str, lines: Iterable[Line]) -> Iterator[DateFound]:
    for line in lines:
        if line.prose or line.end - line.start > LABEL_LINE:
            continue
        for d in days_in(text, line.start, line.end):
            if "XXXX" not in d.value and "/" not in d.value and LABELLED.search(text[line.start : d.start].strip()):
                yield written(text, "header line", d)


def _dateline(text: str, first: Line) -> Iterator[DateFound]:
    """Forms: `SANDHOLM, 3 March 2031 (Agency) – `, `3 March 2031, Sandholm. `"""
    end = min(first.end, first.start + 120)
    for d in days_in(text, first.start, end)[:1]:
        before = text[first.start : d.start]
        place = not before or (DATELINE.fullmatch(before) and len(before.split()) <= 5)
        if (
            place
            and "/" not in d.value
            and (AFTER_DATELINE.match(text, d.end) or (not before and text[d.end : d.end + 1] == ","))
        ):
            yield written(text, "dateline" if "XXXX" not in d.value else "dateline without year", d)


def _inferred(text: str, prose: list[Line]) -> Iterator[DateFound]:
    """A day without a year in the lead, told as fresh news: who writes the year tells an older story.

    The year comes only from a month with its year elsewhere in the text, the latest one, when the day is at most
    FRESH_MONTHS after it. Without one, the month alone is given, as `XXXX-04`.
    """
    lead_end = min(prose[0].start + LEAD, prose[min(1, len(prose) - 1)].end)
    dated = [d for line in prose for d in days_in(text, line.start, line.end)]
    fresh = (d for d in dated if d.start < lead_end and d.value.startswith("XXXX") and "/" not in d.value)
    event = next((d for d in fresh if _is_fresh(text, d)), None)
    if event is None:
        return
    end = _sentence(text, event)[1]
    if any("XXXX" not in d.value for d in dated if d.start < end):
        return
    known = [day for d in dated if "XXXX" not in d.value and (day := first_day(d.value)) is not None]
    value = _completed(event.value, max(known)) if known else None
    yield written(text, "text (inferred)", event._replace(value=value or event.value[:7]))


def _is_fresh(text: str, d: Day) -> bool:
    start, end = _sentence(text, d)
    near = text[max(start, d.start - 40) : d.start]
    return bool(EVENT_BEFORE.search(near)) and not AHEAD.search(near[-20:]) and not re.search(
        r"(?i)\b(?:will|is to|are to|scheduled|upcoming)\b", text[start:end]
    )  # fmt: skip


def _sentence(text: str, d: Day) -> tuple[int, int]:
    """Roughly where the sentence around `d` begins and ends."""
    start = max(text.rfind("\n", 0, d.start), text.rfind(". ", 0, d.start)) + 1
    ends = (i for i in (text.find(". ", d.end), text.find("\n", d.end)) if i >= 0)
    return start, min(ends, default=len(text))


def _completed(value: str, latest: date) -> str | None:
    month, day = int(value[5:7]), int(value[8:10])
    for year in (latest.year, latest.year + 1):
        try:
            told = date(year, month, day)
        except ValueError:
            continue
        if 0 < (told.year - latest.year) * 12 + told.month - latest.month <= FRESH_MONTHS:
            return told.isoformat()
    return None


def written(text: str, where: str, d: Day) -> DateFound:
    """A day that stands in the text, as a candidate for its publication."""
    return DateFound(value=d.value, where=where, phrase=text[d.start : d.end], passage=Passage(d.start, d.end))


# ---------------------------------------------------------------- the choice


def best(candidates: Iterable[DateFound]) -> str | None:
    """The value from the place that ranks first, or None where no candidate is firm enough.

    What whoever added the text said counts only where there is no other value that has days: `with_given`.
    """
    found = tuple(candidates)
    given = next((c.value for c in found if c.where == GIVEN), None)
    ranked = [c for c in found if c.where in RANK and is_edtf(c.value)]
    return given or (min(ranked, key=lambda c: RANK.index(c.where)).value if ranked else None)


def with_given(candidates: tuple[DateFound, ...], given: str | None) -> tuple[DateFound, ...]:
    """The candidates, and the date that was given with the text, if none of them says a day, month or year."""
    if given is None or days(best(candidates)) is not None:
        return candidates
    return (*candidates, DateFound(value=given, where=GIVEN, phrase=given))


def stamp(value: object) -> str | None:
    """The day (or month, or year) at the start of a machine-written date such as `2031-03-03T08:00:00Z`."""
    if not isinstance(value, str):
        return None
    m = re.match(r"\s*(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?(?=$|[T\s+Z])", value)
    if m is None:
        slashed = re.match(r"\s*(\d{4})/(\d\d)/(\d\d)\b", value)
        if slashed is None:
            written = [d.value for d in days_in(value[:100]) if "XXXX" not in d.value and "/" not in d.value]
            return written[0] if written else None
        m = slashed
    year, month, day = m.groups()
    if month is None:
        return year if 1800 <= int(year) <= 2199 else None
    return _point(year, int(month), day)
