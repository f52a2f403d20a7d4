"""A sentence → amounts: numerals with their unit, noun or currency, joined into ranges, with comparators and "about".

An amount is richer than the record made of it (`numbers.quantities`): it keeps the full noun phrase, the unit's name
and
which rule saw it, so that other unit conventions can be served from the same grammar (bench/quantity.py).

Forms: 15-22 mph; between 15kHz and 17kHz; 24.2 to 33 billion euros; up to 252 miles; just under 20 percent; 600 km or
more;
five or six weeks; two thirds of the grain; one in five drivers; sixfold; doubled; 68-year-old; aged 18; minus 40
degrees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.extract import context
from onrecord.extract.hedges import low_at
from onrecord.extract.joining import Amount, compared, dressed, joined
from onrecord.extract.measures import counted_noun, currency_before, rate_after, singular, unit_after
from onrecord.extract.numerals import DASHES, GLUED, PARTS, SCALES, STARTS, Numeral, Token, lex, listed, numeral
from onrecord.extract.units import Unit

BETWEEN_UNIT = frozenset(
    listed(
        "more further extra additional straight full previous consecutive whole successive entire long us metric square"
    )
)


BEGINNINGS = STARTS | frozenset(context.MULTIPLES) | context.SIGNS
ARTICLES = frozenset(("a", "an"))
AFTER_ARTICLE = frozenset(("few", "couple", "hundred", "dozen", *PARTS, *SCALES, *DASHES))  # "a few", "a third"
RIGHTLY = frozenset(("correct", "right", "actual", "true", "should"))
TELLS = frozenset(("is", "was", "are", "were", "be", "been", "read", "reads"))
RIGHT_WITHIN = 5  # tokens before a number: "the correct number of passengers is"
TELLING = (BEGINNINGS - ARTICLES) | AFTER_ARTICLE  # without one of them, or a figure, a sentence has no amount
FIGURE = re.compile(rf"[\d{''.join(sorted(context.SIGNS))}]")
LETTERS = re.compile(rf"[a-z]{{{min(len(w) for w in TELLING if w.isalpha())},}}")  # none of those words is shorter


def amounts(text: str, start: int, end: int, taken: Sequence[tuple[int, int]] = ()) -> list[Amount]:
    """The amounts in `text[start:end]`; numerals inside `taken` (dates and
    clock times, in order) are passed over."""
    if not _tells(text, start, end):
        return []
    toks = lex(text, start, end)
    found: list[Amount] = []
    free = k = 0
    for i in _beginnings(toks):
        at = toks[i].start
        while k < len(taken) and taken[k][1] <= at:
            k += 1
        if i < free or (k < len(taken) and taken[k][0] <= at):
            continue
        got = _at(toks, i, found[-1].last if found else 0)
        if got is not None:
            found.append(got)
            free = got.last
    return [_placed(a, toks) for a in dressed(toks, compared(toks, joined(toks, found)))]


def _tells(text: str, start: int, end: int) -> bool:
    """Whether a figure, or a word that begins an amount, stands in `text[start:end]`: most sentences need no more."""
    if FIGURE.search(text, start, end) is not None:
        return True
    return not TELLING.isdisjoint(LETTERS.findall(text[start:end].lower()))


def _beginnings(toks: Sequence[Token]) -> list[int]:
    """The tokens at which an amount can begin."""
    return [
        i for i, t in enumerate(toks)
        if t.kind == "num" or (t.low in BEGINNINGS and (t.low not in ARTICLES or low_at(toks, i + 1) in AFTER_ARTICLE))
    ]  # fmt: skip


def _placed(a: Amount, toks: Sequence[Token]) -> Amount:
    ends = tuple(_placed(e, toks) for e in a.ends)
    return replace(a, start=toks[a.first].start, end=toks[a.last - 1].end, ends=ends)


def _at(toks: list[Token], i: int, floor: int) -> Amount | None:
    """The amount whose numeral (or multiple word) begins at token `i`, before joining; `floor`: where the last one
    ends.
    """
    n = numeral(toks, i)
    times = _multiple(toks, i, n)
    if times is not None:
        return times
    if n is None or context.refused(toks, n):
        return None
    n, first = _signed(toks, n)
    found = (
        _money(toks, n, first, floor)
        or _share(toks, n)
        or _age(toks, n)
        or _measure(toks, n, first)
        or _counted(toks, n)
    )
    return found or _bare(toks, n, first)


def _signed(toks: list[Token], n: Numeral) -> tuple[Numeral, int]:
    """A minus sign or word before the numeral: "minus-260", "-1.3%", "$-50.8bn"."""
    i = n.first - 1
    if i >= 0 and toks[i].raw in DASHES and i >= 1 and toks[i - 1].low in ("minus", "negative") and toks[i].glued:
        return replace(n, low=-n.low, high=None if n.high is None else -n.high), i - 1
    if i >= 0 and toks[i].low in ("minus", "negative"):
        return replace(n, low=-n.low, high=None if n.high is None else -n.high), i
    free = (
        i >= 0
        and toks[i].raw in "-−–"
        and toks[n.first].glued
        and (not toks[i].glued or i == 0 or toks[i - 1].raw in "$€£([")
    )
    if free and not (toks[i].glued and i > 0 and toks[i - 1].kind == "num"):
        return replace(n, low=-n.low, high=None if n.high is None else -n.high), i
    return n, n.first


def _glued_scale(toks: list[Token], n: Numeral, *, money: bool) -> Numeral:
    """`12m` as 12 million where a currency stands before, or a unit or plural after; else the letter is a unit."""
    if n.last >= len(toks) or n.scale != 1 or not toks[n.last].glued or toks[n.last].low not in GLUED:
        return n
    follows = unit_after(toks, n.last + 1) or counted_noun(toks, n.last + 1, 2)
    if not money and (follows is None or toks[n.last].raw not in ("m", "M", "k", "K", "b")):
        return n
    s = GLUED[toks[n.last].low]
    return replace(n, last=n.last + 1, low=n.low * s, high=None if n.high is None else n.high * s, scale=s)


def _money(toks: list[Token], n: Numeral, first: int, floor: int) -> Amount | None:
    """Forms: $5; US $4.46 per share; RM23.50; HK$5.4m; 10.5 million Australian dollars; 75 USD million; 13 dollars
    and 45 cents.
    """
    before = currency_before(toks, first)
    if before is None or before[1] < floor:
        return None
    unit, start = before
    while (more := currency_before(toks, start)) is not None and more[0].code == unit.code and more[1] >= floor:
        start = more[1]
    n = _glued_scale(toks, n, money=True)
    last = n.last
    again = unit_after(toks, last)
    if (
        again is not None
        and again[0].money
        and (again[0].code == unit.code or toks[last].low in ("us", "canadian", "australian"))
    ):
        unit, last = again
    elif last < len(toks) and toks[last].raw in ("US", "U.S.", "CAN") and unit.code == "USD":
        last += 1
    return _with_rate(toks, n, start, last, unit, "money.sign")


def _with_rate(toks: list[Token], n: Numeral, first: int, last: int, unit: Unit, rule: str) -> Amount:
    per = rate_after(toks, last, money=unit.money)
    if per is not None and last < len(toks) and toks[last].raw == "(":
        per = (per[0], last)  # "$6 (4.46 euros) per share": what is in brackets is an amount of its own
    return Amount(
        first,
        per[1] if per else last,
        n.low,
        n.high,
        rule,
        unit=unit,
        per=per[0] if per else None,
        form=n.form,
        approximate=n.vague,
        score=0.95,
    )


def _measure(toks: list[Token], n: Numeral, first: int) -> Amount | None:
    """Forms: 300 km; 5 per cent; 185-hp; 30 - year; 5 million yen; 13 dollars and 45 cents; 75 USD million."""
    n = _glued_scale(toks, n, money=False)
    found = unit_after(toks, n.last)
    if found is None and n.last < len(toks) and toks[n.last].low in BETWEEN_UNIT:
        found = unit_after(toks, n.last + 1) if n.form != "figure" or n.low < 1000 else None
    found = found or _fraction_of_unit(toks, n)
    if found is None or context.unit_refused(toks, n, found[0], found[1]):
        return None
    unit, last = context.pounds(toks, n, *found), found[1]
    if unit.kind == "money" or unit.kind == "money part":
        n2 = numeral(toks, last) if toks[last - 1].raw.isupper() else None
        if n2 is None and toks[last - 1].raw.isupper() and last < len(toks) and toks[last].low in context.LONE_SCALES:
            s = context.LONE_SCALES[toks[last].low]
            n, last = replace(n, low=n.low * s, high=None if n.high is None else n.high * s), last + 1
        cents = _cents(toks, last) if unit.money else None
        if cents is not None:
            n, last = replace(n, low=n.low + cents[0], high=None if n.high is None else n.high + cents[0]), cents[1]
    return _with_rate(toks, n, first, last, unit, "money.word" if unit.money else "measure")


def _fraction_of_unit(toks: list[Token], n: Numeral) -> tuple[Unit, int] | None:
    """The unit in "1/16 of a US pint", "half a mile"."""
    k = n.last
    if n.form != "fraction" or k >= len(toks) or toks[k].low not in ("of", "a", "an"):
        return None
    while k < len(toks) and toks[k].low in ("of", "a", "an", "us"):
        k += 1
    found = unit_after(toks, k)
    return (
        found
        if found
        and found[0].kind in ("length", "mass", "volume", "area", "time")
        and toks[k].low == toks[found[1] - 1].low
        else None
    )


def _cents(toks: list[Token], i: int) -> tuple[float, int] | None:
    """ "and forty-five cents" after dollars: its share of a dollar."""
    if i >= len(toks) or toks[i].low != "and":
        return None
    n = numeral(toks, i + 1)
    found = unit_after(toks, n.last) if n else None
    return (n.low / 100, found[1]) if n and found and found[0].kind == "money part" and n.low < 100 else None


def _age(toks: list[Token], n: Numeral) -> Amount | None:
    """Forms: 68-year-old; 50 years old; 18-month-old; three years of age; aged 18; Name, 66, said."""
    found = unit_after(toks, n.last)
    if found is not None and found[0].kind == "time":
        k = found[1]
        k = k + 1 if k < len(toks) and toks[k].raw in DASHES else k
        if k < len(toks) and toks[k].low in ("old", "olds"):
            return Amount(n.first, k + 1, n.low, n.high, "age", unit=found[0], age=True, form=n.form)
        if k + 1 < len(toks) and toks[k].low == "of" and toks[k + 1].low == "age":
            return Amount(n.first, k + 2, n.low, n.high, "age", unit=found[0], age=True, form=n.form)
        if n.first >= 3 and [t.low for t in toks[n.first - 3 : n.first]] == ["the", "age", "of"]:
            return Amount(n.first, found[1], n.low, n.high, "age", unit=found[0], age=True, form=n.form)
        return None
    if context.aged(toks, n):
        return Amount(n.first, n.last, n.low, n.high, "age.bare", unit=context.YEAR, age=True, form=n.form, score=0.7)
    return None


def _share(toks: list[Token], n: Numeral) -> Amount | None:
    """Forms: two thirds of the grain; half the homes; one in five drivers; one out of three; by a third."""
    if n.form == "word" and n.low >= 1:
        k = n.last
        if k < len(toks) and toks[k].low == "out" and k + 1 < len(toks) and toks[k + 1].low == "of":
            k += 1
        elif k >= len(toks) or toks[k].low != "in":
            return None
        m = numeral(toks, k + 1) if k + 1 < len(toks) else None
        if m is None or m.low <= n.low or m.low > 1000 or m.form not in ("word", "figure") or unit_after(toks, m.last):
            return None
        noun = counted_noun(toks, m.last, 2)
        if noun is None and toks[k].low == "in":
            return None
        return Amount(
            n.first,
            m.last if noun is None else noun[1],
            n.low / m.low,
            n.low / m.low,
            "share.in",
            noun=_words(noun[0]) if noun else (),
            form="fraction",
            score=0.8,
        )
    if n.form != "fraction" or n.low >= 1 or not context.share_fits(toks, n):
        return None
    if _fraction_of_unit(toks, n) is not None:
        return None
    k = n.last
    while k < len(toks) and toks[k].low in (
        "of",
        "the",
        "its",
        "their",
        "his",
        "her",
        "all",
        "our",
        "a",
        "this",
        "that",
        "those",
    ):
        k += 1
    noun = counted_noun(toks, k, 2) or counted_noun(toks, k, 1)
    return Amount(
        n.first, n.last, n.low, n.high, "share", noun=_words(noun[0]) if noun else (), form="fraction", score=0.8
    )


def _words(toks: Sequence[Token]) -> tuple[str, ...]:
    *most, head = (t.raw if t.raw[:1].isupper() else t.low for t in toks)
    return (*most, singular(head))


def _counted(toks: list[Token], n: Numeral) -> Amount | None:
    """Forms: five NBA teams; 9.3 million shipping containers; 800 trains a day; one dealer; several batches; dozens
    of people.
    """
    k = n.last
    if k < len(toks) and toks[k].raw in DASHES:
        return None
    if n.form in ("vague", "article") and k < len(toks) and toks[k].low == "of":
        k += 1
    if (
        k < len(toks)
        and toks[k].low in ("more", "other", "further", "additional", "such", "new", "extra", "separate", "different")
        and n.low != 1
    ):
        k += 0 if toks[k].low in ("new", "separate", "different") else 1
    inner = numeral(toks, k) or (numeral(toks, k + 1) if k + 1 < len(toks) and currency_before(toks, k + 1) else None)
    if inner is not None and n.low != 1:
        return _outer(toks, n, inner)
    noun = counted_noun(toks, k, n.low)
    if noun is None or not context.noun_fits(toks, n, noun[0]):
        return None
    if toks[noun[1] - 1].low == "times":
        return None
    per = rate_after(toks, noun[1], money=False)
    rule = "count.one" if n.low == 1 and n.form == "word" else "count"
    return Amount(
        n.first,
        per[1] if per else noun[1],
        n.low,
        n.high,
        rule,
        noun=_words(noun[0]),
        per=per[0] if per else None,
        approximate=n.vague,
        form=n.form,
        score=0.6 if rule == "count.one" else 0.8,
    )


def _outer(toks: list[Token], n: Numeral, inner: Numeral) -> Amount | None:
    """Forms: eight million 250ml bottles; 50 50-dollar bills: the noun stands behind the measure of one piece."""
    unit = unit_after(toks, inner.last)
    noun = counted_noun(toks, unit[1] if unit else inner.last, 2)
    if noun is None or (unit is None and currency_before(toks, inner.first) is None) or context.named(toks, n):
        return None
    return Amount(n.first, n.last, n.low, n.high, "count", noun=_words(noun[0]), form=n.form, score=0.7)


def _bare(toks: list[Token], n: Numeral, first: int) -> Amount | None:
    """A number alone: kept where a comparator, "to", "about" or its own form says that it measures something."""
    n = _glued_scale(toks, n, money=True) if n.last < len(toks) and toks[n.last].low == "bn" else n
    if not context.bare_fits(toks, n) and not _puts_right(toks, first):
        return (
            Amount(first, n.last, n.low, n.high, "pending", form=n.form, score=0.5)
            if context.may_compare(toks, n)
            else None
        )
    return Amount(first, n.last, n.low, n.high, "bare", form=n.form, score=0.5)


def _puts_right(toks: list[Token], i: int) -> bool:
    """Whether the words before say that a number is right, or is not: "the correct figure is 142", "142 cars, not
    124"."""
    before = [t.low for t in toks[max(0, i - RIGHT_WITHIN) : i]]
    if before[-2:] == [",", "not"]:
        return True
    return bool(before) and before[-1] in TELLS and not RIGHTLY.isdisjoint(before)


def _multiple(toks: list[Token], i: int, n: Numeral | None) -> Amount | None:
    """Forms: doubled; tripled; sixfold; six-fold; three times the size; 100 times more; twice as many; halved."""
    w = toks[i].low
    if w in context.MULTIPLES and context.multiple_fits(toks, i):
        value = context.MULTIPLES[w]
        return Amount(i, i + 1, value, value, "multiple.word", form="word")
    if n is None or n.last >= len(toks) or n.form in ("vague",):
        return None
    k = n.last + 1 if toks[n.last].raw in DASHES and n.last + 1 < len(toks) else n.last
    if toks[k].low == "fold":
        return Amount(i, k + 1, n.low, n.high, "multiple", form=n.form)
    if toks[k].low == "times" and k == n.last and context.times_fits(toks, k):
        return Amount(i, k + 1, n.low, n.high, "multiple", form=n.form)
    if toks[k].low == "x" and toks[k].glued:
        return Amount(i, k + 1, n.low, n.high, "multiple", form=n.form)
    return None
