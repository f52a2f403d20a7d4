"""Origins: bounds, reasons, and what must never change them."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from trace_samples import BEAT, claimed, report, said, story

from onrecord.beat import Beat, BeatEntity, Office
from onrecord.records import Anonymity, Kind, LinkKind
from onrecord.trace import by_side, children, count, link

WORDS = "the ferry will carry forty cars"
OUTLETS = [
    "Harbour Post",
    "Harbour Echo",
    "Tarvik Radio",
    "State Gazette",
    "Coast Wire",
    "Quiet Paper",
    "Elsewhere",
    None,
]
DAYS = [None, "2031-03-03", "2031-03-04", "2031-06-20", "2999-01-01"]


class Case:
    """Reports that each say `WORDS` once, in whoever's voice."""

    def __init__(self):
        self.reports, self.statements, self.claims, self.speakers = [], [], [], {}

    def add(self, outlet, published="2031-03-03", *, text=None, speaker=None, unnamed=False):
        name = f"{len(self.reports):02d}"
        text = text if text is not None else f"{story(1000 + len(self.reports), 4)}\nIt is said that {WORDS}."
        r = report(name, text, outlet, published)
        s = None
        if speaker is not None or unnamed:
            s = said(name, r, WORDS, anonymity=Anonymity.UNNAMED if unnamed else Anonymity.NAMED)
            self.statements.append(s)
            self.speakers[s.id] = speaker
        self.reports.append(r)
        self.claims.append(claimed(name, r, WORDS, s))
        return r

    def origins(self, order=None, beat=BEAT):
        links = link(self.reports, self.statements, beat=beat, speaker_of=self.speakers)
        claims = self.claims if order is None else [self.claims[i] for i in order]
        return count(
            claims, links, reports=self.reports, statements=self.statements, speaker_of=self.speakers, beat=beat
        )


def bounds(*rows, beat=BEAT):
    case = Case()
    for row in rows:
        case.add(*row[0], **row[1])
    found = case.origins(beat=beat)
    return found.low, found.high, [f.kind for f in found.foldings]


def own(outlet, published="2031-03-03", **more):
    return (outlet, published), more


def test_independent_publishers_are_two_origins():
    assert bounds(own("Harbour Post"), own("Tarvik Radio")) == (2, 2, [])


def test_one_family_is_one_origin():
    assert bounds(own("Harbour Post"), own("post.example"), own("Harbour Echo"))[:2] == (1, 1)


def test_one_speaker_on_one_occasion_in_two_outlets_is_one_origin():
    low, high, kinds = bounds(own("Harbour Post", speaker="e1"), own("Tarvik Radio", "2031-03-04", speaker="e1"))
    assert (low, high, kinds) == (1, 1, [LinkKind.SPEECH])


def test_one_speaker_months_later_or_undated_may_be_repeating():
    assert bounds(own("Harbour Post", speaker="e1"), own("Tarvik Radio", "2031-06-20", speaker="e1"))[:2] == (1, 2)
    assert bounds(own("Harbour Post", None, speaker="e1"), own("Tarvik Radio", None, speaker="e1"))[:2] == (1, 2)


def test_two_speakers_in_one_outlet_are_two_origins():
    assert bounds(own("Harbour Post", speaker="e1"), own("Harbour Post", speaker="e2"))[:2] == (2, 2)


def test_unnamed_officials_may_be_one_and_an_unknown_outlet_adds_nothing():
    assert bounds(own("Harbour Post", unnamed=True), own("Tarvik Radio", unnamed=True))[:2] == (1, 2)
    assert bounds(own("Harbour Post"), own("Tarvik Radio", unnamed=True))[:2] == (1, 2)
    assert bounds(own("Harbour Post"), own("Elsewhere"), own("Quiet Paper"), own(None))[:2] == (1, 4)
    assert bounds(own("Harbour Post"), own("Tarvik Radio"), beat=None)[:2] == (1, 2)


def test_state_media_may_have_been_told_the_same():
    assert bounds(own("State Gazette"), own("Sea Agency"))[:2] == (1, 2)


def test_outlets_that_credit_one_agency_are_one_origin():
    text = f"{{}}\n{WORDS.capitalize()}, according to Coast Wire. {WORDS}, it said."
    rows = [own(o, text=text.format(story(i, 3))) for i, o in enumerate(("Harbour Post", "Tarvik Radio"))]
    assert bounds(*rows)[:2] == (1, 1)
    assert bounds(rows[0], own("Coast Wire"))[:2] == (1, 1)


