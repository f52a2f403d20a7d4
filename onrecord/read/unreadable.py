"""The one exception inside this room: raised where bytes cannot be read, made a Problem by `read`."""

from __future__ import annotations


class Unreadable(Exception):
    """`code` as in `Problem.code`; `detail` says what is wrong and what to do."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


MAX_TEXT = 2_000_000  # characters of one report: a thick book has one million; a longer text is a dump of many


def too_long(name: str, size: int, unit: str = "characters") -> Unreadable:
    """What to raise for a text that is longer than one report can be."""
    hint = "Split it into one file for each report, or write JSON Lines with one report a line"
    return Unreadable("too-long", f"{name} has {size:,} {unit}; one report may have {MAX_TEXT:,} characters. {hint}")
