"""A sentence of one voice → its verb groups and noun phrases, with each figure and each date one token.

What the open rules ask of grammar: which verb governs a place, what is its subject. Closed-class words and verb forms
answer; there is no trained tagger. Where a noun phrase begins and ends is in `noun_phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from onrecord.extract.lexicon import Shape, cue_forms, inflect, rows
from onrecord.extract.open.noun_phrases import OPENERS, nounish, np_full, np_start
from onrecord.extract.phrases import subject_before
from onrecord.extract.tokens import Token, is_finite, tokens
from onrecord.records import Passage, Quantity, When

FIGURE = frozenset(("figure", "other"))  # "other": a verb may follow "four people", and "employs" may precede it
DATE = frozenset(("when", "day"))
BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "'s", "'re", "isn't", "aren't", "wasn't", "weren't"))
HAVE = frozenset(("has", "have", "had", "having", "hasn't", "haven't", "hadn't"))
BARS = frozenset(";:—–()[]|•.!?…")
SAME = frozenset(("cut", "set", "put", "hit", "cost", "shut", "let", "beat", "bid"))  # base and past alike
OVER = frozenset(("exceed", "top", "surpass", "pass", "reach"))
ALIKE = SAME | {"spread", "come", "become", "run"}  # base and participle alike
REACH = 14  # tokens between a verb and what it governs
PUT = 7  # tokens from "puts" to its "at"
VERBAL = frozenset(("aux", "verb"))
MAIN = ("verb:past", "verb:participle", "verb:ing", "verb:base", "verb:s")


@dataclass(frozen=True)
class Group:
    """A verb group: token indices of its first auxiliary, its verb and its last word, inclusive."""

    first: int
    verb: int
    lemma: str
    passive: bool = False
    bare: bool = False  # infinitive or participle: its subject is another verb's


@cache
def lemmas() -> dict[str, str]:
    """Verb form → its base, for all verbs of the list."""
    out: dict[str, str] = {}
    for r in (*rows("verbs"), *rows("events")):
        for form in inflect(r["verb"], r["forms"]):
            out.setdefault(form, r["verb"])
    for r in rows("measured"):
        if r["class"] in ("verb", "rise", "fall", "change", "is", "put", "trade", "jail"):
            for form in inflect(r["word"]):
                out.setdefault(form, r["word"])
    for form, cues in cue_forms().items():
        out.setdefault(form, cues[0][0].lemma)
    out |= dict.fromkeys(BE, "be") | dict.fromkeys(HAVE, "have") | {"lay": "lie", "lies": "lie", "lie": "lie"}
    return out


def lemma(low: str) -> str:
    return lemmas().get(low, low)


@dataclass
class Line:
    """The tokens of a sentence's words in one voice; `figures` and `days` say which token is which."""

    text: str
    region: Passage
    ts: list[Token]
    figures: dict[int, Quantity] = field(default_factory=dict)
    days: dict[int, When] = field(default_factory=dict)

    @cached_property
    def groups(self) -> list[Group]:
        return _groups(self.ts)

    def governor(self, i: int) -> Group | None:
        """The verb group before token `i` that can govern it, with no bar between."""
        best = None
        for g in self.groups:
            if g.verb >= i:
                break
            best = g
        if best is None or i - best.verb > REACH:
            return None
        between = self.ts[best.verb + 1 : i]
        return (
            None if any(t.low in BARS or t.low in OPENERS or t.low in (",", "while", "if") for t in between) else best
        )

    def index(self, p: Passage | None) -> int:
        """Index of the token that begins at or behind a passage; that behind the last where there is none."""
        return next((k for k, t in enumerate(self.ts) if p is not None and t.start >= p.start), len(self.ts))

    def closed(self, i: int, j: int) -> bool:
        """Whether what token `i` belongs to ends before token `j`: a comma or a bar stands between."""
        return any(t.low == "," or t.low in BARS for t in self.ts[i + 1 : j])

    def after(self, i: int) -> Group | None:
        """The finite verb group that begins right at token `i`, adverbs passed over."""
        while i < len(self.ts) and self.ts[i].has("adv") and not self.ts[i].has("aux", "det", "prep"):
            i += 1
        return next((g for g in self.groups if g.first == i and not g.bare), None)

    def subject(self, g: Group) -> tuple[int, int] | None:
        """Token range of the subject of a group; that of the verb it hangs on, where it is bare."""
        k = self.groups.index(g)
        hops = 0
        reduced = self._reduced(g)
        if reduced is not None:
            return reduced
        while (g.bare or self._joined(g)) and k > 0 and hops < 4:
            before = self.groups[k - 1]
            if any(t.low in BARS for t in self.ts[before.verb + 1 : g.first]):
                return None
            if g.bare and not self._joined(g) and self._own_object(before, g):
                return None
            g, k, hops = before, k - 1, hops + 1
        if g.bare or self._joined(g):
            return None
        if self.ts[g.first].low.partition("'")[0] in ("i", "we", "they", "he", "she", "it"):
            return g.first, g.first + 1  # "we've"
        before_it = self.ts[g.first - 1] if g.first else None
        if before_it is not None and before_it.low in ("which", "who", "that"):
            end = g.first - 1
            if end and self.ts[end - 1].low == ",":
                end -= 1
            if end > 2 and self.ts[end - 1].low == "#" and self.ts[end - 2].low == ",":
                end -= 2  # "Ann Lee, 66, who"
            start = np_full(self.ts, end)
            if start > 0 and (self.ts[start - 1].has("prep", "verb:ing") or self.ts[start - 1].low in ("and", "or")):
                return None  # "a collection among the fishermen that": which of the two, grammar does not tell
            return (start, end) if start < end else None
        found = subject_before(self.ts, g.first)
        return None if found is None else self._whole(*found)

    def _reduced(self, g: Group) -> tuple[int, int] | None:
        """The noun that a participle right behind it is about: "a review lasting five weeks", "cars built by"."""
        before = self.ts[g.first - 1] if g.bare and g.first else None
        if before is None or self.ts[g.first].low == "to" or not nounish(before) or before.has("det", "adv"):
            return None
        if before.has("verb") and not (g.first > 1 and self.ts[g.first - 2].has("det", "poss")):
            return None
        a = np_full(self.ts, g.first)
        return (a, g.first) if a < g.first else None

    def _whole(self, a: int, b: int) -> tuple[int, int]:
        """A subject with what stands before its last part: "the population | over 80"."""
        ts = self.ts
        if b == a + 1 and ts[a].low == "#" and a and nounish(ts[a - 1]) and not ts[a - 1].has("verb", "adv"):
            return np_start(ts, a), b
        joint = ts[a - 1].low if a > 1 else ""
        if joint in ("before", "after", "since", "until", "against", "behind", "like") and nounish(ts[a - 2]):
            return np_start(ts, a - 1), b
        return a, b

    def _joined(self, g: Group) -> bool:
        """Whether a group shares the subject of the one before it: "came and bought", "came, bought"."""
        return g.first > 0 and self.ts[g.first - 1].low in ("and", "or", "then", "but")

    def _own_object(self, before: Group, g: Group) -> bool:
        """Whether the verb before an infinitive has an object, which is then its subject: "asked the army to buy"."""
        between = [t for t in self.ts[before.verb + 1 : g.first] if not t.has("adv", "day", "when")]
        return any(not t.has("prep") for t in between) and before.lemma in (
            "ask",
            "order",
            "tell",
            "allow",
            "let",
            "force",
            "urge",
            "want",
            "expect",
            "require",
            "oblige",
            "enable",
            "help",
            "see",
            "make",
        )

    def passage(self, a: int, b: int) -> Passage:
        return Passage(self.ts[a].start, self.ts[b - 1].end)


