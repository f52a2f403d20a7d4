"""A report and a document of bare text, as most tests want them: no furniture, no title, no day."""

from __future__ import annotations

from corpus import bare
from onrecord.extract.document import Document
from onrecord.records import Report


def report(text: str, **more: object) -> Report:
    """A report of `text`; any field by its name."""
    return bare.report(text, **({"id": "r-1", "name": "a.txt", "original": "0"} | more))


def document(text: str, **more: object) -> Document:
    """That report as the stages of `extract` see it."""
    return Document(report(text, **more))
