"""Records → the append-only tables, and derived records → the tables that may be made again.

Each function runs inside one write transaction that `store.Ledger` opens: all of it is stored, or nothing.
"""

from __future__ import annotations

import json
import sqlite3
import zlib

from onrecord.beat import Beat
from onrecord.errors import CheckFailed
from onrecord.ids import digest
from onrecord.ledger.derived import Derived
from onrecord.ledger.passages import unproved
from onrecord.ledger.rows import (
    DERIVED,
    EMPTYING,
    PARTS,
    Row,
    failures,
    packed,
    part_rows,
    reading_hash,
    reading_id,
    report_row,
    rest,
)
from onrecord.records import Decision, Original, Problem, Reading, Report

ZLIB_LEVEL = 6

# The reading of each report that stands in front: the newest one, or one that was asked for again since (`fronted`); of
# those that did not fail, if there is one; recorded by :as_of; for the reports that :only names (NULL: all). A version
# of a page is what stood at one URL in one original; the items of one feed file that share its URL are no versions of
# each other.
EDITED = """coalesce((SELECT max(d.value ->> '$.value') FROM json_each(r.body, '$.dates') d
                   WHERE d.value ->> '$.where' LIKE '%modified%'), '')"""  # what the page says of itself
FRONTED = """(SELECT max({}) FROM fronted f WHERE f.reading = g.seq
      AND (:as_of IS NULL OR substr(f.recorded_at, 1, length(:as_of)) <= :as_of))"""
HEADS = (
    """
WITH asked AS (
  SELECT g.*, coalesce({after}, g.seq) AS after, {turn} AS turn FROM reading g
), newest AS (
  SELECT g.report, g.seq AS reading, g.report_key, i.recorded_at,
    row_number() OVER (PARTITION BY g.report ORDER BY g.failed, g.after DESC, g.turn DESC) AS place
  FROM asked g JOIN intake i ON i.report = g.report
  WHERE (:as_of IS NULL OR (substr(i.recorded_at, 1, length(:as_of)) <= :as_of
                            AND substr(g.recorded_at, 1, length(:as_of)) <= :as_of))
    AND (:only IS NULL OR g.report IN (SELECT value FROM json_each(:only)))
)
SELECT n.report, n.reading, n.report_key, r.url, r.published, n.recorded_at,
  r.original = first_value(r.original) OVER (
    PARTITION BY coalesce(r.url, n.report)
    ORDER BY {edited} DESC, n.recorded_at DESC, coalesce(r.published, '') DESC, n.report DESC)
FROM newest n JOIN report r ON r.key = n.report_key
WHERE n.place = 1
""".replace("{edited}", EDITED)
    .replace("{after}", FRONTED.format("f.after"))
    .replace("{turn}", FRONTED.format("f.seq"))
)
INTO_HEAD = "INSERT INTO head" + HEADS
MEND = """
INSERT INTO mended SELECT id, :at FROM problem
WHERE (coalesce(body ->> '$.place', source) IN (SELECT value FROM json_each(:tried)) OR EXISTS (
    SELECT 1 FROM json_each(:folders) WHERE substr(body ->> '$.place', 1, length(value) + 1) = value || '/'))
  AND id NOT IN (SELECT value FROM json_each(:met))
ON CONFLICT (problem) DO NOTHING
"""
SAME_PAGE = "SELECT DISTINCT id FROM report WHERE id = :report OR url = :url"


def proved(report: Report, reading: Reading) -> None:
    """Raise CheckFailed where the text does not yield the reading: a claim without its exact words cannot be stored."""
    fault = next(unproved(report, reading), None)
    if fault is not None:
        raise CheckFailed(f"report {report.name!r}: {fault[0]}: {fault[1]}", hint="nothing of this report was stored")


def original_row(original: Original, sha256: str) -> Row:
    """The row of original bytes. Raises CheckFailed where they are not what the hash says."""
    if digest(original.data) != sha256:
        raise CheckFailed(f"{original.name}: the original does not have the hash {sha256} that its report names")
    return sha256, len(original.data), zlib.compress(original.data, ZLIB_LEVEL)


def insert(
    db: sqlite3.Connection, original: Original, row: Row | None, report: Report, reading: Reading, recorded_at: str
) -> bool:
    """Store one report with its reading; False where both stood there already. `row` None: the original is stored."""
    if row is not None:
        insert_original(db, row)
    key, columns = report_row(report)
    places = "INSERT INTO report VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (key) DO NOTHING"
    db.execute(places, columns)
    db.execute(
        "INSERT INTO intake VALUES (?,?,?,?,?,?) ON CONFLICT (report) DO NOTHING",
        (report.id, recorded_at, original.name, original.url, original.media_type, original.outlet),
    )
    added = _insert_reading(db, key, report, reading, recorded_at)
    if added:
        refresh_heads(db, report)
    return added


def insert_fronted(db: sqlite3.Connection, report: Report, reading: str, recorded_at: str) -> bool:
    """Put a reading of the report that is kept in front of all others; False where it stands there already."""
    sql = """INSERT INTO fronted SELECT NULL, g.seq, (SELECT max(seq) FROM reading WHERE report = g.report), ?
             FROM reading g JOIN head h ON h.report = g.report WHERE g.id = ? AND h.reading <> g.seq"""
    if db.execute(sql, (recorded_at, reading)).rowcount == 0:
        return False
    refresh_heads(db, report)
    return True


