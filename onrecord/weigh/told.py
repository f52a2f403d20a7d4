"""Claims → what weighing asks of each: whose, about what entity, on which side, said when. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

import msgspec

from onrecord import edtf
from onrecord.beat import Beat, BeatProperty
from onrecord.records import Claim, DateValue, EntityValue, EventValue, Modality, Polarity, Report, Statement, Value
from onrecord.weigh.values import compatible, same_figure

TAKEN_BACK, PUT_RIGHT = "claims.taken-back", "claims.put-right"  # rules of claims of a correction
Key = tuple[str | None, str, str | None]  # subject entity, property, scope


class Side(StrEnum):
    """What a claim does with its value. Claims of two sides are never one position."""

    HELD = "held"  # asserted or possible: it is so
    AHEAD = "ahead"  # planned, ordered, predicted: it is to be so
    OPEN = "open"  # doubted without leaning: a question
    AGAINST = "against"  # denied or negated: it is not so


AHEAD = (Modality.PLANNED, Modality.ORDERED, Modality.PREDICTED)
FIRMNESS = (  # firmest first
    Modality.ASSERTED, Modality.DENIED, Modality.ORDERED, Modality.PLANNED, Modality.PREDICTED, Modality.POSSIBLE,
    Modality.DOUBTED,
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A claim with its entities resolved. `day` is the publication day; None: not known, sorted last."""

    claim: Claim
    subject: str | None
    value: Value  # entity values hold entity ids
    side: Side
    speaker: str  # entity id, or "outlet:…" for the own voice, "unnamed:…" per report
    named: bool  # whether `speaker` is an entity
    day: date | None
    withdrawn: date | None = None  # the day a later version of its report stood without it

    @property
    def takes_back(self) -> bool:
        """Whether it says that a figure that was told is wrong: "not 420 m", "an earlier version gave 420 m"."""
        return self.claim.because.rule == TAKEN_BACK

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def key(self) -> Key:
        return self.subject, self.claim.property, self.claim.scope

    @cached_property
    def order(self) -> tuple[date, str, int, str]:
        """Sort key: publication, then place in the report."""
        return self.day or date.max, self.claim.report, min((p.start for p in self.claim.evidence), default=0), self.id

    @cached_property
    def stood(self) -> date | None:
        """When the words stood, for what came before what: a report of March that tells what was planned in January
        tells a plan of January. The publication date where the text gives no time."""
        dated = self.claim.holds_at if isinstance(self.value, DateValue | EventValue) else None
        told = edtf.first_day(self.claim.said_at) or edtf.first_day(dated)
        if told is None or self.day is None:
            return told or self.day
        return min(told, self.day)

    @property
    def on(self) -> str | None:
        return None if self.day is None else self.day.isoformat()


@dataclass(frozen=True)
class Ground:
    """What stands still while claims are weighed. No rule below looks anywhere else."""

    entity_of: Mapping[str, str]
    reports: Mapping[str, Report]
    statements: Mapping[str, Statement]
    beat: Beat | None
    today: date
    superseded: frozenset[str]
    properties: dict[str, BeatProperty] = field(default_factory=dict)
    key_of: Mapping[str, str] = field(default_factory=dict)  # entity id -> the beat's key

    def typed(self, name: str) -> BeatProperty | None:
        return self.properties.get(name)

    def words(self, told: Told) -> str:
        """The evidence of a claim as it stands in its report."""
        report = self.reports.get(told.claim.report)
        return "" if report is None else " … ".join(report.text[p.start : p.end] for p in told.claim.evidence)

    def tolerance(self, name: str) -> float:
        found = self.properties.get(name)
        return 0.0 if found is None else found.tolerance


def told(claims: Iterable[Claim], ground: Ground) -> tuple[Told, ...]:
    """Every claim once, in order of publication, each marked where a later version of its report left it out."""
    unique = {c.id: c for c in claims}
    found = tuple(sorted((_told(c, ground) for c in unique.values()), key=lambda t: t.order))
    return _marked(found, ground)


def _told(claim: Claim, ground: Ground) -> Told:
    report = ground.reports.get(claim.report)
    speaker, named = _speaker(claim, report, ground)
    return Told(
        claim=claim,
        subject=None if claim.subject is None else ground.entity_of.get(claim.subject, claim.subject),
        value=_value(claim.value, ground.entity_of),
        side=_side(claim),
        speaker=speaker,
        named=named,
        day=edtf.first_day(report.published) if report is not None else None,
    )


