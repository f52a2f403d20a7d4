"""View, entity → dossier: all that was said about one thing, by property, with who said it and how well supported."""

from __future__ import annotations

from onrecord.edtf import first_day
from onrecord.ledger import Filter, View
from onrecord.records import Entity, Position, Record
from onrecord.tell import rows
from onrecord.tell.named import same_name
from onrecord.tell.once import SAYS, dues_once, positions_once
from onrecord.tell.rows import Row


class Section(Record, frozen=True, kw_only=True):
    """One property: what it means, and the positions on it, best supported first."""

    property: str
    means: str
    positions: tuple[Row, ...]


class Dossier(Record, frozen=True, kw_only=True):
    """Rows as `tell.rows` makes them; claims inside are sorted by publication date."""

    subject: Row
    variants: tuple[str, ...]  # other designations of the same family, and other things of the same name, kept apart
    reports: int  # in which it is named
    looked_at: int  # reports on record
    sections: tuple[Section, ...]
    conflicts: tuple[Row, ...]
    changes: tuple[Row, ...]
    dues: tuple[Row, ...]
    hedges: tuple[Row, ...]
    said: tuple[Row, ...]  # statements that it made, if it speaks


def dossier(view: View, entity: Entity) -> Dossier:
    """What is on record about `entity`. Sections stand in the order of the beat's properties, "says" last."""
    positions = view.positions(subject=entity.id)
    claims = {c: view.claim(c) for p in positions for c in p.claims}
    ids = {p.id for p in positions}
    promised = [d for d in view.dues() if d.subject == entity.id or entity.id in d.speakers]
    said = {c: view.claim(c) for d in promised for c in d.claims}
    subject = rows.entity_rows(view, (entity,))[0]
    spoken = view.statements(Filter(speaker=entity.id))
    return Dossier(
        subject=subject,
        variants=(*variants(view, entity), *same_name(view, entity)),
        reports=subject["reports"],
        looked_at=view.counts()["reports"],
        sections=sections(view, positions_once(positions, claims)),
        conflicts=tuple(rows.conflict_row(view, c) for c in view.conflicts() if ids & set(c.positions)),
        changes=tuple(rows.change_row(view, c) for c in view.changes() if ids & {c.before, c.after}),
        dues=tuple(rows.due_row(view, d) for d in dues_once(promised, said)),
        hedges=tuple(rows.hedge_row(view, h) for h in view.hedges() if h.subject == entity.id),
        said=tuple(rows.statement_row(view, s) for s in spoken),
    )


def sections(view: View, positions: tuple[Position, ...]) -> tuple[Section, ...]:
    beat = view.beat()
    order = [p.name for p in beat.properties] if beat is not None else []
    means = {p.name: p.means for p in beat.properties} if beat is not None else {}
    rank = {name: i for i, name in enumerate(order)}
    names = sorted({p.property for p in positions}, key=lambda n: (n == SAYS, rank.get(n, len(rank)), n))
    return tuple(
        Section(property=n, means=means.get(n, ""), positions=told(view, [p for p in positions if p.property == n]))
        for n in names
    )


def told(view: View, positions: list[Position]) -> tuple[Row, ...]:
    """Position rows, most origins first, then most claims, then newest; claims inside by publication."""
    found = [rows.position_row(view, p) for p in positions]
    for row in found:
        row["claims"].sort(key=lambda c: (c["published"] is None, c["published"] or "", c["id"]))
    return tuple(sorted(found, key=lambda r: (-(r["origins"] or [0])[0], -len(r["claims"]), r["id"])))


def variants(view: View, entity: Entity) -> tuple[str, ...]:
    """Names of the designations that the beat keeps apart from this one: its base, its versions, its sisters."""
    beat = view.beat()
    row = beat.entity_of(entity.key) if beat is not None and entity.key is not None else None
    if beat is None or row is None:
        return ()
    family = {k for k in (row.key, row.variant_of) if k is not None}
    kin = [e for e in beat.entities if e.key != row.key and (e.key in family or e.variant_of in family)]
    return tuple(e.name for e in kin)


def by_time(row: Row) -> str:
    """Key that sorts claim rows by the first day that they may hold, else by publication."""
    day = first_day(row["holds_at"]) or first_day(row["published"])
    return day.isoformat() if day is not None else "9999"
