"""Statements → those that someone made: outlets that only pass on become intermediaries, aims become own voice.

Forms: "…," the minister said, according to the agency: one statement of the minister through the agency. "Norland aims
to …" is a claim about Norland, not something Norland said. A heading says nothing unless it is "Name: …".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from onrecord import edtf
from onrecord.extract.cast import Cast
from onrecord.extract.citing import cited
from onrecord.extract.covers import Covers
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import cues, tokens
from onrecord.extract.headings import is_heading
from onrecord.extract.sources import mute
from onrecord.extract.untold import UNTOLD
from onrecord.records import Kind, Passage, Sort, Statement

NAMELESS = re.compile(
    r"\s+(?:(?:not )?to be|to remain|to stay|to speak|for) (?:named|identified|quoted|anonym\w+)", re.I
)
LONGEST_SAYING = 31  # days
FILLED = 0.8  # share of an outer content's characters that the inner attribution covers
RELAYS = (Kind.ORGANISATION, Kind.DOCUMENT, Kind.UNSURE)


def spoken(doc: Document, cast: Cast, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements that someone made, with relaying outlets moved into `via`."""
    statements = cited(doc, cast, statements)
    said = Covers((p, s.id) for s in statements for p in s.content)
    statements = [_own_day(s, said) for s in statements]
    rules = (_no_speaker, _in_heading, _is_aim, _is_wish, *UNTOLD)
    dropped = {s.id for s in statements if any(rule(doc, cast, s) for rule in rules)}
    kept = [s for s in statements if s.id not in dropped]
    outers = {s.id: s for s in kept}
    through = {
        k.parent: k.id
        for k in kept
        if k.parent is not None and k.parent in outers and _only_relays(doc, cast, outers[k.parent], k)
    }
    gone = dropped | set(through)
    return _same_day(doc, [_moved(s, outers, through, gone) for s in kept if s.id not in gone])


def _own_day(s: Statement, said: Covers) -> Statement:
    """`s` without a day that is part of what someone else said in the same sentence."""
    day = s.said_at_passage
    if _stretch(s.said_at):  # "over the past five years": how long something went on, not when it was said
        return msgspec.structs.replace(s, said_at=None, said_at_passage=None)
    if day is None or not said.hold(day, besides=s.id):
        return s
    return msgspec.structs.replace(s, said_at=None, said_at_passage=None)


def _stretch(value: str | None) -> bool:
    """Whether a time is an interval of more than a month."""
    span = edtf.days(value) if value is not None and "/" in value else None
    return span is not None and (span[0] is None or span[1] is None or (span[1] - span[0]).days > LONGEST_SAYING)


def _no_speaker(doc: Document, cast: Cast, s: Statement) -> bool:
    """Whether what is taken for the speaker is a thing: "the drone could threaten …"."""
    r = cast.referent(s.speaker)
    if r is None:
        return any(mute(doc.words(p)) for p in s.speaker_passages)
    return r.kind is Kind.SYSTEM


def _same_day(doc: Document, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """An undated statement has the day of the same speaker's dated one before it in the paragraph: "He also said"."""
    out: list[Statement] = []
    for s in statements:
        last = out[-1] if out else None
        if (
            last is not None and last.said_at is not None and s.said_at is None
            and s.speaker is not None and s.speaker == last.speaker and s.cue and last.cue
            and "\n" not in doc.text[last.cue[0].start : s.cue[0].start]
        ):  # fmt: skip
            s = msgspec.structs.replace(s, said_at=last.said_at, said_at_passage=last.said_at_passage)
        out.append(s)
    return tuple(out)


def _moved(s: Statement, outers: dict[str, Statement], through: dict[str, str], gone: set[str]) -> Statement:
    """`s` with the outlets that relay it as intermediaries, and its parent among what is kept."""
    via, passages, parent = list(s.via), list(s.via_passages), s.parent
    seen: set[str] = set()
    while parent is not None and parent in gone and parent not in seen:
        seen.add(parent)
        outer = outers.get(parent)
        if outer is not None and outer.speaker is not None and outer.speaker not in via and outer.speaker_passages:
            via.append(outer.speaker)
            passages.append(outer.speaker_passages[0])
        parent = outer.parent if outer is not None else None
    return msgspec.structs.replace(s, via=tuple(via), via_passages=tuple(passages), parent=parent)


def _only_relays(doc: Document, cast: Cast, outer: Statement, inner: Statement) -> bool:
    """Whether an outlet's or document's content is, but for a few words, the inner attribution."""
    r = cast.referent(outer.speaker)
    if r is None or r.kind not in RELAYS:
        return False
    parts = (*inner.speaker_passages, *inner.cue, *inner.content)
    hull = Passage(min(p.start for p in parts), max(p.end for p in parts))
    size = sum(p.end - p.start for p in outer.content)
    covered = sum(max(0, min(p.end, hull.end) - max(p.start, hull.start)) for p in outer.content)
    return covered >= FILLED * size


def _is_aim(doc: Document, cast: Cast, s: Statement) -> bool:
    """An intention, or a state's request, told by the outlet: no speech act with content."""
    if s.sort is not Sort.PLAN:
        return False
    words = {t.norm for p in s.cue for t in tokens(doc.text, p.start, p.end)}
    if words & set(cues()["intent"]):
        return True
    speaker = cast.referent(s.speaker)
    return speaker is None or speaker.kind in (Kind.COUNTRY, Kind.PLACE, Kind.UNSURE, Kind.SYSTEM)


def _is_wish(doc: Document, cast: Cast, s: Statement) -> bool:
    """Whether what is "asked" is only not to be named."""
    return bool(s.cue) and NAMELESS.match(doc.text, s.cue[-1].end) is not None


def _in_heading(doc: Document, cast: Cast, s: Statement) -> bool:
    if not s.cue or doc.words(s.cue[0]).strip() in (":", "–", "—", "-"):
        return False
    i = bisect_right(doc.paragraphs, s.cue[0].start, key=lambda p: p.start) - 1
    return i >= 0 and s.cue[0].start < doc.paragraphs[i].end and is_heading(doc, doc.paragraphs[i])
