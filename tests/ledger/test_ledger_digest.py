"""One content, one digest: whatever the order, the number of runs, the clock, or a rebuild."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_reports import AT, LATER, decision_of, derived_of, kept, original_of, reading_of, report_of, text_of

from onrecord import ledger
from onrecord.records import Problem

SPEC = st.tuples(
    st.sampled_from(["Heron", "Egret", "Ibis"]), st.integers(1, 4), st.sampled_from(["1", "2"]),
    st.sampled_from([None, "https://a.example/1"]),
)  # fmt: skip


def added(specs, *, at=AT):
    """Digest of a ledger into which these reports were added in this order."""
    with ledger.open(":memory:") as book:
        for ship, knots, version, url in specs:
            kept(book, text_of(ship, knots), version=version, url=url, at=at)
        if specs:
            book.derive(derived_of(book.view()))
        assert ledger.check(book) == ()
        return ledger.digest(book)


@settings(max_examples=40, deadline=None)
@given(specs=st.lists(SPEC, min_size=1, max_size=6, unique=True), data=st.data())
def test_order_run_and_clock_do_not_count(specs, data):
    once = [(s, k, "1", u) for s, k, _, u in specs]
    shuffled = data.draw(st.permutations(once))
    assert added(once) == added(shuffled, at=LATER) == added([*once, *shuffled])


@settings(max_examples=20, deadline=None)
@given(specs=st.lists(SPEC, min_size=2, max_size=5, unique=True))
def test_what_is_kept_counts(specs):
    assert added(specs) != added(specs[1:])


def test_a_copy_under_another_name_is_the_same_report():
    digests = set()
    for names in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        with ledger.open(":memory:") as book:
            ids = {kept(book, name=n).id for n in names}
            assert len(ids) == 1 and book.view().counts()["reports"] == 1
            digests.add(ledger.digest(book))
    assert len(digests) == 1


def test_deriving_again_gives_the_same_digest_and_each_part_counts():
    with ledger.open(":memory:") as book:
        kept(book)
        kept(book, text_of("Egret"))
        derived = derived_of(book.view())
        book.derive(derived)
        first = ledger.digest(book)
        book.derive(ledger.Derived())
        assert ledger.digest(book) != first
        book.refresh()
        book.derive(derived)
        assert ledger.digest(book) == first
        for field in ledger.Derived.__struct_fields__:
            empty = type(getattr(derived, field))()
            less = {"origins": {}, "standings": {}} if field == "positions" else {}
            if field == "entities":  # what names them may stay: they are not rows of one another
                continue
            book.derive(msgspec.structs.replace(derived, **{field: empty}, **less))
            assert ledger.digest(book) != first, field


def test_every_kept_kind_counts():
    with ledger.open(":memory:") as book:
        seen = [ledger.digest(book)]
        report = report_of(text_of())
        book.keep(original_of(report.text), report, reading_of(report), recorded_at=AT)
        seen.append(ledger.digest(book))
        book.keep(original_of(report.text), report, reading_of(report, "2"), recorded_at=AT)
        seen.append(ledger.digest(book))
        book.note(Problem.of("read", "b.bin", "binary", "no text"), recorded_at=AT)
        seen.append(ledger.digest(book))
        book.decide(decision_of())
        seen.append(ledger.digest(book))
        assert len(set(seen)) == len(seen)
