"""Two designations → same, variant, different or unsure: a grammar of names that carry letters, digits and marks.

A designation has a base (the words or letters before the first number, and that number), a suffix, marks ("Mk II",
"Block 3") and qualifiers ("upgraded"). Other bases are different things; one base with another suffix, mark or
qualifier is a variant, linked and never merged. What cannot be told from the letters alone is unsure.

Forms: "X-1", "X1", "X 1", "Х-1" in Cyrillic; "X-1M"; "X-1 Mk II", "X-1 Mk.2"; "the upgraded X-1"; "9M729"; "Buk-M2";
"MZKT-6922-013"; "737 MAX"; "Kh-47M2 Kinzhal".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from onrecord.resolve.romanise import romanise
from onrecord.resolve.tables import pairs_of

MAX_DESIGNATION = 120  # characters; longer ones are descriptions
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12}
LOOKS = str.maketrans("авекмнорстухіѕјАВЕКМНОРСТУХІЅЈ", "abekmhopctyxisjABEKMHOPCTYXISJ")
_TOKEN = re.compile(r"(?P<before>\W*)(?P<token>[a-z]+|\d+(?:\.\d+)?)")
_GLUED_MARK = re.compile(r"\b(mk|mark|block|gen)(?=[ivx]+[a-z]?\b)")


class Relation(StrEnum):
    """What two designations are to each other."""

    SAME = "same"
    VARIANT = "variant"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Designation:
    """A designation in parts, romanised; `number` is None where it has none."""

    prefix: str
    number: str | None
    suffix: str
    marks: tuple[str, ...]
    qualifiers: tuple[str, ...]
    words: frozenset[str]  # other names beside the code: "Kinzhal" in "Kh-47M2 Kinzhal"
    makers: frozenset[str]
    nouns: frozenset[str]  # "missile", "launcher"
    looks: str  # letters as they look, not as they sound


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    glued: bool  # nothing stands before it
    hyphen: bool

    @property
    def digits(self) -> bool:
        return self.text[0].isdigit()


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    return {romanise(w): c for w, c in pairs_of("designation_words")}


def _tokens(name: str) -> list[Token]:
    text = romanise(unicodedata.normalize("NFKC", name[:MAX_DESIGNATION])).lower()
    text = re.sub(r"[\"'«»“”„‟]", " ", text)
    text = _GLUED_MARK.sub(r"\1 ", text)
    out = []
    for m in _TOKEN.finditer(text):
        before = m["before"]
        hyphen = bool(before) and not before.strip(" -‐‑‒–—−./_") and " " not in before
        out.append(Token(m["token"], not before, hyphen and m.start() > 0))
    return out


@lru_cache(maxsize=65536)
def parse(name: str) -> Designation:
    """The parts of a designation; of a plain name too: its words are then the prefix."""
    classes = _classes()
    kept: list[Token] = []
    qualifiers: set[str] = set()
    makers: set[str] = set()
    nouns: set[str] = set()
    marks: list[str] = []
    tokens = _compounds(_tokens(name))
    i = 0
    while i < len(tokens):
        t = tokens[i]
        follows = tokens[i + 1].text if i + 1 < len(tokens) else ""
        match classes.get(t.text):
            case "mark" if _counts(follows) is not None:
                marks.append(f"{MARKS.get(t.text, t.text)} {_counts(follows)}")
                i += 1
                while i + 1 < len(tokens) and tokens[i + 1].glued:
                    i += 1
                    marks[-1] += tokens[i].text
            case "qualifier":
                qualifiers.add(t.text)
            case "maker" if len(tokens) > 1:
                makers.add(t.text)
            case "article" if i == 0 and follows and not tokens[1].glued and not tokens[1].hyphen:
                pass
            case "noun" if len(tokens) > 1 and not t.hyphen and not t.glued:
                nouns.add(t.text.removesuffix("s"))
            case _:
                kept.append(t)
        i += 1
    prefix, number, suffix, words = _code(kept or tokens[:1])
    return Designation(
        prefix=prefix, number=number, suffix=suffix, marks=tuple(sorted(marks)),
        qualifiers=tuple(sorted(qualifiers - {"version", "variant"} or qualifiers)), words=frozenset(words),
        makers=frozenset(makers), nouns=frozenset(nouns),
        looks=re.sub(r"[\W_]", "", name[:MAX_DESIGNATION].translate(LOOKS).casefold()),
    )  # fmt: skip


MARKS = {"mark": "mk", "blk": "block", "blok": "block", "ver": "version", "generation": "gen", "seriya": "series"}


def _counts(text: str) -> str | None:
    """The number that a mark's word says: "2", "ii", "iia", "b"; None where it is no number."""
    if not text or text[0].isdigit() or (len(text) == 1 and text not in ROMAN):
        return text or None
    letter = "" if text in ROMAN else text[-1]
    roman = ROMAN.get(text.removesuffix(letter) if letter else text)
    return f"{roman}{letter}" if roman is not None else None


def _compounds(tokens: list[Token]) -> list[Token]:
    """Hyphened words that the table knows as one: "extended-range", "next-generation"."""
    out: list[Token] = []
    for t in tokens:
        if t.hyphen and out and f"{out[-1].text}-{t.text}" in _classes():
            out[-1] = Token(f"{out[-1].text}-{t.text}", out[-1].glued, out[-1].hyphen)
        else:
            out.append(t)
    return out


