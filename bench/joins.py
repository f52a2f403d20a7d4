"""What the rules would do by themselves with pairs of the names set: `python -m bench.joins [DATA]`.

Each pair is put into two reports and resolved, as in a ledger that has nothing else. Joined pairs that do not match are
the fault; the rest is asked of a person or left apart. The weights were learned on this set: a check of the cut and the
rules, not a fair figure of the learning (`docs/decisions/090` has that).
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter
from pathlib import Path

from bench.names import KINDS
from onrecord.records import Kind, Referent, Verdict
from onrecord.resolve import resolve

DATA = Path(__file__).parents[2] / "shared" / "bench" / "names"


def rows_of(data: Path) -> list[dict[str, str]]:
    """Rows of `data`/pairs.csv, packed or plain; none where it is not there."""
    for path in (data / "pairs.csv.gz", data / "pairs.csv"):
        if path.exists():
            opener = gzip.open if path.suffix == ".gz" else open
            with opener(path, "rt", encoding="utf-8", newline="") as f:
                return list(csv.DictReader(f))
    return []


def answer(left: str, right: str, kind: Kind) -> str:
    """ "joined", "asked", or "apart"."""
    two = [Referent(id=f"f-{n}", report=f"r-{n}", kind=kind, name=name) for n, name in enumerate((left, right))]
    entities, judgements = resolve(two, (), beat=None)
    if len(entities) == 1:
        return "joined"
    return "asked" if any(j.verdict == Verdict.UNSURE for j in judgements) else "apart"


def counts(rows: list[dict[str, str]]) -> tuple[Counter[tuple[str, bool, str]], list[tuple[str, str]]]:
    """(subset, whether it matches, answer) → how many; and the pairs wrongly joined."""
    found: Counter[tuple[str, bool, str]] = Counter()
    wrong = []
    for r in rows:
        matches, said = r["match"] == "1", answer(r["name1"], r["name2"], KINDS.get(r["type"], Kind.UNSURE))
        found[r["subset"], matches, said] += 1
        if said == "joined" and not matches:
            wrong.append((r["name1"], r["name2"]))
    return found, wrong


def main() -> int:
    rows = rows_of(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
    if not rows:
        print("skipped: the names set is not there (see bench/README.md)")
        return 0
    found, wrong = counts(rows)
    print(f"{'subset':14s} {'pairs':14s} {'all':>6s}{'joined':>7s}{'asked':>7s}{'apart':>7s}")
    for subset in sorted({s for s, _, _ in found}):
        for matches in (True, False):
            said = {k: found[subset, matches, k] for k in ("joined", "asked", "apart")}
            label = "match" if matches else "do not match"
            columns = "".join(f"{n:7d}" for n in said.values())
            print(f"{subset:14s} {label:14s} {sum(said.values()):6d}{columns}")
    for left, right in wrong:
        print(f"wrongly joined: {left} | {right}")
    print(f"wrongly joined: {len(wrong)} of {sum(n for (_, m, _), n in found.items() if not m)} that do not match")
    return 0


if __name__ == "__main__":
    sys.exit(main())
