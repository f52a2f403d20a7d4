# ruff: noqa: E501 (a pattern is read as one line)
"""Phrases of time that count: durations, "ago", "last week", "the past five years", "every Tuesday", and vague ones."""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from onrecord.extract import timewords as w
from onrecord.extract.moments import WEEKDAYS, Moment, shift
from onrecord.extract.senses import Context, Sense, duration, latest_quarter, point, relative, stretch, vague
from onrecord.extract.time_rules import LAST, NUMBERS, Meaning, Rule, rule
from onrecord.extract.timewords import MONTH, NUM, SEASON, SOME, UNIT, UNIT_ONE, UNITS_MANY, WEEKDAY, YEAR, S

QUARTER_REACH = 400  # characters back in which a quarter named makes "a year earlier" that quarter a year before


OLD = re.compile(r"[\s-]+(?:old|of\s+age)\b", re.I)
COMPARED = re.compile(r"\s+than\b", re.I)
RATED = re.compile(r"(?:\d|million|billion|percent|%|\d[\d.,]*\s+[a-z]+s|times|once|twice)\s+$", re.I)


def in_quarter(m: re.Match[str], c: Context) -> Moment | None:
    """The quarter that figures here are about, if one was named shortly before."""
    return c.quarter if c.quarter is not None and m.start() - c.quarter_at < QUARTER_REACH else None


