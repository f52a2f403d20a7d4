# ruff: noqa: E501 (a pattern is read as one line)
"""The phrases of time, a table of (name, first words, pattern, meaning): the longest match at a word wins.

Each meaning is a function of the match and the context. Durations and relative phrases are in `time_relative`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from onrecord.extract import timewords as w
from onrecord.extract.moments import WEEKDAYS, Moment, shift
from onrecord.extract.numerals import ONES, TENS, listed
from onrecord.extract.senses import MOVED_FROM, Context, Sense, nearest_year, point, relative, weekday
from onrecord.extract.time_periods import QUARTERS, century, decade, feast, quarter, season
from onrecord.extract.timewords import DAY, DAY_ORD, MONTH, SEASON, SPOKEN_YEAR, WEEKDAY, WEEKDAY_SHORT, YEAR, S
from onrecord.extract.units import symbols as unit_symbols
from onrecord.extract.units import words as unit_words

Meaning = Callable[[re.Match[str], Context], Sense | None]
MONTH_STARTS = tuple(w.MONTHS)
NOT_YEAR_BEFORE = frozenset({"sq", "sq.", "cc"})
WORDS_THAT_FOLLOW_YEARS = frozenset(
    listed(
        "a in second us quarter point points season year fr s m mark cup real dead won mach percentage american "
        "sterling metric"
    )
)
DIGITS = ("#",)  # stands for every word that begins with a figure
NUMBERS = ("#", *ONES, *TENS, "a", "an", "half", "the", "hundred")
DAYS = (*WEEKDAYS, *w.SHORT_DAYS)
LAST = ("last", "past", "previous", "preceding")
YEARLY = re.compile(r"\b(?:every|each)(?:\s+year(?:\s+on)?)?(?:\s+the)?\s+$", re.I)
PERSONS = frozenset({"April", "June", "May", "August", "March"})
STRONG = re.compile(r"\b(?:in|since|until|by|last|during|before|after|late|early|mid|this|next)[\s-]+$", re.I)
EDGED = re.compile(r"\b(?:mid|early|late|post|pre)[-–]$", re.I)
AFTER_WORD = re.compile(r"[\s-]*([^\W\d_]\w*|%|°)")
PLURAL_AFTER = re.compile(r"\s+(?:[a-z]*(?:men|people|children)|[a-z]+[^aeious]s)\b(?!\s+(?:the|a|an|that)\b)")


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    means: Meaning


def rule(name: str, starts: tuple[str, ...], pattern: str, means: Meaning, *, cased: bool = False) -> Rule:
    return Rule(name, starts, re.compile(pattern + r"(?![\w])", 0 if cased else re.I), means)


# ---------------------------------------------------------------- meanings


def iso(m: re.Match[str], c: Context) -> Sense | None:
    return point(Moment("day", int(m["y"]), int(m["m"]), int(m["d"])))


def numeric(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: 3.4.2031, 23-04-2031 (day first), 3/4/2031 (month first unless it cannot be)."""
    a, b, y = int(m["a"]), int(m["b"] or m["b2"]), int(m["y"] or m["y2"])
    y += 0 if y > 99 else 2000 if y < 50 else 1900
    month, day = (b, a) if m["sep"] != "/" or a > 12 else (a, b)
    return point(Moment("day", y, month, day))


