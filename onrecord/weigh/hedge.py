"""Told claims → hedge losses: a value that was hedged stands bare in a later retelling.

Hedges: a modality below asserted ("may reach", "is expected to", "doubts that"), "about" before a figure, and an
open comparator ("up to"). A later claim with the same figure retells an earlier one where their origins fold
(a copy, a credit line, one speech), or where it has the same speaker, or is told in an outlet's own voice.
A second named speaker is a second opinion, not a retelling. Plans that became facts are due items, not losses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from onrecord.ids import content_id
from onrecord.records import Claim, HedgeLoss, Modality, MoneyValue, Origins, Passage, QuantityValue, Value
from onrecord.weigh.positions import Item, group_items
from onrecord.weigh.told import Ground, Key, Side, Told

SOFT = (Modality.POSSIBLE, Modality.PREDICTED, Modality.DOUBTED)
BARE = (Modality.ASSERTED,)

Count = Callable[[Sequence[Claim]], Origins]


def hedges(found: Iterable[Told], ground: Ground, origins: Count) -> tuple[HedgeLoss, ...]:
    """One loss per hedged claim's figure and place where the hedge fell off first, sorted by id."""
    groups: dict[Key, list[Told]] = defaultdict(list)
    for t in found:
        if t.side is not Side.AGAINST and ground.typed(t.claim.property) is not None:
            groups[t.key].append(t)
    made = (
        loss for group in groups.values() for same in _same_figure(group) for loss in _losses(same, ground, origins)
    )
    return tuple(sorted(made, key=lambda h: h.id))


def _same_figure(group: Sequence[Told]) -> list[list[Told]]:
    """Claims of one figure, hedged or bare, in order of publication."""
    items: dict[Item, list[Told]] = defaultdict(list)
    for t in group:
        items[_bare(t.value), None].append(t)
    return [sorted((t for i in g for t in items[i]), key=lambda t: t.order) for g in group_items(items, 0.0)]


def _bare(value: Value) -> Value:
    """The figure without "about" and "up to": retellings of one figure, however hedged, are one group."""
    if isinstance(value, QuantityValue):
        low, high = _figure(value)
        return QuantityValue(low=low, high=high, unit=value.unit)
    if isinstance(value, MoneyValue):
        low, high = _figure(value)
        return MoneyValue(low=low, high=high, currency=value.currency)
    return value


def _figure(value: QuantityValue | MoneyValue) -> tuple[float | None, float | None]:
    low = value.high if value.low is None else value.low
    return low, (low if value.high is None else value.high)


def markers(t: Told) -> frozenset[str]:
    """The hedges that a claim carries."""
    found = {"modality"} if t.claim.modality in SOFT else set[str]()
    value = t.value
    if isinstance(value, QuantityValue | MoneyValue):
        found |= {"about"} if value.approximate else set()
        found |= {"limit"} if value.comparator != "=" else set()
    return frozenset(found)


def _losses(group: Sequence[Told], ground: Ground, origins: Count) -> list[HedgeLoss]:
    """Each hedged claim with the next retelling that lost its hedge; one loss per claim that lost one."""
    if not any(markers(t) for t in group) or not any(t.claim.modality in BARE for t in group):
        return []
    folded = _folded(group, origins)
    losses: dict[str, HedgeLoss] = {}
    for i, hedged in enumerate(group):
        bare = next((t for t in group[i + 1 :] if _retells(hedged, t, folded)), None)
        if bare is not None and bare.id not in losses:
            losses[bare.id] = _loss(group, hedged, bare, folded, ground)
    return list(losses.values())


def _folded(group: Sequence[Told], origins: Count) -> dict[str, int]:
    """For each claim the origin it may share with others (everything that may depend is folded)."""
    counted = origins(tuple(t.claim for t in sorted(group, key=lambda t: t.id)))
    return {c: n for n, ids in enumerate(counted.groups_low) for c in ids}


def _retells(hedged: Told, bare: Told, folded: dict[str, int]) -> bool:
    lost = markers(hedged) - markers(bare)
    if not lost or markers(bare) - markers(hedged) or bare.claim.modality not in BARE:
        return False
    if hedged.day is None or bare.day is None or bare.day < hedged.day or bare.claim.report == hedged.claim.report:
        return False
    return _linked(hedged, bare, folded) or (
        bare.day > hedged.day and (not bare.named or bare.speaker == hedged.speaker)
    )


def _linked(a: Told, b: Told, folded: dict[str, int]) -> bool:
    return a.id in folded and folded.get(a.id) == folded.get(b.id)


def _loss(group: Sequence[Told], hedged: Told, bare: Told, folded: dict[str, int], ground: Ground) -> HedgeLoss:
    chain = [t for t in group if hedged.order <= t.order <= bare.order]
    marker = _marker(hedged, markers(hedged) - markers(bare), ground)
    how = "retells it, as shown by a link" if _linked(hedged, bare, folded) else "comes later; no link shows a copy"
    return HedgeLoss(
        id=content_id("hl", hedged.id, bare.id),
        subject=hedged.subject,
        property=hedged.claim.property,
        claims=tuple(t.id for t in chain),
        lost_at=bare.id,
        marker=marker,
        why=f"the report without “{marker}” {how}",
    )


def _marker(hedged: Told, lost: frozenset[str], ground: Ground) -> str:
    """The words that fell off: the claim's markers, or the start of its value up to the figure."""
    report = ground.reports.get(hedged.claim.report)
    text = "" if report is None else report.text
    if "modality" in lost:
        found = " … ".join(text[p.start : p.end] for p in hedged.claim.markers)
        return found or hedged.claim.modality.value
    return _before_figure(text, hedged.claim.value_passage) or " ".join(sorted(lost))


def _before_figure(text: str, passage: Passage | None) -> str:
    if passage is None:
        return ""
    words = text[passage.start : passage.end]
    digit = next((i for i, c in enumerate(words) if c.isdigit()), 0)
    return words[:digit].strip()
