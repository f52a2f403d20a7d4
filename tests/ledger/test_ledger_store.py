"""Opening, migrating, keeping: what a ledger file accepts and refuses, and what it does under stress."""

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest
from invented_reports import AT, LATER, decision_of, derived_of, kept, original_of, reading_of, report_of, text_of

from onrecord import ledger
from onrecord.beat import Beat, BeatProperty, ValueKind
from onrecord.errors import CheckFailed, LedgerBusy, LedgerError, NewerLedger, NotFound, StorageFull, WrongCall
from onrecord.ids import digest
from onrecord.ledger.store import SCHEMA, statements
from onrecord.records import Original, Passage, Problem, Reading, Report

BEAT = Beat(
    name="ships", title="Ships", properties=(BeatProperty(name="speed", means="how fast", value=ValueKind.QUANTITY),)
)
APPEND_ONLY = (
    "original", "report", "intake", "reading", "referent", "mention", "quantity", "date", "statement", "claim",
    "problem", "decision", "beat", "beat_use", "fronted", "given",
)  # fmt: skip


def full(book):
    """Every append-only table has a row."""
    report = kept(book)
    kept(book, version="2")
    book.front(report, "1", recorded_at=LATER)
    book.give(msgspec.structs.replace(original_of(report.text), outlet="Harbour Post"), report.original, recorded_at=AT)
    book.note(Problem.of("read", "b.bin", "binary", "no text"), recorded_at=AT)
    book.decide(decision_of())
    book.use(BEAT)
    return book


def test_a_new_file_is_a_ledger_and_opens_again(tmp_path):
    path = tmp_path / "a.db"
    with ledger.open(path) as book:
        report = kept(book)
    with ledger.open(path, create=False) as book:
        assert book.view().report(report.id) == report
        assert book.view().reading(report.id) == reading_of(report)
        assert book.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.db"]


def test_every_table_is_strict():
    with ledger.open(":memory:") as book:
        rows = book.connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
            " AND name NOT LIKE 'sqlite_%'"
        )
        assert [name for (name,) in rows] == []


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_kept_cannot_be_changed(table):
    with ledger.open(":memory:") as book:
        full(book)
        columns = [row[1] for row in book.connection.execute(f"PRAGMA table_info({table})")]
        for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET {columns[-1]} = {columns[-1]}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                book.connection.execute(sql)
        row = book.connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            book.connection.execute(f"REPLACE INTO {table} VALUES ({','.join('?' * len(row))})", row)


def test_keeping_twice_is_keeping_once():
    with ledger.open(":memory:") as book:
        report = report_of(text_of())
        args = original_of(text_of()), report, reading_of(report)
        assert book.keep(*args, recorded_at=AT) and not book.keep(*args, recorded_at=LATER)
        assert book.has(report, "1") and not book.has(report, "2")
        assert book.view().counts()["reports"] == book.view().counts()["readings"] == 1
        assert book.view().recorded_at(report.id) == AT


def test_a_newer_reading_stands_beside_the_old_and_is_the_one_shown():
    with ledger.open(":memory:") as book:
        report = kept(book)
        old = reading_of(report).claims[0]
        new = msgspec.structs.replace(reading_of(report, "2"), claims=())
        assert book.keep(original_of(report.text), report, new, recorded_at=LATER)
        view = book.view()
        assert view.counts()["readings"] == 2 and view.claims() == () and view.reading(report.id) == new
        assert view.claim(old.id) == old  # a bulletin that cites it still finds it
        assert book.view(AT).claims() == (old,)


def test_a_reading_that_broke_down_is_mended_and_hides_nothing():
    report = report_of(text_of())
    original, good = original_of(report.text), reading_of(report)

    def broken(version):
        crash = Problem.of("extract", report.name, "crash", "KeyError: 'x'", report=report.id)
        return Reading(report=report.id, version=version, problems=(crash,))

    with ledger.open(":memory:") as book:
        assert book.keep(original, report, broken("1"), recorded_at=AT)
        assert book.view().reports() == (report,) and len(book.view().problems()) == 1
        assert not book.has(report, "1") and not book.keep(original, report, broken("1"), recorded_at=AT)
        assert book.keep(original, report, good, recorded_at=AT) and book.has(report, "1")
        assert book.keep(original, report, broken("2"), recorded_at=LATER)
        assert book.view().reading(report.id) == good
        assert ledger.check(book) == ()


def test_a_report_read_again_with_other_text_keeps_both_texts():
    with ledger.open(":memory:") as book:
        report = kept(book)
        clean = msgspec.structs.replace(report, text=report.text + "\nMore.", version="2")
        assert book.keep(original_of(report.text), clean, reading_of(clean), recorded_at=LATER)
        assert book.view().report(report.id) == clean and book.view(AT).report(report.id) == report
        assert ledger.check(book) == ()


