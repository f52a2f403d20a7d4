"""The corpus as JSON Lines, one article a line, for those who do not read marked text: `python -m corpus.export OUT`.

A line is `onrecord.marked.as_record`, with the part (`train` or `test`) beside; README.md tells the fields.
Offsets count code points of `text`, end exclusive. The same articles give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.check import ARTICLES, files
from onrecord.marked import as_record, load
from training.data import in_test_part


def exported(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """A record for each article, by id. Raises MarkError."""
    for a in sorted(map(load, paths), key=lambda a: a.id):
        yield {"id": a.id, "part": "test" if in_test_part(a.id) else "train", **as_record(a)}


def line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m corpus.export", description=__doc__)
    parser.add_argument("out", type=Path, help="file to write, .jsonl")
    parser.add_argument("--folder", type=Path, default=ARTICLES, help="folder of the articles")
    a = parser.parse_args(argv)
    found = files([a.folder])
    if not found:
        print(f"no articles in {a.folder}", file=sys.stderr)
        return 1
    lines = [line(r) for r in exported(found)]
    a.out.parent.mkdir(parents=True, exist_ok=True)
    a.out.write_text("".join(lines), "utf-8")
    print(f"{len(lines)} articles → {a.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
