"""Shared values: copiers are found by what they share against the others, and not by being right."""

from random import Random

import pytest

from onrecord.trace.values import groups, shared_values

ITEMS = [f"item {i:03d}" for i in range(300)]


def independent(name, accuracy, seed, items=ITEMS):
    random = Random(seed)
    return [(name, i, "true" if random.random() < accuracy else f"false {random.randint(1, 9)}") for i in items]


def copier(name, rows, rate, accuracy, seed):
    random = Random(seed)
    own = independent(name, accuracy, seed + 1000)
    return [(name, i, v if random.random() < rate else w) for (_, i, v), (_, _, w) in zip(rows, own, strict=True)]


def sample():
    rows = [independent(f"s{k}", 0.55 + 0.05 * (k % 5), k) for k in range(8)]
    return [*rows, copier("copy", rows[0], 0.6, 0.6, 50), copier("copycopy", rows[0], 0.5, 0.6, 51)]


def test_copiers_are_found_with_the_items_that_tell():
    found = shared_values(t for rows in sample() for t in rows)
    assert {("copy", "s0"), ("copycopy", "s0")} <= {(f.left, f.right) for f in found}
    assert groups(found) == (("copy", "copycopy", "s0"),)
    best = next(f for f in found if (f.left, f.right) == ("copy", "s0"))
    assert 0.4 <= best.rate <= 0.8 and best.rare and "few others give" in best.reason


@pytest.mark.parametrize("accuracy", [0.6, 0.8, 0.97])
def test_agreeing_on_the_truth_is_no_copying(accuracy):
    assert shared_values(t for k in range(8) for t in independent(f"s{k}", accuracy, k)) == ()


def test_order_changes_nothing():
    rows = [t for r in sample() for t in r]
    turned = list(rows)
    Random(1).shuffle(turned)
    assert shared_values(rows) == shared_values(turned)


def test_systematic_errors_leave_only_one_feed_shown():
    """Half of the sources mean something else by the property: they share all its errors without copying."""
    random = Random(5)
    meant = {i: str(random.randint(0, 99)) for i in ITEMS}
    other = {i: str(random.randint(0, 99)) for i in ITEMS}
    rows = []
    for k in range(8):
        values = {i: (meant, other)[k % 2][i] if random.random() < 0.9 else f"slip {random.random()}" for i in ITEMS}
        rows += [(f"s{k}", i, values[i]) for i in sorted(random.sample(ITEMS, 150))]
    rows += [("twin", i, v) for s, i, v in rows if s == "s3"]
    found = shared_values(rows)
    assert ("s3", "twin") in groups(found)
    even = {"s0", "s2", "s4", "s6"}
    among = [f for f in found if {f.left, f.right} <= even]
    assert among and not any(f.shown for f in among)


def test_little_or_nothing_in_common_says_nothing():
    assert shared_values([]) == ()
    assert shared_values([("a", "x", "1"), ("b", "x", "1"), ("c", "y", "2")]) == ()
