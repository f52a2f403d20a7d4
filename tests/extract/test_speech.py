"""The grammar reader on marked text: every rule has cases it takes and look-alikes it must refuse."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.document import Document
from onrecord.extract.speech import GrammarReader
from onrecord.extract.statements import MIN_SCORE
from onrecord.records import Passage, Report

CASES = Path(__file__).parent.parent / "cases" / "speech.txt"
MARKS = {"[": "source", "<": "cue", "{": "content"}
CLOSING = {"]", ">", "}"}


def document(text):
    report = Report(id="r", name="r", url=None, original="", media_type="text/plain", text=text, title=None,
                    title_passage=None, byline=None, outlet=None, language="en", published=None)  # fmt: skip
    return Document(report)


@dataclass
class Case:
    text: str
    roles: dict
    refused: bool
    more: bool


def case(line):
    refused, more = line.startswith("! "), line.startswith("+ ")
    line = line[2:] if refused or more else line
    text, roles, opened = "", {"source": [], "cue": [], "content": []}, []
    for c in line.replace("¶", "\n"):
        if c in MARKS and not refused:
            opened.append((MARKS[c], len(text)))
        elif c in CLOSING and not refused:
            role, start = opened.pop()
            roles[role].append((start, len(text)))
        else:
            text += c
    return Case(text, roles, refused, more)


def lines():
    return [x for x in CASES.read_text("utf-8").splitlines() if x and not x.startswith("#")]


def found(text):
    return [a for a in GrammarReader().attributions(document(text)) if a.because.score >= MIN_SCORE]


@pytest.mark.parametrize("line", lines())
def test_marked_cases(line):
    c = case(line)
    got = found(c.text)
    if c.refused:
        assert not got, [(c.text[a.cue[0].start : a.cue[0].end], a.because.rule) for a in got]
        return
    want = {k: [c.text[a:b] for a, b in v if a < b] for k, v in c.roles.items()}
    have = [{"source": [c.text[a:b] for a, b in x.source], "cue": [c.text[a:b] for a, b in x.cue],
             "content": [c.text[a:b] for a, b in x.content]} for x in got]  # fmt: skip
    if "[]" in line:
        have = [{**h, "source": []} for h in have]
    assert want in have
    assert c.more or len(have) == 1, have
