"""What a view answers: each question, at each time, with each filter."""

from itertools import combinations, product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_reports import AT, LATER, decision_of, derived_of, find, kept, original_of, reading_of, report_of, text_of

from onrecord import ledger
from onrecord.beat import Beat, BeatOutlet
from onrecord.errors import NotFound, WrongCall
from onrecord.ledger import Filter
from onrecord.ledger.filters import match
from onrecord.records import Modality, Passage, Problem, Standing

URL = "https://www.a.example/heron"
BEAT = Beat(
    name="ships", title="Ships",
    outlets=(BeatOutlet(key="post", name="Harbour Post", names=("HP",), domains=("post.example",)),),
)  # fmt: skip


@pytest.fixture
def book():
    """Three pages: Heron twice at one URL (20, then 21 knots), Egret elsewhere under another speaker."""
    with ledger.open(":memory:") as book:
        book.use(BEAT)
        kept(book, text_of(), url=URL)
        kept(book, text_of(knots=21), url=URL, at=LATER, published=None)
        kept(book, text_of("Egret", 30, "Bo Reed"), outlet=None, published="2030", url="https://news.post.example/e")
        book.derive(derived_of(book.view()))
        yield book


@pytest.fixture
def view(book):
    return book.view()


def knots(claims):
    return sorted(c.value.low for c in claims)


def test_reports_stand_by_publication_undated_last(view):
    assert [r.published for r in view.reports()] == ["2030", "2031-03-03", None]
    assert [r.id for r in view.reports()] == list(view.report_ids())
    assert view.count_reports() == 3


def test_a_report_and_its_parts_come_back_as_they_were(view):
    for report in view.reports():
        assert view.report(report.id) == report
        reading = reading_of(report)
        assert view.reading(report.id) == reading
        assert view.mentions(report.id) == reading.mentions and view.referents(report.id) == reading.referents
        assert view.quantities(report.id) == reading.quantities and view.dates(report.id) == reading.dates
        assert view.original(report.id) == original_of(report.text, url=report.url)
        for m in reading.mentions:
            assert view.text(report.id, m.passage) == m.text
        for c in reading.claims:
            assert view.claim(c.id) == c and view.claim(c.id[:10]) == c
            assert view.statement(c.statement).id == c.statement


def test_passages_count_code_points_not_bytes():
    with ledger.open(":memory:") as book:
        text = text_of(extra="Δ 🚢 ÅÅ end")
        report = kept(book, text)
        for words in ("🚢", "ÅÅ end", "Δ"):
            assert book.view().text(report.id, find(text, words)) == words


def test_what_is_not_there_is_said(view):
    for ask in (view.report, view.reading, view.original, view.claim, view.statement, view.entity, view.position):
        with pytest.raises(NotFound, match="on record"):
            ask("r-00ff")
    with pytest.raises(NotFound):
        view.text("r-00ff", Passage(0, 1))
    assert view.recorded_at("r-0") is None and view.position_of("c-0") is None and view.origins("o-0") is None
    assert view.entity_of("f-0") is None and view.speaker_of("s-0") is None and view.standing("o-0") == ()


def test_reports_at_one_url_are_versions_and_the_last_recorded_is_current(view):
    old, new = (next(r.id for r in view.reports() if str(n) in r.text) for n in (20, 21))
    egret = next(r.id for r in view.reports() if "Egret" in r.text)
    assert view.versions(old) == view.versions(new) == (old, new) and view.versions(egret) == (egret,)
    assert [view.is_current(r) for r in (old, new, egret)] == [False, True, True]
    assert view.current() == {new, egret}
    assert knots(view.claims()) == [20, 21, 30] and knots(view.claims(Filter(current=True))) == [21, 30]


def test_versions_recorded_together_go_by_publication():
    with ledger.open(":memory:") as book:
        late = kept(book, text_of(knots=2), url=URL, published="2031-03-05").id
        early = kept(book, text_of(knots=1), url=URL, published="2031-03-01").id
        assert book.view().versions(early) == (early, late) and book.view().is_current(late)


def test_as_of_knows_only_what_was_recorded_by_then(book):
    with book.view("2031-03") as past:
        assert knots(past.claims()) == [20, 30] and past.counts()["reports"] == 2
        assert past.is_current(past.claims(Filter(subject="Heron"))[0].report)
        assert past.search("Heron")[0].published == "2031-03-03"
        past.overlay(derived_of(past))
        assert len(past.positions()) == 2
        assert past.derived() == derived_of(past)
    with book.view("2031-03-03") as before:
        assert before.reports() == () and before.claims() == () and before.search("Heron") == ()
    assert len(book.view().positions()) == 3
    for moment in ("2031-03-04", "2031-03-04T08:00:00Z", "2031-03-04T11:00:00+02:00"):
        with book.view(moment) as on_the_day:
            assert len(on_the_day.reports()) == 2
    with pytest.raises(WrongCall):
        book.view("March")


