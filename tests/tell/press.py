"""An invented press on an invented harbour ferry: stories with claims marked by hand, kept in a real ledger."""

from onrecord import ledger
from onrecord.beat import parse
from onrecord.ids import content_id, digest
from onrecord.ledger import Derived
from onrecord.records import (
    Anonymity,
    Because,
    Claim,
    DateValue,
    Directness,
    Entity,
    EntityValue,
    Kind,
    Modality,
    Original,
    Origins,
    Passage,
    Polarity,
    QuantityValue,
    Reading,
    Referent,
    Report,
    Statement,
    StateValue,
    TextValue,
)
from onrecord.weigh import weigh

RULE = Because(rule="test.by-hand")
BEAT = parse("""
[beat]
name = "ferry"
title = "The Sandholm ferry"

[[entity]]
key = "ferry"
kind = "system"
name = "Aurora II"

[[entity]]
key = "pier"
kind = "facility"
name = "North Pier"

[[property]]
name = "capacity"
means = "how many seats she carries"
value = "quantity"
unit = "seat"
single = true

[[property]]
name = "sails_from"
means = "the first day of service"
value = "date"
single = true

[[property]]
name = "built_by"
means = "who built her"
value = "entity"
accounts = "origin"

[[property]]
name = "state"
means = "the state of works"
value = "state"
single = true

[[property]]
name = "about"
means = "what is said about her crew"
value = "text"

[[topic]]
key = "crew"
question = "What of the crew?"
properties = ["about"]

[[topic]]
key = "service"
question = "When does the ferry sail?"
subjects = ["ferry"]
properties = ["sails_from"]

[[topic]]
key = "capacity"
question = "How many seats?"
properties = ["capacity"]

[[topic]]
key = "pier"
question = "What of the pier?"
subjects = ["pier"]

[[outlet]]
key = "post"
name = "Harbour Post"

[[outlet]]
key = "echo"
name = "Coast Echo"

[[expect]]
outlet = "post"
source = "post/"

[[expect]]
outlet = "echo"
source = "echo/"
""")


def seats(n, **rest):
    return QuantityValue(low=n, high=n, unit="seat", **rest)


def day(d):
    return DateValue(date=d)


class Story:
    """One report; its claims are clauses of its text."""

    def __init__(self, text, published, outlet, url):
        sha = digest(text.encode() + url.encode())
        self.report = Report(
            id=Report.make_id(url, sha), name=url.rsplit("/", 1)[-1], url=url, original=sha, media_type="text/plain",
            text=text, title=None, title_passage=None, byline=None, outlet=outlet, language="en", published=published,
        )  # fmt: skip
        self.referents, self.statements, self.claims = {}, {}, []

    def at(self, words):
        start = self.report.text.index(words)
        return Passage(start, start + len(words))

    def refer(self, name, kind=Kind.PERSON, key=None, roles=()):
        id = content_id("f", self.report.id, kind, name)
        self.referents.setdefault(
            id, Referent(id=id, report=self.report.id, kind=kind, name=name, key=key, roles=tuple(roles))
        )
        return id

    def says(
        self, prop, value, words, *, by=None, role=None, via=(), modality="asserted", subject=("Aurora II", "ferry"),
        marker=None, holds=None, anonymous=False,
    ):  # fmt: skip
        """A claim in those words, by a named person, an unnamed source or the outlet itself."""
        statement = None
        if by is not None or anonymous:
            statement = self.statement(words, by, role, via)
        if isinstance(value, tuple):
            value = EntityValue(entities=tuple(self.refer(n, Kind.ORGANISATION) for n in value))
        negative = modality == "denied"
        claim = Claim(
            id=content_id("c", self.report.id, prop, words, modality), report=self.report.id, statement=statement,
            evidence=(self.at(words),), subject=self.refer(subject[0], Kind.SYSTEM, subject[1]), subject_passage=None,
            property=prop, value=value, value_passage=None, modality=Modality(modality),
            polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE,
            markers=() if marker is None else (self.at(marker),), holds_at=holds, because=RULE,
        )  # fmt: skip
        self.claims.append(claim)
        return claim.id

    def statement(self, words, by, role, via):
        speaker = None if by is None else self.refer(by, roles=[role] if role else [])
        passages = (self.at(by),) if by is not None else ()
        made = Statement(
            id=content_id("s", self.report.id, by, words), report=self.report.id, speaker=speaker,
            speaker_passages=passages, cue=(), content=(self.at(words),),
            via=tuple(self.refer(v, Kind.ORGANISATION) for v in via), directness=Directness.INDIRECT,
            anonymity=Anonymity.NAMED if by is not None else Anonymity.UNNAMED, because=RULE,
        )  # fmt: skip
        self.statements[made.id] = made
        return made.id

    def reading(self):
        return Reading(
            report=self.report.id, version="1", referents=tuple(self.referents.values()),
            statements=tuple(self.statements.values()), claims=tuple(self.claims),
        )  # fmt: skip


class Press:
    """A ledger in memory that stories are kept in."""

    def __init__(self, beat=BEAT):
        self.book = ledger.open(":memory:")
        self.beat = beat
        if beat is not None:
            self.book.use(beat)

    def story(self, text, published, outlet="Harbour Post", url=None):
        return Story(text, published, outlet, url or f"https://press.example/{digest(text.encode())[:8]}")

    def keep(self, story, recorded_at="2031-02-12T09:00:00Z"):
        data = story.report.text.encode() + story.report.url.encode()
        original = Original(name=story.report.name, url=story.report.url, data=data, media_type="text/plain")
        self.book.keep(original, story.report, story.reading(), recorded_at=recorded_at)

    def derive(self, today):
        """One entity per name, reports of one text are copies, one speaker is one origin; then the real weighing."""
        view = self.book.view()
        names = {}
        for f in view.referents():
            names.setdefault((f.key or f.name, f.kind), []).append(f)
        entities = tuple(
            Entity(
                id=content_id("e", key), kind=kind, name=fs[0].name, names=(fs[0].name,), key=fs[0].key,
                referents=tuple(sorted(f.id for f in fs)),
            )
            for (key, kind), fs in sorted(names.items())
        )  # fmt: skip
        entity_of = {r: e.id for e in entities for r in e.referents}
        reports = {r.id: r for r in view.reports()}
        statements = {s.id: s for s in view.statements()}

        def origins(claims):
            groups = {}
            for c in claims:
                speaker = entity_of.get(statements[c.statement].speaker) if c.statement else None
                groups.setdefault(speaker or reports[c.report].text, []).append(c.id)
            folded = tuple(tuple(sorted(g)) for _, g in sorted(groups.items()))
            return Origins(
                low=len(folded), high=len(folded), claims=tuple(sorted(c.id for c in claims)), groups_low=folded,
                groups_high=folded,
            )  # fmt: skip

        weighed = weigh(
            view.claims(), entity_of=entity_of, reports=reports, statements=statements, beat=self.beat,
            origins=origins, today=today, superseded=frozenset(reports) - view.current(),
        )  # fmt: skip
        fields = {f: getattr(weighed, f) for f in weighed.__struct_fields__}
        self.book.derive(Derived(entities=entities, **fields))
        return self.book.view()


__all__ = ["BEAT", "Press", "StateValue", "TextValue", "day", "seats"]
