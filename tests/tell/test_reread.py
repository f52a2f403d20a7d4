"""Reading everything again says how many readings were replaced, and whose; an unknown reader is called so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import flow
from onrecord.cli import cli
from onrecord.ledger import open as open_ledger
from onrecord.tell.rows_kept import UNKNOWN

AT = "2031-05-01T08:00:00Z"
TEXTS = {
    "one.txt": "The weir is 40 metres high, Petra Lomholt said on 2 April 2031.",
    "two.txt": "The ferry carries 38 cars, Karl Ostvik said on 3 April 2031.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    with open_ledger(tmp_path / "l.db") as book:
        flow.add(book, [str(tmp_path / n) for n in TEXTS], beat=None, recorded_at=AT)
    return tmp_path / "l.db"


def run(path: Path, *words: str) -> str:
    done = CliRunner().invoke(cli, [*words, "-l", str(path)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def forget(path: Path) -> None:
    """As a ledger was before schema 5."""
    with open_ledger(path) as book, book.transaction() as db:
        db.execute("DELETE FROM asked")


def test_nothing_is_replaced_where_all_is_read_as_before(path):
    told = run(path, "rebuild", "--reread")
    assert "2 reports read again by grammar: 0 readings replaced, 2 as before" in told and "(unchanged)" in told


def test_how_many_readings_were_replaced_and_whose(path):
    told = run(path, "rebuild", "--reread", "--reader", "fast")
    assert "2 reports read again by fast: 2 readings replaced (read before by: grammar 2; kept, behind" in told
    row = json.loads(run(path, "rebuild", "--reread", "--json"))["reread"]
    assert row == {"reader": "grammar", "reports": 2, "new": 0, "same": 0, "replaced": {"fast": 2}}


def test_a_reader_that_was_not_noted_is_said_to_be_unknown(path):
    assert "read by: grammar 2" in run(path, "status")
    claim = json.loads(run(path, "claims", "--json", "--report", "one.txt").partition(" {")[0])["id"]
    assert "by grammar, reading v-" in run(path, "why", claim)
    forget(path)
    assert f"read by: {UNKNOWN} 2" in run(path, "status")
    assert f"by {UNKNOWN}, reading v-" in run(path, "why", claim)
    assert f"2 readings replaced (read before by: {UNKNOWN} 2;" in run(path, "rebuild", "--reread", "--reader", "fast")


def test_an_add_that_puts_such_readings_behind_says_so_without_a_way_back(path):
    forget(path)
    done = CliRunner().invoke(cli, ["add", str(path), str(path.parent / "one.txt"), "--reader", "fast"])
    told = " ".join(done.stdout.split())
    assert f"1 reading by {UNKNOWN} no longer in front; kept" in told and "brings" not in told
