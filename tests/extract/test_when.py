"""Dates: what each phrasing comes to, for a report of Friday 14 March 2031."""

from __future__ import annotations

from datetime import date
from functools import partial

import builders
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import edtf
from onrecord.extract.when import dates, phrases

document = partial(builders.document, published="2031-03-14")


def told(text: str, published: str | None = "2031-03-14") -> list[tuple[str, str | None]]:
    return [(text[w.passage.start : w.passage.end], w.value) for w in dates(document(text, published=published))]


ONE = [
    ("It opened on 3 May 2030.", "3 May 2030", "2030-05-03"),
    ("It opened on May 3, 2030.", "May 3, 2030", "2030-05-03"),
    ("It opened on Tuesday, the 3rd of April 2029.", "Tuesday, the 3rd of April 2029", "2029-04-03"),
    ("It opened on 2030-05-03.", "2030-05-03", "2030-05-03"),
    ("It opened on 3.5.2030.", "3.5.2030", "2030-05-03"),
    ("It opened on Feb. 2.", "Feb. 2", "2031-02-02"),
    ("It opened on November 2.", "November 2", "2030-11-02"),
    ("It opened in June 2030.", "June 2030", "2030-06"),
    ("It opened last June.", "last June", "2030-06"),
    ("It opened in June last year.", "June last year", "2030-06"),
    ("It opened in December.", "December", "2030-12"),
    ("It will open in December.", "December", "2031-12"),
    ("It opened in 2015.", "2015", "2015"),
    ("The fair ran from 3 to 5 March 2031.", "3 to 5 March 2031", "2031-03-03/2031-03-05"),
    ("The week of June 22 – July 3, 2030 was calm.", "June 22 – July 3, 2030", "2030-06-22/2030-07-03"),
    ("The plan for 2028-2032 is out.", "2028-2032", "2028/2032"),
    ("He spoke on Tuesday.", "Tuesday", "2031-03-11"),
    ("She will speak on Tuesday.", "Tuesday", "2031-03-18"),
    ("He spoke on Friday.", "Friday", "2031-03-14"),
    ("He spoke last Friday.", "last Friday", "2031-03-07"),
    ("He spoke yesterday.", "yesterday", "2031-03-13"),
    ("He spoke the day before yesterday.", "the day before yesterday", "2031-03-12"),
    ("He spoke last week.", "last week", "2031-03-03/2031-03-09"),
    ("He spoke last month.", "last month", "2031-02"),
    ("It closes next year.", "next year", "2032"),
    ("It closed earlier this year.", "earlier this year", "2031"),
    ("It closes by the end of the year.", "the end of the year", "2031-12"),
    ("It closes by the end of 2033.", "the end of 2033", "2033-12"),
    ("It closes by the end of the decade.", "the end of the decade", "2039"),
    ("It has run since the early 2000s.", "the early 2000s", "2000/2003"),
    ("It was built in the late 1990s.", "the late 1990s", "1997/1999"),
    ("The list was updated on 21-05-2031.", "21-05-2031", "2031-05-21"),
    ("It grew over the past five years.", "over the past five years", "2026/2031"),
    ("It will grow in the next two years.", "the next two years", "2031/2033"),
    ("It began two years ago.", "two years ago", "2029"),
    ("It began three days ago.", "three days ago", "2031-03-11"),
    ("It was new in the 1990s.", "the 1990s", "199X"),
    ("It was new in the late '80s.", "the late '80s", "1987/1989"),
    ("It was new in the 19th century.", "the 19th century", "18XX"),
    ("It opened in the summer of 2029.", "the summer of 2029", "2029-22"),
    ("It opened last winter.", "last winter", "2030-24"),
    ("Sales fell in the third quarter of 2030.", "the third quarter of 2030", "2030-07/2030-09"),
    ("Sales fell in Q3 2030.", "Q3 2030", "2030-07/2030-09"),
    ("Sales fell in the first half of 2030.", "the first half of 2030", "2030-01/2030-06"),
    ("It opened in mid-2030.", "mid-2030", "2030"),
    ("It left at 10:27 on 3 May 2030.", "3 May 2030", "2030-05-03"),
    ("It grew in recent years.", "recent years", None),
    ("It is currently shut.", "currently", None),
    ("It shut at Easter, and at Christmas.", "Christmas", None),
    ("It ran from July to August.", "July to August", "2030-07/2030-08"),
    ("They meet every year on 9 May.", "9 May", "XXXX-05-09"),
    ("It was built in nineteen ninety-six.", "nineteen ninety-six", "1996"),
]


