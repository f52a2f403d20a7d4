"""Which sources copy, beside peers in the same run: `python -m bench.copying_peers [FOLDER ...]`.

Peers, in plain numpy: ACCU with copy detection (Dong, Berti-Équille, Srivastava 2009: votes by accuracy, discounted by
how likely the voter copied, in rounds; settings of the paper), and two without a model: the share of values in common,
and the share of values in common that most others contradict. These two have no cut of their own: they are given the
best one for the data, chosen with the answers, and then one cut for all the data, chosen so too. The answers of
`flight` seem to have been read off the data themselves: a share of common values finds them all.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.copying import given
from bench.measures import SHARED
from onrecord.trace.values import Table, groups, shared_values

Floats = NDArray[np.float64]
Pairs = set[tuple[str, str]]

PRIOR, COPIED, FALSE = 0.2, 0.8, 100  # that a source copies; share it copies; false values of an item (2009, section 5)
ROUNDS = 5
START = 0.8  # accuracy of every source before the first round


def gold(data: Path) -> Pairs:
    """Pairs of sources of one copying group, as score_truth.py reads them."""
    found: dict[str, set[str]] = defaultdict(set)
    with open(data / "copies.csv", encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            found[r["group"]] |= {r["source"]} if "source" in r else {r["copier"], r["copied_from"], r["group"]}
    return {p for g in found.values() for p in combinations(sorted(g), 2)}


def accu_copy(table: Table) -> Pairs:
    """Pairs of which copying, either way, is likelier than independence."""
    cells = table.cells
    n = len(table.sources)
    accuracy, depends = np.full(n, START), np.zeros((n, n))
    for _ in range(ROUNDS):
        votes = _votes(cells, accuracy, depends)
        truth = votes.argmax(1)
        chance = np.exp(votes - votes.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        rows = [np.flatnonzero(cells[:, s] >= 0) for s in range(n)]
        accuracy = np.array([chance[r, cells[r, s]].mean() if len(r) else START for s, r in enumerate(rows)])
        accuracy = np.clip(accuracy, 0.01, 0.99)
        depends = _dependence(cells, truth, accuracy)
    return {
        (table.sources[a], table.sources[b]) for a, b in np.argwhere(np.triu(depends + depends.T, 1) > 0.5).tolist()
    }


def _votes(cells: NDArray[np.int32], accuracy: Floats, depends: Floats) -> Floats:
    """Weight of each value of each item: a source counts by what it did not copy from better ones of the same value."""
    weight = np.log(FALSE * accuracy / (1 - accuracy))
    votes = np.zeros((len(cells), int(cells.max()) + 1))
    before: list[int] = []
    for s in np.argsort(-accuracy, kind="stable").tolist():
        held = np.flatnonzero(cells[:, s] >= 0)
        free = np.ones(len(held))
        for t in before:
            if depends[s, t] > 0.01:
                free *= np.where(cells[held, t] == cells[held, s], 1 - COPIED * depends[s, t], 1.0)
        votes[held, cells[held, s]] += weight[s] * free
        before.append(s)
    return votes


def _dependence(cells: NDArray[np.int32], truth: NDArray[np.int64], accuracy: Floats) -> Floats:
    """depends[s, t]: how likely s copies t."""
    n = cells.shape[1]
    depends = np.zeros((n, n))
    right = (cells == truth[:, None]) & (cells >= 0)
    for s, t in combinations(range(n), 2):
        both = (cells[:, s] >= 0) & (cells[:, t] >= 0)
        same = both & (cells[:, s] == cells[:, t])
        true = int((same & right[:, s]).sum())
        count = np.array([true, int(same.sum()) - true, int(both.sum()) - int(same.sum())])
        a, b = accuracy[s], accuracy[t]
        alone = np.array([a * b, (1 - a) * (1 - b) / FALSE, 0.0])
        alone[2] = max(1 - alone.sum(), 1e-9)
        log = [np.log(1 - PRIOR) + float(count @ np.log(alone))]
        for source in (b, a):  # s copies t; t copies s
            copied = COPIED * np.array([source, 1 - source, 0.0]) + (1 - COPIED) * alone
            log.append(np.log(PRIOR / 2) + float(count @ np.log(np.maximum(copied, 1e-300))))
        odds = np.exp(np.array(log) - max(log))
        depends[s, t], depends[t, s] = odds[1] / odds.sum(), odds[2] / odds.sum()
    return depends


def shares(table: Table) -> dict[tuple[str, str], float]:
    """Values in common as a share of the items that either gives."""
    return _scored(table, lambda same, either, rare: float(same.sum()) / max(1, int(either.sum())))


def rare_values(table: Table) -> dict[tuple[str, str], float]:
    """Values in common that fewer than half of the others give, as a share of the items that both give."""
    return _scored(table, lambda same, either, rare: float((same & rare).sum()) / max(1, int(either.sum())))


def _scored(table: Table, score: Callable[..., float]) -> dict[tuple[str, str], float]:
    cells, n = table.cells, len(table.sources)
    held = cells >= 0
    size = np.stack([(cells == v).sum(1) for v in range(int(cells.max()) + 1)], 1)
    voices = held.sum(1)
    out = {}
    for s, t in combinations(range(n), 2):
        same = held[:, s] & (cells[:, s] == cells[:, t])
        others = size[np.arange(len(cells)), np.maximum(cells[:, s], 0)] - 2
        rare = 2 * others < voices - 2
        out[table.sources[s], table.sources[t]] = score(same, held[:, s] | held[:, t], rare)
    return out


def best_cut(scores: dict[tuple[str, str], float], wanted: Pairs) -> Pairs:
    """The pairs at the cut that fits the answers best."""
    order = sorted(scores, key=lambda p: -scores[p])
    hits, best, at = 0, 0.0, 0
    for k, pair in enumerate(order, 1):
        hits += pair in wanted
        if 2 * hits / (k + len(wanted)) > best:
            best, at = 2 * hits / (k + len(wanted)), k
    return set(order[:at])


def ours(rows: list[tuple[str, str, str]]) -> Pairs:
    return {p for g in groups(shared_values(rows)) for p in combinations(sorted(g), 2)}


def one_cut(rows: list[tuple[dict[tuple[str, str], float], Pairs]]) -> float:
    """The cut that gives the best mean F1 over several data."""
    cuts = sorted({round(v, 3) for scores, _ in rows for v in scores.values()})
    return max(cuts, key=lambda c: sum(f1({p for p, v in s.items() if v >= c}, wanted)[2] for s, wanted in rows))


def f1(found: Pairs, wanted: Pairs) -> tuple[float, float, float]:
    hits = len(found & wanted)
    return hits / max(1, len(found)), hits / max(1, len(wanted)), 2 * hits / max(1, len(found) + len(wanted))


Scores = dict[str, dict[tuple[str, str], float]]


def compare(data: Path) -> tuple[float, Scores, Pairs]:
    """Print the lines of one folder; our F1, the scores of the peers that want a cut, and the answers."""
    rows, wanted = list(given(data / "claims.csv.gz")), gold(data)
    table = Table.of(rows)
    print(f"{data.name}: {len(rows):,} claims of {len(table.sources)} sources, {len(wanted)} pairs that copy")
    first = measured("onrecord", lambda: ours(rows), wanted, None)
    measured("ACCU with copying", lambda: accu_copy(table), wanted, first)
    scores: Scores = {}
    for name, score in (("values in common", shares), ("rare values in common", rare_values)):
        scores[name] = score(table)
        measured(f"{name}, its best cut", lambda name=name: best_cut(scores[name], wanted), wanted, first)  # type: ignore[misc]
    return first, scores, wanted


def measured(name: str, find: Callable[[], Pairs], wanted: Pairs, first: float | None) -> float:
    start = time.process_time()
    p, r, f = f1(find(), wanted)
    ratio = f"  ours / theirs {first / f:.2f}" if first is not None and f else ""
    print(f"  {name:44s} P {p:.3f}  R {r:.3f}  F1 {f:.3f}  {time.process_time() - start:6.1f} s{ratio}")
    return f


def main(argv: list[str]) -> int:
    folders = [Path(a) for a in argv] or [SHARED / "synthcopy", SHARED / "flight"]
    for data in folders:
        if not (data / "copies.csv").exists():
            print(f"skipped: {data.name} is not there (see bench/README.md)")
    found = [(data.name, *compare(data)) for data in folders if (data / "copies.csv").exists()]
    for name in ("values in common", "rare values in common") if len(found) > 1 else ():
        cut = one_cut([(scores[name], wanted) for _, _, scores, wanted in found])
        for folder, first, scores, wanted in found:
            pairs = {p for p, v in scores[name].items() if v >= cut}
            measured(f"{folder}, {name}, one cut for all", lambda pairs=pairs: pairs, wanted, first)  # type: ignore[misc]
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
