"""Two groups → same, not the same, unsure, or nothing to say: rules in order, the first that answers decides.

Each rule's name is its key in the judgement; its docstring says what it sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.records import Kind, Verdict
from onrecord.resolve import compare
from onrecord.resolve.designations import Relation, has_digits, relation
from onrecord.resolve.nodes import Group
from onrecord.resolve.parts import case_endings, parts_of
from onrecord.resolve.synonyms import reworded
from onrecord.resolve.traits import difference

JOIN = 0.9  # likeness from which names are joined without asking: precision 1.0 on left-out persons of the region set
BODIES = (Kind.ORGANISATION, Kind.FACILITY, Kind.PLACE, Kind.COUNTRY)


@dataclass(frozen=True)
class Found:
    """What a rule says of two groups, in a sentence."""

    verdict: Verdict
    reason: str
    score: float


Rule = Callable[[Group, Group, float], Found | None]


def of_one_kind(a: Group, b: Group) -> bool:
    """Whether two groups may be one thing by their kinds."""
    return a.kind == b.kind or {a.kind, b.kind} == {Kind.ORGANISATION, Kind.FACILITY}


def namesakes(a: Group, b: Group, score: float) -> Found | None:
    """Persons of one name whose lives differ as reports tell them (traits.py): perhaps two. A person is asked."""
    if a.kind != Kind.PERSON or b.kind != Kind.PERSON:
        return None
    why = difference(a.traits, b.traits)
    if why is not None and (score >= compare.CUT or a.parts.sorted == b.parts.sorted):
        return Found(Verdict.UNSURE, f"“{a.name}” and “{b.name}” may be two: reports tell of {why}", score)
    if a.node[1] == b.node[1] and a.node[0] != b.node[0] and {n[0][:7] for n in (a.node, b.node)} == {"name of"}:
        return Found(Verdict.UNSURE, f"reports tell of more than one “{a.name}”: which is it", score)
    return None


def mixed_alphabets(a: Group, b: Group, score: float) -> Found | None:
    """A word that mixes Latin and Cyrillic letters may be a slip or a disguise: a person is asked."""
    odd = a if a.parts.mixed else b if b.parts.mixed else None
    if odd is None or score < compare.CUT:
        return None
    return Found(Verdict.UNSURE, f"“{odd.name}” mixes letters of two alphabets in one word", score)


def designation(a: Group, b: Group, score: float) -> Found | None:
    """Names with digits, marks or qualifiers are judged by the grammar of designations, never by likeness."""
    if a.kind in (Kind.PERSON, *BODIES) or not (has_digits(a.name) or has_digits(b.name)):
        return None
    found, why = relation(a.name, b.name, alike=_alike)
    if found == Relation.SAME:
        return Found(Verdict.SAME, f"“{a.name}” and “{b.name}”: {why}", 1.0)
    if found == Relation.VARIANT:
        return Found(Verdict.NOT_SAME, f"“{a.name}” and “{b.name}” are variants: {why}", 0.0)
    if found == Relation.UNSURE:
        return Found(Verdict.UNSURE, f"“{a.name}” and “{b.name}”: {why}", score)
    if score < compare.CUT:
        return None
    verdict = Verdict.NOT_SAME if compare.numbers_differ(a.parts, b.parts) else Verdict.UNSURE
    return Found(verdict, f"“{a.name}” and “{b.name}”: {why}", score)


def equal_parts(a: Group, b: Group, score: float) -> Found | None:
    """The same words in any order, inflected or translated by word tables; titles and legal forms set aside. Where one
    word is another of the same language ("high", "supreme"), a person is asked."""
    x, y = a.parts, b.parts
    if x.sorted != y.sorted or len(x.joined) < 3 or (x.numbers, x.initials) != (y.numbers, y.initials):
        return None
    if _forms_clash(a, b) or _patronymics_clash(a, b) or not (a.kind != Kind.PERSON or _turned(x.words, y.words)):
        return None
    changed = reworded(a.name, b.name) if a.kind in BODIES and x.script == y.script else None
    if changed is not None:
        why = f"“{changed[0]}” and “{changed[1]}” mean the same in one language: perhaps two bodies"
        return Found(Verdict.UNSURE, f"“{a.name}” and “{b.name}”: {why}", score)
    return Found(Verdict.SAME, f"“{a.name}” and “{b.name}” have the same words", 1.0)


def inflected(a: Group, b: Group, score: float) -> Found | None:
    """Cyrillic names whose words differ by case endings alone; where a woman's name may be meant, a person is asked."""
    x, y = a.parts, b.parts
    if not (x.script == y.script == "CYRILLIC") or len(x.words) != len(y.words) or x.numbers != y.numbers:
        return None
    found = [case_endings(v, w) for v, w in zip(x.words, y.words, strict=True) if v != w]
    endings = [e for pair in found if pair is not None for e in pair]
    if not found or None in found or _forms_clash(a, b):
        return None
    woman = a.kind == Kind.PERSON and any(e.endswith("a") for e in endings)
    verdict = Verdict.UNSURE if woman or len(x.words) == 1 else Verdict.SAME
    return Found(verdict, f"“{a.name}” and “{b.name}” differ by case endings alone", max(score, compare.CUT))


