"""Makes `onrecord/resolve/name_weights.json`: costs of edits between scripts, and weights of the features of two names.

    python -m training.names DATA [--folds 5]    DATA holds pairs.csv.gz and clusters.csv.gz
                                                 (id, subset, type, name1, name2, match, category, scripts)

Costs: expectation-maximisation over the pairs that match (Ristad and Yianilos 1998), with a prior that all scripts
share. Weights: logistic regression. With --folds the figures are for names that were left out: whole clusters of the
region and Wikidata sets, and all pairs of one left name of the transliterations, fall into one fold. No randomness.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Indel

from onrecord.records import Kind
from onrecord.resolve import compare
from onrecord.resolve.compare import NUMBERED, OTHER, Model, features, features_of, numbers_differ, oriented
from onrecord.resolve.compare import logistic as sigmoid
from onrecord.resolve.parts import parts_of
from onrecord.resolve.sounds import padded
from onrecord.resolve.units import CODE, UNITS, N

FLOOR = 9.0  # cost of an edit that training has not seen, per unit
ROUNDS = 8  # of expectation-maximisation
SHARED_WEIGHT, OWN_WEIGHT = 50.0, 300.0  # pseudo-counts of the priors: 100 to 1000 measured, flat
PARTS = 4  # weights are learned on costs that have not seen the part: on seen ones, likeness would be trusted too far
LEAST = 1e-5  # probability below which an edit is not kept
ALIKE = [
    set("aeiouyw"), {"b", "p", "v", "f", "w", "ph"}, {"d", "t", "th"},
    {"s", "z", "ts", "c", "th", "sh", "ch", "sch", "tz", "cz", "sz", "x", "tch", "zh"},
    {"k", "g", "c", "q", "kh", "h", "ck", "gh", "x", "ch", "qu"}, {"g", "j", "zh", "ch", "dzh", "dj", "y", "sh", "i"},
    {"l", "r"}, {"m", "n", "ng", "ny"}, {"u", "w", "v", "o"}, {"h", "kh", "j", "x"},
]  # fmt: skip
KINDS = {"Person": Kind.PERSON, "Location": Kind.PLACE, "Weapon": Kind.SYSTEM, "Vessel": Kind.SYSTEM,
         "Organization": Kind.ORGANISATION, "Company": Kind.ORGANISATION, "LegalEntity": Kind.ORGANISATION}  # fmt: skip
Table = dict[str, np.ndarray]
Words = list[tuple[tuple[int, ...], tuple[int, ...]]]


def before_any_data() -> Table:
    """Probabilities before any data: the same letter mostly, letters of one kind sometimes."""
    one = np.full((N, N), 0.02)
    for i, u in enumerate(UNITS):
        for j, v in enumerate(UNITS):
            if u == v:
                one[i, j] = 10
            elif any(u in s and v in s for s in ALIKE):
                one[i, j] = 0.6
    one[:2, :] = one[:, :2] = 0
    one[0, 0] = one[1, 1] = 20
    drop, add = np.full(N, 0.2), np.full(N, 0.2)
    for v in "aeiouyhw":
        drop[CODE[v]] = add[CODE[v]] = 1
    drop[:2] = add[:2] = 0
    left, right = np.full((N * N, N), 0.004), np.full((N, N * N), 0.004)
    left[:, :2] = right[:2] = 0
    for u in range(2, N):  # what falls off at the borders of a word
        left[u, 0] = left[u * N + 1, 1] = right[0, u] = right[1, u * N + 1] = 0.1
    return shares({"one": one, "left": left, "right": right, "drop": drop, "add": add})


def shares(table: Table) -> Table:
    total = sum(v.sum() for v in table.values())
    return {k: v / total for k, v in table.items()}


def expected(words: Words, p: Table) -> Table:
    """How often each edit is expected among the pairs, under `p` (forward and backward)."""
    x, lx = padded([w[0] for w in words])
    y, ly = padded([w[1] for w in words])
    xx, yy = x[:, :-1] * N + x[:, 1:], y[:, :-1] * N + y[:, 1:]
    one, drop, add = p["one"][x[:, :, None], y[:, None, :]], p["drop"][x], p["add"][y]
    two, too = p["left"][xx[:, :, None], y[:, None, :]], p["right"][x[:, :, None], yy[:, None, :]]
    n, rows, columns = one.shape
    forward, backward = np.zeros((rows + 1, columns + 1, n)), np.zeros((rows + 2, columns + 2, n))
    forward[0, 0] = 1
    for i in range(rows + 1):
        for j in range(columns + 1):
            f = forward[i, j]
            if i and j:
                f += forward[i - 1, j - 1] * one[:, i - 1, j - 1]
            if i > 1 and j:
                f += forward[i - 2, j - 1] * two[:, i - 2, j - 1]
            if i and j > 1:
                f += forward[i - 1, j - 2] * too[:, i - 1, j - 2]
            if i:
                f += forward[i - 1, j] * drop[:, i - 1]
            if j:
                f += forward[i, j - 1] * add[:, j - 1]
    every = np.arange(n)
    all_paths = np.maximum(forward[lx, ly, every], 1e-300)
    counts = {k: np.zeros_like(v) for k, v in p.items()}
    backward[lx, ly, every] = 1
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            inside = ((i <= lx) & (j <= ly)) * (forward[i, j] / all_paths)
            b = backward[i, j]
            for key, di, dj, weight, index in (
                ("one", 1, 1, one, (x, y)), ("left", 2, 1, two, (xx, y)), ("right", 1, 2, too, (x, yy)),
                ("drop", 1, 0, drop, (x, None)), ("add", 0, 1, add, (None, y)),
            ):  # fmt: skip
                if i + di > rows or j + dj > columns:
                    continue
                w = weight[:, i, j] if weight.ndim == 3 else weight[:, i if dj == 0 else j]
                onward = w * backward[i + di, j + dj]
                b += onward
                at = tuple(t[:, k] for t, k in zip(index, (i, j), strict=True) if t is not None)
                np.add.at(counts[key], at, onward * inside)
            backward[i, j] = b * ((i <= lx) & (j <= ly))
    return counts


def learned(words: Words, prior: Table, weight: float) -> Table:
    p = prior
    for _ in range(ROUNDS):
        counts = expected(words, p)
        p = shares({k: counts[k] + weight * prior[k] for k in counts})
    return p


def costs_of(p: Table) -> dict[str, float]:
    """Edits as words, with their costs, the likeliest ones only."""
    out = {}
    for key, v in p.items():
        for at in np.argwhere(v > LEAST):
            match key, *at.tolist():
                case "one", a, b:
                    edit = f"{UNITS[a]}>{UNITS[b]}"
                case "left", a, b:
                    edit = f"{UNITS[a // N]} {UNITS[a % N]}>{UNITS[b]}"
                case "right", a, b:
                    edit = f"{UNITS[a]}>{UNITS[b // N]} {UNITS[b % N]}"
                case "drop", a:
                    edit = f"{UNITS[a]}>"
                case _, a:
                    edit = f">{UNITS[a]}"
            out[edit] = round(-float(np.log(v[tuple(at)])), 2)
    return out


def alone(words: list[tuple[int, ...]]) -> list[float]:
    """Cost of each unit by itself."""
    counts = np.ones(N)
    for w in words:
        np.add.at(counts, list(w), 1)
    return [round(float(c), 2) for c in -np.log(counts / counts.sum())]


class Pair:
    """One row of the data, with its fold and word pairs."""

    def __init__(self, row: dict[str, str], cluster: dict[tuple[str, str], str], folds: int) -> None:
        self.names = (row["name1"], row["name2"])
        self.kind = KINDS[row["type"]]
        self.match = int(row["match"])
        self.subset, self.category = row["subset"], row["category"]
        keys = [cluster.get((row["subset"], n), n) for n in self.names]
        self.folds = [int(hashlib.md5(k.encode()).hexdigest(), 16) % folds for k in keys]
        self.part = int(hashlib.md5(b"part" + keys[0].encode()).hexdigest(), 16) % PARTS
        if self.subset == "translit":
            self.folds = self.folds[:1]

    def words(self) -> tuple[str, Words]:
        """The transducer that learns from this pair, and the words that pair off."""
        table, a, b = oriented(*(parts_of(n, self.kind) for n in self.names))
        if self.subset == "translit":
            return table, [(a.units[0], b.units[0])]
        out = []
        for w, u in zip(a.words, a.units, strict=True):
            near = max(zip(b.words, b.units, strict=True), key=lambda p: Indel.normalized_similarity(w, p[0]))
            if Indel.normalized_similarity(w, near[0]) > 0.5:
                out.append((u, near[1]))
        return table, out


def read(data: Path, folds: int) -> list[Pair]:
    with gzip.open(data / "clusters.csv.gz", "rt", encoding="utf-8") as f:
        cluster = {(r["subset"], r["name"]): r["subset"] + r["cluster"] for r in csv.DictReader(f)}
    with gzip.open(data / "pairs.csv.gz", "rt", encoding="utf-8") as f:
        return [Pair(r, cluster, folds) for r in csv.DictReader(f)]


def tables(pairs: list[Pair]) -> dict[str, object]:
    """All transducers, from pairs that match."""
    words: dict[str, Words] = {}
    for p in pairs:
        if p.match:
            table, found = p.words()
            words.setdefault(table, []).extend(found)
    words["LATIN"] = [w for a, b in sorted(set(words["LATIN"])) for w in ((a, b), (b, a))]
    start = before_any_data()
    shared = learned([w for t in sorted(words) if t != "LATIN" for w in words[t]], start, SHARED_WEIGHT)
    words[OTHER] = words.get(OTHER, []) + [w for t in sorted(words) if t not in ("LATIN", OTHER) for w in words[t]]
    out = {}
    for table in sorted(words):
        found = words[table]
        p = shared if table == OTHER else learned(found, start if table == "LATIN" else shared, OWN_WEIGHT)
        left, right = alone([w[0] for w in found]), alone([w[1] for w in found])
        out[table] = {"floor": FLOOR, "left": left, "right": right, "edits": costs_of(p)}
    return out


def logistic(x: np.ndarray, y: np.ndarray, ridge: float = 1.0) -> list[float]:
    """Weights by Newton's method; the first column is the constant and carries no ridge."""
    w = np.zeros(x.shape[1])
    pull = np.full(x.shape[1], ridge)
    pull[0] = 1e-3
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + pull * w
        w -= np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(pull), gradient)
    return [round(float(v), 4) for v in w]


