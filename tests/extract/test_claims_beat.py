"""The arms beat: its names are no one else's, its variants point home, its cues are quick and say what they should."""

import re
import time
from collections import defaultdict

import pytest
from builders import report

from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.extract.gazetteer import gazetteer, normal, tokens
from onrecord.records import EntityValue, Kind, MoneyValue, QuantityValue

BEAT = beats.load("belarus-arms")


def test_no_spelling_names_two_things():
    owners = defaultdict(set)
    for e in BEAT.entities:
        for n in (e.name, *e.names, *e.phrases):
            owners[tuple(normal(t.text) for t in tokens(n, 0, len(n)))].add(e.key)
    assert {k: v for k, v in owners.items() if len(v) > 1} == {}


def test_a_suffix_is_its_own_entity():
    known = gazetteer(BEAT)
    for e in BEAT.entities:
        if e.variant_of is not None:
            for n in (e.name, *e.names):
                found = known.lookup(n)
                assert found is not None and found.key == e.key


def test_every_row_says_where_it_is_from():
    assert all(e.source for e in BEAT.entities) and all(o.reason for o in BEAT.outlets)
    assert all(p.cues and p.means for p in BEAT.properties) and len(BEAT.topics) >= 8


@pytest.mark.parametrize("words", ["a " * 700, "Minsk and " * 150, "(" * 1400, "sold to " * 170, "has , " * 280])
def test_cues_take_no_time_on_any_clause(words):
    started = time.perf_counter()
    for p in BEAT.properties:
        for cue in p.cues:
            re.compile(rf"\b(?:{cue})\b", re.I).search(words[:1500])
    assert time.perf_counter() - started < 5


CASES = [
    ("Kazakhstan bought four Polonez launchers in 2031.", "exported_to", "Polonez", "Kazakhstan"),
    ("The Polonez was developed jointly with China.", "developed_with", "Polonez", "China"),
    ("The Busel-M drone was designed by KB Radar.", "developed_by", "Busel-M", "KB Radar"),
    ("Russia has supplied Tor-M2K systems.", "supplied_by", "Tor-M2K", "Russia"),
    ("The T-72BM1 was modernized at the 140 Repair Plant.", "upgraded_by", "T-72BM1", "140 Repair Plant"),
    ("An Iskander-M unit is stationed near Gomel.", "deployed_at", "Iskander-M", "Gomel"),
    ("Russia will soon send Belarus a batch of Iskander missiles.", "supplied_by", "Iskander", "Russia"),
    ("Belarus is set to receive Russia's Pantsir-S systems.", "supplied_by", "Pantsir-S", "Russia"),
    ("The ministry is acquiring Russian-made Tor-M2 systems.", "supplied_by", "Tor-M2", "Russia"),
    ("Belarus will buy Mi-35M helicopters from Russia.", "supplied_by", "Mi-35M", "Russia"),
    ("Kazakhstan signed a contract with Belarus to acquire Polonez systems.", "exported_to", "Polonez", "Kazakhstan"),
    ("Minsk is in talks over the sale of Polonez launchers to Vietnam.", "exported_to", "Polonez", "Vietnam"),
    ("The main market for Belarusian optics is Vietnam.", "exported_to", "Belarus", "Vietnam"),
    ("The Cayman cars are also purchased by Nigeria.", "exported_to", "Cayman", "Nigeria"),
    ("The 140 Repair Plant manufactures the V-1.", "developed_by", "V-1", "140 Repair Plant"),
    ("The V-1 was made by the 140 Repair Plant.", "developed_by", "V-1", "140 Repair Plant"),
    ("Belarus plans to jointly produce the Busel-M with Vietnam.", "developed_with", "Busel-M", "Vietnam"),
    ("Belarus and China jointly developed the Polonez.", "developed_with", "Polonez", "China"),
    ("The MLRS Polonaise was delivered to Kazakhstan.", "exported_to", "Polonez", "Kazakhstan"),
    ("Kazakhstan received four Polonez launchers from Belarus.", "exported_to", "Polonez", "Kazakhstan"),
    ("Belarus plans to supply Kazakhstan with ten Polonez launchers.", "exported_to", "Polonez", "Kazakhstan"),
    ("With Kazakh support, Belarus developed the Polonez-M.", "developed_with", "Polonez-M", "Kazakhstan"),
    ("KB Radar is developing its own Busel-M drone.", "developed_by", "Busel-M", "KB Radar"),
    ("The plant is modernising the T-72 to the level of the T-72BM1.", "upgraded_to", "T-72", "T-72BM1"),
    ("The Polonez-M, an upgraded version of the Polonez, was shown.", "upgraded_to", "Polonez", "Polonez-M"),
]

