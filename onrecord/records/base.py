"""What every record is, and the passage that proves one."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Base of all records: frozen, slotted. Subclasses say `kw_only=True` themselves: msgspec does not inherit it.

    No record can hold itself, so the collector of cycles need not look at any (`gc=False`).
    """


class Passage(NamedTuple):
    """A span of one report's text: code points, end exclusive."""

    start: int
    end: int


Passages = tuple[Passage, ...]
