"""Descriptions → mentions: "this industry", "these missiles", "the system" stand for what was last called so.

Each is a mention with its rule, so that a claim may be about it or have it as a value; none makes a new referent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.extract.cast import Cast
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import normal, tokens
from onrecord.records import Form, Kind, Mention, Passage

SYSTEM_NOUNS = ("system", "complex", "weapon", "launcher", "missile", "vehicle", "drone", "aircraft")
DESCRIBED = "coreference.description"
DESCRIPTION = re.compile(
    r"\b(?:this|these|those|that|the)\s+(?:[a-z-]+\s+)?(?P<noun>industry|industries|missiles?|systems?|complex(?:es)?"
    r"|weapons?|launchers?|vehicles?|drones?|aircraft|school|sector)\b",
    re.IGNORECASE,
)
BESIDE = re.compile(  # right before a name: another is compared with it
    r"\b(?:(?:version|variant|modification|successor|upgrade|analogue?|replacement)\s+(?:of|to|for)|than|unlike"
    r"|similar\s+to|based\s+on|replac(?:es|ed|ing)|such\s+as)\s+(?:(?:the|an?|its|earlier|older|basic|original)\s+)*$",
    re.IGNORECASE,
)
NEAR = 1200  # characters: how far back is what a phrase stands for; about three paragraphs of news


def describe(doc: Document, cast: Cast) -> None:
    """Mentions for "this industry", "these missiles", "the system": the last thing so called, or named, before."""
    for m in DESCRIPTION.finditer(doc.text):
        p, noun = Passage(m.start(), m.end()), normal(m.group("noun")).rstrip("s")
        if cast.mentions_in(p) or doc.in_furniture(p):
            continue
        near = cast.mentions_in(Passage(max(0, p.start - NEAR), p.start), Kind.ORGANISATION, Kind.SYSTEM)
        called = [x for x in near if x.because.rule != DESCRIBED and so_called(doc, cast, x, noun)]
        systems = [x for x in near if x.kind is Kind.SYSTEM and _named(cast, x)]
        if noun in SYSTEM_NOUNS:
            called = [x for x in called if x.kind is Kind.SYSTEM]  # no "missile troops"
            if not called or noun != "missile":  # "the system" is the last one named, "the missile" first a missile
                called = sorted({*called, *systems}, key=_place)
        if called:
            cast.mention(p, m.group(), topical(doc, called).referent, Form.NOMINAL, DESCRIBED, 0.7)


def topical(doc: Document, near: Sequence[Mention]) -> Mention:
    """The last of some mentions that is not only what another is measured by: "the X-2, a version of the X-1"."""
    text = doc.text
    own = [m for m in near if BESIDE.search(text, max(0, m.passage.start - 40), m.passage.start) is None]
    return own[-1] if own else near[-1]


def so_called(doc: Document, cast: Cast, x: Mention, noun: str) -> bool:
    """Whether a thing's name, or the word right after it ("the Vega missile"), is the noun."""
    r = cast.referent(x.referent)
    after = doc.text[x.passage.end : x.passage.end + len(noun) + 1].casefold()
    words = {t.norm.rstrip("s") for n in (x.text, r.name if r is not None else "") for t in tokens(n, 0, len(n))}
    return noun in words or after == " " + noun


def _named(cast: Cast, x: Mention) -> bool:
    r = cast.referent(x.referent)
    return r is not None and r.named and x.form is Form.NAMED


def _place(m: Mention) -> tuple[int, int, str]:
    return m.passage.start, -m.passage.end, m.referent
