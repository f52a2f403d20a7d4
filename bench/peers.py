"""`python -m bench.peers [TEXTS] [--beat NAME] [--reader NAME ...]`: articles a second beside tools that do less.

Ours is `extract` with all its layers: sentences, names, coreference, figures, dates, statements and claims, with each
reader that is asked for (without one, the default), on the same texts one after the other; and, on a line of its own,
the part that it shares with quantulum3 and dateparser: figures and dates. The peers, measured in the same run on the
same texts where they are installed (they are no dependencies), do less: quantulum3 and dateparser find figures and
dates, spaCy's blank English pipeline cuts words and sentences. TEXTS is JSON lines with "text" (.gz too); without it an
invented article of some 700 words is read again and again. Seconds are of processor time, on one core; reading bytes as
text is in nobody's.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import resource
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from bench.peers_numbers import ARTICLE, peer, rate
from bench.quantity import lines
from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.extract.document import Document
from onrecord.extract.numbers import quantities
from onrecord.extract.readers import DEFAULT, reader
from onrecord.extract.when import dates
from onrecord.read import read
from onrecord.records import Original, Reading, Report

ARTICLES = 20  # texts of one run: dateparser takes seconds for each
WORDS = (400, 1100)  # of the articles that are read: a news item's length


@cache
def reports(text: str) -> tuple[Report, ...]:
    """A text as reports: read before anything is measured."""
    return read(Original(name="article.txt", url=None, data=text.encode()))[0]


def ours(beat: str | None, name: str = DEFAULT) -> Callable[[str], list[Reading]]:
    """All our layers on a text, with the reader of that name, which is loaded at once."""
    known, by = (beats.load(beat) if beat else None), reader(name)
    return lambda text: [extract(report, beat=known, reader=by) for report in reports(text)]


def read_by(name: str, beat: str | None, texts: list[str]) -> float:
    """Articles a second with one reader; tells them, the memory up to here, and how many readings crashed."""
    once = ours(beat, name)
    speed = rate(once, texts) * len(texts) / sum(map(len, texts))
    crashed = sum(bool(reading.problems) for text in texts for reading in once(text))
    who = f"on record, {name}, all layers"
    print(f"{who:35}{speed:6.1f} articles a second; {peak():.0f} MiB so far; {crashed} crashed")
    return speed


def shared(text: str) -> object:
    """What we share with quantulum3 and dateparser: the figures and dates of a text, found in its sentences."""
    docs = [Document(report) for report in reports(text)]
    return [(quantities(doc), dates(doc)) for doc in docs]


def peak() -> float:
    """The most memory that this process has held so far, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


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
    parser.add_argument(
        "--reader", action="append", help="who reads; may be given again: the peers are set beside the first"
    )
    a = parser.parse_args(argv)
    texts = articles(a.texts)
    if not texts:
        print(f"no text of {WORDS[0]} to {WORDS[1]} words in {a.texts}", file=sys.stderr)
        return 2
    size = sum(map(len, texts)) / len(texts)
    for text in texts:
        reports(text)
    print(f"{len(texts)} articles of {sum(len(t.split()) for t in texts) / len(texts):.0f} words")
    mine, *_ = [read_by(name, a.beat, texts) for name in a.reader or [DEFAULT]]
    part = rate(shared, texts) / size
    print(f"{'on record, figures, dates':35}{part:6.1f} articles a second")
    for name, other, same in (
        ("quantulum3 + dateparser", figures_and_dates(), part), ("spaCy blank + sentencizer", spacy_blank(), None),
    ):  # fmt: skip
        if other is not None:
            theirs = rate(other, texts) / size
            alike = f"; ours on the same part / theirs {same / theirs:.1f}" if same is not None else ""
            print(f"{name:35}{theirs:6.1f} articles a second; all of ours / theirs {mine / theirs:.2f}{alike}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
