"""Bytes and name → what kind of file it is: the bytes decide where they are plain, else the name or the server."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".eml": "message/rfc822",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".json": "application/json",
    ".rss": "application/rss+xml",
    ".atom": "application/rss+xml",
    ".xml": "application/rss+xml",
}
TABLES = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".ods"})
TABLE_HINT = 'save each row as a line of JSON Lines (.jsonl), as {"text": "…", "date": "2031-03-04", "outlet": "…"}'
SERVED = {
    "application/xhtml+xml": "text/html",
    "application/atom+xml": "application/rss+xml",
    "application/rdf+xml": "application/rss+xml",
    "application/xml": "application/rss+xml",
    "text/xml": "application/rss+xml",
    "application/feed+json": "application/json",
    "application/x-ndjson": "application/jsonl",
    "application/ndjson": "application/jsonl",
    "application/jsonlines": "application/jsonl",
    "text/x-markdown": "text/markdown",
}
MAGIC = (  # bytes at the start, and what people call such a file
    (b"PK\x03\x04", "a ZIP archive or an office document (docx, xlsx, epub)"),
    (b"\xd0\xcf\x11\xe0", "an old office document (doc, xls)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "an RTF document"),
)
FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.I)
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article)[\s>]", re.I | re.S
)
MAIL = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){3}")


def media_type(data: bytes, name: str, said: str | None) -> str | None:
    """One of the types that are read, or None where it is none of them."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    named = SUFFIXES.get(suffix(name))
    if named in ("text/plain", "text/markdown", "message/rfc822", "application/jsonl", "application/json"):
        return named
    if FEED.search(data[:4096]) and start.startswith(b"<"):
        return "application/rss+xml"
    if HTML.match(start):
        return "text/html"
    if named is not None:
        return named
    served = (said or "").split(";")[0].strip().lower()
    served = SERVED.get(served, served)
    if served in SUFFIXES.values():
        return served
    return None if suffix(name) not in ("", ".log") and not said else "text/plain"


def suffix(name: str) -> str:
    """The lower-case ending of a file name or of a URL's path."""
    return PurePosixPath(urlsplit(name).path if "://" in name else name).suffix.lower()


def foreign(data: bytes) -> str | None:
    """What a file of a kind that is not read looks like, or None."""
    return next((words for magic, words in MAGIC if data.startswith(magic)), None)
