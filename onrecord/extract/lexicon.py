"""The word lists of `onrecord/beats/words`, as tables that look up a lower-cased word form.

The lists are data that a person edits: a header, tab-separated columns, the last one `source`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from onrecord.records import Modality, Sort

VOWELS = "aeiou"


class Shape(StrEnum):
    """Inflected form of a verb. A past form may also be the participle: which, the words around it decide."""

    BASE = "base"
    S = "s"
    PAST = "past"
    PARTICIPLE = "participle"
    ING = "ing"


@dataclass(frozen=True)
class Cue:
    """A word or phrase that reports what somebody said, holds or wants, and the complements it takes."""

    lemma: str
    particles: tuple[str, ...]  # ("out",) of "point out"
    sort: Sort
    # T that, Q quotation, C bare clause, W whether, I to-infinitive, N noun phrase, O person before these, Z seeming
    frames: str
    makes: Modality | None = None  # of a content that has none of its own: "ordered to", "denied that"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of the word list `name`, as dicts."""
    lines = (files("onrecord.beats") / "words" / f"{name}.tsv").read_text("utf-8").splitlines()
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"), strict=False)) for line in lines[1:] if line and not line.startswith("#")]


@cache
def words(name: str, column: str = "word") -> frozenset[str]:
    """One column of a word list."""
    return frozenset(r[column] for r in rows(name))


def grouped(name: str, by: str, column: str) -> dict[str, frozenset[str]]:
    """Each value of the column `by` of a word list → the values of another column that stand beside it."""
    table: dict[str, set[str]] = {}
    for r in rows(name):
        table.setdefault(r[by], set()).add(r[column])
    return {k: frozenset(v) for k, v in table.items()}


@cache
def grammar() -> dict[str, frozenset[str]]:
    """Class of `grammar.tsv` → its words."""
    return grouped("grammar", "class", "word")


def listed(kind: str) -> frozenset[str]:
    """The words that the rules ask for by the name of their class. Raises KeyError for an unknown class."""
    return grammar()[kind]


def inflect(base: str, forms: str = "") -> dict[str, Shape]:
    """Word forms of a verb. `forms`: "" regular, "+" doubles its last letter, "said said" past and participle.

    Forms: plan+ → planned, planning; try → tries, tried; agree → agreed, agreeing; panic is not handled.
    """
    stem = base + base[-1] if forms.startswith("+") else base[:-1] if base.endswith("e") else base
    past = base[:-1] + "ied" if base.endswith("y") and base[-2:-1] not in VOWELS else stem + "ed"
    irregular = forms.lstrip("+").split()
    if base.endswith(("ee", "ye", "oe")):
        stem, past = base, base + "d"
    if base.endswith("ie"):
        stem, past = base[:-2] + "y", base + "d"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        s = base[:-1] + "ies"
    else:
        s = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    out = {base: Shape.BASE, s: Shape.S, stem + "ing": Shape.ING}
    out.setdefault(irregular[1] if len(irregular) > 1 else past, Shape.PARTICIPLE)
    out[irregular[0] if irregular else past] = Shape.PAST if not irregular or irregular[0] != base else Shape.BASE
    return out


@cache
def cue_forms() -> dict[str, tuple[tuple[Cue, Shape], ...]]:
    """Form of a cue's verb → the cues it may be, those with the most particles first."""
    table: dict[str, list[tuple[Cue, Shape]]] = {}
    for r in rows("cues"):
        verb, *particles = r["cue"].split()
        cue = Cue(verb, tuple(particles), Sort(r["sort"]), r["frames"], Modality(r["makes"]) if r["makes"] else None)
        for form, shape in inflect(verb, r["forms"]).items():
            table.setdefault(form, []).append((cue, shape))
    return {k: tuple(sorted(v, key=lambda x: -len(x[0].particles))) for k, v in table.items()}


@cache
def verb_forms() -> dict[str, Shape]:
    """Form → shape for common verbs, cues included."""
    table: dict[str, Shape] = {}
    for r in rows("verbs"):
        for form, shape in inflect(r["verb"], r["forms"]).items():
            table.setdefault(form, shape)
    for form, cues in cue_forms().items():
        table.setdefault(form, cues[0][1])
    return table
