"""Covers: the same answer as looking at every span."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.covers import Covers
from onrecord.records import Passage

passages = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda x: Passage(x[0], x[0] + x[1]))


@given(st.lists(st.tuples(passages, st.sampled_from("abc")), max_size=8), passages, st.sampled_from(["", "a", "b"]))
def test_a_search_finds_what_looking_at_every_span_finds(spans, p, besides):
    looked = any(s.start <= p.start and p.end <= s.end and owner != besides for s, owner in spans)
    assert Covers(spans).hold(p, besides) == looked
