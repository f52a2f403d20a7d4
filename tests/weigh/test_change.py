"""What follows without contradicting, for which reason, and look-alikes that do not."""

import pytest


def why(weighed):
    return [c.why for c in weighed.changes]


def test_the_same_speaker_later_needs_both_times_of_saying(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn", said="2029-05")
    note.say("2031-01-02", "length", values.km(3), by="Ada Venn", said="2030-05")
    weighed = note.weigh()
    assert why(weighed) == ["the same speaker gave another value later"]
    before = next(p for p in weighed.positions if p.id == weighed.changes[0].before)
    assert before.value == values.km(2)


def test_publication_dates_alone_tell_no_revision(note, values):
    note.say("2029-01-01", "length", values.km(2), by="Ada Venn")
    note.say("2031-01-02", "length", values.km(3), by="Ada Venn")
    assert note.weigh().changes == ()


def test_what_was_planned_is_said_to_be_so(note, values):
    note.say("2031-01-01", "status", values.state("open"), modality="planned", by="Ada Venn")
    note.say("2031-02-01", "status", values.state("open"), by="Ben Orr")
    assert why(note.weigh()) == ["what was planned is said to be so"]


@pytest.mark.parametrize("modality", ["possible", "doubted", "planned"])
def test_what_may_be_so_fulfils_nothing(note, values, modality):
    note.say("2031-01-01", "status", values.state("open"), modality="planned", by="Ada Venn")
    note.say("2031-02-01", "status", values.state("open"), by="Ben Orr", modality=modality)
    assert note.weigh().changes == ()


def test_several_values_at_once_are_no_change(note, values):
    note.say("2031-01-01", "tested_by", values.entity("Arn"), holds="2029")
    note.say("2031-01-01", "tested_by", values.entity("Bel"), holds="2030")
    assert note.weigh().changes == ()


def test_three_dates_in_a_row_are_two_changes(note, values):
    for day, by_date in [("2031-01-01", "2031-06"), ("2031-02-01", "2031-09"), ("2031-03-01", "2032")]:
        note.say(day, "opens", values.date(by_date), modality="planned", by="Ada Venn")
    weighed = note.weigh("2031-03-02")
    steps = {c.before: c.after for c in weighed.changes}
    first = next(p.id for p in weighed.positions if p.value == values.date("2031-06"))
    assert len(steps) == 2 and steps[steps[first]] == next(
        p.id for p in weighed.positions if p.value == values.date("2032")
    )


def test_two_figures_far_apart_in_a_report_are_not_compared(note, values):
    text = "It was 2 km. " + "A ribbon was cut. " * 40 + "Today the cable is 3 km."
    report = note.report("2031-01-01", text)
    note.say("2031-01-01", "length", values.km(2), report=report, words="It was 2 km")
    note.say("2031-01-01", "length", values.km(3), report=report, words="Today the cable is 3 km")
    assert note.weigh().changes == ()


def test_over_two_hundred_then_over_three_hundred_is_a_change_where_times_are_told(note, values):
    note.say("2031-01-01", "length", values.over(2), holds="2026")
    note.say("2031-01-01", "length", values.over(3), holds="2030", outlet="Echo")
    assert why(note.weigh()) == ["they hold at different times"]
