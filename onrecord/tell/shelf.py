"""A view's records by id, read once: what sentences are made from and checked against."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from onrecord import edtf
from onrecord.beat import Beat, BeatProperty
from onrecord.ledger import View
from onrecord.records import Anonymity, Claim, Entity, Origins, Position, Referent, Report, Standing, Statement, Value
from onrecord.tell.times import in_words
from onrecord.tell.values import show


@dataclass(frozen=True)
class Shelf:
    """Look-ups over one view. Nothing here is computed that the ledger does not hold."""

    view: View

    @cached_property
    def beat(self) -> Beat | None:
        return self.view.beat()

    @cached_property
    def reports(self) -> dict[str, Report]:
        return {r.id: r for r in self.view.reports()}

    @cached_property
    def current(self) -> frozenset[str]:
        return self.view.current()

    @cached_property
    def claims(self) -> dict[str, Claim]:
        return {c.id: c for c in self.view.claims()}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        return {s.id: s for s in self.view.statements()}

    @cached_property
    def referents(self) -> dict[str, Referent]:
        return {f.id: f for f in self.view.referents()}

    @cached_property
    def entities(self) -> dict[str, Entity]:
        return {e.id: e for e in self.view.entities()}

    @cached_property
    def entity_of(self) -> dict[str, str]:
        return self.view.entity_map()

    @cached_property
    def positions(self) -> dict[str, Position]:
        return {p.id: p for p in self.view.positions()}

    @cached_property
    def positions_of(self) -> dict[str, tuple[Position, ...]]:
        """Claim id → the positions that it supports (two where it names two things)."""
        found: dict[str, list[Position]] = defaultdict(list)
        for p in self.positions.values():
            for c in p.claims:
                found[c].append(p)
        return {c: tuple(ps) for c, ps in found.items()}

    def origins(self, position: str) -> Origins | None:
        return self.view.origins(position)

    def standing(self, position: str) -> tuple[Standing, ...]:
        return self.view.standing(position)

    def typed(self, name: str) -> BeatProperty | None:
        return None if self.beat is None else self.beat.property_of(name)

    # ------------------------------------------------------------ words

    def words(self, claim: Claim) -> str:
        """The evidence as it stands, white space made plain; parts that lie apart are joined by an ellipsis."""
        text = self.reports[claim.report].text
        return " … ".join(" ".join(text[p.start : p.end].split()) for p in claim.evidence)

    def name(self, id: str | None) -> str:
        """The name of an entity or a referent; the id itself where nothing is known of it."""
        if id is None:
            return ""
        entity = self.entities.get(id) or self.entities.get(self.entity_of.get(id, ""))
        if entity is not None:
            return entity.name
        referent = self.referents.get(id)
        return id if referent is None else referent.name

    def name_here(self, referent: str | None) -> str:
        """The name that the report itself gives."""
        found = self.referents.get(referent or "")
        return self.name(referent) if found is None else found.name

    def value(self, value: Value) -> str:
        return show(value, self.name)

    def outlet(self, report: Report) -> str:
        """The outlet's name as the beat has it, else as found; never empty."""
        found = self.view.outlet_of(report)
        return found.name if found is not None else report.outlet or report.name

    def speaker(self, claim: Claim) -> str:
        """Who says it, in the report's words: office and name, "an unnamed source", or the outlet in its own voice."""
        statement = self.statements.get(claim.statement or "")
        if statement is None:
            return self.outlet(self.reports[claim.report])
        referent = self.referents.get(statement.speaker or "")
        if referent is not None:
            role = next((r for r in referent.roles if r[:1].isupper() and not referent.name.startswith(r)), "")
            return f"{role} {referent.name}".strip()
        words = " ".join(self.view.text(claim.report, p) for p in statement.speaker_passages)
        if words and statement.anonymity is not Anonymity.OUTLET:
            return " ".join(words.split())
        return "an unnamed source"

    def via(self, claim: Claim) -> tuple[str, ...]:
        """Through whom: the intermediaries that the report names."""
        statement = self.statements.get(claim.statement or "")
        return () if statement is None else tuple(self.name_here(v) for v in statement.via)

    def told_by(self, claim: Claim) -> tuple[str, ...]:
        """Who tells that it was said, in the report's words: the speakers of the statements around it, inmost first."""
        statement = self.statements.get(claim.statement or "")
        names, seen = list[str](), set[str]()
        while statement is not None and statement.parent is not None and statement.id not in seen:
            seen.add(statement.id)
            statement = self.statements.get(statement.parent)
            if statement is not None:
                words = " ".join(self.view.text(claim.report, p) for p in statement.speaker_passages)
                said_by = self.name_here(statement.speaker) if statement.speaker is not None else words
                names += [" ".join(said_by.split()), *(self.name_here(v) for v in statement.via)]
        known = {*self.via(claim), self.speaker(claim), self.outlet(self.reports[claim.report]), ""}
        return tuple(n for n in dict.fromkeys(names) if n not in known)

    def day(self, claim: Claim) -> str:
        """Publication of the claim's report as found; "undated" where the report does not say."""
        return in_words(self.reports[claim.report].published or "undated")

    def order(self, claim: str) -> tuple[bool, str, str]:
        """Sort key: publication, undated last."""
        found = edtf.first_day(self.reports[self.claims[claim].report].published)
        return found is None, "" if found is None else found.isoformat(), claim