GIVEN = """SELECT (SELECT outlet FROM given WHERE source = ?1 AND outlet IS NOT NULL ORDER BY seq DESC LIMIT 1),
  (SELECT published FROM given WHERE source = ?1 AND published IS NOT NULL ORDER BY seq DESC LIMIT 1)"""


def insert_given(
    db: sqlite3.Connection, source: str, outlet: str | None, published: str | None, recorded_at: str
) -> None:
    """Note what was said of an original, or of a URL."""
    db.execute("INSERT INTO given VALUES (NULL,?,?,?,?)", (source, outlet, published, recorded_at))


FOUND = "SELECT (SELECT place FROM found WHERE report = ?), (SELECT reader FROM asked WHERE version = ?)"


def insert_found(db: sqlite3.Connection, report: Report, place: str | None, version: str, reader: str) -> None:
    """Note where a report was found last, and what the reader of a version is called; nothing else hangs on either."""
    if place is not None:
        db.execute("INSERT OR REPLACE INTO found VALUES (?,?)", (report.id, place))
    db.execute("INSERT OR REPLACE INTO asked VALUES (?,?)", (version, reader))


def insert_original(db: sqlite3.Connection, row: Row) -> None:
    db.execute("INSERT INTO original VALUES (?,?,?) ON CONFLICT (sha256) DO NOTHING", row)


def _insert_reading(db: sqlite3.Connection, key: str, report: Report, reading: Reading, recorded_at: str) -> bool:
    rows = part_rows(report, reading)
    left, failed = rest(reading), failures(reading.problems)
    bodies = (row[-1] for field, *_ in PARTS for row in rows[field])
    cursor = db.execute(
        "INSERT INTO reading VALUES (NULL,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
        (reading_id(key, reading.version, failed), report.id, key, reading.version, recorded_at, bool(failed),
         reading_hash(bodies, left), left),
    )  # fmt: skip
    if cursor.rowcount == 0:
        return False
    seq = cursor.lastrowid
    for field, _, _, sql in PARTS:
        db.executemany(sql, ((seq, *row) for row in rows[field]))
    for problem in reading.problems:
        insert_problem(db, problem, recorded_at)
    return True


def insert_problem(db: sqlite3.Connection, problem: Problem, recorded_at: str) -> None:
    db.execute(
        "INSERT INTO problem VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
        (problem.id, problem.stage, problem.source, problem.report, problem.code, recorded_at, packed(problem)),
    )


def mend(
    db: sqlite3.Connection, tried: tuple[str, ...], folders: tuple[str, ...], met: tuple[str, ...], recorded_at: str
) -> None:
    """Note of the problems whose place was tried again which did not come back: all but `met` (ids)."""
    lists = {"tried": packed_list(tried), "folders": packed_list(folders), "met": packed_list(met)}
    db.execute(MEND, {"at": recorded_at, **lists})
    db.execute("DELETE FROM mended WHERE problem IN (SELECT value FROM json_each(?))", (packed_list(met),))


def insert_mended(db: sqlite3.Connection, problem: Problem, recorded_at: str) -> None:
    """Note of one problem that it did not come back."""
    db.execute("INSERT INTO mended VALUES (?,?) ON CONFLICT (problem) DO NOTHING", (problem.id, recorded_at))


def insert_decision(db: sqlite3.Connection, decision: Decision) -> None:
    row = (decision.id, decision.act, decision.at, packed(decision))
    db.execute("INSERT INTO decision VALUES (?,?,?,?) ON CONFLICT (id) DO NOTHING", row)


def insert_beat(db: sqlite3.Connection, beat: Beat) -> None:
    """Keep the beat, and note its use if another was in use before."""
    db.execute(
        "INSERT INTO beat VALUES (?,?,?) ON CONFLICT (digest) DO NOTHING", (beat.digest, beat.name, packed(beat))
    )
    last = db.execute("SELECT beat FROM beat_use ORDER BY seq DESC LIMIT 1").fetchone()
    if last is None or last[0] != beat.digest:
        db.execute("INSERT INTO beat_use VALUES (NULL, ?)", (beat.digest,))


def refresh_heads(db: sqlite3.Connection, report: Report | None = None) -> None:
    """Make `head` again: for the versions of one report, or for all."""
    if report is None:
        db.execute("DELETE FROM head")
        db.execute(INTO_HEAD, {"as_of": None, "only": None})
        return
    if report.url is None:
        only = (report.id,)
    else:
        found = db.execute(SAME_PAGE, {"report": report.id, "url": report.url})
        only = tuple(row[0] for row in found)
    names = packed_list(only)
    db.execute("DELETE FROM head WHERE report IN (SELECT value FROM json_each(?))", (names,))
    db.execute(INTO_HEAD, {"as_of": None, "only": names})


def packed_list(ids: tuple[str, ...]) -> str:
    """Ids as a JSON array: one SQL parameter for any number of them."""
    return json.dumps(ids)


def replace_derived(db: sqlite3.Connection, derived: Derived, state: tuple[int, ...]) -> None:
    """Put `derived` in the place of all that was derived before; `state` (`View.state`) says of what it was made."""
    db.execute("DELETE FROM derivation")
    db.execute("INSERT INTO derivation VALUES (?)", (json.dumps(state),))
    for sql in EMPTYING:
        db.execute(sql)
    for _, sql, rows in DERIVED:
        db.executemany(sql, rows(derived))
