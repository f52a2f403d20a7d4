"""A document → its quantities: numbers with unit or counted noun, comparator and approximation, as records.

The grammar is `onrecord.extract.amounts`; here its amounts become `Quantity` records. Forms and what they come to:

    up to 300 km            <= 300 km               about 40 cars            ~ 40 car
    200 to 300 million yen  200e6..300e6 JPY        $3,500 a month           3500 USD/month
    a third of the grain    33.3 percent            doubled, sixfold         2 x, 6 x
    several batches         >= 2 batch, about       5 percentage points      5 percentage point
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from msgspec.structs import replace

from onrecord.extract.amounts import amounts
from onrecord.extract.document import Document
from onrecord.extract.joining import Amount
from onrecord.extract.measures import singular
from onrecord.extract.units import table
from onrecord.extract.when import clock_spans
from onrecord.ids import content_id
from onrecord.records import Because, Comparator, Passage, Quantity

SAME = {
    "mile/hour": "mph",
    "mile/gallon": "mpg",
    "km/hour": "km/h",
    "m/second": "m/s",
}  # rates with a code of their own
CORRECT = re.compile(
    r",\s+not\s+$|\b(?:correct|right|actual|true)\s+(?:figure|number|sum|amount|total|count|value)(?:\s+of\s+\w+)?\s+(?:is|was|are|were|reads?)\s+$"
    r"|\b(?:figure|number|sum|amount|total|count|it)\s+should\s+(?:be|have\s+(?:been|said|read))\s+$",
    re.IGNORECASE,
)
CORRECT_WITHIN = 40  # characters before a number in which those words stand
PUT_RIGHT_WITHIN = 120  # characters between a number and the one that it puts right
EURO = "2002"  # the year from which the coins of the euro's first countries were no money
BEFORE_EURO = frozenset(("ATS", "BEF", "DEM", "ESP", "FIM", "FRF", "GRD", "IEP", "ITL", "NLG", "PTE"))
UNSAID = frozenset({"count.one"})  # "one man": an article in most sentences, not a count


def quantities(doc: Document) -> tuple[Quantity, ...]:
    """The quantities of the text outside furniture, in order."""
    taken = clock_spans(doc)
    out: list[Quantity] = []
    for s in doc.sentences:
        i = bisect_left(taken, s.start, key=lambda p: p[1])
        for a in amounts(doc.text, s.start, s.end, taken[i : bisect_left(taken, s.end, key=lambda p: p[0])]):
            for q in (q for one in (a.ends or (a,)) for q in _records(doc, one)):
                out.append(_put_right(doc, out[-1], q) if out and q.unit is None else q)
    return tuple(out)


def _put_right(doc: Document, before: Quantity, q: Quantity) -> Quantity:
    """A bare number that corrects the figure before it, in that unit: "124 cars; the correct number is 142", "142
    cars, not 124"."""
    near = before.unit is not None and q.passage.start - before.passage.end <= PUT_RIGHT_WITHIN
    if not near or CORRECT.search(doc.text, max(0, q.passage.start - CORRECT_WITHIN), q.passage.start) is None:
        return q
    return replace(q, unit=before.unit, money=before.money, because=Because(rule="numbers.put-right", score=0.6))


def _records(doc: Document, a: Amount) -> list[Quantity]:
    if a.rule in UNSAID and a.comparator is Comparator.EQ and not a.approximate:
        return []
    low, high, comparator = _bounds(a)
    passage = Passage(a.start, a.end)
    unit = _coin(doc, passage) if _outlived(doc, a) else unit_code(a)
    if unit == "percent" and a.rule.startswith("share"):
        low, high = (None if x is None else round(100 * x, 4) for x in (low, high))
    return [
        Quantity(
            id=content_id("q", doc.report.id, passage),
            report=doc.report.id,
            passage=passage,
            low=low,
            high=high,
            unit=unit,
            comparator=comparator,
            approximate=a.approximate,
            money=a.unit is not None and a.unit.money,
            because=Because(rule=f"numbers.{a.rule}", score=a.score),
        )
    ]


def _outlived(doc: Document, a: Amount) -> bool:
    """Whether a coin is called by a word of several currencies that meant one which was gone when the report came
    out: whose marks those are is not known."""
    if a.unit is None or a.unit.code not in BEFORE_EURO or (doc.report.published or "") <= EURO or a.per is not None:
        return False
    words = doc.text[a.start : a.end].split()
    return singular(words[-1].lower()) in shared_coins() and not any(w[:1].isupper() for w in words)


def _coin(doc: Document, p: Passage) -> str:
    """The coin's own word in the singular, which is all that is known of it."""
    return singular(doc.text[p.start : p.end].split()[-1].lower())


def _bounds(a: Amount) -> tuple[float | None, float | None, Comparator]:
    """Low, high and comparator as records hold them: the open side of a comparator is None."""
    low, high = a.low, a.high
    if high is None:
        return low, None, Comparator.GE if a.comparator is Comparator.EQ else a.comparator
    if low != high:
        low, high = (low, high) if low is None or low <= high else (high, low)
        return low, high, Comparator.EQ
    if a.comparator in (Comparator.GT, Comparator.GE):
        return low, None, a.comparator
    if a.comparator in (Comparator.LT, Comparator.LE):
        return None, high, a.comparator
    return low, high, a.comparator


def unit_code(a: Amount) -> str | None:
    """The unit as records hold it: code, "x", "percent" for shares, or the head noun in the singular; "/day" for
    rates.
    """
    if a.rule.startswith("multiple"):
        return "x"
    if a.rule.startswith("share"):
        return "percent"
    base = a.unit.code if a.unit is not None else a.noun[-1] if a.noun else None
    if base is None or a.per is None:
        return base
    per = codes().get(a.per, a.per) if a.unit is not None and not a.unit.money else a.per
    return SAME.get(f"{base}/{per}", f"{base}/{per}")


@cache
def shared_coins() -> frozenset[str]:
    """Words that end the names of several currencies: "mark", "lira"."""
    of: dict[str, set[str]] = {}
    for unit, row in table():
        for name in row["words"].split("|") if unit.money else ():
            of.setdefault(name.partition("/")[0].split()[-1], set()).add(unit.code)
    return frozenset(word for word, codes in of.items() if len(codes) > 1)


@cache
def codes() -> dict[str, str]:
    """Unit name → code."""
    return {unit.name: unit.code for unit, _ in table()}
