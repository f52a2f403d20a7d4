"""The value of a quantity, `>=40 car`, `200..300 km`, `~4200000000 EUR` → its parts, as GUIDE.md has it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

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