def ago(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: two years ago; a week or so ago; several years ago; a year earlier; three days later; six weeks from
    now. "Three months later than promised" is how late something is, and no date.
    """
    g = m.groupdict()
    unit, n = w.unit_of(m["u"]), w.number_of(m["n"]) if g.get("n") else None
    if COMPARED.match(c.text, m.end()) is not None:
        return None if n is None else duration(n, unit)
    way = -1 if m["way"].lower() in ("ago", "earlier", "before", "back", "previously") else 1
    quarter = in_quarter(m, c)
    if (
        unit == "year"
        and n == 1
        and way < 0
        and quarter is not None
        and quarter.year is not None
        and not g.get("about")
    ):
        return point(replace(quarter, year=quarter.year - 1), kind="relative", anchor="published")
    if n is None:
        return vague("PAST_REF" if way < 0 else "FUTURE_REF")
    if unit in ("second", "minute", "hour"):
        return duration(n, unit)
    if (
        unit == "year"
        and n == 1
        and way < 0
        and (c.last is None or c.last.year is None or c.ref is None or c.last.year >= c.ref.year - 1 or g.get("about"))
    ):
        return relative(c, "year", -1)
    from_text = (
        m["way"].lower() in ("earlier", "before", "later", "after")
        and c.last is not None
        and c.last.grain in ("day", "month", "year")
    )
    base = start_of(c.last) if from_text and c.last is not None else c.ref
    if base is None or (c.ref_grain != "day" and unit in ("day", "week") and not from_text):
        return Sense("DATE", "XXXX", "relative")
    half = n % 1
    d = shift(base, unit, way * int(n))
    if d is not None and half == 0.5 and unit == "year":
        d = shift(d, "month", way * 6)
    if d is None:
        return None
    grain = {"fortnight": "day", "weekend": "week"}.get(unit, unit)
    grain = (
        "year"
        if grain in ("decade", "century")
        else "month"
        if grain == "quarter"
        else "day"
        if grain == "week" and n <= 2
        else grain
    )
    if half and unit == "year":
        grain = "month"
    return point(Moment.of(d, grain), kind="relative", anchor=None if from_text else "published")


def start_of(m: Moment) -> date | None:
    """The first day of a moment."""
    return None if m.year is None else date(m.year, m.n or 1 if m.grain in ("day", "month") else 1, m.day or 1)


def near_unit(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: last year; this week; next month; the previous decade; the current quarter; the following day; earlier
    this year.
    """
    unit, rel = w.unit_of(m["u"]), m["rel"].lower().split()[-1]
    if unit == "quarter":
        base = c.quarter if in_quarter(m, c) and rel in ("this", "previous", "latest") else None
        if rel in ("latest", "recent"):
            base = latest_quarter(c)
            return None if base is None else point(base, kind="relative", anchor="published")
    n = {
        "last": -1,
        "past": -1,
        "previous": -1,
        "preceding": -1,
        "prior": -1,
        "next": 1,
        "coming": 1,
        "following": 1,
    }.get(rel, 0)
    if unit in ("second", "minute", "hour", "fortnight"):
        return duration(1, unit) if rel in LAST or rel in ("next", "coming") else None
    if (rel == "past" and unit in ("decade", "century")) or (rel in ("last", "next") and unit == "decade"):
        return stretch(c, 1, unit, -1 if n < 0 else 1) if rel == "past" else relative(c, unit, n)
    if (
        rel in ("following", "previous", "preceding", "prior")
        and c.last is not None
        and unit in ("day", "month", "year")
    ):
        base_day = start_of(c.last)
        d = None if base_day is None else shift(base_day, unit, n)
        return None if d is None else point(Moment.of(d, unit), kind="relative")
    return relative(c, unit, n)


def the_unit(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: the quarter, the latest period, the year-earlier quarter, the week, the year, the month."""
    unit, kind = m["u"].lower(), (m.groupdict().get("how") or "").lower().replace("-", " ")
    if unit in ("quarter", "period", "three months"):
        base = latest_quarter(c)
        if unit == "period" and not kind:
            return None
        if base is None or base.year is None:
            return Sense("DATE", "XXXX-QX", "relative")
        back = (
            1
            if m.groupdict().get("ago") or kind.startswith(("year", "corresponding", "same", "comparable", "a year"))
            else 0
        )
        if kind in ("previous", "prior", "preceding"):
            n = (base.n or 1) - 1
            return point(Moment("quarter", base.year - (n == 0), n or 4), kind="relative", anchor="published")
        return point(replace(base, year=base.year - back), kind="relative", anchor="published")
    if unit in ("weekend", "week", "month", "year"):
        return relative(c, unit, -1 if unit == "weekend" and c.ref is not None and c.ref.weekday() < 5 else 0)
    return None


def of_year(m: re.Match[str], c: Context) -> Sense | None:
    """ "the 1988 quarter": the quarter under report in that year."""
    base = latest_quarter(c)
    return point(Moment("quarter", int(m["y"]), base.n), kind="relative") if base is not None else None


def year_earlier(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: year-earlier, year-ago (before a noun), from the year before."""
    quarter = in_quarter(m, c)
    if quarter is not None and quarter.year is not None:
        return point(replace(quarter, year=quarter.year - 1), kind="relative", anchor="published")
    return relative(c, "year", -1)


def many(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: the past five years; the next two weeks; recent months; coming years; the last few days."""
    g = m.groupdict()
    rel, unit = m["rel"].lower().split()[-1], w.unit_of(m["u"])
    n = w.number_of(m["n"]) if g.get("n") else None
    way = 1 if rel in ("next", "coming", "following", "future") else -1
    if not g.get("n"):
        if rel in ("past", "last", "next") and unit != "year":
            return None
        return (
            replace(duration(None, unit), kind="vague")
            if rel == "recent" and unit != "year"
            else vague("PAST_REF" if way < 0 else "FUTURE_REF")
        )
    return stretch(c, n, unit, way) if rel not in ("first", "final") else duration(n, unit)


def length(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: five years; two-hour; 2 1/2 years; a month; several weeks; months; the nine months; one day."""
    g = m.groupdict()
    unit = w.unit_of(m["u"])
    n = w.number_of(m["n"]) if g.get("n") else None
    before = c.text[max(c.sentence[0], m.start() - 3) : m.start()]
    if (before[-1:] in ("$", "£", "€", "-", ".") and before[-1:]) or (
        unit == "quarter" and (n is None or n == 1 or "-" in m.group() or c.text[m.end() : m.end() + 3] == " of")
    ):
        return None
    if OLD.match(c.text, m.end()) or m.group().lower().endswith("-old"):
        return None  # an age
    return duration(n, unit)


def every(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: every day; each Tuesday; every two weeks; each July; every summer; daily; annually; Tuesdays; twice a
    week.
    """
    g = m.groupdict()
    if g.get("adv"):
        return Sense("SET", {"dai": "P1D", "wee": "P1W", "mon": "P1M", "yea": "P1Y", "ann": "P1Y", "hou": "PT1H", "qua": "P3M", "nig": "P1D", "biw": "P2W", "bia": "P2Y"}[m["adv"].lower()[:3]], "set")  # fmt: skip
    if g.get("wd"):
        part = w.PARTS.get((g.get("part") or "").lower().rstrip("s"), "")
        return Sense("SET", f"XXXX-WXX-{w.weekday_of(m['wd'].rstrip('s')) + 1}" + (f"T{part}" if part else ""), "set")
    if g.get("m"):
        n = w.month_of(m["m"])
        return Sense("SET", f"XXXX-{n:02d}", "set", f"XXXX-{n:02d}")
    if g.get("s"):
        return Sense("SET", f"XXXX-{['SP', 'SU', 'FA', 'WI'][w.SEASONS[m['s'].lower()] - 1]}", "set")
    unit = m["u"].lower().removesuffix("s") if g.get("u") else ""
    if unit in w.PARTS:
        return Sense("SET", f"XXXX-XX-XXT{w.PARTS[unit]}", "set")
    n2 = w.number_of(m["n"]) if g.get("n") else 1.0
    return Sense("SET", duration(n2, w.unit_of(unit)).timex, "set")


def ref(value: str, kind: str = "vague") -> Meaning:
    """A meaning that is always the same vague reference."""

    def means(m: re.Match[str], c: Context) -> Sense | None:
        return vague(value, kind)

    return means


def then_part(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: the morning; overnight; that day; the same day; that year: counted from the day last named."""
    g = m.groupdict()
    if g.get("part"):
        base = (
            c.last
            if c.last is not None and c.last.grain == "day"
            else None
            if c.ref is None
            else Moment.of(c.ref, "day")
        )
        return (
            None
            if base is None
            else point(replace(base, clock="T" + w.PARTS[m["part"].lower()]), kind="relative", anchor="published")
        )
    if c.last is None or c.last.year is None:
        return vague("PAST_REF")
    unit = w.unit_of(m["u"])
    if unit == "year":
        return point(Moment("year", c.last.year), kind="relative")
    if unit == "month" and c.last.grain in ("day", "month"):
        return point(Moment("month", c.last.year, c.last.n), kind="relative")
    return point(replace(c.last, clock=""), kind="relative") if c.last.grain == unit else None


AGO = r"(?P<way>ago|earlier|later|before(?!\s+(?:the|a|it|he|she|they|we|you|i|[A-Z]))|previously|hence|from\s+now|from\s+today)"
RELATIVE: tuple[Rule, ...] = (
    rule("ago", (*NUMBERS, "several", "few", "some", "many", "couple", "dozens", "less", "more", "nearly", "almost", "about"),
         rf"(?:the{S})?(?P<n>{NUM}|an?|{SOME})(?:{S}|-)(?:full{S}|long{S}|short{S}|more{S})?(?P<u>{UNIT})(?:{S}or{S}(?:so|two|more))?{S}{AGO}", ago),
    rule("units-ago", ("days", "weeks", "months", "years", "decades", "hours", "centuries"), rf"(?P<u>{UNITS_MANY}){S}(?P<way>ago|earlier|later)", ago),
    rule("near-unit", ("this", "last", "next", "the", "previous", "past", "coming", "earlier", "later", "early", "late", "current", "following"),
         rf"(?:(?P<part>earlier|later){S})?(?:the{S})?(?P<rel>(?:this|the){S}(?:same|past|coming|very)|this{S}current|last|this|next|previous|past|coming|current|following|preceding|prior|latest|most{S}recent)"
         rf"{S}(?:fiscal{S}|calendar{S}|financial{S}|academic{S}|school{S}|model{S})?(?P<u>{UNIT_ONE})(?!-(?!end)|{S}(?:old|olds)\b)", near_unit),
    rule("the-unit", ("the", "latest", "year-earlier", "year-ago", "same"),
         rf"(?:the{S})?(?:(?P<how>year-earlier|year-ago|latest|previous|prior|corresponding|same|comparable|like|current|first{S}three|latest{S}three){S})?(?:fiscal{S})?(?P<u>quarter|period)(?P<ago>{S}(?:a{S}year{S}(?:ago|earlier)|last{S}year))?", the_unit),
    rule("the-week", ("the",), rf"the{S}(?P<u>weekend|week|month)(?!{S}(?:of|before|after|ended|ending|earlier|later|long)\b|-)", the_unit),
    rule("the-year", ("the", "full", "fiscal"), rf"(?:the{S})(?:full{S}|fiscal{S}|whole{S})?(?P<u>year)(?!{S}(?:of|before|after|earlier|later|when|that|ago)\b|-|{S}(?:\d|two|nineteen))", lambda m, c: Sense("DURATION", "P1Y", "duration")),
    rule("year-quarter", ("the",), rf"the{S}(?P<y>{YEAR}){S}(?:quarter|period)", of_year),
    rule("year-earlier", ("year-earlier", "year-ago", "year", "the"), rf"(?:year-earlier|year-ago|the{S}year{S}before|the{S}year-(?:earlier|ago))", year_earlier),
    rule("many", ("the", "these", "past", "last", "next", "recent", "coming", "this", "first", "previous", "over", "future"),
         rf"(?:the{S}|these{S}|this{S})?(?P<rel>past|last|next|recent|coming|previous|preceding|following|future|first|final)(?:{S}(?P<n>{NUM}|{SOME}))?(?:{S}(?:full|fiscal|trading|business|working|more))?{S}(?P<u>{UNITS_MANY})(?:{S}or{S}so)?", many),
    rule("recent-unit", ("recent", "the", "future", "past"), rf"(?:the{S})?(?P<rel>recent|future|past){S}(?P<u>{UNITS_MANY})", many),
    rule("past-unit", ("the", "past"), rf"(?:the{S})?(?P<rel>past|last|next|coming){S}(?P<n>(?:twelve|12|six|6|three|3|nine|9)){S}(?P<u>months)", many),
    rule("length", (*NUMBERS, "several", "few", "some", "many", "couple", "dozens", "hundreds", "thousands", "another", "the"),
         rf"(?:the{S}(?:first{S}|final{S}|last{S})?|another{S}|an?{S}(?:additional|extra|further|full|whole){S})?(?P<n>{NUM}|{SOME})(?:{S}|\s?-\s?)(?:to{S}{NUM}{S}|or{S}{NUM}{S})?(?:(?:more|full|additional|consecutive|straight|trading|business|working|long|extra|further|fiscal){S})?(?P<u>{UNIT})(?:-old\b|-long\b|{S}and{S}a{S}half)?(?:{S}or{S}so)?", length),
    rule("a-length", ("a", "an"), rf"an?{S}(?:(?:full|whole|long|single|mere){S})?(?P<u>{UNIT_ONE})(?:{S}and{S}a{S}half)?(?!{S}(?:low|high)\b)", lambda m, c: length_one(m, c)),
    rule("units", ("days", "weeks", "months", "years", "decades", "centuries", "hours", "minutes"), rf"(?P<u>{UNITS_MANY})(?:{S}(?:or|and|to){S}{UNITS_MANY})?(?!-|{S}of{S}age)", length),
    rule("every", ("every", "each", "once", "twice"),
         rf"(?:(?:once|twice){S}(?:a|every|per){S}(?P<u2>{UNIT_ONE})|(?:every|each)(?:{S}(?:other|single))?(?:{S}(?P<n>{NUM}|few))?{S}(?:(?P<wd>{WEEKDAY})s?(?:{S}(?P<part>morning|night|evening|afternoon))?|(?P<m>{MONTH})|(?P<s>{SEASON})|(?P<u>{UNIT}|morning|night|evening|afternoon)))", lambda m, c: every_unit(m, c)),
    rule("adverb", ("daily", "weekly", "monthly", "yearly", "annually", "annual", "hourly", "quarterly", "nightly", "biweekly"), r"(?P<adv>daily|weekly|monthly|yearly|annually|hourly|nightly|biweekly)(?!-)", every),
    rule("weekdays", tuple(f"{d}s" for d in WEEKDAYS), rf"(?P<wd>{WEEKDAY}s)(?:{S}(?P<part>mornings?|nights?|evenings?|afternoons?))?", every),
    rule("weekday-nights", WEEKDAYS, rf"(?P<wd>{WEEKDAY}){S}(?P<part>mornings|nights|evenings|afternoons)", every),
    rule("then", ("that", "the", "same", "overnight", "later"), rf"(?:(?:later|earlier){S})?(?:that{S}(?:same{S})?|the{S}same{S})(?P<u>day|month|year)", then_part),
    rule("morning", ("the",), rf"(?:the{S})(?P<part>morning|afternoon|evening)(?!{S}(?:news|paper|session|show|after|star|standard|telegraph)\b)", then_part),
    rule("past-ref", ("recently", "the", "more", "most", "lately"), rf"(?:(?:more{S}|most{S})?recently|lately|the{S}recent{S}past)", ref("PAST_REF")),
    rule("past", ("the",), rf"the{S}past(?!{S}(?:tense|participle)|-)", ref("PAST_REF", "unsaid")),
    rule("present-ref", ("currently", "nowadays", "these", "at", "presently", "right", "the"), rf"(?:currently|nowadays|presently|these{S}days|at{S}present|at{S}the{S}moment|right{S}now|the{S}present(?={S}(?:time|day)|[.,;]))", ref("PRESENT_REF")),
    rule("now", ("now", "current"), rf"(?:now|current)(?!-|{S}that\b)", ref("PRESENT_REF", "now")),
    rule("future-ref", ("soon", "the", "shortly"), rf"(?:soon(?!{S}(?:after|as))|the{S}(?:near|foreseeable|immediate|not-too-distant|distant)[\s-](?:future|term)|shortly(?!{S}(?:after|before|there)))", ref("FUTURE_REF")),
    rule("future", ("the",), rf"(?:the{S}future|(?:the{S})(?:short|long|near|medium)[\s-]term(?!-|{S}[a-z]+s\b))", ref("FUTURE_REF", "unsaid")),
)  # fmt: skip


def length_one(m: re.Match[str], c: Context) -> Sense | None:
    """ "a year", "an hour and a half": one unit, unless it is a rate or "a second" in a row."""
    if RATED.search(c.text, max(c.sentence[0], m.start() - 24), m.start()):
        return None  # "700 seats a week"
    unit = w.unit_of(m["u"])
    if unit in ("second", "quarter", "minute", "century") and not m.group().lower().endswith("half"):
        return None
    return duration(1.5 if m.group().lower().endswith("half") else 1.0, unit)


def every_unit(m: re.Match[str], c: Context) -> Sense | None:
    if m["u2"]:
        return Sense("SET", duration(1.0, w.unit_of(m["u2"])).timex, "set")
    if m["wd"] or m["m"] or m["s"] or m["u"]:
        return every(m, c)
    return None
