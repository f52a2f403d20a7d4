"""Records ↔ rows: which columns stand beside the JSON of each kind of record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from onrecord.ids import content_id
from onrecord.ledger.clock import span
from onrecord.ledger.derived import Derived
from onrecord.ledger.spelling import domain, folded
from onrecord.records import (
    Claim,
    Mention,
    Passages,
    Problem,
    Quantity,
    Reading,
    Referent,
    Refusal,
    Report,
    Statement,
    When,
)

Row = tuple[Any, ...]
CRASH = "crash"  # code of the Problem that stands in a reading which broke down


class Rest(msgspec.Struct, frozen=True, kw_only=True):
    """What of a reading has no table of its own."""

    refusals: tuple[Refusal, ...] = ()
    problems: tuple[Problem, ...] = ()


# Tables whose rows belong to one reading, in the order in which they enter its hash: (field, table, record, insert).
PARTS: tuple[tuple[str, str, type[Any], str], ...] = (
    ("referents", "referent", Referent, "INSERT INTO referent VALUES (?,?,?,?,?,?,?)"),
    ("mentions", "mention", Mention, "INSERT INTO mention VALUES (?,?,?,?,?)"),
    ("quantities", "quantity", Quantity, "INSERT INTO quantity VALUES (?,?,?,?,?,?,?)"),
    ("dates", "date", When, "INSERT INTO date VALUES (?,?,?,?,?)"),
    ("statements", "statement", Statement, "INSERT INTO statement VALUES (NULL,?,?,?,?,?,?,?,?,?,?)"),
    ("claims", "claim", Claim, "INSERT INTO claim VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
)
BODIES = {
    "referent": "SELECT body FROM referent WHERE reading = ? ORDER BY nth",
    "mention": "SELECT body FROM mention WHERE reading = ? ORDER BY nth",
    "quantity": "SELECT body FROM quantity WHERE reading = ? ORDER BY nth",
    "date": "SELECT body FROM date WHERE reading = ? ORDER BY nth",
    "statement": "SELECT body FROM statement WHERE reading = ? ORDER BY nth",
    "claim": "SELECT body FROM claim WHERE reading = ? ORDER BY nth",
}


def packed(record: msgspec.Struct) -> str:
    """The JSON under which a record is stored: same record, same text."""
    return msgspec.json.encode(record).decode()


def report_row(report: Report) -> tuple[str, Row]:
    """(key, row without `seq`). The key covers all but the name, which is for people."""
    body = packed(msgspec.structs.replace(report, name="", text=""))
    key = report_key(body, report.text)
    outlet = None if report.outlet is None else folded(report.outlet)
    return key, (
        key, report.id, report.name, report.url, report.original, outlet, domain(report.url),
        report.published, *span(report.published), report.title, report.text, body,
    )  # fmt: skip


def report_key(body: str, text: str) -> str:
    """Content hash of a report as it was read."""
    return content_id("k", body, text)


def report_of(body: str, name: str, text: str) -> Report:
    """The report of a row."""
    return msgspec.structs.replace(msgspec.json.decode(body, type=Report), name=name, text=text)


def reading_id(key: str, version: str, failures: tuple[str, ...] = ()) -> str:
    """Same text, same version of extract, reader and beat: same reading; but one that failed is another."""
    return content_id("g", key, version, *failures)


def failures(problems: Iterable[Problem]) -> tuple[str, ...]:
    """What the reader broke down on; empty for a reading that was made to its end."""
    return tuple(sorted(p.detail for p in problems if p.code == CRASH))


def rest(reading: Reading) -> str:
    return packed(Rest(refusals=reading.refusals, problems=reading.problems))


def part_rows(report: Report, reading: Reading) -> dict[str, list[Row]]:
    """Rows of a reading by field, each without its leading reading number; the last column is the body."""
    said = {s.id: span(s.said_at) for s in reading.statements}
    return {
        "referents": [(n, r.id, r.kind, r.key, folded(r.name), packed(r)) for n, r in enumerate(reading.referents)],
        "mentions": [(n, m.id, m.referent, packed(m)) for n, m in enumerate(reading.mentions)],
        "quantities": [(n, q.id, q.unit, q.low, q.high, packed(q)) for n, q in enumerate(reading.quantities)],
        "dates": [(n, w.id, w.value, packed(w)) for n, w in enumerate(reading.dates)],
        "statements": [
            (n, s.id, s.speaker, s.parent, s.anonymity, *said[s.id], words(report.text, s.content), packed(s))
            for n, s in enumerate(reading.statements)
        ],
        "claims": [
            (
                n, c.id, c.statement, c.subject, c.property, c.scope, c.polarity, c.modality,
                *(span(c.said_at) if c.said_at is not None else said.get(c.statement or "", (None, None))),
                *span(c.holds_at), words(report.text, c.evidence), packed(c),
            )
            for n, c in enumerate(reading.claims)
        ],
    }  # fmt: skip


def words(text: str, passages: Passages) -> str:
    """The passages' words, in order, with a sign between them that no word is."""
    return " … ".join(text[p.start : p.end] for p in passages)


