"""Datelines: what they take, and the look-alikes they refuse."""

import pytest
from builders import report
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract import extract
from onrecord.extract.datelines import dateline
from onrecord.extract.document import Document
from onrecord.records import Passage


@pytest.mark.parametrize("head", [
    "ZHELMAR, 1 April (LTA) –", "Sandholm, 3 March 2031 (Coast Agency) -", "MINSK (Reuters) -", "NEW YORK —",
    "VARN/LUSK, April 1 —", "VARN, 1 April. /CA/.", "(Coast Agency) —", "Varn, Norland (CA) —",
    "Varn, Monday 3 March –",
])  # fmt: skip
def test_a_dateline_is_a_sentence_of_its_own(head):
    doc = Document(report(f"{head} The bridge is closed. Trams run."))
    assert [doc.words(p) for p in doc.datelines] == [head]
    assert [doc.words(s) for s in doc.sentences] == [head, "The bridge is closed.", "Trams run."]


@pytest.mark.parametrize("text", [
    "Sandholm – the old port – is quiet.", "Sandholm – The old port is quiet.", "PIER (built 1902) - A ruin.",
    "Holt, head of the union - The boss.", "NATO — the alliance — met.", "The pier (Quay Street) - A ruin.",
    "COVID-19 – The year that was.", "A - B", "Holt said on 3 March – The day it rained – that trams run.",
])  # fmt: skip
def test_look_alikes_are_refused(text):
    assert Document(report(text)).datelines == ()


def test_no_claim_and_no_statement_comes_from_a_dateline():
    text = "SANDHOLM, 3 March 2031 (Coast Agency) - The harbour bridge will open in May 2033, Ada Venn said on Monday."
    reading = extract(report(text))
    cut = text.index("The harbour")
    assert reading.statements
    assert all(p.start >= cut for s in reading.statements for p in s.content)
    assert all(p.start >= cut for c in reading.claims for p in c.evidence)


@given(st.text(alphabet="ABab ,.-–—()/19May\n", max_size=200))
def test_any_line_is_read(text):
    found = dateline(text, Passage(0, len(text)))
    assert found is None or 0 == found.start < found.end < len(text)
