"""Names → referents: which mentions in one report name one thing, and who "he" or "the minister" is.

Named mentions are joined by the beat's key, by surname, by acronym and expansion, by a body's shorter name;
designations only when they are the same word. What is not a name is resolved by a step with its rule, or stays unsure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.beat import Beat, BeatEntity, Office
from onrecord.edtf import overlap
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import cues, normal, tokens
from onrecord.extract.names import Name
from onrecord.extract.reader import Attribution, SourceKind
from onrecord.ids import content_id
from onrecord.records import Anonymity, Because, Form, Kind, Mention, Passage, Referent, Step

PERSON_PRONOUNS = {"he": "male", "his": "male", "him": "male", "she": "female", "her": "female", "hers": "female"}
RELATIVES = ("who", "which", "that")
THINGS = {"it", "its", "this", "that", "which"}
PLURALS = {"they", "their", "them"}
SECRET = re.compile(r"anonym|not to be (named|identified)|unnamed|undisclosed|unidentified", re.I)
ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|our|its|their|his|her)\s+", re.I)
BODIES = (Kind.ORGANISATION, Kind.FACILITY)
NEAR = 1200  # characters: how far back a pronoun looks for a person; about three paragraphs of news
ACRONYM_GAP = re.compile(r"\s*\(\s*[\"“«]?([A-ZА-ЯІЎ]{2,8})[\"”»]?\s*\)")


@dataclass(frozen=True)
class Resolved:
    """Who a source phrase is: `referent` None where it cannot be said."""

    referent: str | None
    anonymity: Anonymity
    steps: tuple[Step, ...] = ()


class Cast:
    """The referents and mentions of one report while they are gathered."""

    def __init__(self, report: str) -> None:
        self.report = report
        self._referents: dict[str, Referent] = {}
        self._mentions: dict[tuple[Passage, str], Mention] = {}
        self.adjectives: set[Passage] = set()  # "Belgian", "anti-Belgian": named, but seldom what a clause is about
        self._sorted: tuple[Mention, ...] | None = None

    @property
    def referents(self) -> tuple[Referent, ...]:
        return tuple(self._referents.values())

    @property
    def mentions(self) -> tuple[Mention, ...]:
        if self._sorted is None:
            found = self._mentions.values()
            self._sorted = tuple(sorted(found, key=lambda m: (m.passage.start, -m.passage.end, m.referent)))
        return self._sorted

    def referent(self, id: str | None) -> Referent | None:
        return self._referents.get(id) if id is not None else None

    def by_key(self, key: str | None) -> Referent | None:
        return next((r for r in self._referents.values() if key is not None and r.key == key), None)

    def add(
        self, kind: Kind, name: str, *, named: bool = True, key: str | None = None, roles: tuple[str, ...] = ()
    ) -> str:
        """Id of the referent of that kind and name, made if it is new."""
        id = content_id("f", self.report, kind, key or name)
        if id not in self._referents:
            self._referents[id] = Referent(
                id=id, report=self.report, kind=kind, name=name, named=named, key=key, roles=roles
            )
        return id

    def mention(self, p: Passage, text: str, referent: str, form: Form, rule: str, score: float = 1.0) -> None:
        """Record that the words of `p` name `referent`; a named mention of the same words stays."""
        if (p, referent) in self._mentions:
            return
        if form is not Form.NAMED and any(q == p for q, _ in self._mentions):
            return
        kind = self._referents[referent].kind
        self._sorted = None
        self._mentions[p, referent] = Mention(
            id=content_id("m", self.report, p, referent), report=self.report, passage=p, text=text, referent=referent,
            kind=kind, form=form, because=Because(rule=rule, score=score),
        )  # fmt: skip

    def mentions_in(self, p: Passage, *kinds: Kind) -> list[Mention]:
        """Mentions inside `p`, in order, of the given kinds or of all."""
        return [
            m for m in self.mentions
            if p.start <= m.passage.start and m.passage.end <= p.end and (not kinds or m.kind in kinds)
        ]  # fmt: skip

    def at(self, p: Passage) -> str | None:
        """The referent of the name that `p` is, or that fills most of it."""
        over = [m for m in self.mentions if m.passage.start < p.end and p.start < m.passage.end]
        best = max(over, key=lambda m: min(m.passage.end, p.end) - max(m.passage.start, p.start), default=None)
        return best.referent if best is not None else None

    def count(self, referent: str) -> int:
        return sum(1 for _, r in self._mentions if r == referent)


def cast(doc: Document, names: Sequence[Name]) -> Cast:
    """The referents that the names make, each with its mentions."""
    made = Cast(doc.report.id)
    groups = _groups(doc, names)
    for group in sorted(groups, key=lambda g: (g[0].passage.start, -g[0].passage.end)):
        kind = _kind_of(group)
        known = next((n for n in group if n.canonical is not None), None)
        name = known.canonical if known is not None and known.canonical else max(
            (n.text for n in group), key=lambda t: (len(t.split()), len(t), t)
        )  # fmt: skip
        key = next((n.key for n in group if n.known), None)
        named = any(n.form is Form.NAMED for n in group)
        roles = tuple(dict.fromkeys(r for n in group for r in n.roles))
        id = made.add(kind, name, named=named, key=key, roles=roles)
        for n in group:
            made.mention(n.passage, n.text, id, n.form, n.rule, n.score)
            if n.adjective:
                made.adjectives.add(n.passage)
    return made


def _groups(doc: Document, names: Sequence[Name]) -> list[list[Name]]:
    """Names that are one thing, by the first rule that says so."""
    by_key: dict[str, list[Name]] = {}
    loose: list[Name] = []
    for n in names:
        if n.key is not None:
            by_key.setdefault(n.key, []).append(n)
        else:
            loose.append(n)
    out = list(by_key.values())
    full = {w: n for n in loose if n.kind is Kind.PERSON for w in [_last(n.text)] if " " in n.text}
    keyed = {_last(n.text): group for group in out for n in group if n.kind is Kind.PERSON}
    expansions = _expansions(doc, names)
    made: dict[str, list[Name]] = {}
    for n in loose:
        last = _last(n.text)
        single = " " not in n.text
        if single and n.kind in (Kind.PERSON, Kind.UNSURE) and last in keyed:
            keyed[last].append(n)
            continue
        if single and n.kind in (Kind.PERSON, Kind.UNSURE) and last in full:
            made.setdefault(full[last].text.casefold(), []).append(n)
            continue
        made.setdefault(expansions.get(n.text, _body_of(n, loose)).casefold(), []).append(n)
    for text, group in made.items():
        home = next((g for g in out if any(x.text.casefold() == text for x in g)), None)
        if home is None:
            out.append(group)
        else:
            home.extend(group)
    return [sorted(g, key=lambda n: n.passage) for g in out]


def _body_of(n: Name, others: Sequence[Name]) -> str:
    """The longest name of a body that begins with this one's words: the same body in full."""
    if n.kind not in (Kind.ORGANISATION, Kind.FACILITY, Kind.DOCUMENT):
        return n.text
    longer = [o.text for o in others if o.kind is n.kind and o.text.startswith(n.text + " of ")]
    return max(longer, key=len, default=n.text)


