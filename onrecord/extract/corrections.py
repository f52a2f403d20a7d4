"""Claims of a report → the same, with what the report takes back told as not so, and what it puts right in its place.

Forms taken back: the pier is 240 m long, not 420 m; 240 m rather than the planned 420 m; is not 420 m but 240 m; an
earlier version of this report gave 1,240 passengers; this article originally said …; the cost was wrongly given as …;
corrected the length from 420 m to …; withdrew the figure of ….
Forms put right: the correct figure is 1,420; it should have said 240 m; in fact 240 m; corrected … to 240 m.
Refused: "an earlier version of the engine reached 90 km/h", "the minister wrongly said": no report takes that back;
"40 million, and not one crown more" tells no figure of one crown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from onrecord.extract.gate import Evidence, check
from onrecord.extract.put_off import put_off
from onrecord.extract.slots import Context, currency, figure, inside, money, within
from onrecord.ids import content_id
from onrecord.records import (
    Because,
    Claim,
    DateValue,
    Modality,
    MoneyValue,
    Passage,
    Polarity,
    Quantity,
    QuantityValue,
    Statement,
    TextValue,
    When,
)

TAKEN_BACK = "claims.taken-back"  # rules of such claims, which weighing knows them by
PUT_RIGHT = "claims.put-right"
NEAR = 50  # characters before a figure in which its "not" or "rather than" stands
FAR = 600  # characters from a figure to the claim whose subject it has: about two paragraphs
TEXT = r"(?:report|article|story|text|item|piece|post|page|headline|caption|bulletin|dispatch|entry)"
SAID = r"(?:said|says|stated|states|gave|gives|reported|reports|put|read|wrote|listed|had|misstated|misreported)"
WRONGLY = r"(?:wrongly|incorrectly|mistakenly|erroneously|falsely)"
BEFORE = r"(?:earlier|previous|original|first|prior|initial)"
EARLIER_TEXT = re.compile(
    rf"\b(?:an?|the|our|its)\s+{BEFORE}\s+(?:version|edition)s?\s+of\s+(?:this|the|our|that|its)\s+{TEXT}\b"
    rf"|\b(?:an?|the|our)\s+{BEFORE}\s+(?:version|edition)\s+(?=(?:{WRONGLY}\s+)?{SAID}\b)"
    rf"|\b(?:this|our)\s+{TEXT}\s+(?:had\s+|has\s+)?(?:originally|initially|earlier|previously|at\s+first|{WRONGLY})\s+{SAID}\b",
    re.IGNORECASE,
)
ERRATUM = re.compile(
    rf"{EARLIER_TEXT.pattern}"
    rf"|\bwe\s+(?:had\s+|have\s+)?(?:{WRONGLY}\s+{SAID}|misstated|misreported)\b"
    rf"|\b(?:was|were|been)\s+(?:{WRONGLY}\s+(?:given|stated|reported|put|listed|described)|misstated|misreported)\s+(?:as|at)\b"
    r"|\b(?P<withdrew>withdr[ae]w(?:s|n)?|retract(?:s|ed)|t[ao]kes?\s+back|took\s+back|taken\s+back)\s+(?:the|its|his|her|their|that)"
    r"\s+(?:\w+\s+)?(?:figure|number|claim|statement|estimate|sum|count|date)\b",
    re.IGNORECASE,
)
RIGHT = re.compile(
    r"\b(?:the\s+)?(?:correct|right|actual|true|real)\s+(?:\w+\s+){1,4}?(?:is|was|are|were|reads?)\b"
    r"|\bshould\s+(?:be|have\s+(?:been|said|read|stated))\b|\bin\s+(?:fact|reality)\b|\bactually\b|\binstead\s+of\b"
    r"|\b(?:it|that|this|there)\s+(?:is|was|are|were)\b|\bcorrectly\b",
    re.IGNORECASE,
)
CORRECT = re.compile(
    r"\b(?:correct|right|actual|true|real)\s+(?:figure|number|sum|amount|total|count|value|date)\b", re.I
)
CORRECTED = re.compile(r"\bcorrect(?:ed|s)\b(?!\s+(?:that|by|for)\b)", re.IGNORECASE)
FROM = re.compile(r"\bfrom\s+(?:about\s+|some\s+|the\s+)?$", re.IGNORECASE)
TO = re.compile(r"\bto\s+(?:about\s+|some\s+|the\s+)?$", re.IGNORECASE)
NOT = re.compile(r"\b(?P<not>not)\s+(?:the\s+|on\s+|in\s+|at\s+|for\s+|by\s+|of\s+|an?\s+)*$", re.IGNORECASE)
INSTEAD = re.compile(
    r"\b(?P<not>rather\s+than|instead\s+of|as\s+opposed\s+to|in\s+contrast\s+to)\s+(?:[a-z]+\s+){0,4}$", re.IGNORECASE
)
NOT_VERB = re.compile(  # "does not weigh 545 kg but 410 kg": behind the verb only where "but" gives the right figure
    r"\b(?:do|does|did|is|was|are|were|will|would|has|have|had|can|could)(?P<not>\s+not|n['’]t)\s+(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)
MORE = re.compile(r"\s+(?:more|less|fewer|longer|shorter|higher|lower|later|earlier)\b", re.IGNORECASE)
OF_ITS = re.compile(  # "150 of its 1,200 jobs": the part is what is told
    r"(?:\b\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|third|quarter|most|some|many|dozens?"
    r"|hundreds?|thousands?|per\s?cent)|%)\s+(?:out\s+)?of\s+(?:its|their|his|her|our)\s+(?:[a-z]+\s+){0,2}$",
    re.IGNORECASE,
)
ASKED = re.compile(r"\basked\s+(?:[\w.]+\s+){0,4}?(?:whether|if|about|why|how|when)\b[^,;]*$", re.IGNORECASE)
ABOUT = re.compile(  # what an erratum is about
    r"[^.!?\n]*\b(?:misstated|misreported|wrong|incorrect|mistaken)(?:ly)?\s+(?:\w+\s+)?(?:the|its)?\s*(?P<what>[a-z]+)\s+of\s+",
    re.IGNORECASE,
)
BUT = re.compile(r"[^.;]{0,40}?\bbut\s+(?:only\s+|on\s+|in\s+|at\s+|by\s+)?", re.IGNORECASE)
LETTERS = ("version", "edition", "wrong", "incorrect", "mistak", "erron", "falsely", "misstat", "misrep", "originally",
           "initially", "earlier", "previously", "at first", "withdr", "retract", "back", "correct")  # fmt: skip
Figure = Quantity | When


@dataclass(frozen=True)
class Mended:
    """A figure or date that the report takes back, or puts right, and the words that say so."""

    figure: Figure
    marker: Passage
    back: bool


def corrected(c: Context, statements: Sequence[Statement], made: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims `made`, mended where the report corrects, in order of their evidence.

    What an earlier version of a report said is told by nobody: it is the outlet's own voice that takes it back.
    """
    made = [x for x in put_off(c, made) if not (_no_more(c, x) or _asked(c, x))]
    mended = {m.figure.passage: m for m in (*_contrasts(c), *_errata(c))}
    versions = {s.id: (p, s.parent) for s in statements for p in _version(c, s)}
    if not mended and not versions:
        return tuple(made)
    ground = Evidence(c.doc, c.cast, c.quantities, c.dates, {s.id: s for s in statements})
    said_at = {s.id: s.said_at for s in statements}
    claimed = {x.value_passage for x in made}
    told = [x for claim in made for x in _told(c, _own_voice(claim, versions, said_at), mended, claimed)]
    left = [m for m in mended.values() if not any(_of(x, m) for x in told)]
    known = [*told]
    for m in sorted(left, key=lambda m: not m.back):
        known.extend([x for x in _from_nearest(c, m, known) if check(x, ground) is None][:1])
    unique = {_same(x): x for x in reversed([x for x in known if check(x, ground) is None])}
    return tuple(sorted(unique.values(), key=lambda x: (x.evidence, x.property, x.id)))


