"""View → plain rows: a dictionary per claim, statement, report, … with names instead of ids and the words themselves.

What `--json` prints, what screens are drawn from and what `ledger.claims(…)` gives: one source for all.
"""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.beat import Beat
from onrecord.ledger import Hit, View
from onrecord.records import (
    Anonymity,
    Change,
    Claim,
    Conflict,
    Decision,
    Due,
    Entity,
    HedgeLoss,
    Link,
    Origins,
    Passages,
    Polarity,
    Position,
    Referent,
    Report,
    Statement,
    TextValue,
)
from onrecord.resolve.judgements import judged_about, of_kind
from onrecord.tell.first import first_claims
from onrecord.tell.quotes import quoted
from onrecord.tell.sentences import says_no_itself
from onrecord.tell.support import Support, in_words, support
from onrecord.tell.values import show

Row = dict[str, Any]
GAP = " […] "  # between the passages of words that do not stand side by side


def words(view: View, report: str, passages: Passages) -> str:
    """The stored words of some passages of a report, as one line."""
    return GAP.join(" ".join(view.text(report, p).split()) for p in passages)


def name_of(view: View, id: str | None) -> str:
    """Name of an entity or referent id."""
    if id is None:
        return ""
    entity = view.entity_of(id) if id.startswith("f-") else id
    return view.entity(entity).name if entity is not None else id


def outlet_name(view: View, report: Report) -> str:
    """The outlet by its name in the beat, else as the page names it, else the file's name."""
    known = view.outlet_of(report)
    return known.name if known is not None else report.outlet or report.name


def speaker_name(view: View, s: Statement | None) -> str:
    """Who speaks: the entity's name, the words of the source, or how the source is described."""
    if s is None:
        return ""
    entity = view.speaker_of(s.id)
    if entity is not None:
        return view.entity(entity).name
    if s.speaker_passages:
        return words(view, s.report, s.speaker_passages)
    return "unnamed source" if s.anonymity == Anonymity.UNNAMED else s.anonymity


def via_names(view: View, s: Statement | None) -> list[str]:
    """Whoever passed the words on: intermediaries of this statement, then the speakers around it."""
    if s is None:
        return []
    names, seen = [name_of(view, v) for v in s.via], {s.id}
    while s.parent is not None and s.parent not in seen:
        seen.add(s.parent)
        s = view.statement(s.parent)
        names += [speaker_name(view, s), *(name_of(view, v) for v in s.via)]
    return list(dict.fromkeys(names))


def sign(c: Claim) -> str:
    """`not ` before the value of a negated claim; nothing before words that hold their own negation."""
    if c.polarity != Polarity.NEGATIVE:
        return ""
    return "" if isinstance(c.value, TextValue) and says_no_itself(c) else "not "


def claim_row(view: View, c: Claim) -> Row:
    report = view.report(c.report)
    s = view.statement(c.statement) if c.statement is not None else None
    position = view.position_of(c.id)
    origins = view.origins(position.id) if position is not None else None
    return {
        "id": c.id,
        "subject": name_of(view, c.subject),
        "subject_id": view.entity_of(c.subject),
        "property": c.property,
        "value": show(c.value, lambda e: name_of(view, e), when=str),
        "shown": show(c.value, lambda e: name_of(view, e)),
        "scope": c.scope,
        "polarity": c.polarity,
        "sign": sign(c),
        "modality": c.modality,
        "speaker": speaker_name(view, s) or None,
        "via": via_names(view, s),
        "anonymity": s.anonymity if s is not None else Anonymity.OUTLET,
        "outlet": outlet_name(view, report),
        "published": report.published,
        "said_at": c.said_at,
        "holds_at": c.holds_at,
        "recorded_at": view.recorded_at(c.report),
        "words": words(view, c.report, c.evidence),
        "evidence": c.evidence,
        "report": c.report,
        "name": report.name,
        "url": report.url,
        "current": view.is_current(c.report),
        "statement": c.statement,
        "position": position.id if position is not None else None,
        "standing": list(view.standing(position.id)) if position is not None else [],
        "origins": [origins.low, origins.high] if origins is not None else None,
        "origins_as": origins_as(view, origins),
        "rule": c.because.rule,
        "score": c.because.score,
        "record": msgspec.to_builtins(c.value),
    }


