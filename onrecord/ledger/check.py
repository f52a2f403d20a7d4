"""A ledger → what in it is not as it was stored: files against their hashes, passages against their texts."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from onrecord.beat import Beat
from onrecord.ids import digest
from onrecord.ledger import write
from onrecord.ledger.passages import unproved
from onrecord.ledger.rows import (
    BODIES,
    DERIVED,
    PARTS,
    Rest,
    Row,
    failures,
    part_rows,
    reading_hash,
    reading_id,
    report_of,
    report_row,
)
from onrecord.ledger.store import Ledger
from onrecord.ledger.view import View
from onrecord.records import Decision, Problem, Reading, Record, Report


class Fault(Record, frozen=True, kw_only=True):
    """One thing that is not as it was stored."""

    table: str
    id: str
    detail: str


Faults = Iterator[Fault]


def check(ledger: Ledger) -> tuple[Fault, ...]:
    """Everything that is wrong with the ledger, in order of the tables; empty where it is sound."""
    return tuple(fault for name, find in CHECKS for fault in _guarded(name, find, ledger.connection))


def _guarded(name: str, find: Callable[[sqlite3.Connection], Faults], db: sqlite3.Connection) -> Faults:
    """The faults of one check; where it cannot be finished, that too is a fault and the others go on."""
    try:
        yield from find(db)
    except (sqlite3.DatabaseError, msgspec.DecodeError, ValueError) as e:
        yield Fault(table=name, id="", detail=f"cannot be read: {e}")


def _file(db: sqlite3.Connection) -> Faults:
    for (answer,) in db.execute("PRAGMA integrity_check"):
        if answer != "ok":
            yield Fault(table="sqlite", id="", detail=answer)
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Fault(table=table, id=f"row {row}", detail=f"leads to nothing in {parent}")


def _originals(db: sqlite3.Connection) -> Faults:
    for sha256, size, packed in db.execute("SELECT sha256, size, data FROM original ORDER BY sha256"):
        try:
            data = zlib.decompress(packed)
        except zlib.error as e:
            yield Fault(table="original", id=sha256, detail=f"cannot be unpacked: {e}")
            continue
        if digest(data) != sha256 or len(data) != size:
            yield Fault(table="original", id=sha256, detail="the bytes are not those of its hash")


MANY = {"application/rss+xml", "application/json", "application/jsonl"}  # files whose items have ids of their own bytes


def _reports(db: sqlite3.Connection) -> Faults:
    columns = """key, id, name, url, original, outlet, domain, published, published_first, published_last, title, text,
                 body"""
    sizes = dict(db.execute("SELECT original, count(*) FROM report GROUP BY original"))
    for row in db.execute(f"SELECT {columns} FROM report ORDER BY seq"):
        try:
            report = report_of(row[-1], row[2], row[-2])
        except msgspec.DecodeError as e:
            yield Fault(table="report", id=row[1], detail=f"cannot be read: {e}")
            continue
        if report_row(report)[1] != row:
            yield Fault(table="report", id=row[1], detail="its columns or its key are not those of its text and record")
        parts = range(sizes[report.original])
        if report.media_type not in MANY and not any(
            Report.make_id(report.url, report.original, part) == report.id for part in parts
        ):
            yield Fault(table="report", id=row[1], detail="its id is not that of its URL and original")


def _readings(db: sqlite3.Connection) -> Faults:
    sql = """SELECT g.seq, g.id, g.version, g.sha256, g.report, g.failed, g.body, r.key, r.name, r.text, r.body
             FROM reading g JOIN report r ON r.key = g.report_key ORDER BY g.seq"""
    for seq, id, version, sha256, of, failed, left, key, name, text, body in db.execute(sql):
        bodies = {table: [row[0] for row in db.execute(BODIES[table], (seq,))] for _, table, _, _ in PARTS}
        if reading_hash((b for _, table, _, _ in PARTS for b in bodies[table]), left) != sha256:
            yield Fault(table="reading", id=id, detail=f"the records read from {of} are not those stored first")
        try:
            reading, report = _reading(of, version, left, bodies), report_of(body, name, text)
            broke = failures(reading.problems)
        except msgspec.DecodeError as e:
            yield Fault(table="reading", id=id, detail=f"cannot be read: {e}")
            continue
        if reading_id(key, version, broke) != id or bool(broke) != failed:
            yield Fault(table="reading", id=id, detail="its id is not that of its report and version")
        for record, detail in unproved(report, reading):
            yield Fault(table="reading", id=record, detail=detail)
        yield from _columns(db, seq, report, reading)


def _reading(report: str, version: str, left: str, bodies: dict[str, list[str]]) -> Reading:
    rest = msgspec.json.decode(left, type=Rest)
    parts: dict[str, Any] = {}
    for field, table, kind, _ in PARTS:
        decode = msgspec.json.Decoder(kind).decode
        parts[field] = tuple(decode(b) for b in bodies[table])
    return Reading(report=report, version=version, refusals=rest.refusals, problems=rest.problems, **parts)


STORED = {
    "referent": "SELECT * FROM referent WHERE reading = ? ORDER BY nth",
    "mention": "SELECT * FROM mention WHERE reading = ? ORDER BY nth",
    "quantity": "SELECT * FROM quantity WHERE reading = ? ORDER BY nth",
    "date": "SELECT * FROM date WHERE reading = ? ORDER BY nth",
    "statement": "SELECT * FROM statement WHERE reading = ? ORDER BY nth",
    "claim": "SELECT * FROM claim WHERE reading = ? ORDER BY nth",
}
NUMBERED = {"statement", "claim"}  # tables whose first column is a row number of their own


def _columns(db: sqlite3.Connection, seq: int, report: Report, reading: Reading) -> Faults:
    """Columns that do not say what the record beside them says: queries would find other rows than they show."""
    expected = part_rows(report, reading)
    for field, table, _, _ in PARTS:
        skip = 2 if table in NUMBERED else 1
        rows = [row[skip:] for row in db.execute(STORED[table], (seq,))]
        for row, right in zip(rows, expected[field], strict=False):
            if not _same(row, right):
                yield Fault(table=table, id=row[1], detail="its columns are not those of its record")


def _same(row: Row, right: Row) -> bool:
    """Equal but for the body, whose bytes the reading's hash proves."""
    return row[:-1] == right[:-1]


