"""What is kept and what could not be read, on a terminal: status, what an `add` did, figures of `eval`, next steps."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from rich.console import Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.records import FUTURE
from onrecord.tell.coverage import plural
from onrecord.tell.rows import Row
from onrecord.tell.rows_kept import UNKNOWN
from onrecord.tell.screen import Lines, note, table
from onrecord.tell.times import in_words

MOST_PROBLEMS = 20  # shown at once; all are counted, and --json has them all
MOST_NAMED = 3  # files named in a command to copy


def problems(rows: Sequence[Row]) -> Lines:
    """What could not be read, as a table; reports dated in the future, which were read, in one line of their own."""
    future = [r for r in rows if r["code"] == FUTURE]
    ahead = f"{len(future)} {'looks' if len(future) == 1 else 'look'} wrong: dated in the future"
    apart: Lines = [Text(f"{ahead} ({named([r['source'] for r in future])})", "bold yellow")] if future else []
    return [*unread([r for r in rows if r["code"] != FUTURE]), *apart]


def unread(rows: Sequence[Row]) -> Lines:
    if not rows:
        return [Text("every source could be read")]
    columns = {"where": "source", "code": "problem", "detail": "what to do"}
    rows = [{"where": r["place"] or r["source"], **r} for r in rows]
    more = len(rows) - MOST_PROBLEMS
    shown: Lines = [
        Text(f"{len(rows)} could not be read, or only in part:", "bold"),
        table(columns, rows[:MOST_PROBLEMS]),
    ]
    return [*shown, note(f"and {more} more: onrecord status --json")] if more > 0 else shown


def status(row: Row) -> Lines:
    counts = row["counts"]
    kept, made = (
        ", ".join(f"{counts[k]} {'entity' if counts[k] == 1 else k}" if k == "entities" else plural(counts[k], k[:-1])
                  for k in kinds)
        for kinds in (
            ("reports", "statements", "claims", "decisions"),
            ("entities", "links", "positions", "conflicts", "changes", "hedges"),
        )
    )  # fmt: skip
    columns = {"outlet": "outlet", "reports": "reports", "first": "first", "last": "last published"}
    undated = f" ({row['undated promises']} without a date)" if row["undated promises"] else ""
    return [
        Text(f"beat: {row['beat'] or 'none'}", "bold"),
        Text(f"kept: {kept}"),
        Text(f"derived: {made}, {plural(counts['dues'], 'promise')}{undated}"),
        *([Text(f"read by: {counted(row['read by'])}")] if row["read by"] else []),
        table(columns, [r | {k: in_words(r[k] or "–") for k in ("first", "last")} for r in row["outlets"]]),
        *gaps(
            row["undated_reports"], row["no_outlet_reports"], row["command"], row["expected"], row["place_not_known"]
        ),
        *problems(row["problems"]),
    ]


def counted(numbers: dict[str, int]) -> str:
    """`grammar 12, fast 3`."""
    return ", ".join(f"{name} {n}" for name, n in numbers.items())


def reread(row: Row) -> Lines:
    """What reading everything again did, in one line."""
    replaced = sum(row["replaced"].values())
    new = f", {plural(row['new'], 'report')} new" if row["new"] else ""
    whose = f" (read before by: {counted(row['replaced'])}; kept, behind the new ones)" if replaced else ""
    line = f"{plural(row['reports'], 'report')} read again by {row['reader']}: {plural(replaced, 'reading')} replaced"
    return [Text(f"{line}{whose}, {row['same']} as before{new}", "bold")]


def gaps(
    undated: Sequence[str], no_outlet: Sequence[str], command: str, outlets: Sequence[str], lost: Sequence[str] = ()
) -> Lines:
    """What reports do not say of themselves, what that costs, and the command that mends it, with the files' names.

    Of the files in `lost` no path is known: then it is said in words which they are, for no command could find them.
    """
    out: Lines = []

    def mending(places: Sequence[str], option: str) -> Lines:
        """A command for each file, for each has a date and an outlet of its own."""
        if not set(places).isdisjoint(lost):
            return [Text(f"  add again by their path, with {option}: {named(places)}")]
        files = tuple(dict.fromkeys(places))
        lines: Lines = [Text(f"  {command} {shlex.quote(p)} {option}", "bold") for p in files[:MOST_NAMED]]
        return [*lines, note(f"  … and so for {len(files) - MOST_NAMED} more")] if len(files) > MOST_NAMED else lines

    if undated:
        cost = (
            f"{plural(len(undated), 'report')} without a date: in no week's issue, so its questions may be “not looked”"
        )
        out += [Text(cost, "bold yellow"), *mending(undated, "--date YYYY-MM-DD")]
    if no_outlet:
        cost = f"{plural(len(no_outlet), 'report')} without an outlet: counted for none of the beat's expected sources"
        out += [Text(cost, "bold yellow"), *mending(no_outlet, '--outlet "NAME"')]
        out += [note(f"  outlets that the beat expects: {', '.join(outlets)}")] if outlets else []
    if out:
        out.append(note("  added again so, what was not known is known from then on; nothing that was kept changes"))
    return out


def named(places: Sequence[str]) -> str:
    """Up to MOST_NAMED places as a shell takes them."""
    files = tuple(dict.fromkeys(places))  # one file may hold many reports
    few = " ".join(shlex.quote(p) for p in files[:MOST_NAMED])
    return few if len(files) <= MOST_NAMED else f"{few} …"


def added(done: Any, ledger: str) -> Group:
    """What an `add` did: reports read, those of them that were not on record before, and those that were and are read
    anew (with an outlet, a date or a reader that was not known of them)."""
    anew = f" {done.anew} read anew," if done.anew else ""
    future = sum(p.code == FUTURE for p in done.problems)
    line = (
        f"{plural(done.reports, 'report')} read, {done.new - done.anew} new,{anew} {plural(done.claims, 'claim')},"
        f" {plural(len(done.problems) - future, 'problem')} → {ledger}"
    )
    faults = [{"source": p.source, "place": p.place, "code": p.code, "detail": p.detail} for p in done.problems]
    return Group(Text(line, "bold"), *(problems(faults) if faults else ()))


def said(found: Sequence[tuple[str, str]]) -> Lines:
    """One line for all files of which the same is to be said."""
    files: dict[str, list[str]] = {}
    for file, what in found:
        files.setdefault(what, []).append(file)
    return [Text(f"{what} ({named(of)})", "yellow") for what, of in files.items()]


def behind(readings: Sequence[tuple[str, int]]) -> Lines:
    """One line for each other reader whose readings an `add` put behind, and how they come to the front again."""
    back = {name: "" if name == UNKNOWN else f": --reader {name} brings them back" for name, _ in readings}
    return [
        Text(f"{plural(n, 'reading')} by {name} no longer in front; kept{back[name]}", "yellow") for name, n in readings
    ]


def next_steps(ledger: str, page: str) -> Lines:
    """What to do after the demo, as commands to copy."""
    steps = (
        (f"open {page} in a browser", "the same issue as a page"),
        (f"onrecord dossier 'Series 4' -l {ledger}", "all that was said about one thing"),
        (f"onrecord conflicts -l {ledger}", "where accounts differ"),
        (f"onrecord due -l {ledger}", "promises, and how their dates slipped"),
        (f"onrecord origins -l {ledger}", "what rests on one origin, and why"),
        ("onrecord beat init my-beat.toml", "start your own beat"),
    )
    out = Table(box=None, show_header=False, pad_edge=False)
    for command, what in steps:
        out.add_row(Text(command, "bold"), what)
    return [Rule("next", align="left"), out]


def scores(result: Row, *, kinds: bool) -> Lines:
    """How well the reader did: each part, and with `kinds` the error rates of each property and modality."""
    head = f"reader {result['reader']}, {plural(result['reports'], 'report')}, beat {result['beat'] or 'none'}"
    parts: Lines = [Text(f"{head}; mean F1 of the parts {result['mean_f1']}", "bold"), score_table(result["parts"])]
    if not kinds:
        return parts
    said = "error rates of claims by kind: “false” of those found, “missed” of those in the gold"
    return [*parts, Text(f"\n{said}", "bold"), error_table(result["claims"])]


def score_table(figures: Row) -> Table:
    columns = {"part": "", "precision": "P", "recall": "R", "f1": "F1", "right": "right", "predicted": "found",
               "gold": "gold"}  # fmt: skip
    return table(columns, [{"part": part, **f, **of_nothing(f)} for part, f in figures.items()])


def of_nothing(figures: Row) -> Row:
    """A dash for each figure that is of nothing: where none was found, none is in the gold, or neither."""
    whole = {
        "precision": figures["predicted"],
        "recall": figures["gold"],
        "f1": figures["predicted"] + figures["gold"],
    }
    return {name: None for name, n in whole.items() if not n}


def error_table(figures: Row) -> Table:
    """Of each kind, which share of what was found is false and which of the gold was missed; a dash where there is
    nothing to be false or missed."""
    columns = {"kind": "", "false": "false", "missed": "missed", "right": "right", "predicted": "found", "gold": "gold"}
    rates = [
        {"kind": kind, "false": share(f["predicted"] - f["right"], f["predicted"]),
         "missed": share(f["gold"] - f["right"], f["gold"]), **f}
        for kind, f in figures.items()
    ]  # fmt: skip
    return table(columns, rates)


def share(part: int, whole: int) -> str | None:
    return None if whole == 0 else f"{100 * part / whole:.0f} %"
