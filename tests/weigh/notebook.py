"""A small notebook to write claims in: each is a report of its own unless told otherwise."""

import hashlib

from onrecord.beat import Beat, BeatProperty
from onrecord.ids import content_id
from onrecord.records import (
    Anonymity,
    Because,
    Claim,
    Directness,
    Modality,
    Origins,
    Passage,
    Polarity,
    QuantityValue,
    Report,
    Statement,
)
from onrecord.weigh import weigh

RULE = Because(rule="test")
BEAT = Beat(
    name="ropeway",
    title="The Sandholm ropeway",
    properties=(
        BeatProperty(name="length", means="how long", value="quantity", unit="km", single=True, tolerance=0.02),
        BeatProperty(name="opens", means="when it opens", value="date", single=True),
        BeatProperty(name="status", means="its state", value="state", single=True),
        BeatProperty(name="operator", means="who runs it", value="entity", single=True),
        BeatProperty(name="cabins_from", means="who makes the cabins", value="entity", accounts="cabins"),
        BeatProperty(name="tested_by", means="who tested it", value="entity"),
    ),
)


def km(low, high=None, **rest):
    return QuantityValue(low=low, high=low if high is None else high, unit="km", **rest)


def over(figure, unit="km"):
    return QuantityValue(low=figure, high=None, unit=unit, comparator=">")


class Notebook:
    """Claims, and the reports and statements they stand in."""

    def __init__(self):
        self.claims, self.reports, self.statements, self.superseded = [], {}, {}, set()

    def say(
        self, day, prop, value, *, by=None, outlet="Post", words=None, report=None, subject="ropeway", url=None,
        modality="asserted", negative=False, holds=None, said=None, scope=None, marker=None, superseded=False,
    ):  # fmt: skip
        """A claim in a report of that day; `words` are its evidence, at the end of the report's text."""
        words = words or f"{subject} {prop} {value} {modality}"
        if report is None:
            report = self.report(day, words, outlet=outlet, url=url)
        if superseded:
            self.superseded.add(report.id)
        at = report.text.index(words)
        markers = () if marker is None else (Passage(at + words.index(marker), at + words.index(marker) + len(marker)),)
        claim = Claim(
            id=content_id("c", report.id, words, prop, repr(value), modality, negative, by, holds),
            report=report.id,
            statement=None if by is None else self.statement(report, by, said),
            evidence=(Passage(at, at + len(words)),),
            subject=subject,
            subject_passage=None,
            property=prop,
            value=value,
            value_passage=self.figure(words, value, at),
            scope=scope,
            polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE,
            modality=Modality(modality),
            markers=markers,
            holds_at=holds,
            said_at=said,
            because=RULE,
        )
        self.claims.append(claim)
        return claim

    def figure(self, words, value, at):
        figure = str(getattr(value, "low", ""))
        return Passage(at + words.index(figure), at + words.index(figure) + len(figure)) if figure in words else None

    def report(self, day, text, *, outlet="Post", url=None):
        url = url or f"https://news.example/{len(self.reports)}"
        original = hashlib.sha256(f"{url}{text}".encode()).hexdigest()
        report = Report(
            id=Report.make_id(url, original), name=url, url=url, original=original, media_type="text/plain", text=text,
            title=None, title_passage=None, byline=None, outlet=outlet, language="en", published=day,
        )  # fmt: skip
        self.reports[report.id] = report
        return report

    def statement(self, report, by, said):
        made = Statement(
            id=content_id("s", report.id, by), report=report.id, speaker=by, speaker_passages=(), cue=(), content=(),
            anonymity=Anonymity.NAMED, directness=Directness.INDIRECT, said_at=said, because=RULE,
        )  # fmt: skip
        self.statements[made.id] = made
        return made.id

    def origins(self, claims):
        """Reports of one text are copies; one speaker may be one speech."""
        text = self.folded(claims, lambda c: self.reports[c.report].text)
        return Origins(
            low=len(text), high=len(text), claims=tuple(c.id for c in claims), groups_low=text, groups_high=text
        )

    def folded(self, claims, key):
        groups = {}
        for c in claims:
            groups.setdefault(key(c), []).append(c.id)
        return tuple(tuple(g) for _, g in sorted(groups.items()))

    def weigh(self, today="2032-01-01", claims=None, beat=BEAT, entity_of=None):
        return weigh(
            self.claims if claims is None else claims, entity_of=entity_of or {}, reports=self.reports,
            statements=self.statements, beat=beat, origins=self.origins, today=today,
            superseded=frozenset(self.superseded),
        )  # fmt: skip
