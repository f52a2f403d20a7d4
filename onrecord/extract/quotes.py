"""Text → quotations: which marks open, which close, which are apostrophes, inches or nested.

Marks are paired within a paragraph, like brackets; a quotation that is still open at the end of its paragraph goes on
in
the next one. Time is linear in the number of marks, whatever their order.

Forms: "straight", “curly”, „low“, «guillemets», ``backticks'', 'single', ‘single curly’; "She called it "odd" twice";
“One paragraph.¶“And the next.”
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import IntEnum

import msgspec

from onrecord.records import Passage, Passages

MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚'＂]")
OPENING, CLOSING = frozenset("“„«‹"), frozenset("”»›")
SINGLE = frozenset("'‘’‚")
BEFORE_OPENING = frozenset("([{—–-/:>…\"“„«‘'\u200e\u200f\u202a\u202b\ufeff")
MAY_BEGIN = re.compile(rf"(?<![^\s{re.escape(''.join(sorted(BEFORE_OPENING)))}])['‘‚](?=[^\W\d_]|[\[(…])")  # single
ENDS = frozenset(",.?!…;:—")
STOPS = frozenset(",.?!…")
MAX_SINGLE = 40  # candidates for the end of one single-mark quotation: keeps 10,000 apostrophes linear
MIN_OPEN_WORDS = 4  # an unclosed mark with fewer words after it is a slip, not a quotation


class Side(IntEnum):
    CLOSE = 0
    OPEN = 1
    EITHER = 2


class Quotation(msgspec.Struct, frozen=True, gc=False):
    """`outer` with its marks, `inner` without. `continued`: begun in an earlier paragraph. `closed`: has its end
    mark.
    """

    outer: Passage
    inner: Passage
    closed: bool = True
    continued: bool = False
    nested: bool = False  # stands inside another
    titled: bool = False  # few words, all with capitals: a title or a name
    stopped: bool = False  # its last character is a comma or a stop: an utterance, no title or nickname


class Mark(msgspec.Struct, frozen=True, gc=False):
    start: int
    end: int
    side: Side
    family: str


def quotations(text: str, paragraphs: Passages) -> tuple[Quotation, ...]:
    """All quotations in order of their first character; nested ones follow the one that holds them."""
    found: list[Quotation] = []
    pending = False  # the paragraph before ended inside a quotation
    for i, p in enumerate(paragraphs):
        marks = doubles(text, p)
        reopened = bool(marks) and marks[0].start == p.start and marks[0].side is not Side.CLOSE
        following = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
        pairs, left_open, stray_close = paired(marks)
        here = [Quotation(Passage(a.start, b.end), inner(text, a.end, b.start), nested=n,
                          continued=pending and reopened and a.start == p.start) for a, b, n in pairs]  # fmt: skip
        if pending and not reopened:
            here = [*closing(text, p, stray_close, here), *here]
        pending = False
        if left_open is not None and goes_on(text, p, left_open, following):
            here = [q for q in here if q.outer.end <= left_open.start] + [
                Quotation(Passage(left_open.start, p.end), inner(text, left_open.end, p.end), closed=False,
                          continued=left_open.start == p.start and bool(found) and not found[-1].closed)
            ]  # fmt: skip
            pending = True
        found += here
        lone = singles(text, p, here)
        found += lone
        if not here and not pending:
            found += across(text, p, following, lone)
    return outermost_first(text, found)


def closing(text: str, p: Passage, stray: Mark | None, here: list[Quotation]) -> list[Quotation]:
    """The rest of a quotation that began in an earlier paragraph and has no mark at this one's start."""
    if stray is None or any(q.outer.start < stray.start for q in here):
        return []
    return [Quotation(Passage(p.start, stray.end), inner(text, p.start, stray.start), continued=True)]


def goes_on(text: str, p: Passage, mark: Mark, following: Passage | None) -> bool:
    """Whether a quotation opened at `mark` and not closed runs to the paragraph's end."""
    rest = text[mark.end : p.end]
    if following is not None and mark.start == p.start and text[following.start] in '"“„«':
        return True
    if len(rest.split()) < MIN_OPEN_WORDS:
        return False
    lead = text[max(p.start, mark.start - 2) : mark.start].strip()
    if mark.start == p.start or lead.endswith((":", ",")):
        return True
    return following is not None and text[following.start] in '"“„«'


