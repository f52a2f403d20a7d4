"""Who is who inside one report: mentions of one thing, and phrases that stand for a person or a thing."""

import pytest
from builders import report

from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.extract.cast import cast
from onrecord.extract.coreference import Resolver
from onrecord.extract.descriptions import describe
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import gazetteer
from onrecord.extract.names import find, sentences
from onrecord.records import Anonymity, Kind, Passage

BEAT = beats.parse("""
[beat]
name = "norland"
title = "Norland"
[[entity]]
key = "norland"
kind = "country"
name = "Norland"
adjectives = ["Norlandic"]
[[entity]]
key = "lund"
kind = "person"
name = "Ana Lund"
[[entity.offices]]
title = "President of Norland"
names = ["Head of State"]
of = "norland"
since = "2030"
[[entity]]
key = "berg"
kind = "person"
name = "Piet Berg"
[[entity.offices]]
title = "President of Norland"
names = ["Head of State"]
of = "norland"
since = "2020"
until = "2029"
""")


def resolver(text, published=None):
    doc = Document(report(text, published=published))
    known = gazetteer(BEAT)
    return Resolver(doc, BEAT, cast(doc, find(doc, known, sentences(doc, known))))


def who(text, phrase, published=None):
    r = resolver(text, published)
    at = text.rindex(phrase)
    found = r.source(Passage(at, at + len(phrase)))
    named = r.cast.referent(found.referent)
    return (named.name if named else None), found


def test_surname_joins_the_full_name():
    g = extract(report("Minister Karin Holt spoke. Later Holt left for Oslo. Peter Holtz stayed."))
    by = {r.name: r.id for r in g.referents}
    holt = {m.text for m in g.mentions if m.referent == by["Karin Holt"]}
    assert holt == {"Karin Holt", "Holt"} and "Peter Holtz" in by


def test_acronym_joins_its_expansion():
    g = extract(report("The State Rail Safety Agency (SRSA) met. Then SRSA wrote to them."))
    assert len({m.referent for m in g.mentions if "SRSA" in m.text or "Agency" in m.text}) == 1


def test_versions_of_a_thing_stay_apart():
    g = extract(report("The Vega-2 launcher is old. The Vega-2M launcher is new. The Vega 3 launcher is not built."))
    assert len({m.referent for m in g.mentions if m.text.startswith("Vega")}) == 3


@pytest.mark.parametrize("phrase", ["the Head of State", "the president", "the Norlandic president"])
def test_office_is_the_one_who_holds_it_then(phrase):
    text = f"Ana Lund and Piet Berg met. Here {phrase} said no."
    name, found = who(text, phrase, published="2031-05-01")
    assert name == "Ana Lund" and found.steps and found.steps[0].because.rule == "coreference.office"
    assert who(text, phrase, published="2025-05-01")[0] == "Piet Berg"


def test_office_of_someone_the_report_does_not_name():
    name, found = who("In Norland the president said no.", "the president", published="2031-05-01")
    assert name == "Ana Lund" and found.steps[0].because.rule == "coreference.beat-office"


def test_role_given_in_the_report():
    name, found = who("Analyst Jan Roos wrote a book. According to the expert, little is known.", "the expert")
    assert name == "Jan Roos" and found.anonymity is Anonymity.NAMED


def test_he_is_the_last_speaker_not_the_last_person():
    r = resolver("Ana Lund said that Piet Berg was late. She added that it was cold.")
    text = r.doc.text
    first = r.source(Passage(0, 8))
    at = text.index("She")
    assert r.source(Passage(at, at + 3)).referent == first.referent


def test_unnamed_people_stay_unnamed():
    name, found = who("Some officials in Oslo said so.", "Some officials in Oslo")
    assert found.anonymity is Anonymity.UNNAMED and name is not None


def test_pronoun_with_no_one_before_is_unsure():
    _, found = who("He said so.", "He")
    assert found.referent is None and found.steps[0].referent is None


