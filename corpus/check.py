"""Checks article files against GUIDE.md: `python -m corpus.check [FOLDER ...]`; exit code 1 where one has a fault."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.parse import Article, MarkError, load
from onrecord.edtf import is_edtf

ARTICLES = Path(__file__).parent / "articles"
ANONYMITY = {"named", "institutional", "group", "requested", "unspecified"}
SORTS = {"speech", "document", "belief", "plan"}
KINDS = {"per", "org", "cty", "plc", "fac", "sys", "doc", "evt"}
MODALITY = {"asserted", "planned", "ordered", "predicted", "possible", "doubted", "denied"}


def files(folders: list[Path]) -> list[Path]:
    return sorted(p for f in folders for p in ([f] if f.is_file() else f.rglob("*.txt")))


def faults(a: Article) -> Iterator[str]:
    """What is wrong with an article that parses."""
    keys = {m.value.split()[1] for m in a.of("n") if len(m.value.split()) > 1}
    for m in a.of("n"):
        parts = m.value.split()
        if len(parts) < 2 or parts[0] not in KINDS or set(parts[2:]) - {"pro", "nom"}:
            yield f"name {cut(a, m.start, m.end)!r}: needs a kind and a key, has {m.value!r}"
    for m in a.of("d"):
        if m.value != "?" and not is_edtf(m.value):
            yield f"date {cut(a, m.start, m.end)!r}: not EDTF: {m.value!r}"
    for m in a.of("q"):
        if not m.value:
            yield f"quantity {cut(a, m.start, m.end)!r} has no value"
    numbers = {m.number for m in a.marks if m.tag in "sckv"}
    recorded = [x.number for x in a.attributions]
    for n in sorted(numbers ^ set(recorded)):
        yield f"attribution {n} has {'no record' if n in numbers else 'no marks'}"
    if len(set(recorded)) < len(recorded):
        yield "two records of one attribution"
    for x in a.attributions:
        yield from attribution_faults(a, x.number, keys)
    for c in a.claims:
        if c.modality not in MODALITY or c.polarity not in "+-":
            yield f"claim {c.property!r}: modality {c.modality!r} polarity {c.polarity!r}"
        if c.attribution is not None and c.attribution not in recorded:
            yield f"claim {c.property!r} names attribution {c.attribution}, which is not there"


def attribution_faults(a: Article, n: int, keys: set[str]) -> Iterator[str]:
    x = next(x for x in a.attributions if x.number == n)
    if x.anonymity not in ANONYMITY or x.sort not in SORTS:
        yield f"a{n}: {x.anonymity!r} {x.sort!r}"
    if x.speaker is not None and x.speaker not in keys:
        yield f"a{n}: no name mark has the key {x.speaker!r}"
    if not a.of("k", n):
        yield f"a{n} has no content"
    if not a.of("c", n) and not a.of("s", n):
        yield f"a{n} has neither source nor cue"
    if len(a.of("s", n)) > 1:
        yield f"a{n} has {len(a.of('s', n))} sources"
    if x.inside is not None and not any(
        k.start <= m.start and m.end <= k.end for k in a.of("k", x.inside) for m in a.of("k", n)
    ):
        yield f"a{n} does not stand in the content of a{x.inside}"


def cut(a: Article, start: int, end: int) -> str:
    return a.text[start:end]


def main(argv: list[str]) -> int:
    bad = count = 0
    ids: dict[str, Path] = {}
    for path in files([Path(x) for x in argv] or [ARTICLES]):
        count += 1
        try:
            article = load(path)
            found = list(faults(article))
            if article.id in ids:
                found.append(f"id {article.id!r} is also in {ids[article.id]}")
            ids[article.id] = path
        except (MarkError, ValueError) as e:
            found = [str(e)]
        bad += bool(found)
        for fault in found:
            print(f"{path}: {fault}")
    print(f"{count} articles, {bad} with faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
