"""Whom a clause is about where no name stands before its cue, and two textual properties in one clause. Invented."""

import pytest
from builders import report

from onrecord import beat as beats
from onrecord.extract import extract

BEAT = beats.parse(
    """
[beat]
name = "harbour"
title = "A harbour"
[[entity]]
key = "norland"
kind = "country"
name = "Norland"
adjectives = ["Norlandic"]
[[entity]]
key = "lund"
kind = "person"
name = "Ada Lund"
[[entity.offices]]
title = "Prime Minister of Norland"
names = ["Prime Minister"]
of = "norland"
[[entity]]
key = "holm"
kind = "person"
name = "Per Holm"
[[entity]]
key = "vega"
kind = "system"
name = "Vega 3"
[[property]]
name = "ordered"
means = "orders"
value = "text"
subjects = ["person", "organisation", "system"]
cues = ["ordered", "approved"]
[[property]]
name = "explanation"
means = "reasons"
value = "text"
cues = ["because of"]
[[property]]
name = "planned"
means = "plans"
value = "text"
cues = ["plans? to", "will"]
""".replace("\\\\", "\\")
)


def subjects(text, prop):
    g = extract(report(text), beat=BEAT)
    assert not g.problems and not g.refusals, (g.problems, g.refusals)
    key = {r.id: r.key or r.name for r in g.referents}
    return [(key.get(c.subject or ""), [s.because.rule for s in c.steps]) for c in g.claims if c.property == prop]


def test_he_is_the_speaker_and_not_whom_he_names():
    [(who, rules)] = subjects("Per Holm said that he plans to meet Ada Lund.", "planned")
    assert who == "holm" and rules


def test_i_is_the_speaker():
    assert subjects('"I plan to sleep on the Vega 3," Per Holm said.', "planned") == [("holm", ["claims.speaker"])]


def test_an_office_is_its_holder():
    [(who, _)] = subjects("Ada Lund is in Sandholm. The Norlandic prime minister approved the Vega 3.", "ordered")
    assert who == "lund"


def test_an_order_is_about_who_gave_it():
    [(who, _)] = subjects("Per Holm ordered the crew to test the Vega 3.", "ordered")
    assert who == "holm"


def test_a_long_clause_may_hold_two_textual_properties():
    text = (
        "The harbour board of the town will keep both of its old ferries and their crews in service for another winter "
        "because of the ice in the outer harbour."
    )
    g = extract(report(text), beat=BEAT)
    assert sorted(c.property for c in g.claims) == ["explanation", "planned"]


def test_a_short_one_holds_one():
    g = extract(report("The board will wait because of ice."), beat=BEAT)
    assert [c.property for c in g.claims] == ["explanation"]


def test_its_is_the_system_and_not_what_is_named_behind_it():
    [(who, rules)] = subjects(
        "The Vega 3 was shown. Its integration into the Norlandic fleet will take a year.", "planned"
    )
    assert (who, rules) == ("vega", ["claims.subject-before"])


def test_what_only_a_system_has_is_the_systems():
    [(who, _)] = subjects("Norland showed the Vega 3. Its launcher will be tested by Ada Lund.", "planned")
    assert who == "vega"


def test_its_army_is_no_systems():
    [(who, _)] = subjects("Norland showed the Vega 3. Its army will leave.", "planned")
    assert who != "vega"


def test_the_system_is_not_the_one_it_is_compared_with():
    text = "The Vega 3, a version of the {}, was shown. The system will be tested in Norland."
    assert subjects(text.format("Kite-2 drone"), "planned")[0][0] == "vega"
    [(who, _)] = subjects("The Kite-2 drone was followed by the Vega 3. The system will be tested.", "planned")
    assert who == "vega"


# ---------------------------------------------------------------- without a property: what is said, and of what


ITSELF = "claims.described"  # the rule of a subject that is its own noun phrase


def said(text, beat=None):
    """Subject and rules of each untyped claim."""
    g = extract(report(text), beat=beat)
    assert not g.problems and not g.refusals, (g.problems, g.refusals)
    name = {r.id: r.name for r in g.referents}
    rules = lambda c: [s.because.rule.removeprefix(ITSELF) for s in c.steps]
    return [(name.get(c.subject or ""), rules(c)) for c in g.claims if c.property == "says"]


