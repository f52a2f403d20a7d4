"""Records stand in several files and have one address: `onrecord.records`."""

import importlib
import pickle
import pkgutil

import pytest

from onrecord import records
from onrecord.records import Passage

ROOMS = [importlib.import_module(f"onrecord.records.{m.name}") for m in pkgutil.iter_modules(records.__path__)]


@pytest.mark.parametrize("room", ROOMS, ids=lambda m: m.__name__)
def test_every_record_of_every_file_is_public(room):
    ours = {n for n, k in vars(room).items() if getattr(k, "__module__", None) == records.__name__}
    assert ours and ours <= set(records.__all__)
    assert all(getattr(records, n) is getattr(room, n) for n in ours)


def test_nothing_public_is_missing_or_left_at_the_address_of_its_file():
    assert all(hasattr(records, n) for n in records.__all__)
    assert not [n for r in ROOMS for n, k in vars(r).items() if getattr(k, "__module__", None) == r.__name__]


def test_what_is_pickled_does_not_say_which_file_holds_it():
    packed = pickle.dumps((Passage(1, 2), records.Kind.PLACE))
    assert b"onrecord.records" in packed and b"onrecord.records." not in packed
    assert pickle.loads(packed) == (Passage(1, 2), records.Kind.PLACE)
