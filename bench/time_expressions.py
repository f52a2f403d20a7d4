"""Phrases of time in the form `score_time.py` reads: TIMEX3 types and values.

The grammar is the package's; a TIMEX3 keeps what EDTF has no word for: durations, sets, PRESENT_REF, week numbers.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from bench.quantity import lines, paragraphs
from onrecord.extract.sentences import split
from onrecord.extract.when import Phrase, phrases
from onrecord.records import Passage

YEAR = re.compile(r"\d{4}")
WORDED = re.compile(r"\d\s+(?:and|to)\s+\d")


def found(text: str, dct: str | None) -> list[dict[str, object]]:
    """The phrases of time in `text`, published on `dct`."""
    sentences = tuple(s for start, end in paragraphs(text) for s in split(text, Passage(start, end)))
    return [t for p in phrases(text, sentences, (dct or "")[:10] or None) for t in as_scored(text, p)]


def as_scored(text: str, p: Phrase) -> list[dict[str, object]]:
    """One phrase as TIMEX3s: TimeML tags both ends of "between 1990 and 1995" and not the words around them."""
    if p.rule != "years" or "/" not in p.sense.timex or not WORDED.search(text, p.start, p.end):
        return [{"start": p.start, "end": p.end, "type": p.sense.type, "value": p.sense.timex}]
    return [
        {"start": m.start(), "end": m.end(), "type": "DATE", "value": m.group()}
        for m in YEAR.finditer(text, p.start, p.end)
    ]


def predict(data: Path, out: Path) -> None:
    """Write one line of predictions per gold line of `data`."""
    with open(out, "w", encoding="utf-8") as f:
        for r in lines(data):
            got = found(str(r["text"]), str(r["dct"]) if r.get("dct") else None)
            f.write(json.dumps({"id": r["id"], "timexes": got}, ensure_ascii=False) + "\n")
