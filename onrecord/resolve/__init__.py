"""Mentions → entities: which names of which reports are one thing, with a judgement and a reason for each joining.

Identity is judged, not merged: judgements are recomputed from the referents and from what people decided; a person's
"not the same" cuts what rules would join. Designations that differ in digits or suffix are never joined by rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from onrecord.beat import Beat
from onrecord.ids import content_id
from onrecord.records import Decision, Entity, Judgement, Kind, Mention, Referent, Verdict
from onrecord.resolve.clusters import Clusters
from onrecord.resolve.keys import name_key


def resolve(
    referents: Iterable[Referent], mentions: Iterable[Mention], *, beat: Beat | None, decisions: Iterable[Decision] = ()
) -> tuple[tuple[Entity, ...], tuple[Judgement, ...]]:
    """Entities, each a set of referents, and the judgements that made them. Independent of the order of reading.

    Decisions of act "judge" name two targets (entity keys or names, any spelling); later ones supersede earlier ones.
    """
    ordered = sorted(referents, key=lambda r: r.id)
    groups: dict[tuple[str, str], list[Referent]] = defaultdict(list)
    for r in ordered:
        groups[_group(r)].append(r)
    apart, together = _decided(decisions)
    clusters = Clusters(sorted(groups), apart)
    judgements = [
        Judgement(left=g[0].id, right=r.id, verdict=Verdict.SAME, by="rule", reason=f"{how}: {what}", score=1.0)
        for (how, what), g in sorted(groups.items())
        for r in g[1:]
    ]
    for decision, left, right in together:
        for a in sorted(groups):
            for b in sorted(groups):
                if a < b and {left, right} == {_label(a, groups), _label(b, groups)} and clusters.join(a, b):
                    judgements.append(_judged(decision, groups[a][0], groups[b][0]))
    spellings = _spellings(mentions)
    entities = [
        _entity([r for g in cluster for r in groups[g]], spellings, beat) for cluster in clusters.sets() if cluster
    ]
    return tuple(sorted(entities, key=lambda e: e.id)), tuple(judgements)


def _group(r: Referent) -> tuple[str, str]:
    """What joins referents by rule: the beat's key, else kind and folded name; unnamed ones stay by themselves."""
    if r.key is not None:
        return "beat", r.key
    if not r.named:
        return "alone", r.id
    return f"name of {r.kind}", name_key(r.name)


def _label(group: tuple[str, str], groups: dict[tuple[str, str], list[Referent]]) -> str:
    return group[1] if group[0] == "beat" else name_key(groups[group][0].name)


def _decided(
    decisions: Iterable[Decision],
) -> tuple[frozenset[frozenset[str]], list[tuple[Decision, str, str]]]:
    """Pairs kept apart, and pairs to join, by the newest decision on each pair."""
    newest: dict[frozenset[str], Decision] = {}
    undone = {d.value for d in decisions if d.act == "undo"}
    for d in sorted(decisions, key=lambda d: (d.at, d.id)):
        if d.act == "judge" and len(d.target) == 2 and d.id not in undone:
            newest[frozenset(t if ":" in t else name_key(t) for t in d.target)] = d
    apart = frozenset(pair for pair, d in newest.items() if d.value == Verdict.NOT_SAME)
    together = [(d, min(p), max(p)) for p, d in newest.items() if d.value == Verdict.SAME and len(p) == 2]
    return apart, sorted(together, key=lambda t: t[0].id)


def _judged(d: Decision, a: Referent, b: Referent) -> Judgement:
    return Judgement(left=a.id, right=b.id, verdict=Verdict.SAME, by=d.by, reason=d.reason, score=1.0)


def _spellings(mentions: Iterable[Mention]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for m in mentions:
        if m.form == "named":
            found[m.referent][m.text] += 1
    return found


def _entity(members: list[Referent], spellings: dict[str, Counter[str]], beat: Beat | None) -> Entity:
    key = min((r.key for r in members if r.key is not None), default=None)
    row = beat.entity_of(key) if beat is not None and key is not None else None
    count: Counter[str] = Counter()
    for r in members:
        count.update(spellings.get(r.id, Counter({r.name: 1})))
    names = tuple(n for n, _ in sorted(count.items(), key=lambda kv: (-kv[1], kv[0])))
    name = row.name if row is not None else max(names, key=lambda n: (len(n.split()) > 1, count[n], len(n), n))
    kind = row.kind if row is not None else Counter(r.kind for r in members).most_common(1)[0][0]
    ident = key if key is not None else min(r.id for r in members) if not members[0].named else name_key(name)
    return Entity(
        id=content_id("e", Kind(kind), ident), kind=Kind(kind), name=name, names=names, key=key,
        referents=tuple(sorted(r.id for r in members)),
    )  # fmt: skip
