"""Plain files are the ledger: out and in again gives the same digest, and a damaged line is named."""

import io
import json

import msgspec
import pytest
from invented_reports import AT, LATER, decision_of, derived_of, kept, text_of

from onrecord import ledger
from onrecord.beat import Beat
from onrecord.errors import CheckFailed, LedgerError, NotFound
from onrecord.records import Problem


@pytest.fixture
def book():
    with ledger.open(":memory:") as book:
        for n in range(4):
            kept(book, text_of("Heron", n), url=f"https://a.example/{n % 2}")
        kept(book, version="2")
        kept(book, version="3", at=LATER)
        book.note(Problem.of("read", "b.bin", "binary", "no text"), recorded_at=AT)
        book.decide(decision_of())
        for name in ("a", "b", "a"):
            book.use(Beat(name=name, title=name))
        book.derive(derived_of(book.view()))
        yield book


def test_out_and_in_again_is_the_same_ledger(book, tmp_path):
    counts = ledger.export(book.view(), tmp_path / "x")
    assert counts["report"] == 5 and counts["reading"] == 6 and counts["claim"] == 6 and counts["beat"] == 3
    with ledger.open(":memory:") as again:
        assert ledger.import_(tmp_path / "x", again) == 6
        assert ledger.digests(again) == ledger.digests(book)
        assert ledger.check(again) == ()
        for report in book.view().reports():
            for ask in ("recorded_at", "versions", "is_current", "original", "reading"):
                assert getattr(again.view(), ask)(report.id) == getattr(book.view(), ask)(report.id), ask
        assert again.view().beat() == book.view().beat()
        assert ledger.import_(tmp_path / "x", again) == 0
        assert ledger.digests(again) == ledger.digests(book)
        ledger.export(again.view(), tmp_path / "y")
    for file in (tmp_path / "x").iterdir():
        assert file.read_bytes() == (tmp_path / "y" / file.name).read_bytes(), file.name


def test_each_kind_is_a_file_of_records_that_any_program_reads(book, tmp_path):
    ledger.export(book.view(), tmp_path)
    claims = [json.loads(line) for line in (tmp_path / "claim.jsonl").read_text("utf-8").splitlines()]
    assert {c["property"] for c in claims} == {"speed"} and {c["reading"][:2] for c in claims} == {"g-"}
    assert not list(tmp_path.glob("*.part"))


def test_a_stream_holds_the_same_lines(book, tmp_path):
    stream = io.StringIO()
    counts = ledger.export(book.view(), stream)
    assert counts == ledger.export(book.view(), tmp_path)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert sum(counts.values()) == len(lines)
    for table in counts:
        plain = [json.loads(line) for line in (tmp_path / f"{table}.jsonl").read_text("utf-8").splitlines()]
        assert plain == [{k: v for k, v in line.items() if k != "table"} for line in lines if line["table"] == table]


def test_no_record_has_a_field_that_the_export_adds():
    """`reading`, `table`, `key` and the like stand before a record's own fields, and must not be among them."""
    from onrecord import records

    for kind in vars(records).values():
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind is not records.Record:
            assert not {"table", "reading", "recorded_at", "report_key"} & set(kind.__struct_fields__), kind
    assert "key" not in records.Report.__struct_fields__ and "position" not in records.Origins.__struct_fields__


def test_as_of_exports_what_was_recorded_by_then(book, tmp_path):
    with book.view(AT) as past:
        past.overlay(derived_of(past))
        assert ledger.export(past, tmp_path)["reading"] == 5
    with ledger.open(":memory:") as again:
        assert ledger.import_(tmp_path, again) == 5 and ledger.check(again) == ()


def change(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    "table, old, new, error, message",
    [
        ("claim", "{", "[", LedgerError, "claim.jsonl:1"),
        ("claim", '"asserted"', '"shouted"', LedgerError, "claim.jsonl:1.*shouted"),
        ("claim", '"reading":"g-', '"reading":"g-0', LedgerError, "claim.jsonl:.*not in the export"),
        ("claim", "f-", "f-0", CheckFailed, "names no referent"),
        ("mention", "Ada Quill", "Ida Quill", CheckFailed, "does not yield"),
        ("report", '"key":"k-', '"key":"k-0', LedgerError, "reading.jsonl:1: not in the export"),
        ("original", '"data":"', '"data":"?', LedgerError, "original.jsonl:1"),
        ("original", '"data":"SGVy', '"data":"SGVz', CheckFailed, "hash"),
        ("intake", '"report":"r-', '"report":"r-0', LedgerError, "not in the export"),
        ("decision", '"act"', '"acted"', LedgerError, "decision.jsonl:1"),
    ],
)
def test_a_damaged_export_is_refused_and_named(book, tmp_path, table, old, new, error, message):
    ledger.export(book.view(), tmp_path)
    change(tmp_path / f"{table}.jsonl", old, new)
    with ledger.open(":memory:") as again, pytest.raises(error, match=message):
        ledger.import_(tmp_path, again)


def test_a_folder_that_is_no_export_is_refused(tmp_path):
    with ledger.open(":memory:") as book, pytest.raises(NotFound, match="not an export"):
        ledger.import_(tmp_path, book)
