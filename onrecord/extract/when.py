"""A document → its dates: phrases of time with their EDTF value, counted from the report's date where they are
relative.

The grammar is in `time_rules` and `time_relative`; here the text is scanned once, the longest rule at each word wins,
and
words before it ("early", "the end of", "nearly") join it. Forms and what they come to, for a report of 14 March 2031:

    3 May 2030        2030-05-03       last week             2031-03-03/2031-03-09
    April 12          2031-04-12       the past five years   2026/2031
    the third quarter 2030-07/2030-09  the end of the year   2031-12
    summer 2029       2029-22          the 1990s             199X
    recently          None             Easter                None: calendars differ by church and country

Without a publication date: April 12 → XXXX-04-12, last week → None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from onrecord import edtf
from onrecord.extract.document import Document
from onrecord.extract.moments import Moment
from onrecord.extract.numerals import listed
from onrecord.extract.senses import Context, Sense
from onrecord.extract.time_relative import RELATIVE
from onrecord.extract.time_rules import RULES, Rule
from onrecord.extract.timewords import S
from onrecord.ids import content_id
from onrecord.records import Because, Passage, When

WORD = re.compile(r"(?<!\w)(?:[A-Za-z]+(?:-(?:earlier|ago|morning|afternoon))?\d?|\d+)|['’‘](?=\d0)")
MAX_PHRASE = 120  # characters of the longest phrase of time
EDGE = re.compile(
    rf"(?:(?:the{S}|this{S})?(?P<edge>end|close|start|beginning|turn|middle|onset){S}of{S}(?=\w)"
    rf"|(?:the{S})?(?P<mid>early|late|mid|earlier|later|sometime|middle|mid-to-late)[\s-]+(?:(?:in|on|of){S})?"
    rf"|(?P<hedge>(?:about|around|nearly|almost|approximately|roughly|more{S}than|less{S}than|over|at{S}least|up{S}to|no{S}more{S}than|fewer{S}than"
    rf"|just{S}over|just{S}under|some|as{S}long{S}as|well{S}over|under|only){S}))",
    re.I,
)
EDGE_STARTS = frozenset(
    listed(
        "the this end close start beginning turn middle onset early late mid earlier later sometime about around "
        "nearly almost approximately roughly more less over at up no fewer just some as well under only year"
    )
)
QUARTER_ENDED = re.compile(r"\bquarter,?\s+end(?:ed|ing)\s+$", re.I)
YEAR_END = re.compile(r"(?:the\s+)?(?P<y>\d{4}\s+)?year[-\s]end(?!\w)", re.I)
KEPT = frozenset({"calendar", "relative", "stretch", "clock", "holiday", "set"})  # kinds that records hold with a value
SAID_VAGUE = frozenset({"vague"})  # kinds that records hold without one


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """A phrase of time and its sense; `rule` names what saw it, `edge` is "end", "early", ... where one stands
    before.
    """

    start: int
    end: int
    rule: str
    sense: Sense
    edge: str = ""


def dates(doc: Document) -> tuple[When, ...]:
    """The dates of the text outside furniture, in order. Plain durations ("for five years") are quantities, not
    dates.
    """
    found = phrases(doc.text, doc.sentences, doc.report.published)
    return tuple(_record(doc, p) for p in found if _is_date(p))


def clock_spans(doc: Document) -> tuple[tuple[int, int], ...]:
    """Where figures belong to a date or a clock time, and so measure nothing."""
    return _taken(phrases(doc.text, doc.sentences, doc.report.published))


def clock_spans_of(text: str, sentences: tuple[Passage, ...]) -> tuple[tuple[int, int], ...]:
    """The same for a text without a report."""
    return _taken(phrases(text, sentences, None))


def _taken(found: Sequence[Phrase]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (p.start, p.end) for p in found if p.sense.kind in ("calendar", "clock", "holiday") or p.rule in OWN_FIGURES
    )


OWN_FIGURES = frozenset({"weekday", "deictic", "quarter", "season", "relative-month", "month", "years", "quarter-code"})


def _is_date(p: Phrase) -> bool:
    if p.sense.kind == "set":
        return p.sense.edtf is not None
    if p.sense.kind == "stretch":
        return p.sense.edtf is not None
    return p.sense.kind in KEPT or p.sense.kind in SAID_VAGUE


def _record(doc: Document, p: Phrase) -> When:
    value = _earliest(doc, p) or p.sense.edtf
    return When(
        id=content_id("w", doc.report.id, Passage(p.start, p.end)),
        report=doc.report.id,
        passage=Passage(p.start, p.end),
        value=value if value is not None and edtf.is_edtf(value) else None,
        anchor=p.sense.anchor if value is not None else None,
        because=Because(rule=f"when.{p.rule}", score=p.sense.score),
    )


NOT_BEFORE = re.compile(
    r"(?:\b(?:can|could|will|would|may|might|is|are|was|be|being)\s+(?:not|never|hardly|scarcely)\b|\bcannot\b|n['’]t\b"
    r"|\b(?:unlikely|impossible)\b|\bnot\s+(?=before\b))[^.;,]{0,50}?\bbefore\s+(?:the\s+)?$"
    r"|\b(?:no|not)\s+(?:earlier|sooner)\s+than\s+(?:the\s+)?$",
    re.I,
)
AT_EARLIEST = re.compile(r"\s+at\s+the\s+(?:very\s+)?earliest\b", re.I)
LEAD = 80  # characters before a date in which its "not … before" stands


def not_before(text: str, start: int, end: int) -> re.Match[str] | None:
    """The words around a date by which it is the earliest: "cannot open before June", "in June at the earliest"."""
    return NOT_BEFORE.search(text, max(0, start - LEAD), start) or AT_EARLIEST.match(text, end)


def _earliest(doc: Document, p: Phrase) -> str | None:
    """The time from an earliest date on; None of other dates, and of those that are stretches themselves."""
    value = p.sense.edtf
    if value is None or "/" in value or p.sense.kind in ("set", "stretch") or "X" in value:
        return None
    return f"{value}/.." if not_before(doc.text, p.start, p.end) is not None else None


# ---------------------------------------------------------------- scanning


def _index() -> dict[str, tuple[Rule, ...]]:
    out: dict[str, list[Rule]] = {}
    for r in (*RULES, *RELATIVE):
        for s in r.starts:
            if r not in out.setdefault(s, []):
                out[s].append(r)
    return {k: tuple(v) for k, v in out.items()}


BY_FIRST = _index()


TRIGGERS = frozenset(BY_FIRST) | EDGE_STARTS | frozenset("'’‘")
LIGHT = frozenset(
    listed(
        "a an the this these that at in no some as more less over up just well only under about around from between "
        "one half few many"
    )
)


def _vocabulary() -> frozenset[str]:
    """Every word that occurs in a rule's pattern: what can follow an article in a phrase of time."""
    found = {
        w
        for r in (*RULES, *RELATIVE)
        for w in re.findall(r"[a-z]+", r.pattern.pattern.lower().replace("\\b", " ").replace("\\s", " "))
    }
    plurals = {f"{w}s" for w in found}
    return frozenset(found) | plurals | EDGE_STARTS | {"century", "centuries", "twenty", "thirty"}


