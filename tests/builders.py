"""A report and a document of bare text, as most tests want them: no furniture, no title, no day."""

from __future__ import annotations

from onrecord.extract.document import Document
from onrecord.records import Report


def report(text: str, **more: object) -> Report:
    """A report of `text`; any field by its name."""
    bare = {
        "id": "r-1", "name": "a.txt", "url": None, "original": "0", "media_type": "text/plain", "text": text,
        "title": None, "title_passage": None, "byline": None, "outlet": None, "language": "en", "published": None,
    }  # fmt: skip
    return Report(**(bare | more))  # type: ignore[arg-type]


def document(text: str, **more: object) -> Document:
    """That report as the stages of `extract` see it."""
    return Document(report(text, **more))
