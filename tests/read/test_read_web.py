"""Pages, feeds, JSON Lines, mails and PDFs, each invented here."""

# ruff: noqa: E501  (one case a line)

import json
from email.message import EmailMessage

import pytest

from onrecord.read import read
from onrecord.records import Original

BODY = (
    "The harbour office of Sandholm said on Monday that the ferry Aurora II would carry forty cars from May.",
    "Its director, Ida Rask, told reporters that the pier had been lengthened by twelve metres over the winter.",
    "Two shipyards had offered to build a second vessel, she added, but the council has not yet chosen one.",
)
PAGE = """<!doctype html><html lang="en-GB"><head><title>New ferry for Sandholm | Coast Post</title>
<link rel="canonical" href="https://coast.example/2031/03/04/new-ferry">
<meta property="og:site_name" content="Coast Post"><meta property="article:published_time" content="2031-03-04T07:00:00+01:00">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"New ferry for Sandholm","datePublished":"2031-03-04",
"dateModified":"2031-03-05","author":{"@type":"Person","name":"Ole Brandt"},"publisher":{"name":"Coast Post"},
"sourceOrganization":{"name":"Nordic News Agency"}}</script></head><body>
<nav><a href="/">Home</a><a href="/news">News</a></nav>
<article><h1>New ferry for Sandholm</h1><time datetime="2031-03-04" pubdate>4 March 2031</time>BODY</article>
<footer>© 2031 Coast Post</footer></body></html>""".replace("BODY", "".join(f"<p>{p}</p>" for p in BODY))


def one(data, name, **more):
    if isinstance(data, str):
        data = data.encode()
    reports, problems = read(Original(name=name, url=more.pop("url", None), data=data, **more))
    assert not problems, problems
    (report,) = reports
    return report


def code(data, name, **more):
    reports, (problem,) = read(Original(name=name, url=None, data=data, **more))
    assert not reports and problem.detail
    return problem.code


def test_page():
    r = one(PAGE, "ferry.html")
    assert r.text.splitlines() == ["New ferry for Sandholm", "", *BODY]
    assert (r.title, r.title_passage) == ("New ferry for Sandholm", (0, 22))
    assert (r.byline, r.outlet, r.language) == ("Ole Brandt", "Coast Post", "en")
    assert r.url == "https://coast.example/2031/03/04/new-ferry"
    assert r.credits == ("Nordic News Agency",)
    assert r.published == "2031-03-04"
    places = {(d.where, d.value) for d in r.dates}
    assert {("json-ld datePublished", "2031-03-04"), ("json-ld dateModified", "2031-03-05"), ("url", "2031-03-04"),
            ("meta published", "2031-03-04"), ("time published", "2031-03-04")} <= places  # fmt: skip


def test_page_keeps_the_address_it_was_fetched_from_and_the_outlet_its_caller_says():
    r = one(PAGE, "ferry.html", url="https://mirror.example/a", outlet="The Mirror")
    assert (r.url, r.outlet) == ("https://mirror.example/a", "The Mirror")


def test_page_in_another_encoding():
    words = "Паром «Аврора» пойдёт из Санхольма в мае, сообщила администрация порта. Мост закроют до конца лета. "
    page = f"<html><head><meta charset='windows-1251'><title>Новый паром</title></head><body><p>{words * 3}</p></body></html>"
    r = one(page.encode("cp1251"), "a.html")
    assert "Санхольма" in r.text and r.language == "ru"


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><body><nav>Home</nav></body></html>", "<html>"])
def test_page_without_article(page):
    assert code(page.encode(), "a.html") == "no-article"


