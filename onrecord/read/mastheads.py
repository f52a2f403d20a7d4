"""The outlet that a plain text names in its own head: a masthead, a byline, a dateline. Never an ordinary headline.

Each rule says where the name stands; what may be a name is told by its words (`mastheads.tsv`). Roles: `paper` ends the
names of newspapers and agencies, `perhaps` and `seldom` end them too but are words of headlines; `agency` names whose
words others print, so that a byline or dateline credits them and says nothing of the outlet; `time` alone before such a
word makes a weak name ("Daily Post"), `section` and `plain` a label or a phrase ("World News", "Hard Times"); `never`
stands in headlines alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.read.dates import Day, days_in
from onrecord.read.furniture import is_furniture
from onrecord.read.lines import Line, head, menu_end
from onrecord.records import Passage

FIRST = 8  # lines of a head in which the outlet stands
MOST = 6  # words of an outlet's name
HEADLINE = 4  # words of a line that can be no masthead, byline or date: so many make a headline
MARKS = re.compile(r"^[#>*_\s]+|[#*_\s]+$")  # of a Markdown heading or emphasis
SMALL = frozenset({"of", "the", "and", "&", "de", "la", "le", "der", "die", "das", "van", "von", "for"})
WORD = re.compile(r"[^\W\d_][\w'’.-]*|&")
BESIDE = re.compile(  # what stands beside a date in a masthead
    r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\.?(?![a-z])|(?:morning|evening|"
    r"late|city|online|print|weekend)? ?edition|p(?:age|\.)? ?[a-z]?\d+|vol(?:ume|\.)? ?[\dxvi]+|no\.? ?\d+|issue ?\d+|"
    r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?)"
)
EDGES = " \t,;:|·•–—()[]/-"
LABEL = re.compile(r"(?i)^(?:outlet|publication|newspaper|published (?:by|in)|publisher)(?::| )\s*(?P<name>\S.{1,60})$")
BYLINE = re.compile(
    r"(?i:^(?:by|written by|story by|report by)\s+)(?P<who>[^\W\d_][^,|·•–—\n]{1,80}?)"
    r"(?:\s?[,|·•–—]\s?|\s-\s|\s(?:for|of|in)\s(?=the\s))(?:.*[,|·•]\s?)?(?P<name>[^,|·•–—\n]{3,60})$"
)
DATELINE = re.compile(r"[^\W\d_][^\n.!?()]{1,60}\((?P<name>[^()\n]{3,60})\)\s?[–—-]\s?\S")


class Named(NamedTuple):
    """An outlet's name, how it was told, and the line that is nothing but its name (with a date): None for others."""

    name: str
    rule: str
    line: Line | None = None
    day: Day | None = None


