"""A marked article → what a terminal shows: the text, and below each line a ruler for every mark that touches it.

A ruler begins with the layer's letter (and number, kind or value) and is drawn with the layer's own sign, so that
nothing is lost without colour. The records stand below, attributions in the content of another indented under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.marked import LAYERS, Article, Attribution, Mark, MarkedClaim, nested, spoken_name
from onrecord.tell.coverage import plural
from onrecord.tell.quotes import quoted
from onrecord.tell.rows import Row
from onrecord.tell.screen import CONTROLS, LONG, cell, note
from onrecord.tell.times import in_words


class Look(NamedTuple):
    """How a layer is drawn: sign of its ruler, colour of ruler and words."""

    sign: str
    style: str


LOOKS = {
    "s": Look("=", "green"), "c": Look("~", "bold yellow"), "k": Look("-", "cyan"), "v": Look(".", "magenta"),
    "n": Look("_", "blue"), "q": Look("#", "red"), "d": Look("@", "bright_magenta"), "m": Look("!", "bright_red"),
}  # fmt: skip
Placed = list[tuple[int, str, str]]  # rulers of one row: column, ruler, style
NARROWEST = 16  # columns; below that a ruler's label has no room
UNSEEN = dict.fromkeys((*CONTROLS, 9), " ")  # a control sign takes no column: a blank keeps the rulers in place


def article(a: Article, layers: Sequence[str] = tuple(LAYERS)) -> list[RenderableType]:
    """The whole article: heading, key to the signs, text with rulers, records."""
    head = Text(a.header.get("outlet", ""), "bold")
    head.append(f"  {a.header['genre']} · {a.header['topic']} · {a.header['published']}")
    out: list[RenderableType] = [Rule(Text(a.id, "bold"), align="left"), head, key(layers), Text("")]
    shown = {LAYERS[x] for x in layers}
    out.append(Ruled(a, tuple(m for m in a.marks if m.tag in shown)))
    if a.attributions:
        out += [Rule("attributions", align="left"), *(attribution(a, x, depth) for depth, x in nested(a.attributions))]
    if a.claims:
        out += [Rule("claims", align="left"), *(claim(a, c) for c in a.claims)]
    kinds = ", ".join(f"{len(a.of(LAYERS[x]))} {x}" for x in layers)
    counted = f"{plural(len(a.attributions), 'attribution')}, {plural(len(a.claims), 'claim')}; marks: {kinds}"
    return [*out, note(counted)]


def key(layers: Sequence[str]) -> Text:
    """`s=== source  c~~~ cue …`"""
    out = Text()
    for x in layers:
        out.append(LAYERS[x] + LOOKS[LAYERS[x]].sign * 3, LOOKS[LAYERS[x]].style)
        out.append(f"\N{NO-BREAK SPACE}{x}" + ("  " if x != layers[-1] else ""))
    return out


class Ruled:
    """A text with rulers, cut to the width it is given."""

    def __init__(self, a: Article, marks: Sequence[Mark]) -> None:
        self.article, self.marks = a, marks

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        width = max(NARROWEST, options.max_width)
        for start, end in wrapped(self.article.text, width):
            yield from ruled_line(self.article.text, start, end, self.marks, width)


def wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Spans of the lines of a text at most `width` columns wide; cut at blanks, and within a word that is too long."""
    at = 0
    for paragraph in text.split("\n"):
        stop = at + len(paragraph)
        start = at
        while start < stop:
            end = _fitting(text, start, stop, width)
            yield start, end
            start = end
            while start < stop and text[start] == " ":
                start += 1
        if not paragraph:
            yield at, at
        at = stop + 1


def _fitting(text: str, start: int, stop: int, width: int) -> int:
    used, last = 0, 0
    for i in range(start, stop):
        if text[i] == " ":
            last = i
        used += cell_len(text[i])
        if used > width:
            return last if last > start else max(i, start + 1)
    return stop


def ruled_line(text: str, start: int, end: int, marks: Sequence[Mark], width: int) -> Iterator[Text]:
    """One line of the text in its colours, and the rulers below it, as few as will hold every mark once."""
    line = Text(text[start:end].translate(UNSEEN), no_wrap=True, overflow="crop")
    columns = [0]
    for c in text[start:end]:
        columns.append(columns[-1] + cell_len(c))
    blocks: tuple[list[Placed], list[Placed]] = ([], [])  # who said what; below it, names and values
    touching = [m for m in marks if m.start < end and m.end > start]
    for m in sorted(touching, key=lambda m: (max(m.start, start), -m.end, m.number)):
        low, high = max(m.start, start) - start, min(m.end, end) - start
        ruler = drawn(m, columns[high] - columns[low], begins=m.start >= start)
        column = max(0, min(columns[low], width - cell_len(ruler)))  # a long value may begin before its words
        _place(blocks[m.tag in "nqdm"], column, ruler, LOOKS[m.tag].style)
    for m in touching:
        line.stylize(LOOKS[m.tag].style, max(m.start - start, 0), m.end - start)
    yield line
    for row in (*blocks[0], *blocks[1]):
        out = Text(no_wrap=True, overflow="crop")
        for column, ruler, style in sorted(row):
            out.append(" " * (column - cell_len(out.plain)))
            out.append(ruler, style)
        yield out


