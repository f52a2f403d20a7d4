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
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
ROMAN = {"x" * t + _ONES[n]: 10 * t + n for t in range(4) for n in range(10) if t or n} | {"xx": 20}
del ROMAN["x"], ROMAN["xxx"]  # "X" is a letter of codes
SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
READ_AS = {"x": "kh", "c": "s"}  # Latin letters that are written for a Cyrillic letter that looks the same
LOOKS = str.maketrans("авекмнорстухіѕјАВЕКМНОРСТУХІЅЈ", "abekmhopctyxisjABEKMHOPCTYXISJ")
_TOKEN = re.compile(r"(?P<before>\W*)(?P<token>[a-z]+|\d+(?:\.\d+)?)")
_GLUED_MARK = re.compile(r"\b(mk|mark|block|gen)(?=[ivx]+[a-z]?\b)")
_ROMAN_LETTER = re.compile(r"(?<= )(I{2,3}|IV|VI{1,3}|IX)(?=[A-H]\b)")  # "IIB", in capitals
_RAISED = re.compile("[²³¹⁰⁴-⁹]+")  # read on their own: "X-1²" is not "X-12"
_PLURAL = re.compile(r"[\dA-Z]s\W*$")
_SERIES = re.compile(r"^(\d+) (series|class)$")


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
    full: str  # the prefix with the words before it: "wingloong" in "Wing Loong 2"
    number: str | None
    suffix: str
    marks: tuple[str, ...]
    qualifiers: tuple[str, ...]
    words: frozenset[str]  # other names beside the code: "Kinzhal" in "Kh-47M2 Kinzhal"
    after: frozenset[str]  # those of them that follow it
    makers: frozenset[str]
    nouns: frozenset[str]  # "missile", "launcher"
    looks: str  # letters as they look, not as they sound
    run: tuple[str, ...]  # every letter run and number, in order
    spelled: bool  # the number is a lone "V" or a word: it may be a letter, or a name
    plural: bool  # ends in a small "s" after a digit or a capital: "X-1s" may be many, or a model


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
    text = unicodedata.normalize("NFKC", _RAISED.sub(r" \g<0>", name[:MAX_DESIGNATION]).replace("′", " prime"))
    text = _ROMAN_LETTER.sub(lambda m: str(ROMAN[m[1].lower()]), text)
    text = re.sub(r"(?<=[^\W_a-z])['’]s\b", "", text)
    text = re.sub(r"(?<=\w) ?\+", "plus", romanise(text).lower())
    text = re.sub(r"[\"'«»“”„‟]", " ", text)
    text = _SERIES.sub(r"\2 \1", _GLUED_MARK.sub(r"\1 ", text))
    out = []
    for m in _TOKEN.finditer(text):
        before = m["before"]
        hyphen = bool(before) and not before.strip(" -‐‑‒–—−./_") and " " not in before
        word = m["token"]
        out.append(Token(ONE_WORD.get(word, word), not before and m.start() > 0, hyphen and m.start() > 0))
    return out


@lru_cache(maxsize=65536)
def parse(name: str) -> Designation:
    """The parts of a designation; of a plain name too: its words are then the prefix."""
    classes = _classes()
    kept: list[Token] = []
    found: dict[str, set[str]] = {"qualifier": set(), "maker": set(), "noun": set()}
    marks: list[str] = []
    read = _tokens(name)
    tokens = _compounds(read)
    i = 0
    while i < len(tokens):
        t = tokens[i]
        follows = tokens[i + 1].text if i + 1 < len(tokens) else ""
        match classes.get(t.text):
            case "mark" if _counts(follows) is not None:
                marks.append(f"{t.text} {_counts(follows)}")
                i += 1
                while i + 1 < len(tokens) and (tokens[i + 1].glued or _is_letter(tokens[i + 1])):
                    i += 1
                    marks[-1] += tokens[i].text
            case "qualifier":
                found["qualifier"].add(t.text)
            case "likeness" if i > 0 and not follows[:1].isdigit():
                found["qualifier"].add(t.text)
            case "maker" if len(tokens) > 1:
                found["maker"].add(t.text)
            case "article" if i == 0 and follows and not tokens[1].glued and not tokens[1].hyphen:
                pass
            case "noun" if i > 0 and not t.hyphen and not t.glued:
                found["noun"].add(t.text.removesuffix("s"))
            case "kind" if len(tokens) > 1 and not t.hyphen and not t.glued and (i or not follows[:1].isdigit()):
                found["noun"].add(t.text.removesuffix("s"))
            case _:
                kept.append(t)
        i += 1
    if marks and not kept:  # "Mk 41": the mark is the name
        first, _, count = marks.pop(0).partition(" ")
        kept = [Token(first, False, False), *_tokens(count)]
    return _designation(name, kept or tokens[:1], found, marks, tuple(t.text for t in read))


