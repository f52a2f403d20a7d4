"""What `status` and `add` tell to do next can be done as it is told, and what an `add` replaced is said."""

from __future__ import annotations

import json
import shlex
import sqlite3
from pathlib import Path

import pytest
from faults import called

WORDS = "Pier to open late\n\nThe harbour pier will open in May, deputy mayor Ida Brandt said on Monday.\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with an undated report of no outlet in a folder of its own, read by `fast`."""
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "a.txt").write_text(WORDS, "utf-8")
    assert called("add", "a.db", "press", "--reader", "fast", cwd=tmp_path).returncode == 0
    return tmp_path


def told(out: str, option: str) -> list[str]:
    """The command of `out` that gives this option, as a shell splits it."""
    line = next(x for x in out.splitlines() if option in x and x.strip().startswith("onrecord "))
    return shlex.split(line.replace("YYYY-MM-DD", "2031-03-03"))[1:]


@pytest.mark.parametrize("option", ["--date", "--outlet"])
def test_the_command_that_status_tells_works_and_keeps_the_reader(here, option):
    command = told(called("status", "-l", "a.db", cwd=here).stdout, option)
    assert "press/a.txt" in command and "fast" in command
    done = called(*command, cwd=here)
    assert (
        done.returncode == 0 and "1 report read, 0 new, 1 read anew" in done.stdout and "no longer" not in done.stdout
    )
    assert option not in called("status", "-l", "a.db", cwd=here).stdout


def test_where_the_path_is_not_known_it_is_said_in_words(here):
    with sqlite3.connect(here / "a.db") as db:
        db.execute("DELETE FROM found")
    db.close()
    out = called("status", "-l", "a.db", cwd=here).stdout
    assert "add again by their path, with --date YYYY-MM-DD: a.txt" in " ".join(out.split())


def test_readings_of_another_reader_that_are_put_behind_are_told(here):
    done = called("add", "a.db", "press", cwd=here)
    assert "1 reading by fast no longer in front; kept: --reader fast brings them back" in done.stdout
    again = called("add", "a.db", "press", "--json", cwd=here)
    assert json.loads(again.stdout)["behind"] == []
    back = called("add", "a.db", "press", "--reader", "fast", "--json", cwd=here)
    assert json.loads(back.stdout)["behind"] == [["grammar", 1]]


def test_the_retry_that_status_tells_names_the_reader(here):
    (here / "press" / "b.txt").write_bytes(b"")
    assert called("add", "a.db", "press/b.txt", "--reader", "fast", cwd=here).returncode == 11
    assert "onrecord add a.db --reader fast --retry" in called("status", "-l", "a.db", cwd=here).stdout


def test_what_became_of_a_given_outlet_or_date_is_told_in_one_line(here):
    def line(*args: str) -> list[str]:
        done = called("add", "a.db", "press", "--reader", "fast", *args, cwd=here)
        assert done.returncode == 0
        return [x for x in done.stdout.splitlines() if " changed " in x or " ignored" in x]

    assert line("--outlet", "Quay Paper", "--date", "2031-03-03") == []  # it had none
    assert line("--outlet", "Quay Paper", "--date", "2031-03-03") == []  # the same again
    assert line("--outlet", "Dock News") == ["outlet changed from Quay Paper to Dock News (a.txt)"]
    assert line("--date", "2031-03-04") == ["date changed from 2031-03-03 to 2031-03-04 (a.txt)"]
    stated = {"text": WORDS, "published": "2031-02-02", "outlet": "Coast Echo"}
    (here / "press" / "b.jsonl").write_text("".join(json.dumps(stated | {"title": t}) + "\n" for t in "xy"), "utf-8")
    told = called("add", "a.db", "press/b.jsonl", "--outlet", "Dock News", "--date", "2031-05", cwd=here).stdout
    assert "outlet changed from Coast Echo to Dock News (" in told
    assert "date 2031-05 ignored: the report states 2031-02-02 itself (" in told


@pytest.mark.parametrize("name", ["", "  "])
def test_an_outlet_without_a_name_is_a_wrong_call(here, name):
    done = called("add", "new.db", "press", "--outlet", name, cwd=here)
    assert (done.returncode, done.stdout) == (2, "") and "an outlet has a name" in done.stderr
    assert not (here / "new.db").exists()


def test_reports_dated_in_the_future_are_one_line_and_not_tried_again(here, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1925000000")  # January 2031
    for n in range(4):
        text = f"Pier late {n}\n\n5 May 2031\n\nThe pier opens in June, Ida Brandt said.\n"
        (here / "press" / f"late{n}.txt").write_text(text, "utf-8")
    added = called("add", "a.db", "press", "--reader", "fast", cwd=here).stdout
    status = called("status", "-l", "a.db", cwd=here).stdout
    for out in (added, status):
        assert out.count("4 look wrong: dated in the future (late0.txt late1.txt late2.txt …)") == 1
        assert "every source could be read" in out or out is added
        assert "could not be read" not in out and "--retry" not in out and "future-date" not in out
    assert ", 0 problems" in added