VOCABULARY = _vocabulary()


@lru_cache(maxsize=4)
def phrases(text: str, sentences: tuple[Passage, ...], published: str | None) -> tuple[Phrase, ...]:
    """All phrases of time in the sentences, in order, none overlapping. Kept for the quantities of the same report."""
    first = edtf.days(published)
    day = first[0] if first is not None else None
    grain = (
        "day"
        if first is not None and first[0] == first[1]
        else "month"
        if published and len(published) == 7
        else "year"
    )
    c = Context(text, day, grain)
    return tuple(p for s in sentences for p in _in_sentence(c, s))


def _in_sentence(c: Context, s: Passage) -> Iterator[Phrase]:
    c.sentence = (s.start, s.end)
    at = s.start
    words = list(WORD.finditer(c.text, s.start, s.end))
    lows = [m.group().lower() for m in words]
    for i, word in enumerate(lows):
        if word not in TRIGGERS and not word[0].isdigit():
            continue
        start = words[i].start()
        if start < at or (word in LIGHT and not _leads(lows, i)):
            continue
        found = _best(c, start, s.end, word)
        if found is None:
            continue
        _remember(c, found)
        yield found
        at = found.end


def _leads(words: Sequence[str], i: int) -> bool:
    """Whether the word after an article or the like can belong to a phrase of time."""
    if i + 1 >= len(words):
        return False
    after = words[i + 1]
    return after[0].isdigit() or after in VOCABULARY or "-" in after


def _best(c: Context, at: int, end: int, word: str) -> Phrase | None:
    """The longest phrase that begins with the word at `at`, with the words before it that belong to it."""
    end = min(end, at + MAX_PHRASE)
    core = _from_word(c, at, end, word)
    if word not in EDGE_STARTS:
        return core
    edge = _edged(c, at, end)
    return edge if edge is not None and (core is None or edge.end >= core.end) else core