def _expansions(doc: Document, names: Sequence[Name]) -> dict[str, str]:
    """Acronym → the name it follows in brackets, where its letters begin that name's words."""
    out: dict[str, str] = {}
    for n in names:
        m = ACRONYM_GAP.match(doc.text, n.passage.end)
        letters = "".join(w.text[0] for w in tokens(n.text, 0, len(n.text)) if w.text[0].isupper())
        if m and len(n.text.split()) > 1 and (m.group(1)[0] == letters[:1]):
            out[m.group(1)] = n.text
    return out


def _last(text: str) -> str:
    return normal(text.split()[-1])


def _kind_of(group: Sequence[Name]) -> Kind:
    """The kind that the beat, else most of the mentions with a kind, give."""
    known = [n.kind for n in group if n.known or n.canonical]
    sure = known or [n.kind for n in group if n.kind is not Kind.UNSURE]
    return Counter(sure).most_common(1)[0][0] if sure else Kind.UNSURE


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
        if words[0] in PERSON_PRONOUNS or words in (["they"], ["it"]):
            return self._pronoun(p, words[0])
        lists = cues()
        head = self._head(words)
        people = [m for m in self.cast.mentions_in(p, Kind.PERSON) if m.form is Form.NAMED]
        if people and head not in lists["plural"]:
            return Resolved(people[0].referent, Anonymity.NAMED)
        if SECRET.search(text):
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
        unsure = [m for m in self.cast.mentions_in(p) if m.form is Form.NAMED and m.kind is not Kind.COUNTRY]
        if unsure:
            return Resolved(unsure[0].referent, Anonymity.NAMED)
        return Resolved(self._new(p, Kind.UNSURE), Anonymity.UNNAMED if head.endswith("s") else Anonymity.ROLE)

    def _relative(self, p: Passage) -> Resolved:
        """What "who" or "which" takes up: the noun phrase right before it."""
        sentence = self.doc.sentence_at(p.start)
        before = tokens(self.doc.text, sentence.start if sentence is not None else p.start, p.start)
        first = len(before)
        while first and before[first - 1].norm not in cues()["notname"] and len(before) - first < 4:
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
        definite = words[0] not in ("a", "an", "one", "another", "some")
        if definite:
            person = self.office(p)
            if person is not None:
                self.cast.mention(p, self.doc.words(p), person.referent or "", Form.NOMINAL, person.because.rule, 0.9)
                return Resolved(person.referent, Anonymity.NAMED, (person,))
        if bodies:  # an unnamed spokesman of a named body speaks for it
            return Resolved(bodies[0].referent, Anonymity.ROLE)
        return Resolved(self._new(p, Kind.PERSON), Anonymity.ROLE if definite else Anonymity.UNNAMED)

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
        return country is None and any(words <= set(role.split()) for role in r.roles)

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
            last = [r for at, r in self.speakers if p.start - NEAR < at < p.start and self._may_be(r, sex)]
            if last:
                return Step(passage=p, referent=last[-1], because=Because(rule="coreference.last-speaker", score=0.8))
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
        earlier = [m for m in self.cast.mentions if m.passage.end <= p.start and m.kind in BODIES]
        near = [m for m in earlier if head in {t.norm for t in tokens(m.text, 0, len(m.text))}]
        if not near:
            return None
        step = Step(passage=p, referent=near[-1].referent, because=Because(rule="coreference.body", score=0.8))
        self.cast.mention(p, self.doc.words(p), near[-1].referent, Form.NOMINAL, "coreference.body", 0.8)
        return Resolved(near[-1].referent, Anonymity.NAMED, (step,))

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
        return None

    def _country_of(self, key: str | None) -> BeatEntity | None:
        for _ in range(4):  # a plant, its holding, the ministry above it, the country
            e = self.beat.entity_of(key) if self.beat is not None and key is not None else None
            if e is None or e.kind is Kind.COUNTRY:
                return e
            key = e.part_of
        return None