def inner(text: str, start: int, end: int) -> Passage:
    """Without blanks at the edges."""
    words = text[start:end]
    a = start + len(words) - len(words.lstrip())
    return Passage(a, max(a, end - len(words) + len(words.rstrip())))


def doubles(text: str, p: Passage) -> list[Mark]:
    """The double marks of a paragraph with the side that their neighbours give them."""
    out: list[Mark] = []
    for m in MARK.finditer(text, p.start, p.end):
        c = m.group()
        if c in SINGLE:
            continue
        before = text[m.start() - 1] if m.start() > p.start else " "
        after = text[m.end()] if m.end() < p.end else " "
        if c in ('"', "＂") and before.isdigit() and not opens(before, after) and inches(text, m.start(), out):
            continue
        out.append(Mark(m.start(), m.end(), side(c, before, after), family(c)))
    return out


def inches(text: str, at: int, marks: list[Mark]) -> bool:
    """A mark after a digit is an inch mark where no quotation is open."""
    return sum(1 if m.side is Side.OPEN else -1 for m in marks[-8:]) <= 0


def family(c: str) -> str:
    """Marks of one family close one another."""
    return "guillemet" if c in "«»" else "angle" if c in "‹›" else "tick" if c in ("``", "''") else "double"


def opens(before: str, after: str) -> bool:
    """Whether blanks and brackets around a mark make it an opening one."""
    return (before.isspace() or before in BEFORE_OPENING) and not after.isspace()


def side(c: str, before: str, after: str) -> Side:
    """Whether a mark opens or closes; the neighbours overrule a curly mark that was typed the wrong way round."""
    loose = before.isspace() and after.isspace()
    if c == "``":
        return Side.OPEN
    if c in OPENING:
        return (
            Side.CLOSE if not before.isspace() and before not in BEFORE_OPENING and not after.isalnum() else Side.OPEN
        )
    if c in CLOSING:
        return Side.OPEN if before.isspace() and after.isalnum() else Side.CLOSE
    if loose or (before.isalnum() and after.isalnum()):
        return Side.EITHER
    return Side.OPEN if opens(before, after) else Side.CLOSE


def paired(marks: list[Mark]) -> tuple[list[tuple[Mark, Mark, bool]], Mark | None, Mark | None]:
    """Pairs (open, close, nested); the first mark left open with none closed around it; the first stray closing
    mark.
    """
    stack: list[Mark] = []
    pairs: list[tuple[Mark, Mark]] = []
    stray: Mark | None = None
    for m in marks:
        mates = bool(stack) and (stack[-1].family == m.family)
        close = m.side is Side.CLOSE or (m.side is Side.EITHER and mates)
        if close and mates:
            pairs.append((stack.pop(), m))
        elif close and any(s.family == m.family for s in stack[-3:]):
            while stack[-1].family != m.family:
                stack.pop()
            pairs.append((stack.pop(), m))
        elif close:
            stray = stray or (m if m.side is Side.CLOSE else None)
        else:
            stack.append(m)
    left = {s.start for s in stack}
    # An opening mark that nothing closes: what was paired inside it is not nested, unless it goes on to the end.
    pairs.sort(key=lambda ab: ab[0].start)
    out, reach = [], -1
    for a, b in pairs:
        out.append((a, b, a.start < reach))
        reach = max(reach, b.end)
    return out, (stack[-1] if len(left) == 1 else stack[0] if stack else None), stray


