"""START HERE: how a report flows through the program, on one screen.

    originals → read → extract → keep          one report at a time: pure functions, one write per report
    resolve → link → weigh → derive            over the whole ledger, from what was kept; `rebuild` is this half alone

What is kept is append-only; all that the second half writes can be dropped and comes back the same.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from msgspec.structs import replace

from onrecord import edtf
from onrecord.beat import Beat
from onrecord.engine import Failure, each
from onrecord.errors import CheckFailed, NotFound, WrongCall
from onrecord.extract import extract
from onrecord.extract.reader import Reader
from onrecord.extract.readers import DEFAULT
from onrecord.extract.readers import reader as reader_of
from onrecord.ids import digest
from onrecord.ledger import Derived, Ledger, View
from onrecord.ledger import open as open_ledger
from onrecord.llm import reader as reader_of_answers
from onrecord.read import originals, prepare, read
from onrecord.read.sources import leads_nowhere, place_of
from onrecord.records import FUTURE, Claim, Original, Origins, Problem, Reading, Record, Report
from onrecord.resolve import resolve
from onrecord.tell.rows_kept import UNKNOWN
from onrecord.trace import by_side, children, count, link
from onrecord.weigh import weigh

Fetch = Callable[[str], Original | Problem]  # a URL's page
Progress = Callable[[str, int, int | None], None]  # stage, done so far, of how many (None: not known)


class Taken(Record, frozen=True, kw_only=True):
    """What one original gave: its reports, a reading of each, and the problems met."""

    original: Original | None  # None: there was nothing to read
    readings: tuple[tuple[Report, Reading], ...]
    problems: tuple[Problem, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Where it was looked for, the original's own first."""
        original = () if self.original is None else (self.original,)
        return tuple(x.place for x in (*original, *self.problems) if x.place is not None)


class Added(Record, frozen=True, kw_only=True):
    """What `add` did."""

    reports: int
    new: int
    claims: int
    problems: tuple[Problem, ...]
    undated: tuple[str, ...] = ()  # of each report that no day, month or year is known of, where it came from
    no_outlet: tuple[str, ...] = ()  # of each report whose outlet is not known
    said: tuple[tuple[str, str], ...] = ()  # file, what became of the outlet or date given for it, where there was one
    behind: tuple[tuple[str, int], ...] = ()  # other reader → how many of its readings are no longer in front
    anew: int = 0  # of the new readings, those of reports that were on record before


def reader_named(name: str) -> Reader:
    """The reader of that name: one of `onrecord.extract.readers`, or `llm:FILE` over stored answers, without a call.

    Raises WrongCall for an unknown one, OnRecordError where it lacks what it needs.
    """
    kind, _, given = name.partition(":")
    return reader_of_answers(given) if kind == "llm" else reader_of(name)


