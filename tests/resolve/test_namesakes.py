"""Two of one name: titles of different walks of life are evidence against, and a person is asked."""

from __future__ import annotations

import pytest

from onrecord.records import Decision, Judgement, Kind, Referent, Verdict
from onrecord.resolve import resolve
from onrecord.resolve.callings import clash, walks_of


def person(n: int, name: str, *roles: str) -> Referent:
    return Referent(id=f"f-{n}", report=f"r-{n}", kind=Kind.PERSON, name=name, roles=roles)


def sets(*people: Referent, decisions: tuple[Decision, ...] = ()) -> tuple[set[frozenset[str]], tuple[Judgement, ...]]:
    entities, judgements = resolve(people, (), beat=None, decisions=decisions)
    return {frozenset(e.referents) for e in entities}, judgements


@pytest.mark.parametrize("other", ["Sergei Voronin", "Сергей Воронин"])
def test_a_footballer_and_a_minister_of_one_name_are_asked_about(other: str) -> None:
    found, judgements = sets(person(1, "Sergei Voronin", "footballer"), person(2, other, "transport minister"))
    assert len(found) == 2 and [j.verdict for j in judgements] == [Verdict.UNSURE]
    assert "walks of life" in judgements[0].reason


def test_titles_of_one_walk_and_unknown_titles_join() -> None:
    people = [
        person(1, "Sergei Voronin", "transport minister"), person(2, "Sergei Voronin", "general"),
        person(3, "Sergei Voronin", "engineer"), person(4, "Sergei Voronin"),
    ]  # fmt: skip
    assert len(sets(*people)[0]) == 1
    assert len(sets(people[2], person(5, "Sergei Voronin", "footballer"))[0]) == 1


def test_who_has_no_title_is_not_given_to_either() -> None:
    found, judgements = sets(
        person(1, "Sergei Voronin", "footballer"), person(2, "Sergei Voronin", "minister"), person(3, "Sergei Voronin")
    )
    assert len(found) == 3 and {j.verdict for j in judgements} == {Verdict.UNSURE}


def test_no_third_spelling_brings_them_together() -> None:
    people = (
        person(1, "Sergei Voronin", "footballer"), person(2, "Sergey Voronin", "minister"), person(3, "Сергей Воронин")
    )  # fmt: skip
    found, _ = sets(*people)
    assert not any({"f-1", "f-2"} <= s for s in found)
    assert found == sets(*reversed(people))[0]


def test_a_person_may_say_that_they_are_one() -> None:
    said = Decision(
        id="dec-1", act="judge", target=("Sergei Voronin", "Сергей Воронин"), value="same", reason="a second career",
        by="ana", at="2031-01-01T00:00:00Z",
    )  # fmt: skip
    people = person(1, "Sergei Voronin", "footballer"), person(2, "Сергей Воронин", "minister")
    assert len(sets(*people, decisions=(said,))[0]) == 1


def test_walks() -> None:
    assert walks_of(("former footballer", "prime minister")) == {"sport", "public"}
    assert clash(walks_of(("singer",)), walks_of(("полковник",))) and not clash(walks_of(("engineer",)), walks_of(()))
    assert not clash(walks_of(("footballer", "minister")), walks_of(("footballer",)))
