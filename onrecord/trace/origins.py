"""How many origins a set of claims has: at least (all that may depend is folded) and at most (only what is shown to).

A claim's origin is its innermost named speaker on one occasion, or the outlet's own voice. Each rule below proposes
foldings of two claims, with a reason; connected components over the shown ones give the upper bound, over all of them
the lower. Two reports hang together only through the very words that the claims stand in: unrelated stories never
join.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from onrecord.beat import Beat
from onrecord.records import Anonymity, Claim, Link, LinkKind, Origins, Passage, Passages, Report, Statement
from onrecord.trace.chains import OCCASION, children, innermost, occasion_day
from onrecord.trace.credits import credited
from onrecord.trace.families import bodies, is_known, publisher

WORDS_LINKS = (LinkKind.COPY, LinkKind.VERSION, LinkKind.SIBLING)  # links whose passages show which words were reused


@dataclass(frozen=True)
class Voice:
    """A claim with all that decides its origin. `speaker` and `outlet` are None where unknown."""

    claim: Claim
    report: Report | None
    statement: Statement | None  # the innermost one
    speaker: str | None  # entity id
    own: bool  # the outlet's own voice
    outlet: str | None  # the publisher's key; for an own voice that credits an agency, the agency's
    known: bool  # whether it can be told from others: a named speaker, or a publisher that the beat knows
    day: date | None
    state: bool
    key: str | None = None  # the speaker's row in the beat
    above: frozenset[str] = frozenset()  # rows of the bodies that the speaker heads or belongs to


@dataclass(frozen=True)
class Fold:
    """Two claims (by number) that share an origin, or may."""

    a: int
    b: int
    link: Link


Rule = Callable[[Sequence[Voice], Mapping[str, Sequence[Link]]], Iterable[Fold]]


def by_side(links: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """Report or statement id → its links: made once, it spares `count` reading all links for every position."""
    found: dict[str, list[Link]] = {}
    for link in sorted(links, key=lambda k: (k.left, k.right, k.kind)):
        found.setdefault(link.left, []).append(link)
        if link.right != link.left:
            found.setdefault(link.right, []).append(link)
    return {side: tuple(k) for side, k in found.items()}


def count(
    claims: Iterable[Claim],
    links: Iterable[Link] | Mapping[str, Sequence[Link]],
    *,
    reports: Iterable[Report] | Mapping[str, Report] = (),
    statements: Iterable[Statement] | Mapping[str, Statement] = (),
    speaker_of: Mapping[str, str | None] | None = None,
    beat: Beat | None = None,
    inside: Mapping[str, Sequence[Statement]] | None = None,
    key_of: Mapping[str, str] | None = None,
) -> Origins:
    """The origins of claims on one position, with bounds; the order of claims, links and records does not matter.

    Ready-made, for many counts: `links` as `by_side` gives them, mappings for records, `inside` as `children` gives it
    (statement id → statements reported inside it; else it is found anew, each time). `key_of` (entity id → key in the
    beat) tells who heads or belongs to what. What `reports`, `statements`, `speaker_of` or `beat` do not hold is
    unknown, and never adds independence.
    """
    wanted = sorted({c.id: c for c in claims}.values(), key=lambda c: c.id)
    texts = reports if isinstance(reports, Mapping) else {r.id: r for r in reports}
    said = statements if isinstance(statements, Mapping) else {s.id: s for s in statements}
    sides = links if isinstance(links, Mapping) else by_side(links)
    inner = inside if inside is not None else children(said.values())
    voices = [_voice(c, texts, said, inner, speaker_of or {}, beat) for c in wanted]
    if beat is not None and key_of:
        voices = [_placed(v, key_of, beat) for v in voices]
    folds = [f for rule in RULES for f in rule(voices, sides)]
    high, shown = _components(len(voices), [f for f in folds if f.link.shown])
    low, may = _components(len(voices), [f for f in folds if not f.link.shown], start=high)
    names = tuple(c.id for c in wanted)
    groups_low, groups_high = _groups(low, names), _groups(high, names)
    return Origins(
        low=len(groups_low), high=len(groups_high), claims=names, groups_low=groups_low, groups_high=groups_high,
        foldings=tuple(f.link for f in (*shown, *may)),
    )  # fmt: skip


def _components(n: int, folds: Iterable[Fold], start: Sequence[int] = ()) -> tuple[list[int], list[Fold]]:
    """For each number the least number joined with it, and the folds that joined something not joined before."""
    up = list(start) or list(range(n))

    def root(i: int) -> int:
        while up[i] != i:
            up[i] = up[up[i]]
            i = up[i]
        return i

    used = []
    for fold in folds:
        a, b = root(fold.a), root(fold.b)
        if a != b:
            up[max(a, b)] = min(a, b)
            used.append(fold)
    return [root(i) for i in range(n)], used


def _groups(component: Sequence[int], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    found: dict[int, list[str]] = {}
    for i, c in enumerate(component):
        found.setdefault(c, []).append(names[i])
    return tuple(tuple(g) for _, g in sorted(found.items()))


# ---------------------------------------------------------------- whose voice a claim is


def _voice(
    claim: Claim,
    reports: Mapping[str, Report],
    statements: Mapping[str, Statement],
    inside: Mapping[str, Sequence[Statement]],
    speaker_of: Mapping[str, str | None],
    beat: Beat | None,
) -> Voice:
    report = reports.get(claim.report)
    statement = innermost(claim, statements, inside)
    own = claim.statement is None or (statement is not None and statement.anonymity is Anonymity.OUTLET)
    named = not own and statement is not None and statement.anonymity is not Anonymity.UNNAMED
    speaker = speaker_of.get(statement.id) if named and statement is not None else None
    outlet, known, state = _publisher(claim, report, beat) if own else (None, False, False)
    said_at = claim.said_at or (statement.said_at if statement is not None else None)
    return Voice(
        claim=claim, report=report, statement=statement, speaker=speaker, own=own, outlet=outlet,
        known=speaker is not None or known, day=occasion_day(said_at, report), state=state,
    )  # fmt: skip


def _placed(voice: Voice, key_of: Mapping[str, str], beat: Beat) -> Voice:
    """The voice with what the beat says of its speaker."""
    key = key_of.get(voice.speaker) if voice.speaker is not None else None
    return voice if key is None else replace(voice, key=key, above=bodies(key, voice.day, beat))


def _publisher(claim: Claim, report: Report | None, beat: Beat | None) -> tuple[str | None, bool, bool]:
    """Key of the voice that an unattributed sentence has, whether the beat knows it, and whether it is the state's."""
    if report is None:
        return None, False, False
    source = credited(report, beat, claim.evidence)
    if source is not None:
        found = source.outlet if source.outlet is not None else report.outlet
        known = source.outlet is not None
    else:
        found, known = report.outlet, True
    row = beat.outlet_of(found) if beat is not None else None
    if row is None or beat is None:
        return (found.casefold() if found else None), False, False
    return publisher(row, beat), known and is_known(row), row.state == "state"


