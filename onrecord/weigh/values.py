"""Two values → whether both can be true of one thing at one time: True, False, or None where they cannot be compared.

"over 200 km", "250 km"         True    an open end reaches as far as the comparator lets it
"300 km", "about 310 km"        True    "about" widens by a tenth, the beat's tolerance by its share
"300 km", "186 miles"           True    one dimension, one scale
"300 km", "4 t"                 None    two dimensions
"2031", "2031-06"               True    dates that share a day
"by rail", "on rails"           None    unlike wordings prove nothing
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from onrecord import edtf
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
from onrecord.weigh.wording import alike

APPROXIMATE = 0.1  # share by which "about" lets a figure differ; see docs/decisions/070-positions.md
CONVERTED = 0.02  # share that an outlet's rounding costs when it converts units: 300 km is retold as 186 miles
NEARLY = 1e-9  # share that floating point costs

UNITS: dict[str, tuple[str, float]] = {  # unit -> dimension, factor to its base unit (SI brochure; NIST SP 811, B.8)
    "mm": ("length", 0.001), "cm": ("length", 0.01), "m": ("length", 1.0), "km": ("length", 1000.0),
    "millimetre": ("length", 0.001), "centimetre": ("length", 0.01), "metre": ("length", 1.0),
    "kilometre": ("length", 1000.0), "millimeter": ("length", 0.001), "centimeter": ("length", 0.01),
    "meter": ("length", 1.0), "kilometer": ("length", 1000.0), "inch": ("length", 0.0254), "foot": ("length", 0.3048),
    "ft": ("length", 0.3048), "yard": ("length", 0.9144), "mi": ("length", 1609.344), "mile": ("length", 1609.344),
    "nmi": ("length", 1852.0), "nautical mile": ("length", 1852.0),
    "g": ("mass", 0.001), "gram": ("mass", 0.001), "kg": ("mass", 1.0), "kilogram": ("mass", 1.0),
    "t": ("mass", 1000.0), "tonne": ("mass", 1000.0), "metric ton": ("mass", 1000.0), "ton": ("mass", 1000.0),
    "lb": ("mass", 0.45359237), "pound": ("mass", 0.45359237),
    "s": ("time", 1.0), "second": ("time", 1.0), "min": ("time", 60.0), "minute": ("time", 60.0),
    "h": ("time", 3600.0), "hour": ("time", 3600.0), "day": ("time", 86400.0), "week": ("time", 604800.0),
    "month": ("calendar time", 1.0), "year": ("calendar time", 12.0), "decade": ("calendar time", 120.0),
    "m/s": ("speed", 1.0), "km/h": ("speed", 1 / 3.6), "kph": ("speed", 1 / 3.6), "mph": ("speed", 0.44704),
    "kn": ("speed", 1852 / 3600), "knot": ("speed", 1852 / 3600),
    "w": ("power", 1.0), "kw": ("power", 1e3), "mw": ("power", 1e6), "gw": ("power", 1e9),
    "m2": ("area", 1.0), "ha": ("area", 1e4), "hectare": ("area", 1e4), "km2": ("area", 1e6),
    "l": ("volume", 0.001), "litre": ("volume", 0.001), "liter": ("volume", 0.001), "m3": ("volume", 1.0),
    "x": ("times", 1.0), "percent": ("percent", 1.0), "%": ("percent", 1.0),
}  # fmt: skip


class Interval(NamedTuple):
    """A figure on the base unit of its dimension; infinite at an open end."""

    dimension: str
    factor: float  # of the unit it was told in
    low: float
    high: float
    approximate: bool


@lru_cache(maxsize=65536)
def interval(value: Value) -> Interval | None:
    """The figures a quantity or a sum of money may mean, both ends included ("over 200" and "200" touch)."""
    if isinstance(value, MoneyValue):
        dimension, factor = value.currency.upper(), 1.0
    elif isinstance(value, QuantityValue):
        unit = (value.unit or "").strip()
        dimension, factor = UNITS.get(unit.casefold(), (unit.upper() if unit.isupper() else unit.casefold(), 1.0))
    else:
        return None
    low, high = _ends(value)
    return Interval(dimension, factor, low * factor, high * factor, value.approximate)


def _ends(value: QuantityValue | MoneyValue) -> tuple[float, float]:
    low = -math.inf if value.low is None else value.low
    high = math.inf if value.high is None else value.high
    if value.comparator in (">", ">="):
        return (low if value.low is not None else high), math.inf
    if value.comparator in ("<", "<="):
        return -math.inf, (high if value.high is not None else low)
    return low, high


def compatible(a: Value, b: Value, tolerance: float = 0.0) -> bool | None:
    """Whether one thing can have both values at one time; None where that cannot be told."""
    x, y = interval(a), interval(b)
    if x is not None and y is not None:
        return _meet(x, y, tolerance)
    if isinstance(a, DateValue) and isinstance(b, DateValue):
        return _dates(a.date, b.date)
    if isinstance(a, EntityValue) and isinstance(b, EntityValue):
        return set(a.entities) == set(b.entities)
    if isinstance(a, EventValue) and isinstance(b, EventValue):
        return _events(a, b)
    if isinstance(a, StateValue) and isinstance(b, StateValue):
        return alike(a.state, b.state)
    if isinstance(a, TextValue) and isinstance(b, TextValue):
        return True if alike(a.text, b.text) else None
    return None


def _meet(x: Interval, y: Interval, tolerance: float) -> bool | None:
    if x.dimension != y.dimension:
        return None
    gap = max(x.low - y.high, y.low - x.high)
    if gap <= 0:
        return True
    about = APPROXIMATE if x.approximate or y.approximate else NEARLY
    share = max(tolerance, about, CONVERTED if x.factor != y.factor else 0.0)
    ends = [abs(e) for e in (x.low, x.high, y.low, y.high) if math.isfinite(e)]
    return gap <= share * max(ends)


def _dates(a: str | None, b: str | None) -> bool | None:
    return True if a == b else edtf.overlap(a, b)


def _events(a: EventValue, b: EventValue) -> bool | None:
    """Two events are one where what both name is the same; None where they have nothing in common to compare."""
    pairs = ((a.entity, b.entity), (a.place, b.place))
    named = [x == y for x, y in pairs if x is not None and y is not None]
    dated = _dates(a.date, b.date) if a.date is not None and b.date is not None else None
    if not named and dated is None:
        return None
    return all(named) and dated is not False


def same_figure(a: Value, b: Value) -> bool:
    """Whether two values give the very same figure, date, thing or wording ("over 200 km" and "200 km" do)."""
    x, y = interval(a), interval(b)
    if x is None or y is None:
        return a == b or (isinstance(a, TextValue | StateValue) and compatible(a, b) is True)
    return x.dimension == y.dimension and all(
        math.isclose(p, q, rel_tol=1e-6) for p, q in zip(_told(x), _told(y), strict=True)
    )


def _told(x: Interval) -> tuple[float, float]:
    """The figures that were said: the one end of "over 200" stands for both."""
    low = x.low if math.isfinite(x.low) else x.high
    return low, (x.high if math.isfinite(x.high) else low)


def narrowness(value: Value) -> tuple[int, float, float, bytes]:
    """Sort key: what says most comes first, open ends last; ties by figure, then by the value's own bytes."""
    packed = msgspec.json.encode(value, order="deterministic")
    x = interval(value)
    if x is not None:
        width = x.high - x.low
        return (int(math.isinf(width)), 0.0 if math.isinf(width) else width, _told(x)[0], packed)
    found = edtf.days(value.date) if isinstance(value, DateValue | EventValue) else None
    if found is not None and None not in found:
        first, last = found
        assert first is not None and last is not None
        return (0, float((last - first).days), float(first.toordinal()), packed)
    return (1, 0.0, 0.0, packed)


