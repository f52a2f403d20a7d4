"""A sentence and the claims it cites → admitted, or refused with the reason. Every printed sentence goes through here.

Refused:
    no claims       nothing is cited, or a cited claim is not on record
    quotation       words in quotation marks that do not stand in a cited claim's evidence
    number          a figure, date or number word that no cited claim has (counts of the program's own are declared
                    in `Sentence.figures`)
    name            a capitalised word or a designation that no cited claim, its speaker, subject or outlet has;
                    designations match whole: X-1 is not X-1M
    modality        a cited claim is planned, possible, denied … and the sentence has no word for that, or turns its
                    verb into a fact ("may reach" into "reaches", "will open" into "opened")
    attribution     a cited claim has one origin and the sentence does not say whose words they are
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from onrecord.errors import GateRefused
from onrecord.records import (
    Claim,
    DateValue,
    EntityValue,
    EventValue,
    Modality,
    MoneyValue,
    Polarity,
    QuantityValue,
    Record,
    Value,
)
from onrecord.tell.shelf import Shelf
from onrecord.tell.times import MONTHS, in_words
from onrecord.tell.values import number

QUOTED = re.compile(r"“([^”]*)”")
TOKEN = re.compile(r"\w(?:[\w.,/’'+:~-]*[\w+])?")
MONTHS_FOLDED = {m.casefold() for m in MONTHS}  # of a date that the program counted itself: "slipped from May 2031"
ENDINGS = ("s", "es", "ed", "d")


@cache
def words(sort: str) -> tuple[str, ...]:
    """The rows of one sort in `gate.tsv`; for modalities and "unnamed" they are patterns of whole words."""
    rows = (line.split("\t") for line in Path(__file__).with_name("gate.tsv").read_text("utf-8").splitlines()[1:])
    return tuple(word for found, word, _ in rows if found == sort)


@cache
def number_words() -> dict[str, str]:
    """`twelve` → `12`."""
    return dict(row.split("=") for row in words("number"))


@cache
def sign(sort: str) -> re.Pattern[str]:
    """Matches the words of a sort."""
    return re.compile(rf"\b(?:{'|'.join(words(sort))})\b", re.IGNORECASE)


class Sentence(Record, frozen=True, kw_only=True):
    """Text plus the ids of the claims it stands on; `figures` are counts that the program made itself."""

    text: str
    claims: tuple[str, ...]
    figures: tuple[str, ...] = ()


def admit(sentence: Sentence, shelf: Shelf) -> Sentence:
    """The sentence itself. Raises GateRefused with the reason."""
    reason = refusal(sentence, shelf)
    if reason is not None:
        raise GateRefused(f"{reason}: {sentence.text}", hint=f"it cites {', '.join(sentence.claims) or 'no claims'}")
    return sentence


def refusal(sentence: Sentence, shelf: Shelf) -> str | None:
    """Why the sentence may not be printed: the first reason of the module's list that applies; None: it may."""
    cited = [shelf.claims[c] for c in sentence.claims if c in shelf.claims]
    if not cited or len(cited) < len(sentence.claims):
        return "no claims: nothing is cited, or a cited claim is not on record"
    bare = QUOTED.sub(" “” ", sentence.text)
    found = (
        _quotation(sentence.text, cited, shelf),
        _tokens(bare, sentence.figures, cited, shelf),
        _modality(sentence.text, bare, cited, shelf),
        _attribution(bare, cited, shelf),
    )
    return next((reason for reason in found if reason is not None), None)


# ---------------------------------------------------------------- quotations


MARKS = str.maketrans(dict.fromkeys('“”„«»‘’`"', "'"))  # a quotation inside one is printed with other marks


def _plain(text: str) -> str:
    return " ".join(text.translate(MARKS).split())


def _bare(text: str) -> str:
    """Without quotation marks: a quotation inside one is closed where it is cut."""
    return " ".join(_plain(text).replace("'", "").split())


