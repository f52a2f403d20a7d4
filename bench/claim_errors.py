"""How often claims are missed or wrong, by kind: on the reports' gold with the arms beat, on our corpus without one.

Gold of the reports is exhaustive, so both errors are counted. The corpus marks three to eight claims an article: there,
only what was missed, and what of the found is otherwise than marked.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import own_corpus
from bench.measures import SHARED, TASKS
from bench.record import BEAT
from corpus.bare import of_article
from corpus.parse import MarkedClaim
from onrecord import beat as beats
from onrecord.evaluate.gold import load_gold
from onrecord.evaluate.score import Counts, kinds, pairs
from onrecord.extract import extract
from onrecord.extract.exchange import record
from onrecord.extract.reader import Reader
from onrecord.read import originals, read
from onrecord.records import Claim, Original, Passage

Table = Callable[[Sequence[str], Sequence[Sequence[str]]], str]
Ratio = Callable[[float, float], str]
REPORTS = SHARED.parent / "reports"
FIGURES = ("claims.typed", "claims.text", "claims.modality", "claims.statement")
VALUES = {"q": "a figure", "d": "a date", "e": "a name", "t": "words"}
HALF = 0.5  # of the shorter evidence that must be common


def claim_tables(readers: Mapping[str, Reader], table: Table, ratio: Ratio) -> list[str]:
    """The part of the page on claims."""
    return ["## Claims, the reports' gold\n", *on_reports(readers, table, ratio), "## Claims, our corpus, test tenth\n",
            *on_corpus(readers, table, ratio)]  # fmt: skip


# ---------------------------------------------------------------- the reports


def on_reports(readers: Mapping[str, Reader], table: Table, ratio: Ratio) -> Iterator[str]:
    """F1 as the scorer has them, and errors by property and modality."""
    predicted = {label: predictions(r) for label, r in readers.items()}
    scores = {label: scored(list(rows.values())) for label, rows in predicted.items()}
    shown = [k for k in FIGURES if all(k in s for s in scores.values())]
    yield f"F1 by the scorer of records, beat `{BEAT}`.\n"
    yield table(["measure", *readers], [[k, *(ratio(s[k]["f1"], 1) for s in scores.values())] for k in shown])
    counts = {label: by_kind(rows) for label, rows in predicted.items()}
    yield (
        "Error rates by property and modality, as `onrecord eval --report` counts them: share of the marked claims\n"
        "that is missed / share of the found ones that is wrong. A rate out of few claims says little.\n"
    )
    every = sorted({k for c in counts.values() for k in c}, key=lambda k: (k.startswith("modality"), k))
    rows = []
    for k in every:
        cells = [c.get(k, Counts()) for c in counts.values()]
        rates = [f"{ratio(c.gold - c.right, c.gold)} / {ratio(c.predicted - c.right, c.predicted)}" for c in cells]
        rows.append([k.replace("_", " "), str(max(c.gold for c in cells)), *rates])
    yield table(["kind of claim", "marked", *(f"{label}: missed / wrong" for label in readers)], rows)


def predictions(reader: Reader) -> dict[str, dict[str, Any]]:
    """Report id → what the reader takes from it, in the exchange format with the text beside."""
    out, beat = {}, beats.load(BEAT)
    wanted = {g.id for g in load_gold(REPORTS / "gold")}
    for original in originals([str(REPORTS / f"{id}.txt") for id in sorted(wanted)]):
        assert isinstance(original, Original)
        for report in read(original)[0]:
            taken = record(extract(report, beat=beat, reader=reader), report)
            out[taken["id"]] = {**taken, "text": report.text}
    return out


def scored(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """The figures of score_record.py over all reports."""
    from bench.__main__ import score

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pred.jsonl"
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
        found = score(TASKS["record"], REPORTS, path)["all"]
    assert isinstance(found, dict)
    return {k: v for k, v in found.items() if isinstance(v, dict) and v.get("f1") is not None}


def by_kind(rows: Mapping[str, dict[str, Any]]) -> dict[str, Counts]:
    total: dict[str, Counts] = {}
    for g in load_gold(REPORTS / "gold"):
        if g.id in rows:
            for k, counted in kinds(g, rows[g.id], rows[g.id]["text"]).items():
                total[k] = total.get(k, Counts()) + counted
    return total


# ---------------------------------------------------------------- our corpus


def on_corpus(readers: Mapping[str, Reader], table: Table, ratio: Ratio) -> Iterator[str]:
    """What is missed of the marked claims, by kind of value and modality, and what of the found is otherwise."""
    counts = {label: on_articles(r) for label, r in readers.items()}
    yield (
        "Read without a beat. A marked claim is found where half of its evidence, or of ours, is common.\n"
        "Of the found: the share whose modality is another than marked, and the share of somebody's words told as\n"
        "the outlet's own, or the other way round.\n"
    )
    every = sorted({k for c in counts.values() for k, _ in c}, key=lambda k: (not k.startswith("value"), k))
    rows = []
    for k in every:
        cells = [
            f"{ratio(c[k, 'marked'] - c[k, 'found'], c[k, 'marked'])} / {ratio(c[k, 'modality'], c[k, 'found'])}"
            f" / {ratio(c[k, 'voice'], c[k, 'found'])}"
            for c in counts.values()
        ]
        rows.append([k, str(max(c[k, "marked"] for c in counts.values())), *cells])
    yield table(["kind of claim", "marked", *(f"{label}: missed / modality / voice" for label in readers)], rows)


def on_articles(reader: Reader) -> Counter[tuple[str, str]]:
    """(kind, marked | found | modality | voice) → how many; the last two of the found are wrong."""
    out: Counter[tuple[str, str]] = Counter()
    for a in own_corpus.articles(test=True):
        ours = extract(of_article(a), reader=reader).claims
        met = dict(pairs(a.claims, ours, common))
        for i, marked in enumerate(a.claims):
            for k in (f"value: {VALUES[marked.kind]}", f"modality: {marked.modality}", "all"):
                out[k, "marked"] += 1
                if i in met:
                    found = ours[met[i]]
                    out[k, "found"] += 1
                    out[k, "modality"] += found.modality != marked.modality
                    out[k, "voice"] += (found.statement is None) != (marked.attribution is None)
    return out


def common(marked: MarkedClaim, found: Claim) -> float:
    """Characters that both evidences have, where that is half of the shorter one."""
    evidence: Sequence[Passage] = found.evidence
    shared = sum(max(0, min(marked.end, p.end) - max(marked.start, p.start)) for p in evidence)
    size = min(marked.end - marked.start, sum(p.end - p.start for p in evidence))
    return shared if shared >= HALF * size else 0.0