# ---------------------------------------------------------------- what is corrected


def _contrasts(c: Context) -> Iterator[Mended]:
    """ "240 m, not 420 m"; "240 m rather than the planned 420 m"; "not 420 m but 240 m"; "is not 420 m long but 240 m":
    the figure behind "not" beside another of its unit."""
    sorts: tuple[Sequence[Figure], ...] = (c.quantities, c.dates)
    for found in sorts:
        for k, f in enumerate(found):
            lead = c.doc.text, max(0, f.passage.start - NEAR), f.passage.start
            m = NOT.search(*lead) or INSTEAD.search(*lead) or NOT_VERB.search(*lead)
            if m is None or MORE.match(c.doc.text, f.passage.end):
                continue
            other = [x for x in found[max(0, k - 1) : k + 2] if x is not f and _comparable(c, f, x)]
            first = m.end("not") - len(m["not"].lstrip())
            marker = Passage(first, m.end("not"))
            if m.re is not NOT_VERB and any(x.passage.end <= m.start() for x in other):
                yield Mended(f, marker, back=True)
            elif other and BUT.fullmatch(c.doc.text, f.passage.end, other[0].passage.start):
                yield Mended(f, marker, back=True)
                yield Mended(other[0], marker, back=False)


def _no_more(c: Context, claim: Claim) -> bool:
    """Whether a figure only says that there is no more, or of how many a part is told: "40 million, and not one more",
    "cut 150 of its 1,200 jobs"."""
    p = claim.value_passage
    if p is None or not isinstance(claim.value, QuantityValue | MoneyValue):
        return False
    if OF_ITS.search(c.doc.text, max(0, p.start - NEAR), p.start):
        return True
    if not MORE.match(c.doc.text, p.end):
        return False
    return NOT.search(c.doc.text, max(0, p.start - NEAR), p.start) is not None


