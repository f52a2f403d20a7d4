"""Documents: two statements that report one paper, and the look-alikes that do not."""

import pytest
from trace_samples import claimed, report, said

from onrecord.records import LinkKind, Passage, Sort
from onrecord.trace import count, link

WHAT = "the quay is four metres too short"


def telling(name, who, published="2031-03-03", sort=Sort.SPEECH):
    r = report(name, f"Number {name}. {WHAT}, according to {who}.", f"Paper {name}", published)
    at = r.text.index(who)
    return r, said(name, r, WHAT, speaker_passages=(Passage(at, at + len(who)),), sort=sort)


def found(*rows, speakers):
    reports, statements = zip(*rows, strict=True)
    links = link(reports, statements, speaker_of={s.id: e for s, e in zip(statements, speakers, strict=True)})
    return [k for k in links if k.kind is LinkKind.DOCUMENT]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Harbour Board's summary", "a report by the Harbour Board"),
        ("a review of the Harbour Board", "the Harbour Board's findings"),
        ("a memo from the Harbour Board", "the Harbour Board memorandum"),
        ("a document of the Harbour Board", "the report that the Harbour Board published"),
    ],
)
def test_one_author_and_one_sort_of_paper(one, other):
    (k,) = found(telling("a", one), telling("b", other, "2031-03-09"), speakers=["board", "board"])
    assert k.shown and one in k.reason and other in k.reason and "one author" in k.reason


@pytest.mark.parametrize(
    ("one", "other", "day", "speakers"),
    [
        ("the Harbour Board's summary", "a report by the Dock Union", "2031-03-04", ["board", "union"]),
        ("the Harbour Board's summary", "a report by the Harbour Board", "2031-04-04", ["board", "board"]),
        ("the Harbour Board's letter", "a report by the Harbour Board", "2031-03-04", ["board", "board"]),
        ("the Harbour Board", "a report by the Harbour Board", "2031-03-04", ["board", "board"]),
        ("the Audit Office", "the Audit Office's head", "2031-03-04", ["audit", "audit"]),
        ("the Harbour Board's statement", "a statement by the Harbour Board", "2031-03-08", ["board", "board"]),
        ("a report", "the report", "2031-03-04", [None, None]),
        ("Annual Report", "the Annual Report", "2031-03-04", [None, None]),
    ],
)
def test_look_alikes(one, other, day, speakers):
    assert found(telling("a", one), telling("b", other, day), speakers=speakers) == []


def test_a_title_is_known_without_an_author():
    (k,) = found(
        telling("a", "the North Quay White Paper"), telling("b", "North Quay White Paper", "2031-03-20"),
        speakers=[None, "someone"],
    )  # fmt: skip
    assert "one title" in k.reason


def test_what_the_reader_calls_a_document_is_one_in_any_language():
    rows = [telling(n, "доклад портового совета", sort=Sort.DOCUMENT) for n in "ab"]
    assert len(found(*rows, speakers=["board", "board"])) == 1


def test_undated_and_one_report_say_nothing():
    assert found(*(telling(n, "the Board's report", None) for n in "ab"), speakers=["board", "board"]) == []
    r, s = telling("a", "the Board's report")
    again = said("again", r, "Number", speaker_passages=s.speaker_passages)
    assert found((r, s), (r, again), speakers=["board", "board"]) == []


def test_retellings_meet_in_the_document_even_where_the_first_says_something_else():
    whose = (("a", "the Board's report", 2), ("d", "the Board's report", 8), ("e", "a report of the Board", 3))
    rows = [telling(n, who, f"2031-03-0{day}") for n, who, day in whose]
    reports, statements = zip(*rows, strict=True)
    speakers = {s.id: "board" for s in statements}
    links = [k for k in link(reports, statements, speaker_of=speakers) if k.kind is LinkKind.DOCUMENT]
    claims = [claimed(r.name, r, WHAT, s) for r, s in rows[1:]]  # not of "a", with which both are linked
    origins = count(claims, links, reports=reports, statements=statements, speaker_of=speakers)
    assert (origins.low, origins.high) == (1, 1) and origins.foldings[0].kind is LinkKind.DOCUMENT


def test_thousands_that_report_one_paper_are_a_star():
    rows = [telling(f"{i:04d}", "the Board's report") for i in range(1500)]
    links = found(*rows, speakers=["board"] * len(rows))
    assert len(links) == 1499 and {k.left for k in links} == {"s-0000"}
