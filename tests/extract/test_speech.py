"""The grammar reader on marked text: every rule has cases it takes and look-alikes it must refuse."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import document
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract import speech
from onrecord.extract.speech import GrammarReader
from onrecord.extract.statements import MIN_SCORE
from onrecord.extract.trust import shares
from onrecord.records import Passage

CASES = Path(__file__).parent.parent / "cases" / "speech.txt"
MARKS = {"[": "source", "<": "cue", "{": "content"}
CLOSING = {"]", ">", "}"}


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


PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "'",
        "‘",
        "’",
        "«",
        "»",
        " said",
        " according to",
        " Lund",
        " the minister",
        ", ",
        ". ",
        "\n",
        " that",
        ": ",
        " —",
        "\u200f",
        "e\u0301",
        "😀",
        "\0",
        " he",
        " reportedly",
        "''",
        "?",
        "LUND: ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_gives_passages_inside_it(text):
    doc = document(text)
    got = GrammarReader().attributions(doc)
    for i, a in enumerate(got):
        assert a.cue and a.content
        for p in (*a.source, *a.cue, *a.content):
            assert 0 <= p.start < p.end <= len(text)
        assert a.nested_in is None or (a.nested_in != i and 0 <= a.nested_in < len(got))
    assert got == GrammarReader().attributions(document(text))


@pytest.mark.parametrize("unit", ['"', '"a ', "he said ", '"a," he said. ', " 'a", "a, ", "that ", "A. ",
                                  "Anna: b c de\n",
                                  "\0", ".",
                                  "“abc def ghi jkl\n", "reportedly ", "(a ", "‘a b c d, \n"])  # fmt: skip
def test_long_and_broken_texts_are_read(unit):
    text = (unit * 10000)[:12000]
    for a in GrammarReader().attributions(document(text)):
        assert all(p.end <= len(text) for p in a.content)


def test_a_line_of_200_000_characters_is_read():
    text = "Trams run. " * 18200 + '"We go," Lund said.'
    got = found(text)
    assert [text[p.start : p.end] for p in got[-1].content] == ["We go,"]


@pytest.mark.parametrize("unit", ["said ", "who said ", "X said, Y said, "])
def test_a_line_of_200_000_characters_of_nothing_but_cues_is_read(unit):
    text = (unit * 40_000)[:200_000]
    assert all(p.end <= len(text) for a in GrammarReader().attributions(document(text)) for p in a.content)


def test_what_is_said_inside_a_quotation_points_at_it():
    text = '"Some papers say that the pier is lost," Orr said.'
    inner = next(a for a in found(text) if text[a.cue[0].start : a.cue[0].end] == "say")
    outer = GrammarReader().attributions(document(text))[inner.nested_in]
    assert text[outer.source[0].start : outer.source[0].end] == "Orr"


def test_the_grammar_leaves_names_to_others():
    assert GrammarReader().names(document("Ana Lund left.")) == ()


def test_passages_are_passages():
    assert all(isinstance(p, Passage) for a in found('"Yes," Orr said.') for p in (*a.source, *a.cue, *a.content))


def test_a_score_says_how_often_such_attributions_are_right():
    scores = [found(x)[0].because.score for x in (
        '"We go in June," Ana Orr said.', "The bank said the trams will go in June.", "Orr mocked the new timetable.",
    )]  # fmt: skip
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0.9 > scores[2]


def test_what_stands_inside_another_content_is_less_sure():
    outer, inner = found("The agency said that Orr said the trams will go in June.")
    assert (outer.nested_in, inner.nested_in) == (None, 0)
    assert inner.because.score < outer.because.score


def test_the_measured_shares_are_of_rules_that_exist():
    folder = Path(speech.__file__).parent
    code = "".join((folder / f"{name}.py").read_text("utf-8") for name in
                   ("rules", "phrasal", "attitudes", "labels"))  # fmt: skip
    for rule, cue in shares():
        assert f'"{rule}"' in code
        assert cue in ("plain", "other")
        assert 0.4 <= shares()[rule, cue] <= 1
