"""A notebook to write claims in, and short ways to write values."""

import pytest
from notebook import Notebook, km, over

from onrecord.records import DateValue, EntityValue, StateValue, TextValue


@pytest.fixture
def note():
    return Notebook()


@pytest.fixture
def values():
    """Short ways to write values."""

    class Values:
        date = staticmethod(lambda d: DateValue(date=d))
        entity = staticmethod(lambda *e: EntityValue(entities=e))
        state = staticmethod(lambda s: StateValue(state=s))
        text = staticmethod(lambda t: TextValue(text=t))

    Values.km, Values.over = staticmethod(km), staticmethod(over)
    return Values
