"""A document as the fast tagger sees it: one row of words, and columns of small numbers that say where each stands.

Two signs (¶) part the paragraphs, so that what looks at the words around never looks over a break. A column is an array
of codes and the list of what they mean; `TEMPLATES` say which columns are looked at together.

- `q` quotation state; `aq`, `bq` how far behind the end of a quotation, before the beginning of one
- `l`, `r` kind of and way to the nearest sure reporting verb on either side; `lk`, `rk` the nearest that may be one
- `cl`, `cr` commas on that way; `p` what the sentence holds; `side` before, between or behind its reporting verbs
- `at` place in the sentence, `s` place of the sentence in its paragraph and what the sentence before it was
- `g` what the rules read here (role, begin/inside/end, how sure), `gr` by which rule, `ga`, `gb` their nearest span
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from onrecord.extract.document import Document
from onrecord.extract.fast import words as fast_words
from onrecord.extract.fast.words import CLASSES, CUES, PAD
from onrecord.extract.hints import outermost
from onrecord.extract.lines import Draft
from onrecord.extract.tokens import spelt_in

Array = np.ndarray[Any, Any]
ROLES = ("source", "cue", "content")
PARTS = ("B", "I", "E")  # of a span of the rules: its first word, those inside, its last
LEVELS = (0.7, 0.85)
STRONG = 3  # kinds of reporting verb: none, plain, read as a cue by the rules
WAYS = (1, 2, 3, 5, 9, 15)  # upper bounds of the ways that are told apart, in words
NEAR = (1, 2, 3, 6)
BOUNDS: dict[tuple[int, ...], Array] = {bounds: np.array(bounds) for bounds in (WAYS, NEAR)}
MAX_WORDS = 60_000  # word types that a reader remembers

CLASS = {c: i for i, c in enumerate(CLASSES)}
G = ("-", *(f"{r}.{b}{n}" for r in ROLES for n in range(len(LEVELS) + 1) for b in PARTS))
SPAN = ("-", *(f"{r}.{n}" for r in ROLES for n in range(len(NEAR) + 1)))
WAY = ("-", *(f"{k}.{n}" for k in ("plain", "rule") for n in range(len(WAYS) + 1)))
FAR = ("-", *(str(n) for n in range(len(WAYS) + 1)))
LABELS: dict[str, tuple[str, ...]] = {
    "c": CLASSES,
    "q": ("-", "open", "in", "close"),
    "aq": ("-", *(str(n) for n in range(len(NEAR) + 1))),
    "bq": ("-", *(str(n) for n in range(len(NEAR) + 1))),
    "l": WAY, "r": WAY, "lf": FAR, "rf": FAR,
    "cl": ("-", "0", "1", "2"), "cr": ("-", "0", "1", "2"),
    "p": tuple(f"{a}{b}{c}{d}{e}" for a in "-qQ" for b in "-vV" for c in "-w" for d in "-:" for e in "-g"),
    "side": ("-", "before", "at", "between", "behind"),
    "at": ("-", "first", "second", "third", "mid", "last", "stop"),
    "s": tuple(f"{a}{b}" for a in ("first", "later") for b in ("", ".quoted", ".read", ".open")),
    "g": G, "ga": SPAN, "gb": SPAN,
}  # fmt: skip
WORDS = ("k", "lk", "rk", "gr")  # columns whose values are words of the table: their codes are given by it
TEMPLATES: tuple[tuple[str, ...], ...] = (
    ("q",), ("q-1", "q", "q+1"), ("q", "c"), ("q", "p"), ("aq",), ("bq",), ("aq", "c"), ("aq", "p"), ("aq", "c-1"),
    ("l",), ("r",), ("l", "r"), ("l", "cl", "q"), ("r", "cr", "q"), ("l", "c"), ("r", "c"), ("l", "aq"), ("r", "bq"),
    ("lf", "rf", "q"), ("lk", "lf"), ("rk", "rf"), ("lf", "c"), ("rf", "c"),
    ("p", "side"), ("p", "at"), ("side", "c", "q"), ("at", "c"), ("at", "q"), ("s", "q"), ("s", "p"), ("s", "g"),
    ("c-1", "c"), ("c", "c+1"), ("c-2", "c-1", "c"), ("c-1", "c", "c+1"), ("c", "c+1", "c+2"),
    ("g-2",), ("g-1",), ("g",), ("g+1",), ("g+2",), ("g-1", "g"), ("g", "g+1"), ("g-1", "g", "g+1"),
    ("g", "q"), ("g", "c"), ("g", "c-1"), ("g", "c+1"), ("g", "l"), ("g", "r"), ("g", "side"), ("g", "at"),
    ("ga", "gb"), ("ga", "c"), ("gb", "c"), ("ga", "q", "cl"), ("gb", "q", "cr"), ("ga", "gb", "side"),
    ("g", "k"), ("g", "gr"), ("gr-1", "g"), ("gr+1", "g"),
    ("k-1", "k"), ("k", "k+1"),
)  # fmt: skip


@dataclass
class Lexicon:
    """Words seen → what is known of each by itself, and the codes of the words that the table of weights names.

    `row` makes what a reader wants to keep of a word beside (the sum of its weights).
    """

    known: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # column → word → code, 0 for all others
    row: Callable[[str], Array] | None = None
    ids: dict[str, int] = field(default_factory=dict)
    spelt: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.codes = np.zeros((1024, 5), np.int32)  # class, cue, codes in k, lk and rk
        self.rows = np.zeros((1024, 0), np.float32)
        self.add(PAD)

    def add(self, word: str) -> int:
        """The number of a word that is new."""
        n = len(self.spelt)
        if n == len(self.codes):
            self.codes = np.concatenate([self.codes, np.zeros_like(self.codes)])
        low = fast_words.lowered(word)
        self.codes[n] = (
            CLASS[fast_words.coarse(word)], CUES.index(fast_words.cue(word)),
            *(self.known.get(column, {}).get(low, 0) for column in ("k", "lk", "rk")),
        )  # fmt: skip
        if self.row is not None:
            made = self.row(word)
            if n >= len(self.rows):
                grown = np.zeros((max(1024, 2 * len(self.rows)), len(made)), np.float32)
                grown[: len(self.rows), : self.rows.shape[1]] = self.rows
                self.rows = grown
            elif not self.rows.shape[1]:
                self.rows = np.zeros((len(self.rows), len(made)), np.float32)
            self.rows[n] = made
        self.ids[word] = n
        self.spelt.append(word)
        return n

    def trim(self) -> None:
        """Forget all words where there are too many: bounds the memory of a long run."""
        if len(self.spelt) > MAX_WORDS:
            self.ids, self.spelt = {}, []
            self.add(PAD)


@dataclass
class Sheet:
    """The rows of one document: offsets, word numbers, columns, and where each paragraph's words begin and end."""

    starts: Array
    ends: Array
    words: Array
    columns: dict[str, Array]
    paragraphs: list[tuple[int, int]]
    offsets: tuple[list[int], list[int]]  # starts and ends once more, as bisect likes them

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The words that share a character with a passage, as a half-open range of rows."""
        return bisect_right(self.offsets[1], start), bisect_left(self.offsets[0], end)


def sheet(doc: Document, drafts: Sequence[Draft], lexicon: Lexicon) -> Sheet:
    """The sheet of a document and what the rules read in it."""
    lexicon.trim()
    text, ids, add = doc.text, lexicon.ids, lexicon.add
    words, starts, ends = [0, 0], [0, 0], [0, 0]
    paragraphs = []
    for a, b in doc.paragraphs:
        first = len(words)
        found = spelt_in(text, a, b)
        words += [add(w) if (i := ids.get(w)) is None else i for w in found.words]
        starts += found.starts
        ends += found.ends
        paragraphs.append((first, len(words)))
        words += (0, 0)
        starts += (b, b)
        ends += (b, b)
    at = np.array((starts, ends, words), np.int32)
    s = Sheet(at[0], at[1], at[2], {}, paragraphs, (starts, ends))
    fill(s, doc, drafts, lexicon)
    return s


def fill(s: Sheet, doc: Document, drafts: Sequence[Draft], lexicon: Lexicon) -> None:
    """Compute the columns."""
    n = len(s.words)
    rows = np.arange(n, dtype=np.int32)
    s.columns["c"], kind, s.columns["k"], lk, rk = lexicon.codes[s.words].T
    opens = sentences(s, doc)
    number = np.cumsum(opens) - 1
    heads = np.flatnonzero(opens)
    tails = np.append(heads[1:], n)
    head, tail = heads[number], tails[number]
    inside = quotations(s, doc)
    ruled(s, doc, drafts, lexicon.known.get("gr", {}))
    g = s.columns["g"]
    g_cue = (g > 9) & (g <= 18)
    strong = np.where(g_cue, 2, np.where(kind == 2, 1, 0)).astype(np.int32)
    may = (kind > 0) | g_cue
    pad = s.words == 0
    comma = np.cumsum(s.columns["c"] == COMMA)
    for side, seen in (("l", strong > 0), ("lf", may)):
        at = np.maximum.accumulate(np.where(seen, rows, -1))
        s.columns[side] = nearest(rows - at, at >= head, WAYS, strong[at] - 1 if side == "l" else None)
        if side == "l":
            s.columns["cl"] = np.where(at >= head, 1 + np.minimum(2, comma - comma[at]), 0)
        else:
            s.columns["lk"] = np.where(at >= head, lk[at], 0)
    for side, seen in (("r", strong > 0), ("rf", may)):
        at = np.minimum.accumulate(np.where(seen, rows, n)[::-1])[::-1]
        ok = at < tail
        at = np.minimum(at, n - 1)
        s.columns[side] = nearest(at - rows, ok, WAYS, strong[at] - 1 if side == "r" else None)
        if side == "r":
            s.columns["cr"] = np.where(ok, 1 + np.minimum(2, comma[at] - comma), 0)
        else:
            s.columns["rk"] = np.where(ok, rk[at], 0)
    has_l, has_r = s.columns["l"] > 0, s.columns["r"] > 0
    s.columns["side"] = np.where(strong > 0, 2, np.where(has_l & has_r, 3, np.where(has_l, 4, np.where(has_r, 1, 0))))
    count: Callable[[Array], Array] = lambda seen: np.add.reduceat(seen.astype(np.int32), heads)
    quoted = count(inside > 0)
    first_quoted = (inside[heads] > 0).astype(np.int32)
    read = count(g_cue) > 0
    profile = np.where(quoted > 0, 1 + first_quoted, 0)
    for base, found in (
        (3, np.minimum(2, count(kind == 2))), (2, count(kind == 1) > 0), (2, count(s.columns["c"] == COLON) > 0),
        (2, read),
    ):  # fmt: skip
        profile = profile * base + found
    s.columns["p"] = profile[number]
    from_head, to_tail = rows - head, tail - 1 - rows
    stop = s.columns["c"] == STOP
    place = np.where(from_head < 3, 1 + from_head, np.where(stop & (to_tail == 0), 6, np.where(to_tail <= 1, 5, 4)))
    s.columns["at"] = np.where(pad, 0, place)
    before = np.append(0, np.where(inside[tails - 1] == 2, 3, np.where(read, 2, np.where(quoted > 0, 1, 0)))[:-1])
    opening = pad[heads - 1] | (heads == 0)
    s.columns["s"] = np.where(opening, 0, 4 + before)[number]
    at = np.maximum.accumulate(np.where(inside == 3, rows, -1))
    s.columns["aq"] = nearest(rows - at, (at >= head) & (inside == 0), NEAR)
    at = np.minimum.accumulate(np.where(inside == 1, rows, n)[::-1])[::-1]
    s.columns["bq"] = nearest(at - rows, (at < tail) & (inside == 0), NEAR)
    spans_near(s, rows, head, tail)
    s.columns["q"] = inside


COMMA, COLON, STOP = (CLASSES.index(x) for x in ("comma", "colon", "stop"))


def nearest(way: Array, ok: Array, bounds: tuple[int, ...], kind: Array | None = None) -> Array:
    """Code of a way in words: 0 for none, else its step, after its kind."""
    step = BOUNDS[bounds].searchsorted(way, "left")
    return np.where(ok, 1 + step + (0 if kind is None else kind * (len(bounds) + 1)), 0)


def sentences(s: Sheet, doc: Document) -> Array:
    """Where a sentence begins; the signs between paragraphs are sentences of their own."""
    out = np.zeros(len(s.words), np.int32)
    at = np.searchsorted(s.ends, np.array([x.start for x in doc.sentences], np.int32), "right")
    out[at[at < len(out)]] = 1
    out[0] = 1
    for first, end in s.paragraphs:
        out[first] = out[end] = 1
    return out


def quotations(s: Sheet, doc: Document) -> Array:
    """Quotation state of each row: outside, opening mark, inside, closing mark."""
    out = np.zeros(len(s.words), np.int32)
    for q in doc.quotations:
        if q.nested:
            continue
        a, b = s.span(*q.outer)
        if b <= a:
            continue
        out[a:b] = 2
        if q.inner.start > q.outer.start:
            out[a] = 1
        if q.closed and q.inner.end < q.outer.end and b - a > 1:
            out[b - 1] = 3
    out[s.words == 0] = 0
    return out


def ruled(s: Sheet, doc: Document, drafts: Sequence[Draft], rules: Mapping[str, int]) -> None:
    """What the rules read: one role a word, contents first, the outer of two."""
    g = np.zeros(len(s.words), np.int32)
    by = np.zeros(len(s.words), np.int32)
    top = [d for d in drafts if not d.rule.endswith(".nested")]
    held = outermost({(p.start, p.end, level(d)) for d in top for p in d.content})
    starts = [x[0] for x in held]
    for role in range(3):
        for d in top:
            passages = ([d.source] if d.source else []) if role == 0 else d.cue if role == 1 else d.content
            for p in passages:
                k = bisect_right(starts, p.start) - 1
                if k >= 0 and held[k][1] >= p.end and (role < 2 or held[k][:2] != (p.start, p.end)):
                    continue
                a, b = s.span(*p)
                if b <= a:
                    continue
                code = 1 + role * 9 + 3 * level(d)
                g[a:b] = code + 1
                g[b - 1] = code + 2
                g[a] = code
                by[a:b] = rules.get(d.rule, 0)
    g[s.words == 0] = by[s.words == 0] = 0
    s.columns["g"], s.columns["gr"] = g, by


def level(d: Draft) -> int:
    return sum(d.score >= x for x in LEVELS)


def spans_near(s: Sheet, rows: Array, head: Array, tail: Array) -> None:
    """The nearest word on either side that the rules gave a role, and how far, for words without one."""
    g, n = s.columns["g"], len(rows)
    role = (g - 1) // 9
    left = np.maximum.accumulate(np.where(g > 0, rows, -1))
    right = np.minimum.accumulate(np.where(g > 0, rows, n)[::-1])[::-1]
    s.columns["ga"] = nearest(rows - left, (left >= head) & (g == 0), NEAR, role[left])
    s.columns["gb"] = nearest(right - rows, (right < tail) & (g == 0), NEAR, role[np.minimum(right, n - 1)])


def shifted(column: str) -> tuple[str, int]:
    """Name and offset of a column as a template has it: "g-1" → ("g", -1)."""
    for sign in "+-":
        name, found, by = column.partition(sign)
        if found:
            return name, int(sign + by)
    return column, 0