Rows = dict[str, list[tuple[list[float], int]]]


def rows(pairs: list[Pair], m: Model) -> Rows:
    """Features and answers of pairs, by the key of their weights. Transliterations count for OTHER too, seen through
    the costs of all scripts."""
    out: Rows = {}
    for (key, f), p in zip(features([p.names for p in pairs], [p.kind for p in pairs], m), pairs, strict=True):
        out.setdefault(key, []).append((f, p.match))
    named = [(oriented(*(parts_of(n, p.kind) for n in p.names)), p.match) for p in pairs if p.subset == "translit"]
    m.likeness({OTHER: [(a.words[0], b.words[0]) for (_, a, b), _ in named]})
    out[OTHER] = [(compare.single(m, OTHER, a, b), y) for (_, a, b), y in named]
    return out


def weights(pairs: list[Pair]) -> dict[str, dict[str, float]]:
    """Weights of features that are seen as on new names: each part of the pairs through costs of the other parts."""
    found: Rows = {}
    for part in range(PARTS):
        known, new = ([p for p in pairs if (p.part == part) == new] for new in (False, True))
        for key, some in rows(new, Model({"tables": tables(known), "weights": {}})).items():
            found.setdefault(key, []).extend(some)
    out = {}
    for key in sorted(found):
        x, y = np.array([r[0] for r in found[key]]), np.array([float(r[1]) for r in found[key]])
        out[key] = dict(zip(features_of(key), logistic(x, y), strict=True))
    return out


