"""Plain text and Markdown → report: the text stays exactly as the file has it; title and byline are pointed at."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.read import mastheads
from onrecord.read.compose import Draft
from onrecord.read.dates import days_in, stamp, written
from onrecord.read.encoding import decode, is_binary
from onrecord.read.furniture import is_furniture
from onrecord.read.lines import Line, head, lines, menu_end
from onrecord.read.unreadable import MAX_TEXT, Unreadable, too_long
from onrecord.records import DateFound, Original, Passage, Problem

BYLINE = re.compile(r"(?i)^(?:by|written by|story by|author:|автор:|von|par|por)\s+(?P<name>[^\W\d_].{1,120})$")
NAME = re.compile(
    r"[^\W\d_][\w.'’-]*(?:\s[\w.'’-]+){0,5}(?:\s?(?:,|&|\band\b)\s?[^\W\d_][\w.'’-]*(?:\s[\w.'’-]+){0,4}){0,4}"
)
TITLE_MAX = 250  # characters
HEADLINE_WORDS = 4  # a section label or crumb is shorter
LIST_ITEM = re.compile(r"^(?:[•·▪‣*–—-]|\d+[.)])\s")
HEADING = re.compile(r"^#{1,6}\s+(?P<words>.+?)\s*#*$")
FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<body>(?:.*\r?\n){0,60}?)(?:---|\.\.\.)[ \t]*(?=\r?\n|$)")
FIELD = re.compile(r"(?m)^(?P<key>[A-Za-z_]+):[ \t]*(?P<value>.*?)[ \t]*\r?$")


def plain(text: str, *, markdown: bool = False) -> Draft:
    """What a plain text tells about itself. Title and byline are None where the text has none."""
    fields, masked = front_matter(text) if markdown else ({}, ())
    body = tuple(line for line in lines(text) if not masked or line.start >= masked[0].end)
    named = mastheads.outlet_in(text, body)
    passage = title_passage(tuple(line for line in body if named is None or line != named.line))
    title = fields.get("title") or (text[passage.start : passage.end] if passage else None)
    when = stamp(fields.get("date") or fields.get("published"))
    stated = fields.get("outlet") or fields.get("source")
    day = named.day if named is not None else None
    return Draft(
        text=text,
        title=title,
        title_passage=passage,
        byline=fields.get("author") or byline(body),
        outlet=stated or (named.name if named is not None else None),
        outlet_rule="front matter" if stated else named.rule if named is not None else None,
        url=fields.get("url"),
        language=fields.get("language") or fields.get("lang"),
        dates=(
            *((DateFound(value=when, where="front matter date", phrase=fields.get("date", when)),) if when else ()),
            *((written(text, "header line", day),) if day is not None else ()),
        ),
        masked=(*masked, *mastheads.masked(named)),
    )


def front_matter(text: str) -> tuple[dict[str, str], tuple[Passage, ...]]:
    """The `key: value` block between `---` lines at the start of a Markdown file, and where it stands."""
    m = FRONT.match(text)
    if m is None:
        return {}, ()
    pairs = {f["key"].lower(): f["value"].strip("\"'") for f in FIELD.finditer(m["body"])}
    start = 1 if text.startswith("\ufeff") else 0
    return {k: v for k, v in pairs.items() if v}, (Passage(start, m.end()),)


def title_passage(found: tuple[Line, ...]) -> Passage | None:
    """The first copy of the headline: a Markdown heading, the header line that is said twice, or the first of so many
    words. None where the text begins with prose."""
    header = [line for line in found[menu_end(found) : head(found)] if _may_be_title(line)]
    for line in header:
        m = HEADING.match(line.text)
        if m is not None:
            return Passage(line.start + m.start("words"), line.start + m.end("words"))
    if not found or (len(header) == len(found) and len(found) > 3 * HEADLINE_WORDS):
        return None  # no prose at all: a list or a table
    copies = Counter(" ".join(line.text.casefold().split()) for line in header)
    long = [line for line in header if line.text.count(" ") + 1 >= HEADLINE_WORDS]
    twice = [line for line in long if copies[" ".join(line.text.casefold().split())] > 1]
    best = (
        twice[:1] or long[:1] or sorted((x for x in header if " " in x.text), key=lambda x: (-len(x.text), x.start))[:1]
    )
    return best[0].passage() if best else None


def byline(found: tuple[Line, ...]) -> str | None:
    """The name in a line "By …" near the start, or None."""
    for line in found[: head(found) + 3]:
        m = BYLINE.match(mastheads.without_outlet(line.text)) if not line.prose else None
        if m is not None:
            name = re.split(r"\s*(?:\||•|·|,?\s\d|[–—]\s)", m["name"])[0].strip()
            if NAME.fullmatch(name) and name[0].isupper():
                return name
    return None


def _may_be_title(line: Line) -> bool:
    words = line.text
    if len(words) > TITLE_MAX or LIST_ITEM.match(words) or is_furniture(words) or BYLINE.match(words):
        return False
    if words.endswith((".", ":", ";", ",")) and not words.endswith(("...", "U.S.", "Inc.")):
        return False
    dated = sum(d.end - d.start for d in days_in(words)) if len(words) < 120 else 0
    return 2 * dated < len(words) and sum(c.isalpha() for c in words) * 2 > len(words)


def drafts(original: Original, media_type: str) -> tuple[list[Draft], list[Problem]]:
    """The one report of a text file."""
    return [plain(decoded(original), markdown=media_type == "text/markdown")], []


def decoded(original: Original) -> str:
    """The whole file as text, character for character. Raises Unreadable where it is none, or too long."""
    if len(original.data) > 4 * MAX_TEXT:
        raise too_long(original.name, len(original.data), "bytes")
    text = decode(original.data, original.media_type)
    if is_binary(text if text is not None else original.data.decode("latin-1")):
        raise Unreadable("binary", f"{original.name} holds control characters, so it is no text; save it as UTF-8 text")
    if text is None:
        raise Unreadable("encoding", f"{original.name}: no known encoding fits these bytes; save the file as UTF-8")
    return text
