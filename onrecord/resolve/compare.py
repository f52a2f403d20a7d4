"""Two names → how likely they are spellings of one name, from features that a person can read and learned weights.

Names of one word are compared by sound alone; names of several word by word, best pairs first. Weights and costs:
`name_weights.json`, plain numbers, made by `training/names.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import exp
from operator import mul
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from onrecord.records import Kind
from onrecord.resolve.blocking import consonants
from onrecord.resolve.parts import Parts, parts_of
from onrecord.resolve.sounds import Costs, distances
from onrecord.resolve.units import units_of

WEIGHTS = Path(__file__).parent / "name_weights.json"
TABLES = ("LATIN", "CYRILLIC", "HAN", "HANGUL", "KATAKANA", "ARABIC", "HEBREW")
OTHER = "OTHER"  # learned from all scripts together
ALIKE = 0.95  # likeness of equal words; learned likenesses of true pairs lie around 0.6
UNLIKE = -0.6  # likeness of an unmatched word
CUT = 0.65  # one cut for all: precision .941 on names left out of training; see docs/decisions/090

FAR = 0.3  # likeness under which two words are not one: true pairs of one script lie above it nearly always
SINGLE = ("constant", "likeness", "gain per unit", "gain by length", "difference in length", "equal letters",
          "equal consonants", "first consonant", "last consonant", "consonants left over")  # fmt: skip
SEVERAL = (
    "constant", "worst pair", "mean pair", "best pair", "all pairs", "share left over", "some left over",
    "initials that fit", "patronymics differ", "patronymics agree", "numbers differ", "legal forms differ",
    "letters in order", "letters of sorted words", "one script", "worst pair under a half", "worst pair far",
    "one word", "one word, its pair", "acronym", "last words", "nearly equal letters", "far pairs", "equal letters",
    "letters, to the fourth", "worst pair by length", "numbers agree", "one word, far", "share unmatched",
)  # fmt: skip
NUMBERED = (Kind.SYSTEM, Kind.EVENT, Kind.DOCUMENT)

BLOCK = 4096  # pairs whose features are held at a time

Words = tuple[str, str]


def features_of(key: str) -> tuple[str, ...]:
    """Names of the features that the weights of `key` belong to."""
    return SEVERAL if key in ("several", "body") else SINGLE


class Model:
    """Costs and weights, as read from JSON."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.costs: dict[str, Costs] = {}
        self.unigram: dict[str, tuple[list[float], list[float]]] = {}
        for table, t in data["tables"].items():
            self.costs[table] = Costs(t["edits"], t["floor"])
            self.unigram[table] = (t["left"], t["right"])
        self.weights = {key: [float(w[f]) for f in features_of(key)] for key, w in data["weights"].items()}
        self.known: dict[str, dict[Words, float]] = {}  # table → (left word, right word) → likeness
        self.gain: dict[str, dict[Words, float]] = {}  # by unit of the two words

    def likeness(self, wanted: Mapping[str, Iterable[Words]]) -> None:
        """Fill `known` for the pairs of words asked for, all of one table together."""
        if sum(map(len, self.known.values())) > 500_000:
            self.known.clear()
            self.gain.clear()
        for table, words in wanted.items():
            known, gain = self.known.setdefault(table, {}), self.gain.setdefault(table, {})
            missing = [(units_of(p[0]), units_of(p[1]), p) for p in dict.fromkeys(words) if p not in known]
            missing.sort(key=lambda m: 64 * len(m[0]) + len(m[1]))  # like sizes go through one table together
            left, right = self.unigram[table]
            for at in range(0, len(missing), 1024):
                some = missing[at : at + 1024]
                found = distances([m[0] for m in some], [m[1] for m in some], self.costs[table]).tolist()
                for (a, b, pair), d in zip(some, found, strict=True):
                    apart = _total(left, a) + _total(right, b)
                    known[pair] = 1 - d / apart
                    gain[pair] = (apart - d) / (len(a) + len(b))


