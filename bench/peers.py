"""`python -m bench.peers [TEXTS] [--beat NAME]`: articles a second of our reading beside tools that do parts of it.

Ours is `extract` with all its layers: sentences, names, coreference, figures, dates, statements and claims. The peers,
measured in the same run on the same texts where they are installed (they are no dependencies), do less: quantulum3 and
dateparser find figures and dates, spaCy's blank English pipeline cuts words and sentences. TEXTS is JSON lines with
"text" (.gz too); without it an invented article of some 700 words is read again and again.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

from bench.peers_numbers import ARTICLE, peer, rate
from bench.quantity import lines
from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.read import read
from onrecord.records import Original

ARTICLES = 20  # texts of one run: dateparser takes seconds for each
WORDS = (400, 1100)  # of the articles that are read: a news item's length


def ours(beat: str | None) -> Callable[[str], object]:
    """Our reading of a text: reading the bytes is part of it, as it is for nobody else."""
    known = beats.load(beat) if beat else None

    def once(text: str) -> object:
        found, _ = read(Original(name="article.txt", url=None, data=text.encode()))
        return [extract(report, beat=known) for report in found]

    return once


def spacy_blank() -> Callable[[str], object] | None:
    """spaCy's tokenizer and rule-based sentence splitter, without any model."""
    if importlib.util.find_spec("spacy") is None:
        print("skipped: spacy is not installed", file=sys.stderr)
        return None
    nlp = importlib.import_module("spacy").blank("en")
    nlp.add_pipe("sentencizer")
    return lambda text: list(nlp(text).sents)


def figures_and_dates() -> Callable[[str], object] | None:
    """quantulum3 and dateparser, one after the other."""
    quantulum = peer("quantulum3.parser", lambda m, t: m.parse(t))  # type: ignore[attr-defined]
    dates = peer("dateparser.search", lambda m, t: m.search_dates(t, languages=["en"]))  # type: ignore[attr-defined]
    if quantulum is None or dates is None:
        return None
    return lambda text: (quantulum(text), dates(text))


def articles(data: Path | None) -> list[str]:
    """The texts to read, of a news item's length."""
    if data is None:
        return [f"{n}. {ARTICLE * 9}" for n in range(ARTICLES)]
    fit = (str(r["text"]) for r in lines(data))
    return [t for t in fit if WORDS[0] <= len(t.split()) <= WORDS[1]][:ARTICLES]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--beat", help="name or path of a beat")
    a = parser.parse_args(argv)
    texts = articles(a.texts)
    if not texts:
        print(f"no text of {WORDS[0]} to {WORDS[1]} words in {a.texts}", file=sys.stderr)
        return 2
    size = sum(map(len, texts)) / len(texts)
    mine = rate(ours(a.beat), texts) / size
    print(f"{len(texts)} articles of {sum(len(t.split()) for t in texts) / len(texts):.0f} words")
    print(f"on record, all layers       {mine:8.1f} articles a second")
    for name, other in (("quantulum3 + dateparser", figures_and_dates()), ("spaCy blank + sentencizer", spacy_blank())):
        if other is not None:
            theirs = rate(other, texts) / size
            print(f"{name:27} {theirs:8.1f} articles a second; ours / theirs {mine / theirs:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
