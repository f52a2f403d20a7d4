"""What a reader may propose beside spans, where it can: who "he" is, and claims. Each passes the same gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from onrecord.beat import Beat
from onrecord.extract.cast import Cast
from onrecord.extract.claims import Judge
from onrecord.extract.document import Document
from onrecord.extract.reader import Attribution
from onrecord.extract.slots import Context
from onrecord.records import Claim, Refusal, Statement, Step

Spoken = Mapping[Attribution, tuple[str | None, tuple[Step, ...]]]  # attribution → its speaker, and how it was reached


@runtime_checkable
class Proposer(Protocol):
    """A reader with more to say than spans."""

    def speakers(self, doc: Document, cast: Cast, known: Spoken) -> Spoken:
        """`known`, with speakers for those that the rules leave unsure; each with a step."""

    def claims(
        self, c: Context, beat: Beat | None, said: Sequence[Statement], made: tuple[Claim, ...], judge: Judge
    ) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
        """The claims `made` by rules and those it adds, in order, and every refusal of what it proposed."""
