"""Reading + report → the JSON object that `onrecord read --json` prints: one report, offsets in code points, free ids.

The shape: mentions, entities, quantities, dates, statements and claims; the outlet's own voice is claims without a
statement.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from onrecord.records import (
    Claim,
    DateValue,
    EntityValue,
    EventValue,
    Kind,
    Mention,
    MoneyValue,
    Passages,
    Quantity,
    QuantityValue,
    Reading,
    Referent,
    Report,
    Statement,
    StateValue,
    TextValue,
    Value,
)

Json = dict[str, Any]


def record(reading: Reading, report: Report) -> Json:
    """The report and its reading in the exchange format."""
    return {
        "id": PurePosixPath(report.name).stem,
        "title": report.title,
        "published": report.published,
        "language": report.language,
        "furniture": _spans(report.furniture),
        "mentions": [_mention(m) for m in reading.mentions],
        "entities": [_entity(r) for r in reading.referents],
        "quantities": [_quantity(q) for q in reading.quantities if q.low is not None or q.high is not None],
        "dates": [{"start": d.passage.start, "end": d.passage.end, "value": d.value} for d in reading.dates],
        "statements": [_statement(s) for s in reading.statements],
        "claims": [_claim(c) for c in reading.claims],
    }


def _spans(passages: Passages) -> list[list[int]]:
    return [[p.start, p.end] for p in passages]


def _mention(m: Mention) -> Json:
    out: Json = {"start": m.passage.start, "end": m.passage.end, "entity": m.referent, "form": str(m.form)}
    return out if m.kind is Kind.UNSURE else out | {"kind": str(m.kind)}


def _entity(r: Referent) -> Json:
    kind = None if r.kind is Kind.UNSURE else str(r.kind)
    return {"id": r.id, "kind": kind, "name": r.name, "key": r.key, "named": r.named, "roles": list(r.roles)}


def _quantity(q: Quantity) -> Json:
    return {
        "start": q.passage.start, "end": q.passage.end, "low": q.low, "high": q.high, "unit": q.unit,
        "comparator": str(q.comparator), "approximate": q.approximate,
    }  # fmt: skip


def _statement(s: Statement) -> Json:
    return {
        "id": s.id,
        "speaker_entity": s.speaker,
        "speaker": _spans(s.speaker_passages) or None,
        "cue": _spans(s.cue) or None,
        "content": _spans(s.content),
        "via": list(s.via),
        "parent": s.parent,
        "anonymity": str(s.anonymity),
        "directness": str(s.directness),
        "sort": str(s.sort),
        "said_at": s.said_at,
    }


def _claim(c: Claim) -> Json:
    return {
        "id": c.id,
        "statement": c.statement,
        "evidence": _spans(c.evidence),
        "subject": c.subject,
        "property": c.property,
        "value": _value(c.value),
        "polarity": str(c.polarity),
        "modality": str(c.modality),
        "markers": _spans(c.markers),
        "holds_at": c.holds_at,
        "said_at": c.said_at,
        "rule": c.because.rule,
        **({"scope": c.scope} if c.scope is not None else {}),
    }


def _value(v: Value) -> Json:
    match v:
        case QuantityValue():
            return {"type": "quantity", **_bounds(v), "unit": v.unit}
        case MoneyValue():
            return {"type": "money", **_bounds(v), "currency": v.currency}
        case EntityValue():
            return {"type": "entity", "entities": list(v.entities)}
        case DateValue():
            return {"type": "date", "date": v.date}
        case EventValue():
            return {"type": "event", "entity": v.entity, "date": v.date, "place": v.place}
        case StateValue():
            return {"type": "state", "state": v.state}
        case TextValue():
            return {"type": "text", "text": v.text}


def _bounds(v: QuantityValue | MoneyValue) -> Json:
    return {"low": v.low, "high": v.high, "comparator": str(v.comparator), "approximate": v.approximate}
