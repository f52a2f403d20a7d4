"""Environment variables → which endpoint and model are asked, how fast, and up to which cost."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from onrecord.errors import OnRecordError, WrongCall
from onrecord.records import Record

PREFIX = "ONRECORD_LLM_"


class Settings(Record, frozen=True, kw_only=True):
    """Each is the variable ONRECORD_LLM_ and its name in capitals."""

    url: str = ""  # base address, such as http://localhost:11434/v1; "" where only stored answers are read
    model: str
    key: str = ""
    timeout: float = 120.0  # seconds for one answer, from the first byte sent to the last one read
    tries: int = 4  # of one request
    per_minute: int = 60  # requests
    parallel: int = 4  # requests under way at once
    answer_tokens: int = 4000  # the most of one answer
    max_tokens: int = 2_000_000  # of one run, sent and received: asking stops before it is passed
    max_cost: float | None = None  # of one run, in the price's currency
    price_in: float | None = None  # for a million tokens sent
    price_out: float | None = None  # for a million tokens received

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """Money for so many tokens; None where no price was given."""
        if self.price_in is None or self.price_out is None:
            return None
        return (tokens_in * self.price_in + tokens_out * self.price_out) / 1_000_000


TYPES: dict[str, Callable[[str], object]] = {
    "url": str, "model": str, "key": str, "timeout": float, "tries": int, "per_minute": int, "parallel": int,
    "answer_tokens": int, "max_tokens": int, "max_cost": float, "price_in": float, "price_out": float,
}  # fmt: skip


def settings(env: Mapping[str, str] | None = None) -> Settings:
    """The settings in the environment. Raises OnRecordError without a model, WrongCall for what is no number."""
    env = os.environ if env is None else env
    given: dict[str, object] = {}
    for name, kind in TYPES.items():
        text = env.get(PREFIX + name.upper(), "").strip()
        if not text:
            continue
        try:
            given[name] = kind(text)
        except ValueError:
            raise WrongCall(f"{PREFIX}{name.upper()}: {text!r} is no number") from None
        if kind is not str and not float(text) > 0:
            raise WrongCall(f"{PREFIX}{name.upper()}: {text!r} is not above 0")
    if "model" not in given:
        hint = f"set {PREFIX}MODEL, and {PREFIX}URL to an OpenAI-compatible endpoint (docs/readers.md)"
        raise OnRecordError("the reader 'llm' has no model", hint=hint)
    found = Settings(**given)  # type: ignore[arg-type]
    if found.url and (urlsplit(found.url).scheme not in ("http", "https") or not urlsplit(found.url).hostname):
        raise WrongCall(f"{PREFIX}URL: {found.url!r} is no http address", hint="such as http://localhost:11434/v1")
    if found.max_cost is not None and found.cost(1, 1) is None:
        raise WrongCall(f"{PREFIX}MAX_COST needs prices", hint=f"set {PREFIX}PRICE_IN and {PREFIX}PRICE_OUT")
    return found
