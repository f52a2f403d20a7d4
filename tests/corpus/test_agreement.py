"""Agreement of two markings: by hand on small articles, and linked50 against the benchmark's own scorer where it is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from corpus.agreement import agreement, counted, kappa, main
from onrecord.marked import Article, parse

SCORER = Path(__file__).resolve().parents[3] / "shared" / "bench" / "score_attribution.py"
HEAD = "id: t-1\ngenre: wire\ntopic: test\npublished: 2031-03-04\n\n"
A = (
    "[s1 [n Ida Orlo|per orlo], the baker,] [c1 said] [k1 the oven is [m not] hot] and [c2 hopes] for [k2 rain].\n"
    "[s3 [n She|per orlo pro]] [c3 paid no heed to] [k3 [q about 40 loaves|~40 loaf]] [d in May|2031-05].\n"
    "---\na1: orlo named speech\na2: orlo named belief\na3: orlo named belief\n"
    "x: a1 | oven | state | t hot | asserted - | | the oven is not hot\n"
)
B = (
    "[s1 [n Ida Orlo|org baker]], the baker, [c1 said] [k1 the oven is [m not hot]] and [c2 hopes] for [k2 rain].\n"
    "She paid no heed to about [q 40 loaves|40.0 loaf] in [d May|2031-05-01/2031-05-31].\n"
    "---\na1: baker institutional speech\na2: - group belief\n"
    "x: a1 | oven | state | t hot | denied - | | oven is not hot\n"
)


def article(body: str) -> Article:
    return parse(HEAD + body)


def test_one_marking_agrees_with_itself():
    found = agreement([(article(A), article(A))])
    assert {row["f1"] for row in found["spans"].values()} == {1.0}
    assert {(row["accuracy"], row["kappa"]) for row in found["labels"].values()} == {(1.0, 1.0)}


def test_each_difference_counts_where_it_belongs():
    found = counted(article(A), article(B))
    # a1: source Dice 2·2/(2+6) = 0.5 (comma and article count as tokens); a2: neither has a source; a3: not in B
    assert found["attributions linked50"] == (2, 2, 3)
    assert found["source exact"] == (0, 1, 2) and found["cue exact"] == (2, 2, 3)
    assert found["content exact"] == (2, 2, 3) and found["source token"] == (2, 2, 7)
    assert found["names exact"] == (1, 1, 1) and found["names exact with kind"] == (0, 1, 1)
    assert found["quantities span"] == (0, 1, 1) and found["quantities value, spans overlap"] == (0, 1, 1)
    assert (
        counted(article(A), article(A.replace("~40 loaf", "~40.0 bread")))["quantities number, spans overlap"].f1 == 1.0
    )
    assert found["dates span"] == (0, 1, 1) and found["dates value, spans overlap"] == (1, 1, 1)
    assert found["modality words token"] == (1, 2, 1)


def test_labels_are_compared_on_what_both_found():
    found = agreement([(article(A), article(B))])["labels"]
    assert found["sort"]["accuracy"] == 1.0 and found["sort"]["pairs"] == 2
    assert found["anonymity"]["accuracy"] == 0.0
    assert found["speaker"]["accuracy"] == 0.5  # a1: B's key stands on the same name; a2: B does not tell who
    assert found["modality of claims"]["differ"] == [("asserted / denied", 1)]


def test_kappa_is_agreement_beyond_chance():
    assert kappa([("x", "x"), ("x", "y"), ("y", "y"), ("y", "y")]) == pytest.approx(0.5)  # seen .75, chance .5
    assert kappa([("x", "y"), ("y", "x")]) == -1.0 and kappa([("x", "x")]) == 1.0 and kappa([]) == 0.0


def test_texts_must_be_the_same():
    with pytest.raises(ValueError, match="t-1: the texts differ at 4: 'Orlo"):
        counted(article(A), article(B.replace("Ida Orlo", "Ida Arlo")))


def test_the_command_compares_what_both_folders_hold(tmp_path, capsys):
    for folder, body in (("a", A), ("b", B)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "t-1.txt").write_text(HEAD + body, "utf-8")
    (tmp_path / "a" / "t-2.txt").write_text(HEAD + A, "utf-8")
    assert main([str(tmp_path / "a"), str(tmp_path / "b")]) == 0
    assert "1 articles" in (out := capsys.readouterr().out) and "| attributions linked50 | 0.800 | 3 | 2 | 2 |" in out
    assert main([str(tmp_path / "a"), str(tmp_path / "none")]) == 1


@pytest.mark.skipif(not SCORER.exists(), reason="the benchmark's scorer is not beside the project")
def test_linked50_is_the_benchmarks_own():
    from bench.own_corpus import gold

    spec = importlib.util.spec_from_file_location("score_attribution", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    a, b = article(A), article(B)
    found, own = module.score({a.id: gold(a, as_marked=True)}, {b.id: gold(b, as_marked=True)}), counted(a, b)
    for theirs, ours in (("relation linked50", "attributions linked50"), ("source exact", "source exact"),
                         ("cue token", "cue token"), ("content token", "content token")):  # fmt: skip
        assert found[theirs]["F1"] == pytest.approx(own[ours].f1)
