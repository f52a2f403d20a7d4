"""Bytes → Report: `originals` finds files, folders, globs and URLs; `read` makes reports of one original's bytes.

`read` is pure and never raises: what cannot be read becomes a Problem that says what to do.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from onrecord.ids import digest
from onrecord.read.compose import VERSION as version
from onrecord.read.compose import Draft, compose
from onrecord.read.kinds import TABLE_HINT, TABLES, foreign, media_type, suffix
from onrecord.read.sources import originals
from onrecord.read.unreadable import MAX_TEXT, Unreadable, too_long
from onrecord.records import Original, Problem, Report

__all__ = ["originals", "prepare", "read", "version"]

Reports = tuple[tuple[Report, ...], tuple[Problem, ...]]
Found = tuple[list[Draft], list[Problem]]
READERS = {  # media type -> the file of this room that reads it, loaded when first needed: their imports are heavy
    "text/plain": "plain",
    "text/markdown": "plain",
    "text/html": "html",
    "application/pdf": "pdf",
    "message/rfc822": "mail",
    "application/rss+xml": "feed",
    "application/jsonl": "jsonl",
    "application/json": "jsonl",
}


def prepare() -> None:
    """Load what `read` needs of the machine. Raises OSError where it has no room: that is not the reports' fault."""
    from onrecord.read.language import language_of

    language_of("The ferry will carry forty cars from May onwards, the harbour office said on Monday.")


def read(original: Original) -> Reports:
    """The reports that stand in `original`, and the problems met, each with what to do about it."""
    reports, problems = _tried(original)
    return reports, tuple(_placed(p, original) for p in problems)


def _placed(p: Problem, original: Original) -> Problem:
    """With where to try again, and apart from the same trouble with other bytes under the same name."""
    would_be = Report.make_id(original.url, digest(original.data), 0)
    return Problem.of(p.stage, p.source, p.code, p.detail, report=would_be, place=original.place)


def _tried(original: Original) -> Reports:
    try:
        return _read(original)
    except Unreadable as e:
        return (), (Problem.of("read", original.name, e.code, e.detail),)
    except (Exception, RecursionError) as e:
        detail = f"{type(e).__name__}: {e}"[:300]
        return (), (
            Problem.of("read", original.name, "crash", f"the reading code failed ({detail}); please report it"),
        )


def _read(original: Original) -> Reports:
    data, name = original.data, original.url or original.name
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf\x00"):
        raise Unreadable("empty", f"{name} is empty; nothing was read")
    kind = media_type(data, name, original.media_type)
    strange = foreign(data)
    if strange is not None or kind is None:
        looks = f" looks like {strange}" if strange else " is of a type that is not read"
        hint = TABLE_HINT if suffix(name) in TABLES else "save it as text, HTML or PDF and add that"
        raise Unreadable("binary" if strange else "unknown-type", f"{name}{looks}; {hint}")
    module = importlib.import_module(f"onrecord.read.{READERS[kind]}")
    drafts_of: Callable[[Original, str], Found] = module.drafts
    drafts, problems = drafts_of(original, kind)
    reports = []
    for draft in drafts:
        if len(draft.text) > MAX_TEXT:
            long = too_long(draft.name or original.name, len(draft.text))
            problems.append(Problem.of("read", draft.name or original.name, long.code, long.detail))
        else:
            reports.append(compose(original, draft, kind))
    return tuple(reports), tuple(problems)
