"""The source of every attribution of a marked article: that of the cue before it, where two cues share one.

"[The mayor] said that … and urged …": the second cue has a number and a record of its own and no mark of a source
(GUIDE.md, "A shared source"). Read mark by mark it would have none, and who finds the mayor would be wrong.
"""

from __future__ import annotations

from corpus.bare import document
from corpus.parse import Article, Attribution, Mark

NOBODY = "unspecified"  # the anonymity of what has no source


def sources(a: Article) -> dict[int, tuple[Mark, ...]]:
    """Number of an attribution → the marks of its source: its own, else those of the nearest cue of its sentence whose
    record names the same speaker in the same way; none where nobody is given."""
    own = {x.number: a.of("s", x.number) for x in a.attributions}
    doc = document(a.text, a.id)

    def shared(x: Attribution) -> tuple[Mark, ...]:
        sentence = doc.sentence_at(place(a, x))
        if own[x.number] or x.anonymity == NOBODY or sentence is None:
            return own[x.number]
        near = [
            y for y in a.attributions
            if (y.speaker, y.anonymity) == (x.speaker, x.anonymity)
            and any(sentence.start <= m.start < sentence.end for m in own[y.number])
        ]  # fmt: skip
        if not near:
            return ()
        return own[min(near, key=lambda y: abs(place(a, y) - place(a, x))).number]

    return {x.number: shared(x) for x in a.attributions}


def place(a: Article, x: Attribution) -> int:
    """Where the cue of an attribution begins, or its content where it has none."""
    marks = a.of("c", x.number) or a.of("k", x.number)
    return marks[0].start if marks else 0
