"""Two of one name: titles of different walks of life are evidence against, and a person is asked."""

from __future__ import annotations

import msgspec
import pytest

from onrecord.records import Because, Decision, Judgement, Kind, Mention, Passage, Referent, Verdict
from onrecord.resolve import resolve
from onrecord.resolve.callings import walks_of
from onrecord.resolve.traits import NOTHING, Traits, difference

Told = tuple[tuple[str, ...], str | None]  # titles, and when the report came out


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
    assert walks_of(("singer",)) == {"arts"} and walks_of(("полковник",)) == {"public"}
    assert walks_of(("engineer",)) == walks_of(()) == frozenset()


def test_differences() -> None:
    sport, public = Traits(walks=frozenset({"sport"})), Traits(walks=frozenset({"public"}))
    assert difference(sport, public) is not None and difference(sport, NOTHING) is None
    assert difference(sport | public, sport) is None
    early, late = Traits(years=frozenset({1994, 2001})), Traits(years=frozenset({2021}))
    assert difference(early, late) == difference(late, early).replace("2021 and 1994 to 2001", "1994 to 2001 and 2021")
    assert difference(early | Traits(years=frozenset({2010})), late) is None


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ((("minister",), "2031"), (("mayor",), "2031-05"), "different offices at one time"),
        ((("minister",), None), (("judge",), "2031"), "different offices at one time"),
        ((("latvian minister",), None), (("министр украины",), None), "offices of different countries"),
        (((), "1999-03-03"), ((), "2024-01"), "25 years apart"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("spelling", ["Sergei Voronin", "Сергей Воронин"])
def test_two_lives_of_one_name_are_asked_about(one: Told, other: Told, why: str, spelling: str) -> None:
    people = person(1, "Sergei Voronin", *one[0]), person(2, spelling, *other[0])
    found, judgements = resolve(people, (), beat=None, published={"r-1": one[1], "r-2": other[1]})
    assert len(found) == 2 and [j.verdict for j in judgements if "two" in j.reason or "which" in j.reason]
    assert all(j.verdict == Verdict.UNSURE for j in judgements) and any(why in j.reason for j in judgements)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((("mayor",), "2029"), (("minister",), "2031")),  # a career
        ((("former mayor",), "2031"), (("minister",), "2031")),
        ((("belarusian minister",), "2031"), (("head of the russian-belarusian council",), "2031")),
        (((), "2011-03-03"), ((), "2024-01")),
        ((("minister",), "2031"), (("deputy minister",), "2031")),
    ],
)
def test_one_life_is_joined(one: Told, other: Told) -> None:
    people = person(1, "Sergei Voronin", *one[0]), person(2, "Sergei Voronin", *other[0])
    assert len(resolve(people, (), beat=None, published={"r-1": one[1], "r-2": other[1]})[0]) == 1


def test_the_country_named_before_a_title_tells_two_apart() -> None:
    people, mentions = [], []
    for n, country in enumerate(("Latvia", "Ukraine")):
        people += [
            Referent(
                id=f"f-{n}", report=f"r-{n}", kind=Kind.PERSON, name="Sergei Voronin", roles=("defence minister",)
            ),
            Referent(id=f"f-c{n}", report=f"r-{n}", kind=Kind.COUNTRY, name=country),
        ]
        for who, start, end in ((f"f-c{n}", 0, 7), (f"f-{n}", 25, 39)):  # "Latvian defence minister Sergei Voronin"
            mentions.append(
                Mention(
                    id=f"m-{who}", report=f"r-{n}", passage=Passage(start, end), text="x", referent=who,
                    kind=Kind.PERSON, because=Because(rule="test"),
                )
            )  # fmt: skip
    _, judgements = resolve(people, mentions, beat=None)
    (asked,) = [j for j in judgements if {j.left, j.right} == {"f-0", "f-1"}]
    assert asked.verdict == Verdict.UNSURE and "“latvia”" in asked.reason and "“ukraine”" in asked.reason
    far = [
        msgspec.structs.replace(m, passage=Passage(m.passage.start + 9, 99)) if m.passage.start else m for m in mentions
    ]
    assert not any(j.verdict == Verdict.UNSURE for j in resolve(people, far, beat=None)[1])


def test_a_third_spelling_that_fits_two_goes_to_neither_and_both_are_asked() -> None:
    people = (
        person(1, "Sergei Voronin", "footballer"), person(2, "Sergey Voronin", "minister"), person(3, "Сергей Воронин")
    )  # fmt: skip
    found, judgements = sets(*people)
    assert found == {frozenset({"f-1"}), frozenset({"f-2"}), frozenset({"f-3"})}
    assert {(j.left, j.right, j.verdict) for j in judgements} == {
        (f"f-{a}", f"f-{b}", Verdict.UNSURE) for a, b in ((1, 2), (1, 3), (2, 3))
    }
    assert all("“Sergei Voronin”" in j.reason and "“Sergey Voronin”" in j.reason for j in judgements)
