"""The fast reader: what its sheet says of words, decoding against all paths, the table, the judge, and what it owes."""

from __future__ import annotations

import gzip
import itertools
import json
import math
import time

import numpy as np
import pytest
import test_speech as rules
from builders import document
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import OnRecordError
from onrecord.extract import extract
from onrecord.extract.fast import decode as fast_decode
from onrecord.extract.fast import words as fast_words
from onrecord.extract.fast.judge import Odds, overlaps
from onrecord.extract.fast.reader import TABLE, WEIGHTS, FastReader
from onrecord.extract.fast.sheet import LABELS, TEMPLATES, WORDS, Lexicon, sheet, shifted
from onrecord.extract.fast.weights import JOIN, TAGS, Weights, names, parsed, rows
from onrecord.extract.fast.why import explain
from onrecord.extract.speech import read
from onrecord.records import Passage

NEWS = (
    "Ferry returns to Halm\n"
    "The ferry will sail again in May, harbour master Ida Orr said on Monday. “We have new engines,” she added.\n"
    "According to the town council, new engines were bought for 2.4m crowns. Critics doubt that it will last."
)
TAGGED = len(TAGS)


@pytest.fixture(scope="module")
def reader():
    return FastReader()


def columns(text, lexicon=None):
    doc = document(text)
    lexicon = lexicon or Lexicon()
    return sheet(doc, read(doc), lexicon), lexicon


def said(s, lexicon, column):
    """Word → what a column says of it, by its label."""
    return [(lexicon.spelt[w], LABELS[column][v]) for w, v in zip(s.words, s.columns[column], strict=True) if w]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("said", "verb:past"), ("Said", "name"), ("the", "det"), ("that", "that"), ("“", "quote"), ("NATO", "CAPS"),
     ("2.4", "number"), ("didn't", "n't"), ("quay", "word"), (fast_words.PAD, "pad"), ("x" * 50, "long")],
)  # fmt: skip
def test_the_class_of_a_word(word, kind):
    assert fast_words.coarse(word) == kind


def test_a_word_in_a_list_says_so_and_another_does_not():
    assert ("is", "cue.speech") in fast_words.features("said")
    assert not any(v.startswith("cue") for _, v in fast_words.features("harbour"))


def test_columns_say_what_stands_where():
    s, lexicon = columns("“We go,” Orr said. Trams run.")
    assert dict(said(s, lexicon, "q"))["We"] == "in" and dict(said(s, lexicon, "q"))["Orr"] == "-"
    assert [x for x in said(s, lexicon, "q") if x[1] in ("open", "close")] == [("“", "open"), ("”", "close")]
    assert dict(said(s, lexicon, "aq"))["Orr"] == "0" and dict(said(s, lexicon, "aq"))["Trams"] == "-"
    assert dict(said(s, lexicon, "g"))["Orr"].startswith("source.B")
    assert dict(said(s, lexicon, "r"))["Orr"].startswith("rule") and dict(said(s, lexicon, "r"))["run"] == "-"
    assert dict(said(s, lexicon, "s"))["Trams"].startswith("later")


@given(st.text(alphabet=' abT.,:"“”’\n-5é\u0301', max_size=120))
@settings(max_examples=150, deadline=None)
def test_every_word_has_its_offsets_and_every_code_a_label(text):
    s, lexicon = columns(text)
    for a, b, w in zip(s.starts.tolist(), s.ends.tolist(), s.words.tolist(), strict=True):
        assert text[a:b] == ("" if w == 0 else lexicon.spelt[w])
    assert all(np.diff(s.starts) >= 0) and all(np.diff(s.ends) >= 0)
    for column, found in s.columns.items():
        assert len(found) == len(s.words)
        if column in LABELS:
            assert found.min() >= 0 and found.max() < len(LABELS[column]), column


def test_templates_name_columns_that_there_are():
    s, _ = columns(NEWS)
    assert {shifted(c)[0] for t in TEMPLATES for c in t} <= set(s.columns)
    assert {c for c in s.columns if c not in LABELS} == set(WORDS)