def origins_as(view: View, origins: Origins | None) -> list[Row]:
    """The origins counted apart: of what is asserted, and of what is planned, only possible, or doubted."""
    if origins is None:
        return []
    found = support(origins, {c: view.claim(c).modality for c in origins.claims})
    return [{"how": list(x.how), "at_least": x.low, "at_most": x.high, "firm": x.firm} for x in found]


def repeated(told: str, words: str) -> bool:
    """Whether these words of a report were told just above, blanks aside: nothing is printed twice."""
    return told.split() == words.split()


def worded(row: Row, size: int | None = None) -> str:
    """What stands over a position's claims, in at most `size` characters: its value, in quotation marks where it is the
    very words of one of them."""
    value = f"{row['sign']}{row['shown']}"
    if any(repeated(value, c["words"]) for c in row["claims"]):
        return quoted(value, size)
    return value if size is None or len(value) <= size else f"{value[:size].rsplit(' ', 1)[0]} …"


def support_words(row: Row) -> str:
    """What a row's origins come to, in words; empty where they were not counted."""
    if row["origins"] is None:
        return ""
    found = (Support(tuple(x["how"]), x["at_least"], x["at_most"], x["firm"]) for x in row["origins_as"])
    return in_words(found, *row["origins"])


def statement_row(view: View, s: Statement) -> Row:
    report = view.report(s.report)
    return {
        "id": s.id,
        "speaker": speaker_name(view, s),
        "source": words(view, s.report, s.speaker_passages),
        "cue": words(view, s.report, s.cue),
        "content": words(view, s.report, s.content),
        "via": via_names(view, s),
        "anonymity": s.anonymity,
        "about_source": s.about_source,
        "directness": s.directness,
        "sort": s.sort,
        "said_at": s.said_at,
        "outlet": outlet_name(view, report),
        "published": report.published,
        "report": s.report,
        "name": report.name,
        "passages": s.content,
        "rule": s.because.rule,
        "score": s.because.score,
    }


def report_row(view: View, r: Report) -> Row:
    return {
        "id": r.id,
        "name": r.name,
        "outlet": outlet_name(view, r),
        "outlet_rule": r.outlet_rule,
        "title": r.title,
        "byline": r.byline,
        "published": r.published,
        "dates": [msgspec.to_builtins(d) for d in r.dates],
        "recorded_at": view.recorded_at(r.id),
        "language": r.language,
        "url": r.url,
        "media_type": r.media_type,
        "characters": len(r.text),
        "current": view.is_current(r.id),
        "versions": len(view.versions(r.id)),
        "credits": list(r.credits),
        "original": r.original,
    }


def entity_rows(view: View, entities: tuple[Entity, ...]) -> list[Row]:
    """Each entity with every spelling met, and the roles that reports give it, with the outlets that give them.

    A name under which the beat knows it and that no report uses stands apart: where only "the minister" is written.
    """
    referents = {r.id: r for r in view.referents()}
    met: dict[str, set[str]] = {}
    for m in view.mentions():
        met.setdefault(m.referent, set()).add(m.text)
    outlets = {r.id: outlet_name(view, r) for r in view.reports()}
    beat = view.beat()
    keys = frozenset(e.key for e in beat.entities) if beat is not None else frozenset[str]()
    about = judged_about(view.decisions(), keys)
    return [
        {
            **_entity_row([referents[r] for r in e.referents if r in referents], e, outlets),
            **_spellings(e, {text for r in e.referents for text in met.get(r, ())}, beat),
            "judged": [_judged_row(d) for d in about(_known_as(e))],
        }
        for e in entities
    ]


def _spellings(e: Entity, met: set[str], beat: Beat | None) -> Row:
    row = beat.entity_of(e.key) if beat is not None and e.key is not None else None
    own = {row.name, *row.names, *row.adjectives} - met if row is not None else set[str]()
    return {"names": [n for n in e.names if n not in own], "beat_names": [n for n in e.names if n in own]}


def _known_as(e: Entity) -> list[str]:
    by_kind = [of_kind(e.kind, name) for name in {e.name, *e.names}]
    return [x for x in (e.key, e.name, *e.names, *by_kind, *e.referents) if x is not None]


def _judged_row(d: Decision) -> Row:
    """A person's judgement that stands: on what, with who, when and why."""
    return {"id": d.id, "on": list(d.target), "verdict": d.value, "by": d.by, "at": d.at, "because": d.reason}


