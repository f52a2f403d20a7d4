"""JSON Lines and JSON → one draft for each report. A bad line is one Problem that names it; the rest is read.

Keys read: text; title; url; published or date; outlet or source; byline or author; language; name. Others are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from onrecord.read.compose import Draft
from onrecord.read.dates import stamp
from onrecord.read.encoding import decode, sound
from onrecord.read.html import fragment
from onrecord.read.plain import plain
from onrecord.read.unreadable import Unreadable
from onrecord.records import DateFound, Original, Problem

TEXT_KEYS = ("text", "body", "content", "articleBody")
DATE_KEYS = ("published", "date", "datePublished", "date_published", "published_at", "pubDate")
DEPTH_HINT = "write one object a line with the keys text, title, url, published, outlet"


def drafts(original: Original, media_type: str) -> tuple[list[Draft], list[Problem]]:
    """One draft an object, in the order of the file, and one Problem for each bad line."""
    text = decode(original.data, original.media_type)
    if text is None:
        raise Unreadable("encoding", f"{original.name}: no known encoding fits these bytes; save the file as UTF-8")
    if media_type == "application/json":
        whole = _parsed(text.removeprefix("\ufeff"))
        if not isinstance(whole, str):
            return _each(original, [(f"item {i}", item) for i, item in enumerate(_items(whole), 1)])
        if "\n" not in text.strip():
            raise Unreadable("bad-json", f"{original.name}: {whole}; {DEPTH_HINT}")
    return _each(original, list(_lines(text.removeprefix("\ufeff"))))


def _lines(text: str) -> Iterator[tuple[str, Any]]:
    for i, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"line {i}", _parsed(line)


def _parsed(words: str) -> Any:
    """The value, or a sentence that says what is wrong with it."""
    try:
        value = json.loads(words)
    except RecursionError:
        return "the JSON is nested too deeply"
    except ValueError as e:
        return f"this is no JSON ({_why(e)})"[:200]
    return "this is a string, not an object" if isinstance(value, str) else value


def _why(e: ValueError) -> str:
    """The parser's words, without its place in a file of one line."""
    return f"{e.msg}, at character {e.colno}" if isinstance(e, json.JSONDecodeError) else str(e)


def _items(whole: Any) -> list[Any]:
    if isinstance(whole, dict):
        for key in ("items", "articles", "reports", "documents"):
            if isinstance(whole.get(key), list) and not any(k in whole for k in TEXT_KEYS):
                return list(whole[key])
    return whole if isinstance(whole, list) else [whole]


def _each(original: Original, items: list[tuple[str, Any]]) -> tuple[list[Draft], list[Problem]]:
    found: list[Draft] = []
    problems: list[Problem] = []
    for place, item in items:
        try:
            found.append(_draft(original, place, item, single=len(items) == 1))
        except Unreadable as e:
            detail = f"{original.name}, {place}: {e.detail}"
            problems.append(Problem.of("read", f"{original.name}, {place}", e.code, detail))
    if not items:
        raise Unreadable("empty", f"{original.name} holds no report; {DEPTH_HINT}")
    return found, problems


def _draft(original: Original, place: str, item: Any, *, single: bool) -> Draft:
    if not isinstance(item, dict):
        said = item if isinstance(item, str) else f"this is a {type(item).__name__}, not an object"
        raise Unreadable("bad-json", f"{said}; {DEPTH_HINT}")
    text = _string(item, *TEXT_KEYS)
    if text is None and _string(item, "html", "content_html") is not None:
        text = fragment(_string(item, "html", "content_html") or "")
    if text is None or not text.strip():
        raise Unreadable("no-text", f"it has no text; {DEPTH_HINT}")
    read = plain(sound(text))
    title = _string(item, "title", "headline")
    passage = read.title_passage if title is None or read.title == " ".join(title.split()) else None
    number = place.split()[-1]
    return read._replace(
        title=sound(title) if title else read.title,
        title_passage=passage,
        byline=_string(item, "byline", "author", "authors") or read.byline,
        outlet=_string(item, "outlet", "source", "site", "publisher"),
        url=_string(item, "url", "link"),
        language=_string(item, "language", "lang"),
        dates=tuple(_dates(item)),
        name=_string(item, "name") or (original.name if single else f"{original.name}#{number}"),
        key=None if single else json.dumps(item, sort_keys=True, ensure_ascii=True).encode(),
    )


def _dates(item: dict[str, Any]) -> Iterator[DateFound]:
    for key in DATE_KEYS:
        said = item.get(key)
        value = stamp(said)
        if value is not None:
            yield DateFound(value=value, where="record field", phrase=f"{key}: {said}"[:200])


def _string(item: dict[str, Any], *keys: str) -> str | None:
    """The first of these keys that holds words; of a list or an object, its names."""
    for key in keys:
        value = item.get(key)
        take: Callable[[Any], Any] = lambda v: v.get("name") if isinstance(v, dict) else v
        parts = [take(v) for v in value] if isinstance(value, list) else [take(value)]
        words = ", ".join(p for p in parts if isinstance(p, str) and p.strip())
        if words:
            return sound(words)
    return None
