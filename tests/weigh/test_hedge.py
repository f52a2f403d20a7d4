"""Where a hedge fell off, and where none did."""

from onrecord.records import QuantityValue


def hedged(note, values, **rest):
    return note.say(
        "2031-01-01", "length", values.km(3), words="the line may reach 3 km", modality="possible", marker="may",
        by="Ada Venn", **rest,
    )  # fmt: skip


def test_may_reach_becomes_reaches(note, values):
    first = hedged(note, values)
    later = note.say("2031-01-08", "length", values.km(3), words="the line reaches 3 km", outlet="Echo")
    (h,) = note.weigh().hedges
    assert (h.claims, h.lost_at, h.marker) == ((first.id, later.id), later.id, "may")


def test_about_falls_off(note, values):
    note.say(
        "2031-01-01", "length", QuantityValue(low=3, high=3, unit="km", approximate=True), words="a line of about 3 km"
    )
    note.claims[0] = note.claims[0].__class__(
        **{f: getattr(note.claims[0], f) for f in note.claims[0].__struct_fields__}
        | {"value_passage": note.claims[0].evidence[0]}
    )
    note.say("2031-01-08", "length", values.km(3), words="a line of 3 km", outlet="Echo")
    (h,) = note.weigh().hedges
    assert h.marker == "a line of about"


def test_a_second_named_speaker_is_a_second_opinion(note, values):
    hedged(note, values)
    note.say("2031-01-08", "length", values.km(3), words="the line is 3 km long", by="Ben Orr")
    assert note.weigh().hedges == ()


def test_another_figure_is_no_retelling(note, values):
    hedged(note, values)
    note.say("2031-01-08", "length", values.km(4), words="the line reaches 4 km", outlet="Echo")
    assert note.weigh().hedges == ()


def test_a_bare_figure_that_came_first_lost_nothing(note, values):
    note.say("2030-12-01", "length", values.km(3), words="the line reaches 3 km", outlet="Echo")
    hedged(note, values)
    assert note.weigh().hedges == ()


def test_each_later_report_that_copies_the_bare_one_is_not_a_new_loss(note, values):
    hedged(note, values)
    for day in ("08", "09"):
        note.say(f"2031-01-{day}", "length", values.km(3), words="the line reaches 3 km", outlet=f"Echo {day}")
    assert len(note.weigh().hedges) == 1
