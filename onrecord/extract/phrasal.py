"""Attributions whose cue is no active verb: according to X; in X's view; it is reported that; reportedly; X's
claim that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache

from onrecord.extract.attitudes import attitude, attitudes
from onrecord.extract.cues import Group
from onrecord.extract.lexicon import listed, words
from onrecord.extract.lines import Draft, Line, clause_end, clause_start, span
from onrecord.extract.phrases import has_finite, phrase_after, subject_before
from onrecord.extract.sources import classes
from onrecord.extract.tokens import Token, is_finite
from onrecord.records import Passage, Sort

HEARSAY = listed("hearsay")
SAID_TO = listed("said-to")
EXPECTED = listed("expected")
SEEMING = listed("seeming")
OF_POSITION = listed("in-the-x-of")
BE = listed("be")
AS_SAYING = listed("as-saying")
QUOTES = listed("quotes")
STANCE = listed("stance")

Rule = Callable[[Line, int], Draft | None]  # the attribution whose cue is the word at an index of a sentence


def by_phrase(line: Line) -> list[Draft]:
    """All attributions of a sentence whose cue is a phrase, an adverb or a noun."""
    rules = by_word()
    found = [rule(line, k) for k in range(line.end) for rule in rules.get(line.ts[k].low, ())]
    return [d for d in found if d is not None and d.content]


def according_to(line: Line, k: int) -> Draft | None:
    """According to X, …; …, according to X. Refused in headings: "Built According to Modern Standards"."""
    ts = line.ts
    if ts[k].low != "according" or k + 1 >= line.end or ts[k + 1].low != "to" or heading(line):
        return None
    source = ts[k + 2] if k + 2 < line.end else None
    lone = source is not None and phrase_after(ts, k + 2) == k + 3 and not source.cap and not source.has("pron", "obj")
    if lone and source is not None and source.low not in classes() and not source.low.endswith("s"):
        return None  # "sorted according to size"
    return circumstance(line, k, k + 2, "speech.according-to", 0.95)


def as_reported_by(line: Line, k: int) -> Draft | None:
    """As reported by X, …; …, as quoted by X; as per X."""
    ts = line.ts
    if ts[k].low == "as" and k + 2 < line.end and ts[k + 1].low == "per" and not heading(line):
        if not ts[k + 2].cap and phrase_after(ts, k + 2) <= k + 3:
            return None  # "as per usual"
        return circumstance(line, k, k + 2, "speech.as-per", 0.7)
    if ts[k].low != "as" or k + 2 >= line.end or ts[k + 2].low != "by" or ts[k + 1].low in AS_SAYING:
        return None
    if "cue" not in ts[k + 1].classes:
        return None
    return circumstance(line, k, k + 3, "speech.as-reported-by", 0.9)


def in_words_of(line: Line, k: int) -> Draft | None:
    """In the view of X, …; in the words of X, …; in a survey of riders, …"""
    ts = line.ts
    if ts[k].low != "in" or k + 2 >= line.end:
        return None
    end = phrase_after(ts, k + 1)
    if ts[k + 1].low == "the" and k + 4 < line.end and ts[k + 2].low in OF_POSITION and ts[k + 3].low == "of":
        return circumstance(line, k, k + 4, "speech.in-view-of", 0.85)
    if end < line.end and ts[end].low == "," and k == 0 and end - k < 14 and is_survey(ts, k + 1, end):
        return circumstance(line, k, k + 1, "document.in-survey", 0.6)
    for j in range(k + 1, min(line.end, k + 8)):
        if ts[j].low in OF_POSITION and ts[j].low != "words" and j > k + 1 and possessive(ts, k + 1, j):
            return possessed(line, k, j)
    return None


def is_survey(ts: list[Token], a: int, b: int) -> bool:
    return any(
        ts[j].low in ("poll", "survey", "polls", "surveys", "study", "statement", "report")
        for j in range(a, min(b, a + 7))
    )


def possessive(ts: list[Token], a: int, b: int) -> bool:
    """Whether tokens [a, b) are an owner: "his", "the bank's"."""
    return (b - a == 1 and "poss" in ts[a].classes) or ts[b - 1].low.endswith(("'s", "s'"))


def possessed(line: Line, k: int, j: int) -> Draft | None:
    """In X's opinion, …: the owner is the source."""
    ts = line.ts
    if j + 1 >= line.end or ts[j + 1].low != ",":
        return None
    content = span(line, j + 2, clause_end(line, j + 2)) if j + 2 < line.end else None
    if content is None:
        return None
    return Draft(
        owner(line, k + 1, j),
        [line.passage(k, k + 1), line.passage(j, j + 1)],
        [content],
        Sort.BELIEF,
        "speech.in-opinion",
        0.8,
    )


def owner(line: Line, a: int, b: int) -> Passage:
    """The owner's phrase without its "'s"."""
    ts = line.ts
    end = ts[b - 1].end
    low = ts[b - 1].low
    return Passage(ts[a].start, end - 2 if low.endswith("'s") else end - 1 if low.endswith("s'") else end)


