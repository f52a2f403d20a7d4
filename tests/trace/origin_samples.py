"""Reports of a marked case of origins, written as people write them, through extraction and resolution to bounds."""

import re

from trace_samples import report

from onrecord.extract import extract
from onrecord.resolve import resolve
from onrecord.trace import count, link


def filled(text, blocks):
    """The text with its blocks put in, blocks of blocks too."""
    while re.search(r"\{\w+\}", text):
        text = re.sub(r"\{(\w+)\}", lambda m: blocks[m[1]], text)
    return text


def reports_of(rows, blocks, *, first, day):
    """A case's reports, numbered from `first`; `day` is that of a row which gives none, an empty one is no day."""
    return [
        report(
            str(n), filled(row["text"], blocks), row["outlet"], row.get("day", day) or None, url=row.get("url"),
            credits=tuple(row.get("credits", ())),
        )
        for n, row in enumerate(rows, first)
    ]  # fmt: skip


def origins(reports, beat, prop):
    """Origins of the claims of one property, and those claims."""
    readings = [extract(r, beat=beat) for r in reports]
    entities, _ = resolve(
        [f for x in readings for f in x.referents], [m for x in readings for m in x.mentions], beat=beat
    )
    entity_of = {f: e.id for e in entities for f in e.referents}
    statements = [s for x in readings for s in x.statements]
    speaker_of = {s.id: entity_of.get(s.speaker) if s.speaker is not None else None for s in statements}
    claims = [c for x in readings for c in x.claims]
    links = link(reports, statements, beat=beat, speaker_of=speaker_of, claims=claims, entity_of=entity_of)
    wanted = [c for c in claims if c.property == prop]
    found = count(
        wanted, links, reports=reports, statements=statements, speaker_of=speaker_of, beat=beat,
        key_of={e.id: e.key for e in entities if e.key is not None},
    )  # fmt: skip
    return found, wanted
