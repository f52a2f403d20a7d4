"""Tagged contents, mended: a tagger of single words stops short in ways that the words around show.

- A content that ends in "the", "of", "to" goes on to the next stop or comma.
- Two contents with nothing but a source and a cue between them, and no comma or quotation mark, are one: what
  stands between is reported too ("Lund noted [that the yard] [had said] [it was late]").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.extract.linking import Span

LAST = re.compile(r"([^\W\d_]+)\W*$")
STOP = re.compile(r"[.!?;,:—\"”“»«)\n]|\s[–-]\s")
REACH = 400  # characters to the stop that a content is extended to
GAP = 160  # characters between two contents that may be one
OPEN = frozenset([
    "a", "an", "and", "as", "at", "by", "for", "from", "her", "his", "in", "into", "its", "my", "of", "on", "or", "our",
    "than", "that", "the", "their", "to", "with", "your",
])  # fmt: skip


def mended(text: str, contents: Sequence[Span], sources: Sequence[Span]) -> list[Span]:
    """The contents, mended."""
    found = joined(text, contents, sources)
    following = [*(k.start for k in found[1:]), len(text)]
    return joined(text, [extended(text, k, n) for k, n in zip(found, following, strict=False)], sources)


def extended(text: str, k: Span, limit: int) -> Span:
    """The content, to the next stop before `limit` where it ends in a word that asks for another."""
    m = LAST.search(text, max(k.start, k.end - 30), k.end)
    if m is None or m.end() != m.end(1) or m[1].lower() not in OPEN:
        return k
    stop = STOP.search(text, k.end, k.end + REACH)
    end = min(stop.start() if stop else k.end, limit)
    return Span(k.start, k.end + len(text[k.end : end].rstrip()), k.score)


def joined(text: str, contents: Sequence[Span], sources: Sequence[Span]) -> list[Span]:
    """Contents that only a source with its cue parts, and no stop, are one."""
    starts = sorted(s.start for s in sources)
    out: list[Span] = []
    for k in sorted(contents):
        if out and parted_by_source(text, out[-1].end, k.start, starts):
            a = out.pop()
            out.append(Span(a.start, max(a.end, k.end), min(a.score, k.score)))
        else:
            out.append(k)
    return out


def parted_by_source(text: str, start: int, end: int, sources: Sequence[int]) -> bool:
    """Whether a source stands at once behind `start`, at most behind "that", and no stop before `end`."""
    if not 0 <= end - start <= GAP or STOP.search(text, start, end):
        return False
    i = bisect_left(sources, start)
    return i < len(sources) and sources[i] < end and text[start : sources[i]].strip().lower() in ("", "that")
