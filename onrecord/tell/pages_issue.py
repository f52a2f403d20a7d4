"""Issue → page and Markdown: sentences as they passed the gate, the claims they cite quoted below with their source."""

from __future__ import annotations

from onrecord.ledger import View
from onrecord.tell import rows
from onrecord.tell.issue import Issue
from onrecord.tell.pages import filled
from onrecord.tell.rows import Row


def cited(view: View, told: Issue) -> dict[str, Row]:
    """A row for every claim that a sentence of the issue cites."""
    sentences = [s for t in told.topics for s in t.sentences] + [s for x in told.sections for s in x.sentences]
    ids = dict.fromkeys(c for s in sentences for c in s.claims)
    return {c: rows.claim_row(view, view.claim(c)) for c in ids}


def issue_html(view: View, told: Issue) -> str:
    return filled("issue.html", told=told, claims=cited(view, told))


def issue_markdown(view: View, told: Issue) -> str:
    return filled("issue.md", told=told, claims=cited(view, told))
