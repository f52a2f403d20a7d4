"""The letters that let most cues be passed over: whatever a cue matches, they let it be tried."""

import re

import pytest

from onrecord.beat import bundled, load
from onrecord.extract.literals import Letters, letters, others
from onrecord.records import Passage


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("order(?:s|ed)?", {"order"}),
        ("(?:buy|bought) trains?", {" train"}),
        ("costs?|fares?", {"cost", "fare"}),
        (r"\d+ km", {" km"}),
        (r"[\w-]+", None),
        ("(?:very )?(?:is|are)", None),
        ("(?!not )likely", {"likely"}),
        ("(?P<value>.{2,60}?) built", {" built"}),
    ],
)
def test_letters(pattern, wanted):
    assert letters(pattern) == (None if wanted is None else frozenset(wanted))


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("order(?:s|ed)?", []),
        ("(?:buy|bought) trains?", [{"buy", "bought"}]),
        ("(?P<value>.{2,60}?) (?:came|comes) from (?:the )?north", [{" from "}, {" came", " comes"}]),
        ("(?:(?:old )?tram|cart)s? (?:is|are) sold", [{" is", " are"}, {"cart", "tram"}]),
        ("(?:not )?(?!never)(?<=the )likely", []),
    ],
)
def test_letters_that_a_cue_needs_besides_its_rarest(pattern, wanted):
    assert set(others(pattern)) == {frozenset(w) for w in wanted}


def test_a_cue_without_all_of_its_words_in_the_clause_is_passed_over():
    index = Letters(["(?:came|comes) from (?:the )?north", "north"])
    text = "Two ferries came FROM the North. The north is near; she came late."
    assert index.possible(text, Passage(0, 32)) == [0, 1]
    assert index.possible(text, Passage(33, len(text))) == [1]
    assert index.possible(text, Passage(17, 32)) == [1]  # the words of the passage alone count


@pytest.mark.parametrize("name", bundled())
def test_no_cue_of_a_beat_is_passed_over_that_matches(name):
    cues = [c for p in load(name).properties for c in p.cues]
    index = Letters(cues)
    text = (
        "The line will open in June, and 12 trains were ordered from Norrail at a cost of $5 million; it can carry the "
        "mail. LUND SAID the plant has built its own drone jointly with Norland. Exports grew; they deny any threat. "
        "The situation has not changed. Trials of the first batch are planned, because of water in the tunnel."
    )
    for start in range(0, len(text), 17):
        p = Passage(start, min(len(text), start + 90))
        possible = set(index.possible(text, p))
        for i, cue in enumerate(cues):
            if re.compile(rf"\b(?:{cue})\b", re.I).search(text, p.start, p.end):
                assert i in possible, cue


def test_a_text_whose_lower_case_is_longer_is_searched_in_full():
    index = Letters(["order"])
    assert index.possible("İstanbul placed an order", Passage(0, 5)) == [0]
