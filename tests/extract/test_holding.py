"""When a claim holds, and whose hedge it has: a side clause has a verb and a day of its own."""

import pytest
from builders import report

from onrecord import beat as beats
from onrecord.extract import extract

BEAT = beats.parse(
    """
[beat]
name = "ropeway"
title = "The Sandholm ropeway"
[[entity]]
key = "ropeway"
kind = "facility"
name = "Sandholm ropeway"
phrases = ["the ropeway"]
[[property]]
name = "length"
means = "how long it is"
value = "quantity"
unit = "m"
subjects = ["facility"]
cues = ["long|length"]
[[property]]
name = "staff"
means = "who works there"
value = "quantity"
unit = "worker"
subjects = ["facility"]
cues = ["employ(?:s|ed)?"]
[[property]]
name = "cost"
means = "what it costs"
value = "money"
subjects = ["facility"]
cues = ["costs?"]
[[property]]
name = "opens"
means = "when it opens"
value = "date"
subjects = ["facility"]
cues = ["(?:will )?open(?:s|ed)?"]
"""
)
OUT = "2031-03-05"


def told(text, beat=BEAT):
    claims = extract(report(text, published=OUT), beat=beat).claims
    return {c.property: (c.modality.value, c.holds_at) for c in claims if c.property != "says"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The Sandholm ropeway, which will open by May 2033, employs 142 workers.",
            {"staff": ("asserted", None), "opens": ("planned", None)},
        ),
        (
            "The Sandholm ropeway, which employed 142 workers in 2029, will open in 2033.",
            {"staff": ("asserted", "2029"), "opens": ("planned", None)},
        ),
        ("The Sandholm ropeway, to be finished by 2033, is 420 m long.", {"length": ("asserted", None)}),
        ("The Sandholm ropeway costs 12 million euros and must be paid for by 2033.", {"cost": ("asserted", None)}),
        ("The Sandholm ropeway employs 142 workers, to be trained before May 2033.", {"staff": ("asserted", None)}),
        ("By 2033 the Sandholm ropeway will employ 142 workers.", {"staff": ("predicted", "2033")}),
        ("By 2029 the Sandholm ropeway employed 142 workers.", {"staff": ("asserted", "2029")}),
        ("In 2029 the Sandholm ropeway employed 142 workers.", {"staff": ("asserted", "2029")}),
        ("The board had said by March that the Sandholm ropeway is 420 m long.", {"length": ("asserted", None)}),
    ],
)
def test_a_day_by_which_something_else_is_done_is_not_when_it_holds(text, wanted):
    assert told(text) == wanted


def test_what_a_side_clause_plans_is_planned_without_a_beat_too():
    text = "The Sandholm ropeway, which will open by May 2033, employs 142 workers."
    assert told(text, None)["opened"][0] == "planned"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The board promised on Wednesday to publish the contract by 5 June 2033.", "2033-06-05"),
        ("Ada Venn pledged on Tuesday to publish the contract by 5 June 2033.", "2033-06-05"),
        ("The court ordered the board on Monday to publish the contract by 5 June 2033.", "2033-06-05"),
        ("The board promised on Wednesday to publish the contract.", None),
        ("The ropeway is due on 3 June 2033 to open, Ada Venn said.", "2033-06-03"),
    ],
)
def test_the_day_of_a_promise_is_not_the_day_promised(text, day):
    made = extract(report(text, published="2033-05-02")).claims
    assert {x.holds_at for x in made} == {day}


@pytest.mark.parametrize("beat", [BEAT, None])
def test_the_day_of_a_report_is_not_when_what_it_tells_holds(beat):
    text = "Ada Venn said in a report published on Monday that the ropeway is 420 m long."
    made = extract(report(text, published="2033-05-02"), beat=beat).claims
    assert made and all(x.holds_at is None for x in made)


def test_who_pledged_on_a_day_stands_behind_the_plan():
    text = "Prime Minister Ada Venn pledged on Tuesday to hand over the invoices by 5 June 2033."
    reading = extract(report(text, published="2033-05-02"))
    assert [x.holds_at for x in reading.claims if x.statement is not None] == ["2033-06-05"]
