"""A line of one voice → events of the common kinds: met, visited, signed, ordered, delivered, tested, deployed,
opened, delayed, cancelled. Who, whom or what, when and where.

Forms: X signed Y; X and Y met; Y was signed by X; to sign Y; the signing of Y; X held talks with Y; the opening was
delayed until June. Of who opens, delays or cancels, the subject is what is opened, delayed or cancelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.claims import Draft
from onrecord.extract.open.event_words import Word, nouns, verbs
from onrecord.extract.open.grammar import BARS, Group, Line
from onrecord.extract.open.naming import listed
from onrecord.extract.open.noun_phrases import head, np_end, np_start
from onrecord.extract.open.subjects import Abouts, Region
from onrecord.extract.slots import PLACES, Context, Found, Subject, inside, within
from onrecord.records import EventValue, Kind, Mention, Passage, When

SPAN = 16  # tokens of a verb's own words behind it


@dataclass(frozen=True)
class Happening:
    """An event before its modality is known. `bare`: told by an infinitive, which tells it only as planned or so."""

    draft: Draft
    score: float
    bare: bool = False
    whole: Passage | None = None  # from what plans it on, where that stands before it


def happenings(c: Context, ln: Line, r: Region, about: Abouts, cues: Sequence[Passage]) -> Iterator[Happening]:
    """The events of a line. A verb that is the cue of a statement tells none."""
    for k, g in enumerate(ln.groups):
        word = verbs().get(g.lemma)
        at = Passage(ln.ts[g.verb].start, ln.ts[g.verb].end)
        if word is None or any(inside(at, x) for x in cues):
            continue
        made = _told(c, ln, r, about, k, g, word)
        if made is not None:
            yield made
    for i, t in enumerate(ln.ts):
        if t.low in nouns() and (i == 0 or not t.cap) and not any(g.verb == i for g in ln.groups):
            made = _named(c, ln, r, about, i, nouns()[t.low])
            if made is not None:
                yield made


def _told(c: Context, ln: Line, r: Region, about: Abouts, k: int, g: Group, word: Word) -> Happening | None:
    """X signed Y; Y was signed by X; X and Y met; the opening was delayed until June."""
    end = _end(ln, k, g)
    subject = ln.subject(g)
    obj = _object(ln, g)
    agent = _by(ln, g, end) if g.passive else subject
    theme = subject if g.passive else obj
    if g.passive and g.bare and subject is None:
        a = np_start(ln.ts, g.first)
        theme = (a, g.first) if a < g.first else None
    if not _means(ln, word, g, theme):
        return None
    with_ = _with(ln, g, end, theme) if word.kind in ("met", "signed") else None
    if word.kind == "met" and theme is None and with_ is None and not _several(ln, subject):
        return None
    if word.kind in ("visited", "signed", "ordered", "delivered", "tested", "deployed") and theme is None:
        return None
    first, second = (theme, agent) if word.theme else (agent, with_ or theme)
    if word.theme and theme is None:
        if word.kind != "opened" or g.passive:  # "the bridge opened": it is both
            return None
        first, second = subject, None
        if subject is None or ln.ts[head(ln.ts, *subject)].low in listed("not-opened"):
            return None
    if first is None and g.passive:
        first, second = theme, None
    if word.kind == "opened" and _habit(ln, g, end):
        return None
    if _only_thought(ln, g):
        return None
    clause = _clause(ln, subject, g, end)
    made = _happening(c, ln, r, about, clause, first, second, word, "open.event", 0.8 if not g.bare else 0.7)
    done = not g.bare or (g.first > 0 and ln.ts[g.first - 1].low in ("after", "since", "by"))
    if made is None or done:
        return made
    whole = ln.passage(subject[0], g.verb + 1) if subject is not None and subject[0] < g.first else clause
    return Happening(made.draft, made.score, bare=True, whole=Passage(whole.start, clause.end))


def _only_thought(ln: Line, g: Group) -> bool:
    """Whether an event is a duty or a condition: "must open", "if it is signed"."""
    words = [t.low for t in ln.ts[g.first : g.verb]]
    before = [t.low for t in ln.ts[max(0, g.first - 8) : g.first]]
    return bool(set(words) & {"must", "should", "ought", "to"} - ({"to"} if g.bare else set())) or bool(
        set(before) & {"if", "unless", "whether"}
    )


def _habit(ln: Line, g: Group, end: int) -> bool:
    """Whether something opens again and again, or can: "a building that opens at ten", "the buckle can open"."""
    words = [t.low for t in ln.ts[g.first : g.verb]]
    if set(words) & {"can", "could", "cannot"}:
        return True
    present = ln.ts[g.verb].has("verb:s", "verb:base") and not words
    return present and not any(j in ln.days for j in range(g.first, end))


def _means(ln: Line, word: Word, g: Group, theme: tuple[int, int] | None) -> bool:
    """Whether the verb has its common sense here: not "opened fire", "met the target", "ordered the army to"."""
    if theme is None:
        return g.lemma not in ("order", "test", "scrap", "abandon", "defer", "station")
    noun = ln.ts[head(ln.ts, *theme)].low
    if ln.ts[theme[0]].low in ("what", "whatever", "whichever", "anything", "something", "nothing"):
        return False
    if word.kind == "opened":
        return noun not in listed("not-opened") and not ln.ts[theme[0]].has("obj")
    if word.kind == "met":
        return noun not in listed("not-met")
    if g.lemma == "order" and not g.passive:
        rest = ln.ts[theme[1] : theme[1] + 6]
        return not any(t.low in ("to", "that", "not") for t in rest) and not noun.endswith(
            ("tion", "ment", "inquiry", "ure", "al")
        )
    if g.lemma == "order":
        nxt = ln.ts[g.verb + 1].low if g.verb + 1 < len(ln.ts) else ""
        return nxt not in ("to", "that", "not", "by")
    if g.lemma == "sign":
        return noun not in ("up", "off")
    if g.lemma == "test":
        return noun not in ("positive", "negative")
    if g.lemma == "deliver":
        return noun not in listed("not-delivered")
    return True


def _end(ln: Line, k: int, g: Group) -> int:
    """Index after the words that belong to a verb: before the next finite verb's words, a bar or a clause."""
    nxt = next((x for x in ln.groups[k + 1 :] if not x.bare), None)
    stop = len(ln.ts) if nxt is None else nxt.first
    for j in range(g.verb + 1, min(stop, g.verb + 30)):
        t = ln.ts[j]
        if t.low in BARS or t.low in ("which", "who", "that", "while", "when", "because", "but", "after", "before"):
            return j
    return min(stop, g.verb + 30)