def test_a_copy_is_one_origin_whoever_is_said_to_speak_in_it():
    text = f"{story(5, 5)}\nIt is said that {WORDS}.\n{story(6, 5)}"
    rows = own("Harbour Post", text=text, speaker="e1"), own("Tarvik Radio", text=f"News.\n{text}", speaker="e2")
    low, high, kinds = bounds(*rows)
    assert (low, high, kinds) == (1, 1, [LinkKind.COPY])


def test_a_paragraph_reused_elsewhere_only_makes_it_possible():
    shared = story(7, 4)
    rows = [
        own(o, text=f"{story(i, 5)}\n{WORDS}.\n{story(20 + i, 3)}\n{shared}")
        for i, o in ((1, "Harbour Post"), (2, "Tarvik Radio"))
    ]
    assert bounds(*rows)[:2] == (1, 2)


def test_copies_meet_through_a_report_that_has_no_claim_here():
    text = f"{story(5, 5)}\nIt is said that {WORDS}.\n{story(6, 5)}"
    hub, a, b = report("hub", text), report("a", text, "Harbour Post"), report("b", text, "Tarvik Radio")
    links = link([a, b, hub], beat=BEAT)
    assert len(links) == 2  # equal texts make a star
    found = count([claimed("a", a, WORDS), claimed("b", b, WORDS)], links, reports=[a, b], beat=BEAT)
    assert (found.low, found.high) == (1, 1)


def test_unrelated_stories_never_join_two_origins():
    """A round-up copies two stories; claims of those two stay apart."""
    one, two = f"{story(1, 6)}\n{WORDS}.", f"{story(2, 6)}\n{WORDS} indeed."
    a, b = report("a", one, "Harbour Post"), report("b", two, "Tarvik Radio")
    roundup = report("c", f"{one}\n{story(3, 2)}\n{two}", "State Gazette")
    links = link([a, b, roundup], beat=BEAT)
    assert len(links) == 2
    found = count([claimed("a", a, WORDS), claimed("b", b, WORDS)], links, reports=[a, b, roundup], beat=BEAT)
    assert (found.low, found.high) == (2, 2)


def test_the_innermost_speaker_counts():
    r = report("a", f"The agency said the mayor said that {WORDS}.", "Harbour Post")
    other = report("b", f"The mayor said that {WORDS}, and more.", "Tarvik Radio")
    outer = said("outer", r, f"the mayor said that {WORDS}")
    inner = said("inner", r, WORDS, parent=outer.id)
    plain = said("plain", other, WORDS)
    found = count(
        [claimed("a", r, WORDS, outer), claimed("b", other, WORDS, plain)], (), reports=[r, other], beat=BEAT,
        statements=[outer, inner, plain], speaker_of={outer.id: "agency", inner.id: "mayor", plain.id: "mayor"},
    )  # fmt: skip
    assert (found.low, found.high) == (1, 1)


def test_nothing_to_count():
    found = count([], ())
    assert (found.low, found.high, found.claims) == (0, 0, ())


def test_links_may_come_ready():
    case = Case()
    case.add("Harbour Post", text=f"{story(5, 5)} {WORDS}")
    case.add("Tarvik Radio", text=f"{story(5, 5)} {WORDS}")
    links = link(case.reports, beat=BEAT)
    ready = {r.id: r for r in case.reports}
    assert count(case.claims, links, reports=case.reports, beat=BEAT) == count(
        case.claims, by_side(links), reports=ready, beat=BEAT, inside=children(case.statements)
    )


def test_one_report_many_thousand_times_is_one_origin_in_bounded_time():
    text = f"{story(5, 6)}\nIt is said that {WORDS}."
    outlets = ("Harbour Post", "Coast Wire", "Tarvik Radio")
    many = [
        report(f"{i:05d}", text, outlets[i % 3], None if i % 7 == 0 else "2031-03-03") for i in range(10_000)
    ]  # fmt: skip
    start = time.process_time()
    links = link(many, [], beat=BEAT, speaker_of={})
    found = count([claimed(r.name, r, WORDS) for r in many], links, reports=many, beat=BEAT)
    assert time.process_time() - start < 20
    assert (found.low, found.high, len(links)) == (1, 1, len(many) - 1)


# ---------------------------------------------------------------- properties

ROW = st.tuples(
    st.sampled_from(OUTLETS), st.sampled_from(DAYS), st.sampled_from([None, "e1", "e2", "e3"]), st.booleans(),
    st.integers(0, 3),
)  # fmt: skip


