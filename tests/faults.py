"""What the tests of bad input share: reports to add, the command, and what a sound ledger is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

from onrecord import ledger
from onrecord.cli import main

COMMAND = (sys.executable, "-m", "onrecord")
REPORT = """Ferry to sail in May, harbour office says

Sandholm, {day} March 2031 - The ferry Aurora II will carry {cars} cars from May onwards, Ida Brandt said.

"The pier may cost {cars} million euros," Brandt told reporters.
"""


def onrecord(*args: str | Path, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """The command as a reader's shell runs it. Whatever comes of it, a reader never sees a traceback."""
    done = subprocess.run(
        [*COMMAND, *map(str, args)], cwd=cwd, capture_output=True, text=True, env={**os.environ, **env}, timeout=120
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def called(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The same in this process, from the arguments to the exit code: a process costs a second."""
    out, err = TextIOWrapper(BytesIO(), "utf-8"), TextIOWrapper(BytesIO(), "utf-8")
    argv, handlers = sys.argv, {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)}
    sys.argv, code = ["onrecord", *map(str, args)], 0
    try:
        with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as e:
        code = int(e.code or 0)
    finally:
        sys.argv = argv
        for number, handler in handlers.items():
            signal.signal(number, handler)
    said = []
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
        said.append(stream.read())
    return subprocess.CompletedProcess(args, code, *said)


def reports(folder: Path, n: int) -> Path:
    """`folder`, with `n` short reports in it."""
    folder.mkdir(exist_ok=True)
    for i in range(n):
        (folder / f"{i:05}.txt").write_text(REPORT.format(day=i % 28 + 1, cars=i + 2), "utf-8")
    return folder


def digest(path: Path) -> str:
    with ledger.open(path, create=False) as book:
        return ledger.digest(book)


def sound(path: Path) -> int:
    """How many reports it holds; fails where anything in it is not as it was stored."""
    with ledger.open(path, create=False) as book:
        assert ledger.check(book) == ()
        return book.view().counts()["reports"]


def problems(path: Path) -> list[tuple[str, str]]:
    """(source, code) of each problem that `status` shows."""
    row = json.loads(called("status", "--json", "-l", path, cwd=path.parent).stdout)
    return [(p["source"], p["code"]) for p in row["problems"]]
