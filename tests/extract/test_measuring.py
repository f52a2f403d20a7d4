"""Figures of a beat's property that no cue of it tells, found by the grammar around them; and look-alikes."""

import pytest
from builders import report

from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.records import Modality

BEAT = beats.parse(
    """
[beat]
name = "boats"
title = "Boats"
[[entity]]
key = "aurora"
kind = "system"
name = "Aurora"
[[entity]]
key = "lund"
kind = "person"
name = "Ada Lund"
[[property]]
name = "length"
means = "how long it is"
value = "quantity"
unit = "m"
subjects = ["system"]
cues = ["length"]
[[property]]
name = "displacement"
means = "its mass"
value = "quantity"
unit = "tonne"
subjects = ["system"]
cues = ["displaces?", "weight"]
[[property]]
name = "price"
means = "what it costs"
value = "money"
subjects = ["system"]
cues = ["price", "cost"]
"""
)


def told(text):
    g = extract(report(text), beat=BEAT)
    assert not g.problems and not g.refusals, (g.problems, g.refusals)
    key = {r.id: r.key for r in g.referents}
    return [
        (key.get(c.subject or ""), c.property, c.value.low, c.because.rule)
        for c in g.claims
        if c.property in ("length", "displacement", "price")
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Aurora is 90 metres long.", ("aurora", "length", 90)),
        ("The Aurora weighs 800 tonnes.", ("aurora", "displacement", 800)),
        ("The Aurora was sold for 3 million euros.", ("aurora", "price", 3e6)),
        ("Ada Lund said the Aurora was 90 metres long.", ("aurora", "length", 90)),
    ],
)
def test_a_figure_is_of_the_property_that_the_grammar_names(text, wanted):
    assert told(text) == [(*wanted, "claims.measured")]


def test_what_a_cue_tells_is_not_told_twice():
    assert told("The Aurora has a length of 90 metres.") == [("aurora", "length", 90, "claims.cue")]


@pytest.mark.parametrize(
    "text",
    [
        "The quay is 90 metres long.",  # not of the kind that is asked for
        "The Aurora is 90 metres high.",  # another property
        "The Aurora carries 800 tonnes of grain.",  # not its own
        "The Aurora is 90 feet long.",  # another unit
        "Fares of the Aurora rose by 3 million euros.",
    ],
)
def test_what_the_beat_does_not_ask_for_is_left(text):
    assert told(text) == []


def test_its_hedge_goes_with_it():
    g = extract(report("The Aurora may be 90 metres long."), beat=BEAT)
    assert [c.modality for c in g.claims if c.property == "length"] == [Modality.POSSIBLE]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("The price of the Aurora is 12 million crowns.", "crown"),
        ("The Aurora cost 12 million talers.", "taler"),
        ("The Aurora cost 12 million Norlandish crowns.", "crown"),
        ("The Aurora cost 12 million Norwegian crowns.", "NOK"),
        ("The Aurora cost 12 million florins.", "florin"),
        ("The Aurora cost 12 million orsks.", "orsk"),
    ],
)
def test_money_of_no_known_country_keeps_its_word(text, currency):
    prices = [c.value for c in extract(report(text), beat=BEAT).claims if c.property == "price"]
    assert [(v.low, v.currency) for v in prices] == [(12e6, currency)]


def test_a_currency_that_is_gone_is_not_guessed():
    text = "The Aurora cost 12 million marks, or 3 million Deutsche marks."
    for published, wanted in (("2031-04-01", ["mark", "DEM"]), ("1995-04-01", ["DEM", "DEM"]), (None, ["DEM", "DEM"])):
        figures = extract(report(text, published=published), beat=BEAT).quantities
        assert [(q.unit, q.money) for q in figures] == [(unit, True) for unit in wanted]


@pytest.mark.parametrize("text", ["The Aurora cost 12 sailors their jobs.", "The Aurora cost 12,000 jobs."])
def test_a_count_is_no_money(text):
    reading = extract(report(text), beat=BEAT)
    assert [c for c in reading.claims if c.property == "price"] == []
