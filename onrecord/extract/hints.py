"""What the rules found, as the encoder sees it: for each piece and role, whether a span begins or goes on there.

The trained reader starts from the rules' reading and learns where to trust it; how sure a rule is shows as a level.
Used alike in training and reading.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.lines import Draft
from onrecord.extract.pieces import Features
from onrecord.records import Passage

ROLES = ("source", "cue", "content")
LEVELS = (0.7, 0.85)  # scores of rules: below the first, between, above the second
STATES = 1 + 2 * (len(LEVELS) + 1)  # none; begins or goes on, for each level
Marks = dict[str, list[tuple[int, int, int]]]  # role → spans with their level, in order


def marks(drafts: Sequence[Draft]) -> Marks:
    """The spans of each role; one that lies inside another of its role is left out, as in what the encoder tags."""
    found: dict[str, set[tuple[int, int, int]]] = {role: set() for role in ROLES}
    for d in drafts:
        level = sum(d.score >= x for x in LEVELS)
        spans: dict[str, Sequence[Passage]] = {
            "source": [d.source] if d.source else [],
            "cue": d.cue,
            "content": d.content,
        }
        for role in ROLES:
            found[role] |= {(p.start, p.end, level) for p in spans[role]}
    return {role: outermost(spans) for role, spans in found.items()}


def outermost(spans: set[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Spans in order of their start, without those that overlap a longer one before them."""
    out: list[tuple[int, int, int]] = []
    for start, end, level in sorted(spans, key=lambda s: (s[0], -s[1], -s[2])):
        if out and start < out[-1][1]:
            continue
        out.append((start, end, level))
    return out


def hints(f: Features, found: Marks) -> list[list[int]]:
    """A list as long as the window for each role: 0 outside, 1 + 2·level where a span begins, one more inside it."""
    return [row(f.offsets, found[role]) for role in ROLES]


def row(offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int, int]]) -> list[int]:
    out = [0] * len(offsets)
    if not spans:
        return out
    last = -1
    after = 0  # number of spans that begin before the piece ends: pieces of text are in order
    for i, (a, b) in enumerate(offsets):
        if b <= a:
            continue
        while after < len(spans) and spans[after][0] < b:
            after += 1
        k = after - 1
        if k < 0 or spans[k][1] <= a:
            continue
        out[i] = 1 + 2 * spans[k][2] + (k == last)
        last = k
    return out
