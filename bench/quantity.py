"""Quantities in the form `score_quantity.py` reads: one unit name per amount, as CQE's annotators write it.

The grammar is the package's; only conventions differ: units by their full name, nouns with their adjectives, ages
apart,
shares as fractions, "from A to B" always a range, "one" counted.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from onrecord.extract.amounts import amounts
from onrecord.extract.joining import Amount
from onrecord.extract.sentences import split
from onrecord.extract.when import clock_spans_of
from onrecord.records import Passage

SKIPPED_FORMS = {"several", "a few"}


def lines(path: Path) -> Iterator[dict[str, object]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as f:
        yield from (json.loads(line) for line in f if line.strip())


def found(text: str) -> list[Amount]:
    """The amounts of a plain text."""
    sentences = [s for start, end in paragraphs(text) for s in split(text, Passage(start, end))]
    taken = clock_spans_of(text, tuple(sentences))
    return [a for s in sentences for a in amounts(text, s.start, s.end, taken)]


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            yield start, start + len(bare)
        at += len(line)


def unit_name(a: Amount) -> str:
    if a.rule.startswith("multiple"):
        return "count"
    if a.rule.startswith("share"):
        return "% " + " ".join(a.noun) if a.noun else "-"
    base = a.unit.name if a.unit is not None else " ".join(a.noun) or "-"
    if a.age:
        return f"{base} of age"
    return f"{base} per {a.per}" if a.per else base


def as_scored(a: Amount) -> list[dict[str, object]]:
    """One amount as predictions; vague words and "double" are not annotated in the gold."""
    if a.high is None or (a.rule == "multiple.word" and a.low == 2):
        return []
    value: object = a.low if a.low == a.high else [a.low, a.high]
    return [{"value": value, "unit": unit_name(a), "start": a.start, "end": a.end, "kind": kind(a)}]


def kind(a: Amount) -> str:
    """The Recognizers' kind of a quantity."""
    if a.age:
        return "age"
    if a.unit is None:
        return "number"
    named = {"money": "currency", "money part": "currency", "temperature": "temperature", "percent": "percentage"}
    return named.get(a.unit.kind, "dimension")


def predict(data: Path, out: Path) -> None:
    """Write one line of predictions per gold line of `data`."""
    with open(out, "w", encoding="utf-8") as f:
        for r in lines(data):
            got = [q for a in found(str(r["text"])) for q in as_scored(a)]
            f.write(json.dumps({"id": r["id"], "quantities": got}, ensure_ascii=False) + "\n")
