"""A title or office, on a date → the person who held it then, by the beat's dated rows, with the row's source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord import edtf
from onrecord.beat import Beat, BeatEntity, Office

ARTICLE = re.compile(r"^(?:the|our|its|their|his|her|a|an)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Held:
    """Who held an office, and by which row that is known."""

    person: BeatEntity
    office: Office

    def reason(self, on: str) -> str:
        """A sentence for people."""
        o = self.office
        span = f"{o.since or 'before the record'} to {o.until or 'now'}"
        return f"{self.person.name} was {o.title} on {on} ({span}; {o.source or 'no source given'})"


def holder(beat: Beat, words: str, on: str | None, *, of: str | None = None) -> Held | None:
    """The one person whom `words` ("the Head of State") meant on the EDTF date `on`; None for none, several or no date.

    `of` is the key of the country or body, where the text gives it.
    """
    if on is None:
        return None
    found = [h for h in _held(beat).get(folded(words), ()) if of is None or h.office.of == of]
    on_day = [h for h in found if _held_on(h.office, on)]
    people = {h.person.key for h in on_day}
    return on_day[0] if len(people) == 1 else None


def folded(words: str) -> str:
    return ARTICLE.sub("", " ".join(words.split())).casefold().replace("defense", "defence")


def _held_on(office: Office, on: str) -> bool:
    """Whether the whole of `on` lies within the term: a month in which the office changed hands says nothing."""
    first, last = edtf.first_day(on), edtf.last_day(on)
    if first is None or last is None:
        return False
    since = edtf.first_day(office.since) if office.since is not None else None
    until = edtf.last_day(office.until) if office.until is not None else None
    return (since is None or since <= first) and (until is None or last <= until)


@lru_cache(maxsize=8)
def _held(beat: Beat) -> dict[str, tuple[Held, ...]]:
    out: dict[str, list[Held]] = {}
    for person in beat.entities:
        for office in person.offices:
            for words in {folded(w) for w in (office.title, *office.names)}:
                out.setdefault(words, []).append(Held(person, office))
    return {k: tuple(v) for k, v in out.items()}