def add(
    ledger: Ledger,
    sources: Iterable[str],
    *,
    beat: Beat | None,
    recorded_at: str,
    outlet: str | None = None,
    published: str | None = None,
    workers: int = 1,
    reader: str = DEFAULT,
    fetch: Fetch | None = None,
    progress: Progress = lambda *_: None,
) -> Added:
    """Read `sources` (files, folders, globs, URLs) into the ledger and derive again. Adding twice adds once.

    `reader` names who reads (see `reader_named`): what each reader made of a report is kept side by side, that of the
    reader asked for last in front. `outlet` is said of all these reports, `published` (EDTF) of those that state no
    date; both are remembered of the same bytes or URL. Raises WrongCall where `published` is no date.
    """
    reader_named(reader)  # that there is none of this name is told before anything is written
    dated(published)
    named(outlet)
    if beat is not None:
        ledger.use(beat)
    view = ledger.view()
    beat = view.beat()
    said: list[tuple[str, str]] = []
    reports = new = anew = claims = 0
    problems: list[Problem] = []
    undated: list[str] = []
    no_outlet: list[str] = []
    sources = list(sources)
    prepare()
    by_then = view.readers()
    passed: Counter[str] = Counter()
    asked = [place_of(s) for s in sources]
    tried = list(asked)
    found = originals(sources, outlet=outlet, published=published, fetch=fetch)
    for taken in take_all((remembered(ledger, x) for x in found), beat=beat, workers=workers, reader=reader):
        for problem in taken.problems:
            if problem.code != "missing":  # a name that leads nowhere is the caller's slip: said, not stored
                ledger.note(problem, recorded_at=recorded_at)
        refused = [p for report, _ in taken.readings for p in ahead(report, recorded_at, taken.places)]
        for problem in refused:
            ledger.note(problem, recorded_at=recorded_at)
        for report, reading in taken.readings:
            before = before_given(view, taken, report) if (outlet, published) != (None, None) else None
            try:
                fresh = keep(ledger, taken, report, reading, recorded_at=recorded_at)
                new, anew = new + fresh, anew + (fresh and report.id in by_then)
                came = taken.original.place if taken.original is not None else None
                ledger.found(report, came, reading.version, reader)
                earlier = by_then.get(report.id, reader) or (UNKNOWN if fresh else reader)
                passed[earlier] += earlier != reader
                said += [(report.name, x) for x in became(before, report, outlet, published)]
                reports, claims = reports + 1, claims + len(reading.claims)
                came_from = taken.places[0] if taken.places else report.name
                undated += [came_from] if edtf.days(report.published) is None else []
                no_outlet += [came_from] if not_named(view, report) else []
            except CheckFailed as e:
                place = taken.places[0] if taken.places else None
                refused.append(Problem.of("extract", report.name, "unproved", str(e), report=report.id, place=place))
                ledger.note(refused[-1], recorded_at=recorded_at)
        problems += (*taken.problems, *refused)
        tried += taken.places
        progress("read", reports, None)
    ledger.mend(tried, problems, folders=asked, recorded_at=recorded_at)
    ledger.close_problems(come(view, recorded_at), recorded_at=recorded_at)
    derive(ledger, progress=progress)
    return Added(
        reports=reports, new=new, claims=claims, problems=tuple(problems), undated=tuple(undated),
        no_outlet=tuple(no_outlet), said=tuple(said),
        behind=tuple(sorted((name, n) for name, n in passed.items() if n)), anew=anew,
    )  # fmt: skip


def dated(published: str | None) -> None:
    """Raise WrongCall where the date given for reports says no day, month, year or span of them."""
    if published is not None and edtf.days(published) is None:
        hint = "write 2031-03-03, 2031-03 or 2031; a span as 2031-03-03/2031-03-09"
        raise WrongCall(f"not a date: {published!r}", hint=hint)


def named(outlet: str | None) -> None:
    """Raise WrongCall where the outlet given for reports is no name."""
    if outlet is not None and not outlet.strip():
        raise WrongCall("--outlet: an outlet has a name", hint='give it: --outlet "Harbour Post"; or leave it out')


def before_given(view: View, taken: Taken, report: Report) -> Report | None:
    """The report as it is on record; one that is new, as it would be had the caller said nothing of it."""
    try:
        return view.report(report.id)
    except NotFound:
        bare = None if taken.original is None else replace(taken.original, outlet=None, published=None)
        return None if bare is None else next((r for r in read(bare)[0] if r.id == report.id), None)


def became(before: Report | None, now: Report, outlet: str | None, published: str | None) -> Iterator[str]:
    """What the outlet and the date that were given did, where they are not the first: changed it, or were ignored."""
    if before is None:
        return
    if outlet is not None and before.outlet not in (None, now.outlet):
        yield f"outlet changed from {before.outlet} to {now.outlet}"
    if published is not None and now.published != published:
        yield f"date {published} ignored: the report states {now.published} itself"
    elif published is not None and before.published not in (None, published):
        yield f"date changed from {before.published} to {published}"


def ahead(report: Report, recorded_at: str, places: Sequence[str]) -> tuple[Problem, ...]:
    """A Problem where the report's date had not come when it was read, anywhere on earth: it is kept nonetheless."""
    first = edtf.first_day(report.published)
    if first is None or first <= date.fromisoformat(recorded_at[:10]) + timedelta(days=1):
        return ()
    detail = f"{report.name} is dated {report.published}, after the day it was read ({recorded_at[:10]}); it is kept"
    hint = "look whether the date is right: weeks, slips and promises are told by it"
    place = places[0] if places else None
    return (Problem.of("read", report.name, FUTURE, f"{detail}: {hint}", report=report.id, place=place),)