def test_as_of_from_a_file_leaves_the_file_alone(tmp_path):
    with ledger.open(tmp_path / "a.db") as book:
        report = kept(book)
        book.derive(derived_of(book.view()))
        before = ledger.digest(book)
        with book.view("2031") as past:
            past.overlay(ledger.Derived())
            assert past.entities() == () and past.report(report.id) == report
        assert ledger.digest(book) == before and book.view().entities() != ()


def test_problems_and_decisions_by_their_time(book):
    book.note(Problem.of("read", "b.bin", "binary", "no text"), recorded_at=LATER)
    book.decide(decision_of(at=LATER))
    assert len(book.view().problems()) == len(book.view().decisions()) == 1
    with book.view(AT) as past:
        assert past.problems() == past.decisions() == ()


FILTERS = {
    "subject by name": (Filter(subject="heron"), [20, 21]),
    "subject by key": (Filter(subject="ship:egret"), [30]),
    "subject by any spelling": (Filter(subject="EGRET ii"), [30]),
    "subject unknown": (Filter(subject="Bittern"), []),
    "property": (Filter(property="speed"), [20, 21, 30]),
    "other property": (Filter(property="range"), []),
    "speaker": (Filter(speaker="bo  reed"), [30]),
    "via": (Filter(via="Bo Reed"), []),
    "anonymity": (Filter(anonymity="named"), [20, 21, 30]),
    "other anonymity": (Filter(anonymity="outlet"), []),
    "report by name": (Filter(report="a.txt"), [20, 21, 30]),
    "outlet by name": (Filter(outlet="harbour post"), [20, 21, 30]),
    "outlet by key": (Filter(outlet="post"), [20, 21, 30]),
    "outlet unknown": (Filter(outlet="Inland Post"), []),
    "modality": (Filter(modality="asserted"), [20, 21, 30]),
    "other modality": (Filter(modality="planned"), []),
    "said on a day": (Filter(said="2031-03-02"), [20, 21, 30]),
    "said in an interval": (Filter(said="2031-03-02/2031-04"), [20, 21, 30]),
    "said before": (Filter(said="../2031-03-01"), []),
    "holds": (Filter(holds="2031-07"), [20, 21, 30]),
    "holds later": (Filter(holds="2032"), []),
    "published in a month": (Filter(published="2031-03"), [20]),
    "published in a year": (Filter(published="2030-05"), [30]),
    "as of": (Filter(as_of="2031-03-31"), [20, 30]),
    "text": (Filter(text="egret reaches"), [30]),
    "text as a phrase": (Filter(text='"reaches egret"'), []),
    "text by its beginning": (Filter(text="egr*"), [30]),
    "all at once": (Filter(subject="Heron", said="2031-03", text="21", current=True, modality="asserted"), [21]),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters(book, name):
    filter, expected = FILTERS[name]
    view = book.view()
    if name.startswith("outlet"):  # a subdomain is the outlet's too, where the outlet is not named
        expected = [k for k in expected if k != 30]
    assert knots(view.claims(filter)) == expected
    claims = {c.value.low for c in view.claims(filter)}
    statements = {c.statement for c in view.claims() if c.value.low in claims}
    assert {s.id for s in view.statements(filter)} == statements
    assert {r.id for r in view.reports(filter)} == {c.report for c in view.claims() if c.value.low in claims}
    assert view.count_reports(filter) == len(view.reports(filter))


def test_filters_match_what_the_records_say(view):
    """An oracle in Python, over all pairs of a few conditions."""
    subject = {"Heron": (20, 21), "Egret": (30,)}
    published = {"2031": (20,), "2030": (30,)}
    text = {"reaches": (20, 21, 30), "Reed": ()}  # the evidence begins after the speaker
    for s, p, t in product([None, *subject], [None, *published], [None, *text]):
        expected = [
            k for k in (20, 21, 30)
            if (s is None or k in subject[s]) and (p is None or k in published[p]) and (t is None or k in text[t])
        ]  # fmt: skip
        assert knots(view.claims(Filter(subject=s, published=p, text=t))) == expected


def test_two_conditions_together_are_what_both_give(view):
    alone = {name: view.claims(f) for name, (f, _) in FILTERS.items()}
    for a, b in combinations(FILTERS, 2):
        fields = [
            {k: v for k, v in msgspec.structs.asdict(FILTERS[n][0]).items() if v not in (None, False)} for n in (a, b)
        ]
        if set(fields[0]) & set(fields[1]):
            continue
        both = Filter(**fields[0], **fields[1])
        assert view.claims(both) == tuple(c for c in alone[a] if c in alone[b]), (a, b)


def test_names_are_found_before_anything_is_derived():
    with ledger.open(":memory:") as book:
        kept(book)
        assert knots(book.view().claims(Filter(subject="HERON"))) == [20]
        assert knots(book.view().claims(Filter(subject="ship:heron"))) == [20]


def test_the_outlets_own_voice_counts_as_its_anonymity():
    report = report_of(text_of())
    reading = reading_of(report)
    own = msgspec.structs.replace(reading.claims[0], statement=None, modality=Modality.PLANNED)
    with ledger.open(":memory:") as book:
        book.keep(original_of(report.text), report, msgspec.structs.replace(reading, claims=(own,)), recorded_at=AT)
        view = book.view()
        assert view.claims(Filter(anonymity="outlet", modality="planned")) == (own,)
        assert view.claims(Filter(anonymity="named")) == () and view.claims(Filter(speaker="Ada Quill")) == ()


def test_via_finds_the_go_between():
    report = report_of(text_of())
    reading = reading_of(report)
    told = msgspec.structs.replace(reading.statements[0], via=(reading.referents[1].id,))
    with ledger.open(":memory:") as book:
        book.keep(
            original_of(report.text), report, msgspec.structs.replace(reading, statements=(told,)), recorded_at=AT
        )
        assert book.view().statements(Filter(via="Heron")) == (told,)
        assert knots(book.view().claims(Filter(via="Heron"))) == [20] and book.view().claims(Filter(via="Ada")) == ()


def test_a_ledger_answers_by_named_conditions(book):
    assert knots(book.claims(subject="Egret", property="speed")) == [30]
    assert len(book.statements(speaker="Ada Quill")) == len(book.reports(subject="Heron")) == 2
    with pytest.raises(WrongCall, match="no condition 'speeker'"):
        book.claims(speeker="Ada Quill")


def test_filters_refuse_what_is_no_time_and_ambiguous_ids(book):
    for wrong in (Filter(said="soon"), Filter(holds="2031-99"), Filter(as_of="x"), Filter(text="?!")):
        with pytest.raises(WrongCall):
            book.view().claims(wrong)
    ids = [kept(book, text_of("Heron", 100 + n)).id for n in range(300)]
    shared = next(i[:4] for i in sorted(ids) if sum(j.startswith(i[:4]) for j in ids) > 1)
    with pytest.raises(WrongCall, match="begins more than one report"):
        book.view().claims(Filter(report=shared))


@given(st.text(max_size=40))
def test_no_search_words_are_an_operator(words):
    with ledger.open(":memory:") as book:
        try:
            wanted = match(words)
        except WrongCall:
            assert not any(ch.isalnum() for ch in words)
            return
        book.connection.execute("SELECT rowid FROM report_fts WHERE report_fts MATCH ?", (wanted,)).fetchall()


def test_what_is_no_text_finds_nothing_and_breaks_nothing(view):
    for odd in ("\udcff", "a\0b", ""):
        for field in ("subject", "property", "speaker", "via", "anonymity", "report", "outlet", "modality"):
            assert view.claims(Filter(**{field: odd})) == ()
        assert view.find_entity(odd) is None


def test_entities_by_id_key_and_spelling(view):
    heron = view.find_entity("heron")
    assert heron.name == "Heron" and len(heron.referents) == 2
    for text in (heron.id, heron.id[:12], "ship:heron", "  HERON ", "Heron ii"):
        assert view.find_entity(text) == heron and view.entities(text) == (heron,)
    assert view.entity(heron.id) == heron and view.find_entity("Bittern") is None
    assert {e.name for e in view.entities()} == {"Heron", "Egret", "Ada Quill", "Bo Reed"}
    assert {view.entity_of(r) for r in heron.referents} == {heron.id}
    assert view.entity_map() == {r: e.id for e in view.entities() for r in e.referents}


def test_what_was_derived_by_what_it_is_about(view):
    claim = view.claims(Filter(subject="Egret"))[0]
    position = view.position_of(claim.id)
    assert position.claims == (claim.id,) and view.position(position.id) == position
    assert view.positions("egret") == view.positions("Egret", "speed") == (position,)
    assert view.positions("Egret", "range") == () and len(view.positions()) == 3
    assert view.origins(position.id).claims == (claim.id,)
    assert view.standing(position.id) == (Standing.ONE_ORIGIN, Standing.CONTESTED)
    assert view.entity(view.speaker_of(claim.statement)).name == "Bo Reed"
    derived = derived_of(view)
    assert view.derived() == derived
    assert (view.conflicts(), view.changes(), view.dues(), view.hedges()) == (
        derived.conflicts, derived.changes, derived.dues, derived.hedges,
    )  # fmt: skip
    assert view.judgements() == derived.judgements and view.links() == derived.links
    assert view.links(derived.links[0].left) == derived.links
    assert view.links("r-none") == ()


def test_search_ranks_and_shows_the_words(view):
    hits = view.search("egret")
    assert [h.title for h in hits] == ["Egret on trial"] and "«Egret»" in hits[0].snippet
    assert len(view.search("knots")) == 3 and len(view.search("knots", limit=2)) == 2
    scores = [h.score for h in view.search("heron")]
    assert scores == sorted(scores)
    assert view.search("bittern") == ()


def test_nearest_names_are_offered(view):
    assert "Egret" in view.nearest("Egrett") and "speed" in view.nearest("sped")
    assert view.nearest("qqqqqq") == ()


def test_the_outlet_is_found_by_name_or_domain(view):
    assert {view.outlet_of(r).key for r in view.reports()} == {"post"}
    assert view.outlet_of(report_of(text_of(), outlet="Inland Post")) is None
