"""`python -m bench.speed [--n 1000]`: adds N varied copies of the example reports; rate, memory, and time per stage.

Each copy of an example report has another headline and date, sentences dropped and reordered, and figures changed by a
seed: some stay near copies, as in life. Everything runs in one process of its own, so that the peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from onrecord import flow
from onrecord.beat import BUNDLED, load
from onrecord.ledger import open as open_ledger
from onrecord.read import originals, read
from onrecord.records import Original

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")


def varied(n: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """`n` varied copies of the example reports, as rows of a JSON Lines file."""
    files = [x for x in originals([str(BUNDLED / "railway")]) if isinstance(x, Original)]
    texts = [r for x in files for r in read(x)[0] if r.language == "en"]
    draw = random.Random(seed)
    for i in range(n):
        report = texts[i % len(texts)]
        paragraphs = [p for p in report.text.split("\n") if p.strip()]
        body = [s for p in paragraphs[1:] for s in SENTENCE.split(p)]
        keep = [s for s in body if draw.random() > 0.15]
        if draw.random() < 0.3 and len(keep) > 3:
            cut = draw.randrange(1, len(keep))
            keep = keep[cut:] + keep[:cut]
        text = re.sub(r"\b\d{2,3}\b(?! ?%)", lambda m: str(int(m[0]) + draw.choice((0, 0, 0, 1, 7))), "\n\n".join(keep))
        day = date(2031, 1, 6) + timedelta(days=i % 90)
        yield {
            "url": f"https://copy.example/{i}",
            "title": f"{paragraphs[0]} ({i})",
            "text": f"{paragraphs[0]} ({i})\n\n{text}",
            "published": day.isoformat(),
            "outlet": report.outlet or f"Outlet {i % 6}",
        }


def measure(n: int, workers: int) -> dict[str, float]:
    """Seconds per stage, reports per second, MiB at the peak."""
    beat = load("railway")
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder) / "copies.jsonl", Path(folder) / "copies.db"
        source.write_text("".join(json.dumps(row) + "\n" for row in varied(n)), "utf-8")
        times: dict[str, float] = {}
        last = ["read", time.perf_counter()]

        def progress(stage: str, done: int, total: int | None) -> None:
            now = time.perf_counter()
            times[str(last[0])] = times.get(str(last[0]), 0.0) + now - float(last[1])
            last[:] = [stage, now]

        start = time.perf_counter()
        with open_ledger(path) as ledger:
            done = flow.add(
                ledger, [str(source)], beat=beat, recorded_at="2031-05-01T08:00:00Z", workers=workers, progress=progress
            )
        wall = time.perf_counter() - start
        times["derive, store"] = wall - sum(times.values())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = path.stat().st_size / 2**20
    return {
        **{f"{stage} s": round(s, 2) for stage, s in times.items()},
        "wall s": round(wall, 2), "reports": done.reports, "claims": done.claims,
        "reports/s": round(done.reports / wall, 1), "peak MiB": round(peak), "ledger MiB": round(size, 1),
    }  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    a = parser.parse_args(argv)
    for name, value in measure(a.n, a.workers).items():
        print(f"{name:14} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
