"""The value of a quantity, `>=40 car`, `200..300 km`, `~4200000000 EUR` → its parts, as GUIDE.md has it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from onrecord.extract.units import table

NUMBER = r"-?\d+(?:\.\d+)?"
VALUE = re.compile(
    rf"(?P<sign>>=|<=|>|<|~)?(?P<low>{NUMBER})(?:\.\.(?P<high>{NUMBER}))?(?: (?P<unit>\S(?:.*\S)?))?", re.ASCII
)


class Amount(NamedTuple):
    """`sign` is empty, `~`, `>`, `>=`, `<` or `<=`; `high` is `low` where one number is given; `unit` may be empty."""

    sign: str
    low: Decimal
    high: Decimal
    unit: str


def amount(value: str) -> Amount | None:
    """The parts of a value, or None where it is not written as GUIDE.md says."""
    m = VALUE.fullmatch(value)
    if m is None:
        return None
    low = Decimal(m["low"])
    high = low if m["high"] is None else Decimal(m["high"])
    if low > high or (m["high"] is not None and m["sign"] not in (None, "~")):
        return None
    return Amount(m["sign"] or "", low, high, m["unit"] or "")


def canonical(unit: str) -> str:
    """The unit by the code of the project's own table (`h` → `hour`), each side of a slash; other nouns as written."""
    known = written()
    return known.get(unit) or "/".join(known.get(part, part) for part in unit.split("/"))


@cache
def written() -> dict[str, str]:
    """Words and symbols of units of measure → their code. Money is left out: "crown" may be any country's."""
    found: dict[str, str] = {"degC": "°C", "d": "day", "people": "person"}
    for unit, row in table():
        if not unit.money:
            words = (w.partition("/")[0] for w in row["words"].split("|"))
            for name in (unit.code, *words, *row["symbols"].split("|")):
                found.setdefault(name, unit.code)
    found.pop("", None)
    return {**found, **{unit.code: unit.code for unit, _ in table()}}
