"""Origins counted apart by how firmly it is said."""

import pytest

from onrecord.records import Modality, Origins
from onrecord.tell.support import Support, in_words, support

A, P = Modality.ASSERTED, Modality.POSSIBLE


def counted(low, high):
    claims = tuple(c for g in low for c in g)
    return Origins(
        low=len(low),
        high=len(high),
        claims=claims,
        groups_low=tuple(map(tuple, low)),
        groups_high=tuple(map(tuple, high)),
    )


@pytest.mark.parametrize(
    ("low", "high", "said", "words"),
    [
        ("a b", "a b", {"a": A, "b": A}, "2 origins"),
        ("ab", "ab", {"a": A, "b": A}, "one origin"),
        ("ab", "a b", {"a": A, "b": P}, "at least 1, at most 2 origins: asserted by 1, as possible by 1"),
        ("ab", "ab", {"a": A, "b": P}, "one origin, told as asserted and as possible"),
        ("ab c", "a b c", {"a": A, "b": P, "c": P}, "at least 2, at most 3 origins: asserted by 1, as possible by 2"),
        (
            "abc",
            "a b c",
            {"a": A, "b": P, "c": P},
            "at least 1, at most 3 origins: asserted by 1, as possible by at least 1, at most 2",
        ),
        ("a b", "a b", {"a": P, "b": P}, "possible: 2 origins"),
        ("a b", "a b", {"a": Modality.ORDERED, "b": Modality.PREDICTED}, "ordered or predicted: 2 origins"),
        ("ab", "ab", {"a": Modality.DENIED, "b": Modality.DOUBTED}, "one origin, told as denied and as doubted"),
    ],
)
def test_what_is_only_possible_is_not_counted_with_what_is_asserted(low, high, said, words):
    found = counted(low.split(), high.split())
    assert in_words(support(found, said), found.low, found.high) == words


def test_an_origin_that_says_both_counts_with_both():
    found = support(counted(["ab"], ["ab"]), {"a": A, "b": P})
    assert found == (Support(("asserted",), 1, 1, True), Support(("possible",), 1, 1, False))
