"""A name → its parts: words that count, initials, patronymics, titles, legal forms, numbers; inflected and translated
words under one form.

Forms: "PUTIN, Vladimir", "V. V. Putin", "President Putin", "ОАО «Нафтан»", "Belarusian Defence Ministry", "Минобороны
Беларуси", "S.A.R.L."
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import NamedTuple

from onrecord.records import Kind
from onrecord.resolve.romanise import MAX_NAME, mixed_words, romanise, scripts_of
from onrecord.resolve.tables import pairs_of, rows_of
from onrecord.resolve.units import units_of

MAX_WORDS = 8  # of one name that are compared
PATRONYMIC = re.compile(
    r".{2,}(?:ovich|evich|ovitch|evitch|ovic|evic|ovici|ovitj|evitj|owicz|ewicz|avich|yevich|ovych|yovych|ovna|evna|"
    r"avna|ivna|yivna|owna|ewna|ovnа|ichna|ovitsch|ewitsch|owitsch)$"
)
# vowel signs of Hebrew, Arabic, Devanagari, Bengali, Thai, Burmese, Khmer: part of the word
_SIGNS = r"\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u09cd\u0e31-\u0e4e\u1031-\u103e\u17b4-\u17d3"
_WORD = re.compile(rf"[^\W_][{_SIGNS}\w]*(?:\.[^\W_]+)*\.?|&")
_STRESS = re.compile("[\u0300-\u036f]+")  # what is left of it when letters are composed
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?\.?")
MIN_STEM = 4  # letters that inflected words share
_APOSTROPHE = re.compile("[’'ʼʹ`´]")
_LETTERS = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"\d")
_CASE_BORDER = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")


class Parts(NamedTuple):
    """What is compared of a name."""

    words: tuple[str, ...]
    initials: tuple[str, ...]
    patronymics: tuple[str, ...]
    forms: frozenset[str]
    numbers: frozenset[str]
    script: str
    joined: str
    sorted: str
    capitals: bool  # one word of capitals: perhaps an acronym
    mixed: bool

    @property
    def units(self) -> tuple[tuple[int, ...], ...]:
        """Those of `words`, in the same order."""
        return tuple(map(units_of, self.words))


def plain(word: str) -> str:
    """`word` romanised, letters and digits only."""
    if word.isascii() and word.isalnum():
        return word[:MAX_NAME].lower()
    return _LETTERS.sub("", romanise(word))


def case_endings(a: str, b: str) -> tuple[str, str] | None:
    """What two romanised Cyrillic words end in after the letters they share; None if those are no case endings."""
    endings = _endings()
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    while shared >= MIN_STEM:
        x, y = a[shared:], b[shared:]
        if x in endings and y in endings:
            return x, y
        shared -= 1
    return None


@lru_cache(maxsize=1)
def _endings() -> frozenset[str]:
    return frozenset({"", *(r["ending"] for r in rows_of("case_endings"))})


@lru_cache(maxsize=1)
def _given() -> dict[str, str]:
    return _both("given_names")


@lru_cache(maxsize=1)
def _bodies() -> dict[str, str]:
    return {**_both("exonyms"), **_both("body_words")}


def _both(table: str) -> dict[str, str]:
    """Spelling as written and as romanised → the form it stands under; what is written wins."""
    found = {plain(k): v for k, v in reversed(pairs_of(table)) if len(plain(k)) > 2}
    return {**found, **{k.casefold(): v for k, v in pairs_of(table)}}


@lru_cache(maxsize=1)
def classes() -> dict[str, str]:
    """Word → what it does in a name: particle, title, form, generic."""
    return {r["word"].casefold(): r["class"] for r in rows_of("name_words")}


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((s.casefold(), c) for s, c in pairs_of("country_stems")), key=lambda p: -len(p[0])))


@lru_cache(maxsize=65536)
def country_of(word: str) -> str | None:
    """The country that a name or adjective in any language of the region belongs to."""
    return next((c for s, c in _stems() if word.startswith(s)), None)


class _Read(NamedTuple):
    """What one word of a name is, by itself."""

    sort: str  # "word", "patronymic" (in its place, else a word), "initial", "number", "form", "left out"
    letters: str
    words: tuple[str, ...]  # the forms that it stands under


@cache
def _reader(kind: Kind, several: bool) -> Callable[[str], _Read]:
    """Reads a word once, since names share their words; `several`: whether the name has others."""
    return lru_cache(maxsize=65536)(partial(_read, kind, several))


def _read(kind: Kind, several: bool, token: str) -> _Read:
    lower = token.casefold()
    cls = classes().get(lower)
    letters = plain(token)
    if _NUMBER.search(letters) and not letters.isalpha():
        return _Read("number", letters, ())
    if cls == "form" and kind != Kind.PERSON and several:
        return _Read("form", letters, ())
    if several and (cls == "particle" or (cls == "title" and kind in (Kind.PERSON, Kind.SYSTEM))):
        return _Read("left out", letters, ())
    if several and len(lower) == 1 and lower.isalpha() and scripts_of(token)[:1] != ("HAN",):
        return _Read("initial", letters[:1], ())
    words = tuple(_canonical(lower, letters, kind, several)) if letters else ()
    return _Read("patronymic" if kind == Kind.PERSON and PATRONYMIC.match(letters) else "word", letters, words)


@cache
def _parts_reader(kind: Kind) -> Callable[[str], Parts]:
    return lru_cache(maxsize=65536)(partial(_parts_of, kind))


def parts_of(name: str, kind: Kind = Kind.UNSURE) -> Parts:
    """The parts of `name`; `kind` says which word tables speak for it."""
    return _parts_reader(kind)(name)


def _parts_of(kind: Kind, name: str) -> Parts:
    text = name[:MAX_NAME]
    plainly = text.isascii()
    if not plainly:
        text = _STRESS.sub("", unicodedata.normalize("NFC", text))
    tokens = text.split() if text.replace(" ", "").isalpha() else spelled(text)
    if kind == Kind.PERSON and len(tokens) == 1:
        tokens = _CASE_BORDER.split(tokens[0])
    if "." in text:
        tokens = [w.rstrip(".") for w in tokens]
    words: list[str] = []
    others: list[tuple[str, str]] = []
    read = _reader(kind, len(tokens) > 1)
    patronymic = ""
    for i, token in enumerate(tokens):
        sort, letters, forms = read(token)
        if sort == "patronymic" and i and len(tokens) > 2 and not patronymic:
            patronymic = letters
        elif sort in ("word", "patronymic"):
            words += forms
        else:
            others.append((sort, letters))
    if kind != Kind.PERSON:
        known = classes()
        words = [w for w in words if known.get(w) != "generic"] or words
    words = words[:MAX_WORDS] or [w for w in (plain(t) for t in tokens[:MAX_WORDS]) if w]
    scripts = () if plainly else scripts_of(text)
    return Parts(
        tuple(words), _of("initial", others), (patronymic,) if patronymic else (), frozenset(_of("form", others)),
        frozenset(_of("number", others)), scripts[0] if scripts else "LATIN", "".join(words), " ".join(sorted(words)),
        len(tokens) == 1 and len(text) < 8 and text.strip().isupper(), len(scripts) > 1 and bool(mixed_words(text)),
    )  # fmt: skip


def _of(sort: str, others: list[tuple[str, str]]) -> tuple[str, ...]:
    return tuple([letters for s, letters in others if s == sort]) if others else ()


def spelled(text: str) -> list[str]:
    """The words of a name as they stand; dotted letters as one."""
    undotted = _DOTTED.sub(lambda m: f" {m[0].replace('.', '')} ", _APOSTROPHE.sub("", text))
    return _WORD.findall(undotted)


def _canonical(lower: str, letters: str, kind: Kind, several: bool) -> list[str]:
    """The form or forms that a word stands under; letters as they sound where no table knows it."""
    if kind == Kind.PERSON:
        given = _given().get(lower) or _given().get(letters) if several else None
        return [given or letters]
    known = _bodies().get(lower) or _bodies().get(letters)
    if known is not None:
        return known.split()
    country = country_of(lower) if several and len(lower) > 4 else None
    return [country or letters]
