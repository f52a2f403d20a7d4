"""What reaches a terminal: no control signs of a report's text, a bounded problem table, empty answers that explain."""

from onrecord import flow
from onrecord.beat import load
from onrecord.ledger import open as open_ledger
from onrecord.records import Because, Claim, Passage, Polarity, Problem, StateValue, TextValue
from onrecord.tell import rows, rows_kept, screen, screen_due, screen_kept, screen_told
from onrecord.tell.rows import sign


def printed(capsys, *parts) -> str:
    screen.show(*parts)
    return capsys.readouterr().out


def test_control_signs_of_a_text_do_not_reach_the_terminal(capsys):
    evil = "Evil \x1b[2J\x1b]0;title\x07 \u202eheadline\x9b31m"
    out = printed(capsys, screen.table({"title": "title"}, [{"title": evil}]), screen.note(evil))
    assert not set(out) & set("\x1b\x07\u202e\x9b") and "Evil" in out and "headline" in out


def test_many_problems_are_counted_and_a_few_shown(capsys):
    found = [rows_kept.problem_row(Problem.of("read", f"f{i}.txt", "empty", "it is empty")) for i in range(50)]
    out = printed(capsys, *screen_kept.problems(found))
    assert "50 could not be read" in out and "and 30 more" in out and out.count("it is empty") == 20


def test_an_empty_answer_explains_itself(capsys):
    out = printed(capsys, *screen.empty("claims", 7, ("Ada Venn",)))
    assert out.strip() == "no claims: 7 reports looked at; nearest: Ada Venn"


def test_a_negated_state_is_told_with_its_not():
    report = "The mill is not shut."
    said = {
        "id": "c-1", "report": "r", "statement": None, "subject": None, "subject_passage": None, "property": "status",
        "value_passage": None, "evidence": (Passage(0, 20),), "markers": (Passage(12, 15),),
        "because": Because(rule="test"),
    }  # fmt: skip
    negated = Claim(value=StateValue(state="shut"), polarity=Polarity.NEGATIVE, **said)
    words = Claim(value=TextValue(text=report[:20]), polarity=Polarity.NEGATIVE, **said)
    assert (sign(negated), sign(words)) == ("not ", "")


def told_claim(words: str, shown: str, **more) -> rows.Row:
    return {
        "id": "c-1", "subject": "Mill", "property": "says", "sign": "", "shown": shown, "words": words, "standing": [],
        "modality": "asserted", "holds_at": None, "current": True, "origins": None, "origins_as": [], "via": [],
        "speaker": "Ada Venn", "outlet": "Coast Echo", "published": "2031-04", "said_at": None,
    } | more  # fmt: skip


def test_words_that_are_the_value_are_printed_once(capsys):
    words = "The mill\nwill close"
    for drawn in (
        [screen.claim(told_claim(words, "The mill will close"))],
        screen_told.position(
            {**told_claim(words, "The mill will close"), "claims": [told_claim(words, "The mill will close")]}
        ),
    ):
        out = " ".join(printed(capsys, *drawn).split())
        assert out.count("The mill will close") == 1 and "“The mill will close”" in out and "April 2031" in out
    figure = " ".join(printed(capsys, screen.claim(told_claim("It makes 3 t a day", "3 t"))).split())
    assert "3 t asserted “It makes 3 t a day”" in figure


def promise(by: str | None, state: str = "open", slips=()) -> rows.Row:
    what = f"it opens {by}"
    return {"by": by, "state": state, "subject": "Mill", "property": "opens", "what": what, "slips": slips,
            "speakers": ["Ada Venn"], "claims": [told_claim(what, "x")]}  # fmt: skip


def test_promises_without_a_date_come_last_counted_and_folded(capsys):
    found = [
        promise(None),
        promise("2031-23", "slipped", [("2031-04", "2031-23")]),
        promise(None, "met"),
        promise(None),
    ]
    folded = printed(capsys, *screen_due.dues(found))
    assert "3 promises without a date: 2 open, 1 met" in folded and "due --all" in folded and "no date" not in folded
    assert "autumn 2031  slipped" in folded and "April 2031 → autumn 2031" in folded and "4 promises" in folded
    everything = printed(capsys, *screen_due.dues(found, everything=True))
    assert everything.count("no date") == 3 and "--all" not in everything
    assert everything.index("autumn 2031") < everything.index("3 promises without a date")
    assert everything.count("it opens 2031-23") == 1  # the claim below has the same words: only its source is told


def test_two_lost_hedges_of_one_word_are_two_different_lines():
    def loss(outlet: str) -> str:
        claims = [told_claim("it may", "x", id="c-1"), told_claim("it does", "x", id="c-2", outlet=outlet)]
        found = {"claims": claims, "lost_at": "c-2", "property": "speed", "marker": "may", "why": "it comes later"}
        return screen_told.hedge(found)

    assert loss("Dock News") != loss("Quay Paper") and "between Ada Venn — Coast Echo, April 2031 and" in loss("X")


def test_a_name_that_only_the_beat_has_is_marked_as_the_beats(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(
        "Line late\n\n5 March 2031\n\nThe transport minister said that the Kuvarra line will open in May 2034.\n",
        "utf-8",
    )
    with open_ledger(":memory:") as book:
        flow.add(book, [str(tmp_path / "a.txt")], beat=load("railway"), recorded_at="2031-05-01T08:00:00Z")
        view = book.view()
        found = {r["key"]: r for r in rows.entity_rows(view, view.entities())}
    line, minister = found["kuvarra-line"], found["khotemirenko"]
    assert (line["names"], line["beat_names"]) == (["Kuvarra line"], [])
    assert (minister["names"], minister["beat_names"]) == ([], ["Vasyl Khotemirenko"])
    out = printed(capsys, *screen.entities([minister]))
    assert "spelled" not in out and "the beat's name, written in no report: Vasyl Khotemirenko" in out


def test_a_file_of_many_reports_is_named_once_and_its_reports_are_counted(capsys):
    out = printed(capsys, *screen_kept.gaps(["a b.jsonl"] * 4, ["x", "y", "z", "w"], "onrecord add l.db", ["Quay"]))
    assert "4 reports without a date" in out and "onrecord add l.db 'a b.jsonl' --date" in out
    assert all(f'onrecord add l.db {x} --outlet "NAME"' in out for x in "xyz") and "and so for 1 more" in out
    assert "x y" not in out and "expects: Quay" in out  # each file has an outlet of its own
    assert screen_kept.gaps([], [], "onrecord add l.db", ["Quay"]) == []
