"""Statements that report one document: "the Audit Office's summary says", "according to a report by the Audit Office".

A document is known by who wrote it, what it is and when it was reported, or by its title. What a document is, and
how many days after the first its retellings come, is in beats/words/documents.tsv (English); the head of the
speaker's words decides, so "the Audit Office" is a body and "the Audit Office's summary" is paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from onrecord import beats
from onrecord.records import Anonymity, Link, LinkKind, Report, Sort, Statement
from onrecord.trace.chains import occasion_day

NOUNS = Path(beats.__file__).parent / "words" / "documents.tsv"
ANY = ("any", 7)  # sort and days of what is only called a document: it may be a report or a letter
TITLED = 30  # days in which one title is one document: an annual report has the same title every year
TITLE = 3  # words in a title, its noun among them: fewer ("Annual Report") are no name
AFTER = re.compile(
    r"\s+(?:by|of|on|from|into|about|for|to|in|at|with|that|which|who|published|dated|issued|released|prepared|seen"
    r"|obtained)\b|[,;:(]",
    re.IGNORECASE,
)  # what follows the head: whose it is, on what
ARTICLE = re.compile(r"(?:the|an|a|its|his|her|their|this|that)\s+", re.IGNORECASE)
WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True)
class Paper:
    """What a statement says its document is. `keys`: author and title, each enough to know it again."""

    statement: Statement
    day: date
    sort: str
    keys: tuple[tuple[str, str], ...]
    days: int  # from the first report of it in which later ones are of the same
    called: str


@lru_cache(maxsize=1)
def nouns() -> Mapping[str, tuple[str, int]]:
    """Noun in small letters → the sort of document, and days."""
    rows = [line.split("\t") for line in NOUNS.read_text("utf-8").splitlines()[1:] if line.strip()]
    return {row[0]: (row[1], int(row[2])) for row in rows}


def documents(
    statements: Iterable[Statement], reports: Mapping[str, Report], speaker_of: Mapping[str, str | None]
) -> tuple[Link, ...]:
    """Links between statements of different reports that tell one document: each with the first that told it."""
    papers = [p for s in statements if s.report in reports and (p := paper(s, reports[s.report], speaker_of))]
    groups: dict[tuple[str, str], list[Paper]] = {}
    for p in sorted(papers, key=lambda p: (p.day, p.statement.id)):
        for key in p.keys:
            groups.setdefault(key, []).append(p)
    found = {(k.left, k.right): k for key, group in sorted(groups.items(), reverse=True) for k in _stars(key[0], group)}
    return tuple(link for _, link in sorted(found.items()))


def paper(s: Statement, report: Report, speaker_of: Mapping[str, str | None]) -> Paper | None:
    """The document that speaks in a statement; None where a person or body does, or nothing says which and when."""
    called = " ".join(report.text[p.start : p.end] for p in s.speaker_passages)
    head = ARTICLE.sub("", AFTER.split(called, maxsplit=1)[0].strip(), count=1)
    words = WORD.findall(head)
    noun = nouns().get(words[-1].lower()) if words else None
    day = occasion_day(s.said_at, report)
    if day is None or s.anonymity is Anonymity.OUTLET or (noun is None and s.sort is not Sort.DOCUMENT):
        return None
    sort, days = noun or ANY
    speaker = speaker_of.get(s.id)
    keys = [("author", speaker)] if speaker is not None else []
    if noun is not None and len(words) >= TITLE and all(w[0].isupper() or w[0].isdigit() for w in words):
        keys.append(("title", " ".join(words).casefold()))
    return Paper(s, day, sort, tuple(keys), days, called) if keys else None


def _stars(by: str, group: Sequence[Paper]) -> Iterator[Link]:
    """Each with the first before it that may be the same, days apart at most."""
    first: list[Paper] = []
    for p in group:
        within = timedelta(days=TITLED if by == "title" else p.days)
        same = next((f for f in reversed(first) if p.day - f.day <= within and (by == "title" or _fits(f, p))), None)
        if same is None:
            first.append(p)
        elif same.statement.report != p.statement.report:
            yield _link(by, same, p)


def _fits(a: Paper, b: Paper) -> bool:
    return a.sort == b.sort or "any" in (a.sort, b.sort)


def _link(by: str, a: Paper, b: Paper) -> Link:
    left, right = sorted((a, b), key=lambda p: p.statement.id)
    when = f"on {a.day}" if a.day == b.day else f"between {a.day} and {b.day}"
    what = "one title" if by == "title" else "one author"
    return Link(
        left=left.statement.id, right=right.statement.id, kind=LinkKind.DOCUMENT, shown=True,
        reason=f"both report a document of {what}, told {when}: “{left.called}”, “{right.called}”",
        left_passages=left.statement.content, right_passages=right.statement.content,
    )  # fmt: skip
