"""Who said what: predictions in the format of `score_attribution.py`, by a named reader."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from corpus.bare import document
from onrecord.extract.reader import Attribution
from onrecord.extract.readers import reader as reader_by_name


def predict(data: Path, out: Path, reader: str = "grammar") -> None:
    """Write the attributions of every article of `data` (JSON lines with `id` and `text`, plain or gzipped) to
    `out`.
    """
    reading = reader_by_name(reader)
    opener = gzip.open if data.suffix == ".gz" else open
    with opener(data, "rt", encoding="utf-8") as lines, out.open("w", encoding="utf-8") as write:
        for line in lines:
            article = json.loads(line)
            found = reading.attributions(document(article["text"], article["id"]))
            record = {
                "id": article["id"],
                "relations": [relation(a) for a in found if not a.because.rule.endswith("nested")],
            }
            write.write(json.dumps(record, ensure_ascii=False) + "\n")


def relation(a: Attribution) -> dict[str, list[list[int]]]:
    """An attribution as the scorer wants it."""
    return {role: [list(p) for p in spans] for role, spans in
            (("source", a.source), ("cue", a.cue), ("content", a.content))}  # fmt: skip