def test_description_takes_up_the_thing_so_called():
    r = resolver("The Vega-2 launcher is old. This system is to be sold.")
    describe(r.doc, r.cast)
    systems = {m.referent for m in r.cast.mentions if m.kind is Kind.SYSTEM}
    assert len(systems) == 1 and any(m.text == "This system" for m in r.cast.mentions)


def test_we_is_the_side_of_the_office():
    r = resolver("Ana Lund said: we will see. Norland waits.", published="2031")
    lund = next(x.id for x in r.cast.referents if x.name == "Ana Lund")
    side = r.cast.referent(r.side(lund))
    assert side is not None and side.key == "norland"


@pytest.mark.parametrize(
    "phrase",
    [
        "A member of the Board of Piers",
        "An official of the Board of Piers",
        "A Rail Board employee",
        "A source in the Board of Piers",
        "A spokeswoman for the Board of Piers, who asked not to be named,",
    ],
)
def test_someone_of_a_body_is_not_the_body(phrase):
    text = f"{phrase} said the tram was sold."
    _, found = who(text, phrase)
    g = extract(report(text))
    one = next(r for r in g.referents if r.id == g.statements[0].speaker)
    assert (one.kind, one.named) == (Kind.PERSON, False) and found.anonymity is not Anonymity.NAMED
    assert g.statements[0].anonymity is not Anonymity.NAMED


@pytest.mark.parametrize(
    "text",
    [
        "A spokeswoman for the Board of Piers said the tram was sold.",
        "The spokesman for the Board of Piers said that an undisclosed sum was paid.",
        "The Board of Piers said that an unnamed buyer paid.",
    ],
)
def test_who_speaks_for_a_body_is_the_body(text):
    name, _ = who(text, text[: text.index(" said")])
    assert name == "Board of Piers"


def test_a_named_member_of_a_body_is_himself():
    phrase = "A member of the Board of Piers, Ana Lund,"
    assert who(f"{phrase} said the tram was sold.", phrase)[0] == "Ana Lund"


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("The Kite-2 was built by the Varn Company. According to its maker, it is fast.", "Varn Company"),
        ("The Varn Company makes the Kite-2. It is fast, according to its maker.", "Varn Company"),
        ("The Varn Ministry bought the Kite-2. According to its maker, it is fast.", None),
    ],
)
def test_its_maker_is_who_the_words_say_made_it(text, maker):
    name, found = who(text, "its maker")
    assert name == maker and (maker is None or found.steps[-1].because.rule == "coreference.maker")


def test_a_thing_says_nothing_and_its_owner_may():
    g = extract(report("The general outline says that the pier must be sold."))
    assert g.statements == ()
    g = extract(report("Ana Lund's initiative suggests that the pier was sold."))
    assert [r.name for s in g.statements for r in g.referents if r.id == s.speaker] == ["Ana Lund"]
    g = extract(report("The outline planner said that the pier was sold."))
    assert [r.name for s in g.statements for r in g.referents if r.id == s.speaker] == ["outline planner"]


def test_the_official_is_the_one_person_who_has_spoken():
    r = resolver("Odo Varga, chairman of the Ferry Board, said fares would rise. The senior official said so twice.")
    r.source(Passage(0, len("Odo Varga")))
    at = r.doc.text.index("The senior official")
    found = r.source(Passage(at, at + len("The senior official")))
    assert r.cast.referent(found.referent).name == "Odo Varga"
    assert [s.because.rule for s in found.steps] == ["coreference.last-speaker"]


def test_an_official_or_another_office_is_someone_else():
    text = "Odo Varga, chairman of the Ferry Board, said fares would rise. {} said they would not."
    for phrase in ("An official", "The dockmaster", "The official of the Harbour Union"):
        r = resolver(text.format(phrase))
        first = r.source(Passage(0, len("Odo Varga")))
        at = r.doc.text.index(phrase)
        assert r.source(Passage(at, at + len(phrase))).referent != first.referent
