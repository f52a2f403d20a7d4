"""The release form: every article, every mark and record of it, the same bytes each time."""

from __future__ import annotations

import json

from corpus.check import ARTICLES, files
from corpus.export import exported, line, main
from onrecord.marked import load


def test_every_mark_of_every_article_is_in_the_export():
    paths = files([ARTICLES])
    records = {r["id"]: r for r in exported(paths)}
    assert len(records) == len(paths) and {r["part"] for r in records.values()} == {"train", "test"}
    for a in map(load, paths):
        r = records[a.id]
        assert r["text"] == a.text and sum(map(len, r["spans"].values())) == len(a.marks)
        for x in r["attributions"]:
            assert [tuple(s) for s in x["content"]] == [(m.start, m.end) for m in a.of("k", x["number"])]
        assert len(r["claims"]) == len(a.claims) and len(r["attributions"]) == len(a.attributions)


def test_the_command_writes_the_same_bytes_twice(tmp_path, capsys):
    for name in ("a.jsonl", "deep/b.jsonl"):
        assert main([str(tmp_path / name)]) == 0
    first, second = (tmp_path / n for n in ("a.jsonl", "deep/b.jsonl"))
    assert first.read_bytes() == second.read_bytes()
    assert [json.loads(x)["id"] for x in first.read_text("utf-8").split("\n")[:-1]] == sorted(
        p.stem for p in files([ARTICLES])
    )
    assert main([str(tmp_path / "c"), "--folder", str(tmp_path / "deep" / "none")]) == 1
    assert "no articles" in capsys.readouterr().err


def test_signs_stay_as_they_are():
    assert line({"b": "“Åse”", "a": 1}) == '{"b": "“Åse”", "a": 1}\n'
