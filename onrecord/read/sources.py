"""Names of files, folders, globs and URLs → originals: the only file of this room that opens files."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from onrecord.read.kinds import SUFFIXES, TABLE_HINT, TABLES
from onrecord.records import Original, Problem

MAX_FILE = 1_000_000_000  # bytes: a file is held in memory while it is read
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

Fetch = Callable[[str], Original | Problem]


def originals(
    sources: Iterable[str | Path],
    *,
    outlet: str | None = None,
    published: str | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Original | Problem]:
    """Each source's bytes, files of a folder or glob in the order of their names; what cannot be opened is a Problem.

    In a folder, hidden files are passed over and files of other types become Problems. `fetch` gets each URL.
    `outlet` and `published` (EDTF) are what the caller says of all of them.
    """
    for source in sources:
        if isinstance(source, str) and is_address(source):
            url = spelled(source)
            found = (fetch or _fetch)(url)
            if isinstance(found, Original):
                said = found.outlet if outlet is None else outlet
                found = msgspec.structs.replace(found, outlet=said, published=published, place=url)
            yield found
        elif isinstance(source, str) and "://" in source:
            yield _problem(source, "unknown-scheme", "only http and https addresses are fetched")
        else:
            for path in _paths(str(source)):
                yield path if isinstance(path, Problem) else _open(path, outlet, published)


def is_address(source: str) -> bool:
    """Whether a source is fetched, rather than looked for on the disk."""
    return source.lower().startswith(("http://", "https://"))


def leads_nowhere(source: str) -> bool:
    """Whether a name on the disk has no file, folder or match. Addresses are not looked at."""
    if "://" in source:
        return False
    try:
        return not (Path(source).exists() or (glob.has_magic(source) and glob.glob(source, recursive=True)))  # noqa: PTH207
    except (OSError, ValueError):
        return True


def place_of(source: str) -> str:
    """The name under which problems of a source are stored: `./reports/` is `reports`."""
    return spelled(source if "://" in source else Path(source))


def spelled(path: str | Path) -> str:
    """The name in characters that can be stored and shown: bytes that are no UTF-8, and controls, as `\\x1b`."""
    words = os.fsencode(path).decode("utf-8", "backslashreplace")
    return CONTROL.sub(lambda m: f"\\x{ord(m[0]):02x}", words)


def _fetch(url: str) -> Original | Problem:
    from onrecord.read.fetch import fetch

    return fetch(url)


def _problem(source: str | Path, code: str, detail: str) -> Problem:
    name = spelled(source)[:500]
    return Problem.of("read", name, code, f"{name}: {detail}"[:1000], place=name)


def _paths(source: str) -> Iterator[Path | Problem]:
    path = Path(source)
    try:
        if path.is_dir():
            yield from _inside(path)
            return
        if path.exists() or not glob.has_magic(source):
            yield path
            return
        matched = sorted(p for p in map(Path, glob.glob(source, recursive=True)) if not p.is_dir())  # noqa: PTH207
    except (OSError, ValueError, UnicodeError) as e:
        yield _problem(source, "missing", str(e))
        return
    if not matched:
        yield _problem(source, "missing", "no file matches this pattern; check the name")
    yield from matched


def _inside(folder: Path) -> list[Path | Problem]:
    """Files of a folder and of those in it, links to folders not followed; a folder that cannot be opened is told."""
    closed: list[Path | Problem] = []

    def refused(e: OSError) -> None:
        closed.append(_problem(e.filename, "permission", "this folder may not be opened; change its permissions"))

    found = []
    for root, folders, files in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [p for name in files if not name.startswith(".") and not (p := Path(root, name)).is_dir()]
    if not found and not closed:
        closed.append(_problem(folder, "empty", "no file in this folder; add reports to it, or name another"))
    return [*closed, *(_known(p) for p in sorted(found))]


def _known(path: Path) -> Path | Problem:
    if path.suffix == "" or path.suffix.lower() in SUFFIXES:
        return path
    kinds = ", ".join(sorted(SUFFIXES))
    way = f"; {TABLE_HINT}" if path.suffix.lower() in TABLES else ""
    return _problem(path, "unknown-type", f"files {spelled(path.suffix)} are not read; read are {kinds}{way}")


def _open(path: Path, outlet: str | None, published: str | None) -> Original | Problem:
    try:
        if not path.exists():
            why = "a link that leads nowhere" if path.is_symlink() else "no such file"
            return _problem(path, "missing", f"{why}; check the name")
        if not path.is_file():
            return _problem(path, "unknown-type", "this is no file; name files, folders or addresses")
        size = path.stat().st_size
        if size > MAX_FILE:
            return _problem(path, "too-long", f"it has {size:,} bytes; at most {MAX_FILE:,} are read at once. Split it")
        name, place = spelled(path.name), spelled(path)
        data = path.read_bytes()
        return Original(name=name, url=None, data=data, outlet=outlet, published=published, place=place)
    except PermissionError:
        return _problem(path, "permission", "it may not be read; change its permissions")
    except (OSError, ValueError) as e:
        return _problem(path, "missing", getattr(e, "strerror", None) or str(e))
