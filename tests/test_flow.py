"""The whole flow on the example beat: the digest depends on nothing but what was read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from onrecord import flow
from onrecord.beat import BUNDLED, load
from onrecord.errors import WrongCall
from onrecord.ledger import Ledger, digest
from onrecord.ledger import open as open_ledger
from onrecord.tell.coverage import coverage
from onrecord.tell.news import News, span
from onrecord.tell.shelf import Shelf

FILES = sorted(str(p) for p in (BUNDLED / "railway").rglob("*") if p.is_file() and p.name != "README.md")
LATER = "2032-01-01T00:00:00Z"


def made(files: list[str], *, at: str = "2031-05-01T08:00:00Z", workers: int = 1) -> str:
    with open_ledger(":memory:") as ledger:
        flow.add(ledger, files, beat=load("railway"), recorded_at=at, workers=workers)
        return digest(ledger)


def test_another_order_another_day_and_more_workers_give_the_same_digest():
    shuffled = list(FILES)
    random.Random(4).shuffle(shuffled)
    assert made(FILES) == made(shuffled, at=LATER, workers=2)


def test_adding_again_and_rebuilding_change_nothing():
    with open_ledger(":memory:") as ledger:
        first = flow.add(ledger, FILES[:12], beat=load("railway"), recorded_at="2031-05-01T08:00:00Z")
        before = digest(ledger)
        again = flow.add(ledger, FILES[:12], beat=None, recorded_at=LATER)
        assert (again.reports, again.new) == (first.reports, 0) and digest(ledger) == before
        flow.derive(ledger)
        assert digest(ledger) == before
        assert flow.reread(ledger, beat=None, recorded_at=LATER) == 0 and digest(ledger) == before


def test_reading_again_with_a_grown_beat_adds_a_reading_beside_the_old_one(tmp_path: Path):
    source = (BUNDLED / "railway.toml").read_text("utf-8")
    grown = (
        source
        + '\n[[property]]\nname = "bored_twice"\nmeans = "a property nobody uses"\nvalue = "text"\ncues = ["zzz"]\n'
    )
    (tmp_path / "grown.toml").write_text(grown, "utf-8")
    with open_ledger(":memory:") as ledger:
        flow.add(ledger, FILES[:3], beat=load("railway"), recorded_at="2031-05-01T08:00:00Z")
        reports = ledger.view().counts()["reports"]
        assert ledger.view().counts()["readings"] == reports > 0
        assert flow.reread(ledger, beat=load(tmp_path / "grown.toml"), recorded_at=LATER) == reports
        assert ledger.view().counts()["readings"] == 2 * reports


def front(ledger: Ledger, at: str | None = None) -> set[str]:
    """Versions of the readings that stand in front."""
    view = ledger.view(at)
    return {view.reading(r.id).version for r in view.reports()}


def test_the_reader_asked_for_last_is_the_one_in_front():
    first, second, third = "2031-05-01T08:00:00Z", "2031-06-01T08:00:00Z", "2031-07-01T08:00:00Z"
    with open_ledger(":memory:") as ledger:
        flow.add(ledger, FILES[:2], beat=load("railway"), recorded_at=first)
        by_grammar, before = front(ledger), digest(ledger)
        assert flow.reread(ledger, beat=None, recorded_at=second, reader="fast") > 0
        by_fast = front(ledger)
        assert by_fast.isdisjoint(by_grammar) and digest(ledger) != before
        assert flow.reread(ledger, beat=None, recorded_at=third) == 0
        assert front(ledger) == by_grammar and not ledger.view().behind()
        assert front(ledger, second) == by_fast and front(ledger, first) == by_grammar
        assert flow.add(ledger, FILES[:2], beat=None, recorded_at=LATER, reader="fast").new == 0
        assert front(ledger) == by_fast and front(ledger, third) == by_grammar


def test_outlet_and_date_that_a_text_does_not_state_can_be_given_later_and_stay(tmp_path: Path):
    words = "Bridge to open late\n\nThe harbour bridge will open in May, deputy mayor Ida Brandt said on Monday.\n"
    (tmp_path / "a.txt").write_text(words, "utf-8")
    (tmp_path / "b.txt").write_text(words.replace("\n\n", "\n\n2031-03-03\n\n"), "utf-8")
    with open_ledger(":memory:") as ledger:
        one = flow.add(ledger, [str(tmp_path)], beat=None, recorded_at="2031-05-01T08:00:00Z")
        assert one.undated == (str(tmp_path / "a.txt"),) and len(one.no_outlet) == 2
        two = flow.add(
            ledger, [str(tmp_path)], beat=None, recorded_at="2031-06-01T08:00:00Z", published="2031-04", outlet="Quay"
        )
        assert (two.new, two.undated, two.no_outlet) == (2, (), ())

        def shown(at: str | None = None) -> list[tuple[str | None, str | None]]:
            return sorted((r.published or "", r.outlet) for r in ledger.view(at).reports())

        known = [("2031-03-03", "Quay"), ("2031-04", "Quay")]  # a date that the text states is not written over
        assert shown() == known and shown("2031-05-02") == [("", None), ("2031-03-03", None)]
        flow.add(ledger, [str(tmp_path)], beat=None, recorded_at=LATER, reader="fast")
        assert shown() == known
        flow.reread(ledger, beat=None, recorded_at=LATER)
        assert shown() == known
        flow.add(ledger, [str(tmp_path / "a.txt")], beat=None, recorded_at=LATER, outlet="Dock")
        assert shown() == [("2031-03-03", "Quay"), ("2031-04", "Dock")]


@pytest.mark.parametrize("wrong", ["3 March 2031", "2031-13", "", "XXXX-04", "../..", "2031-05/2031-03"])
def test_a_date_that_is_none_is_refused(wrong: str):
    with open_ledger(":memory:") as ledger, pytest.raises(WrongCall, match="not a date"):
        flow.add(ledger, FILES[:1], beat=None, recorded_at=LATER, published=wrong)


def test_a_report_dated_in_the_future_is_kept_with_a_problem_until_its_day_has_come(tmp_path: Path):
    (tmp_path / "a.txt").write_text(
        "Bridge late\n\n5 May 2031\n\nThe bridge opens in June, Ida Brandt said.\n", "utf-8"
    )
    with open_ledger(":memory:") as ledger:
        done = flow.add(ledger, [str(tmp_path)], beat=None, recorded_at="2031-05-03T23:00:00Z")
        assert (done.reports, [p.code for p in done.problems]) == (1, ["future-date"])
        assert "2031-05-05" in done.problems[0].detail and ledger.view().problems() == done.problems
        assert len(ledger.reports()) == 1 and News(Shelf(ledger.view()), *span("2031-W19")).problems == ()
        assert (
            coverage(News(Shelf(ledger.view()), *span("2031-W19")))
            .line()
            .endswith("1 looks wrong: dated in the future")
        )
        assert flow.to_retry(ledger.view()) == ((), ())
        again = flow.add(ledger, [str(tmp_path)], beat=None, recorded_at="2031-05-04T01:00:00Z")
        assert not again.problems and not ledger.view().problems()  # it is the 5th somewhere: no longer ahead


def test_what_was_dated_in_the_future_is_no_problem_once_its_day_came_whatever_is_added(tmp_path: Path):
    for name, day in (("a.txt", "5 May 2031"), ("b.txt", "1 April 2031")):
        (tmp_path / name).write_text(f"Bridge late\n\n{day}\n\nThe bridge opens in June, Ida Brandt said.\n", "utf-8")
    with open_ledger(":memory:") as ledger:
        flow.add(ledger, [str(tmp_path / "a.txt")], beat=None, recorded_at="2031-05-01T08:00:00Z")
        flow.add(ledger, [str(tmp_path / "b.txt")], beat=None, recorded_at="2031-05-02T08:00:00Z")
        assert [p.code for p in ledger.view().problems()] == ["future-date"]
        flow.add(ledger, [str(tmp_path / "b.txt")], beat=None, recorded_at="2031-05-05T08:00:00Z")
        assert ledger.view().problems() == ()
