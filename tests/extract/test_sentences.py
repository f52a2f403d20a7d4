"""Sentences of news: abbreviations, initials, decimals, quotation marks; offsets exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.sentences import split
from onrecord.records import Passage

CASES = [
    "Dr. A. B. Orr left.|He is 40.",
    "It opened on Apr. 12 in Varn.|It closed.",
    "No. 5 burned down.|No. 6 did not.",
    "Growth was 3.5 percent.|It fell.",
    "The U.S. Navy left.|The harbour is empty.",
    "They met at 9 a.m. The train was late.",
    '"We go."|"Then go," she said.',
    '"Why now?" Orr asked.',
    "Wait … for it.|Done.",
    "JSC Varn Works sold it.|Who bought it?|Nobody.",
    "St. Ana and Gen. Moe met Lt. Col. Berg.|They ate.",
    "Sales rose to $1.2 million.|Costs fell.",
    "He lives in Varn, i.e. the old town.|It rains.",
    "“It is on.”|The lamp went out.",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences(case):
    want = case.split("|")
    if case.startswith(("They met", '"Why')):
        want = ["They met at 9 a.m.", "The train was late."] if case[0] == "T" else ['"Why now?"', "Orr asked."]
    text = case.replace("|", " ")
    assert [text[a:b] for a, b in split(text, Passage(0, len(text)))] == want


@given(st.text(alphabet='aA.!?… \t"”)1', max_size=80))
def test_sentences_cover_all_but_blanks(text):
    got = split(text, Passage(0, len(text)))
    assert "".join(text[a:b] for a, b in got).replace(" ", "").replace("\t", "") == text.replace(" ", "").replace(
        "\t", ""
    )
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in got)
    assert list(got) == sorted(got)


def test_a_long_run_of_stops_takes_no_time():
    text = "." * 100000
    assert len(split(text, Passage(0, len(text)))) == 1
