"""The reader `llm` through the commands and the flow: nothing is asked unasked, and nothing twice."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from talking_server import Said, Server, failing, serving, text_of

from onrecord import flow
from onrecord.cli import cli
from onrecord.errors import OnRecordError
from onrecord.ledger import digest
from onrecord.ledger import open as open_ledger

AT, LATER = "2031-05-01T08:00:00Z", "2032-01-01T00:00:00Z"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for i in range(6):
        words = f"Pier {i} to open\n\nPier {i} opens in May, deputy mayor Ida Brandt said on Monday.\n"
        (folder / f"{i}.txt").write_text(words, "utf-8")
    return folder


def marks(body: dict[str, Any]) -> Said:
    """An honest answer, with one invented statement beside it."""
    number = text_of(body).split()[1]
    true = {"where": "", "source": "deputy mayor Ida Brandt", "cue": "said", "content": [f"Pier {number} opens in May"],
            "speaker": "", "sort": "speech", "anonymity": "named"}  # fmt: skip
    false = true | {"content": [f"Pier {number} has collapsed"]}
    return Said(json.dumps({"statements": [true, false], "claims": []}))


def env(server: Server | None, **more: str) -> dict[str, str]:
    where = {} if server is None else {"ONRECORD_LLM_URL": server.url}
    return {"ONRECORD_LLM_MODEL": "m", "ONRECORD_LLM_PER_MINUTE": "60000", **where, **more}


def bare() -> dict[str, str]:
    """The environment of this process without settings of ours."""
    return {k: v for k, v in os.environ.items() if not k.startswith("ONRECORD_")}


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(*args: str, env: dict[str, str], cwd: Path) -> Done:
    """A command in this process: quick, and its own start is tested elsewhere. Errors become codes as in `main`."""
    unset = {k: None for k in os.environ if k.startswith("ONRECORD_")}
    with contextlib.chdir(cwd):
        done = CliRunner(env={**unset, **env}).invoke(cli, args, standalone_mode=False)
    if isinstance(done.exception, OnRecordError):
        return Done(done.exception.exit_code, done.stdout, f"{done.stderr}{done.exception}")
    if done.exception is not None:
        raise done.exception
    return Done(done.return_value if isinstance(done.return_value, int) else 0, done.stdout, done.stderr)


def test_nothing_is_asked_without_the_users_word(tmp_path, reports):
    with serving(marks) as server:
        done = run("add", "a.db", "reports", "--reader", "llm", env=env(server), cwd=tmp_path)
        assert done.returncode == 2 and "--yes" in done.stderr and "6 of 6 windows of 6 reports" in done.stderr
        assert "127.0.0.1" in done.stderr and "tokens sent" in done.stderr and not (tmp_path / "a.db").exists()
        priced = env(server, ONRECORD_LLM_PRICE_IN="1", ONRECORD_LLM_PRICE_OUT="1000")
        done = run("add", "a.db", "reports", "--reader", "llm", env=priced, cwd=tmp_path)
        assert "about 0." in done.stderr and "at most 24." in done.stderr
        assert run("add", "b.db", "reports", env=env(server), cwd=tmp_path).returncode == 0
        assert server.asked == []


def test_a_page_is_fetched_once_for_the_plan_and_the_reading(tmp_path):
    """An address is looked at twice, for what has to be asked and for the reading: it is asked for once."""
    got: list[str] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            got.append(self.path)
            words = b"Pier 1 to open\n\nPier 1 opens in May, deputy mayor Ida Brandt said on Monday.\n"
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *args: Any) -> None:
            pass

    with serving(marks) as server, HTTPServer(("127.0.0.1", 0), Page) as pages:
        threading.Thread(target=pages.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        page = f"http://127.0.0.1:{pages.server_port}/pier.txt"
        done = run("add", "a.db", page, "--reader", "llm", "--yes", env=env(server), cwd=tmp_path)
        pages.shutdown()
    assert done.returncode == 0 and got == ["/pier.txt"] and len(server.asked) == 1, done.stderr


def test_where_the_text_goes_is_told(tmp_path, reports):
    leaves, stays = "THE TEXTS LEAVE THIS MACHINE", "the texts do not leave this machine"
    for url, words in (
        ("http://example.invalid/v1", f"{leaves}: whole paragraphs of your reports are sent to example.invalid (n"),
        ("https://example.invalid/v1", "are sent to example.invalid\n"),
        ("http://localhost.example.invalid", leaves), ("http://10.0.0.7:8080/v1", "sent to 10.0.0.7 (not encrypted)"),
        ("http://[::1]:9", f"{stays}: they go to ::1"), ("http://127.0.0.5", stays), ("http://localhost:1/v1", stays),
    ):  # fmt: skip
        done = run("add", "a.db", "reports", "--reader", "llm", env=env(None, ONRECORD_LLM_URL=url), cwd=tmp_path)
        assert done.returncode == 2 and words in done.stderr
        assert (leaves in done.stderr) != (stays in done.stderr) and "m is asked about them" in done.stderr


def test_without_an_endpoint_no_report_is_even_looked_at(tmp_path, reports):
    (reports / "0.txt").chmod(0)
    for command in (("add", "a.db", "reports"), ("read", "reports"), ("add", "a.db", "https://example.invalid/x")):
        done = run(*command, "--reader", "llm", "--yes", env=env(None), cwd=tmp_path)
        assert done.returncode == 1 and "no endpoint to ask" in done.stderr and "ONRECORD_LLM_URL" in done.stderr
    assert not list(tmp_path.glob("*.answers")) and not (tmp_path / "a.db").exists()


def test_asked_once_then_offline_and_the_same(tmp_path, reports):
    with serving(marks) as server:
        done = run("add", "a.db", "reports", "--reader", "llm", "--yes", env=env(server), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "6 answered" in done.stderr and "6 not in text" in done.stderr and len(server.asked) == 6
    assert (tmp_path / "a.db.answers").exists()
    status = json.loads(run("status", "-l", "a.db", "--json", env=env(None), cwd=tmp_path).stdout)
    assert status["refused by reason"]["llm.not_in_text"] == 6
    assert "6 not in text" in run("status", "-l", "a.db", env=env(None), cwd=tmp_path).stdout
    offline = env(None)  # no address: a call would fail
    again = run("rebuild", "-l", "a.db", "--reread", "--reader", "llm", "--json", env=offline, cwd=tmp_path)
    assert again.returncode == 0 and json.loads(again.stdout)["same"] is True
    for workers in ("1", "2"):
        new = f"{workers}.db"
        args = ("add", new, "reports", "--reader", "llm:a.db.answers", "--workers", workers)
        assert run(*args, env=offline, cwd=tmp_path).returncode == 0
    made = []
    for name in ("a.db", "1.db", "2.db"):
        with open_ledger(tmp_path / name, create=False) as ledger:
            made.append(digest(ledger))
            assert len(ledger.statements()) == 6 and {s.because.rule for s in ledger.statements()} == {"llm"}
    assert len(set(made)) == 1
    shown = run("read", "reports/0.txt", "--reader", "llm:a.db.answers", "--json", env=offline, cwd=tmp_path)
    assert shown.returncode == 0 and len(json.loads(shown.stdout)["statements"]) == 1
    assert "1 not in text" in shown.stderr


def test_another_model_is_another_reading(tmp_path, reports):
    with serving(marks) as server:
        assert run("add", "a.db", "reports", env=env(None), cwd=tmp_path).returncode == 0
        args = ("rebuild", "-l", "a.db", "--reread", "--reader", "llm", "--yes")
        for model in ("m", "n", "n"):
            done = run(*args, env=env(server, ONRECORD_LLM_MODEL=model), cwd=tmp_path)
            assert done.returncode == 0, done.stderr
        assert len(server.asked) == 12
    with open_ledger(tmp_path / "a.db", create=False) as ledger:
        assert ledger.view().counts()["readings"] == 18


def test_what_was_not_answered_is_a_problem_and_asked_again_on_request(tmp_path, reports):
    broken = {"3"}

    def answer(body: dict[str, Any]) -> Said:
        return failing(500) if text_of(body).split()[1] in broken else marks(body)

    with serving(answer) as server:
        tries = env(server, ONRECORD_LLM_TRIES="1")
        done = run("add", "a.db", "reports", "--reader", "llm", "--yes", env=tries, cwd=tmp_path)
        assert done.returncode == 11 and "not answered: 1 http-500" in done.stderr and "5 answered" in done.stderr
        assert "1 of 1 windows have no answer" in run("status", "-l", "a.db", env=tries, cwd=tmp_path).stdout
        broken.clear()
        done = run("add", "a.db", "--retry", "--reader", "llm", "--yes", env=tries, cwd=tmp_path)
        assert done.returncode == 0 and "1 answered" in done.stderr and len(server.asked) == 7
    with open_ledger(tmp_path / "a.db", create=False) as ledger:
        assert len(ledger.statements()) == 6 and not ledger.view().problems()


def test_what_was_not_answered_when_all_was_read_again_is_mended_by_the_next_time(tmp_path, reports):
    args = ("rebuild", "-l", "a.db", "--reread", "--reader", "llm", "--yes")
    assert run("add", "a.db", "reports", env=env(None), cwd=tmp_path).returncode == 0
    down = True
    with serving(lambda body: failing(500) if down else marks(body)) as server:
        how = env(server, ONRECORD_LLM_TRIES="1")
        for down, expected in ((True, 6), (True, 6), (False, 0)):  # noqa: B007 - the server looks at it
            done = run(*args, env=how, cwd=tmp_path)
            assert done.returncode == 0, done.stderr
            with open_ledger(tmp_path / "a.db", create=False) as ledger:
                assert len(ledger.view().problems()) == expected
                assert len(ledger.statements()) == 6  # the grammar's stand until there are others
                rules = {s.because.rule for s in ledger.statements()}
            assert ("llm" in rules) is (expected == 0)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_goes_on_where_it_was(tmp_path, reports, number):
    with serving(lambda body: Said(marks(body).data.decode(), raw=marks(body).data, pause=0.5)) as server:
        slow = env(server, ONRECORD_LLM_PARALLEL="1")
        command = [sys.executable, "-m", "onrecord", "add", "a.db", "reports", "--reader", "llm", "--yes"]
        child = subprocess.Popen(
            command, cwd=tmp_path, env=bare() | slow, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        while len(server.asked) < 4 and child.poll() is None:
            time.sleep(0.02)
        child.send_signal(number)
        child.communicate(timeout=20)
        assert child.returncode in (-9, 130)
        before = len(server.asked)
        assert before < 6
        done = run(*command[3:], env=slow, cwd=tmp_path)
        assert done.returncode == 0 and len(server.asked) <= 7  # what was under way is asked again, nothing else
        assert f"{len(server.asked) - before} answered" in done.stderr


def test_settings_that_cannot_be_are_one_line(tmp_path, reports):
    nobody = {k: v for k, v in env(None).items() if k != "ONRECORD_LLM_MODEL"}
    cases = ((nobody, 1, "no model"), (env(None), 1, "no endpoint"), (env(None, ONRECORD_LLM_URL="x"), 2, "LLM_URL"))
    for given, code, words in cases:
        done = run("add", "a.db", "reports", "--reader", "llm", "--yes", env=given, cwd=tmp_path)
        assert done.returncode == code and words in done.stderr and done.stderr.count("\n") <= 2
    with serving(lambda body: failing(401, "wrong key")) as server:
        done = run("add", "a.db", "reports", "--reader", "llm", "--yes", env=env(server), cwd=tmp_path)
        assert done.returncode == 1 and "http-401" in done.stderr and "wrong key" in done.stderr
    assert not (tmp_path / "a.db").exists()


def test_at_a_terminal_the_user_is_asked(tmp_path, reports):
    def talk(word: bytes) -> tuple[int, bytes]:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "onrecord", "add", "a.db", "reports", "--reader", "llm"]
        child = subprocess.Popen(
            command, cwd=tmp_path, env=bare() | env(server), stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        heard = b""
        while b"ask? [y/N]" not in heard:
            heard += os.read(ours, 1000)
        os.write(ours, word)
        try:
            while more := os.read(ours, 1000):
                heard += more
        except OSError:
            pass  # how Linux says that the other side is closed
        child.wait(20)
        os.close(ours)
        return child.returncode, heard

    with serving(marks) as server:
        code, heard = talk(b"n\n")
        assert code == 2 and b"nothing was asked" in heard and server.asked == []
        code, heard = talk(b"y\n")
        assert code == 0 and len(server.asked) == 6


def test_from_python_the_reader_makes_no_call(tmp_path, reports, monkeypatch):
    monkeypatch.setenv("ONRECORD_LLM_MODEL", "m")
    with serving(marks) as server:
        monkeypatch.setenv("ONRECORD_LLM_URL", server.url)
        with open_ledger(":memory:") as ledger:
            name = f"llm:{tmp_path / 'none'}"
            added = flow.add(ledger, [str(reports)], beat=None, recorded_at=AT, reader=name)
            assert len(added.problems) == 6 and not ledger.statements()
            from onrecord import llm
            from onrecord.read import originals

            how = llm.settings()
            with llm.Answers(tmp_path / "none") as answers:
                _, missing = llm.plan(originals([str(reports)]), how, answers)
                assert server.asked == [] and len(missing) == 6
                assert llm.ask(missing, llm.Endpoint(how), answers).answered == 6
            added = flow.add(ledger, [str(reports)], beat=None, recorded_at=LATER, reader=name)
            assert not added.problems and len(ledger.statements()) == 6 and not ledger.view().problems()