def line(text: str, region: Passage, figures: Sequence[Quantity], days: Sequence[When]) -> Line:
    """The line of a region; `figures` and `days` are those that lie in it, in order."""
    every: list[Quantity | When] = [*figures, *days]
    marks = sorted(((x.passage, x) for x in every), key=lambda x: (x[0].start, -x[0].end))
    out = Line(text, region, [])
    todo = tokens(text, region)
    k = 0
    for p, x in marks:
        if out.ts and p.start < out.ts[-1].end:
            continue  # inside the one before it
        while k < len(todo) and todo[k].end <= p.start:
            out.ts.append(todo[k])
            k += 1
        at = len(out.ts)
        if isinstance(x, Quantity) and k < len(todo) and todo[k].start == p.start and lemma(todo[k].low) in OVER:
            out.ts.append(todo[k])  # "topped 40 percent": the verb is part of the comparator
            at, p = at + 1, Passage(todo[k + 1].start if k + 1 < len(todo) else p.start, p.end)
        if isinstance(x, Quantity):
            out.figures[at] = x
        else:
            out.days[at] = x
        out.ts.append(Token(p.start, p.end, "#", False, FIGURE if isinstance(x, Quantity) else DATE))
        while k < len(todo) and todo[k].start < p.end:
            k += 1
    out.ts.extend(todo[k:])
    return out


