"""Origins told apart by people: each file of `cases/origins` is some reports, and who of them has it from whom.

The expected groups were written down before the program was asked; `shown` is the upper bound, `perhaps` the lower.
"""

import tomllib
from pathlib import Path

import pytest
from origin_samples import origins, reports_of

from onrecord.beat import load

ROOM = Path(__file__).parent.parent / "cases" / "origins"
BEAT = load(ROOM / "beat.toml")
BLOCKS = tomllib.loads((ROOM / "blocks.toml").read_text("utf-8"))
FILES = sorted(ROOM.glob("[0-9]*.toml"))
PROPERTY = "output"
DAY = "2034-05-06"


def counted(case):
    """Origins of a case, and of each claim the number of its report."""
    found, wanted = origins(reports_of(case["report"], BLOCKS, first=1, day=DAY), BEAT, PROPERTY)
    return found, {c.id: int(c.report.removeprefix("r-")) for c in wanted}


def by_report(groups, report_of):
    return sorted(sorted({report_of[c] for c in g}) for g in groups)


def test_there_are_enough_cases_and_each_says_why():
    cases = [tomllib.loads(f.read_text("utf-8")) for f in FILES]
    assert len({c["title"] for c in cases}) == len(cases) >= 12
    assert all(c["why"] and 2 <= len(c["report"]) <= 6 for c in cases)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_person_and_the_program_see_the_same_origins(file):
    case = tomllib.loads(file.read_text("utf-8"))
    found, report_of = counted(case)
    assert set(report_of.values()) == set(range(1, len(case["report"]) + 1)), "a report gave no claim"
    why = [(f.kind.value, f.shown, f.reason) for f in found.foldings]
    assert by_report(found.groups_high, report_of) == case["shown"], (case["why"], why)
    if "perhaps" in case:
        assert by_report(found.groups_low, report_of) == case["perhaps"], (case["why"], why)
    assert found.low == case.get("low", len(case.get("perhaps", ()))), (case["why"], why)
    assert all(f.reason for f in found.foldings)
