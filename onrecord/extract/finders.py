"""Names by weights that the user has: a spaCy pipeline or a GLiNER model finds them, attributions are the grammar's.

Neither package is a dependency: they are imported when such a reader is made, and what is absent is told then. The
finders propose spans and kinds; what is a name for the record, and who is who, is decided behind them as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from onrecord.errors import NotFound, OnRecordError
from onrecord.extract.document import Document
from onrecord.extract.reader import Attribution, NameSpan
from onrecord.extract.speech import GrammarReader
from onrecord.ids import content_id, digest
from onrecord.records import Because, Kind, Passage

VERSION = "1"
KINDS = {  # labels of the usual schemes, lower case
    "per": Kind.PERSON, "person": Kind.PERSON, "org": Kind.ORGANISATION, "organization": Kind.ORGANISATION,
    "organisation": Kind.ORGANISATION, "norp": Kind.UNSURE, "gpe": Kind.PLACE, "country": Kind.COUNTRY,
    "loc": Kind.PLACE, "location": Kind.PLACE, "place": Kind.PLACE, "fac": Kind.FACILITY, "facility": Kind.FACILITY,
    "product": Kind.SYSTEM, "system": Kind.SYSTEM, "event": Kind.EVENT, "work_of_art": Kind.DOCUMENT,
    "law": Kind.DOCUMENT, "misc": Kind.UNSURE,
}  # fmt: skip
ASKED = ["person", "organization", "country", "location", "facility", "product"]  # of GLiNER, which takes any label
SMALL = 1_000_000  # bytes of a file that is read to tell models apart
THRESHOLD = 0.5  # GLiNER's own default
Found = tuple[int, int, str, float]  # start, end, label, score
Finder = Callable[[str], Iterable[Found]]  # a paragraph → the names in it


@dataclass
class NamesReader:
    """The grammar's attributions with the names of a finder. `weights` says which: it is part of the version."""

    name: str
    weights: str
    finder: Finder

    @cached_property
    def version(self) -> str:
        """Hash of the code, the grammar and what the weights say of themselves."""
        return content_id("reader", VERSION, GrammarReader.version, self.weights)

    def attributions(self, doc: Document) -> tuple[Attribution, ...]:
        """The grammar's."""
        return GrammarReader().attributions(doc)

    def names(self, doc: Document) -> tuple[NameSpan, ...]:
        """The finder's names, paragraph by paragraph; labels that are no name (dates, sums) are passed over."""
        rule = f"{self.name.partition(':')[0]}.name"
        out: dict[Passage, NameSpan] = {}
        for p in doc.paragraphs:
            words = doc.words(p)
            for start, end, label, score in sorted(self.finder(words)):
                kind = KINDS.get(label.lower())
                if kind is None or not 0 <= start < end <= len(words) or not words[start:end].strip():
                    continue
                at = Passage(p.start + start, p.start + end)
                out.setdefault(at, NameSpan(passage=at, kind=kind, because=Because(rule=rule, score=round(score, 3))))
        return tuple(out[at] for at in sorted(out))


def spacy(name: str) -> NamesReader:
    """The reader `spacy:NAME`, NAME an installed pipeline or its folder. Raises OnRecordError, NotFound."""
    package = _package("spacy")
    try:
        made = package.load(name)
    except OSError as e:
        hint = f"python -m spacy download {name}, or name the folder of a pipeline"
        raise NotFound(f"spaCy has no pipeline {name!r}", hint=hint) from e
    return by_spacy(made)


def by_spacy(pipeline: Any) -> NamesReader:
    """A reader with the names of a spaCy pipeline."""
    meta = pipeline.meta
    files = _listing(Path(pipeline.path)) if pipeline.path is not None else ""
    weights = content_id("spacy", meta.get("name"), meta.get("version"), pipeline.pipe_names, files)

    def finder(words: str) -> Iterable[Found]:
        return [(e.start_char, e.end_char, e.label_, 1.0) for e in pipeline(words[: pipeline.max_length]).ents]

    return NamesReader(f"spacy:{meta.get('lang')}_{meta.get('name')}", weights, finder)


def gliner(path: str) -> NamesReader:
    """The reader `gliner:FOLDER`, FOLDER that of a model on this machine. Raises OnRecordError, NotFound."""
    package = _package("gliner")
    if not Path(path).is_dir():
        raise NotFound(f"no folder {path!r} with a GLiNER model", hint="this reader fetches nothing; save it there")
    made = package.GLiNER.from_pretrained(path, local_files_only=True)
    return by_gliner(made, weights=_listing(Path(path)))


def by_gliner(model: Any, *, weights: str) -> NamesReader:
    """A reader with the names of whatever has GLiNER's `predict_entities`."""

    def finder(words: str) -> Iterable[Found]:
        found = model.predict_entities(words, ASKED, threshold=THRESHOLD)
        return [(int(e["start"]), int(e["end"]), str(e["label"]), float(e["score"])) for e in found]

    return NamesReader("gliner", content_id("gliner", weights, ASKED, THRESHOLD), finder)


def _listing(folder: Path) -> str:
    """What tells one model's folder from another's without reading gigabytes: names and sizes, and the small files."""
    files = sorted((str(p.relative_to(folder)), p) for p in folder.rglob("*") if p.is_file())
    sizes = [(name, p.stat().st_size) for name, p in files]
    small = [digest(p.read_bytes()) for (_, p), (_, size) in zip(files, sizes, strict=True) if size < SMALL]
    return content_id("folder", sizes, small)


def _package(name: str) -> Any:
    if find_spec(name) is None:
        raise OnRecordError(f"the reader {name!r} needs the package {name}", hint=f"pip install {name}")
    return import_module(name)