def narrowest(values: Sequence[Value]) -> Value:
    """The narrowest value that all are compatible with: figures are cut to what they share, others picked.

    Where "about" or the tolerance alone holds them together there is no shared figure: then the one said most often.
    """
    counts = Counter(values)
    best = min(counts, key=lambda v: (-counts[v], narrowness(v)))
    known = [x for x in map(interval, counts) if x is not None]
    if not isinstance(best, QuantityValue | MoneyValue) or len(known) < len(counts):
        return min(counts, key=narrowness)
    low, high = max(x.low for x in known), min(x.high for x in known)
    exact = next((v for v in sorted(counts, key=narrowness) if _is(v, low, high)), None)
    if exact is not None:
        return exact
    return _cut(best, low, high) if low < high else best


def _is(value: Value, low: float, high: float) -> bool:
    x = interval(value)
    return x is not None and math.isclose(x.low, low) and math.isclose(x.high, high)


def _cut(value: QuantityValue | MoneyValue, low: float, high: float) -> Value:
    """The shared part of several figures, in the unit of `value`."""
    unit = value.unit if isinstance(value, QuantityValue) else None
    factor = UNITS.get((unit or "").casefold(), ("", 1.0))[1]
    ends = tuple(float(f"{end / factor:.9g}") if math.isfinite(end) else None for end in (low, high))
    comparator = Comparator.EQ if None not in ends else Comparator.GE if ends[1] is None else Comparator.LE
    return msgspec.structs.replace(value, low=ends[0], high=ends[1], comparator=comparator)
