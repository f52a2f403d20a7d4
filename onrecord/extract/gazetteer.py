"""Known names in a text: the beat's, and the world's countries, found by their words in any case, script and ending.

Sources: `beats/words/countries.csv` and the beat file. Forms: "Belgium", "Belgian", "Belgians",
"Belgian-Dutch" (two names), acronyms in capitals only, Cyrillic names with any case ending, a beat's lower-case phrases
("missile school") as nominal mentions. A designation is a word of its own: `X-1` is never found in `X-1M` or `X-12`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from onrecord.beat import Beat, BeatEntity, BeatOutlet
from onrecord.extract.cutting import once
from onrecord.records import Form, Kind

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:(?:[-‐‑&]|['’](?!s\b))\w+)*")
PIECE = re.compile(
    rf"[a-z]{{2,}}+(?![\w‐‑&'’-])|\W+|{WORD.pattern}"
)  # words and what is between them, plain words first
DESIGNATION = re.compile(r"(?=.*\d)[A-ZА-ЯІЎ][\w]*(?:-[\w]+)*|(?=.*[A-ZА-ЯІЎ])\d+[\w]*(?:-[\w]+)*")
SUFFIXED = re.compile(r"-(?:type|time|era|style|made|built|led|backed|based|like|wide|born|class|level)$")
CYRILLIC = re.compile(r"[а-яёіў]", re.I)
# Case endings of Russian and Belarusian nouns and adjectives, longest first; what is left must have four letters.
ENDING = re.compile(
    r"(?:иями|ыми|ими|ого|его|ому|ему|ага|яга|аму|яму|ами|ями|ский|ской|ах|ях|ой|ей|ом|ем|ам|ям|ов|ев|аў|оў|ою|ею|ай|яй"
    r"|ая|яя|ые|ие|ыя|ія|ых|их|іх|ый|ий|ую|юю|а|я|о|е|ы|и|і|у|ю|ь|й)$"
)
MIN_STEM = 4
LONG, MANY = 40, 65536  # characters of a word that is remembered, and words: bounds the memory of a long run
SHORT_UPPER = 5  # up to so many letters, a name in capitals is found in capitals only: "US" is not "us"


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word of a sentence. `capital`: written as names are."""

    start: int
    end: int
    text: str
    norm: str
    capital: bool


@dataclass(frozen=True)
class Entry:
    """One thing that the gazetteer knows; `known` is true where it stands in the beat."""

    key: str
    name: str
    kind: Kind
    known: bool
    capital_of: str | None = None  # key of the country, for a capital
    home: str | None = None  # key of the country that it is part of, by the beat


class Spelling(NamedTuple):
    """One way to write an entry."""

    words: tuple[str, ...]
    entry: Entry
    form: Form
    exact: bool  # capitals as written
    adjective: bool


class Hit(NamedTuple):
    """Tokens `[first, last)` of a sentence that spell an entry; `start`, `end` may cut into a hyphenated token."""

    first: int
    last: int
    start: int
    end: int
    spelling: Spelling


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """The form under which words are compared."""
    w = word.casefold().replace("’", "'").replace("‑", "-").replace("‐", "-").replace("ё", "е")
    if CYRILLIC.search(w) and not any(c.isdigit() for c in w):
        stem = ENDING.sub("", w)
        return stem if len(stem) >= MIN_STEM else w
    return w


def capital(word: str) -> bool:
    """Whether a word is written as names are: with a capital, or as a designation."""
    if SUFFIXED.search(word):  # "Soviet-era", "Hammer-type": said of a thing, not its name
        return False
    return word[0].isupper() or bool(DESIGNATION.fullmatch(word))


class Forms(dict[str, tuple[str, bool]]):
    """Word → the form under which it is compared, and whether it is written as names are; "" for what is no word."""

    def __missing__(self, word: str) -> tuple[str, bool]:
        if len(self) >= MANY:
            self.clear()
        found = ("", False) if word == "s" or WORD.match(word) is None else (normal(word), capital(word))
        if len(word) < LONG:
            self[word] = found
        return found


