"""Sentences → names: what is written with capitals, quotation marks or digits as a name, cut and given a kind.

START HERE: `find` takes each sentence's names from the gazetteer (`known_names`), from shape (`shaped_names`) and from
a reader (`proposed_names`), and keeps the longer of two that overlap. Refused: the first word of a sentence without
other support, words of a heading in Title Case.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from onrecord.extract.candidates import Name, Sentence
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import Gazetteer, tokens
from onrecord.extract.headings import is_title_case
from onrecord.extract.known_names import known
from onrecord.extract.proposed_names import laid_over
from onrecord.extract.reader import NameSpan
from onrecord.extract.shaped_names import quoted, runs
from onrecord.records import Form, Kind

FIRST_WORD = frozenset([Kind.ORGANISATION, Kind.FACILITY, Kind.DOCUMENT, Kind.EVENT])  # "Railways" is of many bodies


def sentences(doc: Document, gazetteer: Gazetteer) -> tuple[Sentence, ...]:
    """The document's sentences with words and hits."""
    lines = {p for p in doc.paragraphs if is_title_case(doc, p)}
    out = []
    starts = {p.start: p for p in lines}
    ends = sorted((p.start, p.end) for p in starts.values())
    for s in doc.sentences:
        words = tokens(doc.text, s.start, s.end)
        heading = any(a <= s.start and s.end <= b for a, b in ends)
        out.append(Sentence.of(s, words, tuple(gazetteer.find(words)), heading))
    return tuple(out)


def find(
    doc: Document,
    gazetteer: Gazetteer,
    read: Sequence[Sentence],
    proposed: Sequence[NameSpan] = (),
    complete: bool = False,
) -> tuple[Name, ...]:
    """Every name in the document, in order; a country inside a longer name stands beside it.

    `proposed` are a reader's names: taken where neither gazetteer nor grammar has one; where they are `complete`, in
    place of those by shape.
    """
    found: list[Name] = []
    proposed = sorted(proposed, key=_start)
    for s in read:
        hits = [known(doc, h, s) for h in s.hits]
        a, b = (bisect_left(proposed, at, key=_start) for at in s.passage)
        here = [n for n in proposed[a:b] if n.passage.end <= s.passage.end]
        grown = [] if s.heading else [*quoted(doc, s), *runs(doc, s)]
        if complete:
            grown = laid_over(doc, grown, here)
        else:
            grown += [
                Name(n.passage, doc.words(n.passage), n.kind, n.because.rule, score=n.because.score) for n in here
            ]
        found.extend(_without_class_words(_merge([h for h in hits if h is not None], grown)))
    return _supported(read, found)


def _without_class_words(found: Sequence[Name]) -> Iterator[Name]:
    """The names without a class that only says what the name before it is: "drone" in "the Kite-2 drone"."""
    last: Name | None = None
    for n in found:
        after_name = last is not None and last.form is Form.NAMED and n.passage.start - last.passage.end == 1
        if n.form is Form.NOMINAL and n.kind is Kind.SYSTEM and after_name and last is not None and last.kind is n.kind:
            continue
        last = n
        yield n


def _merge(known: Sequence[Name], grown: Sequence[Name]) -> list[Name]:
    """Known and grown names together: of two that overlap the longer stays, and countries inside it."""
    if not grown:
        return sorted(known, key=_order)
    out = sorted(known, key=_start)
    widest = max((n.passage.end - n.passage.start for n in (*known, *grown)), default=0)
    for g in grown:
        a = bisect_left(out, g.passage.start - widest, key=_start)
        b = bisect_left(out, g.passage.end, key=_start)
        over = [k for k in out[a:b] if g.passage.start < k.passage.end]
        if any(_holds(k, g) for k in over):
            continue
        person = next((k for k in over if k.kind is Kind.PERSON and k.key), None)
        if person is not None and g.kind is Kind.PERSON:
            out[a:b] = [k for k in out[a:b] if k is not person]
            insort(out, replace(person, passage=g.passage, text=g.text, roles=g.roles or person.roles), key=_start)
            continue
        swallowed = [k for k in over if k.kind is not Kind.COUNTRY and k.form is Form.NAMED]
        longer = [k for k in swallowed if k.passage.end == g.passage.end and k.kind is g.kind and k.key]
        if longer:  # "Belarusian Security Council" is the known "Security Council"
            continue
        out[a:b] = [k for k in out[a:b] if k not in swallowed]
        insort(out, g, key=_start)
    return sorted(out, key=_order)


def _holds(k: Name, g: Name) -> bool:
    """Whether a known name leaves no room for one by shape: it is in it, or is a beat's "the Inspectorate" itself."""
    if not (k.passage.start <= g.passage.start and g.passage.end <= k.passage.end):
        return False
    return k.form is Form.NAMED or (k.passage.end == g.passage.end and k.text.casefold() == f"the {g.text.casefold()}")


def _order(n: Name) -> tuple[int, int, str]:
    return n.passage.start, -n.passage.end, n.rule


def _start(n: Name | NameSpan) -> int:
    return n.passage.start


def _supported(read: Sequence[Sentence], found: Sequence[Name]) -> tuple[Name, ...]:
    """The sure names, and the unsure whose word the report has as a name elsewhere.

    A word that it also writes small is none for being a part of one: "Audit of the dam" is not of the "Audit Office".
    """
    if all(n.sure for n in found):
        return tuple(found)
    whole = {n.text for n in found if n.sure and n.form is Form.NAMED}
    parts = {w for n in found if n.sure and n.form is Form.NAMED for w in _borne(n)}
    small = {w.norm for s in read for w in s.words if not w.capital}

    def stands(n: Name) -> bool:
        last = n.text.split()[-1]
        alone = n.rule == "names.system-noun" or last in parts
        return n.sure or n.text in whole or (alone and last.casefold() not in small)

    return tuple(n for n in found if stands(n))


def _borne(n: Name) -> list[str]:
    """The words that stand for a name by themselves: any of a person's or a place's, the first of a body's."""
    words = n.text.split()
    return words[:1] if n.kind in FIRST_WORD else words