def hearsay(line: Line, k: int) -> Draft | None:
    """The line was reportedly sold: no source, the clause is the content."""
    if line.ts[k].low not in HEARSAY:
        return None
    a, ts = clause_start(line, k), line.ts
    joints = (j for j in range(k - 2, a, -1) if ts[j].low == "," and ts[j + 1].low in ("and", "but", "while"))
    # "X fell, and Y reportedly rose": the clause of its own is the content
    a = next((j + 2 for j in joints if has_finite(ts, a, j) and not is_finite(ts, j + 2)), a)
    return Draft(
        None,
        [line.passage(k, k + 1)],
        [span(line, a, clause_end(line, max(a, k)))],
        Sort.SPEECH,
        "speech.reportedly",
        0.5,
    )


def quoted_as(line: Line, k: int) -> Draft | None:
    """The agency quotes X as saying …; "…," X was quoted by the paper as saying: X's words, passed on."""
    ts = line.ts
    if k + 1 >= line.end or ts[k + 1].low not in AS_SAYING:
        return None
    verb = next((j for j in range(k - 1, max(-1, k - 16), -1) if ts[j].low in QUOTES), None)
    if verb is None:
        return None
    passive = verb > 0 and any(ts[j].low in BE for j in range(max(0, verb - 2), verb))
    if passive:
        first = next(j for j in range(max(0, verb - 2), verb) if ts[j].low in BE)
        source = subject_before(ts, first)
        left = source[0] if source is not None else verb
    else:
        source = (verb + 1, k)
        outlet = subject_before(ts, verb)
        left = outlet[0] if outlet is not None else verb
    if source is None or source[1] <= source[0]:
        return None
    content = _after_saying(line, k + 2) or _before_quoting(line, left)
    if content is None:
        return None
    cue = [line.passage(verb, verb + 1), line.passage(k, k + 2)]
    return Draft(line.passage(*source), cue, [content], Sort.SPEECH, "speech.quoted-as", 0.9)


def _after_saying(line: Line, k: int) -> Passage | None:
    """What follows "as saying": a quotation or a clause."""
    ts = line.ts
    while k < line.end and ts[k].low in (",", ":", "that"):
        k += 1
    if k >= line.end or not (ts[k].quoted or has_finite(ts, k, line.end)):
        return None
    return span(line, k, k + 1 if ts[k].quoted else clause_end(line, k))


def _before_quoting(line: Line, left: int) -> Passage | None:
    """What stands before the outlet, or before the one who is quoted: a quotation or a clause, and a comma."""
    ts, end = line.ts, left
    while end > 0 and ts[end - 1].low in (",", "—", "–", "as", "the"):
        end -= 1
    if end == left == 0 or end == 0:
        return None
    start = end - 1 if ts[end - 1].quoted else clause_start(line, end - 1)
    return span(line, start, end) if ts[start].quoted or has_finite(ts, start, end) else None


def noun_that(line: Line, k: int) -> Draft | None:
    """The bank's claim that …; a warning by doctors that …; denied the reports that …"""
    ts = line.ts
    if (
        ts[k].low not in words("nouns")
        or k + 1 >= line.end
        or k == 0
        or ts[k - 1].has("pron", "aux")
        or ts[k - 1].low == "to"
    ):
        return None
    at, source = k + 1, None
    if ts[at].low in ("by", "from", "of") and at + 1 < line.end:
        end = phrase_after(ts, at + 1)
        source, at = (at + 1, end), end
    if at >= line.end or ts[at].low != "that" or at + 1 >= line.end or not has_finite(ts, at + 1, line.end):
        return None
    if source is None:
        a = k
        while a > 0 and k - a < 8 and not ts[a - 1].has("mark", "prep", "aux", "conj") and not is_finite(ts, a - 1):
            a -= 1
        own = next(
            (j for j in range(k - 1, a - 1, -1) if "poss" in ts[j].classes or ts[j].low.endswith(("'s", "s'"))), None
        )
        where = None if own is None else owner(line, own if "poss" in ts[own].classes else a, own + 1)
    else:
        where = line.passage(*source)
    if where is None:
        return None
    content = span(line, at + 1, clause_end(line, at + 1))
    return Draft(where, [line.passage(k, k + 1)], [content], Sort.SPEECH, "speech.noun-that", 0.45)


def stance(line: Line, k: int) -> Draft | None:
    """X's position is that …; the minister's main focus was to …; her position has long been known: …"""
    ts = line.ts
    if ts[k].low not in STANCE or k == 0 or k + 2 >= line.end:
        return None
    a = k
    while (
        a > 0
        and k - a < 9
        and not ts[a - 1].has("mark", "aux", "conj")
        and not ts[a - 1].quoted
        and not is_finite(ts, a - 1)
    ):
        a -= 1
    own = next(
        (j for j in range(k - 1, a - 1, -1) if "poss" in ts[j].classes or ts[j].low.endswith(("'s", "s'"))), None
    )
    if own is not None:
        source, at = owner(line, own if "poss" in ts[own].classes else skip_preposition(ts, a, own), own + 1), k + 1
    elif ts[k + 1].low == "of":
        end = phrase_after(ts, k + 2)
        source, at = line.passage(k + 2, end), end
        if end <= k + 2:
            return None
    else:
        return None
    if at >= line.end or "aux" not in ts[at].classes:
        return None
    colon = next((j for j in range(at, min(line.end, at + 8)) if ts[j].low == ":"), None)
    if colon is not None and colon + 1 < line.end:
        start = colon + 1
    elif ts[at].low in ("is", "was", "remains") and at + 1 < line.end and ts[at + 1].low in ("that", "to"):
        start = at + 2 if ts[at + 1].low == "that" else at + 1
    else:
        return None
    return Draft(
        source,
        [line.passage(k, k + 1)],
        [span(line, start, clause_end(line, start))],
        Sort.BELIEF,
        "belief.stance",
        0.6,
    )


