"""What many tests share: a small invented beat and its reports, and the example beat read once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onrecord import flow
from onrecord.beat import BUNDLED, load
from onrecord.ledger import open as open_ledger

RECORDED = "2031-05-01T08:00:00Z"
# The clock of all commands in tests: invented news is of 2031, and a report of a day that has not come is a Problem.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1935360000")


@pytest.fixture(scope="session")
def railway_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger file with the whole example beat in it. Read only: copy it before writing."""
    path = tmp_path_factory.mktemp("railway") / "railway.db"
    with open_ledger(path) as ledger:
        flow.add(ledger, [str(BUNDLED / "railway")], beat=load("railway"), recorded_at=RECORDED)
    return path
