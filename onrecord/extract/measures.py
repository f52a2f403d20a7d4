"""Tokens beside a numeral → the unit, currency, rate or counted noun that they say.

Forms: 300 km; 185-hp; 4500 mAh; 37m; US $4.46; HK$5.4m; 10.5 million Australian dollars; $3,500 a month; 800,000
barrels a day;
50 km/ms; five NBA teams; 9.3 million shipping containers; one dealer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.extract import units
from onrecord.extract.lexicon import Shape, rows, verb_forms
from onrecord.extract.lexicon import words as word_list
from onrecord.extract.numerals import DASHES, Token, listed
from onrecord.extract.units import Unit

ASIDE = 9  # tokens of an aside between an amount and its "a year"
MAX_NOUN = 5  # words from the numeral to the end of its noun phrase
PER = frozenset({"a", "an", "per", "each", "every"})
RATES = frozenset(
    listed(
        "second minute hour day week month quarter year annum night weekend share unit barrel ounce gallon litre "
        "liter ton tonne pound kilogram kilo mile kilometre kilometer metre meter acre hectare person head capita "
        "game dozen bottle household student passenger vehicle bushel employee customer user patient pupil worker "
        "child family item piece trip flight visit round match season"
    )
)
RATE_NAMES = {"annum": "year", "kilo": "kilogram", "liter": "litre", "kilometer": "kilometre", "meter": "metre",
              "capita": "person", "head": "person"}  # fmt: skip
IRREGULAR = {r["plural"]: r["singular"] for r in rows("plurals")}
NOT_PLURAL = ("ss", "us", "is", "ous", "'s")  # endings of words in -s that are singular
STOP_MORE = frozenset(
    listed(
    "plus minus per including versus vs times percent ago later earlier respectively perhaps always sometimes "
    "besides whereas unless towards upwards downwards overseas afterwards thanks yes less does goes says comes "
    "remains becomes takes makes gives gets seems shows means needs wants lies bc ad am pm a.m. p.m. est edt gmt"
)
)  # fmt: skip
ADVERBS_KEPT = frozenset(
    {"early", "daily", "weekly", "monthly", "yearly", "family", "only", "elderly", "likely", "supply"}
)


def unit_after(toks: Sequence[Token], i: int) -> tuple[Unit, int] | None:
    """The unit that begins at token `i`, and the index after it. A hyphen may stand before it ("185-hp")."""
    if i >= len(toks):
        return None
    hyphen = toks[i].raw in DASHES and i + 1 < len(toks) and toks[i + 1].kind == "word"
    t = toks[i + 1 if hyphen else i]
    j = i + 1 if hyphen else i
    if toks[i].raw in "[{(" and i + 2 < len(toks) and toks[i].raw != "(" and toks[i + 2].raw in "]}":
        found = unit_after(toks, i + 1)
        return (found[0], found[1] + 1) if found and found[1] == i + 2 else None
    sign = next(
        (
            (unit, j + len(key))
            for key, unit in units.symbols().get(t.raw, ())
            if _raws(toks, j, key) and _symbol_fits(toks, j, key)
        ),
        None,
    )
    word = next(((unit, j + len(key)) for key, unit in units.words().get(t.low, ()) if _lows(toks, j, key)), None)
    if sign is None or word is None:
        return sign or word
    return word if word[1] > sign[1] else sign


def _raws(toks: Sequence[Token], j: int, key: tuple[str, ...]) -> bool:
    return len(key) == 1 or (j + len(key) <= len(toks) and all(toks[j + k].raw == w for k, w in enumerate(key)))


def _lows(toks: Sequence[Token], j: int, key: tuple[str, ...]) -> bool:
    last = j + len(key)
    if last < len(toks) and toks[last].kind == "num" and toks[last].glued:
        return False  # "3 USD50 cards"
    return len(key) == 1 or (last <= len(toks) and all(toks[j + k].low == w for k, w in enumerate(key)))


def _symbol_fits(toks: Sequence[Token], j: int, key: tuple[str, ...]) -> bool:
    """A quotation mark is an inch only when glued; a letter symbol does not run on into a word or figure."""
    last = j + len(key)
    if key[0] in "\"”'’″′" and not toks[j].glued:
        return False
    if not key[-1].isalpha() or last >= len(toks) or not toks[last].glued:
        return key != ("in",) or (toks[j].glued or (last < len(toks) and toks[last].raw in ",.;)") or last >= len(toks))
    return toks[last].kind == "sym" and not (len(key[0]) == 1 and toks[last].raw in "'’&")


def currency_before(toks: Sequence[Token], i: int) -> tuple[Unit, int] | None:
    """The currency whose symbol ends before token `i`, and the index of its first token."""
    if i == 0:
        return None
    t = toks[i - 1]
    for key, unit in units.prefixes().get(t.raw, ()):
        first = i - len(key)
        if first >= 0 and all(toks[first + k].raw == w for k, w in enumerate(key)):
            code = toks[first - 1].raw.upper() if first > 0 and toks[first].glued and unit.code == "USD" else ""
            other = units.prefixes().get(code)
            return (other[0][1], first - 1) if other else (unit, first)
    if t.raw == "US" and i >= 2 and toks[i - 2].raw == "$":
        return units.prefixes()["$"][-1][1], i - 2
    return None


def rate_after(toks: Sequence[Token], i: int, *, money: bool) -> tuple[str, int] | None:
    """The denominator that begins at token `i` ("a day", "per share", "/ms") as a name, and the index after it."""
    if i + 1 >= len(toks):
        return None
    i = _past_aside(toks, i)
    if i + 1 >= len(toks):
        return None
    w, k = toks[i].low, i + 1
    hyphen = toks[i].raw in DASHES and i + 3 < len(toks) and toks[i + 1].low in ("a", "per")
    if hyphen:
        w, k = toks[i + 1].low, i + 2
        k = k + 1 if toks[k].raw in DASHES else k
    if w == "/" and toks[k].glued:
        found = unit_after(toks, k)
        return (found[0].name, found[1]) if found and not found[0].money else None
    if w in ("annually", "yearly") and money:
        return None
    if w not in PER:
        return None
    found = unit_after(toks, k)
    if (
        found
        and not found[0].money
        and (w == "per" or found[0].kind in ("time", "mass", "volume"))
        and not _ago(toks, found[1])
    ):
        return found[0].name, found[1]
    noun = singular(toks[k].low)
    if noun in RATES and toks[k].low == noun and not _ago(toks, k + 1):
        return RATE_NAMES.get(noun, noun), k + 1
    return None


def _past_aside(toks: Sequence[Token], i: int) -> int:
    """The index after "(US $4.46)" or "of jet fuel" at `i`, where a rate stands behind it; else `i`."""
    if toks[i].raw == "(":
        close = next((k for k in range(i + 1, min(i + ASIDE, len(toks))) if toks[k].raw == ")"), None)
        return close + 1 if close is not None and close + 1 < len(toks) and toks[close + 1].low in PER else i
    if toks[i].low != "of":
        return i
    k = i + 1
    while k < len(toks) and k - i < ASIDE // 2 and toks[k].kind == "word" and toks[k].low not in stops():
        k += 1
    if i + 1 < k < len(toks) - 1 and toks[k].low in PER and toks[k + 1].low in RATES:
        return k
    return i


def _ago(toks: Sequence[Token], i: int) -> bool:
    return i < len(toks) and toks[i].low in ("ago", "earlier", "later", "before", "after", "old", "long")


@cache
def stops() -> frozenset[str]:
    """Words that end a noun phrase."""
    return word_list("function") | STOP_MORE


def counted_noun(toks: Sequence[Token], i: int, value: float) -> tuple[tuple[Token, ...], int] | None:
    """The words of the noun phrase that begins at token `i`, and the index after it.

    After a number other than one the head is the first plural; English agreement is the only tagger there is.
    """
    one = value == 1
    got: list[Token] = []
    j = i
    while j < len(toks) and len(got) < MAX_NOUN:
        past = _past_model(toks, j)
        if past is not None and not one:
            j = past
            continue
        t, k = _compound(toks, j)
        if t.kind != "word" or "'" in t.low or (k == j + 1 and t.low in stops()):
            if got and not one and _goes_on(toks, j):
                j += 1
                continue
            break
        if one and got and verb_forms().get(t.low) in (Shape.PAST, Shape.S):
            break
        if t.low.endswith("ly") and t.low not in ADVERBS_KEPT and not one and k == j + 1:
            j = k + 1 if k < len(toks) and toks[k].low.endswith("ed") else k  # "decently sized"
            continue
        got.append(t)
        j = k
        if not one and is_plural(t.low):
            return tuple(got), j
    if not one or not got:
        return None
    return tuple(got), j


def _past_model(toks: Sequence[Token], j: int) -> int | None:
    """Past a model that stands before what is counted: "24 Series 4 trains", "12 Boeing 737 jets"; else None.

    A capitalised word with nothing after its number ("30 Series 4") is a model too, and counts nothing.
    """
    numbered = j + 1 < len(toks) and toks[j].kind == "word" and toks[j].raw[0].isupper() and toks[j + 1].kind == "num"
    if not numbered or "," in toks[j + 1].raw or toks[j].low in stops():
        return None
    k = j + 2
    while k < len(toks) and toks[k].glued and toks[k].kind != "sym" and len(toks[k].raw) <= 3:  # the M of "4M"
        k += 1
    return k


def _compound(toks: Sequence[Token], j: int) -> tuple[Token, int]:
    """The word at `j` with what hyphens join to it ("coal-fired"), and the index after it."""
    k = j + 1
    while (
        k + 1 < len(toks)
        and toks[k].raw in DASHES
        and toks[k].glued
        and toks[k + 1].glued
        and toks[k + 1].kind == "word"
    ):
        k += 2
    if k == j + 1 or toks[j].kind != "word":
        return toks[j], j + 1
    run = toks[j:k]
    raw = "".join(t.raw for t in run)
    return Token(toks[j].start, toks[k - 1].end, raw, raw.lower(), "word", toks[j].glued), k


def _goes_on(toks: Sequence[Token], j: int) -> bool:
    """Whether a noun phrase goes on after a comma or "and": "Kia and Hyundai vehicles", "big, noisy engines"."""
    if toks[j].raw == "," or (toks[j].low in ("and", "or") and toks[j - 1].kind == "word"):
        return _adjective_pair(toks, j)
    return False


def _adjective_pair(toks: Sequence[Token], j: int) -> bool:
    """ "two big, noisy engines": the word after the comma is followed by a plural."""
    return (
        j + 2 < len(toks)
        and toks[j + 1].kind == "word"
        and toks[j + 1].low not in stops()
        and is_plural(toks[j + 2].low)
    )


def is_plural(word: str) -> bool:
    if word in IRREGULAR:
        return True
    if len(word) < 3 or word in stops():
        return False
    return (word.endswith("s") and not word.endswith(NOT_PLURAL)) or (
        word.endswith("men") and word not in ("regimen", "specimen")
    )


def singular(word: str) -> str:
    """The singular of a plural noun; other words unchanged."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("men") and len(word) > 4 and word not in ("regimen", "specimen", "abdomen"):
        return word[:-2] + "an"
    if not word.endswith("s") or word.endswith(NOT_PLURAL) or len(word) < 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]
