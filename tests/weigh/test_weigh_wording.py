"""Wordings that say the same, and look-alikes that do not."""

import pytest

from onrecord.weigh.wording import alike, has, undated


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("The rope was replaced in spring", "rope was replaced in the spring", True),
        ("the rope was replaced", "the rope was not replaced", False),
        ("the rope can be replaced", "the rope can’t be replaced", False),
        ("4 cabins were ordered", "5 cabins were ordered", False),
        ("cabins were ordered from abroad", "the mayor cut a ribbon", False),
        ("the tunnel is safe for those who work in it", "the tunnel is unsafe for those who work in it", False),
        ("the northern face has been flooded again", "the southern face has been flooded again", False),
        ("forty cabins were tested in snow", "fourteen cabins were tested in snow", False),
        ("the cabins were tested in deep snow", "he said the cabins were tested in deep snow", True),
        ("the Zhelmar station has been roofed over", "the Želmar station has been roofed over", True),
        ("", "", True),
    ],
)
def test_alike(a, b, same):
    assert alike(a, b) is same and alike(b, a) is same


def test_undated_leaves_what_is_promised():
    assert undated("open the top station by June 2031") == undated("open the top station by September 2032")
    assert undated("open the top station by June 2031") != undated("open the low station by June 2031")


def test_words_of_change_stand_alone():
    assert has("it was 2 km; today it is 3 km", "change")
    assert not has("the nowhere line", "change")
