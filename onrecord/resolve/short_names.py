"""Surnames and initials → the full name they stand for, where only one can be meant.

A short name means nothing outside its report. It joins the one full name of its report that has the surname and fits
the initials, else the one on record, else, where there is none, that name in other reports. Two that fit: unsure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.records import Kind, Verdict
from onrecord.resolve import compare
from onrecord.resolve.blocking import skeletons
from onrecord.resolve.clusters import Clusters
from onrecord.resolve.nodes import Group
from onrecord.resolve.rules import JOIN, Found

MANY = 10  # candidates of one short name that are listed as unsure
Judged = tuple[Group, Group, str, Found]


def join_short(groups: Iterable[Group], clusters: Clusters) -> Iterator[Judged]:
    """Join short names in `clusters`; what was judged, with its rule."""
    ordered = list(groups)
    full = _by_skeleton(g for g in ordered if g.kind == Kind.PERSON and not g.short and g.members[0].named)
    fitting: dict[tuple[str, tuple[str, ...]], list[Group]] = {}
    homeless: dict[str, list[Group]] = defaultdict(list)
    for s in (g for g in ordered if g.short):
        asked = (s.parts.words[0], s.parts.initials)
        if asked not in fitting:
            fitting[asked] = _fitting(s, full)
        fits = [g for g in fitting[asked] if clusters.may_join(s.node, g.node)]
        here = [g for g in fits if s.reports & g.reports]
        chosen, rule, where = (here, "surname-in-report", "in this report") if here else (fits, "surname", "on record")
        if not chosen:
            homeless[s.node[1]].append(s)
        elif len({clusters.root(g.node) for g in chosen}) == 1:
            clusters.join(s.node, chosen[0].node)
            why = f"“{s.name}” can only be “{chosen[0].name}”: no other full name {where} fits it"
            yield s, chosen[0], rule, Found(Verdict.SAME, why, 0.9)
        else:
            for g in chosen[:MANY]:
                why = f"“{s.name}” may be “{g.name}”, or another of {len(chosen)} full names {where}"
                yield s, g, rule, Found(Verdict.UNSURE, why, 0.5)
    for same in homeless.values():
        for s in same[1:]:
            if clusters.join(same[0].node, s.node):
                yield (
                    same[0],
                    s,
                    "short-name",
                    Found(Verdict.SAME, f"“{s.name}”, and no full name on record fits it", 0.7),
                )


def _by_skeleton(groups: Iterable[Group]) -> dict[str, list[tuple[str, Group]]]:
    """Consonants of a word of a full name → that word, with its group."""
    out: dict[str, list[tuple[str, Group]]] = defaultdict(list)
    for g in groups:
        words = g.parts.words
        if len(words) > 1:
            for w in sorted({words[-1], words[0]}) if "," in g.name else [words[-1]]:
                for k in skeletons(w):
                    out[k].append((w, g))
    return out


def _fitting(s: Group, full: dict[str, list[tuple[str, Group]]]) -> list[Group]:
    """Full names with the surname of `s`, and given names for its initials."""
    surname = s.parts.words[0]
    found = {(w, g.node): g for k in skeletons(surname) for w, g in full.get(k, ()) if _initials_fit(s, g, w)}
    near = [(w, g) for (w, _), g in sorted(found.items(), key=lambda kv: kv[0])]
    exact = [g for w, g in near if w == surname]
    if exact:
        return exact
    scores = compare.scores([(surname, w) for w, _ in near], [Kind.PERSON] * len(near))
    return [g for (_, g), score in zip(near, scores, strict=True) if score >= JOIN]


def _initials_fit(s: Group, g: Group, surname: str) -> bool:
    if not s.parts.initials:
        return True
    others = [w[0] for w in (*g.parts.words, *g.parts.patronymics) if w != surname] + list(g.parts.initials)
    return all(c in others for c in s.parts.initials)
