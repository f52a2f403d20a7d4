"""Compatible values, and look-alikes that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import DateValue, EntityValue, EventValue, MoneyValue, QuantityValue, StateValue, TextValue
from onrecord.weigh.values import compatible, narrowest, narrowness, same_figure


def q(low, high=None, unit="km", **rest):
    return QuantityValue(low=low, high=low if high is None else high, unit=unit, **rest)


OVER_200 = QuantityValue(low=200, high=None, unit="km", comparator=">")
UP_TO_300 = QuantityValue(low=None, high=300, unit="km", comparator="<=")


@pytest.mark.parametrize(
    ("a", "b", "fit"),
    [
        (OVER_200, q(250), True),
        (OVER_200, q(200), True),
        (OVER_200, q(150), False),
        (OVER_200, QuantityValue(low=200, high=200, unit="km", comparator=">"), True),
        (UP_TO_300, q(250), True),
        (UP_TO_300, q(310), False),
        (UP_TO_300, OVER_200, True),
        (q(200), q(300), False),
        (q(200, 300), q(250, 400), True),
        (q(300, approximate=True), q(310), True),
        (q(300, approximate=True), q(400), False),
        (q(300), q(300_000, unit="m"), True),
        (q(300), q(186.411, unit="mile"), True),
        (q(300), q(300, unit="mile"), False),
        (q(2, unit="t"), q(2000, unit="kg"), True),
        (q(300), q(300, unit="t"), None),
        (q(4, unit="cabin"), q(5, unit="cabin"), False),
        (q(4, unit="cabin"), q(4, unit="pylon"), None),
        (MoneyValue(low=5, high=5, currency="EUR"), MoneyValue(low=5, high=5, currency="USD"), None),
        (MoneyValue(low=5, high=5, currency="EUR"), MoneyValue(low=6, high=6, currency="EUR"), False),
        (DateValue(date="2031"), DateValue(date="2031-06"), True),
        (DateValue(date="2031-05"), DateValue(date="2031-06"), False),
        (DateValue(date="XXXX-05-01"), DateValue(date="XXXX-05-01"), True),
        (DateValue(date="XXXX-05-01"), DateValue(date="2031-05-01"), None),
        (EntityValue(entities=("a", "b")), EntityValue(entities=("b", "a")), True),
        (EntityValue(entities=("a",)), EntityValue(entities=("b",)), False),
        (EventValue(entity="a", date="2031", place=None), EventValue(entity="a", date=None, place="p"), True),
        (EventValue(entity="a", date="2031", place=None), EventValue(entity="b", date="2031", place=None), False),
        (EventValue(entity="a", date=None, place=None), EventValue(entity=None, date=None, place="p"), None),
        (StateValue(state="in service"), StateValue(state="In service"), True),
        (StateValue(state="in service"), StateValue(state="not in service"), False),
        (TextValue(text="the cabins were tested in snow"), TextValue(text="cabins were tested in the snow"), True),
        (TextValue(text="two cabins were tested"), TextValue(text="the rope was greased"), None),
        (TextValue(text="tested 12 cabins in snow"), TextValue(text="tested 14 cabins in snow"), None),
        (TextValue(text="12"), q(12), None),
    ],
)
def test_compatible(a, b, fit):
    assert compatible(a, b) is fit
    assert compatible(b, a) is fit


def test_tolerance_is_a_share():
    assert compatible(q(100), q(104), 0.05) is True
    assert compatible(q(100), q(110), 0.05) is False


def test_the_figure_told_is_the_same_with_and_without_over():
    assert same_figure(OVER_200, q(200)) and not same_figure(OVER_200, q(250))


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ([OVER_200, q(250)], q(250)),
        ([q(200, 300), q(250, 400)], q(250, 300)),
        ([q(200), q(201), q(201)], q(201)),
        ([OVER_200, UP_TO_300], q(200.0, 300.0)),
    ],
)
def test_the_narrowest_value_is_what_all_share(values, kept):
    found, again = narrowest(values), narrowest(values[::-1])
    assert found == again and (found.low, found.high, found.unit) == (kept.low, kept.high, kept.unit)


figures = st.builds(
    lambda low, width, unit, about: q(low, low + width, unit=unit, approximate=about),
    st.integers(0, 50), st.integers(0, 9), st.sampled_from(["km", "m"]), st.booleans(),
)  # fmt: skip


@given(figures, figures)
def test_compatible_is_symmetric_and_reflexive(a, b):
    assert compatible(a, b) is compatible(b, a) and compatible(a, a) is True
    assert not same_figure(a, b) or compatible(a, b)


@given(st.lists(figures, min_size=1, max_size=6))
def test_narrowness_is_a_total_order(values):
    backwards = values[::-1]
    assert sorted(values, key=narrowness) == sorted(backwards, key=narrowness)
