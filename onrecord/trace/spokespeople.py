"""For which body of the beat a spokesperson speaks, where the report says so beside the name.

A body's spokesperson is no source beside the body: what she says is what the body says.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.beat import Beat
from onrecord.records import Kind, Report, Statement

CALLED = r"(?:spokes(?:man|woman|person)|press (?:secretary|officer|service))"
NEAR = 60  # characters beside the speaker's name in which her body stands: "Ana Lund, a spokeswoman for the board,"


@lru_cache(maxsize=8)
def _forms(beat: Beat) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of "spokeswoman for BODY" and "BODY spokeswoman", and body in small letters → key."""
    keys: dict[str, str] = {}
    for row in beat.entities:
        if row.kind is Kind.ORGANISATION:
            for name in (row.name, *row.names, *row.phrases):
                keys.setdefault(re.sub(r"^the\s+", "", name.casefold()), row.key)
    names = "|".join(re.escape(n) for n in sorted(keys, key=lambda n: (-len(n), n))) or "(?!)"
    before = rf"(?<!\w)(?P<before>{names})(?:['’]s)?\s+(?:\w+\s+)?{CALLED}\b"
    after = rf"\b{CALLED}\s+(?:for|of|at)\s+(?:the\s+)?(?P<after>{names})(?!\w)"
    return re.compile(f"{before}|{after}", re.IGNORECASE), keys


@lru_cache(maxsize=512)  # each claim of a report asks
def _told(text: str, beat: Beat) -> tuple[tuple[int, str, str], ...]:
    """Where a text names a spokesperson, the key of the body, and the words around it in its line."""
    pattern, keys = _forms(beat)
    found = []
    for m in pattern.finditer(text):
        first = text.rfind("\n", 0, m.start()) + 1
        last = text.find("\n", m.end())
        around = text[max(first, m.start() - NEAR) : min(len(text) if last < 0 else last, m.end() + NEAR)]
        found.append((m.start(), keys[(m["before"] or m["after"]).casefold()], around))
    return tuple(found)


def speaks_for(statement: Statement | None, report: Report | None, beat: Beat) -> str | None:
    """Key of the body for which the speaker of a statement speaks; None where the words do not say so, or say two.

    Forms: "ministry spokeswoman Dana Lund said", "Lund, a spokeswoman for the ministry, said"; in the same report
    "Lund added", and "she said" where it names one spokesperson alone.
    """
    if statement is None or report is None or len(statement.speaker_passages) != 1:
        return None
    (p,) = statement.speaker_passages
    told = _told(report.text, beat)
    words = re.findall(r"\w[\w'’-]*", report.text[p.start : p.end])
    if not told or not words:
        return None
    if words[-1].casefold() in ("he", "she"):
        bodies = {body for at, body, _ in told if at < p.start} if len({b for _, b, _ in told}) == 1 else set()
    else:
        bodies = {body for _, body, around in told if re.search(rf"(?<!\w){re.escape(words[-1])}(?!\w)", around)}
    return bodies.pop() if len(bodies) == 1 else None
