"""brief, dossier, timeline: what the record comes to, told."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.asking import looked_for, view_of
from onrecord.cli.options import json_option, ledger_option, made_here, print_json, reachable
from onrecord.errors import NotFound
from onrecord.ledger import View
from onrecord.records import Entity


def write_page(path: str, page: str) -> None:
    made_here(Path(path).parent)
    Path(path).write_text(page, "utf-8")
    click.echo(f"wrote {path}", err=True)


def within_reach(*files: str | None) -> None:
    """Raise WrongCall, before anything is worked out, where a file's folder neither is there nor can be made."""
    for file in files:
        if file is not None:
            reachable(Path(file).parent)


def on_record(view: View) -> None:
    """Raise NotFound where the day asked for lies before all that is on record: then no name is the wrong one."""
    if view.as_of is not None and view.count_reports() == 0:
        raise NotFound(f"nothing was on record by {view.as_of}", hint="name a later day, or leave out --as-of")


def meant(view: View, name: str, use: str = "onrecord dossier {0}") -> Entity:
    """The one entity with that name, key or spelling. Raises NotFound with the nearest names, WrongCall with the list
    where there are several."""
    from onrecord.tell import named

    on_record(view)
    return named.one(view, name, use)


@click.command()
@click.option("--week", metavar="YYYY-Www", help="an ISO week [default: the last one with a report]")
@click.option("--html", metavar="FILE", help="write the issue as a page")
@click.option("--markdown", "--md", metavar="FILE", help="write the issue as Markdown")
@click.option("--as-of", metavar="DAY", help="as it stood on the record then")
@json_option
@ledger_option
def brief_command(
    week: str | None, html: str | None, markdown: str | None, as_of: str | None, ledger_path: str | None, as_json: bool
) -> None:
    """This week's issue: for every topic what changed, is contested, fell due or rests on one origin, with coverage."""
    from onrecord.tell import screen, screen_told
    from onrecord.tell.issue import issue
    from onrecord.tell.pages_issue import issue_html, issue_markdown
    from onrecord.tell.weeks import last_week

    within_reach(html, markdown)
    with view_of(ledger_path, as_of) as view:
        on_record(view)
        told = issue(view, week=week or last_week(view))
        if html is not None:
            write_page(html, issue_html(view, told))
        if markdown is not None:
            write_page(markdown, issue_markdown(view, told))
        if as_json:
            print_json([told])
        elif html is None and markdown is None:
            screen.show(*screen_told.issue(told))


@click.command()
@click.argument("name")
@click.option("--html", metavar="FILE", help="write the dossier as a page, with its timeline")
@click.option("--markdown", "--md", metavar="FILE", help="write the dossier as Markdown")
@click.option("--as-of", metavar="DAY", help="as it stood on the record then")
@json_option
@ledger_option
def dossier_command(
    name: str, html: str | None, markdown: str | None, as_of: str | None, ledger_path: str | None, as_json: bool
) -> None:
    """All that was said about NAME (any spelling), by property: positions, who holds them, how well supported."""
    from onrecord.tell import screen, screen_told
    from onrecord.tell.dossier import dossier
    from onrecord.tell.pages import filled
    from onrecord.tell.timeline import embedded

    within_reach(html, markdown)
    with view_of(ledger_path, as_of) as view:
        told = dossier(view, meant(view, name))
        if html is not None:
            write_page(html, filled("dossier.html", told=told, picture=embedded(told)))
        if markdown is not None:
            write_page(markdown, filled("dossier.md", told=told))
        if as_json:
            print_json([told])
        elif html is None and markdown is None:
            screen.show(*screen_told.dossier(told))


@click.command()
@click.argument("name")
@click.option("--property", "property_", metavar="NAME", help="only this property")
@click.option("--out", "-o", metavar="FILE", default="timeline.svg", show_default=True)
@ledger_option
def timeline_command(name: str, property_: str | None, out: str, ledger_path: str | None) -> None:
    """Draw what was said of NAME over time as SVG: a day as a point, an interval as a bar, open ends as open."""
    from onrecord.tell.dossier import dossier
    from onrecord.tell.timeline import timeline_svg

    within_reach(out)
    with view_of(ledger_path) as view:
        if property_ is not None:
            looked_for(view, {"property": property_})
        drawn = dossier(view, meant(view, name, "onrecord timeline {0}"))
        write_page(out, timeline_svg(drawn, property=property_))
