"""Numbers joined into groups: each stands for its least, in whatever order they were joined."""

from itertools import permutations

from onrecord.trace.joined import Joined


def test_groups_are_told_by_their_least_in_any_order():
    for pairs in permutations([(4, 2), (2, 5), (1, 3), (3, 1)]):
        joined = Joined(range(6))
        news = [joined.join(a, b) for a, b in pairs]
        assert joined.roots() == [0, 1, 2, 1, 2, 2]
        assert news.count(False) == 1, "joining what is joined is no news"


def test_a_start_is_gone_on_with():
    joined = Joined([0, 0, 2, 2])
    assert not joined.join(0, 1) and joined.join(3, 1)
    assert joined.roots() == [0, 0, 0, 0]
