"""`python -m bench.errors [--reader NAME …]` writes docs/errors.md: what each reader gets wrong, by kind, with counts.

Measured on ../shared/bench/polnear/dev and on the test tenth of our own corpus; claims on the reports' gold beside them
and on that tenth. Where ../shared is not beside the project, the command says so and writes nothing. Errors are those
of the measure linked50: a marked attribution is missed unless one found has half of its source and of its content.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from bench import own_corpus
from bench.attribution import relation
from bench.claim_errors import claim_tables
from bench.error_kinds import CueKind, Told, Wrong, content_wrong, cue_kind, examples, kind, source_wrong
from bench.measures import POLNEAR, SHARED
from corpus.bare import document
from onrecord.errors import OnRecordError
from onrecord.extract.reader import Reader
from onrecord.extract.readers import reader as reader_by_name

PAGE = Path(__file__).resolve().parent.parent / "docs" / "errors.md"
READERS = ("grammar", "fast", "full")
COMMONEST = 20
GROUPS = {CueKind.SPEECH: "reporting verb", CueKind.PASSED_ON: "according to"}  # all others: "other"
Record = own_corpus.Record


@dataclass
class Errors:
    """One reader on one set."""

    marked: int = 0
    found: int = 0
    right: int = 0
    misses: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    by_cue: Counter[tuple[str, str]] = field(default_factory=Counter)  # (group of the cue, marked | found | hit | true)


def polnear() -> Iterator[tuple[Record, bool]]:
    """Articles with their gold, and whether nested attributions are marked in them: here they are not."""
    with gzip.open(SHARED / POLNEAR, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line), False


def test_tenth() -> Iterator[tuple[Record, bool]]:
    return ((own_corpus.gold(a), True) for a in own_corpus.articles(test=True))


SETS = {"PolNeAR dev": polnear, "Our corpus, test tenth": test_tenth}


def told(doc: object, record: Record) -> list[Told]:
    """The attributions of a record that touch a word, as the scorer counts them."""
    out = []
    for r in record["relations"]:
        spans = {role: r.get(role) or [] for role in own_corpus.ROLES}
        tokens = {role: doc.tokens(spans[role], record["id"]) for role in spans}  # type: ignore[attr-defined]
        if any(tokens.values()):
            out.append(Told(spans, **tokens))
    return out


def judged(scorer: ModuleType, reader: Reader, record: Record, nested: bool, into: Errors) -> None:
    """Count what the reader does with one article."""
    text, doc = record["text"], scorer.Doc(record["text"])
    read = [
        a for a in reader.attributions(document(text, record["id"])) if nested or not a.because.rule.endswith("nested")
    ]
    gold, ours = told(doc, record), told(doc, {"id": record["id"], "relations": [relation(a) for a in read]})
    as_dicts = [[{role: getattr(x, role) for role in own_corpus.ROLES} for x in side] for side in (ours, gold)]
    pairs = [(i, j) for i, j, _ in scorer.match(*as_dicts, scorer.rel_score)]
    of_gold, of_ours = {j: i for i, j in pairs}, dict(pairs)
    into.marked, into.found = into.marked + len(gold), into.found + len(ours)
    for side, partners, others, total, hit, counts in (
        (gold, of_gold, ours, "marked", "hit", into.misses),
        (ours, of_ours, gold, "found", "true", into.false),
    ):
        for k, x in enumerate(side):
            w = Wrong(text, x, others[partners[k]] if k in partners else None, side, others)
            group = GROUPS.get(cue_kind(w.words("cue")), "other")
            into.by_cue[group, total] += 1
            if w.partner is not None and not source_wrong(w) and not content_wrong(w):
                into.by_cue[group, hit] += 1
                into.right += side is gold
            else:
                counts[kind(w, missed=side is gold)] += 1


def measured(name: str, readers: dict[str, Reader]) -> dict[str, Errors]:
    """Every reader's errors on one set."""
    s, out = own_corpus.scorer(), {label: Errors() for label in readers}
    for record, nested in SETS[name]():
        for label, reader in readers.items():
            judged(s, reader, record, nested, out[label])
    return out


def ratio(part: float, whole: float) -> str:
    return f"{part / whole:.3f}".lstrip("0") if whole and part < whole else ("1.000" if whole else "–")


def f1(p: float, r: float) -> str:
    return ratio(2 * p * r, p + r)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines) + "\n"


