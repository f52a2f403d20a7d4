"""Gold and prediction of one report → counts for each part. Items are paired one to one, largest overlap first.

furniture    characters, blanks aside            names       spans share half of the shorter one
quantities   spans overlap; number, unit and comparator agree           dates       spans overlap, the same days
statements   half of either content is in the other      speakers   and the source overlaps, or both are unnamed
claims       half of the shorter evidence is common                     properties  and the property is right
modality     of the claims with the right property, those whose modality is right too
A vague figure counts neither way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from onrecord.edtf import days
from onrecord.evaluate.gold import Claimed, Figure, Gold, Said, Span, Spans, parse

PARTS = ("furniture", "names", "quantities", "dates", "statements", "speakers", "claims", "properties", "modality")
HALF = 0.5
A = TypeVar("A")
Pairs = list[tuple[int, int]]


class Counts(NamedTuple):
    """How many were right, of how many predicted and how many in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: object) -> Counts:
        if not isinstance(other, Counts):
            return NotImplemented
        return Counts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    def figures(self) -> dict[str, Any]:
        p = self.right / self.predicted if self.predicted else 0.0
        r = self.right / self.gold if self.gold else 0.0
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        return {"precision": round(p, 4), "recall": round(r, 4), "f1": round(f1, 4), **self._asdict()}


def count(g: Gold, predicted: dict[str, Any], text: str) -> dict[str, Counts]:
    """Counts of every part."""
    p = parse(predicted, g.path)
    said = pairs(g.statements, p.statements, lambda a, b: mutual(a.content, b.content))
    located, right = claim_pairs(g, p)
    return {
        "furniture": furniture(g.furniture, p.furniture, text),
        "names": spanned([n for n, _ in g.names], [n for n, _ in p.names]),
        "quantities": figures(g.quantities, p.quantities, same_quantity),
        "dates": figures(g.dates, p.dates, same_days),
        "statements": Counts(len(said), len(p.statements), len(g.statements)),
        "speakers": Counts(
            sum(same_speaker(g.statements[i], p.statements[j]) for i, j in said), len(p.statements), len(g.statements)
        ),
        "claims": Counts(len(located), len(p.claims), len(g.claims)),
        "properties": Counts(len(right), len(p.claims), len(g.claims)),
        "modality": Counts(sum(g.claims[i].modality == p.claims[j].modality for i, j in right), len(right), len(right)),
    }


def kinds(g: Gold, predicted: dict[str, Any], text: str) -> dict[str, Counts]:
    """The counts of `properties`, by property and by modality: "range", "modality planned", ..."""
    p = parse(predicted, g.path)
    _, right = claim_pairs(g, p)
    out: dict[str, Counts] = {}

    def add(kind: str, counted: Counts) -> None:
        out[kind] = out.get(kind, Counts()) + counted

    for c in g.claims:
        add(c.property, Counts(gold=1))
        add(f"modality {c.modality}", Counts(gold=1))
    for c in p.claims:
        add(c.property, Counts(predicted=1))
        add(f"modality {c.modality}", Counts(predicted=1))
    for i, j in right:
        add(g.claims[i].property, Counts(right=1))
        if g.claims[i].modality == p.claims[j].modality:
            add(f"modality {g.claims[i].modality}", Counts(right=1))
    return out


def claim_pairs(g: Gold, p: Gold) -> tuple[Pairs, Pairs]:
    """Claims whose evidence agrees; and those of the same property, paired anew."""

    def near(a: Claimed, b: Claimed) -> float:
        shared = common(a.evidence, b.evidence)
        return shared if shared >= HALF * min(size(a.evidence), size(b.evidence)) else 0.0

    return pairs(g.claims, p.claims, near), pairs(
        g.claims, p.claims, lambda a, b: near(a, b) if a.property == b.property else 0.0
    )


# ---------------------------------------------------------------- pairing


def pairs(gold: Sequence[A], predicted: Sequence[A], overlap: Callable[[A, A], float]) -> Pairs:
    """One-to-one pairs by falling overlap, ties by place; an overlap of 0 is no pair."""
    scored = [(overlap(a, b), -i, -j) for i, a in enumerate(gold) for j, b in enumerate(predicted)]
    used_gold, used, out = set(), set(), []
    for score, i, j in sorted(scored, reverse=True):
        if score > 0 and -i not in used_gold and -j not in used:
            used_gold.add(-i)
            used.add(-j)
            out.append((-i, -j))
    return sorted(out)


def common(a: Spans, b: Spans) -> int:
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


def size(a: Spans) -> int:
    return sum(e - s for s, e in a)


def mutual(a: Spans, b: Spans) -> float:
    shared = common(a, b)
    return shared if shared >= HALF * size(a) and shared >= HALF * size(b) else 0.0


def spanned(gold: Sequence[Span], predicted: Sequence[Span]) -> Counts:
    def near(a: Span, b: Span) -> float:
        shared = common((a,), (b,))
        return shared if shared >= HALF * min(a[1] - a[0], b[1] - b[0]) else 0.0

    return Counts(len(pairs(gold, predicted, near)), len(predicted), len(gold))


def furniture(gold: Spans, predicted: Spans, text: str) -> Counts:
    def seen(spans: Spans) -> set[int]:
        return {i for s, e in spans for i in range(s, e) if not text[i].isspace()}

    g, p = seen(gold), seen(predicted)
    return Counts(len(g & p), len(p), len(g))


def figures(gold: Sequence[Figure], predicted: Sequence[Figure], same: Callable[[Any, Any], bool]) -> Counts:
    firm = [f for f in gold if f.value is not None]
    vague = [f.span for f in gold if f.value is None]
    counted = [f for f in predicted if f.value is not None and not any(common((f.span,), (v,)) for v in vague)]

    def near(a: Figure, b: Figure) -> float:
        return common((a.span,), (b.span,)) if same(a.value, b.value) else 0.0

    return Counts(len(pairs(firm, counted, near)), len(counted), len(firm))


def same_quantity(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    return bounded(a) == bounded(b) and (a[2] or "").casefold().rstrip("s") == (b[2] or "").casefold().rstrip("s")


def bounded(q: tuple[Any, ...]) -> tuple[Any, ...]:
    """Bounds and comparator, an open side read as the other side."""
    low, high, _, comparator = q
    return float(low if low is not None else high), float(high if high is not None else low), comparator


def same_days(a: str, b: str) -> bool:
    return a == b or (days(a) is not None and days(a) == days(b))


def same_speaker(a: Said, b: Said) -> bool:
    return (a.unnamed and b.unnamed) or common(a.source, b.source) > 0
