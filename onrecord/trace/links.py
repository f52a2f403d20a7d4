"""Which reports, and which statements, depend on each other: the links that origins are counted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from rapidfuzz.distance import Indel

from onrecord.beat import Beat
from onrecord.edtf import first_day, last_day
from onrecord.records import Claim, Link, LinkKind, Passages, Report, Statement
from onrecord.trace.agreements import agreements
from onrecord.trace.alignment import CONTAINED, Reuse, widened
from onrecord.trace.chains import speeches
from onrecord.trace.copies import reuses
from onrecord.trace.credits import credited
from onrecord.trace.documents import documents
from onrecord.trace.siblings import EXCHANGED, exchanged, listed, rewritten

T = TypeVar("T", Report, Statement)

LEAST = 0.02  # share of the shorter text: below this nothing is aligned
PARAGRAPH = 160  # characters in one reused passage: a paragraph, which is evidence however long the rest is
PHRASE = 60  # characters: shorter stretches are the same in many reports
NEARLY = 0.7  # of the letters of such a passage agree in order
EXCERPT = (0.8, 0.6)  # nearly all of one, not most of the other: the first is an excerpt of the second


def link(
    reports: Iterable[Report] | Mapping[str, Report],
    statements: Iterable[Statement] | Mapping[str, Statement] = (),
    *,
    beat: Beat | None = None,
    speaker_of: Mapping[str, str | None] | None = None,
    claims: Iterable[Claim] = (),
    entity_of: Mapping[str, str] | None = None,
) -> tuple[Link, ...]:
    """All links between reports (copies, siblings, versions) and statements (one speech or document), by their ids.

    With `claims`, and `entity_of` (referent id → entity id) to tell what they are about, also between reports of
    outlets that share values which few others give.
    """
    texts, said, speakers = _by_id(reports), _by_id(statements), speaker_of or {}
    reused = copies(texts, beat)
    whole = [k for k in reused if k.score >= CONTAINED]
    told = documents(said.values(), texts, speakers)
    papers = {(k.left, k.right) for k in told}
    found = [
        *versions(texts),
        *reused,
        *rewritten(texts, {(k.left, k.right): k.left_passages for k in whole}),
        *told,
        *(k for k in speeches(said.values(), texts, speakers) if (k.left, k.right) not in papers),
        *agreements(claims, reports=texts, statements=said, entity_of=entity_of or {}, beat=beat, copies=whole),
    ]
    return tuple(sorted(found, key=lambda k: (k.left, k.right, k.kind, not k.shown, k.left_passages, k.reason)))


def _by_id(records: Iterable[T] | Mapping[str, T]) -> dict[str, T]:
    """Records by id, in order of id: nothing below depends on the order of reading."""
    values = records.values() if isinstance(records, Mapping) else records
    return {r.id: r for r in sorted(values, key=lambda r: r.id)}


def copies(reports: Mapping[str, Report], beat: Beat | None) -> list[Link]:
    """COPY links: one report contained in another, or a paragraph reused."""
    rows = list(reports.values())
    found = []
    known: dict[str, str | None] = {}
    for reuse in reuses([r.text for r in rows], [r.outlet for r in rows], [r.furniture for r in rows], least=LEAST):
        a, b = rows[reuse.left], rows[reuse.right]
        if a.url is not None and a.url == b.url:
            continue  # versions of one report, linked as such
        kept = reuse if reuse.is_copy else paragraphs(a.text, b.text, reuse)
        if kept.left_passages:
            found.append(_copy(a, b, kept, _credits(a, b, beat, known)))
    return found


def paragraphs(left: str, right: str, reuse: Reuse) -> Reuse:
    """The pair with those passages only that are evidence by themselves: long, and nearly the same words."""
    kept = [
        (p, q)
        for p, q in zip(reuse.left_passages, reuse.right_passages, strict=True)
        if p.end - p.start >= PARAGRAPH
        and Indel.normalized_similarity(left[p.start : p.end], right[q.start : q.end]) >= NEARLY
    ]
    return replace(reuse, left_passages=tuple(p for p, _ in kept), right_passages=tuple(q for _, q in kept))


def _credits(a: Report, b: Report, beat: Beat | None, known: dict[str, str | None]) -> tuple[bool, bool]:
    """Whether each of the two credits the other's outlet."""
    if beat is None:
        return False, False
    for r in (a, b):
        if r.id not in known:
            credit = credited(r, beat)
            known[r.id] = None if credit is None else credit.outlet
    keys = [None if (row := beat.outlet_of(r.outlet)) is None else row.key for r in (a, b)]
    return (known[a.id] is not None and known[a.id] == keys[1], known[b.id] is not None and known[b.id] == keys[0])


