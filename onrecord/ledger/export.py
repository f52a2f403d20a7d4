"""A view → plain JSON Lines files, one for each kind of record, sorted: enough to make the ledger again (`restore`).

Each line is the record as stored; what the record does not say itself (its reading, when it was recorded) comes first
on the line. Lines of one reading stand together, and readings in the order of their reports' ids, so that reading them
back needs little memory. Columns that can be computed are not written.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

import msgspec

from onrecord.ledger.clock import moment
from onrecord.ledger.derived import Derived
from onrecord.ledger.rows import BODIES, PARTS
from onrecord.ledger.view import View

Line = tuple[str, str]  # table, JSON

BY = ":as_of IS NULL OR substr({}, 1, length(:as_of)) <= :as_of"
RECORDED = "SELECT report FROM intake WHERE " + BY.format("recorded_at")
READINGS = (
    "SELECT seq, id, report, report_key, version, recorded_at, body,"
    " row_number() OVER (PARTITION BY report ORDER BY seq) AS place"
    " FROM reading WHERE report IN (" + RECORDED + ") AND (" + BY.format("recorded_at") + ") ORDER BY report, place"
)
REPORTS = "SELECT key, body, name, text FROM report WHERE id IN (" + RECORDED + ") ORDER BY id, key"
INTAKE = (
    "SELECT report, recorded_at, source, url, media_type, outlet FROM intake WHERE "
    + BY.format("recorded_at")
    + " ORDER BY report"
)
ORIGINALS = (
    "SELECT sha256, data FROM original WHERE sha256 IN (SELECT original FROM report WHERE id IN ("
    + RECORDED
    + ")) ORDER BY sha256"
)
FRONTED = (
    "SELECT g.id, a.id, f.recorded_at FROM fronted f JOIN reading g ON g.seq = f.reading"
    " JOIN reading a ON a.seq = f.after WHERE g.report IN (" + RECORDED + ") AND (" + BY.format("f.recorded_at")
    + ") ORDER BY g.report, f.seq"
)  # fmt: skip
GIVEN = (
    "SELECT source, outlet, published, recorded_at FROM given WHERE "
    + BY.format("recorded_at")
    + (" ORDER BY source, seq")
)
PROBLEMS = (
    """SELECT p.recorded_at, m.recorded_at, p.body FROM problem p LEFT JOIN mended m ON m.problem = p.id AND ("""
    + BY.format("m.recorded_at")
    + ") WHERE "
    + BY.format("p.recorded_at")
    + " ORDER BY p.id"
)


def export(view: View, target: Path | str | TextIO) -> dict[str, int]:
    """Lines written for each table: into files of a folder, or into one stream, each line naming its `table`."""
    if not isinstance(target, Path | str):
        return _write_stream(view, target)
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys(TABLES, 0)
    part = {t: folder / f"{t}.jsonl.part" for t in TABLES}  # so that half an export is never taken for one
    with ExitStack() as stack:
        files = {t: stack.enter_context(path.open("w", encoding="utf-8")) for t, path in part.items()}
        for table, line in lines(view):
            files[table].write(line + "\n")
            counts[table] += 1
    for path in part.values():
        path.replace(path.with_suffix(""))
    return counts


def _write_stream(view: View, stream: TextIO) -> dict[str, int]:
    counts = dict.fromkeys(TABLES, 0)
    for table, line in lines(view):
        stream.write(_with(line, table=table) + "\n")
        counts[table] += 1
    return counts


def _with(body: str, **first: Any) -> str:
    """A record's JSON with more fields before its own."""
    return json.dumps(first, ensure_ascii=False, separators=(",", ":"))[:-1] + ("" if body == "{}" else ",") + body[1:]


# ---------------------------------------------------------------- out

LATER = ("given", "fronted")  # what exports of earlier versions do not have
KEPT = (
    "original", "report", "intake", "reading", *(table for _, table, _, _ in PARTS), *LATER, "problem", "decision",
    "beat",
)  # fmt: skip
DERIVED = ("entity", "judgement", "link", "position", "origins", "standing", "conflict", "change", "due", "hedge")
TABLES = (*KEPT, *DERIVED)


def lines(view: View) -> Iterator[Line]:
    """Every line of an export of `view`. With `as_of`, what was recorded by then, and what the view derives from it."""
    db, values = view.connection, {"as_of": None if view.as_of is None else moment(view.as_of)}
    for sha256, data in db.execute(ORIGINALS, values):
        yield "original", _with("{}", sha256=sha256, data=b64encode(zlib.decompress(data)).decode())
    for key, body, name, text in db.execute(REPORTS, values):
        # the stored body leaves name and text empty: they are columns
        record = json.loads(body) | {"name": name, "text": text}
        yield "report", _with(json.dumps(record, ensure_ascii=False, separators=(",", ":")), key=key)
    names = ("report", "recorded_at", "source", "url", "media_type", "outlet")
    for row in db.execute(INTAKE, values):
        yield "intake", _with("{}", **dict(zip(names, row, strict=True)))
    yield from _readings(db, values)
    for source, outlet, published, at in db.execute(GIVEN, values):
        yield "given", _with("{}", source=source, outlet=outlet, published=published, recorded_at=at)
    for reading, after, at in db.execute(FRONTED, values):
        yield "fronted", _with("{}", reading=reading, after=after, recorded_at=at)
    for at, mended_at, body in db.execute(PROBLEMS, values):
        yield "problem", _with(body, recorded_at=at, mended_at=mended_at)
    for d in sorted(view.decisions(), key=lambda d: d.id):
        yield "decision", _json(d)
    for (body,) in db.execute("SELECT b.body FROM beat_use u JOIN beat b ON b.digest = u.beat ORDER BY u.seq"):
        yield "beat", body
    yield from _derived(view.derived())


def _readings(db: sqlite3.Connection, values: dict[str, Any]) -> Iterator[Line]:
    for seq, id, report, key, version, at, left, _ in db.execute(READINGS, values):
        first = {"id": id, "report": report, "report_key": key, "version": version, "recorded_at": at}
        yield "reading", _with(left, **first)
        for _, table, _, _ in PARTS:
            for (body,) in db.execute(BODIES[table], (seq,)):
                yield table, _with(body, reading=id)


def _derived(d: Derived) -> Iterator[Line]:
    plain: tuple[tuple[str, Iterable[msgspec.Struct]], ...] = (
        ("entity", d.entities), ("judgement", d.judgements), ("link", d.links), ("position", d.positions),
        ("conflict", d.conflicts), ("change", d.changes), ("due", d.dues), ("hedge", d.hedges),
    )  # fmt: skip
    for table, records in plain:
        for record in records:
            yield table, _json(record)
    for position, counted in sorted(d.origins.items()):
        yield "origins", _with(_json(counted), position=position)
    for position, standing in sorted(d.standings.items()):
        yield "standing", _with("{}", position=position, standing=list(standing))


def _json(record: msgspec.Struct) -> str:
    return msgspec.json.encode(record).decode()
