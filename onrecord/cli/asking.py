"""status, reports, statements, claims, entities, conflicts, due, origins, hedges, search, why: what is on record."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec

from onrecord.cli.consent import refused
from onrecord.cli.options import (
    filter_options,
    find_ledger,
    json_option,
    ledger_option,
    limit_option,
    made_here,
    print_json,
)
from onrecord.errors import NotFound, WrongCall
from onrecord.flow import opened
from onrecord.ledger import Filter, View
from onrecord.records import FUTURE, Anonymity, Modality, Position
from onrecord.tell import named, rows, rows_kept, screen, screen_due, screen_kept, why
from onrecord.tell.once import dues_once

Asked = dict[str, str]
SHOWN = 50  # claims or statements on a screen, unless asked for more
CHOICES = {"modality": [m.value for m in Modality], "anonymity": [a.value for a in Anonymity]}


def asked_for(asked: Asked) -> Filter:
    """The filters given on the command line: the options are named like the fields. Raises WrongCall."""
    for name, known in CHOICES.items():
        if name in asked and asked[name] not in known:
            raise WrongCall(f"--{name}: not known: {asked[name]!r}", hint=f"known: {', '.join(known)}")
    return msgspec.convert(asked, Filter)


@contextmanager
def view_of(ledger_path: str | None, as_of: str | None = None) -> Iterator[View]:
    """The ledger that is meant, to read from; as it stood on `as_of` where given."""
    with opened(find_ledger(ledger_path), as_of=as_of) as view:
        if as_of is None and view.behind():
            said = "an add was interrupted, or another process is adding: what is derived is behind what is kept"
            click.echo(f"onrecord: {said}\n  onrecord rebuild brings it up to date", err=True)
        yield view


def answer(
    view: View, found: Sequence[Any], asked: Asked, as_json: bool, what: str,
    row: Callable[[View, Any], rows.Row], draw: Callable[[Sequence[rows.Row]], Sequence[Any]], limit: int | None = None,
) -> None:  # fmt: skip
    """Print rows as JSON or on screen; an empty answer says how much was looked at.

    Raises WrongCall where nothing was found and a name asked for is the name of nothing.
    """
    if not found:
        looked_for(view, asked)
    if as_json:
        print_json(row(view, x) for x in found)
    elif found:
        shown = found if limit is None else found[:limit]
        screen.show(*draw([row(view, x) for x in shown]))
        if len(shown) < len(found):
            screen.show(screen.note(f"the first of {len(found)}: --limit {len(found)} shows all; --subject, … fewer"))
        screen.show(*map(screen.note, named.also_meant(view, asked)))
    else:
        screen.show(*screen.empty(what, view.counts()["reports"], near_on_record(view, asked)))


NAMED = {  # filter → what is said where it names nothing
    "property": "no property {0!r} in this beat, nor in any claim",
    "subject": "nothing on record is called {0!r}",
    "speaker": "nobody on record is called {0!r}",
    "via": "nobody on record is called {0!r}",
    "outlet": "no outlet on record or in the beat is called {0!r}",
    "report": "no report has the id or file name {0!r}",
}


def looked_for(view: View, asked: Asked) -> None:
    """Raise WrongCall, with what is nearest, where a filter names nothing: that is a slip, and no empty answer."""
    for field, said in NAMED.items():
        if field in asked and not view.knows(field, asked[field]):
            near = ", ".join(view.nearest(asked[field], field)) or "none"
            looked = f"{view.counts()['reports']} reports looked at"
            raise WrongCall(f"--{field}: {said.format(asked[field])}; {looked}", hint=f"nearest: {near}")


def near_on_record(view: View, asked: Asked) -> list[str]:
    """What is on record and called most like the names that only the beat has: where no report names a thing of the
    beat, an empty answer offers its neighbours."""
    near: list[str] = []
    for field in ("subject", "speaker", "via"):
        if field in asked and not view.entities(asked[field]):
            near += [n for n in view.nearest(asked[field], field) if n not in near and view.entities(n)]
    return near


@click.command()
@filter_options
@limit_option(SHOWN, "how many are shown; --json has all")
@json_option
@ledger_option
def claims_command(asked: Asked, limit: int, ledger_path: str | None, as_json: bool) -> None:
    """What was claimed: subject, property, value, in which words, by whom, through whom, how firmly."""
    with view_of(ledger_path, asked.get("as_of")) as view:
        found = view.claims(asked_for(asked))
        answer(view, found, asked, as_json, "claims", rows.claim_row, screen.claims, limit)


@click.command()
@filter_options
@limit_option(SHOWN, "how many are shown; --json has all")
@json_option
@ledger_option
def statements_command(asked: Asked, limit: int, ledger_path: str | None, as_json: bool) -> None:
    """Who said what, through whom, in which words."""
    with view_of(ledger_path, asked.get("as_of")) as view:
        found = view.statements(asked_for(asked))
        answer(view, found, asked, as_json, "statements", rows.statement_row, screen.statements, limit)


@click.command()
@filter_options
@json_option
@ledger_option
def reports_command(asked: Asked, ledger_path: str | None, as_json: bool) -> None:
    """The reports on record."""
    with view_of(ledger_path, asked.get("as_of")) as view:
        answer(view, view.reports(asked_for(asked)), asked, as_json, "reports", rows.report_row, screen.reports)


@click.command()
@click.argument("name", required=False)
@click.option("--wikidata", metavar="FILE", help="a local extract (JSON Lines: id, labels, aliases, kind): shows ids")
@json_option
@ledger_option
def entities_command(name: str | None, wikidata: str | None, ledger_path: str | None, as_json: bool) -> None:
    """Names as each report spells them, what they name, and the roles they are given, with who gives them."""
    with view_of(ledger_path) as view:
        entities = view.entities(name)
        found = rows.entity_rows(view, entities)
        if wikidata is not None:
            from onrecord.resolve.wikidata import identified, items

            ids = {x.entity: x.wikidata for x in identified(entities, items(wikidata))}
            found = [r | {"wikidata": ids.get(r["id"])} for r in found]
        if name is not None and not entities:
            near = ", ".join(view.nearest(name, "subject")) or "none"
            raise WrongCall(f"nothing on record is called {name!r}", hint=f"nearest: {near}")
        answer(view, found, {}, as_json, "entities", lambda _, r: r, screen.entities)


def _bears(asked: Asked, view: View) -> Callable[[Any], bool]:
    """Whether a derived record cites a claim, or a position of a claim, that the filters let through."""
    if not asked:
        return lambda _: True
    claims = {c.id for c in view.claims(asked_for(asked))}
    positions = {p.id for p in view.positions() if claims & set(p.claims)}
    return lambda x: bool(claims & set(getattr(x, "claims", ())) or positions & set(getattr(x, "positions", ())))


@click.command()
@filter_options
@json_option
@ledger_option
def conflicts_command(asked: Asked, ledger_path: str | None, as_json: bool) -> None:
    """Where accounts differ: the positions, who holds them, and how the conflict went."""
    with view_of(ledger_path, asked.get("as_of")) as view:
        found = list(filter(_bears(asked, view), view.conflicts()))
        answer(view, found, asked, as_json, "conflicts", rows.conflict_row, screen.conflicts)


@click.command()
@filter_options
@click.option("--all", "everything", is_flag=True, help="show the promises without a date too; --json has all")
@json_option
@ledger_option
def due_command(asked: Asked, everything: bool, ledger_path: str | None, as_json: bool) -> None:
    """Promises with their dates: open, due, overdue, met, slipped; slips are counted per speaker.

    Those without a date are counted, and shown with --all.
    """
    with view_of(ledger_path, asked.get("as_of")) as view:
        found = sorted(filter(_bears(asked, view), view.dues()), key=lambda d: (d.by is None, d.by or "", d.id))
        if not as_json:
            found = list(dues_once(found, {c.id: c for c in view.claims()}))
        answer(view, found, asked, as_json, "promises", rows.due_row, partial(screen_due.dues, everything=everything))


@click.command()
@filter_options
@json_option
@ledger_option
def hedges_command(asked: Asked, ledger_path: str | None, as_json: bool) -> None:
    """Where a hedge fell off: "may reach" retold as "reaches", and who copied whom."""
    with view_of(ledger_path, asked.get("as_of")) as view:
        found = list(filter(_bears(asked, view), view.hedges()))
        answer(view, found, asked, as_json, "lost hedges", rows.hedge_row, screen.hedges)


@click.command()
@click.argument("claim", required=False)
@filter_options
@click.option("--one", is_flag=True, help="only what several reports carry and that has one origin")
@limit_option(10, "how many positions, those in most reports first")
@click.option("--svg", metavar="FILE", help="draw the tree of CLAIM to FILE")
@json_option
@ledger_option
def origins_command(
    claim: str | None, asked: Asked, one: bool, limit: int, svg: str | None, ledger_path: str | None, as_json: bool
) -> None:
    """How many origins a claim's position has, at least and at most, who said it first on record and through whom, and
    each folding's reason and evidence.

    Without CLAIM (an id or its beginning): the positions that several reports carry and the filters let through.
    """
    if svg is not None and claim is None:
        raise WrongCall(
            "--svg draws one tree: name a claim", hint="onrecord origins CLAIM --svg FILE; ids: onrecord claims"
        )
    with view_of(ledger_path, asked.get("as_of")) as view:
        if claim is not None:
            found = [p for p in [view.position_of(full_id(view, claim))] if p is not None]
        else:
            found = carried(view, asked, one)
        if svg is not None and found:
            from onrecord.tell.tree import origins_svg

            path = made_here(Path(svg).parent) / Path(svg).name
            path.write_text(origins_svg(rows.origins_row(view, found[0])), "utf-8")
            click.echo(f"wrote {svg}", err=True)
        answer(
            view, found[:limit], asked, as_json, "positions in several reports", rows.origins_row, screen.all_origins
        )
        if len(found) > limit and not as_json:
            screen.show(screen.note(f"{len(found) - limit} more: --limit {len(found)}, or --subject, --property"))


def carried(view: View, asked: Asked, one: bool) -> list[Position]:
    """Positions that several reports carry, those in most reports first; with `one`, those of one origin."""
    bears = _bears(asked, view)
    report_of = {c.id: c.report for c in view.claims()}
    reports = {p.id: len({report_of[c] for c in p.claims}) for p in view.positions()}
    found = [p for p in view.positions() if reports[p.id] > 1 and bears(p)]
    if one:
        found = [p for p in found if (o := view.origins(p.id)) is not None and o.high == 1]
    return sorted(found, key=lambda p: (-reports[p.id], p.id))


def full_id(view: View, beginning: str) -> str:
    """The id of the one claim that begins so. Raises NotFound where there is none, or more than one."""
    ids = [c.id for c in view.claims() if c.id.startswith(beginning)]
    if len(ids) != 1:
        few = ", ".join(i[:14] for i in ids[:6])
        hint = f"which one? {few}" if ids else "see: onrecord claims"
        raise NotFound(f"{len(ids)} claims have an id that begins with {beginning!r}", hint=hint)
    return ids[0]


@click.command()
@click.argument("words", nargs=-1, required=True)
@limit_option(20)
@json_option
@ledger_option
def search_command(words: tuple[str, ...], limit: int, ledger_path: str | None, as_json: bool) -> None:
    """Reports that hold all WORDS, best first ("in quotation marks" as a phrase, begin* for a beginning)."""
    with view_of(ledger_path) as view:
        hits = view.search(" ".join(words), limit)
        if hits or as_json:
            answer(view, hits, {}, as_json, "reports with these words", rows.hit_row, screen.search)
        else:
            near = view.nearest(" ".join(words))
            screen.show(*screen.empty("reports with these words", view.counts()["reports"], near))


@click.command()
@click.argument("claim")
@json_option
@ledger_option
def why_command(claim: str, ledger_path: str | None, as_json: bool) -> None:
    """The path from CLAIM (an id or its beginning) to the words: rules, scores, passages, coreference steps."""
    with view_of(ledger_path) as view:
        row = why.why_row(view, view.claim(full_id(view, claim)))
        if as_json:
            print_json([row])
        else:
            screen.show(*why.why(row))


def again(ledger: str, readers: Sequence[str]) -> str:
    """The `add` that reads again with the reader whose readings are shown; by the default one where they differ."""
    from onrecord.extract.readers import DEFAULT

    other = readers[0] if len(readers) == 1 else DEFAULT
    return f"onrecord add {shlex.quote(ledger)}" + ("" if other == DEFAULT else f" --reader {shlex.quote(other)}")


@click.command()
@json_option
@ledger_option
def status_command(ledger_path: str | None, as_json: bool) -> None:
    """What the ledger holds, by outlet, and what could not be read."""
    with view_of(ledger_path) as view:
        by_code = Counter(p.code for p in view.problems())
        denied = view.refusals()
        row = rows_kept.status_row(view) | {"problems by code": dict(sorted(by_code.items())), "behind": view.behind()}
        row |= {"refused by reason": denied}
        if as_json:
            print_json([row])
        else:
            path = find_ledger(ledger_path)
            row |= {"command": again(path, row["readers"])}
            screen.show(*screen_kept.status(row))
            said = refused(denied)
            if said is not None:
                click.echo(said)
            again_some = Counter({code: n for code, n in by_code.items() if code != FUTURE})  # those were read
            if again_some:
                all_readers = sorted({name for name in view.readers().values() if name is not None})
                counted = ", ".join(f"{n} {code}" for code, n in again_some.most_common())
                click.echo(f"{counted}; to try them again: {again(path, all_readers)} --retry")
