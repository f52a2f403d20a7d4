"""Wrong calls, stopped processes, full disks, two at once: its own exit code, one message, a sound ledger each time."""

from __future__ import annotations

import os
import pty
import resource
import signal
import sqlite3
import subprocess
import threading
import time

import pytest
from faults import COMMAND, called, digest, onrecord, problems, reports, sound

from onrecord.ledger import open as open_ledger

MISSPELT = '[beat]\nname = "x"\ntitle = "X"\n\n[[entity]]\nkey = "a"\nkind = "persn"\nname = "A"\n'
WRONG = {  # what is called → exit code, words of the message
    "no sources": (("add", "a.db"), 2, "nothing to add"),
    "no such modality": (("claims", "--modality", "sure"), 2, "known: asserted"),
    "no such day": (("claims", "--said", "soon"), 2, "not a date"),
    "no such beat": (("add", "a.db", "press", "--beat", "none"), 8, "give a .toml file, or one of"),
    "a folder as beat": (("add", "a.db", "press", "--beat", "press"), 3, "press is a folder"),
    "a misspelt kind": (("add", "a.db", "press", "--beat", "b.toml"), 3, "b.toml:7: [[entity]] 'a': kind"),
    "no TOML": (("add", "a.db", "press", "--beat", "c.toml"), 3, "c.toml:2: not TOML"),
    "an unknown key": (("beat", "check", "d.toml"), 3, "d.toml:6: [[outlet]] 'a': nmae"),
    "a beat of other bytes": (("beat", "check", "e.toml"), 3, "e.toml:2: this is no UTF-8"),
    "a ledger nowhere": (("add", "no/such/a.db", "press"), 4, "make the folder first"),
    "a text as ledger": (("add", "b.toml", "press"), 4, "b.toml is not a ledger"),
    "another database": (("add", "other.db", "press"), 4, "no ledger"),
    "a folder as ledger": (("add", "press", "press"), 4, "is a folder"),
    "a newer ledger": (("add", "newer.db", "press"), 5, "upgrade onrecord"),
    "a newer ledger, asked": (("status", "-l", "newer.db"), 5, "the file is unchanged"),
    "no such file": (("add", "new.db", "none.txt"), 8, "no such file: none.txt"),
    "a glob of nothing": (("add", "new.db", "*.pdf"), 8, "nothing was added"),
    "no such ledger": (("claims", "-l", "none.db"), 8, "no ledger"),
    "no such file to read": (("read", "none.txt"), 8, "nothing was read"),
    "an export nowhere": (("export", "-o", "no/such", "-l", "a.db"), 2, "no folder no to make such in"),
    "a picture nowhere": (("timeline", "ferry", "-o", "no/such/t.svg", "-l", "a.db"), 2, "no folder no to make such"),
    "a page in no folder": (("brief", "--html", "no/such/x.html", "-l", "a.db"), 2, "no folder no to make such"),
    "a page nowhere": (("brief", "--html", "b.toml/x.html", "-l", "a.db"), 1, "b.toml"),
}


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A folder with a small ledger and everything that a caller may mistake for one."""
    here = tmp_path_factory.mktemp("here")
    reports(here / "press", 2)
    assert called("add", "a.db", "press", cwd=here).returncode == 0
    (here / "b.toml").write_text(MISSPELT)
    (here / "c.toml").write_text('[beat]\nname = "x\n')
    (here / "d.toml").write_text('[beat]\nname = "x"\ntitle = "X"\n[[outlet]]\nkey = "a"\nnmae = "A"\n')
    (here / "e.toml").write_bytes(b"[beat]\nname = \xff\n")
    for name, sql in (("other.db", "CREATE TABLE t (x)"), ("newer.db", "PRAGMA user_version = 99")):
        if name == "newer.db":
            (here / name).write_bytes((here / "a.db").read_bytes())
        with sqlite3.connect(here / name) as db:
            db.execute(sql)
        db.close()
    return here


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_call_says_what_to_do_and_changes_nothing(here, case):
    args, code, words = WRONG[case]
    before = digest(here / "a.db")
    done = called(*args, *(("-l", "a.db") if args[0] == "claims" and "-l" not in args else ()), cwd=here)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr and done.stderr.startswith("onrecord: ") and done.stderr.count("\n") <= 2
    assert digest(here / "a.db") == before and not (here / "new.db").exists()


def test_a_changed_ledger_fails_its_check(here, tmp_path):
    (tmp_path / "a.db").write_bytes((here / "a.db").read_bytes())
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("DROP TRIGGER report_kept")
        db.execute("UPDATE report SET text = replace(text, 'cars', 'vans')")
    db.close()
    done = called("check", "-l", "a.db", cwd=tmp_path)
    assert done.returncode == 9 and "restore it from a copy" in done.stderr


def test_a_mistake_in_the_program_is_one_message_and_keeps_what_was_finished(tmp_path, monkeypatch):
    from onrecord import flow

    def broken(*_, **__):
        raise AttributeError("no such thing")

    reports(tmp_path / "press", 2)
    monkeypatch.setattr(flow, "resolve", broken)
    done = called("add", "a.db", "press", cwd=tmp_path)
    assert done.returncode == 1 and "a mistake in the program" in done.stderr and "Traceback" not in done.stderr
    monkeypatch.undo()
    assert sound(tmp_path / "a.db") == 2
    assert "onrecord rebuild" in called("claims", "-l", "a.db", cwd=tmp_path).stderr
    assert called("rebuild", "-l", "a.db", cwd=tmp_path).returncode == 0
    assert called("claims", "-l", "a.db", cwd=tmp_path).stderr == ""


def test_another_writer_is_waited_for_and_then_told(here, monkeypatch):
    from onrecord.ledger import store

    monkeypatch.setattr(store.open, "__kwdefaults__", {"create": True, "wait": 0.2})
    with sqlite3.connect(here / "a.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        (here / "one.txt").write_bytes(b"")
        done = called("add", "a.db", "one.txt", cwd=here)
        other.execute("ROLLBACK")
    other.close()
    assert done.returncode == 6 and "wait until it is done" in done.stderr
    assert sound(here / "a.db") == 2


def test_two_that_add_at_once_make_the_ledger_of_one(tmp_path):
    reports(tmp_path / "press", 60)
    adding = [
        subprocess.Popen([*COMMAND, "add", "two.db", "press"], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [p.communicate(timeout=120)[0] for p in adding]
    assert [p.returncode for p in adding] == [0, 0] and sum(int(s.split(", ")[1].split()[0]) for s in said) == 60
    called("add", "one.db", "press", cwd=tmp_path)
    assert sound(tmp_path / "two.db") == 60 and digest(tmp_path / "two.db") == digest(tmp_path / "one.db")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A folder of reports, and the digest of a ledger that nobody disturbed."""
    here = tmp_path_factory.mktemp("many")
    reports(here / "press", 120)
    called("add", "right.db", "press", cwd=here)
    return here, digest(here / "right.db")


