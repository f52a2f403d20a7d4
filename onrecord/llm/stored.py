"""The reader `llm` over a file of stored answers: it makes no call, so any process may hold one."""

from __future__ import annotations

from onrecord.errors import WrongCall
from onrecord.extract.llm.reader import LlmReader
from onrecord.llm.answers import Answers
from onrecord.llm.settings import settings


def reader(path: str) -> LlmReader:
    """A reader of the answers in the file `path`. Raises OnRecordError where no model is set."""
    model = settings().model
    if not path:
        raise WrongCall("the reader 'llm' needs a file of answers", hint="such as llm:my.db.answers")
    return LlmReader(model, Answers(path).get)