def test_what_the_text_does_not_prove_is_refused_whole():
    report = report_of(text_of())
    good = reading_of(report)
    replace = msgspec.structs.replace
    mention, claim = good.mentions[0], good.claims[0]
    wrong = {
        "does not yield": replace(good, mentions=(replace(mention, text="Bob"), *good.mentions[1:])),
        "is not in the text": replace(good, claims=(replace(claim, value_passage=Passage(5, 9999)),)),
        "is not in the text of": replace(good, claims=(replace(claim, value_passage=Passage(7, 7)),)),
        "without its words": replace(good, claims=(replace(claim, evidence=()),)),
        "names no referent": replace(good, claims=(replace(claim, subject="f-none"),)),
        "names no statement": replace(good, statements=()),
        "stands twice": replace(good, claims=(claim, claim)),
        "belongs to": replace(good, claims=(replace(claim, report="r-other"),)),
    }
    with ledger.open(":memory:") as book:
        for message, reading in wrong.items():
            with pytest.raises(CheckFailed, match=message):
                book.keep(original_of(report.text), report, reading, recorded_at=AT)
        with pytest.raises(CheckFailed, match="does not have the hash"):
            book.keep(original_of("other bytes"), report, good, recorded_at=AT)
        assert set(book.view().counts().values()) == {0}


def test_one_file_of_many_reports_is_kept_once():
    texts = [text_of("Heron", n) for n in range(5)]
    data = Original(name="feed", url=None, data="\n\n".join(texts).encode())
    with ledger.open(":memory:") as book:
        for part, text in enumerate(texts):
            report = msgspec.structs.replace(
                report_of(text),
                original=digest(data.data),
                id=Report.make_id(None, digest(data.data), part),
            )
            book.keep(data, report, reading_of(report), recorded_at=AT)
        assert book.view().counts()["originals"] == 1 and book.view().counts()["reports"] == 5
        assert book.view().original(report.id) == data
        assert ledger.check(book) == ()


def test_times_of_recording_are_arguments_and_one_form():
    with ledger.open(":memory:") as book:
        report = kept(book, at="2031-03-04T10:00:00+02:00")
        assert book.view().recorded_at(report.id) == "2031-03-04T08:00:00Z"
        with pytest.raises(WrongCall, match="not a date-time"):
            kept(book, text_of("Egret"), at="yesterday")


def test_the_beat_last_used_is_the_beat():
    other = msgspec.structs.replace(BEAT, name="more")
    with ledger.open(":memory:") as book:
        assert book.view().beat() is None
        for beat in (BEAT, BEAT, other, BEAT):
            book.use(beat)
            assert book.view().beat() == beat
        assert book.connection.execute("SELECT count(*) FROM beat_use").fetchone() == (3,)


