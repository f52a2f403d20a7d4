"""What a caller did wrong, as exceptions; each says what was wrong, where, and what to do next.

A bad *report* is not an error: it is a stored, counted `records.Problem`.

    OnRecordError              exit code 1
    ├── WrongCall              2   an argument or option that cannot be taken
    ├── BeatError              3   a beat file with a mistake; names line and key
    ├── LedgerError            4   the ledger cannot be used
    │   ├── NewerLedger        5   made by a later version of the program
    │   ├── LedgerBusy         6   another process is writing
    │   └── StorageFull        7   the disk is full; what was finished is kept
    ├── NotFound               8   no such file, claim, entity or report
    ├── CheckFailed            9   `check` found something that is not as stored
    └── GateRefused           10   a sentence says more than the claims it cites

Exit code 11 is no exception: the command did its work, and some reports became Problems. Ctrl-C exits with
130, a polite kill (SIGTERM) with 143.
"""

from __future__ import annotations

SOME_PROBLEMS = 11
INTERRUPTED = 130
EXIT_CODES = (  # what each means to whoever calls the program; `onrecord --help` and docs/cli.md print it
    (0, "done; an answer may be empty"),
    (1, "something went wrong that has no code of its own"),
    (2, "an argument, option or name that cannot be taken"),
    (3, "a mistake in a beat file"),
    (4, "the ledger cannot be used"),
    (5, "the ledger was made by a later version of the program"),
    (6, "another process is writing to the ledger"),
    (7, "the disk is full; what was finished is kept"),
    (8, "no such file, ledger, claim, entity or report"),
    (9, "check found something that is not as it was stored"),
    (10, "a sentence says more than the claims it cites"),
    (SOME_PROBLEMS, "done, and some reports became problems: onrecord status"),
    (INTERRUPTED, "stopped by Ctrl-C; what was finished is kept"),
    (143, "stopped by a polite kill; what was finished is kept"),
)


class OnRecordError(Exception):
    """Base of all errors raised on purpose. `message` says what and where, `hint` what to do."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\n  {self.hint}"


class WrongCall(OnRecordError):
    exit_code = 2


class BeatError(OnRecordError):
    exit_code = 3


class LedgerError(OnRecordError):
    exit_code = 4


class NewerLedger(LedgerError):
    exit_code = 5


class LedgerBusy(LedgerError):
    exit_code = 6


class StorageFull(LedgerError):
    exit_code = 7


class NotFound(OnRecordError):
    exit_code = 8


class CheckFailed(OnRecordError):
    exit_code = 9


class GateRefused(OnRecordError):
    exit_code = 10
