"""The path from a claim to the words, told in sentences; each rule of coreference has its own."""

import re
from pathlib import Path

import pytest

import onrecord
from onrecord.ledger import open as open_ledger
from onrecord.tell import screen
from onrecord.tell.why import REASONS, meant, why, why_row

STEP = {"words": "he", "means": "Ada Venn", "of": "speaker", "rule": "coreference.last-speaker", "score": 0.8}


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({}, "“he” stands for Ada Venn: the one who spoke last before."),
        ({"rule": "other.rule"}, "“he” stands for Ada Venn."),
        ({"means": "unsure", "rule": "coreference.unsure"},
         "Who is meant by “he” could not be told; nobody was put in its place."),
        ({"words": "Monday", "means": "unsure", "rule": "statements.occasion", "of": "words"},
         "“Monday” tells on which occasion it was said."),
        ({"words": "every euro has been found", "means": "the line", "of": "clause", "rule": "claims.subject-before"},
         "The claim's own words do not name its subject. It was taken to be the line: what was spoken of just before."),
        ({"words": "ordered", "of": "cue", "rule": "claims.speaker"},
         "“ordered” tells what Ada Venn did; so Ada Venn is the subject."),
    ],
)  # fmt: skip
def test_a_step_is_a_sentence(step, told):
    assert meant(STEP | step) == told


def test_every_rule_of_a_step_in_the_code_is_told():
    code = "".join(p.read_text("utf-8") for p in (Path(onrecord.__file__).parent / "extract").rglob("*.py"))
    rules = set(re.findall(r'Step\([^)]*rule="([\w.-]+)"', code)) - {"coreference.unsure", "statements.occasion"}
    assert rules and rules <= set(REASONS)


def test_every_claim_of_the_example_is_told_with_each_passage_once(railway_db, capsys):
    with open_ledger(railway_db, create=False) as ledger:
        view = ledger.view()
        found = [why_row(view, c) for c in view.claims() if c.steps][:12]
        assert found
        for row in found:
            screen.show(*why(row))
            out = capsys.readouterr().out
            assert "taken to be unsure" not in out and "which words say what" in out and row["original"][:16] in out
            places = re.findall(r"  (\d+–\d+)\s", out)
            assert len(places) == len(set(places))
