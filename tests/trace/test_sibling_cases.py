"""Siblings on marked pairs: disguises are found with what was exchanged, two honest reports of one event are not."""

import re
import tomllib
from pathlib import Path

import pytest
from trace_samples import report, story

from onrecord.records import LinkKind
from onrecord.trace import link

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "siblings.toml").read_text("utf-8"))


def filled(text):
    return re.sub(r"\{(\w+)\}", lambda m: CASES["texts"][m[1]].strip(), text)


def changed(text, pairs):
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    return text


def texts(case):
    left = filled(case["left"])
    right = changed(left, case["exchange"]) if "exchange" in case else filled(case["right"])
    return left, changed(right, case.get("change", ()))


def test_there_are_enough_pairs():
    assert sum(c["sibling"] for c in CASES["pair"]) >= 15
    assert sum(not c["sibling"] for c in CASES["pair"]) >= 10


@pytest.mark.parametrize("case", CASES["pair"], ids=lambda c: c["name"].replace(" ", "-"))
def test_pairs(case):
    left, right = texts(case)
    rows = [report("a", left), report("b", right, published="2031-03-05"), report("x", story(1)), report("y", story(2))]
    found = link(rows)
    siblings = [k for k in found if k.kind is LinkKind.SIBLING]
    assert [(k.left, k.right) for k in siblings] == [("r-a", "r-b")] * case["sibling"], [k.reason for k in found]
    for k in siblings:
        assert k.shown and all(words in k.reason for words in case.get("says", ())), k.reason
        assert k.left_passages and len(k.left_passages) == len(k.right_passages)


def test_in_a_crowd_the_pairs_are_those_of_the_gold():
    """All texts at once: nothing new joins."""
    names = sorted(CASES["texts"])
    found = link([report(n, CASES["texts"][n].strip()) for n in names])
    pairs = {(k.left, k.right) for k in found if k.kind is LinkKind.SIBLING}
    assert pairs == {(f"r-{n}", f"r-{n}_again") for n in ("bridge", "clinic", "harvest", "tram")}
