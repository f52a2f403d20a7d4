"""Article text and publication date of pages, read by `onrecord.read`, in the format of `score_article.py`."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from onrecord.read import read
from onrecord.read.dates import best
from onrecord.read.html import page_dates
from onrecord.records import Original, Report


def predict(data: Path, out: Path) -> None:
    """Predictions for the `article` or the `pagedate` folder, whichever `data` is."""
    (predict_article if (data / "gold.jsonl.gz").exists() else predict_pagedate)(data, out)


def predict_article(data: Path, out: Path) -> None:
    """JSON Lines of page id and article text, without headline and furniture."""
    with out.open("w", encoding="utf-8") as f:
        for page, report in reports(data):
            f.write(json.dumps({"id": page["id"], "text": "" if report is None else body(report)}) + "\n")


def predict_pagedate(data: Path, out: Path) -> None:
    """CSV of page id and day of publication."""
    with out.open("w", encoding="utf-8", newline="") as f:
        w = csv.writer(f)
        w.writerow(("id", "date"))
        for page, report in reports(data):
            # a page without an article has no report, but the benchmark asks for its date all the same
            day = (best(page_dates(page["html"], page["url"])) if report is None else report.published) or ""
            w.writerow((page["id"], day if len(day) == 10 else ""))


def reports(data: Path) -> Iterator[tuple[dict[str, str], Report | None]]:
    with gzip.open(data / "pages.jsonl.gz", "rt", encoding="utf-8", newline="") as f:
        for line in f:
            page = json.loads(line)
            found, _ = read(
                Original(name=page["id"], url=page["url"], data=page["html"].encode(), media_type="text/html")
            )
            yield page, found[0] if found else None


def body(report: Report) -> str:
    """The text without its headline and its furniture."""
    masks = [*report.furniture, *((report.title_passage,) if report.title_passage else ())]
    kept, at = [], 0
    for mask in sorted(masks):
        kept.append(report.text[at : mask.start])
        at = max(at, mask.end)
    return "".join([*kept, report.text[at:]])