STOPS = [  # signal, exit code, reports finished when it comes, workers
    (signal.SIGINT, 130, 0, 1), (signal.SIGINT, 130, 30, 1), (signal.SIGINT, 130, 8, 2),
    (signal.SIGTERM, 143, 30, 1), (signal.SIGKILL, -9, 30, 1),
]  # fmt: skip


@pytest.mark.parametrize(("number", "code", "after", "workers"), STOPS)
def test_a_stopped_add_leaves_a_sound_ledger_and_goes_on_where_it_was(many, tmp_path, number, code, after, workers):
    here, right = many
    path = tmp_path / "a.db"
    command = [*COMMAND, "add", str(path), str(here / "press"), "--workers", str(workers)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as adding:
        while not path.exists() or finished(path) < after:
            assert adding.poll() is None
            time.sleep(0.01)
        (os.killpg if number == signal.SIGINT else os.kill)(adding.pid, number)  # Ctrl-C goes to all of a terminal
        said = adding.communicate(timeout=60)[1]
    assert adding.returncode == code
    if number != signal.SIGKILL:
        assert said.startswith("onrecord: interrupted; what was finished is kept") and said.count("\n") == 1
    assert after <= sound(path) < 120
    assert called("add", path, here / "press", cwd=tmp_path).returncode == 0
    assert sound(path) == 120 and digest(path) == right


def finished(path):
    """How many reports are stored by now."""
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return db.execute("SELECT count(*) FROM reading").fetchone()[0]
        finally:
            db.close()
    except sqlite3.Error:
        return -1


def limited():
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))