forms = Forms()


def cut(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of `text[start:end]`, with a possessive 's left out."""
    out = []
    at = start
    for piece in PIECE.findall(text, start, end):
        norm, named = forms[piece]
        before, at = at, at + len(piece)
        if norm:
            out.append(Token(before, at, piece, norm, named))
    return tuple(out)


every = once(cut)


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of `text[start:end]`: of a name that is given whole, or of a passage of a report."""
    whole = start == 0 and end == len(text)
    return cut(text, start, end) if whole else every(text).part(start, end)


@lru_cache(maxsize=1)
def cues() -> dict[str, dict[str, str]]:
    """Word lists of `beats/words/name_cues.csv`: class → word → kind."""
    out: dict[str, dict[str, str]] = {}
    for row in _rows("name_cues.csv"):
        out.setdefault(row["class"], {})[row["word"]] = row["kind"]
    return out


class Gazetteer:
    """Spellings by their first word."""

    def __init__(self, spellings: Sequence[Spelling], offices: dict[str, tuple[tuple[str, ...], ...]]) -> None:
        self.by_first: dict[str, list[Spelling]] = {}
        for s in spellings:
            self.by_first.setdefault(s.words[0], []).append(s)
        for found in self.by_first.values():
            found.sort(key=lambda s: (-len(s.words), not s.entry.known, s.entry.key, s.form))
        self.offices = offices

    def find(self, words: Sequence[Token]) -> list[Hit]:
        """Hits in a sentence, longest first at each word; countries nested in a longer hit come after it."""
        out: list[Hit] = []
        free, begins = 0, self.by_first
        for i in [k for k, w in enumerate(words) if w.norm in begins or "-" in w.norm]:
            if i < free:
                continue
            found = self._at(words, i)
            if found is not None:
                free = i + len(found.words)
                out.append(Hit(i, free, words[i].start, words[free - 1].end, found))
                out.extend(h for h in self._inside(words, i, free) if h.spelling.entry.key != found.entry.key)
            elif "-" in words[i].norm:
                out.extend(self._parts(words[i], i))
        return out

    def _inside(self, words: Sequence[Token], first: int, last: int) -> Iterator[Hit]:
        for i in range(first, last if last - first > 1 else first):
            for s in self.by_first.get(words[i].norm, ()):
                named = s.form is Form.NOMINAL or words[i].text[0].isupper()
                if len(s.words) == 1 and s.entry.kind is Kind.COUNTRY and named:
                    yield Hit(i, i + 1, words[i].start, words[i].end, s)
                    break

    def lookup(self, name: str) -> Entry | None:
        """The entry that is spelled `name`, whole."""
        words = tokens(name, 0, len(name))
        found = self._at(words, 0) if words else None
        return found.entry if found is not None and len(found.words) == len(words) else None

    def _at(self, words: Sequence[Token], i: int) -> Spelling | None:
        for s in self.by_first.get(words[i].norm, ()):
            n = len(s.words)
            if n > 1 and (i + n > len(words) or words[i + 1].norm != s.words[1]):
                continue
            got = words[i : i + n]
            if n < 3 or all(a.norm == b for a, b in zip(got, s.words, strict=True)):
                if s.exact and not all(t.text == t.text.upper() for t in got):
                    continue
                if s.form is Form.NAMED and not got[0].text[0].isupper() and not got[0].text[0].isdigit():
                    continue
                return s
        return None

    def _parts(self, token: Token, i: int) -> Iterator[Hit]:
        """Countries inside a hyphenated word: "Belgian-Dutch", "anti-Belgian"; never another kind of name."""
        offset = token.start
        for part in re.split(r"[-‐‑]", token.text):
            one = Token(offset, offset + len(part), part, normal(part), bool(part) and capital(part))
            found = self._at((one,), 0) if part else None
            if found is not None and found.entry.kind is Kind.COUNTRY and found.form is Form.NAMED:
                yield Hit(i, i + 1, one.start, one.end, found)
            offset += len(part) + 1


@lru_cache(maxsize=8)
def gazetteer(beat: Beat | None) -> Gazetteer:
    """The countries of the world and, over them, the beat's entities."""
    known = beat.entities if beat is not None else ()
    surnames = _surnames(known)
    by_key = {e.key: e for e in known}
    spellings = [s for e in known for s in _beat_spellings(e, surnames.get(e.key), _home(e, by_key))]
    taken = {s.words for s in spellings}
    spellings.extend(s for o in (beat.outlets if beat is not None else ()) for s in _outlet(o) if s.words not in taken)
    taken = {s.words for s in spellings}
    in_beat = {e.key.rsplit(":", 1)[-1]: e for e in known if e.kind is Kind.COUNTRY}
    for row in _rows("countries.csv"):
        spellings.extend(s for s in _country(row, in_beat.get(row["key"])) if s.words not in taken)
    offices = {e.key: tuple(_words(n) for o in e.offices for n in (o.title, *o.names)) for e in known if e.offices}
    return Gazetteer(spellings, offices)


def _country(row: dict[str, str], beat_entity: BeatEntity | None) -> Iterator[Spelling]:
    key, name = (beat_entity.key, beat_entity.name) if beat_entity is not None else (row["key"], row["name"])
    entry = Entry(key, name, Kind.COUNTRY, beat_entity is not None)
    for column, adjective in (("name", False), ("names", False), ("adjectives", True)):
        for n in filter(None, row[column].split(";")):
            yield _spelling(n, entry, Form.NAMED, adjective)
    for n in filter(None, row["capitals"].split(";")):
        yield _spelling(n, Entry(_words(n)[0], n, Kind.PLACE, False, key), Form.NAMED, False)


def _outlet(o: BeatOutlet) -> Iterator[Spelling]:
    """An outlet of the beat is a body, also where its name begins with a town's; it is not one of the beat's things."""
    entry = Entry(f"outlet:{o.key}", o.name, Kind.ORGANISATION, False)
    for n in dict.fromkeys(n.removeprefix("the ").removeprefix("The ") for n in (o.name, *o.names)):
        yield _spelling(n, entry, Form.NAMED, False)


def _home(e: BeatEntity, by_key: dict[str, BeatEntity]) -> str | None:
    """The country at the end of an entity's `part_of`."""
    for _ in range(5):
        if e.kind is Kind.COUNTRY or e.part_of is None or e.part_of not in by_key:
            break
        e = by_key[e.part_of]
    return e.key if e.kind is Kind.COUNTRY else None


def _beat_spellings(e: BeatEntity, surname: str | None, home: str | None) -> Iterator[Spelling]:
    entry = Entry(e.key, e.name, e.kind, True, home=home)
    named = Form.NOMINAL if e.generic else Form.NAMED
    for n in dict.fromkeys((e.name, *e.names, *((surname,) if surname else ()))):
        yield _spelling(n, entry, named, False)
    for n in e.adjectives:
        yield _spelling(n, entry, named, True)
    for n in e.phrases:
        yield _spelling(n, entry, Form.NOMINAL, False)


def _spelling(name: str, entry: Entry, form: Form, adjective: bool) -> Spelling:
    bare = name.replace(".", "")
    exact = bare.isupper() and len(bare) <= SHORT_UPPER
    return Spelling(_words(name), entry, form, exact, adjective)


def _words(name: str) -> tuple[str, ...]:
    return tuple(t.norm for t in tokens(name, 0, len(name))) or (name.casefold(),)


def _surnames(entities: Sequence[BeatEntity]) -> dict[str, str]:
    """Last words of persons' names that only one person of the beat bears."""
    last = {e.key: e.name.split()[-1] for e in entities if e.kind is Kind.PERSON and " " in e.name}
    owners = list(last.values())
    return {k: n for k, n in last.items() if owners.count(n) == 1 and len(n) >= MIN_STEM}


def _rows(name: str) -> Iterator[dict[str, str]]:
    source = files("onrecord.beats").joinpath("words", name).read_text("utf-8")
    yield from csv.DictReader(source.splitlines())