def _object(ln: Line, g: Group) -> tuple[int, int] | None:
    a = g.verb + 1
    while a < len(ln.ts) and ln.ts[a].low in ("up", "off", "out", "also", "only", "again"):
        a += 1
    if a >= len(ln.ts) or (ln.ts[a].has("prep", "when", "day", "adv", "mark") and ln.ts[a].low != "#"):
        return None
    if ln.ts[a].low == "#" and a in ln.days:
        return None
    if ln.ts[a].has("obj") or ln.ts[a].low == "it":
        return a, a + 1
    if ln.ts[a].low == "#":
        return a, a + 1
    b = np_end(ln.ts, a)
    if b > a and b < len(ln.ts) and ln.ts[b].low == "#" and b in ln.figures and ln.ts[b - 1].has("det"):
        b += 1
    if b + 2 < len(ln.ts) and ln.ts[b].low == "," and ln.ts[b + 1].cap and ln.ts[a].has("det") and b > a:
        b = np_end(ln.ts, b + 1)  # "the minister, Lars Holm,"
    return (a, b) if b > a else None


def _by(ln: Line, g: Group, end: int) -> tuple[int, int] | None:
    for j in range(g.verb + 1, min(end, g.verb + SPAN)):
        if ln.ts[j].low == "by":
            b = np_end(ln.ts, j + 1)
            if b > j + 1 and not ln.ts[j + 1].has("when", "verb:ing", "figure"):
                return j + 1, b
    return None


def _with(ln: Line, g: Group, end: int, theme: tuple[int, int] | None) -> tuple[int, int] | None:
    j = g.verb + 1 if theme is None or theme[0] < g.verb else theme[1]
    while j < end and ln.ts[j].has("adv", "day", "when"):
        j += 1
    if j < end and ln.ts[j].low == "with":
        b = np_end(ln.ts, j + 1)
        return (j + 1, b) if b > j + 1 else None
    return None


