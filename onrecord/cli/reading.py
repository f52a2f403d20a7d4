"""demo, beat, add, read, eval: from reports into the record."""

from __future__ import annotations

import json
import shlex
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import click

from onrecord.cli.options import json_option, now, print_json, reader_option
from onrecord.errors import SOME_PROBLEMS, NotFound, WrongCall
from onrecord.records import Original, Problem

DEMO_READ = "2031-04-07T06:00:00Z"  # the Monday after the last week of the invented beat: it has its own calendar


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Callable[[str, int, int | None], None]]:
    """A `flow.Progress` that draws on a terminal's stderr, and nowhere else."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    drawn = console.is_terminal and not quiet
    # not redirected: a bar on a terminal's stderr must not swallow what goes to stdout, into a file
    with Progress(*columns, console=console, disable=not drawn, transient=True, redirect_stdout=False) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show


@click.command()
@click.argument("ledger")
@click.argument("sources", nargs=-1)
@click.option("--retry", is_flag=True, help="try again what could not be read before (see: onrecord status)")
@click.option("--beat", metavar="BEAT", help="a beat file, or the name of a bundled beat [default: the ledger's own]")
@click.option("--outlet", metavar="NAME", help="outlet of these reports")
@click.option("--date", "published", metavar="DATE", help="EDTF: publication date of those reports that state none")
@click.option("--workers", default=1, show_default=True, help="processes that read")
@reader_option
@json_option
def add_command(
    ledger: str, sources: tuple[str, ...], retry: bool, beat: str | None, outlet: str | None, published: str | None,
    workers: int, reader: str, yes: bool, as_json: bool,
) -> int:  # fmt: skip
    """Read SOURCES (files, folders, globs, URLs) into LEDGER, which is made if it does not exist.

    Adding a report twice changes nothing. Added again with --outlet or --date, what was not known of it is known from
    then on; with another --reader, that reader's reading is kept beside the others, and shown. A report that cannot be
    read becomes a Problem, and the exit code is 11.
    """
    from onrecord import flow
    from onrecord.beat import load
    from onrecord.cli.consent import answered, refused
    from onrecord.extract.readers import DEFAULT
    from onrecord.ledger import open as open_ledger
    from onrecord.read import originals
    from onrecord.tell import rows_kept, screen, screen_kept

    if not sources and not retry:
        raise WrongCall("nothing to add", hint="name files, folders, globs or addresses, or give --retry")
    flow.dated(published)
    flow.named(outlet)
    at_hand(sources, "added")
    given = load(beat) if beat is not None else None
    lost: tuple[Problem, ...] = ()
    if retry:
        with open_ledger(ledger, create=bool(sources)) as book:
            places, lost = flow.to_retry(book.view())
            sources = (*sources, *places)
    for p in lost:
        click.echo(f"onrecord: {p.place or p.source} is not to be found from here; add it by its path", err=True)
    pages, named = once(reader), reader
    reader = answered(
        reader, lambda: originals(sources, outlet=outlet, published=published, fetch=pages),
        beside=f"{ledger}.answers", yes=yes,
    )  # fmt: skip
    with open_ledger(ledger) as book:
        with progress_bar() as show:
            added = flow.add(
                book, sources, beat=given, recorded_at=now(), outlet=outlet, published=published, workers=workers,
                reader=reader, fetch=pages, progress=show,
            )  # fmt: skip
        expected = rows_kept.expected_outlets(book.view())
        denied = refused(book.view().refusals()) if reader.startswith("llm:") else None
    if as_json:
        print_json([added])
    else:
        command = f"onrecord add {shlex.quote(ledger)}" + ("" if named == DEFAULT else f" --reader {named}")
        gaps = screen_kept.gaps(added.undated, added.no_outlet, command, expected)
        screen.show(
            screen_kept.added(added, ledger),
            *screen_kept.said(added.said),
            *screen_kept.behind(added.behind),
            *gaps,
        )
    if denied is not None:
        click.echo(denied, err=True)
    return SOME_PROBLEMS if added.problems or lost else 0


def at_hand(sources: tuple[str, ...], done: str) -> None:
    """Raise NotFound where there are sources and none of them leads to anything; one of several becomes a Problem."""
    from onrecord.read.sources import leads_nowhere

    if sources and all(map(leads_nowhere, sources)):
        named = ", ".join(sources[:3]) + (", …" if len(sources) > 3 else "")
        raise NotFound(f"no such file: {named}", hint=f"nothing was {done}; check the name, and the folder you are in")


def once(reader: str) -> Callable[[str], Original | Problem] | None:
    """For `llm`, which looks twice: a fetch that asks for each address once. None for the others: the usual one."""
    from onrecord.read.fetch import fetch

    return cache(fetch) if reader.partition(":")[0] == "llm" else None


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--beat", metavar="BEAT", help="a beat file, or the name of a bundled beat")
@reader_option
@json_option
def read_command(sources: tuple[str, ...], beat: str | None, reader: str, yes: bool, as_json: bool) -> int:
    """Print what is taken from SOURCES, without keeping it. --json gives the exchange format, one report a line."""
    from onrecord import flow
    from onrecord.beat import load
    from onrecord.cli.consent import answered, refused
    from onrecord.extract.exchange import record
    from onrecord.read import originals
    from onrecord.tell import screen

    at_hand(sources, "read")
    given, problems = load(beat) if beat is not None else None, 0
    pages, denied = once(reader), Counter[str]()
    reader = answered(reader, lambda: originals(sources, fetch=pages), beside="onrecord.answers", yes=yes)
    for taken in flow.take(sources, beat=given, reader=reader, fetch=pages):
        for report, reading in taken.readings:
            denied.update(r.reason for r in reading.refusals)
            if as_json:
                click.echo(json.dumps(record(reading, report), ensure_ascii=False).encode())
            else:
                screen.show(screen.reading(report, reading))
        for problem in taken.problems:
            problems += 1
            click.echo(f"onrecord: {problem.code}: {problem.detail}", err=True)
    said = refused(dict(denied.most_common()))
    if said is not None:
        click.echo(said, err=True)
    return SOME_PROBLEMS if problems else 0


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--reports", type=click.Path(exists=True, file_okay=False, path_type=Path), help="folder of the texts")
@click.option(
    "--beat", default="belarus-arms", show_default=True, metavar="BEAT", help="a beat file, a bundled beat, or none"
)
@click.option("--report", is_flag=True, help="also error rates by kind of claim: property and modality")
@reader_option
@json_option
def eval_command(
    gold: Path, reports: Path | None, beat: str, report: bool, reader: str, yes: bool, as_json: bool
) -> int:
    """Score a reader against GOLD, a folder of annotated reports (NNN.json; NNN.txt beside it or above)."""
    from onrecord.cli.consent import answered
    from onrecord.evaluate import evaluate, texts
    from onrecord.flow import reader_named
    from onrecord.tell import screen, screen_kept

    folder = reports or gold.parent
    reader = answered(reader, lambda: texts(gold, folder), beside="onrecord.answers", yes=yes)
    known = None if beat == "none" else beat
    result = evaluate(gold, folder, beat=known, reader=reader_named(reader))
    if as_json:
        print_json([result])
    else:
        screen.show(*screen_kept.scores(result, kinds=report))
    return 0


@click.group()
def beat_command() -> None:
    """Start, check or list beat files."""


@beat_command.command("init")
@click.argument("file", default="beat.toml")
@click.option("--from", "source", metavar="NAME", help="copy a bundled beat to grow from, instead of a small new one")
def beat_init(file: str, source: str | None) -> None:
    """Write a beat file to start from to FILE."""
    from onrecord.beat import BUNDLED, bundled

    path = Path(file)
    if path.exists():
        raise WrongCall(f"{file} is there already", hint="name another file; nothing was written")
    template = BUNDLED / ("starter/starter.toml" if source is None else f"{source}.toml")
    if not template.is_file():
        raise NotFound(f"no bundled beat {source!r}", hint=f"there are: {', '.join(bundled())}")
    shutil.copyfile(template, path)
    click.echo(f"wrote {file}: edit it, then: onrecord beat check {file}")
    click.echo(f"and:    onrecord add my.db REPORTS --beat {file}")


@beat_command.command("check")
@click.argument("beat")
@json_option
def beat_check(beat: str, as_json: bool) -> int:
    """Say what BEAT (a file or a bundled name) holds, and what looks wrong in it."""
    from onrecord.beat import load
    from onrecord.trace import check_families

    found = load(beat)
    problems = check_families(found)
    counts = {
        "name": found.name, "entities": len(found.entities), "properties": len(found.properties),
        "topics": len(found.topics), "outlets": len(found.outlets), "expected": len(found.expected),
        "problems": [f"{p.code}: {p.detail}" for p in problems],
    }  # fmt: skip
    if as_json:
        print_json([counts])
    else:
        click.echo(f"{found.title}: " + ", ".join(f"{v} {k}" for k, v in counts.items() if isinstance(v, int)))
        for p in problems:
            click.echo(f"  {p.code}: {p.detail}")
    return SOME_PROBLEMS if problems else 0


@beat_command.command("list")
def beat_list() -> None:
    """The beats that come with the program."""
    from onrecord.beat import bundled, load

    for name in bundled():
        click.echo(f"{name:<16} {load(name).title}")


@click.command()
@click.option("--folder", default="demo", show_default=True, help="where the ledger and the page go")
@click.option("--workers", default=1, show_default=True, help="processes that read")
def demo_command(folder: str, workers: int) -> int:
    """Read the bundled example beat and tell its last week, in the terminal and as a page."""
    from onrecord import flow
    from onrecord.beat import BUNDLED, load
    from onrecord.ledger import open as open_ledger
    from onrecord.tell import screen, screen_kept, screen_told
    from onrecord.tell.issue import issue
    from onrecord.tell.pages_issue import issue_html
    from onrecord.tell.weeks import last_week

    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    path = out / "railway.db"
    with open_ledger(str(path)) as book:
        with progress_bar() as show:
            sources, beat = [str(BUNDLED / "railway")], load("railway")
            flow.add(book, sources, beat=beat, recorded_at=DEMO_READ, workers=workers, progress=show)
        view = book.view()
        told = issue(view, week=last_week(view))
        screen.show(*screen_told.issue(told))
        page = out / "issue.html"
        page.write_text(issue_html(view, told), "utf-8")
    screen.show(*screen_kept.next_steps(str(path), str(page)))
    return 0
