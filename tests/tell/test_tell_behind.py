"""`why` prints the features behind a statement of the fast reader, and none for another reader's."""

import pytest

from onrecord import flow
from onrecord.beat import load
from onrecord.ledger import open as open_ledger
from onrecord.tell.why import why, why_row

TEXT = "Ferry returns to Halm\n\nThe ferry will carry 70 cars from May, harbour master Ida Orr said on Monday.\n"


def rows(tmp_path, reader):
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    with open_ledger(":memory:") as ledger:
        flow.add(ledger, [str(path)], beat=load("railway"), recorded_at="2031-05-01T08:00:00Z", reader=reader)
        view = ledger.view()
        return [why_row(view, c) for c in view.claims() if c.statement is not None]


def test_the_fast_readers_statements_show_their_features(tmp_path):
    found = rows(tmp_path, "fast")
    assert found
    features = found[0]["features"]
    assert {"source", "cue", "content", "kept"} == {x["span"] for x in features}
    assert all(x["feature"] and x["weight"] for x in features)
    assert why(found[0])


@pytest.mark.parametrize("reader", ["grammar"])
def test_another_readers_show_none(tmp_path, reader):
    found = rows(tmp_path, reader)
    assert found and all(row["features"] == [] for row in found)


def test_other_weights_than_those_of_the_reading_show_none(tmp_path, monkeypatch):
    monkeypatch.setattr("onrecord.tell.behind.version", lambda beat, reader: "v-another")
    assert all(row["features"] == [] for row in rows(tmp_path, "fast"))
