"""How firmly a clause says what it says: modality, polarity, and the words that ground them.

The hedge has to be the clause's own: that of its first verb ("may reach"), an adverb beside it ("will probably"),
what governs
it from the left ("it is unlikely that"), or its cue ("ordered … to"). A hedge in a relative clause ("guns that may be
sold")
says nothing about the clause around it. Capability ("can carry") and duty ("must", "need to") are assertions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.extract.cues import NEGATIVE
from onrecord.extract.document import Document
from onrecord.extract.foretold import WILL, foretold, thinks
from onrecord.extract.lexicon import listed, rows
from onrecord.extract.main_verbs import leaves, main_verb, words
from onrecord.extract.stances import disbelieved, from_cue, reported, stance, unbelieved
from onrecord.extract.tokens import NAMES_TOO, Token
from onrecord.records import Modality, Passage, Passages, Polarity

AFTER_VERB = 5  # tokens after the main verb that can hold its adverb: "will be deployed, most likely"
BEFORE = 7  # tokens left of the clause that can govern it
FARTHEST = 400  # characters in which those stand: bounds the time of a line without a full stop
LONGEST = 5  # tokens of a phrase in the list
WEAK = (Modality.ASSERTED, Modality.PLANNED)
NOT_NEGATION = listed("not-x-is-no-negation")  # "not only", "not to mention"
LEAVES = listed("opens-side-clause")
ACTS, MOVES = listed("act"), listed("moves")  # "ordered an inquiry", "ordered the army out"
ACT_ENDINGS = ("tion", "sion", "tions", "ment", "ments", "ance", "ence", "ure", "ures", "al")
OWN = listed("speaker-self")  # "she has never seen it": who is spoken to denies it
ADMITS = listed("admits")  # cues of what is conceded, not denied
OBJECT = 12  # tokens after "ordered" that can hold its object and its infinitive
HOLDERS = listed("holds-a-clause")  # "the conviction that"
MEANWHILE = listed("meanwhile")  # adverbs that stand inside a hedge: "is now considering"
CANNOT = listed("modal")  # "he could not see it" tells what he was able to do
DISOWNED = listed("disowned")  # "not aware", "no such", "no knowledge"
IMPERSONAL = listed("impersonal")  # "it is", "there has been": before "no secret that"
SURE = "certain"  # where in the list phrases stand that only affirm what follows
Hedge = tuple[Modality, str]


@dataclass(frozen=True)
class Found:
    """A phrase of the list where it stands."""

    modality: Modality
    place: str
    first: int
    last: int  # token indices, inclusive


@cache
def hedges() -> dict[tuple[str, ...], tuple[Hedge, ...]]:
    """Token sequence → what it may mean, and where it has to stand."""
    table: dict[tuple[str, ...], list[Hedge]] = {}
    for r in rows("modality"):
        table.setdefault(tuple(r["phrase"].split()), []).append((Modality(r["modality"]), r["place"]))
    return {k: tuple(v) for k, v in table.items()}


@cache
def longest() -> dict[str, int]:
    """First word of a phrase in the list → tokens of the longest one."""
    table: dict[str, int] = {}
    for phrase in hedges():
        table[phrase[0]] = max(len(phrase), table.get(phrase[0], 0))
    return table


def modality(doc: Document, clause: Passage, cue: Passages = ()) -> tuple[Modality, Polarity, Passages]:
    """Modality, polarity and marker words of a clause; `cue` is that of its statement, if it has one.

    Past states and completed events are asserted. What is denied is negative, and so is an assertion
    with "not" or "no".
    """
    ts = words(doc, clause)
    if not ts:
        return Modality.ASSERTED, Polarity.POSITIVE, ()
    ts = ts[reported(ts, cue) :]
    ts = ts[noun_that(ts) :]
    ts = ts[certainty(ts) :]
    main = main_verb(ts)
    found = own_hedge(ts, main)
    negation = negative(ts, main)
    marks = [] if found is None else [Passage(ts[found.first].start, ts[found.last].end)]
    kind = Modality.ASSERTED if found is None else found.modality
    if kind is Modality.PLANNED and found is not None and ts[found.first].low in WILL:
        said = [t.low for p in cue for t in words(doc, p)]
        kind = Modality.PREDICTED if thinks(said) or foretold(ts, found.first) else kind
    taken = stance(doc, clause, cue)
    if taken is not None:
        return taken.modality, taken.polarity, (taken.marker,)
    unheld = unbelieved(ts, main) or disbelieved(doc, clause)
    if unheld is not None:
        return Modality.DOUBTED, Polarity.NEGATIVE, (unheld,)
    if kind is Modality.DENIED and found is not None and negation is not None and negation < found.first:
        return Modality.POSSIBLE, Polarity.POSITIVE, (Passage(ts[negation].start, ts[found.last].end),)
    if kind is Modality.ASSERTED:
        kind, outer = first_of((lambda: governor(doc, clause), lambda: from_cue(doc, clause, cue, ts, main)))
        marks += outer
    if negation is not None:
        marks.append(Passage(ts[negation].start, ts[negation].end))
        if kind in WEAK and (denies(ts, negation) or (kind is Modality.ASSERTED and disowns(doc, ts, negation, cue))):
            kind = Modality.DENIED
    polarity = (
        Polarity.NEGATIVE
        if negation is not None or kind is Modality.DENIED or unlikely(doc, marks)
        else Polarity.POSITIVE
    )
    return kind, polarity, tuple(sorted(set(marks)))


def certainty(ts: list[Token]) -> int:
    """How many words at the start of a clause only say that the rest is sure: "it is no secret that", "no doubt, …".

    Refuses "there is no secret lift", where no clause follows.
    """
    first = next((k for k, t in enumerate(ts[:LONGEST]) if t.low not in IMPERSONAL), 0)
    if first >= len(ts) or ts[first].low not in longest():
        return 0
    for f in phrases(ts, first, min(len(ts), first + LONGEST)):
        after = f.last + 1
        if f.place == SURE and f.first == first and after + 1 < len(ts) and ts[after].low in ("that", ","):
            return after + 1
    return 0


def noun_that(ts: list[Token]) -> int:
    """How many words at the start of a clause are a noun that only holds it: "the conviction that it will rain"."""
    that = next((k for k, t in enumerate(ts[:LONGEST]) if t.low == "that"), None)
    if that is None or that == 0 or ts[that - 1].low not in HOLDERS or main_verb(ts[:that]) is not None:
        return 0
    return that + 1 if main_verb(ts[that + 1 :]) is not None else 0


def first_of(ways: Sequence[Callable[[], tuple[Modality, list[Passage]]]]) -> tuple[Modality, list[Passage]]:
    """The first answer that is not "asserted"."""
    for way in ways:
        kind, marks = way()
        if kind is not Modality.ASSERTED:
            return kind, marks
    return Modality.ASSERTED, []


def own_hedge(ts: list[Token], main: int | None) -> Found | None:
    """The hedge of the clause itself: of its verb, or an adverb beside it, or its first words."""
    end = group_end(ts, main)
    found = [f for f in phrases(ts, 0, end) if not buys(ts, f) and not weighed(ts, f)]
    verbs = [f for f in found if f.place == "verb" and (main is None or f.last >= main or leads(ts, f, main))]
    adverbs = [f for f in found if f.place == "adverb"]
    start = [f for f in found if f.place == "start" and f.first <= 1]
    nouns = [
        f for f in found if f.place == "noun" and (main is None or f.first < main) and (main is None or f.first <= 2)
    ]
    best = verbs[0] if verbs else None
    if start:
        return start[0]
    if adverbs and (best is None or best.modality in WEAK):
        return adverbs[0]
    return best if best is not None else nouns[0] if nouns and main is None else None


def leads(ts: list[Token], f: Found, main: int) -> bool:
    """Whether a hedge governs what was taken for the first verb: "intend to | leave", "they doubt that it | flies"."""
    if f.last == main - 1 and ts[f.last].low == "to":
        return True
    noun = f.first == 0 or ts[f.first - 1].has("det", "poss", "prep", "verb", "aux")
    return ts[f.last + 1].low in ("that", "whether") and not noun


def weighed(ts: list[Token], f: Found) -> bool:
    """Whether a figure is what is weighed or wanted: "weighs some 38 kilograms", "wants 8 percent"."""
    near = ts[f.last + 1 : f.last + 3]
    return ts[f.last].low in ("weighs", "weigh", "wants") and any(t.has("number") for t in near)


def buys(ts: list[Token], f: Found) -> bool:
    """Whether "ordered" is a purchase ("has ordered 24 trains") and no command ("ordered an inquiry", "… to leave")."""
    if f.modality is not Modality.ORDERED or not any(
        t.low in ("order", "orders", "ordered") for t in ts[f.first : f.last + 1]
    ):
        return False
    rest = ts[f.last + 1 : f.last + 1 + OBJECT]
    if ts[f.last].low in ("to", "that") or any(t.low in ("to", "that") or t.low in MOVES for t in rest):
        return False
    if ts[f.first].low in ("is", "are", "was", "were") and not rest:
        return False
    head = next((k for k, t in enumerate(rest) if k > 0 and t.has("prep", "mark", "conj")), len(rest))
    noun = rest[head - 1].low if head else ""
    return not (noun in ACTS or noun.endswith(ACT_ENDINGS))


def group_end(ts: list[Token], main: int | None) -> int:
    """Index after the words that can hold the main verb's hedge: not into a relative clause."""
    if main is None:
        return next((k for k in range(len(ts)) if leaves(ts, k)), min(len(ts), 8))
    k = main + 1
    while (
        k < len(ts)
        and k - main <= AFTER_VERB
        and ts[k].low not in LEAVES
        and ts[k].low not in ("that", ";", "and", "but")
    ):
        k += 1
    return k


