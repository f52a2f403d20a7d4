"""What a web page says of itself, in markup and address: title, author, site, dates, the agencies that it credits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from onrecord.read.dates import stamp
from onrecord.read.encoding import sound
from onrecord.records import DateFound

MAX_LD = 2_000_000  # characters of one JSON-LD block
DEEP = 12  # levels of JSON-LD looked at
PUBLISHED = [
    "article.published",
    "article:published",
    "article:published_time",
    "article_date_original",
    "citation_date",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "date",
    "date_published",
    "datepublished",
    "dc.date",
    "dc.date.created",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "displaydate",
    "mediaator_published_time",
    "og:published_time",
    "originalpublicationdate",
    "parsely-pub-date",
    "pubdate",
    "publication_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "published",
    "published_time",
    "release_date",
    "rnews:datepublished",
    "sailthru.date",
]
MODIFIED = [
    "article:modified_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "og:updated_time",
    "revised",
]
META_DATES = dict.fromkeys(PUBLISHED, "meta published") | dict.fromkeys(MODIFIED, "meta modified")  # of a meta element
URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_.-]?(0[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\d|3[01])(?!\d)")
TITLE_TAIL = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")
FAR = date(2199, 12, 31).isoformat()  # no clock: a page may not read otherwise next year


def linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object in the page's JSON-LD, outer before inner; broken blocks are passed over."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        words = (script.text or "")[:MAX_LD].strip().removeprefix("<!--").removesuffix("-->")
        try:
            yield from _objects(json.loads(words, strict=False), DEEP)
        except (ValueError, RecursionError):
            continue


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _objects(value.get(key), depth - 1)


def _is_article(fact: dict[str, Any]) -> bool:
    return any("article" in str(t).lower() or "posting" in str(t).lower() for t in _listed(fact.get("@type")))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _names(value: Any) -> Iterator[str]:
    for item in _listed(value):
        name = item.get("name") if isinstance(item, dict) else item
        for one in _listed(name):
            if isinstance(one, str) and one.strip() and not one.startswith(("http://", "https://")):
                yield " ".join(one.split())


def _meta(tree: Any, *names: str) -> str | None:
    """The content of the first meta element of one of these names."""
    for name in names:
        for element in tree.xpath("//meta[@property=$n or @name=$n or @itemprop=$n]", n=name):
            content = " ".join((element.get("content") or "").split())
            if content:
                return content
    return None


def address(tree: Any) -> str | None:
    """The page's own address, where it gives one that is more than a domain."""
    links = [*tree.xpath("//link[@rel='canonical']/@href"), _meta(tree, "og:url")]
    base = next(iter(tree.xpath("//base/@href")), "")
    for link in links:
        found = urljoin(base, link.strip()) if link else ""
        if found.startswith(("http://", "https://")) and urlsplit(found).path.strip("/"):
            return found
    return None


def title(tree: Any, facts: list[dict[str, Any]]) -> str | None:
    """The headline: of the JSON-LD article, the only h1, or the title element without the site's name."""
    heads = [" ".join(h.text_content().split()) for h in tree.xpath("//h1")]
    heads = [h for h in heads if h]
    said = [f["headline"] for f in facts if _is_article(f) and isinstance(f.get("headline"), str)]
    said += [w for w in (_meta(tree, "og:title", "twitter:title"),) if w]
    said += [t.text_content() for t in tree.xpath("//head/title")[:1]]
    for h in heads:
        if any(h.casefold() in s.casefold() for s in said) and " " in h:
            return sound(h)
    if len(heads) == 1 and not said:
        return sound(heads[0])
    for words in said:
        clean = TITLE_TAIL.sub("", " ".join(unescape(words).split()))
        if clean:
            return sound(clean)
    return sound(heads[0]) if heads else None


def author(tree: Any, facts: list[dict[str, Any]]) -> str | None:
    """Who wrote it, as JSON-LD or a meta element says."""
    named = list(dict.fromkeys(n for f in facts if _is_article(f) for n in _names(f.get("author"))))
    said = _meta(tree, "author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
    if not named and said and not said.startswith("http"):
        named = [said]
    return ", ".join(named) or None


def site(tree: Any, facts: list[dict[str, Any]], address: str | None) -> str | None:
    """The outlet: the site's name, else the publisher, else the domain."""
    publishers = [n for f in facts if _is_article(f) for n in _names(f.get("publisher"))]
    domain = (urlsplit(address).hostname or "").removeprefix("www.") if address else None
    return (
        _meta(tree, "og:site_name") or next(iter(publishers), None) or _meta(tree, "application-name") or domain or None
    )


def credits(facts: list[dict[str, Any]], site: str | None) -> Iterator[str]:
    """Agencies and publishers that the page credits, other than the site itself."""
    for fact in facts:
        if _is_article(fact):
            for key in ("publisher", "sourceOrganization", "provider", "isBasedOn", "creditText", "source"):
                yield from (n for n in _names(fact.get(key)) if site is None or n.casefold() != site.casefold())


def dates(tree: Any, facts: list[dict[str, Any]], address: str | None) -> Iterator[DateFound]:
    """The dates in JSON-LD, meta and time elements, and in the address."""
    for fact in facts:
        for key in ("datePublished", "dateCreated", "dateModified"):
            if _is_article(fact) and isinstance(fact.get(key), str):
                yield from _candidate(fact[key], f"json-ld {key}")
    for element in tree.xpath("//meta[@content]"):
        name = (
            element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        )
        if name.lower() in META_DATES:
            yield from _candidate(element.get("content"), META_DATES[name.lower()])
    for element in tree.xpath("//time[@datetime]|//*[@itemprop='datePublished'][@datetime or @content]")[:20]:
        marked = element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
        value = element.get("datetime") or element.get("content")
        yield from _candidate(value, "time published" if marked else "time")
    m = URL_DAY.search(urlsplit(address).path) if address else None
    if m is not None:
        yield from _candidate("-".join(m.groups()), "url", m.group())


def _candidate(value: str | None, where: str, phrase: str | None = None) -> Iterator[DateFound]:
    day = stamp(value)
    if day is not None:
        yield DateFound(value=day, where=where, phrase=(phrase or value or "")[:200])


def page_date(markup: str, address: str | None) -> Iterator[DateFound]:
    """htmldate's answer over the whole page. It never fetches here: it is given markup."""
    from htmldate import find_date

    try:
        day = find_date(markup, extensive_search=True, original_date=True, url=address, max_date=FAR)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return
    if day is not None:
        yield DateFound(value=day, where="page", phrase=day)
