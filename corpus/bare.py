"""A bare text as `extract` takes it: no furniture, title or outlet. What `bench` and `training` give to the readers."""

from __future__ import annotations

from onrecord.extract.document import Document
from onrecord.marked import Article
from onrecord.records import Report


def report(text: str, **more: object) -> Report:
    """A report of `text`, in English and without a day; any field by its name."""
    bare = {
        "id": "", "name": "", "url": None, "original": "", "media_type": "text/plain", "text": text, "title": None,
        "title_passage": None, "byline": None, "outlet": None, "language": "en", "published": None,
    }  # fmt: skip
    return Report(**(bare | more))  # type: ignore[arg-type]


def document(text: str, name: str = "") -> Document:
    """That report, with `name` as its id too, as the stages of `extract` see it."""
    return Document(report(text, id=name, name=name))


def of_article(a: Article) -> Report:
    """An article of the corpus, without its marks, as a report with its day."""
    return report(a.text, id=a.id, name=a.id, published=a.header["published"] or None)
