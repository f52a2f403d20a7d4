"""The timeline's labels: whole where they have room, else cut within it; nothing is left out in silence."""

import re
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from onrecord.tell import timeline
from onrecord.tell.timeline import cut, timeline_svg


def row(n: int, value: str = "4 km", **more):
    return {
        "sign": "", "shown": value, "speaker": "Ada Venn-Okonkwo", "outlet": "Lorvenian Telegraph Agency", "words": "…",
        "published": "2031-03-03", "holds_at": None, "modality": "asserted", "record": {"type": "text"}, "id": f"c-{n}",
    } | more  # fmt: skip


def told(*rows):
    return SimpleNamespace(
        subject={"name": "Line"}, sections=[SimpleNamespace(property="top_speed", positions=[{"claims": list(rows)}])]
    )


def test_what_who_and_where_stand_in_two_lines_and_whole_in_the_title():
    long = "a very long account of why the line was put off once more by the ministry and its builders"
    svg = timeline_svg(told(row(1), row(2, long)))
    assert ">4 km<" in svg and ">Ada Venn-Okonkwo, Lorvenian Telegraph Agency<" in svg and ">top speed<" in svg
    assert f"<title>{long} · Ada Venn-Okonkwo, Lorvenian Telegraph Agency</title>" in svg and f">{long}<" not in svg
    assert min(float(x) for x in re.findall(r"font-size(?:=\"|:)(\d+)", svg)) >= 12


def test_months_of_a_short_picture_are_named_above_and_below():
    assert timeline_svg(told(row(1))).count(">Mar 2031<") == 2


def test_claims_beyond_the_last_lane_are_counted():
    svg = timeline_svg(told(*(row(n) for n in range(timeline.MOST_LANES + 7))))
    assert "7 more claims left out" in svg and svg.count('class="below"') == timeline.MOST_LANES


def test_where_there_is_nothing_to_draw_it_says_so_and_a_page_has_no_picture():
    for nothing in (told(), told(row(1, published=None))):
        svg = timeline_svg(nothing)
        assert "nothing to draw" in svg
        assert not re.search(r">\w* ?2000<", svg) and not timeline.embedded(nothing)
    assert timeline.embedded(told(row(1))) == timeline_svg(told(row(1)))


@given(st.text(min_size=0, max_size=80), st.integers(4, 60))
def test_a_label_is_never_longer_than_its_room(text, letters):
    label = cut(text, letters)
    assert len(label) <= letters and (label == text or label.endswith("…"))
