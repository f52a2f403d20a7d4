"""A clause → whom or what it is about: a name, what a pronoun or an office stands for, or the noun phrase itself.

A clause that begins with a noun phrase of its own is about that, named or not: "the port is closed" is not about
whoever was named before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial

from onrecord.beat import BeatProperty, ValueKind
from onrecord.extract.descriptions import topical
from onrecord.extract.gazetteer import cues, tokens
from onrecord.extract.heads import Phrase, about
from onrecord.extract.lexicon import grammar, listed
from onrecord.extract.lexicon import words as all_words
from onrecord.extract.slots import PLACES, WE, Context, Subject, allowed, fits, group, within
from onrecord.extract.sources import mute
from onrecord.records import Because, Form, Kind, Mention, Passage, Step

ANAPHOR = re.compile(
    r"\b(?:it|its|which|who|they|their|this|these|those|the (?:system|complex|missile|missiles|weapon|launcher|vehicle"
    r"|drone|project|plant|company|industry|committee|ministry|country|product|products))\b",
    re.I,
)
BODY_FIRST = re.compile(
    r"(?:the|an?|its)\s+(?:[\w-]+\s+){0,2}(?:plant|factory|company|enterprise|ministry|committee|firm|brigade|regiment"
    r"|battalion|bureau|institute|agency|department|council|government|academy|holding|corporation)\b",
    re.I,
)
NAME_LEAST = 4  # letters of a single word that may be a name: shorter ones are initials and slips
COMMON = re.compile(  # endings of what is no name: "Fares", "Inflation", "Drought relief" is two words
    r"(?:[^aeiou]s|[aeo]s|ing|[stx]ion|ment|ness|ship|hood|ism|ance|ence|ency|ancy|age|ity|dom|ure|one)$"
)
ARTICLE = re.compile(r"(?:the|an?|this|these|those|no|any|every|some)\s+", re.I)
WORDS = (ValueKind.TEXT, ValueKind.STATE)
NAME = 60  # characters behind a body's noun in which its name can end: "the Ministry of Transport"
APPOSITION = re.compile(r",\s+(?:the\s+|an?\s+)?", re.I)
NAMED_WITHIN = 6000  # characters: about as long as a page of news is
APPOSED = 80  # characters behind a noun phrase in which the name beside it stands
STANDS = frozenset(("it", "its", "they", "their", "this", "that", "these", "those"))
ITS = re.compile(r"(?P<its>its)\s+(?P<noun>[a-z]+)", re.I)
OF_SYSTEM = listed("of-a-system")
NEAR = 600  # characters before a clause in which the sentence before it stands
FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y)\b")
HE = re.compile(r"\b(?:he|she)\b", re.I)
ROLE_WITHIN = 8  # words of a clause in which the office that it is about stands


Before = Callable[[], str | None]  # what the clauses before were about: worked out where it is asked


def nothing_before() -> str | None:
    """Of a clause that is read alone."""
    return None


def subject(
    c: Context, prop: BeatProperty | None, m: re.Match[str] | None, clause: Passage, *,
    speaker: str | None, previous: Before, taken: Sequence[str] = (), skip: int = 0, describe: bool = True,
) -> Subject:  # fmt: skip
    """Whom or what the clause is about: a name of an allowed kind before the cue, else what a pronoun stands for, else
    the noun phrase that the clause begins with, else the name after it, else the subject of the clause before; never
    one of `taken`, the value's entities. A clause begins at `skip`, behind the cue of its statement; without `describe`
    a noun phrase is only looked at."""
    kinds = prop.subjects if prop is not None else ()
    its = _its(c, clause, kinds, previous, taken)
    if its is not None:
        return its
    if prop is None:
        return _spoken_of(c, clause, speaker, previous, skip, describe)
    region = group(m, "subject") if m is not None else None
    cut = m.start() if m is not None else clause.end
    before = _heads(
        c, _named(c, region or Passage(clause.start, max(cut, clause.start)), kinds, taken), region is not None
    )
    if before:
        first = region is not None or prop.value in (ValueKind.TEXT, ValueKind.STATE, ValueKind.EVENT)
        if region is not None and kinds:  # the cue says where: there, the kind that the property names first
            before = sorted(before, key=lambda x: kinds.index(x.kind))
        chosen = before[0] if first else before[-1]
        return Subject(chosen.referent, chosen.passage)
    if own_noun(c, clause):
        own = _own(c, clause, m, skip)
        return described(c, own) if own is not None and describe else Subject(None, own)
    stood = stands_for(c, region or Passage(clause.start, max(cut, clause.start)), kinds, speaker, previous, taken)
    if stood is not None:
        return stood
    ours = _our_side(c, clause, kinds, speaker, taken) if prop.value in WORDS else None
    if ours is not None:
        return ours
    own = _own(c, clause, m, skip) if region is None else None
    over = _named(c, clause, kinds, taken)
    if over and (own is None or kinds):
        return Subject(over[0].referent, over[0].passage)
    if own is not None:
        return described(c, own) if describe else Subject(None, own)
    last = previous()
    if last is not None and last not in taken and fits(c, last, kinds):
        return _step(last, clause, "claims.subject-before", 0.6)
    side = c.resolver.side(speaker)
    if kinds and side is not None and side not in taken and fits(c, side, kinds):
        return _step(side, clause, "claims.our-side", 0.5)
    if speaker is not None and fits(c, speaker, kinds):
        return _step(speaker, clause, "claims.speaker", 0.5)
    return Subject(None, None)


def _own(c: Context, clause: Passage, m: re.Match[str] | None, skip: int) -> Passage | None:
    """The noun phrase that a clause begins with, where neither a name nor the property's cue has part in it: "the
    range" of a cue "range" is that of something else."""
    p = _phrase(c, clause, skip)
    if p is None or p.pronoun or (m is not None and p.whole.start < m.end() and m.start() < p.whole.end):
        return None
    return None if c.cast.mentions_in(p.whole) else p.whole


