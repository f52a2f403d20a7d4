"""EDTF in words: each form that the program writes, and what is no EDTF left as it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.tell.times import in_words

WORDS = {
    "2031": "2031", "2031-04": "April 2031", "2031-04-03": "2031-04-03", "203X": "the 2030s", "20XX": "2000 to 2099",
    "2031-21": "spring 2031", "2031-22": "summer 2031", "2031-23": "autumn 2031", "2031-24": "winter 2031–32",
    "2099-24": "winter 2099–00", "XXXX-04": "April, year unknown", "XXXX-04-12": "12 April, year unknown",
    "XXXX-23": "autumn, year unknown", "XXXX": "year unknown", "2031-XX": "2031, month unknown",
    "2031-XX-XX": "2031, month unknown", "2031-03-XX": "March 2031, day unknown", "2031~": "about 2031",
    "2031-04?": "perhaps April 2031", "2031%": "perhaps about 2031", "2031-04-03~": "about 2031-04-03",
    "2031-01/2031-03": "January to March 2031", "2031-11/2032-02": "November 2031 to February 2032",
    "2031-03-03/2031-03-05": "2031-03-03 to 2031-03-05", "2031/2033": "2031 to 2033", "../2031-06": "until June 2031",
    "2031-06/..": "from June 2031 on", "/2031": "until 2031", "2031/": "from 2031 on", "../..": "at any time",
    "XXXX-04/XXXX-06": "April to June, year unknown",
}  # fmt: skip
OTHER = ("", "undated", "2031-13", "2031-99", "31-04", "2031-04-03T08:00:00Z", "2031/2032/2033", "April", "../x")


@pytest.mark.parametrize("value", WORDS)
def test_each_form_has_its_words(value):
    assert in_words(value) == WORDS[value]


@pytest.mark.parametrize("value", OTHER)
def test_what_is_of_no_known_form_stays(value):
    assert in_words(value) == value


@given(st.from_regex(r"(XXXX|\d{4})-(0[1-9]|1[0-2]|2[1-4])", fullmatch=True))
def test_no_code_of_a_month_or_season_is_left(value):
    told = in_words(value)
    assert "X" not in told and not re.search(r"\d-\d", told) and value[:4].strip("X") in told