def _groups(ts: list[Token]) -> list[Group]:
    out: list[Group] = []
    k, n = 0, len(ts)
    while k < n:
        t = ts[k]
        g = None
        if t.classes.isdisjoint(VERBAL) and t.low != "to" and t.low not in statives():  # most words
            k += 1
            continue
        if t.has("aux") and t.low not in ("be", "been", "being", "having") and _is_aux(ts, k):
            g = _with_auxiliaries(ts, k)
        elif t.low == "to":
            g = _infinitive(ts, k)
        elif t.has("verb:s") and out and out[-1].verb == k - 1:
            pass  # "held talks"
        elif _stands_alone(ts, k):
            g = Group(k, k, lemma(t.low))
        elif t.has("verb:ing") and not t.cap and _is_participle(ts, k):
            g = Group(k, k, lemma(t.low), bare=True)
        elif t.has("verb:past") and not t.cap and k and k + 1 < n and ts[k + 1].low in ("by", "for", "at", "in"):
            prev = ts[k - 1]
            if not prev.classes or prev.has("figure") or (prev.low == "," and k > 1):
                g = Group(k, k, lemma(t.low), passive=True, bare=True)
        if g is not None:
            out.append(g)
            k = g.verb
        k += 1
    return out


@cache
def statives() -> frozenset[str]:
    """Forms in -s of the verbs that say what something is, or at what somebody puts it: "stands", "puts"."""
    verbs = [r["word"] for r in rows("measured") if r["class"] in ("put", "is")]
    return frozenset(f for v in verbs for f, shape in inflect(v).items() if shape is Shape.S)


def _stands_alone(ts: list[Token], k: int) -> bool:
    """Whether a word without auxiliaries is a verb here."""
    t = ts[k]
    if t.low in statives() and _at_figure(ts, k):
        return True
    return (t.has("verb") and (is_finite(ts, k) or _agrees(ts, k))) or (t.low in SAME and k > 0 and _same_past(ts, k))


def _at_figure(ts: list[Token], k: int) -> bool:
    """Whether a word that may be a plural is a verb before a figure: "stands at 141 days", "puts it at 6 percent"."""
    if k == 0 or ts[k].cap or ts[k - 1].has("det", "poss", "prep", "conj"):
        return False
    if k + 1 < len(ts) and ts[k - 1].has("adv") and ts[k + 1].low == "#":
        return True  # "now numbers 26"
    at = next((j for j in range(k + 1, min(len(ts), k + PUT)) if ts[j].low == "at"), None)
    if k + 1 < len(ts) and ts[k + 1].low == "to":
        at = k + 1  # "the bill amounts to 4 million"
    return at is not None and at + 1 < len(ts) and any(t.low == "#" for t in ts[at + 1 : at + 3])


