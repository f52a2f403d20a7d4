"""A word that may mean several things: every screen tells them apart, and no command takes one of them silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import flow
from onrecord.cli import cli
from onrecord.errors import WrongCall
from onrecord.ledger import open as open_ledger
from onrecord.records import Decision
from onrecord.resolve.judgements import standing

PAPERS = {
    "echo.txt": "The weir will cost 14 million euros, Petra Lomholt said. Ada Grenn lives in Ulver.",
    "mail.txt": "The weir is 40 metres high, Petra Lomholt said. The bridge will open in June 2031, Ada Grenn said.",
    "post.txt": "The weir is 31 metres high, Karl Ostvik said.",
}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in PAPERS.items():
        (tmp_path / name).write_text(text, "utf-8")
    with open_ledger(tmp_path / "l.db") as book:
        flow.add(
            book, [str(tmp_path / n) for n in PAPERS], beat=None, recorded_at="2031-05-01T08:00:00Z",
            published="2031-04-02",
        )  # fmt: skip
    return tmp_path / "l.db"


def run(path: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [*words, "--ledger", str(path)])


def refused(done: Result) -> str:
    """What a wrong call was told."""
    assert isinstance(done.exception, WrongCall), done.output
    return str(done.exception)


def ids(path: Path, name: str) -> list[str]:
    return [json.loads(x)["id"] for x in run(path, "entities", name, "--json").stdout.splitlines()]


@pytest.mark.parametrize("command", [("dossier", "the weir"), ("timeline", "Weir", "-o", "t.svg"),
                                     ("judge", "the weir", "same", "bridge", "--because", "x")])  # fmt: skip
def test_an_ambiguous_word_is_refused_with_the_list_and_how_to_name_one(path, command):
    found = ids(path, "weir")
    said = refused(run(path, *command))
    assert len(found) == 3 and "may be any of 3" in said
    assert all(i[:8] in said for i in found) and all(name in said for name in PAPERS)
    assert "“The weir will cost 14 million euros”" in said and "onrecord judge" in said
    with open_ledger(path) as book:
        assert book.view().decisions() == ()
    named = tuple(found[0][:8] if "weir" in w.casefold() else w for w in command)
    assert run(path, *named).exit_code == 0


def test_filters_let_all_of_them_through_apart_and_say_so(path):
    found = ids(path, "weir")
    shown = run(path, "claims", "--subject", "the weir").stdout
    assert all(i[:10] in shown for i in found) and "“the weir” is what 3 things are called" in " ".join(shown.split())
    one = run(path, "claims", "--subject", found[0][:8]).stdout
    assert "are called" not in one and sum(value in one for value in ("14 million", "40 m", "31 m")) == 1


def test_the_list_of_entities_tells_the_reports_of_what_is_only_described(path):
    shown = " ".join(run(path, "entities").stdout.split())
    assert shown.count("described, not named, in 1 report:") >= 3 and all(i[:10] in shown for i in ids(path, "weir"))
    assert "Petra Lomholt person in 2 reports" in shown


def test_judged_to_be_one_they_are_one_on_every_screen(path):
    a, b, c = (i[:8] for i in ids(path, "weir"))
    for other in (b, c):
        assert run(path, "judge", a, "same", other, "--because", "the one at Ulver").exit_code == 0
        a = ids(path, "weir")[0][:8]
    assert len(ids(path, "weir")) == 1
    told = run(path, "dossier", "the weir")
    assert told.exit_code == 0 and "described in 3 of 3 reports" in told.stdout
    assert "things are called" not in run(path, "claims", "--subject", "weir").stdout


def test_a_name_with_its_kind_is_that_of_things_of_the_kind_alone():
    d = Decision(id="d", act="judge", target=("place: Ulver", "ULVER"), value="same", reason="x", by="a", at="2031")
    assert [pair for _, pair in standing([d]).same] == [("place: ulver", "ulver")]


def test_two_spellings_of_one_thing_can_be_judged_to_be_two(path):
    same = run(path, "judge", "Petra Lomholt", "same", "Karl Ostvik", "--because", "x")
    assert same.exit_code == 0 and len(ids(path, "Petra Lomholt")) == 1
    again = run(path, "judge", "Petra Lomholt", "same", "petra lomholt", "--because", "x")
    assert "one thing on record already" in refused(again)
    apart = run(path, "judge", "Petra Lomholt", "not the same", "Karl Ostvik", "--because", "two people")
    assert apart.exit_code == 0, apart.exception
    assert ids(path, "Petra Lomholt") != ids(path, "Karl Ostvik")
