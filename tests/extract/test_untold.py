"""Statements that tell nothing of what their source holds, and look-alikes that do."""

import msgspec
import pytest
from builders import document, report

from onrecord.extract import extract
from onrecord.extract.reader import Attribution, SourceKind
from onrecord.extract.speech import GrammarReader
from onrecord.extract.untold import silent
from onrecord.records import Because, Passage, Sort


class Given:
    """A reader of marked attributions: what other readers may propose."""

    name, version = "given", "1"

    def __init__(self, *found):
        self.found = found

    def attributions(self, doc):
        out = []
        for source, cue, content, outer in self.found:
            at = lambda words: (Passage(doc.text.index(words), doc.text.index(words) + len(words)),)
            out.append(Attribution(
                source=at(source), cue=at(cue), content=at(content), sort=Sort.SPEECH, source_kind=SourceKind.NAME,
                nested_in=outer, because=Because(rule="given", score=0.9),
            ))  # fmt: skip
        return tuple(out)

    def names(self, doc):
        return ()


def cues(text, reader=None):
    return [
        text[s.cue[0].start : s.cue[0].end] for s in extract(report(text), reader=reader or GrammarReader()).statements
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Aldran embassy in Port Varn declined to comment.",
        "The ministry refused to comment on the sale of 12 ferries.",
        "Orr declined to elaborate.",
        "Asked whether the ferry weighs 545 tonnes, Orr declined to comment.",
        "Asked about the delay, Orr did not elaborate.",
        "Orr did not answer questions about the cost.",
        "Nobody at the yard said the ship was late.",
        "No official has said that the ferry will sail.",
        "None of the ministers believes that the ferry will sail.",
    ],
)
def test_nothing_is_told(text):
    assert cues(text) == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Orr declined to say what the delay would cost.", "declined to say"),
        ("Orr declined to comment on whether the ferry weighs 545 tonnes.", "declined to comment on"),
        ("Orr would not comment on whether the ferry weighs 545 tonnes.", "would not comment on"),
        ("Orr declined to sell the ferry.", "declined"),
        ("None other than Orr said the ferry would sail.", "said"),
        ("The paper No Borders said the ferry would sail.", "said"),
    ],
)
def test_something_is_told(text, cue):
    assert cues(text) == [cue]


@pytest.mark.parametrize("how", ["declined to say whether", "refused to say if", "declined to comment on whether"])
def test_what_is_asked_and_not_answered_is_left_open_and_not_denied(how):
    claims = extract(report(f"Orr {how} the ferry weighs 545 tonnes."), reader=GrammarReader()).claims
    assert {(c.modality, c.polarity) for c in claims} == {("doubted", "positive")}


def test_who_is_quoted_says_what_the_quoted_i_thinks():
    text = '"I expect a launch in May," said Ana Orr.'
    read = Given(("Ana Orr", "said", "I expect a launch in May,", None), ("I", "expect", "a launch in May", 0))
    assert cues(text, read) == ["said"]


def test_an_i_that_nobody_quotes_is_not_the_name_of_a_speaker():
    text = "I expect a launch in May."
    (s,) = extract(report(text), reader=Given(("I", "expect", "a launch in May", None))).statements
    assert s.speaker is None


def test_what_nobody_holds_is_only_what_is_quoted():
    text = '"Nobody at the yard believes in April," said Ana Orr.'
    read = Given(
        ("Ana Orr", "said", "Nobody at the yard believes in April,", None),
        ("Nobody at the yard", "believes", "in April", 0),
    )
    assert cues(text, read) == ["said"]


def test_an_agreement_is_told_by_whoever_tells_of_it():
    text = "Norden Yards has agreed to sell the ferry, two officials said."
    read = Given(
        ("Norden Yards", "has agreed", "to sell the ferry", 1),
        ("two officials", "said", "Norden Yards has agreed to sell the ferry", None),
    )
    assert cues(text, read) == ["said"]
    assert cues("Norden Yards agreed to sell the ferry.", Given(("Norden Yards", "agreed", "to sell the ferry", None)))


def test_as_somebody_claimed_belongs_to_what_stands_before():
    text = "The ferry will not cost 9 million crowns, as Berg claimed, but 3 million crowns, Orr said."
    whole = "The ferry will not cost 9 million crowns, as Berg claimed, but 3 million crowns"
    read = Given(("Orr", "said", whole, None), ("Berg", "claimed", "but 3 million crowns", 0))
    assert cues(text, read) == ["said"]


def test_a_cue_with_a_quotation_is_no_silence():
    text = 'Orr declined to answer. "Ask the yard," Orr said.'
    last = extract(report(text), reader=GrammarReader()).statements[-1]
    assert not silent(document(text), None, last)
    assert silent(document(text), None, msgspec.structs.replace(last, directness="indirect", cue=(Passage(4, 12),)))
