"""Mentions → entities: which names of which reports are one thing, with a judgement and a reason for each joining.

    group by key, spelling and office → what people judged → rules on likely pairs → short names → entities

Identity is judged, not merged: judgements are recomputed from the referents and from what people decided; a person's
"not the same" cuts what rules would join. Designations that differ in digits or suffix are never joined by rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from onrecord.beat import Beat
from onrecord.records import Decision, Entity, Judgement, Mention, Referent, Verdict
from onrecord.resolve.clusters import Clusters, Node
from onrecord.resolve.entities import entities_of
from onrecord.resolve.judgements import Pair, Standing, standing
from onrecord.resolve.nodes import Group, groups_of
from onrecord.resolve.queue import Asked as Asked
from onrecord.resolve.queue import queue as queue
from onrecord.resolve.traits import difference

if TYPE_CHECKING:  # numpy is read only where names are compared
    from onrecord.resolve.pairs import Compared


def resolve(
    referents: Iterable[Referent],
    mentions: Iterable[Mention],
    *,
    beat: Beat | None,
    decisions: Iterable[Decision] = (),
    published: Mapping[str, str | None] | None = None,
) -> tuple[tuple[Entity, ...], tuple[Judgement, ...]]:
    """Entities, each a set of referents, and the judgements that made them. Independent of the order of reading.

    Decisions of act "judge" name two targets (entity keys, referent ids, or names in any spelling); later ones
    supersede earlier ones, "undo" takes one back. With `published` (report id → EDTF), offices become the
    persons who held them.
    """
    keys = frozenset(e.key for e in beat.entities) if beat is not None else frozenset[str]()
    decided = standing(decisions, keys)
    met = tuple(mentions)
    groups, offices = groups_of(
        referents, beat=beat, published=published or {}, alone=decided.referents, mentions=met
    )  # fmt: skip
    clusters = Clusters(
        {n: g.labels for n, g in groups.items()},
        [pair for _, pair in decided.apart],
        {n: g.traits for n, g in groups.items()},
    )
    made = [j for g in groups.values() for j in _within(g, offices)]
    made += _by_people(decided, groups, clusters)
    made += _by_rules(groups, clusters, frozenset(pair for _, pair in decided.unsure))
    return entities_of(clusters.sets(), groups, met, beat), tuple(sorted(set(made), key=_order))


def _order(j: Judgement) -> tuple[str, str, str, str, str]:
    return j.left, j.right, j.verdict, j.by, j.reason


def _within(group: Group, offices: Mapping[str, str]) -> Iterator[Judgement]:
    """Why the members of one group are one: the beat's key, an office held, or one spelling."""
    kind, what = group.node
    for r in group.members[1:] if group.first not in offices else group.members:
        if r.id in offices:
            rule, why = "office", offices[r.id]
        elif kind == "beat":
            rule, why = "beat-key", f"the beat knows both as “{what}”"
        else:
            rule, why = "spelling", f"both are spelled “{r.name}”"
        yield Judgement(
            left=group.first, right=r.id, verdict=Verdict.SAME, by="rule", reason=f"{rule}: {why}", score=1.0
        )


def _by_people(decided: Standing, groups: Mapping[Node, Group], clusters: Clusters) -> Iterator[Judgement]:
    """Join what people judged the same, newest first; a joining that another judgement forbids is left, and said."""
    known: dict[str, list[Group]] = defaultdict(list)
    for g in groups.values():
        for label in sorted(g.labels):
            known[label].append(g)
    for decision, pair in decided.same:
        for a, b in _crossed(known, pair):
            joined = clusters.join(a.node, b.node, across_keys=True)
            why = decision.reason if joined else f"{decision.reason} (left: another judgement keeps them apart)"
            yield _judgement(a, b, Verdict.SAME if joined else Verdict.UNSURE, decision.by, why, 1.0)
    for decision, pair in (*decided.apart, *decided.unsure):
        for a, b in _crossed(known, pair):
            yield _judgement(a, b, Verdict(decision.value), decision.by, decision.reason, 1.0)


def _crossed(known: Mapping[str, list[Group]], pair: Pair) -> Iterator[tuple[Group, Group]]:
    """Enough pairs of the groups of two labels to bring all of them together."""
    left, right = known.get(pair[0], []), known.get(pair[1], [])
    if left and right:
        yield from ((left[0], b) for b in right if b.node != left[0].node)
        yield from ((a, right[0]) for a in left[1:] if a.node != right[0].node)


def _by_rules(groups: Mapping[Node, Group], clusters: Clusters, unsure: frozenset[Pair]) -> Iterator[Judgement]:
    """Join what rules find, likeliest first; pairs that a person is unsure of are left alone."""
    from onrecord.resolve.pairs import compared
    from onrecord.resolve.rules import Found
    from onrecord.resolve.short_names import join_short

    left = []
    answers = compared(groups.values())
    both = _fitting_both(answers)
    for a, b, rule, found in answers:
        asked = unsure and any(tuple(sorted((x, y))) in unsure for x in a.labels for y in b.labels)
        if asked:
            continue
        names = both.get((a.node, b.node)) if found.verdict == Verdict.SAME else None
        if names is not None:
            why = f"“{names[0]}” fits {' and '.join(f'“{n}”' for n in names[1:])}, who may be two: which is it"
            left.append((a, b, "namesakes", Found(Verdict.UNSURE, why, found.score)))
        elif found.verdict == Verdict.SAME and clusters.join(a.node, b.node):
            yield _judgement(a, b, Verdict.SAME, "rule", f"{rule}: {found.reason}", found.score)
        elif found.verdict != Verdict.SAME:
            left.append((a, b, rule, found))
    for a, b, rule, found in [*join_short(groups.values(), clusters), *left]:
        is_open = clusters.may_join(a.node, b.node) and not clusters.together(a.node, b.node)
        is_open = is_open or (rule == "namesakes" and not clusters.together(a.node, b.node))
        if found.verdict == Verdict.SAME or is_open:
            yield _judgement(a, b, found.verdict, "rule", f"{rule}: {found.reason}", found.score)


def _fitting_both(answers: Iterable[Compared]) -> dict[tuple[Node, Node], tuple[str, ...]]:
    """Pairs that are alike where one of them is also like somebody else of the name: the one and those it fits."""
    alike: dict[Node, dict[Node, tuple[Group, Group]]] = defaultdict(dict)
    rivals: dict[Node, set[Node]] = defaultdict(set)
    for a, b, rule, found in answers:
        if found.verdict == Verdict.SAME:
            alike[a.node][b.node], alike[b.node][a.node] = (a, b), (b, a)
        elif rule == "namesakes" and difference(a.traits, b.traits) is not None:
            rivals[a.node].add(b.node)
            rivals[b.node].add(a.node)
    out: dict[tuple[Node, Node], tuple[str, ...]] = {}
    for node, others in alike.items():
        torn = sorted(n for n in others if not rivals[n].isdisjoint(others)) if rivals else []
        for other in torn:
            names = (others[other][0].name, *dict.fromkeys(others[n][1].name for n in torn))
            out[node, other] = out[other, node] = names
    return out


def _judgement(a: Group, b: Group, verdict: Verdict, by: str, reason: str, score: float) -> Judgement:
    left, right = sorted((a.first, b.first))
    return Judgement(left=left, right=right, verdict=verdict, by=by, reason=reason, score=round(score, 4))