def _asked(c: Context, claim: Claim) -> bool:
    """Whether a figure or day only stands in a question that somebody was asked: "Asked whether it weighs 5 kg, …"."""
    p = claim.value_passage
    around = c.doc.sentence_at(p.start) if p is not None and claim.statement is None else None
    if p is None or around is None or not isinstance(claim.value, QuantityValue | MoneyValue | DateValue):
        return False
    return ASKED.search(c.doc.text, max(around.start, p.start - FAR), p.start) is not None


def _unit(claim: Claim) -> str | None:
    """The unit of a claim's figure; None where it is none."""
    v = claim.value
    return v.currency if isinstance(v, MoneyValue) else v.unit if isinstance(v, QuantityValue) else None


def _comparable(c: Context, f: Figure, x: Figure) -> bool:
    """Whether two figures of one sentence can stand against each other."""
    same = f.unit == x.unit if isinstance(f, Quantity) and isinstance(x, Quantity) else _value(f) != _value(x)
    return same and c.doc.sentence_at(f.passage.start) == c.doc.sentence_at(x.passage.start)


def _value(f: Figure) -> object:
    return f.value if isinstance(f, When) else (f.low, f.high)


def _errata(c: Context) -> Iterator[Mended]:
    if not _may_correct(c.doc.text):
        return
    before: Passage | None = None  # of the erratum in the sentence before, which this one may put right
    for s in c.doc.sentences:
        m = ERRATUM.search(c.doc.text, *s)
        if m is not None:
            yield from _erratum(c, Passage(*m.span()), s)
        elif before is not None:
            right = RIGHT.search(c.doc.text, *s)
            yield from _put_right(c, right, s) if right is not None else ()
        before = Passage(*m.span()) if m is not None else None
        m = CORRECTED.search(c.doc.text, *s)
        if m is not None:
            yield from _from_to(c, Passage(*m.span()), s)


@lru_cache(maxsize=2)
def _may_correct(text: str) -> bool:
    """Whether letters that every erratum has are in the report that is being read."""
    low = text.lower()
    return any(x in low for x in LETTERS)


def _erratum(c: Context, m: Passage, sentence: Passage) -> Iterator[Mended]:
    right = RIGHT.search(c.doc.text, m.end, sentence.end)
    end = right.start() if right is not None else sentence.end
    for f in _figures(c, Passage(m.end, end)):
        yield Mended(f, m, back=True)
    if right is not None:
        yield from _put_right(c, right, sentence)


def _put_right(c: Context, right: re.Match[str], sentence: Passage) -> Iterator[Mended]:
    after = _figures(c, Passage(right.end(), sentence.end))
    if after:
        yield Mended(after[0], Passage(*right.span()), back=False)


def _from_to(c: Context, m: Passage, sentence: Passage) -> Iterator[Mended]:
    """ "corrected the length from 420 m to 240 m", "corrected the figure to 240 m"."""
    for f in _figures(c, Passage(m.end, sentence.end)):
        lead = (c.doc.text, max(m.end, f.passage.start - NEAR), f.passage.start)
        if FROM.search(*lead):
            yield Mended(f, m, back=True)
        elif TO.search(*lead):
            yield Mended(f, m, back=False)


