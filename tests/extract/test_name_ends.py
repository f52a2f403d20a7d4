"""Names: where an office ends and a name begins, what only looks like a name, a body named by its place, nobodies."""

import pytest
from builders import report

from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.extract.nobodies import are_nobodies
from onrecord.records import Anonymity, Form

BEAT = beats.parse("""
[beat]
name = "tarn-water"
title = "Water of the Tarn"
[[entity]]
key = "inspectorate"
kind = "organisation"
name = "Dam Inspectorate"
names = ["Inspectorate"]
phrases = ["the inspectorate"]
[[entity]]
key = "sandholm"
kind = "place"
name = "Sandholm"
[[entity]]
key = "depot"
kind = "facility"
name = "Sandholm depot"
[[entity]]
key = "pumps"
kind = "system"
name = "pumps of the Vega-M2"
phrases = ["pumps for the Vega-M2"]
""")


def named(text, beat=None):
    g = extract(report(text), beat=beat)
    return [(m.text, str(m.kind)) for m in g.mentions if m.form is Form.NAMED]


def roles(text):
    return {r.name: r.roles for r in extract(report(text)).referents if r.named}


def test_a_beats_phrase_leaves_no_second_name_inside_it():
    g = extract(report("The Inspectorate said that the dam was shut. It thanked the Inspectorate."), beat=BEAT)
    at = sorted(m.passage for m in g.mentions if "Inspectorate" in m.text)
    assert len(at) == 2 and {r.key for r in g.referents if "Inspectorate" in r.name} == {"inspectorate"}


def test_a_name_inside_a_longer_phrase_of_the_beat_stays():
    assert ("Vega-M2", "system") in named("They bought pumps for the Vega-M2 launcher.", BEAT)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Chief Inspector of Harbour Safety Orla Quenby spoke.", "Orla Quenby", "chief inspector of harbour safety"),
        ("Minister of Trade and Industry Orla Quenby spoke.", "Orla Quenby", "minister of trade and industry"),
        ("The Minister for Health Orla Quenby spoke.", "Orla Quenby", "minister for health"),
        ("Chief Executive Officer Orla Quenby spoke.", "Orla Quenby", "chief executive officer"),
        ("Auditor General Orla Quenby spoke.", "Orla Quenby", "auditor general"),
        ("Inspector Orla Quenby of the Fraud Branch spoke.", "Orla Quenby", "inspector"),
    ],
)
def test_an_office_ends_where_the_name_begins(text, name, role):
    assert roles(text)[name] == (role,)


def test_an_office_before_a_comma_is_no_name_of_its_own():
    text = "The Chief Inspector of Dam Safety, Orla Quenby, said on Friday that the dam was shut."
    assert [n for n, _ in named(text)] == ["Orla Quenby"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The Director General of Tarn State Railways left.", "Tarn State Railways", "organisation"),
        ("The Chairman of the Security Council left.", "Security Council", "organisation"),
        ("The Mayor of Upper Tarn left.", "Upper Tarn", "place"),
        ("A spokeswoman for the bank, Orla Quenby, said it was true.", "Orla Quenby", "person"),
        ("The company, Tarnel Pure, said it was true.", "Tarnel Pure", "organisation"),
        ("They sailed to Easter Island.", "Easter Island", "place"),
        ("On Monday J. Quenby met George W. Holm there.", "George W. Holm", "person"),
    ],
)
def test_what_stands_behind_an_office_or_a_body(text, name, kind):
    assert (name, kind) in named(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Its reply is printed in annex C. Option B was refused.", "C"),
        ("They read Annex C aloud.", "Annex C"),
        ("They chose plan B. Then they left.", "Then"),
        ("Tickets go on sale at Easter.", "Easter"),
        ("They met on Christmas Eve.", "Christmas Eve"),
        ("Audit of the Tarn dam\n\nThe State Audit Office read it. The audit was long.", "Audit"),
        ("Railways chief gives a date\n\nThe chief of Tarn State Railways spoke.", "Railways"),
        ("Thirty trains were bought.", "Thirty"),
        ("Morning ferry to sail earlier\n\nThe morning ferry will sail at nine.", "Morning"),
    ],
)
def test_what_is_no_name(text, word):
    assert word not in [n for n, _ in named(text)]


@pytest.mark.parametrize("beat", [None, BEAT])
@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("The Sandholm water board said the dam would open.", "Sandholm water board"),
        ("Plans of the Sandholm port authority were read.", "Sandholm port authority"),
        ("On Monday the Sandholm council met.", "Sandholm council"),
        ("Yesterday Sandholm city council met.", "Sandholm city council"),
    ],
)
def test_a_place_and_a_bodys_noun_are_the_body(text, body, beat):
    assert named(text, beat) == [(body, "organisation")]


@pytest.mark.parametrize(
    "text",
    [
        "They told the Sandholm board everything.",  # of what is so called: a firm, too
        "A Sandholm court refused.",
        "Then Sandholm asked council members.",
        "They rebuilt the Sandholm depot and council.",
        "The Halmerian water board met.",
        "The MAAC council met.",
    ],
)
def test_not_every_noun_behind_a_name_makes_a_body(text):
    assert not [n for n, _ in named(text) if n.endswith(("board", "court", "council"))]


def test_the_board_is_the_one_that_was_named():
    g = extract(report("The Sandholm water board met. The board said the dam would open in May."))
    assert {r.name for s in g.statements for r in g.referents if r.id == s.speaker} == {"Sandholm water board"}


@pytest.mark.parametrize(
    "phrase",
    [
        "residents, shopkeepers and two drivers",
        "Shopkeepers, residents and two drivers",
        "two drivers and a shopkeeper",
        "neighbours, a baker and the postman",
    ],
)
def test_a_list_of_people_without_a_name_is_a_group(phrase):
    assert are_nobodies(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "Orla Quenby and two drivers", "Dunmore, carriers and shippers", "the mayor, a lawyer",
        "a nurse and mother of two", "the council and two unions", "reports and letters",
        "a spokesman for residents and shopkeepers", "drivers",
    ],
)  # fmt: skip
def test_look_alikes_of_a_list_of_people(phrase):
    assert not are_nobodies(phrase)


def test_nobodies_speak_as_one_group_without_a_name():
    g = extract(report("“The bell is too loud,” said shopkeepers, residents and two drivers."))
    who = {r.id: r for r in g.referents}
    [s] = g.statements
    assert s.anonymity is Anonymity.UNNAMED and not who[s.speaker].named and who[s.speaker].kind == "person"
