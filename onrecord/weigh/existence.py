"""Two values → whether one denies that there is any of what the other counts: "no cracks were found", "two cracks".

Forms denied: there are no cracks; found not a single crack; without any cracks; zero cracks; free of cracks; no signs
of cracks; 0 cracks. Forms counted: two cracks; several cracks; a crack; cracks were found; there are cracks.
Refused: "no serious cracks" against "two cracks"; "no longer", "no more than two cracks"; "if there are no cracks";
none of the cracks is new; a denial of a denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from onrecord.records import QuantityValue, TextValue, Value
from onrecord.weigh.wording import negated, words

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[.;:,]")
MANY = 1 << 14  # texts remembered
LONGEST = 4  # words of what is denied or counted
SEEN_WITHIN = 4  # words behind a bare plural in which it is found: "cracks have now been found"

Thing = tuple[str, frozenset[str]]  # the noun in the singular, and the words that narrow it


def denies(no: Value, yes: Value) -> bool:
    """Whether `no` says that there is none of what `yes` says there is."""
    there = told(yes)
    return any(noun == head and narrower <= said for noun, narrower in denied(no) for head, said in there)


def denied(value: Value) -> frozenset[Thing]:
    """What a value says there is none of."""
    if isinstance(value, QuantityValue):
        none = value.high == 0 and value.low in (0, None) and value.unit is not None
        return frozenset([(singular(value.unit or ""), frozenset())]) if none else frozenset()
    return _denied(value.text) if isinstance(value, TextValue) else frozenset()


def told(value: Value) -> frozenset[Thing]:
    """What a value says there is at least one of, each with all the words around it."""
    if isinstance(value, QuantityValue):
        some = value.low is not None and value.low > 0 and value.unit is not None
        return frozenset([(singular(value.unit or ""), frozenset())]) if some else frozenset()
    return _told(value.text) if isinstance(value, TextValue) else frozenset()


def singular(noun: str) -> str:
    """A noun without the ending of its plural: "cracks", "crack" are one."""
    low = noun.casefold()
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) else low


@lru_cache(maxsize=MANY)
def _denied(text: str) -> frozenset[Thing]:
    if not negated(text) and not _zero(text):
        return frozenset()  # an even number of negators: "it is not true that there are no cracks"
    ts = _tokens(text)
    if any(t in ("if", "unless", "whether") for t in ts):
        return frozenset()
    starts = (k for i in range(len(ts)) if (k := _after_none(ts, i)) is not None)
    return frozenset(thing for k in starts for thing in _listed(ts, k))


@lru_cache(maxsize=MANY)
def _told(text: str) -> frozenset[Thing]:
    if negated(text):
        return frozenset()
    ts = _tokens(text)
    said = frozenset(ts)
    heads = {noun for k in _counts(ts) for noun in _heads(ts, k)} | set(_bare(ts))
    return frozenset((head, said) for head in heads - {noun for noun, _ in _denied(text)})


def _zero(text: str) -> bool:
    return any(t in ("zero", "0", "free") for t in _tokens(text))


@lru_cache(maxsize=MANY)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.casefold()))


def _after_none(ts: Sequence[str], i: int) -> int | None:
    """Index of the first word of what is denied, where a denial of existence stands at `i`."""
    after = ts[i + 1] if i + 1 < len(ts) else ""
    if ts[i] in ("no", "zero", "without", "0") and after not in words("not-none"):
        return i + 1
    if (ts[i] in ("not", "never") or ts[i].endswith(("n't", "n’t"))) and after in ("any", "a", "an", "one"):
        return i + 2
    if (ts[i], after) in (("free", "of"), ("free", "from")):
        return i + 2
    verb = ts[i].endswith(("n't", "n’t")) or ts[i] == "not"  # "did not find any cracks"
    if verb and i + 2 < len(ts) and ts[i + 2] == "any":
        return i + 3
    return None


def _listed(ts: Sequence[str], k: int) -> Iterator[Thing]:
    """The things of a list: "no cracks or leaks"."""
    yield from _phrase(ts, k)
    end = next((j for j in range(k, min(len(ts), k + LONGEST + 1)) if ts[j] in ("or", "nor")), None)
    if end is not None:
        yield from _phrase(ts, end + 1)


def _phrase(ts: Sequence[str], k: int) -> Iterator[Thing]:
    """The noun phrase at `k` by its last word; what comes after "signs of" counts."""
    found: list[str] = []
    for t in ts[k:]:
        if t in ("any", "the", "a", "an", "single", "such", "of", "other", "more", "these", "those") and not found:
            continue
        if t == "of" and found and found[-1] in words("sign"):
            found = []
            continue
        if len(found) == LONGEST or t in words("ends-noun") or not t[0].isalpha():
            break
        found.append(t)
    if found:
        yield singular(found[-1]), frozenset(found[:-1])


def _heads(ts: Sequence[str], k: int) -> Iterator[str]:
    """The noun that is counted: the last word of its phrase, or the first plural, behind which its verb may stand."""
    yield from (noun for noun, _ in _phrase(ts, k))
    plural = next((t for t in ts[k : k + LONGEST] if t.endswith("s") or t in words("ends-noun")), "")
    if plural.endswith("s"):
        yield singular(plural)


def _counts(ts: Sequence[str]) -> Iterator[int]:
    """Indices behind words that count: a number above zero, "several", "a"."""
    for i, t in enumerate(ts):
        if (t[0].isdigit() and t.strip("0.,")) or t in words("number") or t in words("some"):
            yield i + 1


def _bare(ts: Sequence[str]) -> Iterator[str]:
    """Plurals of which it is only said that there are: "cracks were found", "there are cracks"."""
    for i, t in enumerate(ts):
        if not t.endswith("s") or len(t) < 4:
            continue
        there = i > 1 and ts[i - 2] == "there" and ts[i - 1] in ("are", "were")
        if there or any(x in words("seen") for x in ts[i + 1 : i + 1 + SEEN_WITHIN]):
            yield singular(t)