def test_what_is_said_of_a_thing_is_about_the_thing_and_neither_the_speaker_nor_a_name_behind_it():
    assert said("Ada Lund said the weir was cracked.") == [("weir", [""])]
    assert said("Ada Lund denied that her barges were too heavy for the lift at Sund.") == [("her barges", [""])]
    assert said("Ada Lund rejected suggestions that the hulls would be cut in Norland.") == [("hulls", [""])]
    assert said("Ada Lund said it was unlikely that the weir would hold.") == [("weir", [""])]


def test_a_relative_clause_is_about_what_stands_before_it():
    assert said("Ada Lund said Per Holm had sold the weir, which leaked in May.")[-1] == ("weir", [""])


def test_a_clause_behind_one_about_a_thing_goes_on_about_the_thing():
    assert said("Ada Lund said: “The weir is old. It leaks in May.”") == [
        ("weir", [""]), ("weir", ["claims.subject-before"]),
    ]  # fmt: skip


def test_who_speaks_is_what_an_order_and_an_i_are_about():
    assert said("Ada Lund ordered the yard to present a plan.") == [("Ada Lund", ["claims.speaker"])]
    assert said("Ada Lund said: “I sold the weir.”") == [("Ada Lund", ["claims.speaker"])]
    assert said("The Orr Company said it sold the weir.") == [("Orr Company", ["claims.speaker"])]
    assert said("Ada Lund said it sold the weir.") == [(None, [])]


def test_a_name_heads_its_phrase_or_stands_beside_it():
    assert said("Ada Lund said the Sund Company was closed.") == [("Sund Company", [])]
    assert said("Ada Lund said the weir, the Sund Company, was closed.") == [("Sund Company", [])]
    assert said("Ada Lund said Sund's weir was closed.") == [("Sund's weir", [""])]


def test_the_noun_alone_is_the_one_thing_so_named_before():
    text = "The Harbour Bridge is old. Ada Lund said the bridge was closed."
    assert said(text) == [("Harbour Bridge", ["claims.short-name"])]
    assert said("The Harbour Bridge is near the Varn Bridge. Ada Lund said the bridge was closed.") == [
        ("bridge", [""])
    ]


def test_a_property_of_the_beat_is_about_the_phrase_itself_before_it_is_about_who_was_named_last():
    text = "Per Holm sold the Vega 3. The port of the town will be closed in May."
    assert subjects(text, "planned") == [("port of the town", [ITSELF])]


def test_a_noun_phrase_with_a_relative_clause_is_not_cut_from_its_verb():
    g = extract(report("Ada Lund said the weir, which is 40 years old, was half open."))
    assert [c.value.text for c in g.claims if c.property == "says"] == [
        "the weir, which is 40 years old, was half open"
    ]


# ---------------------------------------------------------------- what says nothing is no claim

EMPTY = [
    'Ada Lund said: “Yes.”',
    'Ada Lund said “no”.',
    '“Thank you very much,” Ada Lund said.',
    '“I am glad to be here,” said Ada Lund.',
    '“That is true,” Ada Lund agreed.',
    "Ada Lund added that this was so.",
    "Ada Lund stressed that during the talks.",
    "Ada Lund expressed hope that in the near future.",
    "Ada Lund said the town.",
]  # fmt: skip
FULL = [
    ('Ada Lund said: “The weir is old.”', "The weir is old"),
    ("Ada Lund declined to leave the weir.", "declined to leave the weir"),
    ("Ada Lund stressed that during the talks no offer was made.", "during the talks no offer was made"),
    ("Ada Lund praised the new weir.", "praised the new weir"),
    ('Ada Lund called it “a gift”.', "called it “a gift"),
    ("Ada Lund said there were two.", "there were two"),
]  # fmt: skip


@pytest.mark.parametrize("text", EMPTY)
def test_words_without_substance_are_no_claim(text):
    assert said(text) == []


@pytest.mark.parametrize(("text", "words"), FULL)
def test_words_with_substance_are_one(text, words):
    assert [c.value.text for c in extract(report(text)).claims if c.property == "says"] == [words]
