"""Names found by the rules, by the encoder and by both together, against files of marked names.

    python -m training.measure WEIGHTS FILE [--limit N]     FILE: names_*.jsonl.gz, or "own": the corpus's test part

Exact spans with their label (PER, ORG, LOC); a label that a file does not annotate is not counted there.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from onrecord.extract import names as rules
from onrecord.extract.document import Document
from onrecord.extract.encoder import EncoderReader
from onrecord.extract.gazetteer import gazetteer
from onrecord.extract.reader import NameSpan
from onrecord.records import Form, Kind
from training.data import Marked, Use, bare, names, own_corpus

LABELS = {
    Kind.PERSON: "PER", Kind.ORGANISATION: "ORG", Kind.COUNTRY: "LOC", Kind.PLACE: "LOC", Kind.FACILITY: "LOC"
}  # fmt: skip
Found = set[tuple[int, int, str]]


def by_rules(doc: Document, proposed: tuple[NameSpan, ...] = ()) -> Found:
    known = gazetteer(None)
    found = rules.find(doc, known, rules.sentences(doc, known), proposed, bool(proposed))
    return {
        (*n.passage, LABELS[n.kind]) for n in found if n.form is Form.NAMED and n.kind in LABELS and not n.adjective
    }


def by_encoder(proposed: tuple[NameSpan, ...]) -> Found:
    return {(*n.passage, LABELS[n.kind]) for n in proposed if n.kind in LABELS}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.measure", description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("file")
    parser.add_argument("--limit", type=int)
    a = parser.parse_args()
    reader = EncoderReader(a.weights)
    ways: dict[str, Callable[[Document], Found]] = {
        "rules": by_rules,
        "encoder": lambda doc: by_encoder(reader.names(doc)),
        "both": lambda doc: by_rules(doc, reader.names(doc)),
    }
    counts: dict[str, Counter[str]] = {way: Counter() for way in ways}
    source: Iterator[Marked] = own_corpus(Use.TEST) if a.file == "own" else names(Path(a.file))
    for m in islice(source, a.limit):
        doc = bare(m.text, m.id)
        gold = {(s, e, label) for s, e, label in m.names or () if label != "MISC"}
        for way, find in ways.items():
            found = {x for x in find(doc) if x[2] in m.name_labels}
            for label in sorted(m.name_labels - {"MISC"}):
                g, f = ({x for x in xs if x[2] == label} for xs in (gold, found))
                counts[way].update({f"{label} gold": len(g), f"{label} found": len(f), f"{label} right": len(g & f)})
    for way, c in counts.items():
        print(way)
        for label in ("PER", "ORG", "LOC", "all"):
            right, found, gold = (
                sum(v for k, v in c.items() if k.endswith(w) and (label == "all" or k.startswith(label)))
                for w in ("right", "found", "gold")
            )
            if gold:
                p, r = right / max(1, found), right / gold
                print(f"  {label:4} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(1e-9, p + r):.3f}  of {gold}")


if __name__ == "__main__":
    main()
