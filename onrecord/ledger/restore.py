"""An exported folder → a ledger of the same digest. Every record is proved again as it is stored."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from onrecord.beat import Beat
from onrecord.errors import LedgerError, NotFound
from onrecord.ledger import write
from onrecord.ledger.clock import utc
from onrecord.ledger.derived import Derived
from onrecord.ledger.export import LATER, TABLES
from onrecord.ledger.rows import PARTS
from onrecord.ledger.store import Ledger
from onrecord.records import (
    Change,
    Conflict,
    Decision,
    Due,
    Entity,
    HedgeLoss,
    Judgement,
    Link,
    Original,
    Origins,
    Position,
    Problem,
    Reading,
    Report,
    Standing,
)

Fields = dict[str, Any]


class _Lines:
    """One file of an export: its lines as dicts, and where in it a mistake is."""

    def __init__(self, folder: Path, table: str) -> None:
        self.path = folder / f"{table}.jsonl"
        self.nth = 0

    def __iter__(self) -> Iterator[Fields]:
        with self.path.open(encoding="utf-8") as file:
            for self.nth, line in enumerate(file, 1):
                try:
                    found = json.loads(line)
                except ValueError as e:
                    raise self.wrong(e) from None
                if not isinstance(found, dict):
                    raise self.wrong("not a record")
                yield found

    def wrong(self, why: object) -> LedgerError:
        return LedgerError(f"{self.path}:{self.nth}: {why}", hint="export again, or mend that line")


def import_(folder: Path | str, ledger: Ledger) -> int:
    """Readings added to `ledger` from an exported folder. Into an empty ledger: the digest is that of the one exported.

    Adding what is there changes nothing. Derived records are replaced by those of the folder. Raises NotFound,
    LedgerError for a line that cannot be read, CheckFailed for a record that its text does not prove.
    """
    source = Path(folder)
    missing = [t for t in TABLES if t not in LATER and not (source / f"{t}.jsonl").is_file()]
    if missing:
        raise NotFound(f"{source} is not an export: it has no {missing[0]}.jsonl", hint="name a folder made by export")
    _import_originals(source, ledger)
    added = _import_readings(source, ledger)
    _import_later(source, ledger)
    for row in (problems := _Lines(source, "problem")):
        at, mended_at = row.pop("recorded_at", ""), row.pop("mended_at", None)
        problem = _record(row, Problem, problems)
        ledger.note(problem, recorded_at=at)
        if mended_at is not None:
            with ledger.transaction() as db:
                write.insert_mended(db, problem, utc(mended_at))
    for row in (decisions := _Lines(source, "decision")):
        ledger.decide(_record(row, Decision, decisions))
    _import_beats(source, ledger)
    ledger.derive(_import_derived(source))
    return added


def _import_originals(folder: Path, ledger: Ledger) -> None:
    for row in (file := _Lines(folder, "original")):
        try:
            data, sha256 = b64decode(row["data"], validate=True), row["sha256"]
        except (KeyError, ValueError, TypeError) as e:
            raise file.wrong(e) from None
        packed = write.original_row(Original(name=str(sha256), url=None, data=data), sha256)
        with ledger.transaction() as db:
            write.insert_original(db, packed)


def _import_beats(folder: Path, ledger: Ledger) -> None:
    """Use the beats in their order, unless they were the last ones used already."""
    file = _Lines(folder, "beat")
    beats = [_record(row, Beat, file) for row in file]
    used = [row[0] for row in ledger.connection.execute("SELECT beat FROM beat_use ORDER BY seq")]
    if used[-len(beats) :] != [b.digest for b in beats]:
        for beat in beats:
            ledger.use(beat)


def _import_readings(folder: Path, ledger: Ledger) -> int:
    """Reports, intake, readings and their records stand in one order: the files are read side by side."""
    reports, intake = _Side(folder, "report", "id"), _Side(folder, "intake", "report")
    parts = {field: (_Side(folder, table, "reading"), kind) for field, table, kind, _ in PARTS}
    added, report = 0, None
    keyed: dict[str, Report] = {}
    original: Original | None = None
    for row in (file := _Lines(folder, "reading")):
        try:
            if row["report"] != report:
                report = row["report"]
                keyed = {r.pop("key"): _record(r, Report, reports.lines) for r in reports.take(report)}
                original = _original(list(intake.take(report)))
            id, key, at = row.pop("id"), row.pop("report_key"), row.pop("recorded_at")
            kept = keyed[key]
        except (KeyError, IndexError) as e:
            raise file.wrong(f"not in the export: {e}") from None
        assert original is not None
        records = {field: side.records(id, kind) for field, (side, kind) in parts.items()}
        added += ledger.keep(original, kept, _record(row | records, Reading, file), recorded_at=at)
    for side in (reports, intake, *(side for side, _ in parts.values())):
        side.end()
    return added


NEW_ROW = {  # table → insert of a row that is not there yet
    "given": """INSERT INTO given SELECT NULL, :source, :outlet, :published, :recorded_at
                WHERE NOT EXISTS (SELECT 1 FROM given WHERE source = :source AND outlet IS :outlet
                                  AND published IS :published AND recorded_at = :recorded_at)""",
    "fronted": """INSERT INTO fronted SELECT NULL, g.seq, a.seq, :recorded_at FROM reading g, reading a
                  WHERE g.id = :reading AND a.id = :after AND a.report = g.report
                  AND NOT EXISTS (SELECT 1 FROM fronted WHERE reading = g.seq AND after = a.seq
                                  AND recorded_at = :recorded_at)""",
}


def _import_later(folder: Path, ledger: Ledger) -> None:
    """What was said of originals, and which readings were asked for again."""
    for table in LATER:
        if not (folder / f"{table}.jsonl").is_file():
            continue
        for row in (file := _Lines(folder, table)):
            try:
                with ledger.transaction() as db:
                    db.execute(NEW_ROW[table], row)
            except (LedgerError, KeyError) as e:
                raise file.wrong(e) from None
    ledger.refresh()


def _original(rows: list[Fields]) -> Original:
    """What a report came as. Its bytes are in the ledger by now."""
    came = rows[0]
    return Original(
        name=came["source"], url=came["url"], data=b"", media_type=came["media_type"], outlet=came["outlet"]
    )


class _Side:
    """A file whose lines of one key stand together, in the order in which they will be asked for."""

    def __init__(self, folder: Path, table: str, key: str) -> None:
        self.lines = _Lines(folder, table)
        self.key = key
        self.groups = groupby(((self.lines.nth, row) for row in self.lines), key=lambda pair: pair[1].get(key))
        self.ahead: tuple[Any, list[tuple[int, Fields]]] | None = None

    def take(self, wanted: str) -> Iterator[Fields]:
        """The lines of that key, which are next; none where the next are of another."""
        self._look()
        if self.ahead is not None and self.ahead[0] == wanted:
            rows, self.ahead = self.ahead[1], None
            for self.lines.nth, row in rows:  # the file itself is a line further
                yield row

    def records(self, wanted: str, kind: type[Any]) -> tuple[Any, ...]:
        """The records of that key."""
        return tuple(
            _record({k: v for k, v in row.items() if k != self.key}, kind, self.lines) for row in self.take(wanted)
        )

    def end(self) -> None:
        """Raise LedgerError where lines are left that nothing asked for: they would be lost in silence."""
        self._look()
        if self.ahead is not None:
            self.lines.nth = self.ahead[1][0][0]
            raise self.lines.wrong(f"{self.key} {self.ahead[0]!r} is not in the export, or not in this order")

    def _look(self) -> None:
        if self.ahead is None:
            found = next(self.groups, None)
            self.ahead = None if found is None else (found[0], list(found[1]))


def _record(row: Any, kind: type[Any], file: _Lines) -> Any:
    try:
        return msgspec.convert(row, kind)
    except msgspec.ValidationError as e:
        raise file.wrong(e) from None


def _import_derived(folder: Path) -> Derived:
    def all_of(table: str, kind: type[Any]) -> tuple[Any, ...]:
        file = _Lines(folder, table)
        return tuple(_record(row, kind, file) for row in file)

    def keyed(table: str) -> Iterator[tuple[str, Fields, _Lines]]:
        for row in (file := _Lines(folder, table)):
            yield row.pop("position", ""), row, file

    return Derived(
        entities=all_of("entity", Entity), judgements=all_of("judgement", Judgement), links=all_of("link", Link),
        positions=all_of("position", Position),
        origins={p: _record(row, Origins, file) for p, row, file in keyed("origins")},
        standings={p: _record(row.get("standing"), tuple[Standing, ...], file) for p, row, file in keyed("standing")},
        conflicts=all_of("conflict", Conflict), changes=all_of("change", Change), dues=all_of("due", Due),
        hedges=all_of("hedge", HedgeLoss),
    )  # fmt: skip
