"""What stands around a numeral: does it measure at all, is it hedged, is it joined to its neighbour.

The refusals are where precision comes from: designations (V-6, Mk 2), scores (2-2), ordinals (21st), sections, ranks,
clock
times and serial numbers are written in figures too.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.hedges import JOINTS, PHRASES, low_at
from onrecord.extract.measures import stops
from onrecord.extract.numerals import DASHES, SCALES, Numeral, Token, listed
from onrecord.extract.units import Unit

YEAR = Unit("year", "year", "time")
SIGNS = frozenset("½⅓⅔¼¾⅛⅜⅝⅞⅕⅖⅗⅘")
POUND = Unit("lb", "pound-mass", "mass")
NEAR_WORDS = 12  # tokens on each side that tell pounds of weight from pounds of money
MONEY_WORDS = frozenset(
    listed("cost costs price prices paid pay worth fine fined tax sterling fee bill profit sold earn earned salary £")
)
WEIGHT_WORDS = frozenset(
    listed(
        "weigh weighs weighed weighing weight heavy heavier light lift lifted lost shed gained dropping shape body "
        "bomb cargo load"
    )
)
LONE_SCALES = {k: v for k, v in SCALES.items() if v >= 1e6}
ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})
MULTIPLES = {
    "halved": 0.5, "halving": 0.5, "double": 2.0, "doubled": 2.0, "doubling": 2.0, "doubles": 2.0, "twice": 2.0,
    "twofold": 2.0,
    "thrice": 3.0, "triple": 3.0, "tripled": 3.0, "tripling": 3.0, "triples": 3.0, "treble": 3.0, "trebled": 3.0,
    "threefold": 3.0, "quadruple": 4.0, "quadrupled": 4.0, "quadrupling": 4.0, "fourfold": 4.0, "fivefold": 5.0,
    "sixfold": 6.0, "sevenfold": 7.0, "eightfold": 8.0, "ninefold": 9.0, "tenfold": 10.0, "hundredfold": 100.0,
}  # fmt: skip
ALONE = frozenset(w for w in MULTIPLES if w.endswith(("fold", "ed", "ing")))
BEFORE_NUMBER = frozenset(
    listed(
    "no nos number section row page pages chapter article room route highway exit phase version season episode "
    "game lot flight channel act rule level grade tier type class model code zip area gate platform verse psalm "
    "paragraph figure table volume issue round unit"
)
)  # fmt: skip
AFTER_NAME = frozenset(
    {"the", "a", "an", "and", "or", "in", "of", "for", "to", "at", "by", "from", "with", "on", "is", "was"}
)


COMPARERS = frozenset({"from", "with", "against"})


def refused(toks: Sequence[Token], n: Numeral) -> bool:
    """Whether the numeral is part of a name, an ordinal, a score, a clock time or an enumeration."""
    before, after, t = low_at(toks, n.first - 1), low_at(toks, n.last), toks[n.first]
    if t.kind == "num" and after in ORDINAL_ENDS and toks[n.last].glued:
        return True
    if t.kind == "num" and after == "s" and toks[n.last].glued:
        return True  # the 1970s
    if before in DASHES and t.glued and n.first >= 2 and toks[n.first - 1].glued:
        back = toks[n.first - 2]
        if back.kind == "word" and back.low not in ("minus", "negative", "sub", "mid", "plus"):
            return t.kind == "num" or back.low not in ("a", "well", "over")  # V-6, Buk-2
    if after in DASHES and n.last + 1 < len(toks) and toks[n.last].glued and toks[n.last + 1].glued:
        nxt = toks[n.last + 1]
        if nxt.kind == "num" and low_at(toks, n.last + 2) in DASHES and low_at(toks, n.last + 3).isdigit():
            return True  # 4-4-2, 555-12-34
    if before in (":", ".") and t.glued and t.kind == "num" and low_at(toks, n.first - 2).isdigit():
        return True
    if (
        after == ":"
        and t.kind == "num"
        and n.last + 1 < len(toks)
        and toks[n.last].glued
        and toks[n.last + 1].kind == "num"
        and toks[n.last + 1].glued
    ):
        return True
    if before in ("/", "#", "@") and t.glued and t.kind == "num":
        return True
    if before in BEFORE_NUMBER and t.kind == "num" and "," not in t.raw:
        return True
    return before == "." and low_at(toks, n.first - 2) in ("no", "nos", "art", "sec", "fig", "vol", "pp")


def named(toks: Sequence[Token], n: Numeral) -> bool:
    """Whether a capitalised word directly before makes the figure part of a name: "Boeing 737", "Stoxx 600"."""
    i = n.first - 1
    if i < 0 or toks[n.first].kind != "num":
        return False
    t = toks[i]
    if t.kind != "word" or t.raw.islower() or t.low in stops() or (t.low,) in PHRASES:
        return False
    return not (i == 0 and t.raw[1:].islower() and t.low.endswith(("ing", "ed"))) and "," not in toks[n.first].raw


def unit_refused(toks: Sequence[Token], n: Numeral, unit: Unit, last: int) -> bool:
    """Whether a word that may be a unit is none here: "one second" chance, "two points" that are arguments, "5 in"."""
    raw = toks[last - 1].raw
    if (
        len(raw) > 3
        and not raw.endswith("s")
        and n.low != 1
        and raw[0].isupper()
        and raw[1:].islower()
        and unit.kind not in ("money", "temperature", "percent")
    ):
        return True  # "2016 Stone": a name
    plain = toks[n.last].raw
    if len(plain) == 1 and plain.isalpha() and not toks[n.last].glued:
        follows = toks[last] if last < len(toks) else None
        if (
            plain in ("A", "K", "N", "R", "b", "B", "J", "F", "V", "C")
            and follows is not None
            and follows.kind == "word"
            and follows.low not in stops()
        ):
            return True
    if (
        named(toks, n)
        and unit.kind in ("time", "index", "data")
        and "," not in toks[n.first].raw
        and not toks[last - 1].glued
    ):
        return True
    if unit.code == "mark" or raw == "Mach":
        return False
    return toks[n.last].glued and plain in ("s", "h", "t") and unit.kind in ("time",) and not n.low < 1000


def pounds(toks: Sequence[Token], n: Numeral, unit: Unit, last: int) -> Unit:
    """The unit, where "pounds" weigh: "200-pound", "two pounds of rice", words of weight near and none of money."""
    if unit.code != "GBP" or toks[last - 1].low not in ("pound", "pounds") or last - n.last > 2:
        return unit
    around = {t.low for t in toks[max(0, n.first - NEAR_WORDS) : last + NEAR_WORDS]}
    if around & MONEY_WORDS or n.scale >= 1e6:
        return unit
    stuff = low_at(toks, last) == "of" or toks[n.last].raw in DASHES
    return POUND if stuff or around & WEIGHT_WORDS or low_at(toks, n.first - 1) == "over" else unit


def noun_fits(toks: Sequence[Token], n: Numeral, noun: Sequence[Token]) -> bool:
    """Whether the noun phrase after the numeral is counted by it."""
    if named(toks, n):
        return False
    head = noun[-1]
    before = low_at(toks, n.first - 1)
    if n.form == "word" and n.low == 1:
        return _one_fits(toks, n, noun)
    if toks[n.first].kind == "num" and is_year(toks[n.first].raw) and n.last == n.first + 1:
        return (
            not noun_is_season(noun)
            and before not in ("in", "since", "of", "until", "by", "the", "during", "from")
            and not head.raw[:1].isupper()
        )
    if n.form == "fraction" and n.low < 1:
        return False
    if head.glued and toks[n.first].kind == "num" and len(noun) == 1:
        return len(head.raw) > 2
    return not (n.form == "vague" and low_at(toks, n.last) != "of" and n.high is not None)


def _one_fits(toks: Sequence[Token], n: Numeral, noun: Sequence[Token]) -> bool:
    before = low_at(toks, n.first - 1)
    head = noun[-1]
    if (
        before in ("no", "any", "every", "some", "the", "this", "that", "which", "each", "another", "and", "day")
        or head.raw[:1].isupper()
    ):
        return False
    return head.low not in (
        "another",
        "thing",
        "day",
        "time",
        "way",
        "side",
        "hand",
        "point",
        "reason",
    ) and not head.low.endswith("ing")


def noun_is_season(noun: Sequence[Token]) -> bool:
    return noun[-1].low in ("games", "elections", "olympics", "championships", "finals", "results", "levels")


def is_year(raw: str) -> bool:
    return len(raw) == 4 and raw.isdigit() and 1000 <= int(raw) <= 2100


def bare_fits(toks: Sequence[Token], n: Numeral) -> bool:
    """Whether a number with no unit is a figure about something: hedged, or written large or with decimals after
    "to", "at".
    """
    t = toks[n.first]
    before, after = low_at(toks, n.first - 1), low_at(toks, n.last)
    if n.form in ("vague", "fraction", "article"):
        return False
    if after in DASHES and toks[n.last].glued:
        return _half_of_range(toks, n.last + 1)
    hedged = any(
        (low_at(toks, n.first - k), *(low_at(toks, n.first - j) for j in range(k - 1, 0, -1))) in PHRASES
        for k in (1, 2, 3)
    )
    hedged = hedged or any(tuple(low_at(toks, n.first - j) for j in range(k, 0, -1)) in PHRASES for k in (1, 2, 3))
    if t.kind != "num":
        return (n.low > 10 and hedged) or n.low >= 1000 or _joins(toks, n)
    if named(toks, n) or (n.last < len(toks) and toks[n.last].glued and toks[n.last].kind == "word"):
        return False
    if before == "between" and after == "and":
        return True
    if before == "and" and low_at(toks, n.first - 3) == "between":
        return True
    if _joins(toks, n) and not is_year(t.raw):
        return True
    if is_year(t.raw) and n.scale == 1 and n.last == n.first + 1:
        return hedged and before in ("about", "some", "around", "nearly", "almost", "approximately")
    if _joins(toks, n):
        return True
    big = (
        "," in t.raw
        or n.scale >= 1000
        or ("." in t.raw and before in ("to", "at", "from", "of", "was", "is", "up", "down", "by"))
    )
    return hedged or big or (before in ("to", "at", "is", "was", "are", "were") and n.low >= 1000)


def may_compare(toks: Sequence[Token], n: Numeral) -> bool:
    """Whether a number with no unit of its own may be measured in that of the amount before: "compared with 63"."""
    t, before = toks[n.first], low_at(toks, n.first - 1)
    if before not in COMPARERS or t.kind != "num" or is_year(t.raw) or named(toks, n):
        return False
    return before != "with" or low_at(toks, n.first - 2) == "compared"


def _joins(toks: Sequence[Token], n: Numeral) -> bool:
    """Whether the number is the first of a range whose unit stands behind the second."""
    return low_at(toks, n.last) in JOINTS and _half_of_range(toks, n.last + 1)


def _half_of_range(toks: Sequence[Token], i: int) -> bool:
    from onrecord.extract.measures import counted_noun, currency_before, unit_after
    from onrecord.extract.numerals import numeral

    if i < len(toks) and toks[i].kind == "sym" and currency_before(toks, i + 1):
        return True
    m = numeral(toks, i)
    return m is not None and (
        unit_after(toks, m.last) is not None or counted_noun(toks, m.last, m.low) is not None or m.scale > 1
    )


def share_fits(toks: Sequence[Token], n: Numeral) -> bool:
    """Whether a fraction is a share: "a third of", "by half", "half the"; not "a quarter" of a year, not "second
    half".
    """
    before, after = low_at(toks, n.first - 1), low_at(toks, n.last)
    if toks[n.first].low == "half":
        return after in ("of", "the", "its", "their", "his", "her", "all", "our", "those", "these") or (
            before in ("by", "in", "to") and after not in ("a", "an")
        )
    if toks[n.first].kind == "num" or toks[n.first].raw in SIGNS:
        return after in ("of", "the")
    if toks[n.last - 1].low.startswith(("quarter", "fourth")):
        return after == "of" or (before == "by" and after not in ("century", "hour", "mile"))
    return (
        after == "of"
        or before in ("by", "nearly", "almost", "about", "than", "over", "remaining")
        or after in ("interest", "stake", "majority", "share", "more", "less")
    )


def multiple_fits(toks: Sequence[Token], i: int) -> bool:
    """Whether "double" and its like compare two amounts here."""
    w, after, before = toks[i].low, low_at(toks, i + 1), low_at(toks, i - 1)
    if w in ("twice", "thrice"):
        return after in ("the", "as", "its", "their", "that", "his", "what", "this") or before in (
            "than",
            "over",
            "almost",
            "nearly",
            "about",
        )
    if w in ("doubled", "doubling", "doubles") and after in ("down", "up", "back", "over"):
        return False
    if w in ALONE:
        return True
    return after in (
        "the",
        "its",
        "their",
        "his",
        "her",
        "our",
        "that",
        "what",
        "in",
        "to",
        "by",
        "this",
        "last",
        "from",
    ) or before in ("than", "nearly", "almost", "to", "about")


def times_fits(toks: Sequence[Token], k: int) -> bool:
    """Whether "times" after a number multiplies: "four times the", "100 times more", "three times as many", "three
    times higher".
    """
    after = low_at(toks, k + 1)
    return after in (
        "the",
        "more",
        "as",
        "its",
        "their",
        "that",
        "what",
        "less",
        "larger",
        "bigger",
        "fewer",
        "greater",
        "over",
    ) or (after.endswith("er") and len(after) > 4 and after not in ("after", "under", "never", "ever", "either"))


def aged(toks: Sequence[Token], n: Numeral) -> bool:
    """Forms: aged 18; at the age of 21; Name, 66, said. Not "aged 18 to 34"."""
    if n.low != int(n.low) or not 0 < n.low < 120:
        return False
    back = [low_at(toks, n.first - k) for k in (3, 2, 1)]
    if back[2] in ("aged", "age") or back[1:] == ["age", "of"]:
        return low_at(toks, n.last) not in ("to", "and", *DASHES)
    t = toks[n.first]
    comma = (
        back[2] == ","
        and low_at(toks, n.last) == ","
        and t.kind == "num"
        and n.low >= 5
        and "." not in t.raw
        and n.last == n.first + 1
    )
    return (
        comma
        and n.first >= 2
        and toks[n.first - 2].raw[:1].isupper()
        and toks[n.first - 2].low not in stops()
        and low_at(toks, n.first - 3) not in ("in", "on")
    )
