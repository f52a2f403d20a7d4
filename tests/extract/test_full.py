"""Two readers weighed: candidates, what trust is computed from, and who stands."""

import itertools
import json
import math

import numpy as np
import pytest
from builders import report
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import OnRecordError
from onrecord.extract.beliefs import Beliefs
from onrecord.extract.document import Document
from onrecord.extract.encoder import EncoderReader, Tagged
from onrecord.extract.full import (
    FEATURES,
    KEPT,
    Candidate,
    FullReader,
    by_cue,
    candidates,
    chosen,
    features,
    heard,
    holders,
)
from onrecord.extract.lines import Draft
from onrecord.extract.speech import finished, read
from onrecord.records import Passage, Sort


def draft(source, cue, content, rule="encoder", score=0.9):
    return Draft(source and Passage(*source), [Passage(*cue)], [Passage(*content)], Sort.SPEECH, rule, score)


RULES = [
    draft((0, 3), (4, 8), (9, 30), "speech.that"),
    draft((50, 53), (54, 58), (60, 80), "speech.that", 0.95),
    draft((250, 253), (254, 258), (260, 270), "speech.that", 0.5),
]
MODEL = [
    draft((0, 3), (4, 8), (10, 30), score=0.7),
    draft((90, 93), (94, 98), (99, 120), score=0.95),
    draft((280, 283), (254, 258), (285, 299), score=0.95),
]


def beliefs(belief=0.9, size=300):
    """One piece a character, all with one belief in every role."""
    tagged = Tagged({}, [], {}, np.arange(size), np.arange(1, size + 1), np.full((size, 3), belief))
    return Beliefs(Document(report("The quay is shut. " * 20)), tagged)


def test_each_attribution_is_one_candidate_with_who_found_it():
    found = candidates(RULES, MODEL)
    assert [(c.draft.rule, c.both, c.differ) for c in found] == [
        ("speech.that+encoder", True, False),
        ("speech.that", False, False),
        ("speech.that", False, True),
        ("encoder", False, False),
        ("encoder", False, True),
    ]
    assert found[0].draft.content == [Passage(9, 30)], "what both found keeps the grammar's spans"
    assert candidates([], []) == []


def test_second_thoughts_are_added_where_they_say_something_else():
    eager = [
        draft((0, 3), (4, 8), (10, 30)),  # the model has said so
        draft((0, 3), (4, 8), (9, 45)),  # another content for a cue that has one
        draft((130, 133), (134, 138), (140, 160), score=0.4),  # nobody else has a cue here
    ]
    plain, found = candidates(RULES, MODEL), candidates(RULES, MODEL, eager)
    assert found[: len(plain)] == plain
    other, new = found[len(plain) :]
    assert (other.draft.content, other.differ, other.grammar, other.eager) == ([Passage(9, 45)], True, RULES[0], True)
    assert (new.draft.source, new.differ, new.grammar, new.draft.rule) == ((130, 133), False, None, "encoder.eager")
    assert dict(zip(FEATURES, features(new, beliefs(), []), strict=True))["eager"] == 1.0


def test_features_are_the_beliefs_in_the_spans():
    c = candidates(RULES, MODEL)[0]
    row = dict(zip(FEATURES, features(c, beliefs(0.9), holders([c])), strict=True))
    assert row["both"] == 1 and row["differ"] == row["held"] == row["no source"] == 0
    assert [row[name] for name in ("source", "cue", "content")] == pytest.approx([math.log(9)] * 3)
    lone = Candidate(draft(None, (4, 8), (9, 30)), None, draft(None, (4, 8), (9, 30)))
    row = dict(zip(FEATURES, features(lone, beliefs(1.0), [Passage(0, 100)]), strict=True))
    assert row["no source"] == row["held"] == 1 and row["source"] == 0 and row["cue"] == pytest.approx(math.log(99))


def test_the_fast_reader_is_heard_on_every_candidate():
    fast = [
        draft((0, 3), (4, 8), (9, 30), "speech.that+fast", 0.8),  # the same attribution
        draft((0, 3), (94, 98), (99, 110), "fast", 0.6),  # another source for this cue
        draft((130, 133), (54, 58), (60, 80), "speech.that.nested", 0.9),  # what is nested is not its own judgement
    ]
    found, third = candidates(RULES, MODEL), by_cue(fast)
    assert heard(found[0].draft, third) == (0.8, 0.0)
    assert [heard(c.draft, third) for c in found if c.draft.cue == [Passage(94, 98)]] == [(0.0, 0.6)]
    assert heard(RULES[1], third) == heard(RULES[2], third) == (0.0, 0.0)
    row = dict(zip(FEATURES, features(found[0], beliefs(), [], third), strict=True))
    assert row["fast agrees"] == 0.8 and row["fast differs"] == 0.0


