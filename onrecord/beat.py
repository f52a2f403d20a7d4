"""A beat file (TOML) as checked records: what a reader follows, in which words it is told, by whom.

    [beat]      name, title, about, languages
    [[entity]]  key, kind, name, names (every spelling, any script), adjectives, phrases, offices, variant_of, part_of,
                generic, source
    [[property]] name, means, value, unit, cues, subjects, objects, single, tolerance, scopes, accounts
    [[topic]]   key, question, subjects, properties, accounts
    [[outlet]]  key, name, names, domains, kind, family, owner, state, languages, reliability, reason
    [[expect]]  outlet, source, every     what should have been read each week: the denominator of "no reports"

Mistakes raise `BeatError` with line and key.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from onrecord.errors import BeatError, NotFound
from onrecord.records import Kind

BUNDLED = Path(__file__).parent / "beats"


class ValueKind(StrEnum):
    QUANTITY = "quantity"
    MONEY = "money"
    ENTITY = "entity"
    DATE = "date"
    EVENT = "event"
    TEXT = "text"
    STATE = "state"


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the tables of a beat file: an unknown key is a mistake worth pointing at."""


class Office(Part, kw_only=True, frozen=True):
    """An office that a person holds or held: lets "the Head of State" become a person on a given day."""

    title: str  # "President of Belarus"
    names: tuple[str, ...] = ()  # other words for it: "the Head of State", "Commander-in-Chief"
    of: str | None = None  # key of the country or body
    since: str | None = None  # EDTF
    until: str | None = None  # EDTF; None: still held
    source: str | None = None


class BeatEntity(Part, kw_only=True, frozen=True):
    key: str
    kind: Kind
    name: str
    names: tuple[str, ...] = ()  # other spellings, acronyms, other scripts
    adjectives: tuple[str, ...] = ()  # "Belarusian", "Belarusians": demonyms and adjectival forms
    phrases: tuple[str, ...] = ()  # lower-case descriptions that name it in this beat: "missile school"
    offices: tuple[Office, ...] = ()
    variant_of: str | None = None  # key of the thing this is a version of; never merged with it
    generic: bool = False  # a class ("nuclear warheads"), not one thing
    part_of: str | None = None
    source: str | None = None  # where the facts of this row come from


class BeatProperty(Part, kw_only=True, frozen=True):
    name: str
    means: str  # one line for readers
    value: ValueKind
    unit: str | None = None
    cues: tuple[str, ...] = ()  # regular expressions, case-insensitive, on word borders
    subjects: tuple[Kind, ...] = ()  # kinds its subject may have; empty: any
    objects: tuple[Kind, ...] = ()  # kinds an entity value may have
    single: bool = False  # one value at a time: two incompatible ones are a conflict
    tolerance: float = 0.0  # share by which two figures may differ and still be compatible
    scopes: tuple[str, ...] = ()  # words that bind a value to a condition
    accounts: str | None = None  # properties with one key answer one question ("origin"): differing answers are shown


class Topic(Part, kw_only=True, frozen=True):
    key: str
    question: str
    subjects: tuple[str, ...] = ()  # entity keys; empty: any
    properties: tuple[str, ...] = ()  # property names; empty: any
    accounts: bool = False  # its subjects and properties answer one question: speakers' differing answers are shown


class BeatOutlet(Part, kw_only=True, frozen=True):
    key: str
    name: str
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    kind: str = "paper"  # paper, agency, aggregator, analyst, broadcaster, official, blog
    family: str | None = None  # outlets of one family are one publisher
    owner: str | None = None
    state: str = "unknown"  # state, independent, opposition, unknown
    languages: tuple[str, ...] = ("en",)
    reliability: str = "F"  # A to F, set by a person
    reason: str | None = None


class Expected(Part, kw_only=True, frozen=True):
    outlet: str  # key
    source: str  # feed, page, folder or file that it comes by
    every: str = "week"


