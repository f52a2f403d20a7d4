"""A press with an empty ledger."""

import pytest
from press import Press


@pytest.fixture
def press():
    made = Press()
    yield made
    made.book.close()
