"""judge, check, rebuild, export: looking after what is kept."""

from __future__ import annotations

import getpass
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import (
    find_ledger,
    json_option,
    ledger_option,
    limit_option,
    now,
    print_json,
    reachable,
    reader_option,
)
from onrecord.errors import CheckFailed, NotFound, WrongCall
from onrecord.ids import content_id
from onrecord.records import Decision, Verdict

if TYPE_CHECKING:
    from onrecord.ledger import View

FEW = 10  # decisions listed at once; the rest is counted


@click.command()
@ledger_option
@json_option
def check_command(ledger_path: str | None, as_json: bool) -> None:
    """Prove every passage against the stored text and every file against its hash. Exit code 9 where one fails."""
    from onrecord.ledger import open as open_ledger
    from onrecord.ledger.check import check

    path = find_ledger(ledger_path)
    with open_ledger(path, create=False) as book:
        faults = check(book)
        counts = book.view().counts()
    if as_json:
        print_json([{"ledger": path, "faults": list(faults), "counts": counts}])
    if faults:
        shown = "\n".join(f"  {f.table} {f.id}: {f.detail}" for f in faults[:20])
        raise CheckFailed(f"{len(faults)} faults in {path}\n{shown}", hint="restore it from a copy or an export")
    if not as_json:
        kept = ", ".join(f"{counts[k]} {k}" for k in ("originals", "reports", "statements", "claims"))
        click.echo(f"{path} is as it was stored: {kept}; every passage and every hash proved")


@click.command()
@ledger_option
@click.option(
    "--reread", is_flag=True, help="read every original again with this version and beat, and keep both readings"
)
@click.option("--beat", metavar="BEAT", help="with --reread: the beat to read with from now on")
@click.option("--workers", default=1, show_default=True, help="with --reread: processes that read")
@reader_option
@json_option
def rebuild_command(
    ledger_path: str | None,
    reread: bool,
    beat: str | None,
    workers: int,
    reader: str,
    yes: bool,
    as_json: bool,
) -> None:
    """Drop what was derived and derive it again from what was kept: the digest stays the same.

    With --reread, every original is read again by --reader; a reading that is on record already is kept once.
    """
    from onrecord import flow
    from onrecord.beat import load
    from onrecord.cli.consent import answered, refused
    from onrecord.cli.reading import progress_bar
    from onrecord.extract.readers import DEFAULT
    from onrecord.ledger import digest
    from onrecord.ledger import open as open_ledger
    from onrecord.tell import rows_kept, screen, screen_kept

    if reader != DEFAULT and not reread:
        raise WrongCall("--reader reads the originals again", hint="give --reread with it")
    path = find_ledger(ledger_path)
    with open_ledger(path, create=False) as book, ExitStack() as stack:
        view, before = book.view(), digest(book)
        stood = view.in_front()
        if reread:
            reader = answered(reader, lambda: flow.originals_of(view), beside=f"{path}.answers", yes=yes)
        show = stack.enter_context(progress_bar())
        if reread or beat is not None:
            flow.reread(
                book, beat=load(beat) if beat is not None else None, recorded_at=now(), workers=workers, reader=reader,
                progress=show,
            )  # fmt: skip
        else:
            flow.derive(book, progress=show)
        after = digest(book)
        again = rows_kept.reread_row(stood, view.in_front(), reader) if reread or beat is not None else None
        denied = refused(view.refusals()) if reader.startswith("llm:") else None
    if denied is not None:
        click.echo(denied, err=True)
    if as_json:
        told = {"reread": again} if again is not None else {}
        print_json([{"ledger": path, "before": before, "after": after, "same": before == after, **told}])
    else:
        screen.show(*(screen_kept.reread(again) if again is not None else ()))
        click.echo(f"{path}: {after}" + ("  (unchanged)" if before == after else f"  (was {before})"))


@click.command()
@ledger_option
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.option("--out", "-o", metavar="FOLDER", default="export", show_default=True)
@json_option
def export_command(ledger_path: str | None, form: str, out: str, as_json: bool) -> None:
    """Write the record to plain files in FOLDER, one record a line: enough to make the ledger again."""
    from onrecord.ledger import open as open_ledger
    from onrecord.ledger.export import export

    reachable(Path(out))
    with open_ledger(find_ledger(ledger_path), create=False) as book:
        export(book.view(), Path(out))
    lines = {p.name: p.read_bytes().count(b"\n") for p in sorted(Path(out).glob("*.jsonl"))}
    if as_json:
        print_json([{"folder": out, "format": form, "lines": lines}])
    else:
        click.echo(f"{out}: " + ", ".join(f"{name} {n}" for name, n in lines.items()))


@click.command()
@limit_option(20)
@ledger_option
@json_option
def review_command(limit: int, ledger_path: str | None, as_json: bool) -> None:
    """Pairs of names that the rules are unsure of, those first whose joining would move most claims."""
    from onrecord.cli.asking import view_of
    from onrecord.resolve import queue
    from onrecord.tell import screen

    with view_of(ledger_path) as view:
        asked = queue(view.judgements(), view.entities(), view.claims())
    if as_json:
        print_json(asked[:limit])
    else:
        screen.show(*screen.review(asked[:limit], len(asked)))


