"""A reader by its name.

`grammar` (also `fast`) reads by rules; `encoder` by the trained model; `full` by both, which agree or differ.
`spacy:NAME` and `gliner:PATH` read by rules too, with names found by weights that the user has. `llm` is made in
`onrecord.llm`, for it reads answers that are stored on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from onrecord.errors import OnRecordError, WrongCall
from onrecord.extract.encoder import EncoderReader
from onrecord.extract.finders import gliner, spacy
from onrecord.extract.full import FullReader
from onrecord.extract.reader import Reader
from onrecord.extract.speech import GrammarReader

READERS: dict[str, Callable[[], Reader]] = {
    "grammar": GrammarReader,
    "fast": GrammarReader,
    "encoder": EncoderReader,
    "full": FullReader,
}
WITH: dict[str, Callable[[str], Reader]] = {"spacy": spacy, "gliner": gliner}  # of the words behind a colon
NEEDS = {"encoder": ("onnxruntime", "tokenizers"), "full": ("onnxruntime", "tokenizers")}  # packages beyond our own
DEFAULT = "grammar"


def reader(name: str = DEFAULT) -> Reader:
    """The reader of that name. Raises WrongCall for an unknown one, OnRecordError where it lacks weights or packages.

    That is told here, once, and not report by report.
    """
    kind, _, given = name.partition(":")
    if kind in WITH and given:
        return WITH[kind](given)
    if name not in READERS:
        known = ", ".join((*READERS, "llm", "spacy:NAME", "gliner:PATH"))
        raise WrongCall(f"no reader is called {name!r}", hint=f"one of: {known}")
    made = READERS[name]()
    absent = [package for package in NEEDS.get(name, ()) if find_spec(package) is None]
    if absent:
        raise OnRecordError(f"the reader {name!r} needs {' and '.join(absent)}", hint=f"pip install {' '.join(absent)}")
    return made
