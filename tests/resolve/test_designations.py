"""Designations: every pair of the cases, in both orders; nothing is merged that must not be."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.designations import counts, wrong_merges
from onrecord.records import Kind, Referent
from onrecord.resolve import resolve
from onrecord.resolve.designations import Relation, has_digits, parse, relation

CASES = Path(__file__).parent.parent / "cases" / "designations.tsv"
REVIEW = CASES.with_name("designations_review.tsv")
ROWS = [tuple(line.split("\t")) for line in CASES.read_text("utf-8").splitlines()[1:]]
CODE = st.tuples(
    st.sampled_from(["X", "KR", "Lynx", "Орёл"]), st.integers(1, 9999), st.sampled_from(["", "M", "B2", "K"])
)


def written(code: tuple[str, int, str], joint: str = "-") -> str:
    return f"{code[0]}{joint}{code[1]}{code[2]}"


def test_there_are_enough_cases() -> None:
    assert len(ROWS) >= 300 and {r[2] for r in ROWS} == set(Relation)


@pytest.mark.parametrize("left, right, expected", ROWS)
def test_case(left: str, right: str, expected: str) -> None:
    assert relation(left, right)[0] == expected == relation(right, left)[0]


def test_pairs_by_another_hand_merge_nothing_that_must_stay_apart() -> None:
    """Written before the grammar had seen them. What it cannot tell it may ask, or keep apart; never join."""
    found = counts(REVIEW)
    assert found.total() >= 300 and wrong_merges(found) == 0
    assert sum(n for (expected, said), n in found.items() if expected == said) >= 0.9 * found.total()


@pytest.mark.parametrize(
    "left, right",
    [
        ("Galaxy Q20+", "Galaxy Q20"), ("Galaxy Q20 +", "Galaxy Q20"), ("X-1²", "X-12"), ("X-1′", "X-1"),
        ("phone 5s", "phone 5"), ("X-1s", "X-1S"), ("Box One", "Box 1"), ("Dawn V", "Dawn 5"),
        ("Air Force One", "Force One"), ("Mk 41", "Mk 45"), ("X-1.5", "X-15"), ("X-1 2", "X-12"),
        ("Merlin-class", "Merlin"), ("Merlin-type", "Merlin"), ("Ship 24", "24"), ("C-300", "S-300"),
    ],
)  # fmt: skip
def test_what_letters_cannot_tell_is_never_merged(left: str, right: str) -> None:
    assert relation(left, right)[0] != Relation.SAME != relation(right, left)[0]


APART = (
    ("Galaxy Q20+", "Galaxy Q20"), ("X-1²", "X-12"), ("X-1′", "X-1"), ("X-1s", "X-1S"), ("X-1s", "X-1"),
)  # fmt: skip


def test_no_way_through_resolving_joins_what_must_stay_apart() -> None:
    """Spelling keys and blocking come before the grammar: they may not join past it."""
    pairs = [tuple(line.split("\t")) for line in REVIEW.read_text("utf-8").splitlines()[1:]]
    for left, right, expected in [*ROWS, *pairs, *((a, b, "unsure") for a, b in APART)]:
        two = [Referent(id=f"f-{n}", report=f"r-{n}", kind=Kind.SYSTEM, name=n) for n in (left, right)]
        entities, _ = resolve(two, (), beat=None)
        assert len(entities) == 2 or expected == Relation.SAME, (left, right)


@given(CODE, CODE)
def test_other_digits_or_suffix_are_never_the_same(a: tuple[str, int, str], b: tuple[str, int, str]) -> None:
    found, why = relation(written(a), written(b))
    assert (found == Relation.SAME) == (a == b), why


@given(CODE, st.sampled_from(["-", "", " ", "–", "‑"]))
def test_how_it_is_joined_does_not_matter(code: tuple[str, int, str], joint: str) -> None:
    assert relation(written(code), written(code, joint))[0] == Relation.SAME


@given(CODE, st.sampled_from(["upgraded", "modernised", "extended-range", "модернизированный"]))
def test_a_qualifier_makes_a_variant(code: tuple[str, int, str], word: str) -> None:
    assert relation(written(code), f"the {word} {written(code)}")[0] == Relation.VARIANT


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_parsed_and_judged_alike_both_ways(a: str, b: str) -> None:
    assert relation(a, b)[0] == relation(b, a)[0]


def test_long_and_empty_names() -> None:
    assert parse("").prefix == "" and parse("7" * 5000).number is not None
    assert has_digits("Kestrel Mk II") and not has_digits("Kestrel")
