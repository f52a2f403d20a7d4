"""The example beat holds what its story page promises: outlets, weeks, devices, and a file that cannot be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache

import pytest

from onrecord import edtf
from onrecord.beat import BUNDLED, Beat, load
from onrecord.extract import extract
from onrecord.read import originals, read
from onrecord.records import Original, Polarity, Problem, Reading, Report

FOLDER = BUNDLED / "railway"
FURNITURE = (
    "cookies",
    "Accept all",
    "Read more",
    "Sign up",
    "All rights reserved",
    "Privacy policy",
    "Get the morning",
)


@lru_cache(maxsize=1)
def everything() -> tuple[Beat, tuple[Report, ...], tuple[Problem, ...]]:
    reports: list[Report] = []
    problems: list[Problem] = []
    for found in originals([str(FOLDER)]):
        if isinstance(found, Original):
            some, bad = read(found)
            reports += some
            problems += bad
        else:
            problems.append(found)
    return load("railway"), tuple(reports), tuple(problems)


def week(report: Report) -> str:
    day = edtf.first_day(report.published)
    assert day is not None
    return edtf.iso_week(day)


def outlet(report: Report) -> str | None:
    row = everything()[0].outlet_of(report.outlet)
    return None if row is None else row.key


def test_forty_reports_in_six_outlets_over_thirteen_weeks() -> None:
    beat, reports, _ = everything()
    assert len(reports) >= 32
    assert {outlet(r) for r in reports} - {None} == {o.key for o in beat.outlets}
    assert len(beat.outlets) == 6
    assert {week(r) for r in reports} == {f"2031-W{n:02}" for n in range(2, 15)}


def test_a_page_tells_its_outlet_and_only_documents_have_none() -> None:
    _, reports, _ = everything()
    assert sorted(r.name for r in reports if outlet(r) is None) == [
        "2031-03-31-audit-office-summary.pdf",
        "2031-04-02-inspectorate-notice-14.txt",
    ]


def test_the_day_in_a_file_name_is_the_day_of_the_report() -> None:
    for r in everything()[1]:
        if r.name.startswith("2031") and not r.name.startswith("2031-02-27-tunnel-water"):  # keeps its first day
            assert r.published == r.name[:10], r.name


def test_every_format_is_there() -> None:
    kinds = Counter(r.media_type for r in everything()[1])
    assert {
        "text/html",
        "text/markdown",
        "text/plain",
        "application/pdf",
        "application/rss+xml",
        "application/jsonl",
        "message/rfc822",
    } <= set(kinds)
    assert kinds["application/rss+xml"] >= 3


def test_reports_are_as_long_as_news_items_are() -> None:
    for r in everything()[1]:
        assert 100 <= len(r.text.split()) <= 400, r.name


def test_one_file_cannot_be_read_and_that_is_meant() -> None:
    assert [(p.code, p.source) for p in everything()[2]] == [("broken-pdf", "2031-04-04-issue-14.pdf")]


def test_only_the_edited_report_has_two_versions_at_one_address() -> None:
    versions: dict[str, list[Report]] = defaultdict(list)
    for r in everything()[1]:
        if r.url is not None:
            versions[r.url].append(r)
    twice = {url: rs for url, rs in versions.items() if len(rs) > 1}
    assert list(twice) == ["https://kuvarra-herald.example/2031/02/25/tunnel-water"]
    first, second = twice["https://kuvarra-herald.example/2031/02/25/tunnel-water"]
    assert "Forty workers" in first.text and "Fourteen workers" in second.text


def test_the_quiet_week_has_two_papers_and_no_word_on_the_line() -> None:
    quiet = [r for r in everything()[1] if week(r) == "2031-W07"]
    assert sorted({outlet(r) or "" for r in quiet}) == ["kuvarra-herald", "zhelmar-courier"]
    assert not [r.name for r in quiet if "Kuvarra line" in r.text or "tunnel" in r.text or "Series 4" in r.text]


def test_the_last_week_has_five_outlets_and_the_sixth_cannot_be_read() -> None:
    beat, reports, _ = everything()
    last = {outlet(r) for r in reports if week(r) == "2031-W14"} - {None}
    assert {o.key for o in beat.outlets} - last == {"sleeper-gauge"}


@pytest.mark.parametrize("words", FURNITURE)
def test_menus_and_banners_are_no_text(words: str) -> None:
    for r in everything()[1]:
        at = r.text.find(words)
        assert at < 0 or any(p.start <= at < p.end for p in r.furniture), r.name


def test_every_row_says_where_its_facts_come_from() -> None:
    beat = everything()[0]
    assert [e.key for e in beat.entities if not e.source] == []
    assert [o.key for o in beat.outlets if not o.reason] == []
    assert [e.key for e in beat.entities for o in e.offices if not o.source] == []


def test_sources_name_reports_that_exist() -> None:
    beat, _, _ = everything()
    for e in beat.entities:
        named = (e.source or "").removeprefix("invented; ").split("; ")[0].split()
        assert list((FOLDER / named[0]).glob(f"{named[1]}*")), (e.key, e.source)


def test_each_outlet_is_expected_once_a_week() -> None:
    beat = everything()[0]
    assert sorted(x.outlet for x in beat.expected) == sorted(o.key for o in beat.outlets)


def test_the_two_designations_are_two_entities() -> None:
    beat = everything()[0]
    variant = beat.entity_of("series-4m")
    assert variant is not None and variant.variant_of == "series-4"


def test_one_man_in_three_spellings_and_two_scripts() -> None:
    minister = everything()[0].entity_of("khotemirenko")
    assert minister is not None and {"Vasil Hotemirenko", "Василь Хотеміренко"} <= set(minister.names)
    spelt = " ".join(r.text for r in everything()[1])
    assert "Vasyl Khotemirenko" in spelt and "Vasil Hotemirenko" in spelt


# ---------------------------------------------------------------- what the reports say, as the program reads it


@lru_cache(maxsize=1)
def readings() -> tuple[tuple[Report, Reading], ...]:
    beat, reports, _ = everything()
    return tuple((r, extract(r, beat=beat)) for r in reports)


def told(name: str, prop: str) -> set[tuple[str | None, str, str | None, Polarity]]:
    """(subject, words of the value, speaker, polarity) of each claim with this property in the report so named."""
    found = set()
    for report, reading in readings():
        if report.name.startswith(name):
            key = {f.id: f.key or f.name for f in reading.referents}
            speaker = {s.id: key.get(s.speaker or "") for s in reading.statements}
            for c in reading.claims:
                if c.property == prop and c.value_passage is not None:
                    words = report.text[c.value_passage.start : c.value_passage.end]
                    found.add((key.get(c.subject or ""), words, speaker.get(c.statement or ""), c.polarity))
    return found


YES, NO = Polarity.POSITIVE, Polarity.NEGATIVE


@pytest.mark.parametrize(
    ("name", "prop", "wanted"),
    [
        ("2031-01-07", "opens", ("kuvarra-line", "June 2033", "khotemirenko", YES)),
        ("2031-02-04", "opens", ("kuvarra-line", "December 2033", "halversted", YES)),
        ("2031-02-06", "opens", ("kuvarra-line", "December 2033", "khotemirenko", YES)),
        ("2031-03-18", "opens", ("kuvarra-line", "April 2034", "khotemirenko", YES)),
        ("2031-01-07", "cost", ("kuvarra-line", "4.2 billion euros", "khotemirenko", YES)),
        ("2031-04-01", "cost", ("kuvarra-line", "4.9 billion euros", "khotemirenko", YES)),
        ("2031-04-02-auditor", "cost", ("kuvarra-line", "6.1 billion euros", "morvath", YES)),
        ("2031-04-02-honest", "cost", ("kuvarra-line", "6.1 billion euros", "khotemirenko", NO)),
        ("2031-01-07", "top speed", ("series-4", "200 km/h", "khotemirenko", YES)),
        ("buffer-stop-archive.jsonl#1", "top speed", ("series-4", "200 km/h", None, YES)),
        ("2031-03-06", "top speed", ("series-4m", "160 km/h", "quintavesk", YES)),
        ("2031-02-19", "trains ordered", ("series-4", "30 trains", "halversted", YES)),
        ("2031-01-21", "delivery", ("series-4", "28 February 2031", "tsereshvik", YES)),
        ("2031-02-26", "status", ("dvenka-tunnel", "suspended", "khotemirenko", NO)),
        ("2031-04-01", "bored", ("dvenka-tunnel", "71 percent", "halversted", YES)),
        ("2031-04-02-auditor", "bored", ("dvenka-tunnel", "71 percent", "aslanbeyrin", YES)),
    ],
)
def test_the_intended_claims_come_out(
    name: str, prop: str, wanted: tuple[str | None, str, str | None, Polarity]
) -> None:
    assert wanted in told(name, prop)


def test_no_claim_holds_furniture() -> None:
    for report, reading in readings():
        for c in reading.claims:
            for p in c.evidence:
                assert not any(f.start < p.end and p.start < f.end for f in report.furniture), report.name
                assert not any(w in report.text[p.start : p.end] for w in FURNITURE), report.name


def test_the_quiet_week_yields_nothing_on_any_topic() -> None:
    names = {p.name for p in everything()[0].properties}
    quiet = [(r.name, c.property) for r, x in readings() for c in x.claims if week(r) == "2031-W07"]
    assert [q for q in quiet if q[1] in names] == []
