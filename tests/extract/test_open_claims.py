"""Claims without a beat: what each figure measures and of what, and events of the common kinds; and look-alikes."""

import time

import pytest
from builders import report
from test_names import BEAT

from onrecord.extract import extract
from onrecord.records import EventValue, Form, Modality, MoneyValue, Polarity, QuantityValue


def opened(text, **more):
    """The open claims of a text, and the names of its referents."""
    g = extract(report(text, **more))
    assert not g.problems, g.problems
    return [c for c in g.claims if c.because.rule.startswith("open.")], {r.id: r.name for r in g.referents}


def figures(text):
    """Each open claim of a figure as (subject, property, scope, low)."""
    found, names = opened(text)
    return [
        (names.get(c.subject or ""), c.property, c.scope, c.value.low)
        for c in found
        if isinstance(c.value, QuantityValue | MoneyValue)
    ]


def events(text):
    """Each open event as (kind, subject, entity, date, place)."""
    found, names = opened(text)
    name = lambda id: names.get(id or "")
    return [
        (c.property, name(c.subject), name(c.value.entity), c.value.date, name(c.value.place))
        for c in found
        if isinstance(c.value, EventValue)
    ]


MEASURED = [
    ("The ferry has a range of 300 km.", ("ferry", "range", None, 300)),
    ("The pier is 90 metres long.", ("pier", "length", None, 90)),
    ("They found dust three inches deep.", ("dust", "depth", None, 3)),
    ("A boom of 900 metres has been laid.", ("boom", "length", None, 900)),
    ("Gusts of 150 km/h were measured.", ("gusts", "speed", None, 150)),
    ("The new bridge cost 3 million euros.", ("new bridge", "cost", None, 3e6)),
    ("Fares rose by a third.", ("fares", "rise of fares", None, 33.3333)),
    ("Fruit sales fell 4 percent.", ("fruit sales", "fall of sales", None, 4)),
    ("The price of bread rose to 5 euros.", ("bread", "price", None, 5)),
    ("Bookings have doubled.", ("bookings", "rise", None, 2)),
    ("The bank cut its key rate to 3 percent.", ("bank", "key rate", None, 3)),
    ("The plant employs 1,240 people.", ("plant", "count of people", "employs", 1240)),
    ("Two hundred and four houses were destroyed.", ("houses", "count of houses", "destroyed", 204)),
    ("There are 140 monitors.", ("monitors", "count of monitors", None, 140)),
    ("The depot holds 900 tonnes of grain.", ("depot", "mass of grain", "holds", 900)),
    ("60 percent of voters backed the plan.", ("voters", "share of voters", "backed", 60)),
    ("The 20-million-euro contract is ready.", ("contract", "value", None, 20e6)),
    ("The yard got a contract worth 20m euros.", ("contract", "value", None, 20e6)),
    ("The harbour office was fined $14,500.", ("harbour office", "fine", None, 14500)),
    ("The old mill was sold for 88,000 euros.", ("old mill", "price", None, 88000)),
    ("The town put the damage at 96 million dollars.", ("damage", "damage", None, 96e6)),
    ("The trial lasted 61 days.", ("trial", "duration", None, 61)),
    ("The board approved it after a review lasting nine weeks.", ("review", "duration", None, 9)),
    ("The works delayed the opening by six weeks.", ("opening", "delay", None, 6)),
    ("The mayor lost eleven seats on 12 May.", ("mayor", "count of seats", "lost", 11)),
    ("The harbour office was fined $14,500 in May.", ("harbour office", "fine", None, 14500)),
    ("Divers have found 14 cracks in the lock wall.", ("divers", "count of cracks", "found", 14)),
    ("In all 214 houses were destroyed.", ("houses", "count of houses", "destroyed", 214)),
    ("The record, from the winter of 1957, stands at 141 days.", ("record", "record", None, 141)),
    ("The office puts inflation at 6.1 percent.", ("inflation", "inflation", None, 6.1)),
    ("The crew now numbers 26 divers.", ("crew", "count of divers", "numbers", 26)),
    ("The bill amounts to 27 million euros.", ("bill", "bill", None, 27e6)),
    ("The motion was defeated by 33 votes to 28.", ("motion", "margin", None, 33)),
    ("The paint has an efficacy of 74 percent.", ("paint", "efficacy", None, 74)),
    ("The school received a payment of 900,000 crowns.", ("school", "payment", None, 900000)),
    ("The novel is 119 pages long.", ("novel", "length", None, 119)),
    ("The pit, which was dug in 1974, is 900 metres deep.", ("pit", "depth", None, 900)),
    ("The lock, planned since 2027, was to have cost 3 million euros.", ("lock", "cost", None, 3e6)),
    ("The donor, Ada Lund, gave the school 250,000 euros.", ("Ada Lund", "sum", "gave", 250000)),
]


