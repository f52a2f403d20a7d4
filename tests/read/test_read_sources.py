"""Files, folders, globs and addresses become originals or problems; no bytes make `read` raise."""

# ruff: noqa: E501  (one case a line)

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ids import digest
from onrecord.read import originals, read
from onrecord.read.fetch import fetch
from onrecord.records import Original, Problem

PROSE = "The harbour office of Sandholm said that the ferry Aurora II will carry forty cars from May onwards."


def code(name, data, **more):
    reports, (problem,) = read(Original(name=name, url=None, data=data, **more))
    assert not reports and problem.stage == "read" and len(problem.detail) > 20
    return problem.code


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"", "empty"), ("a.txt", b" \r\n\t", "empty"), ("a.html", b"\xef\xbb\xbf\n", "empty"),
        ("a.txt", b"PK\x03\x04zip", "binary"), ("a.docx", b"PK\x03\x04zip", "binary"), ("a.txt", b"\x89PNG\r\n", "binary"),
        ("a.txt", b"words\x00\x01\x02 and more\x00", "binary"), ("a.xyz", b"some words", "unknown-type"),
        ("a.txt", b"a" * 2_000_001, "too-long"), ("a.txt", b"words and " * 5_000_000, "too-long"),
    ],
)  # fmt: skip
def test_bad_files(name, data, expected):
    assert code(name, data) == expected


def test_the_message_of_a_text_that_is_too_long_says_what_to_do():
    _, (problem,) = read(Original(name="dump.txt", url=None, data=b"words and " * 5_000_000))
    assert "dump.txt has 50,000,000" in problem.detail and "2,000,000" in problem.detail and "Split" in problem.detail


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "utf-16", "utf-16-le"])
def test_encodings(name):
    words = "Паром «Аврора» пойдёт из порта в мае, сообщила во вторник администрация порта. Мост закроют до конца лета."
    data = (
        words.encode("koi8-r" if name == "koi8-r" else name, "replace")
        if name != "utf-16-le"
        else b"\xff\xfe" + words.encode(name)
    )
    (report,), _ = read(Original(name="a.txt", url=None, data=data))
    assert "порта в мае" in report.text and report.language == "ru"


def test_the_charset_that_the_server_names():
    data = "Åsgård fähr".encode("latin-1")
    (report,), _ = read(
        Original(name="a", url="http://x.example/a", data=data, media_type="text/plain; charset=iso-8859-1")
    )
    assert report.text == "Åsgård fähr"


def test_a_page_is_known_by_its_bytes():
    page = f"<!DOCTYPE html><html><body><article>{''.join(f'<p>{PROSE}</p>' for _ in range(3))}</article></body></html>".encode()
    for name in ("page", "page.php", "page.xml"):
        assert read(Original(name=name, url=None, data=page))[0][0].media_type == "text/html"
    assert read(Original(name="page.txt", url=None, data=page))[0][0].media_type == "text/plain"


