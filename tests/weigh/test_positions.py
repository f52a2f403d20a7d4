"""Which claims are one position."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Modality, Polarity, QuantityValue
from onrecord.weigh.positions import group_items


def grouped(weighed):
    return sorted(len(p.claims) for p in weighed.positions)


def test_compatible_figures_are_one_position_with_the_narrowest_value(note, values):
    note.say("2031-01-01", "length", values.over(2))
    note.say("2031-01-02", "length", values.km(2.5))
    (p,) = note.weigh().positions
    assert len(p.claims) == 2 and p.value == values.km(2.5) and p.claims == tuple(c.id for c in note.claims)


def test_a_figure_that_fits_two_rivals_supports_neither(note, values):
    for figure in (values.over(2), values.km(3), values.km(5)):
        note.say("2031-01-01", "length", figure)
    assert grouped(note.weigh()) == [1, 1, 1]


def test_a_plan_and_the_deed_are_two_positions(note, values):
    note.say("2031-01-01", "status", values.state("open"), modality="planned")
    note.say("2031-02-01", "status", values.state("open"))
    assert [p.modality for p in note.weigh().positions] == [Modality.PLANNED, Modality.ASSERTED]


def test_may_and_does_are_one_position_with_the_firmest(note, values):
    note.say("2031-01-01", "length", values.km(3), modality="possible")
    note.say("2031-02-01", "length", values.km(3))
    (p,) = note.weigh().positions
    assert p.modality is Modality.ASSERTED


def test_a_denial_is_a_position_against(note, values):
    note.say("2031-01-01", "status", values.state("closed"))
    note.say("2031-01-02", "status", values.state("closed"), modality="denied", negative=True, by="Ada Venn")
    assert [p.polarity for p in note.weigh().positions] == [Polarity.POSITIVE, Polarity.NEGATIVE]


def test_scope_and_subject_keep_claims_apart(note, values):
    note.say("2031-01-01", "length", values.km(3))
    note.say("2031-01-01", "length", values.km(3), scope="with both branches")
    note.say("2031-01-01", "length", values.km(3), subject="tunnel")
    assert grouped(note.weigh()) == [1, 1, 1]


def test_spellings_of_one_entity_are_one_position(note, values):
    note.say("2031-01-01", "operator", values.entity("f1"))
    note.say("2031-01-02", "operator", values.entity("f2"))
    (p,) = note.weigh(entity_of={"f1": "e1", "f2": "e1", "ropeway": "e9"}).positions
    assert p.value == values.entity("e1") and p.subject == "e9"


def test_each_entity_named_gains_the_claim(note, values):
    both = note.say("2031-01-01", "tested_by", values.entity("Arn", "Bel"))
    note.say("2031-01-02", "tested_by", values.entity("Arn"))
    found = {p.value.entities: p.claims for p in note.weigh().positions}
    assert len(found["Arn",]) == 2 and found["Bel",] == (both.id,)


def test_without_a_beat_wordings_are_grouped(note, values):
    note.say("2031-01-01", "says", values.text("the rope was greased"), subject=None)
    note.say("2031-01-02", "says", values.text("The rope was greased."), subject=None)
    note.say("2031-01-03", "says", values.text("the rope was not greased"), subject=None)
    weighed = note.weigh(beat=None)
    assert grouped(weighed) == [1, 2] and weighed.conflicts == ()


items = st.lists(
    st.tuples(
        st.builds(
            lambda low, width: QuantityValue(low=low, high=None if width > 3 else low + width, unit="km"),
            st.integers(1, 20), st.integers(0, 5),
        ),
        st.sampled_from([None, "2029", "2031"]),
    ),
    max_size=12,
)  # fmt: skip


@given(items, st.randoms())
def test_groups_do_not_depend_on_order(found, random):
    mixed = list(found)
    random.shuffle(mixed)
    assert group_items(found, 0.05) == group_items(mixed, 0.05)
    assert sorted(i for g in group_items(found, 0.05) for i in map(repr, g)) == sorted(map(repr, set(found)))
