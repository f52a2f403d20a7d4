"""A ledger file (SQLite): opening, migrating, write transactions, and errors that say what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from onrecord.beat import Beat
from onrecord.errors import LedgerBusy, LedgerError, NewerLedger, NotFound, StorageFull, WrongCall
from onrecord.ledger import write
from onrecord.ledger.clock import utc
from onrecord.ledger.derived import Derived
from onrecord.ledger.filters import Filter
from onrecord.ledger.rows import Row, reading_id, report_row
from onrecord.ledger.view import View
from onrecord.records import Claim, Decision, Original, Problem, Reading, Report, Statement

SCHEMA = Path(__file__).parent / "schema"
APPLICATION = 0x4F6E5265  # "OnRe": how SQLite's application_id tells a ledger from any other database
WAIT = 15.0  # seconds for another writer; its transactions are one report long, so this is a stuck process
ATTEMPTS = 3  # times that derived records are made for a ledger that others keep adding to
MEMORY = ":memory:"
UNWRITTEN = sqlite3.SQLITE_IOERR_WRITE  # how a quota or a size limit is told: SQLite knows full disks only
TIGHT = 1 << 20  # bytes free below which an I/O error is a full disk
PRAGMAS = (
    "PRAGMA synchronous = NORMAL",  # a power cut may lose the last commits; adding again repairs that (content ids)
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # so that REPLACE meets the append-only triggers too
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
    "PRAGMA wal_autocheckpoint = 8192",  # pages, 32 MB: every checkpoint waits for the disk
    "PRAGMA journal_size_limit = 67108864",
)


class Ledger:
    """An open ledger. Writes are short transactions, one for each report, so two processes may add at once."""

    def __init__(self, path: str, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._original: tuple[Original, str] | None = None  # the last one proved and stored

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, tb: TracebackType | None) -> None:
        """Close; what SQLite raised anywhere inside the block, in a view too, leaves it as an error of ours."""
        self.close()
        if isinstance(e, sqlite3.Error):
            raise _error(self.path, e) from e

    def close(self) -> None:
        self.connection.close()

    def has(self, report: Report, version: str) -> bool:
        """Whether this report, with this text, was read to its end in this version: then `keep` changes nothing."""
        key, _ = report_row(report)
        sql = "SELECT 1 FROM reading WHERE id = ?"
        with translated(self.path):
            return self.connection.execute(sql, (reading_id(key, version),)).fetchone() is not None

    def keep(self, original: Original, report: Report, reading: Reading, *, recorded_at: str) -> bool:
        """Store one report with its reading, all or nothing; False where both were there already.

        Raises CheckFailed for what the text does not prove, LedgerBusy, StorageFull.
        """
        at = utc(recorded_at)
        if self.has(report, reading.version):
            return False
        write.proved(report, reading)
        row = self._original_row(original, report.original)
        with self.transaction() as db:
            added = write.insert(db, original, row, report, reading, at)
        self._original = (original, report.original)
        return added

    def front(self, report: Report, version: str, *, recorded_at: str) -> bool:
        """Put the reading of this report in this version in front, by a note with its time; False where it stood there.

        Nothing is changed by it: readings stay, and `as_of` an earlier day the one that stood in front then does so.
        """
        at, id = utc(recorded_at), reading_id(report_row(report)[0], version)
        sql = "SELECT 1 FROM reading g JOIN head h ON h.reading = g.seq WHERE g.id = ?"
        with translated(self.path):
            if self.connection.execute(sql, (id,)).fetchone() is not None:
                return False
        with self.transaction() as db:
            return write.insert_fronted(db, report, id, at)

    def given(self, source: str) -> tuple[str | None, str | None]:
        """Outlet and date that were last said of what came from this URL, or has this hash, by whoever added it."""
        with translated(self.path):
            outlet, published = self.connection.execute(write.GIVEN, (source,)).fetchone()
        return outlet, published

    def give(self, original: Original, sha256: str, *, recorded_at: str) -> None:
        """Store what the caller says of an original, where it is new."""
        at, source = utc(recorded_at), original.url or sha256
        said = (original.outlet, original.published)
        if all(new in (None, old) for new, old in zip(said, self.given(source), strict=True)):
            return
        with self.transaction() as db:
            write.insert_given(db, source, original.outlet, original.published, at)

    def found(self, report: Report, place: str | None, version: str, reader: str) -> None:
        """Note for people where a report was found, and what the reader of this version of readings is called."""
        row, sql = (place, reader), write.FOUND
        with translated(self.path):
            known = self.connection.execute(sql, (report.id, version)).fetchone()
        if all(new in (None, old) for new, old in zip(row, known, strict=True)):
            return
        with self.transaction() as db:
            write.insert_found(db, report, place, version, reader)

    def note(self, problem: Problem, *, recorded_at: str) -> None:
        """Store what went wrong with a report; the same problem is stored once."""
        at = utc(recorded_at)
        with self.transaction() as db:
            write.insert_problem(db, problem, at)

    def mend(
        self, tried: Iterable[str], met: Iterable[Problem], *, folders: Iterable[str] = (), recorded_at: str
    ) -> None:
        """Close the problems of places that were tried again, or stood in `folders`, but for those met again.

        They stay stored; a view shows them no more.
        """
        at = utc(recorded_at)
        with self.transaction() as db:
            ids = tuple(sorted({p.id for p in met}))
            write.mend(db, tuple(sorted(set(tried))), tuple(sorted(set(folders))), ids, at)

    def close_problems(self, problems: Iterable[Problem], *, recorded_at: str) -> None:
        """Close these problems: what they tell of went well since. They stay stored; a view shows them no more."""
        at = utc(recorded_at)
        with self.transaction() as db:
            for problem in problems:
                write.insert_mended(db, problem, at)

    def decide(self, decision: Decision) -> None:
        """Store an analyst's act."""
        with self.transaction() as db:
            write.insert_decision(db, decision)

    def use(self, beat: Beat) -> None:
        """Store the beat that what follows is read with."""
        with self.transaction() as db:
            write.insert_beat(db, beat)

    def derive(self, derived: Derived) -> None:
        """Put `derived` in the place of all that was derived before, in one transaction."""
        with self.transaction() as db:
            write.replace_derived(db, derived, self.view().state())

    def derive_by(self, function: Callable[[View], Derived]) -> None:
        """Derive what `function` makes of one unmoving view; again if another process kept more meanwhile.

        Were it not so, of two that add at once the slower could put its older answer over the newer one.
        """
        view = self.view()
        for attempt in range(ATTEMPTS):
            with view.snapshot():
                before, derived = view.state(), function(view)
            with self.transaction() as db:
                if view.state() == before or attempt == ATTEMPTS - 1:  # who keeps on adding derives when it is done
                    write.replace_derived(db, derived, before)
                    return

    def refresh(self) -> None:
        """Make again which reading of each report is the newest, and which version stands."""
        with self.transaction() as db:
            write.refresh_heads(db)

    def view(self, as_of: str | None = None) -> View:
        """What can be asked of the ledger; with `as_of`, of what it had recorded by the end of that moment.

        Derived records are those of the last `derive`, whatever `as_of`: lay others over them with `View.overlay`.
        """
        if as_of is None:
            return View(self.connection)
        with translated(self.path):
            return View(self._copy(), as_of=as_of, own=True)

    def claims(self, **conditions: Any) -> tuple[Claim, ...]:
        """Claims that meet the conditions, named as the fields of `Filter`: subject="Polonez", said="2031"."""
        return self.view().claims(_filter(conditions))

    def statements(self, **conditions: Any) -> tuple[Statement, ...]:
        """Statements that meet the conditions, named as the fields of `Filter`."""
        return self.view().statements(_filter(conditions))

    def reports(self, **conditions: Any) -> tuple[Report, ...]:
        """Reports that meet the conditions, named as the fields of `Filter`."""
        return self.view().reports(_filter(conditions))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: committed whole, or rolled back by whatever is raised, Ctrl-C too."""
        db = self.connection
        with translated(self.path):
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # SQLite rolls back by itself where the disk is full
                    db.execute("ROLLBACK")
                raise

    def _original_row(self, original: Original, sha256: str) -> Row | None:
        """The row to store, or None where the bytes are there: one feed of a thousand items is packed once."""
        if self._original is not None and self._original[0] is original and self._original[1] == sha256:
            return None
        known = self.connection.execute("SELECT 1 FROM original WHERE sha256 = ?", (sha256,)).fetchone()
        return None if known is not None else write.original_row(original, sha256)

    def _copy(self) -> sqlite3.Connection:
        """A connection of its own, where temporary tables may lie over those of the ledger."""
        if self.path != MEMORY:
            return _connect(self.path)
        other = _connect(MEMORY)
        self.connection.backup(other)
        return other


def _filter(conditions: dict[str, Any]) -> Filter:
    unknown = sorted(set(conditions) - set(Filter.__struct_fields__))
    if unknown:
        raise WrongCall(f"no condition {unknown[0]!r}", hint=f"known: {', '.join(Filter.__struct_fields__)}")
    return Filter(**conditions)


def open(path: str | Path, *, create: bool = True, wait: float = WAIT) -> Ledger:
    """The ledger at `path` (":memory:" for one that lasts as long as it is open), made where there is none.

    Raises NotFound (create=False), LedgerError (no ledger), NewerLedger, LedgerBusy after `wait` seconds, StorageFull.
    """
    name = str(path)
    if name != MEMORY:
        _look(Path(path), create)
    with translated(name):
        db = _connect(name, wait)
        try:
            _prepare(db, name, wait)
        except BaseException:
            db.close()
            raise
    return Ledger(name, db)


def _look(path: Path, create: bool) -> None:
    if path.is_dir():
        raise LedgerError(f"{path} is a folder, not a ledger", hint="name a file, such as arms.db")
    if not path.exists() and not create:
        raise NotFound(f"no ledger at {path}", hint="`onrecord add` makes one")
    if not create and path.stat().st_size == 0:
        raise LedgerError(f"{path} is empty, not a ledger", hint="`onrecord add` makes one")
    if not path.parent.is_dir():
        raise LedgerError(f"no folder {path.parent} to keep a ledger in", hint="make the folder first")


def _connect(name: str, wait: float = WAIT) -> sqlite3.Connection:
    if name != MEMORY and _is_fixed(Path(name)):
        db = sqlite3.connect(f"{Path(name).absolute().as_uri()}?immutable=1", isolation_level=None, uri=True)
    else:
        db = sqlite3.connect(name, timeout=wait, isolation_level=None)
    for pragma in PRAGMAS:
        db.execute(pragma)
    return db


def _is_fixed(path: Path) -> bool:
    """Whether it can only be read: on a disk or in a folder without write access, where WAL has no place for its files.

    With a log beside it, another process is writing: then SQLite's own way is tried.
    """
    shut = path.exists() and not (os.access(path.parent, os.W_OK) and os.access(path, os.W_OK))
    return shut and not path.with_name(path.name + "-wal").exists()


def _prepare(db: sqlite3.Connection, name: str, wait: float) -> None:
    """Bring an empty or older file to the newest schema; refuse what is no ledger or too new."""
    if _version(db, name) < len(_migrations()):
        db.execute("BEGIN IMMEDIATE")
        try:
            for script in _migrations()[_version(db, name) :]:
                for statement in statements(script.read_text("utf-8")):
                    db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION:d}")
            db.execute(f"PRAGMA user_version = {len(_migrations()):d}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
    if not _is_fixed(Path(name)) and db.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
        _write_ahead(db, time.monotonic() + wait)


def _write_ahead(db: sqlite3.Connection, until: float) -> None:
    """Switch to WAL, once in a file's life. SQLite's own waiting does not cover this step."""
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as e:
            if e.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _version(db: sqlite3.Connection, name: str) -> int:
    """The schema version of the file, 0 where it is empty. Raises LedgerError, NewerLedger."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    empty = db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None
    if application != APPLICATION and not (empty and application == version == 0):
        raise LedgerError(f"{name} is a database, but no ledger", hint="name another file")
    if version > len(_migrations()):
        raise NewerLedger(
            f"{name} was made by a later version of the program (schema {version}, known: {len(_migrations())})",
            hint="upgrade onrecord; the file is unchanged",
        )
    return version


