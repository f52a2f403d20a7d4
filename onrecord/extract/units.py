"""Units of measure and currencies: the table `beats/words/units.tsv` and how words after (or before) a number name one.

`code` is what records hold: the SI symbol (km, kg, MW), the ISO 4217 code, "percent", else the English noun (mile,
year).
`name` is the unit in full words. pint is not used: docs/decisions/021-units.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.extract.lexicon import rows

PLAIN = re.compile(r"\d[\d,.]*|[^\W\d_]\w*|\S")


LOWER_CODES = {
    "USD": ("usd",),
    "EUR": ("eur",),
    "GBP": ("gbp",),
    "CNY": ("rmb",),
}  # written small often; "pen" and "all" are words


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of the table."""

    code: str
    name: str
    kind: str  # "length", "mass", "time", "money", "percent", ...

    @property
    def money(self) -> bool:
        return self.kind == "money"


def parts(phrase: str) -> tuple[str, ...]:
    """A table entry cut as `numerals.lex` cuts text."""
    return tuple(re.findall(r"(?:[A-Za-z]\.){2,}|[^\W\d_][^\W_]*|[^\w\s]", phrase))


def plural(noun: str) -> str:
    """The regular plural: pound → pounds, metric ton → metric tons, inch → inches."""
    return noun + ("es" if noun.endswith(("ch", "sh", "x", "s", "z")) else "s")


@cache
def table() -> tuple[tuple[Unit, dict[str, str]], ...]:
    return tuple((Unit(r["code"], r["name"], r["kind"]), r) for r in rows("units"))


@cache
def words() -> dict[str, tuple[tuple[tuple[str, ...], Unit], ...]]:
    """First word, lower case → the unit phrases that begin with it, longest first."""
    found: dict[tuple[str, ...], Unit] = {}
    for unit, row in table():
        for entry in filter(None, row["words"].split("|")):
            singular, _, many = entry.partition("/")
            for form in (singular, many or plural(singular)):
                found.setdefault(parts(form.lower()), unit)
    return _by_first(found)


@cache
def symbols() -> dict[str, tuple[tuple[tuple[str, ...], Unit], ...]]:
    """First part of a symbol, as written → symbols that begin with it, longest first. ISO codes are symbols."""
    found: dict[tuple[str, ...], Unit] = {}
    for unit, row in table():
        for entry in filter(None, row["symbols"].split("|")):
            found.setdefault(parts(entry), unit)
        if unit.money and len(unit.code) == 3:
            found.setdefault((unit.code,), unit)
    return _by_first(found)


@cache
def prefixes() -> dict[str, tuple[tuple[tuple[str, ...], Unit], ...]]:
    """Last part of a currency symbol → symbols that end with it ("US $" under "$"), longest first."""
    found: dict[tuple[str, ...], Unit] = {}
    for unit, row in table():
        if unit.money:
            for entry in (*filter(None, row["symbols"].split("|")), unit.code, *LOWER_CODES.get(unit.code, ())):
                found.setdefault(parts(entry), unit)
    out: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    for key, unit in found.items():
        out.setdefault(key[-1], []).append((key, unit))
    return {k: tuple(sorted(v, key=lambda x: (-len(x[0]), x[0]))) for k, v in out.items()}


@cache
def glued_prefixes() -> str:
    """Regular expression for letters of a currency that may stand glued to figures: RM23.50, EUR50m, USD10."""
    letters = {"".join(k) for group in prefixes().values() for k, _ in group if "".join(k).isalpha()}
    known = sorted((w for w in letters | {"US"} if len(w) > 1), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(map(re.escape, known)) + r")(?=\d)"


def _by_first(found: dict[tuple[str, ...], Unit]) -> dict[str, tuple[tuple[tuple[str, ...], Unit], ...]]:
    out: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    for key, unit in found.items():
        out.setdefault(key[0], []).append((key, unit))
    return {k: tuple(sorted(v, key=lambda x: (-len(x[0]), x[0]))) for k, v in out.items()}
