"""A day to which a plan does not hold any more is no day on which it came about."""

import pytest
from builders import report

from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.records import DateValue, Polarity

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
name = "opens"
means = "when it opens"
value = "date"
subjects = ["facility"]
cues = ["opening of", "opens", "opened"]
[[property]]
name = "signed"
means = "when the contract was signed"
value = "date"
subjects = ["facility"]
cues = ["signed"]
"""
)

CASES = [
    ("The opening of the ropeway was postponed from 3 May to 9 June.", {"05-03": "not", "06-09": "planned"}),
    ("The opening of the ropeway has been put off until 9 June.", {"06-09": "planned"}),
    ("The opening of the ropeway on 3 May was pushed back to 9 June.", {"05-03": "not", "06-09": "planned"}),
    ("The opening of the ropeway, planned for 3 May, has slipped to 9 June.", {"05-03": "not", "06-09": "planned"}),
    ("The opening of the ropeway was moved from May 3 to June 9.", {"05-03": "not", "06-09": "planned"}),
    ("The opening of the ropeway on 3 May was cancelled.", {"05-03": "not"}),
    ("The opening of the ropeway, planned for 3 May, did not take place.", {"05-03": "not"}),
    ("The opening of the ropeway did not take place on 3 May.", {"05-03": "not"}),
    ("The opening of the ropeway, scheduled for 3 May, is much awaited.", {"05-03": "planned"}),
    ("The opening of the ropeway may be put off until 9 June.", {"06-09": "possible"}),
    ("The opening of the ropeway on 3 May may be cancelled.", {"05-03": "not"}),
    # of the day on which that was decided nothing is told
    ("The opening of the ropeway was cancelled on 3 May.", {}),
    ("The opening of the ropeway was not cancelled on 3 May.", {}),
    # what came about
    ("The opening of the ropeway on 3 May was a success.", {"05-03": "asserted"}),
    ("The opening of the ropeway on 3 May was delayed by an hour.", {"05-03": "asserted"}),
    ("The opening of the ropeway, planned for 3 May, took place in the rain.", {"05-03": "asserted"}),
    ("The contract for the ropeway, signed on 3 May, was cancelled.", {"05-03": "asserted"}),
]


@pytest.mark.parametrize(("text", "days"), CASES)
def test_a_day_put_off_or_missed_is_not_the_day(text, days):
    made = extract(report(text, published="2031-05-10"), beat=BEAT).claims
    found = {
        x.value.date[5:]: "not" if x.polarity is Polarity.NEGATIVE else str(x.modality)
        for x in made
        if isinstance(x.value, DateValue)
    }
    assert found == days


def test_without_a_beat_the_old_day_is_not_when_the_words_hold():
    made = extract(report("The opening of the ropeway was postponed from 3 May to 9 June, Ada Venn said.")).claims
    assert made and all(x.holds_at is None for x in made)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ropeway cannot be opened before June 2032.", ("2032-06/..", "predicted")),
        ("The ropeway could not be opened before June 2032.", ("2032-06/..", "predicted")),
        ("The ropeway will be opened in June 2032 at the earliest.", ("2032-06/..", "planned")),
        ("The ropeway will be opened no earlier than June 2032.", ("2032-06/..", "planned")),
        ("The ropeway could not be opened before June 2029.", ("2029-06/..", "asserted")),
        ("The ropeway will be opened before June 2032.", ("2032-06", "planned")),
    ],
)
def test_the_earliest_day_is_denied_by_nobody(text, wanted):
    (claim,) = (x for x in extract(report(text, published="2031-05-10"), beat=BEAT).claims)
    assert (claim.value.date, str(claim.modality), str(claim.polarity)) == (*wanted, "positive")


def test_without_a_beat_what_cannot_be_before_a_day_does_not_hold_from_it_on():
    (claim,) = extract(report("The ropeway cannot be opened before June 2032, Ada Venn said.")).claims
    assert (str(claim.polarity), claim.holds_at) == ("negative", None)
