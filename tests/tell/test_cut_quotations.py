"""A quotation keeps its marks in pairs, however much of it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.tell.quotes import inside, quoted

CASES = [
    ("The weir is safe", None, "The weir is safe"),
    ('that the work "will be done by the end of 2033', None, "that the work ‘will be done by the end of 2033’"),
    (
        "it “will not tell of the 'wild figures' of the yard",
        None,
        "it ‘will not tell of the 'wild figures' of the yard’",
    ),
    ("', and then he went home", None, "and then he went home"),
    ("done by May,” she said", None, "done by May, she said"),
    ("“Nobody asked us,” he said, “nobody.”", None, "‘Nobody asked us,’ he said, ‘nobody.’"),
    ('the "X" and the «Y» of it', None, "the ‘X’ and the ‘Y’ of it"),
    ("he said: “We open in May, whatever the weather”, and left", 30, "he said: ‘We open in May, …’"),
    ("it calls the 'wild figures of the union' a lie", 29, "it calls the 'wild figures …'"),
    ("He said ‘we don’t know’ and “never mind” twice", None, "He said ‘we don’t know’ and ‘never mind’ twice"),
    ("the fishers' union of the '90s doesn't know Ostvik's boats", 36, "the fishers' union of the '90s …"),
]


@pytest.mark.parametrize(("words", "size", "told"), CASES)
def test_marks_are_single_and_in_pairs(words, size, told):
    assert inside(words, size) == told and quoted(words, size) == f"“{told}”"


@given(st.text(alphabet="ab c,.'‘’“”„«»\"", max_size=60), st.integers(4, 60))
def test_no_word_is_changed_and_no_double_mark_left(words, size):
    told = inside(words, size)
    assert not set(told) & set('“”„«»"') and told.count("‘") <= told.count("’")
    letters = [c for c in words if c.isalpha()]
    assert [c for c in told if c.isalpha()] == letters[: sum(c.isalpha() for c in told)]
    assert [c for c in inside(words) if c.isalpha()] == letters
