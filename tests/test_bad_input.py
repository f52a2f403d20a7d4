"""Sources that cannot be read: one Problem each, which says what to do; the others are read, the exit code is 11."""

from __future__ import annotations

import json
import os
import socket
import sqlite3

import pypdf
import pytest
from faults import REPORT, called, problems, reports, sound

from onrecord.ledger import open as open_ledger
from onrecord.read import read
from onrecord.records import Original

PAGE = "<html><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></body></html>"
WORDS = b"The ferry Aurora II will carry forty cars, the harbour office said on Monday. "


def scan(path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(path)


def dump(path):
    with path.open("wb") as f:
        for _ in range(50):
            f.write(WORDS * (1_000_000 // len(WORDS) + 1))


def lines(path):
    good = json.dumps({"text": REPORT.format(day=3, cars=70), "title": "A"})
    path.write_text(f"{good}\n{{bad\n")


BAD = {  # file name → how it is made, the code of its problem, words that say what to do
    "empty.txt": (lambda p: p.write_bytes(b""), "empty", "empty"),
    "noise.txt": (lambda p: p.write_bytes(bytes(range(256)) * 12), "binary", "save it as UTF-8"),
    "program.bin": (lambda p: p.write_bytes(b"\x7fELF" + bytes(300)), "unknown-type", "are not read"),
    "picture.html": (lambda p: p.write_bytes(b"\x89PNG\r\n" + bytes(300)), "binary", "a PNG image"),
    "dump.txt": (dump, "too-long", "Split it into one file for each report"),
    "sixteen.txt": (lambda p: p.write_bytes("The ferry sails.".encode("utf-16-le")), "binary", "save it as UTF-8"),
    "page.html": (lambda p: p.write_text(PAGE), "no-article", "save it as text"),
    "scan.pdf": (scan, "no-text", "text recognition"),
    "cut.pdf": (lambda p: p.write_bytes(b"%PDF-1.4\nnothing"), "broken-pdf", "save it again"),
    "lines.jsonl": (lines, "bad-json", "line 2"),
    "loop.txt": (lambda p: p.symlink_to(p.name), "missing", "leads nowhere"),
}


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """A folder with every kind of bad file and one good one, added at once; the ledger beside it."""
    here = tmp_path_factory.mktemp("bad")
    reports(here / "press", 1)
    for name, (make, _, _) in BAD.items():
        make(here / "press" / name)
    return here, called("add", "a.db", "press", "--json", cwd=here)


def test_the_good_are_read_and_the_bad_counted(added):
    here, done = added
    row = json.loads(done.stdout)
    assert done.returncode == 11
    assert row["reports"] == 2 and len(row["problems"]) == len(BAD)
    assert sound(here / "a.db") == 2


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_is_one_problem_that_says_what_to_do(added, name):
    _, code, advice = BAD[name]
    (found,) = [p for p in json.loads(added[1].stdout)["problems"] if name in p["source"]]
    assert found["code"] == code and advice in found["detail"] and found["place"] == f"press/{name}"


def test_status_counts_problems_by_code_and_says_how_to_try_again(added):
    here, _ = added
    done = called("status", "-l", "a.db", cwd=here)
    assert done.returncode == 0 and "3 binary" in done.stdout and "onrecord add a.db --retry" in done.stdout
    row = json.loads(called("status", "-l", "a.db", "--json", cwd=here).stdout)
    assert row["problems by code"]["binary"] == 3 and "missing" not in row["problems by code"]


def test_adding_again_adds_no_problem_twice_and_retry_closes_what_was_mended(tmp_path):
    press = reports(tmp_path / "press", 1)
    for name in ("a.txt", "b.txt", "c.txt"):
        (press / name).write_bytes(b"")
    for source in ("press", "./press/", "press/a.txt"):
        assert called("add", "a.db", source, cwd=tmp_path).returncode == 11
    assert len(problems(tmp_path / "a.db")) == 3
    (press / "a.txt").write_text(REPORT.format(day=9, cars=90))
    (press / "b.txt").unlink()
    again = called("add", "a.db", "--retry", cwd=tmp_path)
    assert again.returncode == 11 and "press/b.txt is not to be found" in again.stderr and "1 new" in again.stdout
    assert problems(tmp_path / "a.db") == [("b.txt", "empty"), ("c.txt", "empty")]
    assert called("add", "a.db", "press", cwd=tmp_path).returncode == 11  # the folder is read whole: b.txt is gone
    assert problems(tmp_path / "a.db") == [("c.txt", "empty")]
    (press / "c.txt").write_text(REPORT.format(day=8, cars=80))
    assert called("add", "a.db", "--retry", cwd=tmp_path).returncode == 0
    assert problems(tmp_path / "a.db") == [] and sound(tmp_path / "a.db") == 3
    (press / "c.txt").write_bytes(b"")
    assert called("add", "a.db", "press/c.txt", cwd=tmp_path).returncode == 11  # it came back
    assert problems(tmp_path / "a.db") == [("c.txt", "empty")]


def test_bad_pages_of_one_name_are_problems_of_their_own(tmp_path):
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.html").write_text(PAGE.replace("Home", folder))
    assert called("add", "a.db", "north", "south", cwd=tmp_path).returncode == 11
    assert len(problems(tmp_path / "a.db")) == 2


def test_file_names_of_any_bytes(tmp_path):
    press = tmp_path / "press"
    press.mkdir()
    names = (b"a\nb.txt", b"\xff\xfe.txt", b"[red]x.txt", b"a\x1b[31mred.txt", b"-l.txt", b" .txt", b"%s.txt", b"*.txt")
    for i, name in enumerate(names):
        (press / os.fsdecode(name)).write_text(REPORT.format(day=i + 1, cars=i + 10))
    (press / os.fsdecode(b"e\n\x1b[31m\xff.txt")).write_bytes(b"")
    done = called("add", "a.db", "press", cwd=tmp_path)
    assert done.returncode == 11 and f"{len(names)} new" in done.stdout and "\x1b" not in done.stdout
    listed = called("reports", "-l", "a.db", cwd=tmp_path)
    assert "\\xff\\xfe.txt" in listed.stdout and "\x1b" not in listed.stdout and "[red]x.txt" in listed.stdout
    assert sound(tmp_path / "a.db") == len(names)


def test_utf8_with_broken_bytes_is_not_taken_for_another_encoding():
    words = ("The café in Sandholm – “open again” – said on Monday that it will sell forty boats. " * 5).encode()
    for data in (words[:-3], words.replace(b"forty", b"f\xffrty", 1), words + b"\xe2"):
        (report,), problems = read(Original(name="a.txt", url=None, data=data))
        assert "café" in report.text and "“open again”" in report.text and not problems
    for encoding in ("cp1251", "koi8-r"):
        data = ("Паром пойдёт из порта в мае, сообщила во вторник администрация порта. " * 5).encode(encoding)
        assert "порта в мае" in read(Original(name="a.txt", url=None, data=data))[0][0].text


def test_ten_thousand_files_are_walked_and_the_same_report_is_kept_once(tmp_path):
    press = tmp_path / "press"
    for n in range(100):
        (press / str(n)).mkdir(parents=True)
        for k in range(100):
            (press / str(n) / f"{k}.dat").write_bytes(b"")
    for name in ("a.txt", "b.txt", "0/c.txt"):
        (press / name).write_text(REPORT.format(day=1, cars=2))
    from onrecord.read import originals

    found = list(originals([str(press)]))
    assert len(found) == 10_003 and sum(isinstance(x, Original) for x in found) == 3
    done = called("add", "a.db", *sorted(press.glob("*.txt")), press / "0/c.txt", "press/a.txt", cwd=tmp_path)
    assert done.returncode == 0 and "4 reports read, 1 new" in done.stdout


def test_addresses_that_refuse_and_folders_that_hold_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{s.getsockname()[1]}/news"  # bound, not listening: refused
        (tmp_path / "none").mkdir()
        done = called("add", "a.db", closed, "ftp://coast.example/a", "none", cwd=tmp_path)
    assert done.returncode == 11 and done.stdout.count("fetch") >= 1
    assert sorted(code for _, code in problems(tmp_path / "a.db")) == ["empty", "fetch", "unknown-scheme"]


def test_the_ledger_added_to_itself_is_a_binary_file(tmp_path):
    reports(tmp_path / "press", 2)
    assert called("add", "a.db", "press", cwd=tmp_path).returncode == 0
    assert called("add", "a.db", "a.db", cwd=tmp_path).returncode == 11
    assert problems(tmp_path / "a.db") == [("a.db", "binary")] and sound(tmp_path / "a.db") == 2


def test_a_report_dated_in_the_future_keeps_its_date_and_is_a_problem(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT.format(day=3, cars=40).replace("2031", "2071"))
    assert called("add", "a.db", "a.txt", cwd=tmp_path).returncode == 11
    assert json.loads(called("reports", "--json", "-l", "a.db", cwd=tmp_path).stdout)["published"] == "2071-03-03"
    (problem,) = json.loads(called("status", "--json", "-l", "a.db", cwd=tmp_path).stdout)["problems"]
    assert problem["code"] == "future-date" and "2071-03-03" in problem["detail"]
    assert called("brief", "-l", "a.db", cwd=tmp_path).returncode == 0


def test_problems_closed_later_are_open_in_a_view_of_before_and_in_an_export(tmp_path):
    from onrecord.ledger import digest
    from onrecord.ledger.export import export
    from onrecord.ledger.restore import import_
    from onrecord.records import Problem

    gone = Problem.of("read", "a.txt", "empty", "a.txt is empty", place="press/a.txt")
    open_ = Problem.of("read", "b.txt", "empty", "b.txt is empty", place="press/b.txt")
    with open_ledger(tmp_path / "a.db") as book:
        for p in (gone, open_):
            book.note(p, recorded_at="2031-03-01T00:00:00Z")
        book.mend(["press/a.txt"], [], recorded_at="2031-03-05T00:00:00Z")
        assert book.view().problems() == (open_,) and book.view(as_of="2031-03-02").problems() == (gone, open_)
        export(book.view(), tmp_path / "plain")
        right = digest(book)
    with open_ledger(tmp_path / "b.db") as other:
        import_(tmp_path / "plain", other)
        assert other.view().problems() == (open_,) and digest(other) == right


def test_what_is_told_of_a_source_is_one_row_in_the_table(tmp_path):
    reports(tmp_path / "press", 1)
    (tmp_path / "press/empty.txt").write_bytes(b"")
    called("add", "a.db", "press", cwd=tmp_path)
    with sqlite3.connect(tmp_path / "a.db") as db:
        assert db.execute("SELECT count(*) FROM problem").fetchone() == (1,)