def _side(claim: Claim) -> Side:
    if claim.polarity is Polarity.NEGATIVE or claim.modality is Modality.DENIED:
        return Side.AGAINST
    if claim.modality is Modality.DOUBTED:
        return Side.OPEN
    return Side.AHEAD if claim.modality in AHEAD else Side.HELD


def _value(value: Value, entity_of: Mapping[str, str]) -> Value:
    if isinstance(value, EntityValue):
        return EntityValue(entities=tuple(sorted({entity_of.get(e, e) for e in value.entities})))
    if isinstance(value, EventValue):
        entity, place = (None if x is None else entity_of.get(x, x) for x in (value.entity, value.place))
        return msgspec.structs.replace(value, entity=entity, place=place)
    return value


def _speaker(claim: Claim, report: Report | None, ground: Ground) -> tuple[str, bool]:
    """Who stands behind the claim: the person, else the outlet; an unnamed source is someone else in each report."""
    statement = None if claim.statement is None else ground.statements.get(claim.statement)
    if statement is not None and statement.speaker is not None:
        return ground.entity_of.get(statement.speaker, statement.speaker), True
    if claim.statement is not None:
        return f"unnamed:{claim.report}", False
    name = None if report is None else report.outlet
    outlet = None if ground.beat is None else ground.beat.outlet_of(name)
    return f"outlet:{outlet.key if outlet is not None else name or claim.report}", False


def _marked(found: tuple[Told, ...], ground: Ground) -> tuple[Told, ...]:
    """Claims of older versions that the current version no longer makes are withdrawn on the day of that version, those
    that a correction takes back on the day of the correction."""
    current = {_place(r): r for _, r in sorted(ground.reports.items()) if r.id not in ground.superseded}
    kept: dict[tuple[str, Key, Side], list[Value]] = {}
    for t in found:
        report = ground.reports.get(t.claim.report)
        if report is not None and report.id not in ground.superseded:
            kept.setdefault((_place(report), t.key, t.side), []).append(t.value)
    return _taken_back(tuple(_mark(t, current, kept, ground) for t in found), ground)


def _taken_back(found: tuple[Told, ...], ground: Ground) -> tuple[Told, ...]:
    """Claims whose own voice later corrects them are withdrawn on the day of the correction.

    "Not 420 m" takes back 420 m; "the correct figure is 240 m" whatever else that voice gave, where one can be right.
    """
    mends: dict[tuple[Key, str], list[Told]] = {}
    for t in found:
        if t.claim.because.rule in (TAKEN_BACK, PUT_RIGHT) and t.day is not None and t.withdrawn is None:
            mends.setdefault((t.key, t.speaker), []).append(t)
    return tuple(_withdrawn(t, mends.get((t.key, t.speaker), ()), ground) for t in found) if mends else found


def _withdrawn(t: Told, mends: Iterable[Told], ground: Ground) -> Told:
    if t.withdrawn is not None or t.side is not Side.HELD:
        return t  # "in June, not in May" of a plan: the date slipped
    tolerance, property = ground.tolerance(t.key[1]), ground.typed(t.key[1])
    for m in mends:
        if m.order <= t.order or m.claim.report == t.claim.report:
            continue
        fits = compatible(t.value, m.value, tolerance)
        single = property is not None and property.single
        if (m.takes_back and fits is True) or (not m.takes_back and single and fits is False):
            return replace(t, withdrawn=m.day)
    return t


def _mark(t: Told, current: dict[str, Report], kept: dict[tuple[str, Key, Side], list[Value]], ground: Ground) -> Told:
    report = ground.reports.get(t.claim.report)
    if report is None or report.id not in ground.superseded or _place(report) not in current:
        return t
    if any(same_figure(t.value, v) for v in kept.get((_place(report), t.key, t.side), ())):
        return t
    on = edtf.first_day(current[_place(report)].published) or t.day or ground.today
    return replace(t, withdrawn=on)


def _place(report: Report) -> str:
    """Where versions of one report stand: the URL, or the file name where there is none."""
    return report.url or report.name