def _designation(
    name: str, kept: list[Token], found: dict[str, set[str]], marks: list[str], run: tuple[str, ...]
) -> Designation:
    spelled = not any(t.digits for t in kept) and (kept[-1:] or [Token("", False, False)])[0].text in {"v", *SPELLED}
    before, prefix, number, suffix, after = _code(kept)
    qualifiers = found["qualifier"]
    return Designation(
        prefix=prefix, full="".join(before) + prefix, number=number, suffix=suffix, marks=tuple(sorted(marks)),
        qualifiers=tuple(sorted(qualifiers - {"version", "variant"} or qualifiers)),
        words=frozenset(before + after), after=frozenset(after), makers=frozenset(found["maker"]),
        nouns=frozenset(found["noun"]),
        looks=re.sub(r"[\W_]", "", name[:MAX_DESIGNATION].translate(LOOKS).casefold()),
        run=run, spelled=spelled and number is not None, plural=bool(_PLURAL.search(name[:MAX_DESIGNATION])),
    )  # fmt: skip


ONE_WORD = {
    "mark": "mk", "blk": "block", "blok": "block", "generation": "gen", "seriya": "series", "seryya": "series",
    "proekt": "project", "praekt": "project",
}  # fmt: skip


def _counts(text: str) -> str | None:
    """The number that a mark's word says: "2", "ii", "iia", "b"; None where it is no number."""
    if text in SPELLED:
        return str(SPELLED[text])
    if not text or text[0].isdigit() or (len(text) == 1 and text not in ROMAN):
        return text or None
    letter = "" if text in ROMAN else text[-1]
    roman = ROMAN.get(text.removesuffix(letter) if letter else text)
    return f"{roman}{letter}" if roman is not None else None


def _is_letter(t: Token) -> bool:
    """Whether a mark's letter stands apart: the "A" of "Block II A"."""
    return len(t.text) == 1 and not t.digits and not t.hyphen


def _compounds(tokens: list[Token]) -> list[Token]:
    """Hyphened words that the table knows as one: "extended-range", "next-generation"."""
    out: list[Token] = []
    for t in tokens:
        if t.hyphen and out and f"{out[-1].text}-{t.text}" in _classes():
            out[-1] = Token(f"{out[-1].text}-{t.text}", out[-1].glued, out[-1].hyphen)
        else:
            out.append(t)
    return out


Code = tuple[list[str], str, str | None, str, list[str]]


def _code(tokens: list[Token]) -> Code:
    """(words before, prefix, number, suffix, words after) of what marks, makers and nouns leave."""
    k = next((i for i, t in enumerate(tokens) if t.digits), None)
    if k is None:
        return _worded(tokens)
    if k + 2 < len(tokens) and _index(tokens[k : k + 3], alone=k == 0):
        index = "".join(t.text for t in tokens[k : k + 3])
        suffix, words = _rest(tokens[k + 3 :])
        return [], "", index, suffix, [t.text for t in tokens[:k]] + words
    start = k - 1
    if start > 0 and tokens[k].glued and len(tokens[start].text) <= 2 and len(tokens[start - 1].text) > 2:
        suffix, words = _rest(tokens[k:])  # "Buk-M2": the word is the base
        return [t.text for t in tokens[: start - 1]], tokens[start - 1].text, None, tokens[start].text + suffix, words
    while start > 0 and (tokens[start].hyphen or tokens[start].glued):
        start -= 1
    suffix, words = _rest(tokens[k + 1 :])
    before = [t.text for t in tokens[: max(start, 0)]]
    return before, "".join(t.text for t in tokens[max(start, 0) : k]), tokens[k].text, suffix, words


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


def _worded(tokens: list[Token]) -> Code:
    """A name without digits: its last short part is a suffix, or a number, Roman or spelled out."""
    texts = [t.text for t in tokens]
    last = tokens[-1] if tokens else None
    if last is not None and len(tokens) > 1 and len(texts[-2]) > 2:
        number = ROMAN.get(last.text) or SPELLED.get(last.text)
        if last.text in SPELLED and texts[-2] in TENS:
            return [], "".join(texts[:-2]), str(TENS[texts[-2]] + SPELLED[last.text]), "", []
        if number is not None and not (last.hyphen and last.text == "i"):
            return [], "".join(texts[:-1]), str(number), "", []
        if len(last.text) <= 2 or _classes().get(last.text) == "suffix":
            return [], "".join(texts[:-1]), None, last.text, []
    return [], "".join(texts), None, "", []


def _equal(a: str, b: str) -> bool:
    return a == b


