"""Pairs of names scored in a second, beside LogicV2 of nomenklatura in the same run: `python -m bench.names_speed [N]`.

Names are invented from a seed, so that nothing is needed. Both read names for the first time, then the
same pairs again. The peer is run where it is installed; elsewhere its line says that it was skipped.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence

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


def logic_v2() -> Callable[[Pairs], object] | None:
    """The peer's comparison of two persons that have a name and nothing else; None where it is not installed."""
    try:
        from followthemoney import EntityProxy
        from nomenklatura.matching import LogicV2
    except ImportError:
        return None
    config = LogicV2.default_config()

    def person(name: str, end: str) -> object:
        return EntityProxy.from_dict({"id": f"{end}-{name}", "schema": "Person", "properties": {"name": [name]}})

    def compare(pairs: Pairs) -> list[float]:
        return [LogicV2.compare(person(a, "a"), person(b, "b"), config).score for a, b in pairs]

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


def main() -> int:
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