def made(pairs: list[Pair]) -> dict[str, object]:
    return {"tables": tables(pairs), "weights": weights(pairs)}


def held_out(pairs: list[Pair], folds: int) -> list[float]:
    """Scores of every pair by a model that has not seen its names."""
    out = [0.0] * len(pairs)
    for fold in range(folds):
        compare.model.cache_clear()
        m = Model(made([p for p in pairs if fold not in p.folds]))
        test = [i for i, p in enumerate(pairs) if p.folds[0] == fold]
        found = features([pairs[i].names for i in test], [pairs[i].kind for i in test], m)
        for i, (key, f) in zip(test, found, strict=True):
            differ = pairs[i].kind in NUMBERED and numbers_differ(*(parts_of(n, pairs[i].kind) for n in pairs[i].names))
            out[i] = 0.0 if differ else sigmoid(float(np.dot(m.weights[key], f)))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, help="with --folds: id,score of the left-out pairs")
    a = parser.parse_args()
    pairs = read(a.data, max(2, a.folds))
    if a.folds:
        with gzip.open(a.data / "pairs.csv.gz", "rt", encoding="utf-8") as f:
            ids = [r["id"] for r in csv.DictReader(f)]
        lines = [f"{i},{s:.4f}" for i, s in zip(ids, held_out(pairs, a.folds), strict=True)]
        a.out.write_text("\n".join(["id,score", *lines]) + "\n")
        return
    text = json.dumps(made(pairs), ensure_ascii=False, indent=0, sort_keys=True)
    compare.WEIGHTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
