"""Times as callers write them → the one form in which the ledger stores and compares them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from onrecord.edtf import days
from onrecord.errors import WrongCall

EARLIEST, LATEST = "0001-01-01", "9999-12-31"  # an open end, so that comparisons need no NULL
PARTIAL = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def utc(when: str) -> str:
    """ISO date-time (naive means UTC) as `2031-03-03T10:00:00Z`. Raises WrongCall."""
    try:
        found = datetime.fromisoformat(when)
    except ValueError:
        raise WrongCall(f"not a date-time: {when!r}", hint="write 2031-03-03T10:00:00Z") from None
    aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def moment(as_of: str) -> str:
    """`as_of` as a prefix of stored times: a year, month or day means its end. Raises WrongCall."""
    if PARTIAL.fullmatch(as_of):
        return as_of
    try:
        return utc(as_of)
    except WrongCall:
        hint = "write a day, 2031-03-03; a month, 2031-03, or a year means its end; or a moment, 2031-03-03T10:00:00Z"
        raise WrongCall(f"not a day: {as_of!r}", hint=hint) from None


def span(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last ISO day that an EDTF value may mean, open ends far away; (None, None) where it has no days."""
    found = days(edtf)
    if found is None:
        return None, None
    first, last = found
    return (first.isoformat() if first else EARLIEST), (last.isoformat() if last else LATEST)
