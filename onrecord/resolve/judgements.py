"""Decisions of people → what stands: pairs that are the same, not the same, or unsure; the newest on each pair.

Nothing is deleted: a later decision on a pair supersedes the earlier ones, and "undo" takes one back (an undo can be
undone). Targets are entity keys, referent ids, or names in any spelling that folds to the same key; a name with a kind
before it ("place: Ulver") is that of the things of this kind alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from onrecord.records import Decision, Kind, Verdict
from onrecord.resolve.keys import name_key

Pair = tuple[str, str]
BY_KIND = re.compile(rf"({'|'.join(Kind)}): (.+)", re.DOTALL)


@dataclass(frozen=True)
class Standing:
    """What people have judged, as far as it stands; newest first."""

    same: tuple[tuple[Decision, Pair], ...]
    apart: tuple[tuple[Decision, Pair], ...]
    unsure: tuple[tuple[Decision, Pair], ...]
    referents: frozenset[str]  # ids that a decision names, to be judged by themselves


def active(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Decisions that no standing "undo" takes back, newest first."""
    newest = sorted(decisions, key=lambda d: (d.at, d.id), reverse=True)
    back = taken_back(newest)
    return tuple(d for d in newest if d.act != "undo" and d.id not in back)


def taken_back(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Id of each decision that a standing "undo" takes back, undone undos among them → the newest such undo.

    An undo comes after what it takes back, whatever their times say: two may be of one second.
    """
    undos: dict[str, list[Decision]] = {}
    for d in sorted(decisions, key=lambda d: (d.at, d.id), reverse=True):
        for id in {d.value, *d.target} if d.act == "undo" else ():
            undos.setdefault(id, []).append(d)

    def by(id: str, above: frozenset[str]) -> Decision | None:
        """The newest standing undo of a decision, no ring of undos followed twice."""
        some = (u for u in undos.get(id, ()) if u.id not in above)
        return next((u for u in some if by(u.id, above | {id}) is None), None)

    return {id: undo for id in undos if (undo := by(id, frozenset())) is not None}


def label(target: str, keys: frozenset[str] = frozenset()) -> str:
    """What a target of a decision is known by: a key or referent id as it stands, a name folded."""
    if target in keys or is_referent(target):
        return target
    m = BY_KIND.fullmatch(target)
    return name_key(target) if m is None else of_kind(Kind(m[1]), name_key(m[2]))


def of_kind(kind: Kind, name: str) -> str:
    """The label of the things of one kind alone that have a name."""
    return f"{kind}: {name}"


def is_referent(target: str) -> bool:
    return target.startswith("f-") and " " not in target and len(target) > 12


def standing(decisions: Iterable[Decision], keys: frozenset[str] = frozenset()) -> Standing:
    """The newest decision on each pair of targets, sorted by verdict. A pair of one target with itself says nothing."""
    newest: dict[Pair, Decision] = {}
    for d in active(decisions):
        if d.act != "judge" or len(d.target) != 2:
            continue
        a, b = sorted(label(t, keys) for t in d.target)
        if a != b and a and b:
            newest.setdefault((a, b), d)
    by: dict[str, list[tuple[Decision, Pair]]] = {v: [] for v in Verdict}
    for pair, d in newest.items():
        by.get(d.value, []).append((d, pair))
    return Standing(
        same=tuple(by[Verdict.SAME]), apart=tuple(by[Verdict.NOT_SAME]), unsure=tuple(by[Verdict.UNSURE]),
        referents=frozenset(t for pair in newest for t in pair if is_referent(t)),
    )  # fmt: skip


def judged_about(
    decisions: Iterable[Decision], keys: frozenset[str] = frozenset()
) -> Callable[[Iterable[str]], tuple[Decision, ...]]:
    """A function: what a thing is known as (key, referent ids, names) → judgements on it that stand, newest first."""
    stands = standing(decisions, keys)
    by_label: dict[str, list[Decision]] = {}
    for d, pair in (*stands.same, *stands.apart, *stands.unsure):
        for one in pair:
            by_label.setdefault(one, []).append(d)

    def about(known_as: Iterable[str]) -> tuple[Decision, ...]:
        if not by_label:
            return ()
        found = {d.id: d for k in known_as for d in by_label.get(label(k, keys), ())}
        return tuple(sorted(found.values(), key=lambda d: (d.at, d.id), reverse=True))

    return about