# ---------------------------------------------------------------- the rules, in order


def same_words(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """Claims that stand in the same words: of one report, or in passages that one report reused from another.

    Each claim's evidence is carried over every link into the other report; what meets there is one text.
    """
    met: dict[str, list[tuple[int, int, int, Link | None]]] = {}
    for i, v in enumerate(voices):
        for p in _hull(v.claim.evidence):
            met.setdefault(v.claim.report, []).append((p.start, p.end, i, None))
            for link in links.get(v.claim.report, ()):
                if link.kind in WORDS_LINKS and link.shown:
                    other, there = carried(link, v.claim.report, p)
                    if there is not None:
                        met.setdefault(other, []).append((there.start, there.end, i, link))
    for place in sorted(met):
        yield from _meeting(
            voices, sorted(met[place], key=lambda m: (m[0], m[1], m[2], "" if m[3] is None else m[3].left))
        )


def _hull(evidence: Passages) -> Passages:
    return (Passage(min(p.start for p in evidence), max(p.end for p in evidence)),) if evidence else ()


def carried(link: Link, report: str, p: Passage) -> tuple[str, Passage | None]:
    """The other report of a link, and where the words of `p` stand in it: None if they are not among those reused."""
    here, there, other = (
        (link.left_passages, link.right_passages, link.right)
        if link.left == report
        else (link.right_passages, link.left_passages, link.left)
    )
    best, most = None, 0
    for own, far in zip(here, there, strict=False):
        overlap = min(p.end, own.end) - max(p.start, own.start)
        if overlap > most and 2 * overlap >= p.end - p.start:
            scale = (far.end - far.start) / max(own.end - own.start, 1)
            start = far.start + int((max(p.start, own.start) - own.start) * scale)
            best, most = Passage(start, start + max(int(overlap * scale), 1)), overlap
    return other, best


def _meeting(voices: Sequence[Voice], spans: Sequence[tuple[int, int, int, Link | None]]) -> Iterator[Fold]:
    """Folds of neighbours whose spans overlap by half of the shorter one."""
    for k, (start, end, i, link) in enumerate(spans):
        for start2, end2, j, link2 in spans[k + 1 : k + 4]:
            overlap = min(end, end2) - start2
            used = link if link is not None else link2
            if i != j and 2 * overlap >= min(end - start, end2 - start2):
                yield Fold(
                    i, j, used if used is not None else _fold(voices[i], voices[j], LinkKind.COPY, True, SAME_PLACE)
                )


def linked_statements(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """Claims whose statements were found to tell one speech or one document.

    All that tell one document are linked with the first that did, whose claim may be none of these.
    """
    holders: dict[str, int] = {}
    for i, v in enumerate(voices):
        if v.statement is None:
            continue
        first = holders.setdefault(v.statement.id, i)
        if first != i:
            yield Fold(first, i, _fold(voices[first], v, LinkKind.SPEECH, True, "one statement"))
    hubs = dict(holders)
    for i, v in enumerate(voices):
        for link in links.get(v.statement.id, ()) if v.statement is not None else ():
            other = link.right if v.statement is not None and link.left == v.statement.id else link.left
            j = hubs.setdefault(other, i) if link.kind is LinkKind.DOCUMENT else holders.get(other, i)
            if j != i:
                yield Fold(min(i, j), max(i, j), link)


def one_speaker(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """One speaker: shown to be one occasion where the days are near, else perhaps a repetition of it."""
    speakers: dict[str, list[int]] = {}
    for i, v in enumerate(voices):
        if v.speaker is not None:
            speakers.setdefault(v.speaker, []).append(i)
    for _, group in sorted(speakers.items()):
        dated = sorted(group, key=lambda i: (voices[i].day or date.max, i))
        start = dated[0]
        for before, i in pairwise(dated):
            first, day = voices[start].day, voices[i].day
            near = first is not None and day is not None and day - first <= OCCASION
            if near:
                reason = f"the same speaker on one occasion (told between {first} and {day})"
            else:
                reason, start = "the same speaker, perhaps repeating what was said before", i
            yield Fold(min(before, i), max(before, i), _fold(voices[before], voices[i], LinkKind.SPEECH, near, reason))


def one_house(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """A body and its head, or a part of it, on one occasion or nobody knows when: perhaps one announcement."""
    first: dict[tuple[str, date | None], int] = {}
    for i, v in enumerate(voices):
        if v.key is not None:
            first.setdefault((v.key, v.day), i)
    for i, v in enumerate(voices):
        for j in [j for (key, _), j in sorted(first.items(), key=lambda f: f[1]) if key in v.above]:
            day, other = v.day, voices[j].day
            if day is None or other is None or abs(day - other) <= OCCASION:
                when = "perhaps on" if day is None or other is None else "on"
                reason = f"{v.key} speaks for {voices[j].key} {when} one occasion: may be one announcement"
                yield Fold(min(i, j), max(i, j), _fold(voices[j], v, LinkKind.SPEECH, False, reason))


def one_publisher(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """The own voice of one outlet, of outlets of one publisher, or of outlets that credit one agency."""
    houses: dict[str, list[int]] = {}
    for i, v in enumerate(voices):
        if v.own and v.outlet is not None:
            houses.setdefault(v.outlet, []).append(i)
    for house, group in sorted(houses.items()):
        for a, b in pairwise(group):
            yield Fold(a, b, _fold(voices[a], voices[b], LinkKind.FAMILY, True, f"one publisher's own words ({house})"))


def linked_reports(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """Own or unnamed voices in two reports that depend on each other elsewhere: perhaps here too."""
    loose: dict[str, int] = {}
    for i, v in enumerate(voices):
        if v.speaker is None:
            loose.setdefault(v.claim.report, i)
    for report, i in sorted(loose.items()):
        for link in links.get(report, ()):
            j = loose.get(link.right if link.left == report else link.left)
            if j is not None and i < j:
                yield Fold(i, j, link if not link.shown else _may(link))


def one_state(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """State media of one beat may have been told the same thing by the same office."""
    group = [i for i, v in enumerate(voices) if v.own and v.state]
    for a, b in pairwise(group):
        yield Fold(
            a, b, _fold(voices[a], voices[b], LinkKind.FAMILY, False, "both are state media, perhaps told the same")
        )


def unknown(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """What cannot be told from the others, an unnamed official or an outlet nobody knows, may be one of them."""
    anchor = next((i for i, v in enumerate(voices) if v.known), 0)
    for i, v in enumerate(voices):
        if not v.known and i != anchor:
            why = "an outlet of unknown independence" if v.own else "an unnamed or unrecognised speaker"
            yield Fold(
                min(i, anchor),
                max(i, anchor),
                _fold(
                    voices[anchor],
                    v,
                    LinkKind.SPEECH if not v.own else LinkKind.FAMILY,
                    False,
                    f"{why}: may be the same origin",
                ),
            )


RULES: tuple[Rule, ...] = (
    same_words,
    linked_statements,
    one_speaker,
    one_house,
    one_publisher,
    linked_reports,
    one_state,
    unknown,
)

SAME_PLACE = "the same words of one report"


def _fold(a: Voice, b: Voice, kind: LinkKind, shown: bool, reason: str) -> Link:
    """A link made while counting: between statements where both claims have one, else between reports."""
    if a.statement is not None and b.statement is not None:
        left, right = a.statement.id, b.statement.id
        spans = a.statement.content, b.statement.content
    else:
        left, right = a.claim.report, b.claim.report
        spans = a.claim.evidence, b.claim.evidence
    if left > right:
        left, right, spans = right, left, spans[::-1]
    return Link(
        left=left, right=right, kind=kind, shown=shown, reason=reason, left_passages=spans[0], right_passages=spans[1]
    )


def _may(link: Link) -> Link:
    return Link(
        left=link.left, right=link.right, kind=link.kind, shown=False, score=link.score, origin=link.origin,
        reason=f"elsewhere in these reports: {link.reason}", left_passages=link.left_passages,
        right_passages=link.right_passages,
    )  # fmt: skip