def summary(found: dict[str, Errors]) -> str:
    rows = []
    for label, e in found.items():
        p, r = e.right / max(e.found, 1), e.right / max(e.marked, 1)
        counts = [f"{n:,}" for n in (e.marked, e.found, e.right)]
        rows.append([label, *counts, ratio(e.right, e.found), ratio(e.right, e.marked), f1(p, r)])
    return table(["reader", "marked", "found", "right", "precision", "recall", "F1"], rows)


def by_cue(found: dict[str, Errors]) -> str:
    """Precision, recall and F1 by the kind of the cue: of what was found, that of its own cue."""
    rows = []
    for group in ("reporting verb", "according to", "other"):
        cells = []
        for e in found.values():
            c = e.by_cue
            p, r = c[group, "true"] / max(c[group, "found"], 1), c[group, "hit"] / max(c[group, "marked"], 1)
            cells += [f"{p:.2f} / {r:.2f} / {f1(p, r)}"]
        marked = next(iter(found.values())).by_cue[group, "marked"]
        rows.append([group, f"{marked:,}", *cells])
    return table(["cue", "marked", *(f"{label}: P / R / F1" for label in found)], rows)


def commonest(found: dict[str, Errors], side: str) -> str:
    """The commonest kinds over all readers, with count and share of each reader's errors."""
    counts = {label: getattr(e, side) for label, e in found.items()}
    total: Counter[str] = sum(counts.values(), Counter())
    shown = sorted(total, key=lambda k: (-total[k], k))[:COMMONEST]
    rows = [[k, *(f"{c[k]} ({c[k] / max(sum(c.values()), 1):.0%})" for c in counts.values())] for k in shown]
    rest = [sum(n for k, n in c.items() if k not in shown) for c in counts.values()]
    rows.append(["all others", *(str(n) for n in rest)])
    rows.append(["**together**", *(f"**{sum(c.values()):,}**" for c in counts.values())])
    return table(["kind", *counts], rows)


def page(readers: dict[str, Reader], command: str) -> str:
    parts = [
        "# What the readers get wrong\n",
        f"Written by `{command}`; do not edit it by hand. PolNeAR dev is development data: rules were tuned on\n"
        "articles like these. The tenth of our corpus is kept for testing. An attribution is right where source and\n"
        "content both agree by half or more (Dice of words, `linked50`). Kinds are told by form:\n"
        "`bench/error_kinds.py`, the first that holds. Examples, all invented, are at the end.\n",
        "Versions: " + ", ".join(f"{label} `{r.version}`" for label, r in readers.items()) + ".\n",
    ]
    seen: Counter[str] = Counter()
    for name in SETS:
        found = measured(name, readers)
        for e in found.values():
            seen += e.misses + e.false
        parts += [
            f"## {name}\n", summary(found),
            "By the kind of cue; precision counts what was found with such a cue, recall what is marked with one.\n",
            by_cue(found),
            f"### The {COMMONEST} commonest kinds of miss\n",
            "Share: of all that the reader missed.\n", commonest(found, "misses"),
            f"### The {COMMONEST} commonest kinds of false find\n",
            "Share: of all that the reader found and should not have.\n", commonest(found, "false"),
        ]  # fmt: skip
    parts += claim_tables(readers, table, ratio)
    shown = [[k, example] for k, example in examples().items() if seen[k]]
    said = "`[source] <cue> {content}` is how each should be read; a reader may read this one right.\n"
    parts += ["## The kinds, each with an example\n", said, table(["kind", "invented example"], shown)]
    return "\n".join(parts)


def usable(names: Sequence[str]) -> dict[str, Reader]:
    """Readers by their name without a folder; those that cannot be used here are told and left out."""
    out = {}
    for name in names:
        try:
            out[name.partition(":")[0]] = reader_by_name(name)
        except OnRecordError as e:
            print(f"left out: {name}: {e}")
    return out


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.errors", description=__doc__)
    parser.add_argument("--reader", action="append", help=f"may be given more than once; {', '.join(READERS)}")
    parser.add_argument("--out", type=Path, default=PAGE)
    a = parser.parse_args(argv)
    if not SHARED.is_dir():
        print("skipped: the error analysis needs ../shared/bench beside the project; it is not here")
        return 0
    readers = usable(a.reader or READERS)
    a.out.write_text(page(readers, "python -m bench.errors"), "utf-8")
    print(f"{a.out}: {', '.join(readers)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
