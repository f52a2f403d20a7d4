"""Every command as a reader calls it: on the example beat, on nothing, on what is not there; exit codes differ."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from faults import called

from onrecord.cli import COMMANDS
from onrecord.errors import EXIT_CODES, INTERRUPTED, SOME_PROBLEMS, OnRecordError

ASKED = (
    ("status",), ("brief",), ("dossier", "Series 4"), ("claims", "--subject", "Series 4"), ("statements",),
    ("reports",), ("entities",), ("conflicts",), ("due",), ("origins",), ("hedges",), ("search", "tunnel"), ("check",),
    ("rebuild",), ("review",),
)  # fmt: skip


def run(*args: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as a reader's shell runs it."""
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *args], cwd=cwd, capture_output=True, text=True, env={**os.environ, **env}
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(railway_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one ledger, which commands find by themselves."""
    out = tmp_path_factory.mktemp("here")
    shutil.copy(railway_db, out / "railway.db")
    return out


def test_help_names_every_command_and_loads_little():
    code = "import sys, onrecord.cli as c; c.cli.main(['-h'], standalone_mode=False); print([*sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert all(name in done.stdout for name in COMMANDS)
    heavy = {"rich", "jinja2", "trafilatura", "numpy", "sqlite3", "msgspec", "onrecord.flow"}
    assert not {m for m in heavy if f"'{m}'" in done.stdout}


def test_help_and_its_page_tell_every_exit_code():
    def below(kind):
        return {kind.exit_code} | {code for k in kind.__subclasses__() for code in below(k)}

    known = dict(EXIT_CODES)
    assert set(known) == {0, SOME_PROBLEMS, INTERRUPTED, 143} | below(OnRecordError)
    page = (Path(__file__).parent.parent / "docs" / "cli.md").read_text("utf-8")
    for told in (run("--help").stdout, page):
        assert all(f"  {code} " in told and meaning in told for code, meaning in EXIT_CODES)


@pytest.mark.parametrize("args", ASKED, ids=lambda a: a[0])
def test_every_question_is_answered_on_screen(folder, args):
    done = run(*args, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > 40


@pytest.mark.parametrize("args", ASKED, ids=lambda a: a[0])
def test_every_answer_is_json_too(folder, args):
    done = run(*args, "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert (rows or args == ("review",)) and all(isinstance(r, dict) for r in rows)


def test_claims_quote_their_words_and_source(folder):
    rows = [json.loads(x) for x in run("claims", "--subject", "Series 4", "--json", cwd=folder).stdout.splitlines()]
    assert rows and all(r["words"] and r["outlet"] and r["report"] for r in rows)
    shown = " ".join(run("claims", "--subject", "Series 4", "--limit", "999", cwd=folder).stdout.split())
    assert all(" ".join(r["words"].split())[:40] in shown for r in rows)


def test_designations_are_kept_apart(folder):
    plain, variant = (
        {json.loads(x)["id"] for x in run("claims", "--subject", name, "--json", cwd=folder).stdout.splitlines()}
        for name in ("Series 4", "Series 4M")
    )
    assert plain and variant and not plain & variant


def test_why_leads_from_a_claim_to_its_words(folder):
    row = json.loads(run("claims", "--json", cwd=folder).stdout.splitlines()[0])
    why = json.loads(run("why", row["id"], "--json", cwd=folder).stdout)
    assert why["slots"]["evidence"][0]["words"] and why["rules"][0]["rule"]
    assert run("why", row["id"][:12], cwd=folder).returncode == 0


def test_an_empty_answer_says_how_much_was_looked_at(folder):
    done = run("claims", "--subject", "Khotemirenko", "--property", "fare", cwd=folder)
    assert done.returncode == 0 and done.stdout.strip() == "no claims: 40 reports looked at"


@pytest.mark.parametrize("command", ["claims", "statements", "reports", "conflicts", "due", "hedges", "origins"])
def test_a_name_that_names_nothing_is_a_slip_and_no_empty_answer(folder, command):
    for field, wrong, nearest in (
        ("subject", "Khotemirenka", "Khotemirenko"), ("property", "top sped", "top speed"),
        ("outlet", "Kuvarra Harald", "Kuvarra Herald"), ("speaker", "Tsereshvick", "Tsereshvik"),
    ):  # fmt: skip
        for more in ((), ("--json",)):
            done = run(command, f"--{field}", wrong, *more, cwd=folder)
            assert (done.returncode, done.stdout) == (2, ""), done
            assert repr(wrong) in done.stderr and "40 reports looked at" in done.stderr and nearest in done.stderr


def test_names_asked_for_in_an_argument_or_a_picture_are_slips_too(folder, tmp_path):
    assert run("entities", "Khotemirenka", cwd=folder).returncode == 2
    drawn = run("timeline", "Series 4", "--property", "top sped", "-o", str(tmp_path / "t.svg"), cwd=folder)
    assert drawn.returncode == 2 and "top speed" in drawn.stderr and not (tmp_path / "t.svg").exists()
    known = run("claims", "--subject", "Series 4", "--as-of", "2031-04-01", cwd=folder)
    assert known.returncode == 0 and "no claims: 0 reports" in known.stdout


def test_pages_and_pictures_are_written(folder, tmp_path):
    for args in (
        ("brief", "--html", "i.html", "--md", "i.md"), ("dossier", "Series 4", "--html", "d.html", "--md", "d.md"),
        ("timeline", "Series 4", "-o", "t.svg"), ("export", "-o", "plain"),
    ):  # fmt: skip
        done = run(*args, "-l", str(folder / "railway.db"), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert "<svg" in (tmp_path / "d.html").read_text("utf-8") and (tmp_path / "t.svg").read_text("utf-8").startswith(
        "<svg"
    )
    told = json.loads(run("export", "-o", "plain", "--json", "-l", str(folder / "railway.db"), cwd=tmp_path).stdout)
    assert told["lines"]["report.jsonl"] == 40
    assert (tmp_path / "plain").is_dir() and "2031-W14" in (tmp_path / "i.md").read_text("utf-8")


def test_as_of_knows_only_what_was_recorded(folder):
    assert "no claims: 0 reports" in run("claims", "--as-of", "2031-04-01", cwd=folder).stdout
    assert (
        run("claims", "--as-of", "2031-06-01", "--json", cwd=folder).stdout
        == run("claims", "--json", cwd=folder).stdout
    )


def test_what_is_not_there_is_said_with_its_own_code(folder, tmp_path):
    assert run("claims", cwd=tmp_path).returncode == 8
    near = run("dossier", "Serie 4", cwd=folder)
    assert near.returncode == 8 and "Series 4" in near.stderr
    assert run("brief", "--week", "last", cwd=folder).returncode == 2
    assert run("claims", "--ledger", "none.db", cwd=folder).returncode == 8
    wrong = run("clams", cwd=folder)
    assert wrong.returncode == 2 and "claims" in wrong.stderr
    shutil.copy(folder / "railway.db", tmp_path / "a.db")
    shutil.copy(folder / "railway.db", tmp_path / "b.db")
    several = run("status", cwd=tmp_path)
    assert several.returncode == 2 and "a.db, b.db" in several.stderr


def test_a_judgement_moves_claims_and_can_be_superseded(folder, tmp_path):
    shutil.copy(folder / "railway.db", tmp_path / "r.db")
    names = [json.loads(x)["name"] for x in run("entities", "--json", cwd=tmp_path).stdout.splitlines()]
    left, right = names[0], next(n for n in names[1:] if n != names[0])
    same = run("judge", left, "same", right, "--because", "a test", "--by", "tester", cwd=tmp_path)
    assert same.returncode == 0, same.stderr
    after = [json.loads(x) for x in run("entities", "--json", cwd=tmp_path).stdout.splitlines()]
    assert len(after) == len(names) - 1
    assert run("judge", left, "not the same", right, "--because", "on reflection", cwd=tmp_path).returncode in (0, 8)


def test_beat_commands(tmp_path):
    assert run("beat", "init", "b.toml", cwd=tmp_path).returncode == 0
    assert run("beat", "check", "b.toml", cwd=tmp_path).returncode == 0
    again = run("beat", "init", "b.toml", cwd=tmp_path)
    assert again.returncode == 2 and "nothing was written" in again.stderr
    assert "railway" in run("beat", "list", cwd=tmp_path).stdout
    (tmp_path / "b.toml").write_text(
        '[beat]\nname = "x"\ntitle = "X"\n\n[[entity]]\nkey = "a"\nkind = "persn"\nname = "A"\n'
    )
    bad = run("beat", "check", "b.toml", cwd=tmp_path)
    assert bad.returncode == 3 and "b.toml:7" in bad.stderr and "kind" in bad.stderr


def test_an_export_goes_back_into_a_ledger_with_its_decisions(folder, tmp_path):
    shutil.copy(folder / "railway.db", tmp_path / "r.db")
    judged = run("judge", "Series 4", "not the same", "Series 4M", "--because", "two designations", cwd=tmp_path)
    assert judged.returncode == 0, judged.stderr
    assert run("export", "-l", "r.db", "-o", "plain", cwd=tmp_path).returncode == 0
    back = run("import", "back.db", "plain", cwd=tmp_path)
    assert back.returncode == 0, back.stderr
    digests = [json.loads(run("rebuild", "-l", p, "--json", cwd=tmp_path).stdout)["after"] for p in ("r.db", "back.db")]
    assert digests[0] == digests[1]
    assert run("import", "x.db", "nowhere", cwd=tmp_path).returncode == 8


def test_a_local_extract_gives_wikidata_ids(folder, tmp_path):
    extract = tmp_path / "extract.jsonl"
    extract.write_text('{"id": "Q1", "labels": {"en": "Series 4M"}, "aliases": [], "kind": "system"}\n', "utf-8")
    done = run("entities", "Series 4M", "--wikidata", str(extract), "--json", cwd=folder)
    assert json.loads(done.stdout)["wikidata"] == "Q1", done.stderr
    extract.write_text("{\n", "utf-8")
    assert run("entities", "--wikidata", str(extract), cwd=folder).returncode == 1


def test_what_reports_do_not_state_is_counted_and_the_command_that_mends_it_works(tmp_path):
    (tmp_path / "my report.txt").write_text("Bridge late\n\nThe bridge opens in May, Ida Brandt said.\n", "utf-8")
    for args in (("add", "a.db", "my report.txt"), ("status",)):
        out = run(*args, cwd=tmp_path).stdout
        assert "1 report without a date" in out and "onrecord add a.db 'my report.txt' --date YYYY-MM-DD" in out
        assert "1 report without an outlet" in out and "'my report.txt' --outlet" in out
    wrong = run("add", "a.db", "my report.txt", "--date", "3.3.2031", cwd=tmp_path)
    assert wrong.returncode == 2 and "not a date: '3.3.2031'" in wrong.stderr
    done = run("add", "a.db", "my report.txt", "--date", "2025-03", "--outlet", "Quay", cwd=tmp_path)
    assert done.returncode == 0 and "without" not in done.stdout
    row = json.loads(run("reports", "--json", cwd=tmp_path).stdout)
    assert (row["published"], row["outlet"]) == ("2025-03", "Quay")
    status = json.loads(run("status", "--json", cwd=tmp_path).stdout)
    assert (status["undated"], status["no_outlet"]) == (0, 0)


@pytest.mark.parametrize("command", ["search tunnel", "claims", "statements", "origins", "review"])
@pytest.mark.parametrize("limit", ["0", "-3"])
def test_to_show_none_is_a_wrong_call(folder, command, limit):
    done = called(*command.split(), "--limit", limit, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "") and f"--limit: {limit} shows nothing" in done.stderr


@pytest.mark.parametrize("args", [("dossier", "Series 4"), ("brief",)])
def test_before_anything_was_on_record_that_is_said(folder, args):
    done = called(*args, "--as-of", "2001-01-01", cwd=folder)
    assert (done.returncode, done.stdout) == (8, "") and "nothing was on record by 2001-01-01" in done.stderr


def test_one_folder_more_is_made_for_what_is_written(folder, tmp_path):
    ledger = str(folder / "railway.db")
    for args, made in (
        (("brief", "--html", "pages/i.html"), "pages/i.html"), (("export", "-o", "plain"), "plain/report.jsonl"),
        (("timeline", "Series 4", "-o", "pictures/t.svg"), "pictures/t.svg"),
    ):  # fmt: skip
        assert called(*args, "-l", ledger, cwd=tmp_path).returncode == 0
        assert (tmp_path / made).is_file()
