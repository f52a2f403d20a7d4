"""Credit lines: which outlet a report, or one sentence of it, says its words come from.

Forms (beats/words/credits.tsv, English, Russian and Belarusian): a dateline "(Reuters) –" or "/TASS/", a byline, a
source line at the end, "according to BelTA", "as the agency reported", and the sources that the page's metadata names.
Names are resolved to the beat's outlets; "the agency" is the nearest agency named before it, else unsure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from onrecord import beats
from onrecord.beat import Beat, BeatOutlet
from onrecord.records import Passage, Passages, Report

FORMS = Path(beats.__file__).parent / "words" / "credits.tsv"
LEAD = 400  # characters from the top in which a dateline or byline stands: below title and kicker
TAIL = 400  # characters at the end in which a source line stands
NAME = r"[^\W\d_a-zа-яёіў][\w&.’'-]{1,30}(?:[ ]+[^\W\d_a-zа-яёіў][\w&.’'-]{0,30}){0,3}"  # one to four capitalised words
AGENCY = (
    r"(?:the|this|that|local|national|state|news|press|wire)(?: state| news| press| wire)? agenc(?:y|ies)"
    r"|агентств(?:о|а|у|ом|е)|агенцтв(?:а|у|ам|е)"
)

ARTICLE = r"(?:the )?(?:state |state news |news )?(?:agency |агентство |агентства |агенцтва )?"


@dataclass(frozen=True)
class Credit:
    """A source that a report names. `outlet` is its key in the beat: None where unsure or not in the beat."""

    name: str
    outlet: str | None
    whole: bool  # the whole report, or only the sentence around `passage`
    passage: Passage | None  # the credit's words; None: from metadata
    form: str


@lru_cache(maxsize=1)
def forms() -> tuple[tuple[str, str], ...]:
    """(form, where) of each row of the word list, once."""
    rows = [line.split("\t") for line in FORMS.read_text("utf-8").splitlines()[1:] if line.strip()]
    return tuple(dict.fromkeys((row[0], row[1]) for row in rows))


@lru_cache(maxsize=8)
def _grammar(outlets: tuple[BeatOutlet, ...]) -> tuple[dict[str, str], dict[str, re.Pattern[str]]]:
    """Outlet names (casefolded) → key, and one pattern for each place where credits stand."""
    names: dict[str, str] = {}
    for row in outlets:
        for name in (row.name, *row.names, *row.domains, row.key):
            names.setdefault(name.casefold(), row.key)
    known = "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))
    known = rf"(?<!\w)(?:{known})(?!\w)" if known else r"(?!)"
    patterns = {}
    for where in ("lead", "tail", "sentence"):
        source = rf"(?:{ARTICLE}[«\"“]?(?:{known})|{AGENCY})"
        alternatives = [_pattern(form, f"({source}{_free(form, where)})", where) for form, w in forms() if w == where]
        patterns[where] = re.compile("|".join(alternatives), re.IGNORECASE)
    patterns["known"] = re.compile(known, re.IGNORECASE)
    return names, patterns


def _free(form: str, where: str) -> str:
    """Where a name that the beat does not know is a source all the same: in brackets, in a source line."""
    return rf"|(?-i:{NAME})" if where == "tail" or form.startswith(("(", "/")) else ""


def _pattern(form: str, source: str, where: str) -> str:
    before, _, after = form.strip().partition("{}")
    words = [r"[ \t]+".join(re.escape(w) for w in part.split()) for part in (before, after)]
    blank_before = r"[ \t]+" if before.endswith(" ") else ""
    blank_after = r"[ \t]+" if after.startswith(" ") else ""
    start = r"(?:^|(?<=\n))" if where == "tail" or (where == "lead" and not before.startswith(("(", "/"))) else ""
    border = r"(?<!\w)" if words[0] and words[0][0].isalnum() else ""
    end = r"(?!\w)" if words[1] and words[1][-1].isalnum() else ""
    end += r"(?=[ \t.)]*(?:$|\n))" if where == "tail" or (where == "lead" and before in ("By ", "From ")) else ""
    return f"{start}{border}{words[0]}{blank_before}{source}{blank_after}{words[1]}{end}"


def credits(report: Report, beat: Beat | None) -> tuple[Credit, ...]:
    """All credits of a report, metadata first, then as they stand in the text."""
    names, patterns = _grammar(beat.outlets if beat is not None else ())
    found = [Credit(c, names.get(_plain(c)), True, None, "metadata") for c in report.credits if c.strip()]
    top = report.title_passage.end if report.title_passage is not None else 0
    top = top if top < LEAD else 0
    end = len(report.text)
    places = (("lead", top, min(end, top + LEAD)), ("tail", max(0, end - TAIL), end), ("sentence", 0, end))
    for where, start, stop in places:
        for m in patterns[where].finditer(report.text, start, stop):
            passage = Passage(m.start(), m.end())
            if not any(f.start < passage.end and passage.start < f.end for f in report.furniture):
                words = next(g for g in m.groups() if g is not None)
                found.append(_credit(report, words, passage, where, names, patterns["known"]))
    return tuple(dict.fromkeys(found))


def _plain(name: str) -> str:
    return name.strip(' \t«»"“”.,').casefold().removeprefix("www.")


def _credit(
    report: Report, words: str, passage: Passage, where: str, names: dict[str, str], known: re.Pattern[str]
) -> Credit:
    """The credit with its outlet; a name inside wider words ("the news agency BelTA") is found by its own pattern."""
    inside = known.search(words)
    if inside is not None:
        return Credit(inside[0], names.get(inside[0].casefold()), where != "sentence", passage, where)
    if re.fullmatch(AGENCY, words, re.IGNORECASE):
        before = list(known.finditer(report.text, max(0, passage.start - 2000), passage.start))
        key = names.get(before[-1][0].casefold()) if before else None
        return Credit(words, key, where != "sentence", passage, where)
    return Credit(words, None, True, passage, where)


def credited(report: Report, beat: Beat | None, evidence: Passages = ()) -> Credit | None:
    """The outlet that the words of `evidence` are credited to: a credit in their sentence, else the report's.

    None where the report credits nobody, or itself; a credit without `outlet` where it is unsure which one is meant.
    """
    own = beat.outlet_of(report.outlet) if beat is not None else None
    me = {own.key if own is not None else None, None}
    all_credits = [c for c in credits(report, beat) if not _itself(c, report, me)]
    near = [
        c for c in all_credits if c.passage is not None and any(_one_line(report.text, c.passage, e) for e in evidence)
    ]
    chosen = near or [c for c in all_credits if c.whole]
    keys = {c.outlet or c.name.casefold() for c in chosen}
    if not chosen:
        return None
    if len(keys) > 1:
        return Credit(" / ".join(dict.fromkeys(c.name for c in chosen)), None, True, chosen[0].passage, "unsure")
    return chosen[0]


def _itself(credit: Credit, report: Report, me: set[str | None]) -> bool:
    if credit.outlet is not None:
        return credit.outlet in me
    return credit.name.casefold() == (report.outlet or "").casefold()


def _one_line(text: str, a: Passage, b: Passage) -> bool:
    """Whether two passages stand in one paragraph, near each other."""
    between = text[min(a.end, b.end) : max(a.start, b.start)]
    return "\n" not in between and len(between) < LEAD
