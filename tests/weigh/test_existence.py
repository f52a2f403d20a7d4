"""Who says that there is none contradicts who counts some of the same thing."""

import pytest

from onrecord.records import ConflictKind, QuantityValue, Standing, TextValue
from onrecord.weigh.existence import denies

SOME = [
    "Two cracks were found in the dam",
    "several cracks run through the wall",
    "cracks have now been found",
    "there are cracks",
    "Divers saw 12 fine cracks",
]
NONE = [
    "There are no cracks in the dam",
    "The dam has no cracks",
    "not a single crack was found",
    "The divers did not find any cracks",
    "zero cracks were found",
    "The dam is free of cracks",
    "There are no signs of cracks",
    "no leaks or cracks were found",
]
NEITHER = [
    "There are no serious cracks",
    "There are no more than two cracks",
    "It is not true that there are no cracks",
    "None of the cracks is new",
    "The dam is no longer cracked",
    "If there are no cracks, it will be filled",
    "There are no leaks",
]


@pytest.mark.parametrize("some", SOME)
@pytest.mark.parametrize("none", NONE)
def test_none_and_some_cannot_both_be(none, some):
    assert denies(TextValue(text=none), TextValue(text=some))
    assert not denies(TextValue(text=some), TextValue(text=none)) and not denies(
        TextValue(text=none), TextValue(text=none)
    )


@pytest.mark.parametrize("none", NEITHER)
def test_what_denies_no_cracks(none):
    assert not any(denies(TextValue(text=none), TextValue(text=some)) for some in SOME)


def test_counts():
    crack = QuantityValue(low=2, high=2, unit="crack")
    assert denies(TextValue(text="There are no cracks"), crack)
    assert denies(QuantityValue(low=0, high=0, unit="crack"), crack)
    assert not denies(QuantityValue(low=1, high=1, unit="crack"), crack)
    assert not denies(TextValue(text="There are no leaks"), crack)


def test_it_is_a_status_conflict_in_any_property(note, values):
    note.say("2031-01-01", "says", values.text("There are no cracks in the dam"), by="Ada Venn", negative=True)
    note.say("2031-02-01", "count of cracks", QuantityValue(low=2, high=2, unit="crack"), by="Ben Orr")
    weighed = note.weigh()
    (c,) = weighed.conflicts
    assert c.kind is ConflictKind.STATUS and c.is_open()
    some = next(p for p in weighed.positions if p.property == "count of cracks")
    assert {Standing.CONTESTED, Standing.DENIED} <= set(weighed.standings[some.id])


def test_of_another_subject_or_by_the_same_speaker_it_is_none(note, values):
    note.say("2031-01-01", "says", values.text("There are no cracks"), by="Ada Venn", negative=True)
    note.say("2031-02-01", "says", values.text("Two cracks were found"), by="Ben Orr", subject="weir")
    note.say("2031-03-01", "says", values.text("Three cracks were found"), by="Ada Venn")
    assert note.weigh().conflicts == ()


def test_at_other_times_it_is_none(note, values):
    note.say("2031-01-01", "says", values.text("There were no cracks"), by="Ada Venn", negative=True, holds="2029")
    note.say("2031-02-01", "says", values.text("Two cracks were found"), by="Ben Orr", holds="2031")
    assert note.weigh().conflicts == ()
