"""A gold folder → how well the reader does on it: precision, recall and F1 of each part, error rates by kind of claim.

Gold is one JSON file a report, `NNN.json`, with the report's text as `NNN.txt` beside it or in the folder above, in the
exchange format that `onrecord read --json` prints, or in the annotation format of the arms beat's guide (`attributions`
with `content_spans`). The definitions stand in `score`; they are simpler than a benchmark's scorer, and are said.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from onrecord.beat import Beat, load
from onrecord.errors import NotFound
from onrecord.evaluate.gold import Gold, load_gold
from onrecord.evaluate.score import PARTS, Counts, count, kinds
from onrecord.extract import extract
from onrecord.extract.exchange import record
from onrecord.extract.reader import Reader
from onrecord.extract.speech import GrammarReader
from onrecord.read import read
from onrecord.records import Original

Json = dict[str, Any]


def evaluate(gold: Path, reports: Path, *, beat: str | Beat | None, reader: Reader | None = None) -> Json:
    """{"reports": n, "parts": {part: figures}, "claims": [figures by property and modality]}, pooled over reports.

    `reader` reads (None: the grammar), by the rules of `beat`.

    Raises NotFound where there is no gold, or a gold report without its text.
    """
    found = load_gold(gold)
    if not found:
        raise NotFound(f"no gold in {gold}", hint="gold is one NNN.json a report, with NNN.txt beside it or above")
    known = load(beat) if isinstance(beat, str) else beat
    by = reader if reader is not None else GrammarReader()
    total: dict[str, Counts] = {part: Counts() for part in PARTS}
    by_kind: dict[str, Counts] = {}
    for g in found:
        predicted, text = predict(g, reports, known, by)
        for part, counted in count(g, predicted, text).items():
            total[part] += counted
        for kind, counted in kinds(g, predicted, text).items():
            by_kind[kind] = by_kind.get(kind, Counts()) + counted
    figures = {part: c.figures() for part, c in total.items()}
    scored = [f["f1"] for f in figures.values() if f["gold"]]
    return {
        "reports": len(found),
        "reader": by.name,
        "beat": known.name if known is not None else None,
        "mean_f1": round(sum(scored) / len(scored), 4) if scored else None,
        "parts": figures,
        "claims": {kind: by_kind[kind].figures() for kind in sorted(by_kind)},
    }


def texts(gold: Path, reports: Path) -> list[Original]:
    """The text of every gold report. Raises NotFound where one has none."""
    return [text_of(g, reports) for g in load_gold(gold)]


def text_of(g: Gold, reports: Path) -> Original:
    """The text of a gold report, beside it or in the folder of reports."""
    path = next((p for p in (g.path.with_suffix(".txt"), reports / f"{g.id}.txt") if p.is_file()), None)
    if path is None:
        raise NotFound(
            f"no text for gold report {g.id}", hint=f"put {g.id}.txt into {reports}, or name it by --reports"
        )
    return Original(name=path.name, url=None, data=path.read_bytes(), media_type="text/plain")


def predict(g: Gold, reports: Path, beat: Beat | None, reader: Reader) -> tuple[Json, str]:
    """What the program takes from the gold report's text, in the exchange format, and the text."""
    original = text_of(g, reports)
    taken, problems = read(original)
    if not taken:
        raise NotFound(f"{original.name} cannot be read: {problems[0].detail if problems else 'no report in it'}")
    return record(extract(taken[0], beat=beat, reader=reader), taken[0]), taken[0].text
