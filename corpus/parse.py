"""An article file with inline marks → plain text and spans.

Forms: `[tag words]`, `[tag words|value]`, nested; `\\[`, `\\]`, `\\|` for the signs themselves. See GUIDE.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

TAG = re.compile(r"([sckv]\d+|[nqdm])(?=[\s\[])\s?")


class MarkError(Exception):
    """A file that does not keep to GUIDE.md: says the line and what is wrong."""


@dataclass(frozen=True)
class Mark:
    """One mark: tag letter, attribution number (0 for n, q, d, m), span of the plain text, value behind the bar."""

    tag: str
    number: int
    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Attribution:
    """The record of attribution `number`."""

    number: int
    speaker: str | None
    anonymity: str
    sort: str
    said: str | None = None
    via: tuple[str, ...] = ()
    inside: int | None = None


@dataclass(frozen=True)
class MarkedClaim:
    attribution: int | None  # None: the outlet's own voice
    subject: str
    property: str
    kind: str  # q, e, d or t
    value: str
    modality: str
    polarity: str
    holds: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """One article; spans are code points of `text`, end exclusive. `text` begins with the headline if there is one."""

    id: str
    header: dict[str, str]
    text: str
    marks: tuple[Mark, ...]
    attributions: tuple[Attribution, ...]
    claims: tuple[MarkedClaim, ...]
    path: Path | None = field(default=None, compare=False)

    def of(self, tag: str, number: int | None = None) -> tuple[Mark, ...]:
        """Marks of a tag, in order."""
        return tuple(m for m in self.marks if m.tag == tag and (number is None or m.number == number))


def load(path: Path) -> Article:
    """The article in a file. Raises MarkError."""
    return parse(path.read_text("utf-8"), path)


def parse(source: str, path: Path | None = None) -> Article:
    """The article in marked text. Raises MarkError that names file, line and fault."""
    where = str(path) if path is not None else "article"
    head, _, rest = source.partition("\n\n")
    header = _header(head, where)
    body, bar, tail = rest.rpartition("\n---\n")
    if not bar:
        raise MarkError(f"{where}: no line --- before the records")
    text, marks = unmark(body.strip("\n"), where)
    attributions, claims = _records(tail, text, where)
    return Article(
        id=header["id"], header=header, text=text, marks=marks, attributions=attributions, claims=claims, path=path
    )


def _header(head: str, where: str) -> dict[str, str]:
    header = {}
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            raise MarkError(f"{where}: header line without a colon: {line!r}")
        header[key.strip()] = value.strip()
    missing = [k for k in ("id", "genre", "topic", "published") if k not in header]
    if missing:
        raise MarkError(f"{where}: header lacks {', '.join(missing)}")
    return header


def unmark(source: str, where: str = "text") -> tuple[str, tuple[Mark, ...]]:
    """Plain text and its marks, by start, longest first. Raises MarkError."""
    out: list[str] = []
    size = 0
    stack: list[tuple[str, int, int]] = []  # tag, start in the plain text, offset in the source
    marks: list[Mark] = []
    i = 0
    while i < len(source):
        c = source[i]
        if c == "\\" and i + 1 < len(source) and source[i + 1] in "[]|\\":
            out.append(source[i + 1])
            size, i = size + 1, i + 2
        elif c == "[":
            m = TAG.match(source, i + 1)
            if m is None:
                raise MarkError(
                    f"{where}:{_line(source, i)}: no mark begins {source[i : i + 20]!r}; write \\[ for a bracket"
                )
            stack.append((m[1], size, i))
            i = m.end()
        elif c == "]" or (c == "|" and stack):
            if not stack:
                raise MarkError(f"{where}:{_line(source, i)}: ] closes nothing")
            tag, start, opened = stack.pop()
            value = ""
            if c == "|":
                close = source.find("]", i)
                if close < 0 or "[" in source[i:close]:
                    raise MarkError(
                        f"{where}:{_line(source, opened)}: no ] behind the value of {source[opened : opened + 25]!r}"
                    )
                value, i = source[i + 1 : close].strip(), close
            if size == start:
                raise MarkError(f"{where}:{_line(source, opened)}: an empty mark")
            marks.append(Mark(tag[0], int(tag[1:] or 0), start, size, value))
            i += 1
        else:
            out.append(c)
            size, i = size + 1, i + 1
    if stack:
        raise MarkError(
            f"{where}:{_line(source, stack[-1][2])}: never closed: {source[stack[-1][2] : stack[-1][2] + 25]!r}"
        )
    return "".join(out), tuple(sorted(marks, key=lambda m: (m.start, -m.end, m.tag)))


def _line(source: str, offset: int) -> int:
    return source.count("\n", 0, offset) + 1


def _records(tail: str, text: str, where: str) -> tuple[tuple[Attribution, ...], tuple[MarkedClaim, ...]]:
    attributions, claims = [], []
    for line in tail.splitlines():
        if not line.strip():
            continue
        key, colon, rest = line.partition(":")
        if not colon:
            raise MarkError(f"{where}: record without a colon: {line!r}")
        if key.strip() == "x":
            claims.append(_claim(rest, text, where))
        elif re.fullmatch(r"a\d+", key.strip()):
            attributions.append(_attribution(int(key.strip()[1:]), rest.split(), where))
        else:
            raise MarkError(f"{where}: unknown record {key.strip()!r}")
    return tuple(sorted(attributions, key=lambda a: a.number)), tuple(claims)


def _attribution(number: int, words: list[str], where: str) -> Attribution:
    if len(words) < 3:
        raise MarkError(f"{where}: a{number}: needs speaker, anonymity and sort")
    more = dict(w.split("=", 1) for w in words[3:] if "=" in w)
    return Attribution(
        number=number,
        speaker=None if words[0] == "-" else words[0],
        anonymity=words[1],
        sort=words[2],
        said=more.get("said"),
        via=tuple(v for v in more.get("via", "").split(",") if v),
        inside=int(more["in"].lstrip("a")) if "in" in more else None,
    )


def _claim(rest: str, text: str, where: str) -> MarkedClaim:
    parts = [p.strip() for p in rest.split("|", 6)]
    if len(parts) != 7:
        raise MarkError(f"{where}: a claim has 7 parts, this has {len(parts)}: {rest.strip()[:60]!r}")
    by, subject, name, value, firm, holds, evidence = parts
    found = re.search(r"\s+".join(map(re.escape, evidence.split())), text)
    if found is None:
        raise MarkError(f"{where}: evidence is not in the text: {evidence[:60]!r}")
    modality, _, polarity = firm.partition(" ")
    kind, _, value = value.partition(" ")
    return MarkedClaim(
        attribution=None if by == "-" else int(by.lstrip("a")),
        subject=subject,
        property=name,
        kind=kind,
        value=value.strip(),
        modality=modality,
        polarity=polarity.strip() or "+",
        holds=holds.removeprefix("holds=") or None,
        start=found.start(),
        end=found.end(),
    )