def _small(db: sqlite3.Connection) -> Faults:
    """Problems, decisions, beats; readings asked for again."""
    for (seq,) in db.execute(
        """SELECT f.seq FROM fronted f JOIN reading g ON g.seq = f.reading JOIN reading a ON a.seq = f.after
           WHERE a.report <> g.report ORDER BY f.seq"""
    ):
        yield Fault(table="fronted", id=f"row {seq}", detail="its readings are of two reports")
    for id, body in db.execute("SELECT id, body FROM problem ORDER BY id"):
        p = msgspec.json.decode(body, type=Problem)
        if Problem.of(p.stage, p.source, p.code, p.detail, report=p.report).id != id or p.id != id:
            yield Fault(table="problem", id=id, detail="its id is not that of its content")
    for id, act, at, body in db.execute("SELECT id, act, at, body FROM decision ORDER BY id"):
        d = msgspec.json.decode(body, type=Decision)
        if (d.id, d.act, d.at) != (id, act, at):
            yield Fault(table="decision", id=id, detail="its columns are not those of its record")
    for id, body in db.execute("SELECT digest, body FROM beat ORDER BY digest"):
        msgspec.json.decode(body, type=Beat)
        if hashlib.sha256(body.encode()).hexdigest()[: len(id)] != id:
            yield Fault(table="beat", id=id, detail="its digest is not that of its content")


