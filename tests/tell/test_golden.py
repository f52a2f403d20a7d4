"""Told pages of a small invented beat, kept as files: `make golden` rewrites them, the diff is the review."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from rich.console import Console

from onrecord import flow
from onrecord.beat import parse
from onrecord.ledger import View
from onrecord.ledger import open as open_ledger
from onrecord.tell import screen_told
from onrecord.tell.dossier import dossier
from onrecord.tell.issue import issue
from onrecord.tell.pages import filled
from onrecord.tell.pages_issue import issue_html, issue_markdown
from onrecord.tell.timeline import embedded, timeline_svg

GOLDEN = Path(__file__).parent.parent / "golden"
WEEK = "2031-W10"


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory):
    """A ledger of the reports in tests/golden/reports with the beat beside them."""
    beat = parse((GOLDEN / "bridge.toml").read_text("utf-8"))
    with open_ledger(":memory:") as ledger:
        reports = sorted(str(p) for p in (GOLDEN / "reports").iterdir())
        flow.add(ledger, reports, beat=beat, recorded_at="2031-03-10T08:00:00Z")
        yield ledger.view()


def on_screen(parts) -> str:
    console = Console(width=100, record=True, file=io.StringIO(), highlight=False)
    for part in parts:
        console.print(part)
    lines = console.export_text().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def bridge(view: View):
    found = view.find_entity("Harbour Bridge")
    assert found is not None
    return dossier(view, found)


PAGES = {
    "issue.txt": lambda v: on_screen(screen_told.issue(issue(v, week=WEEK))),
    "issue.md": lambda v: issue_markdown(v, issue(v, week=WEEK)),
    "issue.html": lambda v: issue_html(v, issue(v, week=WEEK)),
    "dossier.txt": lambda v: on_screen(screen_told.dossier(bridge(v))),
    "dossier.md": lambda v: filled("dossier.md", told=bridge(v)),
    "dossier.html": lambda v: filled("dossier.html", told=bridge(v), picture=embedded(bridge(v))),
    "timeline.svg": lambda v: timeline_svg(bridge(v)),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_told_page_is_as_it_was_reviewed(view, name):
    told = PAGES[name](view)
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "rewrite":
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8"), f"{name} has changed: look at it, then `make golden`"
