"""Reports that are one text in two disguises: one skeleton of quotations and figures, other words, places or numbers.

Two kinds. A copy in which names or figures were exchanged is found by its words (copies.py) and told apart here by its
differences. A rewriting that keeps quotations and figures in their order but no sentence is found by these anchors
alone. Either way it is no second source: the differences are listed for a person to judge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from rapidfuzz.distance import Indel, LCSseq

from onrecord.records import Link, LinkKind, Passage, Passages, Report

WORD = re.compile(r"\w+(?:[.,]\d+)*")
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
QUOTE = re.compile(r"[\"“«„]([^\"“”«»„\n]{12,400})[\"”»]")
SENTENCE = re.compile(r"[^\n.!?]+[.!?]*")

EXCHANGED = 3  # different names or figures that were exchanged: fewer is an update or a correction
ALIKE = 0.6  # two spellings of one name, or a scanning error
ANCHORS = 8  # different quotations and figures that two skeletons must share in order
IN_ORDER = 0.75  # of the anchors of each
SWAPPED = 0.25  # of those: as many that stand in each other's place count half; more is two tables of one form
BESIDE = 0.25  # share of the sentences with anchors that a rewriting must have in words of its own
RARE = 30  # reports that share two neighbouring anchors; more is a formula
SEEDS = 4  # pairs of neighbouring anchors in common, before two skeletons are compared
LONG = 4000  # words compared in one passage, anchors in one report: bounds the work


def exchanged(left: str, right: str, left_passages: Passages, right_passages: Passages) -> tuple[tuple[str, str], ...]:
    """The names and figures of the left text that stand exchanged in the right one, each once, in order."""
    found: dict[tuple[str, str], None] = {}
    for p, q in zip(left_passages, right_passages, strict=True):
        if any(_pairs(WORD.findall(left, p.start, p.end), WORD.findall(right, q.start, q.end))):  # most have none
            found.update(dict.fromkeys(_pairs(_words(left, p), _words(right, q))))
    return tuple(found)


def _pairs(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names and figures that stand in each other's place."""
    for ours, theirs in _replaced(a[:LONG], b[:LONG]):
        yield from ((x, y) for x, y in zip(ours, theirs, strict=True) if _differs(x, y))


def _words(text: str, p: Passage) -> list[str]:
    """The words of a passage, those that begin a sentence in small letters: there a capital means no name."""
    found = []
    for m in WORD.finditer(text, p.start, p.end):
        inside = text[max(0, m.start() - 2) : m.start()].strip(" ,;:")[-1:].isalnum()
        found.append(m[0] if inside else m[0].casefold())
    return found