def come(view: View, recorded_at: str) -> list[Problem]:
    """Problems of reports that were dated in the future, and whose day has come."""
    found = [(p, p.report) for p in view.problems() if p.code == FUTURE]
    return [p for p, report in found if report is not None and not ahead(view.report(report), recorded_at, ())]


def remembered(ledger: Ledger, found: Original | Problem) -> Original | Problem:
    """The original with outlet and date as they were last said of it, where the caller does not say them now."""
    if isinstance(found, Problem) or (found.outlet is not None and found.published is not None):
        return found
    outlet, published = ledger.given(found.url or digest(found.data))
    return replace(found, outlet=found.outlet or outlet, published=found.published or published)


def not_named(view: View, report: Report) -> bool:
    """Whether neither the report nor its address says which outlet it is of."""
    return report.outlet is None and view.outlet_of(report) is None


def keep(ledger: Ledger, taken: Taken, report: Report, reading: Reading, *, recorded_at: str) -> bool:
    """Whether the reading is new; one that is kept already comes to the front: it was asked for last.

    Raises CheckFailed where a passage of it does not yield what it says.
    """
    assert taken.original is not None  # readings are made of an original
    new = ledger.keep(taken.original, report, reading, recorded_at=recorded_at)
    if not new:
        ledger.front(report, reading.version, recorded_at=recorded_at)
    ledger.give(taken.original, report.original, recorded_at=recorded_at)
    return new


def take(
    sources: Iterable[str],
    *,
    beat: Beat | None = None,
    outlet: str | None = None,
    workers: int = 1,
    reader: str = DEFAULT,
    fetch: Fetch | None = None,
) -> Iterator[Taken]:
    """What files, folders, globs and URLs give, without keeping it: reports, their readings, and problems."""
    return take_all(originals(sources, outlet=outlet, fetch=fetch), beat=beat, workers=workers, reader=reader)


def take_all(
    found: Iterable[Original | Problem], *, beat: Beat | None, workers: int = 1, reader: str = DEFAULT
) -> Iterator[Taken]:
    """Everything found as a `Taker` takes it, in order, as needed; what crashes its worker is a Problem, and no more.

    Raises WrongCall where no reader has that name, OnRecordError where it lacks what it needs.
    """
    reader_named(reader)
    return _taken(found, Taker(beat, reader), workers)


def _taken(found: Iterable[Original | Problem], taker: Taker, workers: int) -> Iterator[Taken]:
    names: deque[tuple[str, str | None]] = deque()

    def jobs() -> Iterator[Original | Problem]:
        for x in found:
            names.append((x.source if isinstance(x, Problem) else x.url or x.name, x.place))
            yield x

    for outcome in each(taker, jobs(), workers=workers):
        name, place = names.popleft()
        if isinstance(outcome, Failure):
            detail = f"{outcome.error}; nothing was taken from this report"
            crash = Problem.of("extract", name, outcome.code, detail, place=place)
            yield Taken(original=None, readings=(), problems=(crash,))
        else:
            yield outcome


@dataclass
class Taker:
    """One original → what was read and understood of it. Pure: the same bytes give the same records.

    It goes to each worker process once, with the reader's name; the reader is made there, at the first original.
    """

    beat: Beat | None
    reader: str

    @cached_property
    def by(self) -> Reader:
        return reader_named(self.reader)

    def __call__(self, original: Original | Problem) -> Taken:
        if isinstance(original, Problem):
            return Taken(original=None, readings=(), problems=(original,))
        reports, problems = read(original)
        readings = tuple((r, extract(r, beat=self.beat, reader=self.by)) for r in reports)
        problems += tuple(replace(p, place=original.place) for _, reading in readings for p in reading.problems)
        return Taken(original=original, readings=readings, problems=problems)