def test_files_that_are_no_ledger_are_refused_and_left_alone(tmp_path):
    text, other, newer = tmp_path / "notes.txt", tmp_path / "other.db", tmp_path / "newer.db"
    text.write_text("not a database, and longer than the header of one would be " * 20)
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    with ledger.open(newer) as book:
        book.connection.execute("PRAGMA user_version = 99")
    before = {p: p.read_bytes() for p in (text, other, newer)}
    with pytest.raises(LedgerError, match="not a ledger"):
        ledger.open(text)
    with pytest.raises(LedgerError, match="no ledger"):
        ledger.open(other)
    with pytest.raises(NewerLedger, match="schema 99"):
        ledger.open(newer)
    with pytest.raises(LedgerError, match="is a folder"):
        ledger.open(tmp_path)
    with pytest.raises(LedgerError, match="no folder"):
        ledger.open(tmp_path / "none" / "a.db")
    with pytest.raises(NotFound, match="no ledger at"):
        ledger.open(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()
    assert before == {p: p.read_bytes() for p in before}


def test_migrations_are_numbered_without_a_gap_and_end_in_whole_statements():
    scripts = sorted(SCHEMA.glob("*.sql"))
    assert [s.name for s in scripts] == [f"{n:03d}.sql" for n in range(1, len(scripts) + 1)]
    for script in scripts:
        source = script.read_text("utf-8")
        assert "".join(statements(source)).strip() == source.strip()


def test_a_ledger_locked_by_another_writer_is_busy_after_waiting(tmp_path):
    with ledger.open(tmp_path / "a.db") as book, ledger.open(tmp_path / "a.db", wait=0.3) as second:
        with book.transaction():
            start = time.monotonic()
            with pytest.raises(LedgerBusy, match="another process"):
                kept(second)
            assert time.monotonic() - start > 0.25
            assert second.view().reports() == ()  # readers do not wait
        kept(second)


def test_a_writer_waits_for_another_that_is_done_soon(tmp_path):
    with ledger.open(tmp_path / "a.db") as book:
        book.connection.execute("BEGIN IMMEDIATE")
        others = []

        def other():
            with ledger.open(tmp_path / "a.db", wait=20) as second:
                others.append(kept(second).id)

        thread = threading.Thread(target=other)
        thread.start()
        time.sleep(0.3)
        book.connection.execute("COMMIT")
        thread.join()
        assert [r.id for r in book.view().reports()] == others


ADDING = """
import sys
sys.path.insert(0, sys.argv[3])
from invented_reports import kept, text_of
from onrecord import ledger
with ledger.open(sys.argv[1]) as book:
    for n in range(60):
        kept(book, text_of("Heron", 100 + n))  # both
        kept(book, text_of(sys.argv[2], n))  # one only
"""


def test_two_processes_that_add_at_once_both_succeed(tmp_path):
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", ADDING, str(tmp_path / "a.db")]
    runs = [subprocess.Popen([*command, ship, here], stderr=subprocess.PIPE) for ship in ("Egret", "Ibis")]
    assert [(run.communicate(timeout=60)[1], run.returncode) for run in runs] == [(b"", 0)] * 2
    with ledger.open(tmp_path / "a.db") as book:
        assert book.view().counts()["reports"] == 180
        assert ledger.check(book) == ()


def test_a_full_disk_keeps_what_was_finished_and_can_go_on(tmp_path):
    with ledger.open(tmp_path / "a.db") as book:
        pages = book.connection.execute("PRAGMA page_count").fetchone()[0]
        book.connection.execute(f"PRAGMA max_page_count = {pages + 60}")
        done = []
        with pytest.raises(StorageFull, match="no room left"):
            for n in range(1000):
                done.append(kept(book, text_of("Heron", n, extra="Words to fill a page. " * 60)))
        assert 3 < len(done) < 1000
    with ledger.open(tmp_path / "a.db") as book:
        assert [r.id for r in sorted(done, key=lambda r: r.id)] == sorted(r.id for r in book.view().reports())
        assert ledger.check(book) == ()
        kept(book, text_of("Heron", len(done)))


def test_an_interrupted_report_leaves_nothing_of_itself(tmp_path):
    with ledger.open(tmp_path / "a.db") as book:
        kept(book)
        before = ledger.digest(book)
        with pytest.raises(KeyboardInterrupt), book.transaction() as db:
            db.execute("INSERT INTO original VALUES ('x', 0, x'')")
            raise KeyboardInterrupt
        assert ledger.digest(book) == before


def test_a_snapshot_does_not_move(tmp_path):
    with ledger.open(tmp_path / "a.db") as book, ledger.open(tmp_path / "a.db") as other:
        kept(book)
        view = book.view()
        with view.snapshot():
            before = view.reports()
            kept(other, text_of("Egret"))
            assert view.reports() == before and len(other.reports()) == 2
            with view.snapshot():  # inside another: the same moment
                assert view.reports() == before
        assert len(view.reports()) == 2


def test_what_is_derived_is_made_again_when_another_process_kept_more(tmp_path):
    with ledger.open(tmp_path / "a.db") as book, ledger.open(tmp_path / "a.db") as other:
        kept(book)
        seen = []

        def slow(view):
            derived = derived_of(view)
            seen.append(len(derived.positions))
            if len(seen) == 1:
                kept(other, text_of("Egret"))
                other.derive_by(derived_of)
            return derived

        book.derive_by(slow)
        assert seen == [1, 2] and len(book.view().positions()) == 2


def test_deriving_ends_however_much_is_added_meanwhile(tmp_path):
    with ledger.open(tmp_path / "a.db") as book, ledger.open(tmp_path / "a.db") as other:
        kept(book)
        seen = []

        def overtaken(view):
            seen.append(len(view.reports()))
            derived = derived_of(view)
            kept(other, text_of("Egret", len(seen)))
            return derived

        book.derive_by(overtaken)
        assert seen == [1, 2, 3] and len(book.view().positions()) == 3


def test_derived_records_are_replaced_all_or_none():
    with ledger.open(":memory:") as book:
        kept(book)
        first = derived_of(book.view())
        book.derive(first)
        kept(book, text_of("Egret"))
        second = derived_of(book.view())
        with pytest.raises(LedgerError):
            book.derive(msgspec.structs.replace(second, positions=second.positions * 2))
        assert book.view().derived() == first
        book.derive(second)
        assert book.view().derived() == second


def test_an_empty_file_is_not_made_a_ledger_by_asking(tmp_path):
    path = tmp_path / "empty.txt"
    path.touch()
    with pytest.raises(LedgerError, match="is empty, not a ledger"):
        ledger.open(path, create=False)
    assert path.stat().st_size == 0
