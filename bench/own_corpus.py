"""`python -m bench.own_corpus` prints how well the grammar finds who said what in our own corpus, `corpus/articles`.

The corpus is a second development set, of other kinds of text than PolNeAR. Its fixed tenth is scored with `--test`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.attribution import relation
from bench.measures import SHARED
from corpus.bare import document
from corpus.check import ARTICLES, files
from corpus.parse import Article, load
from corpus.shared_sources import sources
from onrecord.extract.reader import Reader
from onrecord.extract.readers import reader as reader_by_name
from training.data import in_test_part

ROLES = {"source": "s", "cue": "c", "content": "k"}
FIGURES = ("source soft", "cue soft", "content soft", "relation linked50", "relation full50")
Record = dict[str, Any]


def articles(*, test: bool) -> Iterator[Article]:
    """The articles of the test tenth, or the others."""
    return (a for a in map(load, files([ARTICLES])) if in_test_part(a.id) == test)


def gold(a: Article, *, as_marked: bool = False) -> Record:
    """An article's marked attributions in the scorer's format; a source that two cues share is that of both, but
    `as_marked` that of the first."""
    relations, shared = [], {} if as_marked else sources(a)
    for x in a.attributions:
        spans = {role: [[m.start, m.end] for m in a.of(tag, x.number)] for role, tag in ROLES.items()}
        spans["source"] = [[m.start, m.end] for m in shared.get(x.number, ())] or spans["source"]
        if spans["content"]:
            relations.append(spans)
    return {"id": a.id, "text": a.text, "relations": relations}


def predicted(a: Article, reader: Reader) -> Record:
    """What a reader finds, nested attributions included: the corpus marks them."""
    found = reader.attributions(document(a.text, a.id))
    return {"id": a.id, "relations": [relation(x) for x in found]}


def scorer() -> ModuleType:
    """The shared scorer. Raises SystemExit where it is not beside the project."""
    path = SHARED / "score_attribution.py"
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if not path.exists() or spec is None or spec.loader is None:
        raise SystemExit("skipped: the scorer needs ../shared/bench beside the project; it is not here")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.own_corpus", description=__doc__)
    parser.add_argument("--reader", default="grammar", help="as in bench attribution")
    parser.add_argument("--test", action="store_true", help="the tenth kept for testing")
    parser.add_argument("--out", type=Path, help="also write the predictions there")
    a = parser.parse_args(argv)
    texts, reading = list(articles(test=a.test)), reader_by_name(a.reader)
    predictions = {x.id: predicted(x, reading) for x in texts}
    if a.out is not None:
        lines = (json.dumps(p, ensure_ascii=False) + "\n" for p in predictions.values())
        a.out.write_text("".join(lines), encoding="utf-8")
    answer = scorer().score({x.id: gold(x) for x in texts}, predictions)
    print(f"{len(texts)} articles, {'test tenth' if a.test else 'development part'}, reader {a.reader}")
    for name in FIGURES:
        row = answer[name]
        print(f"{name:18}  P {row['P']:.3f}  R {row['R']:.3f}  F1 {row['F1']:.3f}  ({row['gold']} in the corpus)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
