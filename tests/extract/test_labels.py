"""Lines that begin with their speaker: headlines, transcripts, interviews, signed quotations."""

import pytest
from builders import document

from onrecord.extract.labels import is_transcript, labelled
from onrecord.extract.reader import SourceKind
from onrecord.extract.speech import GrammarReader

INTERVIEW = (
    "The Coast Courier spoke to harbour master Ada Venn about the bridge.\n"
    "Q: When does the bridge open?\nA: It opens in May, and nobody will stop it.\n"
    "It will stay open, too.\nQ: Who pays for it?\nA: The city pays, as it should."
)


def found(text):
    doc = document(text)
    return [([doc.words(p) for p in a.source], [doc.words(p) for p in a.content], a.source_kind)
            for a in GrammarReader().attributions(doc)]  # fmt: skip


def test_whoever_is_interviewed_answers():
    assert found(INTERVIEW) == [
        (["Ada Venn"], ["It opens in May, and nobody will stop it.", "It will stay open, too."], SourceKind.NAME),
        (["Ada Venn"], ["The city pays, as it should."], SourceKind.NAME),
    ]


def test_an_answer_without_a_name_has_no_source():
    sources = [(s, kind) for s, _, kind in found(INTERVIEW.partition("\n")[2])]
    assert sources == [([], SourceKind.UNSURE)] * 2


def test_an_outlet_is_not_the_interviewee():
    text = INTERVIEW.replace("The Coast Courier spoke to harbour master Ada Venn", "Ada Venn talked to the Varn Herald")
    assert {tuple(s) for s, _, _ in found(text)} == {("Ada Venn",)}


@pytest.mark.parametrize("text", ["A: the first letter of the alphabet\nB: the second one of them",
                                  "Vitamin A: a short history of it", "Photo: A tram in the depot"])  # fmt: skip
def test_lists_and_captions_have_no_speaker(text):
    assert labelled(document(text)) == {}


def test_a_transcript_has_many_labelled_lines():
    turns = "HOLT: We open the depot in June.\nORR: We doubt that very much.\n"
    doc = document(turns * 2)
    assert is_transcript(doc, labelled(doc))
    doc = document(turns + "It rained in Varn all day.\n" * 9)
    assert not is_transcript(doc, labelled(doc))


def test_a_name_in_a_headline_speaks_where_the_report_names_it_again():
    assert found("Holt: Trams will stop in June\nMira Holt spoke for an hour.")[0][0] == ["Holt"]
    assert found("Varn: trams will stop in June\nIt rained for an hour.") == []
