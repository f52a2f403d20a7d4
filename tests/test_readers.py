"""A reader by its name, through the flow, the worker processes and the commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import flow
from onrecord.beat import BUNDLED, load
from onrecord.errors import OnRecordError, WrongCall
from onrecord.extract import readers
from onrecord.extract.encoder import WEIGHTS
from onrecord.extract.speech import GrammarReader
from onrecord.ledger import digest
from onrecord.ledger import open as open_ledger

FILES = sorted(str(p) for p in (BUNDLED / "railway").rglob("*") if p.is_file() and p.name != "README.md")[:10]
AT, LATER = "2031-05-01T08:00:00Z", "2032-01-01T00:00:00Z"


def run(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *args], capture_output=True, text=True, env={**os.environ, **env}
    )


def made(workers: int, reader: str) -> str:
    with open_ledger(":memory:") as ledger:
        flow.add(ledger, FILES, beat=load("railway"), recorded_at=AT, workers=workers, reader=reader)
        return digest(ledger)


def usable(name: str) -> bool:
    try:
        readers.reader(name)
    except OnRecordError:
        return False
    return True


@pytest.mark.parametrize("name", ["grammar", "fast", "full"])
def test_two_workers_and_one_give_the_same_digest(name):
    if not usable(name):
        pytest.skip(f"the reader {name!r} has no weights or packages here")
    assert made(1, name) == made(2, name)


class Quiet(GrammarReader):
    """The grammar under another name and version."""

    name, version = "quiet", "1"


def test_another_reader_or_version_reads_again_beside_the_old_reading(monkeypatch):
    monkeypatch.setitem(readers.READERS, "quiet", Quiet)
    with open_ledger(":memory:") as ledger:
        flow.add(ledger, FILES[:3], beat=load("railway"), recorded_at=AT)
        reports = ledger.view().counts()["reports"]
        assert flow.reread(ledger, beat=None, recorded_at=LATER, reader="quiet") == reports
        assert flow.reread(ledger, beat=None, recorded_at=LATER, reader="quiet") == 0
        monkeypatch.setattr(Quiet, "version", "2")
        assert flow.reread(ledger, beat=None, recorded_at=LATER, reader="quiet") == reports
        assert ledger.view().counts()["readings"] == 3 * reports


def test_an_unknown_reader_is_told_before_anything_is_written(tmp_path: Path):
    with open_ledger(":memory:") as ledger:
        with pytest.raises(WrongCall, match="no reader is called 'psychic'"):
            flow.add(ledger, FILES, beat=load("railway"), recorded_at=AT, reader="psychic")
        assert ledger.view().counts()["reports"] == 0 and ledger.view().beat() is None
    with pytest.raises(WrongCall):
        flow.take_all([], beat=None, reader="psychic")
    path = tmp_path / "new.db"
    for args in (("add", str(path), *FILES[:1]), ("read", *FILES[:1]), ("rebuild", "--reread", "-l", str(path))):
        done = run(*args, "--reader", "psychic")
        assert (done.returncode, done.stdout) == (2, "") and "no reader is called 'psychic'" in done.stderr
        assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 2  # what was wrong, what to do
    assert not path.exists()


def test_missing_weights_or_packages_are_one_clear_line(tmp_path: Path):
    if (WEIGHTS / "encoder.onnx").is_file() and usable("full"):
        pytest.skip("the weights of the encoder are here")
    done = run("add", str(tmp_path / "new.db"), *FILES[:1], "--reader", "full")
    assert done.returncode == 1 and "onrecord: " in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "new.db").exists()


def test_read_prints_what_the_named_reader_takes():
    done = run("read", FILES[0], "--reader", "fast", "--json")
    assert done.returncode == 0 and json.loads(done.stdout.splitlines()[0])


def test_rebuild_reads_again_only_when_asked_to(tmp_path: Path):
    path = str(tmp_path / "small.db")
    assert run("add", path, *FILES[:2], "--beat", "railway").returncode == 0
    wrong = run("rebuild", "-l", path, "--reader", "fast")
    assert wrong.returncode == 2 and "--reread" in wrong.stderr
    done = run("rebuild", "-l", path, "--reread", "--reader", "grammar", "--workers", "2", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["same"] is True
