"""A web page → draft: the article's words (trafilatura) under its headline. Nothing is fetched.

The stored text is the headline, a blank line, and the extracted paragraphs, one a line.
"""

from __future__ import annotations

import re
from typing import Any

from onrecord.read import metadata
from onrecord.read.compose import Draft
from onrecord.read.encoding import sound
from onrecord.read.plain import decoded
from onrecord.read.unreadable import Unreadable
from onrecord.records import DateFound, Original, Problem

MAX_PAGE = 20_000_000  # bytes
MIN_ARTICLE = 60  # characters: less is a page without an article
BARRED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what lxml reads and refuses to write
BLOCKS = [
    "p",
    "div",
    "br",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "blockquote",
    "table",
    "ul",
    "ol",
    "section",
    "article",
]


def drafts(original: Original, media_type: str) -> tuple[list[Draft], list[Problem]]:
    """The one article of a page. Raises Unreadable where there is none."""
    if len(original.data) > MAX_PAGE:
        raise Unreadable("too-long", f"{original.name} has {len(original.data):,} bytes; a page may have {MAX_PAGE:,}")
    return [page(decoded(original), url=original.url, name=original.name)], []


def page(markup: str, *, url: str | None = None, name: str = "page") -> Draft:
    """What a page's markup holds."""
    tree = _tree(markup)
    body = _body(markup, url)
    if tree is None or len(body) < MIN_ARTICLE:
        raise Unreadable("no-article", f"{name}: no article was found on this page; if it has one, save it as text")
    facts = list(metadata.linked_data(tree))
    address = url or metadata.address(tree)
    title, site = metadata.title(tree, facts), metadata.site(tree, facts, address)
    return Draft(
        text=with_title(title, body),
        title=title,
        byline=metadata.author(tree, facts),
        outlet=site,
        url=address,
        language=tree.get("lang"),
        dates=page_dates(markup, address),
        credits=tuple(metadata.credits(facts, site)),
    )


def page_dates(markup: str, url: str | None) -> tuple[DateFound, ...]:
    """Every candidate for the publication date that a page's markup or address gives."""
    tree = _tree(markup)
    if tree is None:
        return ()
    facts = list(metadata.linked_data(tree))
    return (*metadata.dates(tree, facts, url), *metadata.page_date(markup, url))


def _tree(markup: str) -> Any:
    from trafilatura import load_html

    return load_html(markup)


def _body(markup: str, url: str | None) -> str:
    """The article's paragraphs: careful extraction first, the plain one where it finds too little (decision 010)."""
    from trafilatura import bare_extraction

    for careful in (True, False):
        found: Any = bare_extraction(
            markup, url=url, fast=not careful, favor_precision=careful, include_comments=False, with_metadata=False
        )
        body = _paragraphs(found.text if found is not None else "")
        if len(body) >= MIN_ARTICLE:
            break
    return body


def fragment(markup: str) -> str:
    """The words of a piece of markup (a feed's summary, a mail's part), one paragraph a line."""
    if "<" not in markup and "&" not in markup:
        return sound(markup).strip()
    from lxml import html

    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except Exception as e:  # lxml raises several kinds, among them bare ValueError and ParserError
        raise Unreadable("no-article", f"the markup of this text cannot be read ({type(e).__name__})") from e
    for gone in tree.xpath(".//script|.//style|.//noscript|.//iframe|.//form|.//head"):
        gone.drop_tree()
    for block in tree.iter(*BLOCKS):
        if block is tree:
            continue
        block.tail = "\n" + BARRED.sub("\ufffd", block.tail or "")
        if block.tag != "br":
            block.text = "\n" + BARRED.sub("\ufffd", block.text or "")
    return _paragraphs(tree.text_content())


def _paragraphs(text: str | None) -> str:
    kept = (" ".join(line.split()) for line in sound(text or "").splitlines())
    return "\n".join(line for line in kept if line)


def with_title(title: str | None, body: str) -> str:
    """The headline, a blank line and the body, whose own first copy of the headline is left out."""
    first, _, rest = body.partition("\n")
    if title is None or not body:
        return title or body
    return f"{title}\n\n{rest if first.casefold() == title.casefold() and rest else body}"
