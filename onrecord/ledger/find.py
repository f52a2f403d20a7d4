"""What a person typed → the ids that it may mean, or what is nearest to it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process

from onrecord.beat import Beat, BeatEntity
from onrecord.errors import WrongCall
from onrecord.ledger.filters import Filter, Names
from onrecord.ledger.spelling import folded, typed

SHORTEST = 4  # characters of an id's beginning that are looked up as one: "e-3f"
ID = re.compile(r"[a-z]-[0-9a-f]+")
ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)  # "the dam" is kept as "dam"
CLOSE = 60.0  # rapidfuzz WRatio; below it suggestions are noise ("Vostok" for "Polonez" is 46)
NEAREST = 5

LOOKUPS = {
    "entity": "SELECT id FROM entity WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT 3",
    "referent": "SELECT DISTINCT id FROM referent WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT 3",
    "report": "SELECT DISTINCT id FROM report WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT 3",
    "claim": "SELECT DISTINCT id FROM claim WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT 3",
    "statement": "SELECT DISTINCT id FROM statement WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT 3",
    "position": "SELECT id FROM position WHERE id BETWEEN ?1 AND ?1 || 'g' LIMIT 3",
}


def by_prefix(db: sqlite3.Connection, table: str, begin: str) -> str | None:
    """The one id in `table` that begins so, or None. Raises WrongCall where several do."""
    if not ID.fullmatch(begin) or len(begin) < SHORTEST:
        return None
    found = [row[0] for row in db.execute(LOOKUPS[table], (begin,))]
    if begin in found:
        return begin
    if len(found) > 1:
        raise WrongCall(f"{begin!r} begins more than one {table}: {', '.join(found)} …", hint="give more of it")
    return found[0] if found else None


def without_article(text: str) -> str:
    """`text` as a description is kept: "the dam" without its article."""
    return ARTICLE.sub("", text.strip(), count=1)


@lru_cache(maxsize=4)
def rows_by_spelling(beat: Beat) -> dict[str, tuple[str, ...]]:
    """Folded spelling → keys of the rows of a beat that list it: names, adjectives, phrases, and offices, which stand
    for who holds or held them; each without its article too."""
    found: dict[str, dict[str, None]] = {}
    for row in beat.entities:
        for words in _spellings(row):
            for spelling in (folded(words), folded(without_article(words))):
                found.setdefault(spelling, {})[row.key] = None
    return {spelling: tuple(keys) for spelling, keys in found.items()}


def _spellings(row: BeatEntity) -> Iterator[str]:
    yield from (row.key, row.name, *row.names, *row.adjectives, *row.phrases)
    for office in row.offices:
        yield from (office.title, *office.names)


def beat_keys(beat: Beat | None, text: str) -> tuple[str, ...]:
    """Keys of the rows of the beat that list what was typed, with or without its article."""
    known = rows_by_spelling(beat) if beat is not None else {}
    return known.get(folded(text)) or known.get(folded(without_article(text)), ())


def entity_ids(db: sqlite3.Connection, beat: Beat | None, text: str) -> tuple[str, ...]:
    """Entities that an id (or its unique beginning), a key, or any spelling of a report or of the beat may mean,
    sorted; where nothing is spelled so, the spelling without its article."""
    known = by_prefix(db, "entity", text)
    if known is not None:
        return (known,)
    sql = """SELECT id FROM entity WHERE key = ? OR key IN (SELECT value FROM json_each(?))
             UNION SELECT entity FROM entity_name WHERE folded = ? ORDER BY 1"""
    listed = json.dumps(beat_keys(beat, text))
    found = tuple(row[0] for row in db.execute(sql, (typed(text), listed, folded(text))))
    bare = without_article(text)
    return found if found or bare == text.strip() else entity_ids(db, beat, bare)


def referent_ids(db: sqlite3.Connection, beat: Beat | None, text: str) -> tuple[str, ...]:
    """Referents of all entities that `text` may mean; where there are none, referents of that name, key or id."""
    entities = entity_ids(db, beat, text)
    if entities:
        sql = "SELECT referent FROM entity_member WHERE entity IN (SELECT value FROM json_each(?)) ORDER BY 1"
        return tuple(row[0] for row in db.execute(sql, (json.dumps(entities),)))
    known = by_prefix(db, "referent", text)
    if known is not None:
        return (known,)
    sql = """SELECT id FROM referent WHERE folded = ?
             UNION SELECT id FROM referent WHERE key = ? OR key IN (SELECT value FROM json_each(?)) ORDER BY 1"""
    listed = json.dumps(beat_keys(beat, text))
    found = tuple(row[0] for row in db.execute(sql, (folded(text), typed(text), listed)))
    bare = without_article(text)
    return found if found or bare == text.strip() else referent_ids(db, beat, bare)


def report_ids(db: sqlite3.Connection, text: str) -> tuple[str, ...]:
    """Reports of that id (or its unique beginning), or file name."""
    known = by_prefix(db, "report", text)
    if known is not None:
        return (known,)
    return tuple(
        row[0] for row in db.execute("SELECT DISTINCT id FROM report WHERE name = ? ORDER BY 1", (typed(text),))
    )


def outlet_names(beat: Beat | None, text: str) -> tuple[str, ...]:
    """Folded spellings and domains of the outlet that `text` names in the beat; else just `text`."""
    known = beat.outlet_of(text) if beat is not None else None
    bare = text if known is not None else without_article(text)
    spellings = (text, bare, f"the {bare}") if known is None else (known.key, known.name, *known.names, *known.domains)
    return tuple(sorted({folded(n) for n in spellings} | {folded(n).removeprefix("www.") for n in spellings}))


def names_of(db: sqlite3.Connection, beat: Beat | None, f: Filter) -> Names:
    """What the names in `f` mean in this ledger."""

    def referents(text: str | None) -> tuple[str, ...] | None:
        return None if text is None else referent_ids(db, beat, text)

    return Names(
        subject=referents(f.subject),
        speaker=referents(f.speaker),
        via=referents(f.via),
        report=None if f.report is None else report_ids(db, f.report),
        outlet=None if f.outlet is None else outlet_names(beat, f.outlet),
    )


def entity_names(db: sqlite3.Connection, beat: Beat | None) -> set[str]:
    """Names of all that is on record or in the beat."""
    known = {row[0] for row in db.execute("SELECT name FROM entity")}
    return known | ({e.name for e in beat.entities} if beat is not None else set())


def property_names(db: sqlite3.Connection, beat: Beat | None) -> set[str]:
    """Properties of claims on record and of the beat."""
    known = {row[0] for row in db.execute("SELECT DISTINCT property FROM claim")}
    return known | ({p.name for p in beat.properties} if beat is not None else set())


def all_outlets(db: sqlite3.Connection, beat: Beat | None) -> set[str]:
    """Outlets as reports name them, in folded spelling, and those of the beat."""
    known = {row[0] for row in db.execute("SELECT DISTINCT coalesce(outlet, domain) FROM report")} - {None}
    return known | ({o.name for o in beat.outlets} if beat is not None else set())


def report_names(db: sqlite3.Connection, beat: Beat | None) -> set[str]:
    """File names of reports."""
    return {row[0] for row in db.execute("SELECT DISTINCT name FROM report")}


KNOWN: dict[str, Callable[[sqlite3.Connection, Beat | None], set[str]]] = {  # field of a filter → names for it
    "subject": entity_names, "speaker": entity_names, "via": entity_names, "property": property_names,
    "outlet": all_outlets, "report": report_names,
}  # fmt: skip


def knows(db: sqlite3.Connection, beat: Beat | None, field: str, name: str) -> bool:
    """Whether what was typed for a field of a filter names anything on record, or in the beat."""
    match field:
        case "property":
            return typed(name) in property_names(db, beat)
        case "report":
            return bool(report_ids(db, name))
        case "outlet":
            sql = "SELECT 1 FROM report WHERE outlet = ?1 OR domain = ?1 LIMIT 1"
            by_beat = beat is not None and beat.outlet_of(name) is not None
            return by_beat or any(db.execute(sql, (n,)).fetchone() for n in outlet_names(beat, name))
        case _:
            return bool(beat_keys(beat, name)) or bool(referent_ids(db, beat, name))


def nearest(db: sqlite3.Connection, beat: Beat | None, name: str, field: str | None = None) -> tuple[str, ...]:
    """Names most like `name`, best first, of those that fit a field of a filter (None: of entities, properties and
    outlets): what to offer in place of what was typed."""
    fields = (field,) if field is not None else ("subject", "property", "outlet")
    known = set[str]().union(*(KNOWN[f](db, beat) for f in fields))
    spelled = {folded(n): n for n in sorted(known, key=lambda n: (n != folded(n), n))}  # "Coast Echo", not "coast echo"
    found = process.extract(folded(name), sorted(spelled), scorer=fuzz.WRatio, score_cutoff=CLOSE, limit=NEAREST)
    return tuple(spelled[near] for near, _, _ in found)
