"""A word that somebody typed → the one thing that it names, or the list to choose from.

A description ("the dam") is a thing of its own in each report until a person judges that two are one, so it often means
several; so do names that reports give to a town and to a river.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onrecord.errors import NotFound, WrongCall
from onrecord.ledger import Filter, View
from onrecord.records import Entity
from onrecord.tell.coverage import plural
from onrecord.tell.quotes import quoted
from onrecord.tell.rows import name_of, outlet_name, words
from onrecord.tell.times import in_words

FEW = 8  # things listed at once; the rest is counted
SHORT = 8  # characters of an id that are shown, or as many more as it takes to tell it from all others
QUOTED = 60  # characters of the words beside it


def one(view: View, text: str, use: str = "onrecord dossier {0}") -> Entity:
    """The entity that `text` (id, key or spelling) means; `use` is the command to name one in, with {0} for its id.

    Raises NotFound with what is nearest, WrongCall with the list to choose from.
    """
    found = view.meanings(text)
    if not found:
        near = ", ".join(view.nearest(text)) or "none"
        raise NotFound(f"nothing on record is called {text!r}", hint=f"nearest: {near}")
    if len(found) > 1:
        ids = short_ids(view, found)
        judge = f'onrecord judge {ids[0]} same {ids[1]} --because "…"'
        raise WrongCall(
            f"{text!r} may be any of {len(found)}:\n" + "\n".join(f"  {x}" for x in listed(view, found)),
            hint=f"name one by its id: {use.format(ids[0])}\n  where two of them are one: {judge}",
        )
    return found[0]


def listed(view: View, found: Sequence[Entity]) -> list[str]:
    """A line for each of some entities: id, name, kind, where it is named, and words that were said about it."""
    lines = [f"{i}  {told(view, e)}" for i, e in zip(short_ids(view, found), found[:FEW], strict=False)]
    return [*lines, f"… and {len(found) - FEW} more: onrecord entities"] if len(found) > FEW else lines


def told(view: View, e: Entity) -> str:
    """`dam (unsure), Coast Echo, 4 March 2031: “The dam will be raised by two metres …”`."""
    referents = {r.id: r.report for r in view.referents() if r.id in e.referents}
    reports = sorted((view.report(r) for r in set(referents.values())), key=lambda r: (r.published or "9999", r.id))
    first = reports[0]
    where = f"{outlet_name(view, first)}, {in_words(first.published or 'undated')}"
    more = f" and {plural(len(reports) - 1, 'report')} more" if len(reports) > 1 else ""
    said = view.claims(Filter(subject=e.id))
    quote = f": {quoted(words(view, said[0].report, said[0].evidence), QUOTED)}" if said else ""
    return f"{e.name} ({e.kind}), {where}{more}{quote}"


def short_ids(view: View, found: Sequence[Entity]) -> list[str]:
    """The beginning of each id that no other entity's id has."""
    known = sorted(e.id for e in view.entities())
    size = next(n for n in range(SHORT, 64) if len({i[:n] for i in known}) == len(known))
    return [e.id[:size] for e in found]


def also_meant(view: View, asked: dict[str, Any]) -> list[str]:
    """For each filter whose word names several things, all of which it lets through: that, and how to take one."""
    out = []
    for field in ("subject", "speaker", "via"):
        found = view.entities(asked[field]) if field in asked else ()
        if len(found) > 1:
            ids = ", ".join(short_ids(view, found)[:FEW]) + (" …" if len(found) > FEW else "")
            out.append(
                f"“{asked[field]}” is what {len(found)} things are called ({ids}): --{field} ID takes one of them,"
                f" onrecord entities “{asked[field]}” shows them"
            )
    return out


def same_name(view: View, entity: Entity) -> tuple[str, ...]:
    """Other entities that are called so, each with its id."""
    others = [e for e in view.entities(entity.name) if e.id != entity.id]
    return tuple(f"{name_of(view, e.id)} ({i})" for e, i in zip(others, short_ids(view, others), strict=True))
