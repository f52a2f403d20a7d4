"""The gold of origins: reports as people write them, through extraction and resolution, to bounds."""

import re
import tomllib
from pathlib import Path

import pytest
from trace_samples import report

from onrecord.beat import load
from onrecord.extract import extract
from onrecord.resolve import resolve
from onrecord.trace import count, link

ROOM = Path(__file__).parent.parent / "cases"
GOLD = tomllib.loads((ROOM / "origins.toml").read_text("utf-8"))
BEAT = load(ROOM / "origins_beat.toml")
PROPERTY = "cost"


def filled(text):
    """The text with its blocks put in, blocks of blocks too."""
    while re.search(r"\{\w+\}", text):
        text = re.sub(r"\{(\w+)\}", lambda m: GOLD["blocks"][m[1]], text)
    return text


def reports_of(case):
    for n, row in enumerate(case["reports"]):
        yield report(
            str(n), filled(row["text"]), row["outlet"], row.get("day", "2031-03-03") or None, url=row.get("url"),
            credits=tuple(row.get("credits", ())),
        )  # fmt: skip


def counted(case):
    """Origins of the case, and how many claims each report gave."""
    reports = list(reports_of(case))
    readings = [extract(r, beat=BEAT) for r in reports]
    entities, _ = resolve(
        [f for x in readings for f in x.referents], [m for x in readings for m in x.mentions], beat=BEAT
    )
    entity_of = {f: e.id for e in entities for f in e.referents}
    statements = [s for x in readings for s in x.statements]
    speaker_of = {s.id: entity_of.get(s.speaker) if s.speaker is not None else None for s in statements}
    claims = [c for x in readings for c in x.claims]
    links = link(reports, statements, beat=BEAT, speaker_of=speaker_of, claims=claims, entity_of=entity_of)
    wanted = [c for c in claims if c.property == PROPERTY]
    found = count(
        wanted, links, reports=reports, statements=statements, speaker_of=speaker_of, beat=BEAT,
        key_of={e.id: e.key for e in entities if e.key is not None},
    )  # fmt: skip
    return found, [sum(c.report == r.id for c in wanted) for r in reports]


def test_there_are_enough_cases_and_each_has_a_name_of_its_own():
    assert len({c["name"] for c in GOLD["case"]}) == len(GOLD["case"]) >= 25


@pytest.mark.parametrize("case", GOLD["case"], ids=lambda c: c["name"].replace(" ", "-"))
def test_bounds_are_those_of_a_careful_reader(case):
    found, claims = counted(case)
    assert all(claims), f"nothing was read from a report: {claims}"
    why = [(f.kind.value, f.shown, f.reason) for f in found.foldings]
    assert (found.low, found.high) == (case["low"], case["high"]), why
    assert set(case.get("kinds", ())) <= {kind for kind, _, _ in why}, why
    assert all(reason for _, _, reason in why)
