"""Every kind of corruption is seen, and named; a sound ledger has no faults."""

import zlib

import pytest
from invented_reports import AT, decision_of, derived_of, kept, text_of

from onrecord import ledger
from onrecord.beat import Beat
from onrecord.errors import LedgerError
from onrecord.records import Problem


@pytest.fixture
def book(tmp_path):
    with ledger.open(tmp_path / "a.db") as book:
        kept(book)
        kept(book, text_of("Egret", 30), url="https://a.example/1")
        book.note(Problem.of("read", "b.bin", "binary", "no text"), recorded_at=AT)
        book.decide(decision_of())
        book.use(Beat(name="ships", title="Ships"))
        book.derive(derived_of(book.view()))
        yield book


def broken(book, sql, *values):
    """The ledger after someone changed the file behind its back."""
    db = book.connection
    db.execute("PRAGMA foreign_keys = OFF")
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    assert db.execute(sql, values).rowcount > 0
    return {(f.table, f.detail) for f in ledger.check(book)}


def test_a_sound_ledger_has_no_faults(book):
    assert ledger.check(book) == ()
    before = ledger.digest(book)
    ledger.check(book)
    assert ledger.digest(book) == before


REPORT_SLIP = "UPDATE report SET text = replace(text, 'said on', 'says on')"
CORRUPTIONS = {
    "original bytes": ("UPDATE original SET data = ?", (zlib.compress(b"other"),), "original", "bytes are not those"),
    "original not packed": ("UPDATE original SET data = x'00'", (), "original", "cannot be unpacked"),
    "original gone": ("DELETE FROM original", (), "report", "leads to nothing in original"),
    "text": (REPORT_SLIP, (), "report", "its key are not those"),
    "text cut": ("UPDATE report SET text = substr(text, 1, 30)", (), "reading", "is not in the text"),
    "title column": ("UPDATE report SET title = 'Bittern'", (), "report", "its columns"),
    "report id": ("UPDATE report SET url = 'https://b.example'", (), "report", "its columns"),
    "report row": ("UPDATE report SET body = json_set(body, '$.language', 'fr')", (), "report", "its columns"),
    "report no JSON": ("UPDATE report SET body = 'x'", (), "report", "cannot be read"),
    "mention words": ("UPDATE mention SET body = replace(body, 'Ada', 'Eda')", (), "reading", "does not yield"),
    "quantity value": ("UPDATE quantity SET body = replace(body, '20.0', '21.0')", (), "reading", "not those stored"),
    "quantity column": ("UPDATE quantity SET low = low + 1", (), "quantity", "its columns"),
    "passage": ("UPDATE claim SET body = json_set(body, '$.value_passage[1]', 9999)", (), "reading", "is not in the"),
    "date gone": ("DELETE FROM date", (), "reading", "not those stored first"),
    "claim column": ("UPDATE claim SET property = 'range'", (), "claim", "its columns"),
    "claim words": ("UPDATE claim SET words = 'x'", (), "claim", "its columns"),
    "claim no JSON": ("UPDATE claim SET body = '{'", (), "reading", "cannot be read"),
    "statement column": ("UPDATE statement SET speaker = NULL", (), "statement", "its columns"),
    "referent": ("UPDATE referent SET body = replace(body, 'Ada', 'Eda')", (), "reading", "not those stored first"),
    "reading failed": ("UPDATE reading SET failed = 1", (), "reading", "its id is not"),
    "reading version": ("UPDATE reading SET version = '7'", (), "reading", "its id is not"),
    "problem": ("UPDATE problem SET body = replace(body, 'no text', 'text')", (), "problem", "its id is not"),
    "decision": ("UPDATE decision SET at = '2030-01-01T00:00:00Z'", (), "decision", "its columns"),
    "beat": ("UPDATE beat SET body = replace(body, 'Ships', 'Boats')", (), "beat", "its digest"),
    "entity member": ("UPDATE entity_member SET referent = 'f-none'||referent", (), "entity", "not on record"),
    "entity member moved": ("DELETE FROM entity_member", (), "entity_member", "derive again"),
    "entity name": ("DELETE FROM entity_name", (), "entity_name", "derive again"),
    "position claim": ("UPDATE position_claim SET claim = 'c-none'", (), "position", "not on record"),
    "origins": ("UPDATE origins SET body = replace(body, 'c-', 'c-0')", (), "origins", "not on record"),
    "origins count": ("UPDATE origins SET low = 7", (), "origins", "derive again"),
    "link": ("UPDATE link SET left = 'r-none'", (), "link", "not on record"),
    "conflict": ("UPDATE conflict SET body = replace(body, 'o-', 'o-0')", (), "conflict", "not on record"),
    "change": ("UPDATE change SET body = replace(body, 'o-', 'o-0')", (), "change", "not on record"),
    "due": ("UPDATE due SET body = replace(body, 'c-', 'c-0')", (), "due", "not on record"),
    "hedge": ("UPDATE hedge SET body = replace(body, 'c-', 'c-0')", (), "hedge", "not on record"),
    "report index": ("DELETE FROM report_fts_docsize", (), "report_fts", "is not that of the stored words"),
    "claim index": (
        "INSERT INTO claim_fts (claim_fts, rowid, words) SELECT 'delete', seq, words FROM claim LIMIT 1", (),
        "claim_fts", "is not that of the stored words",
    ),
    "head": ("UPDATE head SET latest = 0", (), "head", "rebuild"),
}  # fmt: skip


@pytest.mark.parametrize("what", CORRUPTIONS)
def test_each_corruption_is_seen(book, what):
    sql, values, table, detail = CORRUPTIONS[what]
    found = broken(book, sql, *values)
    assert any(t == table and detail in d for t, d in found), found


def test_every_stored_table_has_a_corruption_that_is_seen():
    tables = {sql.split()[1] if sql.startswith("UPDATE") else sql.split()[2] for sql, *_ in CORRUPTIONS.values()}
    kept_tables = {"original", "report", "reading", "referent", "mention", "quantity", "date", "statement", "claim",
                   "problem", "decision", "beat"}  # fmt: skip
    assert kept_tables <= tables


def test_a_report_under_another_reports_id_is_seen(book):
    found = broken(
        book, "UPDATE report SET id = 'r-0', body = json_set(body, '$.id', 'r-0') WHERE url IS NULL"
    )  # fmt: skip
    assert ("report", "its id is not that of its URL and original") in found


def test_a_damaged_file_is_a_fault_and_no_crash(book):
    path = book.path
    page = book.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'claim'").fetchone()[0]
    book.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    with open(path, "r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with ledger.open(path) as again:
        assert {f.table for f in ledger.check(again)} >= {"sqlite", "reading"}
    with pytest.raises(LedgerError, match="damaged"), ledger.open(path) as again:
        again.view().claims()
