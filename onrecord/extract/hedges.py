"""Words that hedge an amount or join two: "about", "up to", "or more", "between ... and", "from ... to".

The phrases are in `beats/words/hedges.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.extract.lexicon import rows
from onrecord.extract.numerals import DASHES, SCALES, Token, listed
from onrecord.records import Comparator

EQ = Comparator.EQ


def _hedges(side: str) -> dict[tuple[str, ...], tuple[Comparator, bool]]:
    """The phrases of `beats/words/hedges.tsv` on one side of a number, as words → comparator and whether it is
    "about".
    """
    return {
        tuple(r["phrase"].split()): (Comparator(r["comparator"]), r["approximate"] == "yes")
        for r in rows("hedges")
        if r["side"] == side
    }


PHRASES = _hedges("before")
AFTER = _hedges("after")
LONGEST = max(len(p) for p in PHRASES)
SKIPPED = frozenset(
    {"a", "an", "the", "just", "only", "exactly", "well", "another", "nothing", "record", "whopping", "total"}
)
JOINTS = {"to": "to", "and": "and", "or": "or", "till": "to", "until": "to", "through": "to"}
CHANGE_VERBS = tuple(
    listed(
        "rose ris fell fall grew grow increas decreas declin drop climb jump slid cut rais lower reduc improv slip "
        "lift plung tumbl surg soar widen narrow expand extend upgrad downgrad revis went shr gain doubl trim "
        "slash boost eas plummet "
        "chang mov up down advanc swell edg creep trebl tripl corrected amended"
    )
)  # stems
CHANGE_REACH = 12  # tokens before "from" in which a verb of change makes "from A to B" a change, not a range


class Hedge(NamedTuple):
    """Tokens `[first, last)` with the amount and its hedges, and what the hedges say."""

    first: int
    last: int
    comparator: Comparator
    approximate: bool


def low_at(toks: Sequence[Token], i: int) -> str:
    """The word at `i`, lower case; "" beyond the ends."""
    return toks[i].low if 0 <= i < len(toks) else ""


def joint(toks: Sequence[Token], first: int, last: int, second: int) -> str | None:
    """How tokens `[last, second)` join the amounts around them: "to", "or", "dash", "and" (after between), "change"."""
    between = [t.low for t in toks[last:second]]
    words = [w for w in between if w not in ("about", "around", "some", "as", "much", "many", "perhaps", "even")]
    if len(words) != 1 or len(between) > 3:
        return None
    w = words[0]
    if w in DASHES:
        return "dash"
    how = JOINTS.get(w)
    before = low_at(toks, first - 1)
    if before in ("$", "£", "€"):
        before = low_at(toks, first - 2)
    if how == "and":
        return "and" if before == "between" or low_at(toks, first - 2) == "between" else None
    if how == "to" and before == "from" and _changes(toks, first - 1):
        return "change"
    if (
        how == "to"
        and before != "from"
        and toks[last - 1].raw in ("%", "percent", "cent")
        and toks[last + 1].kind != "num"
    ):
        return None
    if how == "to" and before in ("by", "of") and _changes(toks, first - 1):
        return None
    return how


def _changes(toks: Sequence[Token], i: int) -> bool:
    return any(t.low.startswith(CHANGE_VERBS) for t in toks[max(0, i - CHANGE_REACH) : i])


def range_start(toks: Sequence[Token], first: int, how: str) -> int:
    """A range takes its "between" or "from" into its span."""
    return first - 1 if low_at(toks, first - 1) in ("between", "from") and how != "change" else first


def scale_of(toks: Sequence[Token], first: int, last: int) -> float:
    """The largest scale word among tokens `[first, last)`."""
    return max((SCALES.get(t.low, 100.0 if t.low == "hundred" else 1.0) for t in toks[first:last]), default=1.0)


def hedges(toks: Sequence[Token], floor: int, first: int, last: int) -> Hedge:
    """The hedges around tokens `[first, last)`; none is sought before `floor`."""
    comparator, approximate = EQ, False
    i = first
    while True:
        k = next(
            (k for k in range(LONGEST, 0, -1) if i - k >= floor and tuple(t.low for t in toks[i - k : i]) in PHRASES), 0
        )
        if k:
            c, about = PHRASES[tuple(t.low for t in toks[i - k : i])]
            comparator, approximate, first, i = (comparator if c is EQ else c), approximate or about, i - k, i - k
        elif i - 1 >= floor and (
            low_at(toks, i - 1) in SKIPPED
            or (i == first and toks[i - 1].raw in DASHES and low_at(toks, i - 2) == "sub")
        ):
            i -= 1
        else:
            break
    for k in (3, 2, 1):
        found = AFTER.get(tuple(t.low for t in toks[last : last + k]))
        if found is not None and len(toks) >= last + k and _after_fits(toks, last, k):
            comparator, approximate, last = (
                (comparator if found[0] is EQ else found[0]),
                approximate or found[1],
                last + k,
            )
            break
    return Hedge(first, last, comparator, approximate)


def _after_fits(toks: Sequence[Token], last: int, k: int) -> bool:
    """ "plus" and "+" only glued or at a border: "20 plus 30" is a sum."""
    if toks[last].low in ("plus", "minimum", "maximum", "approximately", "at", "+"):
        return last + k >= len(toks) or toks[last + k].kind == "sym" or toks[last].low == "+"
    return True
