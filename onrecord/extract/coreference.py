"""Phrases without a name → referents: who "he", "the minister", "the Head of State" or "we" is in one report.

Every answer that the phrase's own words do not give carries a step with the name of its rule, or stays unsure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from onrecord.beat import Beat
from onrecord.extract.cast import Cast
from onrecord.extract.descriptions import DESCRIBED, NEAR, so_called
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import cues, tokens
from onrecord.extract.lexicon import listed
from onrecord.extract.offices import Offices
from onrecord.extract.reader import Attribution, SourceKind
from onrecord.extract.sources import about_source, classes, mute
from onrecord.records import Anonymity, Because, Form, Kind, Mention, Passage, Step

PERSON_PRONOUNS = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female", "hers": "female"}
SOME_ONE = ("a", "an", "one", "another", "some")
RELATIVES = ("who", "which", "that")
ANY_OFFICE = listed("any-office")  # "the official": whoever spoke last
SPEAKS_FOR = listed("speaks-for")  # a body's "spokesman" is the body, its "member" is not
PLURALS = {"they", "their", "them"}
SECRET = re.compile(r"anonym|not to be (named|identified)|unnamed|undisclosed|unidentified", re.I)
ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|our|its|their|his|her)\s+", re.I)
MAKER = re.compile(r"(?:its|their)\s+(?:maker|manufacturer|producer|developer|builder|designer)s?", re.I)
MADE = r"(?:made|built|developed|produced|manufactured|designed)"
MADE_BY = re.compile(rf"\b{MADE}\s+by\s+(?:the\s+)?$", re.I)
MAKES = re.compile(
    rf",?\s+(?:which\s+|that\s+)?(?:has\s+)?(?:makes|builds|develops|produces|manufactures|{MADE})\b", re.I
)
RIGHT_BEFORE = re.compile(r",?\s+(?:says|said|according\s+to)\s+", re.I)
OWNED = re.compile(r"['’]s?(?=\s)")
INSERTED = re.compile(r",?\s+(?:when|while|after|before|during)\s[^,.;]*$|,\s+(?:when|while)\s+\w+ing\s+(?=\S)")
WHERE = re.compile(r"\s(?:in|at|near|to)\s+(?=(?:the\s+)?[^\W\d_a-z])")
HANDLED = re.compile(rf"\b(?:{'|'.join(sorted(listed('only-handled')))})\s+(?:(?:and|or)\s+\w+\s+)?by\s", re.I)
BODIES = (Kind.ORGANISATION, Kind.FACILITY)
LAST = 300  # speakers that a pronoun looks back at: more than speak in as many characters


@dataclass(frozen=True)
class Resolved:
    """Who a source phrase is: `referent` None where it cannot be said."""

    referent: str | None
    anonymity: Anonymity
    steps: tuple[Step, ...] = ()


def handled(phrase: str) -> bool:
    """Whether a document is another's than the body in its phrase: "imagery reviewed by the Globe" is not the Globe."""
    return HANDLED.search(phrase) is not None


# whose somebody is, at the start of a source: "her", "the mayor's"
OWNER = re.compile(r"(?:(?:his|her|their|its|our|my)\b|[^,;:]{1,80}?(?:['’]s|s['’]))(?=\s)", re.I)