def _replaced(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Stretches of equally many words that stand in each other's place."""
    here, there = 0, 0
    for block in LCSseq.opcodes(a, b):
        if block.tag == "equal":
            if here < block.src_start and block.src_start - here == block.dest_start - there:
                yield a[here : block.src_start], b[there : block.dest_start]
            here, there = block.src_end, block.dest_end
    if len(a) - here == len(b) - there > 0:
        yield a[here:], b[there:]


def _differs(x: str, y: str) -> bool:
    """Whether one figure stands for another, or one name for quite another."""
    if FIGURE.fullmatch(x) and FIGURE.fullmatch(y):
        return x != y
    capitals = x[0].isupper() and y[0].isupper() and x.isalpha() and y.isalpha()
    return capitals and Indel.normalized_similarity(x.casefold(), y.casefold()) < ALIKE


def listed(differences: Sequence[tuple[str, str]]) -> str:
    """The first differences, for people."""
    shown = ", ".join(f"{x} / {y}" for x, y in differences[:4])
    return shown if len(differences) <= 4 else f"{shown} and {len(differences) - 4} more"


@dataclass(frozen=True)
class Anchor:
    """A quotation or figure, and where it stands."""

    key: str
    place: int


def skeleton(report: Report) -> tuple[Anchor, ...]:
    """The anchors of a report outside its furniture, in order."""
    text = report.text
    found = [Anchor(f"quote {' '.join(WORD.findall(m[1].casefold())[:4])}", m.start(1)) for m in QUOTE.finditer(text)]
    inside = [(m.start(), m.end()) for m in QUOTE.finditer(text)]
    found += [Anchor(m[0], m.start()) for m in FIGURE.finditer(text)]
    covered = [*inside, *report.furniture]
    return tuple(_outside(sorted(found, key=lambda a: (a.place, a.key)), covered))[:LONG]


def _outside(anchors: Sequence[Anchor], spans: Sequence[tuple[int, int]]) -> Iterator[Anchor]:
    """The anchors that no span covers, quotations kept: one pass over both in order."""
    ends = iter(sorted(spans))
    span = next(ends, None)
    for a in anchors:
        while span is not None and span[1] <= a.place:
            span = next(ends, None)
        if span is None or a.place < span[0] or a.key.startswith("quote "):
            yield a


def rewritten(reports: Mapping[str, Report], copied: Mapping[tuple[str, str], Passages]) -> list[Link]:
    """SIBLING links between reports with one skeleton in other words.

    Of a pair that is `copied` too, which may be its quotations only, the left passages say what was: a sibling is what
    has sentences beside them.
    """
    skeletons = {i: skeleton(r) for i, r in reports.items()}
    tall = {i: s for i, s in skeletons.items() if len(s) >= ANCHORS}
    found = []
    for a, b in sorted(_candidates(tall)):
        if reports[a].url is not None and reports[a].url == reports[b].url:
            continue  # versions of one report
        link = _same_skeleton(reports[a], reports[b], tall[a], tall[b])
        if link is not None and _beside(link.left_passages, copied.get((a, b), ())) >= BESIDE:
            found.append(link)
    return found


def _beside(sentences: Passages, copied: Passages) -> float:
    """Share of sentences of which less than half was copied."""
    fresh = sum(
        2 * sum(max(0, min(s.end, p.end) - max(s.start, p.start)) for p in copied) < s.end - s.start for s in sentences
    )
    return fresh / max(len(sentences), 1)


def _candidates(skeletons: Mapping[str, Sequence[Anchor]]) -> set[tuple[str, str]]:
    """Pairs of reports (by id, in order) that share several pairs of neighbouring anchors, or equal ones."""
    first: dict[tuple[str, ...], str] = {}
    equal: set[tuple[str, str]] = set()
    holders: dict[tuple[str, str], list[str]] = {}
    for i, anchors in sorted(skeletons.items()):
        keys = tuple(a.key for a in anchors)
        if first.setdefault(keys, i) != i:
            equal.add((first[keys], i))
            continue
        for pair in sorted({*pairwise(keys), *zip(keys, keys[2:], strict=False)}):  # the one between may be exchanged
            holders.setdefault(pair, []).append(i)
    times = Counter(p for ids in holders.values() if len(ids) <= RARE for p in combinations(ids, 2))
    return equal | {pair for pair, n in times.items() if n >= SEEDS}


def _same_skeleton(a: Report, b: Report, left: Sequence[Anchor], right: Sequence[Anchor]) -> Link | None:
    ours, theirs = [x.key for x in left], [x.key for x in right]
    met = _in_order(left, right)
    swapped = tuple(_exchanged_anchors(ours, theirs))
    most = max(len(ours), len(theirs))
    share = (len(met) + min(len(swapped), SWAPPED * len(met)) / 2) / most
    keys = {x.key for x, _ in met}
    if len(keys) < ANCHORS or share < IN_ORDER:
        return None
    pairs = _sentence_pairs(a.text, b.text, met)
    differences = tuple(dict.fromkeys(swapped))
    what = f"; exchanged: {listed(differences)}" if differences else ""
    return Link(
        left=a.id, right=b.id, kind=LinkKind.SIBLING, shown=True, score=round(share, 4),
        reason=f"{len(met)} of {most} quotations and figures in the same order, in other words{what}",
        left_passages=tuple(p for p, _ in pairs), right_passages=tuple(q for _, q in pairs),
    )  # fmt: skip


def _in_order(left: Sequence[Anchor], right: Sequence[Anchor]) -> list[tuple[Anchor, Anchor]]:
    """The anchors that the two have in common, in order."""
    return [
        (left[block.src_start + k], right[block.dest_start + k])
        for block in LCSseq.opcodes([x.key for x in left], [x.key for x in right])
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    ]


def _exchanged_anchors(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    for x, y in _replaced(ours, theirs):
        yield from ((u, v) for u, v in zip(x, y, strict=True) if u.startswith("quote ") == v.startswith("quote "))


def _sentence_pairs(left: str, right: str, anchors: Sequence[tuple[Anchor, Anchor]]) -> list[tuple[Passage, Passage]]:
    """The sentences that hold common anchors, each left one once."""
    ours, theirs = (
        [Passage(m.start(), m.end()) for m in SENTENCE.finditer(text) if m[0].strip()] for text in (left, right)
    )
    found: dict[Passage, Passage] = {}
    for a, b in anchors:
        p, q = _holding(ours, a.place), _holding(theirs, b.place)
        if p is not None and q is not None:
            found.setdefault(p, q)
    return list(found.items())


def _holding(sentences: Sequence[Passage], place: int) -> Passage | None:
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].end <= place:
            low = middle + 1
        else:
            high = middle
    return sentences[low] if low < len(sentences) and sentences[low].start <= place else None
