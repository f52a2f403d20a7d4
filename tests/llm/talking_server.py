"""A real HTTP server on this machine that answers chat completions: well, badly, late, or with lies, as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Said:
    """One answer of the server: state, headers, and bytes, perhaps in pieces with pauses."""

    def __init__(self, words: str | None, *, state: int = 200, headers: dict[str, str] | None = None,
                 usage: bool = True, pause: float = 0.0, cut: int | None = None, raw: bytes | None = None,
                 drip: float = 0.0) -> None:  # fmt: skip
        message = {"choices": [{"message": {"role": "assistant", "content": words}, "finish_reason": "stop"}]}
        if usage:
            message["usage"] = {"prompt_tokens": 100, "completion_tokens": 50}  # type: ignore[assignment]
        self.data = json.dumps(message).encode() if raw is None else raw
        self.state, self.headers, self.pause, self.cut, self.drip = state, headers or {}, pause, cut, drip


Answerer = Callable[[dict[str, Any]], Said]


def failing(state: int, words: str = "no", **headers: str) -> Said:
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    return Said(None, state=state, headers=named, raw=json.dumps({"error": {"message": words}}).encode())


class Server:
    """What was asked, and where."""

    def __init__(self, answer: Answerer) -> None:
        self.answer = answer
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.at: list[float] = []
        self.url = ""


@contextmanager
def serving(answer: Answerer) -> Iterator[Server]:
    """The server while the block runs. `answer` gets each request's body."""
    state = Server(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.asked.append({**body, "path": self.path})
            state.headers.append(dict(self.headers))
            state.at.append(time.monotonic())
            said = state.answer(body)
            time.sleep(said.pause)
            try:
                self.send_response(said.state)
                for name, value in said.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.data)))
                self.end_headers()
                if said.drip:
                    for b in said.data:
                        self.wfile.write(bytes([b]))
                        self.wfile.flush()
                        time.sleep(said.drip)
                else:
                    self.wfile.write(said.data[: said.cut])
            except OSError:
                pass  # the client has gone home

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def text_of(body: dict[str, Any]) -> str:
    """The piece of report that a request holds."""
    return str(json.loads(body["messages"][1]["content"])["text"])
