"""Quantities: what each phrasing comes to, and the look-alikes that measure nothing. All sentences are invented."""

from __future__ import annotations

from functools import partial

import builders
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.document import Document
from onrecord.extract.numbers import quantities
from onrecord.records import Comparator, Passage, Quantity

document = partial(builders.document, published="2031-03-14")


def found(text: str) -> list[Quantity]:
    return list(quantities(document(text)))


def told(text: str) -> list[tuple[str, float | None, float | None, str | None, str, bool]]:
    return [
        (text[q.passage.start : q.passage.end], q.low, q.high, q.unit, str(q.comparator), q.approximate)
        for q in found(text)
    ]


ONE = [
    ("The ferry has a reach of about 300 km now.", "about 300 km", 300, 300, "km", "=", True),
    ("Trams run for 600 km or more.", "600 km or more", 600, None, "km", ">=", False),
    ("It carries up to 40 cars.", "up to 40 cars", None, 40, "car", "<=", False),
    ("At least twenty-eight thousand and two voters came.", "At least twenty-eight thousand and two voters",
     28002, None, "voter", ">=", False),
    ("More than 2,500 people marched.", "More than 2,500 people", 2500, None, "people", ">", False),
    ("Some 300 residents left.", "Some 300 residents", 300, 300, "resident", "=", True),
    ("It cost just under 20 percent of that.", "just under 20 percent", None, 20, "percent", "<", False),
    ("Prices rose 4.5 per cent.", "4.5 per cent", 4.5, 4.5, "percent", "=", False),
    ("The rate fell by 2 percentage points.", "2 percentage points", 2, 2, "percentage point", "=", False),
    ("He paid $5.4m for it.", "$5.4m", 5.4e6, 5.4e6, "USD", "=", False),
    ("Exports came to $1 bn.", "$1 bn", 1e9, 1e9, "USD", "=", False),
    ("It cost 40 mn euros.", "40 mn euros", 40e6, 40e6, "EUR", "=", False),
    ("It raised US$160 million.", "US$160 million", 160e6, 160e6, "USD", "=", False),
    ("A ticket is RM23.50 there.", "RM23.50", 23.5, 23.5, "MYR", "=", False),
    ("They owe 10.5 million Australian dollars.", "10.5 million Australian dollars", 10.5e6, 10.5e6, "AUD", "=", False),
    ("Rent is $3,500 a month.", "$3,500 a month", 3500, 3500, "USD/month", "=", False),
    ("It pumps 800,000 barrels a day.", "800,000 barrels a day", 800000, 800000, "barrel/day", "=", False),
    ("Wind of 15-22 miles per hour came.", "15-22 miles per hour", 15, 22, "mph", "=", False),
    ("It costs 200 to 300 million yen.", "200 to 300 million yen", 200e6, 300e6, "JPY", "=", False),
    ("It lies between 15 km and 17 km out.", "between 15 km and 17 km", 15, 17, "km", "=", False),
    ("They wait five or six weeks.", "five or six weeks", 5, 6, "week", "=", False),
    ("A third of the harvest was lost.", "A third", 33.3333, 33.3333, "percent", "=", False),
    ("Output grew sixfold.", "sixfold", 6, 6, "x", "=", False),
    ("Exports doubled.", "doubled", 2, 2, "x", "=", False),
    ("It is three times the size.", "three times", 3, 3, "x", "=", False),
    ("The keeper, a 68-year-old, waved.", "68-year-old", 68, 68, "year", "=", False),
    ("They got several batches.", "several batches", 2, None, "batch", ">=", True),
    ("Dozens of homes burned.", "Dozens of homes", 12, 120, "home", "=", True),
    ("The lake froze at minus 40 degrees Celsius.", "minus 40 degrees Celsius", -40, -40, "°C", "=", False),
    ("The pipe is 10 1/2 miles long.", "10 1/2 miles", 10.5, 10.5, "mile", "=", False),
    ("It weighs half a tonne.", "half a tonne", 0.5, 0.5, "tonne", "=", False),
    ("The yard bought 12.3m tonnes.", "12.3m tonnes", 12.3e6, 12.3e6, "tonne", "=", False),
    ("The pitch is 37m long.", "37m", 37, 37, "m", "=", False),
    ("It has a 185-hp engine.", "185-hp", 185, 185, "hp", "=", False),
    ("They built 20 fairly sized coal-fired plants.", "20 fairly sized coal-fired plants", 20, 20, "plant", "=", False),
    ("One in five drivers agreed.", "One in five drivers", 20, 20, "percent", "=", False),
    ("It made eight million 250ml bottles.", "eight million", 8e6, 8e6, "bottle", "=", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "low", "high", "unit", "comparator", "about"), ONE, ids=[c[1] for c in ONE])
