"""Decoding without weights; the reader itself where its weights are there."""

import itertools
import json
import math
import re
from functools import cache

import numpy as np
import pytest
from builders import report
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import OnRecordError, WrongCall
from onrecord.extract import extract
from onrecord.extract.document import Document
from onrecord.extract.encoder import (
    SIZES,
    WEIGHTS,
    EncoderReader,
    allowed,
    decoded,
    joined,
    normal,
    sort_of,
    sorted_by,
    trim,
    viterbi,
    viterbi_of_one,
    whole,
)
from onrecord.extract.full import FEATURES, FullReader
from onrecord.extract.linking import Span
from onrecord.extract.mending import mended
from onrecord.extract.pieces import Features, part, quotations, quoted, shape
from onrecord.extract.readers import reader
from onrecord.records import Kind, Passage, Sort

HERE = (WEIGHTS / "encoder.onnx").is_file()
needs_weights = pytest.mark.skipif(not HERE, reason="the weights of the encoder are not in this package")
TEXT = (
    "Harbour to close for a week\n\n"
    "The harbour of Sandholm will close on Monday, Ada Venn, the harbour master, said on Friday.\n\n"
    "“We found cracks in two of the quays,” she told reporters. “They have to be mended before winter.”\n\n"
    "According to the shipping company Norrlinje, eleven ferries have to use other ports.\n"
)

rows = st.integers(1, 2).flatmap(
    lambda types: st.lists(
        st.lists(st.floats(-9, 0), min_size=1 + 2 * types, max_size=1 + 2 * types), min_size=1, max_size=4
    )
)


@given(rows)
def test_viterbi_finds_the_best_of_all_allowed_paths(scores):
    types = (len(scores[0]) - 1) // 2
    best = max(
        sum(r[t] for r, t in zip(scores, tags, strict=True))
        for tags in itertools.product(range(len(scores[0])), repeat=len(scores))
        if allowed(tags)
    )
    found = viterbi(scores, types)
    assert allowed(found)
    assert math.isclose(sum(r[t] for r, t in zip(scores, found, strict=True)), best, abs_tol=1e-9)


@given(st.lists(st.tuples(*[st.integers(-3, 0).map(float)] * 3), min_size=1, max_size=8))
def test_the_short_way_for_one_type_finds_the_same_path(scores):
    assert viterbi_of_one(scores) == viterbi(scores, 1), "also where paths are alike"


def test_logits_become_log_probabilities_head_by_head():
    logits = np.random.default_rng(3).normal(size=(5, sum(SIZES))).astype(np.float32)
    found, at = np.exp(normal(logits)), 0
    assert found.shape == logits.shape
    for size in SIZES:
        assert np.allclose(found[:, at : at + size].sum(axis=1), 1)
        at += size


def window(words, paragraphs):
    """A window whose pieces are the words of a text, with their paragraph numbers."""
    f, at = Features(), 0
    for w, p in zip(words, paragraphs, strict=True):
        f.ids.append(1)
        f.offsets.append((at, at + len(w)))
        f.paragraphs.append(p)
        at += len(w) + 1
    return f