@click.command()
@click.argument("left", required=False)
@click.argument("verdict", type=click.Choice([v.value for v in Verdict]), required=False)
@click.argument("right", required=False)
@click.option("--undo", metavar="DECISION", help="take this decision back instead: its id, or the beginning of it")
@click.option("--because", "reason", required=True, help="why: kept with the judgement")
@click.option("--by", metavar="NAME", help="who judges [default: your login]")
@ledger_option
def judge_command(
    left: str | None, verdict: str | None, right: str | None, undo: str | None, reason: str, by: str | None,
    ledger_path: str | None,
) -> None:  # fmt: skip
    """Say that LEFT and RIGHT (keys, names, or ids) are "same", "not the same" or "unsure".

    A name that several things have is refused with the list of them: name one by its id. A later judgement supersedes;
    --undo takes one back. A referent id ("f-…") means the words of one report alone.
    """
    from onrecord import flow
    from onrecord.ledger import open as open_ledger

    if (undo is None) == (right is None) or (undo is not None and left is not None):
        raise click.UsageError("name LEFT, a verdict and RIGHT, or --undo DECISION")
    with open_ledger(find_ledger(ledger_path), create=False) as book:
        view = book.view()
        if undo is not None:
            act, value = "undo", _decision(view, undo)
            targets: tuple[str, ...] = (value,)
        else:
            act, value = "judge", str(verdict)
            targets = _targets(view, str(left), str(right))
        at, who = now(), by or getpass.getuser()
        made = content_id("dec", act, targets, value, reason, who, at)
        book.decide(Decision(id=made, act=act, target=targets, value=value, reason=reason, by=who, at=at))
        flow.derive(book)
    what = f"undone: {value}" if undo is not None else f"judged: {' and '.join(targets)}: {value}"
    click.echo(f"{what}  ({made})")


def _targets(view: View, left: str, right: str) -> tuple[str, str]:
    """What a judgement calls two things. Two spellings of what is one thing on record are called as they were typed:
    that they are two can be judged of them. Raises WrongCall for one and the same."""
    from onrecord.resolve.judgements import label

    found = _target(view, left), _target(view, right)
    if found[0] != found[1]:
        return found
    spellings = {name for e in view.meanings(left) for name in e.names}
    if {left, right} <= spellings and label(left) != label(right):
        return left, right
    hint = "onrecord entities NAME shows what it is called; --undo takes back a judgement that made it so"
    raise WrongCall(f"{left!r} and {right!r} are one thing on record already", hint=hint)


def _target(view: View, name: str) -> str:
    """What a judgement calls a thing: a referent's id as it is, else the entity's key or name, with its kind before it
    where things of other kinds have that name too. Raises WrongCall with the list where several are meant.

    What no report gives a name to ("the bridge") is called by its referent: a description is no name to judge by. So is
    one of several of a name and kind.
    """
    from onrecord.resolve.judgements import of_kind
    from onrecord.tell import named

    if name.startswith("f-") and view.entity_of(name) is not None:
        return name
    entity = named.one(view, name, 'onrecord judge {0} same OTHER --because "…"')
    if entity.key is not None:
        return entity.key
    by_name = {r.id for r in view.referents() if r.named}
    if by_name.isdisjoint(entity.referents):
        return entity.referents[0]
    others = [e for e in view.entities(entity.name) if e.id != entity.id and not by_name.isdisjoint(e.referents)]
    if not others:
        return entity.name
    return of_kind(entity.kind, entity.name) if entity.kind not in {e.kind for e in others} else entity.referents[0]


def _decision(view: View, begins: str) -> str:
    """Id of the one decision that begins so. Raises NotFound with those that stand, WrongCall where it does not."""
    from onrecord.resolve.judgements import taken_back

    decisions = view.decisions()
    back = taken_back(decisions)
    found = [d.id for d in decisions if d.id.startswith(begins)]
    if len(found) != 1:
        stand = [d for d in reversed(decisions) if d.id not in back]
        few = "".join(f"\n  {d.id}  {d.act} {' and '.join(d.target)}: {d.value}" for d in stand[:FEW])
        more = f"\n  … and {len(stand) - FEW} older ones" if len(stand) > FEW else ""
        hint = f"decisions that stand, the last first:{few}{more}" if stand else "no decision stands"
        raise NotFound(f"{len(found)} decisions begin with {begins!r}", hint=hint)
    if found[0] in back:
        undo = back[found[0]]
        hint = f"nothing was kept; to take that back: onrecord judge --undo {undo.id} --because …"
        raise WrongCall(f"{found[0]} is undone already, by {undo.by}: {undo.reason}", hint=hint)
    return found[0]


@click.command()
@click.argument("ledger")
@click.argument("folder")
def import_command(ledger: str, folder: str) -> None:
    """Add what `export` wrote to FOLDER to LEDGER, decisions too; into a new ledger it gives the same digest."""
    from onrecord import flow
    from onrecord.ledger import import_
    from onrecord.ledger import open as open_ledger

    with open_ledger(ledger) as book:
        fresh = not book.view().counts()["readings"]
        added = import_(Path(folder), book)
        if not fresh:
            flow.derive(book)
    click.echo(f"{added} readings added from {folder} to {ledger}")
