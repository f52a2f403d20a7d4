"""What was talked of last is the same whether each clause is asked at once or when a later one asks. Invented texts."""

import pytest
from test_claims_subjects import BEAT
from test_names import report

from onrecord.extract import extract
from onrecord.extract.last_subject import LastSubject

TEXTS = (
    "The ferry Vega 3 is old. It leaks. Ada Lund said it would be sold. It was ordered in Varn.",
    "The Prime Minister was ill. The port, which the ex-minister opened, stood empty. They ordered two cranes.",
    "Norland waits. The Norlandic prime minister was in Varn and the crew slept. He approved the sale of its fleet.",
    "Per Holm came late. There was no reason. Its captain, who never spoke, left. Lund said: “It is over. It leaks.”",
    "The pier was closed. Holm said that they were wrong and that it would cost 4 million. It ordered a survey.",
)


@pytest.mark.parametrize("beat", [None, BEAT])
@pytest.mark.parametrize("text", TEXTS)
def test_asking_later_answers_the_same(text, beat, monkeypatch):
    later = extract(report(text), beat=beat)
    monkeypatch.setattr(LastSubject, "went_by", LastSubject._ask)
    assert extract(report(text), beat=beat) == later


def test_clauses_that_nothing_asks_of_are_not_read(monkeypatch):
    asked = []
    ask = LastSubject._ask
    monkeypatch.setattr(LastSubject, "_ask", lambda self, clause: asked.append(clause) or ask(self, clause))
    extract(report("The harbour was closed in the night. The crews slept in the old shed. The boats lay at the quay."))
    assert not asked
    reading = extract(report("The harbour lay still. Norland was closed in the night. Berg Ltd said it was shut."))
    assert not reading.problems


def test_what_it_stands_for_is_asked_of_the_clause_before():
    reading = extract(report("Vega 3 lay idle. It ordered two cranes in May."), beat=BEAT)
    names = {r.id: r.name for r in reading.referents}
    assert [names[c.subject] for c in reading.claims if c.property == "ordered"] == ["Vega 3"]
