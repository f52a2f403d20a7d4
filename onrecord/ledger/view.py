"""A ledger → the records that answer a question. Reads only; the same question on the same ledger, the same answer."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import msgspec

from onrecord.beat import Beat, BeatOutlet
from onrecord.errors import NotFound
from onrecord.ledger import find, write
from onrecord.ledger.clock import moment
from onrecord.ledger.derived import Derived
from onrecord.ledger.filters import Built, Filter, claims_sql, match, reports_sql, statements_sql
from onrecord.ledger.rows import DERIVED, Rest, report_of
from onrecord.ledger.spelling import domain
from onrecord.ledger.view_derived import DerivedView, R
from onrecord.records import (
    Claim,
    Decision,
    Mention,
    Original,
    Passage,
    Problem,
    Quantity,
    Reading,
    Record,
    Referent,
    Report,
    Statement,
    When,
)

EVERYTHING = Filter()
CANDIDATES = 5000  # newest texts that are ranked: very common words would cost half a second
SNIPPET = 24  # words

BY_PUBLICATION = " ORDER BY h.published IS NULL, h.published, h.report"
OPEN = "FROM problem WHERE id NOT IN (SELECT problem FROM mended)"
COUNTED = {
    "reports": "SELECT count(*) FROM head",
    "current reports": "SELECT count(*) FROM head WHERE latest",
    "statements": "SELECT count(*) FROM statement JOIN head USING (reading)",
    "claims": "SELECT count(*) FROM claim JOIN head USING (reading)",
    "mentions": "SELECT count(*) FROM mention JOIN head USING (reading)",
    "referents": "SELECT count(*) FROM referent JOIN head USING (reading)",
    "quantities": "SELECT count(*) FROM quantity JOIN head USING (reading)",
    "dates": "SELECT count(*) FROM date JOIN head USING (reading)",
    "readings": "SELECT count(*) FROM reading",
    "originals": "SELECT count(*) FROM original",
    "problems": f"SELECT count(*) {OPEN}",
    "decisions": "SELECT count(*) FROM decision",
    "entities": "SELECT count(*) FROM entity",
    "judgements": "SELECT count(*) FROM judgement",
    "links": "SELECT count(*) FROM link",
    "positions": "SELECT count(*) FROM position",
    "conflicts": "SELECT count(*) FROM conflict",
    "changes": "SELECT count(*) FROM change",
    "dues": "SELECT count(*) FROM due",
    "hedges": "SELECT count(*) FROM hedge",
}


class Hit(Record, frozen=True, kw_only=True):
    """A report that holds the words searched for; lower scores are better, as BM25 in SQLite counts."""

    report: str
    title: str | None
    published: str | None
    snippet: str  # the words found stand between « and »
    score: float


class View(DerivedView):
    """What a ledger holds. With `as_of`, only what it had recorded by then."""

    def __init__(self, connection: sqlite3.Connection, *, as_of: str | None = None, own: bool = False) -> None:
        super().__init__(connection)
        self.as_of = as_of
        self._own = own  # the connection is this view's: tables may lie over the ledger's, and `close` closes it
        self._beat: tuple[int, Beat | None] = (-1, None)
        if as_of is not None:
            self._limit(moment(as_of))

    def __enter__(self) -> View:
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._own:
            self.connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Answers from one moment, whatever other processes add meanwhile: for work that needs many of them."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")  # nothing was written

    def state(self) -> tuple[int, ...]:
        """Changes whenever something is kept from which other records are derived."""
        sql = """SELECT (SELECT coalesce(max(seq), 0) FROM reading) + (SELECT coalesce(max(seq), 0) FROM fronted),
                        (SELECT count(*) FROM decision),
                        (SELECT coalesce(max(seq), 0) FROM beat_use)"""
        return tuple(self.connection.execute(sql).fetchone())

    def behind(self) -> bool:
        """Whether more was kept since entities, positions and all that follows were last derived."""
        made = self._row("SELECT state FROM derivation")
        return self.state() != (0, 0, 0) and (made is None or tuple(json.loads(made[0])) != self.state())

    def overlay(self, derived: Derived) -> None:
        """Answer from `derived` in place of what the ledger derived last: in this view only. For views with `as_of`."""
        assert self._own, "only a view with `as_of` has tables of its own"
        for table, sql, rows in DERIVED:
            self._over(table)
            self.connection.executemany(sql, rows(derived))

    # ------------------------------------------------------------ reports

    def report(self, id: str) -> Report:
        """The report, as its newest reading saw it. Raises NotFound."""
        sql = "SELECT r.body, r.name, r.text FROM head h JOIN report r ON r.key = h.report_key WHERE h.report = ?"
        row = self._row(sql, id)
        if row is None:
            raise NotFound(f"no report {id!r} on record")
        return report_of(*row)

    def reports(self, filter: Filter = EVERYTHING) -> tuple[Report, ...]:
        """Reports by publication date as found, undated ones last."""
        sql, values = self._built(reports_sql, filter)
        rows = self.connection.execute(f"SELECT r.body, r.name, r.text {sql}{BY_PUBLICATION}", values)
        return tuple(report_of(*row) for row in rows)

    def report_ids(self, filter: Filter = EVERYTHING) -> tuple[str, ...]:
        """Ids of `reports`, without reading their texts."""
        sql, values = self._built(reports_sql, filter)
        return self._column(f"SELECT h.report {sql}{BY_PUBLICATION}", values)

    def count_reports(self, filter: Filter = EVERYTHING) -> int:
        """How many reports were looked at: the denominator of an empty answer."""
        sql, values = self._built(reports_sql, filter)
        return int(self.connection.execute(f"SELECT count(*) {sql}", values).fetchone()[0])

    def text(self, report: str, passage: Passage) -> str:
        """The stored words of a passage."""
        size = passage.end - passage.start
        sql = "SELECT substr(r.text, ?, ?) FROM head h JOIN report r ON r.key = h.report_key WHERE h.report = ?"
        row = self._row(sql, passage.start + 1, size, report)
        if row is None:
            raise NotFound(f"no report {report!r} on record")
        return str(row[0])

    def versions(self, report: str) -> tuple[str, ...]:
        """Ids of all reports at the same URL, oldest first: by the edit that a page names, recording, publication."""
        sql = f"""SELECT b.report FROM head a JOIN head b ON b.report = a.report OR b.url = a.url
                  JOIN report r ON r.key = b.report_key
                  WHERE a.report = ? ORDER BY {write.EDITED}, b.recorded_at, coalesce(b.published, ''), b.report"""
        return self._column(sql, (report,))

    def is_current(self, report: str) -> bool:
        """Whether the report is the newest version of what stands at its URL."""
        row = self._row("SELECT latest FROM head WHERE report = ?", report)
        return row is not None and bool(row[0])

    def current(self) -> frozenset[str]:
        """Ids of all reports that are the newest version of what stands at their URL."""
        return frozenset(self._column("SELECT report FROM head WHERE latest"))

    def recorded_at(self, report: str) -> str | None:
        """When the ledger first read it (UTC), or None."""
        row = self._row("SELECT recorded_at FROM intake WHERE report = ?", report)
        return None if row is None else str(row[0])

    def places(self) -> dict[str, str]:
        """Report id → path or address as it was given when it was last added, where that is known."""
        return dict(self.connection.execute("SELECT report, place FROM found ORDER BY report"))

    def readers(self) -> dict[str, str | None]:
        """Report id → what the reader of the reading in front is called; None where that was not noted."""
        return {report: reader for report, (_, reader) in self.in_front().items()}

    def in_front(self) -> dict[str, tuple[int, str | None]]:
        """Report id → number of the reading in front, and its reader as in `readers`."""
        sql = """SELECT h.report, h.reading, a.reader FROM head h JOIN reading g ON g.seq = h.reading
                 LEFT JOIN asked a ON a.version = g.version ORDER BY h.report"""
        return {report: (seq, reader) for report, seq, reader in self.connection.execute(sql)}

    def reader_of(self, report: str) -> str | None:
        """What the reader of a report's reading in front is called; None where that was not noted."""
        sql = """SELECT a.reader FROM head h JOIN reading g ON g.seq = h.reading
                 JOIN asked a ON a.version = g.version WHERE h.report = ?"""
        row = self._row(sql, report)
        return None if row is None else str(row[0])

    def original(self, report: str) -> Original:
        """The bytes that the report was read from, as they came, and what was last said of them. Raises NotFound."""
        sql = """SELECT i.source, i.url, o.data, i.media_type, i.outlet, o.sha256
                 FROM head h JOIN report r ON r.key = h.report_key JOIN intake i ON i.report = h.report
                 JOIN original o ON o.sha256 = r.original WHERE h.report = ?"""
        row = self._row(sql, report)
        if row is None:
            raise NotFound(f"no report {report!r} on record")
        name, url, data, media_type, first, sha256 = row
        outlet, published = self.connection.execute(write.GIVEN, (url or sha256,)).fetchone()
        return Original(
            name=name, url=url, data=zlib.decompress(data), media_type=media_type, outlet=outlet or first,
            published=published,
        )  # fmt: skip

    def outlet_of(self, report: Report | str) -> BeatOutlet | None:
        """The beat's outlet that published it: by the name found, else by the domain of its URL."""
        found, beat = (self.report(report) if isinstance(report, str) else report), self.beat()
        if beat is None:
            return None
        by_name = beat.outlet_of(found.outlet) if found.outlet is not None else None
        host = domain(found.url)
        while by_name is None and host is not None:
            by_name = beat.outlet_of(host)
            _, dot, above = host.partition(".")
            host = above if dot and "." in above else None
        return by_name

    # ------------------------------------------------------------ what reports say

    def statements(self, filter: Filter = EVERYTHING) -> tuple[Statement, ...]:
        """Statements by publication of their report, then as they stand in it."""
        sql, values = self._built(statements_sql, filter)
        return self._records(Statement, f"SELECT s.body {sql}{BY_PUBLICATION}, s.nth", values)

    def claims(self, filter: Filter = EVERYTHING) -> tuple[Claim, ...]:
        """Claims by publication of their report, then as they stand in it; of superseded versions too."""
        sql, values = self._built(claims_sql, filter)
        return self._records(Claim, f"SELECT c.body {sql}{BY_PUBLICATION}, c.nth", values)

    def claim(self, id: str) -> Claim:
        """The claim of that id or unique beginning, of an older reading if no newer one makes it. Raises NotFound."""
        return self._one(Claim, "claim", "SELECT body FROM claim WHERE id = ? ORDER BY reading DESC LIMIT 1", id)

    def statement(self, id: str) -> Statement:
        """The statement of that id or unique beginning. Raises NotFound."""
        sql = "SELECT body FROM statement WHERE id = ? ORDER BY reading DESC LIMIT 1"
        return self._one(Statement, "statement", sql, id)

    def referents(self, report: str | None = None) -> tuple[Referent, ...]:
        return self._parts(Referent, "SELECT p.body, p.id FROM referent p", report)

    def mentions(self, report: str | None = None) -> tuple[Mention, ...]:
        return self._parts(Mention, "SELECT p.body, p.id FROM mention p", report)

    def quantities(self, report: str | None = None) -> tuple[Quantity, ...]:
        return self._parts(Quantity, "SELECT p.body, p.id FROM quantity p", report)

    def dates(self, report: str | None = None) -> tuple[When, ...]:
        return self._parts(When, "SELECT p.body, p.id FROM date p", report)

    def reading(self, report: str) -> Reading:
        """The newest reading of a report, whole. Raises NotFound."""
        sql = "SELECT g.version, g.body FROM head h JOIN reading g ON g.seq = h.reading WHERE h.report = ?"
        row = self._row(sql, report)
        if row is None:
            raise NotFound(f"no report {report!r} on record")
        left = msgspec.json.decode(row[1], type=Rest)
        return Reading(
            report=report, version=row[0], mentions=self.mentions(report), referents=self.referents(report),
            quantities=self.quantities(report), dates=self.dates(report),
            statements=self._parts(Statement, "SELECT p.body, p.id FROM statement p", report),
            claims=self._parts(Claim, "SELECT p.body, p.id FROM claim p", report),
            refusals=left.refusals, problems=left.problems,
        )  # fmt: skip

    def refusals(self) -> dict[str, int]:
        """Reason → how many proposals of the newest readings the gate refused for it; commonest first."""
        sql = """SELECT x.value ->> '$.reason' AS reason, count(*) FROM head h JOIN reading g ON g.seq = h.reading,
                 json_each(g.body, '$.refusals') x GROUP BY reason ORDER BY count(*) DESC, reason"""
        return {str(reason): int(n) for reason, n in self.connection.execute(sql)}

    def problems(self) -> tuple[Problem, ...]:
        """What went wrong and was not mended since, by stage and source."""
        if self.as_of is None:
            return self._records(Problem, f"SELECT body {OPEN} ORDER BY stage, source, id")
        sql = """SELECT body FROM problem p WHERE substr(recorded_at, 1, length(:as_of)) <= :as_of
                 AND NOT EXISTS (SELECT 1 FROM mended m
                                 WHERE m.problem = p.id AND substr(m.recorded_at, 1, length(:as_of)) <= :as_of)
                 ORDER BY stage, source, id"""
        return self._records(Problem, sql, {"as_of": moment(self.as_of)})

    def noted(self) -> dict[str, str]:
        """Problem id → when it was met first (UTC)."""
        return dict(self.connection.execute("SELECT id, recorded_at FROM problem ORDER BY id"))

    def decisions(self) -> tuple[Decision, ...]:
        """What analysts decided, oldest first."""
        if self.as_of is None:
            return self._records(Decision, "SELECT body FROM decision ORDER BY at, id")
        sql = "SELECT body FROM decision WHERE substr(at, 1, length(:as_of)) <= :as_of ORDER BY at, id"
        return self._records(Decision, sql, {"as_of": moment(self.as_of)})

    def beat(self) -> Beat | None:
        """The beat last used, or None."""
        row = self._row("SELECT seq, beat FROM beat_use ORDER BY seq DESC LIMIT 1")
        if row is None:
            return None
        if self._beat[0] != row[0]:
            body = self.connection.execute("SELECT body FROM beat WHERE digest = ?", (row[1],)).fetchone()[0]
            self._beat = (row[0], msgspec.json.decode(body, type=Beat))
        return self._beat[1]

    # ------------------------------------------------------------ finding

    def search(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """Reports that hold all the words, best first. Raises WrongCall for a query without words."""
        wanted = match(query)
        ranked = """SELECT f.rowid, bm25(report_fts, 4.0, 1.0) FROM report_fts f
                    WHERE report_fts MATCH ? ORDER BY f.rowid DESC LIMIT ?"""
        rows = sorted(self.connection.execute(ranked, (wanted, CANDIDATES)), key=lambda row: (row[1], row[0]))
        hits: list[Hit] = []
        for seq, score in rows:
            if len(hits) >= limit:
                break
            hit = self._hit(seq, score, wanted)
            hits += [hit] if hit is not None else []
        return tuple(hits)

    def knows(self, field: str, name: str) -> bool:
        """Whether what was typed for a field of a filter (subject, property, outlet, …) names anything."""
        return find.knows(self.connection, self.beat(), field, name)

    def nearest(self, name: str, field: str | None = None) -> tuple[str, ...]:
        """Known names most like `name`, for a field of a filter if given: what to offer in its place."""
        return find.nearest(self.connection, self.beat(), name, field)

    def counts(self) -> dict[str, int]:
        """How many records of each kind; of readings, the newest of each report."""
        return {name: int(self.connection.execute(sql).fetchone()[0]) for name, sql in COUNTED.items()}

    # ------------------------------------------------------------ how

    def _hit(self, seq: int, score: float, wanted: str) -> Hit | None:
        """The hit at one row of the index; None where a newer reading or `as_of` hides it."""
        sql = "SELECT h.report, r.title, h.published FROM report r JOIN head h ON h.report_key = r.key WHERE r.seq = ?"
        row = self._row(sql, seq)
        if row is None:
            return None
        cut = "SELECT snippet(report_fts, -1, '«', '»', '…', ?) FROM report_fts WHERE report_fts MATCH ? AND rowid = ?"
        snippet = self.connection.execute(cut, (SNIPPET, wanted, seq)).fetchone()[0]
        return Hit(report=row[0], title=row[1], published=row[2], snippet=snippet, score=score)

    def _limit(self, as_of: str) -> None:
        """Lay a table over `head` that knows only what was recorded by then."""
        self._over("head")
        self.connection.execute("CREATE INDEX temp.head_report ON head (report)")
        self.connection.execute("CREATE INDEX temp.head_reading ON head (reading)")
        self.connection.execute(write.INTO_HEAD, {"as_of": as_of, "only": None})

    def _over(self, table: str) -> None:
        """An empty temporary table of the same columns: SQLite looks there first."""
        self.connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        self.connection.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} LIMIT 0")

    def _built(self, build: Any, filter: Filter) -> Built:
        built: Built = build(filter, find.names_of(self.connection, self.beat(), filter))
        return built

    def _parts(self, kind: type[R], select: str, report: str | None) -> tuple[R, ...]:
        sql = f"{select} JOIN head h USING (reading)"
        if report is None:
            return self._records(kind, f"{sql} ORDER BY h.report, p.nth")
        return self._records(kind, f"{sql} WHERE h.report = ? ORDER BY p.nth", (report,))
