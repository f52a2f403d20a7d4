"""The Reader protocol: what every reader owes the steps behind it, and that any reader can take the grammar's place."""

import pytest
from builders import report

from onrecord.extract import extract, version
from onrecord.extract.document import Document
from onrecord.extract.fast.reader import FastReader
from onrecord.extract.reader import Attribution, Reader, SourceKind
from onrecord.extract.speech import GrammarReader
from onrecord.records import Because, Passage

TEXTS = [
    "", "\n\n", "Trams run.", '"We go," Orr said. "We stay."\nThe ministry said that "some say" it is late.',
    "According to the ministry, Orr said the pier was lost.", "Q: Why?\nA: Because it rains here.",
]  # fmt: skip


class Echo:
    """Another reader: the first word speaks, the rest is said; twice, as a careless model may."""

    name, version = "echo", "7"

    def attributions(self, doc):
        text = doc.text
        if text.count(" ") < 2:
            return ()
        a, b = text.index(" "), text.index(" ", text.index(" ") + 1)
        one = Attribution(source=(Passage(0, a),), cue=(Passage(a + 1, b),), content=(Passage(b + 1, len(text)),),
                          source_kind=SourceKind.NAME, because=Because(rule="echo", score=0.8))  # fmt: skip
        return (one, Attribution(source=one.source, cue=one.cue, content=one.content, source_kind=one.source_kind,
                                 nested_in=0, because=one.because))  # fmt: skip

    def names(self, doc):
        return ()


@pytest.mark.parametrize("reader", [GrammarReader(), FastReader(), Echo()], ids=lambda r: r.name)
@pytest.mark.parametrize("text", TEXTS)
def test_what_every_reader_owes(reader: Reader, text):
    assert reader.name
    assert reader.version
    got = reader.attributions(Document(report(text)))
    assert got == reader.attributions(Document(report(text)))
    for i, a in enumerate(got):
        assert a.cue
        assert a.content
        assert 0 <= a.because.score <= 1
        assert a.nested_in is None or (a.nested_in != i and 0 <= a.nested_in < len(got))
        assert all(0 <= p.start < p.end <= len(text) for p in (*a.source, *a.cue, *a.content))
    assert reader.names(Document(report(text))) == ()


def test_the_grammar_proposes_nothing_twice():
    for text in TEXTS:
        got = [(a.source, a.cue, a.content) for a in GrammarReader().attributions(Document(report(text)))]
        assert len(got) == len(set(got))


def test_a_reader_that_repeats_itself_makes_one_statement_that_is_not_its_own_parent():
    reading = extract(report("Lund said the trams run in June."), reader=Echo())
    assert len(reading.statements) == 1
    assert reading.statements[0].parent is None


def test_the_version_of_a_reading_depends_on_its_reader():
    assert version(None, GrammarReader()) != version(None, Echo())
    assert extract(report("Lund said trams run."), reader=Echo()).version == version(None, Echo())