def reread(
    ledger: Ledger,
    *,
    beat: Beat | None,
    recorded_at: str,
    workers: int = 1,
    reader: str = DEFAULT,
    progress: Progress = lambda *_: None,
) -> int:
    """Read every original again, with this version of the program, `beat` (None: the ledger's own) and `reader`.

    Then derive. New readings are kept beside the old ones, which stay; returns how many were new.
    """
    reader_named(reader)
    if beat is not None:
        ledger.use(beat)
    view = ledger.view()
    beat, new = view.beat(), 0
    kept = originals_of(view)
    open_ = [p for p in view.problems() if p.stage == "extract"]
    read_again: set[str] = set()
    met: list[Problem] = []
    for done, taken in enumerate(take_all(kept, beat=beat, workers=workers, reader=reader), 1):
        for report, reading in taken.readings:
            new += keep(ledger, taken, report, reading, recorded_at=recorded_at)
            ledger.found(report, None, reading.version, reader)
            read_again.add(report.id)
            met += reading.problems
        progress("read", done, len(kept))
    ledger.mend((), met, recorded_at=recorded_at)  # what came back is open again
    back = {p.id for p in met}
    over = [p for p in open_ if p.report in read_again and p.id not in back]
    ledger.close_problems(over, recorded_at=recorded_at)
    derive(ledger, progress=progress)
    return new


def originals_of(view: View) -> tuple[Original, ...]:
    """All originals that are kept, each once."""
    return tuple({r.original: view.original(r.id) for r in view.reports()}.values())


def to_retry(view: View) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Places where what could not be read can be looked for again, and the problems of which no place is at hand."""
    open_ = [(p.place or p.source, p) for p in view.problems() if p.code != FUTURE]  # those were read
    lost = {place for place, _ in open_ if leads_nowhere(place)}
    return tuple(sorted({x for x, _ in open_} - lost)), tuple(p for place, p in open_ if place in lost)


def last_day(reports: Sequence[Report]) -> str:
    """The latest day of publication on record: the day as of which things are due. No clock: the same on any day."""
    found = [day for day in (edtf.last_day(r.published) for r in reports) if day is not None]
    return max(found, default=date(1, 1, 1)).isoformat()


@contextmanager
def opened(path: str, *, as_of: str | None = None) -> Iterator[View]:
    """A view of the ledger at `path`; with `as_of`, derived again from only what it had recorded by then."""
    with open_ledger(path, create=False) as ledger:
        view = ledger.view(as_of=as_of)
        if as_of is not None:
            view.overlay(derived(view))
        yield view


def derive(ledger: Ledger, *, progress: Progress = lambda *_: None) -> None:
    """Entities, links, positions and all that follows, from everything kept; replaces what was derived before."""
    ledger.derive_by(lambda view: derived(view, progress=progress))


def derived(view: View, *, progress: Progress = lambda *_: None) -> Derived:
    """The second half of the flow as one function of what was kept."""
    beat = view.beat()
    reports, statements, claims = view.reports(), view.statements(), view.claims()
    progress("resolve", 0, 3)
    entities, judgements = resolve(
        view.referents(), view.mentions(), beat=beat, decisions=view.decisions(),
        published={r.id: r.published for r in reports},
    )  # fmt: skip
    entity_of = {r: e.id for e in entities for r in e.referents}
    speaker_of = {s.id: entity_of.get(s.speaker) if s.speaker is not None else None for s in statements}
    progress("trace", 1, 3)
    key_of = {e.id: e.key for e in entities if e.key is not None}
    links = link(reports, statements, beat=beat, speaker_of=speaker_of, claims=claims, entity_of=entity_of)
    sides, inside = by_side(links), children(statements)
    by_report, by_statement = {r.id: r for r in reports}, {s.id: s for s in statements}

    def origins(some: Sequence[Claim]) -> Origins:
        return count(
            some, sides, reports=by_report, statements=by_statement, speaker_of=speaker_of, beat=beat, inside=inside,
            key_of=key_of,
        )  # fmt: skip

    progress("weigh", 2, 3)
    weighed = weigh(
        claims, entity_of=entity_of, reports=by_report, statements=by_statement, beat=beat, origins=origins,
        key_of=key_of,
        today=last_day(reports), superseded=frozenset(by_report) - view.current(),
    )  # fmt: skip
    progress("weigh", 3, 3)
    return Derived(
        entities=entities, judgements=judgements, links=links, positions=weighed.positions, origins=weighed.origins,
        standings=weighed.standings, conflicts=weighed.conflicts, changes=weighed.changes, dues=weighed.dues,
        hedges=weighed.hedges,
    )  # fmt: skip
