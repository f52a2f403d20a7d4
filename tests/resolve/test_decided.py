"""Judgements through the ledger: decided, derived, undone, superseded, exported and read back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import flow
from onrecord.cli import cli
from onrecord.ledger import Ledger, digest
from onrecord.ledger import open as open_ledger
from onrecord.ledger.export import export
from onrecord.ledger.restore import import_
from onrecord.records import Decision, Entity, Kind


@pytest.fixture
def path(railway_db: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(railway_db, tmp_path / "r.db"))


def two_of(book: Ledger) -> tuple[Entity, Entity]:
    """Two entities of one kind that no beat key holds apart."""
    free = [e for e in book.view().entities() if e.key is None and e.kind == Kind.PERSON and len(e.name.split()) > 1]
    return free[0], free[1]


def decide(book: Ledger, act: str, target: tuple[str, ...], value: str, at: int) -> Decision:
    made = Decision(
        id=f"dec-{at}", act=act, target=target, value=value, reason="seen", by="ana", at=f"2031-06-{at:02d}T00:00:00Z"
    )
    book.decide(made)
    flow.derive(book)
    return made


def sets(book: Ledger) -> set[frozenset[str]]:
    return {frozenset(e.referents) for e in book.view().entities()}


def test_a_judgement_joins_undo_restores_and_an_undo_can_be_undone(path: Path) -> None:
    with open_ledger(path) as book:
        a, b = two_of(book)
        before = sets(book)
        same = decide(book, "judge", (a.name, b.name), "same", 1)
        joined = sets(book)
        assert frozenset({*a.referents, *b.referents}) in joined and len(joined) == len(before) - 1
        back = decide(book, "undo", (same.id,), same.id, 2)
        assert sets(book) == before
        decide(book, "undo", (back.id,), back.id, 3)
        assert sets(book) == joined
        assert len(book.view().decisions()) == 3  # nothing is deleted


def test_a_later_judgement_supersedes_and_claims_follow(path: Path) -> None:
    with open_ledger(path) as book:
        a, b = two_of(book)
        before, claims = sets(book), book.view().claims()
        decide(book, "judge", (a.name, b.name), "same", 1)
        assert book.view().entity_of(a.referents[0]) == book.view().entity_of(b.referents[0])
        decide(book, "judge", (b.name, a.name), "not the same", 2)
        assert sets(book) == before and book.view().claims() == claims
        assert any(j.by == "ana" and j.verdict == "not the same" for j in book.view().judgements())


def test_decisions_travel_with_an_export(path: Path, tmp_path: Path) -> None:
    with open_ledger(path) as book, open_ledger(tmp_path / "other.db") as other:
        a, b = two_of(book)
        decide(book, "judge", (a.name, b.name), "same", 1)
        with book.view() as view:
            export(view, tmp_path / "out")
        import_(tmp_path / "out", other)
        assert other.view().decisions() == book.view().decisions() and digest(other) == digest(book)
        flow.derive(other)
        assert sets(other) == sets(book)


def run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--ledger", str(path)], catch_exceptions=False)


def shown(path: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(x) for x in run(path, "entities", name, "--json").stdout.splitlines()]


def test_judge_takes_referents_and_undo_and_entities_say_who_judged(path: Path) -> None:
    with open_ledger(path) as book:
        a, b = two_of(book)
    words = ("--because", "one byline", "--by", "ana")
    done = run(path, "judge", a.referents[0], "same", b.referents[0], *words)
    assert done.exit_code == 0, done.output
    (row,) = shown(path, a.name)
    (judged,) = row["judged"]
    assert (judged["by"], judged["because"], judged["verdict"]) == ("ana", "one byline", "same") and judged["at"]
    assert set(judged["on"]) == {a.referents[0], b.referents[0]}
    assert "one byline" in run(path, "entities", a.name).stdout
    undone = run(path, "judge", "--undo", judged["id"], *words)
    assert undone.exit_code == 0, undone.output
    assert [r["judged"] for r in shown(path, a.name)] == [[]]
    with open_ledger(path) as book:
        assert set(a.referents) in [set(e.referents) for e in book.view().entities()]


def test_judge_says_what_is_missing(path: Path) -> None:
    assert run(path, "judge", "--because", "x").exit_code == 2
    assert run(path, "judge", "A", "same", "--because", "x").exit_code == 2
    assert run(path, "judge", "A", "same", "B", "--undo", "dec-1", "--because", "x").exit_code == 2
    nothing = CliRunner().invoke(cli, ["judge", "--undo", "dec-1", "--because", "x", "--ledger", str(path)])
    assert nothing.exit_code != 0