@given(rows)
def test_the_best_tags_are_the_best_path_where_they_are_one(scores):
    types = (len(scores[0]) - 1) // 2
    best = [max(range(len(r)), key=r.__getitem__) for r in scores]
    found = viterbi(scores, types)
    total = [sum(r[t] for r, t in zip(scores, tags, strict=True)) for tags in (best, found)]
    assert math.isclose(*total, abs_tol=1e-9) if allowed(best) else total[0] >= total[1] - 1e-9
    spans = decoded(window(["w"] * len(scores), [0] * len(scores)), np.array(scores), types)
    expected = best if allowed(best) else found
    assert [s.start // 2 for s, _ in spans] == [i for i, t in enumerate(expected) if t % 2]


def test_a_span_does_not_cross_a_paragraph():
    f = window(["he", "said", "so", "again"], [0, 0, 1, 1])
    scores = np.log(np.array([[0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.1, 0.1, 0.8], [0.1, 0.1, 0.8]]))
    spans = [s for s, _ in decoded(f, scores, 1)]
    assert all(f.paragraphs[0] != 1 or s.start >= 8 for s in spans)
    assert [(s.start, s.end) for s in spans] == [(0, 7), (8, 16)]
    assert spans[0].score == pytest.approx(0.8)


def test_a_content_cut_by_a_window_is_one_again():
    text = "it was old. It leaked."
    before = [(Span(0, 11, 0.9), 0)]
    assert joined(before, [(Span(12, 22, 0.7), 0)], text) == [(Span(0, 22), 0)] and before == []
    assert joined([(Span(0, 5), 0)], [(Span(12, 22), 0)], text) == [(Span(12, 22), 0)]


def test_only_contents_on_both_sides_of_a_cut_are_put_together():
    text = "it was old. It leaked. It shut."
    found = [(Span(0, 11, 0.9), 0), (Span(12, 22, 0.7), 0), (Span(23, 31, 0.8), 0)]
    assert [(s.start, s.end) for s, _ in whole(found, [12], text)] == [(0, 22), (23, 31)]
    assert whole(found, [], text) == found


def test_the_sort_of_a_cue_is_the_likeliest_over_its_pieces():
    starts, scores = (
        np.array([0, 4, 9]),
        np.log(np.array([[0.7, 0.1, 0.1, 0.1], [0.4, 0.6, 0, 0], [0.1, 0.9, 0, 0]]) + 0.01),
    )
    assert sorted_by(starts, scores, [(Span(4, 12), 0), (Span(20, 22), 0)]) == {4: Sort.DOCUMENT}


@pytest.mark.parametrize(
    "text, contents, sources, wanted",
    [
        ("Tam said the mill of the town, too.", [(9, 24)], [(0, 3)], ["the mill of the town"]),
        ("Tam fears that the yard said it was late.", [(10, 14), (29, 40)], [(0, 3), (15, 23)],
         ["that the yard said it was late"]),
        ("Tam said it shut and the yard said it was late.", [(9, 16), (35, 46)], [(0, 3), (21, 29)],
         ["it shut", "it was late"]),
        ("“It shut,” Tam said, “for good.”", [(1, 9), (22, 31)], [(11, 14)], ["It shut,", "for good."]),
    ],
)  # fmt: skip
def test_contents_are_mended(text, contents, sources, wanted):
    found = mended(text, [Span(*p) for p in contents], [Span(*p) for p in sources])
    assert [text[k.start : k.end] for k in found] == wanted


@pytest.mark.parametrize(
    "text, span, head, wanted",
    [
        ("she added", (4, 7), "cue", "added"),
        ("“We wait.” ", (0, 10), "content", "We wait."),
        ("the “old” mill", (0, 14), "content", "the “old” mill"),
        ("Mill: shut", (4, 5), "cue", ":"),
        ("“ ” mill", (0, 3), "content", None),
    ],
)
def test_trim(text, span, head, wanted):
    found = trim(text, Span(*span), head)
    assert (found and text[found.start : found.end]) == wanted


@pytest.mark.parametrize(
    "cue, sort",
    [("has repeatedly said", Sort.SPEECH), ("according to", Sort.SPEECH), (":", Sort.SPEECH), ("fears", Sort.BELIEF),
     ("plans", Sort.PLAN), ("xyzzy", Sort.UNSURE)],
)  # fmt: skip
def test_sort_of_a_cue(cue, sort):
    assert sort_of(cue) is sort


def test_what_the_tokenizer_loses():
    assert [shape(w) for w in ("mill", "Mill", "MILL", "12", ",")] == [1, 2, 3, 4, 5]
    assert quotations("he “so” it", [0, 3, 4, 6, 8]) == [0, 0, 1, 1, 0] and quotations("he", [0]) == [0]
    assert quoted("he said “so", 0, 11, 0) == 1 and quoted('"so" he', 0, 7, 0) == 0
    assert part(Features(ids=[1, 2, 3]), 1, 2).ids == [2]


class WordPieces:
    """Words for pieces."""

    def cut(self, text):
        found = list(re.finditer(r"\w+|[^\w\s]", text))
        return [1] * len(found), [m.span() for m in found]


class Scripted(EncoderReader):
    """The reader with a script for a model: `said` is a cue, `Tam` a source and a name, words in “” are content."""

    def scores(self, f, ruled):
        out = np.full((len(f.ids), 3 + 3 + 3 + 9 + 4), -5.0)
        out[:, 18] = -0.1  # speech
        before = 0
        for i, (a, b) in enumerate(f.offsets):
            word = self.text[a:b]
            inside = f.quotes[i] and word not in "“”"
            out[i, 1 if word == "Tam" else 0] = -0.1
            out[i, 4 if word == "said" else 3] = -0.1
            out[i, 6 + (0 if not inside else 2 if before else 1)] = -0.1
            out[i, 10 if word == "Tam" else 9] = -0.1
            before = inside
        return out


@pytest.fixture
def scripted(tmp_path):
    for name in ("encoder.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"")
    trust = {name: [0.0, 1.0, 4.0 if name == "one" else 0.0] for name in FEATURES}  # everything is trusted
    (tmp_path / "trust.json").write_text(json.dumps({"features": trust}))
    reader = Scripted(tmp_path)
    reader.__dict__["pieces"] = WordPieces()
    return reader


def test_windows_tags_and_links_make_attributions(scripted):
    scripted.text = "“The mill is shut,” Tam said.\n\nTam said: “It was old.”"
    doc = Document(report(scripted.text))
    found = scripted.attributions(doc)
    assert [tuple(doc.words(p) for p in (*a.source, *a.cue, *a.content)) for a in found] == [
        ("Tam", "said", "The mill is shut,"),
        ("Tam", "said", "It was old."),
    ]
    assert all(a.sort is Sort.SPEECH and 0.8 < a.because.score <= 1 for a in found)
    assert scripted.eager_drafts(doc) == scripted.drafts(doc), "a model without a doubt has no second thoughts"
    assert [(doc.words(n.passage), n.kind) for n in scripted.names(doc)] == [("Tam", Kind.PERSON)] * 2
    assert FullReader(scripted).version != scripted.version
    assert {a.because.rule.split("+")[-1] for a in FullReader(scripted).attributions(doc)} == {"encoder"}


def test_where_a_span_is_nearly_as_likely_as_none_it_is_proposed_in_doubt(scripted, monkeypatch):
    scripted.text = "Tam said very little of it all. “It was old,” Tam said."
    doc, sure = Document(report(scripted.text)), scripted.scores

    def doubting(f, ruled):
        out = sure(f, ruled)
        doubtful = [scripted.text[a:b] in ["very", "little", "of", "it", "all"] for a, b in f.offsets]
        out[doubtful, 6:9] = -1.0, -1.2, -1.2
        return out

    monkeypatch.setattr(scripted, "scores", doubting)
    assert [doc.words(d.content[0]) for d in scripted.drafts(doc)] == ["It was old,"]
    assert [doc.words(d.content[0]) for d in scripted.eager_drafts(doc)] == ["very little of it all", "It was old,"]


def test_a_content_over_two_windows_is_one(scripted):
    words = " ".join(f"word{i}" for i in range(400))
    scripted.text = f"“{words}” Tam said."
    doc = Document(report(scripted.text))
    assert [doc.words(p) for a in scripted.attributions(doc) for p in a.content] == [words]


def test_a_reader_without_weights_says_so(tmp_path):
    with pytest.raises(OnRecordError, match=r"no encoder\.onnx") as e:
        EncoderReader(tmp_path)
    assert "grammar" in str(e.value)


def test_readers_have_names():
    assert reader().name == "grammar"
    with pytest.raises(WrongCall, match="no reader is called 'best'"):
        reader("best")


@cache
def shared():
    """One reader for many examples: loading the weights takes a second."""
    return EncoderReader()


@pytest.fixture
def encoder():
    return shared()


@needs_weights
def test_reads_who_said_what(encoder):
    doc = Document(report(TEXT))
    found = {(doc.words(a.source[0]), doc.words(a.cue[0]), doc.words(a.content[0])) for a in encoder.attributions(doc)}
    assert ("she", "told", "We found cracks in two of the quays,") in found
    assert any(s == "the shipping company Norrlinje" and c.lower() == "according to" for s, c, _ in found)
    assert any(s.startswith("Ada Venn") and c == "said" for s, c, _ in found)
    assert "Ada Venn" in {doc.words(n.passage) for n in encoder.names(doc)}


@needs_weights
def test_reads_the_same_twice_and_leaves_furniture_out(encoder):
    cut = Passage(TEXT.index("According"), len(TEXT))
    doc = Document(report(TEXT, furniture=(cut,)))
    found = encoder.attributions(doc)
    assert found == EncoderReader().attributions(Document(report(TEXT, furniture=(cut,))))
    assert found and all(p.end <= cut.start for a in found for p in (*a.source, *a.cue, *a.content))
    assert all(n.passage.end <= cut.start for n in encoder.names(doc))


@needs_weights
@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_passages_inside_it(text):
    doc = Document(report(text))
    for a in shared().attributions(doc):
        assert all(0 <= p.start < p.end <= len(text) for p in (*a.source, *a.cue, *a.content))


@needs_weights
@pytest.mark.parametrize("text", ["a" * 50_000, '"' * 3_000, "“he said " * 500, "\n" * 10_000, "said: " * 700])
def test_odd_text_ends(text):
    shared().attributions(Document(report(text)))


@needs_weights
def test_the_full_reader_gives_a_reading():
    found = extract(report(TEXT), reader=FullReader())
    assert not found.problems and len(found.statements) >= 3
    assert any(s.because.rule.endswith("+encoder") for s in found.statements)
