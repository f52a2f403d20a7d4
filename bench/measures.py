"""The figures that are kept: task, data, scorer, where the figure stands in its answer, and the peer to beat.

Peers' figures are those of `shared/bench/FIGURES.md`, measured with the same scorers on the same development part.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "bench"


@dataclass(frozen=True)
class Task:
    """One kind of prediction: the module that makes it, and how its scorer is called on (data, predictions)."""

    name: str
    module: str
    scorer: str
    suffix: str
    args: tuple[str, ...] = ("{data}", "{pred}", "--json")
    reader: bool = False


@dataclass(frozen=True)
class Measure:
    """One figure of the scoreboard; `path` leads to it in the scorer's JSON."""

    key: str
    task: str
    data: str  # below shared/bench
    path: tuple[str, ...]
    peer: str
    peer_figure: float | None
    reader: str | None = None  # which reader reads; the default one unless given


POLNEAR, NEWSQUANT = "polnear/dev.jsonl.gz", "newsquant/newsquant.jsonl"
TASKS = {
    t.name: t
    for t in (
        Task(
            "record",
            "bench.record",
            "score_record.py",
            ".jsonl",
            ("{data}/gold", "{pred}", "--reports", "{data}", "--json"),
            reader=True,
        ),
        Task("attribution", "bench.attribution", "score_attribution.py", ".jsonl", reader=True),
        Task("quantity", "bench.quantity", "score_quantity.py", ".jsonl"),
        Task("time", "bench.time_expressions", "score_time.py", ".jsonl"),
        Task("textreuse", "bench.textreuse", "score_textreuse.py", ".csv"),
        Task("names", "bench.names", "score_names.py", ".csv"),
        Task("copying", "bench.copying", "score_truth.py", ".csv", ("{data}", "--copies", "{pred}", "--json")),
        Task("article", "bench.article", "score_article.py", ".jsonl"),
        Task("pagedate", "bench.article", "score_article.py", ".csv"),
    )
}

MEASURES = (
    Measure("record score", "record", "../reports", ("all", "record score", "f1"), "none", None),
    *(
        Measure(f"record {k}", "record", "../reports", ("all", k, "f1"), "none", None)
        for k in (
            "statements",
            "statements.speaker",
            "claims.typed",
            "claims.text",
            "quantities",
            "dates",
            "entities",
            "furniture",
        )
    ),
    Measure("who said what, linked50", "attribution", POLNEAR, ("relation linked50", "F1"), "surface rules", 0.433),
    Measure("who said what, content tokens", "attribution", POLNEAR, ("content token", "F1"), "patterns", 0.574),
    *(
        Measure(f"who said what, {name}, reader {reader}", "attribution", POLNEAR, path, peer, figure, reader)
        for reader in ("fast", "full")
        for name, path, peer, figure in (
            ("linked50", ("relation linked50", "F1"), "syntax rules", 0.542),
            ("content tokens", ("content token", "F1"), "patterns", 0.574),
        )
    ),
    *(
        Measure(
            f"record score, reader {reader}",
            "record",
            "../reports",
            ("all", "record score", "f1"),
            "none",
            None,
            reader,
        )
        for reader in ("fast", "full")
    ),
    Measure("quantities, value+unit", "quantity", NEWSQUANT, ("all", "value+unit", "F1"), "CQE ~", 0.856),
    Measure(
        "quantities R3, value+unit",
        "quantity",
        "newsquant/r3.jsonl",
        ("all", "value+unit", "F1"),
        "recognizers-text",
        0.597,
    ),
    Measure(
        "dates, relaxed+value",
        "time",
        "timeml/timebank.jsonl.gz",
        ("all", "relaxed+value", "F1"),
        "recognizers-text",
        0.570,
    ),
    Measure("dates, relaxed", "time", "timeml/timebank.jsonl.gz", ("all", "relaxed", "F1"), "recognizers-text", 0.870),
    Measure("copied pairs", "textreuse", "textreuse", ("F1",), "4-gram containment", 0.883),
    Measure("names, on the pairs the shipped weights saw", "names", "names", ("parts", "all", "F1"), "LogicV2", 0.775),
    Measure("copying sources, synthcopy", "copying", "synthcopy", ("copies", "F1"), "ACCU + copy", 0.651),
    Measure("copying sources, flight", "copying", "flight", ("copies", "F1"), "ACCU + copy", 0.198),
    Measure("article text", "article", "article", ("F1",), "trafilatura", 0.967),
    Measure("page dates", "pagedate", "pagedate", ("all", "accuracy"), "htmldate", 0.910),
)
