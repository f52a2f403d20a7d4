"""A PDF → draft: its pages' words as one text, lines of a paragraph joined, page numbers and running heads masked."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from onrecord.read.compose import Draft
from onrecord.read.dates import stamp
from onrecord.read.encoding import sound
from onrecord.read.lines import SENTENCE_END, lines
from onrecord.read.plain import byline, title_passage
from onrecord.read.unreadable import MAX_TEXT, Unreadable, too_long
from onrecord.records import DateFound, Original, Passage, Problem

MAX_PDF = 200_000_000  # bytes
MAX_PAGES = 3_000
MIN_LETTERS = 20  # in the whole file: fewer is a scan
RUNNING = 3  # pages on which a first or last line must stand to be a running head
FULL_LINE = 60  # characters: a shorter line without a full stop is a heading
HYPHEN = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
PAGE_NUMBER = re.compile(r"(?i)(?:page|p\.|seite|стр\.)?\s?[-–—]?\s?\d{1,4}(?:\s?(?:/|of|von|из)\s?\d{1,4})?\s?[-–—]?")
MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def drafts(original: Original, media_type: str) -> tuple[list[Draft], list[Problem]]:
    """The one report of a PDF. Raises Unreadable where it is encrypted, broken, or has no text."""
    if len(original.data) > MAX_PDF:
        raise Unreadable("too-long", f"{original.name} has {len(original.data):,} bytes; a PDF may have {MAX_PDF:,}")
    pages, facts = _pages(original)
    if sum(c.isalpha() for p in pages for c in p) < MIN_LETTERS:
        raise Unreadable(
            "no-text", f"{original.name} has no text layer (a scan?); run text recognition on it and add the result"
        )
    text, masked = joined(pages)
    found = tuple(x for x in lines(text) if not any(m.start <= x.start < m.end for m in masked))
    passage = title_passage(found)
    said = facts.get("title")
    title = said if said and said in text else text[passage.start : passage.end] if passage else said
    draft = Draft(
        text=text,
        title=title,
        title_passage=passage if passage and title == text[passage.start : passage.end] else None,
        byline=byline(found) or facts.get("author"),
        dates=_dates(facts),
        masked=masked,
    )
    return [draft], []


def joined(pages: list[str]) -> tuple[str, tuple[Passage, ...]]:
    """One text of all pages, a paragraph a line, and where page numbers and running heads stand in it."""
    parts: list[tuple[str, bool]] = []
    for line, running in _rows(pages):
        last, last_runs = parts[-1] if parts else ("", True)
        if running or last_runs or not goes_on(last, line):
            parts.append((line, running))
        elif HYPHEN.search(last) and line[0].islower():
            parts[-1] = (last[:-1] + line, False)
        else:
            parts[-1] = (f"{last} {line}", False)
    masks, at = [], 0
    for words, running in parts:
        if running:
            masks.append(Passage(at, at + len(words)))
        at += len(words) + 1
    return "\n".join(words for words, _ in parts), tuple(masks)


def _rows(pages: list[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is a page number or stands at the edge of several pages."""
    split = [[" ".join(line.split()) for line in p.splitlines() if line.strip()] for p in pages]
    edges = Counter(e for lines_ in split for e in {re.sub(r"\d+", "0", x) for x in (*lines_[:2], *lines_[-2:])})
    for page in split:
        for i, line in enumerate(page):
            edge = i < 2 or i >= len(page) - 2
            number = i in (0, len(page) - 1) and PAGE_NUMBER.fullmatch(line) is not None
            yield line, number or (edge and len(line) < 150 and edges[re.sub(r"\d+", "0", line)] >= RUNNING)


def goes_on(before: str, line: str) -> bool:
    """Whether `line` continues `before`: in small letters, or after a full line without a sentence end."""
    return line[:1].islower() or (len(before) >= FULL_LINE and not SENTENCE_END.search(before[-5:]))


def _pages(original: Original) -> tuple[list[str], dict[str, str]]:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(original.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(
                "encrypted", f"{original.name} is locked with a password; save it without one and add that"
            )
        pages, size = [], 0
        for page in list(reader.pages)[:MAX_PAGES]:
            pages.append(sound(page.extract_text() or "").replace("\x00", "\ufffd"))
            size += len(pages[-1])
            if size > MAX_TEXT:
                raise too_long(original.name, size)
        return pages, _facts(reader)
    except Unreadable:
        raise
    except ImportError as e:
        raise Unreadable("encrypted", f"{original.name} is encrypted in a way that is not read; save it without") from e
    except Exception as e:  # pypdf raises many kinds on broken files
        detail = f"{original.name} is a broken PDF ({type(e).__name__}: {e})"[:300]
        raise Unreadable("broken-pdf", f"{detail}; open it in a viewer and save it again") from e


def _facts(reader: Any) -> dict[str, str]:
    try:
        meta = reader.metadata or {}
        said = {
            k: str(meta.get(v) or "")
            for k, v in (("title", "/Title"), ("author", "/Author"), ("made", "/CreationDate"))
        }
    except Exception:
        return {}
    return {k: " ".join(sound(v).split()) for k, v in said.items() if v.strip()}


def _dates(facts: dict[str, str]) -> tuple[DateFound, ...]:
    """The day the file was made is evidence only: a PDF is often made long after."""
    m = MADE.match(facts.get("made", ""))
    value = stamp("-".join(m.groups())) if m else None
    return (DateFound(value=value, where="pdf CreationDate", phrase=facts["made"][:60]),) if value else ()