def phrases(ts: list[Token], a: int, b: int) -> list[Found]:
    """Phrases of the list in tokens [a, b), the longest at each place, in order."""
    out: list[Found] = []
    first, table = longest(), hedges()
    done = a - 1  # the last token of the phrase before
    for k in [k for k, t in enumerate(ts[a:b], a) if t.low in first]:  # most words begin none
        if k <= done:
            continue
        at = [k, *(j for j in range(k + 1, min(b, k + LONGEST + 1)) if ts[j].low not in MEANWHILE)]
        low = [ts[j].low for j in at]
        for n in range(min(len(at), first[low[0]]), 0, -1):
            means = table.get(tuple(low[:n]))
            if means and not (
                n == 1 and ts[k].cap and (k > 0 or (len(ts) > 1 and ts[1].cap and ts[0].low in NAMES_TOO))
            ):
                out += [Found(m, place, k, at[n - 1]) for m, place in means if place != "negated"]
                done = at[n - 1]
                break
    return out


def negative(ts: list[Token], main: int | None) -> int | None:
    """Index of the word that negates the clause: "not", "never", "no longer", "no access"."""
    a, b = (0, min(len(ts), 4)) if main is None else (0, min(len(ts), main + 4))
    for k in range(a, b):
        low = ts[k].low
        if low in NEGATIVE or low.endswith("n't") or low in ("neither", "nor", "nobody", "none", "without"):
            if k + 1 < len(ts) and (ts[k + 1].low in NOT_NEGATION or (low == "without" and main is not None)):
                continue
            if any(ts[j].has("rel") and ts[j].low != "that" for j in range(max(0, k - 4), k)):
                continue
            return k
        if low == "no" and (main is None or k <= main + 2) and k + 1 < len(ts) and not ts[k + 1].has("number"):
            return k
    return None


