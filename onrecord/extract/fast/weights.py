"""The fast tagger's weights: a table that a person can read, one line a feature, a tag and its weight.

    w=said              B-cue        1.932
    q=in & p=Q-w-g      I-content    0.871
    after=B-cue         I-cue        2.104     the tag before this one

Loaded as matrices: what a word says by itself is summed once for each word, the rest is looked up by code.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.extract.fast import words as fast_words
from onrecord.extract.fast.sheet import LABELS, ROLES, TEMPLATES, WORDS, Lexicon, Sheet, shifted

Array = np.ndarray[Any, Any]
TAGS = ("O", *(f"{x}-{role}" for role in ROLES for x in "BI"))
BEFORE = "after"  # the feature of the tag before
JOIN = " & "
DENSE = 60_000  # codes: a template with more is looked up in a sorted list
WIDE = 8  # columns of a table: one more than tags, as rows of 32 bytes are looked up several times as fast
REACH = 2  # words on either side that a word's own features are looked at from
NONE = np.zeros(len(TAGS), np.float32)

Row = tuple[str, str, float]


def rows(path: Path) -> Iterator[Row]:
    """The rows of a table, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                feature, tag, weight = line.rstrip("\n").split("\t")
                yield feature, tag, float(weight)


@dataclass
class Columns:
    """One template: where its weights stand in the table that all templates share, whose first row is zero."""

    columns: tuple[tuple[str, int], ...]
    sizes: tuple[int, ...]
    rows: Array  # of each code, or of each key
    keys: Array | None = None  # codes that have a weight, in order; None: the code is the index

    def at(self, codes: Array) -> Array:
        """Row of the table for each code."""
        if self.keys is None:
            return self.rows.take(codes)
        i = np.minimum(np.searchsorted(self.keys, codes), len(self.keys) - 1)
        return np.where(self.keys[i] == codes, self.rows[i], 0)


@dataclass
class Weights:
    """All weights, by the names of their features."""

    by_name: dict[str, Array]
    transitions: Array  # tag before, tag
    judge: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Iterable[Row]) -> Weights:
        by_name: dict[str, Array] = {}
        transitions = np.zeros((len(TAGS), len(TAGS)), np.float32)
        judge = {}
        number = {t: i for i, t in enumerate(TAGS)}
        for feature, tag, weight in found:
            if tag not in number:
                judge[feature] = weight
            elif feature.startswith(f"{BEFORE}="):
                transitions[number[feature[len(BEFORE) + 1 :]], number[tag]] = weight
            else:
                row = by_name.get(feature)
                if row is None:
                    row = by_name[feature] = NONE.copy()
                row[number[tag]] = weight
        for tag, i in number.items():
            if tag[0] == "I":
                for j, before in enumerate(TAGS):
                    if before[2:] != tag[2:]:
                        transitions[j, i] = -math.inf
        return cls(by_name, transitions, judge)

    @cached_property
    def lexicon(self) -> Lexicon:
        """What is known of words, with the weights of each by itself, seen from up to two words away."""
        return Lexicon(self.vocabulary, self.word_row)

    @cached_property
    def vocabulary(self) -> dict[str, dict[str, int]]:
        found: dict[str, set[str]] = {column: set() for column in WORDS}
        for name in self.by_name:
            for column, _, value in parsed(name):
                if column in found:
                    found[column].add(value)
        return {c: {w: i + 1 for i, w in enumerate(sorted(ws))} for c, ws in found.items()}

    def word_row(self, word: str) -> Array:
        """The weights of all that a word is by itself: a row of tags for each offset that it is seen from."""
        out = np.zeros((2 * REACH + 1) * WIDE, np.float32)
        for feature in fast_words.features(word):
            found = self.by_value.get(feature)
            if found is not None:
                out += found
        return out

    @cached_property
    def by_value(self) -> dict[tuple[str, str], Array]:
        """Feature of a word → its weights, seen from every offset."""
        out: dict[tuple[str, str], Array] = {}
        for name, w in self.by_name.items():
            (key, by, value), *more = parsed(name)
            if key in fast_words.OFFSETS and not more and by in fast_words.OFFSETS[key]:
                at = out.setdefault((key, value), np.zeros((2 * REACH + 1) * WIDE, np.float32))
                start = (by + REACH) * WIDE
                at[start : start + len(TAGS)] += w
        return out

    @cached_property
    def templates(self) -> tuple[list[Columns], Array]:
        """The templates that have any weight, and the table of their weights: few codes of a template have one."""
        found: dict[tuple[tuple[str, int], ...], list[tuple[tuple[str, ...], Array]]] = {}
        known = {tuple(shifted(c) for c in t) for t in TEMPLATES}
        for name, w in self.by_name.items():
            parts = parsed(name)
            columns = tuple((c, by) for c, by, _ in parts)
            if columns in known:
                found.setdefault(columns, []).append((tuple(v for *_, v in parts), w))
        table = [NONE]
        return [self._template(columns, found[columns], table) for columns in sorted(found)], padded(table)

    def _template(
        self, columns: tuple[tuple[str, int], ...], found: list[tuple[tuple[str, ...], Array]], table: list[Array]
    ) -> Columns:
        """One template; its weights are put behind those in `table`."""
        codes = [self.vocabulary[c] if c in WORDS else {v: i for i, v in enumerate(LABELS[c])} for c, _ in columns]
        sizes = tuple(len(x) + (c in WORDS) for x, (c, _) in zip(codes, columns, strict=True))
        coded: dict[int, Array] = {}
        for values, w in found:
            if all(v in x for v, x in zip(values, codes, strict=True)):
                coded[code([x[v] for v, x in zip(values, codes, strict=True)], sizes)] = w
        keys = np.array(sorted(coded), np.int64)
        placed = np.arange(len(table), len(table) + len(keys), dtype=np.int32)
        table += (coded[int(k)] for k in keys)
        if math.prod(sizes) > DENSE:
            return Columns(columns, sizes, placed, keys)
        rows = np.zeros(math.prod(sizes), np.int32)
        rows[keys] = placed
        return Columns(columns, sizes, rows)

    def emissions(self, s: Sheet) -> Array:
        """The score of each tag for each row of a sheet."""
        by_word = self.lexicon.rows.take(s.words, axis=0).reshape(len(s.words), 2 * REACH + 1, WIDE)
        out = by_word[:, REACH].copy()
        for by in range(1, REACH + 1):  # row i looks at the words i + by and i - by
            out[:-by] += by_word[by:, REACH + by]
            out[by:] += by_word[:-by, REACH - by]
        seen: dict[tuple[str, int], Array] = {}
        templates, table = self.templates
        for t in templates:
            out += table.take(t.at(coded_rows(s, t.columns, t.sizes, seen)), axis=0)
        return out[:, : len(TAGS)]


