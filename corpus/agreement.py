"""How far two markings of the same articles, made apart, agree: `python -m corpus.agreement FOLDER_A FOLDER_B`.

The first folder is taken as gold, the articles that both folders hold are compared, and all counts are pooled.

attributions   linked50: paired one to one by the mean Dice of source, cue and content tokens, the content must overlap;
               right where the Dice of source and of content is at least one half (1 where neither has a source)
source, cue, content    exact: the same tokens, one to one; token: F1 over tokens that carry the role
names          exact: same tokens and same kind; without kind beside it; pronouns and descriptions left out
quantities, dates       span: same tokens; value: and the same value (numbers as numbers, EDTF as days); where the spans
               only overlap, the value alone, and for quantities the number without its unit
sort, anonymity, speaker, nesting    of attributions that are linked50: share that agree, and Cohen's kappa
modality       of the words in contents that both mark: tokens, F1;  of claims whose evidence overlaps: share and kappa
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from corpus.amounts import amount, canonical
from onrecord.edtf import days
from onrecord.marked import Article, Mark, MarkedClaim, article_files, load

TOKEN = re.compile(r"\w+|[^\w\s]")
ROLES = {"source": "s", "cue": "c", "content": "k"}
HALF = 0.5
Tokens = frozenset[int]
T = TypeVar("T")


class Counts(NamedTuple):
    """Right, of how many in B and how many in A."""

    right: int = 0
    b: int = 0
    a: int = 0

    def plus(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.b + other.b, self.a + other.a)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.a + self.b) if self.a + self.b else 0.0


class Said(NamedTuple):
    """An attribution as tokens of its roles, and its record."""

    number: int
    source: Tokens
    cue: Tokens
    content: Tokens
    speaker: str | None
    anonymity: str
    sort: str
    nested: bool


# ---------------------------------------------------------------- one article


class Words:
    """The tokens of a text, and which a mark touches."""

    def __init__(self, text: str) -> None:
        self.spans = [m.span() for m in TOKEN.finditer(text)]
        self.at = [i for i, (s, e) in enumerate(self.spans) for _ in range(s, e)]
        self.offsets = [x for s, e in self.spans for x in range(s, e)]
        self.token = dict(zip(self.offsets, self.at, strict=True))

    def of(self, *marks: Mark) -> Tokens:
        return frozenset(self.token[i] for m in marks for i in range(m.start, m.end) if i in self.token)


def said(a: Article, words: Words) -> list[Said]:
    """The attributions of an article that have a content."""
    out = []
    for x in a.attributions:
        source, cue, content = (words.of(*a.of(tag, x.number)) for tag in ROLES.values())
        if content:
            out.append(Said(x.number, source, cue, content, x.speaker, x.anonymity, x.sort, x.inside is not None))
    return out


def dice(a: Tokens, b: Tokens) -> float:
    if not a and not b:
        return 1.0
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def likeness(a: Said, b: Said) -> float:
    """Mean Dice of the roles that either has; 0 where the contents share nothing."""
    if not a.content & b.content:
        return 0.0
    sides = [(a.source, b.source), (a.cue, b.cue), (a.content, b.content)]
    found = [dice(x, y) for x, y in sides if x or y]
    return sum(found) / len(found)


def paired(a: Sequence[T], b: Sequence[T], score: Callable[[T, T], float]) -> list[tuple[T, T]]:
    """One-to-one pairs by falling score, ties by place; a score of 0 is no pair."""
    scored = [(-score(x, y), j, i) for i, x in enumerate(a) for j, y in enumerate(b)]
    used_a, used_b, out = set(), set(), []
    for s, j, i in sorted(scored):
        if s < 0 and i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            out.append((a[i], b[j]))
    return out


def linked50(a: Sequence[Said], b: Sequence[Said]) -> list[tuple[Said, Said]]:
    """The pairs in which source and content agree by half or more."""
    return [
        (x, y)
        for x, y in paired(a, b, likeness)
        if dice(x.source, y.source) >= HALF and dice(x.content, y.content) >= HALF
    ]


def exact(a: Sequence[Hashable], b: Sequence[Hashable]) -> Counts:
    return Counts(sum((Counter(a) & Counter(b)).values()), len(b), len(a))


def common(a: Tokens, b: Tokens) -> Counts:
    return Counts(len(a & b), len(b), len(a))


def counted(a: Article, b: Article) -> dict[str, Counts]:
    """Counts of every span layer of one article marked twice. Raises ValueError where the texts differ."""
    if a.text != b.text:
        at = next(
            (i for i, (x, y) in enumerate(zip(a.text, b.text, strict=False)) if x != y), min(len(a.text), len(b.text))
        )
        raise ValueError(f"{a.id}: the texts differ at {at}: {a.text[at : at + 20]!r} and {b.text[at : at + 20]!r}")
    words = Words(a.text)
    x, y = said(a, words), said(b, words)
    out = {"attributions linked50": Counts(len(linked50(x, y)), len(y), len(x))}
    for role, tag in ROLES.items():
        sides = [[getattr(s, role) for s in side if getattr(s, role)] for side in (x, y)]
        out[f"{role} exact"] = exact(*sides)
        out[f"{role} token"] = common(words.of(*a.of(tag)), words.of(*b.of(tag)))
    for name, keep in (("names exact with kind", True), ("names exact", False)):
        out[name] = exact(*([(words.of(m), m.value.split()[0] if keep else "") for m in names(s)] for s in (a, b)))
    for layer, tag, value in (("quantities", "q", quantity_value), ("dates", "d", date_value)):
        out[f"{layer} span"] = exact(*([words.of(m) for m in s.of(tag)] for s in (a, b)))
        out[f"{layer} value"] = exact(*([(words.of(m), value(m.value)) for m in s.of(tag)] for s in (a, b)))
        out[f"{layer} value, spans overlap"] = overlapping(a.of(tag), b.of(tag), words, value)
    out["quantities number, spans overlap"] = overlapping(a.of("q"), b.of("q"), words, number)
    out["modality words token"] = common(words.of(*a.of("m")), words.of(*b.of("m")))
    return out


def names(a: Article) -> list[Mark]:
    return [m for m in a.of("n") if not {"pro", "nom"} & set(m.value.split()[2:])]


def overlapping(a: Sequence[Mark], b: Sequence[Mark], words: Words, value: Callable[[str], Hashable]) -> Counts:
    """Marks that share a token and say the same."""
    pairs = paired(a, b, lambda x, y: dice(words.of(x), words.of(y)) if value(x.value) == value(y.value) else 0.0)
    return Counts(len(pairs), len(b), len(a))


def quantity_value(value: str) -> Hashable:
    """Numbers as numbers, units of measure by their code, other nouns as written."""
    found = amount(value)
    return value if found is None else found._replace(unit=canonical(found.unit))


def number(value: str) -> Hashable:
    """The value without its unit: two markings may call a thing counted by different nouns."""
    found = amount(value)
    return value if found is None else found._replace(unit="")


def date_value(value: str) -> Hashable:
    """The days that are meant; what no calendar bounds as it is written."""
    return days(value) or value


# ---------------------------------------------------------------- labels of what both found


def labelled(a: Article, b: Article) -> Iterator[tuple[str, str, str]]:
    """(kind of label, A's, B's) for every attribution that is linked50, and for claims with common evidence."""
    words = Words(a.text)
    pairs = linked50(said(a, words), said(b, words))
    keys = same_keys(a, b, words)
    for x, y in pairs:
        yield "sort", x.sort, y.sort
        yield "anonymity", x.anonymity, y.anonymity
        yield "nested", str(x.nested), str(y.nested)
        yield "speaker", x.speaker or "-", keys.get(y.speaker or "-", f"B's {y.speaker}")
    for c, d in paired(a.claims, b.claims, overlap):
        yield "modality of claims", c.modality, d.modality
        yield "polarity of claims", c.polarity, d.polarity
        yield "property of claims", c.property, d.property


def overlap(c: MarkedClaim, d: MarkedClaim) -> float:
    """Shared characters of the evidence where that is half of the shorter one or more."""
    shared = min(c.end, d.end) - max(c.start, d.start)
    return float(shared) if shared >= HALF * min(c.end - c.start, d.end - d.start) else 0.0


def same_keys(a: Article, b: Article, words: Words) -> dict[str, str]:
    """B's entity keys → A's: keys are free, so those that stand on the same words most often are one entity."""
    at = {words.of(m): m.value.split()[1] for m in a.of("n")}
    votes: dict[str, Counter[str]] = {}
    for m in b.of("n"):
        if words.of(m) in at:
            votes.setdefault(m.value.split()[1], Counter())[at[words.of(m)]] += 1
    return {"-": "-", **{key: min(c, key=lambda k: (-c[k], k)) for key, c in votes.items()}}


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what the two markings' own shares of each label would give by chance."""
    n = len(pairs)
    if not n:
        return 0.0
    seen = sum(x == y for x, y in pairs) / n
    left, right = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    chance = sum(left[k] * right[k] for k in left) / n**2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


