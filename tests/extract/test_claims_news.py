"""Claims as news words them: rates, changes, tables, timetables, papers named after towns. All invented."""

import pytest
from builders import report

from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.extract.clauses import has_verb
from onrecord.records import Kind, Modality, Polarity

BEAT = beats.parse(
    """
[beat]
name = "quay"
title = "The quay at Sandholm"
[[entity]]
key = "bridge"
kind = "facility"
name = "Harbour Bridge"
phrases = ["the bridge"]
[[entity]]
key = "sandholm"
kind = "place"
name = "Sandholm"
[[entity]]
key = "vega-3"
kind = "system"
name = "Vega 3"
[[entity]]
key = "vega-4"
kind = "system"
name = "Vega 4"
[[entity]]
key = "norboat"
kind = "organisation"
name = "Norboat Yard"
[[property]]
name = "traffic"
means = "lorries a day"
value = "quantity"
unit = "lorry"
cues = ["carr(?:y|ies|ied)"]
[[property]]
name = "length"
means = "how long"
value = "quantity"
unit = "km"
cues = ["runs?", "carries"]
[[property]]
name = "top speed"
means = "fastest"
value = "quantity"
unit = "km/h"
cues = ["reach(?:es)?", "(?:top|highest) speed"]
subjects = ["system"]
[[property]]
name = "ferries ordered"
means = "how many"
value = "quantity"
unit = "ferry"
cues = ["order(?:s|ed)?"]
[[property]]
name = "cost"
means = "what it costs"
value = "money"
cues = ["costs?"]
[[property]]
name = "builder"
means = "who builds it"
value = "entity"
cues = ["builder", "built by"]
subjects = ["system"]
objects = ["organisation"]
[[property]]
name = "opens"
means = "when it opens"
value = "date"
cues = ["open(?:s|ed)?"]
[[outlet]]
key = "gull"
name = "The Sandholm Gull"
""".replace("\\\\", "\\")
)


def told(text, prop, **more):
    g = extract(report(text, **more), beat=BEAT)
    assert not g.problems and not g.refusals, (g.problems, g.refusals)
    key = {r.id: r.key or r.name for r in g.referents}
    words = report(text, **more).text
    return [(key.get(c.subject or ""), words[slice(*c.value_passage)], c) for c in g.claims if c.property == prop]


@pytest.mark.parametrize(
    ("text", "modality", "comparator"),
    [
        ("The bridge carries 900 lorries a day.", Modality.ASSERTED, "="),
        ("The bridge may carry up to 900 lorries a day.", Modality.POSSIBLE, "<="),
    ],
)
def test_what_is_counted_may_be_counted_by_the_day(text, modality, comparator):
    [(subject, _, claim)] = told(text, "traffic")
    assert (subject, claim.value.unit, claim.modality) == ("bridge", "lorry/day", modality)
    assert claim.value.comparator == comparator


def test_a_speed_is_no_length():
    assert told("The Vega 3 runs at 40 km/h.", "length") == []


def test_present_tense_is_a_claim():
    [(subject, value, claim)] = told("The Vega 3 reaches 40 km/h.", "top speed")
    assert (subject, value, claim.modality) == ("vega-3", "40 km/h", Modality.ASSERTED)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The bridge carries the mail", True),
        ("The ferry reaches 40 km/h", True),
        ("They ignore it", True),
        ("It isn't so", True),
        ("the loads of the day", False),
        ("nine trains a day", False),
    ],
)
def test_verbs_in_the_present(text, wanted):
    assert has_verb(text, 0, len(text)) is wanted


def test_a_change_is_two_claims():
    found = told("The cost of the bridge will rise from 4.2 billion in 2029 to 4.9 billion euros in 2033.", "cost")
    old, new = sorted(found, key=lambda f: f[2].value.low)
    assert (old[2].value.low, old[2].modality, old[2].holds_at) == (4.2e9, Modality.ASSERTED, "2029")
    assert (new[2].value.low, new[2].modality, new[2].holds_at) == (4.9e9, Modality.PREDICTED, "2033")


def test_the_old_value_has_no_part_in_the_new_date():
    found = told("The order rose from 24 to 30 ferries in March 2031.", "ferries ordered")
    assert sorted((c.value.low, c.holds_at) for _, _, c in found) == [(24, None), (30, "2031-03")]


