"""Typed and untyped claims: property, subject, value, voice, modality, time; a small invented beat."""

import pytest
from builders import report
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.extract.clauses import clauses, fragment
from onrecord.records import EntityValue, Modality, Passage, QuantityValue, TextValue

BEAT = beats.parse(
    """
[beat]
name = "norland-rail"
title = "Railways of Norland"
[[entity]]
key = "norland"
kind = "country"
name = "Norland"
adjectives = ["Norlandic"]
[[entity]]
key = "aurora"
kind = "system"
name = "Aurora"
[[entity]]
key = "borealis"
kind = "system"
name = "Borealis"
[[property]]
name = "reach"
means = "how far it goes on one charge"
value = "quantity"
unit = "km"
subjects = ["system"]
cues = ['reach(?:es)?', 'ranges?']
[[property]]
name = "built_by"
means = "maker"
value = "entity"
subjects = ["system"]
objects = ["country", "organisation"]
cues = ['built by', '(?P<value>.{2,40}?) (?:has |have )?built (?P<subject>.{2,40})']
[[property]]
name = "verdict"
means = "line"
value = "text"
cues = ['(?P<line>nothing has changed\\.?)']
[[property]]
name = "plan"
means = "future"
value = "text"
cues = ['will', 'plans? to']
""".replace("\\\\", "\\")
)


def read(text, beat=BEAT, **more):
    g = extract(report(text, **more), beat=beat)
    assert not g.problems, g.problems
    names = {r.id: r.name for r in g.referents}
    return g, names


def typed(text, prop):
    g, names = read(text)
    return [(names.get(c.subject or ""), c.value, c) for c in g.claims if c.property == prop]


def test_figure_with_its_subject():
    [(subject, value, _)] = typed("The Aurora train reaches 400 km in winter.", "reach")
    assert subject == "Aurora" and isinstance(value, QuantityValue) and (value.low, value.unit) == (400, "km")


def test_other_units_are_no_reach():
    assert typed("The Aurora train reaches 400 passengers.", "reach") == []


def test_second_clause_carries_the_property_on():
    found = typed("The range of Aurora was 200 km; today it is 300 km.", "reach")
    assert [(s, v.low) for s, v, _ in found] == [("Aurora", 200), ("Aurora", 300)]


def test_versions_keep_their_own_figures():
    found = typed("The Aurora train has a range of 200 km. The Borealis train has a range of 500 km.", "reach")
    assert [(s, v.low) for s, v, _ in found] == [("Aurora", 200), ("Borealis", 500)]


def test_maker_before_and_after_the_verb():
    for text in ("The Aurora train was built by Norland.", "Norland has built the Aurora train."):
        [(subject, value, c)] = typed(text, "built_by")
        _, names = read(text)
        assert subject == "Aurora" and isinstance(value, EntityValue)
        assert [names[e] for e in value.entities] == ["Norland"]
        assert c.statement is None


def test_makers_in_a_list():
    text = "The Aurora train was built by Belgium and Norland."
    [(_, value, _)] = typed(text, "built_by")
    assert [read(text)[1][e] for e in value.entities] == ["Belgium", "Norland"]


def test_a_plan_is_not_a_fact():
    [(_, _, c)] = typed("The Aurora train will have a range of 600 km.", "reach")
    assert c.modality is not Modality.ASSERTED and c.markers


def test_without_a_beat_what_is_said_is_kept():
    g, _ = read("The depot is cold, Karin Holt said on 3 May 2031.", beat=None)
    [c] = [c for c in g.claims if c.statement is not None]
    assert c.property == "says" and isinstance(c.value, TextValue) and "depot is cold" in c.value.text


def test_own_voice_has_no_statement_and_quoted_words_have_one():
    g, names = read('"The Aurora reaches 400 km," Karin Holt said. The Borealis reaches 100 km.')
    by = {c.value.low: c.statement for c in g.claims if isinstance(c.value, QuantityValue)}
    assert by[100] is None and names[next(s.speaker for s in g.statements if s.id == by[400])] == "Karin Holt"


def test_a_repeat_is_kept_once():
    assert len(typed("The Aurora reaches 400 km. As is known, the Aurora reaches 400 km.", "reach")) == 1


def test_verdict_line_counts_and_a_heading_does_not():
    text = "Trains will come soon\n\nNothing has changed\n\nThe line is closed, and no train runs.\n"
    g, _ = read(text)
    assert [c.property for c in g.claims] == ["verdict"]


def test_published_never_fills_a_time():
    g, _ = read("The Aurora reaches 400 km, Karin Holt said.", published="2031-05-03")
    assert all(c.holds_at is None and c.said_at is None for c in g.claims) and g.claims


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The line is open, but the depot is closed.", ["The line is open", "the depot is closed"]),
        ("They sell tanks, guns and drones.", ["They sell tanks, guns and drones"]),
        ("It was 5 km; it is 6 km.", ["It was 5 km", "it is 6 km"]),
        ("The train, which was built in Norland, runs.", ["The train", "which was built in Norland, runs"]),
    ],
)
def test_clauses(text, parts):
    got = [text[p.start : p.end] for p in clauses(text, [Passage(0, len(text))])]
    assert got == parts or (parts[0] == "The train" and "which was built in Norland" in " ".join(got))


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("that during the meeting", True),
        ("It is a feature that", True),
        ("The launcher, a new feature which", True),
        ("Like unmanned boats", True),
        ("We will do that", False),
        ("We told the mayor that", False),
        ("Like unmanned boats, the ferries are cheap", False),
        ("that during the meeting they agreed on a price", False),
        ("Not a single train from Norland", False),
        ("The trams are loud", False),
        ("", False),
    ],
)
def test_a_fragment_is_no_clause(text, is_one):
    assert fragment(text, Passage(0, len(text))) is is_one


def test_a_fragment_is_no_claim():
    assert read("The minister stressed that during the meeting.")[0].claims == ()
    assert read('"It is a feature that," the minister said.')[0].claims == ()
    [one] = read('"The depot needs that," the minister said.')[0].claims
    assert one.property == "says"


WORDS = ["Aurora", "Norland", "reaches", "400 km", "was built by", "will", ",", ".", '"', "said", "he",
                                 "Karin Holt", ";", "and", "not", "\n", "on 3 May 2031"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_give_anchored_claims(words):
    text = " ".join(words)
    g, _ = read(text)
    for c in g.claims:
        assert all(0 <= p.start < p.end <= len(text) for p in c.evidence)
        assert c.value_passage is not None
    assert g == extract(report(text), beat=BEAT)
