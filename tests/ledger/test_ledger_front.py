"""Which reading of a report stands in front, and what was said of an original later: notes with a time, no change."""

import msgspec
from invented_reports import AT, LATER, kept, original_of, reading_of, report_of, text_of

from onrecord import ledger

LATEST = "2031-05-01T08:00:00Z"


def read_in_turn(book, *asked):
    """The report, read in each of these versions at each of these times, the way that `flow.keep` does it."""
    report = report_of(text_of())
    for version, at in asked:
        if not book.keep(original_of(report.text), report, reading_of(report, version), recorded_at=at):
            book.front(report, version, recorded_at=at)
    return report


def front(view, report):
    return view.reading(report.id).version


def test_the_reading_asked_for_last_stands_in_front_and_as_of_knows_the_others():
    with ledger.open(":memory:") as book:
        report = read_in_turn(book, ("1", AT), ("2", LATER), ("1", LATEST))
        assert front(book.view(), report) == "1" and book.view().counts()["readings"] == 2
        assert [front(book.view(at), report) for at in ("2031-03", LATER, LATEST)] == ["1", "2", "1"]
        book.refresh()
        assert front(book.view(), report) == "1" and ledger.check(book) == ()


def test_a_new_reading_comes_before_one_that_was_asked_for_again_earlier():
    with ledger.open(":memory:") as book:
        report = read_in_turn(book, ("1", AT), ("2", AT), ("1", AT), ("3", AT))
        assert front(book.view(), report) == "3"
        report = read_in_turn(book, ("2", AT), ("1", AT), ("2", AT))
        assert front(book.view(), report) == "2"


def test_asking_for_what_stands_in_front_notes_nothing():
    with ledger.open(":memory:") as book:
        report = read_in_turn(book, ("1", AT), ("1", LATER), ("2", LATER), ("2", LATEST))
        assert book.connection.execute("SELECT count(*) FROM fronted").fetchone() == (0,)
        state = book.view().state()
        assert book.front(report, "1", recorded_at=LATEST) and not book.front(report, "1", recorded_at=LATEST)
        assert not book.front(report, "9", recorded_at=LATEST)  # there is no such reading
        assert book.view().state() != state  # what is derived is behind


def test_what_is_said_of_an_original_later_is_the_last_word():
    with ledger.open(":memory:") as book:
        report = kept(book)
        original = msgspec.structs.replace(original_of(report.text), outlet="Quay Paper")
        for said, at in (
            (original, AT),
            (msgspec.structs.replace(original, outlet=None, published="2031-03"), LATER),
            (original, LATEST),
        ):
            book.give(said, report.original, recorded_at=at)
        assert book.given(report.original) == ("Quay Paper", "2031-03")
        assert book.connection.execute("SELECT count(*) FROM given").fetchone() == (2,)
        found = book.view().original(report.id)
        assert (found.outlet, found.published) == ("Quay Paper", "2031-03")
        assert book.given("https://a.example/1") == (None, None)


def test_notes_go_out_and_in_again(tmp_path):
    with ledger.open(":memory:") as book:
        report = read_in_turn(book, ("1", AT), ("2", LATER), ("1", LATEST), ("3", LATEST), ("2", LATEST))
        book.give(msgspec.structs.replace(original_of(report.text), outlet="A"), report.original, recorded_at=AT)
        ledger.export(book.view(), tmp_path / "x")
        assert (tmp_path / "x" / "fronted.jsonl").read_text("utf-8").count("\n") == 2
        with ledger.open(":memory:") as again:
            for _ in range(2):
                ledger.import_(tmp_path / "x", again)
                assert front(again.view(), report) == "2" and again.given(report.original) == ("A", None)
                assert again.connection.execute("SELECT count(*) FROM fronted").fetchone() == (2,)
            ledger.export(again.view(), tmp_path / "y")
        for name in ("fronted", "given"):
            (x, y) = ((tmp_path / f / f"{name}.jsonl").read_bytes() for f in "xy")
            assert x == y
            (tmp_path / "x" / f"{name}.jsonl").unlink()  # as an earlier version wrote it
        with ledger.open(":memory:") as older:
            assert ledger.import_(tmp_path / "x", older) == 3 and front(older.view(), report) == "3"


def test_a_ledger_of_the_schema_before_is_migrated_with_the_outlets_it_was_told(tmp_path):
    path = tmp_path / "a.db"
    with ledger.open(path) as book:
        bare = report_of(text_of(), outlet=None)
        for report in (bare, msgspec.structs.replace(bare, outlet="Quay Paper")):
            book.keep(original_of(bare.text), report, reading_of(report), recorded_at=AT)
        for sql in ("DROP TABLE fronted", "DROP TABLE given", "PRAGMA user_version = 3"):
            book.connection.execute(sql)
    with ledger.open(path) as book:
        assert book.given(bare.original) == ("Quay Paper", None) and book.view().original(bare.id).outlet
        assert ledger.check(book) == ()
