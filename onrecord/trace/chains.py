"""Statements as occasions: who spoke first in a chain of retelling, and which statements are one speech.

A claim's origin is the innermost speaker ("the agency quoted the minister as saying"), not whoever retold it last. The
same speaker, on the same day or in reports a few days apart, in matching words, is one speech, interview or press
conference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from onrecord.edtf import days
from onrecord.records import Anonymity, Claim, Link, LinkKind, Passages, Report, Statement

OCCASION = timedelta(days=3)  # between two reports of one speech; weeklies tell it later, and then only may be the same
PRECISE = timedelta(days=6)  # a date wider than a week says no occasion
WINDOW = 40  # statements of one speaker compared with each: bounds the work on a speaker who is quoted daily
MATCHING = 0.5  # share of the shorter statement's words that stand in the other
LEAST_WORDS = 4

WORD = re.compile(r"\w+")


def innermost(
    claim: Claim, statements: Mapping[str, Statement], inside: Mapping[str, Sequence[Statement]]
) -> Statement | None:
    """The statement nearest to the claim: its own, or one reported inside it whose content holds the evidence."""
    found = statements.get(claim.statement) if claim.statement is not None else None
    seen: set[str] = set()
    while found is not None and found.id not in seen:
        seen.add(found.id)
        inner = [s for s in inside.get(found.id, ()) if _covers(s.content, claim.evidence)]
        if not inner:
            break
        found = min(inner, key=lambda s: (sum(p.end - p.start for p in s.content), s.id))
    return found


def _covers(content: Passages, evidence: Passages) -> bool:
    return bool(evidence) and all(any(c.start <= e.start and e.end <= c.end for c in content) for e in evidence)


def children(statements: Iterable[Statement]) -> dict[str, tuple[Statement, ...]]:
    """Statement id → the statements reported inside its content, by id."""
    found: dict[str, list[Statement]] = {}
    for s in sorted(statements, key=lambda s: s.id):
        if s.parent is not None:
            found.setdefault(s.parent, []).append(s)
    return {parent: tuple(inner) for parent, inner in found.items()}


def occasion_day(said_at: str | None, report: Report | None) -> date | None:
    """The day on which something was said as nearly as it is known: said-at where precise, else the publication day."""
    for value in (said_at, report.published if report is not None else None):
        found = days(value)
        if found is not None and found[0] is not None and found[1] is not None and found[1] - found[0] <= PRECISE:
            return found[0]
    return None


def speeches(
    statements: Iterable[Statement], reports: Mapping[str, Report], speaker_of: Mapping[str, str | None]
) -> tuple[Link, ...]:
    """Links between statements of different reports that tell one speech: same speaker, near days, matching words."""
    known = [
        s for s in statements if speaker_of.get(s.id) and s.anonymity is not Anonymity.OUTLET and s.report in reports
    ]
    known.sort(key=lambda s: (speaker_of[s.id] or "", s.id))
    found: list[Link] = []
    for _, group in groupby(known, key=lambda s: speaker_of[s.id]):
        found += _same_speeches(list(group), reports)
    return tuple(sorted(found, key=lambda k: (k.left, k.right)))


def _same_speeches(statements: list[Statement], reports: Mapping[str, Report]) -> Iterable[Link]:
    rows = []
    for s in statements:
        day = occasion_day(s.said_at, reports[s.report])
        words = frozenset(WORD.findall(_words(s, reports[s.report]).casefold()))
        if day is not None and len(words) >= LEAST_WORDS:
            rows.append((day, s.id, s, words))
    rows.sort(key=lambda r: r[:2])
    told: dict[frozenset[str], tuple[date, Statement]] = {}
    different = []
    for day, _, s, words in rows:  # equal words are linked with the first, so that what all repeat stays a star
        first_day, first = told.get(words, (day, s))
        if first is not s and day - first_day <= OCCASION:
            if first.report != s.report:
                yield _speech(first, s, 1.0, first_day, day)
        else:
            told[words] = day, s
            different.append((day, s, words))
    for i, (day, s, words) in enumerate(different):
        for later, t, others in different[i + 1 : i + 1 + WINDOW]:
            if later - day > OCCASION:
                break
            common = len(words & others)
            share = common / min(len(words), len(others))
            if s.report != t.report and common >= LEAST_WORDS and share >= MATCHING:
                yield _speech(s, t, share, day, later)


def _words(s: Statement, report: Report) -> str:
    return " ".join(report.text[p.start : p.end] for p in s.content)


def _speech(s: Statement, t: Statement, share: float, day: date, later: date) -> Link:
    a, b = sorted((s, t), key=lambda x: x.id)
    when = f"on {day}" if day == later else f"between {day} and {later}"
    return Link(
        left=a.id, right=b.id, kind=LinkKind.SPEECH, shown=True, score=round(share, 4),
        reason=f"the same speaker, told {when}, with {share:.0%} of the shorter statement's words in common",
        left_passages=a.content, right_passages=b.content,
    )  # fmt: skip