LOOK_ALIKES = [
    ("Armenia's purchase of Iskander missiles from Russia drew notice.", "supplied_by"),
    ("The Belarusians wanted to make and sell their own missiles.", "supplied_by"),
    ("A statement was made by President Lukashenko on the Polonez.", "developed_by"),
    ("Minsk had to produce major weapons at home.", "developed_by"),
    ("The Polonez multiple-launch rocket system took part in the parade.", "armed_with"),
    ("Kazakhstan signed a contract with Belarus.", "exported_to"),
    ("Kazakhstan received four Polonez launchers from Belarus.", "supplied_by"),
    ("Minsk will show ten Polonez multiple launch rocket systems.", "armed_with"),
]


@pytest.mark.parametrize(("text", "prop"), LOOK_ALIKES)
def test_look_alikes_of_entity_claims(text, prop):
    assert prop not in [c.property for c in extract(report(text), beat=BEAT).claims]


@pytest.mark.parametrize(("text", "prop", "subject", "value"), CASES)
def test_entity_claims(text, prop, subject, value):
    g = extract(report(text), beat=BEAT)
    names = {r.id: r.name for r in g.referents}
    got = [(names.get(c.subject or ""), [names[e] for e in c.value.entities]) for c in g.claims
           if c.property == prop and isinstance(c.value, EntityValue)]  # fmt: skip
    assert (subject, [value]) in got, [(c.property, names.get(c.subject or ""), c.value) for c in g.claims]


def test_figures():
    g = extract(report("The Grif-100 has a range of 90 km. Exports reached 900 million USD in 2031."), beat=BEAT)
    values = {c.property: c.value for c in g.claims}
    assert isinstance(values["range"], QuantityValue) and values["range"].low == 90
    assert isinstance(values["exports_value"], MoneyValue) and values["exports_value"].low == 900e6


def test_a_foreign_body_is_not_the_home_one():
    g = extract(report("The Ukrainian Defense Ministry met the Belarusian Defense Ministry."), beat=BEAT)
    bodies = {r.name for r in g.referents if r.kind is Kind.ORGANISATION}
    assert bodies == {"Ukrainian Defense Ministry", "Ministry of Defence of Belarus"}


def test_an_order_is_not_the_fact():
    g = extract(report("President Lukashenko ordered the plant to make 500 drones."), beat=BEAT)
    [c] = [c for c in g.claims if c.property == "ordered"]
    assert str(c.modality) == "ordered" and c.markers


def told(text):
    return [(c.property, str(c.modality)) for c in extract(report(text), beat=BEAT).claims]


def test_what_the_cue_tells_stands_beside_what_is_typed():
    found = told("Lukashenko criticised the planned deliveries of Russian Tor-M2 systems.")
    assert found == [("reaction", "asserted"), ("supplied_by", "planned")]
    assert [p for p, _ in told("Lukashenko ordered the plant to double arms exports.")] == ["exports_growth"]


def test_what_is_demanded_is_an_order():
    assert told("Lukashenko demanded that the plants deliver the launchers on time.") == [("ordered", "ordered")]
    assert told("Lukashenko said that the plants must deliver the launchers on time.") == [("policy", "asserted")]


def test_a_share_after_the_sum_of_exports_is_their_growth():
    found = told("In 2031, Belarus' arms exports exceeded $2 billion, which is 15% more than a year earlier.")
    assert [p for p, _ in found] == ["exports_value", "exports_growth"]


SUBJECTS = [
    ("The analysts in Varn have praised Belarus's decision as a prudent step.", "analysts in Varn"),
    ("The Head of State has tasked the plants to triple output.", "Head of State"),
    ('A spokesman for the Nordic Council commented, "We are deeply concerned by the drills."', "Nordic Council"),
    ('"We must guard our trade first," said a member of the Serbian parliament.', "Serbia"),
    ("Minsk hosted the third meeting of the Joint Trade Commission on 3 March 2031.", "Joint Trade Commission"),
    ("Defence Minister of Belarus, Viktor Khrenin, met with officers in Minsk on 4 March 2031.", "Viktor Khrenin"),
    ("Belarus is a member of the CSTO.", "Belarus"),
]


