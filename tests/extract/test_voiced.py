"""Who stands behind a plan or an estimate that the outlet tells without a beat; and who does not."""

import pytest
from builders import report

from onrecord.extract import extract
from onrecord.records import Sort

CASES = [
    ("The coastguard puts the spill at 12 tonnes.", "coastguard", Sort.SPEECH),
    ("An insurer put their worth at 1.3 million euros.", "insurer", Sort.SPEECH),
    ("Analysts at Orsk School put the cost at 4 million euros.", "analysts", Sort.SPEECH),
    ("The power station plans to shut its turbines in May 2033.", "power station", Sort.PLAN),
    ("The Harmony Bloc hopes to win the vote in May 2033.", "Harmony Bloc", Sort.PLAN),
    ("Bridge minister Ada Venn wants to cut the number to fifteen by 2034.", "Ada Venn", Sort.PLAN),
    ("The council has decided to close the pool in May 2033.", "council", Sort.PLAN),
]
LOOK_ALIKES = [
    "The rise puts the rate at 12 percent.",
    "The bill aims to cut the number to fifteen by 2034.",
    "The mayor is expected to open the pool in May 2033.",
    "The pool will open in May 2033.",
    "The approval stands at 51 percent.",
]


def read(text):
    reading = extract(report(text, published="2033-01-04"))
    assert not reading.problems
    return reading


@pytest.mark.parametrize(("text", "who", "sort"), CASES)
def test_who_plans_or_estimates_stands_behind_it(text, who, sort):
    reading = read(text)
    name = {r.id: r.name for r in reading.referents}
    by = {s.id: s for s in reading.statements}
    told = [by[c.statement] for c in reading.claims if c.statement is not None]
    assert [(name[s.speaker].lower().startswith(who.lower()), s.sort) for s in told] == [(True, sort)]
    assert all(c.statement is not None for c in reading.claims)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_nobody_is_named_for_is_the_outlets(text):
    reading = read(text)
    assert reading.statements == () and all(c.statement is None for c in reading.claims)
