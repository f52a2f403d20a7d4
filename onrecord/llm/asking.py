"""Originals → what has to be asked, what it may cost; then the asking, within limits, each answer kept as it comes."""

from __future__ import annotations

import queue
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock, Thread

from onrecord.errors import OnRecordError
from onrecord.extract.document import Document
from onrecord.extract.llm.answer import parsed
from onrecord.extract.llm.prompt import PROMPT, SYSTEM, Request, requests, tokens
from onrecord.llm.answers import Answers
from onrecord.llm.endpoint import Answered, Endpoint, Unanswered
from onrecord.llm.settings import Settings
from onrecord.read import read
from onrecord.records import Original, Problem, Record

SHARE = 0.6  # tokens of an answer for one of text: a guess until the endpoint says what it used
GIVE_UP = 5  # requests in a row without an answer: the endpoint is down, and every other would wait as long

ASKED = 2  # times that an answer is asked for which is no JSON

Progress = Callable[[str, int, int | None], None]


class Plan(Record, frozen=True, kw_only=True):
    """What is not answered yet, and about what asking it takes."""

    reports: int
    windows: int
    missing: tuple[str, ...]  # keys
    tokens_in: int
    tokens_out: int
    most_out: int  # were every answer as long as it may be
    cost: float | None
    most_cost: float | None


class Asked(Record, frozen=True, kw_only=True):
    """What asking came to."""

    answered: int
    failed: tuple[tuple[str, int], ...]  # code, how many; commonest first
    detail: str  # of the first failure
    tokens_in: int
    tokens_out: int
    cost: float | None


def plan(found: Iterable[Original | Problem], settings: Settings, answers: Answers) -> tuple[Plan, tuple[Request, ...]]:
    """What is to be asked about these originals. Makes no call."""
    reports = windows = 0
    missing: dict[str, Request] = {}
    for original in found:
        for report in read(original)[0] if isinstance(original, Original) else ():
            asked = requests(Document(report), settings.model)
            reports, windows = reports + 1, windows + len(asked)
            absent = set(answers.missing(r.key for r in asked))
            missing |= {r.key: r for r in asked if r.key in absent}
    some = tuple(missing.values())
    taken, given = sum(map(_in, some)), sum(int(SHARE * tokens(r.user)) + 1 for r in some)
    most = settings.answer_tokens * len(some)
    return Plan(
        reports=reports, windows=windows, missing=tuple(missing), tokens_in=taken, tokens_out=given, most_out=most,
        cost=settings.cost(taken, given), most_cost=settings.cost(taken, most),
    ), some  # fmt: skip


def _in(r: Request) -> int:
    return tokens(SYSTEM) + tokens(r.user)


def ask(
    missing: Iterable[Request],
    endpoint: Endpoint,
    answers: Answers,
    *,
    progress: Progress = lambda *_: None,
    clock: Callable[[], float] = time.monotonic,
) -> Asked:
    """Ask all that is missing and keep each answer at once, so that whatever stops it costs only what is under way.

    Raises OnRecordError where the endpoint can answer nothing: it is not set, refuses the key, or has no such model.
    """
    endpoint.check()
    run = _Run(endpoint, answers, list(missing), clock)
    try:
        run.start()
        for done in range(1, len(run.jobs) + 1):
            run.over.get()
            progress("ask", done, len(run.jobs))
    finally:
        endpoint.stop.set()  # whoever still waits or asks goes home
    if run.broken is not None:
        raise run.broken
    if run.fatal is not None:
        hint = "check ONRECORD_LLM_URL, ONRECORD_LLM_MODEL and ONRECORD_LLM_KEY; what was answered is kept"
        raise OnRecordError(f"the endpoint answers {run.fatal.code}: {run.fatal.detail}", hint=hint)
    return run.asked()


def usable(words: str) -> bool:
    """Whether an answer is of the form asked for, cut off perhaps; what it says is the gate's to judge."""
    return not any(
        r.reason in ("llm.malformed", "llm.empty") and r.detail.startswith("answer") for r in parsed(words).refusals
    )