def singles(text: str, p: Passage, doubles_here: list[Quotation]) -> list[Quotation]:
    """Quotations in single marks; apostrophes ("the men's", "workers' rights", "'90s") are none."""
    if MAY_BEGIN.search(text, p.start, p.end) is None:
        return []
    ends = [(m.start(), m.end()) for m in MARK.finditer(text, p.start, p.end) if ends_single(text, m, p)]
    starts = [e[0] for e in ends]
    doubles_here = [q for q in doubles_here if not q.nested]
    outer_starts = [q.outer.start for q in doubles_here]
    out: list[Quotation] = []
    last = -1
    for m in MARK.finditer(text, p.start, p.end):
        if m.start() < last or not begins_single(text, m, p):
            continue
        i = bisect_right(starts, m.start())
        candidates = ends[i : i + MAX_SINGLE]
        stop = best_end(text, m.start(), candidates)
        if stop is None:
            continue
        nested = holds(doubles_here, outer_starts, m.start())
        out.append(Quotation(Passage(m.start(), stop[1]), inner(text, m.end(), stop[0]), nested=nested))
        last = stop[1]
    return [q for q in out if q.nested or not holds(doubles_here, outer_starts, q.outer.end)]


def holds(quotes: list[Quotation], starts: list[int], at: int) -> bool:
    """Whether one of the outermost quotations holds the character at `at`."""
    i = bisect_right(starts, at) - 1
    return i >= 0 and starts[i] < at < quotes[i].outer.end


def across(text: str, p: Passage, following: Passage | None, lone: list[Quotation]) -> list[Quotation]:
    """A quotation in single curly marks that ends in the next paragraph."""
    start = text.rfind("‘", p.start, p.end)
    if following is None or start < 0 or any(q.outer.start <= start < q.outer.end for q in lone):
        return []
    lead = text[max(p.start, start - 2) : start].strip()
    if not (start == p.start or lead.endswith((",", ":"))) or len(text[start : p.end].split()) < MIN_OPEN_WORDS:
        return []
    stop = next((m.start() for m in MARK.finditer(text, following.start, following.end)
                 if m.group() == "‘" or (m.group() == "’" and ends_single(text, m, following))), -1)  # fmt: skip
    if stop < 0 or text[stop] != "’" or text[stop - 1] not in STOPS:
        return []
    return [
        Quotation(Passage(start, p.end), inner(text, start + 1, p.end), closed=False),
        Quotation(Passage(following.start, stop + 1), inner(text, following.start, stop), continued=True),
    ]


def begins_single(text: str, m: re.Match[str], p: Passage) -> bool:
    """Whether a single mark can open a quotation."""
    before = text[m.start() - 1] if m.start() > p.start else " "
    after = text[m.end()] if m.end() < p.end else " "
    return m.group() in "'‘‚" and opens(before, after) and (after.isalpha() or after in "[(…")


def ends_single(text: str, m: re.Match[str], p: Passage) -> bool:
    """Whether a single mark can close a quotation."""
    before = text[m.start() - 1] if m.start() > p.start else " "
    after = text[m.end()] if m.end() < p.end else " "
    return m.group() in "'’" and not before.isspace() and not after.isalnum()


def best_end(text: str, start: int, candidates: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The first end after a stop or comma; else the first that is no plural possessive ("workers'"); else none."""
    for c in candidates:
        if text[c[0] - 1] in ENDS:
            return c
        following = text[c[1] : c[1] + 1]
        if text[c[0] - 1] != "s" or following in ENDS or following in ("", ")", '"', "”", "\n"):
            return c
    return candidates[0] if candidates and " " in text[start : candidates[0][0]] else None


def titled(words: str) -> bool:
    """Whether words in quotation marks look like a title: "Morning Line," "The Last Tram"."""
    found = words.split(maxsplit=6)
    return (
        1 <= len(found) <= 5
        and all(w[:1].isupper() or len(w) < 4 for w in found)
        and not words.endswith(("?", "!", "."))
    )


def outermost_first(text: str, found: list[Quotation]) -> tuple[Quotation, ...]:
    """In order of start, the longer first, and marked nested where inside an earlier one."""
    out: list[Quotation] = []
    reach = -1
    for q in sorted(found, key=lambda q: (q.outer.start, -q.outer.end)):
        if q.inner.start >= q.inner.end:
            continue
        inside = q.outer.start < reach
        stopped = text[q.inner.end - 1] in STOPS or text[q.outer.end : q.outer.end + 1] == ","
        out.append(
            Quotation(
                q.outer, q.inner, q.closed, q.continued, inside, titled(text[q.inner.start : q.inner.end]), stopped
            )
        )
        reach = max(reach, q.outer.end)
    return tuple(out)
