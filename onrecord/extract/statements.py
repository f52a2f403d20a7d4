"""Attributions → statements: anonymity, directness, intermediaries, parent, and when it was said.

Who "he" is, the caller says (`speaker_of`, `referent_at`): in-report coreference is not repeated here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from onrecord.extract.document import Document
from onrecord.extract.reader import Attribution, SourceKind
from onrecord.extract.sources import about_source, classes, source_kind
from onrecord.ids import content_id
from onrecord.records import Anonymity, Directness, Passage, Passages, Referent, Sort, Statement, Step, When

SpeakerOf = Callable[[Attribution], tuple[str | None, tuple[Step, ...]]]
ReferentAt = Callable[[Passage], str | None]

MIN_SCORE = 0.4  # attributions with less are left out: on PolNeAR train they are wrong more often than right
MIN_QUOTED_WORDS = 3  # fewer in quotation marks inside indirect speech are a name or a scare quote
MANY = 50  # dates of one sentence that are looked at
AROUND = 300  # characters around a cue in which its addressee is named
NEAR = 3000  # characters before a passage in which the quotation that holds it begins
SLACK = 3  # characters that may stand between an outer content's edge and the inner attribution that fills it
NAME = r"(?:the\s+)?(?:[^\W\d_a-z][\w’'-]*)(?:\s+(?:of\s+|the\s+)*[^\W\d_a-z][\w’'-]*)*"
ADDRESSEE = re.compile(
    r"\b(?:told|tells|telling)\s+(?:(?:the\s+)?(?:[a-z]+\s+)?(?:agency|newspaper|daily|radio|channel|broadcaster|website|portal)\s+)?"
    rf"(?P<a>{NAME})"
    rf"|\b(?:interview|interviews|comments?|remarks)\s+(?:with|to|for|given\s+to)\s+(?P<b>{NAME})"
    rf"|\b(?:quoted|cited|reported)\s+(?:as\s+saying\s+)?by\s+(?P<c>{NAME})"
    rf"|\b(?P<d>{NAME})\s+(?:quote[sd]|cite[sd])\s+(?:the\s+)?(?=[^\W\d_])"
)
MAY_ADDRESS = re.compile(r"told|tell|interview|comment|remarks|quote|cite|reported")  # one is in each of those


def statements(
    doc: Document,
    attributions: Sequence[Attribution],
    *,
    speaker_of: SpeakerOf,
    referent_at: ReferentAt = lambda p: None,
    referents: Sequence[Referent] = (),
    dates: Sequence[When] = (),
) -> tuple[Statement, ...]:
    """One statement per attribution that is sure enough, in the order of the attributions.

    `referent_at` gives the referent that a name in the text names; `referents` tell whether a speaker is named.
    """
    named = {r.id: r.named for r in referents}
    dates = sorted(dates, key=lambda w: w.passage)
    groups = {r.id for r in referents if not r.named and source_kind(r.name) is SourceKind.GROUP}
    kept = [i for i, a in enumerate(attributions) if a.because.score >= MIN_SCORE]
    through = {i: relays(doc, attributions, i) for i in kept}
    relayed = {o for outers in through.values() for o in outers}
    kept = [i for i in kept if i not in relayed]
    ids = once({i: statement_id(doc, attributions[i]) for i in kept})
    kept = [i for i in kept if i in ids]
    out = []
    for i in kept:
        a = attributions[i]
        speaker, steps = speaker_of(a) if a.source else (None, ())
        via, via_passages = intermediaries(
            doc, a, [attributions[o] for o in through[i]], speaker, speaker_of, referent_at
        )
        about = about_source(doc, a.source[0]) if a.source else None
        when = said_at(doc, a, dates)
        out.append(Statement(
            id=ids[i], report=doc.report.id, speaker=speaker, speaker_passages=a.source, cue=a.cue, content=a.content,
            via=via, via_passages=via_passages, parent=parent(i, attributions, ids),
            anonymity=anonymity(a, about is not None or speaker in groups, named.get(speaker or "")),
            about_source=doc.words(about) if about is not None else None, directness=directness(doc, a, attributions),
            sort=a.sort, said_at=when.value if when else None, said_at_passage=when.passage if when else None,
            steps=steps, because=a.because,
        ))  # fmt: skip
    return tuple(out)


def once(ids: dict[int, str]) -> dict[int, str]:
    """Without later attributions of the same spans: they would be one statement twice, or its own parent."""
    first = {s: i for i, s in reversed(ids.items())}
    return {i: s for i, s in ids.items() if first[s] == i}


def statement_id(doc: Document, a: Attribution) -> str:
    return content_id("s", doc.report.id, a.source, a.cue, a.content)


def anonymity(a: Attribution, about: bool, named: bool | None) -> Anonymity:
    """How the report gives the source; `named`: whether its referent has a name in the report (None: not resolved)."""
    if a.source_kind in (SourceKind.NONE, SourceKind.GROUP) or about:
        return Anonymity.UNNAMED
    if named or a.source_kind is SourceKind.NAME:
        return Anonymity.NAMED
    return Anonymity.ROLE


def directness(doc: Document, a: Attribution, attributions: Sequence[Attribution]) -> Directness:
    """Whether the content stands in quotation marks: those of an outer speaker do not count."""
    holder = attributions[a.nested_in] if a.nested_in is not None else None
    floor = max((p.start for p in holder.content if p.start <= a.cue[0].start), default=-1) if holder else -1
    direct, indirect = False, False
    for p in a.content:
        quotes = [q for q in doc.quotations_in(Passage(p.start - NEAR, p.end)) if q.outer.start >= floor]
        if any(q.outer.start <= p.start and p.end <= q.outer.end for q in quotes):
            direct = True
            continue
        indirect = True
        inside = [q for q in quotes if p.start <= q.outer.start and q.inner.end <= p.end]
        direct = direct or any(len(doc.words(q.inner).split()) >= MIN_QUOTED_WORDS for q in inside)
    return Directness.MIXED if direct and indirect else Directness.DIRECT if direct else Directness.INDIRECT


def said_at(doc: Document, a: Attribution, dates: Sequence[When]) -> When | None:
    """The date phrase of the cue's sentence that stands outside source and content, nearest to the cue."""
    s = doc.sentence_at(a.cue[0].start)
    if s is None:
        return None
    taken = [*a.source, *a.content]
    first = bisect_left(dates, s.start, key=lambda w: w.passage.start)
    last = bisect_left(dates, s.end, key=lambda w: w.passage.start)
    free = [w for w in dates[first:last][:MANY] if w.value is not None and w.passage.end <= s.end
            and not any(p.start <= w.passage.start < p.end for p in taken)]  # fmt: skip
    return min(free, key=lambda w: (abs(w.passage.start - a.cue[0].start), w.passage), default=None)


