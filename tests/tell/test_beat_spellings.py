"""Every command takes the spellings that the beat lists, whether or not a report writes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import flow
from onrecord.beat import parse
from onrecord.cli import cli
from onrecord.errors import NotFound, WrongCall
from onrecord.ledger import open as open_ledger

BEAT = parse("""
[beat]
name = "ferry"
title = "A ferry"

[[entity]]
key = "skua"
kind = "system"
name = "Skua-2"
names = ["Skua II"]
phrases = ["the ferry"]
source = "invented"

[[entity]]
key = "harbours"
kind = "organisation"
name = "Board of Harbours"
names = ["Harbours Board"]
source = "invented"

[[entity]]
key = "lind"
kind = "person"
name = "Maud Lind"
offices = [{ title = "Harbours Chief", names = ["the harbour master"], of = "harbours", source = "invented" }]
source = "invented"

[[entity]]
key = "tern"
kind = "system"
name = "Skua-3"
source = "invented"

[[property]]
name = "cost"
means = "what it costs"
value = "money"
cues = ['will cost']
single = true
""")
TEXT = "Skua-2 will cost 14 million euros, Maud Lind of the Board of Harbours said. The Skua-2 is late."
CALLED = {
    "Skua II": "Skua-2", "the ferry": "Skua-2", "ferry": "Skua-2", "HARBOURS BOARD": "Board of Harbours",
    "the Harbours Board": "Board of Harbours", "Harbours Chief": "Maud Lind", "the harbour master": "Maud Lind",
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with open_ledger(tmp_path / "l.db") as book:
        flow.add(book, ["a.txt"], beat=BEAT, recorded_at="2031-05-01T08:00:00Z", published="2031-04-02")
    return tmp_path / "l.db"


def run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--ledger", str(path)])


@pytest.mark.parametrize("typed", CALLED)
def test_dossier_and_timeline_take_what_the_beat_lists(path, typed):
    told = run(path, "dossier", typed)
    assert told.exit_code == 0 and told.stdout.startswith(CALLED[typed] + " ")
    assert run(path, "timeline", typed, "-o", "t.svg").exit_code == 0


def test_filters_take_what_the_beat_lists(path):
    for subject in ("Skua II", "the ferry"):
        assert "14 million" in run(path, "claims", "--subject", subject).stdout
    for speaker in ("Harbours Chief", "the harbour master"):
        assert "14 million" in run(path, "claims", "--speaker", speaker).stdout


def test_judgements_take_what_the_beat_lists(path):
    done = run(path, "judge", "the ferry", "not the same", "Harbours Board", "--because", "x")
    assert done.exit_code == 0 and "skua and harbours" in done.stdout


def test_what_neither_lists_is_refused_with_the_nearest(path):
    done = run(path, "dossier", "Skua IV")
    assert isinstance(done.exception, NotFound) and "Skua-2" in str(done.exception.hint)
    done = run(path, "claims", "--subject", "Skua IV")
    assert isinstance(done.exception, WrongCall) and "Skua-2" in str(done.exception.hint)


def test_what_only_the_beat_lists_is_answered_with_its_neighbours(path):
    assert "no claims: 1 reports looked at; nearest: Skua-2" in run(path, "claims", "--subject", "Skua-3").stdout
