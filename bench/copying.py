"""Pairs of sources that copy, for `score_truth.py --copies`: those that shared values show to depend, in groups."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from onrecord.trace.values import groups, shared_values


def predict(data: Path, out: Path) -> None:
    """Write `a,b` for each pair of sources in one group."""
    with open(out, "w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(("a", "b"))
        for group in groups(shared_values(given(data / "claims.csv.gz"))):
            writer.writerows(combinations(group, 2))


def given(path: Path) -> Iterator[tuple[str, str, str]]:
    """(source, item, value) of each claim."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            yield row["source"], "\t".join((row["day"], row["object"], row["property"])), row["value"]