def _phrase(c: Context, clause: Passage, skip: int) -> Phrase | None:
    return about(c.doc, clause, within(c.quantities, clause), within(c.dates, clause), skip)


# ---------------------------------------------------------------- what no property asks for


def _spoken_of(
    c: Context, clause: Passage, speaker: str | None, previous: Before, skip: int, describe: bool
) -> Subject:
    """What a clause that no property fits is about: its own noun phrase, by a name that heads it, by an office, as it
    stands; without one, who spoke where the clause begins with the cue, else the subject of the clause before."""
    p = _phrase(c, clause, skip)
    if p is None:
        last = previous() if skip <= clause.start else None
        id = last if last is not None else speaker
        if id is None or c.cast.referent(id) is None:
            return Subject(None, None)
        return _step(id, clause, "claims.speaker" if id == speaker else "claims.subject-before", 0.5)
    if p.pronoun:
        return _pronoun(c, p, speaker, previous)
    named = named_head(c, p)
    if named is not None:
        return Subject(named.referent, named.passage)
    held = _person(c, p.whole, (), None, ()) if p.first == "the" else None
    if held is not None:
        return held
    short = _short(c, p)
    if short is not None:
        return short
    return described(c, p.whole) if describe else Subject(None, p.whole)


def _pronoun(c: Context, p: Phrase, speaker: str | None, previous: Before) -> Subject:
    """Who "I", "we", "he" is; "it" and "they" are what the clause before was about."""
    low = p.first.partition("'")[0]
    if low in ("i", "we", "my", "our"):
        id = speaker if low in ("i", "my") else c.resolver.side(speaker) or speaker
        rule = "claims.speaker" if id == speaker else "claims.our-side"
    elif low in ("he", "she", "his", "her"):
        step = c.resolver.pronoun(p.whole, {"his": "he", "her": "she"}.get(low, low))
        return _reached(c, p.whole, step, (), ()) or Subject(None, None)
    else:
        id, rule = (previous() if low in STANDS else None), "claims.subject-before"
        if id is None and low in ("it", "they") and _speaks_of_itself(c, speaker, low):
            id, rule = speaker, "claims.speaker"  # the firm said it would pay
    if id is None or c.cast.referent(id) is None:
        return Subject(None, None)
    return Subject(id, p.whole, (Step(passage=p.whole, referent=id, because=Because(rule=rule, score=0.7)),))


