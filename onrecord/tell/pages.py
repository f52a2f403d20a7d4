"""Issue and dossier → HTML and Markdown, through the templates beside this file; a template adds no fact of its own."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup, escape

from onrecord.tell.quotes import inside
from onrecord.tell.rows import repeated, support_words, worded
from onrecord.tell.times import in_words

DAY = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(("html", "svg")),
        undefined=StrictUndefined,
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    made.filters["time"] = in_words
    made.filters["support"] = support_words
    made.filters["worded"] = worded
    made.filters["inside"] = inside
    made.filters["days"] = days
    made.tests["told"] = repeated
    return made


def days(text: str) -> Markup:
    """A sentence in which no date breaks over a line."""
    return Markup(DAY.sub(r'<span class="day">\g<0></span>', str(escape(text))))


def template(name: str) -> Template:
    """A template of tell/templates; HTML and SVG are escaped."""
    return environment().get_template(name)


def filled(name: str, **data: object) -> str:
    """A template's page, with runs of empty lines made one."""
    page = template(name).render(**data)
    lines: list[str] = []
    for line in (x.rstrip() for x in page.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"
