"""Pairs of copied documents, for `score_textreuse.py`: those that `trace` calls copies, at the cut that it ships.

python -m bench.textreuse DATA    pair F1 at other cuts than the one shipped, and a peer (word 4-grams) in the same run
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from onrecord.trace.alignment import Reuse
from onrecord.trace.copies import reuses

Row = dict[str, str]

WORD = re.compile(r"\w+")
COMMON = 40  # documents that share a gram, beyond which the peer leaves it out


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


# ---------------------------------------------------------------- the sweep behind the cut, and a peer


def word_grams(rows: list[Row], k: int = 4, least: float = 0.1) -> set[tuple[int, int]]:
    """The peer: pairs that share `least` of the smaller text's word k-grams, in plain Python."""
    grams = [set(zip(*(WORD.findall(r["text"].lower())[i:] for i in range(k)), strict=False)) for r in rows]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, own in enumerate(grams):
        for gram in own:
            holders[gram].append(i)
    shared = Counter(p for ids in holders.values() if 1 < len(ids) <= COMMON for p in combinations(ids, 2))
    return {(a, b) for (a, b), n in shared.items() if n >= least * min(len(grams[a]), len(grams[b]))}


def gold_pairs(data: Path, rows: list[Row]) -> set[tuple[int, int]]:
    place, groups = {r["id"]: i for i, r in enumerate(rows)}, defaultdict(list)
    with gzip.open(data / "gold.csv.gz", "rt", encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            groups[r["group"]].append(place[r["id"]])
    return {p for g in groups.values() for p in combinations(sorted(g), 2)}


def line(name: str, found: set[tuple[int, int]], gold: set[tuple[int, int]], speed: float) -> str:
    hits = len(found & gold)
    p, r, f1 = hits / max(len(found), 1), hits / len(gold), 2 * hits / (len(found) + len(gold))
    return f"{name:38} P {p:.4f}  R {r:.4f}  F1 {f1:.4f}  {speed:8,.0f} documents/s"


def main(argv: list[str]) -> int:
    if len(argv) != 1:
        print(__doc__)
        return 2
    data = Path(argv[0])
    rows = documents(data)
    gold = gold_pairs(data, rows)
    texts, outlets = [r["text"] for r in rows], [r["outlet"] for r in rows]
    reuses(texts[:50], outlets[:50])  # the table of letters is made once
    start = time.process_time()
    every = reuses(texts, outlets, least=0.2)
    speed = len(rows) / (time.process_time() - start)
    for contained in (0.25, 0.30, 0.35, 0.40, 0.45):
        for whole in (0.25, 0.30, 0.35):
            kept = tuple(r for r in every if r.contained >= contained and r.whole >= whole)
            found = {(min(a, b), max(a, b)) for a, b, _ in pairs(kept)}
            print(line(f"contained {contained:.2f}, of the whole {whole:.2f}", found, gold, speed))
    start = time.process_time()
    peer = word_grams(rows)
    print(line("word 4-grams, containment 0.10", peer, gold, len(rows) / (time.process_time() - start)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
