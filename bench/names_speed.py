"""Pairs of names scored in a second, beside LogicV2 of nomenklatura in the same run: `python -m bench.names_speed [N]`.

Names are invented from a seed, so that nothing is needed. Both read names for the first time, then the
same pairs again. The peer is run where it is installed; elsewhere its line says that it was skipped.

    python -m bench.names_speed --f1 [DATA]   precision, recall and F1 of both on the names set, one cut each; the
                                              peer's is the best there is for these pairs, chosen with the answers

Of our figure on the development data: the weights were learned on these pairs (docs/decisions/090 has five folds).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.joins import DATA, rows_of
from bench.names import CUT, KINDS
from onrecord.records import Kind
from onrecord.resolve.compare import scores

SYLLABLES = (
    "an",
    "be",
    "chi",
    "dor",
    "el",
    "fai",
    "gri",
    "hal",
    "ist",
    "kov",
    "lun",
    "mir",
    "nov",
    "os",
    "pet",
    "vasz",
)
CYRILLIC = str.maketrans("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз")
Pairs = Sequence[tuple[str, str]]


def invented(n: int, seed: int = 11) -> list[tuple[str, str]]:
    """Pairs of two-word names, half of them one name spelled twice: another letter, or Cyrillic."""
    draw = random.Random(seed)

    def name() -> str:
        return " ".join("".join(draw.choices(SYLLABLES, k=draw.randint(2, 3))).title() for _ in range(2))

    pairs = []
    for i in range(n):
        left = name()
        right = name() if i % 2 else left.replace("i", "y", 1) if i % 4 else left.lower().translate(CYRILLIC).title()
        pairs.append((left, right))
    return pairs


def ours() -> Callable[[Pairs], object]:
    scores([("Ann Lund", "Anne Lund"), ("Ann Lund", "Анн Лунд")], [Kind.PERSON] * 2)  # weights and tables are read
    return lambda pairs: scores(pairs, [Kind.PERSON] * len(pairs))


def logic_v2(schemata: Sequence[str] = ()) -> Callable[[Pairs], list[float]] | None:
    """The peer's comparison of two things that have a name and nothing else, of `schemata` or else persons; None where
    it is not installed."""
    try:
        from followthemoney import EntityProxy  # type: ignore[import-not-found]
        from nomenklatura.matching import LogicV2  # type: ignore[import-not-found]
    except ImportError:
        return None
    config = LogicV2.default_config()

    def thing(name: str, end: str, schema: str) -> object:
        known = (
            "Organization" if schema in ("Location", "Weapon") else schema
        )  # it has none for them that compares names
        ident = f"{end}-{known}-{name}"  # it keeps what it reads of a name by this
        return EntityProxy.from_dict({"id": ident, "schema": known, "properties": {"name": [name]}})

    def compare(pairs: Pairs) -> list[float]:
        kinds = schemata if len(schemata) == len(pairs) else ["Person"] * len(pairs)
        return [
            LogicV2.compare(thing(a, "a", k), thing(b, "b", k), config).score
            for (a, b), k in zip(pairs, kinds, strict=True)
        ]

    compare([("Ann Lund", "Anne Lund"), ("Ann Lund", "Анн Лунд")])
    return compare


def rates(compare: Callable[[Pairs], object], pairs: Pairs) -> tuple[float, float]:
    """Pairs a second of processor time: the first reading of every name, and once names are read."""
    out = []
    for _ in range(2):
        start = time.process_time()
        compare(pairs)
        out.append(len(pairs) / max(time.process_time() - start, 1e-9))
    return out[0], out[1]


def quality(data: Path) -> int:
    """Print how well both tell names that match from others, and pairs a second while doing so."""
    rows = rows_of(data)
    if not rows:
        print("skipped: the names set is not there (see bench/README.md)")
        return 0
    kinds = [KINDS.get(r["type"], Kind.UNSURE) for r in rows]
    pairs = [(r["name1"], r["name2"]) for r in rows]
    wanted = [r["match"] == "1" for r in rows]
    ours()
    first = told("onrecord", lambda: scores(pairs, kinds), CUT, wanted, rows)
    peer = logic_v2([r["type"] for r in rows])
    if peer is None:
        print("nomenklatura LogicV2: skipped, it is not installed (pip install nomenklatura)")
        return 0
    theirs = told("nomenklatura LogicV2", lambda: peer(pairs), None, wanted, rows)
    print(f"{'ratio of F1':22s} {first / theirs:.2f}")
    return 0


def told(
    name: str,
    score: Callable[[], Sequence[float]],
    cut: float | None,
    wanted: Sequence[bool],
    rows: Sequence[dict[str, str]],
) -> float:
    """F1 over all pairs, at the cut that fits them best where none is given; prints it with that of each subset."""
    start = time.process_time()
    scored = score()
    speed = len(rows) / max(time.process_time() - start, 1e-9)
    least = cut if cut is not None else best_cut(scored, wanted)
    found = [s >= least for s in scored]
    out = 0.0
    for subset in ("all", *sorted({r["subset"] for r in rows})):
        here = [(f, w) for f, w, r in zip(found, wanted, rows, strict=True) if subset in ("all", r["subset"])]
        hits, said, true = sum(f and w for f, w in here), sum(f for f, _ in here), sum(w for _, w in here)
        f1 = 2 * hits / max(1, said + true)
        out = f1 if subset == "all" else out
        figures = f"P {hits / max(1, said):.3f}  R {hits / max(1, true):.3f}  F1 {f1:.3f}"
        print(f"{name:22s} {subset:12s} {figures}" + (f"  {speed:8,.0f} pairs/s" if subset == "all" else ""))
    return out


def best_cut(scored: Sequence[float], wanted: Sequence[bool]) -> float:
    true, hits, best, at = sum(wanted), 0, 0.0, 1.0
    for k, (s, w) in enumerate(sorted(zip(scored, wanted, strict=True), key=lambda p: (-p[0], p[1])), 1):
        hits += w
        if 2 * hits / (k + true) > best:
            best, at = 2 * hits / (k + true), s
    return at


def main() -> int:
    if sys.argv[1:2] == ["--f1"]:
        return quality(Path(sys.argv[2]) if len(sys.argv) > 2 else DATA)
    pairs = invented(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    first, again = rates(ours(), pairs)
    print(f"{'':22s} {'first reading':>14s} {'names read':>12s}   pairs a second of processor time")
    print(f"{'onrecord':22s} {first:14.0f} {again:12.0f}")
    peer = logic_v2()
    if peer is None:
        print("nomenklatura LogicV2: skipped, it is not installed (pip install nomenklatura)")
        return 0
    theirs = rates(peer, pairs[: len(pairs) // 10])
    print(f"{'nomenklatura LogicV2':22s} {theirs[0]:14.0f} {theirs[1]:12.0f}")
    print(f"{'ratio':22s} {first / theirs[0]:13.1f}x {again / theirs[1]:11.1f}x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
