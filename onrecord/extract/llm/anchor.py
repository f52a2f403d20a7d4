"""Words that a model says are in the text → where they are, or the reason to refuse them.

Typographic marks and runs of blanks may differ, letters may not: what is kept is the text's own characters. Words are
found whole ("he" is not in "the").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from onrecord.extract.document import Document
from onrecord.extract.lines import Draft
from onrecord.extract.llm.answer import SaidProposal
from onrecord.records import Passage, Sort

MARKS = '"“”„«»'
SAME = (('"', "“”„«»"), ("'", "’‘‚`´"), ("-", "‐‑‒–—−"))  # signs that models write for one another
ALIKE = {ord(c): first for first, others in SAME for c in others}
ANY = {first: f"[{re.escape(first + others)}]" for first, others in SAME}
LIMITS = {"where": 1500, "source": 300, "cue": 80, "content": 6000, "speaker": 120}  # characters of a slot
MAX_FOUND = 20  # places of one slot that are looked at
REACH = 300  # characters between source and cue
FAR = 3000  # characters between a cue and its content: a quotation over paragraphs
MAX_CONTENTS = 20


class Refused(Exception):
    """A slot that was not anchored."""

    def __init__(self, reason: str, slot: str, words: str) -> None:
        super().__init__(reason, slot, words)
        self.reason, self.slot, self.words = reason, slot, words


def places(text: str, quote: str, region: Passage) -> list[Passage]:
    """Where whole words stand in a region of the text, MAX_FOUND places at most."""
    words = quote.translate(ALIKE).split()
    if not words:
        return []
    pattern = r"\s+".join("".join(ANY.get(c) or re.escape(c) for c in w) for w in words)
    first, last = words[0][0], words[-1][-1]
    pattern = (r"\b" if first.isalnum() else "") + pattern + (r"\b" if last.isalnum() else "")
    out = []
    for m in re.compile(pattern).finditer(text, region.start, region.end):
        out.append(Passage(m.start(), m.end()))
        if len(out) == MAX_FOUND:
            break
    return out


def found(doc: Document, slot: str, quote: str, region: Passage) -> list[Passage]:
    """The places of a slot's words. Raises Refused where they are too long, or not there at all."""
    if not quote.strip():
        raise Refused("empty", slot, quote)
    if len(quote) > LIMITS.get(slot, LIMITS["where"]):
        raise Refused("too_long", slot, quote)
    some = places(doc.text, quote, region)
    if not some:
        raise Refused("not_in_text", slot, quote)
    outside = [p for p in some if not doc.in_furniture(p)]
    if not outside:
        raise Refused("furniture", slot, quote)
    return outside


def only(doc: Document, slot: str, quote: str, region: Passage, *, but: Sequence[Passage] = ()) -> Passage:
    """The one place of a slot's words that touches none of `but`. Raises Refused."""
    some = found(doc, slot, quote, region)
    free = [p for p in some if not any(touch(p, q) for q in but)]
    if not free:
        raise Refused("overlapping", slot, quote)
    if len(free) > 1:
        raise Refused("ambiguous", slot, quote)
    return free[0]


def drafted(doc: Document, proposal: SaidProposal, window: Passage, known: Sort | None) -> Draft:
    """A proposed statement as the draft of an attribution. Raises Refused; `known`: the sort its cue has by the lists.

    A source is beside its cue, in one sentence or nearly, and no slot takes the words of another.
    """
    where = only(doc, "where", proposal.where, window) if proposal.where.strip() else window
    source, cue = _pair(doc, proposal, where)
    if not any(c.isalpha() for c in doc.words(cue)) and doc.words(cue).strip() not in (":", "—", "–", "-"):
        raise Refused("bad_kind", "cue", proposal.cue)
    taken = [cue, *([source] if source is not None else [])]
    contents = _contents(doc, proposal, where, window, taken)
    sure = 0.8 if known is not None else 0.6  # a cue that the lists know; figures would need gold of this reader
    return Draft(source, [cue], contents, known or proposal.sort, "llm", sure)


def _pair(doc: Document, proposal: SaidProposal, where: Passage) -> tuple[Passage | None, Passage]:
    """Source and cue: of all their places the two that are nearest to each other."""
    cues = found(doc, "cue", proposal.cue, where)
    if not proposal.source.strip():
        if len(cues) > 1:
            raise Refused("ambiguous", "cue", proposal.cue)
        return None, cues[0]
    pairs = [(gap(s, c), s, c) for s, c in product(found(doc, "source", proposal.source, where), cues)]
    apart = sorted((g, s, c) for g, s, c in pairs if g >= 0)
    if not apart:
        raise Refused("overlapping", "source", proposal.source)
    if len(apart) > 1 and apart[0][0] == apart[1][0]:
        raise Refused("ambiguous", "source", proposal.source)
    if apart[0][0] > REACH:
        raise Refused("too_far", "source", proposal.source)
    return apart[0][1], apart[0][2]


def _contents(
    doc: Document, proposal: SaidProposal, where: Passage, window: Passage, taken: list[Passage]
) -> list[Passage]:
    out: list[Passage] = []
    if not proposal.content:
        raise Refused("empty", "content", "")
    if len(proposal.content) > MAX_CONTENTS:
        raise Refused("too_long", "content", f"{len(proposal.content)} pieces")
    for quote in proposal.content:
        bare = quote.strip(MARKS + " \t\r\n")
        near = where if places(doc.text, bare, where) else window
        p = only(doc, "content", bare, near, but=[*taken, *out])
        if gap(p, taken[0]) > FAR:
            raise Refused("too_far", "content", quote)
        out.append(p)
    return out


def gap(a: Passage, b: Passage) -> int:
    """Characters between two passages; -1 where they touch the same ones."""
    return -1 if touch(a, b) else max(a.start - b.end, b.start - a.end)


def touch(a: Passage, b: Passage) -> bool:
    """Whether two passages share a character."""
    return a.start < b.end and b.start < a.end
