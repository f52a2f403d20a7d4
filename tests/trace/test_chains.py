"""Chains and occasions: the innermost speaker, the day, and speeches met twice."""

from datetime import date

import pytest
from trace_samples import claimed, report, said

from onrecord.trace.chains import children, innermost, occasion_day, speeches

TEXT = "The radio said that the agency said that the mayor said that forty cars fit on it."


def test_the_innermost_statement_that_holds_the_evidence():
    r = report("a", TEXT)
    radio = said("1", r, "the agency said that the mayor said that forty cars fit on it")
    agency = said("2", r, "the mayor said that forty cars fit on it", parent=radio.id)
    mayor = said("3", r, "forty cars fit on it", parent=agency.id)
    all_ = {s.id: s for s in (radio, agency, mayor)}
    inside = children(all_.values())
    assert innermost(claimed("x", r, "forty cars fit", radio), all_, inside) == mayor
    assert innermost(claimed("y", r, "the agency said", radio), all_, inside) == radio
    assert innermost(claimed("z", r, "forty cars fit"), all_, inside) is None


def test_statements_inside_each_other_end():
    r = report("a", TEXT)
    one, two = said("1", r, TEXT, parent="s-2"), said("2", r, TEXT, parent="s-1")
    all_ = {s.id: s for s in (one, two)}
    assert innermost(claimed("x", r, "forty cars", one), all_, children(all_.values())) in (one, two)


@pytest.mark.parametrize(
    ("said_at", "published", "day"),
    [
        ("2031-03-02", "2031-03-04", date(2031, 3, 2)),
        (None, "2031-03-04", date(2031, 3, 4)),
        ("2031", "2031-03-04", date(2031, 3, 4)),
        ("2031", "2031-03", None),
        (None, None, None),
    ],
)
def test_the_day_is_as_said_where_that_is_precise(said_at, published, day):
    assert occasion_day(said_at, report("a", "", published=published)) == day


def test_what_thousands_repeat_is_a_star():
    words = "the new ferry will carry forty cars"
    reports = {r.id: r for r in (report(f"{i:04d}", f"{words}, he said.") for i in range(3000))}
    statements = [said(r.name, r, words) for r in reports.values()]
    links = speeches(statements, reports, {s.id: "e1" for s in statements})
    assert len(links) == 2999 and {k.left for k in links} == {"s-0000"}
