"""`python -m bench.peers_numbers [GOLD]`: characters a second of our quantities and dates beside peers.

The peers are measured in the same run where they are installed (they are no dependencies), and skipped with a word
where not. Without a file of texts (JSON lines with "text"), an invented article is repeated.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.quantity import found as our_quantities
from bench.quantity import lines
from bench.time_expressions import found as our_dates

ARTICLE = (
    "The harbour board of Sandholm said on Tuesday that about 300 ferries, up from 240 a year earlier, used the port "
    "in the third quarter of 2030. Fares rose 4.5 percent to $12.40 a head. By the end of the decade it wants to carry "
    "between 2 and 3 million passengers over 45 km, a third of them by night. A 68-year-old pilot called it too late.\n"
)
MAX_CHARS = 60_000  # of text each peer reads: quantulum3 needs a minute for more


def rate(read: Callable[[str], object], texts: Iterable[str]) -> float:
    """Characters a second of processor time, which others on the machine change little, after one text to warm up."""
    todo = list(texts)
    read(todo[0])
    start = time.process_time()
    for t in todo:
        read(t)
    return sum(map(len, todo)) / (time.process_time() - start)


def peer(module: str, call: Callable[[object, str], object]) -> Callable[[str], object] | None:
    """A peer's reading function, or None with a word where it is not installed."""
    if importlib.util.find_spec(module.split(".")[0]) is None:
        print(f"skipped: {module.split('.')[0]} is not installed", file=sys.stderr)
        return None
    loaded = importlib.import_module(module)
    return lambda text: call(loaded, text)


def sample(data: Path | None) -> list[str]:
    texts = [f"{n}. {ARTICLE}" for n in range(100)] if data is None else [str(r["text"]) for r in lines(data)]
    out: list[str] = []
    for t in texts:
        if sum(map(len, out)) + len(t) > MAX_CHARS:
            break
        out.append(t)
    return out


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.peers_numbers", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path)
    texts = sample(parser.parse_args(argv).data)
    pairs = (
        ("quantities", our_quantities, "quantulum3", peer("quantulum3.parser", lambda m, t: m.parse(t))),  # type: ignore[attr-defined]
        ("dates", lambda t: our_dates(t, "2031-03-14"), "dateparser",
         peer("dateparser.search", lambda m, t: m.search_dates(t, languages=["en"]))),  # type: ignore[attr-defined]
    )  # fmt: skip
    for what, ours, name, theirs in pairs:
        mine = rate(ours, texts)
        line = f"{what}: ours {mine / 4500:.0f} articles of 4,500 characters a second"
        if theirs is not None:
            other = rate(theirs, texts)
            line += f"; {name} {other / 4500:.1f}; ratio {mine / other:.0f}"
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
