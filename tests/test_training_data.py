"""What an article of our corpus is for: kept by a hash of its id, so that no later article moves another."""

from collections import Counter

from training.data import LATER, Use, in_test_part, use


def test_the_use_of_an_article_never_changes():
    uses = {"alder-001": "train", "alder-002": "test", "brine-012": "trust", "maple-004": "test", "maple-006": "trust"}
    assert {name: use(name).value for name in uses} == uses


def test_a_tenth_is_for_testing_and_a_tenth_or_three_for_trust():
    early = Counter(use(f"alder-{i:05}") for i in range(5000))
    late = Counter(use(f"{LATER[0]}-{i:05}") for i in range(5000))
    assert all(420 < c[Use.TEST] < 580 for c in (early, late))
    assert 420 < early[Use.TRUST] < 580 and 1320 < late[Use.TRUST] < 1680
    assert early.total() == late.total() == 5000


def test_the_test_part_is_the_same_in_all_batches():
    assert all(
        in_test_part(f"{b}-{i:03}") == (use(f"{b}-{i:03}") is Use.TEST) for b in ("brine", *LATER) for i in range(99)
    )