class Beat(Part, kw_only=True, frozen=True, dict=True):  # dict: what is asked for with every report is kept
    name: str
    title: str
    about: str = ""
    languages: tuple[str, ...] = ("en",)
    entities: tuple[BeatEntity, ...] = ()
    properties: tuple[BeatProperty, ...] = ()
    topics: tuple[Topic, ...] = ()
    outlets: tuple[BeatOutlet, ...] = ()
    expected: tuple[Expected, ...] = ()

    def __hash__(self) -> int:
        return hash(self.digest)

    def entity_of(self, key: str) -> BeatEntity | None:
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, BeatEntity]:
        return {e.key: e for e in reversed(self.entities)}

    def property_of(self, name: str) -> BeatProperty | None:
        return next((p for p in self.properties if p.name == name), None)

    def outlet_of(self, found: str | None) -> BeatOutlet | None:
        """The outlet that a name (with or without "The"), key or domain (with or without `www.`) belongs to."""
        wanted = _plain(found or "")
        for o in self.outlets:
            if wanted and wanted in {_plain(x) for x in (o.key, o.name, *o.names, *o.domains)}:
                return o
        return None

    @cached_property
    def digest(self) -> str:
        """Hash of all that the beat says: part of the version of every reading made with it."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()[:16]


def _plain(outlet: str) -> str:
    return outlet.casefold().removeprefix("www.").removeprefix("the ")


TABLES = {"entity": "entities", "property": "properties", "topic": "topics", "outlet": "outlets", "expect": "expected"}


def load(path_or_name: str | Path) -> Beat:
    """The beat in a TOML file, or a bundled one by its name ("railway", "belarus-arms").

    Raises NotFound where there is no such file or name, BeatError with line and key where it has a mistake.
    """
    path = Path(path_or_name)
    if not path.suffix and not path.exists():
        path = BUNDLED / f"{path_or_name}.toml"
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFound(f"no beat {str(path_or_name)!r}", hint=f"give a .toml file, or one of: {_known()}") from None
    except IsADirectoryError:
        raise BeatError(f"{path} is a folder, not a beat", hint=f"name a .toml file, or one of: {_known()}") from None
    except UnicodeDecodeError as e:
        line = e.object[: e.start].count(b"\n") + 1
        raise BeatError(f"{path}:{line}: this is no UTF-8 text", hint="save the file as UTF-8") from None
    except OSError as e:
        raise BeatError(f"{path} cannot be read: {e.strerror}", hint="look at its permissions") from None
    return parse(source, str(path))


def _known() -> str:
    return ", ".join(bundled())


def bundled() -> list[str]:
    """Names of the beats that come with the program."""
    return sorted(p.stem for p in BUNDLED.glob("*.toml"))


def parse(source: str, where: str = "beat") -> Beat:
    """The beat in TOML text; `where` names it in errors. Raises BeatError."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as e:
        place = re.search(r" \(at line (\d+), column (\d+)\)| \(at end of document\)", str(e))
        line = (place[1] if place else None) or str(source.count("\n") + 1)
        said = str(e).replace(place[0] if place else "", "") + (f" in column {place[2]}" if place and place[2] else "")
        hint = "strings need quotation marks, lists need commas"
        raise BeatError(f"{where}:{line}: not TOML: {said}", hint=hint) from None
    data = _shape(raw, where, source)
    try:
        beat = msgspec.convert(data, Beat)
    except msgspec.ValidationError as e:
        raise BeatError(_located(str(e), where, source, data), hint=_choices(str(e))) from None
    _check(beat, where, source)
    return beat


def _shape(raw: dict[str, Any], where: str, source: str) -> dict[str, Any]:
    """The file's tables under the field names of `Beat`."""
    head = raw.get("beat")
    if not isinstance(head, dict):
        raise BeatError(f"{where}:1: no [beat] table", hint='begin with [beat], name = "…", title = "…"')
    unknown = next((k for k in raw if k != "beat" and k not in TABLES), None)
    if unknown is not None:
        line = _line(source, unknown, None, 0)
        raise BeatError(f"{where}:{line}: unknown table {unknown!r}", hint=f"known: beat, {', '.join(TABLES)}")
    return {**head, **{field: raw.get(table, []) for table, field in TABLES.items()}}


