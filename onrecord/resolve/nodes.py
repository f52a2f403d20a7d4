"""Referents → nodes: groups that one name or one beat key makes, before any rule compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.beat import Beat
from onrecord.records import Kind, Mention, Referent
from onrecord.resolve.clusters import Node
from onrecord.resolve.judgements import of_kind
from onrecord.resolve.keys import name_key
from onrecord.resolve.offices import holder
from onrecord.resolve.parts import Parts, parts_of
from onrecord.resolve.traits import NOTHING, Traits, homes_of, parted, traits_of

MAX_KEY = 200  # characters of a name that make its key: longer ones are no names


@dataclass(frozen=True)
class Group:
    """Referents that are one by their key or their spelling."""

    node: Node
    kind: Kind
    name: str
    members: tuple[Referent, ...]  # by id
    short: bool  # a surname, or initials and a surname: means nothing outside its report
    parts: Parts  # of `name`
    traits: Traits = NOTHING  # of a person: what reports say beside the name

    @property
    def first(self) -> str:
        return self.members[0].id

    @property
    def reports(self) -> frozenset[str]:
        return frozenset(r.report for r in self.members)

    @property
    def labels(self) -> frozenset[str]:
        """What decisions may call it."""
        by_name = {name_key(r.name[:MAX_KEY]) for r in self.members if r.named}
        by_name |= {name_key(self.name)} if self.node[0] == "beat" else set()
        by_name |= {of_kind(self.kind, name) for name in by_name if name}
        return frozenset({self.node[1], *by_name, *(r.id for r in self.members if self.node[0] == "referent")} - {""})


def groups_of(
    referents: Iterable[Referent],
    *,
    beat: Beat | None,
    published: Mapping[str, str | None],
    alone: frozenset[str],
    mentions: Iterable[Mention] = (),
) -> tuple[dict[Node, Group], dict[str, str]]:
    """Groups by node, in order of node; and for referents that stand for an office the reason, by id.

    `alone` are ids that decisions name: each is a group of its own.
    """
    members: dict[Node, list[Referent]] = defaultdict(list)
    offices: dict[str, str] = {}
    ordered = sorted(referents, key=lambda r: r.id)
    homes = homes_of(ordered, mentions)
    known = _by_beat(ordered, beat)
    opening = _named_at_the_head(ordered)
    for r in ordered:
        node = ("referent", r.id) if r.id in alone else ("beat", known[r.id]) if r.id in known else _node(r)
        node = opening.get(r.id, node) if node[0] == "alone" else node
        if node[0] == "alone" and beat is not None and r.kind in (Kind.PERSON, Kind.UNSURE):
            on = published.get(r.report)
            held = holder(beat, r.name, on)
            if held is not None and on is not None:
                node = ("beat", held.person.key)
                offices[r.id] = held.reason(on)
        members[node].append(r)
    members = _namesakes_parted(members, homes, published)
    rows = {e.key: e.name for e in beat.entities} if beat is not None else {}
    return {
        n: _group(n, members[n], rows.get(n[1]) if n[0] == "beat" else None, traits_of(members[n], homes, published))
        for n in sorted(members)
    }, offices


def _namesakes_parted(
    members: Mapping[Node, list[Referent]], homes: Mapping[str, str], published: Mapping[str, str | None]
) -> dict[Node, list[Referent]]:
    """Persons of one name of whom reports say what one can hardly be: a group for each, one for the rest."""
    out: dict[Node, list[Referent]] = {}
    for (kind, key), some in members.items():
        if kind != f"name of {Kind.PERSON}" or len(some) == 1:
            out[kind, key] = some
            continue
        told = parted([(r.id, traits_of([r], homes, published)) for r in some])
        for r in some:
            out.setdefault((" ".join([kind, told[r.id]]).strip(), key), []).append(r)
    return out


def _by_beat(referents: Iterable[Referent], beat: Beat | None) -> dict[str, str]:
    """Referents without a key that are spelled as the beat spells one row alone → its key.

    Where they are of its kind or of none that is known, or where their own report names that row elsewhere: "the
    Inspectorate said" may have been read as a person's name beside "the Rail Safety Inspectorate".
    """
    rows: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, Kind] = {}
    for e in beat.entities if beat is not None else ():
        kinds[e.key] = e.kind
        for name in (e.name, *e.names):
            rows[name_key(name)].add(e.key)
    some = tuple(referents)
    named = {(r.report, r.key) for r in some if r.key is not None}
    out: dict[str, str] = {}
    for r in some:
        keys = rows.get(name_key(r.name[:MAX_KEY]), set()) if rows and r.key is None and r.named else set()
        if len(keys) == 1:
            (key,) = keys
            if r.kind in (kinds[key], Kind.UNSURE) or (r.report, key) in named:
                out[r.id] = key
    return out


def _named_at_the_head(referents: Iterable[Referent]) -> dict[str, Node]:
    """Referents that are no name by their shape, since their one word stands at the head of a sentence, but keep its
    capital (no list and no line of their report has the word in small letters) → the node of that name.

    "Skarvia will launch …" in one report is the Skarvia of the others, of the one kind that they call it, and of none
    that is known where they call it two. A report that has the word as a common noun keeps them apart.
    """
    some = tuple(referents)
    heads = [r for r in some if not r.named and r.kind is Kind.UNSURE and r.name.isalpha() and r.name.istitle()]
    common = {r.name for r in some if not r.named and r.name.islower()}
    kinds: dict[str, set[Kind]] = defaultdict(set)
    for r in some:
        if r.named and r.key is None and " " not in r.name and r.kind is not Kind.PERSON:
            kinds[name_key(r.name[:MAX_KEY])].add(r.kind)
    out: dict[str, Node] = {}
    for r in heads:
        key = name_key(r.name[:MAX_KEY])
        if key and r.name.lower() not in common:
            kind = next(iter(kinds[key])) if len(kinds.get(key, ())) == 1 else Kind.UNSURE
            out[r.id] = f"name of {kind}", key
    return out


def _node(r: Referent) -> Node:
    if r.key is not None:
        return "beat", r.key
    key = name_key(r.name[:MAX_KEY])
    if not r.named or not key:
        return "alone", r.id
    if r.kind == Kind.PERSON and is_short(r.name):
        return f"short {r.report}", key
    return f"name of {r.kind}", key


def is_short(name: str) -> bool:
    """Whether a person's name is a surname alone, or initials with one."""
    return len(parts_of(name, Kind.PERSON).words) == 1


def _group(node: Node, members: list[Referent], row_name: str | None, traits: Traits) -> Group:
    first = next((r for r in members if r.named), members[0])
    named = [r.name for r in members if r.named]
    name = max(sorted(named), key=len, default=first.name)
    name = row_name or name
    return Group(
        node=node, kind=first.kind, name=name, members=tuple(members), short=node[0].startswith("short "),
        parts=parts_of(name, first.kind), traits=traits,
    )  # fmt: skip