def test_matrices_and_names_give_the_same_scores(reader):
    """What is looked up by code is the sum of the weights of the features by name."""
    s, lexicon = columns(NEWS, reader.weights.lexicon)
    by_code = reader.weights.emissions(s)
    cache = {}
    for first, end in s.paragraphs:
        for i, found in enumerate(names(s, first, end, lexicon, cache), first):
            by_name = sum(reader.weights.by_name.get(n, np.zeros(TAGGED)) for n in found)
            assert by_code[i] == pytest.approx(by_name, abs=1e-3)


def test_a_features_name_can_be_read_back():
    name = JOIN.join(("g-1=cue.B2", "k=&", "q+1=-"))
    assert parsed(name) == [("g", -1, "cue.B2"), ("k", 0, "&"), ("q", 1, "-")]


@given(st.lists(st.lists(st.integers(-9, 9), min_size=TAGGED, max_size=TAGGED), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_decoding_finds_the_best_allowed_path(scores):
    transitions = Weights.of([("after=O", "B-cue", 0.5), ("after=B-cue", "I-cue", 1.0)]).transitions
    emissions = np.array(scores, np.float32)
    tags = fast_decode.best(emissions, transitions, [(0, len(scores))]).tolist()

    def total(path):
        return sum(scores[i][t] for i, t in enumerate(path)) + sum(
            float(transitions[a, b]) if i or not math.isfinite(transitions[a, b]) else 0.0
            for i, (a, b) in enumerate(itertools.pairwise((0, *path)))
        )

    best = max(total(p) for p in itertools.product(range(TAGGED), repeat=len(scores)))
    assert total(tags) == pytest.approx(best)


def test_paragraphs_side_by_side_are_decoded_as_each_alone():
    draw = np.random.default_rng(3)
    emissions = draw.normal(size=(300, TAGGED)).astype(np.float32) * 3
    transitions = Weights.of([("after=B-content", "I-content", 2.0)]).transitions
    parts = [(0, 3), (3, 90), (90, 91), (95, 300)]
    together = fast_decode.best(emissions, transitions, parts)
    for part in parts:
        alone = fast_decode.best(emissions, transitions, [part])
        assert together[slice(*part)].tolist() == alone[slice(*part)].tolist()
    assert not together[91:95].any()


def test_odds_of_a_span_are_the_difference_of_two_paths():
    s, _ = columns("Orr said trams run.")
    draw = np.random.default_rng(5)
    emissions = draw.normal(size=(len(s.words), TAGGED)).astype(np.float32)
    transitions = Weights.of([("after=O", "B-content", 0.5), ("after=B-content", "I-content", 1.0)]).transitions
    odds, words = Odds.of(s, emissions, transitions).span(2, Passage(9, 18))
    a, b = s.span(9, 18)
    assert (b - a, words) == (2, 2)
    own = emissions[a, 5] + emissions[a + 1, 6] + transitions[0, 5] + transitions[6, 6]
    assert odds == pytest.approx(own - emissions[a, 0] - emissions[a + 1, 0] - 2 * transitions[0, 0], abs=1e-5)


def test_overlapping_cues():
    taken = [Passage(3, 6), Passage(10, 14)]
    assert overlaps(taken, Passage(5, 8)) and overlaps(taken, Passage(0, 4)) and overlaps(taken, Passage(12, 13))
    assert not overlaps(taken, Passage(6, 10)) and not overlaps([], Passage(0, 3))


def test_it_reads_plain_news(reader):
    got = reader.attributions(document(NEWS))
    found = {(NEWS[slice(*a.cue[0])].split()[0], NEWS[slice(*a.source[0])]) for a in got if a.source}
    assert {("said", "harbour master Ida Orr"), ("added", "she"), ("According", "the town council")} <= found
    assert all("fast" in a.because.rule or a.because.rule.endswith("nested") for a in got)
    assert all(0 < a.because.score < 1 for a in got)


def test_why_names_the_features_of_every_span(reader):
    a = next(a for a in reader.attributions(document(NEWS)) if NEWS[slice(*a.cue[0])] == "added")
    grounds = explain(reader, document(NEWS), a.source, a.cue, a.content)
    assert {g.span for g in grounds} == {"source", "cue", "content", "kept"}
    cue = [g for g in grounds if g.span == "cue"]
    assert [abs(g.weight) for g in cue] == sorted((abs(g.weight) for g in cue), reverse=True)
    assert any("added" in g.feature or "rule" in g.feature or "cue" in g.feature for g in cue)
    total = sum(reader.weights.judge.get(g.feature, 0) for g in grounds if g.span == "kept")
    assert total == pytest.approx(sum(g.weight for g in grounds if g.span == "kept"), abs=0.05)


def test_without_weights_it_says_so(tmp_path):
    with pytest.raises(OnRecordError, match="no weights"):
        FastReader(tmp_path)


def test_the_version_follows_the_table(tmp_path, reader):
    body = gzip.decompress((WEIGHTS / TABLE).read_bytes())
    (tmp_path / TABLE).write_bytes(gzip.compress(body + b"w=halm\tB-source\t0.5\n", mtime=0))
    assert FastReader(tmp_path).version != reader.version == FastReader().version


def test_the_table_is_plain_and_has_its_card():
    found = list(rows(WEIGHTS / TABLE))
    assert len(found) > 1000 and {t for _, t, _ in found} == {*TAGS, "right"}
    assert len({(f, t) for f, t, _ in found}) == len(found)
    card = (WEIGHTS / "CARD.md").read_text("utf-8")
    assert "CC BY 4.0" in card and "never" in card


BAD = {
    "one line of words": "a" * 200_000, "no punctuation": "word " * 40_000, "quotation marks": '"' * 10_000,
    "mixed marks": "“\"‘»«'„" * 1500, "cues": "said " * 6_000, "cues and marks": "said: “" * 1500,
    "right to left": "\u200f\u202e“שלום” said\u2069 " * 300, "combining": "e\u0301\u0308 said that " * 500,
    "emoji": "👩‍👩‍👧 said 🚂 " * 500, "nul": "Orr\x00said\x00that\x00" * 300, "short lines": "a\n" * 20_000,
    "turns": "ORR: We go.\n" * 800, "questions": "Q: Why?\nA: Because Orr said so.\n" * 400,
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_in_time_with_exact_offsets(name, reader):
    text = BAD[name]
    doc = document(text)
    start = time.process_time()
    grammar = read(doc)
    between = time.process_time()
    found = reader.drafts(doc, grammar)
    assert time.process_time() - between < 10 + 4 * (between - start)
    for d in found:
        for p in (*d.cue, *d.content, *([d.source] if d.source else [])):
            assert 0 <= p.start < p.end <= len(text)


PIECES = [*'"“”‘’«»: ,.\n', " Orr", " said", " that ", " told ", "5", "é", "\u200f", "\x00", "🚂"]


@given(st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
@settings(max_examples=120, deadline=None)
def test_any_text_is_read_with_exact_offsets(reader, text):
    got = reader.attributions(document(text))
    assert got == reader.attributions(document(text))
    for i, a in enumerate(got):
        assert a.cue and a.content and 0 <= a.because.score <= 1
        assert a.nested_in is None or (0 <= a.nested_in < len(got) and a.nested_in != i)
        assert all(0 <= p.start < p.end <= len(text) for p in (*a.source, *a.cue, *a.content))


def test_a_report_is_read_as_by_any_reader(reader):
    reading = extract(document(NEWS).report, reader=reader)
    assert not reading.problems and len(reading.statements) >= 3
    assert json.dumps(sorted(s.because.rule for s in reading.statements)).count("fast") >= 3


def test_the_cases_of_the_rules_with_its_own_score(reader, monkeypatch):
    """It is free to differ from the rules on single cases: how often is held here, and that it is not fooled more."""
    monkeypatch.setattr(
        rules, "found",
        lambda text: [a for a in reader.attributions(document(text)) if a.because.score >= rules.MIN_SCORE],
    )  # fmt: skip
    passed = {True: 0, False: 0}
    for line in rules.lines():
        try:
            rules.test_marked_cases(line)
        except AssertionError:
            continue
        passed[line.startswith("! ")] += 1
    lookalikes = sum(line.startswith("! ") for line in rules.lines())
    assert passed[True] >= 0.96 * lookalikes
    assert passed[False] >= 0.75 * (len(rules.lines()) - lookalikes)
