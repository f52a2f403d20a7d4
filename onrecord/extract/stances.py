"""What the cue of a statement says of its content: that it is denied, doubted, ordered, planned or left open.

A cue is read with the particles behind it ("ruled out" is not "ruled"), and an order has an infinitive or no verb.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.extract.cues import NEGATIVE
from onrecord.extract.document import Document
from onrecord.extract.lexicon import Cue, cue_forms, listed
from onrecord.extract.main_verbs import main_verb, words
from onrecord.extract.tokens import Token, tokens
from onrecord.records import Modality, Passage, Passages, Polarity

REFUSALS = listed("refusal")  # "declined to confirm"
CONFIRMS = listed("left-open-when-negated")
UNSAID = listed("unsaid-when-negated")
SILENCE, TURNED_DOWN = listed("answer-refused"), listed("turned-down")  # "to comment"; "the offer"
HEARSAY = listed("heard")
ASKS = listed("asks")  # "told", "asked": an order only with an infinitive behind them
NEGATED = 3  # tokens before a verb that hold its "not"
BEFORE = 60  # characters before a clause that hold who does not believe it
NOUN = 6  # tokens behind "rejected" that hold the noun it rejects
PARTICLES = 16  # characters behind a cue that can hold its particles
REACH = 12  # tokens behind a cue that hold its "that"
NEAR = 400  # characters in which the words behind a cue stand
QUOTED = 1500  # characters before a clause in which the quotation that holds it begins


def reported(ts: list[Token], cue: Passages) -> int:
    """How many words at the start of a clause only report it: "told the crew that", "said in May that".

    Refuses a cue with an infinitive, a noun or a bare verb behind it: "demanded that the crews rest" is all one order.
    """
    if not cue or not any(p.start <= ts[0].start < p.end for p in cue):
        return 0
    heads = [
        c for t in ts[:REACH] for c, _ in cue_forms().get(t.low, ()) if any(p.start <= t.start < p.end for p in cue)
    ]
    if any(c.makes is Modality.ORDERED and not c.particles and c.lemma not in ASKS for c in heads):
        return 0
    k = next((k for k, t in enumerate(ts) if not any(p.start <= t.start < p.end for p in cue)), len(ts))
    that = next((j for j in range(k, min(len(ts), k + REACH)) if ts[j].low == "that"), None)
    return that + 1 if that is not None and main_verb(ts[that + 1 :]) is not None else 0


@dataclass(frozen=True)
class Stance:
    """What a cue says of its content as a whole, whatever hedges the content has: "denied that it will"."""

    modality: Modality
    polarity: Polarity
    marker: Passage


def unbelieved(ts: list[Token], main: int | None) -> Passage | None:
    """The words of a clause by which somebody does not hold the rest of it: "I do not believe that it will open".

    Refuses a belief without a clause behind it: "does not trust the yard".
    """
    for k, t in enumerate(ts[:REACH]):
        if t.low not in not_held() or (main is not None and k > main + NEGATED):
            continue
        first = next(
            (j for j in range(max(0, k - NEGATED), k) if ts[j].low in NEGATIVE or ts[j].low.endswith("n't")), None
        )
        if first is not None and main_verb(ts[k + 1 :]) is not None:
            return Passage(ts[first].start, t.end)
    return None


def disbelieved(doc: Document, clause: Passage) -> Passage | None:
    """The same in the words right before a clause: "he did not think that | the dam would open"."""
    ts = words(doc, Passage(max(0, clause.start - BEFORE), clause.start))
    ts = ts[:-1] if ts and ts[-1].low == "that" else ts
    if not ts or ts[-1].low not in not_held():
        return None
    first = next((t for t in ts[-1 - NEGATED : -1] if t.low in NEGATIVE or t.low.endswith("n't")), None)
    return Passage(first.start, ts[-1].end) if first is not None else None


@cache
def not_held() -> frozenset[str]:
    """Forms of the verbs that, with a "not", say that somebody does not hold what follows."""
    lemmas = listed("held-by-whom-it-is-said-of")
    return frozenset(form for form, found in cue_forms().items() if any(c.lemma in lemmas for c, _ in found))


def stance(doc: Document, clause: Passage, cue: Passages) -> Stance | None:
    """How a cue that denies, doubts or leaves open takes its content.

    Takes: "denied that", "rejected claims that", "doubted that"; "did not deny that" and "did not confirm that" leave
    open. Refuses what a denier says in quotation marks: denied it: "We will build."
    """
    if not cue or uttered(doc, clause):
        return None
    ts = [t for p in cue for t in words(doc, p)]
    whole = Passage(ts[0].start, ts[-1].end)
    negated = any(t.low in NEGATIVE or t.low.endswith("n't") for t in ts)
    verbs = readings(doc, cue)
    refused = any(t.low in REFUSALS for t in ts)
    if any(c.lemma in CONFIRMS for _, c in verbs) and (negated or refused):
        return Stance(Modality.DOUBTED, Polarity.POSITIVE, whole)
    if any(c.lemma in UNSAID for _, c in verbs) and (negated or never(doc, cue)) and not asked(doc, clause):
        return Stance(Modality.DOUBTED, Polarity.POSITIVE, whole)
    if negated and any(t.low in not_held() for t in ts):
        return Stance(Modality.DOUBTED, Polarity.NEGATIVE, whole)
    if refused and silent(doc, cue) and open_question(doc, clause):
        return Stance(Modality.DOUBTED, Polarity.POSITIVE, whole)
    if refused and silent(doc, cue):
        return Stance(Modality.ASSERTED, Polarity.NEGATIVE, whole)
    for t, c in verbs:
        if c.makes is Modality.DENIED and turned_down(doc, c, cue):
            return Stance(Modality.ASSERTED, Polarity.POSITIVE, whole)
        if c.makes is Modality.DENIED and negated:
            return Stance(Modality.POSSIBLE, Polarity.POSITIVE, whole)
        if c.makes is Modality.DENIED:
            return Stance(Modality.DENIED, Polarity.NEGATIVE, Passage(t.start, t.end))
        if c.makes is Modality.DOUBTED and not negated:
            sign = Polarity.POSITIVE if asked(doc, clause) else Polarity.NEGATIVE
            return Stance(Modality.DOUBTED, sign, Passage(t.start, t.end))
    return None


def asked(doc: Document, clause: Passage) -> bool:
    """Whether a clause leaves open what it tells: "whether it will sail"."""
    return doc.words(clause).lower().startswith(("whether", "if", "how", "why"))


def open_question(doc: Document, clause: Passage) -> bool:
    """Whether a clause is what somebody was asked: "what the delay would cost", "whether it will sail"."""
    return asked(doc, clause) or doc.words(clause).lower().startswith(("what", "when", "where", "who", "which"))


def never(doc: Document, cue: Passages) -> bool:
    """Whether a cue is denied by the word before it: "never said that"."""
    before = words(doc, Passage(max(0, cue[0].start - BEFORE), cue[0].start))
    return bool(before) and before[-1].low == "never"


def readings(doc: Document, cue: Passages) -> tuple[tuple[Token, Cue], ...]:
    """The verbs of a cue, each read with the particles that stand behind it: "ruled out" is not "ruled"."""
    return _readings(doc.text, cue)


@lru_cache(maxsize=64)
def _readings(text: str, cue: Passages) -> tuple[tuple[Token, Cue], ...]:
    """The same; kept for the clauses of the statement that is being read."""
    out: list[tuple[Token, Cue]] = []
    for p in cue:
        ts = tokens(text, p)
        known = [cue_forms().get(t.low, ()) for t in ts]
        low = [t.low for t in ts]
        if any(c.particles for found in known for c, _ in found):
            low += [t.low for t in tokens(text, Passage(p.end, min(len(text), p.end + PARTICLES)))]
        for k, found in enumerate(known):
            every = [c for c, _ in found if tuple(low[k + 1 : k + 1 + len(c.particles)]) == c.particles]
            most = len(every[0].particles) if every else 0
            out += [(ts[k], c) for c in every if len(c.particles) == most]
    return tuple(out)


def behind(doc: Document, cue: Passages, far: int) -> list[str]:
    """The first words behind a cue."""
    end = cue[-1].end
    return [t.low for t in words(doc, Passage(end, min(len(doc.text), end + NEAR)))[:far]]


def silent(doc: Document, cue: Passages) -> bool:
    """Whether what is refused is an answer: "declined to comment", "would not say"."""
    ts = [t.low for t in words(doc, cue[-1])]
    return not SILENCE.isdisjoint((*ts, *behind(doc, cue, 2)))


def turned_down(doc: Document, c: Cue, cue: Passages) -> bool:
    """Whether what is rejected is no claim but an offer or a plan: "rejected the bid", "dismissed the appeal"."""
    return c.lemma in ("reject", "dismiss") and not TURNED_DOWN.isdisjoint(behind(doc, cue, NOUN))


def uttered(doc: Document, clause: Passage) -> bool:
    """Whether a clause stands in a quotation that is an utterance of its own, not a part of the reporting sentence."""
    for q in doc.quotations_in(Passage(max(0, clause.start - QUOTED), clause.end)):
        if q.outer.start <= clause.start and clause.end <= q.outer.end:
            before = doc.text[max(0, q.outer.start - 2) : q.outer.start].strip()
            return q.stopped or not before or before[-1] in ",:.!?…"
    return False


def from_cue(
    doc: Document, clause: Passage, cue: Passages, ts: list[Token], first: int | None
) -> tuple[Modality, list[Passage]]:
    """What the statement's cue makes of a clause that does not say itself: "ordered … to inspect", "denied that".

    `first` is the main verb of the clause's words `ts`.
    """
    inside = any(p.start < ts[-1].end and ts[0].start < p.end for p in cue)
    own = [t for t in ts if not any(p.start <= t.start < p.end for p in cue)] if inside else ts
    main = main_verb(own) if inside else first
    heard = hearsay(doc, cue) if own and own[0].low == "to" else None
    if heard is not None:
        return Modality.POSSIBLE, [heard]
    bare = main is None and not uttered(doc, clause)
    for t, c in readings(doc, cue):
        if c.makes is None or (c.makes in (Modality.ORDERED, Modality.PLANNED) and not (bare or infinitive(own, main))):
            continue
        if c.makes is Modality.ORDERED and c.lemma in ASKS and not infinitive(own, main):
            continue
        return c.makes, [Passage(t.start, t.end)]
    be = subjunctive(own, main) if cue else None
    return (Modality.ASSERTED, []) if be is None else (Modality.ORDERED, [Passage(own[be].start, own[be].end)])


def hearsay(doc: Document, cue: Passages) -> Passage | None:
    """The participle of a cue that names nobody: "is said | to be for sale", "are rumoured | to want him"."""
    ts = [t for p in cue for t in words(doc, p)]
    if len(ts) < 2 or not ts[0].has("aux"):
        return None
    return next((Passage(t.start, t.end) for t in ts[1:] if t.low in HEARSAY), None)


def infinitive(ts: list[Token], main: int | None) -> bool:
    """Whether "to" and a verb stand before any finite verb: "to leave", "the crew to leave when it rains"."""
    end = len(ts) if main is None else min(main + 1, len(ts))
    return any(ts[k].low == "to" and k + 1 < len(ts) and ts[k + 1].has("verb:base", "aux") for k in range(end))


def subjunctive(ts: list[Token], main: int | None) -> int | None:
    """Index of the "be" of what somebody insists on: "the ships be built in Varn", "filling be halted"."""
    for k in range(1, len(ts) - 1 if main is None else min(main, len(ts) - 1)):
        before = ts[k - 1]
        if ts[k].low == "be" and not before.has("aux", "adv", "mark", "verb:base") and before.low != "to":
            return k if ts[k + 1].has("verb:past", "verb:participle") else None
    return None
