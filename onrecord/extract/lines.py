"""A sentence as the rules see it, the draft of an attribution, and where reported content begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from onrecord.extract.cues import Group, groups
from onrecord.extract.lexicon import listed
from onrecord.extract.phrases import has_finite, skip_adjuncts, subject_before
from onrecord.extract.tokens import STOPS, Token, is_finite
from onrecord.records import Passage, Sort

MAX_GROUPS = 24  # cues of one sentence: a line of nothing but cues is no prose, and would take cubic time


@dataclass
class Draft:
    """An attribution in the making. Passages are of the report; `at` is the sentence it was found in."""

    source: Passage | None
    cue: list[Passage]
    content: list[Passage]
    sort: Sort
    rule: str
    score: float
    quoting: bool = False  # a following sentence that is only a quotation goes on
    awaiting: bool = False  # ended in a colon: the next paragraph is the content


class Line(msgspec.Struct, frozen=True):
    """A sentence as the rules see it: its tokens with quotations folded, its verb groups, and where it ends."""

    ts: list[Token]
    groups: list[Group]
    end: int  # index after the last token that is no stop
    title: bool = False
    subjects: dict[int, tuple[int, int] | None] = msgspec.field(default_factory=dict)  # of the groups read so far

    def passage(self, a: int, b: int) -> Passage:
        return Passage(self.ts[a].start, self.ts[b - 1].end)


def span(line: Line, a: int, b: int) -> Passage:
    """Tokens [a, b) as content: a lone quotation loses its marks, a trailing comma or stop outside marks is cut."""
    ts = line.ts
    b = min(b, len(ts))
    while b - 1 > a and ts[b - 1].low in (",", ".", ";", ":", "—", "–", "-", "!", "?") and not ts[b - 1].quoted:
        b -= 1
    first, last = ts[a], ts[b - 1]
    if b - a == 1 and first.quotation is not None:
        return first.quotation.inner
    return Passage(first.start, last.end)


def clause_start(line: Line, k: int) -> int:
    """Index where the content that ends at `k` begins: after what an earlier cue of the sentence took."""
    ts = line.ts
    floor = 0
    for j in range(k, -1, -1):
        if ts[j].low in (";",):
            floor = j + 1
            break
    while floor < k and (ts[floor].low in ("and", "but", "—", "-", ",") or ts[floor].low in STOPS):
        floor += 1
    return floor


def clause_end(line: Line, a: int) -> int:
    """Index after the clause that begins at `a`: before a chained cue, ", according to", ", she said"."""
    ts = line.ts
    for g in line.groups:
        if g.first <= a:
            continue
        before = g.first - 1
        if before > a + 1 and ts[before].low == "," and g.finite and not g.infinitive:
            own = subject_before(ts, g.first)
            if own is not None and own[0] < a:
                return before
        if before > a and ts[before].low in ("and", "but", ",") and chains(line, g):
            return before - 1 if ts[before].low != "," and ts[before - 1].low == "," else before
        if g.finite and not g.passive and g.takes("C"):
            s = subject_before(ts, g.first)
            if s is not None and s[0] - 1 > a and ts[s[0] - 1].low == ",":
                k = skip_adjuncts(ts, g.last + 1)
                if k >= line.end or ts[k].low == ",":
                    return s[0] - 1
    for k in range(a + 1, line.end):
        if ts[k].low == "," and k + 2 < line.end and k - a > 2 and new_clause(line, k + 1):
            return k
        if ts[k].low == "according" and k + 1 < line.end and ts[k + 1].low == "to":
            return k - 1 if ts[k - 1].low == "," else k
        if ts[k].low == ";":
            return k
    return line.end


def verb_phrase_end(line: Line, a: int) -> int:
    """Index after the object that begins at `a`: also before "and" with another verb ("praised the line and left")."""
    ts, end = line.ts, clause_end(line, a)
    for k in range(a + 1, end - 1):
        if ts[k].low == "," and ts[k + 1].low == "that":
            return k  # "reported, citing the port, that the lift is late"
        if ts[k].low in ("and", "but") and (
            is_finite(ts, k + 1) or ("adv" in ts[k + 1].classes and is_finite(ts, k + 2))
        ):
            return k - 1 if ts[k - 1].low == "," else k
    return end


CONTRAST = listed("contrast")


def new_clause(line: Line, k: int) -> bool:
    """Whether the words at `k`, after a comma, leave the reported clause: ", but the city disagreed"."""
    ts = line.ts
    if ts[k].low in CONTRAST or (ts[k].low == "and" and "pron" in ts[k + 1].classes):
        return ts[k + 1].low != "that" and has_finite(ts, k + 1, line.end)
    return False


def chains(line: Line, g: Group) -> bool:
    """Whether a verb group without a subject of its own goes on for the speaker before: ", adding", "and added
    that".
    """
    ts = line.ts
    before = ts[g.first - 1].low
    if not g.takes("TQ"):
        return False
    if before == ",":
        return not g.finite and not g.infinitive
    k = g.last + 1
    if not g.finite or k >= line.end:
        return False
    return (
        ts[k].low in ("that", ":", "to") or ts[k].quoted or (ts[k].low == "," and k + 1 < len(ts) and ts[k + 1].quoted)
    )


def quote_end(line: Line, at: int) -> int:
    """Index after a quotation and what runs on from it in the same clause."""
    ts = line.ts
    t = ts[at]
    assert t.quotation is not None
    if at + 1 >= line.end or t.quotation.stopped:
        return at + 1
    n = ts[at + 1]
    if "mark" in n.classes and n.low not in ("(",):
        return at + 1
    return clause_end(line, at + 1)


def then_quotation(line: Line, a: int) -> list[Passage]:
    """The clause at `a`, and the quotation after its colon: noted that it was late: "We waited"."""
    end = clause_end(line, a)
    for k in range(a + 1, min(end, line.end)):
        if line.ts[k].low == ":" and k + 1 < line.end and line.ts[k + 1].quoted:
            return [span(line, a, k), span(line, k + 1, quote_end(line, k + 1))]
    return [span(line, a, end)]


def ends_with_colon(line: Line) -> bool:
    return any(t.low == ":" for t in line.ts)


def line_of(ts: list[Token], title: bool = False) -> Line:
    end = len(ts)
    while end > 0 and ts[end - 1].low in STOPS:
        end -= 1
    return Line(ts, groups(ts, title)[:MAX_GROUPS], end, title)


def draft(
    line: Line, g: Group, content: list[Passage], frames: str, rule: str, score: float, *, quoting: bool = False
) -> Draft:
    cue = line.passage(g.first, g.last + 1)
    return Draft(None, [cue], content, sort_of(g, frames), rule, score, quoting)


def sort_of(g: Group, frames: str) -> Sort:
    cue = g.takes(frames)
    return cue.sort if cue else Sort.UNSURE