def _agrees(ts: list[Token], k: int) -> bool:
    """Whether a verb that nouns stand around agrees with the one before it: "the change saves", "the forces employ"."""
    if k == 0 or k + 1 >= len(ts) or ts[k].cap:
        return False
    prev, nxt = ts[k - 1], ts[k + 1]
    if not (nxt.has("figure", "det", "poss", "obj") or nxt.low in ("to", "at", "by")) or prev.low == "#":
        return False
    if ts[k].has("verb:s"):
        return prev.has("verb:base") and k > 1 and (ts[k - 2].has("det", "poss") or not ts[k - 2].classes)
    if not ts[k].has("verb:base") or nxt.low in ("to", "at", "by"):
        return False
    return (not prev.classes or prev.has("verb:s")) and prev.low.endswith("s") and not prev.low.endswith(("ss", "'s"))


def _same_past(ts: list[Token], k: int) -> bool:
    """Whether a form that is base and past is a verb here: "the bank cut its rate", not "the price cut"."""
    prev, nxt = ts[k - 1], ts[k + 1] if k + 1 < len(ts) else None
    noun = not prev.has("verb") or (k > 1 and ts[k - 2].has("det", "poss"))  # "the bank cut its rate"
    if prev.has("det", "poss", "prep", "aux", "mark") or prev.low == "to" or not noun:
        return False
    return nxt is not None and (nxt.has("det", "poss", "figure") or nxt.low in ("by", "to", "from"))


def _is_aux(ts: list[Token], k: int) -> bool:
    """Whether "'s" stands for "is": behind a pronoun, not a possessor."""
    return ts[k].low not in ("'s", "'d") or (k > 0 and ts[k - 1].has("pron"))


def _with_auxiliaries(ts: list[Token], k: int) -> Group:
    first, be = k, False
    last = k
    j = k
    while j < len(ts) and (
        ts[j].has("aux") or (ts[j].has("adv") and not ts[j].has("det")) or ts[j].low in ("n't", "to")
    ):
        if ts[j].low == "to" and ts[last].low not in ("is", "are", "was", "were", "has", "have", "had"):
            break
        if ts[j].has("aux"):
            be = be or ts[j].low in BE
            last = j
        j += 1
    if j < len(ts) and ts[j].has(*MAIN) and not ts[j].cap and not _noun_after(ts, j, last):
        passive = ts[last].low in BE and ts[j].has("verb:past", "verb:participle") and not ts[j].has("verb:ing")
        return Group(first, j, lemma(ts[j].low), passive=passive)
    return Group(first, last, "be" if ts[last].low in BE else lemma(ts[last].low))


def _noun_after(ts: list[Token], j: int, last: int) -> bool:
    """Whether the word after "have" or "is" is no verb: a base form behind "has" ("has range")."""
    if ts[last].low in BE | HAVE and any(t.low == "to" for t in ts[last + 1 : j]):
        return False
    nominal = not ts[j].has("verb:past", "verb:participle", "verb:ing") and ts[j].low not in ALIKE
    return ts[last].low in BE | HAVE and nominal


def _infinitive(ts: list[Token], k: int) -> Group | None:
    j, passive = k + 1, False
    while j < len(ts) and (ts[j].has("adv") or ts[j].low in ("be", "have", "been")):
        passive = passive or ts[j].low in ("be", "been")
        j += 1
    if j >= len(ts) or ts[j].cap:
        return Group(k, j - 1, "be", bare=True) if passive else None
    if passive:
        if ts[j].has("verb:past", "verb:participle"):
            return Group(k, j, lemma(ts[j].low), passive=True, bare=True)
        return Group(k, j - 1, "be", bare=True)
    prev = ts[j - 1]
    if (ts[j].has("verb:base") and prev.low in ("to", "have")) or (ts[j].has("verb:base") and prev.has("adv")):
        return Group(k, j, lemma(ts[j].low), bare=True)
    return Group(k, j, lemma(ts[j].low), bare=True) if ts[j].low in lemmas() and ts[j].low == lemma(ts[j].low) else None


def _is_participle(ts: list[Token], k: int) -> bool:
    if k == 0:
        return True
    prev = ts[k - 1]
    if prev.has("det", "poss"):
        return False
    nxt = ts[k + 1] if k + 1 < len(ts) else None
    return prev.has("mark", "prep", "conj") or (nxt is not None and nxt.has("figure", "det", "poss"))
