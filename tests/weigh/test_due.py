"""Promises, slips, and what came of them."""

import msgspec
import pytest

from onrecord.records import DueState, EventValue, Passage, QuantityValue, TextValue


def promise(note, values, day, by_date, who="Ada Venn", modality="planned", **rest):
    return note.say(day, "opens", values.date(by_date), by=who, modality=modality, **rest)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2031-03-01", DueState.OPEN),
        ("2031-06-30", DueState.DUE),
        ("2031-07-04", DueState.DUE),
        ("2031-07-08", DueState.OVERDUE),
    ],
)
def test_a_promise_falls_due_in_the_week_of_its_last_day(note, values, today, state):
    promise(note, values, "2031-01-01", "2031-06", words="the ropeway will open by June 2031")
    (d,) = note.weigh(today).dues
    assert (d.by, d.state, d.what, d.slips) == ("2031-06", state, "the ropeway will open by June 2031", ())


def test_slips_are_counted_in_order(note, values):
    for day, by_date in [("2031-01-01", "2031-06"), ("2031-03-01", "2031-09"), ("2031-08-01", "2032")]:
        promise(note, values, day, by_date)
    (d,) = note.weigh("2031-08-02").dues
    assert (d.state, d.by, d.slips) == (DueState.SLIPPED, "2032", (("2031-06", "2031-09"), ("2031-09", "2032")))
    assert d.speakers == ("Ada Venn",)


def test_the_same_date_again_or_a_narrower_one_is_no_slip(note, values):
    for day, by_date in [("2031-01-01", "2031"), ("2031-03-01", "2031"), ("2031-04-01", "2031-09")]:
        promise(note, values, day, by_date)
    (d,) = note.weigh("2031-08-02").dues
    assert (d.by, d.slips, d.state) == ("2031-09", (), DueState.OPEN)


def test_an_outsiders_forecast_is_no_slip(note, values):
    promise(note, values, "2031-01-01", "2031-06")
    promise(note, values, "2031-02-01", "2032", who="Ben Orr", modality="predicted")
    (d,) = note.weigh("2031-03-01").dues
    assert (d.by, d.slips) == ("2031-06", ())


def test_met_when_a_later_report_says_it_happened(note, values):
    promise(note, values, "2031-01-01", "2031-06")
    note.say("2031-06-20", "opens", values.date("2031-06-19"))
    (d,) = note.weigh("2031-08-01").dues
    assert d.state is DueState.MET


def test_a_date_asserted_for_the_future_meets_nothing(note, values):
    promise(note, values, "2031-01-01", "2031-06")
    note.say("2031-02-01", "opens", values.date("2031-06-19"))
    (d,) = note.weigh("2031-08-01").dues
    assert d.state is DueState.OVERDUE


def test_may_have_happened_is_not_met(note, values):
    note.say("2031-01-01", "status", values.state("open"), modality="planned", holds="2031-06", by="Ada Venn")
    note.say("2031-07-01", "status", values.state("open"), modality="possible")
    assert [d.state for d in note.weigh("2031-08-01").dues] == [DueState.OVERDUE]
    note.say("2031-07-09", "status", values.state("open"))
    assert [d.state for d in note.weigh("2031-08-01").dues] == [DueState.MET]


def test_taken_back_by_who_promised(note, values):
    promise(note, values, "2031-01-01", "2031-06")
    note.say("2031-03-01", "opens", values.date("2031-06"), by="Ada Venn", modality="denied", negative=True)
    assert [d.state for d in note.weigh("2031-08-01").dues] == [DueState.WITHDRAWN]


def test_an_opponents_denial_takes_nothing_back(note, values):
    promise(note, values, "2031-01-01", "2031-06")
    note.say("2031-03-01", "opens", values.date("2031-06"), by="Ben Orr", modality="denied", negative=True)
    assert [d.state for d in note.weigh("2031-08-01").dues] == [DueState.OVERDUE]


def test_a_promise_of_the_past_or_without_promise_is_none(note, values):
    promise(note, values, "2031-01-01", "2029")
    note.say("2031-01-01", "opens", values.date("2031-06"))
    note.say("2031-01-01", "length", values.km(3), modality="predicted")
    note.say("2031-01-01", "says", values.text("we will see"), modality="planned")
    assert note.weigh("2031-08-01").dues == ()


