"""Tokens → noun phrases: where one begins and ends around a place in a line, and which of its words is the head.

Closed-class words and verb forms answer; there is no trained tagger.
"""

from __future__ import annotations

from onrecord.extract.tokens import Token, is_finite

OPENERS = frozenset(("that", "which", "who", "whom", "whose"))
NP = 12  # tokens of a noun phrase


def nounish(t: Token) -> bool:
    """Whether a token can stand inside a noun phrase, after its determiner."""
    if t.low == "#" or t.has("mark", "prep", "conj", "aux", "pron", "rel", "sub", "obj", "when", "day"):
        return False
    return not t.classes or t.has("verb", "det", "poss", "number", "month", "cue") or t.cap


def np_start(ts: list[Token], end: int) -> int:
    """Start of the plain noun phrase (no preposition in it) that ends before `end`."""
    k = end
    while k > 0 and end - k < NP:
        t = ts[k - 1]
        if not nounish(t) or (t.has("verb") and not t.cap and is_finite(ts, k - 1)):
            break
        k -= 1
        if t.has("det", "poss") and not (k > 0 and ts[k - 1].has("det")):
            break
    return k


def np_full(ts: list[Token], end: int) -> int:
    """Start of the noun phrase that ends before `end`, with what "of" joins to it: "the far side of the lake"."""
    k = np_start(ts, end)
    while 1 < k < end and ts[k - 1].low == "of" and np_start(ts, k - 1) < k - 1:
        k = np_start(ts, k - 1)
    return k


def np_end(ts: list[Token], start: int) -> int:
    """End of the plain noun phrase that begins at `start`."""
    k = start
    while k < len(ts) and k - start < NP:
        t = ts[k]
        if k > start and t.has("det", "poss") and not ts[k - 1].has("det"):
            break
        if t.low in ("'", "’") and k > start and ts[k - 1].low.endswith("s"):
            k += 1  # "the apprentices' school"
            continue
        if not nounish(t) and t.low != "#":
            break
        if k > start and t.has("verb") and not t.cap and not ts[k - 1].has("det", "poss") and _is_verb(ts, k):
            break
        if t.has("adv") and not t.has("det") and not t.cap:
            break
        k += 1
    return k


def _is_verb(ts: list[Token], k: int) -> bool:
    """Whether a word behind a noun is its verb: "the town pays", "trains ordered by", not "the pay rise"."""
    if is_finite(ts, k):
        return True
    nxt = ts[k + 1] if k + 1 < len(ts) else None
    return ts[k].has("verb:past", "verb:participle", "verb:ing") and (
        nxt is None or nxt.has("prep", "mark", "det", "adv", "day")
    )


def head(ts: list[Token], a: int, b: int) -> int:
    """Index of the head noun of the phrase in `[a, b)`: the last word before "of", a comma or another preposition."""
    k = a
    while k < b:
        t = ts[k]
        ends = t.has("prep", "mark", "rel", "conj") or t.low in OPENERS
        if k > a and ends and t.low not in ("-", "'", "’"):
            break
        k += 1
    return max(a, k - 1)