def _code(tokens: list[Token]) -> tuple[str, str | None, str, list[str]]:
    """(prefix, number, suffix, other words) of what is left when marks, makers and nouns are set aside."""
    k = next((i for i, t in enumerate(tokens) if t.digits), None)
    if k is None:
        return _worded(tokens)
    if k + 2 < len(tokens) and _index(tokens[k : k + 3], alone=k == 0):
        index = "".join(t.text for t in tokens[k : k + 3])
        suffix, words = _rest(tokens[k + 3 :])
        return "", index, suffix, [t.text for t in tokens[:k]] + words
    start = k - 1
    if start > 0 and tokens[k].glued and len(tokens[start].text) <= 2 and len(tokens[start - 1].text) > 2:
        suffix, words = _rest(tokens[k:])  # "Buk-M2": the word is the base
        return tokens[start - 1].text, None, tokens[start].text + suffix, [t.text for t in tokens[: start - 1]] + words
    while start > 0 and (tokens[start].hyphen or tokens[start].glued):
        start -= 1
    suffix, words = _rest(tokens[k + 1 :])
    return (
        "".join(t.text for t in tokens[max(start, 0) : k]),
        tokens[k].text,
        suffix,
        [t.text for t in tokens[: max(start, 0)]] + words,
    )


def _index(tokens: list[Token], *, alone: bool) -> bool:
    """Whether digits, letters and digits are one number: "9M729", "2S1"; not the "2A4" of "Leopard 2A4"."""
    first, letters, last = tokens
    whole = letters.glued and last.glued and last.digits and not first.hyphen and not first.glued
    return (whole or (alone and letters.glued and last.glued and last.digits)) and (alone or len(last.text) > 1)


def _rest(tokens: list[Token]) -> tuple[str, list[str]]:
    """Suffix and other words after the first number; numbers that follow numbers stay apart."""
    suffix, words = "", []
    open_ = True
    for t in tokens:
        short = t.digits or len(t.text) <= 3 or _classes().get(t.text) == "suffix"
        if (t.glued or t.hyphen or short) and open_:
            suffix += (" " if t.digits and not t.glued and suffix[-1:].isdigit() else "") + t.text
        else:
            open_ = t.digits
            words.append(t.text)
    return suffix, words


def _worded(tokens: list[Token]) -> tuple[str, str | None, str, list[str]]:
    """A name without digits: its last short part is a suffix, or a Roman number where it stands alone."""
    texts = [t.text for t in tokens]
    last = tokens[-1] if tokens else None
    if last is not None and len(tokens) > 1 and len(texts[-2]) > 2:
        if last.text in ROMAN and not last.hyphen:
            return "".join(texts[:-1]), str(ROMAN[last.text]), "", []
        if len(last.text) <= 2 or _classes().get(last.text) == "suffix":
            return "".join(texts[:-1]), None, last.text, []
    return "".join(texts), None, "", []


def _equal(a: str, b: str) -> bool:
    return a == b


def relation(left: str, right: str, *, alike: Callable[[str, str], bool] = _equal) -> tuple[Relation, str]:
    """What two designations are to each other, and why. `alike` says whether two words are spellings of one."""
    a, b = parse(left), parse(right)
    if a.number != b.number and a.number is not None and b.number is not None:
        return Relation.DIFFERENT, f"the numbers differ: {a.number}, {b.number}"
    if not _same_prefix(a.prefix, b.prefix, alike, loose=a.number is None and b.number is None):
        return _other_prefix(a, b)
    if a.makers and b.makers and a.makers.isdisjoint(b.makers):
        return Relation.DIFFERENT, f"other makers: {min(a.makers)}, {min(b.makers)}"
    for what, x, y in (
        ("number", a.number or "", b.number or ""), ("suffix", a.suffix, b.suffix), ("mark", a.marks, b.marks),
        ("qualifier", a.qualifiers, b.qualifiers),
    ):  # fmt: skip
        if x != y:
            return Relation.VARIANT, f"one base, another {what}: {_shown(x)}, {_shown(y)}"
    if a.words != b.words:
        return Relation.UNSURE, f"one code, other words beside it: {_shown(sorted(a.words))}, {_shown(sorted(b.words))}"
    if a.nouns and b.nouns and a.nouns.isdisjoint(b.nouns):
        return (
            Relation.UNSURE,
            f"one name for two kinds of things: {_shown(sorted(a.nouns))}, {_shown(sorted(b.nouns))}",
        )
    return Relation.SAME, "one base, number, suffix and mark"


def _same_prefix(a: str, b: str, alike: Callable[[str, str], bool], *, loose: bool) -> bool:
    """Codes of letters must be equal; only words may be alike."""
    return a == b or ((loose or min(len(a), len(b)) > 3) and bool(a and b) and alike(a, b))


def _other_prefix(a: Designation, b: Designation) -> tuple[Relation, str]:
    if a.looks == b.looks:
        return Relation.UNSURE, "the letters look the same and are of two alphabets"
    if {a.prefix} & b.words or {b.prefix} & a.words:
        return Relation.UNSURE, "a name alone, and the same name beside a code"
    return Relation.DIFFERENT, f"other names: {a.prefix or a.number}, {b.prefix or b.number}"


def _shown(x: object) -> str:
    return (x if isinstance(x, str) else ", ".join(x)) or "none"  # type: ignore[arg-type]


def has_digits(name: str) -> bool:
    """Whether a name carries digits, a mark or a qualifier, and is to be judged by this grammar."""
    d = parse(name)
    return d.number is not None or bool(d.suffix or d.marks or d.qualifiers)
