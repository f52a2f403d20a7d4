"""A reader by its name.

`grammar` reads by rules; `fast` by rules and a linear tagger that corrects and extends them; `encoder` by the trained
model; `full` by rules and encoder, which agree or differ.
With a folder behind a colon (`full:out/encoder`) they read with the weights in it.
`spacy:NAME` and `gliner:FOLDER` read by rules too, with names found by weights that the user has. `llm` is made in
`onrecord.llm`, for it reads answers that are stored on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from onrecord.errors import OnRecordError, WrongCall
from onrecord.extract.encoder import EncoderReader
from onrecord.extract.fast.reader import FastReader
from onrecord.extract.finders import gliner, spacy
from onrecord.extract.full import FullReader
from onrecord.extract.reader import Reader
from onrecord.extract.speech import GrammarReader

READERS: dict[str, Callable[[], Reader]] = {
    "grammar": GrammarReader,
    "fast": FastReader,
    "encoder": EncoderReader,
    "full": FullReader,
}
WITH: dict[str, Callable[[str], Reader]] = {  # of the words behind a colon
    "spacy": spacy,
    "gliner": gliner,
    "fast": lambda folder: FastReader(Path(folder)),
    "encoder": lambda folder: EncoderReader(Path(folder)),
    "full": lambda folder: FullReader(EncoderReader(Path(folder))),
}
NEEDS = {"encoder": ("onnxruntime", "tokenizers"), "full": ("onnxruntime", "tokenizers")}  # packages beyond our own
DEFAULT = "grammar"


def reader(name: str = DEFAULT) -> Reader:
    """The reader of that name. Raises WrongCall for an unknown one, OnRecordError where it lacks weights or packages.

    That is told here, once, and not report by report.
    """
    kind, _, given = name.partition(":")
    if name not in READERS and not (kind in WITH and given):
        known = ", ".join(
            (*READERS, "llm", "spacy:NAME", "gliner:FOLDER", "llm:FILE", "fast:FOLDER", "encoder:FOLDER", "full:FOLDER")
        )
        raise WrongCall(f"no reader is called {name!r}", hint=f"one of: {known}")
    made = WITH[kind](given) if given else READERS[name]()
    absent = [package for package in NEEDS.get(kind, ()) if find_spec(package) is None]
    if absent:
        raise OnRecordError(f"the reader {kind!r} needs {' and '.join(absent)}", hint=f"pip install {' '.join(absent)}")
    return made
