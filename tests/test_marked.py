"""Marked articles: parsed or refused with a clear line, whatever a file holds; shown on screen and as a page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from onrecord.cli import cli
from onrecord.errors import NotFound, WrongCall
from onrecord.marked import LAYERS, Article, MarkError, as_record, load, nested, parse, spoken_name, unmark
from onrecord.tell import pages_marked, screen_marked

HEAD = "id: t-1\ntitle: yes\ngenre: wire\ntopic: ports\noutlet: Tide <Post>\npublished: 2031-03-04\n\n"
BODY = (
    "Yard to pay, [s3 owner][c3 :] [k3 yes]\n\n"
    '"[k1 [s2 [n she|per orlo pro]] [c2 swore] that [k2 [q at least 40 cars|>=40 car] [m may] go]]," '
    "[s1 [n Ida Orlo|per orlo] of the [n Quay Board|org board]] [c1 told] [v1 [n Tide Post|org post]] "
    "[d on Monday|2031-03-03]. [n Orlo|per orlo] left.\n"
)
RECORDS = (
    "---\na1: orlo named speech said=2031-03-03 via=post\na2: orlo named speech in=1\na3: - group speech\n"
    "x: a2 | cars | number | q >=40 car | possible + | holds=2031 | at least 40 cars may go\n"
    "x: - | board | chair | e orlo | asserted - | | Ida Orlo\n"
)
SOURCE = HEAD + BODY + RECORDS
WORDS = st.text(st.sampled_from(list("[]|\\skcvnqdm12 \n-:ax=")), max_size=60)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "quay").mkdir()
    (tmp_path / "quay" / "t-1.txt").write_text(SOURCE, "utf-8")
    return tmp_path


def drawn(a: Article, width: int, layers: tuple[str, ...] = tuple(LAYERS)) -> str:
    console = Console(width=width, no_color=True, highlight=False)
    with console.capture() as out:
        console.print(*screen_marked.article(a, layers))
    return out.get()


@given(WORDS, WORDS, WORDS)
def test_any_text_parses_or_is_refused(head, body, tail):
    for source in (head + body, HEAD + body + "\n---\n" + tail, f"{HEAD}{body}\n---\na1: {head}\nx: {tail}"):
        try:
            a = parse(source)
        except MarkError as e:
            assert str(e)
        else:
            assert all(0 <= m.start < m.end <= len(a.text) for m in a.marks)


@given(st.text(st.sampled_from(list("ab []|\\\n")), max_size=40))
def test_escaped_text_comes_back(text):
    assert unmark(re.sub(r"([\[\]|\\])", r"\\\1", text)) == (text, ())


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("[k3 yes]", "[k3 yes", 8, "never closed"),
        ("[c2 swore]", "[cc swore]", 10, "no mark begins"),
        ("a2: orlo", "b2: orlo", 13, "unknown record 'b2'"),
        ("in=1", "in=x", 13, "no attribution is called 'x'"),
        ("in=1", "inside", 13, "not known: 'inside'"),
        ("x: - | board |", "x: -", 16, "7 parts"),
        ("| Ida Orlo\n", "| Ida Orla\n", 16, "evidence is not in the text"),
        ("genre: wire", "genre wire", 3, "without a colon"),
    ],
)
def test_a_fault_is_said_with_its_line(old, new, line, message):
    assert old in SOURCE
    with pytest.raises(MarkError, match=rf"t\.txt:{line}: .*{re.escape(message)}"):
        parse(SOURCE.replace(old, new, 1), Path("t.txt"))


def test_a_file_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"id: \xff\xfe")
    with pytest.raises(MarkError, match="not UTF-8"):
        load(tmp_path / "a.txt")


def test_attributions_come_with_those_in_their_content_and_none_is_lost():
    a = parse(SOURCE)
    assert [(depth, x.number) for depth, x in nested(a.attributions)] == [(0, 1), (1, 2), (0, 3)]
    ring = parse(SOURCE.replace("said=2031-03-03 via=post", "in=2")).attributions
    assert sorted(x.number for _, x in nested(ring)) == [1, 2, 3]
    assert spoken_name(a, "orlo") == "Ida Orlo" and spoken_name(a, "nobody") is None


def test_as_plain_data_every_span_is_its_words():
    a = parse(SOURCE)
    found = as_record(a)
    words = {layer: [a.text[x["start"] : x["end"]] for x in spans] for layer, spans in found["spans"].items()}
    assert words["source"] == ["owner", "she", "Ida Orlo of the Quay Board"]
    assert [x["form"] for x in found["spans"]["names"]] == ["pronoun", "name", "name", "name", "name"]
    assert found["attributions"][1]["in"] == 1 and json.loads(json.dumps(found)) == found
    start, end = found["claims"][0]["evidence"]
    assert a.text[start:end] == "at least 40 cars may go"


@pytest.mark.parametrize("width", [16, 30, 60, 100, 200])
def test_every_mark_has_a_ruler_below_its_words_at_any_width(width):
    a = parse(SOURCE)
    out = drawn(a, width)
    labels = [f"{m.tag}{m.number}" if m.number else f"{m.tag} {m.value}" if m.value else "m!" for m in a.marks]
    assert not [x for x in labels if x[:width] not in out]
    assert max(map(len, out.splitlines())) <= width
    if width == 200:
        lines = out.splitlines()
        at = next(i for i, x in enumerate(lines) if "at least 40 cars" in x)
        column = lines[at].index("at least 40 cars")
        assert any(x[column:].startswith("q >=40 car#") for x in lines[at : at + 8])


def test_layers_left_out_are_not_drawn():
    out = drawn(parse(SOURCE), 200, ("cue",))
    assert "c1~~" in out and "per orlo" not in out and "k1-" not in out


def test_control_signs_neither_reach_the_terminal_nor_move_the_rulers():
    out = drawn(parse(SOURCE.replace("Ida Orlo of", "Ida Orlo \x1b[2J of".replace("[", "\\["))), 200)
    assert "\x1b[2J" not in out


def test_the_page_is_whole_escaped_and_fetches_nothing():
    page = pages_marked.page(parse(SOURCE.replace("Yard to pay", "Yard <b>to</b> pay")))
    assert "Yard &lt;b&gt;to&lt;/b&gt; pay" in page and "Tide &lt;Post&gt;" in page
    assert "<script" not in page and "http" not in page and page.count("<span") == page.count("</span>")
    assert re.search(
        r'<span class="q" title="quantities: &gt;=40 car"><sup>&gt;=40 car</sup>at least 40 cars</span>', page
    )


def test_a_mark_over_two_paragraphs_is_drawn_in_both():
    a = parse(HEAD + "[s1 He] [c1 said]: [k1 One.\n\nTwo.]\n---\na1: - group speech\n")
    page = pages_marked.page(a)
    assert page.count('class="k a1"') == 2 and page.count("<span") == page.count("</span>")
    assert drawn(a, 80).count("k1-") == 2


def test_the_command_finds_by_id_and_by_path(folder):
    for name in ("t-1", str(folder / "quay" / "t-1.txt")):
        done = CliRunner().invoke(cli, ["corpus", "show", name, "--folder", str(folder)])
        assert done.exit_code == 0 and "a2" in done.output and "through Tide Post" in done.output
    done = CliRunner().invoke(cli, ["corpus", "show", "t-1", "--folder", str(folder), "--json"])
    assert json.loads(done.output)["id"] == "t-1"
    done = CliRunner().invoke(cli, ["corpus", "show", "t-1", "--folder", str(folder), "--html", str(folder / "a.html")])
    assert done.exit_code == 0 and (folder / "a.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("args", "error", "message"),
    [
        (["show", "t-2"], NotFound, "nearest: t-1"),
        (["show", "no/such.txt"], NotFound, "no such file"),
        (["show", "t-1", "--layer", "cue,colour"], WrongCall, "not known: colour"),
        (["show", "t-1", "--folder", "nowhere"], NotFound, "no articles in nowhere: there is no such folder"),
    ],
)
def test_what_is_not_there_is_said(folder, args, error, message):
    args = args if "--folder" in args else [*args, "--folder", str(folder)]
    done = CliRunner().invoke(cli, ["corpus", *args])
    assert isinstance(done.exception, error) and message in str(done.exception)


def test_the_list_filters_and_names_bad_files(folder):
    (folder / "quay" / "bad.txt").write_text("no header", "utf-8")
    listed = CliRunner().invoke(cli, ["corpus", "list", "--folder", str(folder), "--topic", "PORT", "--json"])
    assert [json.loads(x)["id"] for x in listed.stdout.splitlines()] == ["t-1"]
    assert "bad.txt:1: header line without a colon" in listed.stderr
    none = CliRunner().invoke(cli, ["corpus", "list", "--folder", str(folder), "--genre", "sport"])
    assert "2 articles looked at" in none.output


def test_an_article_is_a_line_whatever_the_width(folder):
    long = (folder / "quay" / "t-1.txt").read_text("utf-8")
    (folder / "quay" / "t-7.txt").write_text(
        long.replace("id: t-1", "id: t-7").replace("topic: ", "topic: the long and winding road to the "), "utf-8"
    )
    for width in (72, 80, 100):
        args = ["corpus", "list", "--folder", str(folder)]
        lines = CliRunner(env={"COLUMNS": str(width)}).invoke(cli, args).stdout.splitlines()
        assert len(lines) == 1 + 2 + 1 and max(map(len, lines)) <= width
        assert all(re.search(r"2031-\d\d-\d\d +\d+ +\d+ +\d+ ", line) for line in lines[1:-1])


def test_the_corpus_is_found_from_anywhere_it_can_be(folder, tmp_path, monkeypatch):
    far = tmp_path / "project" / "a" / "b"
    far.mkdir(parents=True)
    (tmp_path / "project" / "corpus").mkdir()
    (tmp_path / "project" / "corpus" / "articles").symlink_to(folder)
    monkeypatch.chdir(far)
    done = CliRunner().invoke(cli, ["corpus", "list", "--json"])
    assert {json.loads(x)["id"] for x in done.stdout.splitlines()} >= {"t-1"}
    monkeypatch.chdir("/")
    monkeypatch.setattr("onrecord.__file__", str(tmp_path / "site-packages" / "onrecord" / "__init__.py"))
    lost = CliRunner().invoke(cli, ["corpus", "list"])
    assert isinstance(lost.exception, NotFound) and "--folder" in str(lost.exception)
