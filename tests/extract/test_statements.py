"""Statements from attributions: anonymity, directness, chains, said-at."""

import pytest
from builders import document

from onrecord.extract.sources import source_kind
from onrecord.extract.speech import GrammarReader
from onrecord.extract.statements import statements
from onrecord.ids import content_id
from onrecord.records import Because, Passage, When


def made(text, **more):
    doc = document(text)
    found = GrammarReader().attributions(doc)
    by_words = lambda p: content_id("f", doc.words(p))  # a referent per phrase is enough here
    return statements(doc, found, speaker_of=lambda a: (by_words(a.source[0]), ()), referent_at=by_words, **more)


@pytest.mark.parametrize(
    ("text", "anonymity", "about"),
    [
        ('"Yes," Ana Lund said.', "named", None),
        ('"Yes," the minister said.', "role", None),
        ('"Yes," officials said.', "unnamed", None),
        ('"Yes," said a driver on condition of anonymity.', "unnamed", "on condition of anonymity"),
        ("The pier was reportedly sold.", "unnamed", None),
    ],
)
def test_anonymity(text, anonymity, about):
    (s,) = made(text)
    assert (s.anonymity, s.about_source) == (anonymity, about)


@pytest.mark.parametrize(
    ("text", "directness"),
    [
        ('"Yes, we go," Ana Lund said.', "direct"),
        ("Ana Lund said that trams would go.", "indirect"),
        ('Ana Lund said that trams would "go like the wind".', "mixed"),
        ('Ana Lund said that the "Heron" would go.', "indirect"),  # a name in marks is no quotation
    ],
)
def test_directness(text, directness):
    (s,) = made(text)
    assert s.directness == directness


def test_an_agency_that_passes_a_statement_on_is_an_intermediary():
    text = "The agency reports that Lund said that fares will double."
    (s,) = made(text)
    assert text[s.cue[0].start : s.cue[0].end] == "said"
    assert [text[p.start : p.end] for p in s.via_passages] == ["The agency"]


def test_hearsay_stays_hearsay():
    text = '"The papers say that fares will double," Lund said.'
    outer, inner = sorted(made(text), key=lambda s: s.content[0].start)
    assert inner.parent == outer.id and outer.parent is None


def test_a_name_that_is_told_is_an_intermediary():
    text = "Lund told Varn Radio that fares will double."
    (s,) = made(text)
    assert [text[p.start : p.end] for p in s.via_passages] == ["Varn Radio"]


def test_said_at_is_the_date_beside_the_cue_and_not_the_one_in_the_content():
    text = "Lund said on 3 March 2031 that fares will double on 1 May 2032."
    whens = tuple(
        When(
            id=w, report="r", passage=Passage(text.index(w), text.index(w) + len(w)), value=v, because=Because(rule="t")
        )
        for w, v in (("3 March 2031", "2031-03-03"), ("1 May 2032", "2032-05-01"))
    )
    (s,) = made(text, dates=whens)
    assert s.said_at == "2031-03-03"
    (s,) = made("Lund said that fares will double on 1 May 2032.")
    assert s.said_at is None


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [("Ana Lund", "name"), ("the minister", "role"), ("he", "pronoun"), ("two Varn officials", "group"),
     ("its annual report", "document"),
     ("Health Ministry spokesman", "role"), ("The Head of Works", "role"), ("articles by some authors", "group"),
     ("a source in the ministry", "group"), ("the chairman, Ana Lund", "name"), ("", "none")],
)  # fmt: skip
def test_kinds_of_source(phrase, kind):
    assert source_kind(phrase) == kind