def test_a_phrasing_comes_to(
    text: str, words: str, low: float | None, high: float | None, unit: str, comparator: str, about: bool
) -> None:
    assert told(text)[0] == (words, low, high, unit, comparator, about)


NOTHING = [
    "The Kestrel V-6 and the Mk 2 flew.",
    "They won 2-2 on the 21st.",
    "See section 427 and Highway 35.",
    "It left at 10:27 on 3 May 2030.",
    "In 2015 and in the 1990s it stood.",
    "The Boeing 737 landed.",
    "The second half was dull.",
    "He is one of the best.",
    "A quarter later it closed.",
    "This is a double standard.",
    "Call 555-12-34.",
    "One man said so.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_look_alikes_measure_nothing(text: str) -> None:
    assert told(text) == []


def test_a_change_is_two_figures_and_a_span_is_one() -> None:
    assert [(q.low, q.unit) for q in found("The range rose from 200 km to 300 km.")] == [(200, "km"), (300, "km")]
    assert [(q.low, q.high) for q in found("Tickets cost from $20 to $30.")] == [(20, 30)]


def test_a_compared_figure_has_the_unit_of_the_first() -> None:
    assert [(q.low, q.unit) for q in found("It sold 3.9 million headsets, up from 2.4 million.")] == [
        (3.9e6, "headset"),
        (2.4e6, "headset"),
    ]


def test_percent_and_target_are_not_a_range() -> None:
    assert [(q.low, q.high) for q in found("The index rose 0.7 percent to 6,327.80.")] == [(0.7, 0.7), (6327.8, 6327.8)]


def test_money_is_marked() -> None:
    assert [q.money for q in found("He paid 50 euros for 3 km.")] == [True, False]


def test_furniture_yields_nothing() -> None:
    text = "3.70 BYN\nThe ferry cost 5 euros."
    masked = Document(msgspec.structs.replace(document(text).report, furniture=(Passage(0, 8),)))
    assert [q.unit for q in quantities(masked)] == ["EUR"]


@given(st.integers(2, 10**9))
def test_figures_keep_their_value(n: int) -> None:
    q = found(f"They counted {n:,} boats.")
    assert [(x.low, x.unit) for x in q] == [(n, "boat")]


@settings(max_examples=150)
@given(st.text(alphabet="0123456789 .,-/$€km%aof onetwhrdl\n\u00a0½(", max_size=80))
def test_any_text_yields_spans_inside_it(text: str) -> None:
    last = 0
    for q in found(text):
        assert last <= q.passage.start < q.passage.end <= len(text)
        assert text[q.passage.start : q.passage.end].strip() == text[q.passage.start : q.passage.end]
        assert q.low is not None or q.high is not None
        assert q.low is None or q.high is None or q.low <= q.high
        assert isinstance(q.comparator, Comparator)
        last = q.passage.end


def test_same_text_same_records() -> None:
    text = "It sold 3 trains for $5m, about a third of them in May."
    assert quantities(document(text)) == quantities(document(text))


@pytest.mark.parametrize("piece", ["1", "12 ", "1,000,", "5-", "hundred and ", "twenty-", "$5 (", "5 tons of ", "a"])
def test_long_lines_end(piece: str) -> None:
    """Very long lines without end: the answer comes, and comes in order."""
    text = piece * (200_000 // len(piece) if piece in ("1", "a") else 20_000 // len(piece))
    spans = [q.passage for q in found(text)]
    assert spans == sorted(spans)
