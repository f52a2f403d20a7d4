"""Before the reader `llm` reads: what it would ask, what that costs, and the user's word; then the asking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from onrecord.errors import WrongCall
from onrecord.records import Original, Problem

if TYPE_CHECKING:
    from onrecord.llm import Asked, Plan, Settings

HERE = "localhost"  # and every loopback address: what goes there does not leave this machine


def answered(reader: str, found: Callable[[], Iterable[Original | Problem]], *, beside: str, yes: bool) -> str:
    """The reader's name for the flow. For `llm`, all that `found` gives is asked about before, if the user agrees.

    Answers are kept in the file that `llm:FILE` names, else `beside`; what is answered there is not asked again. Raises
    OnRecordError, before any report is looked at, where no answer is stored and there is no endpoint to ask.
    """
    kind, _, given = reader.partition(":")
    if kind != "llm":
        return reader
    from onrecord.cli.reading import progress_bar
    from onrecord.llm import Answers, Endpoint, ask, plan, settings

    path, how = given or beside, settings()
    if not Path(path).exists():
        Endpoint(how).check()  # no answer is stored, so there is somebody to ask, or nothing to be done
    with Answers(path) as answers:
        with progress_bar() as show:
            wanted, missing = plan(counted(found(), show), how, answers)
        if missing:
            endpoint = Endpoint(how)
            endpoint.check()
            click.echo(f"{whereto(how)}\n{estimate(wanted, how)}", err=True)
            agreed(yes)
            with progress_bar() as show:
                done = ask(missing, endpoint, answers, progress=show)
            click.echo(outcome(done, path), err=True)
    return f"llm:{path}"


def counted(
    found: Iterable[Original | Problem], show: Callable[[str, int, int | None], None]
) -> Iterator[Original | Problem]:
    """The same, with the progress shown."""
    for n, x in enumerate(found, 1):
        yield x
        show("look", n, None)


def agreed(yes: bool) -> None:
    """Raise WrongCall where the user does not want the calls, or cannot be asked."""
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise WrongCall("nothing was asked, and nothing read", hint="give --yes to ask without a question before")
    if not click.confirm("ask?", err=True):
        raise WrongCall("nothing was asked, and nothing read")


def is_here(host: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == HERE or host.endswith(f".{HERE}")


def whereto(how: Settings) -> str:
    """Whether the texts leave this machine, and where to: said before anything is sent."""
    to = urlsplit(how.url)
    host = to.hostname or ""
    if is_here(host):
        return f"llm: the texts do not leave this machine: they go to {host}, an address of its own"
    open_ = " (not encrypted)" if to.scheme == "http" else ""
    return f"llm: THE TEXTS LEAVE THIS MACHINE: whole paragraphs of your reports are sent to {host}{open_}"


def estimate(wanted: Plan, how: Settings) -> str:
    """How much would be asked of whom, and about what it costs."""
    new = len(wanted.missing)
    parts = [
        f"llm: {new} of {wanted.windows} windows of {wanted.reports} reports are not answered yet;",
        f"{how.model} is asked about them:",
        f"about {wanted.tokens_in:,} tokens sent and {wanted.tokens_out:,} received (at most {wanted.most_out:,}),",
    ]
    if wanted.cost is None or wanted.most_cost is None:
        parts.append("no price set (ONRECORD_LLM_PRICE_IN, ONRECORD_LLM_PRICE_OUT, for a million tokens)")
    else:
        parts.append(f"about {wanted.cost:.2f}, at most {wanted.most_cost:.2f} in the currency of the price")
    return " ".join(parts)


def outcome(done: Asked, path: str) -> str:
    """What asking came to."""
    cost = "" if done.cost is None else f", cost {done.cost:.2f}"
    line = f"llm: {done.answered} answered, {done.tokens_in + done.tokens_out:,} tokens{cost}; kept in {path}"
    if not done.failed:
        return line
    codes = ", ".join(f"{n} {code}" for code, n in done.failed)
    return f"{line}\nllm: not answered: {codes} ({done.detail}); run the same command again to ask only for these"


def refused(counts: Mapping[str, int]) -> str | None:
    """What a language model proposed and the gate refused, by reason; None where there is nothing."""
    some = {k.removeprefix("llm."): n for k, n in counts.items() if k.startswith("llm.")}
    if not some:
        return None
    listed = ", ".join(f"{n} {reason.replace('_', ' ')}" for reason, n in some.items())
    return f"llm: the gate refused {sum(some.values())} slots and proposals: {listed}"
