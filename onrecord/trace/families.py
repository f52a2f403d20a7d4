"""Publishers: which outlets speak with one voice, and what is wrong with the table that says so; who heads what.

A row without family, owner or state link says nothing, and what is unknown never adds independence.
"""

from __future__ import annotations

from datetime import date

from onrecord.beat import Beat, BeatOutlet, Office
from onrecord.edtf import first_day, last_day
from onrecord.records import Kind, Problem

TOO_MANY = 0.5  # share of a beat's outlets in one family, from which the table deserves a second look
SMALL = 8  # outlets; below this a large share means nothing


def publisher(outlet: BeatOutlet, beat: Beat) -> str:
    """The key under which all outlets of one publisher meet: the end of the chain of families and owners."""
    path = [outlet.key]
    while True:
        row = beat.outlet_of(path[-1])
        above = None if row is None else row.family or row.owner
        if above is None:
            return path[-1]
        parent = beat.outlet_of(above)
        key = above.casefold() if parent is None else parent.key
        if key in path:
            return min(path[path.index(key) :])  # itself, or a cycle: one family, whoever of it is asked
        path.append(key)


def bodies(key: str, day: date | None, beat: Beat) -> frozenset[str]:
    """Keys of the bodies that an entity of the beat belongs to, or holds an office of on `day` (of any day: None).

    A part of a part of a body belongs to it too, as long as all are organisations.
    """
    row = beat.entity_of(key)
    if row is None:
        return frozenset()
    found = {o.of for o in row.offices if o.of is not None and _holds(o, day)}
    found |= {row.part_of} if row.part_of is not None and row.kind is Kind.ORGANISATION else set()
    ahead = sorted(found)
    while ahead:
        part = beat.entity_of(ahead.pop())
        above = part.part_of if part is not None and part.kind is Kind.ORGANISATION else None
        if above is not None and above != key and above not in found and is_body(above, beat):
            found.add(above)
            ahead.append(above)
    return frozenset(found)


def is_body(key: str, beat: Beat) -> bool:
    """Whether a row of the beat is an organisation, which can speak with one voice."""
    row = beat.entity_of(key)
    return row is not None and row.kind is Kind.ORGANISATION


def _holds(office: Office, day: date | None) -> bool:
    since, until = first_day(office.since), last_day(office.until)
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


def is_known(outlet: BeatOutlet) -> bool:
    """Whether the beat says anything about who stands behind the outlet."""
    return bool(outlet.family or outlet.owner or outlet.state != "unknown")


def check_families(beat: Beat) -> tuple[Problem, ...]:
    """What is doubtful in the outlets of a beat: cycles, dead rows, missing owners, too large or mixed families."""
    found = [*_dead(beat), *_missing(beat), *_cycles(beat), *_over_merged(beat)]
    return tuple(sorted(found, key=lambda p: (p.source, p.code, p.detail)))


def _problem(row: BeatOutlet, code: str, detail: str) -> Problem:
    return Problem.of("trace", f"outlet {row.key}", code, f"{row.key}: {detail}")


def _dead(beat: Beat) -> list[Problem]:
    """Rows that another row with the same name or domain always hides."""
    found = []
    for row in beat.outlets:
        first = {name: beat.outlet_of(name) for name in (row.key, row.name, *row.names, *row.domains)}
        hidden = sorted(n for n, o in first.items() if o is not None and o.key != row.key)
        if hidden:
            other = first[hidden[0]]
            found.append(
                _problem(row, "family-dead", f"{', '.join(hidden)} belongs to {other.key if other else ''!r} already")
            )
    return found


def _missing(beat: Beat) -> list[Problem]:
    silent = (row for row in beat.outlets if not is_known(row))
    return [
        _problem(row, "family-missing", "no family, owner or state link: it adds no independence") for row in silent
    ]


def _cycles(beat: Beat) -> list[Problem]:
    found = []
    for row in beat.outlets:
        path = [row.key]
        following = beat.outlet_of(row.family or row.owner)
        while following is not None and following.key not in path and (following.family or following.owner):
            path.append(following.key)
            following = beat.outlet_of(following.family or following.owner)
        if following is not None and following.key == row.key and len(path) > 1:
            found.append(_problem(row, "family-cycle", f"belongs to itself: {' → '.join([*path, row.key])}"))
    return found


def _over_merged(beat: Beat) -> list[Problem]:
    families: dict[str, list[BeatOutlet]] = {}
    for row in beat.outlets:
        families.setdefault(publisher(row, beat), []).append(row)
    found = []
    for key, rows in sorted(families.items()):
        states = sorted({r.state for r in rows} & {"state", "independent", "opposition"})
        if "state" in states and len(states) > 1:
            found.append(_problem(rows[0], "family-mixed", f"family {key!r} holds {' and '.join(states)} outlets"))
        if len(beat.outlets) >= SMALL and len(rows) > TOO_MANY * len(beat.outlets):
            found.append(
                _problem(rows[0], "family-large", f"family {key!r} holds {len(rows)} of {len(beat.outlets)} outlets")
            )
    return found