def _speaks_of_itself(c: Context, speaker: str | None, low: str) -> bool:
    """Whether "it" or "they" at the beginning of what is said can be who says it."""
    r = c.cast.referent(speaker)
    return r is not None and (r.kind is not Kind.PERSON or (low == "they" and not r.named))


def named_head(c: Context, p: Phrase) -> Mention | None:
    """The name that heads a noun phrase, or stands at its end: "the ferry Aurora"."""
    for x in c.cast.mentions_in(p.whole):
        heads = x.passage.end >= p.core.end - 2 and x.passage.start < p.core.end
        ends = x.passage.end >= p.whole.end - 2 and x.kind is Kind.PERSON and x.form is Form.NAMED
        if (heads or ends) and x.passage not in c.cast.adjectives:
            return x
    text, end = c.doc.text, p.whole.end
    near = [x for x in c.cast.mentions_in(Passage(end, end + APPOSED)) if x.form is Form.NAMED]
    m = APPOSITION.match(text, end, near[0].passage.start) if near else None
    closed = (
        m is not None
        and m.end() == near[0].passage.start
        and text[near[0].passage.end : near[0].passage.end + 1] == ","
    )
    return near[0] if closed else None  # "the howitzer, the Lund X-2, fires"


def _short(c: Context, p: Phrase) -> Subject | None:
    """The one thing named before whose name ends in the noun: "the bridge", behind "Harbour Bridge"."""
    words = c.doc.words(p.whole).casefold().split()
    if len(words) != 2 or words[0] != "the":
        return None
    near = c.cast.mentions_in(Passage(max(0, p.whole.start - NAMED_WITHIN), p.whole.start))
    ids = sorted({x.referent for x in near if _ends_in(c, x, words[1])})
    if len(ids) != 1:
        return None
    step = Step(passage=p.whole, referent=ids[0], because=Because(rule="claims.short-name", score=0.6))
    return Subject(ids[0], p.whole, (step,))


def _ends_in(c: Context, x: Mention, noun: str) -> bool:
    r = c.cast.referent(x.referent)
    words = r.name.casefold().split() if r is not None and r.named and r.kind is not Kind.PERSON else []
    return len(words) > 1 and words[-1] == noun


def described(c: Context, p: Passage) -> Subject:
    """What the report only describes ("the cold chain") as a referent of this report, which no other shares."""
    m = ARTICLE.match(c.doc.text, p.start, p.end)
    own = Passage(m.end(), p.end) if m is not None and m.end() < p.end else p
    name = written(c, " ".join(c.doc.words(own).split()), own, bare=own == p)
    id = c.cast.add(Kind.UNSURE, name, named=False)
    return Subject(id, p, (Step(passage=p, referent=id, because=Because(rule="claims.described", score=0.6)),))


def written(c: Context, name: str, own: Passage, *, bare: bool) -> str:
    """A description without the capital that only its place in the sentence gives it: "the cold chain". The word that
    may be a name keeps it, so that other reports' names can be told to be the same (`resolve`)."""
    if name[:2].isupper() or any(x.passage.start == own.start for x in c.cast.mentions_in(own)):
        return name
    return name if bare and may_be_name(c.doc.text, name) else name[:1].lower() + name[1:]


