"""Foldings: the reasons why two claims share an origin, or may. Each rule proposes them; `origins.count` joins.

Two reports hang together only through the very words that the claims stand in: unrelated stories never join. In a
reason, ‹key› stands for what the beat calls so: `origins.count`, which has the beat, puts its name there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from onrecord.edtf import first_day, last_day
from onrecord.records import Link, LinkKind, Modality, Passage, Passages
from onrecord.trace.alignment import CONTAINED
from onrecord.trace.chains import OCCASION
from onrecord.trace.voices import Voice

OWN_PLANS = frozenset({Modality.PLANNED, Modality.ORDERED})  # what a speaker's own side is to do
COPIES = (LinkKind.COPY, LinkKind.SIBLING)
REACH = 20  # characters of a claim's words that are copied ones: less is a word or two
BESIDE = 40  # characters between copied words and the rest of their sentence: "and can, the ministry said, …"
WORDS_LINKS = (LinkKind.COPY, LinkKind.VERSION, LinkKind.SIBLING)  # links whose passages show which words were reused


@dataclass(frozen=True)
class Fold:
    """Two claims (by number) that share an origin, or may."""

    a: int
    b: int
    link: Link
    rests: int | None = None  # the one of them that may rest on the other, unless it rests on something else already


Rule = Callable[[Sequence[Voice], Mapping[str, Sequence[Link]]], Iterable[Fold]]


def same_words(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """Claims that stand in the same words: of one report, or in passages that one report reused from another.

    Each claim's evidence is carried over every link into the other report; what meets there is one text. Those that
    meet in the earliest report come first, so that the reasons kept name whom the others copied.
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
    days = {v.claim.report: first_day(v.report.published) for v in voices if v.report is not None}
    for place in sorted(met, key=lambda r: (days.get(r) or date.max, r)):
        spans = sorted(met[place], key=lambda m: (m[0], m[1], m[2], "" if m[3] is None else m[3].left))
        found = list(_meeting(voices, spans))
        yield from sorted(found, key=lambda f: place not in (voices[f.a].claim.report, voices[f.b].claim.report))


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
    """A body and its head or a part of it, or two who speak for one body, on one occasion or nobody knows when:
    perhaps one announcement. So is what they promise for it on any day: whoever repeats a promise makes no other."""
    first: dict[tuple[str, str | None, date | None], int] = {}
    for i, v in enumerate(voices):
        if v.key is not None:
            first.setdefault((v.key, v.speaker, v.day), i)
    heard: dict[str, list[int]] = {}
    for j in sorted(first.values()):
        for body in {voices[j].key or "", *voices[j].houses}:
            heard.setdefault(body, []).append(j)
    for i, v in enumerate(voices):
        for j in sorted({j for body in v.above for j in heard.get(body, ())}):
            common, day, other = _common_body(v, voices[j]), v.day, voices[j].day
            near = day is None or other is None or abs(day - other) <= OCCASION
            promised = {v.claim.modality, voices[j].claim.modality} <= OWN_PLANS
            if common is not None and (near or promised):
                who = f"‹{v.key}› speaks" if common == voices[j].key else f"‹{v.key}› and ‹{voices[j].key}› speak"
                when = "perhaps on" if day is None or other is None else "on"
                said = (
                    f"{when} one occasion: may be one announcement" if near else "of its own plan: may be one promise"
                )
                reason = f"{who} for ‹{common}› {said}"
                yield Fold(min(i, j), max(i, j), _fold(voices[j], v, LinkKind.SPEECH, False, reason))


def _common_body(v: Voice, other: Voice) -> str | None:
    """The body for which the one speaks and which the other is, or speaks for too."""
    if other.key is None or v.speaker == other.speaker:
        return None
    if v.key == other.key:  # two of its spokespeople, or one and the body itself
        return v.key if v.key in v.above else None
    return other.key if other.key in v.above else min(v.houses & other.houses, default=None)


