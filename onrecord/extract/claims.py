"""Statements and the outlet's own voice → claims: for each clause the beat's properties whose cues it has.

Without a beat, or where no property fits, what a speaker says is kept as an untyped claim ("says"). A statement inside
a statement owns its words: hearsay is never made the outer speaker's claim. A repeat in the same report is kept once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from onrecord.beat import Beat, BeatProperty, ValueKind
from onrecord.extract import abouts, holding, slots
from onrecord.extract.clauses import clauses, fragment, has_verb
from onrecord.extract.gate import Evidence, check
from onrecord.extract.last_subject import LastSubject
from onrecord.extract.literals import Letters
from onrecord.extract.slots import Context, Found, Subject
from onrecord.extract.substance import behind_cue, says_something
from onrecord.extract.tables import told
from onrecord.extract.voices import Piece, pieces
from onrecord.ids import content_id
from onrecord.records import (
    Because,
    Claim,
    Modality,
    Passage,
    Passages,
    Polarity,
    Refusal,
    Statement,
    TextValue,
)

UNTYPED = "says"
LONG = 110  # characters of a clause that may hold two textual properties
APART = 30  # characters between the cues of the two
MAX_CLAUSE = 1500  # characters: longer is a list or a table, not a clause
NOT_RULED_OUT = re.compile(
    r"\b(?:(?:did|do|does|could|can|would|will|has|have|had)\s+not|cannot|\w+n['’]t|never|refused\s+to|declined\s+to)\s+(?:\w+ly\s+)?"
    r"(?:rule|ruled)\s+out\b|\bnot\s+(?:be\s+)?(?:ruled\s+out|excluded?)\b",
    re.IGNORECASE,
)
ANYWHERE = re.compile("")
TEXTUAL = (ValueKind.TEXT, ValueKind.STATE)

Judge = Callable[[Passage, Statement | None], tuple[Modality, Polarity, Passages]]


@dataclass(frozen=True)
class Draft:
    """A claim before the gate."""

    clause: Passage
    statement: Statement | None
    subject: Subject
    prop: str
    found: Found
    rule: str
    cue: Passage | None = None  # the words by which a figure's property was found
    cells: Passages = ()  # of a table: where it is read from, instead of a clause


@dataclass
class State:
    """What carries over from clause to clause: the last subject, and the property whose figure was last given."""

    typed: Cued
    textual: Cued
    previous: LastSubject
    voice: str | None = None
    figured: tuple[BeatProperty, ...] = ()
    sentence: Passage | None = None


def claims(
    c: Context, beat: Beat | None, statements: Sequence[Statement], judge: Judge
) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """The claims of a report that pass the gate, in order of their evidence, and the refusals."""
    ground = Evidence(c.doc, c.cast, c.quantities, c.dates, {s.id: s for s in statements})
    kept: dict[tuple[object, ...], Claim] = {}
    refused: list[Refusal] = []
    state = State(*(compiled(beat) if beat is not None else (NOTHING, NOTHING)), LastSubject(c))
    cut = pieces(c, statements, lambda line: _verdict(c, state, line))
    for d in (*(d for piece in cut for d in _drafts(c, piece, state)), *_tabled(c, state)):
        claim = _claim(c, d, judge)
        refusal = check(claim, ground)
        if refusal is not None:
            refused.append(refusal)
        else:
            kept.setdefault(_same(c, claim, d), claim)
    return tuple(sorted(kept.values(), key=lambda x: (x.evidence, x.property, x.id))), tuple(refused)


def _same(c: Context, claim: Claim, d: Draft) -> tuple[object, ...]:
    """What makes two claims of one report a repeat: same voice, subject, property and value."""
    speaker = d.statement.speaker if d.statement is not None else None
    value = claim.value
    if isinstance(value, TextValue):
        return speaker, claim.property, re.sub(r"\W+", " ", value.text.casefold()).strip()
    return speaker, claim.subject, claim.property, msgspec.json.encode(value), claim.modality, claim.holds_at


def _verdict(c: Context, state: State, line: Passage) -> bool:
    """Whether a cue of the beat with the group `line` is the whole line."""
    each = [cue for cues in state.textual.every for cue in cues.each]
    return any("line" in cue.groupindex and cue.fullmatch(c.doc.text, line.start, line.end) for cue in each)


# ---------------------------------------------------------------- clauses to drafts


@dataclass(frozen=True)
class Cues:
    """A property's cues."""

    prop: BeatProperty
    each: tuple[re.Pattern[str], ...]