def _figures(c: Context, p: Passage) -> list[Figure]:
    """The figures, where there are none the dates, of a stretch."""
    found: list[Figure] = list(within(c.quantities, p))
    return found or [d for d in within(c.dates, p) if d.value is not None]


def _version(c: Context, s: Statement) -> Iterator[Passage]:
    """The words by which a statement is that of an earlier text of the outlet's own."""
    for p in (*s.speaker_passages, *s.cue):
        around = c.doc.sentence_at(p.start)
        m = ERRATUM.search(c.doc.text, *around) if around is not None and _may_correct(c.doc.text) else None
        if m is not None and p.start < m.end() and m.start() < p.end and not m["withdrew"]:
            yield Passage(*m.span())
            return


# ---------------------------------------------------------------- claims mended


def _own_voice(
    claim: Claim, versions: dict[str, tuple[Passage, str | None]], said_at: dict[str, str | None]
) -> tuple[Claim, Passage | None]:
    """A claim of an earlier text in the voice of who tells of that text, and the words that tell of it."""
    if claim.statement not in versions:
        return claim, None
    version, outer = versions[claim.statement]
    return msgspec.structs.replace(claim, statement=outer, said_at=said_at.get(outer or "")), version


def _told(
    c: Context, given: tuple[Claim, Passage | None], mended: dict[Passage, Mended], claimed: set[Passage | None]
) -> Iterator[Claim]:
    """A claim as it is after the correction; none where only its figure counts and has a claim of its own."""
    claim, version = given
    m = next((x for x in mended.values() if _of(claim, x)), None)
    if _of_figure(c, claim):
        return
    if version is not None and isinstance(claim.value, TextValue) and _holds_one(claim, mended, claimed):
        return  # "said that it employs 1,240 workers": told by the figure's own claim
    if claim.holds_at_passage in mended:  # "in June, not in May": neither is when the other holds
        claim = msgspec.structs.replace(claim, holds_at=None, holds_at_passage=None)
    if version is not None or (m is not None and m.back):
        yield _back(c, claim, m.marker if m is not None else version or claim.evidence[0])
    else:
        yield claim if m is None else _right(claim, m)


def _holds_one(claim: Claim, mended: dict[Passage, Mended], claimed: set[Passage | None]) -> bool:
    """Whether the words of a claim hold a figure that is taken back by a claim of its own."""
    back = [p for p, m in mended.items() if m.back and p in claimed]
    return any(inside(p, e) for p in back for e in claim.evidence)


def _of_figure(c: Context, claim: Claim) -> bool:
    """Whether what a claim is taken to be about is an earlier text, or the figure itself: "an earlier version gave
    1,240 passengers", "the correct figure is 1,420" tell nothing of those."""
    p = claim.subject_passage
    around = c.doc.sentence_at(p.start) if p is not None and _may_correct(c.doc.text) else None
    if p is None or around is None:
        return False
    found = (x.search(c.doc.text, *around) for x in (EARLIER_TEXT, CORRECT))
    return any(m is not None and p.start < m.end() and m.start() < p.end for m in found)


def _of(claim: Claim, m: Mended) -> bool:
    """Whether a claim's value is that of a figure."""
    typed = isinstance(claim.value, QuantityValue | MoneyValue | DateValue)
    return typed and claim.value_passage == m.figure.passage


def _back(c: Context, claim: Claim, marker: Passage) -> Claim:
    return msgspec.structs.replace(
        claim, id=_id(c, claim, TAKEN_BACK), modality=Modality.ASSERTED, polarity=Polarity.NEGATIVE, markers=(marker,),
        because=Because(rule=TAKEN_BACK, score=claim.because.score),
    )  # fmt: skip


def _right(claim: Claim, m: Mended) -> Claim:
    """A claim of the figure that is right: not negated by the "not" before the other one."""
    if claim.polarity is Polarity.NEGATIVE and any(
        p.start < m.marker.end and m.marker.start < p.end for p in claim.markers
    ):
        claim = msgspec.structs.replace(claim, modality=Modality.ASSERTED, polarity=Polarity.POSITIVE, markers=())
    return msgspec.structs.replace(claim, because=Because(rule=PUT_RIGHT, score=claim.because.score))


