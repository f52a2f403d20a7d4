"""Names: what is a name, how far it goes, of which kind; and its look-alikes that are none."""

import pytest
from builders import report
from hypothesis import given
from hypothesis import strategies as st

from onrecord import beat as beats
from onrecord.extract import extract, names
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import gazetteer, normal
from onrecord.records import Form

BEAT = beats.parse("""
[beat]
name = "norland-rail"
title = "Railways of Norland"
[[entity]]
key = "lund"
kind = "person"
name = "Ana Lund"
names = ["Анна Лунд"]
[[entity]]
key = "x-1"
kind = "system"
name = "Aurora X-1"
names = ["X-1", "Аврора"]
[[entity]]
key = "x-1m"
kind = "system"
name = "X-1M"
variant_of = "x-1"
[[entity]]
key = "depot"
kind = "organisation"
name = "rail industry of Norland"
phrases = ["rail industry"]
generic = true
""")


def found(text: str, beat: beats.Beat | None = None) -> list[tuple[str, str]]:
    doc, known = Document(report(text)), gazetteer(beat)
    every = names.find(doc, known, names.sentences(doc, known))
    assert all(text[n.passage.start : n.passage.end] == n.text for n in every)
    return [(n.text, str(n.kind)) for n in every if n.form is Form.NAMED]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("On Monday President Ana Lund spoke.", "Ana Lund", "person"),
        ("The talks with Colonel-General Piet van der Berg went on.", "Piet van der Berg", "person"),
        ("It was signed by the Ministry of Trade and Industry of Belgium.", "Ministry of Trade and Industry of Belgium",
         "organisation"),
        ("The tests of the Vega-M2 launcher ended.", "Vega-M2", "system"),
        ("They bought the S-500 from him.", "S-500", "system"),
        ("He saw the \"Polaris\" missile complex.", "Polaris", "system"),
        ("Workers of the newspaper \"Morning\" met.", "Morning", "organisation"),
        ("She works for NATO now.", "NATO", "organisation"),
        ("The plant stands in Vornholm now.", "Vornholm", "place"),
        ("The Belgian-Dutch talks went on.", "Belgian", "country"),
        ("The Belgian-Dutch talks went on.", "Dutch", "country"),
        ("He asked the Belgians for help.", "Belgians", "country"),
        ("The U.S. envoy left.", "U.S.", "country"),
        ("He heads the Joint Committee on Rail Safety now.", "Joint Committee on Rail Safety", "organisation"),
    ],
)  # fmt: skip
def test_takes(text, name, kind):
    assert (name, kind) in found(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Yesterday nothing moved.", "Yesterday"),
        ("Production grew again.", "Production"),
        ("It opened in March and closed on Friday.", "March"),
        ("The Ministry did not answer.", "Ministry"),
        ("He met the President.", "President"),
        ("They let us know.", "us"),
        ("New Plans For The Northern Line", "Plans"),
        ("Some Soviet-era cars remain.", "Soviet-era"),
    ],
)
def test_refuses(text, word):
    assert word not in [n for n, _ in found(text)]


def test_first_word_counts_where_the_report_names_it_again():
    assert ("Vornholm", "unsure") not in found("Vornholm grew fast.")
    assert [n for n, _ in found("Vornholm grew fast. Many moved to Vornholm.")] == ["Vornholm", "Vornholm"]


def test_a_beat_name_in_any_case_ending():
    assert ("Авророй", "system") in found("Доволен Авророй директор.", BEAT)


def test_a_designation_with_a_suffix_is_another_thing():
    doc, known = (
        Document(report("The X-1 passed. The X-1M failed. The X-12 was cut. Then X-1 M came.")),
        gazetteer(BEAT),
    )
    keys = {n.text: n.key for n in names.find(doc, known, names.sentences(doc, known))}
    assert keys["X-1"] == "x-1" and keys["X-1M"] == "x-1m"
    assert keys.get("X-12") is None and keys.get("X-1 M") is None


def test_another_given_name_is_another_person():
    doc, known = Document(report("Then Boris Lund spoke to Ana Lund.")), gazetteer(BEAT)
    keys = {n.text: n.key for n in names.find(doc, known, names.sentences(doc, known))}
    assert keys == {"Boris Lund": None, "Ana Lund": "lund"}


def test_acronym_of_a_country_needs_its_capitals():
    assert found("It is up to us and no one else.") == []


def test_every_country_has_a_key_and_a_source():
    from onrecord.extract.gazetteer import _rows

    rows = list(_rows("countries.csv"))
    assert len(rows) > 190 and len({r["key"] for r in rows}) == len(rows)
    assert all(r["name"] and r["source"] for r in rows)


@given(st.text(max_size=300))
def test_spans_are_the_stored_words(text):
    found(text, BEAT)


@given(st.text(alphabet="абвгдежзиклмнопрстуёя-2", min_size=1, max_size=12))
def test_normal_is_stable_on_case(word):
    assert normal(word) == normal(word.upper())


@pytest.mark.parametrize(
    "name",
    ["Seafarers' Union", "Dockers’ Union", "People's Assembly", "St John's Harbour", "Workers' Party of Varn"],
)
def test_an_apostrophe_may_stand_in_a_name(name):
    g = extract(report(f"On Friday the {name} voted on the pier."))
    assert name in [m.text for m in g.mentions]


@pytest.mark.parametrize(
    "text", ["Belgium's Army met the minister's office.", "Ana Lund's Party met Belgium's Council."]
)
def test_what_someone_has_is_not_his_name(text):
    g = extract(report(text))
    assert not [m.text for m in g.mentions if "'" in m.text]
