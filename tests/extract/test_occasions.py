"""Statements made at a dated meeting of the same report carry its day; others do not. All invented."""

import pytest
from builders import report

from onrecord.extract import extract

HELD = "On 3 May 2031 the harbour board held a meeting in Sandholm with its director, Ada Lund.\n\n"


def said(text):
    g = extract(report(text))
    assert not g.problems and not g.refusals, (g.problems, g.refusals)
    return [(s.said_at, [x.because.rule for x in s.steps]) for s in g.statements]


def test_during_the_meeting_and_what_the_speaker_goes_on_to_say():
    text = (
        HELD
        + "During the meeting Lund said that the quay was full.\n\nThe rain had stopped by noon.\n\n"
        + ('"We need another crane," Lund said.')
    )
    assert [d for d, _ in said(text)] == ["2031-05-03", "2031-05-03"]
    assert all("statements.occasion" in rules for _, rules in said(text))


def test_this_meeting_in_the_speakers_words():
    assert [d for d, _ in said(HELD + '"This meeting is about one crane," Lund said.')] == ["2031-05-03"]


def test_a_quotation_that_goes_on_in_the_next_paragraph():
    text = '"The quay is full," Ada Lund said on 3 May 2031.\n\n"We need another crane," Lund said.'
    assert [d for d, _ in said(text)] == ["2031-05-03", "2031-05-03"]


@pytest.mark.parametrize(
    "text",
    [
        HELD + "The quay was full, Per Holm said.",  # nobody says that he was there
        HELD + "In an interview after the meeting Lund said that the quay was full.",
        "On 3 May 2032 the harbour board will hold a meeting.\n\nThe quay is full, Ada Lund said.",
        "The board is to talk on 3 May 2031.\n\nDuring the meeting Lund said that the quay was full.",
    ],
)
def test_what_nothing_ties_has_no_day(text):
    assert [d for d, _ in said(text)][-1] is None


def test_a_stretch_of_years_is_not_when_it_was_said():
    [(day, _)] = said("Over the past five years the quay was full, Ada Lund said.")
    assert day is None
