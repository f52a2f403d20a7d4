"""Marked articles → windows of word pieces with labels for each head: what the encoder is trained on.

Sources: our own corpus (`corpus/articles`), attribution, its sort, and names; of the cleared training data, names
(`names_*.jsonl.gz`) and syntax (`syntax_*.jsonl.gz`); PolNeAR (`train.jsonl.gz`) only for weights that are measured
and never shipped.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from corpus.bare import document as bare
from corpus.check import ARTICLES, files
from corpus.parse import Mark, load
from corpus.shared_sources import sources
from onrecord.extract.hints import Marks, hints, marks
from onrecord.extract.pieces import Features, Pieces, features
from onrecord.extract.speech import read

Span = tuple[int, int]
ROLES = ("source", "cue", "content")
NAME_TAGS = ("PER", "ORG", "LOC", "MISC")
NAMES = {
    "per": "PER",
    "org": "ORG",
    "cty": "LOC",
    "plc": "LOC",
    "fac": "LOC",
    "sys": "MISC",
    "doc": "MISC",
    "evt": "MISC",
}
SORTS = ("speech", "document", "belief", "plan")
POS = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
]  # fmt: skip
DEPS = [
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "compound", "conj", "cop", "csubj", "dep",
    "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nsubj",
    "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp", "clf",
]  # fmt: skip
# genres of GUM whose licence only one of its two licence files names: no weights that ship have seen them
UNCLEARED = ("conversation", "speech", "textbook", "vlog")
WAYS = 9  # how far and on which side a word's head stands
STYLES = ("", "", '""', "“”")  # quotation marks of an epoch: as printed half of the time, else straight or curly
IGNORE = -100  # a label that no loss counts: the source does not annotate this head
TENTHS = 10  # every tenth article, by a hash of its id, is the test part and is never trained on
# the tenth after it is held out too: on it is measured how far the readers are to be trusted (training/trust.py);
# of the batches that were written last, as news of politics, two tenths more, as trust wants many examples
TRUST, TRUST_LATER = (1,), (1, 2, 3)
LATER = ("maple", "nettle", "osier", "poplar")
# written for rare attitudes and speech acts, one in nearly every clause: they teach what may be said, but who learns
# there how often a candidate is right trusts too much in news (docs/decisions/130)
DENSE = ("quince", "rowan", "sorrel", "teasel")


class Use(StrEnum):
    """What an article of our corpus is for."""

    TEST = "test"
    TRUST = "trust"
    TRAIN = "train"


@dataclass(frozen=True)
class Marked:
    """A text with the spans that its source annotates; None for a head that it does not."""

    id: str
    text: str
    roles: dict[str, list[Span]] | None
    names: list[tuple[int, int, str]] | None
    name_labels: frozenset[str] = frozenset(NAME_TAGS)
    sorts: list[tuple[int, int, int]] | None = None  # cues with the index of their sort
    syntax: list[tuple[int, int, int, int, int]] | None = None  # words with part of speech, relation, way to the head
    relations: list[dict[str, list[Span]]] | None = None  # who said what: spans of each role, for each attribution


@dataclass
class Window:
    """Up to `size` pieces that end at a paragraph or sentence end; labels are lists as long as `ids`."""

    pieces: Features
    hints: list[list[int]]
    labels: dict[str, list[int]] = field(default_factory=dict)


def use(article: str) -> Use:
    """What an article is for, by a hash of its id."""
    tenth = int(hashlib.sha256(article.encode()).hexdigest(), 16) % TENTHS
    if tenth == 0:
        return Use.TEST
    return Use.TRUST if tenth in (TRUST_LATER if article.split("-")[0] in LATER else TRUST) else Use.TRAIN


def is_dense(article: str) -> bool:
    """Whether an article is of a batch with far more attributions than news has."""
    return article.split("-")[0] in DENSE


def in_test_part(article: str) -> bool:
    """Whether an article belongs to the fixed tenth that is kept for testing."""
    return use(article) is Use.TEST


def own_corpus(wanted: Use, folder: Path = ARTICLES) -> Iterator[Marked]:
    """Our own articles that are for this."""
    for path in files([folder]):
        a = load(path)
        if use(a.id) is not wanted:
            continue
        roles = {role: [(m.start, m.end) for m in a.of(role[0] if role != "content" else "k")] for role in ROLES}
        names = [
            (m.start, m.end, NAMES[m.value.split()[0]])
            for m in a.of("n")
            if not {"pro", "nom"} & set(m.value.split()[2:]) and m.value.split()[0] in NAMES
        ]
        sorts = {r.number: SORTS.index(r.sort) for r in a.attributions if r.sort in SORTS}
        cues = [(m.start, m.end, sorts[m.number]) for m in a.of("c") if m.number in sorts]
        shared = sources(a)
        said = [
            {
                "source": spans(shared[x.number]),
                "cue": spans(a.of("c", x.number)),
                "content": spans(a.of("k", x.number)),
            }
            for x in a.attributions
        ]
        yield Marked(id=a.id, text=a.text, roles=outermost(roles), names=names, sorts=cues, relations=said)


def spans(marks: Iterable[Mark]) -> list[Span]:
    return [(m.start, m.end) for m in marks]


def polnear(path: Path) -> Iterator[Marked]:
    """PolNeAR, for weights that are measured and never shipped: it states no licence."""
    for row in rows(path):
        roles = {role: [(s, e) for r in row["relations"] for s, e in r[role]] for role in ROLES}
        said = [{r: [(s, e) for s, e in x[r]] for r in ROLES} for x in row["relations"]]
        yield Marked(id=row["id"], text=row["text"], roles=outermost(roles), names=None, relations=said)


def names(path: Path) -> Iterator[Marked]:
    """Cleared names data: spans with PER, ORG, LOC, MISC; a label that a source does not annotate is unknown there."""
    for row in cleared(path):
        found = (
            [(m["start"], m["end"], m["label"]) for m in row["mentions"]]
            if "mentions" in row
            else [(s, e, label) for s, e, label in row["spans"]]
        )
        yield Marked(id=row["id"], text=row["text"], roles=None, names=found, name_labels=frozenset(row["labels"]))


def syntax(path: Path) -> Iterator[Marked]:
    """Cleared treebanks: words with part of speech, relation, and on which side and how far the head stands."""
    for row in cleared(path):
        words = [
            (start, end, POS.index(pos) if pos in POS else POS.index("X"), DEPS.index(dep.split(":")[0]), way(i, head))
            for i, (start, end, pos, _, _, head, dep) in enumerate(row["tokens"])
        ]
        yield Marked(id=row["id"], text=row["text"], roles=None, names=None, syntax=words)


def cleared(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    """The records of a file of cleared training data, without the genres that are in doubt."""
    return (r for r in rows(path) if not r["id"].startswith(tuple(f"GUM_{g}_" for g in UNCLEARED)))


def way(word: int, head: int) -> int:
    """0 for the root; 1 to 4 for a head before the word, at distance 1, 2, up to 5, further; 5 to 8 behind it."""
    if head < 0:
        return 0
    far = abs(head - word)
    return (1 if head < word else 5) + (0 if far == 1 else 1 if far == 2 else 2 if far <= 5 else 3)


def rows(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def restyled(marked: Marked, style: str) -> Marked:
    """The same text with double quotation marks of one style; no offset changes. An empty style leaves it alone."""
    if not style:
        return marked
    out, inside = list(marked.text), False
    for i, c in enumerate(out):
        if c == "\n":
            inside = False
        elif c in '“”„"':
            inside = c in "“„" or (c == '"' and not inside)
            out[i] = style[0 if inside else 1]
    return replace(marked, text="".join(out))


def outermost(roles: dict[str, list[Span]]) -> dict[str, list[Span]]:
    """Spans of one role that lie inside another of that role are left to it: one label a piece."""
    return {
        role: [s for s in sorted(set(spans)) if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
        for role, spans in roles.items()
    }


def bio(pieces: Features, spans: list[tuple[int, int, int]]) -> list[int]:
    """Label of each piece: 0 outside, 2k+1 begins and 2k+2 continues a span of type k."""
    out = [0] * len(pieces.ids)
    for start, end, kind in spans:
        first = True
        for i, (a, b) in enumerate(pieces.offsets):
            if b > a and a < end and b > start:
                out[i] = 2 * kind + (1 if first else 2)
                first = False
    return out


def ruled(text: str) -> Marks:
    """What the rules find in a bare text."""
    return marks(read(bare(text)))


def windows(marked: Marked, pieces: Pieces, size: int, found: Marks | None = None) -> Iterator[Window]:
    """The text cut into windows at paragraph ends (sentence ends where a paragraph is too long), labelled.

    `found` is what the rules find; without it, the windows are as if they had found nothing.
    """
    for f in features(marked.text, pieces, size):
        w = Window(f, hints(f, found or marks(())))
        n = len(f.ids)
        low = min((a for a, b in f.offsets if b > a), default=0)
        high = max((b for a, b in f.offsets if b > a), default=0)
        for role in ROLES:
            if marked.roles is not None:
                w.labels[role] = bio(f, [(s, e, 0) for s, e in marked.roles[role] if s < high and e > low])
        if marked.names is not None:
            known = [(s, e, NAME_TAGS.index(t)) for s, e, t in marked.names if t in NAME_TAGS and s < high and e > low]
            w.labels["name"] = bio(f, known)
        if marked.sorts is not None:
            w.labels["sort"] = [(x - 1) // 2 if x else IGNORE for x in bio(f, marked.sorts)]
        if marked.syntax is not None:
            near = [x for x in marked.syntax if x[0] < high and x[1] > low]
            for head, at in (("pos", 2), ("dep", 3), ("way", 4)):
                w.labels[head] = firsts(f, {x[0]: x[at] for x in near}, n)
        yield w


def firsts(f: Features, value: dict[int, int], n: int) -> list[int]:
    """The label of the word that begins at a piece; other pieces have none."""
    return [value.get(a, IGNORE) if b > a else IGNORE for a, b in f.offsets[:n]]
