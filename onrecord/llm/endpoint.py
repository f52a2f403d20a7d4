"""One request to an OpenAI-compatible endpoint → the words of its answer, with retries, or the reason there are none.

The key goes to the address that was set and nowhere else: redirects are not followed.
"""

from __future__ import annotations

import http.client
import json
import math
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from threading import Event
from typing import IO, Any

from onrecord.errors import OnRecordError
from onrecord.extract.llm.prompt import SCHEMA, Request
from onrecord.llm.settings import Settings

MAX_BYTES = 8_000_000
CHUNK = 65_536
AGENT = "onrecord/0.1"
AGAIN = (408, 409, 425, 429, 500, 502, 503, 504, 529)  # states that may pass
FATAL = (401, 402, 403, 404, 405)  # every other request would meet them too
WAITS = (1.0, 4.0, 15.0, 45.0)  # seconds before the second try, the third, …
LONGEST = 120.0  # seconds that a server may make us wait


@dataclass(frozen=True)
class Answered:
    """The words of an answer and what it took, as far as the endpoint says."""

    words: str
    tokens_in: int | None
    tokens_out: int | None


@dataclass(frozen=True)
class Unanswered:
    """Why there is no answer. `fatal`: no other request would be answered either."""

    code: str  # "http-429", "timeout", "no-connection", "no-answer", "stopped"
    detail: str
    again: bool = False  # it may pass: the same request may be sent again
    fatal: bool = False
    wait: float | None = None  # seconds, as the server asks


@dataclass(frozen=True)
class Shape:
    """How a request is worded: what endpoints differ in. It is widened until the endpoint takes it."""

    form: str = "json_schema"  # → "json_object" → "text"
    limit: str = "max_tokens"  # or "max_completion_tokens"
    cold: bool = True  # with temperature 0


@dataclass
class Endpoint:
    """An endpoint and the shape of requests that it was found to take. May be used by several threads."""

    settings: Settings
    stop: Event = field(default_factory=Event)
    sleep: Callable[[float], object] | None = None  # None: wait for `stop`, that long at most
    shape: Shape = field(default_factory=Shape)

    def check(self) -> None:
        """Raise OnRecordError where there is nobody to ask."""
        if not self.settings.url:
            hint = "set ONRECORD_LLM_URL to the base address of an OpenAI-compatible endpoint (docs/readers.md)"
            raise OnRecordError("the reader 'llm' has no endpoint to ask", hint=hint)

    def answer(self, request: Request, before: Callable[[], bool] = lambda: True) -> Answered | Unanswered:
        """The answer to a request. `before` is called before each try: whether there may be one more."""
        failed = Unanswered("stopped", "not asked")
        tries = 0
        while tries < self.settings.tries:
            if self.stop.is_set() or not before():
                return replace(failed, again=False)  # it was not tried to the end: that says nothing of the endpoint
            shape = self.shape
            got = self._once(request, shape)
            if isinstance(got, Answered):
                return got
            other = widened(shape, got.detail) if got.code in ("http-400", "http-422") else None
            if other is not None:
                self.shape = other if self.shape == shape else self.shape  # else another thread was here before
                continue  # and no try: there are few shapes
            if not got.again:
                return got
            failed, tries = got, tries + 1
            if tries < self.settings.tries:
                wait = WAITS[min(tries, len(WAITS)) - 1] if got.wait is None else min(got.wait, LONGEST)
                (self.sleep or self.stop.wait)(wait)
        return failed

    def _once(self, request: Request, shape: Shape) -> Answered | Unanswered:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": AGENT}
        if self.settings.key:
            headers["Authorization"] = f"Bearer {self.settings.key}"
        data = json.dumps(body(request, self.settings, shape)).encode()
        http_request = urllib.request.Request(address(self.settings.url), data=data, headers=headers, method="POST")
        end = time.monotonic() + self.settings.timeout
        try:
            with urllib.request.build_opener(_NoRedirects).open(http_request, timeout=self.settings.timeout) as found:
                return understood(_read(found, end))
        except urllib.error.HTTPError as e:
            with e:
                return refused(e.code, e.headers.get("Retry-After"), e.read(2000).decode("utf-8", "replace"))
        except TimeoutError:
            return late(self.settings)
        except urllib.error.URLError as e:
            if isinstance(e.reason, TimeoutError):
                return late(self.settings)
            return Unanswered("no-connection", f"{e.reason}", again=True)
        except (OSError, http.client.HTTPException, ValueError) as e:
            return Unanswered("no-answer", f"{type(e).__name__}: {e}"[:300], again=True)


