"""A process that is killed while it adds loses nothing that it had finished; adding again completes the ledger."""

import subprocess
import sys
from pathlib import Path

import pytest
from invented_reports import kept, text_of

from onrecord import ledger

REPORTS = 300
ADDING = f"""
import sys
sys.path.insert(0, sys.argv[2])
from invented_reports import kept, text_of
from onrecord import ledger
with ledger.open(sys.argv[1]) as book:
    for n in range({REPORTS}):
        print(kept(book, text_of("Heron", n)).id, flush=True)
"""


@pytest.fixture(scope="module")
def undisturbed():
    with ledger.open(":memory:") as book:
        for n in range(REPORTS):
            kept(book, text_of("Heron", n))
        return ledger.digest(book)


@pytest.mark.parametrize("after", [1, 2, 17, 140])  # reports finished; the kill comes somewhere in those that follow
def test_a_killed_adder_loses_nothing_finished(tmp_path, undisturbed, after):
    command = [sys.executable, "-c", ADDING, str(tmp_path / "a.db"), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        finished = [child.stdout.readline().strip() for _ in range(after)]
        child.kill()
        finished += child.stdout.read().split("\n")[:-1]  # the last line may be half a line
    with ledger.open(tmp_path / "a.db") as book:
        stored = {r.id for r in book.view().reports()}
        assert set(finished) <= stored and len(stored) - len(finished) <= 1
        assert ledger.check(book) == ()
        for n in range(REPORTS):
            kept(book, text_of("Heron", n))
        assert ledger.digest(book) == undisturbed
