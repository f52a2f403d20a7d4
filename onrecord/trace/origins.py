"""How many origins a set of claims has: at least (all that may depend is folded) and at most (only what is shown to).

A claim's origin is its innermost named speaker on one occasion, or the outlet's own voice. The rules of `foldings`
propose that two claims share one, with a reason; connected components over the shown ones give the upper bound, over
all of them the lower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from onrecord.beat import Beat
from onrecord.records import Claim, Link, Origins, Report, Statement
from onrecord.trace.chains import children
from onrecord.trace.foldings import RULES, Fold
from onrecord.trace.joined import Joined
from onrecord.trace.voices import placed, voice

KEY = re.compile(r"‹([^‹›]+)›")  # in the reason of a fold


def by_side(links: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """Report or statement id → its links: made once, it spares `count` reading all links for every position."""
    found: dict[str, list[Link]] = {}
    for link in sorted(links, key=lambda k: (k.left, k.right, k.kind)):
        found.setdefault(link.left, []).append(link)
        if link.right != link.left:
            found.setdefault(link.right, []).append(link)
    return {side: tuple(k) for side, k in found.items()}


def count(
    claims: Iterable[Claim],
    links: Iterable[Link] | Mapping[str, Sequence[Link]],
    *,
    reports: Iterable[Report] | Mapping[str, Report] = (),
    statements: Iterable[Statement] | Mapping[str, Statement] = (),
    speaker_of: Mapping[str, str | None] | None = None,
    beat: Beat | None = None,
    inside: Mapping[str, Sequence[Statement]] | None = None,
    key_of: Mapping[str, str] | None = None,
) -> Origins:
    """The origins of claims on one position, with bounds; the order of claims, links and records does not matter.

    Ready-made, for many counts: `links` as `by_side` gives them, mappings for records, `inside` as `children` gives it
    (statement id → statements reported inside it; else it is found anew, each time). `key_of` (entity id → key in the
    beat) tells who heads or belongs to what. What `reports`, `statements`, `speaker_of` or `beat` do not hold is
    unknown, and never adds independence.
    """
    wanted = sorted({c.id: c for c in claims}.values(), key=lambda c: c.id)
    texts = reports if isinstance(reports, Mapping) else {r.id: r for r in reports}
    said = statements if isinstance(statements, Mapping) else {s.id: s for s in statements}
    sides = links if isinstance(links, Mapping) else by_side(links)
    inner = inside if inside is not None else children(said.values())
    voices = [voice(c, texts, said, inner, speaker_of or {}, beat) for c in wanted]
    if beat is not None and key_of:
        voices = [placed(v, key_of, beat) for v in voices]
    folds = [f for rule in RULES for f in rule(voices, sides)]
    high, shown = _components(len(voices), [f for f in folds if f.link.shown])
    low, may = _components(len(voices), [f for f in folds if not f.link.shown and f.rests is None], start=high)
    low, last = _rested(high, low, [(f, f.rests) for f in folds if f.rests is not None])
    names = tuple(c.id for c in wanted)
    groups_low, groups_high = _groups(low, names), _groups(high, names)
    return Origins(
        low=len(groups_low), high=len(groups_high), claims=names, groups_low=groups_low, groups_high=groups_high,
        foldings=tuple(_with_names(f.link, beat) for f in (*shown, *may, *last)),
    )  # fmt: skip


def _with_names(link: Link, beat: Beat | None) -> Link:
    """The link with names in its reason where a rule put keys."""

    def name(m: re.Match[str]) -> str:
        row = (beat.outlet_of(m[1]) or beat.entity_of(m[1])) if beat is not None else None
        return m[1] if row is None else row.name

    return replace(link, reason=KEY.sub(name, link.reason)) if KEY.search(link.reason) else link


def _components(n: int, folds: Iterable[Fold], start: Sequence[int] = ()) -> tuple[list[int], list[Fold]]:
    """For each number the least number joined with it, and the folds that joined something not joined before."""
    joined = Joined(start or range(n))
    used = [fold for fold in folds if joined.join(fold.a, fold.b)]
    return joined.roots(), used


def _rested(high: list[int], low: list[int], folds: Sequence[tuple[Fold, int]]) -> tuple[list[int], list[Fold]]:
    """`low` with each origin that may rest on another joined to one, so that it brings no two others together."""
    loose = {high[rests] for _, rests in folds}
    firm = {low[i] for i, origin in enumerate(high) if origin not in loose}
    used = []
    for fold, rests in folds:
        if low[rests] not in firm:
            is_firm = bool({low[fold.a], low[fold.b]} & firm)
            low, new = _components(len(low), [fold], start=low)
            used += new
            firm |= {low[rests]} if is_firm else set()
    return low, used


def _groups(component: Sequence[int], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    found: dict[int, list[str]] = {}
    for i, c in enumerate(component):
        found.setdefault(c, []).append(names[i])
    return tuple(tuple(g) for _, g in sorted(found.items()))
