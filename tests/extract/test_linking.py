"""Linking of tagged spans: text in brackets, [s source], [c cue], [k content]; links said as words."""

import pytest
from builders import document
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.linking import Span, link


def unmarked(source):
    """Plain text and the spans of each role; marks may nest."""
    spans, open_, text = {"s": [], "c": [], "k": []}, [], ""
    i = 0
    while i < len(source):
        if source[i] == "[":
            open_.append((source[i + 1], len(text)))
            i += 3
        elif source[i] == "]":
            role, start = open_.pop()
            spans[role].append(Span(start, len(text)))
            i += 1
        else:
            text += source[i]
            i += 1
    return text, spans


def links(source):
    text, spans = unmarked(source)
    found = link(text, document(text).sentences, spans["s"], spans["c"], spans["k"])
    return [
        (
            text[x.source.start : x.source.end] if x.source else None,
            text[x.cue.start : x.cue.end],
            *(text[k.start : k.end] for k in x.contents),
        )
        for x in found
    ]


@pytest.mark.parametrize(
    "source, wanted",
    [
        pytest.param(
            "[s Ola Tam] [c said] that [k the mill was shut].", [("Ola Tam", "said", "the mill was shut")], id="plain"
        ),
        pytest.param(
            "“[k The mill is shut],” [c said] [s Ola Tam].", [("Ola Tam", "said", "The mill is shut")], id="behind"
        ),
        pytest.param(
            "[k The mill is shut], [c according to] [s the owner].",
            [("the owner", "according to", "The mill is shut")],
            id="according",
        ),
        pytest.param(
            "[s Tam] [c said] [k the mill was shut] and [c added] that [k it would stay so].",
            [("Tam", "said", "the mill was shut"), ("Tam", "added", "it would stay so")],
            id="a cue shares the source of the cue before",
        ),
        pytest.param(
            "[s Tam] [c said] [k the mill was shut], while [s the union] [c called] [k it a rumour].",
            [("Tam", "said", "the mill was shut"), ("the union", "called", "it a rumour")],
            id="two in a sentence",
        ),
        pytest.param(
            "“[k We shut it],” [s Tam] [c said]. “[k It was old.]”",
            [("Tam", "said", "We shut it", "It was old.")],
            id="goes on in the next sentence",
        ),
        pytest.param(
            "“[k We shut it],” [s Tam] [c said].\n\n“[k It was old.]”",
            [("Tam", "said", "We shut it", "It was old.")],
            id="goes on in the next paragraph",
        ),
        pytest.param(
            "“[k It was old],” [s Tam] [c said], “[k and it leaked].”",
            [("Tam", "said", "It was old", "and it leaked")],
            id="a cue breaks the content",
        ),
        pytest.param(
            "[c Reportedly], [k the mill is shut].", [(None, "Reportedly", "the mill is shut")], id="no source"
        ),
        pytest.param(
            "[s Tam] [c said] [k that [s the owner] [c promised] a new mill].",
            [("Tam", "said", "that the owner promised a new mill"), ("the owner", "promised", "a new mill")],
            id="a content inside a content is the rest of it",
        ),
        pytest.param("[s Tam] [c said] nothing. The mill is shut.", [], id="no content"),
    ],
)
def test_links(source, wanted):
    assert links(source) == wanted


def test_a_source_of_another_paragraph_is_not_shared():
    assert links("[s Tam] [c said] [k the mill was shut].\n\n[c Reportedly] [k it burnt].")[1][0] is None


spans = st.lists(st.tuples(st.integers(0, 110), st.integers(1, 40)), max_size=12).map(
    lambda xs: [Span(a, min(120, a + n)) for a, n in xs]
)


@given(spans, spans, spans)
def test_any_spans_give_links_in_order(sources, cues, contents):
    text = ("Tam said the mill was shut. It is old! " * 4)[:119] + "\n"
    found = link(text, document(text).sentences, sources, cues, contents)
    assert [x.cue for x in found] == sorted(x.cue for x in found)
    assert all(x.contents and x.cue in cues and (x.source is None or x.source in sources) for x in found)
    assert found == link(text, document(text).sentences, sources, cues, contents)


def test_ten_thousand_spans_in_one_sentence_end():
    text = "a said b, " * 10_000
    cues = [Span(i * 10 + 2, i * 10 + 6) for i in range(10_000)]
    contents = [Span(i * 10 + 7, i * 10 + 8) for i in range(10_000)]
    assert link(text, document(text).sentences, [], cues, contents)