def _located(message: str, where: str, source: str, data: dict[str, Any]) -> str:
    """msgspec's message ("… - at `$.entities[3].kind`") as `file:line: table 'key': what`."""
    text, _, path = message.partition(" - at `")
    m = re.match(r"\$\.(\w+)\[(\d+)\](?:\.(\w+))?", path)
    table = next((t for t, f in TABLES.items() if m and f == m[1]), None)
    if m is None or table is None:
        key = re.search(r"\$\.(\w+)", path) or re.search(r"unknown field `(\w+)`", text)
        line = _line(source, None, key[1] if key else None, 0)
        return f"{where}:{line}: [beat]{' ' + key[1] if key else ''}: {text}"
    unknown = re.search(r"unknown field `(\w+)`", text)
    key_name = m[3] or (unknown[1] if unknown else None)
    row = data[m[1]][int(m[2])]
    key = row.get("key") or row.get("name") if isinstance(row, dict) else None
    name = repr(key) if key is not None else f"number {int(m[2]) + 1}"
    line = _line(source, table, key_name, int(m[2]))
    return f"{where}:{line}: [[{table}]] {name}: {key_name + ': ' if key_name else ''}{text}"


PARTS = {
    "entities": BeatEntity,
    "properties": BeatProperty,
    "topics": Topic,
    "outlets": BeatOutlet,
    "expected": Expected,
}
CHOICES = {"kind": Kind, "subjects": Kind, "objects": Kind, "value": ValueKind}


def _choices(message: str) -> str | None:
    """What may stand there instead, for an unknown key or choice."""
    table, field = re.search(r"\$\.(\w+)\[", message), re.search(r"\]\.(\w+)", message)
    if "Invalid enum value" in message and field is not None and field[1] in CHOICES:
        return f"known: {', '.join(CHOICES[field[1]])}"
    if "unknown field" in message and field is None:
        part = PARTS.get(table[1], Beat) if table is not None else Beat
        return f"known: {', '.join(f for f in part.__struct_fields__ if f not in PARTS)}"
    return None


def _line(source: str, table: str | None, key: str | None, nth: int) -> int:
    """Line of the nth `[[table]]`, or of `key` inside it; 1 where it cannot be told."""
    lines = source.splitlines()
    start, seen = 0, -1
    if table is not None:
        for i, line in enumerate(lines):
            if re.match(rf"\s*\[\[?\s*{re.escape(table)}\s*\]", line):
                seen += 1
                if seen == nth:
                    start = i
                    break
    if key is not None:
        for i in range(start, len(lines)):
            if re.match(rf"\s*{re.escape(key)}\s*=", lines[i]):
                return i + 1
            if i > start and re.match(rf"\s*\[\[?\s*(?!{table or 'beat'}\.)", lines[i]) and "=" not in lines[i]:
                break
    return start + 1


def _check(beat: Beat, where: str, source: str) -> None:
    """What types cannot say: keys once, references that exist, patterns that compile."""

    def fail(table: str, nth: int, key: str | None, message: str) -> None:
        raise BeatError(f"{where}:{_line(source, table, key, nth)}: [[{table}]] {message}")

    def once(table: str, keys: Iterable[str], key: str) -> None:
        seen: set[str] = set()
        for i, k in enumerate(keys):
            if k in seen:
                fail(table, i, key, f"{key} {k!r} stands twice")
            seen.add(k)

    once("entity", [e.key for e in beat.entities], "key")
    once("property", [p.name for p in beat.properties], "name")
    once("topic", [t.key for t in beat.topics], "key")
    once("outlet", [o.key for o in beat.outlets], "key")
    entities, properties = {e.key for e in beat.entities}, {p.name for p in beat.properties}
    for i, e in enumerate(beat.entities):
        for field in ("variant_of", "part_of"):
            if getattr(e, field) is not None and getattr(e, field) not in entities:
                fail("entity", i, field, f"{e.key!r}: {field} names no entity: {getattr(e, field)!r}")
    for i, p in enumerate(beat.properties):
        for cue in p.cues:
            try:
                re.compile(cue)
            except re.error as err:
                fail("property", i, "cues", f"{p.name!r}: cue {cue!r} is no regular expression: {err}")
    for i, t in enumerate(beat.topics):
        for field, known in (("subjects", entities), ("properties", properties)):
            missing = next((x for x in getattr(t, field) if x not in known), None)
            if missing is not None:
                fail("topic", i, field, f"{t.key!r}: {field} names nothing in this beat: {missing!r}")
    outlets = {o.key for o in beat.outlets}
    for i, o in enumerate(beat.outlets):
        if not re.fullmatch("[A-F]", o.reliability):
            fail("outlet", i, "reliability", f"{o.key!r}: reliability is a letter A to F, not {o.reliability!r}")
    for i, x in enumerate(beat.expected):
        if x.outlet not in outlets:
            fail("expect", i, "outlet", f"names no outlet: {x.outlet!r}")
