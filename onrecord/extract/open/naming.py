"""A figure's words → the name of what it measures, and whose that is: what the rules about figures share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from onrecord.extract.lexicon import rows
from onrecord.extract.numerals import ONES, PARTS, SCALES, TENS, VAGUE_SCALES
from onrecord.extract.open.grammar import Group, Line, lemma
from onrecord.extract.open.noun_phrases import head, nounish, np_end, np_start
from onrecord.extract.tokens import WORD
from onrecord.extract.units import table
from onrecord.records import Passage, Quantity

NUMERALS = frozenset(
    (*ONES, *TENS, *SCALES, *VAGUE_SCALES, *PARTS, "half", "few", "several", "couple", "hundred", "dozen", "thousand")
)
VAGUE = ("few", "several", "couple", "some", "many")
DEFINITE = frozenset(("the", "these", "those", "his", "her", "its", "their", "our", "my", "all", "both"))
TIMES = frozenset(("second", "minute", "min", "s", "h", "hour", "day", "week", "month", "year"))
ADJUNCT = frozenset(("in", "within", "after", "over", "during", "since", "until", "every", "last", "past", "next"))
CLOCK = re.compile(r"\d{1,2}[.:]\d\d\b")
Span = tuple[int, int]


@dataclass(frozen=True)
class Measured:
    """What a figure measures: the property in words, the token range of its subject, what else binds it, and why."""

    property: str
    subject: Span | None
    rule: str
    score: float
    scope: Span | None = None  # the words of the verb that binds a count or a sum: "employs", "injured"
    passage: Passage | None = None  # of the subject, where it lies inside the figure: "204 houses were destroyed"
    before: bool = False  # what a change began from


@dataclass(frozen=True)
class At:
    """One figure in its line: token index, unit kind, the counted words (None for a measure)."""

    line: Line
    i: int
    q: Quantity
    kind: str | None
    counted: Passage | None

    def low(self, k: int) -> str:
        """The word `k` tokens from the figure, "" outside the line."""
        j = self.i + k
        return self.line.ts[j].low if 0 <= j < len(self.line.ts) else ""


Rule = Callable[[At], Measured | None]


@cache
def listed(kind: str) -> dict[str, str]:
    """Words of a class of the list of measures → what they say."""
    return {r["word"]: r["says"] for r in rows("measured") if r["class"] == kind}


@cache
def kinds() -> dict[str, str]:
    """Code of a unit of measure → its kind."""
    return {unit.code: unit.kind for unit, _ in table()}


def may_measure(q: Quantity, text: str) -> bool:
    """Whether a figure can have a claim at all: with a unit, or a multiple told as a word; not "after three weeks"."""
    if q.unit is None or (q.unit == "x" and not q.because.rule.startswith("numbers.multiple")):
        return False
    if q.unit not in TIMES or ".age" in q.because.rule:
        return True
    before = text[max(0, q.passage.start - 12) : q.passage.start].lower().split()
    return not before or before[-1] not in ADJUNCT


def default_property(at: At) -> str:
    """The property where no word names it: of a count what is counted, of a measure the kind of its unit."""
    if at.counted is not None:
        return "count of " + plain_words(at.line.text[at.counted.start : at.counted.end])
    return listed("unit").get(at.kind or "ratio", "amount")


def plain_words(words: str) -> str:
    return " ".join(
        w if w[:1].isupper() and w[1:2].islower() is False else w.lower() if not w[:1].isupper() else w
        for w in words.split()
    )


def measured_noun(at: At, np: Span) -> Measured | None:
    """A measured noun as head of a noun phrase → property and owner: "the key rate of the bank", "its budget"."""
    ts = at.line.ts
    h = head(ts, *np)
    word = ts[h].low
    noun = word if word in listed("noun") else None
    if noun is None:
        return None
    start = h
    while start > np[0] and modifies(ts, start - 1):
        start -= 1
    name = " ".join(t.low for t in ts[max(start, h - 2) : h + 1])
    return Measured(name, owner_of(at.line, np, start, h), "open.noun", 0.8)


def modifies(ts: list, k: int) -> bool:  # type: ignore[type-arg]
    t = ts[k]
    return (
        nounish(t)
        and not t.cap
        and t.low != "#"
        and not t.has("det", "poss", "number", "adv")
        and not t.low.endswith("'s")
        and t.low not in listed("hedge")
    )


def owner_of(line: Line, np: Span, start: int, h: int) -> Span | None:
    """Whose a measured noun is: "of X" behind it, "its" or "X's" before it, a name before it."""
    ts = line.ts
    if (
        h + 1 < len(ts)
        and ts[h + 1].low in ("of", "in", "for", "on")
        and h + 2 < len(ts)
        and ts[h + 2].low not in ("#",)
    ):
        end = np_end(ts, h + 2)
        if end > h + 2 and not ts[h + 2].has("when", "day", "month"):
            return h + 2, end
    for k in range(start - 1, np[0] - 1, -1):
        if ts[k].low.endswith(("'s", "s'")):
            return np_start(ts, k + 1), k + 1
        if ts[k].has("poss"):
            return k, k + 1
    if start > np[0] and start > 1 and ts[start - 1].cap and not ts[start - 1].has("det"):
        k = start
        while k > np[0] and ts[k - 1].cap and not ts[k - 1].has("det"):
            k -= 1
        return k, start
    return None


def about_phrase(at: At, np: Span | None, rule: str, score: float, scope: Span | None = None) -> Measured:
    """The figure as that of a noun phrase: its measured noun's, else the default property of the thing."""
    if np is not None and at.counted is None:
        found = measured_noun(at, np)
        if found is not None:
            return replace(found, subject=found.subject or np, rule=rule, score=score)
    return Measured(default_property(at), np, rule, score, scope)


