"""What somebody does not believe or did not say is nobody's claim; a name behind a possessive is who speaks."""

import pytest
from builders import document, report

from onrecord.extract import extract
from onrecord.extract.modality import modality
from onrecord.records import Modality, Passage, Polarity, Sort


def told(text):
    reading = extract(report(text))
    return [(c.modality, c.polarity) for c in reading.claims]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Venn said she did not believe that the Tarn Dam would open in May 2037.",
        "Ada Venn does not think that the Tarn Dam will open in May 2037.",
        "“I do not believe that the Tarn Dam will open in May 2037,” Ada Venn said.",
        "Ada Venn never expected that the Tarn Dam would open in May 2037.",
    ],
)
def test_what_is_not_believed_is_doubted(text):
    assert told(text)
    assert set(told(text)) == {(Modality.DOUBTED, Polarity.NEGATIVE)}


@pytest.mark.parametrize("cue", ["did not say", "has not announced", "never said", "did not mention"])
def test_what_was_not_said_is_left_open(cue):
    found = told(f"Ada Venn {cue} that the Tarn Dam would open in May 2037.")
    assert found and set(found) == {(Modality.DOUBTED, Polarity.POSITIVE)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ada Venn believes that the Tarn Dam will open in May 2037.", Modality.PREDICTED),
        ("Ada Venn did not say whether the Tarn Dam would open in May 2037.", Modality.POSSIBLE),
        ("Ada Venn said that the Tarn Dam would not open in May 2037.", Modality.PLANNED),
    ],
)
def test_look_alikes_keep_their_modality(text, kind):
    assert {k for k, _ in told(text)} == {kind}


def test_a_belief_without_a_clause_is_none():
    text = "the board does not expect visitors"
    assert modality(document(text), Passage(0, len(text)))[0] is not Modality.DOUBTED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minister Edda Rusk left early. Her spokesman, Karl Berg, said the dam cost 2 billion euros.", "Karl Berg"),
        ("Minister Edda Rusk left early. Rusk's deputy, Ben Lund, said the dam cost 2 billion euros.", "Ben Lund"),
        ("Minister Edda Rusk left early. Her deputy Ben Lund said the dam cost 2 billion euros.", "Ben Lund"),
        ("Minister Edda Rusk left early. She said the dam cost 2 billion euros.", "Edda Rusk"),
    ],
)
def test_who_is_named_behind_whose_they_are_speaks(text, name):
    reading = extract(report(text))
    names = {r.id: r.name for r in reading.referents}
    assert [names[s.speaker] for s in reading.statements] == [name]


def test_what_people_say_is_no_document():
    (s,) = extract(report("The dam leaks, according to two people familiar with it.")).statements
    assert s.sort is Sort.SPEECH
