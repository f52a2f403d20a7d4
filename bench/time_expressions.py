"""Phrases of time in the form `score_time.py` reads: TIMEX3 types and values.

The grammar is the package's; a TIMEX3 keeps what EDTF has no word for: durations, sets, PRESENT_REF, week numbers.
"""

from __future__ import annotations

import json
from pathlib import Path

from bench.quantity import lines, paragraphs
from onrecord.extract.sentences import split
from onrecord.extract.when import phrases
from onrecord.records import Passage


def found(text: str, dct: str | None) -> list[dict[str, object]]:
    """The phrases of time in `text`, published on `dct`."""
    sentences = tuple(s for start, end in paragraphs(text) for s in split(text, Passage(start, end)))
    return [
        {"start": p.start, "end": p.end, "type": p.sense.type, "value": p.sense.timex}
        for p in phrases(text, sentences, (dct or "")[:10] or None)
    ]


def predict(data: Path, out: Path) -> None:
    """Write one line of predictions per gold line of `data`."""
    with open(out, "w", encoding="utf-8") as f:
        for r in lines(data):
            got = found(str(r["text"]), str(r["dct"]) if r.get("dct") else None)
            f.write(json.dumps({"id": r["id"], "timexes": got}, ensure_ascii=False) + "\n")
