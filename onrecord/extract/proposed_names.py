"""A trained reader's names beside those of the rules: which stand, and what each keeps of the other.

The reader knows a name by its sentence, the rules by its shape: where a reader is at hand its persons, bodies and
places stand. Of the rules stay designations and documents, and what they know of a person's title or a body's kind.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.extract.candidates import Name
from onrecord.extract.document import Document
from onrecord.extract.place_bodies import RULE
from onrecord.extract.reader import NameSpan
from onrecord.records import Kind

OWN = frozenset([Kind.SYSTEM, Kind.DOCUMENT])  # kinds that only the rules find
FINER = {Kind.PLACE: (Kind.COUNTRY, Kind.FACILITY)}  # the rules' kinds that say more than the reader's
UNSURE_BELOW = 0.5  # mean probability of a name's pieces


def laid_over(doc: Document, ruled: Sequence[Name], proposed: Sequence[NameSpan]) -> list[Name]:
    """The names of one sentence. `ruled` by the rules, `proposed` by the reader, both in order."""
    out: list[Name] = []
    taken: set[int] = set()
    ordered = sorted(range(len(ruled)), key=lambda i: ruled[i].passage.start)
    starts = [ruled[i].passage.start for i in ordered]
    widest = max((r.passage.end - r.passage.start for r in ruled), default=0)
    for p in proposed:
        a, b = bisect_left(starts, p.passage.start - widest), bisect_left(starts, p.passage.end)
        met = [i for i in sorted(ordered[a:b]) if p.passage.start < ruled[i].passage.end]
        near = [ruled[i] for i in met]
        if any(_stays(r) and r.form == "named" for r in near):
            continue
        same = next((r for r in near if r.passage.end == p.passage.end), None)
        if p.kind is Kind.UNSURE or p.because.score < UNSURE_BELOW:
            continue
        taken.update(met)
        kind = same.kind if same is not None and same.kind in FINER.get(p.kind, ()) else p.kind
        roles = next((r.roles for r in near if r.kind is Kind.PERSON and r.roles), ()) if kind is Kind.PERSON else ()
        found = Name(p.passage, doc.words(p.passage), kind, p.because.rule, roles=roles, score=p.because.score)
        out.append(replace(found, home=same.home) if same is not None and same.kind is kind else found)
    kept = [r for i, r in enumerate(ruled) if _stays(r) and i not in taken]
    return sorted([*out, *kept], key=lambda n: n.passage)


def _stays(ruled: Name) -> bool:
    """Whether a name by the rules stands against a reader's: of "the Sandholm water board" a reader sees the place."""
    return ruled.kind in OWN or ruled.rule == RULE
