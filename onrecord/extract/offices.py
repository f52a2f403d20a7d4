"""Offices → persons and sides: who "the minister" is in one report, and for whom a speaker's "we" stands."""

from __future__ import annotations

from onrecord.beat import Beat, BeatEntity, Office
from onrecord.edtf import overlap
from onrecord.extract.cast import Cast
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import cues, tokens
from onrecord.records import Because, Kind, Passage, Referent, Step


class Offices:
    """Who holds an office when the report is from, by its own words and by the beat."""

    def __init__(self, doc: Document, beat: Beat | None, cast: Cast) -> None:
        self.doc, self.beat, self.cast = doc, beat, cast

    def holder(self, p: Passage) -> Step | None:
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

    def side(self, speaker: str | None) -> str | None:
        """Whom a speaker's "we" stands for: the country or body of the office held, by the beat."""
        r = self.cast.referent(speaker)
        if r is None:
            return None
        if r.kind is Kind.COUNTRY:
            return r.id
        e = self.entity(r)
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

    def entity(self, r: Referent) -> BeatEntity | None:
        """What the beat knows of a referent."""
        return self.beat.entity_of(r.key) if self.beat is not None and r.key is not None else None

    def _home(self) -> Referent | None:
        """The country that the report names most: whose president "the president" is where no one says."""
        nations = [r for r in self.cast.referents if r.kind is Kind.COUNTRY]
        return max(nations, key=lambda r: self.cast.count(r.id), default=None)

    def _holds(self, r: Referent, words: set[str], country: Referent | None) -> bool:
        """Whether this report's roles of `r`, or the beat's offices, have the words."""
        e = self.entity(r)
        for o in e.offices if e is not None else ():
            if self._in_time(o) and self._fits(o, words, country):
                return True
        experts = set(cues()["expert"])
        wanted = experts if words & experts else words
        return country is None and any(
            bool(wanted & set(role.split())) if wanted is experts else words <= set(role.split()) for role in r.roles
        )

    def _fits(self, o: Office, words: set[str], country: Referent | None) -> bool:
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
            if self._in_time(o, strict=True) and self._fits(o, words, country)
        ]  # fmt: skip
        return list({e.key: e for e in found}.values())

    def _in_time(self, o: Office, strict: bool = False) -> bool:
        """Whether the office was held when the report was published, as far as both are known."""
        term = f"{o.since or '..'}/{o.until or '..'}"
        if self.doc.report.published is None:
            return not strict or o.until is None
        return overlap(term, self.doc.report.published) is not False

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
