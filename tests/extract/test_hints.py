"""The rules' reading as the encoder sees it."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.hints import ROLES, STATES, hints, marks, row
from onrecord.extract.lines import Draft
from onrecord.extract.pieces import Features
from onrecord.records import Passage, Sort


def draft(source, cue, content, score):
    return Draft(source and Passage(*source), [Passage(*cue)], [Passage(*content)], Sort.SPEECH, "speech.that", score)


def window(*offsets):
    return Features(ids=[1] * len(offsets), offsets=list(offsets))


def test_spans_begin_and_go_on_at_the_level_of_their_score():
    f = window((0, 0), (0, 3), (4, 8), (9, 12), (13, 18), (18, 19), (0, 0))
    found = marks([draft((0, 3), (4, 8), (9, 18), 0.9)])
    assert hints(f, found) == [[0, 5, 0, 0, 0, 0, 0], [0, 0, 5, 0, 0, 0, 0], [0, 0, 0, 5, 6, 0, 0]]
    low = marks([draft(None, (4, 8), (9, 18), 0.5)])
    assert hints(f, low) == [[0] * 7, [0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 1, 2, 0, 0]]


def test_a_content_inside_a_content_is_left_to_the_outer_one():
    inner = draft((10, 13), (14, 18), (19, 30), 0.9)
    outer = draft((0, 3), (4, 8), (10, 30), 0.75)
    assert marks([inner, outer])["content"] == [(10, 30, 1)]


spans = st.tuples(st.integers(0, 80), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1]))
drafts = st.lists(st.builds(draft, st.none() | spans, spans, spans, st.floats(0, 1)), max_size=8)


@given(drafts, st.lists(st.integers(1, 6), max_size=30))
def test_every_piece_has_one_state_a_role(found, sizes):
    at, offsets = 0, []
    for size in sizes:
        offsets.append((at, at + size))
        at += size
    f = window(*offsets)
    for states in hints(f, marks(found)):
        assert len(states) == len(f.ids) and all(0 <= x < STATES for x in states)
        assert all(x in (0,) or x % 2 == 1 or states[i - 1] in (x, x - 1) for i, x in enumerate(states)), (
            "goes on from one"
        )
    for role in ROLES:
        covered = [(a, b) for a, b, _ in marks(found)[role]]
        assert all(x[1] <= y[0] for x, y in itertools.pairwise(covered))


def test_a_piece_is_in_the_last_span_that_begins_before_its_end():
    spans = [(2, 5, 0), (5, 6, 1), (9, 12, 2)]
    assert row([(0, 0), (0, 3), (3, 5), (5, 9), (0, 0), (9, 10), (10, 12), (12, 14)], spans) == [0, 1, 2, 3, 0, 5, 6, 0]
    assert row([(0, 3), (3, 5)], []) == [0, 0]
