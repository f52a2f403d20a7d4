"""Hits of the gazetteer → names: the beat's entities and the countries, as the words around them allow.

Refused: a surname behind another person's given name. Grown: a designation by its variant ("Kite-2 M"). Turned: the
body of another country ("the Danish Rail Agency"), a capital that stands for its government.
"""

from __future__ import annotations

import re

from onrecord.extract.candidates import Name, Sentence
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import Hit, cues
from onrecord.extract.place_bodies import RULE, body_end
from onrecord.records import Form, Kind, Passage


def known(doc: Document, hit: Hit, s: Sentence) -> Name | None:
    """The name that a gazetteer hit is, unless more words of a designation or of a person's name stand by it."""
    e, text = hit.spelling.entry, doc.text[hit.start : hit.end]
    following = s.words[hit.last] if hit.last < len(s.words) else None
    if e.kind is Kind.SYSTEM and hit.spelling.form is Form.NAMED and following is not None:
        gap = doc.text[hit.end : following.start]
        if gap == " " and re.fullmatch(r"[A-ZА-Я]|[A-Z]?\d{1,3}[A-Z]?|Mk", following.text):
            return Name(Passage(hit.start, following.end), doc.text[hit.start : following.end], e.kind, "names.variant")
    if e.kind is Kind.PERSON and hit.last - hit.first == 1 and hit.first > 0 and not _same_person(hit, s):
        return None
    if e.home is not None and e.kind is Kind.ORGANISATION and _foreign(hit, s):
        before = s.words[hit.first - 1]
        p = Passage(before.start, hit.end)
        return Name(p, doc.text[p.start : p.end], e.kind, "names.foreign", form=hit.spelling.form)
    body = body_end(doc.text, s.words, hit.first, hit.last) if e.kind is Kind.PLACE else None
    if body is not None:
        p = Passage(hit.start, s.words[body - 1].end)
        return Name(p, doc.words(p), Kind.ORGANISATION, RULE, home=e.home)
    metonym = e.capital_of is not None and _acts(doc, hit, s)
    if metonym:
        return Name(Passage(hit.start, hit.end), text, Kind.COUNTRY, "names.metonym", key=e.capital_of)
    return Name(
        Passage(hit.start, hit.end), text, e.kind, "beat.name" if e.known else "names.country",
        form=hit.spelling.form, key=e.key, canonical=e.name, known=e.known, adjective=hit.spelling.adjective,
        roles=s.roles_before(hit.first) if e.kind is Kind.PERSON else (), home=e.home,
    )  # fmt: skip


def _foreign(hit: Hit, s: Sentence) -> bool:
    """Whether another country stands right before a body: "the Danish Rail Agency" is not Norland's."""
    before = s.nations.get(hit.first - 1)
    return before is not None and before not in (hit.spelling.entry.home, hit.spelling.entry.key)


def _same_person(hit: Hit, s: Sentence) -> bool:
    """Whether the given name before a known surname, if there is one, can be the known person's."""
    before = s.words[hit.first - 1]
    if before.norm not in cues()["firstname"] or s.words[hit.first].start - before.end > 1:
        return True
    given = hit.spelling.entry.name.split()[0].casefold()
    return given[:2] == before.norm[:2] or {given[0], before.norm[0]} in ({"v", "u"}, {"d"}, {"y", "e"}, {"i", "y"})


def _acts(doc: Document, hit: Hit, s: Sentence) -> bool:
    """Whether a capital stands for its government: "Vienna aims to …", "talks with Vienna"."""
    if hit.spelling.entry.name.endswith("'s"):  # "St John's Harbour": its own ending, nothing that it has
        return False
    before = s.words[hit.first - 1].norm if hit.first else ""
    after = s.words[hit.last].norm if hit.last < len(s.words) else ""
    if before in ("with", "between") or doc.text[hit.end : hit.end + 2] in ("'s", "’s"):
        return True
    return before not in cues()["locative"] and (after in cues()["personverb"] or after in cues()["actorverb"])