def _quotation(text: str, cited: Iterable[Claim], shelf: Shelf) -> str | None:
    evidence = [_bare(_stored(c, shelf)) for c in cited]
    for m in QUOTED.finditer(text):
        for part in filter(None, (_bare(p) for p in m[1].split("…"))):
            if not any(part in e for e in evidence):
                return f"quotation: “{part}” does not stand in the evidence"
    return None


def _stored(c: Claim, shelf: Shelf) -> str:
    text = shelf.reports[c.report].text
    passages = [*c.evidence, *c.markers, *(p for p in (c.subject_passage, c.value_passage, c.holds_at_passage) if p)]
    return " \n ".join(text[p.start : p.end] for p in passages)


# ---------------------------------------------------------------- numbers, names, dates, designations


def _tokens(bare: str, figures: Iterable[str], cited: Iterable[Claim], shelf: Shelf) -> str | None:
    known = {t for c in cited for text in _yields(c, shelf) for t in _parts(text)}
    declared = {t for f in figures for t in (f, *_parts(f))}
    numbers, dated = known | declared, known | (declared & MONTHS_FOLDED)
    for m in TOKEN.finditer(bare):
        token, folded = _trim(m[0]), _trim(m[0]).casefold()
        if any(ch.isdigit() for ch in token):
            if folded not in numbers and folded.replace(",", "") not in numbers:
                return f"number: {token!r} is in no cited claim"
        elif folded in number_words():
            if not {folded, number_words()[folded]} & numbers:
                return f"number: {token!r} is in no cited claim"
        elif (
            token != token.lower()
            and folded not in dated
            and not (folded in words("opener") and _opens(bare, m.start()))
        ):
            return f"name: {token!r} is in no cited claim"
    return None


def _opens(text: str, at: int) -> bool:
    before = text[:at].rstrip(" “(")
    return not before or before[-1] in ".:;—"


def _trim(token: str) -> str:
    """Without the possessive and the stops that a sentence adds."""
    return re.sub(r"[’']s?$", "", token.rstrip(".,:’'"))


def _parts(text: str) -> Iterator[str]:
    for m in TOKEN.finditer(text):
        folded = _trim(m[0]).casefold()
        yield folded
        yield folded.replace(",", "")


def _yields(c: Claim, shelf: Shelf) -> Iterator[str]:
    """All that a claim may lend a sentence: its passages, slots, names, speaker, intermediaries, outlet, date."""
    report = shelf.reports[c.report]
    yield _stored(c, shelf)
    for x in (c.holds_at, c.said_at, report.published):
        yield from () if x is None else (x, in_words(x))
    yield c.scope or ""
    yield from (c.property.replace("_", " "), c.property)
    yield from _names(c.subject, shelf)
    yield from _of_value(c.value, shelf)
    yield from attributions(c, shelf)
    statement = shelf.statements.get(c.statement or "")
    for v in () if statement is None else statement.via:
        yield from _names(v, shelf)
    yield from shelf.told_by(c)
    for p in shelf.positions_of.get(c.id, ()):
        yield from _of_value(p.value, shelf)
        yield from (p.holds_at or "", in_words(p.holds_at or ""), shelf.name(p.subject))


def _names(referent: str | None, shelf: Shelf) -> Iterator[str]:
    found = shelf.referents.get(referent or "")
    if found is not None:
        yield from (found.name, *found.roles)
    entity = shelf.entities.get(shelf.entity_of.get(referent or "", ""))
    if entity is not None:
        yield from (entity.name, *entity.names)


def _of_value(value: Value, shelf: Shelf) -> Iterator[str]:
    yield shelf.value(value)
    if isinstance(value, QuantityValue | MoneyValue):
        yield from (number(x) for x in (value.low, value.high) if x is not None)
    elif isinstance(value, DateValue):
        yield from value.date.split("/")
    elif isinstance(value, EventValue):
        yield from (value.date or "", *(name for x in (value.entity, value.place) for name in _names(x, shelf)))
    elif isinstance(value, EntityValue):
        yield from (name for e in value.entities for name in _names(e, shelf))


# ---------------------------------------------------------------- modality


