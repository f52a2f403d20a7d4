"""A position's claims → who said it first on record, and through whom: the earliest, without what copies it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from onrecord.edtf import first_day, last_day
from onrecord.ledger import View
from onrecord.records import Claim, LinkKind, Position
from onrecord.tell.times import in_words

MOST = 3  # said on one day by so many, none shown to have it from another: the rest is counted
COPIES = (LinkKind.COPY, LinkKind.SIBLING)


def first_claims(view: View, position: Position) -> tuple[Claim, ...]:
    """The claims of a position in the reports that were published first, of which none is shown to copy another report
    that has it; empty where no report has a date. A report dated in a month alone may be any day of it: it is among the
    first where its first day is no later than the earliest report's last."""
    claims = [view.claim(c) for c in position.claims]
    days = {c.report: _span(view, c.report) for c in claims}
    ends = [end for _, end in days.values() if end is not None]
    if not ends:
        return ()
    early = {r for r, (start, _) in days.items() if start is not None and start <= min(ends)}
    copied = {
        r for r in early
        if any(k.kind in COPIES and k.shown and k.origin in early and k.origin != r for k in view.links(r))
    }  # fmt: skip
    first = (early - copied) or early
    once: dict[tuple[str, str | None], Claim] = {}
    for c in claims:
        if c.report in first:
            once.setdefault((c.report, c.statement), c)
    return tuple(sorted(once.values(), key=lambda c: (days[c.report][0] or date.max, c.id)))


def _span(view: View, report: str) -> tuple[date | None, date | None]:
    published = view.report(report).published
    return first_day(published), last_day(published)


def told_first(rows: Sequence[dict[str, object]]) -> str:
    """`Said first by Ada Lund, through Coast Wire, on 4 March 2031, in Quay Paper (a.txt)`; empty for no rows."""
    told = [_source(r) for r in rows[:MOST]]
    more = f"; and {len(rows) - MOST} more" if len(rows) > MOST else ""
    return f"said first on record by {'; or '.join(told)}{more}" if told else ""


def _source(row: dict[str, object]) -> str:
    via = row["via"]
    through = "".join(f", through {v}" for v in via) if isinstance(via, list | tuple) else ""
    who = row["speaker"] or "the outlet itself"
    file = f" ({row['name']})" if row["name"] != row["outlet"] else ""  # of no known outlet: it is called by its file
    return f"{who}{through}, in {row['outlet']}, {in_words(str(row['published']))}{file}"