def acronym(a: Group, b: Group, score: float) -> Found | None:
    """Capitals that are the first letters of the other's words: the same in one report, else asked."""
    short, long = (a, b) if a.parts.capitals else (b, a)
    letters = "".join(w[0] for w in long.parts.words)
    if a.kind == Kind.PERSON or not short.parts.capitals or len(letters) < 3 or short.parts.joined != letters:
        return None
    verdict = Verdict.SAME if a.reports & b.reports else Verdict.UNSURE
    return Found(verdict, f"“{short.name}” are the first letters of “{long.name}”", 0.95)


def alike_person(a: Group, b: Group, score: float) -> Found | None:
    """Two full names of persons whose words pair off by sound."""
    if a.kind != Kind.PERSON or len(a.parts.words) < 2 or len(b.parts.words) < 2:
        return None
    same_words = a.parts.sorted == b.parts.sorted  # in another order, or `equal_parts` had joined them
    if same_words or len(a.parts.words) != len(b.parts.words) or a.parts.initials != b.parts.initials:
        return _unsure(a, b, score)
    return _by_score(a, b, score)


def alike_body(a: Group, b: Group, score: float) -> Found | None:
    """Names of bodies and places with as many words, that pair off by sound, and no other numbers or legal form."""
    if a.kind not in BODIES:
        return None
    x, y = a.parts, b.parts
    if len(x.words) != len(y.words) or x.numbers != y.numbers or _forms_clash(a, b) or x.script == y.script:
        return _unsure(a, b, score)
    return _by_score(a, b, score)


def alike_thing(a: Group, b: Group, score: float) -> Found | None:
    """Names of things without digits, in two scripts, that sound alike."""
    return _unsure(a, b, score) if a.parts.script == b.parts.script else _by_score(a, b, score)


RULES: tuple[Rule, ...] = (
    namesakes,
    mixed_alphabets,
    designation,
    equal_parts,
    inflected,
    acronym,
    alike_person,
    alike_body,
    alike_thing,
)


def judged(a: Group, b: Group, score: float) -> tuple[str, Found] | None:
    """What the first rule that answers says of two groups of one kind, with its key."""
    for rule in RULES:
        found = rule(a, b, score)
        if found is not None:
            return rule.__name__.replace("_", "-"), found
    return None


def _by_score(a: Group, b: Group, score: float) -> Found | None:
    if score >= JOIN:
        return Found(Verdict.SAME, f"“{a.name}” and “{b.name}” are written alike, letter by letter", score)
    return _unsure(a, b, score)


def _unsure(a: Group, b: Group, score: float) -> Found | None:
    if score < compare.CUT:
        return None
    return Found(Verdict.UNSURE, f"“{a.name}” and “{b.name}” may be one name", score)


def _turned(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether `b` is `a` begun at another word: "Putin Vladimir"; not "Ahmad bin Hasan" as "Hasan bin Ahmad"."""
    return any(a[i:] + a[:i] == b for i in range(len(a))) and (a == b or len(a) > 1)


def _forms_clash(a: Group, b: Group) -> bool:
    x, y = a.parts.forms, b.parts.forms
    return bool(x and y) and x != y and a.parts.script == b.parts.script


def _patronymics_clash(a: Group, b: Group) -> bool:
    x, y = a.parts.patronymics, b.parts.patronymics
    return bool(x and y) and compare.patronymics(a.parts, b.parts) < 0


def _alike(a: str, b: str) -> bool:
    """Whether two words are one, by the word tables or by sound."""
    if parts_of(a, Kind.ORGANISATION).sorted == parts_of(b, Kind.ORGANISATION).sorted:
        return True
    return compare.scores([(a, b)], [Kind.PLACE])[0] >= JOIN
