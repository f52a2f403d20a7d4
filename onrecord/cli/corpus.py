"""corpus show, corpus list: marked articles, to look at."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

import onrecord
from onrecord.cli.options import json_option, print_json
from onrecord.errors import SOME_PROBLEMS, NotFound, WrongCall
from onrecord.marked import LAYERS, Article, MarkError, article_files, as_record, load

FOLDER = Path("corpus/articles")


def folder_option(f: Any) -> Any:
    help_ = f"folder of the articles [default: {FOLDER} here, in a folder above, or beside the program]"
    return click.option("--folder", metavar="FOLDER", type=click.Path(path_type=Path), help=help_)(f)


@click.group()
def corpus_command() -> None:
    """Marked articles: who said what, with names, figures, dates and claims (see corpus/GUIDE.md)."""


@corpus_command.command("show")
@click.argument("name", metavar="ID|PATH")
@click.option("--layer", "-L", "layers", metavar="NAME,…", callback=lambda _c, _p, v: chosen(v),
              help=f"only these marks: {', '.join(LAYERS)} [default: all]")  # fmt: skip
@click.option("--html", metavar="FILE", help="write the article as a page")
@folder_option
@json_option
def corpus_show(name: str, layers: tuple[str, ...], html: str | None, folder: Path | None, as_json: bool) -> None:
    """Show one article with its marks, and the records below."""
    from onrecord.cli.telling import write_page
    from onrecord.tell import pages_marked, screen, screen_marked

    a = load(named(name, folder))
    if html is not None:
        write_page(html, pages_marked.page(a, layers))
    if as_json:
        print_json([as_record(a)])
    elif html is None:
        screen.show(*screen_marked.article(a, layers))


@corpus_command.command("list")
@click.option("--genre", metavar="WORDS", help="only genres with these words in their name")
@click.option("--topic", metavar="WORDS", help="only topics with these words in their name")
@folder_option
@json_option
def corpus_list(genre: str | None, topic: str | None, folder: Path | None, as_json: bool) -> int:
    """List the articles: genre, topic, how long, how much is said and claimed in each."""
    from onrecord.tell import screen, screen_marked

    rows, bad, looked_at = [], 0, shelf(folder)
    for path in looked_at:
        try:
            a = load(path)
        except MarkError as e:
            bad += 1
            click.echo(f"onrecord: {e}", err=True)
            continue
        if all((w or "").casefold() in a.header[k].casefold() for k, w in (("genre", genre), ("topic", topic))):
            rows.append(row(a))
    if as_json:
        print_json(rows)
    else:
        screen.show(*screen_marked.listed(rows, len(looked_at)))
    return SOME_PROBLEMS if bad else 0


def row(a: Article) -> dict[str, Any]:
    """What a list tells of an article."""
    return {
        "id": a.id, "genre": a.header["genre"], "topic": a.header["topic"], "published": a.header["published"],
        "words": len(a.text.split()), "attributions": len(a.attributions), "claims": len(a.claims),
        "begins": begins(a.text),
    }  # fmt: skip


def begins(text: str) -> str:
    """The first words of the first line."""
    line = text.lstrip().split("\n", 1)[0]
    return line if len(line) <= 48 else line[:48].rsplit(" ", 1)[0] + " …"


def chosen(given: str | None) -> tuple[str, ...]:
    """The layers named, in their usual order. Raises WrongCall."""
    if given is None:
        return tuple(LAYERS)
    names = {x.strip() for x in given.split(",") if x.strip()}
    unknown = sorted(names - set(LAYERS))
    if unknown or not names:
        raise WrongCall(f"--layer: not known: {', '.join(unknown) or 'nothing named'}",
                        hint=f"known: {', '.join(LAYERS)}")  # fmt: skip
    return tuple(x for x in LAYERS if x in names)


def shelf(folder: Path | None) -> list[Path]:
    """The article files. Raises NotFound where there are none."""
    where = folder or nearest_folder()
    if where is None:
        raise NotFound(f"no folder {FOLDER} here, above, or beside the program; the package comes without the corpus",
                       hint="name the folder of the articles with --folder")  # fmt: skip
    found = article_files([where]) if where.exists() else []
    if not found:
        raise NotFound(f"no articles in {where}" + ("" if where.exists() else ": there is no such folder"),
                       hint="name the folder of the articles with --folder")  # fmt: skip
    return found


def nearest_folder() -> Path | None:
    """The corpus in this folder, in one above it, or beside the package (a checkout of the project)."""
    here = Path.cwd()
    above = (p / FOLDER for p in (here, *here.parents, Path(onrecord.__file__).resolve().parent.parent))
    return next((p for p in above if p.is_dir()), None)


def named(name: str, folder: Path | None) -> Path:
    """The file of an article, by path or id. Raises NotFound with the nearest ids."""
    if Path(name).is_file():
        return Path(name)
    if "/" in name or name.endswith(".txt"):
        raise NotFound(f"no such file: {name}", hint="onrecord corpus list names the articles that are here")
    ids = {p.stem: p for p in shelf(folder)}
    if name not in ids:
        near = ", ".join(get_close_matches(name, ids, n=3)) or "none"
        raise NotFound(f"no article is called {name!r}; nearest: {near}", hint="onrecord corpus list names them all")
    return ids[name]