def one_publisher(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """The own voice of one outlet, of outlets of one publisher, or of outlets that credit one agency.

    What stands in words copied from elsewhere is not its own; two such copies of different texts, as in a round-up,
    have nothing to do with each other.
    """
    houses: dict[str, list[int]] = {}
    for i, v in enumerate(voices):
        if v.own and v.outlet is not None and not _taken(v, links):
            houses.setdefault(v.outlet, []).append(i)
    for house, group in sorted(houses.items()):
        for a, b in pairwise(group):
            yield Fold(
                a, b, _fold(voices[a], voices[b], LinkKind.FAMILY, True, f"one publisher's own words (‹{house}›)")
            )


def carried_before(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """An outlet or a speaker that carried another's words, and says the same itself: perhaps for that reason.

    It folds with the first that it carried and no other: whoever carries two makes them no less independent. What was
    said before the other can have been known rests on something else.
    """
    own: dict[tuple[str, str], list[int]] = {}
    carried_by: dict[tuple[str, str], list[int]] = {}
    for i, v in enumerate(voices):
        taken = v.own and _taken(v, links)
        if v.speaker is not None:
            own.setdefault(("speaker", v.speaker), []).append(i)
        if v.own and v.outlet is not None:
            (carried_by if taken else own).setdefault(("outlet", v.outlet), []).append(i)
        if v.house is not None and not (v.own and v.outlet == v.house):
            carried_by.setdefault(("outlet", v.house), []).append(i)
        for speaker in sorted(v.through - {v.speaker}):
            carried_by.setdefault(("speaker", speaker), []).append(i)
    day_of = {v.claim.report: first_day(v.report.published) for v in voices if v.report is not None}
    for who in sorted(own.keys() & carried_by.keys()):
        said = [last_day(v.report.published) if (v := voices[i]).report is not None else None for i in own[who]]
        first = min((day for day in said if day is not None), default=date.max)
        since = {i: _known_since(voices[i], links, day_of) for i in carried_by[who]}
        open_ = [i for i, (day, sure) in since.items() if day is None or not sure or day <= first]
        if open_:
            a, b = own[who][0], min(open_, key=lambda i: (since[i][0] or date.max, i))
            whose = f"‹{who[1]}›" if who[0] == "outlet" else "who speaks"
            reason = f"{whose} had it from elsewhere, and may say it for that"
            kind = LinkKind.FAMILY if who[0] == "outlet" else LinkKind.SPEECH
            yield Fold(min(a, b), max(a, b), _fold(voices[a], voices[b], kind, False, reason), rests=a)


def _known_since(
    v: Voice, links: Mapping[str, Sequence[Link]], day_of: Mapping[str, date | None]
) -> tuple[date | None, bool]:
    """The earliest day known on which these words can have been known to who carries them, and whether no report that
    has them is undated: one more copy without a date makes the day unsure, and no other."""
    days = [v.day if v.speaker is not None else day_of.get(v.claim.report)]
    for link in links.get(v.claim.report, ()):
        if link.kind in WORDS_LINKS and link.shown:
            for other, there in (carried(link, v.claim.report, p) for p in _hull(v.claim.evidence)):
                days += [day_of.get(other)] if there is not None else []
    known = [day for day in days if day is not None]
    return min(known, default=None), len(known) == len(days)


def _taken(v: Voice, links: Mapping[str, Sequence[Link]]) -> bool:
    """Whether the words of a claim are known to have stood elsewhere first."""
    return any(
        link.kind in WORDS_LINKS and link.kind is not LinkKind.VERSION and link.shown
        and link.origin not in (None, v.claim.report)
        and any(carried(link, v.claim.report, p)[1] is not None for p in _hull(v.claim.evidence))
        for link in links.get(v.claim.report, ())
    )  # fmt: skip


def credited_outlets(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """A report that credits an outlet, and what that outlet had by then: its own claim has the same origin.

    Where the outlet had it from several people, or only later, it only may be. Two that credit each other are one.
    """
    houses: dict[str, list[int]] = {}
    for i, v in enumerate(voices):
        if v.house is not None:
            houses.setdefault(v.house, []).append(i)
    for i, v in enumerate(voices):
        if not v.own or v.outlet is None or v.outlet == v.house:
            continue
        held = [j for j in houses.get(v.outlet, ()) if not (voices[j].own and voices[j].outlet == v.outlet)]
        before = [j for j in held if _by_then(voices[j], v)]
        one = len({(voices[j].speaker, voices[j].own) for j in before}) == 1
        for j in held:
            shown = one and j in before
            reason = f"the report credits ‹{v.outlet}›, {'which had it' if j in before else 'which has it elsewhere'}"
            yield Fold(min(i, j), max(i, j), _fold(voices[j], v, LinkKind.CREDIT, shown, reason))


def _by_then(source: Voice, taker: Voice) -> bool:
    """Whether the one was certainly published no later than the other."""
    a, b = (last_day(source.report.published) if source.report else None), None
    if taker.report is not None:
        b = first_day(taker.report.published)
    return a is not None and b is not None and a <= b


def taken_with_the_text(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """What a report that copies another says for itself, and the other says too: it had it from there, in other words.

    Shown where the copied words run on into the sentence of the claim; where the report is a copy, but has the claim
    elsewhere, it only may be, and so it may where the source has it from several. A source that the copying report
    names or credits, or another text that it copies there, is a source of its own.
    """
    held: dict[str, list[int]] = {}
    for i, v in enumerate(voices):
        held.setdefault(v.claim.report, []).append(i)
    for i, v in enumerate(voices):
        for link in _copied_from(v, links):
            theirs = held.get(link.origin or "", ())
            one = len({(voices[j].speaker, voices[j].own, voices[j].outlet) for j in theirs}) == 1
            for j in theirs:
                if _lands(v, voices[j], link):
                    continue  # the very words: `same_words`
                runs_on = _runs_on(v, voices[j], link)
                if runs_on or link.score >= CONTAINED:
                    reason = "copied words run on into this sentence" if runs_on else "the report copies the other"
                    fold = _fold(voices[j], v, LinkKind.COPY, runs_on and one, f"{reason}, which has it too")
                    yield Fold(min(i, j), max(i, j), fold, rests=None if fold.shown else i)


def _copied_from(v: Voice, links: Mapping[str, Sequence[Link]]) -> Iterator[Link]:
    """Links to what the report of a claim without a source of its own copies: to all others where its words stand in
    none of these texts, else to that text."""
    if not v.own or v.speaker is not None or v.outlet != v.house:
        return
    report = v.claim.report
    here = [k for k in links.get(report, ()) if k.kind in COPIES and k.shown and k.origin not in (None, report)]
    for link in here:
        if not _taken(v, {report: tuple(k for k in here if k.origin != link.origin)}):
            yield link


def _runs_on(v: Voice, w: Voice, link: Link) -> bool:
    """Whether copied words reach into the words of one claim, and end beside those of the other."""
    ours, theirs = (
        (link.left_passages, link.right_passages)
        if link.left == v.claim.report
        else (link.right_passages, link.left_passages)
    )
    return any(
        min(p.end, own.end) - max(p.start, own.start) >= REACH and far.start - BESIDE <= q.start <= far.end + BESIDE
        for own, far in zip(ours, theirs, strict=False)
        for p in _hull(v.claim.evidence)
        for q in _hull(w.claim.evidence)
    )


def linked_reports(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """Own or unnamed voices in two reports that depend on each other elsewhere: perhaps here too.

    Where the very words of a claim are among those reused, and make a claim there too, that is what was reused.
    """
    loose: dict[str, list[int]] = {}
    for i, v in enumerate(voices):
        if v.speaker is None:
            loose.setdefault(v.claim.report, []).append(i)
    for report, ours in sorted(loose.items()):
        for link in links.get(report, ()):
            theirs = loose.get(link.right if link.left == report else link.left)
            if theirs is None or ours[0] >= theirs[0]:
                continue
            if not any(_lands(voices[i], voices[j], link) for i in ours for j in theirs):
                yield Fold(ours[0], theirs[0], link if not link.shown else _may(link))


def _lands(v: Voice, w: Voice, link: Link) -> bool:
    """Whether a link shows the words of one claim to be those of the other."""
    return link.shown and any(
        there is not None and there.start < q.end and q.start < there.end
        for p in _hull(v.claim.evidence)
        for q in _hull(w.claim.evidence)
        for _, there in (carried(link, v.claim.report, p),)
    )


def one_state(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """State media of one beat may have been told the same thing by the same office."""
    group = [i for i, v in enumerate(voices) if v.own and v.state]
    for a, b in pairwise(group):
        yield Fold(
            a, b, _fold(voices[a], voices[b], LinkKind.FAMILY, False, "both are state media, perhaps told the same")
        )


def _known_source(v: Voice, voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> bool:
    """Whether the words of a claim are known to have stood first in another of these claims, whose voice is known."""
    sources = {link.origin: link for link in links.get(v.claim.report, ()) if link.kind in WORDS_LINKS}
    sources.pop(v.claim.report, None)
    return any(
        w.known and w.claim.report in sources and _lands(v, w, sources[w.claim.report]) for w in voices if w is not v
    )


def unknown(voices: Sequence[Voice], links: Mapping[str, Sequence[Link]]) -> Iterator[Fold]:
    """What cannot be told from the others, an unnamed official or an outlet nobody knows, may be one of them."""
    anchor = next((i for i, v in enumerate(voices) if v.known), 0)
    for i, v in enumerate(voices):
        if not v.known and i != anchor and not _known_source(v, voices, links):
            kind, reason = LinkKind.FAMILY if v.own else LinkKind.SPEECH, f"{v.doubt}: may be the same origin"
            yield Fold(min(i, anchor), max(i, anchor), _fold(voices[anchor], v, kind, False, reason))


RULES: tuple[Rule, ...] = (
    same_words,
    linked_statements,
    one_speaker,
    one_house,
    one_publisher,
    carried_before,
    credited_outlets,
    taken_with_the_text,
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
