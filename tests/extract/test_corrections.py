"""What a report takes back is told as not so, and what it puts right is kept in its place."""

import pytest
from builders import report

from onrecord import beat as beats
from onrecord.extract import corrections, extract
from onrecord.weigh.told import PUT_RIGHT, TAKEN_BACK

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
[[entity]]
key = "board"
kind = "organisation"
name = "Board of Lifts"
phrases = ["the board"]
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
cues = ["employs?"]
[[property]]
name = "opens"
means = "when it opens"
value = "date"
subjects = ["facility"]
cues = ["will open"]
"""
)

CASES = [
    ("Correction: the ropeway is 240 m long, not 420 m.", {"240": True, "420": False}),
    ("The ropeway is not 420 m but 240 m long.", {"240": True, "420": False}),
    (
        "An earlier version of this report said that the ropeway employs 124 workers; the correct figure is 142.",
        {"142": True, "124": False},
    ),
    (
        "An earlier version of this article said that the ropeway employs 124 workers. The correct number is 142.",
        {"142": True, "124": False},
    ),
    (
        "The ropeway employs 142 workers. An earlier version of this article gave 124 workers.",
        {"142": True, "124": False},
    ),
    ("Correction: the ropeway employs 142 workers, not 124.", {"142": True, "124": False}),
    ("This article originally said that the ropeway is 420 m long. It is 240 m long.", {"240": True, "420": False}),
    ("We wrongly reported that the ropeway is 420 m long.", {"420": False}),
    ("The length of the ropeway was wrongly given as 420 m.", {"420": False}),
    ("The board corrected the length of the ropeway from 420 m to 240 m.", {"240": True, "420": False}),
    ("The board corrected the length of the ropeway to 240 m.", {"240": True}),
    ("The ropeway will open in June 2031, not in May 2031.", {"2031-06": True, "2031-05": False}),
    ("The ropeway is 240 m long, rather than the 420 m claimed by the board.", {"240": True, "420": False}),
    ("The ropeway is 240 m long instead of the planned 420 m.", {"240": True, "420": False}),
    ("The ropeway does not employ 142 workers but 124 workers.", {"124": True, "142": False}),
    ("The ropeway doesn't employ 142 workers, as the board claimed, but 124 workers.", {"124": True, "142": False}),
]

LOOK_ALIKES = [
    "An earlier version of the ropeway was 420 m long.",
    "The mayor wrongly said that the ropeway is 420 m long.",
    "An earlier version of the plan for the ropeway gave a length of 420 m.",
    "Not only is the ropeway 420 m long.",
]


def values(text, beat=BEAT):
    return {
        str(int(c.value.low) if hasattr(c.value, "low") else c.value.date): c
        for c in extract(report(text), beat=beat).claims
        if hasattr(c.value, "low") or hasattr(c.value, "date")
    }


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_what_is_taken_back_is_not_so(text, wanted):
    found = values(text)
    assert {k: c.polarity == "positive" for k, c in found.items()} == wanted
    assert len({(c.subject, c.property) for c in found.values()}) == 1
    assert all(c.subject is not None and (c.polarity == "positive") == (c.markers == ()) for c in found.values()
               if c.modality == "asserted")  # fmt: skip


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_no_report_takes_back_stays(text):
    assert all(c.because.rule not in (corrections.TAKEN_BACK, corrections.PUT_RIGHT) for c in values(text).values())


@pytest.mark.parametrize("beat", [BEAT, None])
def test_an_earlier_version_says_nothing_for_its_own_figure(beat):
    text = "An earlier version of this report said that the ropeway employs 124 workers; the correct figure is 142."
    reading = extract(report(text), beat=beat)
    assert all(c.statement is None for c in reading.claims)
    assert {c.because.rule for c in reading.claims} == {corrections.TAKEN_BACK, corrections.PUT_RIGHT}


def test_what_a_speaker_puts_right_stays_his():
    text = "The ropeway will open in June 2031, not in May 2031, the board said."
    assert all(c.statement is not None and c.holds_at is None for c in values(text).values())


@pytest.mark.parametrize("beat", [BEAT, None])
def test_who_gives_a_figure_rather_than_another_holds_only_the_first(beat):
    found = values("The ropeway is 240 m long, rather than the 420 m claimed by the board, Ada Venn said.", beat)
    assert {k: str(c.polarity) for k, c in found.items()} == {"240": "positive", "420": "negative"}
    assert len({c.statement for c in found.values()}) == 1 and found["240"].statement is not None


@pytest.mark.parametrize("beat", [BEAT, None])
def test_not_one_more_tells_no_figure_of_one(beat):
    assert set(values("The ropeway employs 142 workers, and not one worker more.", beat)) == {"142"}


def test_of_how_many_a_part_is_told_is_no_news():
    assert values("The ropeway employs 12 of its 142 workers in the valley.").keys().isdisjoint({"142"})
    assert set(values("The ropeway employs 142 workers, most of them in the valley.")) == {"142"}


@pytest.mark.parametrize("beat", [BEAT, None])
def test_what_somebody_was_asked_is_told_by_nobody(beat):
    assert values("Asked whether the ropeway is 420 m long, Ada Venn declined to comment.", beat) == {}
    assert set(values("Asked about the delay, Ada Venn said the ropeway is 420 m long.", beat)) == {"420"}


def test_of_what_only_the_erratum_tells_both_figures_are_read():
    text = "Correction: An earlier version of this article misstated the length of the ropeway. It is 240 m, not 420 m."
    found = values(text)
    assert {k: str(c.polarity) for k, c in found.items()} == {"240": "positive", "420": "negative"}
    assert {c.property for c in found.values()} == {"length"} and all(c.statement is None for c in found.values())
    assert values(text.replace("length", "colour")) == {}


def test_a_bare_number_that_is_right_has_the_unit_of_the_wrong_one():
    text = "The ferry had 124 cars, we wrote. The correct figure is 142."
    found = extract(report(text)).quantities
    assert [(q.low, q.unit) for q in found] == [(124, "car"), (142, "car")]


def test_weighing_knows_them_by_the_same_rules():
    assert (TAKEN_BACK, PUT_RIGHT) == (corrections.TAKEN_BACK, corrections.PUT_RIGHT)
