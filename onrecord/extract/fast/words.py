"""What the fast tagger knows of a word by itself: its letters, its shape, its classes, the word lists that hold it.

Every feature is a short text, "w=said", "is=cue.speech", as it stands in the table of weights; the same code makes it
when the tagger is trained and when it reads.
"""

from __future__ import annotations

from functools import cache

from onrecord.extract.lexicon import cue_forms, grammar, listed, words
from onrecord.extract.sources import classes as source_classes
from onrecord.extract.tokens import APOSTROPHES, LONG, classes

PAD = "¶"  # stands before and behind each paragraph
OFFSETS = {"w": (-2, -1, 0, 1, 2), "e3": (-1, 0, 1), "e2": (0,), "sh": (-1, 0, 1), "c": (-2, -1, 0, 1, 2),
           "is": (-1, 0, 1)}  # fmt: skip
ORDER = (
    "aux", "pron", "obj", "det", "poss", "rel", "conj", "sub", "prep", "other", "verb:past", "verb:s", "verb:base",
    "verb:participle", "verb:ing", "adv", "day", "month", "number",
)  # fmt: skip
MARKS = {'"': "quote", "“": "quote", "”": "quote", ",": "comma", ".": "stop", "!": "stop", "?": "stop", ":": "colon",
         ";": "semicolon", "(": "bracket", ")": "bracket", "-": "dash", "–": "dash", "—": "dash"}  # fmt: skip
CLASSES = (
    "pad", "long", "to", "that", "by", "of", "n't", "'s", *ORDER, "name", "CAPS", "word", *sorted(set(MARKS.values())),
    "mark",
)  # fmt: skip
OWN = frozenset(("to", "that", "by", "of"))
CUES = ("-", "cue", "plain")  # whether a word may report, and whether it is one of the plain verbs
AFFIXED = 4  # letters: the endings of longer words are features


def lowered(word: str) -> str:
    return word.lower().translate(APOSTROPHES)


def shape(word: str) -> str:
    if word == PAD:
        return "pad"
    if word.islower() and word.isalpha():
        return "x"
    if not word.isalpha():
        if not any(c.isalnum() for c in word):
            return "mark"
        if any(c.isdigit() for c in word):
            return "number" if word[:1].isdigit() else "mixed"
    if word.islower():
        return "x"
    return "XX" if word.isupper() and len(word) > 1 else "Xx" if word[:1].isupper() else "mixed"


def coarse(word: str) -> str:
    """One class of a word: the tagger's part of speech."""
    low = lowered(word)
    if word == PAD or len(word) >= LONG:
        return "pad" if word == PAD else "long"
    if low in OWN:
        return low
    if not low[:1].isalnum() and not low.startswith("'"):
        return MARKS.get(low, "mark")
    found = classes(low)
    first = next((c for c in ORDER if c in found), None)
    if word[:1].isupper() and (first is None or first.startswith("verb")):
        return "CAPS" if word.isupper() and len(word) > 1 else "name"
    if low.endswith("'s"):
        return "'s"
    return "n't" if low.endswith("n't") else first or "word"


def cue(word: str) -> str:
    low = lowered(word)
    return "plain" if low in plain() else "cue" if low in cue_forms() or low == "according" else "-"


@cache
def plain() -> frozenset[str]:
    return listed("plain-cue")


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Word → the word lists that hold it, as values of the feature `is`."""
    table: dict[str, set[str]] = {}
    for kind, held in grammar().items():
        for w in held:
            table.setdefault(w.lower(), set()).add(f"list.{kind}")
    for w, kinds in source_classes().items():
        table.setdefault(w, set()).update(f"source.{k}" for k in kinds)
    for w in words("given_names", "spelling"):
        table.setdefault(w.lower(), set()).add("given-name")
    for w, found in cue_forms().items():
        table.setdefault(w, set()).update(
            x for c, _ in found for x in (f"cue.{c.sort}", *(f"frame.{f}" for f in c.frames))
        )
    return {w: tuple(sorted(kinds)) for w, kinds in table.items()}


def features(word: str) -> list[tuple[str, str]]:
    """Key and value of each feature of a word."""
    if word == PAD or len(word) >= LONG:
        return [("w", PAD if word == PAD else "long"), ("c", coarse(word))]
    low = lowered(word)
    out = [("w", low), ("sh", shape(word)), ("c", coarse(word))]
    if len(low) > AFFIXED and low.isalpha():
        out += [("e3", low[-3:]), ("e2", low[-2:])]
    out += [("is", c) for c in sorted(classes(low))]
    out += [("is", kind) for kind in lists().get(low.removesuffix("'s"), ())]
    return out
