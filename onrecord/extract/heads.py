"""A clause → the noun phrase that it is about, by word order: the subject of its first verb outside a side clause.

Forms: the cold chain | is not ready; the pier, which was built in 1902, | is closed; when he left, the crew | slept;
there is | no reason; a ferry, | which sank. What begins with its verb has no subject of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.extract.document import Document
from onrecord.extract.lexicon import rows
from onrecord.extract.main_verbs import plural
from onrecord.extract.open.grammar import BARS, Group, Line, line
from onrecord.extract.open.noun_phrases import OPENERS, head, nounish, np_end, np_full, np_start
from onrecord.extract.tokens import Token
from onrecord.records import Passage, Quantity, When

QUOTES = frozenset("\"“”„«»‘'’")
LONGEST = 1500  # characters: longer is a list or a table, not a clause
FAR = 400  # characters before a relative word in which what it stands for begins
EXPLETIVE = 7  # tokens behind "it is" in which the "that" of its clause stands
ASKING = frozenset(("what", "how", "why", "whether"))
RELATIVES = frozenset(("which", "who"))
VERBAL = ("verb:past", "verb:participle", "verb:ing")


@dataclass(frozen=True)
class Phrase:
    """The noun phrase of a subject: from its first word to its last, and to its head noun."""

    whole: Passage
    core: Passage
    first: str  # its first word, in lower case
    pronoun: bool = False


@cache
def pronouns() -> frozenset[str]:
    """Words that stand for something and are no noun phrase."""
    return frozenset(r["word"] for r in rows("measured") if r["class"] in ("pronoun", "nothing"))


def about(
    doc: Document, clause: Passage, quantities: Sequence[Quantity] = (), dates: Sequence[When] = (), skip: int = 0
) -> Phrase | None:
    """The noun phrase that a clause is about; None where it has none before its verb.

    `skip` is where to begin: behind the cue, where a clause begins with that of its statement.
    """
    ln = line(doc.text, Passage(max(clause.start, skip), clause.end), quantities, dates)
    if not ln.ts:
        return None
    if ln.ts[0].low in RELATIVES:
        return antecedent(doc, ln.ts[0].start)
    g = _main(ln)
    if ln.ts[0].low == "what" or (skip > clause.start and _told_to(ln, g)):
        return None
    if g is None or _bare_front(ln, g):
        return _front(ln)
    if _expletive(ln, g):
        g = next((x for x in ln.groups if x.verb > g.verb and not x.bare), g)
    if g.first > 0 and ln.ts[g.first - 1].low == "there":
        b = np_end(ln.ts, g.verb + 1)
        return phrase(ln, g.verb + 1, b) if b > g.verb + 1 else None
    span = ln.subject(g)
    if span is None or span[0] >= span[1]:
        return _before_comma(ln, g)
    return phrase(ln, *_with_others(ln, *unjoined(ln, *span)))


def _told_to(ln: Line, g: Group | None) -> bool:
    """Whether words behind a cue are what it takes and no clause: "the yard to present a plan", "a 48-hour strike"."""
    end = g.first if g is not None else len(ln.ts)
    if any(ln.ts[k].low == "to" and _may_be_verb(ln.ts[k + 1]) for k in range(min(end, len(ln.ts) - 1))):
        return True
    return g is not None and g.first == g.verb > 0 and ln.ts[g.verb].has("verb:base") and ln.ts[g.verb - 1].low == "#"


def _may_be_verb(t: Token) -> bool:
    """Whether a word behind "to" can be an infinitive: no name, article or figure."""
    return t.has("verb:base", "aux") or (not t.classes and not t.cap and t.low != "#")


def _bare_front(ln: Line, g: Group) -> bool:
    """Whether what was taken for the first verb is far behind a pronoun that begins the clause: its verb is unknown."""
    return ln.ts[0].has("pron") and g.first > 2 and not any(t.low == "," for t in ln.ts[: g.first])


def _front(ln: Line) -> Phrase | None:
    """The pronoun that begins a clause whose verb is in no list, or the phrase before "-s to": "it stands", "the crew
    intends to"."""
    ts = ln.ts
    if ts[0].has("pron") and not ts[0].has("rel"):
        return phrase(ln, 0, 1)
    to = next((k for k in range(2, min(len(ts), np_end(ts, 0) + 1)) if ts[k].low == "to"), None)
    verb = to is not None and to > 2 and ts[to - 1].low.endswith("s") and not ts[to - 1].cap
    return phrase(ln, 0, to - 1) if to is not None and verb else None


def _expletive(ln: Line, g: Group) -> bool:
    """Whether "it" only holds the place of a clause: "it is unlikely that the crew will stay"."""
    near = [t.low for t in ln.ts[g.verb + 1 : g.verb + EXPLETIVE]]
    return g.lemma == "be" and g.first > 0 and ln.ts[g.first - 1].low == "it" and bool({"that", "whether"} & set(near))


def _before_comma(ln: Line, g: Group) -> Phrase | None:
    """The first noun phrase of a clause whose verb stands behind a comma: "the dam, built by Orr, is full"."""
    if g.first == 0 or ln.ts[g.first - 1].low != ",":
        return None
    b = np_end(ln.ts, 0)
    while b + 1 < len(ln.ts) and ln.ts[b].low == "of":
        b = np_end(ln.ts, b + 1)
    return phrase(ln, 0, b) if 0 < b < len(ln.ts) and ln.ts[b].low == "," else None