class Cued:
    """Some properties of a beat, in its order, which is their precedence, with all their cues."""

    def __init__(self, properties: Sequence[BeatProperty]) -> None:
        self.every = tuple(
            Cues(p, tuple(re.compile(rf"\b(?:{cue})\b", re.IGNORECASE) for cue in p.cues)) for p in properties
        )
        self._numbered = [(cues, cue) for cues in self.every for cue in cues.each]
        self._letters = Letters([cue for cues in self.every for cue in cues.prop.cues])

    def matches(
        self, text: str, clause: Passage, *, quoted: bool = True
    ) -> Iterator[tuple[BeatProperty, list[re.Match[str]]]]:
        """The properties whose cues a clause has, in order, each with one match for each of its cues at most.

        A cue with the group `quoted` counts only in a speaker's words: without `quoted` it is passed over.
        """
        found: list[re.Match[str]] = []
        last: Cues | None = None
        for i in self._letters.possible(text, clause):
            cues, cue = self._numbered[i]
            if not quoted and "quoted" in cue.groupindex:
                continue
            m = cue.search(text, clause.start, clause.end)
            if m is None:
                continue
            if last is not None and last is not cues:
                yield last.prop, found
                found = []
            last = cues
            found.append(m)
        if last is not None:
            yield last.prop, found


@lru_cache(maxsize=8)
def compiled(beat: Beat) -> tuple[Cued, Cued]:
    """The beat's properties with cues: typed ones, and those whose value is text, a state or an event."""
    made = [p for p in beat.properties if p.cues]
    typed = Cued([p for p in made if p.value not in TEXTUAL])
    return typed, Cued([p for p in made if p.value in (*TEXTUAL, ValueKind.EVENT)])


NOTHING = Cued(())


def _drafts(c: Context, piece: Piece, state: State) -> list[Draft]:
    out: list[Draft] = []
    voice = _speaker(piece)
    if voice != state.voice:  # what another voice was talking of is not taken up without a word
        state.previous.set(None)
        state.voice = voice
    if piece.about:
        state.previous.set(piece.about)
    cut = clauses(c.doc.text, [piece.reach] if piece.reach is not None else piece.spans)
    sentence = c.doc.sentence_at(piece.spans[0].start)
    if sentence != state.sentence:
        state.figured, state.sentence = (), sentence
    for clause in cut:
        if clause.end - clause.start > MAX_CLAUSE:
            continue
        made = _typed(c, piece, clause, state)
        whole = not fragment(c.doc.text, Passage(max(clause.start, piece.spans[0].start), clause.end))
        if not made and whole:
            made = _text(c, piece, clause, state)
        elif made and whole and clause == cut[0]:
            made = [*made, *_act(c, piece, clause, state)]
        if not made and whole and piece.statement is not None and says_something(c, piece, clause, alone=len(cut) == 1):
            made = [_untyped(c, piece, clause, state)]
        if made:
            if made[0].subject.referent or abouts.own_noun(c, clause):
                state.previous.set(made[0].subject.referent)
        else:
            state.previous.went_by(clause)
        out.extend(made)
    return out