def _copy(a: Report, b: Report, reuse: Reuse, credit: tuple[bool, bool]) -> Link:
    origin, why = direction(a, b, reuse, credit)
    ours, theirs = _telling(*widened(a.text, b.text, reuse))
    share = reuse.contained
    inner, outer = (b, a) if reuse.right_share > reuse.left_share else (a, b)
    run = longest(ours if inner is a else theirs)
    reason = (
        f"{share:.0%} of {_called(inner)} stands in {_called(outer)} too, the longest reused passage {run} characters"
    )
    differences = () if reuse.identical else exchanged(a.text, b.text, ours, theirs)
    sibling = reuse.is_copy and len(differences) >= EXCHANGED
    if sibling:
        reason += f", with names or figures exchanged: {listed(differences)}"
    return Link(
        left=a.id, right=b.id, kind=LinkKind.SIBLING if sibling else LinkKind.COPY, shown=True, score=share,
        reason=f"{reason}; {why}" if why else reason, origin=origin,
        left_passages=ours, right_passages=theirs,
    )  # fmt: skip


def _telling(left: Passages, right: Passages) -> tuple[Passages, Passages]:
    """The passages that are longer than a phrase which two writers may both use; all, if none is."""
    kept = [(p, q) for p, q in zip(left, right, strict=True) if p.end - p.start >= PHRASE] or list(
        zip(left, right, strict=True)
    )
    return tuple(p for p, _ in kept), tuple(q for _, q in kept)


def direction(a: Report, b: Report, reuse: Reuse, credit: tuple[bool, bool]) -> tuple[str | None, str]:
    """Whose words they were first, by credit, else by time, else by what is an excerpt of what; None where unsure."""
    if credit[0] != credit[1]:
        taker, source = (a, b) if credit[0] else (b, a)
        return source.id, f"{_called(taker)} credits {_called(source)}"
    earlier = before(a, b)
    if earlier is not None:
        return earlier.id, f"{_called(earlier)} was published first ({earlier.published})"
    most, least = EXCERPT
    for part, whole, own, other in (
        (a, b, reuse.left_share, reuse.right_share),
        (b, a, reuse.right_share, reuse.left_share),
    ):
        if own >= most and other <= least:
            return whole.id, f"{_called(part)} looks like an excerpt"
    return None, "each credits the other" if credit == (True, True) else ""


def before(a: Report, b: Report) -> Report | None:
    """The one that was certainly published on an earlier day."""
    ends = [(first_day(r.published), last_day(r.published)) for r in (a, b)]
    for one, (_, last), (first, _) in ((a, ends[0], ends[1]), (b, ends[1], ends[0])):
        if last is not None and first is not None and last < first:
            return one
    return None


def versions(reports: Mapping[str, Report]) -> list[Link]:
    """VERSION links between neighbours among the reports of one URL, oldest first."""
    at: dict[str, list[Report]] = {}
    for r in reports.values():
        if r.url is not None:
            at.setdefault(r.url, []).append(r)
    found = []
    for _, rows in sorted(at.items()):
        rows.sort(key=lambda r: (str(first_day(r.published)), r.id))
        for a, b in pairwise(rows):
            if a.text != b.text or a.original != b.original:
                found.append(_version(*sorted((a, b), key=lambda r: r.id)))
    return found


def _version(a: Report, b: Report) -> Link:
    same = reuses([a.text, b.text], [None, None], [a.furniture, b.furniture], least=0.0)
    earlier = before(a, b)
    return Link(
        left=a.id, right=b.id, kind=LinkKind.VERSION, shown=True, score=same[0].contained if same else 0.0,
        reason=f"two versions of what stands at {a.url}", origin=earlier.id if earlier is not None else None,
        left_passages=same[0].left_passages if same else (), right_passages=same[0].right_passages if same else (),
    )  # fmt: skip


def longest(passages: Passages) -> int:
    """Characters of the longest passage."""
    return max((p.end - p.start for p in passages), default=0)


def _called(report: Report) -> str:
    """A report's name for people: headline in quotation marks, else file name, with the outlet."""
    name = f"“{report.title}”" if report.title else report.name
    return f"{name} ({report.outlet})" if report.outlet else name
