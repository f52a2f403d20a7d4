"""Asking over HTTP, against a real server on this machine: retries, limits, what is kept, what is told."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from talking_server import Said, failing, serving, text_of

from onrecord.errors import LedgerError, OnRecordError, WrongCall
from onrecord.extract.document import Document
from onrecord.extract.llm.prompt import Request, requests
from onrecord.llm import Answers, Asked, Endpoint, Settings, ask, plan, settings
from onrecord.llm.endpoint import seconds
from onrecord.read import read
from onrecord.records import Original

GOOD = json.dumps({"statements": [], "claims": []})
FAST = Settings(url="", model="m", key="k-123", timeout=2.0, per_minute=60_000, parallel=2)


def originals(count: int = 3) -> list[Original]:
    words = "Pier {0} to open\n\nPier {0} opens in May, Ida Brandt said."
    return [
        Original(name=f"{i}.txt", url=None, data=words.format(i).encode())
        for i in range(count)
    ]  # fmt: skip


def asked_for(count: int = 3) -> list[Request]:
    return [r for o in originals(count) for x in read(o)[0] for r in requests(Document(x), "m")]


def run(answer: Any, tmp_path: Path, *, count: int = 3, **change: Any) -> tuple[Any, Asked, Answers, list[float]]:
    """What a run of asking came to, against a server that answers so."""
    slept: list[float] = []
    answers = Answers(tmp_path / "answers")
    with serving(answer) as server:
        endpoint = Endpoint(replace(FAST, url=server.url, **change), sleep=slept.append)
        done = ask(asked_for(count), endpoint, answers)
    return server, done, answers, slept


def in_turn(*some: Said) -> Any:
    """These answers one after another, the last one again and again."""
    left, lock = list(some), threading.Lock()

    def answer(body: dict[str, Any]) -> Said:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return answer


def test_what_is_asked_is_kept_and_counted(tmp_path):
    server, done, answers, _ = run(lambda body: Said(GOOD), tmp_path)
    assert (done.answered, done.failed, done.tokens_in, done.tokens_out) == (3, (), 300, 150)
    assert [answers.get(r.key) for r in asked_for()] == [GOOD] * 3 and answers.get("ask-other") is None
    body = server.asked[0]
    assert body["path"] == "/v1/chat/completions" and body["model"] == "m" and body["temperature"] == 0
    assert body["response_format"]["json_schema"]["strict"] is True
    assert {text_of(b)[:6] for b in server.asked} == {"Pier 0", "Pier 1", "Pier 2"}
    assert all(h["Authorization"] == "Bearer k-123" for h in server.headers)


def test_no_key_no_header_and_usage_is_guessed_where_it_is_not_told(tmp_path):
    server, done, _, _ = run(lambda body: Said(GOOD, usage=False), tmp_path, key="")
    assert not any("Authorization" in h for h in server.headers) and done.tokens_in > 1000 and done.tokens_out > 10


@pytest.mark.parametrize("state", [429, 500, 503])
def test_what_may_pass_is_tried_again_after_a_wait(tmp_path, state):
    server, done, _, slept = run(in_turn(failing(state), failing(state), Said(GOOD)), tmp_path, count=1)
    assert done.answered == 1 and len(server.asked) == 3 and [x for x in slept if x >= 1] == [1.0, 4.0]


def test_retry_after_is_kept_to_within_reason(tmp_path):
    first, second = failing(429, Retry_After="7"), failing(429, Retry_After="999999")
    _, done, _, slept = run(in_turn(first, second, Said(GOOD)), tmp_path, count=1)
    assert done.answered == 1 and [x for x in slept if x >= 1] == [7.0, 120.0]


def test_retry_after_may_be_a_date():
    assert seconds("3") == 3.0 and seconds("soon") is None and seconds(None) is None and seconds("nan") is None
    assert seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0 and (seconds("Wed, 21 Oct 2099 07:28:00 GMT") or 0) > 1e6


def test_an_endpoint_that_is_down_is_given_up_on_and_what_came_before_is_kept(tmp_path):
    answer = in_turn(Said(GOOD), failing(500))
    server, done, answers, _ = run(answer, tmp_path, count=40, parallel=1, tries=2)
    assert done.answered == 1 and dict(done.failed) == {"http-500": 5, "stopped": 34}
    assert len(server.asked) == 11
    again, more, _, _ = run(lambda body: Said(GOOD), tmp_path, count=1)
    assert more.answered == 1 and len(again.asked) == 1  # asking itself passes nothing over: the plan does
    assert len(answers.missing(r.key for r in asked_for(40))) == 39


@pytest.mark.parametrize("state", [401, 403, 404, 307])
def test_a_refusal_that_every_request_would_meet_ends_the_run_with_one_line(tmp_path, state):
    with serving(lambda body: failing(state, "not for you", Location="http://127.0.0.1:9/v1")) as server:
        with pytest.raises(OnRecordError, match=f"http-{state}"):
            ask(asked_for(30), Endpoint(replace(FAST, url=server.url, parallel=1)), Answers(tmp_path / "a"))
        assert len(server.asked) <= 3


def test_what_a_server_says_cannot_steer_a_terminal(tmp_path):
    _, done, _, _ = run(lambda body: failing(400, "no \x1b[2J\x07 more"), tmp_path, count=1)
    assert done.detail.isprintable() and "more" in done.detail


def test_nobody_at_the_address(tmp_path):
    with serving(lambda body: Said(GOOD)) as server:
        url = server.url
    endpoint = Endpoint(replace(FAST, url=url, tries=2), sleep=lambda s: None)
    done = ask(asked_for(1), endpoint, Answers(tmp_path / "a"))
    assert (done.answered, dict(done.failed)) == (0, {"no-connection": 1})
    with pytest.raises(OnRecordError, match="no endpoint"):
        ask(asked_for(1), Endpoint(FAST), Answers(tmp_path / "a"))


def test_late_and_dripping_answers_are_not_waited_for(tmp_path):
    for said in (Said(GOOD, pause=1.0), Said(GOOD, drip=0.02)):
        begun = time.monotonic()
        _, done, _, _ = run(in_turn(said), tmp_path, count=1, timeout=0.3, tries=2)
        assert dict(done.failed) == {"timeout": 1} and time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "said",
    [Said(GOOD, cut=40), Said(None, raw=b"<html>gateway</html>"), Said(None, raw=b'{"choices": []}'),
     Said(None, raw=b"[" * 100_000), Said(None, raw=b"")],
)  # fmt: skip
def test_what_is_no_completion_is_asked_again(tmp_path, said):
    server, done, _, _ = run(in_turn(said, Said(GOOD)), tmp_path, count=1)
    assert done.answered == 1 and len(server.asked) == 2


def test_an_answer_that_is_no_json_is_asked_for_twice_and_then_kept_as_it_is(tmp_path):
    server, done, answers, _ = run(lambda body: Said("I would rather not."), tmp_path, count=1)
    assert len(server.asked) == 2 and done.answered == 1 and done.tokens_out == 100
    assert answers.get(asked_for(1)[0].key) == "I would rather not."
    server, _, _, _ = run(lambda body: Said(None), tmp_path, count=1)
    assert len(server.asked) == 2


@pytest.mark.parametrize(("takes", "forms"), [("json_object", 2), (None, 3)])
def test_an_endpoint_that_refuses_a_schema_is_asked_more_freely(tmp_path, takes, forms):
    def answer(body: dict[str, Any]) -> Said:
        form = body.get("response_format", {}).get("type")
        return Said(f"```json\n{GOOD}\n```") if form == takes else failing(400, "response_format: not supported")

    server, done, _, slept = run(answer, tmp_path, parallel=1)
    assert done.answered == 3 and len(server.asked) == 3 + forms - 1  # found out once, not for each window
    assert not [x for x in slept if x >= 1]


def test_an_endpoint_with_its_own_mind_about_limits(tmp_path):
    def answer(body: dict[str, Any]) -> Said:
        if "max_tokens" in body:
            return failing(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        return failing(400, "'temperature' may not be set") if "temperature" in body else Said(GOOD)

    server, done, _, _ = run(answer, tmp_path, count=1)
    assert done.answered == 1 and server.asked[-1]["max_completion_tokens"] == FAST.answer_tokens
    assert "response_format" in server.asked[-1]


def test_a_request_that_is_refused_for_good_is_one_failure(tmp_path):
    server, done, _, _ = run(lambda body: failing(400, "blocked by policy"), tmp_path, count=2, parallel=1)
    assert dict(done.failed) == {"http-400": 2} and "blocked" in done.detail and len(server.asked) == 4


def test_the_limit_of_tokens_and_of_cost_holds(tmp_path):
    one = asked_for(1)[0]
    most = 4000 + len(one.system) // 4 + 200
    _, done, _, _ = run(lambda body: Said(GOOD), tmp_path, count=20, parallel=1, max_tokens=most + 450)
    assert 1 <= done.answered <= 6 and dict(done.failed)["limit"] == 20 - done.answered
    assert done.tokens_in + done.tokens_out <= most + 450
    prices = {"price_in": 10.0, "price_out": 10.0, "max_cost": 0.07}
    _, done, _, _ = run(lambda body: Said(GOOD), tmp_path, count=20, parallel=1, **prices)
    assert done.answered and done.cost is not None and done.cost <= 0.07 and "limit" in dict(done.failed)


def test_requests_keep_their_distance(tmp_path):
    with serving(lambda body: Said(GOOD)) as server:
        ask(asked_for(4), Endpoint(replace(FAST, url=server.url, per_minute=600, parallel=4)), Answers(tmp_path / "a"))
    at = sorted(server.at)
    assert at[-1] - at[0] >= 0.25  # three distances of 0.1 s


def test_interrupted_asking_keeps_what_was_answered_and_goes_on(tmp_path):
    seen: list[int] = []

    def progress(stage: str, done: int, total: int | None) -> None:
        seen.append(done)
        if done == 4:
            raise KeyboardInterrupt

    answers = Answers(tmp_path / "answers")
    with serving(lambda body: Said(GOOD, pause=0.02)) as server:
        how = replace(FAST, url=server.url, parallel=1)
        _, first = plan(originals(10), how, answers)
        with pytest.raises(KeyboardInterrupt):
            ask(first, Endpoint(how), answers, progress=progress)
        wanted, left = plan(originals(10), how, Answers(tmp_path / "answers"))
        came = len(server.asked)
        assert len(first) == 10 and len(left) == len(wanted.missing) <= 6 and came <= 11 - len(left)
        ask(left, Endpoint(how), answers)
        assert plan(originals(10), how, answers)[0].missing == ()
        assert len(server.asked) <= 11  # one may have been under way


def test_a_plan_says_what_it_takes_without_a_call(tmp_path):
    how = replace(FAST, price_in=1.0, price_out=2.0)
    wanted, missing = plan([*originals(2), *originals(2)], how, Answers(tmp_path / "none"))
    assert (wanted.reports, wanted.windows, len(missing)) == (4, 4, 2)
    assert wanted.cost == pytest.approx((wanted.tokens_in + 2 * wanted.tokens_out) / 1e6)
    assert wanted.most_out == 8000 and (wanted.most_cost or 0) > (wanted.cost or 0) > 0
    assert plan(originals(1), FAST, Answers(tmp_path / "none"))[0].cost is None
    assert not (tmp_path / "none").exists()


def test_answers_are_written_once_and_refuse_another_file(tmp_path):
    row = {"model": "m", "prompt": "1", "tokens_in": 1, "tokens_out": 1}
    with Answers(tmp_path / "a") as answers:
        answers.put("k", words="first", **row)  # type: ignore[arg-type]
        answers.put("k", words="second", **row)  # type: ignore[arg-type]
    assert Answers(tmp_path / "a").get("k") == "first"
    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE t (x)")
    (tmp_path / "text").write_text("no database, and long enough to look like none " * 50)
    for name in ("other.db", "text"):
        with pytest.raises(LedgerError):
            Answers(tmp_path / name).get("k")


def test_answers_that_cannot_be_kept_stop_the_run(tmp_path):
    with serving(lambda body: Said(GOOD)) as server:
        answers = Answers(tmp_path / "no such folder" / "answers")
        with pytest.raises(LedgerError):
            ask(asked_for(30), Endpoint(replace(FAST, url=server.url, parallel=2)), answers)
        assert len(server.asked) <= 4


def test_settings_come_from_the_environment():
    env = {"ONRECORD_LLM_MODEL": "m", "ONRECORD_LLM_URL": "http://localhost:1/v1", "ONRECORD_LLM_PER_MINUTE": "7"}
    found = settings(env)
    assert (found.model, found.url, found.per_minute, found.key) == ("m", "http://localhost:1/v1", 7, "")
    with pytest.raises(OnRecordError, match="no model"):
        settings({})
    for name, wrong in (("TRIES", "many"), ("TRIES", "0"), ("URL", "ftp://x"), ("URL", "here"), ("MAX_COST", "3")):
        with pytest.raises(WrongCall, match=name):
            settings(env | {f"ONRECORD_LLM_{name}": wrong})