def drawn(rows):
    """A case from drawn rows; equal numbers above 0 are copies of one text, each with its own line before."""
    case = Case()
    for i, (outlet, day, speaker, unnamed, text) in enumerate(rows):
        copied = f"Edition {i}.\n{story(text, 6)}\nSo {WORDS}.\n{story(10 + text, 4)}" if text else None
        case.add(outlet, day, text=copied, speaker=speaker, unnamed=unnamed and speaker is None)
    return case


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_bounds_hold_and_order_changes_nothing(rows, random):
    case = drawn(rows)
    found = case.origins()
    assert 1 <= found.low <= found.high <= len(case.claims)
    for groups in (found.groups_low, found.groups_high):
        assert sorted(c for g in groups for c in g) == list(found.claims)
    assert all(any(set(h) <= set(g) for g in found.groups_low) for h in found.groups_high)
    assert len(found.foldings) == len(case.claims) - found.low
    order = list(range(len(rows)))
    random.shuffle(order)
    for records in (case.reports, case.statements):
        random.shuffle(records)
    assert case.origins(order) == found


OWN_AND_CARRIED = [  # one outlet: its own word twice, an unnamed one's, and a speaker's
    ("Harbour Post", None, None, False, 0), ("Harbour Post", None, None, False, 1),
    ("Harbour Post", None, None, True, 1), ("Harbour Post", "2031-03-03", "e1", False, 0),
]  # fmt: skip


@example(OWN_AND_CARRIED, "Harbour Post", None, 3)
@settings(max_examples=40, deadline=None)
@given(
    st.lists(ROW, min_size=1, max_size=5), st.sampled_from(OUTLETS), st.sampled_from([None, "2999-01-02"]),
    st.integers(0, 4),
)  # fmt: skip
def test_adding_a_later_copy_never_raises_the_lower_bound(rows, outlet, day, which):
    case = drawn(rows)
    before = case.origins()
    i = which % len(rows)
    case.add(outlet, day, text=f"Another edition.\n{case.reports[i].text}", speaker="e9")
    assert case.origins().low <= before.low


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=5), st.sampled_from(OUTLETS), st.sampled_from([None, "e8"]))
def test_adding_an_independent_report_never_lowers_it(rows, outlet, speaker):
    case = drawn(rows)
    before = case.origins()
    case.add(outlet, "2031-03-05", speaker=speaker)
    assert case.origins().low >= before.low


# ---------------------------------------------------------------- bodies and their heads

HEADED = Beat(
    name="b",
    title="b",
    entities=(
        BeatEntity(key="coast", kind=Kind.COUNTRY, name="Coast"),
        BeatEntity(key="office", kind=Kind.ORGANISATION, name="Harbour Office", part_of="coast"),
        BeatEntity(key="pilots", kind=Kind.ORGANISATION, name="Pilot Service", part_of="office"),
        BeatEntity(
            key="orsby", kind=Kind.PERSON, name="Orsby",
            offices=(Office(title="Harbour Master", of="office", since="2030", until="2031-12"),),
        ),
        BeatEntity(key="kelder", kind=Kind.PERSON, name="Kelder", part_of="coast"),
    ),
)  # fmt: skip


def spoken(*rows):
    """Bounds and reasons where each row is a speaker (key in the beat) and a day."""
    case = Case()
    for n, (who, day) in enumerate(rows):
        case.add(f"Outlet {n}", day, speaker=f"e-{who}")
    keys = {f"e-{e.key}": e.key for e in HEADED.entities}
    found = count(
        case.claims, link(case.reports, case.statements, speaker_of=case.speakers), reports=case.reports,
        statements=case.statements, speaker_of=case.speakers, beat=HEADED, key_of=keys,
    )  # fmt: skip
    return found.low, found.high, [f.reason for f in found.foldings]


@pytest.mark.parametrize(
    "rows",
    [
        [("office", "2031-03-03"), ("orsby", "2031-03-04")],
        [("orsby", "2031-03-03"), ("office", "2031-03-03")],
        [("pilots", "2031-03-03"), ("office", "2031-03-05")],
        [("office", None), ("orsby", "2031-03-04")],
        [("pilots", "2031-03-03"), ("orsby", "2031-03-03")],
    ],
)
def test_a_body_and_its_head_on_one_occasion_may_be_one_origin(rows):
    low, high, (reason,) = spoken(*rows)
    assert (low, high) == (1, 2) and "one occasion" in reason and "may be one announcement" in reason


@pytest.mark.parametrize(
    "rows",
    [
        [("office", "2031-03-03"), ("orsby", "2031-06-04")],
        [("office", "2032-03-03"), ("orsby", "2032-03-03")],
        [("pilots", "2031-03-03"), ("orsby", "2031-06-03")],
        [("kelder", "2031-03-03"), ("coast", "2031-03-03")],
    ],
)
def test_another_occasion_a_former_head_and_a_countryman_are_apart(rows):
    assert spoken(*rows) == (2, 2, [])
