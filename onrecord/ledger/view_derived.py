"""What was derived over the whole ledger, asked for by subject, claim or position. Part of `View`."""

from __future__ import annotations

import json
import sqlite3
from abc import ABC, abstractmethod
from typing import Any, TypeVar

import msgspec

from onrecord.beat import Beat
from onrecord.errors import NotFound
from onrecord.ledger import find
from onrecord.ledger.derived import Derived
from onrecord.records import (
    Change,
    Conflict,
    Due,
    Entity,
    HedgeLoss,
    Judgement,
    Link,
    Origins,
    Position,
    Standing,
)

R = TypeVar("R", bound=msgspec.Struct)


class DerivedView(ABC):
    """Questions to the derived tables; and how any question is put."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    @abstractmethod
    def beat(self) -> Beat | None:
        """The beat last used, which lists spellings that no report need have; None without one."""

    def entities(self, name_or_key: str | None = None) -> tuple[Entity, ...]:
        """All entities by name, or those that an id, key or any spelling may mean."""
        if name_or_key is None:
            return self._records(Entity, "SELECT body FROM entity ORDER BY name, id")
        sql = "SELECT body FROM entity WHERE id IN (SELECT value FROM json_each(?)) ORDER BY name, id"
        return self._records(Entity, sql, (json.dumps(find.entity_ids(self.connection, self.beat(), name_or_key)),))

    def meanings(self, text: str) -> tuple[Entity, ...]:
        """The entities that an id, key or spelling means, those in most reports first: more than one where the word is
        ambiguous. A word of the beat means what the beat says: others that reports spell so have to be named by id."""
        found = self.entities(text)
        by_key = [e for e in found if text in (e.id, e.key)]
        of_beat = [e for e in found if e.key is not None]
        return tuple(sorted(by_key or of_beat or found, key=lambda e: (-len(e.referents), e.id)))

    def find_entity(self, text: str) -> Entity | None:
        """The one entity that an id, key or spelling means. None: nothing, or more than one (see `meanings`)."""
        found = self.meanings(text)
        return found[0] if len(found) == 1 else None

    def entity(self, id: str) -> Entity:
        """The entity of that id or unique beginning. Raises NotFound."""
        return self._one(Entity, "entity", "SELECT body FROM entity WHERE id = ?", id)

    def entity_of(self, referent: str | None) -> str | None:
        """Id of the entity that a referent belongs to, or None."""
        row = self._row("SELECT entity FROM entity_member WHERE referent = ?", referent)
        return None if row is None else str(row[0])

    def entity_map(self) -> dict[str, str]:
        """Referent id → entity id, all at once."""
        return dict(self.connection.execute("SELECT referent, entity FROM entity_member ORDER BY referent"))

    def speaker_of(self, statement: str | None) -> str | None:
        """Entity id of who speaks in a statement, or None."""
        sql = """SELECT m.entity FROM statement s JOIN entity_member m ON m.referent = s.speaker
                 WHERE s.id = ? ORDER BY s.reading DESC LIMIT 1"""
        row = self._row(sql, statement)
        return None if row is None else str(row[0])

    def positions(self, subject: str | None = None, property: str | None = None) -> tuple[Position, ...]:
        """Positions, on one subject (id, key or spelling) and property if given."""
        known = None if subject is None else json.dumps(find.entity_ids(self.connection, self.beat(), subject))
        sql = """SELECT body FROM position
                 WHERE (:subject IS NULL OR subject IN (SELECT value FROM json_each(:subject)))
                 AND (:property IS NULL OR property = :property) ORDER BY subject, property, id"""
        return self._records(Position, sql, {"subject": known, "property": property})

    def position(self, id: str) -> Position:
        """The position of that id or unique beginning. Raises NotFound."""
        return self._one(Position, "position", "SELECT body FROM position WHERE id = ?", id)

    def position_of(self, claim: str) -> Position | None:
        """The position that a claim belongs to, or None."""
        sql = """SELECT p.body FROM position_claim m JOIN position p ON p.id = m.position
                 WHERE m.claim = ? ORDER BY p.id LIMIT 1"""
        return next(iter(self._records(Position, sql, (claim,))), None)

    def origins(self, position: str) -> Origins | None:
        """How many origins a position has, or None where they were not counted."""
        return next(iter(self._records(Origins, "SELECT body FROM origins WHERE position = ?", (position,))), None)

    def standing(self, position: str) -> tuple[Standing, ...]:
        rows = self._column("SELECT standing FROM standing WHERE position = ? ORDER BY nth", (position,))
        return tuple(Standing(s) for s in rows)

    def conflicts(self) -> tuple[Conflict, ...]:
        return self._records(Conflict, "SELECT body FROM conflict ORDER BY subject, property, id")

    def changes(self) -> tuple[Change, ...]:
        return self._records(Change, "SELECT body FROM change ORDER BY subject, property, id")

    def dues(self) -> tuple[Due, ...]:
        return self._records(Due, "SELECT body FROM due ORDER BY subject, property, id")

    def hedges(self) -> tuple[HedgeLoss, ...]:
        return self._records(HedgeLoss, "SELECT body FROM hedge ORDER BY subject, property, id")

    def judgements(self) -> tuple[Judgement, ...]:
        return self._records(Judgement, "SELECT body FROM judgement ORDER BY nth")

    def links(self, report: str | None = None) -> tuple[Link, ...]:
        """Links between reports or statements; of one report, those of its statements too."""
        if report is None:
            return self._records(Link, "SELECT body FROM link ORDER BY nth")
        sql = """WITH ends (id) AS (SELECT ?1 UNION SELECT s.id FROM statement s JOIN head h USING (reading)
                                    WHERE h.report = ?1)
                 SELECT body FROM link WHERE left IN (SELECT id FROM ends) OR right IN (SELECT id FROM ends)
                 ORDER BY nth"""
        return self._records(Link, sql, (report,))

    def derived(self) -> Derived:
        """All of it, as `Ledger.derive` took it."""
        counted = self.connection.execute("SELECT position, body FROM origins ORDER BY position")
        standing: dict[str, list[Standing]] = {}
        for position, name in self.connection.execute("SELECT position, standing FROM standing ORDER BY position, nth"):
            standing.setdefault(position, []).append(Standing(name))
        return Derived(
            entities=self._records(Entity, "SELECT body FROM entity ORDER BY id"),
            judgements=self.judgements(), links=self.links(),
            positions=self._records(Position, "SELECT body FROM position ORDER BY id"),
            origins={position: msgspec.json.decode(body, type=Origins) for position, body in counted},
            standings={position: tuple(names) for position, names in standing.items()},
            conflicts=self.conflicts(), changes=self.changes(), dues=self.dues(), hedges=self.hedges(),
        )  # fmt: skip

    # ------------------------------------------------------------ how

    def _one(self, kind: type[R], table: str, sql: str, id: str) -> R:
        known = find.by_prefix(self.connection, table, id) or id
        found = next(iter(self._records(kind, sql, (known,))), None)
        if found is None:
            raise NotFound(f"no {table} {id!r} on record")
        return found

    def _records(self, kind: type[R], sql: str, values: Any = ()) -> tuple[R, ...]:
        decode = msgspec.json.Decoder(kind).decode
        return tuple(decode(row[0]) for row in self.connection.execute(sql, values))

    def _column(self, sql: str, values: Any = ()) -> tuple[str, ...]:
        return tuple(row[0] for row in self.connection.execute(sql, values))

    def _row(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self.connection.execute(sql, values).fetchone()
        return row