def _typed(c: Context, piece: Piece, clause: Passage, state: State) -> list[Draft]:
    """Claims with a figure, date, entity or event as value: every property of the beat that has one here."""
    out: list[Draft] = []
    asked: list[BeatProperty] = []  # those that a figure would answer
    figured = False
    for prop, matched in state.typed.matches(c.doc.text, clause):
        counts = prop.value in (ValueKind.QUANTITY, ValueKind.MONEY)
        asked += [prop] if counts else []
        for m in matched:
            made = _valued(c, piece, clause, state, prop, m, "claims.cue")
            if made:
                out.extend(made)
                figured = figured or counts
                break
    if figured:
        state.figured = tuple(asked)
    if not out and state.figured:
        # "its reach was 90 km; now it is 120 km": the second clause has the figure, the first the cue
        m0 = ANYWHERE.match(c.doc.text, clause.start)
        assert m0 is not None
        for prop in state.figured:
            out.extend(_valued(c, piece, clause, state, prop, m0, "claims.carried"))
    return out


def _valued(
    c: Context, piece: Piece, clause: Passage, state: State, prop: BeatProperty, m: re.Match[str], rule: str
) -> list[Draft]:
    out = []
    for f in slots.values(c, prop, m, clause, speaker=_speaker(piece)):
        about = abouts.subject(
            c, prop, m if rule == "claims.cue" else None, clause,
            speaker=_speaker(piece), previous=state.previous, taken=slots_taken(f),
        )  # fmt: skip
        must = slots.group(m, "must")
        if must is not None and (about.passage is None or not slots.inside(about.passage, must)):
            continue
        figure = prop.value in (ValueKind.QUANTITY, ValueKind.MONEY) and m.end() > m.start()
        out.append(Draft(clause, piece.statement, about, prop.name, f, rule, Passage(*m.span()) if figure else None))
    return out


def slots_taken(f: Found) -> tuple[str, ...]:
    """The referents that the value uses up: none of them is the subject too."""
    return tuple(getattr(f.value, "entities", ()))


def _text(c: Context, piece: Piece, clause: Passage, state: State) -> list[Draft]:
    """The first property with a text or state value whose cue the clause has; a bare event is text.

    A long clause may hold a second one, where its cue stands well apart from the first one's.
    """
    out: list[Draft] = []
    first: re.Match[str] | None = None
    for prop, matched in state.textual.matches(c.doc.text, clause, quoted=piece.statement is not None):
        m = next((m for m in matched if _apart(first, m)), None)
        if m is None:
            continue
        if prop.value is ValueKind.EVENT:
            found = [Found(TextValue(text=c.doc.words(clause)), clause)]
        else:
            found = slots.values(c, prop, m, clause)
        about = _orderer(c, piece, prop, m) or abouts.subject(
            c, prop, m, clause, speaker=_speaker(piece), previous=state.previous
        )
        out += [Draft(clause, piece.statement, about, prop.name, f, "claims.cue") for f in found[:1]]
        if first is not None or clause.end - clause.start < LONG:
            break
        first = m
    return out


def _act(c: Context, piece: Piece, clause: Passage, state: State) -> list[Draft]:
    """What a statement's own cue tells of a thing, beside what is typed: "criticised the planned deliveries"."""
    s = piece.statement
    if s is None or not s.cue or s.because.rule != "speech.noun" or not s.cue[0].start < clause.end:
        return []
    whole = Passage(min(s.cue[0].start, clause.start), clause.end)
    for prop, matched in state.textual.matches(c.doc.text, whole, quoted=False):
        m = next((m for m in matched if any(slots.inside(Passage(*m.span()), p) for p in s.cue)), None)
        if m is not None:
            about = _orderer(c, piece, prop, m) or abouts.subject(
                c, prop, m, whole, speaker=_speaker(piece), previous=state.previous
            )
            return [Draft(whole, s, about, prop.name, f, "claims.cue") for f in slots.values(c, prop, m, whole)[:1]]
    return []


def _apart(first: re.Match[str] | None, m: re.Match[str]) -> bool:
    """Whether a second cue is not that of the first's words, and no catch-all."""
    if first is None:
        return True
    return "quoted" not in m.re.groupindex and (m.start() - first.end() >= APART or first.start() - m.end() >= APART)


def _orderer(c: Context, piece: Piece, prop: BeatProperty, m: re.Match[str]) -> Subject | None:
    """The speaker, where the property's cue is the statement's own: "ordered the plant to …" is about who ordered."""
    s = piece.statement
    told = Passage(*m.span())
    if s is None or s.speaker is None or not any(slots.inside(p, told) or slots.inside(told, p) for p in s.cue):
        return None
    return abouts.made_by(c, prop, s.speaker, s.cue[0])