def _with_others(ln: Line, a: int, b: int) -> tuple[int, int]:
    """A subject with what "and" joins to it from the left: "the pier and the lighthouse"."""
    ts = ln.ts
    while a > 1 and ts[a - 1].low == "and" and nounish(ts[a - 2]) and not ts[a - 2].has("adv"):
        start = np_start(ts, a - 1)
        if start >= a - 1 or any(g.verb >= start and g.first < a for g in ln.groups):
            break
        a = start
    return a, b


def is_clause(doc: Document, p: Passage) -> bool:
    """Whether words hold a finite verb that is in no relative clause: "the weir, which is old, leaks", not "the weir,
    which is old"."""
    if p.end - p.start > LONGEST:
        return False
    ln = line(doc.text, p, (), ())
    for g in ln.groups:
        if not g.bare and g.first and not any(t.low in OPENERS or t.has("sub") for t in ln.ts[_comma(ln, g) : g.first]):
            return True
    return False


def _comma(ln: Line, g: Group) -> int:
    """Index of the last comma before a verb group, or where the words begin."""
    return next((k for k in range(g.first, -1, -1) if ln.ts[k].low == ","), 0)


def _main(ln: Line) -> Group | None:
    """The first verb group that is finite and in no relative clause; behind the comma where a side clause opens."""
    finite = [g for g in ln.groups if not g.bare and not (g.first == g.verb and plural(ln.ts, g.verb))]
    own = [g for g in finite if not (g.first > 0 and ln.ts[g.first - 1].low in OPENERS)] or finite
    if not own:
        return None
    if ln.ts[0].has("sub") and len(own) > 1:
        comma = next((k for k in range(own[0].verb, own[1].first) if ln.ts[k].low == ","), None)
        return own[1] if comma is not None else own[0]
    return own[0]


def antecedent(doc: Document, at: int) -> Phrase | None:
    """The noun phrase right before a relative word: "the gate, | which leaked"; None behind what is no noun."""
    sentence = doc.sentence_at(at)
    start = max(sentence.start if sentence is not None else at - FAR, at - FAR)
    ln = line(doc.text, Passage(start, at), (), ())
    end = len(ln.ts)
    while end and ln.ts[end - 1].low in (",", "—", "–", "-", "and", "but"):
        end -= 1
    a = np_full(ln.ts, end)
    while 0 < a < end and (ln.ts[a - 1].low == "-" or ln.ts[a - 1].has("number")):
        a = np_start(ln.ts, a - 1) if np_start(ln.ts, a - 1) < a - 1 else a - 1  # "a 48-hour strike"
    if a >= end or (ln.ts[end - 1].has("adv", "day", "when", *VERBAL) and not ln.ts[end - 1].cap):
        return None
    return phrase(ln, a, end)


def unjoined(ln: Line, a: int, b: int) -> tuple[int, int]:
    """A subject without what a comma joins behind it: "the smelter, planned since 2027," is the smelter."""
    ts = ln.ts
    if (ts[a].low != "#" or ts[a].has("figure")) and not ts[a].has(*VERBAL):
        return a, b
    k = a
    while k > 0 and ts[k].low != "," and ts[k].low not in BARS:
        k -= 1
    if k == 0 or ts[k].low != ",":
        return a, b
    start = np_full(ts, k)
    return (start, k) if start < k else (a, b)


def phrase(ln: Line, a: int, b: int) -> Phrase | None:
    """The phrase of a token range, without adverbs before it and without what hangs on its noun behind a comma."""
    ts = ln.ts
    while a < b - 1 and ts[a].has("conj", "mark", "adv", "when", "day", "sub") and not ts[a].has("det", "figure"):
        a += 1
    end = extent(ts, a, b)
    while end > a and (ts[end - 1].low in QUOTES or ts[end - 1].low == ","):
        end -= 1
    while a < end and ts[a].low in QUOTES:
        a += 1
    if end <= a:
        return None
    h = min(head(ts, a, end), end - 1)
    low = ts[a].low
    alone = end == a + 1 and (low.partition("'")[0] in pronouns() or ts[a].has("pron"))
    return Phrase(ln.passage(a, end), ln.passage(a, h + 1), low, alone)


def extent(ts: Sequence[Token], a: int, b: int) -> int:
    """End of a noun phrase: before a comma, a relative clause or a participle that hangs on its noun."""
    for k in range(a + 1, b):
        t = ts[k]
        if t.low in OPENERS or t.low in BARS or (t.low == "," and not _listed(ts, k, b)) or t.has("sub"):
            return k
        if t.low == "be" or t.low in ASKING:
            return k - 1 if ts[k - 1].has("prep") else k  # "filling be halted", "a report on what was done"
        hangs = t.has(*VERBAL) and not t.cap and nounish(ts[k - 1]) and not ts[k - 1].has("det", "poss", "adv")
        if hangs and (k + 1 == b or ts[k + 1].has("prep", "det", "poss", "day", "when", "adv") or ts[k + 1].low == "#"):
            return k
    return b


def _listed(ts: Sequence[Token], k: int, b: int) -> bool:
    """Whether a comma joins names of a list: "Lund, Berg and Moe"."""
    return k + 1 < b and ts[k - 1].cap and ts[k + 1].cap and any(t.low == "and" for t in ts[k + 1 : b])
