"""Who said it first, and through whom: told with the origins of a position, each reason once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord import flow
from onrecord.beat import parse
from onrecord.cli import cli
from onrecord.ledger import open as open_ledger
from onrecord.tell.first import told_first

BEAT = parse("""
[beat]
name = "ferry"
title = "A ferry"

[[entity]]
key = "skua"
kind = "system"
name = "Skua-2"
source = "invented"

[[property]]
name = "cost"
means = "what it costs"
value = "money"
cues = ['will cost']
single = true

[[outlet]]
key = "wire"
name = "Rimmel News Agency"
kind = "agency"
family = "wire"
state = "independent"
reliability = "C"
""")
STORY = (
    "Two tugs brought the hull from the yard behind the mill before the fog had lifted, and nobody paid them for it. "
    "\"Skua-2 will cost 40 million euros, and not one euro more,\" Maud Lind told the island council. "
    "The council met behind closed doors until late, while a crowd outside sang the songs of the last strike."
)  # fmt: skip
PAPERS = {
    "a.txt": f"The Coast Post\n\n5 March 2031\n\nFerry to cost 40 million euros, says Lind\n\n{STORY}",
    "b.txt": f"Rimmel News Agency\n\n4 March 2031\n\nNew ferry will cost 40 million euros\n\n{STORY}",
    "c.txt": f"The Sandholm Gazette\n\n5 March 2031\n\nCouncil hears price of the new ferry\n\n{STORY}",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for name, text in PAPERS.items():
        (tmp_path / name).write_text(text, "utf-8")
    with open_ledger(tmp_path / "l.db") as book:
        flow.add(book, [str(tmp_path / n) for n in PAPERS], beat=BEAT, recorded_at="2031-05-01T08:00:00Z")
    return tmp_path / "l.db"


def run(path: Path, *words: str) -> str:
    done = CliRunner().invoke(cli, ["origins", "--property", "cost", *words, "--ledger", str(path)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_agency_that_others_copy_said_it_first(path):
    told = " ".join(run(path).split())
    assert "said first on record by Maud Lind, in Rimmel News Agency, 2031-03-04 (b.txt)" in told
    row = json.loads(run(path, "--json").splitlines()[0])
    assert [c["name"] for c in row["first"]] == ["b.txt"]


def test_each_reason_names_the_source_and_stands_once(path):
    row = json.loads(run(path, "--json").splitlines()[0])
    sides = {frozenset((f["left"]["name"], f["right"]["name"])) for f in row["foldings"]}
    assert sides == {frozenset(("a.txt", "b.txt")), frozenset(("c.txt", "b.txt"))}
    told = [line for line in run(path).splitlines() if line.startswith("shown  copy")]
    assert len(told) == 2


def test_of_two_on_one_day_who_copies_is_not_first(tmp_path):
    later = {**PAPERS, "b.txt": PAPERS["b.txt"].replace("4 March", "5 March")}
    later["a.txt"] = later["a.txt"].replace("Two tugs", "ULVER (Rimmel News Agency) – Two tugs")
    for name, text in later.items():
        (tmp_path / name).write_text(text, "utf-8")
    with open_ledger(tmp_path / "l.db") as book:
        flow.add(book, [str(tmp_path / n) for n in later], beat=BEAT, recorded_at="2031-05-01T08:00:00Z")
    told = " ".join(run(tmp_path / "l.db").split())
    assert "(b.txt)" in told and "; or " in told and "(a.txt)" not in told.partition("shown")[0]


def test_a_report_of_no_known_outlet_is_named_once() -> None:
    row = {"speaker": "Maud Lind", "via": (), "outlet": "b.txt", "published": "2031-03-04", "name": "b.txt"}
    assert told_first([row]) == "said first on record by Maud Lind, in b.txt, 2031-03-04"