def _migrations() -> list[Path]:
    return sorted(SCHEMA.glob("[0-9][0-9][0-9].sql"))


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, so that all may run in one transaction (`executescript` would commit first)."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


@contextmanager
def translated(name: str) -> Iterator[None]:
    """SQLite's errors as ours: what is wrong with which file, and what to do."""
    try:
        yield
    except sqlite3.Error as e:
        raise _error(name, e) from e


def _error(name: str, e: sqlite3.Error) -> LedgerError:
    code = getattr(e, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and (code == UNWRITTEN or _is_full(name))):
        return StorageFull(
            f"no room left for {name}: the disk is full, or a quota is used up",
            hint="all that was finished is kept; free some space and run the same again",
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerBusy(f"another process keeps {name} locked", hint="wait until it is done, then run the same again")
    if primary == sqlite3.SQLITE_NOTADB:
        return LedgerError(f"{name} is not a ledger", hint="name another file")
    if primary == sqlite3.SQLITE_CORRUPT:
        return LedgerError(f"{name} is damaged: {e}", hint="restore it from an export or a copy")
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return LedgerError(f"{name} cannot be written: {e}", hint="look at the permissions of the file and its folder")
    return LedgerError(f"{name}: {e}")


def _is_full(name: str) -> bool:
    """Whether the disk has no room: some full disks answer with a plain I/O error."""
    try:
        return shutil.disk_usage(Path(name).parent).free < TIGHT
    except OSError:
        return False
