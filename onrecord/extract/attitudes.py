"""Attitudes without a verb of speech: "is convinced that", "are worried about", "was unsure whether".

The adjectives and what may follow each stand in `attitudes.tsv`. Nobody's attitude is refused: "it is certain that".
"""

from __future__ import annotations

from functools import cache

from onrecord.extract.lexicon import listed, rows
from onrecord.extract.lines import Draft, Line, clause_end, span, verb_phrase_end
from onrecord.extract.phrases import subject_before
from onrecord.extract.tokens import Token
from onrecord.records import Sort

COPULAS, IMPERSONAL = listed("copula"), listed("impersonal-subject")
MODALS = listed("modal")  # "would be satisfied with": nobody is yet
BACK = 4  # tokens between the copula and its adjective: "is not so very sure"


@cache
def attitudes() -> dict[str, tuple[str, ...]]:
    """Adjective → the words that may follow it."""
    return {r["word"]: tuple(r["then"].split()) for r in rows("attitudes")}


def attitude(line: Line, k: int) -> Draft | None:
    """X is convinced that …; X was critical of …; X was unsure whether …"""
    ts = line.ts
    then = attitudes().get(ts[k].low)
    if then is None or k + 2 >= line.end:
        return None
    first = copula_before(ts, k)
    subject = subject_before(ts, first) if first is not None else None
    if first is None or subject is None or ts[subject[0]].low in IMPERSONAL:
        return None
    at = ts[k + 1]
    cue = [line.passage(first, k + 1)]
    if at.low == "that" and "that" in then:
        content = span(line, k + 2, clause_end(line, k + 2))
        return Draft(line.passage(*subject), cue, [content], Sort.BELIEF, "belief.adjective-that", 0.75)
    if at.low not in then:
        return None
    if at.low in ("whether", "how", "why", "if"):
        content = span(line, k + 1, clause_end(line, k + 1))
    else:
        cue = [line.passage(first, k + 2)]
        content = span(line, k + 2, verb_phrase_end(line, k + 2))
    return Draft(line.passage(*subject), cue, [content], Sort.BELIEF, "belief.adjective", 0.55)


def copula_before(ts: list[Token], k: int) -> int | None:
    """Index of the first auxiliary of the copula that the adjective at `k` belongs to."""
    j = k - 1
    while j > 0 and k - j < BACK and ts[j].has("adv", "conj") and ts[j].low not in COPULAS:
        j -= 1
    if j < 1 or ts[j].low not in COPULAS:
        return None
    while j > 1 and "aux" in ts[j - 1].classes:
        j -= 1
    return None if ts[j].low in MODALS else j