def _total(costs: list[float], units: tuple[int, ...]) -> float:
    return sum([costs[u] for u in units])


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped model."""
    return Model(json.loads(WEIGHTS.read_text("utf-8")))


def table_of(a: Parts, b: Parts) -> tuple[str, bool]:
    """Which transducer compares two names, and whether they change places: it reads from Latin to the other script."""
    if a.script == b.script:
        return "LATIN", False
    if a.script == "LATIN" and b.script in TABLES:
        return b.script, False
    if b.script == "LATIN" and a.script in TABLES:
        return a.script, True
    return OTHER, a.script != "LATIN" and b.script == "LATIN"


def oriented(a: Parts, b: Parts) -> tuple[str, Parts, Parts]:
    table, swap = table_of(a, b)
    if swap or (a.script == b.script and (b.sorted, b.words) < (a.sorted, a.words)):
        a, b = b, a
    return table, a, b


def leftover(a: Parts, b: Parts) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Places of equal words, one with one, and of the words left over: of "Ann Ann" and "Ann Lund", one "Ann"."""
    equal: list[tuple[int, int]] = []
    left, right = list(range(len(a.words))), list(range(len(b.words)))
    for i, w in enumerate(a.words):
        j = next((j for j in right if b.words[j] == w), None) if w in b.words else None
        if j is not None:
            equal.append((i, j))
            left.remove(i)
            right.remove(j)
    return equal, left, right


def wanted(a: Parts, b: Parts) -> list[Words]:
    """The pairs of words whose likeness a comparison asks for."""
    if len(a.words) == len(b.words) == 1:
        return [(a.words[0], b.words[0])]
    _, left, right = leftover(a, b)
    return [(a.words[i], b.words[j]) for i in left for j in right]


def single(m: Model, table: str, a: Parts, b: Parts) -> list[float]:
    """Features of two names of one word."""
    words = a.words[0], b.words[0]
    ratio, gain = m.known[table][words], m.gain[table][words]
    long, wide = len(units_of(a.words[0])), len(units_of(b.words[0]))
    size = long + wide
    x, y = consonants(a.words[0]), consonants(b.words[0])
    return [
        1.0, ratio, gain, gain * min(size, 20) / 10, abs(long - wide) / size,
        Indel.normalized_similarity(a.joined, b.joined), Indel.normalized_similarity(x, y), float(x[:1] == y[:1]),
        float(x[-1:] == y[-1:]), float(abs(len(x) - len(y))),
    ]  # fmt: skip


def matched(m: Model, table: str, a: Parts, b: Parts) -> list[tuple[float, int, int]]:
    """Best pairs of words, each word once: (likeness, place in a, place in b)."""
    equal, left, right = leftover(a, b)
    known = m.known.get(table, {})
    out = [(-ALIKE, i, j) for i, j in equal]
    for unlike, i, j in sorted([(-known[a.words[i], b.words[j]], i, j) for i in left for j in right]):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append((unlike, i, j))
    out.sort()
    return [(-unlike, i, j) for unlike, i, j in out]


def several(m: Model, table: str, a: Parts, b: Parts, person: bool) -> list[float]:
    """Features of two names of which one has several words."""
    pairs = matched(m, table, a, b)
    likeness = [max(p[0], UNLIKE) for p in pairs]
    size_a, size_b = len(a.words), len(b.words)
    initials = _initials(a, b, pairs)
    extra = abs(size_a - size_b) - initials
    worst = min(likeness, default=UNLIKE)
    best = max(likeness, default=UNLIKE)
    total = sum(likeness)
    unlike = sum([s < FAR for s in likeness])
    weight = [len(a.words[i]) + len(b.words[j]) for _, i, j in pairs]
    mean = sum([w * s for w, s in zip(weight, likeness, strict=True)]) / max(1, sum(weight))
    low, high = max(1, min(size_a, size_b)), max(1, max(size_a, size_b))
    middle = patronymics(a, b)
    joined = Indel.normalized_similarity(a.joined, b.joined)
    ordered = Indel.normalized_similarity(a.sorted, b.sorted)
    same = table == "LATIN"
    last = next((s for s, i, j in pairs if i == size_a - 1 and j == size_b - 1), UNLIKE)
    return [
        1.0, worst, mean, best, total / high, float(extra) / high, float(extra > 0), float(initials),
        float(middle < 0), float(middle > 0), float(a.numbers != b.numbers),
        float(bool(a.forms and b.forms) and a.forms != b.forms), joined * same, ordered * same, float(same),
        max(0.0, 0.5 - worst), float(worst < FAR), float(low == 1), float(low == 1) * worst, _acronym(a, b), last,
        float(joined > 0.93), float(unlike), float(min(joined, ordered) == 1.0),
        max(joined, ordered) ** 4 * same, worst * min(1.0, (min(weight, default=0)) / 12),
        float(bool(a.numbers & b.numbers)), float(low == 1 and worst < FAR), float(low - len(pairs) + unlike) / high,
    ]  # fmt: skip