@lru_cache(maxsize=1)
def _roles() -> dict[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {}
    for row in files("onrecord.read").joinpath("mastheads.tsv").read_text("utf-8").splitlines()[1:]:
        role, pattern, _ = row.split("\t")
        found.setdefault(role, []).append(pattern)
    return {role: re.compile("|".join(p), re.IGNORECASE) for role, p in found.items()}


def _is(role: str, words: str) -> bool:
    return _roles()[role].fullmatch(words) is not None


def sort_of(name: str) -> str | None:
    """How surely a line's words alone are an outlet's name: "paper", "perhaps", "seldom", or None where they are none.

    "perhaps" is also what only tells of a time ("The Daily Post"); section labels ("Latest News") are none.
    """
    words = name.split()
    if not 2 <= len(words) <= MOST or any(WORD.fullmatch(w) is None for w in words):
        return None
    if not all(w[0].isupper() or w in SMALL for w in words) or any(_is("never", w) for w in words):
        return None
    ends = [(role, n) for role in ("paper", "perhaps", "seldom") for n in (2, 1) if _is(role, " ".join(words[-n:]))]
    if not ends:
        return None
    role, n = ends[0]
    before = [w for w in words[:-n] if w.casefold() not in SMALL]
    if not before:
        return role if role == "paper" and words[0] == "The" else None
    if all(_is("plain", w) or (role != "paper" and _is("section", w)) for w in before):
        return None
    timed = all(_is("time", w) or _is("section", w) for w in before)
    return "seldom" if role != "paper" and timed else role


def told(name: str) -> str:
    """The name as it is kept: without "The" before several words, and not in capitals throughout."""
    words = " ".join(MARKS.sub("", name).strip(EDGES).split())
    if words.isupper():
        words = " ".join(w if len(w) < 4 and w.casefold() not in SMALL else w.capitalize() for w in words.split())
        words = " ".join(w if i == 0 or w.casefold() not in SMALL else w.lower() for i, w in enumerate(words.split()))
    first, _, rest = words.partition(" ")
    return rest if first == "The" and " " in rest else words


def outlet_in(text: str, found: Sequence[Line]) -> Named | None:
    """The outlet that the head of a text names, by the first rule that finds one."""
    lines = tuple(found)
    top = [x for x in lines[menu_end(lines) : head(lines)] if not is_furniture(x.text)][:FIRST]
    for rule in RULES:
        named = rule(text, top, lines)
        if named is not None:
            return named
    return None


def dated_masthead(text: str, top: list[Line], lines: Sequence[Line]) -> Named | None:
    """Forms: `SANDHOLM GAZETTE, 4 March 2031`, `Coast Post | Thursday, 20 March 2031`, `4 March 2031 · Coast Post`."""
    for line in top[:3]:
        days = [d for d in days_in(text, line.start, line.end) if "XXXX" not in d.value]
        if len(days) == 1:
            rest = text[line.start : days[0].start], text[days[0].end : line.end]
            parts = [MARKS.sub("", BESIDE.sub(" ", part)).strip(EDGES) for part in rest]
            names = [part for part in parts if part]
            if len(names) == 1 and sort_of(names[0]) is not None:
                return Named(told(names[0]), "masthead with date", line, days[0])
    return None


def masthead(text: str, top: list[Line], lines: Sequence[Line]) -> Named | None:
    """Forms: `The Sandholm Gazette` as the first line, above a headline; above a date alone where the name is sure.

    `Harbour Watch`, a date, a headline, each with a blank line around it, is a masthead however seldom such words are a
    name; `Rimmel News Agency` and a date so, above prose, too.
    """
    if len(top) < 2:
        return None
    line, after = top[0], top[1:]
    name = MARKS.sub("", line.text).strip()
    sort = sort_of(name)
    if sort is None or name[-1:] in ".,:;!?":
        return None
    headline = next((x for x in after if _headline(text, x)), None)
    below = _is_date(text, after[0])
    the = name.startswith(("The ", "THE "))
    apart = below and after[0].gap and (following := _after(lines, after[0])) is not None and following.gap
    if headline is None:
        return Named(told(name), "masthead", line) if below and (the or apart) and sort == "paper" else None
    if apart:
        return Named(told(name), "masthead", line)
    sure = sort == "paper" and (the or below or len(name.split()) == 2)
    if sure or (sort == "perhaps" and the and len(name.split()) <= MOST - 1) or (below and the):
        return Named(told(name), "masthead", line)
    return Named(told(name), "masthead", line) if sort != "seldom" and not _in_body(name, text, lines) else None


def _after(lines: Sequence[Line], line: Line) -> Line | None:
    """The line that follows another, if any."""
    return next((x for x in lines if x.start > line.start), None)


def _headline(text: str, line: Line) -> bool:
    words = MARKS.sub("", line.text)
    named = BYLINE.match(words) or re.match(r"(?i)(?:by|written by|story by)\s", words)
    return line.text.startswith("#") or (words.count(" ") + 1 >= HEADLINE and not named and not _is_date(text, line))


def _is_date(text: str, line: Line) -> bool:
    days = days_in(text, line.start, line.end)
    if len(days) != 1:
        return False
    rest = text[line.start : days[0].start] + " " + text[days[0].end : line.end]
    return not MARKS.sub("", BESIDE.sub(" ", rest)).strip(EDGES)


def _in_body(name: str, text: str, lines: Sequence[Line]) -> bool:
    """Whether words of a supposed name stand in the text in small letters: then it may be a headline."""
    body = set(re.findall(r"(?<!\w)[^\W\d_]+", text[lines[head(tuple(lines)) - 1].end :]))
    return any(w.casefold() in body for w in name.split() if w.casefold() not in SMALL and not _is_end(w))


def _is_end(word: str) -> bool:
    return any(_is(role, word) for role in ("paper", "perhaps", "seldom", "agency", "time"))


def label(text: str, top: list[Line], lines: Sequence[Line]) -> Named | None:
    """Forms: `Outlet: Coast Courier`, `Published in the Sandholm Gazette`."""
    for line in top:
        m = LABEL.match(MARKS.sub("", line.text))
        name = re.sub(r"^the\s", "The ", m["name"].strip(EDGES)) if m else ""
        if m and (sort_of(name) is not None or (":" in m[0] and 1 <= len(name.split()) <= MOST and name[:1].isupper())):
            return Named(told(name), "label", line)
    return None


def byline(text: str, top: list[Line], lines: Sequence[Line]) -> Named | None:
    """Forms: `By Ada Venn, Coast Courier`, `By Ada Venn for the Coast Courier`, `By Ada Venn` above `Coast Courier`."""
    for line, below in zip(top, (*top[1:], None), strict=False):
        m = BYLINE.match(MARKS.sub("", line.text))
        if m is not None and _own(_the(m["name"])):
            return Named(told(_the(m["name"])), "byline")
        plain = re.fullmatch(r"(?i:by)\s+(?:[A-Z][\w.'’-]*\s?){1,5}", MARKS.sub("", line.text))
        if plain is not None and below is not None and not below.gap and _own(MARKS.sub("", below.text)):
            return Named(told(below.text), "below the byline", below)
    return None


def dateline(text: str, top: list[Line], lines: Sequence[Line]) -> Named | None:
    """Forms: `SANDHOLM, 12 March (Coast Courier) – …`. An agency there is credited: others print its words."""
    first = next((x for x in lines if x.prose), None)
    m = DATELINE.match(first.text) if first is not None else None
    return Named(told(m["name"]), "dateline") if m is not None and _own(_the(m["name"])) else None


def _the(name: str) -> str:
    return re.sub(r"^the\s", "The ", name.strip())


def _own(name: str) -> bool:
    """Whether a name beside a reporter's or a place's is that of the outlet."""
    words = name.split()
    agency = any(_is("agency", " ".join(words[-n:])) for n in (1, 2))
    return sort_of(name) in ("paper", "perhaps") and not agency


RULES: tuple[Callable[[str, list[Line], Sequence[Line]], Named | None], ...] = (
    dated_masthead, masthead, label, byline, dateline,
)  # fmt: skip


def without_outlet(words: str) -> str:
    """A byline's words without the outlet at their end."""
    m = BYLINE.match(words)
    return words if m is None or not _own(_the(m["name"])) else words[: m.end("who")]


def masked(named: Named | None) -> tuple[Passage, ...]:
    """The line of a masthead, which is no part of the article."""
    return () if named is None or named.line is None else (named.line.passage(),)
