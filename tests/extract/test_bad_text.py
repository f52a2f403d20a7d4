"""Texts that are no prose, with every reader: no exception, no crash told, passages in the text, an end in time."""

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.bad_text import CASES, report_of, text_of, wrong
from onrecord import beat as beats
from onrecord.errors import OnRecordError
from onrecord.extract import extract
from onrecord.extract.readers import reader

READERS = {"grammar": 6_000, "fast": 6_000, "encoder": 2_500, "full": 2_500}  # name → characters read in a test
SECONDS = 15  # of CPU for 200,000 characters, on a slow core: ten times what the slowest takes
STEEP = ("one line of prose", "right-to-left marks", "Chinese")  # each grew as n² once; all: `bench.bad_text`


@cache
def made(name):
    try:
        return reader(name)
    except OnRecordError as e:
        pytest.skip(f"the reader {name!r} cannot be used here: {e}")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", READERS)
def test_no_text_breaks_a_reader(name, case):
    text = text_of(case, READERS[name])
    assert wrong(extract(report_of(text), reader=made(name)), text) == []


@pytest.mark.parametrize("case", CASES)
def test_nor_with_a_beat(case):
    text = text_of(case, 3_000)
    assert wrong(extract(report_of(text), beat=beats.load("belarus-arms")), text) == []


def test_ten_thousand_quotation_marks_of_any_kind():
    for mark in "\"“”„«»‘’'":
        text = mark * 10_000 + " said Orr."
        assert wrong(extract(report_of(text)), text) == []


@pytest.mark.parametrize("case", STEEP)
def test_a_line_of_200_000_characters_ends(case):
    text, started = text_of(case, 200_000).replace("\n", " "), time.process_time()
    assert wrong(extract(report_of(text)), text) == []
    assert time.process_time() - started < SECONDS


pieces = st.one_of(
    st.sampled_from(sorted(CASES.values())), st.text(max_size=12), st.sampled_from(["\n", "\n\n", " ", ". "])
)
texts = st.lists(pieces, max_size=8).map("".join)


@pytest.mark.parametrize(("name", "examples"), [("grammar", 80), ("fast", 60), ("encoder", 10), ("full", 10)])
def test_mixed_and_broken_texts(name, examples):
    by = made(name)

    @settings(max_examples=examples, deadline=None, derandomize=True, database=None)
    @given(texts)
    def check(text):
        assert wrong(extract(report_of(text), reader=by), text) == []

    check()


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(), max_size=60).map(lambda x: f"Orr said {x} that “{x}” cost {x} 40 km, {x}said Venn."))
def test_any_characters_around_cues_and_figures(text):
    assert wrong(extract(report_of(text)), text) == []


@pytest.mark.parametrize("name", READERS)
def test_halves_of_surrogates_raise_nothing(name):
    """Text that no file can hold, but a caller can make."""
    assert extract(report_of('"We \ud800 go," \udfff said Orr.'), reader=made(name)).report == "r-1"