def _core(c: Context, at: int, end: int) -> Phrase | None:
    word = WORD.match(c.text, at, end)
    return None if word is None else _from_word(c, at, end, word.group().lower())


def _from_word(c: Context, at: int, end: int, word: str) -> Phrase | None:
    """The longest phrase that begins with the lower-cased word at `at`."""
    key = "#" if word[0].isdigit() or word in "'’‘" else word
    best: Phrase | None = None
    for r in BY_FIRST.get(key, ()):
        m = r.pattern.match(c.text, at, end)
        if m is None or (best is not None and m.end() <= best.end):
            continue
        sense = r.means(m, c)
        if sense is not None:
            best = Phrase(at, m.end(), r.name, sense)
    return best


def _edged(c: Context, at: int, end: int) -> Phrase | None:
    """ "the end of 2031", "early next week", "nearly four hours", "year-end 2031"."""
    ye = YEAR_END.match(c.text, at, end)
    if ye is not None:
        year = int(ye["y"]) if ye["y"] else c.ref.year if c.ref is not None else None
        if year is None:
            return None
        return Phrase(
            at,
            ye.end(),
            "year-end",
            Sense("DATE", f"{year}-12-31", "relative", f"{year}-12", "published", Moment("day", year, 12, 31)),
        )
    m = EDGE.match(c.text, at, end)
    if m is None:
        return None
    rest = _after_edge(c, m, end) or _core(c, m.end(), end)
    if rest is None:
        return None
    if m["hedge"]:
        return (
            replace(rest, start=at)
            if rest.rule in ("ago", "length", "a-length", "clock", "many", "units-ago", "decade")
            else None
        )
    if rest.sense.kind in ("duration", "vague", "now", "unsaid", "set"):
        return None
    word = (m["edge"] or m["mid"]).lower()
    return Phrase(at, rest.end, rest.rule, _narrowed(rest.sense, word), word)


THE_UNIT = re.compile(r"(?:the|this)\s+(?P<u>year|month|week|decade|century|quarter|season)(?!\w)", re.I)


def _after_edge(c: Context, m: re.Match[str], end: int) -> Phrase | None:
    """ "the year" after "the end of": a bare unit that means nothing alone."""
    u = THE_UNIT.match(c.text, m.end(), end)
    if u is None or not m["edge"] or c.ref is None or u["u"].lower() == "season":
        return None
    sense_moment = Moment.of(c.ref, u["u"].lower())
    return Phrase(
        m.end(),
        u.end(),
        "near-unit",
        Sense("DATE", sense_moment.timex(), "relative", sense_moment.edtf(), "published", sense_moment),
    )


PARTS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9)}


def _narrowed(sense: Sense, word: str) -> Sense:
    """The EDTF value at an end of its period: the end of 2031 is 2031-12; "early" and "mid" stay as wide as they
    are, but for decades: the early 2020s are 2020 to 2023.
    """
    m = sense.moment
    if m is not None and m.year is not None and m.grain == "decade" and word in PARTS_OF_DECADE:
        first, last = PARTS_OF_DECADE[word]
        return replace(sense, edtf=f"{m.year + first:04d}/{m.year + last:04d}")
    if m is None or m.year is None or word not in ("end", "close", "start", "beginning", "onset", "turn"):
        return sense
    last = word in ("end", "close")
    if m.grain == "year":
        return replace(sense, edtf=f"{m.year:04d}-{12 if last else 1:02d}")
    if m.grain in ("decade", "century"):
        return replace(sense, edtf=f"{m.year + ((9 if m.grain == 'decade' else 99) if last else 0):04d}")
    if m.grain in ("quarter", "half"):
        size = 3 if m.grain == "quarter" else 6
        return replace(sense, edtf=f"{m.year:04d}-{size * (m.n or 1) if last else size * ((m.n or 1) - 1) + 1:02d}")
    return sense


def _remember(c: Context, p: Phrase) -> None:
    m = p.sense.moment
    if m is None or m.year is None:
        return
    if m.grain == "quarter":
        if p.rule in ("quarter", "quarter-code", "the-unit"):
            c.quarter, c.quarter_at = m if p.rule != "the-unit" or c.quarter is None else c.quarter, p.end
    elif m.grain in ("day", "month", "year"):
        c.last = replace(m, clock="")
        if m.n and QUARTER_ENDED.search(c.text, max(0, p.start - 20), p.start):
            c.quarter, c.quarter_at = Moment("quarter", m.year, (m.n + 2) // 3), p.end
