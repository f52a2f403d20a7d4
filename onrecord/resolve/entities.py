"""Sets of groups → entities, with the name each is shown under and every spelling met."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from onrecord.beat import Beat
from onrecord.ids import content_id
from onrecord.records import Entity, Form, Kind, Mention, Referent
from onrecord.resolve.clusters import Node
from onrecord.resolve.keys import name_key
from onrecord.resolve.nodes import Group
from onrecord.resolve.romanise import scripts_of

Spellings = Mapping[str, Counter[str]]


def entities_of(
    sets: Iterable[list[Node]], groups: Mapping[Node, Group], mentions: Iterable[Mention], beat: Beat | None
) -> tuple[Entity, ...]:
    """Entities by id. An id is made of the beat's key, else of the name, else of the first referent."""
    spellings = _spellings(mentions)
    made: dict[str, Entity] = {}
    for nodes in sorted(sets):
        members = sorted((r for n in nodes for r in groups[n].members), key=lambda r: r.id)
        keys = {n[1] for n in nodes if n[0] == "beat"} | {r.key for r in members if r.key is not None}
        entity = _entity(members, min(keys, default=None), spellings, beat)
        if entity.id in made:  # two things of one name, kept apart
            entity = _with_id(entity, members[0].id)
        made[entity.id] = entity
    return tuple(made[i] for i in sorted(made))


def _with_id(e: Entity, ident: str) -> Entity:
    return Entity(
        id=content_id("e", e.kind, ident), kind=e.kind, name=e.name, names=e.names, key=e.key, referents=e.referents
    )


def _spellings(mentions: Iterable[Mention]) -> Spellings:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for m in mentions:
        if m.form == Form.NAMED:
            found[m.referent][m.text] += 1
    return found


def _entity(members: list[Referent], key: str | None, spellings: Spellings, beat: Beat | None) -> Entity:
    row = beat.entity_of(key) if beat is not None and key is not None else None
    count: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    for r in members:
        met = spellings.get(r.id) or Counter({r.name: 1})
        count.update(met)
        titles[r.name] += met.total() if r.named else 0
    names = tuple(n for n, _ in sorted(count.items(), key=lambda kv: (-kv[1], kv[0])))
    name = row.name if row is not None else max(titles, key=lambda n: _fullness(n, titles[n]))
    kind = row.kind if row is not None else _most_common(r.kind for r in members)
    named = any(r.named for r in members) and name_key(name)
    ident = key if key is not None else name_key(name) if named else members[0].id
    return Entity(
        id=content_id("e", Kind(kind), ident), kind=Kind(kind), name=name, names=names, key=key,
        referents=tuple(sorted(r.id for r in members)),
    )  # fmt: skip


def _fullness(name: str, met: int) -> tuple[bool, int, bool, int, str]:
    """What makes a name the one to show: several words, met often, in Latin letters as the pages are told, long."""
    return len(name.split()) > 1, met, scripts_of(name)[:1] == ("LATIN",), len(name), name


def _most_common(kinds: Iterable[Kind]) -> Kind:
    count = Counter(kinds)
    return min(count, key=lambda k: (-count[k], k))