@pytest.mark.parametrize(("text", "words", "value"), ONE, ids=[c[1] + "|" + c[0][:18] for c in ONE])
def test_a_phrasing_comes_to(text: str, words: str, value: str | None) -> None:
    assert (words, value) in told(text)


UNDATED = [
    ("It opened on April 12.", "April 12", "XXXX-04-12"),
    ("It opened in April.", "April", "XXXX-04"),
    ("It opened last week.", "last week", None),
    ("It opened on Friday.", "Friday", None),
    ("It opened in 2015.", "2015", "2015"),
]


@pytest.mark.parametrize(("text", "words", "value"), UNDATED, ids=[c[1] for c in UNDATED])
def test_without_a_publication_date_nothing_is_guessed(text: str, words: str, value: str | None) -> None:
    assert told(text, None) == [(words, value)]


def test_a_coarse_publication_date_gives_what_it_can() -> None:
    assert told("It opened last year.", "2031") == [("last year", "2030")]
    assert told("It opened last week.", "2031-03") == [("last week", None)]


NOTHING = [
    "It may march on.",
    "June Alder and April Stone spoke.",
    "They counted 2000 people.",
    "It is 1998 km off.",
    "It took five years.",
    "The price was $1999.",
    "The model 2030 sold well.",
    "The fall was steep.",
    "They march 10 to 15 km.",
    "They bought it second hand.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_look_alikes_are_no_dates(text: str) -> None:
    assert told(text) == []


EDGES = ("9999-12-31", "0001-01-01", "9999", "2031-03/2031-04", "XXXX-03-12", "nonsense", "")
FAR = (
    "next week, this weekend, next month, last Friday, next Friday, the past five decades, 2 weeks ago, Thanksgiving, "
    "next quarter, the fourth quarter, last winter, the last century, next summer, 200 years ago, a decade later, "
    "the day after tomorrow, Christmas 9999, the 1st century, the end of the decade, noon Friday, 10 p.m. tomorrow, "
    "year-end, 99999 years ago, 999999999999 days ago, the past 99999999999 months, every quarter"
)


@pytest.mark.parametrize("published", EDGES)
def test_the_ends_of_the_calendar_hold(published: str) -> None:
    for phrase in FAR.split(", "):
        for _, value in told(f"It shut {phrase}.", published):
            assert value is None or edtf.is_edtf(value)


def test_that_year_is_the_one_named_before() -> None:
    assert told("It opened in 2012. That year it burned.")[-1] == ("That year", "2012")


def test_a_year_earlier_follows_the_quarter_under_report() -> None:
    text = "Profit fell in the fourth quarter. It was higher a year earlier."
    assert told(text)[-1] == ("a year earlier", "2029-10/2029-12")


def test_sets_and_durations_have_timex_values_but_are_no_dates() -> None:
    doc = document("It runs every Tuesday and takes five hours.")
    assert [p.sense.timex for p in phrases(doc.text, doc.sentences, "2031-03-14")] == ["XXXX-WXX-2", "PT5H"]
    assert dates(doc) == ()


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_any_day_written_out_is_that_day(day: date) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%a, %d %b %Y"):
        assert [v for _, v in told(f"It opened on {day.strftime(form)}.")] == [day.isoformat()], form


PIECES = st.sampled_from(
    [
        "the ",
        "last ",
        "next week ",
        "this weekend ",
        "May ",
        "3 ",
        "1998",
        " ago",
        "year",
        "years ",
        "five ",
        "-",
        "Friday ",
        ", ",
        "of ",
        "end ",
        "Q3 ",
        "’90s ",
        "\n",
        "a ",
    ]
)


@settings(max_examples=150)
@given(
    st.lists(PIECES, max_size=16).map("".join),
    st.sampled_from([None, "2031", "2031-03", "2031-03-14", "9999-12-31", "0001-01-01"]),
)
def test_any_text_yields_edtf_inside_it(text: str, published: str | None) -> None:
    last = 0
    for w in dates(document(text, published=published)):
        assert last <= w.passage.start < w.passage.end <= len(text)
        assert w.value is None or edtf.is_edtf(w.value)
        last = w.passage.end


@pytest.mark.parametrize("piece", ["1", "May ", "the past two ", "1998 and ", "twenty-", "the ", "a"])
def test_long_lines_end(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    spans = [w.passage for w in dates(document(text))]
    assert spans == sorted(spans)


def test_how_late_something_is_is_no_date() -> None:
    assert told("The tram starts on 15 September 2030, three months later than promised.") == [
        ("15 September 2030", "2030-09-15")
    ]
    assert told("The tram began on 15 September 2030 and sank three months later.")[-1] == (
        "three months later",
        "2030-12",
    )
