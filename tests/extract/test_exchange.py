"""The exchange format: its keys, its offsets, and that all ids it uses are listed."""

import json

from builders import report
from test_names import BEAT

from onrecord.extract import extract
from onrecord.extract.exchange import record

TEXT = '"The Aurora X-1 costs at least 4 million EUR," Ana Lund said on 3 May 2031. Officials denied it.'
KEYS = {"id", "title", "published", "language", "furniture", "mentions", "entities", "quantities", "dates",
        "statements", "claims"}  # fmt: skip


def test_shape():
    r = report(TEXT, name="week-1.txt", title="T")
    got = record(extract(r, beat=BEAT), r)
    assert set(got) == KEYS and got["id"] == "week-1" and got["title"] == "T"
    assert json.loads(json.dumps(got)) == got
    ids = {e["id"] for e in got["entities"]}
    assert {m["entity"] for m in got["mentions"]} <= ids
    assert all(s["anonymity"] in ("named", "role", "unnamed") for s in got["statements"]) and got["statements"]
    assert {c["statement"] for c in got["claims"]} <= {None, *(s["id"] for s in got["statements"])}
    for c in got["claims"]:
        assert c["evidence"] and c["value"]["type"] in ("quantity", "money", "entity", "date", "event", "text", "state")


def test_offsets_are_code_points():
    text = "🚂🚂 Ana Lund left."
    r = report(text)
    [m] = [m for m in record(extract(r, beat=BEAT), r)["mentions"] if m["form"] == "named"]
    assert text[m["start"] : m["end"]] == "Ana Lund"
