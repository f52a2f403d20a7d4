"""The vocabulary of time: words → numbers, and the pieces that the rules' expressions are made of."""

from __future__ import annotations

import re

from onrecord.extract.moments import WEEKDAYS
from onrecord.extract.numerals import ONES, SCALES, TENS, lex, listed, numeral

MONTHS = {
    name: n
    for n, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
SEASONS = {
    "spring": 1,
    "springtime": 1,
    "summer": 2,
    "summertime": 2,
    "autumn": 3,
    "fall": 3,
    "winter": 4,
    "wintertime": 4,
}
ORDINALS = {
    w: n
    for n, w in enumerate(
        listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
), 1)
}  # fmt: skip
DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "12:00", "noon": "12:00",
         "midnight": "24:00", "dawn": "MO", "dusk": "EV", "lunchtime": "12:00"}  # fmt: skip
SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}

NUMBER_WORDS = "|".join(sorted([*ONES, *TENS, *SCALES, "hundred", "dozen"], key=lambda w: (-len(w), w)))
S = r"[\s\u00a0]+"
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = "(?:" + "|".join(w.capitalize() for w in WEEKDAYS) + ")"
WEEKDAY_SHORT = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?"
SEASON = "(?:springtime|summertime|wintertime|spring|summer|autumn|fall|winter)"
YEAR = r"(?:1[0-9]\d\d|20\d\d|2100)"
SPOKEN_YEAR = (
    r"(?:(?:eighteen|nineteen|twenty)[\s-]+(?:hundred|(?:oh|o)[\s-]+(?:one|two|three|four|five|six|seven|eight|nine)"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-]+(?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
    r"|two[\s-]thousand(?:(?:[\s-]+and)?[\s-]+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen))?)"
)
DAY_ORD = (
    r"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?|"
    + "|".join(sorted(ORDINALS, key=lambda w: (-len(w), w))).replace("-", r"[\s-]")
    + ")"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
NUM = (
    rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?(?:{S}(?:\d/\d|thousand|million|billion))?|(?:{NUMBER_WORDS})(?:(?:[\s-]+|{S}and{S})(?:{NUMBER_WORDS}))*"
    rf"(?:{S}and{S}a{S}half)?|an?{S}(?:hundred|thousand|dozen|million)|half{S}an?|half)"
)
SOME = (
    r"(?:several|a\s+few|few|many|some|a\s+couple(?:\s+of)?|a\s+number\s+of|dozens\s+of|hundreds\s+of|thousands\s+of)"
)
UNIT = (
    r"(?:seconds?|minutes?|hours?|days?|weeks?|fortnights?|weekends?|months?|quarters?|years?|decades?|centur(?:y|ies))"
)
UNIT_ONE = r"(?:second|minute|hour|day|week|fortnight|weekend|month|quarter|year|decade|century)"
UNITS_MANY = r"(?:seconds|minutes|hours|days|weeks|fortnights|weekends|months|quarters|years|decades|centuries)"
FEASTS = {  # name -> month, week (0: the day itself; -1: the last), weekday or day
    "christmas": (12, 0, 25), "christmas day": (12, 0, 25), "christmas eve": (12, 0, 24), "new year's day": (1, 0, 1),
    "new year's eve": (12, 0, 31), "new year's": (1, 0, 1), "thanksgiving": (11, 4, 3), "thanksgiving day": (11, 4, 3),
    "independence day": (7, 0, 4), "fourth of july": (7, 0, 4), "valentine's day": (2, 0, 14), "halloween": (10, 0, 31),
    "labor day": (9, 1, 0), "memorial day": (5, -1, 0), "veterans day": (11, 0, 11), "armistice day": (11, 0, 11),
    "boxing day": (12, 0, 26), "may day": (5, 0, 1), "victory day": (5, 0, 9), "columbus day": (10, 2, 0),
    "presidents day": (2, 3, 0), "presidents' day": (2, 3, 0), "martin luther king day": (1, 3, 0),
    "st. patrick's day": (3, 0, 17),
    "bastille day": (7, 0, 14), "mother's day": (5, 2, 6), "father's day": (6, 3, 6), "women's day": (3, 0, 8),
}  # fmt: skip
FEAST = "|".join(
    sorted((re.escape(f).replace("'", "['’]").replace(r"\ ", r"\s+") for f in FEASTS), key=lambda f: (-len(f), f))
)


def unit_of(word: str) -> str:
    """The singular of a unit of time."""
    w = word.lower()
    return "century" if w.startswith("centur") else w.rstrip("s")


def number_of(words: str) -> float | None:
    """A number in figures or words; None for "several"."""
    w = " ".join(words.lower().split())
    if w in ("a", "an", "one", "the"):
        return 1.0
    if w.startswith("a couple") or w == "couple":
        return 2.0
    if w.startswith("half"):
        return 0.5
    toks = lex(w, 0, len(w))
    n = numeral(toks, 0)
    return None if n is None or n.vague or n.high is None else n.low


def month_of(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def day_of(words: str) -> int:
    """The day of the month: "3", "3rd", "third"."""
    w = "-".join(words.lower().split())
    return ORDINALS[w] if w in ORDINALS else int(w.rstrip("stndrh"))


def weekday_of(name: str) -> int:
    w = name.lower().rstrip(".s") if name.lower().rstrip(".") not in SHORT_DAYS else name.lower().rstrip(".")
    return WEEKDAYS.index(w) if w in WEEKDAYS else SHORT_DAYS[w]


def year_of(words: str) -> int:
    """A year in figures or as spoken: "nineteen ninety-six", "two thousand and four"."""
    if words.isdigit():
        return int(words)
    w = words.lower().replace("-", " ").split()
    if w[0] == "two":
        return 2000 + (ONES.get(w[-1], 0) if len(w) > 2 else 0)
    rest = sum(TENS.get(x, ONES.get(x, 0)) for x in w[1:])
    return 100 * {"eighteen": 18, "nineteen": 19, "twenty": 20}[w[0]] + rest
