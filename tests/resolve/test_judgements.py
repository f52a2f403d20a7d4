"""Judgements: an equivalence under any order, against a naive oracle; a "not the same" cuts; undo restores."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import Decision, Kind, Referent, Verdict
from onrecord.resolve import resolve
from onrecord.resolve.judgements import active, standing
from onrecord.resolve.keys import name_key

# names that no rule joins, so that only people's judgements speak
NAMES = ("Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir")
THINGS = [Referent(id=f"f-{n}", report="r-1", kind=Kind.UNSURE, name=n) for n in NAMES]


def decision(act: str, target: tuple[str, ...], value: str, at: int) -> Decision:
    return Decision(id=f"dec-{act}-{'-'.join(target)}-{value}-{at}", act=act, target=target, value=value,
                    reason="seen", by="ana", at=f"2031-01-{at:02d}T00:00:00Z")  # fmt: skip


PAIRS = st.sampled_from([*combinations(NAMES, 2)])
DECISIONS = st.lists(
    st.builds(
        lambda p, v, at, turn: decision("judge", p[::-1] if turn else p, v, at),
        PAIRS, st.sampled_from(list(Verdict)), st.integers(1, 28), st.booleans(),
    ),
    max_size=10, unique_by=lambda d: d.at,
)  # fmt: skip


def partition(decisions: list[Decision]) -> set[frozenset[str]]:
    entities, _ = resolve(THINGS, (), beat=None, decisions=decisions)
    return {frozenset(r.removeprefix("f-") for r in e.referents) for e in entities}


def oracle(decisions: list[Decision]) -> set[frozenset[str]]:
    """Newest decision on each pair; then joins, newest first, each refused if it brings a parted pair together."""
    newest: dict[frozenset[str], Decision] = {}
    for d in sorted(decisions, key=lambda d: d.at):
        newest[frozenset(d.target)] = d
    apart = [p for p, d in newest.items() if d.value == Verdict.NOT_SAME]
    sets = [{n} for n in NAMES]
    for d in sorted(newest.values(), key=lambda d: d.at, reverse=True):
        if d.value == Verdict.SAME:
            a, b = (next(s for s in sets if n in s) for n in d.target)
            if a is not b and not any(p <= a | b for p in apart):
                sets = [s for s in sets if s is not a and s is not b] + [a | b]
    return {frozenset(s) for s in sets}


@settings(deadline=None, max_examples=200)
@given(DECISIONS, st.randoms(use_true_random=False))
def test_judgements_make_the_sets_that_a_naive_reading_makes(decisions: list[Decision], order: object) -> None:
    expected = oracle(decisions)
    order.shuffle(decisions)  # type: ignore[attr-defined]
    assert partition(decisions) == expected


@settings(deadline=None)
@given(DECISIONS)
def test_what_is_judged_not_the_same_is_never_together(decisions: list[Decision]) -> None:
    found = partition(decisions)
    for d, pair in standing(decisions).apart:
        assert not any(set(pair) <= {name_key(n) for n in s} for s in found), d


@settings(deadline=None)
@given(DECISIONS, st.data())
def test_undo_restores_and_an_undo_can_be_undone(decisions: list[Decision], data: st.DataObject) -> None:
    if not decisions:
        return
    gone = data.draw(st.sampled_from(decisions))
    undo = decision("undo", (), gone.id, 29)
    assert partition([*decisions, undo]) == partition([d for d in decisions if d is not gone])
    assert partition([*decisions, undo, decision("undo", (), undo.id, 30)]) == partition(decisions)


def test_not_the_same_cuts_a_chain_and_says_so() -> None:
    chain = [
        decision("judge", ("Ash", "Birch"), "same", 1),
        decision("judge", ("Birch", "Cedar"), "same", 2),
        decision("judge", ("Ash", "Cedar"), "not the same", 3),
    ]
    assert frozenset({"Birch", "Cedar"}) in partition(chain)  # the newer joining stands
    _, judgements = resolve(THINGS, (), beat=None, decisions=chain)
    assert any(j.verdict == Verdict.UNSURE and "keeps them apart" in j.reason for j in judgements)


@given(st.permutations(NAMES[:4]), st.permutations([1, 2]), st.booleans(), st.booleans())
def test_two_sets_stay_apart_by_any_pair_of_their_members(
    names: list[str], days: list[int], turn: bool, near: bool
) -> None:
    """Whichever member of either set the "not the same" names, and in whichever order the sets were made."""
    a, b, c, d = names
    parted = (d, b) if turn else (b, d)
    decided = [
        decision("judge", (a, c) if near else (b, c), "same", 1),  # the oldest: tried last
        decision("judge", (a, b), "same", 1 + days[0]),
        decision("judge", (c, d), "same", 1 + days[1]),
        decision("judge", parted, "not the same", 5),
    ]
    others = {frozenset({n}) for n in NAMES[4:]}
    assert partition(decided) == oracle(decided) == {frozenset({a, b}), frozenset({c, d})} | others


def test_nothing_is_deleted() -> None:
    first, second = decision("judge", ("Ash", "Elm"), "same", 1), decision("judge", ("Elm", "Ash"), "unsure", 2)
    assert active([first, second]) == (second, first)
    assert [d for d, _ in standing([first, second]).unsure] == [second] and not standing([first, second]).same


def test_other_acts_and_odd_targets_say_nothing() -> None:
    odd = [
        decision("grade", ("Ash", "Elm"), "same", 1), decision("judge", ("Ash", "Ash"), "same", 2),
        decision("judge", ("Ash",), "same", 3), decision("judge", ("Ash", "Nowhere"), "same", 4),
        decision("judge", ("", "Ash"), "not the same", 5), decision("judge", ("Ash", "Elm"), "perhaps", 6),
    ]  # fmt: skip
    assert partition(odd) == {frozenset({n}) for n in NAMES}