# ---------------------------------------------------------------- folders


def agreement(pairs: Sequence[tuple[Article, Article]]) -> dict[str, Any]:
    """F1 of every span layer, accuracy and kappa of every label, pooled over articles, A first."""
    spans: dict[str, Counts] = {}
    labels: dict[str, list[tuple[str, str]]] = {}
    for a, b in pairs:
        for name, c in counted(a, b).items():
            spans[name] = spans.get(name, Counts()).plus(c)
        for name, x, y in labelled(a, b):
            labels.setdefault(name, []).append((x, y))
    return {
        "articles": len(pairs),
        "words": sum(len(a.text.split()) for a, _ in pairs),
        "spans": {name: {"f1": round(c.f1, 3), **c._asdict()} for name, c in spans.items()},
        "labels": {
            name: {
                "accuracy": round(sum(x == y for x, y in found) / len(found), 3),
                "kappa": round(kappa(found), 3),
                "pairs": len(found),
                "differ": Counter(" / ".join(sorted(p)) for p in found if p[0] != p[1]).most_common(5),
            }
            for name, found in labels.items()
        },
    }


def twice(a: Path, b: Path) -> list[tuple[Article, Article]]:
    """The articles that both folders hold, by id."""
    left = {p.stem: p for p in article_files([a])}
    right = {p.stem: p for p in article_files([b])}
    return [(load(left[k]), load(right[k])) for k in sorted(left.keys() & right.keys())]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m corpus.agreement", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("a", type=Path)
    parser.add_argument("b", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--by-article", action="store_true", help="also linked50 of each article")
    args = parser.parse_args(argv)
    pairs = twice(args.a, args.b)
    if not pairs:
        print(f"no article is in both {args.a} and {args.b}", file=sys.stderr)
        return 1
    found = agreement(pairs)
    if args.json:
        print(json.dumps(found))
        return 0
    print(f"{found['articles']} articles, {found['words']:,} words, marked twice\n")
    print("| spans | F1 | A | B | both |\n| --- | --- | --- | --- | --- |")
    for name, row in found["spans"].items():
        print(f"| {name} | {row['f1']:.3f} | {row['a']} | {row['b']} | {row['right']} |")
    print("\n| labels of what both marked | agree | kappa | pairs |\n| --- | --- | --- | --- |")
    for name, row in found["labels"].items():
        print(f"| {name} | {row['accuracy']:.3f} | {row['kappa']:.3f} | {row['pairs']} |")
    if args.by_article:
        for a, b in pairs:
            print(f"{a.id:14} {counted(a, b)['attributions linked50'].f1:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
