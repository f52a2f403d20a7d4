"""Names: parts, sounds across scripts, scores; what is read for every script; bounded on any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Kind
from onrecord.resolve import compare
from onrecord.resolve.blocking import WHOLE, WINDOW, candidates, skeletons
from onrecord.resolve.parts import country_of, parts_of
from onrecord.resolve.romanise import mixed_words, romanise, scripts_of
from onrecord.resolve.synonyms import reworded


@pytest.mark.parametrize(
    "name, latin",
    [("Ёлкин", "yolkin"), ("Ґудзь", "gudz"), ("Ніў", "niu"), ("シャルロ", "sharuro"), ("キャ", "kya"),
     ("Жэня", "zhenya"), ("Žižek", "zhizhek"), ("王", "wang"), ("김", "gim")],
)  # fmt: skip
def test_letters_as_they_sound(name: str, latin: str) -> None:
    assert romanise(name) == latin


def test_scripts_and_mixed_words() -> None:
    assert scripts_of("Ivan Иванович") == ("CYRILLIC", "LATIN") and scripts_of("12 —") == ()
    assert mixed_words("Vorоnin plant") == ("Vorоnin",) and mixed_words("Иван Ivan") == ()


def test_parts_of_a_person() -> None:
    p = parts_of("Gen. VORONIN, Sergei I. Petrovich", Kind.PERSON)
    assert p.words == ("voronin", "sergei") and p.initials == ("i",) and p.patronymics == ("petrovich",)


def test_parts_of_a_body() -> None:
    p = parts_of("ОАО «Паром-7»", Kind.ORGANISATION)
    assert p.words == ("parom",) and p.forms == {"oao"} and p.numbers == {"7"}
    assert parts_of("S.A.R.L. Parom", Kind.ORGANISATION).forms == {"sarl"}
    assert parts_of("Belarusian Ministry of Defence", Kind.ORGANISATION).sorted == "belarus defence ministry"
    assert country_of("польская") == "poland" and country_of("sandholm") is None


SAME = [
    ("Voronin", "Воронин"), ("Lindqvist", "Линдквист"), ("Baker", "ベイカー"), ("Fischer", "피셔"), ("Mercer", "默瑟"),
    ("Karim", "كريم"), ("Miriam", "מרים"), ("Siarhei Varonin", "Sergey Voronin"), ("Szewczenko", "Shevchenko"),
]  # fmt: skip
OTHER = [
    ("Voronin", "Воронцов"), ("Lindqvist", "Линдгрен"), ("Baker", "バルカー"), ("Fischer", "휘트먼"),
    ("Mercer", "格罗夫"),
    ("Karim", "سليمان"), ("Miriam", "רחל"), ("Siarhei Varonin", "Viktor Voronin"), ("Szewczenko", "Shestakov"),
]  # fmt: skip


def test_scores_across_scripts() -> None:
    kinds = [Kind.PERSON] * len(SAME)
    assert all(s >= compare.CUT for s in compare.scores(SAME, kinds)), compare.scores(SAME, kinds)
    assert all(s < compare.CUT for s in compare.scores(OTHER, kinds)), compare.scores(OTHER, kinds)


def test_scripts_without_training_pairs_share_the_costs_of_all() -> None:
    near, far = compare.scores([("Yannis", "Γιάννης"), ("Yannis", "Δημοσθένης")], [Kind.PERSON] * 2)
    assert near > far and far < compare.CUT


def test_other_numbers_never_match() -> None:
    assert compare.scores([("West-2031", "West-2033")], [Kind.EVENT]) == [0.0]


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(list(Kind)))
def test_a_score_is_a_share_and_does_not_depend_on_order(a: str, b: str, kind: Kind) -> None:
    (x, y) = compare.scores([(a, b), (b, a)], [kind, kind])
    assert 0 <= x <= 1 and x == pytest.approx(y, abs=1e-6)


@given(st.lists(st.text(max_size=12), max_size=6))
def test_a_score_does_not_depend_on_its_batch(names: list[str]) -> None:
    pairs = [(a, b) for a in names for b in names]
    assert compare.scores(pairs) == [compare.scores([p])[0] for p in pairs]


def test_long_names_take_bounded_time() -> None:
    start = time.perf_counter()
    compare.scores(
        [("a" * 200_000, "б" * 200_000), ("Иван " * 40_000, "Ivan " * 40_000), ("a." * 100_000, "«" * 100_000)]
    )
    assert time.perf_counter() - start < 5


def test_weights_have_names() -> None:
    m = compare.model()
    assert set(m.weights) == {*m.costs, "several", "body"}
    assert all(len(w) == len(compare.features_of(k)) for k, w in m.weights.items())


def test_blocks_keep_scripts_together_and_candidates_few() -> None:
    assert set(skeletons("voronin")) & set(skeletons("varonin")) and set(skeletons("cherson")) & set(
        skeletons("kherson")
    )
    names = {i: parts_of(f"Voronin {'abcdefghij'[i % 10]}{'klmnopqrst'[i // 10 % 10]}a") for i in range(400)}
    found = candidates(names)
    assert found == sorted(set(found)) and len(found) < 400 * (WHOLE + 4 * WINDOW)


@given(st.lists(st.sampled_from(["Oda Vinter", "Ода Винтер", "Per Lund", "Пер Лунд", "SFA", "Sandholm Ferry Agency"])))
def test_every_pair_of_a_small_block_is_a_candidate(names: list[str]) -> None:
    parts = {i: parts_of(n) for i, n in enumerate(names[:WHOLE])}
    found = set(candidates(parts))
    assert all((i, j) in found for i in parts for j in parts if i < j and set(parts[i].words) & set(parts[j].words))


def test_a_word_that_stands_twice_is_compared_with_what_is_left_of_the_other_name() -> None:
    pair = [("Chan Chan Ho", "Chan Su Ho")]
    before = compare.scores(pair, [Kind.PERSON])
    compare.scores([("Chan", "Su"), ("Ann Chan", "Ann Su")], [Kind.PERSON] * 2)  # the words, met elsewhere
    assert compare.scores(pair, [Kind.PERSON]) == before and before[0] < compare.CUT
    assert compare.scores([("Chan Chan Ho", "Ho Chan Chan")], [Kind.PERSON])[0] >= compare.CUT


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("High Court of Tarvik", "Supreme Court of Tarvik", ("high", "supreme")),
        ("Tarvik Railroad Company", "Tarvik Railway Company", ("railroad", "railway")),
        ("Ministry of Defense", "Ministry of Defence", None),
        ("Harbour Operation Committee", "Harbour Operations Committee", None),
        ("Ministerstwo Obrony", "Ministry of Defence", None),
        ("Dept. of Railways, Tarvik Bank", "Department of Railways, Tarvik Bank", None),
        ("Tarvik", "", None),
    ],
)
def test_a_synonym_is_another_name_and_a_translation_is_not(one: str, other: str, words: object) -> None:
    found = reworded(one, other)
    assert found == words and reworded(other, one) == (words and words[::-1])