def reading_hash(bodies: Iterable[str], rest: str) -> str:
    """SHA-256 over the JSON of all records of a reading, in order of PARTS."""
    h = hashlib.sha256(rest.encode())
    for body in bodies:
        h.update(b"\n")
        h.update(body.encode())
    return h.hexdigest()


# ---------------------------------------------------------------- derived

DerivedRows = Callable[[Derived], Iterator[Row]]


def _entity_names(d: Derived) -> Iterator[Row]:
    for e in d.entities:
        for name in sorted({folded(n) for n in (e.name, *e.names, *([e.key] if e.key is not None else []))} - {""}):
            yield name, e.id


# Table → insert and its rows, in the order in which foreign keys allow inserting.
DERIVED: tuple[tuple[str, str, DerivedRows], ...] = (
    ("entity", "INSERT INTO entity VALUES (?,?,?,?,?)",
     lambda d: ((e.id, e.kind, e.name, e.key, packed(e)) for e in d.entities)),
    ("entity_member", "INSERT INTO entity_member VALUES (?,?)",
     lambda d: ((r, e.id) for e in d.entities for r in e.referents)),
    ("entity_name", "INSERT INTO entity_name VALUES (?,?)", _entity_names),
    ("judgement", "INSERT INTO judgement VALUES (?,?,?,?)",
     lambda d: ((n, j.left, j.right, packed(j)) for n, j in enumerate(d.judgements))),
    ("link", "INSERT INTO link VALUES (?,?,?,?,?)",
     lambda d: ((n, x.left, x.right, x.kind, packed(x)) for n, x in enumerate(d.links))),
    ("position", "INSERT INTO position VALUES (?,?,?,?)",
     lambda d: ((p.id, p.subject, p.property, packed(p)) for p in d.positions)),
    ("position_claim", "INSERT INTO position_claim VALUES (?,?)",
     lambda d: ((p.id, c) for p in d.positions for c in dict.fromkeys(p.claims))),
    ("origins", "INSERT INTO origins VALUES (?,?,?,?)",
     lambda d: ((p, o.low, o.high, packed(o)) for p, o in sorted(d.origins.items()))),
    ("standing", "INSERT INTO standing VALUES (?,?,?)",
     lambda d: ((p, n, s) for p, found in sorted(d.standings.items()) for n, s in enumerate(found))),
    ("conflict", "INSERT INTO conflict VALUES (?,?,?,?)",
     lambda d: ((x.id, x.subject, x.property, packed(x)) for x in d.conflicts)),
    ("change", "INSERT INTO change VALUES (?,?,?,?)",
     lambda d: ((x.id, x.subject, x.property, packed(x)) for x in d.changes)),
    ("due", "INSERT INTO due VALUES (?,?,?,?,?)",
     lambda d: ((x.id, x.subject, x.property, x.state, packed(x)) for x in d.dues)),
    ("hedge", "INSERT INTO hedge VALUES (?,?,?,?)",
     lambda d: ((x.id, x.subject, x.property, packed(x)) for x in d.hedges)),
)  # fmt: skip
# Emptied in this order, members before what they belong to.
EMPTYING = (
    "DELETE FROM entity_member", "DELETE FROM entity_name", "DELETE FROM entity", "DELETE FROM judgement",
    "DELETE FROM link", "DELETE FROM position_claim", "DELETE FROM origins", "DELETE FROM standing",
    "DELETE FROM position", "DELETE FROM conflict", "DELETE FROM change", "DELETE FROM due", "DELETE FROM hedge",
)  # fmt: skip
