"""The features behind a statement that the fast reader took: read again, and shown only where it reads the same."""

from __future__ import annotations

from typing import Any

from onrecord.errors import OnRecordError
from onrecord.extract import version
from onrecord.extract.document import Document
from onrecord.extract.fast.reader import FastReader
from onrecord.extract.fast.why import explain
from onrecord.ledger import View
from onrecord.records import Statement

Row = dict[str, Any]
FAST = "fast"


def behind(view: View, s: Statement | None) -> list[Row]:
    """The strongest features of each span. None where the statement is another reader's, or was read with other weights
    than those of the package.
    """
    if s is None or FAST not in s.because.rule:
        return []
    try:
        reader = FastReader()
    except OnRecordError:
        return []
    if view.reading(s.report).version != version(view.beat(), reader):
        return []
    found = explain(reader, Document(view.report(s.report)), s.speaker_passages, s.cue, s.content)
    return [
        {"span": g.span, "words": g.words, "feature": g.feature, "weight": g.weight, "times": g.times} for g in found
    ]
