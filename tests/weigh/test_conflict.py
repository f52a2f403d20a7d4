"""Conflicts, what is none, and how one lives."""

from onrecord.records import ConflictKind


def life(weighed):
    (c,) = weighed.conflicts
    return [t.what for t in c.turns]


def test_two_figures_for_one_time_are_a_value_conflict(note, values):
    a = note.say("2031-01-01", "length", values.km(2), by="Ada Venn")
    b = note.say("2031-02-01", "length", values.km(3), by="Ben Orr")
    (c,) = note.weigh().conflicts
    assert (c.kind, c.exclusive, c.is_open()) == (ConflictKind.VALUE, True, True)
    (turn,) = c.turns
    assert (turn.what, turn.on, turn.claims) == ("opened", "2031-02-01", (a.id, b.id))


def test_claims_about_nothing_named_are_none(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn", subject=None)
    note.say("2031-02-01", "length", values.km(3), by="Ben Orr", subject=None)
    assert note.weigh().conflicts == ()


def test_compatible_figures_are_none(note, values):
    note.say("2031-01-01", "length", values.over(2), by="Ada Venn")
    note.say("2031-02-01", "length", values.km(2.5), by="Ben Orr")
    assert note.weigh().conflicts == ()


def test_different_times_are_a_change_and_no_conflict(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn", holds="2026")
    note.say("2031-02-01", "length", values.km(3), by="Ben Orr", holds="2031")
    weighed = note.weigh()
    assert weighed.conflicts == () and [c.why for c in weighed.changes] == ["they hold at different times"]


def test_what_a_report_calls_a_change_is_no_conflict(note, values):
    text = "The ropeway was 2 km long; today it is 3 km long."
    report = note.report("2031-01-01", text)
    note.say("2031-01-01", "length", values.km(3), report=report, words="today it is 3 km")
    old = note.say("2031-01-01", "length", values.km(2), report=report, words="The ropeway was 2 km long")
    note.say("2031-01-05", "length", values.km(3), by="Ben Orr")
    weighed = note.weigh()
    (change,) = weighed.changes
    before = next(p for p in weighed.positions if p.id == change.before)
    assert weighed.conflicts == () and before.claims == (old.id,)


def test_from_before_a_figure_makes_it_the_earlier_one(note, values):
    text = "It was lengthened to 3 km from 2 km."
    report = note.report("2031-01-01", text)
    note.say("2031-01-01", "length", values.km(3), report=report, words="lengthened to 3 km")
    old = note.say("2031-01-01", "length", values.km(2), report=report, words="from 2 km")
    (change,) = (w := note.weigh()).changes
    assert next(p for p in w.positions if p.id == change.before).claims == (old.id,)


def test_a_speaker_does_not_contradict_himself(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn")
    note.say("2031-02-01", "length", values.km(3), by="Ada Venn")
    assert note.weigh().conflicts == ()


def test_a_conflict_closes_when_the_speaker_moves_and_opens_again(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn")
    note.say("2031-02-01", "length", values.km(3), by="Ben Orr")
    assert life(note.weigh()) == ["opened"]
    note.say("2031-03-01", "length", values.km(3), by="Ada Venn")
    assert life(note.weigh()) == ["opened", "closed"]
    note.say("2031-04-01", "length", values.km(2), by="Cy Dunn")
    weighed = note.weigh()
    assert life(weighed) == ["opened", "closed", "reopened"] and weighed.conflicts[0].is_open()


def test_a_conflict_is_explained_by_a_report_that_says_when(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn")
    note.say("2031-02-01", "length", values.km(3), by="Ben Orr")
    text = "The ropeway used to be 2 km long and was extended to 3 km."
    report = note.report("2031-03-01", text)
    note.say("2031-03-01", "length", values.km(2), report=report, words="used to be 2 km long")
    note.say("2031-03-01", "length", values.km(3), report=report, words="was extended to 3 km")
    weighed = note.weigh()
    assert life(weighed) == ["opened", "explained"] and not weighed.conflicts[0].is_open()


def test_a_third_position_joins_and_leaves(note, values):
    for day, figure, who in [("01", 2, "Ada"), ("02", 3, "Ben"), ("03", 4, "Cy"), ("04", 3, "Cy")]:
        note.say(f"2031-01-{day}", "length", values.km(figure), by=who)
    assert life(note.weigh()) == ["opened", "opened", "narrowed"]


def test_a_denial_contests_whether_single_or_not(note, values):
    note.say("2031-01-01", "tested_by", values.entity("Arn"), by="Ada Venn")
    note.say("2031-01-09", "tested_by", values.entity("Arn"), by="Ben Orr", modality="denied", negative=True)
    (c,) = note.weigh().conflicts
    assert c.kind is ConflictKind.STATUS and c.turns[0].on == "2031-01-09"


def test_denying_something_else_contests_nothing(note, values):
    note.say("2031-01-01", "tested_by", values.entity("Arn"), by="Ada Venn")
    note.say("2031-01-09", "tested_by", values.entity("Bel"), by="Ben Orr", modality="denied", negative=True)
    assert note.weigh().conflicts == ()


def test_two_makers_are_differing_accounts_that_may_both_be_true(note, values):
    note.say("2031-01-01", "cabins_from", values.entity("Arn"), by="Ada Venn")
    note.say("2031-01-09", "cabins_from", values.entity("Bel"), by="Ben Orr")
    (c,) = note.weigh().conflicts
    assert (c.kind, c.exclusive) == (ConflictKind.IDENTITY, False)


def test_who_names_both_is_no_party(note, values):
    note.say("2031-01-01", "cabins_from", values.entity("Arn"), by="Ada Venn")
    note.say("2031-01-09", "cabins_from", values.entity("Arn", "Bel"), by="Ben Orr")
    assert note.weigh().conflicts == ()


def test_two_testers_are_no_conflict(note, values):
    note.say("2031-01-01", "tested_by", values.entity("Arn"), by="Ada Venn")
    note.say("2031-01-09", "tested_by", values.entity("Bel"), by="Ben Orr")
    assert note.weigh().conflicts == ()


def test_two_operators_are_an_identity_conflict(note, values):
    note.say("2031-01-01", "operator", values.entity("Arn"), by="Ada Venn")
    note.say("2031-01-09", "operator", values.entity("Bel"), by="Ben Orr")
    (c,) = note.weigh().conflicts
    assert (c.kind, c.exclusive) == (ConflictKind.IDENTITY, True)


def test_a_condition_on_one_side_is_a_scope_conflict(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn")
    note.say("2031-01-09", "length", values.km(3), by="Ben Orr", scope="with both branches")
    (c,) = note.weigh().conflicts
    assert c.kind is ConflictKind.SCOPE


def test_a_plan_does_not_contradict_what_is(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn")
    note.say("2031-01-09", "length", values.km(3), by="Ben Orr", modality="planned")
    assert note.weigh().conflicts == ()


def test_an_outsiders_forecast_contests_a_date(note, values):
    note.say("2031-01-01", "opens", values.date("2031-06"), by="Ada Venn", modality="planned")
    note.say("2031-02-01", "opens", values.date("2032"), by="Ben Orr", modality="predicted")
    (c,) = note.weigh("2031-03-01").conflicts
    assert c.kind is ConflictKind.DATE


def test_a_date_put_off_is_a_change(note, values):
    note.say("2031-01-01", "opens", values.date("2031-06"), by="Ada Venn", modality="planned")
    note.say("2031-02-01", "opens", values.date("2031-09"), by="the operator", modality="planned")
    weighed = note.weigh("2031-03-01")
    assert weighed.conflicts == () and [c.why for c in weighed.changes] == ["the planned date was put off"]
    note.say("2031-02-08", "opens", values.date("2031-06"), by="Ben Orr", modality="planned")
    assert life(note.weigh("2031-03-01")) == ["opened"]


def test_an_edit_that_withdraws_a_figure_closes_the_conflict(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn")
    url = "https://news.example/edited"
    note.say("2031-02-01", "length", values.km(3), by="Ben Orr", url=url, superseded=True)
    note.report("2031-02-03", "Ben Orr gave no figure.", url=url)
    (c,) = note.weigh().conflicts
    assert [(t.what, t.on) for t in c.turns] == [("opened", "2031-02-01"), ("closed", "2031-02-03")]


def test_who_only_passed_the_old_figure_on_goes_with_its_speaker(note, values):
    words = "the line is 2 km long"
    note.say("2031-01-01", "length", values.km(2), words=words, by="Ada Venn")
    note.say("2031-01-02", "length", values.km(2), words=words, outlet="Echo")
    note.say("2031-02-01", "length", values.km(3), by="Ada Venn")
    assert note.weigh().conflicts == ()
    note.say("2031-02-02", "length", values.km(2), words="I walked all of its 2 km", outlet="Sentinel")
    assert life(note.weigh()) == ["opened"]


def test_denying_a_date_that_all_have_left_contests_nothing(note, values):
    note.say("2031-01-01", "opens", values.date("2031-06"), by="Ada Venn", modality="planned")
    note.say("2031-02-01", "opens", values.date("2031-09"), by="the operator", modality="planned")
    note.say("2031-02-03", "opens", values.date("2031-06"), by="the operator", modality="denied", negative=True)
    assert note.weigh("2031-03-01").conflicts == ()


def test_a_late_date_told_first_was_not_put_off_to(note, values):
    note.say("2031-01-01", "opens", values.date("2031-09"), by="Ada Venn", modality="planned")
    note.say("2031-02-01", "opens", values.date("2031-06"), by="Ben Orr", modality="planned")
    note.say("2031-03-01", "opens", values.date("2031-09"), by="Ada Venn", modality="planned")
    assert life(note.weigh("2031-03-02")) == ["opened"] and note.weigh("2031-03-02").changes == ()


def test_a_bound_above_what_it_is_to_come_to_is_a_conflict(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn", modality="planned")
    note.say("2031-02-01", "length", values.over(3), by="Ben Orr")
    (c,) = note.weigh().conflicts
    assert (c.kind, c.is_open()) == (ConflictKind.VALUE, True)


def test_what_it_has_come_to_already_above_the_total_is_a_conflict(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn", modality="planned")
    note.say("2031-02-01", "length", values.km(3), by="Ben Orr", words="the ropeway is already 3 km long")
    assert [c.kind for c in note.weigh().conflicts] == [ConflictKind.VALUE]


def test_a_total_to_come_beside_less_or_another_figure_is_none(note, values):
    note.say("2031-01-01", "length", values.km(3), by="Ada Venn", modality="planned")
    note.say("2031-02-01", "length", values.over(2), by="Ben Orr")
    note.say("2031-02-02", "length", values.km(2), by="Cem Ash", words="the ropeway is already 2 km long")
    note.say("2031-02-03", "length", values.km(4), by="Cem Ash", words="the ropeway is 4 km long", subject="other")
    note.say("2031-02-03", "length", values.km(1), by="Ada Venn", modality="planned", subject="other")
    assert note.weigh().conflicts == ()
