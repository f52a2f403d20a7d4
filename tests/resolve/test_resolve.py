"""Names of several reports → entities: what joins, what stays apart, what is asked; the order of reading is nothing."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.beat import parse
from onrecord.records import Because, Decision, Entity, Form, Judgement, Kind, Mention, Passage, Referent, Verdict
from onrecord.resolve import resolve

BEAT = parse(
    """
[beat]
name = "ferries"
title = "Ferries"

[[entity]]
key = "oda-vinter"
kind = "person"
name = "Oda Vinter"
[[entity.offices]]
title = "Harbour Master of Sandholm"
names = ["the Harbour Master"]
since = "2020-03"
until = "2024-06"
source = "harbour gazette"

[[entity]]
key = "per-lund"
kind = "person"
name = "Per Lund"
[[entity.offices]]
title = "Harbour Master of Sandholm"
names = ["the Harbour Master"]
since = "2024-07"
source = "harbour gazette"
"""
)


def referent(name: str, report: str = "r-1", kind: Kind = Kind.PERSON, **more: object) -> Referent:
    return Referent(id=f"f-{report}-{kind}-{name}", report=report, kind=kind, name=name, **more)  # type: ignore[arg-type]


def judge(a: str, b: str, verdict: Verdict, at: str = "2031-01-01", **more: str) -> Decision:
    return Decision(id=f"dec-{a}-{b}-{verdict}-{at}", act="judge", target=(a, b), value=verdict, reason="looked it up",
                    by="ana", at=at)  # fmt: skip


def groups(entities: tuple[Entity, ...]) -> set[frozenset[str]]:
    """Names of the referents, by entity."""
    return {frozenset(r.split("-", 4)[-1] + "@" + r.split("-")[2] for r in e.referents) for e in entities}


def resolved(*referents: Referent, **more: object) -> tuple[tuple[Entity, ...], tuple[Judgement, ...]]:
    return resolve(referents, (), beat=None, **more)  # type: ignore[arg-type]


def one(*names: str, kind: Kind = Kind.PERSON) -> bool:
    """Whether names in as many reports become one entity."""
    entities, _ = resolved(*(referent(n, f"r-{i}", kind) for i, n in enumerate(names)))
    return len(entities) == 1


@pytest.mark.parametrize(
    "left, right, kind",
    [
        ("Сергей Воронин", "Siarhei Varonin", Kind.PERSON),
        ("Sergey Voronin", "Серге́й Воронин", Kind.PERSON),
        ("VORONIN, Sergei", "Sergey Voronin", Kind.PERSON),
        ("General Sergei Voronin", "Sergei Voronin", Kind.PERSON),
        ("Sergei Ivanovich Voronin", "Sergei Voronin", Kind.PERSON),
        ("Министерство обороны", "Ministry of Defence", Kind.ORGANISATION),
        ("Belarusian Ministry of Defence", "Минобороны Беларуси", Kind.ORGANISATION),
        ("ОАО «Паром»", "Parom JSC", Kind.ORGANISATION),
        ("“Parom” plant", "Parom Plant", Kind.ORGANISATION),
        ("Kestrel", "Кестрел", Kind.SYSTEM),
        ("Heron-7", "Heron 7", Kind.SYSTEM),
    ],
)
def test_spellings_of_one_name_join(left: str, right: str, kind: Kind) -> None:
    assert one(left, right, kind=kind)


@pytest.mark.parametrize(
    "left, right, kind",
    [
        ("Viktor Voronin", "Sergei Voronin", Kind.PERSON),
        ("Sergei Ivanovich Voronin", "Sergei Petrovich Voronin", Kind.PERSON),
        ("Ahmad bin Hasan Nuri", "Hasan bin Ahmad Nuri", Kind.PERSON),
        ("Ministry of Defence of Belarus", "Ministry of Defence of Russia", Kind.ORGANISATION),
        ("High Court of Tarvik", "Supreme Court of Tarvik", Kind.ORGANISATION),
        ("Heron-7", "Heron-7M", Kind.SYSTEM),
        ("Heron-7", "Heron-8", Kind.SYSTEM),
        ("Heron-7", "the upgraded Heron-7", Kind.SYSTEM),
        ("Heron-7 Kestrel", "Heron-7", Kind.SYSTEM),
        ("West-2031", "West-2033", Kind.EVENT),
    ],
)
def test_other_things_stay_apart(left: str, right: str, kind: Kind) -> None:
    assert not one(left, right, kind=kind)


def test_case_endings_join_or_ask() -> None:
    assert one("Сергеем Ворониным", "Сергей Воронин") and one(
        "Сандхольмским портом", "Сандхольмский порт", kind=Kind.FACILITY
    )
    entities, judgements = resolved(referent("Валерия Воронина"), referent("Валерий Воронин", "r-2"))
    assert len(entities) == 2 and [j.verdict for j in judgements] == [Verdict.UNSURE]


def test_decisions_may_name_a_beat_entity_by_its_row() -> None:
    some = [referent("Lund", key="per-lund"), referent("Peter Lunde", "r-2")]
    for name in ("Per Lund", "per-lund"):
        entities, _ = resolve(some, (), beat=BEAT, decisions=[judge(name, "Peter Lunde", Verdict.SAME)])
        assert [e.key for e in entities] == ["per-lund"]


def test_every_joining_has_a_judgement_with_a_sentence() -> None:
    _, judgements = resolved(referent("Сергей Воронин"), referent("Sergei Voronin", "r-2"))
    (j,) = judgements
    assert j.verdict == Verdict.SAME and j.by == "rule" and "Сергей Воронин" in j.reason and ":" in j.reason


def test_an_acronym_joins_in_its_report_and_is_asked_elsewhere() -> None:
    body = Kind.ORGANISATION
    full = referent("Sandholm Ferry Agency", kind=body)
    assert len(resolved(full, referent("SFA", kind=body))[0]) == 1
    entities, judgements = resolved(full, referent("SFA", "r-2", body))
    assert len(entities) == 2 and [j.verdict for j in judgements] == [Verdict.UNSURE]
    assert len(resolved(full, referent("SFB", kind=body))[1]) == 0


def test_a_variant_is_linked_by_a_judgement() -> None:
    _, judgements = resolved(referent("Heron-7", kind=Kind.SYSTEM), referent("upgraded Heron-7", kind=Kind.SYSTEM))
    assert [(j.verdict, "variant" in j.reason) for j in judgements] == [(Verdict.NOT_SAME, True)]


def test_a_surname_joins_the_one_full_name() -> None:
    entities, judgements = resolved(
        referent("Sergei Voronin"), referent("Voronin", "r-2"), referent("S. Voronin", "r-3")
    )
    assert len(entities) == 1 and all("can only be" in j.reason for j in judgements)


def test_two_persons_of_one_surname_leave_a_surname_unsure() -> None:
    people = [referent("Sergei Voronin"), referent("Viktor Voronin", "r-2"), referent("Voronin", "r-3")]
    entities, judgements = resolved(*people)
    assert len(entities) == 3 and {j.verdict for j in judgements} == {Verdict.UNSURE}


def test_the_report_decides_between_two_of_one_surname() -> None:
    people = [referent("Sergei Voronin"), referent("Viktor Voronin", "r-2"), referent("Voronin", "r-2")]
    entities, _ = resolved(*people)
    assert {frozenset(e.referents) for e in entities} == {
        frozenset({people[0].id}), frozenset({people[1].id, people[2].id})
    }  # fmt: skip


def test_initials_choose() -> None:
    people = [referent("Sergei Voronin"), referent("Viktor Voronin", "r-2"), referent("V. Voronin", "r-3")]
    entities, _ = resolved(*people)
    assert frozenset({people[1].id, people[2].id}) in {frozenset(e.referents) for e in entities}


def test_mixed_alphabets_are_asked_not_joined() -> None:
    entities, judgements = resolved(referent("Sergei Vorоnin"), referent("Sergei Voronin", "r-2"))  # a Cyrillic o
    assert len(entities) == 2
    assert [(j.verdict, "two alphabets" in j.reason) for j in judgements] == [(Verdict.UNSURE, True)]


def test_offices_become_persons_by_date() -> None:
    office = [referent("the Harbour Master", f"r-{i}", named=False) for i in range(4)]
    days = {"r-0": "2023-05-01", "r-1": "2031-05-01", "r-2": None, "r-3": "2024"}
    entities, judgements = resolve(office, (), beat=BEAT, published=days)
    assert {e.key: e.referents for e in entities if e.key} == {
        "oda-vinter": (office[0].id,), "per-lund": (office[1].id,)
    }  # fmt: skip
    assert all("Harbour Master" in j.reason and "harbour gazette" in j.reason for j in judgements)


def test_what_is_spelled_as_the_beat_spells_one_row_is_that_row() -> None:
    yard = parse(
        '[beat]\nname = "b"\ntitle = "t"\n'
        '[[entity]]\nkey = "yard"\nkind = "organisation"\nname = "Rimmel Yard Office"\nnames = ["Yardery"]\n'
        '[[entity]]\nkey = "dock"\nkind = "facility"\nname = "Dock"\nnames = ["Twin"]\n'
        '[[entity]]\nkey = "pier"\nkind = "facility"\nname = "Pier"\nnames = ["Twin"]\n'
    )
    full = referent("Rimmel Yard Office", kind=Kind.ORGANISATION, key="yard")
    misread = referent("Yardery")  # a person, says the reader; in one report with the row, and alone
    for also, joined in (
        ((full, misread), True), ((full, referent("Yardery", "r-2")), False),
        ((full, referent("Yardery", "r-2", Kind.ORGANISATION)), True),
        ((full, referent("Yardery", "r-2", Kind.UNSURE)), True),
    ):  # fmt: skip
        entities, judgements = resolve(also, (), beat=yard)
        assert (len(entities) == 1) is joined, also
        assert not joined or "beat-key" in judgements[0].reason
    for kind in (Kind.FACILITY, Kind.UNSURE):  # a spelling of two rows is neither
        assert all(e.key is None for e in resolve([referent("Twin", kind=kind)], (), beat=yard)[0])


def test_two_keys_of_a_beat_are_never_joined_by_rule() -> None:
    some = [referent("Per Lund", key="per-lund"), referent("Per Lund", "r-2", key="oda-vinter")]
    assert len(resolve(some, (), beat=BEAT)[0]) == 2


def test_a_person_may_join_and_cut() -> None:
    people = [referent("Sergei Voronin"), referent("Serge Voron", "r-2"), referent("Сергей Воронин", "r-3")]
    joined, _ = resolved(*people, decisions=[judge("Sergei Voronin", "Serge Voron", Verdict.SAME)])
    assert len(joined) == 1
    cut, judgements = resolved(*people, decisions=[judge("Sergei Voronin", "Сергей Воронин", Verdict.NOT_SAME)])
    assert frozenset({people[0].id, people[2].id}) not in {frozenset(e.referents) for e in cut} and len(cut) == 3
    assert any(j.by == "ana" and j.verdict == Verdict.NOT_SAME for j in judgements)


def test_unsure_stops_the_rules() -> None:
    people = [referent("Sergei Voronin"), referent("Сергей Воронин", "r-2")]
    entities, judgements = resolved(*people, decisions=[judge("Sergei Voronin", "Сергей Воронин", Verdict.UNSURE)])
    assert len(entities) == 2 and [j.verdict for j in judgements] == [Verdict.UNSURE]


def test_one_referent_can_be_taken_out_by_its_id() -> None:
    long = [Referent(id=f"f-0123456789abcde{i}", report=f"r-{i}", kind=Kind.PERSON, name="Per Lund") for i in range(3)]
    entities, _ = resolved(*long, decisions=[judge(long[0].id, "Per Lund", Verdict.NOT_SAME)])
    assert {e.referents for e in entities} == {(long[0].id,), (long[1].id, long[2].id)}
    assert len({e.id for e in entities}) == 2


def test_names_are_counted_and_the_fullest_is_shown() -> None:
    full, short = referent("Oda Vinter"), referent("Vinter", "r-2")
    said = [(full, "Oda Vinter"), (short, "Vinter"), (short, "Vinter")]
    mentions = [
        Mention(id=f"m-{i}", report=r.report, passage=Passage(i, i + 1), text=t, referent=r.id, kind=r.kind,
                form=Form.NAMED, because=Because(rule="test"))
        for i, (r, t) in enumerate(said)
    ]  # fmt: skip
    (entity,), _ = resolve([full, short], mentions, beat=None)
    assert (entity.name, entity.names) == ("Oda Vinter", ("Vinter", "Oda Vinter"))


NAMES = st.sampled_from(
    ["Sergei Voronin", "Сергей Воронин", "Voronin", "S. Voronin", "Viktor Voronin", "V. Voronin", "Oda Vinter",
     "Vinter", "Heron-7", "Heron 7", "Heron-7M", "Parom JSC", "ОАО «Паром»", "", "—", "王伟"]
)  # fmt: skip
REFERENTS = st.lists(
    st.builds(
        lambda n, r, k, named: referent(n, f"r-{r}", k, named=named),
        NAMES, st.integers(0, 3), st.sampled_from([Kind.PERSON, Kind.SYSTEM, Kind.ORGANISATION]), st.booleans(),
    ),
    max_size=12, unique_by=lambda r: r.id,
)  # fmt: skip
DECISIONS = st.lists(
    st.builds(
        judge, NAMES, NAMES, st.sampled_from(list(Verdict)), st.sampled_from(["2031-01-01", "2031-02-01", "2031-03-01"])
    ),
    max_size=4,
)


@settings(deadline=None, max_examples=150)
@given(REFERENTS, DECISIONS, st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing(some: list[Referent], decided: list[Decision], order: object) -> None:
    first = resolve(some, (), beat=None, decisions=decided)
    order.shuffle(some)  # type: ignore[attr-defined]
    order.shuffle(decided)  # type: ignore[attr-defined]
    assert resolve(some, (), beat=None, decisions=decided) == first
    entities, _ = first
    assert sorted(r for e in entities for r in e.referents) == sorted(r.id for r in some)
    assert len({e.id for e in entities}) == len(entities)


def test_ten_thousand_spellings_take_bounded_time() -> None:
    letters = "aeiouy"
    some = [
        referent(
            "Sergei Vor" + "".join(letters[i // 6**k % 6] + c for k, c in enumerate("nskvt")) + str(i % 2), f"r-{i}"
        )
        for i in range(10_000)
    ]
    start = time.perf_counter()
    entities, judgements = resolve(some, (), beat=None)
    assert time.perf_counter() - start < 60 and entities and len(judgements) < 200_000


@pytest.mark.parametrize("name", ["", " ", "«»", "a" * 5000, "Воро" * 1250, "-" * 5000, "X-1 " * 1250, "\u0301" * 5000])
def test_odd_names_are_names(name: str) -> None:
    for kind in Kind:
        entities, _ = resolved(
            referent(name, kind=kind), referent("Sergei Voronin", "r-2"), referent(name, "r-3", kind)
        )
        assert 2 <= len(entities) <= 3
