"""Statements of outlets that cite → statements of whom they cite, through the outlet: "KTV reported, citing the port".

One chain, as for "KTV reported that the port said". Refused: reasons that are cited ("citing safety concerns", "citing
the storm"), and persons who cite ("he said, citing the ministry's figures").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from onrecord.extract.cast import Cast
from onrecord.extract.coreference import handled
from onrecord.extract.descriptions import DESCRIBED
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import cues
from onrecord.extract.phrases import phrase_after
from onrecord.extract.reader import SourceKind
from onrecord.extract.sources import head_noun, source_kind
from onrecord.extract.statements import is_outlet
from onrecord.extract.tokens import tokens
from onrecord.records import Anonymity, Form, Kind, Passage, Passages, Referent, Statement

CITING = re.compile(r",?\s+(?=(citing)\s+)")
NEAR = 40  # characters between the cue or the content and "citing": "on Monday evening"
FAR = 1000  # characters of one sentence that are looked at: bounds the time of a text without sentences
QUOTES = re.compile(r"[\"“”«»]")
SPEAKERS = (Kind.PERSON, Kind.ORGANISATION, Kind.FACILITY, Kind.DOCUMENT, Kind.UNSURE)
ARTICLE = re.compile(r"(?:the|a|an)\s+", re.I)


def cited(doc: Document, cast: Cast, statements: Sequence[Statement]) -> list[Statement]:
    """The statements; those of outlets that cite have whom they cite as speaker and the outlet as intermediary."""
    out, gone = [], {}
    for s in statements:
        found = _place(doc, cast, s)
        mine = None if found is None else _through(doc, cast, s, *found)
        if found is not None and mine is not None:
            gone.update({x.id: s.id for x in statements if x is not s and any(p.start == found[0] for p in x.cue)})
        out.append(mine if mine is not None else s)
    return [
        msgspec.structs.replace(s, parent=gone.get(s.parent, s.parent)) if s.parent in gone else s
        for s in out if s.id not in gone
    ]  # fmt: skip


def _place(doc: Document, cast: Cast, s: Statement) -> tuple[int, Passage] | None:
    """Where the outlet's "citing" begins, and the phrase behind it."""
    r = cast.referent(s.speaker)
    sentence = doc.sentence_at(s.cue[0].start) if s.cue else None
    if r is None or not _relays(doc, r, s) or sentence is None or doc.words(s.cue[0]) == "citing":
        return None
    last = max(p.end for p in (*s.cue, *s.content))
    m = CITING.search(doc.text, s.cue[-1].end, min(sentence.end, last + NEAR + len(", citing "), s.cue[-1].end + FAR))
    if m is None:
        return None
    ends = [p.end for p in (*s.cue, *s.content) if p.end <= m.start()]
    within = any(p.start < m.start() < p.end for p in s.content)
    if not within and (m.start() - max(ends) > NEAR or QUOTES.search(doc.text, max(ends), m.start())):
        return None
    ts = tokens(doc.text, Passage(m.end(1) + 1, min(sentence.end, m.end(1) + FAR)))
    end = phrase_after(ts, 0)
    return (m.start(1), Passage(ts[0].start, ts[end - 1].end)) if end else None


def _relays(doc: Document, r: Referent, s: Statement) -> bool:
    """Whether a speaker may be an outlet; of a name of no kind, its form has to say so: "The Coast Courier", "KTV"."""
    if r.kind is Kind.UNSURE and s.speaker_passages:
        words = doc.words(s.speaker_passages[0])
        return is_outlet(words) or words[:4].lower() == "the " or (r.name.isupper() and " " not in r.name)
    return r.kind in (Kind.ORGANISATION, Kind.DOCUMENT)


def _through(doc: Document, cast: Cast, s: Statement, at: int, source: Passage) -> Statement | None:
    """The statement of whom an outlet cites, None where it cites nobody."""
    content = _without(s.content, at)
    speaker = _speaker(doc, cast, source) if content else None
    if speaker is None or speaker == s.speaker or s.speaker is None:
        return None
    r = cast.referent(speaker)
    kind = source_kind(doc.words(source))
    how = Anonymity.NAMED if r is not None and r.named else Anonymity.ROLE
    return msgspec.structs.replace(
        s, speaker=speaker, speaker_passages=(source,), content=content, steps=(),
        via=(s.speaker, *s.via), via_passages=(*s.speaker_passages[:1], *s.via_passages),
        anonymity=Anonymity.UNNAMED if kind is SourceKind.GROUP else how,
    )  # fmt: skip


def _without(content: Passages, at: int) -> Passages:
    """The content, up to the comma before "citing" where a piece of it runs over that."""
    return tuple(Passage(p.start, at - 2) if p.start < at - 2 < p.end else p for p in content)


def _speaker(doc: Document, cast: Cast, p: Passage) -> str | None:
    """Who the cited phrase is, None for a reason: "safety concerns", "Orr's appeal"."""
    words = doc.words(p)
    kind, head = source_kind(words), head_noun(words.split())[0].lower().strip(".,")
    start = p.start + (m.end() if (m := ARTICLE.match(words)) else 0)
    named = [m for m in cast.mentions_in(p, *SPEAKERS) if m.form is Form.NAMED]
    whole = next((m.referent for m in named if m.passage.start == start), None)
    body = cues()["head"].get(head) == Kind.ORGANISATION
    if kind is SourceKind.GROUP:
        return _unnamed(cast, p, words, Kind.PERSON)
    if kind is SourceKind.DOCUMENT and not handled(words):
        author = next((m.referent for m in named if m.kind is Kind.ORGANISATION), None)
        return author or _unnamed(cast, p, words, Kind.DOCUMENT)
    if kind is SourceKind.NAME and whole is not None and not re.search(r"['’]s?\s", words):
        return whole
    if kind is SourceKind.ROLE or body:
        near = next((m.referent for m in named), None)
        return near or _unnamed(cast, p, words, Kind.ORGANISATION if body else Kind.PERSON)
    return None


def _unnamed(cast: Cast, p: Passage, words: str, kind: Kind) -> str:
    """A referent for the phrase itself, or for the mention that it is."""
    known = next((m.referent for m in cast.mentions_in(p, kind) if m.passage.end == p.end), None)
    if known is not None:
        return known
    made = cast.add(kind, ARTICLE.sub("", words, count=1)[:80], named=False)
    cast.mention(p, words, made, Form.NOMINAL, DESCRIBED, 0.7)
    return made
