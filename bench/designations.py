"""Counts of right and wrong answers on pairs of designations: `python -m bench.designations [FILE.tsv]`.

A wrong merge (said to be the same and it is not) is the one fault that is never allowed: exit code 1.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from onrecord.resolve.designations import Relation, relation

CASES = Path(__file__).parent.parent / "tests" / "cases" / "designations.tsv"


def counts(path: Path = CASES) -> Counter[tuple[str, str]]:
    """(expected, found) → how many, each pair in both orders."""
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    pairs = [(r["expected"], r[a], r[b]) for r in rows for a, b in (("left", "right"), ("right", "left"))]
    return Counter((expected, str(relation(a, b)[0])) for expected, a, b in pairs)


def wrong_merges(found: Counter[tuple[str, str]]) -> int:
    return sum(n for (expected, said), n in found.items() if said == Relation.SAME and expected != Relation.SAME)


def main() -> int:
    found = counts(Path(sys.argv[1]) if len(sys.argv) > 1 else CASES)
    for (expected, said), n in sorted(found.items()):
        print(f"{expected:10s} said {said:10s} {n:5d}")
    right = sum(n for (expected, said), n in found.items() if expected == said)
    print(f"right {right} of {found.total()}; wrong merges {wrong_merges(found)}")
    return 1 if wrong_merges(found) else 0


if __name__ == "__main__":
    sys.exit(main())
