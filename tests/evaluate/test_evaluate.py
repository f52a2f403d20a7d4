"""Scores from gold that is right, wrong and silent; both formats; nothing from a constant."""

import json

import pytest

from onrecord.errors import NotFound, WrongCall
from onrecord.evaluate import evaluate
from onrecord.evaluate.score import Counts
from onrecord.extract import extract
from onrecord.extract.exchange import record
from onrecord.extract.speech import GrammarReader
from onrecord.read import read
from onrecord.records import Original
from onrecord.tell import screen, screen_kept

TEXT = (
    "Harbour bridge to cost more\n\n"
    "The minister, Ada Venn, said on 3 March 2031 that the bridge will cost 40 million euros. "
    '"We will pay," she said.\n\n'
    "The Port Authority of Sandholm denied that the bridge has been closed.\n"
)


@pytest.fixture
def folder(tmp_path):
    """A gold folder in which the program's own answer is the gold."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    report = read(Original(name="a.txt", url=None, data=TEXT.encode()))[0][0]
    gold = record(extract(report), report)
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(gold), "utf-8")
    return tmp_path


def test_its_own_answer_scores_full_marks(folder):
    result = evaluate(folder / "gold", folder, beat=None)
    assert result["reports"] == 1 and result["mean_f1"] == 1.0
    assert result["parts"]["statements"]["gold"] >= 2 and result["claims"]


def test_an_answer_that_is_not_the_gold_scores_less(folder):
    path = folder / "gold" / "a.json"
    gold = json.loads(path.read_text("utf-8"))
    gold["statements"] = gold["statements"][:1]
    gold["quantities"] = [
        {"start": 0, "end": 7, "low": 7, "high": 7, "unit": "km", "comparator": "=", "approximate": False}
    ]
    gold["claims"] = [c | {"modality": "doubted"} for c in gold["claims"]]
    path.write_text(json.dumps(gold), "utf-8")
    parts = evaluate(folder / "gold", folder, beat=None)["parts"]
    assert parts["statements"]["recall"] == 1.0 and parts["statements"]["precision"] < 1.0
    assert parts["quantities"]["f1"] == 0.0 and parts["modality"]["right"] == 0


def test_the_guides_format_is_gold_too(folder):
    start = TEXT.index("the bridge will")
    gold = {
        "mentions": [], "quantities": [], "dates": [], "boilerplate": [], "claims": [],
        "attributions": [{
            "id": "a1", "source_start": TEXT.index("The minister"), "source_end": TEXT.index(", said"),
            "content_spans": [[start, TEXT.index(". \"We")]], "speaker_entity_id": "per:venn", "anonymity": "named",
        }],
    }  # fmt: skip
    (folder / "gold" / "a.json").write_text(json.dumps(gold), "utf-8")
    parts = evaluate(folder / "gold", folder, beat=None)["parts"]
    assert parts["speakers"]["recall"] == 1.0


def test_no_gold_and_no_text_are_said(folder, tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(NotFound, match="no gold"):
        evaluate(tmp_path / "none", folder, beat=None)
    (folder / "a.txt").unlink()
    with pytest.raises(NotFound, match="no text for gold report a"):
        evaluate(folder / "gold", folder, beat=None)
    (folder / "gold" / "b.json").write_text('{"mentions": 3, "claims": []}', "utf-8")
    with pytest.raises(WrongCall, match="not gold"):
        evaluate(folder / "gold", folder, beat=None)


def test_counts_add_up():
    assert (Counts(1, 2, 4) + Counts(1, 2, 0)).figures() == {
        "precision": 0.5, "recall": 0.5, "f1": 0.5, "right": 2, "predicted": 4, "gold": 4,
    }  # fmt: skip


def test_the_reader_named_is_the_one_scored(folder):
    from click.testing import CliRunner

    from onrecord.cli import cli

    class Silent(GrammarReader):
        name = "silent"

        def attributions(self, doc):
            return ()

    told = evaluate(folder / "gold", folder, beat=None, reader=Silent())
    assert told["reader"] == "silent" and told["parts"]["statements"]["recall"] == 0.0
    scored = {}
    for name in ("grammar", "fast"):
        args = ["eval", str(folder / "gold"), "--reader", name, "--report"]
        done = CliRunner().invoke(cli, args, standalone_mode=False)
        assert done.exception is None and f"reader {name}, 1 report" in done.stdout
        assert "error rates of claims by kind" in done.stdout and " %" in done.stdout
        scored[name] = json.loads(CliRunner().invoke(cli, [*args, "--json"], standalone_mode=False).stdout)["reader"]
    assert scored == {"grammar": "grammar", "fast": "fast"}
    unknown = CliRunner().invoke(cli, ["eval", str(folder / "gold"), "--reader", "none"], standalone_mode=False)
    assert isinstance(unknown.exception, WrongCall)


def test_a_figure_of_nothing_is_a_dash(capsys):
    counts = {"names": Counts(0, 0, 0), "dates": Counts(0, 0, 3), "claims": Counts(0, 2, 3)}
    screen.show(screen_kept.score_table({part: c.figures() for part, c in counts.items()}))
    lines = [line.split() for line in capsys.readouterr().out.splitlines()][1:]
    assert [x[1:4] for x in lines] == [["–", "–", "–"], ["–", "0.0", "0.0"], ["0.0", "0.0", "0.0"]]


def test_without_a_beat_is_a_choice_of_the_command(folder):
    from click.testing import CliRunner

    from onrecord.cli import cli

    args = ["eval", str(folder / "gold"), "--beat", "none", "--json"]
    done = CliRunner().invoke(cli, args, standalone_mode=False)
    told = json.loads(done.stdout)
    assert done.exception is None and (told["beat"], told["mean_f1"]) == (None, 1.0)


def test_error_rates_are_of_what_was_found_and_of_the_gold(capsys):
    screen.show(screen_kept.error_table({"range": Counts(1, 4, 2).figures(), "speed": Counts(0, 0, 3).figures()}))
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[1] == ["range", "75", "%", "50", "%", "1", "4", "2"] and lines[2] == ["speed", "–", "100", "%", *"003"]
