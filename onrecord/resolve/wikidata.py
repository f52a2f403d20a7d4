"""Entities + a local extract of Wikidata (a file that the user gives) → ids, where one item alone has the name.

The extract is JSON Lines: {"id": "Q1", "labels": {"en": "…"} or ["…"], "aliases": the same, "kind": optional}.
Nothing is fetched. An id is a suggestion beside the entity, never a reason to join two.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from onrecord.errors import OnRecordError
from onrecord.records import Entity, Kind, Record
from onrecord.resolve.keys import name_key


class Item(Record, frozen=True, kw_only=True):
    """One row of the extract."""

    id: str
    names: tuple[str, ...]
    kind: Kind | None = None  # where the extract gives it


class Identified(Record, frozen=True, kw_only=True):
    """An entity's Wikidata id, with the names that both have."""

    entity: str
    wikidata: str
    names: tuple[str, ...]
    reason: str


def items(path: str | Path) -> Iterator[Item]:
    """Rows of the extract. Raises OnRecordError with file and line where one cannot be read."""
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if not line.strip():
                continue
            try:
                raw = json.loads(line)
                kind = Kind(raw["kind"]) if raw.get("kind") else None
                names = tuple(dict.fromkeys([*_names(raw.get("labels")), *_names(raw.get("aliases"))]))
                yield Item(id=str(raw["id"]), names=names, kind=kind)
            except (ValueError, KeyError, TypeError, AttributeError) as e:
                raise OnRecordError(
                    f"{path}:{number}: not a row of a Wikidata extract: {e}",
                    hint='one object a line: {"id": "Q1", "labels": {"en": "name"}}',
                ) from None


def _names(value: object) -> list[str]:
    """Names of a list, or of an object by language (each a name or a list of them)."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [n for v in value.values() for n in (v if isinstance(v, list) else [v]) if isinstance(n, str)]
    if isinstance(value, list):
        return [n for n in value if isinstance(n, str)]
    raise TypeError("labels and aliases are lists, or objects by language")


def identified(entities: Sequence[Entity], found: Iterable[Item]) -> tuple[Identified, ...]:
    """Ids of entities that share a folded name with exactly one item of their kind; two items that fit give none."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for n in (entity.name, *entity.names):
            by_name[name_key(n)].add(entity.id)
    kinds = {entity.id: entity.kind for entity in entities}
    fits: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for item in found:
        for n in item.names:
            for e in by_name.get(name_key(n), ()) if name_key(n) else ():
                if item.kind is None or item.kind == kinds[e]:
                    fits[e][item.id].add(n)
    out = []
    for e in sorted(fits):
        if len(fits[e]) == 1:
            ((q, names),) = fits[e].items()
            shared = tuple(sorted(names))
            out.append(Identified(entity=e, wikidata=q, names=shared, reason=f"the only item called “{shared[0]}”"))
    return tuple(out)
