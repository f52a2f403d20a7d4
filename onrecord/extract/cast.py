"""Names → the referents of one report: which mentions name one thing.

Named mentions are joined by the beat's key, by surname, by acronym and expansion, by a body's shorter name;
designations only when they are the same word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from onrecord.extract.candidates import Name
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import normal, tokens
from onrecord.ids import content_id
from onrecord.records import Because, Form, Kind, Mention, Passage, Referent

LONGEST = 200  # characters of a name
OF = re.compile(r"(?= of )")
ACRONYM_GAP = re.compile(r"\s*\(\s*[\"“«]?([A-ZА-ЯІЎ]{2,8})[\"”»]?\s*\)")


class Cast:
    """The referents and mentions of one report while they are gathered."""

    def __init__(self, report: str) -> None:
        self.report = report
        self._referents: dict[str, Referent] = {}
        self._mentions: list[Mention] = []  # always in order
        self._starts: list[int] = []  # theirs
        self._seen: dict[Passage, set[str]] = {}
        self._counts: Counter[str] = Counter()
        self.adjectives: set[Passage] = set()  # "Belgian", "anti-Belgian": named, but seldom what a clause is about

    @property
    def referents(self) -> tuple[Referent, ...]:
        return tuple(self._referents.values())

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(self._mentions)

    def referent(self, id: str | None) -> Referent | None:
        return self._referents.get(id) if id is not None else None

    def by_key(self, key: str | None) -> Referent | None:
        return next((r for r in self._referents.values() if key is not None and r.key == key), None)

    def add(
        self, kind: Kind, name: str, *, named: bool = True, key: str | None = None, roles: tuple[str, ...] = ()
    ) -> str:
        """Id of the referent of that kind and name, made if it is new."""
        id = content_id("f", self.report, kind, key or name)
        if id not in self._referents:
            self._referents[id] = Referent(
                id=id, report=self.report, kind=kind, name=name, named=named, key=key, roles=roles
            )
        return id

    def mention(self, p: Passage, text: str, referent: str, form: Form, rule: str, score: float = 1.0) -> None:
        """Record that the words of `p` name `referent`; a named mention of the same words stays."""
        if referent in self._seen.get(p, ()) or (form is not Form.NAMED and p in self._seen):
            return
        kind = self._referents[referent].kind
        made = Mention(
            id=content_id("m", self.report, p, referent), report=self.report, passage=p, text=text, referent=referent,
            kind=kind, form=form, because=Because(rule=rule, score=score),
        )  # fmt: skip
        at = bisect_right(self._mentions, _place(made), key=_place)
        self._mentions.insert(at, made)
        self._starts.insert(at, p.start)
        self._seen.setdefault(p, set()).add(referent)
        self._counts[referent] += 1

    def mentions_in(self, p: Passage, *kinds: Kind) -> list[Mention]:
        """Mentions inside `p`, in order, of the given kinds or of all."""
        first, last = bisect_left(self._starts, p.start), bisect_left(self._starts, p.end)
        found = self._mentions[first:last]
        return [m for m in found if m.passage.end <= p.end and (not kinds or m.kind in kinds)]

    def at(self, p: Passage) -> str | None:
        """The referent of the name that `p` is, or that fills most of it."""
        near = self.mentions_in(Passage(max(0, p.start - LONGEST), p.end + LONGEST))
        over = [m for m in near if m.passage.start < p.end and p.start < m.passage.end]
        best = max(over, key=lambda m: min(m.passage.end, p.end) - max(m.passage.start, p.start), default=None)
        return best.referent if best is not None else None

    def count(self, referent: str) -> int:
        return self._counts[referent]


def _place(m: Mention) -> tuple[int, int, str]:
    return m.passage.start, -m.passage.end, m.referent


def cast(doc: Document, names: Sequence[Name]) -> Cast:
    """The referents that the names make, each with its mentions."""
    made = Cast(doc.report.id)
    groups = _groups(doc, names)
    for group in sorted(groups, key=lambda g: (g[0].passage.start, -g[0].passage.end)):
        kind = _kind_of(group)
        known = next((n for n in group if n.canonical is not None), None)
        name = known.canonical if known is not None and known.canonical else max(
            (n.text for n in group), key=lambda t: (len(t.split()), len(t), t)
        )  # fmt: skip
        key = next((n.key for n in group if n.known), None)
        named = any(n.form is Form.NAMED for n in group)
        roles = tuple(dict.fromkeys(r for n in group for r in n.roles))
        id = made.add(kind, name, named=named, key=key, roles=roles)
        for n in group:
            made.mention(n.passage, n.text, id, n.form, n.rule, n.score)
            if n.adjective:
                made.adjectives.add(n.passage)
    return made


def _groups(doc: Document, names: Sequence[Name]) -> list[list[Name]]:
    """Names that are one thing, by the first rule that says so."""
    by_key: dict[str, list[Name]] = {}
    loose: list[Name] = []
    for n in names:
        if n.key is not None:
            by_key.setdefault(n.key, []).append(n)
        else:
            loose.append(n)
    out = list(by_key.values())
    full = {w: n for n in loose if n.kind is Kind.PERSON for w in [_last(n.text)] if " " in n.text}
    keyed = {_last(n.text): group for group in out for n in group if n.kind is Kind.PERSON}
    expansions = _expansions(doc, names)
    bodies = _bodies(loose)
    made: dict[str, list[Name]] = {}
    for n in loose:
        last = _last(n.text)
        single = " " not in n.text
        if single and n.kind in (Kind.PERSON, Kind.UNSURE) and last in keyed:
            keyed[last].append(n)
            continue
        if single and n.kind in (Kind.PERSON, Kind.UNSURE) and last in full:
            made.setdefault(full[last].text.casefold(), []).append(n)
            continue
        made.setdefault(expansions.get(n.text, bodies.get((n.kind, n.text), n.text)).casefold(), []).append(n)
    homes = {x.text.casefold(): g for g in reversed(out) for x in g}
    for text, group in made.items():
        if text in homes:
            homes[text].extend(group)
        else:
            out.append(group)
    return [sorted(g, key=lambda n: n.passage) for g in out]


def _bodies(names: Sequence[Name]) -> dict[tuple[Kind, str], str]:
    """Kind and words before an "of" → the longest name of a body that begins with them: the same body in full."""
    out: dict[tuple[Kind, str], str] = {}
    for n in names:
        if n.kind not in (Kind.ORGANISATION, Kind.FACILITY, Kind.DOCUMENT):
            continue
        for m in OF.finditer(n.text):
            short = (n.kind, n.text[: m.start()])
            out[short] = max(out.get(short, ""), n.text, key=len)
    return out


def _expansions(doc: Document, names: Sequence[Name]) -> dict[str, str]:
    """Acronym → the name it follows in brackets, where its letters begin that name's words."""
    out: dict[str, str] = {}
    for n in names:
        m = ACRONYM_GAP.match(doc.text, n.passage.end)
        if m is None or len(n.text.split()) < 2:
            continue
        letters = "".join(w.text[0] for w in tokens(n.text, 0, len(n.text)) if w.text[0].isupper())
        if m.group(1)[0] == letters[:1]:
            out[m.group(1)] = n.text
    return out


def _last(text: str) -> str:
    return normal(text.split()[-1])


def _kind_of(group: Sequence[Name]) -> Kind:
    """The kind that the beat, else most of the mentions with a kind, give."""
    known = [n.kind for n in group if n.known or n.canonical]
    sure = known or [n.kind for n in group if n.kind is not Kind.UNSURE]
    kinds = set(sure)
    if len(kinds) > 1:
        return Counter(sure).most_common(1)[0][0]
    return kinds.pop() if kinds else Kind.UNSURE
