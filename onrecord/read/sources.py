"""Names of files, folders, globs and URLs → originals: the only file of this room that opens files."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from onrecord.read.kinds import SUFFIXES
from onrecord.records import Original, Problem

MAX_FILE = 1_000_000_000  # bytes: a file is held in memory while it is read

Fetch = Callable[[str], Original | Problem]


def originals(
    sources: Iterable[str | Path], *, outlet: str | None = None, fetch: Fetch | None = None
) -> Iterator[Original | Problem]:
    """Each source's bytes, files of a folder or glob in the order of their names; what cannot be opened is a Problem.

    In a folder, hidden files are passed over and files of other types become Problems. `fetch` gets each URL.
    """
    for source in sources:
        if isinstance(source, str) and source.lower().startswith(("http://", "https://")):
            found = (fetch or _fetch)(source)
            yield _with_outlet(found, outlet) if isinstance(found, Original) else found
        elif isinstance(source, str) and "://" in source:
            yield Problem.of("read", source, "unknown-scheme", f"{source}: only http and https addresses are fetched")
        else:
            for path in _paths(str(source)):
                yield path if isinstance(path, Problem) else _open(path, outlet)


def _fetch(url: str) -> Original | Problem:
    from onrecord.read.fetch import fetch

    return fetch(url)


def _with_outlet(found: Original, outlet: str | None) -> Original:
    if outlet is None:
        return found
    return Original(name=found.name, url=found.url, data=found.data, media_type=found.media_type, outlet=outlet)


def _paths(source: str) -> Iterator[Path | Problem]:
    path = Path(source)
    try:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if not p.is_dir() and not _hidden(p, path))
            if not inside:
                yield Problem.of("read", source, "empty", f"{source}: no file in this folder")
            yield from (_known(p) for p in inside)
            return
        if path.exists() or not glob.has_magic(source):
            yield path
            return
        matched = sorted(p for p in map(Path, glob.glob(source, recursive=True)) if not p.is_dir())  # noqa: PTH207
    except (OSError, ValueError) as e:
        yield Problem.of("read", source, "missing", f"{source}: {e}")
        return
    if not matched:
        yield Problem.of("read", source, "missing", f"{source}: no file matches this pattern")
    yield from matched


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _known(path: Path) -> Path | Problem:
    if path.suffix == "" or path.suffix.lower() in SUFFIXES:
        return path
    kinds = ", ".join(sorted(SUFFIXES))
    return Problem.of("read", str(path), "unknown-type", f"{path}: files {path.suffix} are not read; read are {kinds}")


def _open(path: Path, outlet: str | None) -> Original | Problem:
    try:
        if not path.exists():
            return Problem.of("read", str(path), "missing", f"{path}: no such file; check the name")
        if not path.is_file():
            return Problem.of("read", str(path), "unknown-type", f"{path} is no file; name files, folders or addresses")
        size = path.stat().st_size
        if size > MAX_FILE:
            detail = f"{path} has {size:,} bytes; at most {MAX_FILE:,} are read at once. Split it"
            return Problem.of("read", str(path), "too-long", detail)
        return Original(name=path.name, url=None, data=path.read_bytes(), outlet=outlet)
    except PermissionError:
        return Problem.of("read", str(path), "permission", f"{path}: may not be read; change its permissions")
    except (OSError, ValueError) as e:
        return Problem.of("read", str(path)[:500], "missing", f"{str(path)[:500]}: {e}"[:1000])