def _entity_row(mine: list[Referent], e: Entity, outlets: dict[str, str]) -> Row:
    given: dict[str, set[str]] = {}
    for r in mine:
        for role in r.roles:
            given.setdefault(role, set()).add(outlets[r.report])
    return {
        "id": e.id,
        "key": e.key,
        "kind": e.kind,
        "name": e.name,
        "named": any(r.named for r in mine),
        "reports": len({r.report for r in mine}),
        "outlets": sorted({outlets[r.report] for r in mine}),
        "roles": {role: sorted(given[role]) for role in sorted(given)},
    }


def position_row(view: View, p: Position) -> Row:
    origins = view.origins(p.id)
    return {
        "id": p.id,
        "subject": name_of(view, p.subject),
        "property": p.property,
        "value": show(p.value, lambda e: name_of(view, e), when=str),
        "shown": show(p.value, lambda e: name_of(view, e)),
        "polarity": p.polarity,
        "sign": sign(view.claim(p.claims[0])) if p.polarity == Polarity.NEGATIVE else "",
        "modality": p.modality,
        "holds_at": p.holds_at,
        "standing": list(view.standing(p.id)),
        "origins": [origins.low, origins.high] if origins is not None else None,
        "origins_as": origins_as(view, origins),
        "claims": [claim_row(view, view.claim(c)) for c in p.claims],
    }


def conflict_row(view: View, c: Conflict) -> Row:
    return {
        "id": c.id,
        "kind": c.kind,
        "open": c.is_open(),
        "subject": name_of(view, c.subject),
        "property": c.property,
        "question": question(view, c.topic),
        "why": c.why,
        "positions": [position_row(view, view.position(p)) for p in c.positions],
        "turns": [msgspec.to_builtins(t) for t in c.turns],
    }


def question(view: View, topic: str | None) -> str | None:
    """The question of a topic of the beat, in its words."""
    beat = view.beat()
    return next((t.question for t in beat.topics if t.key == topic), topic) if beat is not None else topic


def change_row(view: View, c: Change) -> Row:
    return {
        "id": c.id,
        "subject": name_of(view, c.subject),
        "property": c.property,
        "why": c.why,
        "before": position_row(view, view.position(c.before)),
        "after": position_row(view, view.position(c.after)),
    }


def due_row(view: View, d: Due) -> Row:
    return {
        "id": d.id,
        "subject": name_of(view, d.subject),
        "property": d.property,
        "what": d.what,
        "by": d.by,
        "state": d.state,
        "slips": [list(s) for s in d.slips],
        "speakers": [name_of(view, s) for s in d.speakers],
        "claims": [claim_row(view, view.claim(c)) for c in d.claims],
    }


def hedge_row(view: View, h: HedgeLoss) -> Row:
    return {
        "id": h.id,
        "subject": name_of(view, h.subject),
        "property": h.property,
        "marker": h.marker,
        "lost_at": h.lost_at,
        "why": h.why,
        "claims": [claim_row(view, view.claim(c)) for c in h.claims],
    }


def link_row(view: View, link: Link) -> Row:
    """A folding with its evidence in place: the words on both sides."""

    def side(id: str, passages: Passages) -> Row:
        report = view.report(view.statement(id).report if id.startswith("s-") else id)
        return {
            "id": id,
            "outlet": outlet_name(view, report),
            "name": report.name,
            "published": report.published,
            "words": words(view, report.id, passages),
        }

    return {
        "kind": link.kind,
        "shown": link.shown,
        "reason": link.reason,
        "score": round(link.score, 3),
        "origin": link.origin,
        "left": side(link.left, link.left_passages),
        "right": side(link.right, link.right_passages),
    }


def origins_row(view: View, position: Position) -> Row:
    found = view.origins(position.id)
    row = position_row(view, position)
    row["first"] = [claim_row(view, c) for c in first_claims(view, position)]
    if found is not None:
        row |= {
            "groups_at_least": [list(g) for g in found.groups_low],
            "groups_at_most": [list(g) for g in found.groups_high],
            "foldings": [link_row(view, f) for f in found.foldings],
        }
    return row


def hit_row(view: View, h: Hit) -> Row:
    report = view.report(h.report)
    return {
        "report": h.report,
        "title": h.title,
        "name": report.name,
        "outlet": outlet_name(view, report),
        "published": h.published,
        "snippet": h.snippet,
        "score": round(h.score, 3),
    }
