"""Groups → the pairs that a rule has something to say of, likeliest first. Only likely pairs are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.records import Kind
from onrecord.resolve.blocking import candidates
from onrecord.resolve.compare import scores
from onrecord.resolve.nodes import Group
from onrecord.resolve.parts import parts_of
from onrecord.resolve.rules import Found, judged, of_one_kind

SPELLINGS = 8  # of one group that are compared: the beat may know many
BATCH = 20_000  # pairs scored together

Compared = tuple[Group, Group, str, Found]


def compared(groups: Iterable[Group]) -> list[Compared]:
    """What the rules say of candidate pairs, once for a pair of groups: the strongest answer."""
    entries = [replace(g, name=name, parts=parts_of(name, g.kind)) for g in groups for name in _spellings(g)]
    names = {i: e.parts for i, e in enumerate(entries)}
    pairs = [(entries[i], entries[j]) for i, j in candidates(names) if _may_be_one(entries[i], entries[j])]
    best: dict[tuple[object, object], Compared] = {}
    for at in range(0, len(pairs), BATCH):
        some = pairs[at : at + BATCH]
        for (a, b), score in zip(some, _scores(some), strict=True):
            answer = judged(a, b, score)
            if answer is None:
                continue
            key = (a.node, b.node)
            found = (a, b, *answer)
            if key not in best or _rank(found) < _rank(best[key]):
                best[key] = found
    return sorted(best.values(), key=_rank)


def _rank(c: Compared) -> tuple[int, float, object, object, str, str]:
    """Certain answers first: by verdict, then score, then node."""
    order = ("same", "not the same", "unsure").index(c[3].verdict)
    return order, -c[3].score, c[0].node, c[1].node, c[0].name, c[1].name


def _scores(pairs: list[tuple[Group, Group]]) -> list[float]:
    return scores([(a.name, b.name) for a, b in pairs], [a.kind for a, _ in pairs])


def _spellings(g: Group) -> list[str]:
    """The names of a group that others are compared with; none for what has no name or a short one."""
    if g.short or g.node[0] == "alone":
        return []
    names = {r.name for r in g.members if r.named} | {g.name}
    return sorted(names, key=lambda n: (-len(n), n))[:SPELLINGS]


def _may_be_one(a: Group, b: Group) -> bool:
    if a.node == b.node or a.node[0] == b.node[0] == "beat" or a.kind == Kind.UNSURE:
        return False
    return of_one_kind(a, b)
