"""Sources that a tagger of single words leaves out or cuts short."""

import pytest
from builders import document
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.linking import Linked, Span
from onrecord.extract.lost_sources import sourced


def tagged(text, cue, source=None, content=None):
    def span(words):
        return Span(text.index(words), text.index(words) + len(words), 0.9)

    return Linked(span(cue), span(source) if source else None, [span(content)] if content else [])


@pytest.mark.parametrize(
    ("text", "cue", "source", "expected"),
    [
        ("The harbour board fears that the ice will come early.", "fears", None, "The harbour board"),
        ("On Monday the mayor of Arvik promised to resign.", "promised", "the", "the mayor of Arvik"),
        ("Ada Venn said the quay was safe.", "said", "Ada", "Ada Venn"),
        ("Ada Venn's deputy said the quay was safe.", "said", "Ada", "Ada Venn"),
        ("Reportedly, the quay was safe.", "Reportedly", None, None),
        ("She said the quay was safe.", "said", "She", "She"),
    ],
)
def test_the_words_around_a_cue_give_its_source(text, cue, source, expected):
    (x,) = sourced(document(text), [tagged(text, cue, source)])
    assert (x.source and text[x.source.start : x.source.end]) == expected


def test_what_stands_behind_according_to_ends_where_the_content_begins():
    text = "According to the tide tables the ferry sails at noon."
    (x,) = sourced(document(text), [tagged(text, "According to", content="the ferry sails at noon")])
    assert x.source and text[x.source.start : x.source.end] == "the tide tables"


def test_a_source_is_not_taken_out_of_its_own_content():
    text = "The quay is safe, reported."
    (x,) = sourced(document(text), [tagged(text, "reported", content="The quay is safe")])
    assert x.source is None


@given(st.text(alphabet='Ada the said to ,."“”\n', max_size=80), st.integers(0, 79), st.integers(1, 9))
def test_any_text(text, start, size):
    end = min(len(text), start + size)
    if start < end:
        for x in sourced(document(text), [Linked(Span(start, end)), Linked(Span(start, end), Span(0, 1))]):
            assert x.source is None or 0 <= x.source.start < x.source.end <= len(text)