def _several(ln: Line, subject: tuple[int, int] | None) -> bool:
    """Whether a subject is of two or more: "Lund and Berg", "the ministers"."""
    if subject is None:
        return False
    words = ln.ts[subject[0] : subject[1]]
    h = ln.ts[head(ln.ts, *subject)].low
    return (
        any(t.low == "and" for t in words)
        or h in ("they", "we")
        or (h.endswith("s") and not h.endswith("ss") and not ln.ts[head(ln.ts, *subject)].cap)
    )


def _clause(ln: Line, subject: tuple[int, int] | None, g: Group, end: int) -> Passage:
    """The words of the event: from its subject where no other verb stands between, else from its verb group."""
    first = g.verb if g.bare and ln.ts[g.first].low == "to" else g.first
    if (
        not g.bare
        and subject is not None
        and subject[1] <= g.first
        and not any(subject[1] <= x.verb < g.first for x in ln.groups)
    ):
        first = subject[0]
    last = max(end, g.verb + 1)
    while last - 1 > g.verb and ln.ts[last - 1].has("conj", "mark", "det", "sub") and ln.ts[last - 1].low != "#":
        last -= 1
    return ln.passage(first, last)


def _named(c: Context, ln: Line, r: Region, about: Abouts, i: int, word: Word) -> Happening | None:
    """The signing of Y; the opening of Y; talks with X; X held talks with Y; the delivery of 40 cars."""
    ts = ln.ts
    nxt = ts[i + 1].low if i + 1 < len(ts) else ""
    g = ln.governor(i)
    if word.kind in ("met", "visited"):
        return _encounter(c, ln, r, about, i, g, word)
    begins = ln.after(i + 1)
    if begins is not None and begins.lemma in ("begin", "start") and word.kind in ("delivered", "tested"):
        end = _end(ln, ln.groups.index(begins), begins)  # "deliveries will begin in the fourth quarter"
        a = np_start(ts, i + 1)
        if any(j in ln.days for j in range(begins.verb, end)):
            return _happening(c, ln, r, about, ln.passage(a, end), (a, i + 1), None, word, "open.event-noun", 0.7)
    if nxt != "of" or i + 2 >= len(ts) or i == 0:
        return None
    end = np_end(ts, i + 2) if i + 2 not in ln.figures else i + 3
    if word.kind == "opened" and end > i + 2 and ln.ts[head(ts, i + 2, end)].low in listed("not-opened"):
        return None
    if end == i + 2 or (word.kind in ("tested", "ordered") and ts[i - 1].low not in ("the", "first")):
        return None
    after = ln.after(end)
    if after is not None and after.lemma in ("delay", "postpone", "cancel", "defer", "scrap"):
        return None  # that is another event: the opening of Y was delayed
    if g is not None and g.lemma in ("delay", "postpone", "cancel", "defer", "scrap", "order"):
        return None
    start = np_start(ts, i + 1)
    stop = end
    while (
        stop < len(ts)
        and stop - end < 5
        and (ts[stop].has("when", "prep") or ts[stop].low == "#")
        and ts[stop].low != "with"
    ):
        stop += 1
    clause = ln.passage(start, end)
    return _happening(c, ln, r, about, clause, (i + 2, end), None, word, "open.event-noun", 0.5)


def _encounter(c: Context, ln: Line, r: Region, about: Abouts, i: int, g: Group | None, word: Word) -> Happening | None:
    """X held talks with Y; X's meeting with Y; X paid a visit to Y."""
    ts = ln.ts
    joint = "with" if word.kind == "met" else "to"
    if i + 2 >= len(ts):
        return None
    j = i + 1
    while j < len(ts) and j - i < 3 and ts[j].has("when", "day", "prep") and ts[j].low != joint:
        j += 1
    if j + 1 >= len(ts) or ts[j].low != joint or ts[j + 1].has("figure", "when"):
        return None
    b = np_end(ts, j + 1)
    if b == j + 1:
        return None
    first: tuple[int, int] | None = None
    if g is not None and (g.lemma in listed("holds-talks") or g.lemma == "pay"):
        first, begin = ln.subject(g), g.first
        if first is not None:
            begin = first[0]
    else:
        k = i - 1
        while (
            k > 0
            and not ts[k].has("mark", "prep", "det")
            and not ts[k].low.endswith(("'s", "s'"))
            and not ts[k].has("poss")
        ):
            k -= 1
        if ts[k].has("poss"):
            first, begin = (k, k + 1), k
        elif ts[k].low.endswith(("'s", "s'")):
            begin = np_start(ts, k + 1)
            first = (begin, k + 1)
        else:
            return None
    if first is None:
        return None
    end = b + 2 if b + 1 in ln.days and ts[b].has("prep") else b + 1 if b in ln.days else b
    clause = ln.passage(begin, end)
    return _happening(c, ln, r, about, clause, first, (j + 1, b), word, "open.event-noun", 0.7)


