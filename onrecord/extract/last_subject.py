"""What was talked of last, worked out when a later clause asks for it: few are asked of what makes no claim.

"The ferry is old. It leaks." asks what the first clause is about; "The ferry is old. Lund left." does not.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from onrecord.extract import abouts
from onrecord.extract.gazetteer import cues, every
from onrecord.extract.slots import Context
from onrecord.records import Passage


class LastSubject:
    """The referent that the clauses so far were about last; called for its answer."""

    def __init__(self, c: Context) -> None:
        self._c = c
        self._known: str | None = None
        self._passed: list[Passage] = []  # clauses since, none of which made a claim

    def __call__(self) -> str | None:
        while self._passed:
            self._ask(self._passed.pop())
        return self._known

    def set(self, referent: str | None) -> None:
        """A claim, or a change of voice, says what is talked of now."""
        self._known = referent
        self._passed.clear()

    def went_by(self, clause: Passage) -> None:
        """A clause made no claim, and is asked later; at once where an answer may bring a holder of an office into
        the cast."""
        if self._c.resolver.beat is not None and _may_name_office(self._c, clause):
            self._ask(clause)
        else:
            self._passed.append(clause)

    def _ask(self, clause: Passage) -> None:
        """A clause that is about nothing leaves what was talked of before."""
        about = abouts.subject(
            self._c, None, None, clause, speaker=None, previous=abouts.nothing_before, describe=False
        )
        if about.referent or about.passage is not None:
            self.set(about.referent)


def _may_name_office(c: Context, clause: Passage) -> bool:
    """Whether a word for an office stands in a clause, or before it in its sentence ("the mayor, | who left")."""
    sentence = c.doc.sentence_at(clause.start) or clause
    found = _offices(c.doc.text)
    i = bisect_left(found, min(sentence.start, clause.start))
    return i < len(found) and found[i] < clause.end


@lru_cache(maxsize=2)
def _offices(text: str) -> list[int]:
    """Where words stand that are an office, or may have one as a part: "minister", "ex-minister"."""
    role = cues()["role"]
    return [w.start for w in every(text).part(0, len(text)) if w.norm in role or not w.norm.isalpha()]
