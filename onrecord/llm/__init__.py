"""Asking a language model, and keeping what it answered: the only room that sends a report's text anywhere.

Nothing here is called unless the user has chosen the reader `llm`. `plan` counts what is not yet answered and what it
may cost, `ask` asks that, `reader` reads from the answers and makes no call. What is made of an answer, and what is
refused, is `onrecord.extract.llm.reader`'s: pure.
"""

from __future__ import annotations

from onrecord.llm.answers import Answers
from onrecord.llm.asking import Asked, Plan, ask, plan
from onrecord.llm.endpoint import Endpoint
from onrecord.llm.settings import Settings, settings
from onrecord.llm.stored import reader

__all__ = ["Answers", "Asked", "Endpoint", "Plan", "Settings", "ask", "plan", "reader", "settings"]
