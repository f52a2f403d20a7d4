"""An article file with inline marks → plain text, spans and records: the form of the corpus (`corpus/GUIDE.md`).

Forms: `[tag words]`, `[tag words|value]`, nested; `\\[`, `\\]`, `\\|` for the signs themselves. Bytes come only from
`load`; everything else is a function of the marked text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.errors import WrongCall

TAG = re.compile(r"([sckv]\d{1,4}|[nqdm])(?=[\s\[])\s?", re.ASCII)
RECORD = re.compile(r"a(\d{1,4})", re.ASCII)
LAYERS = {
    "source": "s", "cue": "c", "content": "k", "via": "v", "names": "n", "quantities": "q", "dates": "d",
    "modality": "m",
}  # fmt: skip
NEEDED = ("id", "genre", "topic", "published")


class MarkError(WrongCall):
    """A file that does not keep to GUIDE.md: says file and line, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: tag letter, attribution number (0 for n, q, d, m), span of the plain text, value behind the bar."""

    tag: str
    number: int
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """The record of attribution `number`."""

    number: int
    speaker: str | None
    anonymity: str
    sort: str
    said: str | None = None
    via: tuple[str, ...] = ()
    inside: int | None = None


@dataclass(frozen=True, slots=True)
class MarkedClaim:
    """A claim with the span of its evidence."""

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

    def words(self, *marks: Mark) -> str:
        """The words of marks, blanks made one, pieces joined by ` … `."""
        return " … ".join(" ".join(self.text[m.start : m.end].split()) for m in marks)


def load(path: Path) -> Article:
    """The article in a file. Raises MarkError."""
    try:
        return parse(path.read_text("utf-8"), path)
    except UnicodeDecodeError as e:
        raise MarkError(f"{path}: not UTF-8: {e.reason} at byte {e.start}") from None


def parse(source: str, path: Path | None = None) -> Article:
    """The article in marked text. Raises MarkError that names file, line and fault, and nothing else."""
    where = str(path) if path is not None else "article"
    head, _, rest = source.partition("\n\n")
    header = _header(head, where)
    body, bar, tail = rest.rpartition("\n---\n")
    if not bar:
        raise MarkError(f"{where}: no line --- before the records")
    before = head.count("\n") + 2  # lines above the article
    stripped = body.lstrip("\n")
    text, marks = unmark(stripped.rstrip("\n"), where, before + len(body) - len(stripped))
    attributions, claims = _records(tail, text, where, before + body.count("\n") + 3)
    return Article(header["id"], header, text, marks, attributions, claims, path)


def _header(head: str, where: str) -> dict[str, str]:
    header = {}
    for n, line in enumerate(head.splitlines(), 1):
        key, colon, value = line.partition(":")
        if not colon:
            raise MarkError(f"{where}:{n}: header line without a colon: {line[:60]!r}")
        header[key.strip()] = value.strip()
    missing = [k for k in NEEDED if not header.get(k)]
    if missing:
        raise MarkError(f"{where}: header lacks {', '.join(missing)}")
    return header


def unmark(source: str, where: str = "text", before: int = 0) -> tuple[str, tuple[Mark, ...]]:
    """Plain text and its marks, by start, longest first; `before` is the number of lines above. Raises MarkError."""
    out: list[str] = []
    size = 0
    stack: list[tuple[str, int, int]] = []  # tag, start in the plain text, offset in the source
    marks: list[Mark] = []
    i = 0

    def wrong(at: int, what: str) -> MarkError:
        return MarkError(f"{where}:{before + 1 + source.count(chr(10), 0, at)}: {what}")

    while i < len(source):
        c = source[i]
        if c == "\\" and i + 1 < len(source) and source[i + 1] in "[]|\\":
            out.append(source[i + 1])
            size, i = size + 1, i + 2
        elif c == "[":
            m = TAG.match(source, i + 1)
            if m is None:
                raise wrong(i, f"no mark begins {source[i : i + 20]!r}; write \\[ for a bracket")
            stack.append((m[1], size, i))
            i = m.end()
        elif c == "]" or (c == "|" and stack):
            if not stack:
                raise wrong(i, "] closes nothing")
            tag, start, opened = stack.pop()
            value = ""
            if c == "|":
                close = source.find("]", i)
                if close < 0 or "[" in source[i:close]:
                    raise wrong(opened, f"no ] behind the value of {source[opened : opened + 25]!r}")
                value, i = source[i + 1 : close].strip(), close
            if size == start:
                raise wrong(opened, "an empty mark")
            marks.append(Mark(tag[0], int(tag[1:] or 0), start, size, value))
            i += 1
        else:
            out.append(c)
            size, i = size + 1, i + 1
    if stack:
        opened = stack[-1][2]
        raise wrong(opened, f"never closed: {source[opened : opened + 25]!r}")
    return "".join(out), tuple(sorted(marks, key=lambda m: (m.start, -m.end, m.tag, m.number)))


def _records(
    tail: str, text: str, where: str, first: int
) -> tuple[tuple[Attribution, ...], tuple[MarkedClaim, ...]]:  # fmt: skip
    attributions, claims = [], []
    for n, line in enumerate(tail.split("\n"), first):
        if not line.strip():
            continue
        key, colon, rest = line.partition(":")
        numbered = RECORD.fullmatch(key.strip())
        if not colon:
            raise MarkError(f"{where}:{n}: record without a colon: {line[:60]!r}")
        if key.strip() == "x":
            claims.append(_claim(rest, text, f"{where}:{n}"))
        elif numbered is not None:
            attributions.append(_attribution(int(numbered[1]), rest.split(), f"{where}:{n}"))
        else:
            raise MarkError(f"{where}:{n}: unknown record {key.strip()[:20]!r}")
    return tuple(sorted(attributions, key=lambda a: a.number)), tuple(claims)


def _attribution(number: int, words: list[str], where: str) -> Attribution:
    if len(words) < 3:
        raise MarkError(f"{where}: a{number}: needs speaker, anonymity and sort")
    more = dict(w.split("=", 1) for w in words[3:] if "=" in w)
    unknown = [w for w in words[3:] if w.partition("=")[0] not in ("said", "via", "in") or "=" not in w]
    if unknown:
        raise MarkError(f"{where}: a{number}: not known: {unknown[0][:40]!r}")
    return Attribution(
        number=number,
        speaker=None if words[0] == "-" else words[0],
        anonymity=words[1],
        sort=words[2],
        said=more.get("said"),
        via=tuple(v for v in more.get("via", "").split(",") if v),
        inside=_numbered(more["in"], where) if "in" in more else None,
    )


def _numbered(text: str, where: str) -> int:
    """`3` or `a3` → 3."""
    m = RECORD.fullmatch("a" + text.removeprefix("a"))
    if m is None:
        raise MarkError(f"{where}: no attribution is called {text[:20]!r}")
    return int(m[1])


def _claim(rest: str, text: str, where: str) -> MarkedClaim:
    parts = [p.strip() for p in rest.split("|", 6)]
    if len(parts) != 7:
        raise MarkError(f"{where}: a claim has 7 parts, this has {len(parts)}: {rest.strip()[:60]!r}")
    by, subject, name, value, firm, holds, evidence = parts
    found = re.search(r"\s+".join(map(re.escape, evidence.split())), text) if evidence else None
    if found is None:
        raise MarkError(f"{where}: evidence is not in the text: {evidence[:60]!r}")
    modality, _, polarity = firm.partition(" ")
    kind, _, value = value.partition(" ")
    return MarkedClaim(
        attribution=None if by == "-" else _numbered(by, where),
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


# ---------------------------------------------------------------- a folder of articles


def article_files(folders: list[Path]) -> list[Path]:
    """The article files in folders, however deep, and files named themselves; sorted."""
    return sorted(p for f in folders for p in ([f] if f.is_file() else f.rglob("*.txt")))


def spoken_name(a: Article, key: str | None) -> str | None:
    """The fullest name that marks introduce for an entity key (of a country the first, not "Federation"), or None."""
    named = [m.value.split() for m in a.of("n")]
    proper = [m for m, v in zip(a.of("n"), named, strict=True) if v[1:2] == [key] and not {"pro", "nom"} & set(v[2:])]
    if not proper:
        return None
    first = proper[0].value.startswith("cty")
    return a.words(proper[0] if first else max(proper, key=lambda m: (m.end - m.start, -m.start)))


def as_record(a: Article) -> dict[str, Any]:
    """The article as plain data: header, text, spans by layer, attributions and claims with the spans they rest on."""
    return {
        **{k: a.header[k] for k in sorted(a.header)},
        "text": a.text,
        "spans": {layer: [_span(m) for m in a.of(tag)] for layer, tag in LAYERS.items()},
        "attributions": [_attribution_record(a, x) for x in a.attributions],
        "claims": [
            {
                "attribution": c.attribution, "subject": c.subject, "property": c.property, "kind": c.kind,
                "value": c.value, "modality": c.modality, "polarity": c.polarity, "holds": c.holds,
                "evidence": [c.start, c.end],
            }
            for c in a.claims
        ],
    }  # fmt: skip


def _span(m: Mark) -> dict[str, Any]:
    out: dict[str, Any] = {"start": m.start, "end": m.end}
    if m.tag == "n":
        kind, key, form = (*m.value.split(), "", "")[:3]
        return {**out, "kind": kind, "key": key, "form": {"pro": "pronoun", "nom": "nominal"}.get(form, "name")}
    if m.tag in "qd":
        return {**out, "value": m.value}
    return {**out, "attribution": m.number} if m.number else out


def _attribution_record(a: Article, x: Attribution) -> dict[str, Any]:
    return {
        "number": x.number,
        **{role: [[m.start, m.end] for m in a.of(LAYERS[role], x.number)] for role in ("source", "cue", "content")},
        "intermediary": [[m.start, m.end] for m in a.of("v", x.number)],
        "speaker": x.speaker, "anonymity": x.anonymity, "sort": x.sort, "said": x.said, "via": list(x.via),
        "in": x.inside,
    }  # fmt: skip


def nested(attributions: tuple[Attribution, ...]) -> Iterator[tuple[int, Attribution]]:
    """Attributions with their depth, each followed by those in its content; none is lost where `in` goes in a ring."""
    known = {x.number for x in attributions}
    below: dict[int | None, list[Attribution]] = {}
    for x in attributions:
        below.setdefault(x.inside if x.inside in known else None, []).append(x)
    seen: set[int] = set()
    stack = [(0, x) for x in (*reversed(attributions), *reversed(below.get(None, ())))]  # those of a ring come last
    while stack:
        depth, x = stack.pop()
        if x.number not in seen:
            seen.add(x.number)
            yield depth, x
            stack += [(depth + 1, y) for y in reversed(below.get(x.number, ()))]
