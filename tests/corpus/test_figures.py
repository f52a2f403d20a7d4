"""The diversity figures, by hand on small texts, and the table with and without PolNeAR beside it."""

from __future__ import annotations

import gzip
import json

import pytest

from corpus.check import ARTICLES, files
from corpus.figures import (
    GENRES,
    TOPICS,
    Said,
    Text,
    as_text,
    crossed,
    cue_kind,
    curve,
    density,
    distinct_cues,
    entropy,
    family,
    overlaps,
    report,
    source_form,
    split,
)
from onrecord.marked import load


def text(name: str, words: str, *cues: str, genre: str = "wire") -> Text:
    return Text(name, split(words), tuple(Said("she", c, "speech") for c in cues), genre, "sport")


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("She", "pronoun"), ("who", "pronoun"), ("Orlo", "with a name"), ("the baker, Ida Orlo,", "with a name"),
        ("two officials", "group"), ("people in the street", "group"), ("the baker", "office or description"),
        ("his boss", "office or description"), ("the miners' union", "office or description"), (None, "none"),
    ],
)  # fmt: skip
def test_sources_by_form(source, form):
    assert source_form(source) == form


@pytest.mark.parametrize(
    ("cue", "kind"),
    [
        ("has said", "said, says, say, saying"), ("was told", "told, tells, tell, telling"),
        ("according to", "according to"), (":", "a colon or another sign alone"), ("hopes for", "others"),
        ("is unsaid", "others"), ("", "none"),
    ],
)  # fmt: skip
def test_cues_by_kind(cue, kind):
    assert cue_kind(cue) == kind


def test_entropy_and_distinct_cues():
    four = [text("a", "x", "said", "hopes"), text("b", "x", "warns", "fears")]
    assert entropy(four) == pytest.approx(2.0) and entropy([text("a", "x", "said", "said")]) == 0.0
    assert distinct_cues(four, per=2) == 2.0 and distinct_cues(four, per=100) == 4.0


def test_overlap_is_the_share_of_common_word_sequences():
    a, b, c = text("a", "one two three four"), text("b", "zero one two three"), text("c", "far away from here")
    assert overlaps([a, b, c], gram=3) == (0.5, pytest.approx(2 / 6))
    assert overlaps([a], gram=3) == (0.0, 0.0)


def test_curve_counts_only_what_is_there():
    assert curve([text("a", "one two two three")], (2, 4, 5))[1:] == [3, None]


def test_density_and_the_table_of_genres_and_topics():
    texts = [text("a", "one two", "said"), text("b", "one two", genre="column")]
    assert density(texts, lambda t: t.genre) == [("column", 1, 2, 0.0), ("wire", 1, 2, 200.0)]
    assert crossed(texts) == [["", "sport"], ["wire", "1"], ["column", "1"]]


def test_families_take_every_name():
    assert family("Magazine feature", GENRES) == "feature" and family("brief", GENRES) == "wire, news, report"
    assert family("tech", TOPICS) == "science, technology" and family("beekeeping", TOPICS) == "other"


def test_the_report_stands_with_and_without_the_other_corpus(tmp_path):
    paths = files([ARTICLES])[:12]
    alone = report(paths, tmp_path / "none.gz")
    assert "skipped" in alone and "| PolNeAR train |" not in alone and "| articles | 12 |" in alone
    row = {"id": "x", "text": "Ida Orlo said so.", "relations": [{"source": [[0, 8]], "cue": [[9, 13]], "content": []}]}
    with gzip.open(tmp_path / "p.gz", "wt", encoding="utf-8") as f:
        f.write(json.dumps(row) + "\n")
    both = report(paths, tmp_path / "p.gz")
    assert "| articles | 12 | 1 |" in both and "skipped" not in both and "| claims | " in both


def test_an_article_becomes_its_words_and_attributions():
    a = load(files([ARTICLES])[0])
    found = as_text(a)
    assert len(found.said) == len(a.attributions) and found.words[0] in a.text.casefold()