def test_folders_globs_and_single_files(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", "sub/.git/d.txt", "e.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(PROSE, "utf-8")
    found = list(originals([tmp_path], outlet="Coast Post"))
    assert [o.name for o in found if isinstance(o, Original)] == ["a.md", "b.txt", "c.txt"]
    assert [p.code for p in found if isinstance(p, Problem)] == ["unknown-type"]
    assert {o.outlet for o in found if isinstance(o, Original)} == {"Coast Post"}
    assert [o.name for o in originals([str(tmp_path / "**/*.txt")])] == ["b.txt", "c.txt"]
    (one,) = originals([str(tmp_path / "b.txt")])
    (report,), _ = read(one)
    assert report.original == digest(PROSE.encode()) and report.url is None
    assert report.id == read(Original(name="renamed.txt", url=None, data=PROSE.encode()))[0][0].id


def test_what_cannot_be_opened(tmp_path):
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    names = [
        tmp_path / "none.txt",
        str(tmp_path / "*.pdf"),
        tmp_path / "empty",
        tmp_path / "pipe",
        "ftp://x.example/a",
        "a\x00b",
        "x" * 5000,
    ]
    assert [p.code for p in originals(names)] == [
        "missing",
        "missing",
        "empty",
        "unknown-type",
        "unknown-scheme",
        "missing",
        "missing",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file, so nothing is refused")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(PROSE, "utf-8")
    path.chmod(0)
    assert [p.code for p in originals([path])] == ["permission"]


def test_a_refused_file_is_a_problem(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(PROSE, "utf-8")

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    assert [p.code for p in originals([path])] == ["permission"]


class Pages(BaseHTTPRequestHandler):
    """A small web site on loopback."""

    def do_GET(self):
        if self.path.startswith(("/to?", "/loop")):
            self.send_response(302)
            self.send_header("Location", "/loop" if self.path == "/loop" else self.path[4:])
            self.end_headers()
            return
        status = int(self.path[1:]) if self.path[1:].isdigit() else 200
        body = b"x" * 5000 if self.path == "/big" else PROSE.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        if self.path != "/unsaid":
            self.send_header("Content-Length", str(len(body) + (10 if self.path == "/cut" else 0)))
        self.end_headers()
        if self.path == "/slow":
            threading.Event().wait(1.5)
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with pytest.MonkeyPatch.context() as m:
        m.setenv("no_proxy", "127.0.0.1")
        yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/news/ferry.txt", "/unsaid", "/to?/news/ferry.txt", "/näws/ferry.txt"])
def test_fetch(site, path):
    (found,) = originals([site + path], outlet="Coast Post")
    assert (found.data, found.media_type, found.outlet) == (PROSE.encode(), "text/plain; charset=utf-8", "Coast Post")
    assert found.url.startswith(site) and "to?" not in found.url
    (report,), _ = read(found)
    assert report.text == PROSE and report.url == found.url


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/404", "http-404"), ("/403", "http-403"), ("/500", "http-500"), ("/big", "too-long"), ("/cut", "fetch"), ("/slow", "fetch"),
     ("/to?file:///etc/passwd", "http-302"), ("/to?ftp://x.example/", "unknown-scheme"), ("/loop", "http-302")],
)  # fmt: skip
def test_fetch_that_fails(site, path, expected):
    found = fetch(site + path, timeout=0.7, limit=4000)
    assert isinstance(found, Problem) and found.code == expected and site + path in found.detail


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[bad/", "http://", "file:///etc/passwd", "http://exa mple.invalid:x/"]
)
def test_addresses_that_cannot_be_fetched(url):
    assert isinstance(fetch(url, timeout=1), Problem)


NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.eml", "a.rss", "a.jsonl", "a.json", "a", "a.xml"])
STARTS = st.sampled_from([b"", b"%PDF-1.4\n", b"<html><body><p>", b"<?xml version='1.0'?><rss><channel><item>", b'{"text": "', b"[{",
                          b"Subject: a\nFrom: b\nDate: c\nContent-Type: text/html\n\n", b"\xff\xfe", b"---\ntitle: "])  # fmt: skip


@given(
    NAMES, STARTS, st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda t: t.encode("utf-8", "replace")))
)
@settings(max_examples=250, deadline=None)
def test_no_bytes_make_read_raise(name, start, rest):
    reports, problems = read(Original(name=name, url=None, data=start + rest))
    assert reports or problems
    assert all(p.code != "crash" for p in problems)
    for r in reports:
        assert all(0 <= a < b <= len(r.text) for a, b in r.furniture)
        r.text.encode("utf-8")


def test_the_room_is_cheap_to_import():
    heavy = [
        "trafilatura",
        "lxml",
        "htmldate",
        "feedparser",
        "pypdf",
        "py3langid",
        "numpy",
        "charset_normalizer",
        "urllib.request",
    ]
    program = f"import sys, onrecord.read; print([m for m in {heavy!r} if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()
        == "[]"
    )