@pytest.mark.parametrize(("text", "wanted"), MEASURED, ids=[t for t, _ in MEASURED])
def test_what_is_measured_and_of_what(text, wanted):
    assert wanted in figures(text)


REFUSED = [
    "After three weeks the ferry came back.",  # an adjunct of time
    "She lives in one of 14 countries.",
    "Three officials said that the ferry was late.",  # who spoke, not a claim
    "The two ministers shook hands.",  # no number is claimed of what is known
    "A few people came.",
    "22.00 Polls closed.",
    "It is 24 degrees in the hall.",
    "The bank raised its rate twice this autumn.",
    "Ten-year yields fell.",
    "Lund sat two seats away.",
    "The lift is 300 metres up the hill.",  # where it is
    "The family pays 212 euros more.",
    "The city's 3 million crowns run out.",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_figure_that_measures_nothing_is_no_claim(text):
    assert figures(text) == []


def test_it_is_what_the_sentence_before_was_about():
    found, names = opened("The ferry has a range of 300 km. It weighs 800 tonnes.")
    weight = next(c for c in found if c.property == "weight")
    assert names[weight.subject] == "ferry" and weight.steps[0].because.rule == "claims.subject-before"
    assert figures("It weighs 800 tonnes.") == []  # nothing said what


def test_it_is_what_the_sentence_before_began_with():
    def about(text):
        found, names = opened(text)
        return [names.get(c.subject or "") for c in found]

    assert about("The swimming club is looking for a lake. It has 412 members.") == ["swimming club"]
    assert about("The horn is in a locker at the depot. It weighs 61 kilograms.") == ["horn"]
    assert about("The ferries are old. They carry 40 cars.") == ["ferries"]
    assert about("The club is old, and it has 412 members.") == ["club"]
    assert about("Ada Lund lives at the depot. It weighs 61 kilograms.") == []  # a person is no "it"
    assert about("The ferries are old. It weighs 61 kilograms.") == []
    assert about("The horn is in a locker.\n\nIt weighs 61 kilograms.") == []  # another paragraph


def test_a_figure_has_the_day_and_the_hedge_of_its_own_verb():
    firm = lambda text, prop: [
        (c.modality, c.holds_at) for c in opened(text)[0] if c.property == prop and not isinstance(c.value, EventValue)
    ]
    text = "The pit, which was dug in 1974, is 900 metres deep."
    assert firm(text, "depth") == [(Modality.ASSERTED, None)]
    text = "The line has eleven stations and will cost 4 million euros."
    assert firm(text, "count of stations") == [(Modality.ASSERTED, None)]
    assert firm(text, "cost") == [(Modality.PREDICTED, None)]
    assert firm("The yard employed 900 people in 1974.", "count of people") == [(Modality.ASSERTED, "1974")]
    text = "The price has fallen by 4 percent since the mine opened in 2031."
    assert firm(text, "fall of price") == [(Modality.ASSERTED, "2031")]
    text = "Ana Lund, 66, pleaded not guilty."
    assert firm(text, "age") == [(Modality.ASSERTED, None)]


def test_a_described_subject_is_an_unnamed_referent_with_its_mention():
    text = "The ferry has a range of 300 km."
    g = extract(report(text))
    [ferry] = [r for r in g.referents if r.name == "ferry"]
    [mention] = [m for m in g.mentions if m.referent == ferry.id]
    assert not ferry.named and mention.form is Form.NOMINAL
    assert text[slice(*mention.passage)] == "The ferry"


def test_what_no_claim_is_about_becomes_no_referent():
    g = extract(report("A baker delivered bread to a school. The cat slept."))
    assert not [r for r in g.referents if not r.named]


def test_a_figure_belongs_to_the_statement_whose_words_hold_it():
    text = "The plant employs 300 people. Karin Holt said that the ferry had cost 3 million euros."
    found, _ = opened(text)
    g = extract(report(text))
    voices = {c.property: c.statement for c in found}
    assert voices["count of people"] is None
    assert voices["cost"] == next(s.id for s in g.statements)


def test_will_of_a_thing_predicts_and_of_a_body_plans():
    firm = {t: opened(t)[0][0].modality for t in (
        "The new line will cost 3 million euros.", "The company will hire 900 people.",
        "The union demands 8 percent.", "The union wants 8 percent.", "The board expects a harvest of 900 tonnes.",
    )}  # fmt: skip
    assert list(firm.values()) == [
        Modality.PREDICTED, Modality.PLANNED, Modality.ORDERED, Modality.ORDERED, Modality.PREDICTED,
    ]  # fmt: skip


def test_a_denial_is_negative_and_no_more_than_is_not():
    [c] = opened("The ferry does not carry 40 cars.")[0]
    assert c.polarity is Polarity.NEGATIVE and c.markers
    [c] = opened("The ferry carries no more than 40 cars.")[0]
    assert c.polarity is Polarity.POSITIVE and c.modality is Modality.ASSERTED


HAPPENED = [
    ("Ada Venn met Lars Holm in Vornholm on 3 May 2031.", ("met", "Ada Venn", "Lars Holm", "2031-05-03", "Vornholm")),
    ("Ada Venn held talks with Lars Holm on 3 May 2031.", ("met", "Ada Venn", "Lars Holm", "2031-05-03", None)),
    ("Ada Venn visited Vornholm in May 2031.", ("visited", "Ada Venn", "Vornholm", "2031-05", None)),
    ("Ada Venn signed the pact on 3 May 2031.", ("signed", "Ada Venn", "pact", "2031-05-03", None)),
    ("The pact was signed by Ada Venn on 3 May 2031.", ("signed", "Ada Venn", "pact", "2031-05-03", None)),
    ("The opening of the pier was delayed until June 2032.", ("delayed", "opening of the pier", None, "2032-06", None)),
    ("The concert was cancelled.", ("cancelled", "concert", None, None, None)),
    ("The pier opened in 1931.", ("opened", "pier", None, "1931", None)),
    ("Deliveries will begin in May 2032.", ("delivered", "deliveries", None, "2032-05", None)),
]


@pytest.mark.parametrize(("text", "wanted"), HAPPENED, ids=[t for t, _ in HAPPENED])
def test_events_in_their_voices(text, wanted):
    assert wanted in events(text)


def test_a_planned_event_is_planned():
    [c] = opened("Ada Venn plans to visit Vornholm in May 2032.")[0]
    assert c.property == "visited" and c.modality is Modality.PLANNED and c.markers
    [c] = opened("Ada Venn never visited Vornholm.")[0]
    assert c.polarity is Polarity.NEGATIVE


NO_EVENT = [
    "Soldiers opened fire on 3 May 2031.",
    "The plan met its target in May 2031.",
    "Ada Venn ordered the army to leave on 3 May 2031.",
    "The kiosk opens at ten.",
    "If Ada Venn signs the pact in May 2031, all is well.",
    "Ada Venn must open the gate.",
    "Ada Venn received the Order of Merit in May 2031.",
]


@pytest.mark.parametrize("text", NO_EVENT)
def test_a_look_alike_is_no_event(text):
    assert events(text) == []


def test_with_a_beat_there_are_no_open_claims():
    g = extract(report("The ferry has a range of 300 km. Ada Venn visited Vornholm."), beat=BEAT)
    assert not [c for c in g.claims if c.because.rule.startswith("open.")]


def test_headings_and_furniture_claim_nothing():
    assert figures("Fares rise by 12 percent\n\nThe town is cold today, and nobody minds it at all.") == []


@pytest.mark.parametrize("unit", ["The ferry cost 3 euros, ", '"It cost 3 euros," he said. ', "40 cars met 40 cars "])
def test_long_texts_stay_bounded(unit):
    start = time.perf_counter()
    g = extract(report(unit * (30_000 // len(unit))))
    assert not g.problems and time.perf_counter() - start < 12


# ---------------------------------------------------------------- what is to happen on a day, in the outlet's own voice


def plans(text, **more):
    """Each dated plan as (property, subject, day, words)."""
    found, names = opened(text, **more)
    return [
        (c.property, names.get(c.subject or ""), c.holds_at, c.value.text)
        for c in found
        if c.because.rule == "open.plan"
    ]


def test_what_is_to_happen_on_a_day_is_a_claim_in_words():
    assert plans("The choir is to sing in Varn on 3 June 2031.") == [
        ("planned", "choir", "2031-06-03", "The choir is to sing in Varn on 3 June 2031"),
    ]  # fmt: skip
    assert plans("The jury is expected to rule in May 2031.")[0][:3] == ("expected", "jury", "2031-05")
    [made], _ = opened("The choir will sing in May 2031.")
    assert made.modality is Modality.PLANNED and made.markers and made.statement is None


@pytest.mark.parametrize(
    "text",
    [
        "The choir will sing again.",  # no day
        "The choir sang in May 2031.",
        "The choir may sing in May 2031.",
        "Will the choir sing in May 2031?",
        "Ada Lund promised in May 2031 that the choir would sing.",  # her words, not the outlet's
        "The line will open on 3 June 2031.",  # an event tells it
        "The company will hire 900 people in May 2031.",  # a figure tells it
    ],
)
def test_what_is_no_plan_of_the_outlets_own_or_is_told_already_is_none(text):
    assert plans(text) == []


def test_a_day_before_the_reports_own_is_no_plan():
    text = "The choir was to sing on 3 June 2031."
    assert plans(text, published="2031-06-10") == []
    assert len(plans(text, published="2031-06-01")) == 1
