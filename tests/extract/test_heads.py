"""The noun phrase that a clause is about, marked `[…]`, and clauses that have none before their verb."""

import pytest
from builders import report

from onrecord.extract.document import Document
from onrecord.extract.heads import about
from onrecord.extract.numbers import quantities
from onrecord.extract.when import dates
from onrecord.records import Passage

CASES = [
    "[the lock gate] was not ready",
    "[Side tracks] were closed",
    "[its barges] are too heavy for the lift at Varn",
    "[the clause] “was never signed",
    "[The lock], planned since 2027, was to have cost 3 million crowns",
    "[The weir], built by the firm Orr at a cost of 3 million crowns, is full",
    "There is [no reason] to drain the lock",
    "while the crew waits, [the harbour office] said nothing",
    "it was unlikely that [the barge] would reach Varn before 2032",
    "in May [the pier and the lighthouse] were sold",
    "[Delegates from Varn, Lusk and Arvik] voted for the treaty",
    "For the moment, [69 barges] are in service",
    "whether [the office] would comply",
    "[The crew] intends to strike on Friday",
    "[more than half of the barges] were empty",
    "[The second barge], which sank in May, was insured",
]


@pytest.mark.parametrize("marked", CASES)
def test_a_clause_is_about_its_own_noun_phrase(marked):
    text = marked.replace("[", "").replace("]", "")
    doc = Document(report(text))
    found = about(doc, Passage(0, len(text)), quantities(doc), dates(doc))
    assert found is not None and not found.pronoun
    assert text[slice(*found.whole)] == marked[marked.index("[") + 1 : marked.index("]")]


@pytest.mark.parametrize("text", ["did not meet the limit", "What they want is peace", "closing the lock for a day"])
def test_a_clause_that_begins_with_its_verb_is_about_nothing_of_its_own(text):
    assert about(Document(report(text)), Passage(0, len(text))) is None


@pytest.mark.parametrize("text", ["ordered the yard to present a plan", "called a 48-hour strike"])
def test_what_a_cue_takes_is_no_clause(text):
    doc = Document(report(text))
    assert about(doc, Passage(0, len(text)), quantities(doc), dates(doc), text.index(" ")) is None


def test_a_relative_word_stands_for_the_noun_phrase_before_it():
    text = "Ada Lund praised the lock gate, which leaked in May. The mayor called a 48-hour strike, which is over."
    doc = Document(report(text))
    for words, meant in (("which leaked in May", "the lock gate"), ("which is over", "a 48-hour strike")):
        at = text.index(words)
        found = about(doc, Passage(at, at + len(words)))
        assert found is not None and text[slice(*found.whole)] == meant


def test_a_long_line_of_nouns_takes_no_time():
    text = "the lock gate, " * 8000
    assert about(Document(report(text)), Passage(0, 1500)) is None