def relation(left: str, right: str, *, alike: Callable[[str, str], bool] = _equal) -> tuple[Relation, str]:
    """What two designations are to each other, and why. `alike` says whether two words are spellings of one."""
    a, b = parse(left), parse(right)
    if a.number is not None and b.number is not None and _whole(a.number) != _whole(b.number):
        return Relation.DIFFERENT, f"the numbers differ: {a.number}, {b.number}"
    one_base = a.full == b.full != ""
    if not one_base and not _same_prefix(a.prefix, b.prefix, alike, loose=a.number is None and b.number is None):
        return _other_prefix(a, b)
    if a.makers and b.makers and a.makers.isdisjoint(b.makers):
        return Relation.DIFFERENT, f"other makers: {min(a.makers)}, {min(b.makers)}"
    return _one_base(a, b, *((a.after, b.after) if one_base else (a.words, b.words)))


def _one_base(a: Designation, b: Designation, x: frozenset[str], y: frozenset[str]) -> tuple[Relation, str]:
    """What two designations of one base are to each other; `x` and `y` are the words beside it."""
    doubt = _doubt(a, b)
    if doubt is not None:
        return Relation.UNSURE, doubt
    for what, v, w in (
        ("number", a.number or "", b.number or ""), ("suffix", a.suffix, b.suffix), ("mark", a.marks, b.marks),
        ("qualifier", a.qualifiers, b.qualifiers),
    ):  # fmt: skip
        if v != w:
            return Relation.VARIANT, f"one base, another {what}: {_shown(v)}, {_shown(w)}"
    if x != y:
        return Relation.UNSURE, f"one code, other words beside it: {_shown(sorted(x))}, {_shown(sorted(y))}"
    if a.nouns and b.nouns and a.nouns.isdisjoint(b.nouns):
        kinds = f"{_shown(sorted(a.nouns))}, {_shown(sorted(b.nouns))}"
        return Relation.UNSURE, f"one name for two kinds of things: {kinds}"
    return Relation.SAME, "one base, number, suffix and mark"


def _doubt(a: Designation, b: Designation) -> str | None:
    """Why letters alone cannot tell two designations of one base from each other, where they cannot."""
    if a.spelled != b.spelled and (a.number, a.suffix, a.marks) == (b.number, b.suffix, b.marks):
        return "a number written as a letter or a word may be a name"
    singular = a.suffix.removesuffix("s") == b.suffix.removesuffix("s") and a.number == b.number
    if a.plural != b.plural and singular and a.marks == b.marks:
        return "a small “s” at the end may be a plural or a model"
    if set(a.qualifiers) ^ set(b.qualifiers) == {"class"}:
        return "a class, and what may be one of it or the class"
    if a.qualifiers and b.qualifiers and a.qualifiers != b.qualifiers and (a.suffix, a.marks) == (b.suffix, b.marks):
        return f"two words for a version: {_shown(a.qualifiers)}, {_shown(b.qualifiers)}"
    vague, named = (a, b) if a.qualifiers else (b, a)
    plain = not vague.suffix and not vague.marks and vague.number in (None, named.number)
    if vague.qualifiers and not named.qualifiers and plain and (named.suffix or named.marks):
        return f"{_shown(vague.qualifiers)}: it may be the version that the other name gives, or another"
    return None


def _whole(number: str) -> str:
    return number.partition(".")[0]


def _same_prefix(a: str, b: str, alike: Callable[[str, str], bool], *, loose: bool) -> bool:
    """Codes of letters must be equal; only words may be alike."""
    return a == b or ((loose or min(len(a), len(b)) > 3) and bool(a and b) and alike(a, b))


def _other_prefix(a: Designation, b: Designation) -> tuple[Relation, str]:
    if a.run == b.run:
        return Relation.SAME, "the same letters and numbers in the same order"
    if a.looks == b.looks:
        return Relation.UNSURE, "the letters look the same and are of two alphabets"
    if READ_AS.get(a.prefix) == b.prefix or READ_AS.get(b.prefix) == a.prefix:
        return Relation.UNSURE, "a Latin letter may stand for a Cyrillic one that looks the same"
    if {a.prefix} & b.words or {b.prefix} & a.words:
        return Relation.UNSURE, "a name alone, and the same name beside a code"
    return Relation.DIFFERENT, f"other names: {a.prefix or a.number}, {b.prefix or b.number}"


def _shown(x: object) -> str:
    return (x if isinstance(x, str) else ", ".join(x)) or "none"  # type: ignore[arg-type]


def has_digits(name: str) -> bool:
    """Whether a name carries digits, a mark or a qualifier, and is to be judged by this grammar."""
    d = parse(name)
    return d.number is not None or bool(d.suffix or d.marks or d.qualifiers)
