"""Marked articles → windows of word pieces with labels for each head: what the encoder is trained on.

Sources: our own corpus (`corpus/articles`), attribution and names; `names_*.jsonl.gz` of the cleared training data,
names only; PolNeAR (`train.jsonl.gz`) only for weights that are measured and never shipped.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.check import ARTICLES, files
from corpus.parse import load
from onrecord.extract.pieces import Features, Pieces, features

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
STYLES = ("", "", '""', "“”")  # quotation marks of an epoch: as printed half of the time, else straight or curly
IGNORE = -100  # a label that no loss counts: the source does not annotate this head
TEST_PART = 10  # every tenth article, by a hash of its id, is the test part and is never trained on


@dataclass(frozen=True)
class Marked:
    """A text with the spans that its source annotates; None for a head that it does not."""

    id: str
    text: str
    roles: dict[str, list[Span]] | None
    names: list[tuple[int, int, str]] | None
    name_labels: frozenset[str] = frozenset(NAME_TAGS)
    weight: float = 1.0


@dataclass
class Window:
    """Up to `size` pieces that end at a paragraph or sentence end; labels are lists as long as `ids`."""

    pieces: Features
    labels: dict[str, list[int]] = field(default_factory=dict)


def in_test_part(article: str) -> bool:
    """Whether an article belongs to the fixed tenth that is kept for testing."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % TEST_PART == 0


def own_corpus(*, test: bool, folder: Path = ARTICLES) -> Iterator[Marked]:
    """Our own articles, the test part or the rest."""
    for path in files([folder]):
        a = load(path)
        if in_test_part(a.id) != test:
            continue
        roles = {role: [(m.start, m.end) for m in a.of(role[0] if role != "content" else "k")] for role in ROLES}
        names = [
            (m.start, m.end, NAMES[m.value.split()[0]])
            for m in a.of("n")
            if not {"pro", "nom"} & set(m.value.split()[2:]) and m.value.split()[0] in NAMES
        ]
        yield Marked(id=a.id, text=a.text, roles=outermost(roles), names=names)


def polnear(path: Path) -> Iterator[Marked]:
    """PolNeAR, for weights that are measured and never shipped: it states no licence."""
    for row in rows(path):
        roles = {role: [(s, e) for r in row["relations"] for s, e in r[role]] for role in ROLES}
        yield Marked(id=row["id"], text=row["text"], roles=outermost(roles), names=None)


def names(path: Path, weight: float = 1.0) -> Iterator[Marked]:
    """Cleared names data: spans with PER, ORG, LOC, MISC; a label that a source does not annotate is unknown there."""
    for row in rows(path):
        found = (
            [(m["start"], m["end"], m["label"]) for m in row["mentions"]]
            if "mentions" in row
            else [(s, e, label) for s, e, label in row["spans"]]
        )
        yield Marked(
            id=row["id"], text=row["text"], roles=None, names=found, name_labels=frozenset(row["labels"]), weight=weight
        )


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


def windows(marked: Marked, pieces: Pieces, size: int) -> Iterator[Window]:
    """The text cut into windows at paragraph ends (sentence ends where a paragraph is too long), labelled."""
    for f in features(marked.text, pieces, size):
        w = Window(f)
        n = len(f.ids)
        low = min((a for a, b in f.offsets if b > a), default=0)
        high = max((b for a, b in f.offsets if b > a), default=0)
        for role in ROLES:
            if marked.roles is None:
                w.labels[role] = [IGNORE] * n
            else:
                near = [(s, e, 0) for s, e in marked.roles[role] if s < high and e > low]
                w.labels[role] = bio(f, near)
        if marked.names is None:
            w.labels["name"] = [IGNORE] * n
        else:
            known = [(s, e, NAME_TAGS.index(t)) for s, e, t in marked.names if t in NAME_TAGS and s < high and e > low]
            w.labels["name"] = bio(f, known)
        yield w