def denies(ts: list[Token], negation: int) -> bool:
    """Whether what is negated is an intent, a threat or an accusation: "does not threaten", "never intended"."""
    for k in range(negation + 1, min(len(ts), negation + 5)):
        for n in (2, 1):
            if any(place == "negated" for _, place in hedges().get(tuple(t.low for t in ts[k : k + n]), ())):
                return True
    return False


def disowns(doc: Document, ts: list[Token], negation: int, cue: Passages) -> bool:
    """Whether a speaker says of himself that something is not so: "she never saw the survey", "we know nothing of it".

    Refuses what is conceded ("admitted that he never saw it"), what cannot be done, and what others did not do.
    """
    if not cue or any(t.low in ADMITS for p in cue for t in words(doc, p)):
        return False
    after = {t.low for t in ts[negation : negation + 3]}
    if ts[negation].low == "no" and "such" in after:
        return True
    own = next((k for k, t in enumerate(ts[:negation]) if t.low in OWN), None)
    if own is None or own > 2 or any(t.low in CANNOT for t in ts[own:negation]):
        return False
    return ts[negation].low == "never" or not DISOWNED.isdisjoint(after)


def governor(doc: Document, clause: Passage) -> tuple[Modality, list[Passage]]:
    """A hedge that ends where the clause begins: "it is unlikely that", "plans to", "may"."""
    s = doc.sentence_at(clause.start)
    if s is None or s.start >= clause.start:
        return Modality.ASSERTED, []
    before = words(doc, Passage(max(s.start, clause.start - FARTHEST), clause.start))[-BEFORE:]
    end = len(before)
    while end > 0 and before[end - 1].low in ("that", "to", "be", "if", "whether", ",", '"', "“"):
        end -= 1
    for f in reversed(phrases(before, 0, len(before))):
        if f.place in ("verb", "start") and f.last >= end - 1:
            return f.modality, [Passage(before[f.first].start, before[f.last].end)]
    return Modality.ASSERTED, []


def unlikely(doc: Document, marks: list[Passage]) -> bool:
    """Whether a marker leans against the clause."""
    return any(
        doc.words(m).lower().startswith(("unlikely", "doubt", "hardly", "scarcely", "refuse", "decline")) for m in marks
    )
