"""A name in any script → Latin letters as they sound, roughly, and the script that it stood in.

Han is read as pinyin, Hangul by its letters, kana by syllables, Arabic and Hebrew by their consonants; the learned
costs of `sounds` know what each of these readings loses. Letters come from `beats/words/letters.tsv`, else anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from onrecord.resolve.tables import pairs_of

LOOKALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})
SMALL_KANA = {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o"}
MAX_NAME = 300  # characters of a name that are compared: longer ones are no names


@lru_cache(maxsize=4096)
def script_of_letter(c: str) -> str | None:
    """The script of one letter, by its Unicode name; None for digits, signs and marks."""
    if not c.isalpha():
        return None
    if c < "\u0250":
        return "LATIN"
    first = unicodedata.name(c, "OTHER").split()[0].split("-")[0]
    return {"CJK": "HAN", "HIRAGANA": "KATAKANA"}.get(first, first)


def scripts_of(name: str) -> tuple[str, ...]:
    """The scripts of a name's letters, most frequent first; ties by name."""
    if name.isascii():
        return ("LATIN",) if any(map(str.isalpha, name)) else ()
    kinds = {s for s in map(script_of_letter, set(name[:MAX_NAME])) if s is not None}
    if len(kinds) < 2:
        return tuple(kinds)
    found = [script_of_letter(c) for c in name[:MAX_NAME]]
    return tuple(sorted(kinds, key=lambda s: (-found.count(s), s)))


def mixed_words(name: str) -> tuple[str, ...]:
    """Words that mix Latin, Cyrillic or Greek letters: look-alikes, a slip of the keyboard or a disguise."""
    if len(LOOKALIKE.intersection(scripts_of(name))) < 2:
        return ()
    words = re.findall(r"[^\W\d_]+", name[:MAX_NAME])
    return tuple(w for w in words if len(LOOKALIKE.intersection(scripts_of(w))) > 1)


class _Letters(dict[int, str]):
    """Code point → its Latin letters, for `str.translate`: the table's, else anyascii's, looked up once."""

    def __missing__(self, code: int) -> str:
        from anyascii import anyascii

        found = self[code] = anyascii(chr(code)).lower()
        return found


@lru_cache(maxsize=1)
def _letters() -> _Letters:
    return _Letters({ord(k): v for k, v in pairs_of("letters")} | {c: chr(c) for c in range(128)})


@lru_cache(maxsize=65536)
def romanise(name: str) -> str:
    """`name` in lower-case ASCII letters, digits and single spaces."""
    text = unicodedata.normalize("NFC", name[:MAX_NAME]).casefold()
    if text.isascii():
        return text
    if SMALL_KANA.keys().isdisjoint(text):
        return text.translate(_letters())
    out: list[str] = []
    for c in text:
        if c in SMALL_KANA:
            _small(out, SMALL_KANA[c])
        else:
            out.append(c.translate(_letters()))
    return "".join(out)


def _small(out: list[str], sound: str) -> None:
    """A small kana takes the vowel of the syllable before it: シ + ャ = sha, not shiya."""
    if not out or out[-1][-1:] not in set("aiueo"):
        out.append(sound)
        return
    before = out[-1][:-1]
    out[-1] = before + (sound[-1] if len(sound) == 1 or before.endswith(("sh", "ch", "j")) else sound)
