"""Kill a process that is adding, at random moments; prove that nothing finished is lost and nothing half stored.

    python -m bench.kills [--n 200] [--seed 1] [--sources FOLDER] [--whole]

A child runs `flow.add` into a fresh ledger and is killed (SIGKILL) at a moment drawn from the whole time that adding
takes: while the file is made, between and inside writes, while deriving. Then, each time: `check` finds nothing; every
report that `keep` had returned for is there; adding again ends with the digest of a ledger that nobody disturbed.
Reading and extracting are pure, so they are done once and handed to every child, and the kills fall on the writing;
with --whole each child reads for itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import tempfile
import time
from pathlib import Path

from onrecord import flow, ledger
from onrecord.beat import Beat, load

RECORDED = "2031-05-01T08:00:00Z"
BUNDLED = Path(__file__).parent.parent / "onrecord" / "beats" / "railway"


def add(path: Path, sources: Path, beat: Beat, finished: int | None = None) -> None:
    """Add everything; the id of each report that is kept goes to the file descriptor `finished` at once."""
    with ledger.open(path) as book:
        keep = book.keep

        def telling(original, report, reading, *, recorded_at):  # type: ignore[no-untyped-def]
            new = keep(original, report, reading, recorded_at=recorded_at)
            if finished is not None:
                os.write(finished, f"{report.id}\n".encode())
            return new

        book.keep = telling  # type: ignore[method-assign]
        flow.add(book, [str(sources)], beat=beat, recorded_at=RECORDED)


def killed(path: Path, sources: Path, beat: Beat, after: float) -> tuple[set[str], bool]:
    """Ids of the reports that were finished, and whether the child was killed before it was done."""
    out, into = os.pipe()
    child = os.fork()  # no ledger is open here: SQLite files must not be carried over a fork
    if child == 0:
        code = 1
        try:
            os.close(out)
            add(path, sources, beat, into)
            code = 0
        finally:
            os._exit(code)
    os.close(into)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(out) as lines:
        finished = {line.strip() for line in lines if line.endswith("\n")}
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit(f"the child failed by itself: {path}")
    return finished, os.WIFSIGNALED(status)


def trial(path: Path, sources: Path, beat: Beat, after: float, right: str) -> dict[str, bool]:
    """What was wrong after one kill."""
    finished, reached = killed(path, sources, beat, after)
    with ledger.open(path) as book:
        unsound = ledger.check(book) != ()
        stored = set(book.view().report_ids())
    add(path, sources, beat)
    with ledger.open(path) as book:
        different = ledger.digest(book) != right or ledger.check(book) != ()
    return {
        "killed": reached,
        "while writing": reached and len(stored) > 0,
        "lost": not finished <= stored,
        "unsound": unsound,
        "different": different,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=200, help="how many kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sources", type=Path, default=BUNDLED, help="a folder of reports")
    parser.add_argument("--beat", default="railway")
    parser.add_argument("--whole", action="store_true", help="each child reads and extracts for itself")
    a = parser.parse_args()
    beat, rng = load(a.beat), random.Random(a.seed)
    if not a.whole:
        taken = list(flow.take([str(a.sources)], beat=beat))
        flow.take = lambda *_, **__: iter(taken)  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        undisturbed = Path(folder) / "right.db"
        add(undisturbed, a.sources, beat)
        start = time.monotonic()
        add(Path(folder) / "timed.db", a.sources, beat)  # the first time also loads what is loaded when needed
        lasted = time.monotonic() - start
        with ledger.open(undisturbed) as book:
            right, reports = ledger.digest(book), book.view().counts()["reports"]
        totals: dict[str, int] = {}
        n = 0
        while totals.get("killed", 0) < a.n and n < 2 * a.n:  # some end before their kill: they do not count
            n += 1
            path = Path(folder) / f"{n}.db"
            found = trial(path, a.sources, beat, rng.uniform(0, lasted), right)
            totals = {k: totals.get(k, 0) + v for k, v in found.items()}
            for file in Path(folder).glob(f"{n}.db*"):
                file.unlink()
    print(json.dumps({"trials": n, "reports": reports, **totals}))
    return int(any(totals.get(k, 0) for k in ("lost", "unsound", "different")))


if __name__ == "__main__":
    raise SystemExit(main())
