"""Phrases without a name → referents: who "he", "the minister", "the Head of State" or "we" is in one report.

Every answer that the phrase's own words do not give carries a step with the name of its rule, or stays unsure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from onrecord.beat import Beat, BeatEntity, Office
from onrecord.edtf import overlap
from onrecord.extract.cast import Cast
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import cues, normal, tokens
from onrecord.extract.lexicon import listed
from onrecord.extract.reader import Attribution, SourceKind
from onrecord.extract.sources import about_source, classes, mute
from onrecord.records import Anonymity, Because, Form, Kind, Mention, Passage, Referent, Step

PERSON_PRONOUNS = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female", "hers": "female"}
SOME_ONE = ("a", "an", "one", "another", "some")
RELATIVES = ("who", "which", "that")
ANY_OFFICE = listed("any-office")  # "the official": whoever spoke last
SPEAKS_FOR = listed("speaks-for")  # a body's "spokesman" is the body, its "member" is not
THINGS = {"it", "its", "this", "that", "which"}
PLURALS = {"they", "their", "them"}
SECRET = re.compile(r"anonym|not to be (named|identified)|unnamed|undisclosed|unidentified", re.I)
ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|our|its|their|his|her)\s+", re.I)
SYSTEM_NOUNS = ("system", "complex", "weapon", "launcher", "missile", "vehicle", "drone", "aircraft")
DESCRIBED = "coreference.description"
DESCRIPTION = re.compile(
    r"\b(?:this|these|those|that|the)\s+(?:[a-z-]+\s+)?(?P<noun>industry|industries|missiles?|systems?|complex(?:es)?"
    r"|weapons?|launchers?|vehicles?|drones?|aircraft|school|sector)\b",
    re.IGNORECASE,
)
MAKER = re.compile(r"(?:its|their)\s+(?:maker|manufacturer|producer|developer|builder|designer)s?", re.I)
MADE = r"(?:made|built|developed|produced|manufactured|designed)"
MADE_BY = re.compile(rf"\b{MADE}\s+by\s+(?:the\s+)?$", re.I)
MAKES = re.compile(
    rf",?\s+(?:which\s+|that\s+)?(?:has\s+)?(?:makes|builds|develops|produces|manufactures|{MADE})\b", re.I
)
RIGHT_BEFORE = re.compile(r",?\s+(?:says|said|according\s+to)\s+", re.I)
BESIDE = re.compile(  # right before a name: another is compared with it
    r"\b(?:(?:version|variant|modification|successor|upgrade|analogue?|replacement)\s+(?:of|to|for)|than|unlike"
    r"|similar\s+to|based\s+on|replac(?:es|ed|ing)|such\s+as)\s+(?:(?:the|an?|its|earlier|older|basic|original)\s+)*$",
    re.IGNORECASE,
)
OWNED = re.compile(r"['’]s?(?=\s)")
INSERTED = re.compile(r",?\s+(?:when|while|after|before|during)\s[^,.;]*$|,\s+(?:when|while)\s+\w+ing\s+(?=\S)")
BODIES = (Kind.ORGANISATION, Kind.FACILITY)
NEAR = 1200  # characters: how far back a pronoun looks for a person; about three paragraphs of news
LAST = 300  # speakers that a pronoun looks back at: more than speak in as many characters


@dataclass(frozen=True)
class Resolved:
    """Who a source phrase is: `referent` None where it cannot be said."""

    referent: str | None
    anonymity: Anonymity
    steps: tuple[Step, ...] = ()


def _place(m: Mention) -> tuple[int, int, str]:
    return m.passage.start, -m.passage.end, m.referent


# whose somebody is, at the start of a source: "her", "the mayor's"
OWNER = re.compile(r"(?:(?:his|her|their|its|our|my)\b|[^,;:]{1,80}?(?:['’]s|s['’]))(?=\s)", re.I)


class Resolver:
    """Who a phrase without a name is, in one report. Every answer that is not the phrase's own name carries a Step."""

    def __init__(self, doc: Document, beat: Beat | None, cast: Cast) -> None:
        self.doc, self.beat, self.cast = doc, beat, cast
        self.speakers: list[tuple[int, str]] = []  # (offset, referent) of statements resolved so far
        self._found: dict[Passage, Resolved] = {}

    def speaker(self, a: Attribution) -> tuple[str | None, tuple[Step, ...]]:
        """The referent who makes an attribution, with the steps that led to it."""
        if not a.source:
            return None, ()
        if a.source_kind is SourceKind.GROUP:
            return self._new(a.source[0], Kind.PERSON), ()
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
        if people and head not in lists["plural"]:
            return Resolved(people[0].referent, Anonymity.NAMED)
        if SECRET.search(text) or self._one_of_many(p, words, head):
            return Resolved(self._new(p, Kind.PERSON), Anonymity.UNNAMED)
        if head in lists["plural"]:
            return Resolved(self._new(p, Kind.PERSON), Anonymity.UNNAMED)
        bodies = self.cast.mentions_in(p, Kind.ORGANISATION, Kind.FACILITY, Kind.DOCUMENT, Kind.EVENT)
        bodies = [m for m in bodies if m.form is Form.NAMED]
        if head in lists["role"]:
            return self._role(p, words, head, bodies)
        if bodies:
            return Resolved(bodies[0].referent, Anonymity.NAMED)
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

    def descriptions(self) -> None:
        """Mentions for "this industry", "these missiles", "the system": the last thing so called, or named, before."""
        for m in DESCRIPTION.finditer(self.doc.text):
            p, noun = Passage(m.start(), m.end()), normal(m.group("noun")).rstrip("s")
            if self.cast.mentions_in(p) or self.doc.in_furniture(p):
                continue
            near = self.cast.mentions_in(Passage(max(0, p.start - NEAR), p.start), Kind.ORGANISATION, Kind.SYSTEM)
            called = [x for x in near if x.because.rule != DESCRIBED and self._so_called(x, noun)]
            systems = [x for x in near if x.kind is Kind.SYSTEM and self._named(x)]
            if noun in SYSTEM_NOUNS:
                called = [x for x in called if x.kind is Kind.SYSTEM]  # no "missile troops"
            if noun in SYSTEM_NOUNS:  # "the system" is the last one named, "the missile" first of all a missile
                called = called if called and noun == "missile" else sorted({*called, *systems}, key=_place)
            same = called
            if same:
                self.cast.mention(p, m.group(), self.topical(same).referent, Form.NOMINAL, DESCRIBED, 0.7)

    def topical(self, near: Sequence[Mention]) -> Mention:
        """The last of some mentions that is not only what another is measured by: "the X-2, a version of the X-1"."""
        text = self.doc.text
        own = [m for m in near if BESIDE.search(text, max(0, m.passage.start - 40), m.passage.start) is None]
        return own[-1] if own else near[-1]

    def _so_called(self, x: Mention, noun: str) -> bool:
        """Whether a thing's name, or the word right after it ("the Vega missile"), is the noun."""
        r = self.cast.referent(x.referent)
        after = self.doc.text[x.passage.end : x.passage.end + len(noun) + 1].casefold()
        words = {t.norm.rstrip("s") for n in (x.text, r.name if r is not None else "") for t in tokens(n, 0, len(n))}
        return noun in words or after == " " + noun

    def _named(self, x: Mention) -> bool:
        r = self.cast.referent(x.referent)
        return r is not None and r.named and x.form is Form.NAMED

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
            person = self.office(p)
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
        e = self._entity(r)
        if not r.roles and not (e is not None and e.offices) and len(set(near)) > 1:
            return None
        self.cast.mention(p, self.doc.words(p), r.id, Form.NOMINAL, "coreference.last-speaker", 0.7)
        return Step(passage=p, referent=r.id, because=Because(rule="coreference.last-speaker", score=0.7))

    def office(self, p: Passage) -> Step | None:
        """The person who holds the office, or has the role, that `p` names; None unless it is exactly one."""
        words = {t.norm for t in tokens(self.doc.text, p.start, p.end)} - set(cues()["article"])
        nations = {m.referent for m in self.cast.mentions_in(p, Kind.COUNTRY)}
        country = next((self.cast.referent(n) for n in sorted(nations)), None)
        words -= {t.norm for m in self.cast.mentions_in(p, Kind.COUNTRY) for t in tokens(m.text, 0, len(m.text))}
        words -= {"of"}
        best: list[tuple[int, int, str]] = []
        for r in self.cast.referents:
            if r.kind is Kind.PERSON and r.named and self._holds(r, words, country):
                seen = [m for m in self.cast.mentions if m.referent == r.id and m.passage.start < p.start]
                best.append((min(len(seen), 1), self.cast.count(r.id), r.id))
        best.sort(reverse=True)
        if best and (len(best) == 1 or best[0][:2] > best[1][:2]):
            return Step(passage=p, referent=best[0][2], because=Because(rule="coreference.office", score=0.9))
        known = [] if best else self._known_holder(words, country or self._home())
        if len(known) == 1:
            id = self.cast.add(Kind.PERSON, known[0].name, key=known[0].key)
            return Step(passage=p, referent=id, because=Because(rule="coreference.beat-office", score=0.8))
        return None

    def _home(self) -> Referent | None:
        """The country that the report names most: whose president "the president" is where no one says."""
        nations = [r for r in self.cast.referents if r.kind is Kind.COUNTRY]
        return max(nations, key=lambda r: self.cast.count(r.id), default=None)

    def _holds(self, r: Referent, words: set[str], country: Referent | None) -> bool:
        """Whether this report's roles of `r`, or the beat's offices, have the words."""
        e = self._entity(r)
        for o in e.offices if e is not None else ():
            if self._in_time(o) and self._office_fits(o, words, country):
                return True
        experts = set(cues()["expert"])
        wanted = experts if words & experts else words
        return country is None and any(
            bool(wanted & set(role.split())) if wanted is experts else words <= set(role.split()) for role in r.roles
        )

    def _office_fits(self, o: Office, words: set[str], country: Referent | None) -> bool:
        if country is not None and o.of is not None and country.key != o.of:
            return False
        for n in (o.title, *o.names):
            have = {t.norm for t in tokens(n, 0, len(n))} - {"of", "the"}
            if words and words <= have:
                return True
        return False

    def _known_holder(self, words: set[str], country: Referent | None) -> list[BeatEntity]:
        """Persons of the beat, unnamed in this report, who alone hold the office when the report is from."""
        found = [
            e for e in (self.beat.entities if self.beat is not None else ()) for o in e.offices
            if self._in_time(o, strict=True) and self._office_fits(o, words, country)
        ]  # fmt: skip
        return list({e.key: e for e in found}.values())

    def _in_time(self, o: Office, strict: bool = False) -> bool:
        """Whether the office was held when the report was published, as far as both are known."""
        term = f"{o.since or '..'}/{o.until or '..'}"
        if self.doc.report.published is None:
            return not strict or o.until is None
        return overlap(term, self.doc.report.published) is not False

    def _entity(self, r: Referent) -> BeatEntity | None:
        return self.beat.entity_of(r.key) if self.beat is not None and r.key is not None else None

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
        near = next((m for m in earlier if self._so_called(m, head)), None)
        if near is None:
            return None
        step = Step(passage=p, referent=near.referent, because=Because(rule="coreference.body", score=0.8))
        self.cast.mention(p, self.doc.words(p), near.referent, Form.NOMINAL, "coreference.body", 0.8)
        return Resolved(near.referent, Anonymity.NAMED, (step,))

    def _new(self, p: Passage, kind: Kind) -> str:
        """An unnamed referent for the phrase itself."""
        text = self.doc.words(p)
        id = self.cast.add(kind, ARTICLE.sub("", text, count=1)[:80], named=False)
        self.cast.mention(p, text, id, Form.NOMINAL, "coreference.description", 0.7)
        return id

    def side(self, speaker: str | None) -> str | None:
        """Whom a speaker's "we" stands for: the country or body of the office held, by the beat."""
        r = self.cast.referent(speaker)
        if r is None:
            return None
        if r.kind is Kind.COUNTRY:
            return r.id
        e = self._entity(r)
        keys = [o.of for o in e.offices if o.of and self._in_time(o)] if e is not None else []
        if e is not None and e.part_of is not None:
            keys.append(e.part_of)
        for key in keys:
            home = self._country_of(key)
            if home is not None:
                return self.cast.add(home.kind, home.name, key=home.key)
        if r.kind is Kind.ORGANISATION and r.named and e is None:
            return r.id
        return self._nation_of(r)

    def _nation_of(self, r: Referent) -> str | None:
        """The one country in how an unnamed person or body is called: "a member of the Norlandic parliament"."""
        if r.named or r.kind not in (Kind.PERSON, Kind.ORGANISATION):
            return None
        called = next((m.passage for m in self.cast.mentions if m.referent == r.id), None)
        nations = {m.referent for m in self.cast.mentions_in(called, Kind.COUNTRY)} if called is not None else set()
        return nations.pop() if len(nations) == 1 else None

    def _country_of(self, key: str | None) -> BeatEntity | None:
        for _ in range(4):  # a plant, its holding, the ministry above it, the country
            e = self.beat.entity_of(key) if self.beat is not None and key is not None else None
            if e is None or e.kind is Kind.COUNTRY:
                return e
            key = e.part_of
        return None
