"""What the commands share: the ledger, the filters, JSON, and the clock (read here, nowhere else)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from onrecord.errors import NotFound, WrongCall

F = TypeVar("F", bound=Callable[..., Any])

FILTERS = (
    ("--subject", "what is spoken of: any spelling, or an entity's key"),
    ("--property", "the beat's name of a property"),
    ("--speaker", "who said it: any spelling"),
    ("--via", "through whom: an agency, a paper, a document"),
    ("--anonymity", "named, role, unnamed or outlet"),
    ("--report", "a report's id (or its beginning) or file name"),
    ("--outlet", "an outlet of the beat, or as found"),
    ("--modality", "asserted, planned, ordered, predicted, possible, doubted or denied"),
    ("--said", "when it was said: EDTF, or from/to"),
    ("--holds", "when it is said to hold: EDTF, or from/to"),
    ("--published", "when the report came out: EDTF, or from/to"),
    ("--as-of", "only what was on record by this day"),
)


def now() -> str:
    """This moment, ISO, UTC: the one clock of the program. SOURCE_DATE_EPOCH sets it, for builds that repeat."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.isoformat(timespec="seconds")


def ledger_option(f: F) -> F:
    help_ = "ledger file [default: $ONRECORD_LEDGER, or the only ledger in this folder]"
    return click.option("--ledger", "-l", "ledger_path", metavar="FILE", help=help_)(f)


def reader_option(f: F) -> F:
    """--reader, and --yes for the one that asks over the network."""
    help_ = (
        "who reads: grammar, fast, encoder, full, llm, spacy:NAME, gliner:FOLDER (docs/readers.md) [default: grammar]"
    )
    yes = click.option("--yes", is_flag=True, help="with --reader llm: ask the endpoint without a question before")
    return click.option("--reader", metavar="NAME", callback=_reader, help=help_)(yes(f))


def _reader(ctx: click.Context, param: click.Parameter, given: str | None) -> str:
    """The reader's name. Raises WrongCall, or OnRecordError where it lacks what it needs, before anything is done."""
    from onrecord.extract.readers import DEFAULT

    if given is None:
        return DEFAULT
    if given.partition(":")[0] == "llm":
        from onrecord.llm import settings

        settings()
    else:
        from onrecord.extract.readers import reader

        reader(given)
    return given


def some(ctx: click.Context, param: click.Parameter, given: int) -> int:
    """How many are to be shown. Raises WrongCall below one: an empty answer would say that nothing is there."""
    if given < 1:
        raise WrongCall(f"--limit: {given} shows nothing", hint="give 1 or more")
    return given


def limit_option(default: int, help_: str | None = None) -> Callable[[F], F]:
    return click.option("--limit", default=default, show_default=True, callback=some, help=help_)


def reachable(folder: Path) -> None:
    """Raise WrongCall where a folder to write into is not there, nor the one above it: that is a slip in its name."""
    if not folder.exists() and not folder.parent.exists():
        raise WrongCall(f"no folder {folder.parent} to make {folder.name} in", hint="make it first, or name another")


def made_here(folder: Path) -> Path:
    """A folder to write into, made where the one above it is there. Raises WrongCall where that is not."""
    reachable(folder)
    folder.mkdir(exist_ok=True)
    return folder


def json_option(f: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="print JSON, one object a line")(f)


def filter_options(f: F) -> F:
    """The same filters everywhere; they arrive as one `asked` dictionary of those that were given."""

    def wrapped(**given: Any) -> Any:
        names = [name.removeprefix("--").replace("-", "_") for name, _ in FILTERS]
        asked = {n: given.pop(n) for n in names}
        return f(asked={n: v for n, v in asked.items() if v is not None}, **given)

    wrapped.__doc__, wrapped.__name__ = f.__doc__, f.__name__
    wrapped.__click_params__ = getattr(f, "__click_params__", [])  # type: ignore[attr-defined]
    out: Any = wrapped
    for name, help_ in reversed(FILTERS):
        out = click.option(name, metavar="X", help=help_)(out)
    return out  # type: ignore[no-any-return]


def find_ledger(given: str | None) -> str:
    """Path of the ledger that is meant. Raises WrongCall where that is not clear, NotFound where there is none."""
    path = given or os.environ.get("ONRECORD_LEDGER")
    if path is not None:
        if not Path(path).exists():
            raise NotFound(f"no ledger {path!r}", hint="make one with: onrecord add LEDGER REPORTS --beat BEAT")
        return path
    here = [p for p in sorted(Path().glob("*.db")) if is_ledger(p)]
    if not here:
        raise NotFound(
            "no ledger in this folder", hint="name one with --ledger, or make one with: onrecord add LEDGER …"
        )
    if len(here) > 1:
        names = ", ".join(str(p) for p in here)
        raise WrongCall(f"several ledgers here: {names}", hint="say which with --ledger")
    return str(here[0])


def is_ledger(path: Path) -> bool:
    """Whether the file is a ledger of ours, by its application id."""
    from onrecord.ledger.store import APPLICATION

    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            return bool(db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION)
    except sqlite3.Error:
        return False


def print_json(rows: Any) -> None:
    """Each row as one line of JSON."""
    for row in rows:
        click.echo(msgspec.json.encode(row, order="deterministic"))  # bytes: JSON is UTF-8, whatever the terminal is
