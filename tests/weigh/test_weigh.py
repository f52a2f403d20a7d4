"""All of weighing at once: standings, and what must hold for any claims in any order."""

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebook import Notebook, km, over

from onrecord.errors import WrongCall
from onrecord.records import DateValue, EntityValue, Standing, StateValue
from onrecord.weigh import Weighed

VALUES = {
    "length": [km(2), km(3), over(2), km(2.9, 3.1)],
    "opens": [DateValue(date=d) for d in ("2031-06", "2031-09", "2032")],
    "operator": [EntityValue(entities=e) for e in (("Arn",), ("Bel",), ("Arn", "Bel"))],
    "cabins_from": [EntityValue(entities=e) for e in (("Arn",), ("Bel",))],
    "status": [StateValue(state=s) for s in ("open", "closed")],
}
sayings = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(
        lambda prop: st.tuples(
            st.just(prop), st.sampled_from(VALUES[prop]), st.integers(1, 28),
            st.sampled_from(["asserted", "planned", "possible", "predicted", "denied"]),
            st.sampled_from([None, "Ada Venn", "Ben Orr"]), st.sampled_from([None, "2030", "2031"]), st.booleans(),
        )
    ),
    max_size=14,
)  # fmt: skip


def written(found):
    note = Notebook()
    for n, (prop, value, day, modality, by, holds, edited) in enumerate(found):
        url = f"https://news.example/{n % 5}" if edited else None
        note.say(
            f"2031-01-{day:02d}", prop, value, modality=modality, by=by, holds=holds, url=url, superseded=edited,
            negative=modality == "denied",
        )  # fmt: skip
    return note


@settings(max_examples=300, deadline=None)
@given(sayings, st.integers(0, 9))
def test_the_order_of_claims_does_not_matter_nor_saying_twice(found, seed):
    note = written(found)
    mixed = note.claims + note.claims[:3]
    random.Random(seed).shuffle(mixed)
    one, two = note.weigh(), note.weigh(claims=mixed)
    assert msgspec.json.encode(one) == msgspec.json.encode(two)
    assert msgspec.json.decode(msgspec.json.encode(one), type=Weighed) == one


@settings(max_examples=150, deadline=None)
@given(sayings.filter(bool), st.integers(0, 13), st.integers(1, 28))
def test_a_copy_never_raises_corroboration(found, which, day):
    note = written(found)
    before = note.weigh()
    claim = note.claims[which % len(note.claims)]
    words = note.reports[claim.report].text
    value, modality = claim.value, claim.modality.value
    note.say(
        f"2031-02-{day:02d}", claim.property, value, words=words, modality=modality, holds=claim.holds_at,
        negative=modality == "denied", outlet="Copycat",
    )  # fmt: skip
    after = note.weigh()
    assert count(after, Standing.CORROBORATED) <= count(before, Standing.CORROBORATED)
    assert max(o.low for o in after.origins.values()) <= max(o.low for o in before.origins.values())


def count(weighed, standing):
    return sum(standing in s for s in weighed.standings.values())


@settings(max_examples=150, deadline=None)
@given(sayings)
def test_everything_points_at_what_exists(found):
    note = written(found)
    weighed = note.weigh()
    positions, claims = {p.id for p in weighed.positions}, {c.id for c in note.claims}
    assert positions == set(weighed.origins) == set(weighed.standings)
    assert {c for p in weighed.positions for c in p.claims} == claims
    assert {p for c in weighed.conflicts for p in c.positions} <= positions
    assert {p for c in weighed.changes for p in (c.before, c.after)} <= positions
    assert {c for d in weighed.dues for c in d.claims} <= claims
    for records in (weighed.positions, weighed.conflicts, weighed.changes, weighed.dues, weighed.hedges):
        assert len({r.id for r in records}) == len(records)
    for c in weighed.conflicts:
        assert c.turns[0].what == "opened"
        assert [t.on for t in c.turns] == sorted(t.on for t in c.turns)


def standing(weighed, nth=0):
    return weighed.standings[weighed.positions[nth].id]


def test_forty_copies_are_one_origin_and_two_accounts_corroborate(note, values):
    for n in range(40):
        note.say("2031-01-01", "length", values.km(2), words="the line is 2 km long", outlet=f"Outlet {n}")
    assert standing(note.weigh()) == (Standing.ONE_ORIGIN,)
    note.say("2031-01-02", "length", values.km(2), words="I measured 2 km", by="Ben Orr")
    assert standing(note.weigh()) == (Standing.CORROBORATED,)


def test_a_may_from_elsewhere_corroborates_no_fact(note, values):
    note.say("2031-01-01", "length", values.km(2), by="Ada Venn")
    note.say("2031-01-02", "length", values.km(2), by="Ben Orr", modality="possible")
    assert Standing.CORROBORATED not in standing(note.weigh())


def test_contested_denied_changed_and_overdue(note, values):
    note.say("2031-01-01", "opens", values.date("2031-03"), by="Ada Venn", modality="planned")
    note.say("2031-01-05", "opens", values.date("2031-03"), by="Ben Orr", modality="denied", negative=True)
    assert standing(note.weigh("2031-12-01")) == (
        Standing.ONE_ORIGIN, Standing.CONTESTED, Standing.DENIED, Standing.OVERDUE,
    )  # fmt: skip
    note.say("2031-01-09", "opens", values.date("2031-09"), by="Ada Venn", modality="planned")
    assert Standing.CHANGED in standing(note.weigh("2031-12-01"))


def test_withdrawn_when_the_edit_drops_it_and_not_when_it_keeps_it(note, values):
    note.say("2031-01-01", "length", values.km(2), url="https://news.example/x", superseded=True, words="it is 2 km")
    current = note.report("2031-01-03", "Now 2 km, they say.", url="https://news.example/x")
    assert Standing.WITHDRAWN in standing(note.weigh())
    note.say("2031-01-03", "length", values.km(2), report=current, words="Now 2 km")
    assert Standing.WITHDRAWN not in standing(note.weigh())


def test_today_must_be_a_day(note):
    with pytest.raises(WrongCall, match="no day"):
        note.weigh("soon")


def test_a_copy_of_what_was_taken_back_corroborates_nothing():
    note, place = Notebook(), "https://news.example/ropeway"
    note.say("2031-01-01", "length", over(2), words="It is over 2 km long.")
    words = "It is 2 km long."
    note.say("2031-01-02", "length", km(2), words=words, url=place, superseded=True)
    note.report("2031-01-03", "Corrected: its length is not known.", url=place)
    note.say("2031-02-01", "length", km(2), words=words, outlet="Copycat")
    assert count(note.weigh(), Standing.CORROBORATED) == 0
    note.say("2031-02-02", "length", km(2), words="We measured 2 km.", outlet="Gauge")
    assert count(note.weigh(), Standing.CORROBORATED) > 0
