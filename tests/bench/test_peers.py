"""`python -m bench.peers` reads the same texts with every reader that is asked for. Invented article."""

import pytest

from bench import peers
from onrecord.errors import WrongCall


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """One article, and no peers."""
    monkeypatch.setattr(peers, "ARTICLES", 1)
    monkeypatch.setattr(peers, "figures_and_dates", lambda: None)
    monkeypatch.setattr(peers, "spacy_blank", lambda: None)


def test_each_reader_has_a_line_of_its_own(capsys):
    assert peers.main(["--reader", "fast", "--reader", "grammar"]) == 0
    out = [line for line in capsys.readouterr().out.splitlines() if "all layers" in line]
    assert [line.split(",")[1].strip() for line in out] == ["fast", "grammar"]
    assert all(float(line.split("all layers")[1].split()[0]) > 0 and "0 crashed" in line for line in out)


def test_without_a_reader_the_default_reads(capsys):
    assert peers.main([]) == 0
    assert next(x for x in capsys.readouterr().out.splitlines() if "all layers" in x).startswith("on record, grammar,")


@pytest.mark.parametrize("name", ["grammar", "fast"])
def test_the_reader_of_that_name_reads(name):
    ours = peers.ours(None, name)("The port of Varn is shut, Ada Lund said on Monday.")
    other = peers.ours(None, {"fast": "grammar"}.get(name, "fast"))(
        "The port of Varn is shut, Ada Lund said on Monday."
    )
    assert ours and [r.version for r in ours] != [r.version for r in other]


def test_a_reader_that_is_none_is_refused():
    with pytest.raises(WrongCall):
        peers.main(["--reader", "nobody"])