def late(settings: Settings) -> Unanswered:
    """An answer that did not come in time."""
    return Unanswered("timeout", f"no answer within {settings.timeout:g} seconds", again=True)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key and the text elsewhere: it is told as what it is."""

    def redirect_request(self, req: Any, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


def address(url: str) -> str:
    """Where chat completions are asked for, below a base address with or without the path."""
    base = url.rstrip("/")
    return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


def body(request: Request, settings: Settings, shape: Shape) -> dict[str, Any]:
    """The request as the endpoint takes it."""
    out: dict[str, Any] = {
        "model": settings.model,
        "messages": [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
        shape.limit: settings.answer_tokens,
    }
    if shape.cold:
        out["temperature"] = 0
    if shape.form == "json_schema":
        named = {"name": "marked", "strict": True, "schema": SCHEMA}
        out["response_format"] = {"type": "json_schema", "json_schema": named}
    elif shape.form == "json_object":
        out["response_format"] = {"type": "json_object"}
    return out


def widened(shape: Shape, complaint: str) -> Shape | None:
    """The shape to try after a request was refused: without what the complaint names, else a freer form."""
    said = complaint.lower()
    if "max_tokens" in said and shape.limit == "max_tokens":
        return replace(shape, limit="max_completion_tokens")
    if "temperature" in said and shape.cold:
        return replace(shape, cold=False)
    freer = {"json_schema": "json_object", "json_object": "text"}.get(shape.form)
    return None if freer is None else replace(shape, form=freer)


def refused(code: int, after: str | None, said: str) -> Unanswered:
    """What an HTTP state other than success means."""
    shown = "".join(c if c.isprintable() else " " for c in said)  # nothing that moves a terminal's cursor
    detail = " ".join(shown.split())[:300] or http.client.responses.get(code, "")
    again = code in AGAIN or code >= 500
    fatal = code in FATAL or 300 <= code < 400
    return Unanswered(f"http-{code}", detail, again=again, fatal=fatal, wait=seconds(after) if again else None)


def seconds(after: str | None) -> float | None:
    """A Retry-After header as seconds from now: a number, or a date."""
    if after is None:
        return None
    try:
        wait = float(after)
    except ValueError:
        try:
            wait = parsedate_to_datetime(after).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, wait) if math.isfinite(wait) else None


def _read(found: http.client.HTTPResponse, end: float) -> bytes:
    """All of an answer. Raises TimeoutError for one that drips, ValueError for one that is too long."""
    parts, size = [], 0
    while chunk := found.read1(CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise ValueError(f"the answer has more than {MAX_BYTES:,} bytes")
        if time.monotonic() > end:
            raise TimeoutError
    if found.length:
        raise http.client.IncompleteRead(b"", found.length)
    return b"".join(parts)


def understood(data: bytes) -> Answered | Unanswered:
    """The words in a completion. What the words say is not looked at here."""
    try:
        found = json.loads(data)
        choice = found["choices"][0]
        words = choice["message"].get("content")
        if isinstance(words, list):  # some endpoints answer in parts
            words = "".join(p.get("text", "") for p in words)
        used = found.get("usage") or {}
        taken_in, taken_out = used.get("prompt_tokens"), used.get("completion_tokens")
        return Answered(
            words if isinstance(words, str) else "",
            taken_in if isinstance(taken_in, int) else None,
            taken_out if isinstance(taken_out, int) else None,
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
        return Unanswered("no-answer", f"the endpoint's answer is no completion ({type(e).__name__})", again=True)
