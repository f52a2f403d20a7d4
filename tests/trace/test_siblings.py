"""Siblings: one text in two disguises is flagged with its differences, and an honest second report is not."""

from trace_samples import report, story

from onrecord.records import LinkKind
from onrecord.trace import link

REPORT = """\
The council of Sandholm will buy 3 ferries for 48 million crowns, mayor Kelder told the press on Tuesday.
"We have waited eleven years for a boat that sails in winter," Kelder said. The first ferry takes 64 cars
and 350 people. It is being built in Tarvik, where 212 workers are on the job. "Nobody here has seen a delay
so far," engineer Orsby said. The yard delivered 9 ships in 2030 and 14 in 2029. Norhaven gets the second
boat, Eskmouth the third, by October 2033. "The quay must be ready first, and it is not," inspector Winmoor
told the council. The quay costs 5.5 million crowns.
""".replace("\n", " ")

REWRITTEN = """\
Sandholm is spending money on boats: 3 of them, for 48 million, says its mayor, one Kelder by name. In the
words quoted by the paper, "We have waited eleven years for a boat that sails in winter". Room is for 64
vehicles, and 350 passengers, aboard vessel one. At the yard of Tarvik 212 hands are busy; "Nobody here has
seen a delay so far," claims their engineer Orsby. Output there: 9 hulls during 2030, 14 during 2029. After
that, Norhaven and Eskmouth follow, the last one in October 2033. But "The quay must be ready first, and it
is not," warns Winmoor; price tag 5.5 million.
""".replace("\n", " ")

HONEST = """\
Boats for the islands were the subject of a long meeting on Tuesday. Mayor Kelder named a price of 48
million. Winmoor, who inspects harbours, doubts the date: "I would not book a ticket before the quay
stands." In Tarvik a union man said that 30 welders had left. Opponents want 2 boats, not 3, and point to
the 14 ships that came late in 2029.
""".replace("\n", " ")


def sibling(a, b, *others):
    rows = [report("a", a), report("b", b), *(report(f"x{i}", t) for i, t in enumerate(others))]
    return [k for k in link(rows) if k.kind is LinkKind.SIBLING]


def test_exchanged_places_and_figures_are_listed():
    other = (
        REPORT.replace("Sandholm", "Immerby").replace("48 ", "71 ").replace(" 64 ", " 90 ").replace("Tarvik", "Rastow")
    )
    (found,) = sibling(REPORT, other, story(1), story(2))
    assert "48 / 71" in found.reason and "64 / 90" in found.reason and "Tarvik / Rastow" in found.reason
    assert found.left_passages and found.shown


def test_one_corrected_figure_is_no_disguise():
    assert sibling(REPORT, REPORT.replace("48 ", "71 "), story(1)) == []


def test_a_rewriting_that_keeps_the_skeleton():
    (found,) = sibling(REPORT, REWRITTEN, story(1), story(2))
    assert "in the same order" in found.reason and len(found.left_passages) == len(found.right_passages) > 3


def test_an_honest_second_report_is_no_sibling():
    assert sibling(REPORT, HONEST, story(1)) == []


def test_long_lines_of_quotation_marks_are_bounded():
    assert sibling('"' * 10_000 + "A1 " * 60_000, '"word ' * 10_000) == []
