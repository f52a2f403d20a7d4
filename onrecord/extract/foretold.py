"""Whether "will" or "would" plans or predicts: who wills it, as far as subject, verb and cue tell.

Forms that predict: fares will rise; the wall would cost 40 million; she believes the firm will pay; it will be late.
Forms that plan: the firm will sell it; the pier will be rebuilt; the line would open in May; it will be back by noon.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.extract.gazetteer import cues
from onrecord.extract.lexicon import inflect, rows
from onrecord.extract.phrases import subject_before
from onrecord.extract.tokens import PARTICIPLE, Token

WILL = frozenset(("will", "would", "'ll", "'d", "shall", "won't"))
FAR = 6  # tokens from "will" to its verb, with "not", "have", "be" and adverbs between
BE = frozenset(("be", "been"))
MASS = ("s", "tion", "ment", "ity", "ing", "age", "ance", "ence", "put")  # "Production will", "Fares will": no names


@cache
def listed(kind: str) -> frozenset[str]:
    """The words of a class of the list of what is to come."""
    return frozenset(r["word"] for r in rows("future") if r["class"] == kind)


@cache
def thinking() -> frozenset[str]:
    """Every form of the verbs of opinion and forecast."""
    return frozenset(f for verb in listed("thinks") for f in inflect(verb))


def thinks(words: Sequence[str]) -> bool:
    """Whether a cue's words tell an opinion or a forecast, so that what "will" be is predicted."""
    return not thinking().isdisjoint(words)


def foretold(ts: list[Token], will: int) -> bool:
    """Whether the "will" at `will` predicts, by its verb and subject; a plan where neither tells."""
    verb, passive = _verb(ts, will)
    if verb is None:
        return False
    low = ts[verb].low
    if low in BE and not passive:
        after = ts[verb + 1].low if verb + 1 < len(ts) else ""
        return after not in listed("in-place")
    if passive or low in listed("scheduled"):
        return False
    if low not in listed("foresees") and any(t.has("day", "month") or (t.cap and t.low == "may") for t in ts[verb:]):
        return False  # "the choir will sing in May": a day is set for it
    return low in listed("foresees") or not acts(ts, will)


def _verb(ts: list[Token], will: int) -> tuple[int | None, bool]:
    """Index of the verb after "will", and whether it is a passive."""
    be = None
    for k in range(will + 1, min(len(ts), will + 1 + FAR)):
        t = ts[k]
        if t.low in BE:
            be = k
        elif be is not None:
            done = t.has("verb:past", PARTICIPLE) and not t.has("verb:ing")
            if t.has("adv") and not done and k + 1 < len(ts) and ts[k + 1].has("verb:past", PARTICIPLE):
                continue  # "will be completely rebuilt"
            if t.has("verb:ing"):
                return k, False  # "will be delivering"
            return (k, True) if done else (be, False)
        elif t.low != "have" and not t.has("adv"):
            return k, False
    return be, False


def acts(ts: list[Token], will: int) -> bool:
    """Whether the subject of "will" can will something: a person, a name, a body; "it" may; no subject may too."""
    span = subject_before(ts, will)
    if span is None:
        return True
    head = next((k for k in range(span[0] + 1, span[1]) if ts[k].has("prep", "rel", "mark")), span[1]) - 1
    t = ts[head]
    if t.low in listed("agent") or t.low in ("it", "this", "that", "which", "there"):
        return t.low != "there"
    if t.cap and (head > 0 or (head + 1 == span[1] - span[0] and not t.low.endswith(MASS))):
        return True  # "Lund", "Norland": a singular noun without an article that names no stuff is a name
    named = cues()
    if t.low in named["role"] or named["head"].get(t.low) == "organisation":
        return True
    return t.low.endswith(tuple(sorted(listed("of-agents"))))
