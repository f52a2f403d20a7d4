"""A claim's value in words a reader takes in at a glance: `about 300 km`, `at least 40 cars`, `China and Russia`."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.extract.lexicon import VOWELS, rows
from onrecord.extract.units import plural, table
from onrecord.records import (
    Comparator,
    DateValue,
    EntityValue,
    EventValue,
    MoneyValue,
    QuantityValue,
    StateValue,
    TextValue,
    Value,
)
from onrecord.tell.times import in_words

BEFORE = {
    Comparator.EQ: "",
    Comparator.GT: "more than ",
    Comparator.GE: "at least ",
    Comparator.LT: "less than ",
    Comparator.LE: "up to ",
}
SIGNS = {"percent": " %", "x": " times"}


def show(value: Value, name_of: Callable[[str], str], when: Callable[[str], str] = in_words) -> str:
    """The value as text; `name_of` gives the name of a referent or entity id, `when` the words of an EDTF value."""
    match value:
        case QuantityValue():
            return amount(value.low, value.high, value.comparator, value.approximate, unit_words(value.unit, value))
        case MoneyValue():
            at = f" (prices of {when(value.at)})" if value.at else ""
            return f"{amount(value.low, value.high, value.comparator, value.approximate, '', value.currency)}{at}"
        case EntityValue():
            return joined([name_of(e) for e in value.entities])
        case DateValue():
            return when(value.date)
        case EventValue():
            parts = [name_of(x) for x in (value.entity, value.place) if x is not None]
            return ", ".join([*parts, *([when(value.date)] if value.date else [])]) or "an event"
        case TextValue():
            return value.text
        case StateValue():
            return value.state


def amount(
    low: float | None, high: float | None, comparator: Comparator, approximate: bool, unit: str, currency: str = ""
) -> str:
    """A figure or range with its comparator, and its unit behind or its currency before it."""
    numbers = [number(x) for x in (low, high) if x is not None]
    if low is not None and low == high:
        numbers = numbers[:1]
    about = "about " if approximate else ""
    before = f"{currency} " if currency else ""
    return f"{about}{BEFORE[comparator]}{before}{'–'.join(numbers) or 'some'}{unit}"


SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def number(x: float) -> str:
    """`2,000`, `4.2 billion`, `0.35`: as people write it; digits that would be lost stay."""
    for scale, word in SCALES:
        if abs(x) >= scale and (x / scale * 1000).is_integer():
            return f"{x / scale:g} {word}"
    return f"{int(x):,}" if x == int(x) else f"{x:,.6g}"


def unit_words(unit: str | None, value: QuantityValue) -> str:
    if unit is None:
        return ""
    if unit in SIGNS:
        return SIGNS[unit]
    return f" {unit if value.high == 1 or not is_word(unit) else many(unit)}"


def is_word(unit: str) -> bool:
    """Whether a unit is told by a word, which has a plural: "job", "ton", "nautical mile", not "kg" or "kcal"."""
    words = {u.code: row["words"].split("|") for u, row in table()}.get(unit)
    spelled = len(unit) > 2 if words is None else any(w.partition("/")[0] == unit for w in words)
    return spelled and all(w.isalpha() and w.islower() for w in unit.replace("-", " ").split())


def many(unit: str) -> str:
    """The plural of a word: jobs, children, square feet, centuries; of what is one already ("people"), itself."""
    before, blank, last = unit.rpartition(" ")
    irregular = {r["singular"]: r["plural"] for r in rows("plurals")}
    if last in irregular.values() or (last.endswith("s") and not last.endswith("ss") and last not in irregular):
        return unit
    regular = f"{last[:-1]}ies" if last.endswith("y") and last[-2:-1] not in VOWELS else plural(last)
    return f"{before}{blank}{irregular.get(last, regular)}"


def joined(names: list[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
