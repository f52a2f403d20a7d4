"""Predictions of the whole record on marked reports: read, extract with the beat, write the exchange format."""

from __future__ import annotations

import json
from pathlib import Path

from onrecord import beat as beats
from onrecord.extract import extract
from onrecord.extract.exchange import record
from onrecord.extract.readers import reader as reader_by_name
from onrecord.read import originals, read

BEAT = "belarus-arms"


def predict(data: Path, out: Path, reader: str = "grammar") -> None:
    """One JSON line per text report that lies in `data` itself; the folders below it are left alone."""
    beat, reading = beats.load(BEAT), reader_by_name(reader)
    files = sorted(p for p in data.iterdir() if p.suffix == ".txt")
    with out.open("w", encoding="utf-8") as f:
        for path in files:
            for original in originals([str(path)]):
                reports, _ = read(original)
                for report in reports:
                    f.write(
                        json.dumps(record(extract(report, beat=beat, reader=reading), report), ensure_ascii=False)
                        + "\n"
                    )