def _untyped(c: Context, piece: Piece, clause: Passage, state: State) -> Draft:
    about = abouts.subject(
        c, None, None, clause, speaker=_speaker(piece), previous=state.previous, skip=behind_cue(piece, clause)
    )
    return Draft(
        clause, piece.statement, about, UNTYPED, Found(TextValue(text=c.doc.words(clause)), clause), "claims.says"
    )


def _tabled(c: Context, state: State) -> list[Draft]:
    """What tables say, in the outlet's own voice."""
    typed = [cues.prop for cues in state.typed.every]
    found = told(c, typed, lambda prop, cell: any(p is prop for p, _ in state.typed.matches(c.doc.text, cell)))
    return [
        Draft(t.found.passage, None, t.subject, t.prop.name, t.found, "claims.table", cells=t.evidence) for t in found
    ]


def _speaker(piece: Piece) -> str | None:
    return piece.statement.speaker if piece.statement is not None else None


# ---------------------------------------------------------------- drafts to claims


def _claim(c: Context, d: Draft, judge: Judge) -> Claim:
    modality, polarity, markers = judge(_own_words(c, d), d.statement)
    open_ = _left_open(c, d)
    if open_ is not None:
        modality, polarity, markers = Modality.POSSIBLE, Polarity.POSITIVE, (open_,)
    if modality is Modality.ORDERED and d.cue is not None and all(slots.inside(p, d.cue) for p in markers):
        modality, markers = Modality.ASSERTED, ()  # "has ordered 24 trains" tells a purchase, not a command
    if d.found.before:  # what a change began from was so, whatever is said of the change
        modality, polarity, markers = Modality.ASSERTED, Polarity.POSITIVE, ()
    holds = holding.holds(c, d.clause, d.found, present=modality is Modality.ASSERTED)
    said = d.statement.said_at if d.statement is not None else None
    statement = d.statement.id if d.statement is not None else None
    return Claim(
        id=content_id("c", c.doc.report.id, statement, d.prop, d.subject.referent, d.found.passage, d.clause),
        report=c.doc.report.id, statement=statement, evidence=tuple(sorted(d.cells)) or (d.clause,),
        subject=d.subject.referent, subject_passage=d.subject.passage, property=d.prop,
        value=d.found.value, value_passage=d.found.passage,
        polarity=polarity, modality=modality, markers=markers,
        holds_at=holds.value if holds else None, holds_at_passage=holds.passage if holds else None,
        said_at=said, steps=d.subject.steps, because=Because(rule=d.rule, score=0.7),
    )  # fmt: skip


def _own_words(c: Context, d: Draft) -> Passage:
    """The words of the clause whose hedge counts: of what a side clause tells, the side clause."""
    if d.cells or isinstance(d.found.value, TextValue):
        return d.clause
    own = holding.aside(c, d.clause, holding.place(c, d.found))
    return own if own is not None and has_verb(c.doc.text, *own) else d.clause


@lru_cache(maxsize=2)
def _rules_out(text: str) -> bool:
    """Whether letters that every match of `NOT_RULED_OUT` has are in the report that is being read."""
    low = text.lower()
    return "rul" in low or "exclud" in low


def _left_open(c: Context, d: Draft) -> Passage | None:
    """ "did not rule out that" before the value: two negations that leave it possible."""
    if not _rules_out(c.doc.text):
        return None
    sentence = c.doc.sentence_at(d.clause.start)
    if sentence is None or d.cells:
        return None
    end = d.clause.end if d.found.passage == d.clause else d.found.passage.start
    m = NOT_RULED_OUT.search(c.doc.text, sentence.start, end)
    between = c.doc.text[m.end() : d.clause.start] if m is not None and m.end() < d.clause.start else ""
    return Passage(*m.span()) if m is not None and ";" not in between and ", but" not in between else None