@pytest.mark.parametrize(("text", "subject"), SUBJECTS)
def test_whom_a_claim_is_about(text, subject):
    reading = extract(report(text), beat=BEAT)
    names = {r.id: r.name for r in reading.referents}
    assert [names.get(c.subject) for c in reading.claims] == [subject]


def test_the_words_of_a_relay_are_no_part_of_the_claim():
    reading_text = "This delivery, as reported by BelTA, marks a shift in the trade of the port."
    reading = extract(report(reading_text), beat=BEAT)
    words = [reading_text[a:b] for c in reading.claims for a, b in c.evidence]
    assert words and not any("reported" in w for w in words)


def test_one_maker_with_its_country_is_one_value():
    reading = extract(report("The Cayman was completed by the Belarusian defence industry."), beat=BEAT)
    assert [len(c.value.entities) for c in reading.claims] == [1]


def test_troops_are_no_missiles():
    reading = extract(report("The Polonez has new missiles. The missile troops will equip these missiles with cluster"
                             " munitions."), beat=BEAT)  # fmt: skip
    names = {r.id: r.name for r in reading.referents}
    assert "troops" not in str([names.get(c.subject) for c in reading.claims])


def test_two_verbs_share_an_object_and_a_clause():
    found = extract(report("“The fleet bought and later rebuilt two ferries,” Ana Lund said."), beat=BEAT).claims
    assert [c.evidence[0].end - c.evidence[0].start for c in found] == [46]


TEXTS = [
    ("The new Polonez contract was coldly received in Yerevan.", "reaction"),
    ("The ministry refused to disclose the price of the launchers.", "disclosure"),
    ("The project began against the backdrop of a quarrel over the price of gas.", "explanation"),
    ("The papers for the launchers are at the final stage.", "status"),
    ("The crews honed their combat skills near Brest.", "training"),
    ("Minsk is also deepening military cooperation with its neighbours.", "policy"),
]


@pytest.mark.parametrize(("text", "prop"), TEXTS)
def test_text_claims(text, prop):
    assert [c.property for c in extract(report(text), beat=BEAT).claims] == [prop]


def test_the_worth_of_contracts_is_exports():
    reading = extract(report("The value of contracts signed by Minsk has exceeded 250 million dollars."), beat=BEAT)
    assert [c.property for c in reading.claims] == ["exports_value"]


# other words for what the cues ask, and look-alikes
WORDINGS = [
    ("The Polonez hits targets 300 km away.", "range"),
    ("The Polonez fires out to 300 km.", "range"),
    ("The army accepted the Polonez in 2016.", "in_service_since"),
    ("The Polonez joined the army's arsenal in 2016.", "in_service_since"),
    ("The Polonez is assembled from Chinese parts.", "technology_from"),
    ("The Polonez depends on chips from China.", "technology_from"),
    ("The Polonez is the work of the Alevkurp company.", "developed_by"),
    ("Serbia has taken delivery of the Polonez.", "exported_to"),
    ("Minsk turned the Polonez over to Serbia.", "exported_to"),
    ("The S-400 came from Russia.", "supplied_by"),
    ("Belarus exported arms worth $700 million in 2023.", "exports_value"),
    ("The Polonez failed its first tests.", "status"),
    ("The Polonez project was shelved.", "status"),
    ("Lukashenko toured the plant in Orsha on 5 May 2025.", "visit"),
]
OTHERWISE = [
    ("The plant depends on orders from China.", "technology_from"),
    ("The news came from Russia on Friday.", "supplied_by"),
    ("The mayor accepted the invitation in 2016.", "in_service_since"),
    ("The delegation failed to arrive.", "status"),
]


@pytest.mark.parametrize(("text", "prop"), WORDINGS)
def test_other_words_tell_the_same_property(text, prop):
    assert prop in {c.property for c in extract(report(text), beat=BEAT).claims}


@pytest.mark.parametrize(("text", "prop"), OTHERWISE)
def test_what_only_sounds_like_it_is_another(text, prop):
    assert prop not in {c.property for c in extract(report(text), beat=BEAT).claims}
