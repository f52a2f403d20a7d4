"""The store of answers: one SQLite file beside the ledger, key → the answer's own words, written once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from types import TracebackType

from onrecord.errors import LedgerError

APPLICATION = 0x4F6E5241  # "OnRA"
WAIT = 15.0  # seconds for another writer
TABLE = """CREATE TABLE IF NOT EXISTS answer (
  key TEXT PRIMARY KEY, model TEXT NOT NULL, prompt TEXT NOT NULL, words TEXT NOT NULL,
  tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL
) WITHOUT ROWID"""


class Answers:
    """Answers by key, for several threads. A file that is not there is made by the first `put`; till then none."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._db: sqlite3.Connection | None = None
        self._lock = Lock()

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, kind: type[BaseException] | None, e: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def get(self, key: str) -> str | None:
        """The words of the answer with that key; None where it was never given."""
        with self._lock:
            db = self._open(create=False)
            row = None if db is None else db.execute("SELECT words FROM answer WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def missing(self, keys: Iterable[str]) -> list[str]:
        """The keys without an answer, each once, in order."""
        return [k for k in dict.fromkeys(keys) if self.get(k) is None]

    def put(self, key: str, *, model: str, prompt: str, words: str, tokens_in: int, tokens_out: int) -> None:
        """Keep an answer, at once. A second one to the same key is passed over. Raises LedgerError."""
        row = (key, model, prompt, words, tokens_in, tokens_out)
        with self._lock:
            db = self._open(create=True)
            assert db is not None
            try:
                with db:
                    db.execute("INSERT INTO answer VALUES (?,?,?,?,?,?) ON CONFLICT (key) DO NOTHING", row)
            except sqlite3.Error as e:
                raise LedgerError(f"{self.path}: {e}", hint="answers cannot be kept there; what was is kept") from e

    def _open(self, *, create: bool) -> sqlite3.Connection | None:
        if self._db is None:
            if not create and not self.path.exists():
                return None
            try:
                self._db = _connected(self.path)
            except sqlite3.Error as e:
                raise LedgerError(f"{self.path}: {e}", hint="it should be a file of answers; name another") from e
        return self._db


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=WAIT, check_same_thread=False)
    try:
        found, empty = (
            db.execute("PRAGMA application_id").fetchone()[0],
            not db.execute("PRAGMA page_count").fetchone()[0],
        )
        if found != APPLICATION and not empty:
            raise LedgerError(f"{path} holds no answers", hint="name another file with --reader llm:FILE")
        if empty:
            db.execute(f"PRAGMA application_id = {APPLICATION:d}")
            db.execute(TABLE)
            db.commit()
    except BaseException:
        db.close()
        raise
    return db
