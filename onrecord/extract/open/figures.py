"""A figure in its line → what it measures and of what, by the grammar around it: the first rule that answers.

Each rule says in its docstring which forms it takes. What no rule takes has no claim: a figure in an adjunct ("after
three weeks", "in 14 countries") measures nothing that is claimed.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.open.grammar import Line
from onrecord.extract.open.naming import NUMERALS, At, Measured, Rule, kinds, listed, may_measure, words_in
from onrecord.extract.open.phrases import adjective, aged, labelled, of_noun, of_what, premodifier
from onrecord.extract.open.predicates import as_subject, by_preposition, by_verb, existential, multiplied
from onrecord.records import Passage, Quantity

RULES: tuple[Rule, ...] = (
    aged, multiplied, adjective, premodifier, of_noun, of_what, by_preposition, existential, by_verb, as_subject,
    labelled,
)  # fmt: skip


def measured(line: Line, i: int) -> Measured | None:
    """What the figure at token `i` of the line measures, by the first rule that answers."""
    q = line.figures[i]
    base, _, per = (q.unit or "").partition("/")
    kind = "money" if q.money else kinds().get(base)
    if per and kind == "length":
        kind = "speed"
    if kind is None and base in listed("coin"):
        kind = "money"  # of a country that the list of currencies does not tell
    at = At(line, i, q, kind, _counted(line, q) if kind is None and q.unit not in (None, "x") else None)
    if not may_measure(q, line.text) or (at.kind is None and at.counted is None and q.unit != "x"):
        return None
    for rule in RULES:
        found = rule(at)
        if found is not None:
            return None if found.score == 0 else _owned(line, found)
    return None


def _counted(line: Line, q: Quantity) -> Passage | None:
    """The words of what is counted: "church bells" of "some 23 church bells"."""
    p = q.passage
    words = [t for t in words_in(line.text, p) if t[2][:1].isalnum()]
    last = max(
        (k for k, (_, _, w) in enumerate(words) if w[0].isdigit() or set(w.split("-")) <= NUMERALS), default=None
    )
    if last is None:
        return None
    rest = words[last + 1 :]
    while rest and (rest[0][2] in listed("hedge") or rest[0][2] == "of"):
        rest = rest[1:]
    unit = (q.unit or "").partition("/")[0].split()
    if "/" in (q.unit or ""):
        rest = [
            w for k, w in enumerate(rest) if not any(x[2] in ("a", "an", "per", "each", "every") for x in rest[: k + 1])
        ]
    return Passage(rest[0][0], rest[-1][1]) if rest and unit else None


def _owned(line: Line, m: Measured) -> Measured:
    """Without blanks of grammar: a subject that is "there" or "what" is none."""
    if m.subject is not None:
        a, b = m.subject
        g = line.governor(a) if b == a + 1 and line.ts[a].has("poss") else None
        own = line.subject(g) if g is not None and not g.passive else None
        if own is not None:
            return replace(m, subject=own)  # "the bank cut its rate"
        if a >= b or (line.ts[a].low in ("there", "what", "which", "who", "that", "this") and b == a + 1):
            return replace(m, subject=None)
    return m