LOOSE = {  # what of the derived records leads nowhere
    "entity": "SELECT DISTINCT entity FROM entity_member WHERE referent NOT IN (SELECT id FROM referent)",
    "position": """SELECT DISTINCT position FROM position_claim WHERE claim NOT IN (SELECT id FROM claim)
                   UNION SELECT id FROM position
                   WHERE subject IS NOT NULL AND subject NOT IN (SELECT id FROM entity)""",
    "origins": """SELECT DISTINCT position FROM origins, json_each(body, '$.claims')
                  WHERE value NOT IN (SELECT id FROM claim)""",
    "link": """SELECT left || ' ' || right FROM link
               WHERE (left NOT IN (SELECT id FROM report) AND left NOT IN (SELECT id FROM statement))
                  OR (right NOT IN (SELECT id FROM report) AND right NOT IN (SELECT id FROM statement))""",
    "conflict": """SELECT DISTINCT conflict.id FROM conflict, json_each(body, '$.positions')
                   WHERE value NOT IN (SELECT id FROM position)""",
    "change": """SELECT id FROM change WHERE body ->> '$.before' NOT IN (SELECT id FROM position)
                 OR body ->> '$.after' NOT IN (SELECT id FROM position)""",
    "due": "SELECT DISTINCT due.id FROM due, json_each(body, '$.claims') WHERE value NOT IN (SELECT id FROM claim)",
    "hedge": """SELECT DISTINCT hedge.id FROM hedge, json_each(body, '$.claims')
                WHERE value NOT IN (SELECT id FROM claim)""",
}
ALL_ROWS = {
    "entity": "SELECT * FROM entity", "entity_member": "SELECT * FROM entity_member",
    "entity_name": "SELECT * FROM entity_name", "judgement": "SELECT * FROM judgement", "link": "SELECT * FROM link",
    "position": "SELECT * FROM position", "position_claim": "SELECT * FROM position_claim",
    "origins": "SELECT * FROM origins", "standing": "SELECT * FROM standing", "conflict": "SELECT * FROM conflict",
    "change": "SELECT * FROM change", "due": "SELECT * FROM due", "hedge": "SELECT * FROM hedge",
}  # fmt: skip


def _derived(db: sqlite3.Connection) -> Faults:
    for table, sql in LOOSE.items():
        for (id,) in db.execute(sql):
            yield Fault(table=table, id=id, detail="names something that is not on record")
    derived = View(db).derived()
    for table, _, rows in DERIVED:
        if {tuple(row) for row in rows(derived)} != set(db.execute(ALL_ROWS[table])):
            yield Fault(table=table, id="", detail="its rows are not those of the records: derive again")


INDEXES = {
    "report": "INSERT INTO report_fts (report_fts, rank) VALUES ('integrity-check', 1)",
    "statement": "INSERT INTO statement_fts (statement_fts, rank) VALUES ('integrity-check', 1)",
    "claim": "INSERT INTO claim_fts (claim_fts, rank) VALUES ('integrity-check', 1)",
}


def _words(db: sqlite3.Connection) -> Faults:
    for table, sql in INDEXES.items():
        try:
            db.execute(sql)
        except sqlite3.DatabaseError as e:
            if getattr(e, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY:
                return  # SQLite proves an index by a write: on a disk that takes none, words are found but not proved
            if getattr(e, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            yield Fault(table=f"{table}_fts", id="", detail="the full-text index is not that of the stored words")


def _heads(db: sqlite3.Connection) -> Faults:
    right = set(db.execute(write.HEADS, {"as_of": None, "only": None}))
    for row in sorted(right ^ set(db.execute("SELECT * FROM head")), key=json.dumps):
        yield Fault(table="head", id=row[0], detail="is not the newest reading or version: rebuild")
        return


CHECKS: tuple[tuple[str, Callable[[sqlite3.Connection], Faults]], ...] = (
    ("sqlite", _file),
    ("original", _originals),
    ("report", _reports),
    ("reading", _readings),
    ("problem, decision, beat", _small),
    ("derived", _derived),
    ("full text", _words),
    ("head", _heads),
)
