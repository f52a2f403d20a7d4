"""What a format's reader found → a Report: dates weighed, furniture masked, language told; one place for all."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.ids import digest
from onrecord.read import dates, furniture, language
from onrecord.read.lines import lines
from onrecord.records import DateFound, Original, Passage, Report

VERSION = "3"  # of the reading code: raise it when the same bytes read differently


class Draft(NamedTuple):
    """One text as a format's reader found it, before what is the same for all formats."""

    text: str
    title: str | None = None
    title_passage: Passage | None = None
    byline: str | None = None
    outlet: str | None = None
    outlet_rule: str | None = None  # where a text itself names it
    url: str | None = None
    language: str | None = None
    dates: tuple[DateFound, ...] = ()
    credits: tuple[str, ...] = ()
    masked: tuple[Passage, ...] = ()  # furniture that the format itself shows
    name: str | None = None
    key: bytes | None = None  # the bytes of one item of a file that holds many: its identity


def compose(original: Original, draft: Draft, media_type: str) -> Report:
    """The report that `draft` makes of `original`."""
    whole = digest(original.data)
    url = original.url if draft.key is None and original.url else draft.url
    text = draft.text
    found = lines(text)
    at = draft.title_passage or _first(text, draft.title)
    masked = furniture.masked(text, found, at, draft.masked)
    bare = tuple(x for x in found if not any(p.start <= x.start < p.end for p in masked))
    when = dates.with_given((*draft.dates, *dates.in_text(text, bare, at)), original.published)
    return Report(
        id=Report.make_id(url, whole if draft.key is None else digest(draft.key)),
        name=draft.name or original.name,
        url=url,
        original=whole,
        media_type=media_type,
        text=text,
        title=_line(draft.title),
        title_passage=at,
        byline=_line(draft.byline),
        outlet=original.outlet or _line(draft.outlet),
        outlet_rule="given" if original.outlet else draft.outlet_rule,
        language=language.tag(draft.language) or language.language_of(text),
        published=dates.best(when),
        dates=when,
        furniture=masked,
        credits=tuple(dict.fromkeys(c for c in map(_line, draft.credits) if c)),
        version=VERSION,
    )


def _first(text: str, words: str | None) -> Passage | None:
    at = text.find(words) if words else -1
    return Passage(at, at + len(words)) if words and at >= 0 else None


def _line(words: str | None) -> str | None:
    return " ".join(words.split()) or None if words else None
