"""Quotation marks: which open, which close, and which are none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.quotes import quotations
from onrecord.records import Passage


def found(text, nested=False):
    paragraphs = tuple(Passage(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    return [text[q.inner.start : q.inner.end] for q in quotations(text, paragraphs) if q.nested is nested]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ('"We go," he said. "Now."', ["We go,", "Now."]),
        ("“We go,” he said.", ["We go,"]),
        ("„Wir gehen“, sagte er.", ["Wir gehen"]),
        ("«Go», he said.", ["Go"]),
        ("``Go,'' he said. ''Stay,'' said she.", ["Go,", "Stay,"]),
        ("'We won't go,' said Mia.", ["We won't go,"]),
        ("‘We won’t go,’ said Mia.", ["We won’t go,"]),
        ("She called it 'the workers' paradise' in jest.", ["the workers' paradise"]),
        ("“One.\n“Two,” he said.", ["One.", "Two,"]),
        ("“One and more of it.\nTwo,” he said.", ["One and more of it.", "Two,"]),
        ("He said, ‘One two three four.\nFive.’ Then he left.", ["One two three four.", "Five."]),
        ('A 6" pipe, a 7" pipe.', []),
        ("The men's room, the workers' club, the '90s.", []),
        ('A lone " mark here.', []),
    ],
)
def test_quotations(text, want):
    assert found(text) == want


def test_nested_straight_marks_do_not_cut_the_outer_quotation():
    text = '"It joins "Heron" trains," she said.'
    assert found(text) == ['It joins "Heron" trains,'] and found(text, nested=True) == ["Heron"]


@given(st.text(alphabet="\"'“”‘’«»„` a.,\n", max_size=60))
def test_quotations_lie_inside_their_paragraphs(text):
    paragraphs = tuple(Passage(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    for q in quotations(text, paragraphs):
        assert q.outer.start <= q.inner.start < q.inner.end <= q.outer.end
        assert any(p.start <= q.outer.start and q.outer.end <= p.end for p in paragraphs)
