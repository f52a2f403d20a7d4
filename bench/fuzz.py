"""`python -m bench.fuzz TARGET [--seconds N] [--keep FOLDER]`: looks for inputs that break `extract` or `read`.

atheris changes bytes so that they reach code not run before. TARGET is `extract` (bytes are UTF-8 text) or a format
that `read` takes: txt, md, html, pdf, eml, rss, jsonl, json. Seeds are invented texts. A finding is an exception, a
problem called "crash", a passage outside its text, text that cannot be stored, or more than 10 s for one input; each
kind is printed once, and its input is kept in FOLDER. Exit code 1 where there is one.

atheris is no dependency of the project: `pip install atheris` in an environment of its own. Without it, nothing is
done.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FORMATS = ("txt", "md", "html", "pdf", "eml", "rss", "jsonl", "json")
SECONDS = 120
SLOW = 10  # seconds for one input
LONGEST = 4096  # bytes of one input
WORDS = (
    "said", "told", "according to ", "reportedly", " that ", "“", "”", '"', "'", "«", "»", ": ", "\n", "\n\n", " — ",
    "Ada Venn", "Mr. ", "the ministry", "he", "she", "40 km", "3.2 million", "€", "per cent", "up to ", "from 3 to 5",
    "3 May 2031", "last week", "Monday", "2031-05-03", "Q: ", "A: ", "VENN: ", "(", ")", "\u0301", "\u202e", "\u00a0",
    "🚢", "\x00", "not ", "will ", "may ", "denied ",
)  # fmt: skip
MARKS = (
    "<p>", "</p>", "<h1>", "<article>", "<time datetime=", "<meta property=", '<script type="application/ld+json">',
    "<!--", "<![CDATA[", "<item>", "<pubDate>", "<?xml", "&amp;", "&#8220;", "&#xd800;", "charset=", "Content-Type: ",
    "multipart/mixed", "boundary=", "=?utf-8?q?", "base64", "Date: ", "From: ", "\r\n", "\\u0000", "\\ud800",
    '{"text":', "null", "[]", "/Title", "/Contents", "endobj", "stream", "\ufeff",
)  # fmt: skip


def story(text: str) -> tuple[str, str]:
    """A headline and the text below it."""
    return "Sandholm: ferry to sail in May", text


def seeds(target: str) -> list[bytes]:
    """A few small inputs of a target, of invented words."""
    from bench.bad_text import CASES

    texts = [words * (1 + 120 // len(words)) for words in CASES.values()]
    return [
        written(target, *story(text)) for text in (texts if target in ("extract", "txt") else texts[:1] + texts[-9:])
    ]


def written(target: str, title: str, text: str) -> bytes:
    """One report in a format."""
    makers: dict[str, Callable[[str, str], bytes]] = {
        "html": page,
        "pdf": pdf,
        "eml": mail,
        "rss": feed,
        "jsonl": row,
        "json": row,
    }
    return makers.get(target, lambda a, b: f"{a}\n\n{b}".encode())(title, text)


def page(title: str, text: str) -> bytes:
    facts = json.dumps(
        {"@type": "NewsArticle", "headline": title, "datePublished": "2031-05-03", "author": {"name": "Ada Venn"}}
    )
    paragraphs = "".join(f"<p>{text}</p>\n" for _ in range(3))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="2031-05-03T08:00:00Z"><script type="application/ld+json">'
        f"{facts}</script></head><body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>"
        f"<time datetime='2031-05-03'>3 May 2031</time>{paragraphs}</article><footer>Subscribe</footer></body></html>"
    ).encode()


def pdf(title: str, text: str) -> bytes:
    """A PDF of one page, with its words in a stream that is not packed, so that changes reach them."""
    import pypdf
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    sheet = writer.add_blank_page(400, 400)
    words = text.encode("latin-1", "replace").replace(b"(", b"").replace(b")", b"").replace(b"\\", b"")[:300]
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 20 300 Td (" + words + b") Tj ET")
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    sheet[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": title, "/CreationDate": "D:20310503"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def mail(title: str, text: str) -> bytes:
    m = EmailMessage()
    m["Subject"], m["From"], m["To"] = title, "Ada Venn <venn@coast.example>", "press@coast.example"
    m["Date"] = "Sat, 03 May 2031 08:00:00 +0000"
    m.set_content(text.replace("\r", " "))
    m.add_alternative(f"<p>{text}</p>".replace("\r", " "), subtype="html")
    return m.as_bytes()


def feed(title: str, text: str) -> bytes:
    from xml.sax.saxutils import escape

    item = (
        f"<item><title>{escape(title)}</title><link>https://coast.example/1</link>"
        f"<description>{escape(text)}</description><pubDate>Sat, 03 May 2031 08:00:00 GMT</pubDate>"
        "<source url='https://coast.example/rss'>Coast Courier</source></item>"
    )
    channel = f"<channel><title>Coast</title>{item}</channel>"
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'>{channel}</rss>".encode()


def row(title: str, text: str) -> bytes:
    return json.dumps(
        {"title": title, "text": text, "published": "2031-05-03", "outlet": "Coast", "language": "en"}
    ).encode()


def broken_reading(data: bytes) -> list[str]:
    """What is wrong with the reading of a text."""
    from bench.bad_text import report_of, wrong
    from onrecord.extract import extract

    text = data.decode("utf-8", "ignore")
    return wrong(extract(report_of(text)), text)


def broken_report(suffix: str, data: bytes) -> list[str]:
    """What is wrong with the reports of a file."""
    from bench.bad_text import passages
    from onrecord.read import read
    from onrecord.records import Original

    reports, problems = read(Original(name=f"a.{suffix}", url=None, data=data))
    out = [p.detail for p in problems if p.code == "crash"]
    for r in reports:
        out += [f"{type(p).__name__} outside the text" for p in passages(r) if not 0 <= p.start <= p.end <= len(r.text)]
        out += [
            f"{name} cannot be stored: {e.reason}" for name in r.__struct_fields__ for e in unstorable(getattr(r, name))
        ]
        if r.title_passage is not None and r.text[slice(*r.title_passage)].split() != (r.title or "").split():
            out.append("the title is not in its passage")
    return out


def unstorable(value: object) -> list[UnicodeEncodeError]:
    """Why a text is no UTF-8, where it is none."""
    try:
        if isinstance(value, str):
            value.encode()
    except UnicodeEncodeError as e:
        return [e]
    return []


def kind(fault: str) -> str:
    """A finding without its figures and quoted words, so that one kind is told once."""
    plain = "".join("#" if c.isdigit() else c for c in fault)
    return plain.split("'")[0][:90]


class Finder:
    """Tries each input, keeps the first of each kind of finding."""

    def __init__(self, target: str, keep: Path) -> None:
        self.target, self.keep = target, keep
        self.met: set[str] = set()

    def __call__(self, data: bytes) -> None:
        started = time.perf_counter()
        try:
            faults = broken_reading(data) if self.target == "extract" else broken_report(self.target, data)
        except (Exception, RecursionError):
            faults = [f"raised {traceback.format_exc(limit=-1)}"]
        spent = time.perf_counter() - started
        if spent > SLOW:
            faults.append(f"slow: {len(data)} bytes took {spent:.0f} s")
        for fault in faults:
            if kind(fault) not in self.met:
                self.met.add(kind(fault))
                path = self.keep / f"{self.target}-{len(self.met)}"
                path.write_bytes(data)
                print(f"\nFOUND {path}: {fault}", flush=True)


def dictionary(folder: Path) -> Path:
    """Words that changes may put in, as libFuzzer reads them."""
    path = folder / "words.dict"
    rows = ("".join(f"\\x{b:02x}" for b in w.encode()) for w in (*WORDS, *MARKS))
    path.write_text("".join(f'"{r}"\n' for r in rows))
    return path


def fuzz(atheris: Any, target: str, seconds: int, keep: Path) -> None:
    """Runs until the time is over. The process ends with it: libFuzzer does not come back."""
    with atheris.instrument_imports(include=["onrecord"]):
        import onrecord.extract
        import onrecord.read  # noqa: F401

        for name in ("plain", "html", "pdf", "mail", "feed", "jsonl"):
            __import__(f"onrecord.read.{name}")
    folder = Path(tempfile.mkdtemp())
    corpus = folder / "corpus"
    corpus.mkdir()
    for i, data in enumerate(seeds(target)):
        (corpus / str(i)).write_bytes(data)
    options = [
        f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-dict={dictionary(folder)}", "-timeout=60",
        "-rss_limit_mb=4096", "-print_final_stats=1", f"-artifact_prefix={keep}/{target}-", str(corpus),
    ]  # fmt: skip
    atheris.Setup(["fuzz", *options], Finder(target, keep))
    atheris.Fuzz()


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("target", choices=("extract", *FORMATS))
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--keep", type=Path, help="folder for the inputs of findings; a new one")
    a = parser.parse_args(argv)
    if find_spec("atheris") is None:
        print("skipped: atheris is not installed here: pip install atheris, in an environment of its own")
        return 0
    import atheris

    keep = a.keep or Path(tempfile.mkdtemp())
    keep.mkdir(parents=True, exist_ok=True)
    before = set(keep.iterdir())
    child = os.fork()  # libFuzzer ends its process
    if child == 0:
        fuzz(atheris, a.target, a.seconds, keep)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    found = sorted(set(keep.iterdir()) - before)
    print(f"{a.target}: {len(found)} kinds of finding in {keep}" if found else f"{a.target}: nothing found")
    return 1 if found or status else 0


if __name__ == "__main__":
    sys.exit(main())
