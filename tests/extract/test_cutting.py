"""What is cut once, remembered or passed over at once is what would be found without."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract import clauses, quotes, sentences, sources
from onrecord.extract import tokens as cutting_tokens
from onrecord.extract.numerals import lex
from onrecord.records import Passage

WORDS = (
    "said", "The", "Mr.", "U.S.", "a.m.", "J.", "don't", "people's", "it’s", "AT&T", "25th", "1,000", "3.5", "x_y", "²",
    "½", " ", "  ", "\n", "\xa0", ".", ",", "'", "’", "‘", '"', "“", "”", "-", "–", "(", ")", "well-built",
    "rock'n'roll", "O'Neil", "ran", "walked", "Will", "May", "'s", "'ll", "n't", "_", "é", "…", "?", "!", ":", "$5m",
    "RM23.50", "B2B", "Gen.", "No. 5", "e.g.", "1980s", "'90s", "90's", ".5", "МИНСК", "ё", "\u0301", "\u200b",
    "states", "carries", "km",
)  # fmt: skip
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from((" ", "", ", ", ". "))), max_size=14).map(
    lambda pairs: "".join(word + after for word, after in pairs)
)
EDGES = st.tuples(st.integers(0, 90), st.integers(0, 90)).map(sorted)


@given(TEXTS, EDGES)
def test_words_of_a_passage_are_those_of_the_passage_alone(text, edges):
    start, end = (min(e, len(text)) for e in edges)
    alone = cutting_tokens.cut(text[start:end], 0, end - start)
    part = cutting_tokens.every(text).part(start, end)
    assert [(t.start - start, t.end - start, t.low, t.classes) for t in part] == [
        (t.start, t.end, t.low, t.classes) for t in alone
    ]


@given(TEXTS, EDGES)
def test_words_as_spelt_are_cut_like_tokens(text, edges):
    start, end = (min(e, len(text)) for e in edges)
    found = cutting_tokens.spelt_in(text, start, end)
    assert found == cutting_tokens.spell(text, start, end)
    assert [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == found.words
    assert "".join(found.words) == "".join(text[start:end].split())


@given(TEXTS)
def test_full_stops_of_abbreviations_are_all_joined(text):
    every = list(cutting_tokens.every(text).part(0, len(text)))
    assert cutting_tokens.tokens(text, Passage(0, len(text)))[1:] == cutting_tokens.with_stops(text, every)[1:]


@given(TEXTS)
def test_verbs_are_those_that_a_plain_search_finds(text):
    found, before = [], ""
    for m in clauses.WORD.finditer(text):
        (_, _, low, shape), *_ = clauses.shapes[m.group()]
        if shape is True or (shape is not None and clauses._by_neighbours(text, before, shape, m.end())):
            found.append(m.span())
        before = low
    assert list(clauses.verbs(text)) == found


@given(TEXTS)
def test_figures_and_words_are_all_but_blanks(text):
    found = lex(text, 0, len(text))
    assert "".join(t.raw for t in found) == "".join(text.split())
    assert all(text[t.start : t.end] == t.raw for t in found)
    assert all(t.glued == (t.start > 0 and not text[t.start - 1].isspace()) for t in found)


@settings(max_examples=50)
@given(TEXTS)
def test_single_marks_are_passed_over_only_where_none_begins(text):
    lines = tuple(Passage(*m.span()) for m in re.finditer(r"\S(?:[^\n]*\S)?", text))
    quick = quotes.quotations(text, lines)
    begins, quotes.MAY_BEGIN = quotes.MAY_BEGIN, re.compile("")
    try:
        assert quotes.quotations(text, lines) == quick
    finally:
        quotes.MAY_BEGIN = begins


@settings(max_examples=50)
@given(TEXTS)
def test_plain_ends_of_sentences_are_as_with_the_whole_rule(text):
    quick = sentences.split(text, Passage(0, len(text)))
    longest, sentences.LONGEST = sentences.LONGEST, 0
    try:
        assert sentences.split(text, Passage(0, len(text))) == quick
    finally:
        sentences.LONGEST = longest


def test_a_phrase_that_is_too_long_to_remember_has_its_kind_too():
    phrase = "the minister for " + "very " * 100 + "fine weather"
    assert len(phrase) >= sources.LONG
    assert sources.source_kind(phrase) is sources.source_kind("the minister for very fine weather")