def test_the_publication_date_is_no_date_of_a_promise(note, values):
    note.say("2031-01-01", "status", values.state("open"), modality="planned", by="Ada Venn")
    (d,) = note.weigh("2041-01-01").dues
    assert (d.by, d.state) == (None, DueState.OPEN)


def test_wordings_that_differ_in_their_dates_are_one_promise(note, values):
    for day, words, holds in [
        ("2031-01-01", "the upper station will be roofed by June 2031", "2031-06"),
        ("2031-05-01", "the upper station will be roofed by October 2031", "2031-10"),
        ("2031-05-01", "the lower station will be painted by October 2031", "2031-10"),
    ]:
        note.say(day, "says", values.text(words), words=words, modality="planned", holds=holds, by="Ada Venn")
    assert [len(d.slips) for d in note.weigh("2031-06-01", beat=None).dues] == [1, 0]


def test_a_date_without_a_year_is_unsure(note, values):
    promise(note, values, "2031-01-01", "XXXX-06-01")
    assert [d.state for d in note.weigh("2031-08-01").dues] == [DueState.UNSURE]


def test_a_report_that_looks_back_tells_old_slips_and_makes_none(note, values):
    promise(note, values, "2031-01-01", "2031-06")
    promise(note, values, "2031-02-01", "2031-09", who="the operator")
    note.say("2031-03-01", "opens", values.date("2031-06"), modality="planned", holds="2031-01", outlet="Digest")
    note.say("2031-03-02", "opens", values.date("2031-09"), modality="planned", outlet="Digest")
    (d,) = note.weigh("2031-03-05").dues
    assert d.slips == (("2031-06", "2031-09"),)


def test_one_report_that_tells_three_dates_tells_two_slips(note, values):
    text = "In 2029 it was to open in 2030, a year later in 2031, and now in 2033."
    report = note.report("2031-03-01", text)
    for words, by_date, holds in [
        ("open in 2030", "2030", "2029"),
        ("in 2031", "2031", "2030"),
        ("in 2033", "2033", None),
    ]:
        note.say("", "opens", values.date(by_date), report=report, words=words, holds=holds, modality="planned")
    (d,) = note.weigh("2031-03-05").dues
    assert d.slips == (("2030", "2031"), ("2031", "2033"))


def test_another_outlet_with_the_old_date_brings_nothing_forward(note, values):
    promise(note, values, "2031-01-01", "2031-06")
    promise(note, values, "2031-02-01", "2031-09")
    promise(note, values, "2031-02-03", "2031-06", who="a slow newspaper")
    promise(note, values, "2031-02-05", "2031-09")
    (d,) = note.weigh("2031-03-05").dues
    assert (d.by, len(d.slips)) == ("2031-09", 1)
    promise(note, values, "2031-02-07", "2031-08")
    assert [d.by for d in note.weigh("2031-03-05").dues] == ["2031-08"]


def test_the_report_that_tells_the_plan_does_not_meet_it(note, values):
    report = note.report("2031-01-01", "It is to be open. It is open, in a way.")
    note.say(
        "", "status", values.state("open"), report=report, words="is to be open", modality="planned", holds="2031-06"
    )
    note.say("", "status", values.state("open"), report=report, words="It is open")
    assert [d.state for d in note.weigh("2031-08-01").dues] == [DueState.OVERDUE]


def plan(
    note, words, *, day="2031-01-01", prop="says", value=None, holds="2032-05", when="May 2032", report=None, by=None
):
    """A plan without a beat's property, with its subject and day in its words."""
    made = note.say(
        day, prop, value or TextValue(text=words), words=words, modality="planned", holds=holds, report=report, by=by
    )
    text = note.reports[made.report].text
    at, subject = text.index(when, made.evidence[0].start), text.index("ropeway", made.evidence[0].start)
    note.claims[-1] = msgspec.structs.replace(
        made, holds_at_passage=Passage(at, at + len(when)), subject_passage=Passage(subject, subject + len("ropeway"))
    )
    return note.claims[-1]


