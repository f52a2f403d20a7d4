"""How far each candidate of the full reader is to be trusted: `python -m training.trust WEIGHTS` writes trust.json.

A logistic regression on the features of `onrecord.extract.full`, fitted on the part of our corpus that is kept for it:
neither the encoder nor the fast reader has been trained on it, and no figure is measured on it. A candidate is right
where an attribution of the article has half of its source's and half of its content's characters (Dice): linked50. A
source that is said once for two cues is that of both.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.check import ARTICLES, files
from corpus.parse import Article, Mark, load
from corpus.shared_sources import sources
from onrecord.extract.encoder import EncoderReader
from onrecord.extract.fast.judge import shared
from onrecord.extract.fast.reader import FastReader
from onrecord.extract.full import FEATURES, Candidate, inside, weighable
from onrecord.extract.speech import read
from onrecord.records import Passage
from training.data import Use, bare, is_dense, use

HALF = 0.5
# of the squared weights, but for the first: 10 to 40 are as likely on articles left out in turn, 10 is best on dev
PENALTY = 10.0
STEPS = 50  # of Newton's method: it is there after ten


def examples(
    encoder: EncoderReader, fast: FastReader, articles: Sequence[Article]
) -> Iterator[tuple[list[float], bool]]:
    """The features of every candidate outside quotations, and whether it is right."""
    for a in articles:
        doc = bare(a.text, a.id)
        found, seen = weighable(doc, read(doc), encoder, fast)
        quotations = sorted(q.inner for q in doc.quotations)
        source = sources(a)
        gold = [(passages(source[x.number]), passages(a.of("k", x.number))) for x in a.attributions]
        for c, row in zip(found, seen, strict=True):
            if not inside(quotations, c.draft.cue[0]):
                yield row, right(c, gold)


def passages(marks: Sequence[Mark]) -> list[Passage]:
    return [Passage(m.start, m.end) for m in marks]


def right(c: Candidate, gold: Sequence[tuple[list[Passage], list[Passage]]]) -> bool:
    source = [c.draft.source] if c.draft.source else []
    return any(
        shared(c.draft.content, content) >= HALF and (shared(source, s) >= HALF if s or source else True)
        for s, content in gold
    )


def fitted(rows: np.ndarray, wanted: np.ndarray) -> dict[str, list[float]]:  # type: ignore[type-arg]
    """Mean, deviation and weight of each feature; Newton's method on the penalised likelihood."""
    mean, deviation = rows.mean(axis=0), rows.std(axis=0)
    mean[0], deviation[deviation == 0] = 0.0, 1.0
    x = (rows - mean) / deviation
    penalty = np.full(x.shape[1], PENALTY)
    penalty[0] = 0.0
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - wanted) + penalty * w
        w -= np.linalg.solve((x.T * (p * (1 - p))) @ x + np.diag(penalty + 1e-9), slope)
    return {
        name: [round(float(v), 6) for v in values]
        for name, *values in zip(FEATURES, mean, deviation, w, strict=True)
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.trust", description=__doc__)
    parser.add_argument("weights", type=Path)
    a = parser.parse_args()
    articles = [x for x in map(load, files([ARTICLES])) if use(x.id) is Use.TRUST and not is_dense(x.id)]
    found = list(examples(EncoderReader(a.weights), FastReader(), articles))
    rows, wanted = np.array([f for f, _ in found]), np.array([float(r) for _, r in found])
    made = {
        "fitted on": f"{len(articles)} articles of corpus/articles, {len(found)} candidates, {int(wanted.sum())} right",
        "features": fitted(rows, wanted),
    }
    (a.weights / "trust.json").write_text(json.dumps(made, indent=1) + "\n", "utf-8")
    print(made["fitted on"])
    for name, (mean, deviation, w) in made["features"].items():  # type: ignore[attr-defined]
        print(f"{name:18} mean {mean:7.3f}  deviation {deviation:6.3f}  weight {w:6.3f}")


if __name__ == "__main__":
    main()