def day_of_month(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: March 3; Mar. 3, 2031; 3 March; Tuesday, 3rd of March 2031; 3-5 March; March 3 to 5."""
    g = m.groupdict()
    if m["m"] in ("may", "march", "mar"):
        return None  # "they march 10 km"
    if (g.get("m2") or g.get("d2")) and _moved(c, m, "m" if m.start("m") < m.start("d") else "d"):
        return None
    month, day = w.month_of(m["m"]), w.day_of(m["d"])
    if not g.get("y") and YEARLY.search(c.text, max(c.sentence[0], m.start() - 16), m.start()):
        return Sense("SET", f"XXXX-{month:02d}-{day:02d}", "set", f"XXXX-{month:02d}-{day:02d}")
    year = w.year_of(g["y"]) if g.get("y") else nearest_year(c, month, day, m.start(), m.end())
    if g.get("rel") and c.ref is not None:
        year = c.ref.year + {"last": -1, "this": 0, "next": 1}[m["rel"].lower().split()[0]]
    found = point(Moment("day", year, month, day), anchor=None if g.get("y") or year is None else "published")
    if found is not None and g.get("m2"):
        return _to_day(found, c, m, year)
    if found is None or not g.get("d2"):
        return found
    last = point(Moment("day", year, month, w.day_of(m["d2"])))
    return found if last is None else replace(found, edtf=f"{found.edtf}/{last.edtf}")


def _moved(c: Context, m: re.Match[str], first: str) -> bool:
    """Whether what looks like a stretch is a day and the one that something was moved to."""
    return MOVED_FROM.search(c.text, c.sentence[0], m.start(first)) is not None


def _to_day(found: Sense, c: Context, m: re.Match[str], year: int | None) -> Sense:
    """A range over two months: "June 22 – July 3, 2031"; the year stands once."""
    last = point(Moment("day", year, w.month_of(m["m2"]), w.day_of(m["d3"])))
    return found if last is None else replace(found, edtf=f"{found.edtf}/{last.edtf}")


def month(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: March 2031; March of 2031; March last year; last March; March."""
    g = m.groupdict()
    n = w.month_of(m["m"])
    rel = (g.get("rel") or "").lower().split()
    if g.get("y"):
        return point(Moment("month", w.year_of(m["y"]), n))
    if c.ref is None:
        return point(Moment("month", None, n))
    if g.get("after"):
        year = c.ref.year + {"last": -1, "this": 0, "next": 1}[m["after"].lower().split()[0]]
    elif rel and (rel[0] in ("last", "past") or rel[-1] == "past"):
        year = c.ref.year - (1 if n >= c.ref.month else 0)
    elif rel and rel[0] in ("next", "coming"):
        year = c.ref.year + (1 if n <= c.ref.month else 0)
    elif rel and rel[0] == "this":
        year = c.ref.year
    else:
        found = nearest_year(c, n, None, m.start(), m.end())
        return point(Moment("month", found, n), kind="calendar", anchor="published")
    return point(Moment("month", year, n), kind="relative", anchor="published")


def months(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: July-August; from July to August 2031: one interval, in one year."""
    if m["m"] in ("may", "march", "mar") or re.search(r"\band\b", m.group()):
        return None
    if _moved(c, m, "m"):
        return None
    a, b = w.month_of(m["m"]), w.month_of(m["m2"])
    year = w.year_of(m["y"]) if m["y"] else nearest_year(c, b, None, m.start(), m.end())
    first = point(Moment("month", None if year is None else year - (a > b), a), anchor=None if m["y"] else "published")
    last = Moment("month", year, b).edtf()
    return None if first is None else replace(first, edtf=f"{first.edtf}/{last}")


def bare_month(m: re.Match[str], c: Context) -> Sense | None:
    """A month alone; "May" and "March" only where no verb or name can stand."""
    name, before = m["m"], c.text[max(c.sentence[0], m.start() - 14) : m.start()]
    short = name.lower().rstrip(".") in ("jan", "mar", "jun")
    if name in ("May", "March", "August", "April", "June") or short:
        cue = re.search(
            r"(?:\b(?:in|since|until|by|last|from|of|to|through|for|during|before|after|between|and|early|late|mid|this|next|each|every|till|on|ended|ending|for)[\s-]|[(,])\s*$",
            before,
            re.I,
        )
        if cue is None and not (
            name == "August" or (name in ("April", "June") and not re.match(r"\s+[A-Z]", c.text[m.end() : m.end() + 3]))
        ):
            return None
    named = re.match(r"\s+[A-Z][a-z]", c.text[m.end() : m.end() + 4]) is not None
    if named and name in PERSONS and not STRONG.search(before):
        return None
    return month(m, c)


def named_day(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: Tuesday; last Tuesday; next Tuesday; this coming Tuesday; Tuesday night; early Tuesday."""
    g = m.groupdict()
    rel = (g.get("rel") or "").lower()
    way = -1 if rel.split()[:1] in (["last"], ["previous"]) else 1 if rel.startswith("next") else 0
    if "coming" in rel:
        way = 1
    if (
        c.last is not None
        and c.last.grain == "day"
        and c.last.year is not None
        and rel.split()[-1:] in (["previous"], ["following"])
    ):
        base = date(c.last.year, c.last.n or 1, c.last.day or 1)
        step = (base.weekday() - w.weekday_of(m["wd"])) % 7 or 7
        d = shift(base, "day", -step if "previous" in rel else (7 - step) or 7)
        return None if d is None else point(Moment.of(d, "day"), kind="relative")
    d = weekday(c, w.weekday_of(m["wd"]), m.start(), m.end(), way)
    if d is None:
        return Sense("DATE", f"XXXX-WXX-{w.weekday_of(m['wd']) + 1}", "relative", None)
    clock = part_code(g.get("part"))
    return point(replace(Moment.of(d, "day"), clock=clock), kind="relative", anchor="published")


def part_code(part: str | None) -> str:
    return "" if not part else "T" + w.PARTS[part.lower()]


def deictic(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: today, yesterday, tomorrow, tonight, last night, this morning, tomorrow evening, the day before
    yesterday.
    """
    word = " ".join(m["w"].lower().split())
    n = {"yesterday": -1, "last": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(
        word, 0
    )
    found = relative(c, "day", n)
    part = "night" if word == "tonight" else m.groupdict().get("part")
    if found is None or found.moment is None or not part:
        return found if not part or found is None else replace(found, type="TIME")
    moment = replace(found.moment, clock=part_code(part))
    return point(moment, kind="relative", anchor="published")


def clock_time(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: 10 p.m. Wednesday; 9:15 a.m. EDT; at 14:30; noon Thursday; midnight Friday; 5 p.m. on Nov. 6."""
    g = m.groupdict()
    if g.get("word"):
        code = w.PARTS[m["word"].lower()]
    else:
        hour, minute = int(m["h"]), int(g.get("min") or 0)
        half = (g.get("ap") or "").lower().replace(".", "")
        hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
        if hour > 24 or minute > 59:
            return None
        code = f"{hour:02d}:{minute:02d}"
    d = c.last if c.last is not None and c.last.grain == "day" else None
    if g.get("wd"):
        found = weekday(c, w.weekday_of(m["wd"]), m.start(), m.end())
        d = None if found is None else Moment.of(found, "day")
    elif g.get("m"):
        n, day = w.month_of(m["m"]), w.day_of(m["d"])
        d = Moment("day", nearest_year(c, n, day, m.start(), m.end()), n, day)
    elif g.get("rel"):
        found_day = relative(c, "day", {"yesterday": -1, "tomorrow": 1}.get(m["rel"].lower(), 0))
        d = found_day.moment if found_day else None
    elif c.ref is not None and c.ref_grain == "day":
        d = d or Moment.of(c.ref, "day")
    if d is None:
        return Sense("TIME", f"T{code}", "clock", None)
    sense = point(replace(d, clock=f"T{code}"), kind="clock", anchor="published", type="TIME")
    dated = any(g.get(k) for k in ("wd", "m", "rel"))
    return sense if dated or sense is None else replace(sense, edtf=None)  # a bare "06:20" is no day of its own


def year(m: re.Match[str], c: Context) -> Sense | None:
    """A year: 1998; fiscal 1998; the year 2000; nineteen ninety-six. A bare one must not count something ("2000
    people").
    """
    words = m["y"]
    y = w.year_of(words)
    if m.group() == words and words.isdigit():
        before, after = c.text[max(c.sentence[0], m.start() - 14) : m.start()], c.text[m.end() : m.end() + 24]
        joined = before[-1:] in tuple("-$£€#/.:@") and not EDGED.search(before)
        if (
            joined
            or _measured(after)
            or after[:1] in ("%", "°", "/")
            or re.match(
                r"[.,:]\d|\s+(?:km|kg|per\s?cent|points?|hours?|metres?|meters?|miles?|feet|tons?|tonnes?)\b", after
            )
        ):
            return None
        timely = EDGED.search(before) or re.search(
            r"(?:\b(?:in|since|of|by|until|from|to|before|after|during|between|and|late|early|mid|than|through|for|or|ended|ending|around|as|till|Olympics|Games|end)\s+|[(,–\-—'\"“‘])$|^$",
            before,
        )
        if PLURAL_AFTER.match(after) and (not timely or re.search(r"\d\s+(?:to|or|and)\s+$", before)):
            return None
        if not 1500 <= y <= 2100 and not re.search(r"\b(?:in|since|year|of)\s+$", before):
            return None
        if re.search(
            r"\b(?:[A-Z][a-z]*[A-Z]\w*|[Mm]odel|[Rr]oom|[Ff]light|[Hh]ighway|No\.|about|some|nearly|almost|least|worth)\s+$",
            before,
        ):
            return None
    return point(Moment("year", y))


def _measured(after: str) -> bool:
    """Whether a unit follows: "1520 sq m", "1998 km"."""
    found = AFTER_WORD.match(after)
    word = found[1] if found else ""
    if word[:1].isupper() and word[1:].islower():
        return False
    return word in NOT_YEAR_BEFORE or (
        bool(word)
        and word.lower() not in WORDS_THAT_FOLLOW_YEARS
        and (word.lower() in unit_words() or word in unit_symbols())
    )


def years(m: re.Match[str], c: Context) -> Sense | None:
    """Forms: 2014-15; 1997-2001; 2014/15; between 1990 and 1995; from 1997 to 2001."""
    a, b = int(m["a"]), m["b"]
    last = int(b) if len(b) == 4 else a - a % 100 + int(b)
    if (
        last <= a
        or _moved(c, m, "a")
        or last - a > 400
        or a < 1500
        or (PLURAL_AFTER.match(c.text[m.end() : m.end() + 24]) and m["b"].isdigit() and a % 50 == 0 and last % 50 == 0)
    ):
        return None
    first = point(Moment("year", a))
    return None if first is None else replace(first, edtf=f"{a}/{last}", timex=f"{a}/{last}", moment=None)


REL = rf"(?:(?:this|last|next|the){S}(?:past{S}|coming{S}|previous{S})?|past{S}|previous{S}|coming{S})"
REL_YEAR = rf"(?P<after>(?:last|this|next){S}year)"
Y = rf"(?P<y>{YEAR}|{SPOKEN_YEAR})"
PART = r"(?P<part>morning|afternoon|evening|night|midday|noon|midnight)"
TO = r"\s*(?:-|–|—|to|and|through)\s*"
ZONE = rf"(?:{S}\(?(?:E[SD]?T|C[SD]T|M[SD]T|P[SD]T|GMT|UTC|BST|CET|MSK|local{S}time|Eastern(?:{S}time)?)\)?)?"
RULES: tuple[Rule, ...] = (
    rule("iso", DIGITS, r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T\d\d:\d\d(?::\d\d)?Z?)?", iso),
    rule("numeric", DIGITS, r"(?P<a>\d{1,2})(?:(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?!\.?\d|/)"
         r"|-(?P<b2>\d{1,2})-(?P<y2>\d{4})(?![-\d]))", numeric),
    rule("month-day", (*MONTH_STARTS, *DAYS, "this", "last", "next", "the"),
         rf"(?:(?:this{S}(?:coming{S})?|last{S}|next{S})?(?:{WEEKDAY}|{WEEKDAY_SHORT})(?:{S}(?:morning|afternoon|evening|night))?,?{S}(?:on{S})?)?(?:the{S})?(?P<m>{MONTH}){S}(?:the{S})?(?P<d>{DAY_ORD})\b(?!:|\.\d|%|,\d{{3}})"
         rf"(?:{TO}(?P<d2>{DAY})\b(?!:|\.\d|,\d\d\d|{S}(?:{MONTH}|percent|million|people|a\.m|p\.m|points?)))?(?:,?{S}(?:of{S})?{Y}|,?{S}of{S}(?P<rel>(?:last|this|next){S}year)|{S}(?P<rel2>(?:last|this){S}year))?",
         day_of_month),
    rule("day-to-day", MONTH_STARTS, rf"(?P<m>{MONTH}){S}(?P<d>{DAY_ORD}){TO}(?P<m2>{MONTH}){S}(?P<d3>{DAY_ORD})(?:,?{S}{Y})?", day_of_month),
    rule("day-month", (*DIGITS, *DAYS, "the", *w.ORDINALS, "thirty", "twenty"),
         rf"(?:(?:{WEEKDAY}|{WEEKDAY_SHORT}),?{S})?(?:the{S})?(?P<d>{DAY_ORD})(?:{TO}(?P<d2>{DAY}))?{S}(?:of{S})?(?P<m>{MONTH})(?:,?{S}(?:of{S})?{Y}|{S}(?P<rel>(?:last|this|next){S}year))?",
         day_of_month),
    rule("months", MONTH_STARTS, rf"(?P<m>{MONTH}){TO}(?P<m2>{MONTH})(?:,?{S}(?:of{S})?{Y})?(?!{S}\d{{1,2}}\b)", months),
    rule("month-year", MONTH_STARTS, rf"(?P<m>{MONTH})(?:,|{S}of)?(?:{S}|-){Y}(?!\.\d)", month),
    rule("month-relative", MONTH_STARTS, rf"(?P<m>{MONTH}){S}(?:of{S})?{REL_YEAR}", month),
    rule("relative-month", ("this", "last", "next", "past"), rf"(?P<rel>this{S}past|last|next|this{S}coming|this|past){S}(?P<m>{MONTH})(?!{S}\d{{1,2}}\b)", month),
    rule("month", MONTH_STARTS, rf"(?P<m>{MONTH})", bare_month, cased=True),
    rule("weekday", (*DAYS, "this", "last", "next", "previous", "the", "early", "late"),
         rf"(?:(?P<rel>this(?:{S}coming|{S}past)?|last|next|(?:the{S})?previous|(?:the{S})?following|coming){S})?(?P<wd>{WEEKDAY})(?:{S}{PART})?", named_day),
    rule("deictic", ("today", "yesterday", "tomorrow", "tonight", "this", "last", "the"),
         rf"(?P<w>(?:the{S}day{S}before{S}yesterday|the{S}day{S}after{S}tomorrow|today|yesterday|tomorrow|tonight|this(?={S}(?:morning|afternoon|evening))|last(?={S}night)))(?:{S}{PART})?", deictic),
    rule("part-of-day", ("late", "early", "earlier", "later", "mid", "mid-morning", "mid-afternoon"),
         rf"(?:late|early|mid)[\s-]{PART}{S}(?P<w>yesterday|today|tomorrow)", deictic),
    rule("clock", DIGITS, rf"(?P<h>\d{{1,2}})(?:[:.](?P<min>\d\d))?\s?(?P<ap>[ap]\.m\.|[ap]m\b|[ap]\.m\b){ZONE}(?:,?{S}(?:on{S})?(?:(?P<wd>{WEEKDAY})|(?P<m>{MONTH}){S}(?P<d>{DAY})|(?P<rel>today|yesterday|tomorrow)))?", clock_time),
    rule("clock-24", DIGITS, rf"(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?::[0-5]\d)?{ZONE}(?!\.\d|:)", clock_time),
    rule("noon", ("noon", "midnight", "midday"), rf"(?P<word>noon|midnight|midday)(?:{S}(?:on{S})?(?:(?P<wd>{WEEKDAY})|(?P<rel>today|yesterday|tomorrow)))?", clock_time),
    rule("years", (*DIGITS, "between", "from"), rf"(?:(?:between|from){S})?(?P<a>{YEAR})(?:\s?[-–—/]\s?|(?<=\d)(?:{S}(?:to|and){S}))(?P<b>{YEAR}|(?<=[-–—/])\d\d)(?![-/\d]|s\b)", years),
    rule("year", (*DIGITS, "nineteen", "eighteen", "twenty", "two", "the", "fiscal", "year", "fy", "calendar", "financial"),
         rf"(?:(?:the{S})?(?:fiscal|calendar|financial)(?:{S}year)?{S}|(?:the{S})?year{S}|FY\s?)?{Y}(?!s\b|'s\b\s+[a-z]+-quarter)", year),
    rule("decade", (*DIGITS, "the", "nineteen", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"),
         rf"(?:the{S})?(?:(?:early|mid|late|middle)[\s-]+)?(?:(?P<y4>{YEAR})['’]?s|['’‘](?P<y2>[1-9]0)['’]?s|(?P<cent>nineteen|eighteen)[\s-](?P<word>{'|'.join(w.DECADES)}))", decade),
    rule("decade-word", ("the",), rf"the{S}(?:(?:early|mid|late|middle)[\s-]+)?(?P<word>{'|'.join(w.DECADES)})", decade),
    rule("century", (*DIGITS, "the", *w.ORDINALS, "twenty", "mid"), rf"(?:the{S})?(?:(?:early|mid|late)[\s-]+)?(?P<n>\d{{1,2}}(?:st|nd|rd|th)|twenty[\s-]first|{'|'.join(k for k in w.ORDINALS if '-' not in k)})[\s-]century", century),
    rule("season", (*w.SEASONS, "the"), rf"(?:the{S})?(?P<s>{SEASON})(?:,?{S}(?:of{S})?{Y}|{S}(?:of{S})?{REL_YEAR})", season),
    rule("relative-season", ("the", "this", "last", "next", "past"), rf"(?P<rel>{REL})(?P<s>{SEASON})", season),
    rule("quarter", ("the", *QUARTERS, "fiscal", "this", "last", "next", "its", *DIGITS),
         rf"(?:(?P<before>(?:last|this|next){S}year)['’]s{S}|(?P<yb>{YEAR})(?:['’]s)?{S}(?:fiscal{S})?|the{S})?(?:the{S})?(?:(?P<yc>{YEAR}){S})?(?:fiscal[\s-]+)?(?P<n>first|second|third|fourth|1st|2nd|3rd|4th|final)[\s-]+(?:fiscal[\s-]+)?(?P<u>quarter|half)(?!{S}(?:goal|lead|of{S}the{S}game))"
         rf"(?:,?{S}(?:of{S})?(?:(?:the{S})?(?:fiscal{S})?(?:year{S})?{Y}|(?P<rel>(?:last|this|next|the){S}(?:fiscal{S})?year)))?", quarter),
    rule("quarter-code", ("q1", "q2", "q3", "q4", "h1", "h2", "1q", "2q", "3q", "4q", *DIGITS), rf"(?:Q(?P<q>[1-4])|(?P<u>H)(?P<n>[12]))(?:[\s,/-]+(?:of{S})?{Y})?", quarter, cased=True),
    rule("feast", tuple(sorted({f.split()[0].split("'")[0] for f in w.FEASTS} | {"st", "new", "this", "last", "next", "mother", "father", "women", "valentine", "presidents"})),
         rf"(?:(?P<rel>this|last|next){S})?(?P<h>{w.FEAST})(?:,?{S}(?:of{S})?{Y})?", feast),
)  # fmt: skip
