"""The whole flow on the example beat: the digest depends on nothing but what was read."""

from __future__ import annotations

import random
from pathlib import Path

from onrecord import flow
from onrecord.beat import BUNDLED, load
from onrecord.ledger import digest
from onrecord.ledger import open as open_ledger

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