def scope_of(g: Group) -> Span:
    return g.verb, g.verb + 1


def change_of(word: str) -> str | None:
    """ "rise", "fall" or "change", where a verb is one of change."""
    return next((c for c in ("rise", "fall", "change") if word in listed(c)), None)


def change_noun(word: str) -> str | None:
    one = word[:-1] if word.endswith("s") and word[:-1] in change_nouns() else word
    return change_nouns().get(one)


@cache
def change_nouns() -> dict[str, str]:
    return {w: c for c in ("rise", "fall", "change") for w in listed(f"{c}-noun")}


def before_figure(at: At) -> int:
    """Index of the last token before the figure that is no article, adverb or hedge."""
    k = at.i - 1
    ts = at.line.ts
    if k > 1 and ts[k].low == "of" and ts[k - 1].low in ("total", "sum", "maximum", "minimum", "average", "further"):
        k -= 2
    if k > 0 and f"{lemma(ts[k - 1].low)} {ts[k].low}" in listed("phrasal"):
        k -= 1
    while k >= 0 and (
        ts[k].low
        in (
            "a",
            "an",
            "the",
            "another",
            "its",
            "their",
            "his",
            "her",
            "only",
            "just",
            "now",
            "still",
            "already",
            "currently",
            "also",
            "then",
            "almost",
            "about",
            "nearly",
            "around",
            "some",
            "even",
        )
    ):
        k -= 1
    return k


def object_between(line: Line, g: Group, end: int) -> Span | None:
    """The noun phrase between a verb and the preposition at `end`."""
    if end <= g.verb + 1:
        return None
    a = g.verb + 1
    b = np_end(line.ts, a)
    return (a, min(b, end)) if b > a and line.ts[a].low != "#" else None


def nothing() -> Measured:
    """An answer that ends the search: the figure is of no claim."""
    return Measured("", None, "", 0)


def changed(at: At, np: Span | None, change: str, rule: str, score: float) -> Measured:
    """A change of what a noun phrase names: "rise of fares"; of a thing's measured noun, "fall of output"."""
    if np is None:
        return Measured(change, None, rule, score - 0.2)
    found = measured_noun(at, np)
    if found is not None:
        return Measured(f"{change} of {found.property}", found.subject or np, rule, score)
    return Measured(change, np, rule, score)


def whose(at: At, h: int, preps: tuple[str, ...]) -> Span | None:
    ts = at.line.ts
    if h + 2 < len(ts) and ts[h + 1].low in preps and not ts[h + 2].has("when", "day", "month", "figure"):
        end = np_end(ts, h + 2)
        return (h + 2, end) if end > h + 2 else None
    return None


def holder(at: At) -> Span | None:
    """Who has, gets or gives it: the possessor before the figure, else the subject of the verb that governs it."""
    ts = at.line.ts
    p = at.i - 1
    if p >= 0 and ts[p].has("poss"):
        return p, p + 1
    if p >= 0 and ts[p].low.endswith(("'s", "s'")):
        return np_start(ts, p + 1), p + 1
    k = before_figure(at)
    if k >= 0 and ts[k].low == "with" and k and nounish(ts[k - 1]):
        a = np_start(ts, k)
        return (a, k) if a < k else None
    g = at.line.governor(at.i)
    if g is None or g.verb != k:
        return None
    return at.line.subject(g)


def owner_before(at: At, np: Span) -> Span | None:
    ts = at.line.ts
    if ts[np[0]].has("poss"):
        return np[0], np[0] + 1
    for k in range(np[1] - 2, np[0] - 1, -1):
        if ts[k].low.endswith(("'s", "s'")):
            return np_start(ts, k + 1), k + 1
    return None


def holder_of_phrase(at: At, np: Span) -> Span | None:
    """Who has what a phrase names: "the missile has a range of", "a missile with a range of", "…sold at a price of"."""
    ts, k = at.line.ts, np[0] - 1
    if k >= 0 and ts[k].low == "with" and k:
        a = np_start(ts, k)
        if a < k and nounish(ts[k - 1]):
            return a, k
    g = at.line.governor(np[0])
    if g is None:
        return None
    if g.verb == k or (k >= 0 and ts[k].low == "at" and ts[np[1] - 1].low in listed("at")):
        return at.line.subject(g)
    return None


def words_in(text: str, p: Passage) -> list[tuple[int, int, str]]:
    return [(*m.span(), m.group().lower()) for m in WORD.finditer(text, p.start, p.end)]


def vague(at: At) -> bool:
    p = at.q.passage
    if " fewer " in at.line.text[p.start : p.end]:
        return True  # "190,000 fewer drivers" counts no drivers
    if CLOCK.match(at.line.text, p.start, p.end) is not None:
        return True  # "22.00 Polls closed"
    return any(w in VAGUE for _, _, w in words_in(at.line.text, p)) and not any(
        x.isdigit() for x in at.line.text[p.start : p.end]
    )


def subject_of(at: At) -> Span | None:
    g = at.line.governor(at.i)
    return at.line.subject(g) if g is not None else None


def is_said(at: At) -> bool:
    """Whether a copula stands right before the figure."""
    g, p = at.line.governor(at.i), before_figure(at)
    return g is not None and g.verb == p and g.lemma in listed("is")