def may_be_name(text: str, word: str) -> bool:
    """Whether a single word with a capital may be a name, wherever it stands: no form of a common noun, none of the
    words known here, and nowhere in the text in small letters."""
    if len(word) < NAME_LEAST or not (word.isalpha() and word.istitle()) or COMMON.search(word) is not None:
        return False
    if word.lower() in _known():
        return False
    return re.search(rf"(?<!\w){word.lower()}(?:s|es)?(?!\w)", text) is None


@cache
def _known() -> frozenset[str]:
    """The words of the lists that say what a word is: a name is none of them."""
    return frozenset[str]().union(*cues().values(), *grammar().values(), all_words("measured"), all_words("function"))


def _its(c: Context, clause: Passage, kinds: Sequence[Kind], previous: Before, taken: Sequence[str]) -> Subject | None:
    """The system that "its" is at the start of a clause, whatever is named behind it: "Its integration into the army".

    What only a system has ("its launcher") is that of the last one in the sentence before; "its army" is not.
    """
    m = ITS.match(c.doc.text, clause.start, clause.end)
    if m is None or cues()["head"].get(m["noun"].lower()) == Kind.ORGANISATION:  # "its army": a country's
        return None
    last = c.cast.referent(previous())
    id = last.id if last is not None and last.kind is Kind.SYSTEM else None
    if id is None and m["noun"].lower() in OF_SYSTEM:
        before = [
            s for s in c.sentences_in(Passage(max(0, clause.start - NEAR), clause.start)) if s.end <= clause.start
        ]
        near = c.cast.mentions_in(before[-1], Kind.SYSTEM) if before else []
        id = topical(c.doc, near).referent if near else None
    if id is None or id in taken or not fits(c, id, kinds):
        return None
    p = Passage(m.start(), m.end("its"))
    step = Step(passage=p, referent=id, because=Because(rule="claims.subject-before", score=0.8))
    return Subject(id, p, (step,))


def _named(c: Context, region: Passage, kinds: Sequence[Kind], taken: Sequence[str]) -> list[Mention]:
    return [x for x in allowed(c, region, kinds) if x.referent not in taken]


def own_noun(c: Context, clause: Passage) -> bool:
    """Whether the clause begins with a body of its own that no one has named: "the plant in the north is closed"."""
    m = BODY_FIRST.match(c.doc.text, clause.start, clause.end)
    if m is None:
        return False
    near = c.cast.mentions_in(Passage(m.start(), min(m.end() + NAME, clause.end)))
    return not any(x.passage.start < m.end() for x in near)  # "the Ministry of Transport" is named


def _heads(c: Context, found: list[Mention], any_: bool) -> list[Mention]:
    """The mentions that can head a subject: not "Belgian" before a noun, unless nothing else is there to choose."""
    heads = [x for x in found if not (x.passage in c.cast.adjectives and _before_noun(c, x)) and not _of_office(c, x)]
    return heads or (found if any_ else [])


def _of_office(c: Context, x: Mention) -> bool:
    """Whether a country is only that of the office of whoever is named next: "the mayor of Varn, Ana Lund, said"."""
    text, end = c.doc.text, x.passage.end
    if x.kind not in PLACES or not text[max(0, x.passage.start - 7) : x.passage.start].endswith(("of ", "of the ")):
        return False
    return any(y.passage.start - end <= 2 for y in c.cast.mentions_in(Passage(end, end + 60), Kind.PERSON))


def _before_noun(c: Context, x: Mention) -> bool:
    """Whether a word goes on right after the mention: "Belgian trains", not "the Belgians want"."""
    after = c.doc.text[x.passage.end : x.passage.end + 2]
    return not x.text.endswith("s") and len(after) == 2 and after[0] == " " and after[1].isalpha()