def test_one_plan_told_twice_is_one_promise(note):
    text = "The ropeway will carry 900 people in May 2032. The ropeway is due to carry 900 people in May 2032."
    report = note.report("2031-01-01", text)
    first, second = text[:45], text[47:-1]
    plan(note, first, report=report)
    figure = plan(
        note, first, report=report, prop="count of people", value=QuantityValue(low=900, high=900, unit="person")
    )
    plan(note, second, report=report)
    (due,) = note.weigh(today="2031-02-01").dues
    assert len(due.claims) == 3 and due.claims[0] == figure.id and due.property == "count of people"


def test_the_same_plan_for_a_later_day_in_other_words_slips(note):
    plan(note, "The ropeway will open in May 2032", by="Ada Venn")
    plan(
        note, "The opening of the ropeway is planned for June 2032", day="2031-02-01", holds="2032-06",
        when="June 2032", by="Ada Venn",
    )  # fmt: skip
    (due,) = note.weigh(today="2031-03-01").dues
    assert (due.by, due.state, len(due.slips)) == ("2032-06", "slipped", 1)


def test_two_plans_for_one_day_are_two_promises(note):
    plan(note, "The ropeway will open in May 2032")
    plan(note, "The ropeway will be painted in May 2032")
    assert len(note.weigh(today="2031-02-01").dues) == 2


def test_a_day_put_off_is_a_slip_and_not_taken_back_by_whoever_puts_it_off(note, values):
    promise(note, values, "2031-01-01", "2031-06-03")
    words = "the opening was postponed from 3 June to September"
    report = note.report("2031-06-05", words)
    for by_date, rest in (("2031-06-03", {"negative": True}), ("2031-09", {"modality": "planned"})):
        note.say("2031-06-05", "opens", values.date(by_date), by="Ben Orr", words=words, report=report, **rest)
    (d,) = note.weigh("2031-06-10").dues
    assert (d.state, d.by, d.slips) == (DueState.SLIPPED, "2031-09", (("2031-06-03", "2031-09"),))


def test_what_was_told_before_the_day_was_put_off_does_not_meet_the_new_one(note, values):
    promise(note, values, "2031-01-01", "2031-06-03")
    note.say("2031-06-04", "opens", values.date("2031-06-03"))
    promise(note, values, "2031-06-09", "2031-09")
    (d,) = note.weigh("2031-06-10").dues
    assert d.state is DueState.SLIPPED


def test_a_stretch_that_ends_after_the_report_meets_nothing_before_the_day(note, values):
    promise(note, values, "2031-01-01", "2031-09-14")
    note.say("2031-05-02", "opens", values.date("2031-04-28/2031-09-14"))
    (d,) = note.weigh("2031-05-09").dues
    assert d.state is DueState.OPEN


def test_without_a_property_of_the_beat_a_delay_slips_the_promise_it_names(note):
    def told(day, words, about, prop, value, **rest):
        note.say(day, prop, value, words=words, **rest)
        at = note.reports[note.claims[-1].report].text.index(about)
        note.claims[-1] = msgspec.structs.replace(note.claims[-1], subject_passage=Passage(at, at + len(about)))

    will = "the pier will be opened in May"
    told("2031-01-01", will, "the pier", "says", TextValue(text=will), modality="planned", holds="2031-05", subject="p")
    for pier, subject in (("west pier", "w"), ("pier", "o")):
        words = f"the opening of the {pier} was delayed until June"
        told(
            "2031-03-01",
            words,
            words[:-23],
            "delayed",
            EventValue(entity=None, date="2031-06", place=None),
            subject=subject,
        )
    (d,) = note.weigh("2031-04-01").dues
    assert (d.by, d.slips, len(d.claims)) == ("2031-06", (("2031-05", "2031-06"),), 2)


def test_an_earliest_day_alone_promises_nothing_and_slips_where_a_date_stood(note, values):
    promise(note, values, "2031-01-01", "2032-06/..", modality="predicted")
    assert note.weigh("2031-02-01").dues == ()
    promise(note, values, "2030-12-01", "2031-06")
    (d,) = note.weigh("2031-02-01").dues
    assert (d.state, d.by) == (DueState.SLIPPED, "2032-06/..")
