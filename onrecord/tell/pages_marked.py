"""A marked article → one self-contained page: nested spans with signs, layers to switch off, records beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from onrecord.marked import LAYERS, Article, Mark, nested, spoken_name
from onrecord.tell.pages import filled

LAYER_OF = {tag: layer for layer, tag in LAYERS.items()}


def page(a: Article, layers: Sequence[str] = tuple(LAYERS)) -> str:
    """The article as HTML, without script and without anything to fetch."""
    shown = {LAYERS[x] for x in layers}
    outside_in = "kvscnqdm"  # of marks with the same words
    marks = sorted(
        (m for m in a.marks if m.tag in shown), key=lambda m: (m.start, -m.end, outside_in.index(m.tag), m.number)
    )
    return filled(
        "marked.html",
        article=a,
        layers=layers,
        letters=LAYERS,
        counts={x: len(a.of(LAYERS[x])) for x in layers},
        paragraphs=[spanned(a.text, start, end, marks) for start, end in paragraphs(a.text)],
        headline=a.header.get("title") == "yes",
        numbers=sorted({x.number for x in a.attributions}),
        attributions=[attribution(a, depth, x.number) for depth, x in nested(a.attributions)],
        claims=[claim(a, i) for i in range(len(a.claims))],
    )


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that are not empty."""
    out, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def spanned(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    """A paragraph with its marks as spans; marks nest, so every span closes within the one that holds it."""
    out: list[Markup] = []
    open_: list[Mark] = []
    at = start

    def words(upto: int) -> None:
        nonlocal at
        out.append(escape(text[at:upto]))
        at = max(at, upto)

    def close(upto: int) -> None:
        while open_ and open_[-1].end <= upto:
            words(min(open_[-1].end, end))
            open_.pop()
            out.append(Markup("</span>"))

    for m in (m for m in marks if m.start < end and m.end > start):
        close(m.start)
        words(max(m.start, start))
        out.append(_opened(m, begins=m.start >= start))
        open_.append(m)
    close(end)
    words(end)
    out += [Markup("</span>")] * len(open_)
    return Markup("").join(out)


def _opened(m: Mark, *, begins: bool) -> Markup:
    number = Markup(" a{0}").format(m.number) if m.number else ""
    label = f"{m.tag}{m.number}" if m.number else m.value.partition(" ")[0] if m.tag == "n" else m.value
    title = f"{LAYER_OF[m.tag]}{f' of a{m.number}' if m.number else ''}{f': {m.value}' if m.value else ''}"
    tag = Markup('<span class="{0}{1}" title="{2}">').format(m.tag, number, title)
    return tag + Markup("<sup>{0}</sup>").format(label) if label and begins else tag


def attribution(a: Article, depth: int, number: int) -> dict[str, Any]:
    """What the page tells of an attribution's record."""
    x = next(x for x in a.attributions if x.number == number)
    return {
        "number": number, "depth": min(depth, 6), "key": x.speaker, "anonymity": x.anonymity, "sort": x.sort,
        "who": spoken_name(a, x.speaker) or a.words(*a.of("s", number)) or "no source",
        "cue": a.words(*a.of("c", number)), "content": a.words(*a.of("k", number)), "said": x.said,
        "via": [spoken_name(a, v) or v for v in x.via],
    }  # fmt: skip


def claim(a: Article, i: int) -> dict[str, Any]:
    """What the page tells of a claim's record."""
    c = a.claims[i]
    return {
        "subject": spoken_name(a, c.subject) or c.subject, "property": c.property, "holds": c.holds,
        "value": spoken_name(a, c.value) or c.value if c.kind == "e" else c.value, "kind": c.kind,
        "modality": c.modality, "denied": c.polarity == "-", "attribution": c.attribution,
        "evidence": " ".join(a.text[c.start : c.end].split()),
    }  # fmt: skip
