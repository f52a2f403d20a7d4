"""Claims → links between outlets that agree again and again on values which few others give (values.py).

Only what outlets say in their own voice counts: that two carry one minister's figure shows nothing about the two. What
stands in copied words is linked already and counts once, for the first report that has it. The links only may fold: a
habit of copying makes no single claim a copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from onrecord.beat import Beat
from onrecord.edtf import first_day
from onrecord.records import (
    Anonymity,
    Claim,
    DateValue,
    EntityValue,
    EventValue,
    Link,
    LinkKind,
    Report,
    Statement,
    TextValue,
)  # fmt: skip
from onrecord.trace.families import publisher
from onrecord.trace.values import COMMON, Shared, shared_values

Given = dict[tuple[str, str], dict[str, Claim]]  # (source, item) → value → the first claim that gives it

UNTYPED = "says"  # property of claims that the beat has no name for: their values are sentences


def agreements(
    claims: Iterable[Claim],
    *,
    reports: Mapping[str, Report],
    statements: Mapping[str, Statement],
    entity_of: Mapping[str, str],
    beat: Beat | None,
    copies: Iterable[Link] = (),
) -> list[Link]:
    """Links between reports of outlets whose shared rare values show that one copies the other, or both a third."""
    copied = {link.right if link.origin == link.left else link.left for link in copies if link.origin is not None}
    given: Given = {}
    own = (c for c in claims if _is_own(c, statements) and c.report in reports and c.report not in copied)
    for c in sorted(own, key=lambda c: (str(first_day(reports[c.report].published)), c.id)):
        source, item = _source(reports[c.report], beat), _item(c, reports[c.report], entity_of)
        if source is not None and item is not None:
            given.setdefault((source, item), {}).setdefault(_value(c, entity_of), c)
    rows = [(source, item, value) for (source, item), values in given.items() for value in values]
    return [link for pair in shared_values(_busy(rows)) for link in _links(pair, given, reports)]


def _is_own(c: Claim, statements: Mapping[str, Statement]) -> bool:
    said = statements.get(c.statement) if c.statement is not None else None
    return c.statement is None or (said is not None and said.anonymity is Anonymity.OUTLET)


def _source(report: Report, beat: Beat | None) -> str | None:
    """The publisher: outlets of one house are one source."""
    row = beat.outlet_of(report.outlet) if beat is not None else None
    if row is not None and beat is not None:
        return publisher(row, beat)
    return report.outlet.casefold() if report.outlet else None


def _item(c: Claim, report: Report, entity_of: Mapping[str, str]) -> str | None:
    """What a claim gives a value for, and when: values change, so two months are two items."""
    subject = entity_of.get(c.subject) if c.subject is not None else None
    when = c.holds_at or (report.published or "")[:7]
    if subject is None or c.property == UNTYPED or isinstance(c.value, TextValue) or not when:
        return None
    return msgspec.json.encode((subject, c.property, c.scope, when)).decode()


def _value(c: Claim, entity_of: Mapping[str, str]) -> str:
    value = c.value
    if isinstance(value, EntityValue):
        named: object = sorted(entity_of.get(e, e) for e in value.entities)
    elif isinstance(value, EventValue):
        named = [entity_of.get(e, e) if e is not None else None for e in (value.entity, value.place)] + [value.date]
    else:
        named = value.date if isinstance(value, DateValue) else value
    return msgspec.json.encode((named, c.polarity), order="deterministic").decode()


def _busy(rows: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The rows of sources with enough items: of the others nothing can be said, and they are most."""
    rows = list(rows)
    items: dict[str, set[str]] = {}
    for source, item, _ in rows:
        items.setdefault(source, set()).add(item)
    return [row for row in rows if len(items[row[0]]) >= COMMON]


def _links(pair: Shared, given: Given, reports: Mapping[str, Report]) -> Iterator[Link]:
    """A link for each value on which the two sources agree: between the first reports that gave it."""
    items = sorted(item for source, item in given if source == pair.left)
    rare = set(pair.rare)
    for item in sorted(items, key=lambda i: (i not in rare, i)):
        ours, theirs = given[pair.left, item], given.get((pair.right, item), {})
        for value in sorted(ours.keys() & theirs.keys()):
            yield _link(pair, ours[value], theirs[value], reports, item in rare)


def _link(pair: Shared, a: Claim, b: Claim, reports: Mapping[str, Report], rare: bool) -> Link:
    left, right = sorted((a, b), key=lambda c: c.report)
    days = [first_day(reports[c.report].published) for c in (a, b)]
    earlier = None
    if days[0] is not None and days[1] is not None and days[0] != days[1]:
        earlier = (a, b)[days[1] < days[0]].report
    also = ", this one among them" if rare else ""
    return Link(
        left=left.report, right=right.report, kind=LinkKind.COPY, shown=False, score=pair.rate, origin=earlier,
        reason=f"perhaps copied: {pair.reason}{also}", left_passages=left.evidence, right_passages=right.evidence,
    )  # fmt: skip