def test_broken_linked_data_is_passed_over():
    r = one(PAGE.replace('{"@type"', '{{"@type"'), "a.html")
    assert r.published == "2031-03-04" and r.byline is None


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Post</title><language>en</language>
<item><title>New ferry &amp; pier</title><link>https://coast.example/1</link><pubDate>Tue, 04 Mar 2031 23:30:00 +0100</pubDate>
<source url="https://agency.example/f">Nordic News Agency</source>
<description>&lt;p&gt;The ferry is &lt;b&gt;due&lt;/b&gt; in May.&lt;/p&gt;&lt;p&gt;The pier is longer.&lt;/p&gt;</description></item>
<item><title>Second</title><link>https://coast.example/2</link></item><item></item></channel></rss>"""


def test_feed():
    (first, second), (problem,) = read(Original(name="f.rss", url="https://coast.example/f", data=RSS.encode()))
    assert first.text == "New ferry & pier\n\nThe ferry is due in May.\nThe pier is longer."
    assert (first.url, first.outlet, first.credits) == (
        "https://coast.example/1",
        "Coast Post",
        ("Nordic News Agency",),
    )
    assert (first.published, first.dates[0].where) == ("2031-03-04", "feed pubDate")
    assert second.text == second.title == "Second" and second.published is None
    assert problem.code == "no-text" and "item 3" in problem.detail


