"""The gold of origins: reports as people write them, through extraction and resolution, to bounds."""

import tomllib
from pathlib import Path

import pytest
from origin_samples import origins, reports_of

from onrecord.beat import load

ROOM = Path(__file__).parent.parent / "cases"
GOLD = tomllib.loads((ROOM / "origins.toml").read_text("utf-8"))
BEAT = load(ROOM / "origins_beat.toml")
PROPERTY = "cost"


def counted(case):
    """Origins of the case, and how many claims each report gave."""
    reports = reports_of(case["reports"], GOLD["blocks"], first=0, day="2031-03-03")
    found, wanted = origins(reports, BEAT, PROPERTY)
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