def _from_nearest(c: Context, m: Mended, known: Sequence[Claim]) -> Iterator[Claim]:
    """The claim of a figure that no words of its own tell of: what the nearest claim in its unit is about.

    Beside that claim, in its voice; then, in case that voice did not say it, the same in the outlet's own."""
    f = m.figure
    value = _as_value(f)
    near = [x for x in known if _fits(x, f) and abs(_at(x) - f.passage.start) <= FAR and x.value != value]
    if value is None:
        return
    if not near:
        yield from _of_erratum(c, m, value)
        return
    sentence = c.doc.sentence_at(f.passage.start) or f.passage
    beside = [x for x in near if inside(x.evidence[0], sentence)]  # "545 kg rather than 410 kg": the same voice, too
    own = beside or [x for x in near if x.because.rule in (TAKEN_BACK, PUT_RIGHT)] or near
    like = min(own, key=lambda x: (abs(_at(x) - f.passage.start), x.id))
    claim = msgspec.structs.replace(
        like, value=value, value_passage=f.passage, modality=Modality.ASSERTED, polarity=Polarity.POSITIVE, markers=()
    )
    if not any(inside(f.passage, e) for e in like.evidence):
        if beside:
            first, last = like.evidence[0], f.passage
            both = Passage(min(first.start, last.start), max(first.end, last.end))
            yield _mended(c, msgspec.structs.replace(claim, evidence=(both,)), m)
        claim = msgspec.structs.replace(claim, statement=None, said_at=None, evidence=(sentence,))
    yield _mended(c, claim, m)


def _of_erratum(c: Context, m: Mended, value: QuantityValue | MoneyValue | DateValue) -> Iterator[Claim]:
    """The claim of a figure of which only the erratum tells: "we misstated the weight of the ferry. It is 410 t"."""
    place = c.doc.sentence_at(m.figure.passage.start) or m.figure.passage
    found = [x for x in ABOUT.finditer(c.doc.text, max(0, place.start - FAR), place.end) if ERRATUM.search(x.group())]
    beat = c.resolver.beat
    if not found or (beat is not None and not any(p.name == found[-1]["what"] for p in beat.properties)):
        return
    first = c.doc.sentence_at(found[-1].start()) or place
    named = c.cast.mentions_in(Passage(found[-1].end(), first.end))
    if not named or named[0].referent is None:
        return
    claim = Claim(
        id="", report=c.doc.report.id, statement=None, evidence=tuple(sorted({first, place})),
        subject=named[0].referent, subject_passage=named[0].passage, property=found[-1]["what"], value=value,
        value_passage=m.figure.passage, because=Because(rule=PUT_RIGHT, score=0.6),
    )  # fmt: skip
    yield _mended(c, claim, m)


def _mended(c: Context, claim: Claim, m: Mended) -> Claim:
    claim = msgspec.structs.replace(claim, id=_id(c, claim, PUT_RIGHT))
    return _back(c, claim, m.marker) if m.back else _right(claim, m)


def _as_value(f: Figure) -> QuantityValue | MoneyValue | DateValue | None:
    if isinstance(f, When):
        return DateValue(date=f.value) if f.value is not None else None
    unit = currency(f)
    return money(f, unit) if unit is not None else figure(f)


def _fits(claim: Claim, f: Figure) -> bool:
    """Whether a claim's value is of the sort and unit of a figure, and about something."""
    v = claim.value
    if claim.subject is None or claim.value_passage is None:
        return False
    if isinstance(f, When):
        return isinstance(v, DateValue)
    return f.unit is not None and _unit(claim) == f.unit


def _at(claim: Claim) -> int:
    return claim.value_passage.start if claim.value_passage is not None else claim.evidence[0].start


def _id(c: Context, claim: Claim, rule: str) -> str:
    return content_id("c", c.doc.report.id, rule, claim.property, claim.subject, claim.value_passage, claim.evidence[0])


def _same(x: Claim) -> tuple[object, ...]:
    """What makes two mended claims a repeat."""
    if x.because.rule != TAKEN_BACK or isinstance(x.value, TextValue):
        return (x.id,)
    return x.statement, x.subject, x.property, x.scope, msgspec.json.encode(x.value)
