"""One sentence that tells a change, followed from its words to the ledger's changes. Invented."""

import json

import pytest

from onrecord import flow
from onrecord.beat import parse
from onrecord.ledger import open as open_ledger

BEAT = """
[beat]
name = "yard"
title = "The yard"
[[entity]]
key = "vega"
kind = "system"
name = "Vega 3"
[[property]]
name = "ordered"
means = "how many"
value = "quantity"
unit = "ferry"
cues = ["order(?:s|ed)?"]
subjects = ["system"]
single = true
"""


@pytest.mark.parametrize(
    "words",
    [
        "The order for the Vega 3 rose from 24 to 30 ferries in February.",
        "The order for the Vega 3 has risen from 24 to 30 ferries, Ada Lund said.",
        "The order for the Vega 3 was cut from 30 to 24 ferries, Ada Lund said.",
        "The order for the Vega 3 is now 30 ferries, up from 24 ferries.",
    ],
)
def test_from_the_old_value_to_the_new(tmp_path, words):
    row = {"url": "https://dock.example/1", "outlet": "Dock News", "published": "2031-03-03", "title": "The yard"}
    source = tmp_path / "one.jsonl"
    source.write_text(json.dumps(row | {"text": f"The yard\n\n{words} The ferries are built in the town."}), "utf-8")
    with open_ledger(":memory:") as ledger:
        flow.add(ledger, [str(source)], beat=parse(BEAT), recorded_at="2031-03-10T08:00:00Z")
        view = ledger.view()
        low = {p.id: p.value.low for p in view.positions()}
        assert [(low[c.before], low[c.after]) for c in view.changes()] == [(30, 24) if "cut" in words else (24, 30)]
