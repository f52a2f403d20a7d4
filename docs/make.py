"""Writes docs/cli.md from the commands, and runs the marked examples of the other pages, putting in what they print.

A fence that follows `<!-- run -->` is executed: ```python in one namespace a page, ```console line by line (`$ …`) in
one empty folder a page. What it prints stands in the ```text fence behind it. `--check` writes nothing and fails where
a page would change.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
RUN = re.compile(r"(<!-- run -->\n```(python|console)\n(.*?)```\n)(\n```text\n.*?```\n)?", re.DOTALL)
BIN = Path(sys.executable).parent


def cli_page() -> str:
    """docs/cli.md: every command's own help."""
    from onrecord.cli import COMMANDS, cli

    parts = [
        "# The commands",
        "Written from the program by `make docs`. The exit codes stand below the commands.",
    ]
    top = click.Context(cli, info_name="onrecord", max_content_width=100, terminal_width=100)
    parts.append(f"```text\n{cli.get_help(top)}\n```")
    for name in COMMANDS:
        command = cli.get_command(top, name)
        assert command is not None
        parts.append(f"## onrecord {name}")
        parts += [f"```text\n{text}\n```" for text in helps(command, name, top)]
    return "\n\n".join(parts) + "\n"


def helps(command: click.Command, name: str, parent: click.Context) -> list[str]:
    ctx = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    own = [command.get_help(ctx)]
    if isinstance(command, click.Group):
        for sub in command.list_commands(ctx):
            child = command.get_command(ctx, sub)
            assert child is not None
            own += helps(child, sub, ctx)
    return own


def executed(page: str, folder: str) -> str:
    """The page with the output of each marked example renewed."""
    space: dict[str, object] = {}

    def run(m: re.Match[str]) -> str:
        printed = run_python(m[3], space, folder) if m[2] == "python" else run_console(m[3], folder)
        lines = "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")
        return m[1] + (f"\n```text\n{lines}\n```\n" if lines else "")

    return RUN.sub(run, page)


def run_python(source: str, space: dict[str, object], folder: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.chdir(folder):
        exec(compile(source, "example", "exec"), space)
    return out.getvalue()


def run_console(lines: str, folder: str) -> str:
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    out = []
    for line in lines.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(line[2:], shell=True, cwd=folder, env=env, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"{line}\nexit {done.returncode}: {done.stdout[-500:]}{done.stderr[-2000:]}")
            out.append(done.stdout)
    return "".join(out)


def pages() -> dict[Path, str]:
    """Every page that is written or has a marked example, as it should read."""
    found = {ROOT / "docs" / "cli.md": cli_page()}
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        text = path.read_text("utf-8")
        if "<!-- run -->" in text:
            with tempfile.TemporaryDirectory() as folder:
                found[path] = executed(text, folder)
    return found


def main(argv: list[str]) -> int:
    stale = [p for p, text in pages().items() if not p.exists() or p.read_text("utf-8") != text]
    if "--check" in argv:
        for p in stale:
            print(f"{p.relative_to(ROOT)} is not what `make docs` would write")
        return 1 if stale else 0
    for p, text in pages().items():
        p.write_text(text, "utf-8")
    print(f"{len(stale)} page(s) renewed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
