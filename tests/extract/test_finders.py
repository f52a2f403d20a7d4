"""Names by spaCy and GLiNER as readers: clear errors where they are absent, spans and kinds where they are there."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
from builders import report

from onrecord.errors import NotFound, OnRecordError, WrongCall
from onrecord.extract import extract, finders
from onrecord.extract.document import Document
from onrecord.extract.finders import by_gliner, by_spacy
from onrecord.extract.readers import reader
from onrecord.extract.speech import GrammarReader
from onrecord.records import Kind

TEXT = """Pier to open

The pier opens in May, deputy mayor Ida Brandt said.

quarrystone works denied it, Ida Brandt said."""
needs_spacy = pytest.mark.skipif(find_spec("spacy") is None, reason="the package spacy is not installed here")


class Listed:
    """An object with GLiNER's interface that knows some words by heart."""

    def __init__(self, known: dict[str, str], *wild: dict[str, object]) -> None:
        self.known, self.wild, self.seen = known, wild, []

    def predict_entities(self, text: str, labels: list[str], threshold: float = 0.5) -> list[dict[str, object]]:
        self.seen.append(text)
        assert labels and 0 < threshold < 1
        found = [
            {"start": text.index(w), "end": text.index(w) + len(w), "text": w, "label": label, "score": 0.91}
            for w, label in self.known.items() if w in text
        ]  # fmt: skip
        return [*found, *self.wild]


def test_gliner_names_have_place_kind_and_score():
    model = Listed({"Ida Brandt": "person", "quarrystone works": "organization", "May": "date"})
    by = by_gliner(model, weights="w")
    names = by.names(Document(report(TEXT)))
    found = [(TEXT[n.passage.start : n.passage.end], n.kind, n.because.rule, n.because.score) for n in names]
    person = ("Ida Brandt", Kind.PERSON, "gliner.name", 0.91)
    assert found == [person, ("quarrystone works", Kind.ORGANISATION, "gliner.name", 0.91), person]
    assert "\n" not in "".join(model.seen)  # paragraph by paragraph
    assert by.attributions(Document(report(TEXT))) == GrammarReader().attributions(Document(report(TEXT)))


def test_a_name_that_only_the_model_knows_comes_into_the_reading():
    plain = extract(report(TEXT))
    made = extract(report(TEXT), reader=by_gliner(Listed({"quarrystone works": "organization"}), weights="w"))
    assert "quarrystone works" not in {m.text for m in plain.mentions}
    assert "quarrystone works" in {m.text for m in made.mentions} and not made.problems


def test_wild_answers_of_a_model_are_passed_over():
    wild = [{"start": s, "end": e, "label": "person", "score": 1.0} for s, e in ((-1, 3), (5, 5), (2, 9000), (9, 4))]
    assert by_gliner(Listed({}, *wild), weights="w").names(Document(report(TEXT))) == ()


def test_other_weights_are_another_version():
    versions = [by_gliner(Listed({}), weights=w).version for w in ("a", "b", "b")]
    assert versions[0] != versions[1] == versions[2] != GrammarReader().version


def test_gliner_reads_a_folder_on_this_machine_and_fetches_nothing(tmp_path: Path, monkeypatch):
    asked: list[tuple[str, bool]] = []

    class GLiNER:
        @staticmethod
        def from_pretrained(path: str, *, local_files_only: bool) -> Listed:
            asked.append((path, local_files_only))
            return Listed({"Ida Brandt": "person"})

    package = ModuleType("gliner")
    package.GLiNER = GLiNER  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "gliner", package)
    monkeypatch.setattr(finders, "find_spec", lambda name: object())
    with pytest.raises(NotFound, match="no folder"):
        reader("gliner:somebody/some-model")
    (tmp_path / "config.json").write_text("{}")
    first = reader(f"gliner:{tmp_path}")
    assert asked == [(str(tmp_path), True)] and len(first.names(Document(report(TEXT)))) == 2
    (tmp_path / "config.json").write_text('{"more": 1}')
    assert reader(f"gliner:{tmp_path}").version != first.version


@pytest.mark.parametrize("name", ["spacy", "gliner"])
def test_an_absent_package_is_one_clear_line(name, monkeypatch):
    monkeypatch.setattr(finders, "find_spec", lambda name: None)
    with pytest.raises(OnRecordError, match=f"needs the package {name}") as told:
        reader(f"{name}:anything")
    assert told.value.hint == f"pip install {name}"
    with pytest.raises(WrongCall, match=f"no reader is called '{name}'"):
        reader(name)  # without a name of weights


@needs_spacy
@pytest.mark.filterwarnings("ignore")
def test_a_spacy_pipeline_finds_names(tmp_path: Path):
    import spacy

    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "quarrystone works"}, {"label": "DATE", "pattern": "May"}])  # type: ignore[attr-defined]
    names = by_spacy(pipeline).names(Document(report(TEXT)))
    assert [(TEXT[n.passage.start : n.passage.end], n.kind) for n in names] == [
        ("quarrystone works", Kind.ORGANISATION)
    ]
    pipeline.to_disk(tmp_path / "small")
    first = reader(f"spacy:{tmp_path / 'small'}").version
    ruler.add_patterns([{"label": "ORG", "pattern": "another"}])  # type: ignore[attr-defined]
    pipeline.to_disk(tmp_path / "small")
    assert reader(f"spacy:{tmp_path / 'small'}").version != first
    made = extract(report(TEXT), reader=reader(f"spacy:{tmp_path / 'small'}"))
    assert "quarrystone works" in {m.text for m in made.mentions} and not made.problems
    with pytest.raises(NotFound, match="no pipeline"):
        reader("spacy:no_such_pipeline")