# ---------------------------------------------------------------- chains


def relays(doc: Document, attributions: Sequence[Attribution], i: int) -> list[int]:
    """Indices of the outlets and documents around attribution `i` that only pass it on: "The agency reports that
    Lund said".
    """
    out: list[int] = []
    inner = attributions[i]
    outer = inner.nested_in
    while outer is not None and outer not in out and outer != i and passes_on(doc, attributions[outer], inner):
        out.append(outer)
        outer = attributions[outer].nested_in
    return out


def passes_on(doc: Document, outer: Attribution, inner: Attribution) -> bool:
    """Whether an outlet's or a document's content is nothing but the inner attribution."""
    if (
        not outer.source
        or not inner.source
        or outer.sort not in (Sort.SPEECH, Sort.DOCUMENT)
        or len(outer.content) != 1
    ):
        return False
    whole = outer.content[0]
    circumstance = outer.because.rule in ("speech.according-to", "speech.as-reported-by")
    if not circumstance and outer.source_kind is not SourceKind.DOCUMENT and not is_outlet(doc.words(outer.source[0])):
        return False
    parts = [p for p in (*inner.source, *inner.cue, *inner.content) if whole.start <= p.start and p.end <= whole.end]
    a, b = min(p.start for p in parts), max(p.end for p in parts)
    return abs(a - whole.start) <= SLACK and abs(b - whole.end) <= SLACK


def is_outlet(phrase: str) -> bool:
    """Whether a source phrase names an agency, paper, channel or site."""
    return any("outlet" in classes().get(w.lower().strip(",."), ()) for w in phrase.split())


def intermediaries(
    doc: Document,
    a: Attribution,
    outers: list[Attribution],
    speaker: str | None,
    speaker_of: SpeakerOf,
    referent_at: ReferentAt,
) -> tuple[tuple[str, ...], Passages]:
    """Referents through whom a statement came, outermost last, and their passages: relaying outlets, interviewers."""
    found: list[tuple[str | None, Passage]] = [(referent_at(p), p) for p in addressees(doc, a)]
    found += [(speaker_of(o)[0], o.source[0]) for o in outers]
    via: list[str] = []
    passages: list[Passage] = []
    for referent, p in found:
        if referent is not None and referent != speaker and referent not in via:
            via.append(referent)
            passages.append(p)
    return tuple(via), tuple(passages)


def addressees(doc: Document, a: Attribution) -> list[Passage]:
    """Names of those whom a statement was made to or who quote it, in the cue's sentence outside the content."""
    s = doc.sentence_at(a.cue[0].start)
    if s is None:
        return []
    out = []
    start, end = max(s.start, a.cue[0].start - AROUND), min(s.end, a.cue[0].end + AROUND)
    if MAY_ADDRESS.search(doc.text, start, end) is None:
        return []
    for m in ADDRESSEE.finditer(doc.text, start, end):
        group = m.lastgroup or "a"
        p = Passage(m.start(group), m.end(group))
        if not any(c.start <= p.start < c.end for c in [*a.content, *a.source]):
            out.append(without_article(doc, p))
    return out


def without_article(doc: Document, p: Passage) -> Passage:
    words = doc.words(p)
    return Passage(p.start + 4, p.end) if words.lower().startswith("the ") else p


def parent(i: int, attributions: Sequence[Attribution], ids: dict[int, str]) -> str | None:
    """The statement inside whose content attribution `i` is reported: the nearest that is kept, never itself."""
    outer, seen = attributions[i].nested_in, {i}
    while outer is not None and outer not in ids and outer not in seen:
        seen.add(outer)
        outer = attributions[outer].nested_in
    return ids.get(outer) if outer is not None and outer != i else None