def padded(rows: Sequence[Array]) -> Array:
    """Rows of tags as a table of so many columns that its rows are looked up fast."""
    out = np.zeros((len(rows), WIDE), np.float32)
    out[:, : len(TAGS)] = rows
    return out


def code(values: Sequence[int], sizes: Sequence[int]) -> int:
    out = 0
    for v, size in zip(values, sizes, strict=True):
        out = out * size + v
    return out


def coded_rows(
    s: Sheet, columns: Sequence[tuple[str, int]], sizes: Sequence[int], seen: dict[tuple[str, int], Array]
) -> Array:
    """The code of a template for each row; rows beyond the edge are the sign of an edge."""
    out: Array | None = None
    for (column, by), size in zip(columns, sizes, strict=True):
        found = seen.get((column, by))
        if found is None:
            found = seen[column, by] = moved(s.columns[column], by)
        out = found if out is None else out * size + found
    assert out is not None
    return out


def moved(column: Array, by: int) -> Array:
    """The column as seen `by` rows further."""
    column = column.astype(np.int64)
    if not by:
        return column
    out = np.zeros_like(column)
    if by > 0:
        out[:-by] = column[by:]
    else:
        out[-by:] = column[:by]
    return out


def word_name(key: str, by: int, value: str) -> str:
    return f"{key}{by:+d}={value}" if by else f"{key}={value}"


def parsed(name: str) -> list[tuple[str, int, str]]:
    """The columns of a feature: name, offset, value."""
    out = []
    for part in name.split(JOIN):
        column, _, value = part.partition("=")
        out.append((*shifted(column), value))
    return out


def names(s: Sheet, first: int, end: int, lexicon: Lexicon, cache: dict[Any, Any]) -> list[list[str]]:
    """The names of all features of rows `first` to `end`: for training, and to say why."""
    vocabulary = lexicon.known
    labels = {c: ["", *sorted(vocabulary.get(c, {}), key=vocabulary.get(c, {}).__getitem__)] for c in WORDS}
    out: list[list[str]] = [[] for _ in range(first, end)]
    for i in range(first, end):
        for by in range(-REACH, REACH + 1):
            at = i + by
            word = int(s.words[at]) if 0 <= at < len(s.words) else 0
            made = cache.get((word, by))
            if made is None:
                made = cache[word, by] = [
                    word_name(k, by, v) for k, v in fast_words.features(lexicon.spelt[word])
                    if by in fast_words.OFFSETS[k]
                ]  # fmt: skip
            out[i - first] += made
    seen: dict[tuple[str, int], Array] = {}
    for number, t in enumerate(TEMPLATES):
        columns = [shifted(c) for c in t]
        sizes = [len(labels[c]) if c in WORDS else len(LABELS[c]) for c, _ in columns]
        for i, found in enumerate(coded_rows(s, columns, sizes, seen)[first:end].tolist()):
            name = cache.get((number, "t", found))
            if name is None:
                name = cache[number, "t", found] = template_name(t, columns, sizes, found, labels)
            if name:
                out[i].append(name)
    return out


def template_name(
    t: Sequence[str], columns: Sequence[tuple[str, int]], sizes: Sequence[int], found: int,
    labels: dict[str, list[str]],
) -> str:  # fmt: skip
    """The name of one code of a template; empty where a word is none that is named."""
    values = []
    for (column, _), size in zip(reversed(columns), reversed(sizes), strict=True):
        found, at = divmod(found, size)
        if column in WORDS and not at:
            return ""
        values.append(labels[column][at] if column in WORDS else LABELS[column][at])
    return JOIN.join(f"{c}={v}" for c, v in zip(t, reversed(values), strict=True))
