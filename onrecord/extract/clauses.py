"""A stretch of text → its clauses: the shortest words that can carry a proposition.

Forms: cut at semicolons, dashes and sentence ends; at a comma or a bare "and", "but", "while", "which" only where both
sides hold a verb of their own. A list ("tanks, guns and drones") has no verbs and stays whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.records import Passage

HARD = re.compile(r";|\s[–-]\s|\s?—\s?|:\s+(?=[a-z])")
SOFT = re.compile(
    r",\s+(?=(?:and|but|or|so|yet|while|whereas|although|though|because|since|as|when|which|who|where|however)\b)"
    r"|,\s+(?=(?:it|he|she|they|we|this|that|these|those|there|the|a|an)\b)"
    r"|\s+(?=(?:but|while|whereas|because|although)\s)"
    r"|\s+(?=and\s+(?:it|he|she|they|we|this|these|those|there|that|is|are|was|were|has|have|had|will|would|can|could|later|now|also|then)\b)",
    re.I,
)
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did|need|needs"
    r"|want|wants|plans?|intends?|aims?|remains?|became|becomes?|makes?|made|came|went|got|gets|bought|sold|gave|gives|took"
    r"|takes|held|began|begun|built|sent|found|led|met|said|says|set|put|rose|grew|fell|spent|wrote|told|brought|kept|showed|ran|won|lost|paid|cut"
    r"|hit|seems?|means?|gets?|goes|lies|stands?|stood|meets?|serves?|keeps?|\w{2,}ed|\w{3,}(?:izes|ises|ates|ifies|uces|ains|ires|orts|ents))\b",
    re.I,
)
EDGE = ' \t,;:.!?—–-"“”‘’«»('
LEAD = re.compile(r"(?:and|but|or|so|yet|then|while|whereas|although|because)\s+", re.I)
MIN_CLAUSE = 8  # characters


def clauses(text: str, spans: Sequence[Passage]) -> tuple[Passage, ...]:
    """The clauses of `spans`, in order, without connectives, blanks and marks at their edges."""
    out: list[Passage] = []
    for s in spans:
        for a, b in _hard(text, s):
            out.extend(_trim(text, p) for p in _soft(text, a, b))
    return tuple(p for p in out if p.end - p.start >= MIN_CLAUSE)


def _hard(text: str, s: Passage) -> list[tuple[int, int]]:
    cuts = [(m.start(), m.end()) for m in HARD.finditer(text, s.start, s.end)]
    starts = [s.start, *(e for _, e in cuts)]
    return list(zip(starts, [*(b for b, _ in cuts), s.end], strict=True))


def _soft(text: str, start: int, end: int) -> list[Passage]:
    """Pieces of `[start, end)` cut where both sides have a verb; a piece without one stays with its neighbour."""
    verbs = [v.start() for v in VERB.finditer(text, start, end)]
    out: list[Passage] = []
    begin = start
    for m in SOFT.finditer(text, start, end):
        left = bisect_left(verbs, begin) < bisect_left(verbs, m.start())
        if left and bisect_left(verbs, m.end()) < len(verbs):
            out.append(Passage(begin, m.start()))
            begin = m.end()
    return [*out, Passage(begin, end)]


def _trim(text: str, p: Passage) -> Passage:
    start, end = p.start, p.end
    while start < end and text[start] in EDGE:
        start += 1
    m = LEAD.match(text, start, end)
    if m:
        start = m.end()
    while end > start and text[end - 1] in EDGE:
        end -= 1
    if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
        end += 1
    return Passage(start, end)