@dataclass
class _Run:
    """One run of asking: threads that ask, and limits that they share."""

    endpoint: Endpoint
    answers: Answers
    jobs: list[Request]
    clock: Callable[[], float]
    over: queue.SimpleQueue[Request] = field(default_factory=queue.SimpleQueue)  # answered, or not to be
    waiting: queue.SimpleQueue[Request] = field(default_factory=queue.SimpleQueue)
    lock: Lock = field(default_factory=Lock)
    next: float = 0.0  # moment of the next request
    spent_in: int = 0
    spent_out: int = 0
    reserved: int = 0  # tokens of requests under way, at most
    answered: int = 0
    down: int = 0  # failures in a row
    failed: Counter[str] = field(default_factory=Counter)
    detail: str = ""
    fatal: Unanswered | None = None
    broken: Exception | None = None  # what keeps answers from being kept: a full disk

    def start(self) -> None:
        for r in self.jobs:
            self.waiting.put(r)
        for _ in range(min(self.endpoint.settings.parallel, len(self.jobs))):
            Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            try:
                request = self.waiting.get_nowait()
            except queue.Empty:
                return
            try:
                got = self._asked(request)
                if isinstance(got, Answered):
                    self._keep(request, got)  # before anything else is asked: what was paid for outlives a kill
                with self.lock:
                    self._look(got)
            except Exception as e:  # raised again by `ask`: a thread that dies alone would leave it waiting for ever
                self.broken = e
                self.endpoint.stop.set()
            self.over.put(request)

    def _asked(self, request: Request) -> Answered | Unanswered:
        """The answer; one that nothing can be taken from is asked for once more, and kept if it comes back so."""
        got: Answered | Unanswered = Unanswered("limit", "the limit of tokens or cost of this run is reached")
        most = _in(request) + self.endpoint.settings.answer_tokens
        for _ in range(ASKED):
            if not self._reserve(request, most):
                return got
            got = self.endpoint.answer(request, self._turn)
            with self.lock:
                self.reserved -= most
                if isinstance(got, Answered):
                    self.spent_in += _in(request) if got.tokens_in is None else got.tokens_in
                    self.spent_out += tokens(got.words) if got.tokens_out is None else got.tokens_out
            if isinstance(got, Unanswered) or usable(got.words):
                return got
        return got

    def _reserve(self, request: Request, most: int) -> bool:
        """Whether a request, were its answer as long as it may be, stays within the limits."""
        s = self.endpoint.settings
        with self.lock:
            ahead = self.spent_in + self.spent_out + self.reserved + most
            cost = s.cost(self.spent_in, self.spent_out + self.reserved + most)
            if ahead > s.max_tokens or (s.max_cost is not None and cost is not None and cost > s.max_cost):
                return False
            self.reserved += most
            return True

    def _turn(self) -> bool:
        """Wait until a request may go out; False where asking has stopped."""
        with self.lock:
            now = self.clock()
            at = max(now, self.next)
            self.next = at + 60.0 / self.endpoint.settings.per_minute
        if at > now:
            (self.endpoint.sleep or self.endpoint.stop.wait)(at - now)
        return not self.endpoint.stop.is_set()

    def _look(self, got: Answered | Unanswered) -> None:
        """Count the outcome, and stop asking where nothing more is to be expected."""
        if isinstance(got, Answered):
            self.down = 0
            self.answered += 1
            return
        self.failed[got.code] += 1
        self.detail = self.detail or got.detail
        self.down += got.again
        if got.fatal and self.fatal is None:
            self.fatal = got
        if got.fatal or self.down >= GIVE_UP:
            self.endpoint.stop.set()

    def _keep(self, request: Request, got: Answered) -> None:
        used_in = _in(request) if got.tokens_in is None else got.tokens_in
        used_out = tokens(got.words) if got.tokens_out is None else got.tokens_out
        model = self.endpoint.settings.model
        self.answers.put(
            request.key, model=model, prompt=PROMPT, words=got.words, tokens_in=used_in, tokens_out=used_out
        )

    def asked(self) -> Asked:
        cost = self.endpoint.settings.cost(self.spent_in, self.spent_out)
        return Asked(
            answered=self.answered, failed=tuple(self.failed.most_common()), detail=self.detail,
            tokens_in=self.spent_in, tokens_out=self.spent_out, cost=cost,
        )  # fmt: skip
