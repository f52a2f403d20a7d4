"""What a clause says, and that it was said, are two claims: screens tell them once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import flow
from onrecord.cli import cli
from onrecord.ledger import open as open_ledger

TEXT = "The weir will be raised by 4 metres by the end of 2032, Petra Lomholt said. The weir is a wonder, she said."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with open_ledger(tmp_path / "l.db") as book:
        flow.add(book, [str(tmp_path / "a.txt")], beat=None, recorded_at="2031-05-01T08:00:00Z", published="2031-04-02")
        made = {c.property for c in book.view().claims()}
    assert "says" in made and len(made) > 1  # two claims of the one clause are on record
    return tmp_path / "l.db"


@pytest.mark.parametrize("command", [("brief", "--week", "2031-W14"), ("due",), ("dossier", "weir")])
def test_a_clause_is_told_once(path, command):
    told = " ".join(CliRunner().invoke(cli, [*command, "-l", str(path)], catch_exceptions=False).stdout.split())
    promised = told.partition("promised")[2].partition(" · ")[2] or told
    assert promised.count("raised by 4 metres") == (2 if command[0] == "dossier" else 1), told  # promise, position
    assert command[0] == "due" or "is a wonder" in told
