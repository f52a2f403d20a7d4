"""A reader by its name.

`grammar` (also `fast`) reads by rules; `encoder` by the trained model; `full` by both, which agree or differ.
"""

from __future__ import annotations

from collections.abc import Callable

from onrecord.errors import WrongCall
from onrecord.extract.encoder import EncoderReader
from onrecord.extract.full import FullReader
from onrecord.extract.reader import Reader
from onrecord.extract.speech import GrammarReader

READERS: dict[str, Callable[[], Reader]] = {
    "grammar": GrammarReader,
    "fast": GrammarReader,
    "encoder": EncoderReader,
    "full": FullReader,
}
DEFAULT = "grammar"


def reader(name: str = DEFAULT) -> Reader:
    """The reader of that name. Raises WrongCall for an unknown one, OnRecordError where it has no weights."""
    if name not in READERS:
        raise WrongCall(f"no reader is called {name!r}", hint=f"one of: {', '.join(READERS)}")
    return READERS[name]()
