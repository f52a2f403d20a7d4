"""Trains the fast tagger: a linear-chain CRF whose weights are a readable table.

    python -m training.fast --out onrecord/extract/weights                          from our own corpus: this ships
    python -m training.fast --out out/polnear --polnear …/polnear/train.jsonl.gz    measured, never shipped
    python -m training.fast --out out/more --teacher WEIGHTS --text FILE [FILE …]   more text, labelled by the encoder

Needs python-crfsuite, which nothing else does. L-BFGS with a strong L1, so that most features go; rare ones are dropped
before. A tagger is trained on the articles without one part, for each part; their mean is the table. The judge, a
logistic regression over what rules and tagger each found, sees each part read by the tagger that was not trained on it.
No randomness: same data, same table.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.extract.document import Document
from onrecord.extract.encoder import EncoderReader
from onrecord.extract.fast import words as fast_words
from onrecord.extract.fast.judge import Odds, candidates, shared
from onrecord.extract.fast.reader import TABLE, FastReader, proposed
from onrecord.extract.fast.sheet import ROLES, Lexicon, Sheet, sheet
from onrecord.extract.fast.weights import BEFORE, Row, Weights, names
from onrecord.extract.lines import Draft
from onrecord.extract.speech import read
from onrecord.records import Passage
from training.data import Marked, Use, bare, is_dense, outermost, own_corpus, polnear, rows

L1 = 1.0
RARE = 2  # a feature seen less often with a tag is dropped
COMMON = 4  # a word seen as often is looked at together with its neighbours
STEPS = 140
LEAST = 0.0005  # a smaller weight is none
PARTS = 2  # of the articles
SEEN = 4  # what the judge sees less often is left out
DECAY = 3.0
HALF = 0.5


class Article:
    """A marked text with what the rules read in it."""

    def __init__(self, marked: Marked) -> None:
        assert marked.roles is not None
        self.id, self.roles = marked.id, marked.roles
        self.doc: Document = bare(marked.text, marked.id)
        self.drafts: list[Draft] = read(self.doc)
        self.relations = [
            tuple([Passage(*p) for p in r[role]] for role in ("source", "content")) for r in marked.relations or ()
        ]


def tags(s: Sheet, roles: dict[str, list[tuple[int, int]]]) -> list[str]:
    """The tag of each row: one role a word; contents cover what is reported inside them."""
    owner = [0] * len(s.words)
    number = 0
    role_of = {0: ""}
    for role in ROLES:
        for start, end in outermost({role: roles[role]})[role]:
            number += 1
            role_of[number] = role
            a, b = s.span(start, end)
            owner[a:b] = [number] * (b - a)
    return [
        "O" if not n or not s.words[i] else f"{'I' if owner[i - 1] == n else 'B'}-{role_of[n]}"
        for i, n in enumerate(owner)
    ]


def vocabulary(articles: Iterable[Article]) -> dict[str, dict[str, int]]:
    """The words and rules that are common enough to be looked at together with others."""
    words: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for a in articles:
        lexicon = Lexicon()
        s = sheet(a.doc, (), lexicon)
        words.update(fast_words.lowered(lexicon.spelt[i]) for i in s.words.tolist() if i)
        rules.update(d.rule for d in a.drafts)
    common = sorted(w for w, n in words.items() if n >= COMMON)
    cues = [w for w in common if fast_words.cue(w) != "-"]
    kept = {"k": common, "lk": cues, "rk": cues, "gr": sorted(r for r, n in rules.items() if n >= COMMON)}
    return {column: {w: i + 1 for i, w in enumerate(ws)} for column, ws in kept.items()}


class Features:
    """The features and tags of every paragraph of some articles, made once and used for several taggers."""

    def __init__(self, articles: Sequence[Article]) -> None:
        import pycrfsuite

        lexicon = Lexicon(vocabulary(articles))
        cache: dict[Any, Any] = {}
        self.of: list[list[tuple[Any, list[str]]]] = []
        for a in articles:
            s = sheet(a.doc, a.drafts, lexicon)
            wanted = tags(s, a.roles)
            self.of.append([
                (pycrfsuite.ItemSequence(names(s, first, end, lexicon, cache)), wanted[first:end])
                for first, end in s.paragraphs
            ])  # fmt: skip


def train(found: Features, chosen: Iterable[int], *, l1: float, steps: int) -> list[Row]:
    """The rows of the table of weights, from the chosen articles."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({
        "c1": l1, "c2": 0.01, "max_iterations": steps, "feature.minfreq": RARE,
        "feature.possible_transitions": True,
    })  # fmt: skip
    for i in chosen:
        for items, wanted in found.of[i]:
            trainer.append(items, wanted)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "crf.model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    rows = [(f, t, w) for (f, t), w in info.state_features.items()]
    rows += [(f"{BEFORE}={a}", b, w) for (a, b), w in info.transitions.items()]
    return sorted((f, t, round(w, 3)) for f, t, w in rows if abs(w) >= LEAST)