def test_the_most_trusted_of_one_cue_stands_and_the_untrusted_fall():
    found = candidates(RULES, MODEL)
    made = chosen([(0.9, found[0]), (0.3, found[1]), (0.5, found[2]), (0.8, found[3]), (0.6, found[4])], [])
    assert [(d.rule, d.source, d.score) for d in made] == [
        ("speech.that+encoder", (0, 3), 0.9), ("encoder", (90, 93), 0.8), ("encoder", (280, 283), 0.6),
    ]  # fmt: skip


def test_what_the_grammar_alone_found_keeps_the_score_that_it_is_given_here():
    doc = Document(report("Lund said that the quay was shut."))
    (rule,) = read(doc)
    (made,) = chosen([(0.55, Candidate(rule, rule, None))], [])
    assert (made.rule, made.score) == ("speech.that+alone", 0.55)
    assert [a.because.score for a in finished(doc, [made])] == [0.55]
    assert [a.because.score for a in finished(doc, [rule])] != [0.55]


def test_what_one_found_in_a_quotation_or_in_a_content_that_stands_is_nested():
    outer, both, inner, quoted = (
        Candidate(draft((0, 3), cue, content, rule), None, None)
        for cue, content, rule in (
            ((5, 9), (10, 60), "encoder"), ((20, 24), (25, 60), "speech.that"), ((30, 34), (35, 48), "encoder"),
            ((70, 74), (75, 90), "encoder"),
        )
    )  # fmt: skip
    both = Candidate(both.draft, both.draft, both.draft)
    weighed = [(0.9, outer), (0.8, both), (0.75, inner), (0.7, quoted)]
    made = chosen(weighed, [Passage(65, 90)])
    assert [d.rule for d in made] == ["encoder", "speech.that", "encoder.nested", "encoder.nested"]
    made = chosen([(0.2, outer), (0.3, both), (0.75, inner)], [])
    assert [d.rule for d in made] == ["encoder"], "the content of what does not stand holds nothing"


def test_of_two_cues_for_one_content_the_surer_stands():
    said, told, other = (
        Candidate(draft((0, 3), cue, content), None, None)
        for cue, content in (((4, 8), (20, 60)), ((12, 16), (22, 60)), ((14, 18), (22, 34)))
    )
    assert [d.cue[0] for d in chosen([(0.8, said), (0.9, told)], [])] == [(12, 16)]
    assert len(chosen([(0.8, said), (0.9, other)], [])) == 2, "they share less than half"
    warned = Candidate(draft((20, 24), (26, 30), (32, 60)), None, None)
    assert len(chosen([(0.8, said), (0.7, warned)], [])) == 2, "one tells of the other: both are told"


spans = st.tuples(st.integers(0, 250), st.integers(1, 40)).map(lambda s: (s[0], s[0] + s[1]))
drafts = st.lists(st.builds(draft, st.none() | spans, spans, spans, st.sampled_from(["encoder", "x.that", "x.nested"])))


@given(drafts, drafts, drafts, st.lists(st.floats(0, 1), min_size=80, max_size=80))
def test_no_two_that_stand_share_a_cue(rules, model, eager, trusts):
    found = candidates(rules, model, eager)
    held = holders(found)
    for c in found:
        assert all(map(math.isfinite, features(c, beliefs(), held)))
    made = chosen(list(zip(trusts, found, strict=False)), [])
    cues = sorted(p for d in made for p in d.cue)
    assert all(x.end <= y.start for x, y in itertools.pairwise(cues))
    assert all(d.score >= KEPT - 0.001 for d in made) and len(made) <= len(found)


def test_weights_without_trust_are_not_whole(tmp_path):
    for name in ("encoder.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(OnRecordError, match=r"no trust\.json"):
        FullReader(EncoderReader(tmp_path))
    (tmp_path / "trust.json").write_text(json.dumps({"features": {n: [0.0, 2.0, 1.0] for n in FEATURES}}))
    reader = FullReader(EncoderReader(tmp_path))
    assert reader.trusted([0.0] * len(FEATURES)) == 0.5 and 0.5 < reader.trusted([1.0] * len(FEATURES)) < 1