def test_up_from_tells_the_old_value():
    found = told("The bridge could cost 55 million euros, up from 40 million euros.", "cost")
    assert sorted((c.value.low, str(c.modality)) for _, _, c in found) == [(4e7, "asserted"), (5.5e7, "possible")]


def test_an_order_placed_is_told_as_done():
    [(_, _, claim)] = told("The board has ordered 12 Vega 3 ferries.", "ferries ordered")
    assert (claim.value.low, claim.value.unit, claim.modality) == (12, "ferry", Modality.ASSERTED)


@pytest.mark.parametrize(
    "text", ["The bridge opens daily at 06:20 from Monday.", "The bridge opens at 06:20.", "It opens at 9 a.m."]
)
def test_a_timetable_is_no_opening(text):
    assert told(text, "opens", published="2031-03-03") == []


def test_a_day_with_a_clock_time_is_one():
    [(_, value, claim)] = told("The bridge opens at 06:20 on 5 May 2033.", "opens")
    assert (value, claim.value.date) == ("5 May 2033", "2033-05-05")


def test_a_table_of_one_thing():
    text = "Figures\n\nThe Vega 3 in short.\n| Built by | Norboat Yard |\n|---|---|\n| Top speed | 40 km/h |\n"
    assert [(s, v, str(c.because.rule)) for s, v, c in told(text, "top speed")] == [
        ("vega-3", "40 km/h", "claims.table")
    ]
    assert [(s, v) for s, v, _ in told(text, "builder")] == [("vega-3", "Norboat Yard")]


def test_a_table_with_things_across_and_one_with_things_down():
    across = "Two ferries\n\n| Type | Vega 3 | Vega 4 |\n|---|---|---|\n| Top speed | 40 km/h | 45 km/h |\n"
    down = "Two ferries\n\n| Type | Top speed |\n|---|---|\n| Vega 3 | 40 km/h |\n| Vega 4 | 45 km/h |\n"
    for text in (across, down):
        assert [(s, v) for s, v, _ in told(text, "top speed")] == [("vega-3", "40 km/h"), ("vega-4", "45 km/h")]


def test_a_cell_of_nothing_named_says_nothing():
    assert told("Some ferries\n\n| Type | new |\n|---|---|\n| Top speed | 40 km/h |\n", "top speed") == []


@pytest.mark.parametrize("name", ["Sandholm Gull", "Sandholm Courier", "Sandholm News Agency", "Sandholm Times"])
def test_a_paper_is_no_town(name):
    g = extract(report(f"The bridge is closed, the {name} wrote on Monday. Rain fell on Sandholm."), beat=BEAT)
    kinds = {r.name.removeprefix("The "): r.kind for r in g.referents}
    assert kinds[name] is Kind.ORGANISATION and kinds["Sandholm"] is Kind.PLACE


def test_datelines_and_scraps_say_nothing():
    text = (
        'A bridge\n\n"Sandholm, 3 March 2031," Lund said. "So what," Lund said. "Nobody came to the quay," Lund said.'
    )
    g = extract(report(text), beat=BEAT)
    assert [c.value.text for c in g.claims if c.property == "says"] == ["Nobody came to the quay"]


def test_what_is_denied_is_held_against():
    [(_, _, claim)] = told("Ada Lund denied that the bridge opened in May 2030.", "opens")
    assert (claim.modality, claim.polarity) == (Modality.DENIED, Polarity.NEGATIVE)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund did not rule out that the Vega 3 will reach 50 km/h.",
        "Ada Lund said she could not rule out that the Vega 3 would reach 50 km/h.",
        "The board has never ruled out that the Vega 3 may reach 50 km/h.",
    ],
)
def test_what_is_not_ruled_out_is_possible(text):
    [(_, _, claim)] = told(text, "top speed")
    assert (claim.modality, claim.polarity) == (Modality.POSSIBLE, Polarity.POSITIVE)


def test_what_experts_doubt_is_doubted():
    [(_, _, claim)] = told("Experts doubt that the Vega 3 will reach 50 km/h.", "top speed")
    assert (claim.modality, claim.polarity) == (Modality.DOUBTED, Polarity.NEGATIVE)
