"""Offices by date; the queue by claims moved; Wikidata ids from a local file."""

import json
from pathlib import Path

import pytest

from onrecord.beat import Beat, parse
from onrecord.errors import OnRecordError
from onrecord.records import Because, Claim, Entity, Judgement, Kind, Passage, TextValue, Verdict
from onrecord.resolve import queue
from onrecord.resolve.offices import holder
from onrecord.resolve.wikidata import identified, items


@pytest.fixture
def beat() -> Beat:
    rows = [("a", "Ann Aas", "2020-03", "2024-06"), ("b", "Bo Berg", "2024-07", None), ("c", "Cy Carr", "2023", None)]
    text = '[beat]\nname = "x"\ntitle = "X"\n'
    for key, name, since, until in rows:
        title = "Deputy" if key == "c" else "Defence Minister"
        end = f'until = "{until}"\n' if until else ""
        text += f'[[entity]]\nkey = "{key}"\nkind = "person"\nname = "{name}"\n[[entity.offices]]\n'
        text += f'title = "{title}"\nnames = ["the Minister"]\nof = "{key}-land"\nsince = "{since}"\n{end}'
    return parse(text)


@pytest.mark.parametrize(
    "words, on, person",
    [
        ("the Defense Minister", "2022-01-05", "a"), ("Defence minister", "2030", "b"), ("the Minister", "2021", "a"),
        ("the Minister", "2030", None), ("Defence Minister", "2019", None), ("Defence Minister", None, None),
        ("Defence Minister", "2024", None), ("the baker", "2022", None), ("Deputy", "2023-05", "c"),
    ],
)  # fmt: skip
def test_who_held_an_office(beat: Beat, words: str, on: str | None, person: str | None) -> None:
    found = holder(beat, words, on)
    assert (found and found.person.key) == person
    if found and on:
        assert found.person.name in found.reason(on) and "no source given" in found.reason(on)


def test_the_body_chooses_between_two_of_one_title(beat: Beat) -> None:
    found = holder(beat, "the Minister", "2030", of="c-land")
    assert found is not None and found.person.key == "c"


def entity(name: str, *referents: str) -> Entity:
    return Entity(id=f"e-{name}", kind=Kind.PERSON, name=name, names=(name,), key=None, referents=referents)


def claim(subject: str, n: int) -> Claim:
    return Claim(id=f"c-{subject}-{n}", report="r-1", statement=None, evidence=(Passage(0, 1),), subject=subject,
                 subject_passage=None, property="says", value=TextValue(text="x"), value_passage=None,
                 because=Because(rule="test"))  # fmt: skip


def unsure(a: str, b: str, score: float = 0.5, verdict: Verdict = Verdict.UNSURE) -> Judgement:
    return Judgement(left=a, right=b, verdict=verdict, by="rule", reason="test: both", score=score)


def test_the_queue_asks_first_what_moves_most() -> None:
    entities = [entity("A", "f-1"), entity("B", "f-2", "f-3"), entity("C", "f-4")]
    claims = [claim(s, n) for s, many in (("f-1", 1), ("f-2", 2), ("f-3", 2), ("f-4", 3)) for n in range(many)]
    judgements = [unsure("f-1", "f-2"), unsure("f-3", "f-4"), unsure("f-2", "f-4", 0.7), unsure("f-2", "f-3"),
                  unsure("f-1", "f-4", verdict=Verdict.NOT_SAME), unsure("f-1", "f-9")]  # fmt: skip
    asked = queue(judgements, entities, claims)
    assert [(q.names, q.claims, q.judgement.score) for q in asked] == [(("B", "C"), 3, 0.7), (("A", "B"), 1, 0.5)]
    assert queue(reversed(judgements), entities, reversed(claims)) == asked


def test_wikidata_ids_where_one_item_fits(tmp_path: Path) -> None:
    rows = [
        {"id": "Q1", "labels": {"en": "Oda Vinter", "ru": "Ода Винтер"}, "kind": "person"},
        {"id": "Q2", "labels": ["Per Lund"]}, {"id": "Q3", "aliases": {"en": ["Per Lund", "P. Lund"]}},
        {"id": "Q4", "labels": ["Oda Vinter"], "kind": "organisation"},
    ]  # fmt: skip
    path = tmp_path / "extract.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in rows) + "\n\n", "utf-8")
    found = identified([entity("oda vinter"), entity("Per Lund"), entity("Nobody")], items(path))
    assert [(i.entity, i.wikidata, i.names) for i in found] == [("e-oda vinter", "Q1", ("Oda Vinter",))]


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"labels": ["x"]}', '{"id": "Q1", "labels": 3}', '{"id": "Q1", "kind": "x"}']
)
def test_a_broken_extract_names_the_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "extract.jsonl"
    path.write_text('{"id": "Q1", "labels": ["x"]}\n' + line, "utf-8")
    with pytest.raises(OnRecordError, match=r"extract\.jsonl:2"):
        list(items(path))
