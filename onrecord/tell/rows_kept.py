"""View → plain rows of what the ledger holds and what could not be read: what `status` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from onrecord.edtf import days
from onrecord.ledger import Filter, View
from onrecord.records import Problem, Report
from onrecord.tell.rows import Row, outlet_name

UNKNOWN = "unknown (before schema 5)"  # the reader of a reading that was kept before ledgers noted readers
InFront = dict[str, tuple[int, str | None]]  # report → number of the reading in front, its reader


def status_row(view: View) -> Row:
    """Counts, outlets with their first and last day, and what could not be read."""
    by_outlet: dict[str, list[Report]] = {}
    reports = view.reports(Filter(current=True))
    for r in view.reports():
        by_outlet.setdefault(outlet_name(view, r), []).append(r)
    beat = view.beat()
    places, readers = view.places(), view.readers()
    bare = [r for r in reports if r.outlet is None and view.outlet_of(r) is None]
    dateless = [r for r in reports if days(r.published) is None]
    no_outlet, undated = ([places.get(r.id) or r.url or file_of(r) for r in found] for found in (bare, dateless))
    gone = {file_of(r) for r in (*bare, *dateless) if r.id not in places and r.url is None}
    return {
        "beat": beat.title if beat is not None else None,
        "counts": view.counts(),
        "undated promises": sum(d.by is None for d in view.dues()),
        "no_outlet": len(no_outlet),
        "no_outlet_reports": no_outlet,
        "undated": len(undated),
        "undated_reports": undated,
        "place_not_known": sorted(gone),
        "readers": sorted({readers[r.id] or "" for r in (*bare, *dateless)} - {""}),
        "read by": read_by(readers.values()),
        "expected": expected_outlets(view),
        "outlets": [_outlet_row(name, found) for name, found in sorted(by_outlet.items())],
        "problems": [problem_row(p) for p in view.problems()],
    }


def read_by(readers: Iterable[str | None]) -> dict[str, int]:
    """Reader → how many of some readings are its own, most first; one for those of which it was not noted whose."""
    return dict(Counter(name or UNKNOWN for name in readers).most_common())


def reread_row(before: InFront, after: InFront, reader: str) -> Row:
    """What reading again by `reader` did: whose readings it put behind, which are as before, which reports are new."""
    behind = [name for report, (seq, name) in before.items() if after[report][0] != seq]
    new = len(after.keys() - before.keys())
    return {
        "reader": reader, "reports": len(after), "new": new, "same": len(after) - new - len(behind),
        "replaced": read_by(behind),
    }  # fmt: skip


def file_of(r: Report) -> str:
    """The file that a report came in: of `press.jsonl#3`, `press.jsonl`."""
    file, _, item = r.name.rpartition("#")
    return file if file and item.isdecimal() else r.name


def expected_outlets(view: View) -> list[str]:
    """Names of the outlets of which the beat expects reports, in its order."""
    beat = view.beat()
    if beat is None:
        return []
    names = {o.key: o.name for o in beat.outlets}
    return list(dict.fromkeys(names[x.outlet] for x in beat.expected))


def _outlet_row(name: str, reports: list[Report]) -> Row:
    dated = sorted(r.published for r in reports if r.published is not None)
    first, last = (dated[0], dated[-1]) if dated else (None, None)
    return {"outlet": name, "reports": len(reports), "first": first, "last": last}


def problem_row(p: Problem) -> Row:
    return {
        "stage": p.stage,
        "source": p.source,
        "place": p.place,
        "code": p.code,
        "detail": p.detail,
        "report": p.report,
    }
