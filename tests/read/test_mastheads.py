"""The outlet in the head of a plain text: each form that a rule takes, and look-alikes that it must refuse."""

# ruff: noqa: E501  (one case a line)

import pytest

from onrecord.read import read
from onrecord.records import Original

PROSE = "The harbour office of Sandholm said that the ferry Aurora II will carry forty cars from May onwards."
TITLE = "Ferry to carry forty cars from May"


def report(text, name="a.txt", **more):
    (found,), problems = read(Original(name=name, url=None, data=text.encode(), **more))
    assert not problems
    return found


TAKEN = [
    (f"The Sandholm Gazette\n4 March 2031\n\n{TITLE}\n\n{PROSE}", "Sandholm Gazette", "masthead"),
    (f"The Sandholm Gazette\n\n{TITLE}\n\nBy Ada Venn\n\n{PROSE}", "Sandholm Gazette", "masthead"),
    (f"COAST COURIER\nThursday, 20 March 2031\n{TITLE}\n\n{PROSE}", "Coast Courier", "masthead"),
    (f"The Coast Post\n\n{TITLE}\n\n{PROSE}", "Coast Post", "masthead"),
    (f"Rimmel News Agency\n\n{TITLE}\n\n{PROSE}", "Rimmel News Agency", "masthead"),
    (f"SANDHOLM GAZETTE, 4 March 2031\n\n{TITLE}\n\n{PROSE}", "Sandholm Gazette", "masthead with date"),
    (f"Coast Post | Thursday, 20 March 2031 | p. 4\n\n{TITLE}\n\n{PROSE}", "Coast Post", "masthead with date"),
    (f"4 March 2031 · The Coast Post\n\n{TITLE}\n\n{PROSE}", "Coast Post", "masthead with date"),
    (f"BBQ NEWS OF THE COAST WEEKLY, 4 March 2031\n\n{TITLE}\n\n{PROSE}", "BBQ News of the Coast Weekly", "masthead with date"),
    (f"Outlet: Saltmarch Plain Dealer\n\n{TITLE}\n\n{PROSE}", "Saltmarch Plain Dealer", "label"),
    (f"{TITLE}\n\nPublished in the Sandholm Gazette\n\n{PROSE}", "Sandholm Gazette", "label"),
    (f"By Ada Venn, Coast Courier\n\n{TITLE}\n\n{PROSE}", "Coast Courier", "byline"),
    (f"{TITLE}\n\nBy Ada Venn and Bo Reed, Coast Courier\n\n{PROSE}", "Coast Courier", "byline"),
    (f"{TITLE}\n\nBy Ada Venn, Harbour Editor, Coast Courier\n\n{PROSE}", "Coast Courier", "byline"),
    (f"{TITLE}\n\nBy Ada Venn for the Coast Courier\n\n{PROSE}", "Coast Courier", "byline"),
    (f"{TITLE}\n\nBy Ada Venn\nCoast Courier\n\n{PROSE}", "Coast Courier", "below the byline"),
    (f"{TITLE}\n\nSANDHOLM, 12 March (Coast Courier) – {PROSE}", "Coast Courier", "dateline"),
    (f"Harbour Watch\n\nMarch 4, 2031\n\n{TITLE}\n\n{PROSE}", "Harbour Watch", "masthead"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "outlet", "rule"), TAKEN)
def test_an_outlet_in_the_head_is_seen_and_is_no_title(text, outlet, rule):
    r = report(text)
    assert (r.outlet, r.outlet_rule) == (outlet, rule) and r.title == TITLE and r.text == text


@pytest.mark.parametrize(
    "head",
    [
        TITLE,
        "Mayor Sues Herald\nThe case opens in the harbour court",
        "Exports Hit New Record\nSteel leads the way as mills reopen\nBy Ada Venn",
        "EXPORTS HIT RECORD\n4 March 2031\nSteel leads the way as mills reopen",
        "Party Elects New Leader, 4 March 2031",
        "Latest News\nFerry to carry forty cars",
        "World News | 4 March 2031",
        "Hard Times\nThe yards of the coast count their losses",
        "The Harbour Review\nBy Ada Venn",
        "Interview With The Herald, 4 March 2031",
        "SANDHOLM, 4 March 2031",
        f"{TITLE}\nBy Ada Venn, Political Reporter",
        f"{TITLE}\nBy Karl Ostvik, Union Leader",
        f"{TITLE}\nBy Ada Venn in Sandholm",
        f"{TITLE}\nBy Rimmel Press Agency",
        f"{TITLE}\nBy Ada Venn, Rimmel Press Agency",
        "The Herald",
        "Harbour Watch\n4 March 2031\nThe mayor counts the boats",
        f"Harbour Watch\n\n{TITLE}, says council\n\n4 March 2031",
        "Quiet Harbour\n\n4 March 2031\n\nThe mayor counts the boats",
        "Harbour Watch\n\n4 March 2031",
    ],
)
def test_a_headline_or_a_reporter_is_no_outlet(head):
    r = report(f"{head}\n\n{PROSE}")
    assert (r.outlet, r.outlet_rule) == (None, None)


def test_a_masthead_with_its_date_above_prose_leaves_the_text_without_a_title():
    r = report(f"Rimmel News Agency\n\nApril 15, 2031\n\n{PROSE}")
    assert (r.outlet, r.outlet_rule, r.title, r.published) == ("Rimmel News Agency", "masthead", None, "2031-04-15")


def test_an_agency_in_a_dateline_is_credited_and_no_outlet():
    assert report(f"{TITLE}\n\nSANDHOLM, 12 March (Rimmel News Agency) – {PROSE}").outlet is None


def test_the_date_of_a_masthead_counts_and_its_line_is_masked():
    r = report(TAKEN[5][0])
    assert r.published == "2031-03-04" and r.furniture[0] == (0, len("SANDHOLM GAZETTE, 4 March 2031"))


def test_markdown_headings_and_emphasis():
    r = report(f"# The Sandholm Gazette\n\n## {TITLE}\n\n*4 March 2031*\n\n{PROSE}", "a.md")
    assert (r.outlet, r.title, r.published) == ("Sandholm Gazette", TITLE, "2031-03-04")
    r = report(f"# {TITLE}\n\n**Coast Courier, 12 March 2031**\n\n{PROSE}", "a.md")
    assert (r.outlet, r.title, r.published) == ("Coast Courier", TITLE, "2031-03-12")
    r = report(f"---\noutlet: Coast Echo\n---\n# {TITLE}\n\nBy Ada Venn, Coast Courier\n\n{PROSE}", "a.md")
    assert (r.outlet, r.outlet_rule, r.byline) == ("Coast Echo", "front matter", "Ada Venn")


def test_what_was_given_goes_before_what_the_text_names():
    r = report(TAKEN[0][0], outlet="Coast Echo")
    assert (r.outlet, r.outlet_rule, r.title) == ("Coast Echo", "given", TITLE)


def test_the_byline_is_the_reporter_alone():
    assert report(f"{TITLE}\n\nBy Ada Venn, Coast Courier\n\n{PROSE}").byline == "Ada Venn"
