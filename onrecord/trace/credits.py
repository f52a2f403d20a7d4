"""Credit lines: which outlet a report, or one sentence of it, says its words come from.

Forms (beats/words/credits.tsv, English, Russian and Belarusian): a dateline "(Reuters) –" or "/TASS/", a byline, a
source line at the end, "according to BelTA", "as the agency reported", and the sources that the page's metadata names.
Names are resolved to the beat's outlets; "the agency" is the nearest agency named before it, else unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord import beats
from onrecord.beat import Beat, BeatOutlet
from onrecord.records import Passage, Passages, Report

FORMS = Path(beats.__file__).parent / "words" / "credits.tsv"
LEAD = 400  # characters from the top in which a dateline or byline stands: below title and kicker
NEAR = 60  # characters around a name in which the words of crediting stand
LOOK_BACK = 2000  # characters before "the agency" in which it was named
TAIL = 400  # characters at the end in which a source line stands
NAME = r"[^\W\d_a-zа-яёіў][\w&.’'-]{1,30}(?:[ ]+[^\W\d_a-zа-яёіў][\w&.’'-]{0,30}){0,3}"  # one to four capitalised words
AGENCY = (
    r"(?:the|this|that|local|national|state|news|press|wire)(?: state| news| press| wire)? agenc(?:y|ies)"
    r"|агентств(?:о|а|у|ом|е)|агенцтв(?:а|у|ам|е)"
)

ARTICLE = r"(?:the )?(?:state |state news |news )?(?:agency |агентство |агентства |агенцтва )?"


@dataclass(frozen=True)
class Credit:
    """A source that a report names. `outlet` is its key in the beat: None where unsure or not in the beat."""

    name: str
    outlet: str | None
    whole: bool  # the whole report, or only the sentence around `passage`
    passage: Passage | None  # the credit's words; None: from metadata
    form: str


@lru_cache(maxsize=1)
def forms() -> tuple[tuple[str, str], ...]:
    """(form, where) of each row of the word list, once."""
    rows = [line.split("\t") for line in FORMS.read_text("utf-8").splitlines()[1:] if line.strip()]
    return tuple(dict.fromkeys((row[0], row[1]) for row in rows))


@dataclass(frozen=True)
class Grammar:
    """A beat's outlet names as patterns. `named` and `known` read small letters, the others any."""

    keys: Mapping[str, str]  # outlet name in small letters → key
    known: re.Pattern[str]  # a name
    named: re.Pattern[str]  # a name, or "the agency"
    edges: Mapping[str, re.Pattern[str]]  # "lead", "tail": whole forms


@lru_cache(maxsize=8)
def grammar(outlets: tuple[BeatOutlet, ...]) -> Grammar:
    """The patterns for a beat's outlets."""
    keys: dict[str, str] = {}
    for row in outlets:
        for name in (row.name, *row.names, *row.domains, row.key):
            keys.setdefault(name.lower(), row.key)
    names = "|".join(re.escape(n) for n in sorted(keys, key=lambda n: (-len(n), n))) or "(?!)"
    edges = {}
    for where in ("lead", "tail"):
        source = rf"(?:{ARTICLE}[«\"“]?(?<!\w)(?:{names})(?!\w)|{AGENCY})"
        alternatives = [_pattern(form, f"({source}{_free(form, where)})", where) for form, w in forms() if w == where]
        edges[where] = re.compile("|".join(alternatives), re.IGNORECASE)
    return Grammar(keys, re.compile(names), re.compile(rf"{names}|(?:{AGENCY})(?![ \t]+[«\"“]?(?:{names}))"), edges)


