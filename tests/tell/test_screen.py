"""What reaches a terminal: no control signs of a report's text, a bounded problem table, empty answers that explain."""

from onrecord.records import Problem
from onrecord.tell import rows, screen


def printed(capsys, *parts) -> str:
    screen.show(*parts)
    return capsys.readouterr().out


def test_control_signs_of_a_text_do_not_reach_the_terminal(capsys):
    evil = "Evil \x1b[2J\x1b]0;title\x07 \u202eheadline\x9b31m"
    out = printed(capsys, screen.table({"title": "title"}, [{"title": evil}]), screen.note(evil))
    assert not set(out) & set("\x1b\x07\u202e\x9b") and "Evil" in out and "headline" in out


def test_many_problems_are_counted_and_a_few_shown(capsys):
    found = [rows.problem_row(Problem.of("read", f"f{i}.txt", "empty", "it is empty")) for i in range(50)]
    out = printed(capsys, *screen.problems(found))
    assert "50 could not be read" in out and "and 30 more" in out and out.count("it is empty") == 20


def test_an_empty_answer_explains_itself(capsys):
    out = printed(capsys, *screen.empty("claims", 7, ("Ada Venn",)))
    assert out.strip() == "no claims: 7 reports looked at; nearest: Ada Venn"
