"""What reaches a terminal: no control signs of a report's text, a bounded problem table, empty answers that explain."""

from onrecord.records import Because, Claim, Passage, Polarity, Problem, StateValue, TextValue
from onrecord.tell import rows, screen, screen_kept
from onrecord.tell.rows import sign


def printed(capsys, *parts) -> str:
    screen.show(*parts)
    return capsys.readouterr().out


def test_control_signs_of_a_text_do_not_reach_the_terminal(capsys):
    evil = "Evil \x1b[2J\x1b]0;title\x07 \u202eheadline\x9b31m"
    out = printed(capsys, screen.table({"title": "title"}, [{"title": evil}]), screen.note(evil))
    assert not set(out) & set("\x1b\x07\u202e\x9b") and "Evil" in out and "headline" in out


def test_many_problems_are_counted_and_a_few_shown(capsys):
    found = [rows.problem_row(Problem.of("read", f"f{i}.txt", "empty", "it is empty")) for i in range(50)]
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
