"""What a newcomer stumbled over: plurals, decisions undone twice, days that are none, what is new, tables, counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import flow
from onrecord.cli import cli
from onrecord.errors import NotFound, WrongCall
from onrecord.ledger import open as open_ledger
from onrecord.ledger.clock import moment
from onrecord.records import Comparator, QuantityValue
from onrecord.tell import screen_due
from onrecord.tell.values import show


def told(amount: float, unit: str) -> str:
    value = QuantityValue(low=amount, high=amount, unit=unit, comparator=Comparator.EQ, approximate=False)
    return show(value, str)


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (1200, "people", "1,200 people"), (1200, "job", "1,200 jobs"), (1, "job", "1 job"), (40, "car", "40 cars"),
        (6, "foot", "6 feet"),
        (6, "square foot", "6 square feet"), (2, "century", "2 centuries"), (3, "bus", "3 buses"), (4, "kg", "4 kg"),
        (50, "basis point", "50 basis points"), (7, "inch", "7 inches"), (12, "aircraft", "12 aircraft"),
        (9, "kcal", "9 kcal"), (9, "km/h", "9 km/h"), (8, "percent", "8 %"), (5, "ton", "5 tons"),
    ],
)  # fmt: skip
def test_units_have_their_plural(amount, unit, words):
    assert told(amount, unit) == words


@pytest.mark.parametrize("given", ["yesterday", "2031-3", "last week"])
def test_a_day_that_is_none_is_told_how_days_are_written(given):
    with pytest.raises(WrongCall, match="not a day") as e:
        moment(given)
    assert "2031-03-03;" in str(e.value.hint) and "T10:00" in str(e.value.hint)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Petra Lomholt said the weir will cost 14 million euros. Ada Grenn left.", "utf-8")
    with open_ledger(tmp_path / "l.db") as book:
        flow.add(book, ["a.txt"], beat=None, recorded_at="2031-05-01T08:00:00Z", published="2031-04-02")
    return tmp_path / "l.db"


def run(*words: str):
    return CliRunner().invoke(cli, [*words])


def test_a_decision_is_undone_once_and_unknown_ones_are_answered_with_those_that_stand(path):
    judge = ["judge", "--ledger", str(path), "--because", "x"]
    made = run(*judge, "Petra Lomholt", "not the same", "Ada Grenn").stdout.split("(")[-1].strip(")\n")
    wrong = run(*judge, "--undo", "dec-nothing").exception
    assert isinstance(wrong, NotFound) and made in str(wrong.hint)
    undo = run(*judge, "--undo", made).stdout.split("(")[-1].strip(")\n")
    again = run(*judge, "--undo", made).exception
    assert isinstance(again, WrongCall) and "undone already" in str(again) and undo in str(again.hint)
    with open_ledger(path) as book:
        assert len(book.view().decisions()) == 2
    assert run(*judge, "--undo", undo).exit_code == 0  # an undo can be undone, and then its decision again
    assert run(*judge, "--undo", made).exit_code == 0


def test_a_report_added_again_is_not_new(path):
    assert "1 report read, 0 new, 1 read anew" in run("add", str(path), "a.txt", "--outlet", "Quay").stdout
    assert "1 report read, 0 new, " in (out := run("add", str(path), "a.txt").stdout) and "anew" not in out
    (path.parent / "b.txt").write_text("Ada Grenn said the weir is 4 metres high.", "utf-8")
    assert "2 reports read, 1 new, " in run("add", str(path), "a.txt", "b.txt").stdout


@pytest.mark.parametrize("sources", [["t.csv"], ["."]])
def test_a_table_is_refused_with_the_way(path, sources):
    (path.parent / "t.csv").write_text("date,outlet,text\n2031-03-04,Quay,Ada left.\n", "utf-8")
    run("add", str(path), *sources)
    with open_ledger(path) as book:
        (refused,) = [p.detail for p in book.view().problems() if "t.csv" in p.source]
    assert "JSON Lines" in refused and '"text"' in refused


def promise(speakers, claims):
    return {"by": "2031-09", "state": "slipped", "subject": "weir", "property": "opened", "what": "the weir will open",
            "slips": [["2031-04-28", "2031-09"]], "speakers": speakers, "claims": claims}  # fmt: skip


def test_a_third_partys_new_date_is_its_own_word():
    new = {"speaker": "Karl Ostvik", "outlet": "Quay", "holds_at": None, "value": "2031-09"}
    assert screen_due.teller(promise(["Petra Lomholt"], [new]), "2031-09") == ", as Karl Ostvik told it"
    own = {**new, "speaker": "Petra Lomholt"}
    assert screen_due.teller(promise(["Petra Lomholt"], [own]), "2031-09") == ""
    assert screen_due.teller(promise(["Petra Lomholt"], [own, new]), "2031-09") == ""
