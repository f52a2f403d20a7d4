"""Invented reports with readings, made by hand: what ledger tests store. Texts are nobody's."""

from __future__ import annotations

import re

from onrecord.ids import content_id, digest
from onrecord.ledger import Derived
from onrecord.records import (
    Anonymity,
    Because,
    Change,
    Claim,
    Conflict,
    ConflictKind,
    Decision,
    Directness,
    Due,
    DueState,
    Entity,
    HedgeLoss,
    Judgement,
    Kind,
    Link,
    LinkKind,
    Mention,
    Modality,
    Original,
    Origins,
    Passage,
    Position,
    Problem,
    Quantity,
    QuantityValue,
    Reading,
    Referent,
    Report,
    Standing,
    Statement,
    Turn,
    When,
)

AT = "2031-03-04T08:00:00Z"
LATER = "2031-04-01T08:00:00Z"
RULE = Because(rule="test.by-hand")


def original_of(text: str, *, name: str = "a.txt", url: str | None = None) -> Original:
    return Original(name=name, url=url, data=text.encode(), media_type="text/plain")


def report_of(
    text: str, *, name: str = "a.txt", url: str | None = None, part: int = 0, published: str | None = "2031-03-03",
    outlet: str | None = "Harbour Post",
) -> Report:  # fmt: skip
    original = digest(text.encode())
    title = text.splitlines()[0]
    return Report(
        id=Report.make_id(url, original, part), name=name, url=url, original=original, media_type="text/plain",
        text=text, title=title, title_passage=Passage(0, len(title)), byline=None, outlet=outlet, language="en",
        published=published,
    )  # fmt: skip


def find(text: str, words: str) -> Passage:
    at = text.index(words)
    return Passage(at, at + len(words))


def text_of(ship: str = "Heron", knots: int = 20, speaker: str = "Ada Quill", extra: str = "") -> str:
    return f"{ship} on trial\n{speaker} said on Monday the {ship} reaches {knots} knots. {extra}".rstrip()


def reading_of(report: Report, version: str = "1") -> Reading:
    """A reading of `text_of`: two referents, one statement, one claim, one quantity, one date."""
    t, rid = report.text, report.id
    m = re.search(r"\n(.+) said on Monday the (.+) reaches (\d+) knots", t)
    assert m is not None
    who, ship, knots = Passage(*m.span(1)), Passage(*m.span(2)), float(m[3])
    amount = Passage(m.start(3), m.end())
    man = Referent(id=content_id("f", rid, Kind.PERSON, m[1]), report=rid, kind=Kind.PERSON, name=m[1])
    hull = Referent(
        id=content_id("f", rid, Kind.SYSTEM, m[2]), report=rid, kind=Kind.SYSTEM, name=m[2], key="ship:" + m[2].lower()
    )
    statement = Statement(
        id=content_id("s", rid, m.start(1)), report=rid, speaker=man.id, speaker_passages=(who,),
        cue=(find(t, "said"),), content=(Passage(m.start(2), m.end()),), anonymity=Anonymity.NAMED,
        directness=Directness.INDIRECT, said_at="2031-03-02", said_at_passage=find(t, "on Monday"), because=RULE,
    )  # fmt: skip
    return Reading(
        report=rid, version=version, referents=(man, hull),
        mentions=(
            Mention(id=content_id("m", rid, who), report=rid, passage=who, text=m[1], referent=man.id, kind=man.kind,
                    because=RULE),
            Mention(id=content_id("m", rid, ship), report=rid, passage=ship, text=m[2], referent=hull.id,
                    kind=hull.kind, because=RULE),
        ),
        quantities=(
            Quantity(id=content_id("q", rid, amount), report=rid, passage=amount, low=knots, high=knots, unit="knot",
                     because=RULE),
        ),
        dates=(When(id=content_id("w", rid, 0), report=rid, passage=find(t, "Monday"), value="2031-03-02",
                    because=RULE),),
        statements=(statement,),
        claims=(
            Claim(id=content_id("c", rid, "speed"), report=rid, statement=statement.id,
                  evidence=(Passage(m.start(2), m.end()),), subject=hull.id, subject_passage=ship, property="speed",
                  value=QuantityValue(low=knots, high=knots, unit="knot"), value_passage=amount, holds_at="2031",
                  because=RULE),
        ),
        problems=(Problem.of("extract", report.name, "dull", "nothing else in it", report=rid),) if not version else (),
    )  # fmt: skip


def kept(ledger, text=None, *, at=AT, version="1", **kwargs):
    """Keep one invented report; returns it."""
    text = text_of() if text is None else text
    report = report_of(text, **kwargs)
    given = {k: v for k, v in kwargs.items() if k in ("name", "url")}
    ledger.keep(original_of(text, **given), report, reading_of(report, version), recorded_at=at)
    return report


def derived_of(view) -> Derived:
    """Derived records that name everything in the view: one entity for each name, one position for each claim."""
    spelled: dict[tuple[Kind, str], list[Referent]] = {}
    for r in view.referents():
        spelled.setdefault((r.kind, r.name), []).append(r)
    entities = tuple(
        Entity(id=content_id("e", k, n), kind=k, name=n, names=(n, n.upper() + " II"), key=rs[0].key,
               referents=tuple(r.id for r in rs))
        for (k, n), rs in spelled.items()
    )  # fmt: skip
    entities = tuple(sorted(entities, key=lambda e: e.id))
    owner = {r: e.id for e in entities for r in e.referents}
    claims = sorted(view.claims(), key=lambda c: c.id)
    positions = tuple(
        Position(id=content_id("o", c.id), subject=owner[c.subject], property=c.property, scope=None, value=c.value,
                 claims=(c.id,), modality=Modality.ASSERTED)
        for c in claims
    )  # fmt: skip
    positions = tuple(sorted(positions, key=lambda p: p.id))
    first, last = positions[0], positions[-1]
    reports = sorted(r.id for r in view.reports())
    return Derived(
        entities=entities,
        judgements=(Judgement(left="a", right="b", verdict="same", by="rule", reason="same name", score=0.0),),
        links=(Link(left=reports[0], right=reports[-1], kind=LinkKind.COPY, shown=True, reason="same words"),),
        positions=positions,
        origins={p.id: Origins(low=1, high=1, claims=p.claims, groups_low=(p.claims,), groups_high=(p.claims,))
                 for p in positions},
        standings={p.id: (Standing.ONE_ORIGIN, Standing.CONTESTED) for p in positions},
        conflicts=(Conflict(id="x-1", kind=ConflictKind.VALUE, subject=first.subject, property="speed",
                            positions=(first.id, last.id), why="differ",
                            turns=(Turn(what="opened", on="2031-03-03", claims=first.claims, why="two figures"),)),),
        changes=(Change(id="h-1", subject=first.subject, property="speed", before=first.id, after=last.id, why="x"),),
        dues=(Due(id="u-1", subject=first.subject, property="speed", what="reaches", by=None, claims=first.claims,
                  state=DueState.OPEN),),
        hedges=(HedgeLoss(id="l-1", subject=first.subject, property="speed", claims=first.claims,
                          lost_at=first.claims[0], marker="may", why="fell off"),),
    )  # fmt: skip


def decision_of(target=("Heron", "Egret"), value="not the same", at=AT) -> Decision:
    return Decision(id=content_id("d", target, value, at), act="judge", target=target, value=value, reason="two hulls",
                    by="ada", at=at)  # fmt: skip
