"""`python -m bench TASK --data PATH --out PRED` makes predictions; without a task it prints the scoreboard."""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.measures import MEASURES, SHARED, TASKS, Measure, Task
from onrecord.errors import OnRecordError

FLOORS = Path(__file__).parent / "floors.json"


def predict(task: Task, data: Path, out: Path, reader: str | None = None) -> None:
    """Write the predictions of `task` on `data`, in its scorer's format, to `out`."""
    module = importlib.import_module(task.module)
    function = getattr(module, f"predict_{task.name}", None) or module.predict
    if task.reader and reader:
        function(data, out, reader=reader)
    else:
        function(data, out)


def score(task: Task, data: Path, pred: Path) -> dict[str, object]:
    """The scorer's answer."""
    args = [a.format(data=data, pred=pred) for a in task.args]
    done = subprocess.run([sys.executable, str(SHARED / task.scorer), *args], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{task.scorer}: {done.stderr.strip()}")
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def data_digest(path: Path) -> str:
    """Hash of what a figure was measured on: names and bytes of a file, or of a folder's files."""
    h = hashlib.sha256()
    for f in sorted([path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]):
        h.update(f.name.encode() + f.read_bytes())
    return h.hexdigest()[:16]


def figure(answer: dict[str, object], m: Measure) -> float:
    found: object = answer
    for key in m.path:
        found = found[key]  # type: ignore[index]
    return float(found)  # type: ignore[arg-type]


MARGIN = 0.005  # below the figure measured: a floor catches a fall, not the noise of a tie


def pinned(
    key: str, value: float, digest: str, floor: dict[str, object] | None, because: str | None
) -> dict[str, object]:
    """The floor for a figure just measured: raised freely, lowered only with a reason, which is kept."""
    wanted = round(value - MARGIN, 3)
    if floor is None or floor["data"] != digest or wanted >= float(str(floor["floor"])):
        return {"floor": wanted, "data": digest}
    if because is None:
        print(
            f"{key}: {wanted} would lower the floor {floor['floor']}: kept; give --because to lower it", file=sys.stderr
        )
        return floor
    return {"floor": wanted, "data": digest, "lowered": because}


def scoreboard(only: str | None, *, pin: bool = False, because: str | None = None) -> int:
    """Print every figure beside its peer and floor; 1 if one is below its floor. With `pin`, renew the floors."""
    if not SHARED.is_dir():
        print("skipped: the scoreboard needs the benchmark data, ../shared/bench, beside the project; it is not here")
        return 0
    floors = json.loads(FLOORS.read_text("utf-8"))
    table = Table("figure", "peer", "its figure", "ours", "floor", "", title="On Record, development data")
    below: list[str] = []
    answers: dict[tuple[str, str, str | None], dict[str, object] | None] = {}
    digests: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for m in MEASURES:
            if only and m.task != only:
                continue
            task, data = TASKS[m.task], (SHARED / m.data).resolve()
            run = m.task, m.data, m.reader
            if run not in answers:
                print(f"measuring {m.task} on {m.data} {m.reader or ''}...", file=sys.stderr)
                pred = Path(folder) / f"pred{task.suffix}"
                try:
                    predict(task, data, pred, m.reader)
                except OnRecordError as e:  # a reader whose weights or packages are not here
                    print(f"skipped: {e}", file=sys.stderr)
                    answers[run] = None
                else:
                    answers[run], digests[m.data] = score(task, data, pred), data_digest(data)
            answer = answers[run]
            if answer is None:
                table.add_row(m.key, m.peer, "–", "–", "–", "skipped: the reader is not here")
                continue
            value, floor = figure(answer, m), floors.get(m.key)
            if pin:
                floors[m.key] = floor = pinned(m.key, value, digests[m.data], floor, because)
            note = "" if floor else "no floor"
            if floor and floor["data"] != digests[m.data]:
                note = "other data than the floor's"
            elif floor and value < floor["floor"]:
                note = "BELOW ITS FLOOR"
                below.append(m.key)
            peer = "–" if m.peer_figure is None else f"{m.peer_figure:.3f}"
            table.add_row(m.key, m.peer, peer, f"{value:.3f}", f"{floor['floor']:.3f}" if floor else "–", note)
    Console().print(table)
    if pin:
        FLOORS.write_text(json.dumps(dict(sorted(floors.items())), indent=1) + "\n", "utf-8")
    return 1 if below else 0


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("task", nargs="?", choices=sorted(TASKS))
    parser.add_argument("--data", type=Path, help="gold file or folder, in the layout of shared/bench")
    parser.add_argument("--out", type=Path, help="where the predictions go")
    parser.add_argument("--reader", help="which reader reads (attribution, record)")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument("--because", help="with --pin: the reason why a floor is lowered")
    a = parser.parse_args(argv)
    if a.task is None or a.data is None:
        return scoreboard(a.task, pin=a.pin, because=a.because)
    if a.out is None:
        parser.error("--out is needed with --data")
    if not a.data.exists():
        parser.error(f"no such data: {a.data}")
    predict(TASKS[a.task], a.data, a.out, a.reader)
    return 0


if __name__ == "__main__":
    sys.exit(main())
