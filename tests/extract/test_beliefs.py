"""What the encoder believes of spans that somebody else proposes."""

import math

import numpy as np
import pytest
from builders import report

from onrecord.extract.beliefs import NOTHING, SURE, Beliefs, logit
from onrecord.extract.document import Document
from onrecord.extract.encoder import Tagged
from onrecord.records import Passage

TEXT = "Lund said the old quay was shut. Nobody asked her why."


def beliefs(content):
    """One piece a word; `content`: the belief in each word of the first sentence, then none."""
    starts = [i for i, c in enumerate(TEXT) if c != " " and (i == 0 or TEXT[i - 1] == " ")]
    ends = [next((j for j in range(i, len(TEXT)) if TEXT[j] == " "), len(TEXT)) for i in starts]
    column = [*content, *[0.0] * (len(starts) - len(content))]
    belief = np.array([[0.5, 0.5, x] for x in column])
    return Beliefs(Document(report(TEXT)), Tagged({}, [], {}, np.array(starts), np.array(ends), belief))


def at(words):
    return Passage(TEXT.index(words), TEXT.index(words) + len(words))


def test_a_span_is_believed_by_its_pieces_its_weakest_and_what_stands_beside_it():
    found = beliefs([0.0, 0.1, 0.8, 0.6, 1.0, 0.9, 0.7]).of([at("the old quay")], "content")
    assert found.mean == pytest.approx(0.8) and found.pieces == 3
    assert (found.weakest, found.before, found.behind) == pytest.approx((0.6, 0.1, 0.9))
    assert found.even == pytest.approx((logit(0.8) + logit(0.6) + math.log(SURE / (1 - SURE))) / 3)


def test_pieces_of_a_span_are_counted_over_all_its_passages():
    found = beliefs([0.0, 0.1, 0.8, 0.6, 1.0, 0.9, 0.7]).of([at("the old"), at("was shut")], "content")
    assert found.mean == pytest.approx(0.75) and (found.before, found.behind) == (0.1, 0.0)


def test_a_content_that_leaves_out_what_is_believed_is_less_of_the_whole():
    b, cue = beliefs([0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0]), at("said")
    assert b.whole(cue, [at("the old quay was shut.")], "content") == pytest.approx(1.0)
    assert b.whole(cue, [at("the old quay")], "content") == pytest.approx(6 / 8)
    assert b.whole(cue, [at("Lund said the old quay was shut.")], "content") == pytest.approx(10 / 12)


def test_where_there_is_no_piece_nothing_is_believed():
    b = beliefs([])
    assert b.of([Passage(4, 5)], "source") == NOTHING
    assert b.whole(Passage(4, 5), [Passage(4, 5)], "content") == 0.0
    assert logit(0.0) == -logit(1.0) == pytest.approx(NOTHING.even)
