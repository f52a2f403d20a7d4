"""Two verbs that run any stage: `each` item by itself, `grouped` records by key; in this process or over several.

A stage function that raises, or that takes its whole process down, costs exactly its own item: the outcome is a
`Failure` in that item's place. Outcomes come in the order of the items, while later ones are still being worked on.
"""

from __future__ import annotations

import gc
import logging
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from onrecord.errors import OnRecordError, WrongCall
from onrecord.records import Record

A = TypeVar("A")
R = TypeVar("R")

CHUNK = 8  # items handed to a worker at once: a round trip costs 0.1 ms, a report some ms
AHEAD = 8  # chunks for each worker that may be done before an earlier item is: bounds memory behind a slow item
TRIES = 2  # a worker may die for another's fault (memory); an item alone with a dead worker twice is the cause
YOUNG = 20_000  # objects after which a worker looks for cycles: with Python's 700 that takes 2 % of reading, in vain
PATIENCE = 5.0  # seconds a worker has to end before it is killed
log = logging.getLogger(__name__)


class Failure(Record, frozen=True, kw_only=True):
    """What came of an item whose function raised, or ended its process."""

    code: str  # "crash": it raised; "killed": the process died; "unsendable": it cannot cross between processes
    error: str  # "ValueError: no such day", "the worker ended with signal 9"
    trace: str = ""


def each(function: Callable[[A], R], items: Iterable[A], *, workers: int = 1) -> Iterator[R | Failure]:
    """The outcome of `function` on each item, in order; a Failure where there is none.

    With more than one worker, `function` and items must be picklable. Items are taken as they are needed.
    """
    if workers < 1:
        raise WrongCall(f"workers: {workers} is too few", hint="1 works in this process")
    if workers == 1:
        return map(partial(attempt, function), items)
    return _Pool(function, items, workers).outcomes()


