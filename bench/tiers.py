"""`python -m bench.tiers [DATA]` prints how often attributions are right, by the score they carry.

DATA is a file in the layout of `shared/bench/polnear`; its dev part where none is given. Right means: source and
content both overlap those of one gold relation by half or more (as in linked50).
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.attribution import relation
from bench.measures import POLNEAR, SHARED
from bench.own_corpus import scorer
from corpus.bare import document
from onrecord.extract.readers import reader
from onrecord.extract.statements import MIN_SCORE

HALF = 0.5
STEP = 5  # hundredths of a score in one line
SUREST = 0.4  # share of the statements that the reader keeps


def judged(data: Path, name: str) -> Iterator[tuple[float, bool]]:
    """Score of every attribution, and whether it is right."""
    s, reading = scorer(), reader(name)
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        for line in lines:
            gold = json.loads(line)
            doc = s.Doc(gold["text"])
            found = reading.attributions(document(gold["text"], gold["id"]))
            found = tuple(a for a in found if not a.because.rule.endswith("nested"))
            ours = doc.relations({"id": gold["id"], "relations": [relation(a) for a in found]}, False)
            theirs = doc.relations(gold, False)
            right = {
                i for i, j, _ in s.match(ours, theirs, s.rel_score)
                if all(s.dice(ours[i][k], theirs[j][k]) >= HALF for k in ("source", "content"))
            }  # fmt: skip
            yield from ((a.because.score, i in right) for i, a in enumerate(found))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.tiers", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=SHARED / POLNEAR)
    parser.add_argument("--reader", default="grammar")
    a = parser.parse_args(argv)
    if not a.data.exists():
        print(f"skipped: no such data: {a.data}")
        return 0
    found = sorted(judged(a.data, a.reader), reverse=True)
    kept = sum(score >= MIN_SCORE for score, _ in found)
    print("score     right    in all  right so far  share of statements")
    taken = good = 0
    for low in range(95, 0, -STEP):
        here = [ok for score, ok in found if low <= round(100 * score) < low + STEP]
        taken, good = taken + len(here), good + sum(here)
        if here:
            share = f"{taken / kept:.0%}" if low >= 100 * MIN_SCORE else "left out"
            bin_ = f".{low:02}–{(low + STEP) / 100:.2f}"
            print(f"{bin_:9}  {sum(here) / len(here):.2f}  {len(here):8}  {good / taken:12.3f}  {share}")
    surest = [ok for _, ok in found[: math.ceil(SUREST * kept)]]
    if surest:
        print(f"the surest {SUREST:.0%} of statements: {sum(surest) / len(surest):.3f} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
