"""The source that the trained reader left out or cut short, from the words around its cue.

- A cue without a source takes the subject of its verb, or the phrase behind "according to".
- A source that is only "the", or the first word of a name, goes on to the end of its phrase or name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.extract.document import Document
from onrecord.extract.linking import Linked, Span
from onrecord.extract.phrases import phrase_after, subject_before
from onrecord.extract.tokens import Token, tokens
from onrecord.records import Passage

NAME_GOES_ON = re.compile(r"(?:[ \t]+(?:[A-Z][\w’'-]*|of|de|van|von|al)(?![\w’'-])){0,3}[ \t]+[A-Z][\w’'-]+")
TAIL = re.compile(r"[’']s?$")


def sourced(doc: Document, found: list[Linked]) -> list[Linked]:
    """The attributions with their sources mended; none gets one that stands in its own content."""
    return [mended(doc, x) for x in found]


def mended(doc: Document, x: Linked) -> Linked:
    if x.source is not None and not stub(doc.text, x.source):
        return x if x.shared else replace(x, source=whole_name(doc.text, x.source))
    p = subject(doc, x.cue, min((k.start for k in x.contents if k.start >= x.cue.end), default=len(doc.text)))
    if p is None or any(k.start < p.end and p.start < k.end for k in x.contents):
        return x
    return replace(x, source=Span(p.start, p.end, x.cue.score))


def stub(text: str, s: Span) -> bool:
    """Whether a source is a bare article or possessive."""
    return text[s.start : s.end].lower() in ("the", "a", "an", "his", "her", "their", "its", "one", "some")


def whole_name(text: str, s: Span) -> Span:
    """A source that is one capitalised word, with the rest of its name."""
    word = text[s.start : s.end]
    if not word[:1].isupper() or not word.isalpha():
        return s
    m = NAME_GOES_ON.match(text, s.end)
    return replace(s, end=s.end + len(TAIL.sub("", m[0]))) if m else s


def subject(doc: Document, cue: Span, content: int) -> Passage | None:
    """The subject of the verb that a cue begins with, or what stands behind "according to" before the content."""
    sentence = doc.sentence_at(cue.start)
    if sentence is None:
        return None
    folded = tuple(
        q for q in doc.quotations
        if not q.nested and sentence.start <= q.outer.start and q.outer.end <= sentence.end
        and not q.outer.start <= cue.start < q.outer.end
    )  # fmt: skip
    ts = tokens(doc.text, sentence, folded)
    k = next((i for i, t in enumerate(ts) if t.end > cue.start), len(ts))
    if k == len(ts):
        return None
    if ts[k].low == "according" and k + 2 < len(ts) and ts[k + 1].low == "to":
        end = phrase_after(ts, k + 2)
        return passage(ts, k + 2, next((i for i in range(k + 2, end) if ts[i].start >= content), end))
    if not any(t.has("verb") or t.low in ("is", "are", "was", "were") for t in ts[k : k + 4] if t.start < cue.end):
        return None
    found = subject_before(ts, k)
    return passage(ts, *found) if found else None


def passage(ts: list[Token], a: int, b: int) -> Passage | None:
    return Passage(ts[a].start, ts[b - 1].end) if a < b <= len(ts) else None