def _our_side(
    c: Context, region: Passage, kinds: Sequence[Kind], speaker: str | None, taken: Sequence[str]
) -> Subject | None:
    """The side that a speaker's "we" or "our" is: "the threat forces us to arm" is about those who must."""
    we = WE.search(c.doc.text, region.start, region.end)
    side = c.resolver.side(speaker) if we is not None else None
    if we is None or side is None or side in taken or not fits(c, side, kinds):
        return None
    p = Passage(we.start(), we.end())
    return Subject(side, p, (Step(passage=p, referent=side, because=Because(rule="claims.our-side", score=0.8)),))


def stands_for(
    c: Context, region: Passage, kinds: Sequence[Kind], speaker: str | None, previous: Before, taken: Sequence[str]
) -> Subject | None:
    """What "we", "it" or "the system" stands for."""
    side = _our_side(c, region, kinds, speaker, taken)
    if side is not None:
        return side
    person = _person(c, region, kinds, speaker, taken)
    if person is not None:
        return person
    it = ANAPHOR.search(c.doc.text, region.start, region.end)
    if it is None:
        return None
    p = Passage(it.start(), it.end())
    nearest = partial(_nearest, c, p.start, kinds, taken)
    for way, rule in ((previous, "claims.subject-before"), (nearest, "coreference.nearest")):
        id = way()
        if id is not None and id not in taken and fits(c, id, kinds):
            return Subject(id, p, (Step(passage=p, referent=id, because=Because(rule=rule, score=0.7)),))
    return None


def _person(
    c: Context, region: Passage, kinds: Sequence[Kind], speaker: str | None, taken: Sequence[str]
) -> Subject | None:
    """The person that "I", "he" or "the prime minister" is."""
    i = FIRST_PERSON.search(c.doc.text, region.start, region.end)
    if i is not None and speaker is not None and speaker not in taken and fits(c, speaker, kinds):
        p = Passage(i.start(), i.end())
        because = Because(rule="claims.speaker", score=0.9)
        return Subject(speaker, p, (Step(passage=p, referent=speaker, because=because),))
    he = HE.search(c.doc.text, region.start, region.end)
    if he is not None:
        p = Passage(he.start(), he.end())
        step = c.resolver.pronoun(p, he.group().lower())
        return _reached(c, p, step, kinds, taken)
    words = tokens(c.doc.text, region.start, region.end)[:ROLE_WITHIN]
    role = next((k for k, w in enumerate(words) if w.norm in cues()["role"]), None)
    first = next((k for k, w in enumerate(words) if w.norm == "the"), None)
    if role is None or first is None or first >= role or mute(" ".join(w.text for w in words[role : role + 2])):
        return None  # "the general outline" is no general
    last = role + 2 if role + 2 < len(words) and words[role + 1].norm == "of" else role  # "the Head of State"
    p = Passage(words[first].start, words[last].end)
    return _reached(c, p, c.resolver.offices.holder(p), kinds, taken)


def _reached(c: Context, p: Passage, step: Step | None, kinds: Sequence[Kind], taken: Sequence[str]) -> Subject | None:
    """The subject that a step leads to, where it may be one."""
    id = step.referent if step is not None else None
    if step is None or id is None or id in taken or not fits(c, id, kinds):
        return None
    return Subject(id, p, (step,))


def _nearest(c: Context, before: int, kinds: Sequence[Kind], taken: Sequence[str]) -> str | None:
    if not kinds:
        return None
    near = _named(c, Passage(max(0, before - 600), before), kinds, taken)
    return near[-1].referent if near else None


def made_by(c: Context, prop: BeatProperty, speaker: str, cue: Passage) -> Subject | None:
    """The speaker as the subject of what the cue itself tells, where the property may be about one of that kind."""
    return _step(speaker, cue, "claims.speaker", 0.9) if fits(c, speaker, prop.subjects) else None


def _step(id: str, clause: Passage, rule: str, score: float) -> Subject:
    return Subject(id, None, (Step(passage=clause, referent=id, because=Because(rule=rule, score=score)),))
