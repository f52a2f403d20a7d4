"""Tokens of a sentence → the verb groups that may report speech, belief or intention.

Takes: "said", "has repeatedly said", "is telling", "pointed out", "did not say", "was told".
Refuses nouns ("the claims", "its report", "a call for"), names ("Order of Merit"), adjectives ("the proposed line").
"""

from __future__ import annotations

import msgspec

from onrecord.extract.lexicon import Cue, Shape, cue_forms, listed
from onrecord.extract.phrases import subject_before
from onrecord.extract.tokens import Token

BE = listed("be")
HAVE = listed("have")
NEGATIVE = listed("negation")
PLURAL = listed("before-plural")  # before a plural noun
MAX_GROUP = 6  # tokens of auxiliaries and adverbs before a verb


class Group(msgspec.Struct, frozen=True, gc=False):
    """A verb group: token indices `first` (its auxiliaries) to `last` (its particles), both inclusive."""

    options: tuple[Cue, ...]  # what the verb may be, most particles first
    shape: Shape
    first: int
    verb: int
    last: int
    passive: bool = False
    finite: bool = True
    negative: bool = False
    infinitive: bool = False

    def takes(self, frames: str) -> Cue | None:
        """The first reading of the verb that takes one of `frames`."""
        for c in self.options:
            for f in frames:
                if f in c.frames:
                    return c
        return None


def groups(ts: list[Token], title: bool = False) -> list[Group]:
    """The verb groups of a sentence that may be cues. `title`: a headline, where every word has a capital."""
    out: list[Group] = []
    for i, t in enumerate(ts):
        if "cue" in t.classes and not (t.cap and i > 0 and not title and "mark" not in ts[i - 1].classes):
            g = group(ts, i)
            if g is not None and not (out and out[-1].last >= g.first and out[-1].verb == g.verb):
                out.append(g)
    return out


def group(ts: list[Token], i: int) -> Group | None:
    """The verb group around the cue word at `i`, or None where it is no verb."""
    options, last = readings(ts, i)
    if not options:
        return None
    first, auxiliaries = i, []
    while (
        first > 0 and i - first < MAX_GROUP and ts[first - 1].has("aux", "adv") and "prep" not in ts[first - 1].classes
    ):
        first -= 1
        if "aux" in ts[first].classes:
            auxiliaries.append(ts[first].low)
    while first < i and "aux" not in ts[first].classes:
        first += 1
    prev = ts[first - 1] if first > 0 else None
    shape = next(s for c, s in cue_forms()[ts[i].low] if c in options)
    infinitive = prev is not None and prev.low == "to"
    negative = any(ts[k].low in NEGATIVE or ts[k].low.endswith("n't") for k in range(first, i))
    passive = bool(auxiliaries) and auxiliaries[0] in BE and shape in (Shape.PAST, Shape.PARTICIPLE)
    finite = shape in (Shape.PAST, Shape.S) or bool(auxiliaries)
    if shape is Shape.BASE and not auxiliaries:
        if not infinitive and not plural_subject(ts, first):
            return None
        finite = not infinitive
    if not auxiliaries and (nominal(ts, i, shape) or preposition(ts, i, shape)):
        return None
    return Group(options, shape, first, i, last, passive, finite, negative, infinitive)


def readings(ts: list[Token], i: int) -> tuple[tuple[Cue, ...], int]:
    """The cues whose particles follow, and the index of the last particle of the longest."""
    out: list[Cue] = []
    last = i
    for cue, _ in cue_forms()[ts[i].low]:
        n = len(cue.particles)
        if tuple(t.low for t in ts[i + 1 : i + 1 + n]) == cue.particles:
            if not out:
                last = i + n
            if last == i + n:
                out.append(cue)
    return tuple(out), last


DOCUMENTS = listed("document-that-states")
PREPOSITIONS = listed("preposition-in-ing")


def preposition(ts: list[Token], i: int, shape: Shape) -> bool:
    """Whether an -ing form is a preposition ("regarding the line"), or a plural noun before its verb ("states are")."""
    if shape is Shape.ING:
        return ts[i].low in PREPOSITIONS
    if ts[i].low == "states":
        return i == 0 or not ("pron" in ts[i - 1].classes or ts[i - 1].low in DOCUMENTS)
    return shape is Shape.S and i + 1 < len(ts) and "aux" in ts[i + 1].classes


def nominal(ts: list[Token], i: int, shape: Shape) -> bool:
    """Whether the word is a noun or an adjective: "the claims", "a planned visit", "by order"."""
    k = i - 1
    while k >= 0 and "adv" in ts[k].classes and "prep" not in ts[k].classes:
        k -= 1
    if k < 0:
        return shape in (Shape.BASE, Shape.S) or (
            i + 1 < len(ts) and "mark" not in ts[i + 1].classes and shape is Shape.PAST
        )
    prev = ts[k]
    if prev.low.endswith(("'s", "s'")) and shape is not Shape.PAST:
        return True
    if shape is Shape.ING:
        return prev.has("det", "poss") and "other" not in prev.classes
    if prev.low in PLURAL and shape is Shape.S:
        return True
    if prev.has("pron", "other", "rel"):
        return False
    if shape in (Shape.PAST, Shape.PARTICIPLE):
        return prev.has("det", "poss", "number") or ("prep" in prev.classes and prev.low != "before")
    helped = next((t for t in reversed(ts[max(0, k - 3) : k]) if "adv" not in t.classes), None)
    if shape is Shape.S and "verb:base" in prev.classes and helped is not None and "aux" in helped.classes:
        return True  # "does not disclose details"
    if (
        shape is Shape.S
        and prev.has("verb:past", "verb:participle", "verb:ing")
        and not prev.cap
        and prev.low != "said"
    ):
        return True  # "raised questions"
    return prev.has("det", "poss", "number", "prep", "mark") and not (prev.low == "," or prev.low == ")")


def joined_subject(ts: list[Token], first: int) -> bool:
    """Whether two names or nouns joined by "and" are the subject: "Mr. Lund and Ms. Orr say", "users in Varn and Lusk".

    Refuses what is the object of a verb before it: "he sold bread and butter call boxes".
    """
    found = subject_before(ts, first)
    if found is None or (found[0] > 0 and ts[found[0] - 1].has("verb", "cue", "prep")):
        return False
    pairs = [(ts[k - 1], ts[k + 1]) for k in range(found[0] + 1, found[1] - 1) if ts[k].low == "and"]
    return any(a.cap == b.cap or a is ts[0] for a, b in pairs)


def plural_subject(ts: list[Token], first: int) -> bool:
    """Whether what stands before a bare base form can be its subject: "officials say", "they believe"."""
    k = first - 1
    while k >= 0 and "adv" in ts[k].classes and "prep" not in ts[k].classes:
        k -= 1
    if k < 0:
        return False
    t = ts[k]
    if (t.low in (",", ")") and k > 0) or t.low in (
        "police",
        "people",
        "who",
        "media",
        "sources",
        "they",
        "we",
        "i",
        "you",
    ):
        return True
    if "conj" in t.classes:
        return True
    if joined_subject(ts, first):
        return True
    noun = "verb" not in t.classes or (k > 0 and ts[k - 1].has("det", "poss"))  # "the talks"
    plural = t.low.endswith("s") and not t.low.endswith(("ss", "'s")) and not t.has("aux", "prep")
    return (plural and noun) or "other" in t.classes
