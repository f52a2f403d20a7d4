"""Publisher families: who speaks with one voice, and what is wrong with a table of them."""

from datetime import date

import pytest
from trace_samples import BEAT

from onrecord.beat import Beat, BeatEntity, BeatOutlet, Office, bundled, load
from onrecord.records import Kind
from onrecord.trace import check_families
from onrecord.trace.families import bodies, publisher


def beat(*rows):
    return Beat(name="b", title="b", outlets=tuple(BeatOutlet(**{"name": r["key"], **r}) for r in rows))


def codes(b):
    return [(p.source.removeprefix("outlet "), p.code) for p in check_families(b)]


def test_families_and_owners_lead_to_one_publisher():
    b = beat(
        {"key": "post", "family": "trust"}, {"key": "echo", "owner": "Post"}, {"key": "far", "family": "Trust"},
        {"key": "own", "family": "own"}, {"key": "none"},
    )  # fmt: skip
    assert [publisher(o, b) for o in b.outlets] == ["trust", "trust", "trust", "own", "none"]
    assert publisher(BEAT.outlets[2], BEAT) == publisher(BEAT.outlets[3], BEAT)


def test_a_cycle_ends_and_is_told():
    b = beat({"key": "a", "family": "b"}, {"key": "b", "owner": "a"}, {"key": "c", "family": "a"})
    assert [publisher(o, b) for o in b.outlets] == ["a", "a", "a"]
    assert codes(b) == [("a", "family-cycle"), ("b", "family-cycle")]


def test_rows_that_nothing_can_match_and_rows_that_say_nothing():
    b = beat(
        {"key": "a", "state": "state", "domains": ("x.example",)},
        {"key": "b", "state": "independent", "domains": ("x.example",)},
        {"key": "c"},
    )
    assert codes(b) == [("b", "family-dead"), ("c", "family-missing")]


def test_families_that_hold_too_much():
    rows = [{"key": f"o{i}", "family": "all", "state": "state" if i else "opposition"} for i in range(8)]
    assert codes(beat(*rows)) == [("o0", "family-large"), ("o0", "family-mixed")]


def test_a_sound_table_has_no_problems():
    assert codes(beat({"key": "a", "family": "x"}, {"key": "b", "owner": "y"}, {"key": "c", "state": "state"})) == []


@pytest.mark.parametrize("name", bundled())
def test_the_beats_that_come_with_the_program_are_sound(name):
    assert load(name).outlets and check_families(load(name)) == ()


def test_a_problem_says_in_which_row_it_is():
    b = beat({"key": "a", "state": "state", "names": ("Gull",)}, {"key": "b", "state": "state", "names": ("gull",)})
    (problem,) = check_families(b)
    assert problem.detail.startswith("b: ") and "gull" in problem.detail and "'a'" in problem.detail


def test_who_speaks_for_which_body_on_a_day():
    b = Beat(
        name="b", title="b",
        entities=(
            BeatEntity(key="land", kind=Kind.COUNTRY, name="Land"),
            BeatEntity(key="board", kind=Kind.ORGANISATION, name="Board", part_of="land"),
            BeatEntity(
                key="rast", kind=Kind.PERSON, name="Rast", part_of="land",
                offices=(
                    Office(title="Head", of="board", since="2030-02", until="2031"), Office(title="Poet"),
                    Office(title="Deputy", of="land", since="2032"),
                ),
            ),
        ),
    )  # fmt: skip
    assert bodies("rast", date(2030, 2, 1), b) == bodies("rast", date(2031, 12, 31), b) == {"board"}
    assert bodies("rast", date(2030, 1, 31), b) == frozenset()
    assert bodies("rast", None, b) == {"board", "land"}
    assert bodies("board", None, b) == {"land"} and bodies("nobody", None, b) == frozenset()


def test_parts_of_parts_belong_to_the_whole_and_a_ring_of_parts_ends():
    b = Beat(
        name="b", title="b",
        entities=(
            BeatEntity(key="land", kind=Kind.COUNTRY, name="Land"),
            BeatEntity(key="board", kind=Kind.ORGANISATION, name="Board", part_of="land"),
            BeatEntity(key="yard", kind=Kind.ORGANISATION, name="Yard", part_of="board"),
            BeatEntity(key="rast", kind=Kind.PERSON, name="Rast", offices=(Office(title="Head", of="yard"),)),
            BeatEntity(key="a", kind=Kind.ORGANISATION, name="A", part_of="c"),
            BeatEntity(key="c", kind=Kind.ORGANISATION, name="C", part_of="a"),
        ),
    )  # fmt: skip
    assert bodies("rast", None, b) == {"yard", "board"} and bodies("yard", None, b) == {"board"}
    assert bodies("a", None, b) == {"c"}
