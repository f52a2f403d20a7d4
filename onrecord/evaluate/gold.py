"""Gold files → one shape: spans, values and who speaks, whichever of the two formats they are written in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.errors import WrongCall

Span = tuple[int, int]
Spans = tuple[Span, ...]
UNNAMED = {"unnamed_group", "requested", "unspecified", "group"}


class Said(NamedTuple):
    """One attribution: content, speaker (entity id of the gold, None where it is not known) and source words."""

    id: str
    content: Spans
    speaker: str | None
    source: Spans
    unnamed: bool


class Figure(NamedTuple):
    span: Span
    value: Any  # quantities: (low, high, unit, comparator); dates: EDTF; None: vague, must not be found or missed


class Claimed(NamedTuple):
    evidence: Spans
    property: str
    modality: str
    said: str | None  # id of the attribution
    subject: str | None


class Gold(NamedTuple):
    """What should be taken from one report."""

    id: str
    path: Path
    furniture: Spans
    names: tuple[tuple[Span, str], ...]  # named mentions: span and entity
    quantities: tuple[Figure, ...]
    dates: tuple[Figure, ...]
    statements: tuple[Said, ...]
    claims: tuple[Claimed, ...]


def load_gold(folder: Path) -> list[Gold]:
    """Gold of every NNN.json in the folder that annotates a report. Raises WrongCall where one cannot be understood."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text("utf-8"))
            if "mentions" in data and "claims" in data:
                found.append(parse(data, path))
        except (ValueError, KeyError, TypeError) as e:
            raise WrongCall(f"{path}: not gold of a known format: {type(e).__name__} {e}") from None
    return found


def parse(data: dict[str, Any], path: Path) -> Gold:
    """Gold from either format: `attributions` tell the guide's, `statements` the exchange format."""
    guide = "attributions" in data
    return Gold(
        id=path.stem,
        path=path,
        furniture=spans(data.get("boilerplate" if guide else "furniture") or ()),
        names=tuple(name(m, guide) for m in data["mentions"] if m.get("form", "named") not in ("nominal", "pronoun")),
        quantities=tuple(quantity(q) for q in data["quantities"]),
        dates=tuple(date(d) for d in data["dates"]),
        statements=tuple(
            said(s) for s in data["attributions" if guide else "statements"] if s.get("anonymity") != "outlet"
        ),
        claims=tuple(claimed(c) for c in data["claims"] if not c.get("duplicate_of")),
    )


def spans(rows: Any) -> Spans:
    return tuple((r[0], r[1]) if not isinstance(r, dict) else (r["start"], r["end"]) for r in rows)


def name(m: dict[str, Any], guide: bool) -> tuple[Span, str]:
    return (m["start"], m["end"]), m["entity_id" if guide else "entity"]


def quantity(q: dict[str, Any]) -> Figure:
    if q.get("vague"):
        return Figure((q["start"], q["end"]), None)
    value = q.get("value")
    low, high = (value if isinstance(value, list) else (value, value)) if "value" in q else (q["low"], q["high"])
    return Figure((q["start"], q["end"]), (low, high, q.get("unit"), q.get("comparator", "=")))


def date(d: dict[str, Any]) -> Figure:
    return Figure((d["start"], d["end"]), None if d.get("vague") else d["value"])


def said(s: dict[str, Any]) -> Said:
    if "content_spans" in s:
        source: Spans = ((s["source_start"], s["source_end"]),) if s.get("source_start") is not None else ()
        content, speaker = spans(s["content_spans"]), s["speaker_entity_id"]
    else:
        source, content, speaker = spans(s["speaker"] or ()), spans(s["content"]), s["speaker_entity"]
    return Said(s["id"], content, speaker, source, s["anonymity"] in UNNAMED or s["anonymity"] == "unnamed")


def claimed(c: dict[str, Any]) -> Claimed:
    modality = "asserted" if c["modality"] == "past" else c["modality"]
    return Claimed(
        spans(c["evidence"]), c["property"], modality, c.get("attribution_id", c.get("statement")), c["subject"]
    )