def _initials(a: Parts, b: Parts, pairs: list[tuple[float, int, int]]) -> int:
    """How many left-over words the initials of the other name stand for; negative where they cannot."""
    if not (a.initials or b.initials):
        return 0
    left = [w for i, w in enumerate(a.words) if i not in {p[1] for p in pairs}] + list(a.patronymics)
    right = [w for j, w in enumerate(b.words) if j not in {p[2] for p in pairs}] + list(b.patronymics)
    fits = 0
    for initials, words in ((a.initials, right), (b.initials, left)):
        rest = [w[:1] for w in words]
        for c in initials:
            if c in rest:
                rest.remove(c)
                fits += 1
            elif rest:
                fits -= 1
    return fits


def patronymics(a: Parts, b: Parts) -> int:
    """1: both have one and they agree; -1: they do not; 0: one or none."""
    if not a.patronymics or not b.patronymics:
        return 0
    return 1 if Indel.normalized_similarity(a.patronymics[0][:6], b.patronymics[0][:6]) > 0.6 else -1


def _acronym(a: Parts, b: Parts) -> float:
    for short, long in ((a, b), (b, a)):
        if short.capitals and len(long.words) > 1:
            return 1.0 if short.joined == "".join(w[0] for w in long.words) else 0.0
    return 0.0


def features(
    pairs: Sequence[tuple[str, str]], kinds: Sequence[Kind] | None = None, m: Model | None = None
) -> Iterator[tuple[str, list[float]]]:
    """For each pair the key of its weights and its features."""
    m = m or model()
    kinds = kinds or [Kind.UNSURE] * len(pairs)
    oriented_ = [oriented(parts_of(a, k), parts_of(b, k)) for (a, b), k in zip(pairs, kinds, strict=True)]
    asked: dict[str, list[Words]] = {}
    for table, a, b in oriented_:
        asked.setdefault(table, []).extend(wanted(a, b))
    m.likeness(asked)
    for (table, a, b), k in zip(oriented_, kinds, strict=True):
        if len(a.words) == len(b.words) == 1 and not (a.numbers or b.numbers or a.initials or b.initials):
            yield table, single(m, table, a, b)
        else:
            person = k == Kind.PERSON
            yield "several" if person else "body", several(m, table, a, b, person)


def scores(pairs: Sequence[tuple[str, str]], kinds: Sequence[Kind] | None = None) -> list[float]:
    """How likely each pair is one name, 0 to 1; `CUT` and above is a match. Things that carry numbers never match
    where both have some and they differ."""
    m = model()
    kinds = kinds or [Kind.UNSURE] * len(pairs)
    out: list[float] = []
    for at in range(0, len(pairs), BLOCK):
        some, their = pairs[at : at + BLOCK], kinds[at : at + BLOCK]
        for (a, b), kind, (key, found) in zip(some, their, features(some, their, m), strict=True):
            total = sum(map(mul, m.weights[key], found))
            never = kind in NUMBERED and numbers_differ(parts_of(a, kind), parts_of(b, kind))
            out.append(0.0 if never else logistic(total))
    return out


def logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -700 else 0.0


def numbers_differ(a: Parts, b: Parts) -> bool:
    return bool(a.numbers and b.numbers) and a.numbers != b.numbers
