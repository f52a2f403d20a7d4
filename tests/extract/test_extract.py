"""The stage as a whole: pure, bounded, never raising; the same with and without a beat."""

import time

import msgspec
import pytest
from builders import report
from test_names import BEAT

from onrecord import beat as beats
from onrecord.extract import extract, version
from onrecord.extract.speech import GrammarReader
from onrecord.records import Passage, Reading

TEXT = """Rail Minister Karin Holt visited the depot in Vornholm on 3 May 2031.

"The Aurora X-1 is ready," she said. According to the Norland Rail Agency, 40 cars were built by Belgium.

Officials said the line may open in June. The agency denied that it will be sold."""

LONG = 30_000  # characters
SECONDS = 12  # for such a text, on a slow shared core


def test_same_input_same_bytes():
    one, two = (msgspec.json.encode(extract(report(TEXT), beat=BEAT)) for _ in range(2))
    assert one == two and msgspec.json.decode(one, type=Reading) == extract(report(TEXT), beat=BEAT)


def test_everything_points_at_the_text():
    g = extract(report(TEXT), beat=BEAT)
    assert g.statements and g.claims and g.dates and g.quantities and not g.problems
    for m in g.mentions:
        assert TEXT[m.passage.start : m.passage.end] == m.text
    referents = {r.id for r in g.referents}
    assert {m.referent for m in g.mentions} <= referents
    assert all(s.speaker is None or s.speaker in referents for s in g.statements)
    assert all(c.subject is None or c.subject in referents for c in g.claims)
    assert {c.statement for c in g.claims} <= {None, *(s.id for s in g.statements)}


def test_version_depends_on_beat_and_reader():
    reader = GrammarReader()
    assert version(None, reader) != version(BEAT, reader)
    assert extract(report(TEXT)).version == version(None, reader)


def test_nothing_is_read_in_furniture():
    text = "Subscribe to Oslo News for 5 EUR\nThe depot in Vornholm is cold."
    g = extract(report(text, furniture=(Passage(0, 32),)))
    assert all(m.passage.start > 32 for m in g.mentions) and not [q for q in g.quantities if q.passage.start < 32]


def test_a_crash_becomes_a_problem():
    class Broken:
        name, version = "broken", "1"

        def attributions(self, doc):
            raise RuntimeError("no weights")

        def names(self, doc):
            return ()

    g = extract(report(TEXT), reader=Broken())
    assert [p.code for p in g.problems] == ["crash"] and "no weights" in g.problems[0].detail


def test_an_outlet_that_relays_is_an_intermediary():
    g = extract(report('"The line is open," Karin Holt said, according to the Norland Rail Agency.'))
    names = {r.id: r.name for r in g.referents}
    [s] = g.statements
    assert names[s.speaker or ""] == "Karin Holt" and [names[v] for v in s.via] == ["Norland Rail Agency"]


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00", "....", '"' * 10_000, "🚂" * 50, "(" * 5000])
def test_odd_texts(text):
    assert extract(report(text), beat=BEAT).report == "r-1"


@pytest.mark.parametrize(
    "unit", ["a", "Alpha Beta ", "300 km ", "he, when visiting ", "Oslo\n", "Committee of the State and "]
)
def test_long_lines_take_bounded_time(unit):
    started = time.perf_counter()
    g = extract(report(unit * (LONG // len(unit))), beat=beats.load("belarus-arms"))
    assert g.report == "r-1" and time.perf_counter() - started < SECONDS
