"""Pairs of copied documents, for `score_textreuse.py`: those that `trace` calls copies, at the cut that it ships.

python -m bench.textreuse DATA            ours beside peers in one run, from text to pairs: word 4-grams in plain
                                          Python; MinHash with LSH of rensa and datasketch where installed
python -m bench.textreuse --sweep DATA    pair F1 at other cuts than the one shipped
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations
from pathlib import Path

from onrecord.trace.alignment import Reuse
from onrecord.trace.copies import reuses

Row = dict[str, str]
Find = Callable[[list[Row]], set[tuple[int, int]]]

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


# ---------------------------------------------------------------- peers, and the sweep behind the cut


def word_grams(rows: list[Row], k: int = 4, least: float = 0.1) -> set[tuple[int, int]]:
    """The peer: pairs that share `least` of the smaller text's word k-grams, in plain Python."""
    grams = [set(zip(*(WORD.findall(r["text"].lower())[i:] for i in range(k)), strict=False)) for r in rows]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, own in enumerate(grams):
        for gram in own:
            holders[gram].append(i)
    shared = Counter(p for ids in holders.values() if 1 < len(ids) <= COMMON for p in combinations(ids, 2))
    return {(a, b) for (a, b), n in shared.items() if n >= least * min(len(grams[a]), len(grams[b]))}


def shingles(text: str, k: int = 3) -> list[str]:
    w = WORD.findall(text.lower())
    return [" ".join(w[i : i + k]) for i in range(len(w) - k + 1)]


def rensa(rows: list[Row], least: float = 0.15) -> set[tuple[int, int]]:
    """The peer: MinHash and LSH in Rust, at a Jaccard of `least`."""
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found]

    lsh, found = RMinHashLSH(threshold=least, num_perm=128, num_bands=64 if least < 0.2 else 32), set()
    for i, row in enumerate(rows):
        m = RMinHash(num_perm=128, seed=1)
        m.update(shingles(row["text"]))
        found |= {(int(j), i) for j in lsh.query(m) if int(j) != i}
        lsh.insert(i, m)
    return found


def datasketch(rows: list[Row], least: float = 0.15) -> set[tuple[int, int]]:
    """The peer: MinHash and LSH in Python and numpy, at a Jaccard of `least`."""
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]

    lsh, found = MinHashLSH(threshold=least, num_perm=128), set()
    for i, row in enumerate(rows):
        m = MinHash(num_perm=128, seed=1)
        m.update_batch([s.encode() for s in shingles(row["text"])])
        found |= {(int(j), i) for j in lsh.query(m)}
        lsh.insert(i, m)
    return found


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


def ours(rows: list[Row]) -> set[tuple[int, int]]:
    return {(min(a, b), max(a, b)) for a, b, _ in pairs(copied(rows))}


JACCARD = (0.15, 0.25, 0.4)  # at which the peers that want a threshold are tried
PEERS: tuple[tuple[str, Find, str | None], ...] = (
    ("word 4-grams, containment 0.10", word_grams, None),
    *((f"rensa, Jaccard {j}", partial(rensa, least=j), "rensa") for j in JACCARD),
    *((f"datasketch, Jaccard {j}", partial(datasketch, least=j), "datasketch") for j in JACCARD),
)


def beside(rows: list[Row], gold: set[tuple[int, int]]) -> None:
    """Print ours and each peer that is installed, from text to pairs."""
    found, own = _timed(ours, rows)
    print(line("onrecord", found, gold, own))
    for name, find, needs in PEERS:
        if needs is not None and importlib.util.find_spec(needs) is None:
            print(f"{name}: skipped, it is not installed")
            continue
        found, speed = _timed(find, rows)
        print(f"{line(name, found, gold, speed)}  ours is {own / speed:.1f} times as fast")


def _timed(find: Find, rows: list[Row]) -> tuple[set[tuple[int, int]], float]:
    start = time.process_time()
    found = find(rows)
    return found, len(rows) / (time.process_time() - start)


def main(argv: list[str]) -> int:
    sweep = argv[:1] == ["--sweep"]
    if len(argv) != 1 + sweep:
        print(__doc__)
        return 2
    data = Path(argv[-1])
    rows = documents(data)
    gold = gold_pairs(data, rows)
    texts, outlets = [r["text"] for r in rows], [r["outlet"] for r in rows]
    reuses(texts[:50], outlets[:50])  # the table of letters is made once
    if not sweep:
        beside(rows, gold)
        return 0
    start = time.process_time()
    every = reuses(texts, outlets, least=0.2)
    speed = len(rows) / (time.process_time() - start)
    for contained in (0.25, 0.30, 0.35, 0.40, 0.45):
        for whole in (0.25, 0.30, 0.35):
            kept = tuple(r for r in every if r.contained >= contained and r.whole >= whole)
            found = {(min(a, b), max(a, b)) for a, b, _ in pairs(kept)}
            print(line(f"contained {contained:.2f}, of the whole {whole:.2f}", found, gold, speed))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
