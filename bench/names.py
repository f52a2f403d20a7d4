"""Scores of pairs of names in the form `score_names.py` reads: id, score. A score of `CUT` or more is a match."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

from onrecord.records import Kind
from onrecord.resolve.compare import CUT as CUT
from onrecord.resolve.compare import scores

KINDS = {"Person": Kind.PERSON, "Location": Kind.PLACE, "Weapon": Kind.SYSTEM, "Vessel": Kind.SYSTEM,
         "Organization": Kind.ORGANISATION, "Company": Kind.ORGANISATION, "LegalEntity": Kind.ORGANISATION}  # fmt: skip


def predict(data: Path, out: Path) -> None:
    """Write a score for every pair of `data`/pairs.csv(.gz)."""
    path = data / "pairs.csv.gz"
    opener = gzip.open if path.exists() else open
    with opener(path if path.exists() else data / "pairs.csv", "rt", encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    found = scores([(r["name1"], r["name2"]) for r in rows], [KINDS.get(r["type"], Kind.UNSURE) for r in rows])
    with open(out, "w", encoding="utf-8") as f:
        f.write("id,score\n")
        f.writelines(f"{r['id']},{s:.6f}\n" for r, s in zip(rows, found, strict=True))