def drawn(m: Mark, size: int, *, begins: bool) -> str:
    """The ruler of a mark that covers `size` columns: `s1====`, `per venn____`; its value only where it begins."""
    label = f"{m.tag}{m.number}" if m.number else f"{m.tag} {m.value}".strip() if begins else m.tag
    return label.translate(UNSEEN).ljust(size, LOOKS[m.tag].sign)


def _place(rows: list[Placed], column: int, ruler: str, style: str) -> None:
    """Into the first row where it touches no other ruler."""
    width = cell_len(ruler)
    for row in rows:
        if all(column > c + cell_len(r) or column + width < c for c, r, _ in row):
            row.append((column, ruler, style))
            return
    rows.append([(column, ruler, style)])


# ---------------------------------------------------------------- records


def attribution(a: Article, x: Attribution, depth: int) -> RenderableType:
    """`a2  Ada Venn (venn) told · through courier · named speech · said 2031-03-04`, its content below."""
    who = spoken_name(a, x.speaker)
    head = Text(f"a{x.number}  ")
    head.append(who or a.words(*a.of("s", x.number)) or "no source", "bold green" if who else "green")
    head.append(f" ({x.speaker})" if x.speaker else "", "dim")
    head.append(f"  {a.words(*a.of('c', x.number)) or '—'}", LOOKS["c"].style)
    head.append("".join(f"  through {spoken_name(a, v) or v}" for v in x.via), LOOKS["v"].style)
    head.append(f"  {x.anonymity} {x.sort}", "dim")
    head.append(f"  said {in_words(x.said)}" if x.said else "")
    head.append(f"  in a{x.inside}" if x.inside is not None else "", "dim")
    content = Text(quoted(a.words(*a.of("k", x.number)), LONG), "italic")
    return Padding(Group(_harmless(head), Padding(_harmless(content), (0, 0, 0, 4))), (0, 0, 0, 4 * min(depth, 8)))


def claim(a: Article, c: MarkedClaim) -> RenderableType:
    """Subject, property, value, how firmly, when it holds, by whom; its evidence below."""
    head = Text.assemble((spoken_name(a, c.subject) or c.subject, "bold"), f" · {c.property} ")
    head.append(spoken_name(a, c.value) or c.value if c.kind == "e" else c.value, "bold green")
    head.append(f"  {c.modality}{' not' if c.polarity == '-' else ''}", "" if c.modality == "asserted" else "yellow")
    head.append(f"  holds {in_words(c.holds)}" if c.holds else "")
    head.append(f"  a{c.attribution}" if c.attribution is not None else "  own voice", "dim")
    words = Text(quoted(" ".join(a.text[c.start : c.end].split()), LONG), "italic")
    return Group(_harmless(head), Padding(_harmless(words), (0, 0, 0, 4)))


def _harmless(text: Text) -> Text:
    """The same words without signs that move a cursor: they would also be counted as columns."""
    out = Text(text.plain.translate(UNSEEN))
    out.spans = text.spans
    out.style = text.style
    return out


CUT = {"genre": 12, "topic": 12, "begins": None}  # columns that may be cut, to which width: a line is an article


def one_line_each(columns: dict[str, str], rows: Sequence[Row]) -> Table:
    """A table in which nothing is wrapped: long words are cut, and the last column takes what is left of the line."""
    out = Table(box=None, header_style="bold", pad_edge=False)
    for field, heading in columns.items():
        width = max(cell_len(x) for x in (heading, *(cell(r[field]) for r in rows)))
        if field in CUT:
            out.add_column(heading, no_wrap=True, overflow="ellipsis", max_width=CUT[field])
        else:
            out.add_column(heading, no_wrap=True, min_width=width)
    for r in rows:
        out.add_row(*(Text(cell(r[field])) for field in columns))
    return out


def listed(rows: Sequence[Row], looked_at: int) -> list[RenderableType]:
    """The articles as a table."""
    if not rows:
        return [Text(f"no such articles: {plural(looked_at, 'article')} looked at")]
    columns = {"id": "id", "genre": "genre", "topic": "topic", "published": "published", "words": "words",
               "attributions": "said", "claims": "claims", "begins": "begins"}  # fmt: skip
    return [
        one_line_each(columns, rows),
        note(f"{len(rows)} of {plural(looked_at, 'article')}, {sum(r['words'] for r in rows):,} words"),
    ]
