"""Judgements that are unsure → what to ask a person first: the one whose answer would move most claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.records import Claim, Entity, EntityValue, Judgement, Record, Verdict


class Asked(Record, frozen=True, kw_only=True):
    """One question for a person: are these two one thing? `claims` is how many claims the answer "same" would move."""

    left: str  # entity id
    right: str
    names: tuple[str, str]
    claims: int
    judgement: Judgement


def queue(judgements: Iterable[Judgement], entities: Sequence[Entity], claims: Iterable[Claim]) -> tuple[Asked, ...]:
    """Unsure judgements between two entities, most claims first; each pair of entities once, with its likeliest reason.

    Joining moves the claims of the smaller side: those with it as subject or value.
    """
    entity_of = {r: e for e in entities for r in e.referents}
    weight = _claims_of(claims, {r: e.id for r, e in entity_of.items()})
    best: dict[tuple[str, str], Asked] = {}
    for j in sorted(judgements, key=lambda j: (-j.score, j.left, j.right, j.reason)):
        a, b = entity_of.get(j.left), entity_of.get(j.right)
        if j.verdict != Verdict.UNSURE or a is None or b is None or a.id == b.id:
            continue
        a, b = sorted((a, b), key=lambda e: e.id)
        moved = min(weight[a.id], weight[b.id])
        best.setdefault((a.id, b.id), Asked(left=a.id, right=b.id, names=(a.name, b.name), claims=moved, judgement=j))
    return tuple(sorted(best.values(), key=lambda q: (-q.claims, -q.judgement.score, q.left, q.right)))


def _claims_of(claims: Iterable[Claim], entity_of: dict[str, str]) -> Counter[str]:
    """How many claims each entity bears."""
    count: Counter[str] = Counter()
    for c in claims:
        bearers = {c.subject} | (set(c.value.entities) if isinstance(c.value, EntityValue) else set())
        count.update({entity_of[r] for r in bearers if r is not None and r in entity_of})
    return count
