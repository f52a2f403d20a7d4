"""Who a source is, whatever stands around its name: offices, places, participles, groups."""

import pytest
from builders import report

from onrecord.extract import extract
from onrecord.extract.speech import GrammarReader


def said(text):
    """(speaker, anonymity, through whom) of each statement that the grammar reads in a text."""
    reading = extract(report(text), reader=GrammarReader())
    names = {r.id: r.name for r in reading.referents}
    return [(names.get(s.speaker), str(s.anonymity), [names[v] for v in s.via]) for s in reading.statements]


@pytest.mark.parametrize(
    ("text", "speaker", "anonymity"),
    [
        ("Norden Aerospace director Bruno Quell said the ferry would sail in April.", "Bruno Quell", "named"),
        ("Norden Aerospace chief engineer Lena Moss said the hull was dry.", "Lena Moss", "named"),
        (
            "The Aldran embassy in Port Varn said the lease was void.",
            "Aldran embassy in Port Varn",
            "named",
        ),
        ("A spokesman for the Ministry of Ferries in Port Varn said it rained.", "Ministry of Ferries", "named"),
        (
            "A third person briefed on the talks said no lease had been signed.",
            "third person briefed on the talks",
            "unnamed",
        ),
        ("People involved in the sale said it was off.", "People involved in the sale", "unnamed"),
        ("One of the officials said the talks had stalled.", "One of the officials", "unnamed"),
        ("Two of Orr's ministers said the talks had stalled.", "Two of Orr's ministers", "unnamed"),
        (
            "Imagery reviewed by The Coast Courier shows that two piers stand there.",
            "Imagery reviewed by The Coast Courier",
            "role",
        ),
    ],
)
def test_the_speaker_is_the_head_of_the_source(text, speaker, anonymity):
    ((who, how, _),) = said(text)
    assert (who, how) == (speaker, anonymity)


def test_a_verb_of_saying_is_no_participle_of_the_next_subject():
    assert [who for who, _, _ in said("Orr said on Monday the bank reported a loss.")] == ["Orr"]


@pytest.mark.parametrize(
    ("text", "speaker", "anonymity"),
    [
        ("The ferry is late, VTV reported, citing the Ministry of Ferries.", "Ministry of Ferries", "named"),
        ("VTV reported, citing the Ministry of Ferries, that the ferry is late.", "Ministry of Ferries", "named"),
        ("VTV reported on Monday that the ferry is late, citing two officials.", "two officials", "unnamed"),
        ('"The ferry is late," VTV said, citing Ada Venn, the minister.', "Ada Venn", "named"),
        ("The ferry is late, VTV wrote, citing a report by the Ministry of Ferries.", "Ministry of Ferries", "named"),
        ("The ferry is late, VTV said, citing the minister.", "minister", "role"),
    ],
)
def test_whom_an_outlet_cites_is_the_speaker_through_it(text, speaker, anonymity):
    assert said(text) == [(speaker, anonymity, ["VTV"])]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry is late, VTV said, citing bad weather.",
        "The ferry is late, VTV said, citing Ada Venn's appeal.",
        '"The ferry is late," Orr said, citing the Ministry of Ferries.',
    ],
)
def test_a_reason_and_a_person_who_cites_change_no_speaker(text):
    assert said(text)[0][0] in ("VTV", "Orr") and said(text)[0][2] == []
