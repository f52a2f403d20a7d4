"""A word with a capital at the head of a sentence: a name where nothing says that it is a common noun."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import flow
from onrecord.extract.abouts import may_be_name
from onrecord.ledger import open as open_ledger
from onrecord.records import Kind, Referent
from onrecord.resolve import resolve

PROMISE = "Skarvia will launch its Tern-2 satellite by the end of April, Minister Ada Lomholt said on Tuesday."
PAPERS = {
    "a.txt": PROMISE + " The rocket will cost 30 million euros, she said.",
    "b.txt": PROMISE + " Residents said trucks had been coming since February.",
    "c.txt": "The ministry denied that Skarvia had agreed to sell the ferry. Skarvia has 14 ferries, it said.",
    "d.txt": "Skarvia will build 20 ferries, Petra Venn said.",
}


@pytest.fixture
def entities(tmp_path: Path):
    for name, text in PAPERS.items():
        (tmp_path / name).write_text(text, "utf-8")
    with open_ledger(":memory:") as book:
        flow.add(book, [str(tmp_path)], beat=None, recorded_at="2031-05-01T08:00:00Z", published="2031-04-02")
        yield book.view()


def test_an_invented_country_is_one_thing_in_all_reports(entities):
    (found,) = entities.meanings("Skarvia")
    assert found.name == "Skarvia" and len({r.report for r in entities.referents() if r.id in found.referents}) == 4
    assert not [e for e in entities.entities() if e.name == "skarvia"]
    promised = [d for d in entities.dues() if d.by == "2031-04"]
    assert len(promised) == 1 and len(promised[0].claims) == 2


@pytest.mark.parametrize(
    ("text", "word", "may_be"),
    [
        ("Skarvia will sell ferries.", "Skarvia", True),
        ("Fares will rise.", "Fares", False),
        ("Inflation fell to 3 percent.", "Inflation", False),
        ("Sludge fell. The sludge is grey.", "Sludge", False),
        ("Parliament will vote.", "Parliament", False),
        ("Oak will be planted. Oaks grow slowly; the oaks are old.", "Oak", False),
        ("SKUA will sail.", "SKUA", False),  # letters: names by their shape, elsewhere
    ],
)
def test_what_may_be_a_name(text, word, may_be):
    assert may_be_name(text, word) is may_be


def described(report: str, name: str, named: bool = False, kind: Kind = Kind.UNSURE) -> Referent:
    return Referent(id=f"f-{report}-{name}", report=report, kind=kind, name=name, named=named)


def sizes(*referents: Referent) -> list[int]:
    entities, _ = resolve(referents, (), beat=None)
    return sorted(len(e.referents) for e in entities)


def test_it_is_of_the_kind_that_others_call_it():
    town = described("r-1", "Skarvia", named=True, kind=Kind.PLACE)
    entities, judgements = resolve([town, described("r-2", "Skarvia")], (), beat=None)
    assert [(e.name, e.kind, len(e.referents)) for e in entities] == [("Skarvia", Kind.PLACE, 2)]
    assert [j.reason for j in judgements] == ["spelling: both are spelled “Skarvia”"]


def test_common_nouns_and_persons_stay_apart():
    assert sizes(described("r-1", "Sludge"), described("r-2", "Sludge")) == [2]
    assert sizes(described("r-1", "Sludge"), described("r-2", "sludge"), described("r-3", "Sludge")) == [1, 1, 1]
    assert sizes(described("r-1", "ferry"), described("r-2", "ferry")) == [1, 1]
    assert sizes(described("r-1", "Venn"), described("r-2", "Venn", named=True, kind=Kind.PERSON)) == [1, 1]
