"""A name → the form under which its spellings are looked up: case, width and blanks do not count."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit


def folded(text: str) -> str:
    """`text` in compatibility form, case-folded, with single blanks."""
    return " ".join(unicodedata.normalize("NFKC", typed(text)).casefold().split())


def typed(text: str) -> str:
    """What a person typed, without what SQLite cannot take: bytes that were no UTF-8, and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def domain(url: str | None) -> str | None:
    """The host of `url` without `www.`; None where it has none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # "http://[": not a URL, and no reason to refuse the report
        return None
    return None if not host else host.casefold().removeprefix("www.")