class Resolver:
    """Who a phrase without a name is, in one report. Every answer that is not the phrase's own name carries a Step."""

    def __init__(self, doc: Document, beat: Beat | None, cast: Cast) -> None:
        self.doc, self.beat, self.cast = doc, beat, cast
        self.offices = Offices(doc, beat, cast)
        self.speakers: list[tuple[int, str]] = []  # (offset, referent) of statements resolved so far
        self._found: dict[Passage, Resolved] = {}

    def speaker(self, a: Attribution) -> tuple[str | None, tuple[Step, ...]]:
        """The referent who makes an attribution, with the steps that led to it."""
        if not a.source:
            return None, ()
        if a.source_kind is SourceKind.GROUP:
            return self._new(a.source[0], Kind.PERSON), ()
        if a.source_kind is SourceKind.DOCUMENT and handled(self.doc.words(a.source[0])):
            own = [m for m in self.cast.mentions_in(a.source[0], Kind.DOCUMENT) if m.passage.start == a.source[0].start]
            return (own[0].referent if own else self._new(a.source[0], Kind.DOCUMENT)), ()
        if a.source_kind is SourceKind.DOCUMENT and not self.cast.mentions_in(a.source[0], Kind.DOCUMENT):
            bodies = self.cast.mentions_in(a.source[0], Kind.ORGANISATION)
            return (bodies[0].referent if bodies else self._new(a.source[0], Kind.DOCUMENT)), ()
        found = self.source(a.source[0])
        return found.referent, found.steps

    def source(self, p: Passage) -> Resolved:
        """The speaker that the source phrase `p` is."""
        if p not in self._found:
            found = self._source(p)
            self._found[p] = found
            if found.referent is not None:
                self.speakers.append((p.start, found.referent))
        return self._found[p]

    def side(self, speaker: str | None) -> str | None:
        """Whom a speaker's "we" stands for, where the office held or the speaker's own name says so."""
        return self.offices.side(speaker)

    def _source(self, p: Passage) -> Resolved:
        words = [t.norm for t in tokens(self.doc.text, p.start, p.end)]
        text = self.doc.words(p)
        if not words:
            return Resolved(None, Anonymity.UNNAMED)
        if words[0] in RELATIVES and len(words) == 1:
            return self._relative(p)
        owned = self._owned(p)
        if owned is not None:
            return Resolved(owned, Anonymity.NAMED)
        if words[0] in PERSON_PRONOUNS or words in (["they"], ["it"]):
            return self._pronoun(p, words[0])
        if words in (["i"], ["me"], ["myself"]):  # who writes, or is quoted by nobody whom the words name
            return Resolved(None, Anonymity.ROLE)
        if MAKER.fullmatch(text) is not None:
            return self._maker(p)
        if mute(text):
            return self._owner(p)
        visited = self._main_subject(p)
        if visited is not None:
            return Resolved(visited.referent, Anonymity.NAMED, (visited,))
        lists = cues()
        head = self._head(words)
        people = [m for m in self.cast.mentions_in(p, Kind.PERSON) if m.form is Form.NAMED]
        if head not in lists["plural"]:
            titled = self._titled(p) or next(iter(people), None)
            if titled is not None:
                return Resolved(titled.referent, Anonymity.NAMED)
        if SECRET.search(text) or self._one_of_many(p, words, head):
            return Resolved(self._new(p, Kind.PERSON), Anonymity.UNNAMED)
        if head in lists["plural"]:
            return Resolved(self._new(p, Kind.PERSON), Anonymity.UNNAMED)
        if self._abroad(p, head):
            return self._short_body(p, head) or Resolved(self._new(p, Kind.ORGANISATION), Anonymity.ROLE)
        bodies = self.cast.mentions_in(p, Kind.ORGANISATION, Kind.FACILITY, Kind.DOCUMENT, Kind.EVENT)
        bodies = [m for m in bodies if m.form is Form.NAMED]
        if head in lists["role"]:
            return self._role(p, words, head, bodies)
        if bodies:
            return Resolved(bodies[0].referent, Anonymity.NAMED)
        called = next((m for m in self.cast.mentions_in(p, *BODIES) if m.passage.end == p.end), None)
        own = called is not None and len(ARTICLE.sub("", called.text)) == len(ARTICLE.sub("", text))
        if called is not None and own and called.because.rule == "beat.name":  # "the Inspectorate", as the beat has it
            return Resolved(called.referent, Anonymity.NAMED)
        body = self._short_body(p, head)
        if body is not None:
            return body
        nations = self.cast.mentions_in(p, Kind.COUNTRY)
        if nations and nations[-1].passage.end == p.end:
            return Resolved(nations[-1].referent, Anonymity.NAMED)
        places = (Kind.COUNTRY, Kind.PLACE)
        unsure = [m for m in self.cast.mentions_in(p) if m.form is Form.NAMED and m.kind not in places]
        if unsure:
            return Resolved(unsure[0].referent, Anonymity.NAMED)
        kind = Kind.ORGANISATION if lists["head"].get(head) == Kind.ORGANISATION else Kind.UNSURE
        return Resolved(self._new(p, kind), Anonymity.UNNAMED if head.endswith("s") else Anonymity.ROLE)

    def _owned(self, p: Passage) -> str | None:
        """The person who is named behind whose they are: "her spokesman, Karl Berg", "Quist's deputy Ben Lund"."""
        owner = OWNER.match(self.doc.text, p.start, p.end)
        if owner is None:
            return None
        people = self.cast.mentions_in(Passage(owner.end(), p.end), Kind.PERSON)
        return next((m.referent for m in people if m.form is Form.NAMED), None)

    def _titled(self, p: Passage) -> Mention | None:
        """The name right behind an office in a source: "Ardal Aerospace director | Bruno Kastell"."""
        for m in self.cast.mentions_in(p, Kind.PERSON, Kind.UNSURE):
            before = tokens(self.doc.text, p.start, m.passage.start) if m.form is Form.NAMED else ()
            if before and before[-1].norm in cues()["role"] and before[-1].end + 1 == m.passage.start:
                return m
        return None

    def _abroad(self, p: Passage, head: str) -> bool:
        """Whether a source is a body told by its place alone: "the Drossian embassy in Port Ardal" is not the port."""
        m = WHERE.search(self.doc.text, *p)
        if m is None or cues()["head"].get(head) != Kind.ORGANISATION:
            return False
        front = self.cast.mentions_in(Passage(p.start, m.start()), *BODIES)
        return not any(x.form is Form.NAMED for x in front)

    def _one_of_many(self, p: Passage, words: Sequence[str], head: str) -> bool:
        """Whether the phrase is someone of a body, kept unnamed or not speaking for it: "a member of the board".

        Refuses "a spokeswoman for the board", "the chairman of the board".
        """
        if not classes().get(head, frozenset()) & {"role", "unnamed"}:
            return False
        if words[0] in SOME_ONE and head not in SPEAKS_FOR:
            return True
        kept = about_source(self.doc, p)  # one word, "undisclosed", may be said of anything in the sentence
        return kept is not None and " " in self.doc.words(kept)

    def _maker(self, p: Passage) -> Resolved:
        """Who "its maker" is: the body that made it by the words before, or that stands right before; else unsaid."""
        near = self.cast.mentions_in(Passage(max(0, p.start - NEAR), p.start), Kind.ORGANISATION, Kind.FACILITY)
        for m in reversed(near):
            text, end = self.doc.text, m.passage.end
            made = MADE_BY.search(text, max(0, m.passage.start - 30), m.passage.start)
            if made or MAKES.match(text, end) or RIGHT_BEFORE.fullmatch(text, end, p.start):
                step = Step(passage=p, referent=m.referent, because=Because(rule="coreference.maker", score=0.7))
                return Resolved(m.referent, Anonymity.NAMED, (step,))
        return Resolved(None, Anonymity.ROLE)

    def _owner(self, p: Passage) -> Resolved:
        """Who speaks through a thing that cannot: "the President's initiative" is the President's; else no one."""
        end = max((m.start() for m in OWNED.finditer(self.doc.text, p.start, p.end)), default=p.start)
        return self.source(Passage(p.start, end)) if end > p.start else Resolved(None, Anonymity.UNNAMED)

    def _main_subject(self, p: Passage) -> Step | None:
        """The person before an inserted clause taken for the source: "Lund, when visiting the plant, said"."""
        sentence = self.doc.sentence_at(p.start)
        inserted = INSERTED.search(self.doc.text, max(sentence.start, p.start - NEAR), p.start) if sentence else None
        if sentence is None or inserted is None or inserted.end() != p.start:
            return None
        people = self.cast.mentions_in(Passage(sentence.start, inserted.start()), Kind.PERSON)
        if not people or people[-1].passage.end + 1 < inserted.start():
            return None
        return Step(passage=p, referent=people[-1].referent, because=Because(rule="coreference.main-clause", score=0.8))

    def _relative(self, p: Passage) -> Resolved:
        """What "who" or "which" takes up: the noun phrase right before it."""
        sentence = self.doc.sentence_at(p.start)
        before = tokens(self.doc.text, sentence.start if sentence is not None else p.start, p.start)
        lists, first = cues(), len(before)
        people = [i for i in range(max(0, first - 6), first) if before[i].norm in lists["plural"]]
        first = people[-1] if people else first
        while first and before[first - 1].norm not in lists["notname"] and len(before) - first < 4:
            first -= 1
        if first == len(before):
            return Resolved(None, Anonymity.UNNAMED)
        antecedent = Passage(before[first].start, before[-1].end)
        found = self.source(antecedent)
        if found.referent is None:
            return found
        step = Step(passage=p, referent=found.referent, because=Because(rule="coreference.relative", score=0.8))
        return Resolved(found.referent, found.anonymity, (*found.steps, step))

    def _head(self, words: Sequence[str]) -> str:
        """Head noun of a phrase: the last role or group noun before "of", "for", "who" or a comma's apposition."""
        lists = cues()
        stop = next(
            (i for i, w in enumerate(words) if i and w in ("of", "for", "from", "who", "in", "at", "with", "on")), None
        )
        front = words[:stop]
        nouns = [w for w in front if w in lists["role"] or w in lists["plural"]]
        return nouns[-1] if nouns else (front[-1] if front else "")

    def _role(self, p: Passage, words: Sequence[str], head: str, bodies: Sequence[Mention]) -> Resolved:
        """A person by office or function."""
        definite = words[0] not in SOME_ONE
        if definite:
            person = self.offices.holder(p)
            if person is not None:
                self.cast.mention(p, self.doc.words(p), person.referent or "", Form.NOMINAL, person.because.rule, 0.9)
                return Resolved(person.referent, Anonymity.NAMED, (person,))
            again = self._spoke_last(p, head) if not bodies else None
            if again is not None:
                return Resolved(again.referent, Anonymity.NAMED, (again,))
        if bodies:  # an unnamed spokesman of a named body speaks for it
            return Resolved(bodies[0].referent, Anonymity.ROLE)
        return Resolved(self._new(p, Kind.PERSON), Anonymity.ROLE if definite else Anonymity.UNNAMED)

    def _spoke_last(self, p: Passage, head: str) -> Step | None:
        """Who "the official" is: the last speaker near by, a named person with an office or the only one heard."""
        near = [id for at, id in self.speakers if p.start - NEAR < at < p.start] if head in ANY_OFFICE else []
        r = self.cast.referent(near[-1]) if near else None
        if r is None or r.kind is not Kind.PERSON or not r.named:
            return None
        e = self.offices.entity(r)
        if not r.roles and not (e is not None and e.offices) and len(set(near)) > 1:
            return None
        self.cast.mention(p, self.doc.words(p), r.id, Form.NOMINAL, "coreference.last-speaker", 0.7)
        return Step(passage=p, referent=r.id, because=Because(rule="coreference.last-speaker", score=0.7))

    def _pronoun(self, p: Passage, word: str) -> Resolved:
        step = self.pronoun(p, word)
        if step.referent is None:
            return Resolved(None, Anonymity.ROLE, (step,))
        self.cast.mention(p, self.doc.words(p), step.referent, Form.PRONOUN, step.because.rule, step.because.score)
        referent = self.cast.referent(step.referent)
        named = referent is not None and referent.named
        return Resolved(step.referent, Anonymity.NAMED if named else Anonymity.UNNAMED, (step,))

    def pronoun(self, p: Passage, word: str) -> Step:
        """The referent of a pronoun: the last speaker near by, else the last person (or body) named before it."""
        if word in PERSON_PRONOUNS:
            sex = PERSON_PRONOUNS[word]
            said = islice(reversed(self.speakers), LAST)
            last = next((r for at, r in said if p.start - NEAR < at < p.start and self._may_be(r, sex)), None)
            if last is not None:
                return Step(passage=p, referent=last, because=Because(rule="coreference.last-speaker", score=0.8))
            kinds: tuple[Kind, ...] = (Kind.PERSON,)
        else:
            sex, kinds = "", (Kind.ORGANISATION, Kind.COUNTRY, Kind.SYSTEM, Kind.DOCUMENT, Kind.FACILITY)
            if word in PLURALS:
                kinds = (Kind.PERSON, Kind.ORGANISATION, Kind.COUNTRY)
        near = [
            m for m in self.cast.mentions_in(Passage(max(0, p.start - NEAR), p.start), *kinds)
            if not sex or self._may_be(m.referent, sex)
        ]  # fmt: skip
        if near:
            return Step(passage=p, referent=near[-1].referent, because=Because(rule="coreference.nearest", score=0.6))
        return Step(passage=p, referent=None, because=Because(rule="coreference.unsure", score=0.0))

    def _may_be(self, id: str, sex: str) -> bool:
        r = self.cast.referent(id)
        if r is None or r.kind is not Kind.PERSON:
            return False
        given = cues()["firstname"].get(r.name.split()[0].casefold())
        return given is None or given == sex

    def _short_body(self, p: Passage, head: str) -> Resolved | None:
        """A body by its head noun alone: "the ministry", the last body so named before it."""
        if cues()["head"].get(head) not in BODIES:
            return None
        earlier = (m for m in reversed(self.cast.mentions) if m.passage.end <= p.start and m.kind in BODIES)
        near = next((m for m in earlier if so_called(self.doc, self.cast, m, head)), None)
        if near is None:
            return None
        step = Step(passage=p, referent=near.referent, because=Because(rule="coreference.body", score=0.8))
        self.cast.mention(p, self.doc.words(p), near.referent, Form.NOMINAL, "coreference.body", 0.8)
        return Resolved(near.referent, Anonymity.NAMED, (step,))

    def _new(self, p: Passage, kind: Kind) -> str:
        """An unnamed referent for the phrase itself."""
        text = self.doc.words(p)
        id = self.cast.add(kind, ARTICLE.sub("", text, count=1)[:80], named=False)
        self.cast.mention(p, text, id, Form.NOMINAL, DESCRIBED, 0.7)
        return id
