"""The command line: argument → one call → print. Commands are loaded when they are called, so `--help` is quick."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
from importlib import import_module
from io import TextIOWrapper
from types import FrameType
from typing import Any

import click

from onrecord import __version__
from onrecord.errors import EXIT_CODES, INTERRUPTED, OnRecordError, StorageFull

YOUNG = 20_000  # objects after which this process looks for cycles, as a worker of the engine does
TRACEBACK = "ONRECORD_TRACEBACK"  # environment variable: show where a mistake in the program is

# command → (module below onrecord.cli, what it does). In the order in which a new reader meets them.
COMMANDS = {
    "demo": ("reading", "Read the bundled example beat and tell its last week."),
    "beat": ("reading", "Start, check or list beat files."),
    "add": ("reading", "Read reports into a ledger."),
    "read": ("reading", "Print what is taken from reports, without keeping it."),
    "eval": ("reading", "Score the reader against a gold folder."),
    "brief": ("telling", "This week's issue."),
    "dossier": ("telling", "All that was said about one thing."),
    "timeline": ("telling", "What was said of one thing, over time, as SVG."),
    "status": ("asking", "What the ledger holds, and what could not be read."),
    "reports": ("asking", "Reports on record."),
    "statements": ("asking", "Who said what, through whom."),
    "claims": ("asking", "What was claimed."),
    "entities": ("asking", "Names as each report spells them, and what they name."),
    "conflicts": ("asking", "Where accounts differ."),
    "due": ("asking", "Promises and their dates."),
    "origins": ("asking", "How many origins a claim has, and why."),
    "hedges": ("asking", "Where a hedge fell off in retelling."),
    "search": ("asking", "Find words in the reports."),
    "why": ("asking", "The path from a claim to the words."),
    "review": ("keeping", "Names that may be one thing: what to judge first."),
    "judge": ("keeping", "Say that two names are the same, or not."),
    "check": ("keeping", "Prove every passage and every file against what is stored."),
    "rebuild": ("keeping", "Derive everything again from what was kept."),
    "export": ("keeping", "Write the record to plain files."),
    "import": ("keeping", "Put an export back into a ledger."),
    "corpus": ("corpus", "Marked articles, to look at."),
}


class LazyGroup(click.Group):
    """Commands named in COMMANDS, imported only when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"onrecord.cli.{COMMANDS[name][0]}")
        command = getattr(module, f"{name}_command")
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """`| head` has seen enough: no error, whoever meets it. rich makes a SystemExit of it."""
        try:
            return super().invoke(ctx)
        except (BrokenPipeError, SystemExit) as e:
            if not isinstance(e, BrokenPipeError) and not isinstance(e.__context__, BrokenPipeError):
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still held back goes nowhere
            return 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), meaning) for code, meaning in EXIT_CODES])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"no command {args[0]!r}" + (f"; did you mean {near[0]!r}?" if near else "; see onrecord --help"))
        return super().resolve_command(ctx, args)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="onrecord")
def cli() -> None:
    """Keeps the record of a beat: every claim, who made it, through whom, how firmly, when, in which exact words.

    Begin with `onrecord demo`. The ledger is found by --ledger, the variable ONRECORD_LEDGER, or as the only ledger
    in this folder.
    """


class Stopped(BaseException):
    """Ctrl-C or a polite kill: all is left in order on the way out. No KeyboardInterrupt, for click answers those."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)  # a second one ends the process at once: the ledger stands that, too
    raise Stopped(number)


def main() -> None:
    """Entry point: errors become one clear message and an exit code that differs by kind (see onrecord.errors)."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without arrows or Cyrillic is no failure
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except (Stopped, click.exceptions.Abort, KeyboardInterrupt) as e:
        if sys.stderr.isatty():
            click.echo(err=True)  # the line on which the terminal shows ^C
        said = "interrupted; what was finished is kept: run the same command again to go on"
        _fail(said, e.exit_code if isinstance(e, Stopped) else INTERRUPTED)
    except click.ClickException as e:
        e.show()
        sys.exit(e.exit_code)
    except OnRecordError as e:
        _fail(str(e), e.exit_code)
    except OSError as e:
        if e.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            hint = "free some space, on the disk for temporary files too, and run the same command again"
            _fail(f"the disk is full: {e}\n  {hint}", StorageFull.exit_code)
        where = f"{e.filename}: " if e.filename is not None else ""
        _fail(f"{where}{e.strerror or e}\n  look at the name and its permissions, or name another", 1)
    except Exception as e:
        if TRACEBACK in os.environ:
            raise
        what = f"a mistake in the program ({type(e).__name__}: {e}); the ledger holds what was finished"
        _fail(f"{what}\n  set {TRACEBACK}=1 and run it again to see where, and please report that", 1)


def _fail(message: str, code: int) -> None:
    click.echo(f"onrecord: {message}", err=True)
    sys.exit(code)