@lru_cache(maxsize=1)
def _around() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before, and what stands after, a name that a sentence credits."""
    split = [form.partition("{}") for form, where in forms() if where == "sentence"]
    before = sorted({b.strip() for b, _, after in split if not after}, key=lambda b: (-len(b), b))
    after = sorted({a.strip() for _, _, a in split if a}, key=lambda a: (-len(a), a))
    words = ["|".join(r"\s+".join(map(re.escape, w.split())) for w in side) for side in (before, after)]
    return (
        re.compile(rf"(?<!\w)(?:{words[0]})[ \t]+{ARTICLE}[«\"“]?$", re.IGNORECASE),
        re.compile(rf"[»\"”]?,?[ \t]+(?:{words[1]})(?!\w)", re.IGNORECASE),
    )


def _free(form: str, where: str) -> str:
    """Where a name that the beat does not know is a source all the same: in brackets, in a source line."""
    return rf"|(?-i:{NAME})" if where == "tail" or form.startswith(("(", "/")) else ""


def _pattern(form: str, source: str, where: str) -> str:
    before, _, after = form.strip().partition("{}")
    words = [r"[ \t]+".join(re.escape(w) for w in part.split()) for part in (before, after)]
    blank_before = r"[ \t]+" if before.endswith(" ") else ""
    blank_after = r"[ \t]+" if after.startswith(" ") else ""
    start = r"(?:^|(?<=\n))" if where == "tail" or (where == "lead" and not before.startswith(("(", "/"))) else ""
    end = r"(?=[ \t.)]*(?:$|\n))" if where == "tail" or (where == "lead" and before in ("By ", "From ")) else ""
    return f"{start}{words[0]}{blank_before}{source}{blank_after}{words[1]}{end}"


def credits(report: Report, beat: Beat | None) -> tuple[Credit, ...]:
    """All credits of a report, metadata first, then as they stand in the text."""
    top = report.title_passage.end if report.title_passage is not None else 0
    outlets = beat.outlets if beat is not None else ()
    return _credits(report.text, top if top < LEAD else 0, report.furniture, report.credits, outlets)


@lru_cache(maxsize=512)  # each claim of a report asks, and a copied text comes again and again
def _credits(
    text: str, top: int, furniture: Passages, metadata: tuple[str, ...], outlets: tuple[BeatOutlet, ...]
) -> tuple[Credit, ...]:
    g = grammar(outlets)
    found = [Credit(c, g.keys.get(_plain(c)), True, None, "metadata") for c in metadata if c.strip()]
    for where, passage, words in (*_at_edges(text, top, g), *_in_sentences(text, g)):
        if not any(f.start < passage.end and passage.start < f.end for f in furniture):
            found.append(_credit(text, words, passage, where, g))
    return tuple(dict.fromkeys(found))


def _at_edges(text: str, top: int, g: Grammar) -> Iterator[tuple[str, Passage, str]]:
    """Datelines and bylines at the top, below the title, and source lines at the end."""
    end = len(text)
    for where, start, stop in (("lead", top, min(end, top + LEAD)), ("tail", max(0, end - TAIL), end)):
        for m in g.edges[where].finditer(text, start, stop):
            yield where, Passage(m.start(), m.end()), next(w for w in m.groups() if w is not None)


def _in_sentences(words: str, g: Grammar) -> Iterator[tuple[str, Passage, str]]:
    """Names that words of crediting stand before or after: the names are looked for first, they are few."""
    before, after = _around()
    text = words.lower()
    if len(text) != len(words):  # a letter with no small form of one code point: no offset would hold
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in words)
    for m in g.named.finditer(text):
        start, end = m.span()
        if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
            continue
        lead, tail = before.search(text[max(0, start - NEAR) : start]), after.match(text[end : end + NEAR])
        if lead is not None or tail is not None:
            first = start if lead is None else start - len(lead[0])
            yield "sentence", Passage(first, end if tail is None else end + tail.end()), words[start:end]


def _plain(name: str) -> str:
    return name.strip(' \t«»"“”.,').casefold().removeprefix("www.")


def _credit(text: str, words: str, passage: Passage, where: str, g: Grammar) -> Credit:
    """The credit with its outlet; a name inside wider words ("the news agency BelTA") is found by its own pattern."""
    whole = where != "sentence"
    inside = g.known.search(words.lower())
    if inside is not None:
        return Credit(words[inside.start() : inside.end()], g.keys.get(inside[0]), whole, passage, where)
    if re.fullmatch(AGENCY, words, re.IGNORECASE):
        before = [m[0] for m in g.known.finditer(text[max(0, passage.start - LOOK_BACK) : passage.start].lower())]
        return Credit(words, g.keys.get(before[-1]) if before else None, whole, passage, where)
    return Credit(words, None, True, passage, where)


def credited(report: Report, beat: Beat | None, evidence: Passages = ()) -> Credit | None:
    """The outlet that the words of `evidence` are credited to: a credit in their sentence, else the report's.

    None where the report credits nobody, or itself; a credit without `outlet` where it is unsure which one is meant.
    """
    own = beat.outlet_of(report.outlet) if beat is not None else None
    me = {own.key if own is not None else None, None}
    all_credits = [c for c in credits(report, beat) if not _itself(c, report, me)]
    near = [
        c for c in all_credits if c.passage is not None and any(_one_line(report.text, c.passage, e) for e in evidence)
    ]
    chosen = near or [c for c in all_credits if c.whole]
    keys = {c.outlet or c.name.casefold() for c in chosen}
    if not chosen:
        return None
    if len(keys) > 1:
        return Credit(" / ".join(dict.fromkeys(c.name for c in chosen)), None, True, chosen[0].passage, "unsure")
    return chosen[0]


def _itself(credit: Credit, report: Report, me: set[str | None]) -> bool:
    if credit.outlet is not None:
        return credit.outlet in me
    return credit.name.casefold() == (report.outlet or "").casefold()


def _one_line(text: str, a: Passage, b: Passage) -> bool:
    """Whether two passages stand in one paragraph, near each other."""
    between = text[min(a.end, b.end) : max(a.start, b.start)]
    return "\n" not in between and len(between) < LEAD
