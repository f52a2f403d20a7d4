"""A figure that is taken back gains nothing from the correction: it is contested, denied, or withdrawn by its voice."""

import msgspec

from onrecord.records import Because, ConflictKind, Standing
from onrecord.weigh.told import PUT_RIGHT, TAKEN_BACK


def mend(note, day, prop, wrong, right, *, outlet="Post", by=None):
    """A report that says "right, not wrong"."""
    report = note.report(day, f"Correction: {prop} {right}, not {wrong}.", outlet=outlet)
    for value, rule in ((wrong, TAKEN_BACK), (right, PUT_RIGHT)):
        made = note.say(
            day, prop, value, report=report, words=report.text, outlet=outlet, by=by, negative=rule == TAKEN_BACK
        )
        note.claims[-1] = msgspec.structs.replace(made, because=Because(rule=rule))


def position(weighed, value, *, negative=False):
    return next(
        p for p in weighed.positions if p.value == value and (p.polarity == "negative") == negative
    )  # fmt: skip


def test_another_outlets_figure_is_contested_and_not_corroborated(note, values):
    note.say("2031-01-01", "length", values.km(42), outlet="Post")
    mend(note, "2031-01-05", "length", values.km(42), values.km(24), outlet="Gazette")
    weighed = note.weigh()
    (c,) = weighed.conflicts
    assert c.kind is ConflictKind.VALUE and c.is_open()
    wrong = weighed.standings[position(weighed, values.km(42)).id]
    assert Standing.CORROBORATED not in wrong and {Standing.CONTESTED, Standing.DENIED} <= set(wrong)


def test_what_an_outlet_takes_back_is_withdrawn(note, values):
    note.say("2031-01-01", "length", values.km(42), outlet="Post")
    mend(note, "2031-01-05", "length", values.km(42), values.km(24), outlet="Post")
    weighed = note.weigh()
    assert weighed.conflicts == ()
    assert Standing.WITHDRAWN in weighed.standings[position(weighed, values.km(42)).id]
    assert Standing.WITHDRAWN not in weighed.standings[position(weighed, values.km(24)).id]


def test_what_others_still_say_is_not_withdrawn_with_it(note, values):
    note.say("2031-01-01", "length", values.km(42), outlet="Post")
    note.say("2031-01-02", "length", values.km(42), outlet="Herald", words="42 km were measured")
    mend(note, "2031-01-05", "length", values.km(42), values.km(24), outlet="Post")
    weighed = note.weigh()
    wrong = weighed.standings[position(weighed, values.km(42)).id]
    assert Standing.WITHDRAWN not in wrong and Standing.CORROBORATED not in wrong and Standing.CONTESTED in wrong


def test_the_right_figure_alone_takes_back_what_its_voice_said(note, values):
    note.say("2031-01-01", "length", values.km(42), outlet="Post")
    made = note.say("2031-01-05", "length", values.km(24), outlet="Post")
    note.claims[-1] = msgspec.structs.replace(made, because=Because(rule=PUT_RIGHT))
    weighed = note.weigh()
    assert Standing.WITHDRAWN in weighed.standings[position(weighed, values.km(42)).id]


def test_a_figure_said_again_after_the_correction_stands(note, values):
    mend(note, "2031-01-01", "length", values.km(42), values.km(24), outlet="Post")
    note.say("2031-01-05", "length", values.km(42), outlet="Post")
    weighed = note.weigh()
    assert Standing.WITHDRAWN not in weighed.standings[position(weighed, values.km(42)).id]


def test_a_denial_of_a_figure_without_the_right_one_is_a_status_conflict(note, values):
    note.say("2031-01-01", "length", values.km(42), outlet="Post")
    made = note.say("2031-01-05", "length", values.km(42), outlet="Gazette", negative=True)
    note.claims[-1] = msgspec.structs.replace(made, because=Because(rule=TAKEN_BACK))
    (c,) = note.weigh().conflicts
    assert c.kind is ConflictKind.STATUS


def test_the_wrong_date_of_a_promise_does_not_take_the_promise_back(note, values):
    note.say("2031-01-01", "opens", values.date("2031-05"), by="Ada Venn", modality="planned")
    report = note.report("2031-02-01", "It opens in June, not in May.")
    no = note.say("2031-02-01", "opens", values.date("2031-05"), report=report, words="not in May", by="Ada Venn",
                  negative=True)  # fmt: skip
    note.claims[-1] = msgspec.structs.replace(no, because=Because(rule=TAKEN_BACK))
    note.say(
        "2031-02-01", "opens", values.date("2031-06"), report=report, words="It opens in June", by="Ada Venn",
        modality="planned",
    )  # fmt: skip
    (due,) = note.weigh(today="2031-03-01").dues
    assert (due.by, due.state) == ("2031-06", "slipped")