def test_where_nothing_can_be_written_the_reports_are_not_to_blame(many, tmp_path):
    here, right = many
    command = [*COMMAND, "add", str(tmp_path / "a.db"), str(here / "press")]
    done = subprocess.run(command, preexec_fn=limited, capture_output=True, text=True)
    assert done.returncode == 7 and "free some space" in done.stderr and "Traceback" not in done.stderr
    assert sound(tmp_path / "a.db") == 0 and problems(tmp_path / "a.db") == []
    assert called("add", "a.db", here / "press", cwd=tmp_path).returncode == 0
    assert digest(tmp_path / "a.db") == right


def test_a_full_disk(many, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here: it takes root")
    try:
        here, right = many
        done = called("add", disk / "a.db", here / "press", cwd=tmp_path)
        assert done.returncode == 7 and "free some space and run the same again" in done.stderr
        assert sound(disk / "a.db") < 120
        subprocess.run(["mount", "-o", "remount,size=40m", disk], check=True)
        assert called("add", disk / "a.db", here / "press", cwd=tmp_path).returncode == 0
        assert digest(disk / "a.db") == right
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_reader_that_has_seen_enough_is_no_error(here):
    for args in ("claims --json", "claims", "reports --json"):
        with subprocess.Popen(
            [*COMMAND, *args.split(), "-l", "a.db"], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as asked:
            asked.stdout.close()
            assert asked.stderr.read() == b"" and asked.wait(60) == 0


def test_terminals_without_arrows_closed_inputs_and_bars(here, tmp_path):
    plain = onrecord("status", "-l", "a.db", "--json", cwd=here, PYTHONIOENCODING="ascii")
    assert plain.returncode == 0
    done = onrecord("add", tmp_path / "a.db", "press", cwd=here, PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "2 reports read" in done.stdout
    ours, theirs = pty.openpty()  # a bar is drawn on stderr; the answer still goes to stdout, into a file
    drain = threading.Thread(target=drained, args=(ours,))
    drain.start()
    with (tmp_path / "out.json").open("wb") as out:
        command = [*COMMAND, "add", str(tmp_path / "b.db"), "press", "--json"]
        assert subprocess.run(command, cwd=here, stdin=subprocess.DEVNULL, stdout=out, stderr=theirs).returncode == 0
    os.close(theirs)
    drain.join()
    assert (tmp_path / "out.json").read_text().startswith('{"reports":2')


def drained(fd):
    """Read what is drawn, so that nobody waits to draw."""
    try:
        while os.read(fd, 4096):
            pass
    except OSError:
        pass
    os.close(fd)


def test_a_ledger_of_an_earlier_schema_is_brought_up(here, tmp_path):
    from onrecord.ledger.store import SCHEMA

    with sqlite3.connect(tmp_path / "old.db") as db:
        db.executescript((SCHEMA / "001.sql").read_text("utf-8"))
        db.execute(f"PRAGMA application_id = {0x4F6E5265}")
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert called("add", "old.db", here / "press", cwd=tmp_path).returncode == 0
    with open_ledger(tmp_path / "old.db") as book:
        assert len(book.view().reports()) == 2 and not book.view().behind()


def test_a_ledger_that_may_only_be_read_answers_and_takes_nothing(here, tmp_path, monkeypatch):
    from onrecord.ledger import store

    (tmp_path / "a.db").write_bytes((here / "a.db").read_bytes())
    monkeypatch.setattr(store.os, "access", lambda path, how: False)  # root may write everywhere
    assert called("claims", "-l", "a.db", cwd=tmp_path).stdout == called("claims", "-l", "a.db", cwd=here).stdout
    assert called("check", "-l", "a.db", cwd=tmp_path).returncode == 0
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]
    (tmp_path / "b.txt").write_text("Nothing new.")
    done = called("add", "a.db", "b.txt", cwd=tmp_path)
    assert done.returncode == 4 and "look at the permissions" in done.stderr
    assert (tmp_path / "a.db").read_bytes() == (here / "a.db").read_bytes()
