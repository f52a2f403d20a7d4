"""Pairs of copied documents, for `score_textreuse.py`: those that `trace` calls copies, at the cut that it ships.

python -m bench.textreuse [--sweep]    with --sweep: figures at other cuts, and a peer in the same run
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from onrecord.trace.alignment import Reuse
from onrecord.trace.copies import reuses

Row = dict[str, str]


def predict(data: Path, out: Path) -> None:
    """Write `a,b,score` for each pair of documents in `data` of which one is contained in the other."""
    rows = documents(data)
    found = copied(rows)
    with open(out, "w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(("a", "b", "score"))
        writer.writerows((rows[a]["id"], rows[b]["id"], s) for a, b, s in pairs(found))


def copied(rows: list[Row]) -> tuple[Reuse, ...]:
    """What the product calls copies among the documents."""
    found = reuses([r["text"] for r in rows], [r["outlet"] for r in rows])
    return tuple(r for r in found if r.is_copy)


def documents(data: Path) -> list[Row]:
    with gzip.open(data / "docs.jsonl.gz", "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def pairs(found: tuple[Reuse, ...]) -> Iterator[tuple[int, int, float]]:
    """Each pair once: equal texts share the pairs of the first of them."""
    equal: dict[int, list[int]] = {}
    for r in found:
        if r.identical:
            equal.setdefault(r.left, [r.left]).append(r.right)
    for group in equal.values():
        yield from ((a, b, 1.0) for k, a in enumerate(group) for b in group[k + 1 :])
    for r in found:
        if not r.identical:
            for a in equal.get(r.left, [r.left]):
                yield from ((a, b, r.contained) for b in equal.get(r.right, [r.right]))