def _happening(
    c: Context, ln: Line, r: Region, about: Abouts, clause: Passage, first: tuple[int, int] | None,
    second: tuple[int, int] | None, word: Word, rule: str, score: float,
) -> Happening | None:  # fmt: skip
    subject = about.subject(r, ln, first)
    r0 = c.cast.referent(subject.referent)
    if word.theme and second is None and r0 is not None and r0.kind is Kind.PERSON:
        return None  # "the chairman opened by asking"
    if subject.passage is None and subject.referent is None:
        return None
    spans = [ln.passage(*x) for x in (first, second) if x is not None]
    entity = _entity(c, about, r, ln, second, subject) if second is not None else None
    when, place = _when(c, clause, word, spans), _place(c, ln, clause, spans)
    place_id = place.referent if place is not None else None
    visited = c.cast.referent(entity)
    if place is None and word.kind == "visited" and visited is not None and visited.kind in PLACES:
        place_id = entity
    named = [_is_named(c, x) for x in (subject.referent, entity)]
    anchored = when is not None or place_id is not None or any(named)
    if not anchored and word.kind not in ("delayed", "cancelled"):
        return None  # "a baker delivered bread": nobody and nothing that the record could keep apart
    value = EventValue(
        entity=entity,
        date=when.value if when is not None else None,
        place=place_id,
    )
    draft = Draft(clause, r.statement, subject, word.kind, Found(value, clause), rule)
    return Happening(draft, score)


def _entity(c: Context, about: Abouts, r: Region, ln: Line, span: tuple[int, int], subject: Subject) -> str | None:
    """The name in a noun phrase that heads it or stands in it alone; else what the phrase describes."""
    p = ln.passage(*span)
    found = [m for m in c.cast.mentions_in(p) if m.referent != subject.referent and m.passage not in c.cast.adjectives]
    named = next((m for m in found if m.passage.end == p.end), found[0] if len(found) == 1 else None)
    if named is not None or found:
        return named.referent if named is not None else None
    if span[0] in ln.figures:
        return None  # "12 lorries": how many is a claim of its own
    other = about.subject(r, ln, span)
    within_it = other.passage is not None and inside(other.passage, p)
    return other.referent if within_it and other.referent != subject.referent and not other.steps else None


def _is_named(c: Context, referent: str | None) -> bool:
    r = c.cast.referent(referent)
    return r is not None and r.named


def _when(c: Context, clause: Passage, word: Word, spans: Sequence[Passage]) -> When | None:
    found = [d for d in within(c.dates, clause) if d.value is not None and not any(inside(d.passage, s) for s in spans)]
    if word.kind == "delayed" and found:
        new = [
            d
            for d in found
            if re.search(r"\b(?:until|till|to)\s+\S{0,8}$", c.doc.text[max(0, d.passage.start - 16) : d.passage.start])
        ]
        return new[0] if new else found[0]
    return found[0] if found else None


def _place(c: Context, ln: Line, clause: Passage, spans: Sequence[Passage]) -> Mention | None:
    """The place behind "in", "at" or "near" in the event's words."""
    for m in c.cast.mentions_in(clause, *PLACES):
        before = c.doc.text[max(clause.start, m.passage.start - 12) : m.passage.start].split()
        if before and before[-1].lower() == "the":
            before.pop()
        if (
            before
            and before[-1].lower() in ("in", "at", "near", "outside")
            and not any(inside(m.passage, s) for s in spans)
        ):
            return m
    return None
