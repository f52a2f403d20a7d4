"""The words that may tell an event, by the list of `beats/words/events.tsv`, and where they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.extract.lexicon import inflect, rows

STEM = 4  # letters by which forms are looked for
LETTERS = re.compile(r"[^\W\d_]+(?:-fir\w+)?")


@dataclass(frozen=True)
class Word:
    """What a form of the list says: the kind of event, and which noun phrase is what it is about."""

    kind: str
    theme: bool  # the subject is what it happens to


@cache
def verbs() -> dict[str, Word]:
    """Base of an event's verb → what it says."""
    return {r["verb"]: Word(r["event"], r["first"] == "theme") for r in rows("events")}


@cache
def nouns() -> dict[str, Word]:
    """Noun of an event → what it says: "the signing of", "the delivery of", "talks with"."""
    return {n: Word(r["event"], r["first"] == "theme") for r in rows("events") for n in r["nouns"].split()}


@cache
def _stems() -> tuple[tuple[str, ...], frozenset[str]]:
    """What every form of the list begins with, and the forms."""
    forms = {f for r in rows("events") for f in inflect(r["verb"], r["forms"])} | set(nouns())
    cut = {f[:STEM] for f in forms}
    return tuple(sorted(s for s in cut if not any(s != x and s.startswith(x) for x in cut))), frozenset(forms)


def event_words(text: str) -> list[int]:
    """Where a word that may tell an event stands. Looks for beginnings of words: much faster than a pattern of all."""
    stems, forms = _stems()
    low = text.lower()
    if len(low) != len(text):
        return []  # a letter that changes length in lower case would move the offsets
    out = []
    for stem in stems:
        at = low.find(stem)
        while at >= 0:
            if not (at and low[at - 1].isalnum()) and (m := LETTERS.match(low, at)) is not None and m.group() in forms:
                out.append(at)
            at = low.find(stem, at + 1)
    return sorted(out)
