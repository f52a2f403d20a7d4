"""Issues of an invented harbour: the five verdicts, coverage, every section, and that nothing else gets in."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from press import BEAT, Press, StateValue, TextValue, day, seats

from onrecord.errors import NotFound, WrongCall
from onrecord.records import Modality, Problem
from onrecord.tell import sentences
from onrecord.tell.gate import refusal
from onrecord.tell.issue import Issue, Told, Verdict, _told_once, issue, last_week
from onrecord.tell.shelf import Shelf

WEEK = "2031-W07"  # 10 to 16 February
VENN = {"by": "Ada Venn", "role": "Harbour Minister", "via": ("Orlan News Agency",)}


def plan(press, published, by_date, words, outlet="Harbour Post", **rest):
    s = press.story(f"Harbour Minister Ada Venn told the Orlan News Agency that {words}.", published, outlet)
    s.says("sails_from", day(by_date), words, modality="planned", **VENN, **rest)
    press.keep(s, recorded_at=f"{published}T12:00:00Z")


def capacity(press, published, n, who, outlet="Harbour Post", recorded_at=None, url=None, **rest):
    words = f"the ferry carries {n} seats"
    s = press.story(f"{who} said {words}.", published, outlet, url)
    s.says("capacity", seats(n), words, by=who, **rest)
    press.keep(s, recorded_at=recorded_at or f"{published}T12:00:00Z")


def verdicts(told):
    return {t.key: t.verdict for t in told.topics}


def texts(told, key):
    return [s.text for s in told.section(key).sentences]


def test_a_first_promise_is_a_change_and_says_who_through_whom_how_firmly(press):
    plan(press, "2031-02-11", "2031-06", "the ferry will sail by June 2031")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    assert verdicts(told)["service"] is Verdict.CHANGED
    assert texts(told, "changed") == [
        "Harbour Minister Ada Venn said, through Orlan News Agency: “the ferry will sail by June 2031” "
        "(Aurora II, sails from: planned: June 2031; one origin; Harbour Post, 2031-02-11)."
    ]
    assert told.topics[1].sentences == told.section("changed").sentences and told.refused == ()


def test_the_same_again_is_a_defended_unchanged(press):
    plan(press, "2031-02-04", "2031-06", "the ferry will sail by June 2031")
    plan(press, "2031-02-11", "2031-06", "the ferry will sail in June 2031", outlet="Coast Echo")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    service = told.topics[1]
    assert service.verdict is Verdict.UNCHANGED
    assert service.why == "1 report bears on it and gives nothing new; 1 of 2 expected sources read"


def test_no_reports_is_not_not_looked(press):
    capacity(press, "2031-02-11", 38, "Ben Orr")
    view = press.derive("2031-02-15")
    assert verdicts(issue(view, week=WEEK))["pier"] is Verdict.NO_REPORTS
    later = issue(view, week="2031-W09")
    assert set(verdicts(later).values()) == {Verdict.NOT_LOOKED}
    assert later.coverage.read == () and later.coverage.missing == ("Harbour Post", "Coast Echo")


def test_two_figures_are_contested(press):
    capacity(press, "2031-02-04", 38, "Ben Orr")
    capacity(press, "2031-02-11", 44, "Cy Dunn", outlet="Coast Echo")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    assert verdicts(told)["capacity"] is Verdict.CONTESTED and texts(told, "changed") == []
    (text,) = texts(told, "contested")
    assert text == (
        "Aurora II, capacity, contested (value, since 2031-02-11): Ben Orr said: “the ferry carries 38 seats” "
        "(38 seats; 2031-02-04) — Cy Dunn said: “the ferry carries 44 seats” (44 seats; 2031-02-11)."
    )
    quiet = issue(press.book.view(), week="2031-W08")
    assert texts(quiet, "contested") == []


def test_a_slip_is_a_change_told_with_both_dates(press):
    plan(press, "2031-02-04", "2031-06", "the ferry will sail by June 2031")
    plan(press, "2031-02-11", "2031-09", "the ferry will sail by September 2031")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    assert verdicts(told)["service"] is Verdict.CHANGED
    (text,) = texts(told, "due")
    assert text.startswith("Slipped from June 2031 to September 2031, once by now: Harbour Minister Ada Venn said")
    assert any("planned: June 2031 became planned: September 2031" in t for t in texts(told, "changed"))


def test_what_fell_due_is_asked_about(press):
    plan(press, "2031-01-07", "2031-02-12", "the ferry will sail on 12 February 2031")
    told = issue(press.derive("2031-03-01"), week=WEEK)
    (text,) = texts(told, "due")
    assert text.startswith("Fell due 2031-02-12:") and "no report on record says that it happened" in text


def test_a_date_that_fell_due_and_was_put_off_later_is_told_in_both_weeks(press):
    plan(press, "2031-01-07", "2031-02-12", "the ferry will sail on 12 February 2031")
    plan(press, "2031-02-26", "2031-05", "the ferry will sail in May 2031")
    plan(press, "2031-03-05", "2031-06", "the ferry will sail in June 2031")
    view = press.derive("2031-03-10")
    (text,) = texts(issue(view, week=WEEK), "due")
    assert text.startswith("Fell due 2031-02-12:") and "put off to May 2031 (2031-02-26)" in text
    (text,) = texts(issue(view, week="2031-W09"), "due")
    assert text.startswith("Slipped from 2031-02-12 to May 2031, once by now:")
    (text,) = texts(issue(view, week="2031-W10"), "due")
    assert text.startswith("Slipped from May 2031 to June 2031, twice by now:")


def test_what_is_contested_later_is_no_part_of_the_week(press):
    capacity(press, "2031-02-11", 38, "Ben Orr")
    capacity(press, "2031-02-18", 44, "Cy Dunn")
    view = press.derive("2031-02-20")
    assert (
        texts(issue(view, week=WEEK), "contested") == [] and len(texts(issue(view, week="2031-W08"), "contested")) == 1
    )


def test_copies_rest_on_one_origin(press):
    for outlet in ("Harbour Post", "Coast Echo"):
        plan(press, "2031-02-11", "2031-06", "the ferry will sail by June 2031", outlet=outlet, holds=None)
        capacity(press, "2031-02-12", 38, "Ben Orr", outlet=outlet, url=f"https://press.example/{outlet[0]}")
    (text, *rest) = texts(issue(press.derive("2031-02-15"), week=WEEK), "one-origin")
    assert "2 reports carry it; one origin" in text and rest == []


def test_a_hedge_that_fell_off(press):
    s = press.story("Ben Orr said the ferry may carry 40 seats.", "2031-02-04")
    s.says("capacity", seats(40), "the ferry may carry 40 seats", by="Ben Orr", modality="possible", marker="may")
    press.keep(s)
    s = press.story("The ferry carries 40 seats.", "2031-02-11", "Coast Echo")
    s.says("capacity", seats(40), "The ferry carries 40 seats")
    press.keep(s)
    told = issue(press.derive("2031-02-15"), week=WEEK)
    (text,) = texts(told, "hedges")
    assert text.startswith("“may” fell off: Ben Orr said: “the ferry may carry 40 seats” (possible: 40 seats;")
    assert "Coast Echo reports: “The ferry carries 40 seats”" in text and told.refused == ()


def test_an_edit_that_drops_a_claim_is_a_correction(press):
    url = "https://press.example/edited"
    capacity(press, "2031-02-10", 38, "Ben Orr", url=url)
    s = press.story("The ferry carries seats.", "2031-02-12", url=url)
    press.keep(s, recorded_at="2031-02-12T18:00:00Z")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    (text,) = texts(told, "corrections")
    assert text.startswith("Harbour Post edited its report (2031-02-12) and no longer has: Ben Orr said:")
    assert texts(told, "changed") == []


def test_an_edit_that_keeps_a_claim_in_other_words_corrects_nothing(press):
    url = "https://press.example/edited"
    capacity(press, "2031-02-10", 38, "Ben Orr", url=url)
    s = press.story("Ben Orr put it at 38 seats.", "2031-02-12", url=url)
    s.says("capacity", seats(38), "put it at 38 seats", by="Ben Orr")
    press.keep(s, recorded_at="2031-02-12T18:00:00Z")
    assert texts(issue(press.derive("2031-02-15"), week=WEEK), "corrections") == []


def test_what_was_not_weighed_yet_is_not_called_withdrawn(press):
    url = "https://press.example/edited"
    capacity(press, "2031-02-10", 38, "Ben Orr", url=url)
    press.keep(press.story("The ferry carries cars.", "2031-02-12", url=url), recorded_at="2031-02-12T18:00:00Z")
    assert texts(issue(press.book.view(), week=WEEK), "corrections") == []


def test_new_words_are_told_and_change_nothing_but_a_plan_in_words_does(press):
    s = press.story("Ben Orr said the crew is proud. The crew will be doubled, he said.", "2031-02-11")
    s.says("about", TextValue(text="the crew is proud"), "the crew is proud", by="Ben Orr")
    press.keep(s)
    told = issue(press.derive("2031-02-15"), week=WEEK)
    crew = next(t for t in told.topics if t.key == "crew")
    assert (crew.verdict, len(texts(told, "said")), texts(told, "changed")) == (Verdict.UNCHANGED, 1, [])
    assert crew.why.startswith("1 report bears on it and gives no new value, date or state; 1 new saying")
    words = "The crew will be doubled"
    s = press.story(f"{words}, said Ben Orr.", "2031-02-12", "Coast Echo")
    s.says("about", TextValue(text=words), words, by="Ben Orr", modality="planned")
    press.keep(s)
    assert verdicts(issue(press.derive("2031-02-15"), week=WEEK))["crew"] is Verdict.CHANGED


def test_a_back_issue_is_first_read_and_no_news(press):
    capacity(press, "2030-05-01", 38, "Ben Orr", outlet="Coast Echo", recorded_at="2031-02-12T12:00:00Z")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    assert verdicts(told)["capacity"] is Verdict.NO_REPORTS and texts(told, "changed") == []
    (note,) = told.section("first-read").notes
    assert note.startswith("Coast Echo, 2030-05-01") and told.coverage.first_read == 1
    assert told.section("first-read").sorted_by.startswith("recorded-at")


def test_what_could_not_be_read_is_said(press):
    press.book.note(Problem.of("read", "echo/7.pdf", "no-text", "scanned pages"), recorded_at="2031-02-12T12:00:00Z")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    assert told.section("unread").notes == ("echo/7.pdf (read, no-text): scanned pages",)
    assert told.coverage.line() == (
        "0 of 2 expected sources read (not read: Harbour Post, Coast Echo); 0 reports published this week; "
        "1 could not be read"
    )


def test_what_could_not_be_read_of_another_week_is_only_counted(press):
    for on, source in (("2031-02-20", "a.pdf"), ("2031-01-02", "b.pdf"), ("2031-01-02", "c/2031-02-12.pdf")):
        press.book.note(Problem.of("read", source, "no-text", "scanned pages"), recorded_at=f"{on}T12:00:00Z")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    ours, others = told.section("unread").notes
    assert ours == "c/2031-02-12.pdf (read, no-text): scanned pages"
    assert others == "2 of other weeks: see onrecord status" and "1 could not be read" in told.coverage.line()


def test_a_report_that_could_not_be_understood_was_not_read(press):
    s = press.story("Garbled.", "2031-02-11")
    press.keep(s)
    view = press.derive("2031-02-15")
    assert issue(view, week=WEEK).coverage.read == ("Harbour Post",)
    press.book.note(Problem.of("extract", "x", "crash", "why", report=s.report.id), recorded_at="2031-02-12T12:00:00Z")
    told = issue(view, week=WEEK)
    assert told.coverage.read == () and set(verdicts(told).values()) == {Verdict.NOT_LOOKED}


def test_a_report_dated_to_a_month_belongs_to_no_week(press):
    capacity(press, "2031-02", 38, "Ben Orr", recorded_at="2031-02-12T12:00:00Z")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    assert told.coverage.reports == 0 and verdicts(told)["capacity"] is Verdict.NO_REPORTS


def test_without_a_beat_the_issue_still_has_its_coverage():
    press = Press(beat=None)
    capacity(press, "2031-02-11", 38, "Ben Orr")
    told = issue(press.derive("2031-02-15"), week=WEEK)
    assert told.topics == () and "No expected sources are named" in told.coverage.line()
    press.book.close()


@pytest.mark.parametrize("week", ["2031-7", "2031-W54", "next", "2031-W00"])
def test_a_week_that_is_none(press, week):
    with pytest.raises(WrongCall, match="no week"):
        issue(press.derive("2031-02-15"), week=week)


def test_the_last_week_is_that_of_the_newest_report(press):
    with pytest.raises(NotFound):
        last_week(press.derive("2031-02-15"))
    capacity(press, "2031-02-11", 38, "Ben Orr")
    capacity(press, "2032", 39, "Ben Orr", recorded_at="2031-02-11T12:00:00Z")
    assert last_week(press.derive("2031-02-15")) == WEEK


def everything(press):
    plan(press, "2031-02-04", "2031-06", "the ferry will sail by June 2031")
    plan(press, "2031-02-11", "2031-09", "the ferry will sail by September 2031")
    capacity(press, "2031-02-04", 38, "Ben Orr")
    capacity(press, "2031-02-11", 44, "Cy Dunn", outlet="Coast Echo")
    s = press.story("Dee Falk denied that the pier is closed. The pier may be closed, a source said.", "2031-02-12")
    s.says("state", StateValue(state="closed"), "the pier is closed", by="Dee Falk", modality="denied",
           subject=("North Pier", "pier"))  # fmt: skip
    s.says("state", StateValue(state="closed"), "The pier may be closed", anonymous=True, modality="possible",
           subject=("North Pier", "pier"))  # fmt: skip
    press.keep(s)
    return press.derive("2031-02-15")


def test_every_sentence_passes_the_gate_and_the_issue_survives_the_edge(press):
    view = everything(press)
    told = issue(view, week=WEEK)
    shelf = Shelf(view)
    sentences = [s for part in (*told.sections, *told.topics) for s in part.sentences]
    assert len(sentences) > 6 and told.refused == ()
    assert [refusal(s, shelf) for s in sentences] == [None] * len(sentences)
    assert msgspec.json.decode(msgspec.json.encode(told), type=Issue) == told
    assert {v.value for v in Verdict} == {"changed", "contested", "unchanged", "no reports", "not looked"}
    assert {t.key for t in BEAT.topics} == set(verdicts(told))


def test_the_order_of_reading_does_not_matter(press):
    one = issue(everything(press), week=WEEK)
    other = Press()
    stories = []
    other.keep, kept = (
        lambda story, recorded_at="2031-02-12T09:00:00Z": stories.append((story, recorded_at)),
        other.keep,
    )
    everything(other)
    for story, at in reversed(stories):
        kept(story, recorded_at=at)
    two = issue(other.derive("2031-02-15"), week=WEEK)
    assert msgspec.json.encode(one) == msgspec.json.encode(two)
    other.book.close()


VALUES = {
    "capacity": (seats(38), seats(44)),
    "sails_from": (day("2031-02-12"), day("2031-09")),
    "built_by": (("Arn",),),
}
SAYINGS = st.lists(
    st.tuples(
        st.sampled_from(sorted(VALUES)), st.integers(0, 1), st.integers(1, 16),
        st.sampled_from([m.value for m in Modality]), st.sampled_from([None, "Ada Venn", "Ben Orr", "the mate"]),
        st.booleans(), st.sampled_from(["it carries 38", "“the yard” of Arn", "she will, they say, sail"]),
    ),
    min_size=1, max_size=7,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(SAYINGS)
def test_whatever_was_said_no_sentence_gets_past_the_gate(sayings):
    press = Press()
    for n, (prop, nth, on, modality, by, edited, words) in enumerate(sayings):
        url = "https://press.example/edited" if edited else f"https://press.example/{n}"
        s = press.story(f"{n}. {by or 'Someone'} on it: {words}.", f"2031-02-{on:02d}", url=url)
        value = VALUES[prop][nth % len(VALUES[prop])]
        s.says(prop, value, words, by=by, modality=modality, anonymous=by is None and nth == 0)
        press.keep(s)
    view = press.derive("2031-02-16")
    told = issue(view, week=WEEK)
    shelf = Shelf(view)
    assert [
        refusal(s, shelf) for part in (*told.sections, *told.topics) for s in part.sentences if refusal(s, shelf)
    ] == []
    assert not [r for r in told.refused if "left out" in r]
    press.book.close()


def test_who_tells_that_it_was_said_is_told_with_it(press):
    words = "the ferry carries 450 seats"
    s = press.story(f"Rune Holt told the Orlan News Agency that Ida Brandt had said {words}.", "2031-02-11")
    outer = s.statement(f"Ida Brandt had said {words}", "Rune Holt", None, ())
    s.says("capacity", seats(450), words, by="Ida Brandt", via=("Orlan News Agency",))
    inner = next(x for x in s.statements.values() if x.id != outer)
    s.statements[inner.id] = msgspec.structs.replace(inner, parent=outer)
    press.keep(s)
    told = issue(press.derive("2031-02-15"), week=WEEK)
    (text,) = texts(told, "changed")
    assert text.startswith("Ida Brandt said, through Orlan News Agency, according to Rune Holt: “the ferry carries")
    assert told.refused == ()


def test_a_claim_of_two_things_is_told_once(press):
    words = "the ferry and the pier barge carry 450 seats"
    s = press.story(f"Ben Orr said {words}.", "2031-02-11")
    first = s.says("capacity", seats(450), words, by="Ben Orr")
    press.keep(s)
    view = press.derive("2031-02-15")
    shelf = Shelf(view)
    position = next(p for p in shelf.positions.values() if first in p.claims)
    told = [
        Told(sentence=sentences.said(shelf.claims[first], shelf, position=p), about=())
        for p in (position, msgspec.structs.replace(position, id="po-2"))
    ]
    assert len(_told_once("changed", {"changed": told})) == 1
    assert _told_once("said", {"changed": told[:1], "said": told}) == ()
    assert len(_told_once("contested", {"contested": told})) == 2
