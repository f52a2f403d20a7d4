"""`each` and `grouped` give the same outcomes in one process and over several, and lose exactly the poison item."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.engine import CHUNK, Failure, each, grouped
from onrecord.errors import OnRecordError, WrongCall


@dataclass(frozen=True)
class Word:
    id: str
    text: str


def double(n):
    return 2 * n


def picky(n):
    if n % 7 == 3:
        raise ValueError(f"no {n}")
    if n == 20:
        sys.exit(4)
    return n


def poison(n):
    if n in (5, 11, 40):
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def once(mark):
    """Dies the first time, as for another process's memory; answers the second."""
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return mark.name


def unsendable(n):
    return (lambda: n) if n == 2 else n


def lengths(words):
    return [w.id for w in words], sum(len(w.text) for w in words)


def young(n):
    return gc.get_threshold()[0]


def slow_first(n):
    time.sleep(0.3 if n == 0 else 0)
    return n


def runs(process):
    """Whether it exists and is no zombie that nobody has collected."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Sealed:
    def __reduce__(self):
        raise TypeError("stays here")


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_come_in_order(workers):
    assert list(each(double, range(100), workers=workers)) == [2 * n for n in range(100)]
    assert list(each(double, [], workers=workers)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_raised_stands_in_its_items_place(workers):
    got = list(each(picky, range(30), workers=workers))
    assert [n for n, o in enumerate(got) if isinstance(o, Failure)] == [3, 10, 17, 20, 24]
    assert got[3].code == "crash" and got[3].error == "ValueError: no 3" and "picky" in got[3].trace
    assert all(o == n for n, o in enumerate(got) if not isinstance(o, Failure))


def test_a_poison_item_takes_only_itself():
    got = list(each(poison, range(60), workers=2))
    failed = {n: o for n, o in enumerate(got) if isinstance(o, Failure)}
    assert sorted(failed) == [5, 11, 40]
    assert all(f.code == "killed" and "signal 9" in f.error for f in failed.values())
    assert all(o == n for n, o in enumerate(got) if n not in failed)


def test_an_item_whose_worker_died_for_another_reason_is_tried_again(tmp_path):
    assert list(each(once, [tmp_path / "a", tmp_path / "b"], workers=2)) == ["a", "b"]


def test_what_cannot_cross_is_a_failure_in_its_place():
    got = list(each(unsendable, range(4), workers=2))
    assert got[2].code == "unsendable" and [got[0], got[1], got[3]] == [0, 1, 3]
    got = list(each(id, [Sealed()] * 3, workers=2))
    assert [g.error for g in got] == ["TypeError: stays here"] * 3


def test_items_are_taken_as_they_are_needed():
    taken = []

    def items():
        for n in range(100_000):
            taken.append(n)
            yield n

    outcomes = each(slow_first, items(), workers=2)
    assert next(outcomes) == 0
    outcomes.close()
    assert len(taken) < 40 * CHUNK


def test_wrong_calls_say_so():
    with pytest.raises(WrongCall, match="too few"):
        each(double, [], workers=0)
    with pytest.raises(WrongCall, match="cannot go to other processes"):
        list(each(lambda n: n, [1], workers=2))


@pytest.mark.parametrize("workers", [1, 2])
def test_groups_hold_all_records_of_a_key_by_id(workers):
    words = [Word("3", "abc"), Word("1", "de"), Word("2", "f"), Word("0", "g")]
    keyed = {"3": "b", "1": "a", "2": "b", "0": None}
    got = list(grouped(lengths, words, key=lambda w: keyed[w.id], workers=workers))
    assert got == [("a", (["1"], 2)), ("b", (["2", "3"], 4)), (None, (["0"], 1))]
    assert got == list(grouped(lengths, reversed(words), key=lambda w: keyed[w.id], workers=workers))


def test_a_worker_that_cannot_start_is_said_and_stops_the_run(tmp_path):
    script = tmp_path / "unguarded.py"
    script.write_text("from onrecord.engine import each\nprint(list(each(len, ['a'], workers=2)))\n")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and OnRecordError.__name__ in done.stderr and "could not start" in done.stderr


def test_interrupt_leaves_no_process_behind(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(
        "import time\nfrom onrecord.engine import each\n"
        "if __name__ == '__main__':\n"
        "    for n in each(time.sleep, [0.01] * 4 + [30] * 8, workers=2):\n"
        "        print('one', flush=True)\n"
    )
    run = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    killer = threading.Timer(60, run.kill)  # seconds; far above what two workers need to start
    killer.start()
    assert run.stdout.readline() == "one\n"
    tasks = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    children = [int(p) for p in tasks.read_text().split()] if tasks.exists() else []
    run.send_signal(signal.SIGINT)
    _, err = run.communicate()
    killer.cancel()
    assert "KeyboardInterrupt" in err
    deadline = time.monotonic() + 5
    while any(runs(p) for p in children) and time.monotonic() < deadline:  # multiprocessing's own tracker ends last
        time.sleep(0.02)
    assert not [p for p in children if runs(p)]


def test_workers_look_for_cycles_seldom_and_the_caller_as_before():
    was, before = gc.get_threshold(), (700, 10, 10)
    gc.set_threshold(*before)  # a test of the command, which sets its own, may have run in this process
    try:
        assert all(n > before[0] for n in each(young, range(3), workers=2))
        assert list(each(young, range(3))) == [before[0]] * 3 and gc.get_threshold() == before
    finally:
        gc.set_threshold(*was)