def test_items_keep_their_ids_when_the_feed_grows():
    grown = RSS.replace("<item>", "<item><title>Newest</title><link>https://coast.example/0</link></item><item>", 1)
    before, after = (read(Original(name="f.rss", url=None, data=d.encode()))[0] for d in (RSS, grown))
    assert {r.id for r in before} < {r.id for r in after}


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Yard</title><entry><title>Launch</title><id>x</id>
<link href="https://yard.example/l"/><published>2031-05-06T01:00:00Z</published><updated>2031-05-07T01:00:00Z</updated>
<author><name>Ida Rask</name></author><content type="html">&lt;p&gt;Launched.&lt;/p&gt;</content></entry></feed>"""


def test_atom():
    r = one(ATOM, "a.xml")
    assert (r.text, r.byline, r.published) == ("Launch\n\nLaunched.", "Ida Rask", "2031-05-06")
    assert [d.where for d in r.dates] == ["feed pubDate", "feed updated"]


@pytest.mark.parametrize("data", [b"<rss><chan", b"<?xml version='1.0'?><rss></rss>", b"<feed>"])
def test_broken_feed(data):
    assert code(data, "f.rss") in ("broken-feed", "empty")


def test_a_feed_never_reads_another_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss><channel><item><title>a &x;</title>'
    reports, _ = read(Original(name="f.rss", url=None, data=(bomb + "</item></channel></rss>").encode()))
    assert all("secret" not in r.text for r in reports)


def test_json_lines():
    rows = [
        {"text": BODY[0], "title": "Ferry", "url": "https://c.example/1", "published": "2031-03-04T10:00:00Z", "outlet": "Coast Post"},
        {"text": "By Ole Brandt\n\n" + BODY[1], "date": "4 March 2031", "source": "Yard", "byline": ["A", "B"], "other": 1},
    ]  # fmt: skip
    data = "\n".join([json.dumps(rows[0]), "{broken", "", json.dumps(rows[1]), "[1]", '{"title": "no text"}'])
    reports, problems = read(Original(name="r.jsonl", url=None, data=data.encode()))
    assert [(r.title, r.url, r.published, r.outlet) for r in reports] == [
        ("Ferry", "https://c.example/1", "2031-03-04", "Coast Post"), (None, None, "2031-03-04", "Yard")]  # fmt: skip
    assert [r.byline for r in reports] == [None, "A, B"]
    assert [(p.code, p.detail.split(": ")[0]) for p in problems] == [
        ("bad-json", "r.jsonl, line 2"), ("bad-json", "r.jsonl, line 5"), ("no-text", "r.jsonl, line 6")]  # fmt: skip
    assert reports[0].dates[0].where == "record field" and reports[0].name == "r.jsonl#1"


def test_json_lines_without_metadata_and_grown():
    first, second = (json.dumps({"text": t}) for t in BODY[:2])
    a = read(Original(name="r.jsonl", url=None, data=second.encode() + b"\n" + first.encode()))[0]
    b = read(Original(name="r.jsonl", url=None, data=first.encode() + b"\n" + second.encode()))[0]
    assert {r.id for r in a} == {r.id for r in b} and len({r.id for r in a}) == 2


@pytest.mark.parametrize("shape", [lambda r: r, lambda r: [r], lambda r: {"items": [r]}])
def test_json_file(shape):
    assert one(json.dumps(shape({"text": BODY[0], "language": "en"}), indent=1), "r.json").text == BODY[0]


@pytest.mark.parametrize("data", [b"{", b"[]", b"3", b"[" * 100_000, b'"words"'])
def test_bad_json_file(data):
    assert code(data, "r.json") in ("bad-json", "empty")


def mail(**parts):
    m = EmailMessage()
    m["Subject"], m["From"], m["Date"] = (
        "New ferry",
        "Ida Rask <ida@harbour.example>",
        "Tue, 04 Mar 2031 08:00:00 +0100",
    )
    if "plain" in parts:
        m.set_content(parts["plain"])
    if "html" in parts:
        m.add_alternative(parts["html"], subtype="html")
    return m.as_bytes()


def test_mail():
    r = one(mail(plain=BODY[0], html=f"<p>{BODY[1]}</p>"), "m.eml")
    assert r.text == "New ferry\n\n" + BODY[0]
    assert (r.title, r.byline, r.outlet, r.published) == ("New ferry", "Ida Rask", "harbour.example", "2031-03-04")
    assert r.dates[0].where == "mail Date"


def test_mail_with_markup_only():
    assert one(mail(html=f"<style>p {{}}</style><p>{BODY[0]}</p><p>{BODY[1]}</p>"), "m.eml").text.endswith(
        "\n".join(BODY[:2])
    )


def test_mail_without_text_or_headers():
    assert code(mail(), "m.eml") == code(b"just words", "m.eml") == "no-text"


def pdf(*pages):
    """A small PDF, one line of text an element."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for rows in pages:
        stream = "BT /F1 11 Tf 14 TL 50 780 Td " + " ".join(f"({row}) Tj T*" for row in rows) + " ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(len(objects) + 1)
        font = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 612 842]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {font} /Contents {len(objects)} 0 R >>")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>"
    out, at = "%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        at.append(len(out))
        out += f"{i} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{a:010d} 00000 n \n" for a in at)
    tail = f"trailer << /Size {len(at) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return (out + f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n" + table + tail).encode("latin-1")


def test_pdf():
    rows = ["New ferry for Sandholm", "The harbour office of Sandholm said on Monday that the ferry would be length-",
            "ened before May, and that the pier would be open to all cars of the island.", "A second ship is planned."]  # fmt: skip
    r = one(
        pdf(
            ["Coast Post Weekly", *rows, "1"],
            ["Coast Post Weekly", "More words here.", "2"],
            ["Coast Post Weekly", "End.", "3"],
        ),
        "a.pdf",
    )
    assert "would be lengthened before May, and that the pier" in r.text
    assert r.title == "New ferry for Sandholm"
    assert sorted({r.text[a:b] for a, b in r.furniture}) == [
        "1\nCoast Post Weekly",
        "2\nCoast Post Weekly",
        "3",
        "Coast Post Weekly",
    ]


def test_pdf_without_text_broken_or_locked():
    from io import BytesIO

    import pypdf

    assert code(pdf([]), "a.pdf") == "no-text"
    assert code(b"%PDF-1.4\nrubbish", "a.pdf") == "broken-pdf"
    w = pypdf.PdfWriter(clone_from=BytesIO(pdf(["Words of the locked page, many of them."])))
    w.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    w.write(out)
    assert code(out.getvalue(), "a.pdf") == "encrypted"