def _modality(text: str, bare: str, cited: Iterable[Claim], shelf: Shelf) -> str | None:
    for c in cited:
        kind = Modality.DENIED if c.polarity is Polarity.NEGATIVE else c.modality
        kinds = [m for m in dict.fromkeys((kind, c.modality)) if m is not Modality.ASSERTED]
        if kinds and not any(sign(m).search(text) for m in kinds):
            return f"modality: the claim is {kind.value}, the sentence does not say so"
        raised = _raised(bare, c, shelf) if c.modality is not Modality.ASSERTED else None
        if raised is not None:
            return f"modality: the claim is {c.modality.value}, {raised!r} tells it as a fact"
    return None


def _raised(bare: str, c: Claim, shelf: Shelf) -> str | None:
    """A verb of the evidence that the sentence has turned from its bare form into "-s" or "-ed"."""
    evidence = set(_parts(shelf.words(c)))
    own = {t for text in (c.property.replace("_", " "), *_named(c, shelf)) for t in _parts(text)}
    for m in TOKEN.finditer(bare):
        word = _trim(m[0]).casefold()
        if word in evidence or word in own or word in words("template") or sign(c.modality).fullmatch(word):
            continue
        if re.search(r"\b(?:be|been|being)\s+$", bare[: m.start()]):
            continue
        if any(word.endswith(end) and len(word) > 4 and word.removesuffix(end) in evidence for end in ENDINGS):
            return word
    return None


def _named(c: Claim, shelf: Shelf) -> Iterator[str]:
    """All names near the claim: a plural in a name is no verb."""
    yield from attributions(c, shelf)
    yield from _names(c.subject, shelf)
    yield from _of_value(c.value, shelf)


# ---------------------------------------------------------------- attribution


def attributions(c: Claim, shelf: Shelf) -> tuple[str, ...]:
    """Names that say whose words these are: the speaker's and the outlet's."""
    report, statement = shelf.reports[c.report], shelf.statements.get(c.statement or "")
    outlet = shelf.view.outlet_of(report)
    outlets = [report.outlet or "", report.name] + ([outlet.name, *outlet.names] if outlet is not None else [])
    if statement is None:
        return tuple(filter(None, outlets))
    words = [shelf.view.text(c.report, p) for p in statement.speaker_passages]
    return tuple(filter(None, [*_names(statement.speaker, shelf), *words, *outlets]))


def _attribution(bare: str, cited: Iterable[Claim], shelf: Shelf) -> str | None:
    for c in cited:
        if not _one_origin(c, shelf):
            continue
        statement = shelf.statements.get(c.statement or "")
        if statement is not None and statement.speaker is None and sign("unnamed").search(bare):
            continue
        if not any(_said_by(name, bare) for name in _speakers(c, shelf)):
            return "attribution: one origin, and the sentence does not say whose words they are"
    return None


def _speakers(c: Claim, shelf: Shelf) -> tuple[str, ...]:
    """Names of the one who speaks; the outlet's only where it speaks itself or the report names nobody."""
    statement = shelf.statements.get(c.statement or "")
    if statement is None or statement.speaker is None:
        return attributions(c, shelf)
    words = [shelf.view.text(c.report, p) for p in statement.speaker_passages]
    return tuple(filter(None, [*_names(statement.speaker, shelf), *words]))


def _said_by(name: str, text: str) -> bool:
    """Whether the name stands in the text, whole or by its last word (a surname)."""
    last = name.split()[-1] if name.split() else ""
    spellings = [_plain(name)] + ([last] if len(last) > 2 and last != last.lower() else [])
    return any(re.search(rf"(?<!\w){re.escape(s)}(?!\w)", _plain(text), re.IGNORECASE) for s in spellings)


def _one_origin(c: Claim, shelf: Shelf) -> bool:
    """Whether all that is known of the claim comes from one origin; a claim in no position has only itself."""
    found = [shelf.origins(p.id) for p in shelf.positions_of.get(c.id, ())]
    return all(o is None or o.high == 1 for o in found)
