"""A trained reader's names in place of those by shape."""

from builders import document

from onrecord.extract import names
from onrecord.extract.gazetteer import gazetteer
from onrecord.extract.reader import NameSpan
from onrecord.records import Because, Kind, Passage

TEXT = (
    "Defence minister Oda Brekke visited Halden Works on Tuesday. Grand Opening banners hung over the Kite-2 drone.\n\n"
    "She met union leader Tam Oyo in Ellenby."
)


def proposed(words, kind, score=0.9):
    start = TEXT.index(words)
    return NameSpan(
        passage=Passage(start, start + len(words)), kind=kind, because=Because(rule="encoder.name", score=score)
    )


def found(spans, complete=True):
    doc, known = document(TEXT), gazetteer(None)
    return {n.text: n for n in names.find(doc, known, names.sentences(doc, known), spans, complete)}


SPANS = [
    proposed("Oda Brekke", Kind.PERSON),
    proposed("Halden Works", Kind.ORGANISATION),
    proposed("Kite-2", Kind.UNSURE),
    proposed("Tam Oyo", Kind.PERSON),
    proposed("Ellenby", Kind.PLACE),
]


def test_its_names_stand_and_keep_what_the_rules_know_of_them():
    made = found(SPANS)
    assert made["Oda Brekke"].kind is Kind.PERSON and made["Oda Brekke"].rule == "encoder.name"
    assert made["Oda Brekke"].roles == found([], complete=False)["Oda Brekke"].roles != ()
    assert made["Ellenby"].kind is Kind.PLACE and made["Halden Works"].kind is Kind.ORGANISATION


def test_names_by_shape_that_it_does_not_share_fall_but_designations_stay():
    made = found(SPANS)
    assert not any("Opening" in text for text in made)
    assert any(n.kind is Kind.SYSTEM and "Kite-2" in text for text, n in made.items())


def test_an_unsure_name_is_left_out():
    assert "Tam Oyo" not in found([proposed("Tam Oyo", Kind.PERSON, score=0.3)])


def test_without_complete_they_only_add():
    assert set(found([], complete=False)) <= set(found([proposed("banners", Kind.PLACE)], complete=False))