def grouped(
    function: Callable[[tuple[A, ...]], R], records: Iterable[A], key: Callable[[A], Any], *, workers: int = 1
) -> Iterator[tuple[Any, R | Failure]]:
    """(key, outcome of `function` on all records of that key), by key; records of one key by id, else as they came."""
    groups: dict[Any, list[A]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    keys = sorted(groups, key=repr)  # keys may be None, text or tuples of both: their repr is the same in every run
    members = (tuple(sorted(groups[k], key=_id)) for k in keys)
    return zip(keys, each(function, members, workers=workers), strict=True)


def _id(record: object) -> str:
    return str(getattr(record, "id", ""))


def attempt(function: Callable[[A], R], item: A) -> R | Failure:
    """The one broad `except` of the house: whatever one item does, it does to itself."""
    try:
        return function(item)
    except (Exception, SystemExit) as e:
        return Failure(code="crash", error=_named(e), trace=traceback.format_exc())


def _named(e: BaseException) -> str:
    return f"{type(e).__name__}: {e}"


# ---------------------------------------------------------------- over several processes

Task = tuple[int, bytes]  # place of the item, item pickled


@dataclass(eq=False)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    ready: bool = False  # it could start: what kills it from now on is what it works on
    tasks: deque[Task] = field(default_factory=deque)  # handed over and not yet answered, in its order


class _Pool:
    """Workers that get chunks and answer item by item: when one dies, the item it was at is known."""

    def __init__(self, function: Callable[[Any], Any], items: Iterable[Any], count: int) -> None:
        self.function = _pickled(function)
        self.items = enumerate(items)
        self.count = count
        self.workers: list[_Worker] = []
        self.again: deque[Task] = deque()  # what a dead worker left behind
        self.deaths: dict[int, int] = {}
        self.done: dict[int, Any] = {}
        self.next = 0  # place of the outcome that comes next
        self.taken = 0  # items taken so far

    def outcomes(self) -> Iterator[Any]:
        try:
            while True:
                self._hand_out()
                while self.next in self.done:
                    yield self.done.pop(self.next)
                    self.next += 1
                if any(w.tasks for w in self.workers):
                    self._listen()
                elif not self.done and not self.again and not self._more():
                    return
        finally:
            self._end()

    def _more(self) -> bool:
        """Whether an item is left; it then waits in `again`."""
        task = next(self._tasks(), None)
        if task is not None:
            self.again.append(task)
        return task is not None or bool(self.done)

    def _tasks(self) -> Iterator[Task]:
        """Items pickled, in order; one that cannot be is done with."""
        for place, item in self.items:
            self.taken = place + 1
            try:
                yield place, pickle.dumps(item)
            except Exception as e:  # pickle raises whatever an item's own methods raise
                self.done[place] = Failure(code="unsendable", error=_named(e))

    def _hand_out(self) -> None:
        """Give every idle worker a chunk, as long as outcomes do not run too far ahead of the one that comes next."""
        for _ in range(self.count):
            if self.taken - self.next > self.count * CHUNK * AHEAD and not self.again:
                return
            idle = next((w for w in self.workers if not w.tasks), None)
            if idle is None and len(self.workers) == self.count:
                return
            chunk = self._chunk()
            if not chunk:
                return
            self._give(idle or self._start(), chunk)

    def _chunk(self) -> list[Task]:
        """A chunk of new items; or one item alone that was with a worker when it died."""
        if self.again:
            return [self.again.popleft()]
        return list(islice(self._tasks(), CHUNK))

    def _give(self, worker: _Worker, chunk: list[Task]) -> None:
        worker.tasks.extend(chunk)
        try:
            worker.pipe.send(chunk)
        except OSError:  # it died between two chunks: `_listen` hears of it
            log.debug("worker %s is gone", worker.process.pid)

    def _start(self) -> _Worker:
        context = get_context("spawn")  # fork would copy open ledgers and threads
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.function), daemon=True)
        with _deaf():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def _listen(self) -> None:
        """Take one message from every worker that has one."""
        by_pipe = {w.pipe: w for w in self.workers if w.tasks}
        for pipe in connection.wait(list(by_pipe)):
            assert isinstance(pipe, Connection)
            try:
                message = pipe.recv()
            except (EOFError, OSError):
                self._bury(by_pipe[pipe])
                continue
            self._hear(by_pipe[pipe], message)

    def _hear(self, worker: _Worker, message: tuple[int, bytes] | None) -> None:
        if message is None:
            worker.ready = True
            return
        place, answer = message
        worker.tasks.popleft()
        try:
            self.done[place] = pickle.loads(answer)
        except Exception as e:  # unpickling runs the outcome's own code
            self.done[place] = Failure(code="unsendable", error=_named(e))

    def _bury(self, worker: _Worker) -> None:
        """A worker died: the item it was at is tried once more, alone; the others of its chunk go to other workers."""
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.join(PATIENCE)
        code = worker.process.exitcode
        how = f"the worker ended with signal {-code}" if code is not None and code < 0 else f"it exited with {code}"
        if not worker.ready:
            raise OnRecordError(
                f"a worker process could not start: {how}",
                hint="call from a file with `if __name__ == '__main__':`, or with one worker",
            )
        place, _ = worker.tasks[0]
        self.deaths[place] = self.deaths.get(place, 0) + 1
        log.warning("item %s: %s (%s of %s)", place, how, self.deaths[place], TRIES)
        if self.deaths[place] >= TRIES:
            worker.tasks.popleft()
            self.done[place] = Failure(code="killed", error=how)
        self.again.extend(worker.tasks)

    def _end(self) -> None:
        """Leave no process behind, whatever happened: Ctrl-C, an error, or a caller who needs no more."""
        for worker in self.workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join(PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self.workers.clear()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C, not even while they import; this one hears it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pickled(function: Callable[[Any], Any]) -> bytes:
    try:
        return pickle.dumps(function)
    except Exception as e:
        hint = "give a function from a module, or one worker"
        raise WrongCall(f"{function!r} cannot go to other processes: {e}", hint=hint) from None


def _work(pipe: Connection, packed: bytes) -> None:
    """A worker's life: take a chunk, answer item by item, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])  # a process of our own: never that of who calls us
    function = pickle.loads(packed)
    try:
        pipe.send(None)
        while True:
            for place, item in pipe.recv():
                pipe.send((place, _answer(function, item)))
    except (EOFError, OSError):
        return


def _answer(function: Callable[[Any], Any], item: bytes) -> bytes:
    outcome = attempt(lambda packed: function(pickle.loads(packed)), item)
    try:
        return pickle.dumps(outcome)
    except Exception as e:
        return pickle.dumps(Failure(code="unsendable", error=_named(e)))
