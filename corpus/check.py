"""Checks article files against GUIDE.md: `python -m corpus.check [FOLDER ...]`; exit code 1 where one has a fault.

A rule is a function from an article to what is wrong with it; `RULES` lists them. `make check` runs them on all.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corpus.amounts import amount, canonical
from onrecord.edtf import is_edtf
from onrecord.marked import Article, Mark, MarkError, article_files, load

ARTICLES = Path(__file__).parent / "articles"
ANONYMITY = {"named", "institutional", "group", "requested", "unspecified"}
SORTS = {"speech", "document", "belief", "plan"}
KINDS = {"per", "org", "cty", "plc", "fac", "sys", "doc", "evt"}
MODALITY = {"asserted", "planned", "ordered", "predicted", "possible", "doubted", "denied"}
CLAIM_KINDS = {"q", "e", "d", "t"}
FEWEST, MOST = 3, 8  # claims an article
QUOTES = '"“”'
THAT = re.compile(r"that (?:the|an?|he|she|it|they|we|I|you|there|this|these|his|her|their|its|some|no|most|all)\b")
PLAIN = re.compile(r"(?i)(?:in|on|at|from) (?!due course)")  # say nothing that the date does not
BOUND = re.compile(r"(?i)(?:by|since|until|before|after) ")  # belong to a date with an open end

files = article_files


def names(a: Article) -> Iterator[str]:
    """Every name mark has a kind and a key; a key is of one kind; more than a pronoun introduces it."""
    kinds: dict[str, str] = {}
    introduced = set()
    for m in a.of("n"):
        kind, key, *form = [*m.value.split(), "", ""][:3] if len(m.value.split()) < 3 else m.value.split()
        if kind not in KINDS or not key or set(form) - {"pro", "nom", ""}:
            yield f"name {cut(a, m)!r}: needs a kind and a key, has {m.value!r}"
        elif kinds.setdefault(key, kind) != kind:
            yield f"name {cut(a, m)!r}: the key {key!r} is {kinds[key]} elsewhere"
        if "pro" not in form:
            introduced.add(key)
    for key in sorted({x.speaker for x in a.attributions if x.speaker} & set(kinds) - introduced):
        yield f"speaker {key!r}: only pronouns have this key; who it is is not told: write -"


def dates(a: Article) -> Iterator[str]:
    """Everything that is EDTF is EDTF."""
    for m in a.of("d"):
        if m.value != "?" and not (m.value and is_edtf(m.value)):
            yield f"date {cut(a, m)!r}: not EDTF: {m.value!r}"
        if PLAIN.match(cut(a, m)) or (BOUND.match(cut(a, m)) and ".." not in m.value):
            yield f"date {cut(a, m)!r}: the preposition stands outside"
    others = [("published", a.header["published"]), *((f"a{x.number}: said", x.said) for x in a.attributions)]
    others += [(f"claim {c.property!r}: holds", c.holds) for c in a.claims]
    others += [(f"claim {c.property!r}: value", c.value) for c in a.claims if c.kind == "d"]
    for where, value in others:
        if value is not None and not (value and is_edtf(value)):
            yield f"{where}: not EDTF: {value!r}"


def quantities(a: Article) -> Iterator[str]:
    """Numbers and units of marks and of claims can be read, and a unit is there."""
    told = [(f"quantity {cut(a, m)!r}", m.value) for m in a.of("q")]
    told += [(f"claim {c.property!r}", c.value) for c in a.claims if c.kind == "q"]
    for where, value in told:
        found = amount(value)
        if found is None or not found.unit:
            yield f"{where} has no value that GUIDE.md knows, with a unit: {value!r}"
        elif canonical(found.unit) != found.unit:
            yield f"{where}: the unit {found.unit!r} is written {canonical(found.unit)!r}"


def edges(a: Article) -> Iterator[str]:
    """Marks begin and end with a word or sign of theirs; contents have no "that" and no quotation marks around them."""
    for m in a.marks:
        words = a.text[m.start : m.end]
        if words != words.strip():
            yield f"mark {m.tag}{m.number or ''} {words[:40]!r}: a blank at its edge"
        if m.value and m.tag in "sckvm":
            yield f"mark {m.tag}{m.number or ''} {words[:40]!r}: takes no value"
        if m.tag == "k" and quoted_whole(words):
            yield f"content {m.number} {words[:40]!r}: the quotation marks stand outside"
        if m.tag == "k" and THAT.match(words):
            yield f"content {m.number} {words[:40]!r}: 'that' stands outside"
    for tag in "qd":
        for x, y in pairwise(a.of(tag)):
            if y.start < x.end:
                yield f"mark {tag} {cut(a, y)!r} stands in another of its kind"


def quoted_whole(words: str) -> bool:
    """Whether one pair of quotation marks holds all of it, but for a comma or full stop."""
    inner = words.rstrip(",.;")
    return len(inner) > 2 and inner[0] in QUOTES and inner[-1] in QUOTES and not any(c in QUOTES for c in inner[1:-1])


def attributions(a: Article) -> Iterator[str]:
    """Marks and records of attributions belong together and are complete."""
    numbers = {m.number for m in a.marks if m.tag in "sckv"}
    recorded = [x.number for x in a.attributions]
    for n in sorted(numbers ^ set(recorded)):
        yield f"attribution {n} has {'no record' if n in numbers else 'no marks'}"
    if len(set(recorded)) < len(recorded):
        yield "two records of one attribution"
    keys = keys_of(a)
    for x in a.attributions:
        if x.anonymity not in ANONYMITY or x.sort not in SORTS:
            yield f"a{x.number}: {x.anonymity!r} {x.sort!r}"
        if x.anonymity == "named" and x.speaker is None:
            yield f"a{x.number}: named, but the record does not say who"
        if x.anonymity == "group" and x.speaker is not None:
            yield f"a{x.number}: a group has no key of its own: write -"
        for key in sorted({x.speaker or "", *x.via} - keys - {""}):
            yield f"a{x.number}: no name mark has the key {key!r}"
        yield from spans_of(a, x.number)
        if x.inside is not None and not within(a, x.number, x.inside):
            yield f"a{x.number} does not stand in the content of a{x.inside}"


def spans_of(a: Article, n: int) -> Iterator[str]:
    if not a.of("k", n):
        yield f"a{n} has no content"
    if not a.of("c", n) and not a.of("s", n):
        yield f"a{n} has neither source nor cue"
    if len(a.of("s", n)) > 1:
        yield f"a{n} has {len(a.of('s', n))} sources"


def within(a: Article, n: int, outer: int) -> bool:
    return n != outer and any(k.start <= m.start and m.end <= k.end for k in a.of("k", outer) for m in a.of("k", n))


def claims(a: Article) -> Iterator[str]:
    """Claims name what is there, with a value of a known kind, and three to eight of them."""
    recorded, keys = {x.number for x in a.attributions}, keys_of(a)
    for c in a.claims:
        if c.modality not in MODALITY or c.polarity not in ("+", "-"):
            yield f"claim {c.property!r}: modality {c.modality!r} polarity {c.polarity!r}"
        if c.modality == "denied" and c.polarity == "+":
            yield f"claim {c.property!r}: denied goes with -"
        if c.attribution is not None and c.attribution not in recorded:
            yield f"claim {c.property!r} names attribution {c.attribution}, which is not there"
        if c.kind not in CLAIM_KINDS or not c.value or not c.subject or not c.property:
            yield f"claim {c.property!r}: lacks subject, property or value: {c.subject!r}, {c.kind!r}, {c.value!r}"
        if c.kind == "e" and c.value not in keys:
            yield f"claim {c.property!r}: no name mark has the key {c.value!r}"
    if not FEWEST <= len(a.claims) <= MOST:
        yield f"{len(a.claims)} claims, not {FEWEST} to {MOST}"


RULES = (names, dates, quantities, edges, attributions, claims)


def faults(a: Article) -> Iterator[str]:
    """What is wrong with an article that parses."""
    for rule in RULES:
        yield from rule(a)


def keys_of(a: Article) -> set[str]:
    """The entity keys that name marks introduce."""
    return {m.value.split()[1] for m in a.of("n") if len(m.value.split()) > 1}


def cut(a: Article, m: Mark) -> str:
    return a.text[m.start : m.end]


def main(argv: list[str]) -> int:
    bad = count = 0
    ids: dict[str, Path] = {}
    for path in files([Path(x) for x in argv] or [ARTICLES]):
        count += 1
        try:
            article = load(path)
            found = list(faults(article))
            if article.id in ids:
                found.append(f"id {article.id!r} is also in {ids[article.id]}")
            ids[article.id] = path
        except MarkError as e:
            found = [str(e)]
        bad += bool(found)
        for fault in found:
            print(f"{path}: {fault}")
    print(f"{count} articles, {bad} with faults")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
