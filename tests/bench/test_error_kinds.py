"""Kinds of error: each has an invented example, and where form alone tells, the example is of its kind."""

import re

import pytest

from bench.error_kinds import ALONE, OUTER, CueKind, Told, Wrong, cue_kind, examples, kind

MARK = re.compile(r"[\[\]<>{}]")
ROLES = {"[": "source", "<": "cue", "{": "content"}
NEEDS_ANOTHER = ("nested in what another said", OUTER, "coordinated cue: its source stands before another")


def told(spans, text):
    at = {role: frozenset(i for a, b in s for i in range(a, b) if text[i].isalnum()) for role, s in spans.items()}
    return Told(spans, **at)


def marked(example):
    """The example's text, and its attribution; of two, the first."""
    text, spans, opened = "", {"source": [], "cue": [], "content": []}, {}
    for part in re.split(r"([\[\]<>{}])", example):
        if part in ROLES:
            opened[ROLES[part]] = len(text)
        elif MARK.fullmatch(part):
            role = {"]": "source", ">": "cue", "}": "content"}[part]
            spans[role].append([opened.pop(role), len(text)])
        else:
            text += part
    return text, told(spans, text)


@pytest.mark.parametrize("name", [name for name, _ in ALONE if name not in NEEDS_ANOTHER])
def test_the_example_is_of_its_kind(name):
    text, it = marked(examples()[name])
    assert kind(Wrong(text, it, None, [it], []), missed=True) == name


def test_nested_ones_are_told_by_their_neighbours():
    text = "The Courier reported that Venn had denied knowing the yard."
    outer = told({"source": [[0, 11]], "cue": [[12, 20]], "content": [[26, 58]]}, text)
    inner = told({"source": [[26, 30]], "cue": [[31, 41]], "content": [[42, 58]]}, text)
    assert kind(Wrong(text, inner, None, [outer, inner], []), missed=True) == "nested in what another said"
    assert kind(Wrong(text, outer, None, [outer, inner], [inner]), missed=True) == OUTER


def test_what_differs_from_the_partner_is_the_kind():
    text = "Venn met Orr, who said the ferry, late as ever, would sail. She left."
    it = told({"source": [[14, 17]], "cue": [[18, 22]], "content": [[23, 58]]}, text)
    for change, name in (
        ({"source": [[0, 4]]}, "another source"),
        ({"source": []}, "source not found"),
        ({"content": [[23, 32]]}, "content too short: cut in the sentence"),
        ({"content": [[0, 68]], "source": [[14, 17]]}, "content too long: goes on behind"),
        ({"source": [[0, 17]]}, "source too long"),
        ({"source": [[0, 4]], "content": [[23, 32]]}, "source and content both wrong"),
    ):
        other = told({**it.spans, **change}, text)
        if name.startswith("content too long"):
            other = told({**other.spans, "content": [[0, 69]]}, text)
            short = told({**it.spans, "content": [[41, 58]]}, text)
            assert kind(Wrong(text, short, other, [short], [other]), missed=True) == name
        else:
            assert kind(Wrong(text, it, other, [it], [other]), missed=True) == name
            assert kind(Wrong(text, other, it, [other], [it]), missed=False) == name


def test_every_kind_has_one_example_of_its_own():
    rows = examples()
    assert {name for name, _ in ALONE} <= set(rows) and len(set(rows.values())) == len(rows)


@pytest.mark.parametrize(
    ("cue", "kind_"),
    [
        ("said", CueKind.SPEECH),
        ("has repeatedly warned", CueKind.SPEECH),
        ("according to", CueKind.PASSED_ON),
        (":", CueKind.SIGN),
        ("", CueKind.NONE),
        ("reportedly", CueKind.HEARSAY),
        ("claim", CueKind.NOUN),
        ("believes", CueKind.BELIEF),
        ("wants", CueKind.PLAN),
        ("is glad", CueKind.STATE),
        ("photographed", CueKind.VERB),
        ("in", CueKind.OTHER),
    ],
)
def test_the_kind_of_a_cue(cue, kind_):
    assert cue_kind(cue) is kind_
