"""Words of a report → what stands between quotation marks: shortened at a blank, its own marks single and in pairs.

Double marks inside become single ones: the outer pair is the only double one. What was opened within
the words, and closed in what was cut off or behind them, is closed at their end; a closing mark without its opening one
is left out. No word is changed.
"""

from __future__ import annotations

import re

OPENING, CLOSING, EITHER = "“„«", "”»", '"'
DOUBLE = "”"  # that a double mark, printed as a single one, is to be closed
SINGLE = {"‘": "’", "'": "'"}  # opening → closing; both closing ones are apostrophes too
AFTER_CUT = re.compile(r"^['’]?[,;]\s+")  # what is left of the clause before, where the words begin behind a quotation
WORD = re.compile(r"\w")


def quoted(words: str, size: int | None = None) -> str:
    """The words in double quotation marks, at most `size` characters of them."""
    return f"“{inside(words, size)}”"


def inside(words: str, size: int | None = None) -> str:
    """What stands between double quotation marks: at most `size` characters of the words, then an ellipsis."""
    told = words if size is None or len(words) <= size else f"{words[:size].rsplit(' ', 1)[0].rstrip()} …"
    kept: list[str] = []
    due: list[str] = []  # closing marks, innermost last
    for i, c in enumerate(told):
        before, after = told[i - 1] if i else " ", told[i + 1] if i + 1 < len(told) else " "
        if c in OPENING or (c == EITHER and _opens(before, after)):
            kept.append("‘")
            due.append(DOUBLE)
        elif c in CLOSING or c == EITHER:
            if DOUBLE in due:
                at = len(due) - 1 - due[::-1].index(DOUBLE)
                kept.append(_closing(due[at:]))
                del due[at:]
        else:
            kept.append(c)
            if due and due[-1] == c and WORD.match(after) is None:
                due.pop()
            elif (c == "‘" and not after.isdigit()) or (
                c == "'" and WORD.match(before) is None and _closed(words[i + 1 :])
            ):
                due.append(SINGLE[c])
    return AFTER_CUT.sub("", "".join(kept)) + _closing(due)


def _closing(due: list[str]) -> str:
    return "".join("’" if mark == DOUBLE else mark for mark in reversed(due))


def _opens(before: str, after: str) -> bool:
    return (before.isspace() or before in "([—–-'‘") and not after.isspace()


def _closed(rest: str) -> bool:
    """Whether a mark that may open a quotation is closed behind it: the apostrophe of "'90s" is not."""
    return not rest[:1].isspace() and re.search(r"(?<=[\w.,!?…])'(?!\w)", rest) is not None