def skip_preposition(ts: list[Token], a: int, b: int) -> int:
    """Index of the owner's own first word: after "of", "on"."""
    return next((j + 1 for j in range(b - 1, a - 1, -1) if "prep" in ts[j].classes), a)


@cache
def by_word() -> dict[str, tuple[Rule, ...]]:
    """Word → the rules that it can be the cue of, in order of precedence."""
    begin: tuple[tuple[Rule, Collection[str]], ...] = (
        (according_to, ("according",)), (as_reported_by, ("as",)), (quoted_as, ("as",)), (in_words_of, ("in",)),
        (hearsay, HEARSAY), (noun_that, words("nouns")), (stance, STANCE), (attitude, attitudes()),
    )  # fmt: skip
    every = sorted({w for _, listed in begin for w in listed})
    return {w: tuple(rule for rule, listed in begin if w in listed) for w in every}


def impersonal(line: Line, g: Group) -> Draft | None:
    """It was reported that …; the bridge is said to be closed; prices are expected to rise."""
    ts, k = line.ts, g.last + 1
    subject = subject_before(ts, g.first)
    if subject is None or k >= line.end:
        return None
    cue = line.passage(g.first, g.last + 1)
    if ts[subject[0]].low == "it" and subject[1] - subject[0] == 1 and ts[k].low == "that" and k + 1 < line.end:
        content = [span(line, k + 1, clause_end(line, k + 1))]
        return Draft(None, [line.passage(subject[0], g.last + 1)], content, Sort.SPEECH, "speech.it-is-said", 0.7)
    word = ts[g.verb].low
    if ts[k].low == "to" and (word in SAID_TO or word in EXPECTED):
        content = [line.passage(*subject), span(line, k, clause_end(line, k))]
        sort, score = (Sort.SPEECH, 0.6) if word in SAID_TO else (Sort.BELIEF, 0.35)
        return Draft(
            None, [cue], content, sort, "speech.is-said-to" if word in SAID_TO else "belief.is-expected-to", score
        )
    return None


def seeming(line: Line, g: Group, subject: tuple[int, int] | None, right: int) -> Draft | None:
    """The line seems to be closed: somebody's impression, with no source."""
    ts = line.ts
    if (
        g.options[0].lemma not in SEEMING
        or subject is None
        or right >= line.end
        or (ts[right].has("mark", "prep") and ts[right].low != "to")
    ):
        return None
    if g.options[0].lemma == "appear" and ts[right].low not in ("to", "that"):
        return None
    content = [line.passage(*subject), span(line, right, clause_end(line, right))]
    return Draft(None, [line.passage(g.first, g.last + 1)], content, Sort.BELIEF, "belief.seems", 0.3)


def heading(line: Line) -> bool:
    """Whether the line is a heading in capitals: without a stop at its end, most words with a capital."""
    found = [t for t in line.ts if t.low[:1].isalpha() and not t.has("prep", "det", "conj")]
    return line.end == len(line.ts) and sum(t.cap for t in found) > 0.8 * len(found) > 0


def circumstance(line: Line, cue: int, after: int, rule: str, score: float) -> Draft | None:
    """An attribution whose cue is a phrase that stands before, after or inside its content."""
    ts = line.ts
    end = phrase_after(ts, after)
    if end <= after:
        return None
    content = []
    aside = cue > 1 and ts[cue - 1].low == "," and ts[cue - 2].low == "that"  # "said that, according to X, …"
    if cue > 0 and not aside:
        a = clause_start(line, cue - 1)
        b = cue - 1 if ts[cue - 1].low in (",", "—", "–", "(") else cue
        if b > a:
            content.append(span(line, a, b))
    k = end + 1 if end < line.end and ts[end].low in (",", ":", "—") else end
    inside = end < line.end and ts[end].low == "," and k < line.end and not ts[k].has("prep", "verb:ing", "rel", "conj")
    if k < line.end and (not content or (inside and not has_finite(ts, clause_start(line, cue - 1), cue))):
        content.append(span(line, k, clause_end(line, k)))
    sort = Sort.DOCUMENT if any("document" in classes().get(ts[j].low, ()) for j in range(after, end)) else Sort.SPEECH
    return Draft(line.passage(after, end), [line.passage(cue, after)], content, sort, rule, score) if content else None
