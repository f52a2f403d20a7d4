"""Paragraphs, sentences and quotations of a report, with furniture left out."""

from builders import document

from onrecord.records import Passage


def test_furniture_is_no_paragraph():
    doc = document("Menu\n\nTrams run. They are red.\n", furniture=(Passage(0, 4),))
    assert [doc.words(p) for p in doc.paragraphs] == ["Trams run. They are red."]
    assert [doc.words(s) for s in doc.sentences] == ["Trams run.", "They are red."]


def test_the_sentence_at_an_offset():
    doc = document("One. Two.\nThree.")
    assert doc.words(doc.sentence_at(6)) == "Two." and doc.sentence_at(4) is None and doc.sentence_at(99) is None


def test_sentences_and_quotations_inside_a_passage():
    doc = document('A "b" c. D "e" f.\nG.')
    assert [doc.words(s) for s in doc.sentences_in(Passage(3, 12))] == ['A "b" c.', 'D "e" f.']
    assert [doc.words(q.inner) for q in doc.quotations_in(Passage(5, 18))] == ["e"]


def test_an_empty_report_has_nothing():
    doc = document("")
    assert doc.paragraphs == doc.sentences == doc.quotations == ()
