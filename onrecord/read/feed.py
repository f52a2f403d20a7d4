"""An RSS or Atom feed → one draft an item: link, title, date, source, and its content or summary without markup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from onrecord.read.compose import Draft
from onrecord.read.dates import stamp
from onrecord.read.encoding import sound
from onrecord.read.html import fragment, with_title
from onrecord.read.unreadable import Unreadable
from onrecord.records import DateFound, Original, Problem

MAX_FEED = 50_000_000  # bytes


def drafts(original: Original, media_type: str) -> tuple[list[Draft], list[Problem]]:
    """One draft an item, in the order of the feed; an item without words is a Problem."""
    import feedparser

    if len(original.data) > MAX_FEED:
        raise Unreadable("too-long", f"{original.name} has {len(original.data):,} bytes; a feed may have {MAX_FEED:,}")
    headers = {"content-type": original.media_type or "application/xml", "content-location": original.url or ""}
    try:
        parsed = feedparser.parse(_Bytes(original.data), response_headers=headers, sanitize_html=False)
    except Exception as e:  # it raises many kinds on broken files: ValueError, UnicodeError, KeyError, ...
        detail = f"{original.name} cannot be read as a feed ({type(e).__name__}: {e})"[:300]
        raise Unreadable("broken-feed", f"{detail}; check the file") from e
    if not parsed.entries:
        why = parsed.get("bozo_exception")
        if not parsed.get("version"):
            raise Unreadable(
                "broken-feed", f"{original.name} cannot be read as a feed{f' ({why})' if why else ''}; check the file"
            )
        raise Unreadable("empty", f"{original.name} is a feed without items")
    found: list[Draft] = []
    problems: list[Problem] = []
    for i, entry in enumerate(parsed.entries, 1):
        try:
            found.append(_draft(original, i, entry, parsed.feed))
        except Unreadable as e:
            place = f"{original.name}, item {i}"
            problems.append(Problem.of("read", place, e.code, f"{place}: {e.detail}"))
    if parsed.bozo and parsed.get("bozo_exception") is not None and _is_cut(parsed.bozo_exception):
        said = f"{len(found)} items were read, some may be lost"
        detail = f"{original.name} is not well formed ({parsed.bozo_exception}); {said}"
        problems.append(Problem.of("read", original.name, "broken-feed", detail))
    return found, problems


class _Bytes:
    """Bytes as a file without a name: feedparser takes a string for an address or a path, and would open it."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes."""
        taken, self.data = (self.data, b"") if size < 0 else (self.data[:size], self.data[size:])
        return taken


def _is_cut(why: Any) -> bool:
    return type(why).__name__ not in ("CharacterEncodingOverride", "NonXMLContentType")


def _draft(original: Original, number: int, entry: Any, feed: Any) -> Draft:
    title = fragment(entry.get("title") or "") or None
    bodies = [c.get("value") or "" for c in entry.get("content") or ()] + [entry.get("summary") or ""]
    body = max((fragment(b) for b in bodies if b), key=len, default="")
    if not body and not title:
        raise Unreadable("no-text", "it has no title and no text")
    title = sound(" ".join(title.split())) if title else None
    source = (entry.get("source") or {}).get("title")
    link = entry.get("link") or None
    text = with_title(title, body)
    return Draft(
        text=text,
        title=title,
        byline=entry.get("author") or None,
        outlet=feed.get("title") or None,
        url=link if link and link.startswith(("http://", "https://")) else None,
        language=(entry.get("title_detail") or {}).get("language") or feed.get("language"),
        dates=tuple(_dates(entry)),
        credits=(source,) if source else (),
        name=f"{original.name}#{number}",
        key=json.dumps([link, entry.get("id"), text, entry.get("published")]).encode(),
    )


def _dates(entry: Any) -> Iterator[DateFound]:
    """Every date of the item; a day is taken in the time zone that the feed writes, not turned to another."""
    for key, where in (("published", "feed pubDate"), ("updated", "feed updated"), ("created", "feed created")):
        said = entry.get(key) if key in entry else None
        value = stamp(said)
        if value is None and said and entry.get(f"{key}_parsed"):
            value = date(*entry[f"{key}_parsed"][:3]).isoformat()
        if value is not None and said:
            yield DateFound(value=value, where=where, phrase=str(said)[:200])
