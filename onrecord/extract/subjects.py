"""Who speaks, by where the words stand: before the verb group, behind it ("said Lund"), or with the verb before it."""

from __future__ import annotations

from onrecord.extract.cues import Group
from onrecord.extract.lines import Line
from onrecord.extract.phrases import phrase_after, subject_before
from onrecord.extract.tokens import Token, is_finite


def inherits(line: Line, g: Group, source: tuple[int, int]) -> bool:
    return source in [s for v, s in line.subjects.items() if v < g.verb]


def find_source(line: Line, g: Group) -> tuple[tuple[int, int] | None, bool]:
    """Token range of who speaks, and whether it stands after the verb ("said Lund")."""
    ts = line.ts
    previous = [s for v, s in line.subjects.items() if s is not None and not ts[s[0]].has("rel")]
    if not g.finite:
        absolute = with_subject(ts, g.first)
        if absolute is not None:
            return absolute, False
        return (previous[-1] if previous else main_subject(line, g.first)), False
    before = ts[g.first - 1] if g.first > 0 else None
    if before is not None and before.low in ("and", "but", "then", "or"):
        return (previous[-1] if previous else main_subject(line, g.first - 1)), False
    own = subject_before(ts, g.first)
    if before is not None and before.low == "," and previous and own is None and not before_quote(ts, g.first - 1):
        return previous[-1], False
    if own is None and (before is None or inverts(line, g)):
        end = phrase_after(ts, g.last + 1)
        if end > g.last + 1:
            return (g.last + 1, end), True
    if own is None and before is not None and before.quoted and not inverts(line, g):
        return (previous[-1] if previous else main_subject(line, g.first)), False
    return own, False


def with_subject(ts: list[Token], verb: int) -> tuple[int, int] | None:
    """The subject of an absolute phrase: with one paper declaring that …"""
    for k in range(verb - 1, max(-1, verb - 10), -1):
        if ts[k].low == "with" and k + 1 < verb:
            return k + 1, verb
        if ts[k].has("mark", "conj") or ts[k].quoted or is_finite(ts, k):
            return None
    return None


def inverts(line: Line, g: Group) -> bool:
    """Whether the subject may follow: "…," said Lund. Not: praised "the line" and called it …"""
    ts = line.ts
    before = ts[g.first - 1]
    if before.quotation is not None and before.quotation.titled and g.first > 2:
        return False
    if not before.quoted and before.low not in (",", "—", "–"):
        return False
    return any("Q" in c.frames and ("C" in c.frames or "T" in c.frames) for c in g.options)


def before_quote(ts: list[Token], k: int) -> bool:
    return k > 0 and ts[k - 1].quoted


def main_subject(line: Line, before: int) -> tuple[int, int] | None:
    """The subject of the sentence's first finite verb."""
    for k in range(before):
        if is_finite(line.ts, k):
            return subject_before(line.ts, k)
    return None


def antecedent(line: Line, source: tuple[int, int]) -> tuple[int, int] | None:
    """The antecedent of a source that is the subject of its own relative clause: "officials | who said"."""
    a, b = source
    while b - 1 > a and line.ts[b - 1].low in ("who", ","):
        b -= 1
    return (a, b) if b < source[1] and line.ts[source[1] - 1].low == "who" else None