def mean(taggers: Sequence[Sequence[Row]]) -> list[Row]:
    """The mean of several taggers: better than one trained on all that they have seen."""
    sums: dict[tuple[str, str], float] = {}
    for tagger in taggers:
        for feature, tag, w in tagger:
            sums[feature, tag] = sums.get((feature, tag), 0.0) + w / len(taggers)
    return sorted((f, t, round(w, 3)) for (f, t), w in sums.items() if abs(w) >= LEAST)


def examples(articles: Sequence[Article], tagger: Sequence[Row]) -> list[tuple[list[str], bool]]:
    """What the judge sees of every draft of the articles, read by a tagger that is new to them; whether it is right."""
    weights = Weights.of(tagger)
    reader = FastReader.__new__(FastReader)
    reader._weights = weights
    out = []
    for a in articles:
        tagged = reader.tagged(a.doc, a.drafts)
        odds = Odds.of(tagged.sheet, tagged.emissions, weights.transitions)
        for c in candidates(a.doc, a.drafts, proposed(a.doc, tagged), odds):
            out.append((c.seen, any(agrees(c.draft, source, content) for source, content in a.relations)))
    return out


def taught(teacher: Path, files: Sequence[Path]) -> Iterator[Marked]:
    """Texts with the spans that the encoder finds in them: more to learn from than people have marked."""
    reader = EncoderReader(teacher)
    for path in files:
        plain = path.suffix == ".txt"
        texts = [path.read_text("utf-8")] if plain else (str(row["text"]) for row in rows(path))
        for i, text in enumerate(texts):
            name = f"{path.name} {i}"
            found = reader.tagged(bare(text, name)).roles
            roles = {role: [(s.start, s.end) for s in spans] for role, spans in found.items()}
            yield Marked(id=name, text=text, roles=roles, names=None)


def agrees(d: Draft, source: list[Passage], content: list[Passage]) -> bool:
    """Whether source and content both overlap by half with those of a marked relation."""
    own = [d.source] if d.source else []
    sources = shared(own, source) >= HALF if own and source else not own and not source
    return sources and shared(d.content, content) >= HALF


def judge(seen: Sequence[tuple[list[str], bool]], *, decay: float = DECAY) -> list[Row]:
    """A logistic regression with L2, by Newton steps."""
    counts = Counter(name for names, _ in seen for name in names)
    number = {name: i for i, name in enumerate(sorted(n for n, k in counts.items() if k >= SEEN))}
    x = np.zeros((len(seen), len(number)))
    for i, (found, _) in enumerate(seen):
        x[i, [number[n] for n in found if n in number]] = 1
    y = np.array([right for _, right in seen], float)
    w = np.zeros(len(number))
    for _ in range(12):
        p = 1 / (1 + np.exp(-x @ w))
        h = (x * (p * (1 - p))[:, None]).T @ x + decay * np.eye(len(number))
        w -= np.linalg.solve(h, x.T @ (p - y) + decay * w)
    return [(name, "right", round(float(w[i]), 3)) for name, i in number.items()]


def write(path: Path, rows: Iterable[Row], head: str) -> None:
    """The table, in the order of its features; gzipped without a date, so that the same rows are the same bytes."""
    lines = f"# {head}\n" + "".join(f"{f}\t{t}\t{w:g}\n" for f, t, w in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(lines.encode(), mtime=0))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.fast", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--polnear", type=Path, help="PolNeAR train: for weights that are measured, never shipped")
    parser.add_argument("--teacher", type=Path, help="weights of an encoder that labels --text")
    parser.add_argument("--text", type=Path, nargs="*", default=(), help="plain texts, or JSON lines with `text`")
    parser.add_argument("--limit", type=int, help="the first so many articles only: a trial")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--l1", type=float, default=L1)
    parser.add_argument("--parts", type=int, default=PARTS)
    a = parser.parse_args()
    start = time.time()
    say = lambda text: print(f"{time.time() - start:.0f} s  {text}", flush=True)
    source = polnear(a.polnear) if a.polnear else own_corpus(Use.TRAIN)
    # words and classes do not tell a stance from an act: with the dense batches it finds .01 less in news
    articles = [Article(m) for m in source if not is_dense(m.id)][: a.limit]
    more = [Article(m) for m in taught(a.teacher, a.text)] if a.teacher else []
    say(f"{len(articles)} articles, {len(more)} labelled by the encoder")
    found = Features([*articles, *more])
    say("features made")
    extra = range(len(articles), len(articles) + len(more))
    seen, taggers = [], []
    for k in range(a.parts):
        others = [i for i in range(len(articles)) if i % a.parts != k]
        tagger = train(found, [*others, *extra], l1=a.l1, steps=a.steps)
        taggers.append(tagger)
        seen += examples([x for i, x in enumerate(articles) if i % a.parts == k], tagger)
        say(f"{len(seen)} drafts for the judge")
    table = [*judge(seen), *mean(taggers)]
    write(a.out / TABLE, table, "feature, tag, weight")
    say(f"{len(table)} weights")


if __name__ == "__main__":
    main()
