"""How sure an attribution is: the share that was right, on PolNeAR train, of those made by its rule with such a cue.

`trust.tsv` has the shares, for plain cues ("said", "told", "added") and for all others. An attribution that is left out
on purpose (a wish, an impression) keeps the low score its rule gave it.
"""

from __future__ import annotations

from functools import cache

from onrecord.extract.document import Document
from onrecord.extract.lexicon import listed, rows
from onrecord.extract.lines import Draft
from onrecord.extract.reader import SourceKind

ON_PURPOSE = 0.4  # what scores less was given its score for what it is, not for how often it is right
INSIDE = 0.45  # the most for what stands inside another content: right less than half the time
UNSURE = 0.1  # off where the source's words do not show what it is
LONG_SOURCE, FAR = 75, 0.1  # characters; off where a source is longer
SHORT_CLAUSE, SCRAP = 40, 0.25  # characters; off where a bare clause before its cue is shorter
PLAIN = listed("plain-cue")


@cache
def shares() -> dict[tuple[str, str], float]:
    """Rule and kind of cue ("plain", "other") → share that was right."""
    return {(r["rule"], r["cue"]): float(r["share"]) for r in rows("trust")}


def trust(doc: Document, d: Draft, kind: SourceKind, *, inside: bool) -> float:
    """The score of an attribution; `inside`: it stands in the content of another."""
    if d.score < ON_PURPOSE or d.rule.endswith(".nested"):
        return d.score
    words = doc.words(d.cue[0]).lower().split()
    plain = "plain" if words[-1] in PLAIN and len(words) < 4 else "other"
    if (d.rule, plain) not in shares():
        return d.score  # another reader's, or too rare to count
    score = shares()[d.rule, plain]
    if kind in (SourceKind.UNSURE, SourceKind.NONE):
        score -= UNSURE
    if d.source is not None and d.source.end - d.source.start > LONG_SOURCE:
        score -= FAR
    if d.rule == "speech.after-clause" and sum(p.end - p.start for p in d.content) < SHORT_CLAUSE:
        score -= SCRAP
    return max(ON_PURPOSE, min(score, INSIDE) if inside else score)
