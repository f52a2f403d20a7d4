"""A view and a week → the issue: each topic's verdict, and what changed, is contested, fell due, rests on one origin.

    with onrecord.open("arms.db") as ledger:
        issue(ledger.view(), week="2031-W07").topics[0].verdict

Every sentence has passed the gate; one that it refuses is told again as a bare quotation, and listed in `refused`
where that is refused too. Each section says which clock it is sorted by. See docs/decisions/073-verdicts.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from onrecord import edtf
from onrecord.beat import Topic
from onrecord.errors import NotFound
from onrecord.ids import content_id
from onrecord.ledger import View
from onrecord.records import Modality, Polarity, Position, Problem, Record, Report, Standing, TextValue
from onrecord.tell import sentences as say
from onrecord.tell.coverage import Coverage, coverage, plural
from onrecord.tell.gate import Sentence, refusal
from onrecord.tell.news import News, span
from onrecord.tell.once import positions_once
from onrecord.tell.shelf import Shelf
from onrecord.tell.times import in_words

PUBLICATION, READING, DUE = "publication date", "recorded-at (first reading)", "the date that fell due"


WORDS = (Modality.ASSERTED, Modality.PREDICTED, Modality.POSSIBLE, Modality.DOUBTED)
MIN_SAYING = 60  # characters of an untyped claim; shorter ones are scraps of sentences


class Verdict(StrEnum):
    """What a week comes to for one topic. The first that applies, in this order."""

    CHANGED = "changed"  # a value, a plan, a change or a slip that no earlier report has
    CONTESTED = "contested"  # what is new takes a side in an open conflict, or an open conflict was told again
    UNCHANGED = "unchanged"  # reports bear on it and give nothing new, or new words only
    NO_REPORTS = "no reports"  # expected sources were read, and nothing bears on it
    NOT_LOOKED = "not looked"  # no expected source was read


class TopicTold(Record, frozen=True, kw_only=True):
    """One topic in one week; `why` defends the verdict with what was read."""

    key: str
    question: str
    verdict: Verdict
    why: str
    reports: int  # published this week that bear on it
    sentences: tuple[Sentence, ...] = ()


class Section(Record, frozen=True, kw_only=True):
    """A list of the issue. `notes` are about the reading, not the beat: they cite no claims."""

    key: str
    title: str
    sorted_by: str
    sentences: tuple[Sentence, ...] = ()
    notes: tuple[str, ...] = ()


class Issue(Record, frozen=True, kw_only=True):
    """One week's bulletin. The same view and week give the same bytes."""

    id: str
    week: str
    first: str
    last: str
    title: str
    coverage: Coverage
    topics: tuple[TopicTold, ...]
    sections: tuple[Section, ...]
    refused: tuple[str, ...] = ()  # what the gate held back, with its reason

    def section(self, key: str) -> Section:
        """The section of that key, one of SECTIONS."""
        return next(s for s in self.sections if s.key == key)


class Told(Record, frozen=True, kw_only=True):
    """A sentence and the positions, or subject and property, that decide on which topics it bears."""

    sentence: Sentence
    about: tuple[tuple[str | None, str], ...]


def issue(view: View, *, week: str) -> Issue:
    """The issue of an ISO week by publication date ("2031-W07"). Raises WrongCall where that is no week."""
    first, last = span(week)
    shelf = Shelf(view)
    news = News(shelf, first, last)
    refused: list[str] = []
    told = {key: _gated(made, shelf, refused) for key, made in _sentences(news).items()}
    covered = coverage(news)
    topics = tuple(_topic(t, news, covered, told) for t in (shelf.beat.topics if shelf.beat is not None else ()))
    sections = tuple(_section(key, told, news) for key in SECTIONS)
    title = shelf.beat.title if shelf.beat is not None else "All reports"
    return Issue(
        id=content_id("issue", week, title, covered, topics, sections),
        week=week,
        first=first.isoformat(),
        last=last.isoformat(),
        title=title,
        coverage=covered,
        topics=topics,
        sections=sections,
        refused=tuple(dict.fromkeys(refused)),
    )


def last_week(view: View) -> str:
    """The last ISO week in which a report on record was published. Raises NotFound where none has a date."""
    found = (edtf.days(r.published) for r in view.reports())
    days = [d[1] for d in found if d is not None and d[0] and d[1] and edtf.iso_week(d[0]) == edtf.iso_week(d[1])]
    if not days:
        raise NotFound("no report on record has a publication date", hint="give the week: --week 2031-W07")
    return edtf.iso_week(max(days))


# ---------------------------------------------------------------- sentences


def _sentences(news: News) -> dict[str, list[Told]]:
    return {key: make(news) for key, (_, _, make) in SECTIONS.items()}


def _about(*positions: Position) -> tuple[tuple[str | None, str], ...]:
    return tuple(dict.fromkeys((p.subject, p.property) for p in positions))


def _changed(news: News) -> list[Told]:
    """Changes first told this week, then positions that are new without a change or a conflict to tell them in."""
    shelf, told = news.shelf, list[Told]()
    for c in news.changes:
        after = shelf.positions[c.after]
        told.append(Told(sentence=say.changed(c, shelf, news.first_claim(after)), about=_about(after)))
    return told + [_new(p, news) for p in _untold(news) if not _words_only(p)]


def _said(news: News) -> list[Told]:
    """New wordings: somebody said something in words that no earlier report has, which no figure or date can be set
    against."""
    return [_new(p, news) for p in _untold(news) if _words_only(p)]


def _new(p: Position, news: News) -> Told:
    return Told(sentence=say.said(news.first_claim(p), news.shelf, position=p), about=_about(p))


def _untold(news: News) -> list[Position]:
    elsewhere = {c.after for c in news.changes} | _disputed(news)
    return [p for p in positions_once(news.positions, news.shelf.claims) if p.id not in elsewhere]


def _words_only(p: Position) -> bool:
    """Whether nothing but words is new; a plan, an order and a denial are news in any words."""
    return isinstance(p.value, TextValue) and p.modality in WORDS and p.polarity is Polarity.POSITIVE


def _disputed(news: News) -> set[str]:
    return {p for c in news.conflicts for p in c.positions}


def _contested(news: News) -> list[Told]:
    positions = news.shelf.positions
    return [
        Told(sentence=say.contested(c, news.shelf), about=_about(*(positions[p] for p in c.positions)))
        for c in news.conflicts
    ]


def _due(news: News) -> list[Told]:
    shelf = news.shelf
    fell = [(g.due, say.fell_due(g.due, g.by, g.claim, shelf, put_off=g.put_off, slips=g.slips)) for g in news.due]
    slipped = [
        (g.due, say.slipped(g.due, g.before, g.by, g.claim, shelf, slips=g.slips))
        for g in news.slips
        if g.before is not None
    ]
    return [Told(sentence=s, about=((d.subject, d.property),)) for d, s in fell + slipped]


def _one_origin(news: News) -> list[Told]:
    """Positions that several reports carry, one of them this week, and that come from one origin."""
    found = []
    for p in news.shelf.positions.values():
        reports = {news.shelf.claims[c].report for c in p.claims}
        if (
            len(reports) > 1
            and _telling(p, news)
            and news.told(p.claims)
            and Standing.ONE_ORIGIN in news.shelf.standing(p.id)
        ):
            claims = [news.shelf.claims[c] for c in sorted(p.claims, key=news.shelf.order)]
            found.append((news.shelf.order(claims[0].id), p, claims))
    return [
        Told(sentence=say.one_origin(p, news.shelf, claims), about=_about(p))
        for _, p, claims in sorted(found, key=lambda x: (x[0], x[1].id))
    ]


def _telling(p: Position, news: News) -> bool:
    """Whether the position is worth a line: typed, or an untyped saying long enough to mean something by itself."""
    words = news.shelf.words(news.shelf.claims[p.claims[0]])
    return news.shelf.typed(p.property) is not None or len(words) >= MIN_SAYING


def _hedges(news: News) -> list[Told]:
    return [Told(sentence=say.hedge_lost(h, news.shelf), about=((h.subject, h.property),)) for h in news.hedges]


def _corrections(news: News) -> list[Told]:
    return [
        Told(
            sentence=say.withdrawn(w.claim, news.shelf, w.edited),
            about=_about(*news.shelf.positions_of.get(w.claim.id, ())),
        )
        for w in news.withdrawals
    ]


def _nothing(news: News) -> list[Told]:
    """Sections of notes only."""
    return []


SECTIONS: dict[str, tuple[str, str, Callable[[News], list[Told]]]] = {  # key -> title, clock, what fills it
    "changed": ("What changed", PUBLICATION, _changed),
    "said": ("Newly said", PUBLICATION, _said),
    "contested": ("Contested", "publication date of the report that opened it", _contested),
    "due": ("Fell due, or slipped", DUE, _due),
    "one-origin": ("Rests on one origin", PUBLICATION, _one_origin),
    "hedges": ("Hedges lost", PUBLICATION, _hedges),
    "corrections": ("Corrections", PUBLICATION, _corrections),
    "first-read": ("First read this week, not news", READING, _nothing),
    "unread": ("What could not be read", "source", _nothing),
}


def _gated(made: Iterable[Told], shelf: Shelf, refused: list[str]) -> list[Told]:
    """What the gate admits; a refused sentence is told again as bare quotations of its claims."""
    out = []
    for told in made:
        reason = refusal(told.sentence, shelf)
        if reason is None:
            out.append(told)
            continue
        refused.append(f"{reason} — told as a quotation instead: {told.sentence.text}")
        plain = say.plainly(told.sentence.claims, shelf)
        if refusal(plain, shelf) is None:
            out.append(Told(sentence=plain, about=told.about))
        else:
            refused.append(f"{refusal(plain, shelf)} — left out: {plain.text}")
    return out


# ---------------------------------------------------------------- topics and sections


def bears(topic: Topic, subject: str | None, prop: str, shelf: Shelf) -> bool:
    """Whether something about an entity and a property bears on a topic."""
    if topic.properties and prop not in topic.properties:
        return False
    entity = shelf.entities.get(subject or "")
    return not topic.subjects or (entity is not None and entity.key in topic.subjects)


def _topic(topic: Topic, news: News, covered: Coverage, told: dict[str, list[Told]]) -> TopicTold:
    shelf = news.shelf
    on_it = {key: [t for t in made if any(bears(topic, s, p, shelf) for s, p in t.about)] for key, made in told.items()}
    slips = [g for g in news.slips if bears(topic, g.due.subject, g.due.property, shelf)]
    reports = {
        c.report for c in map(shelf.claims.__getitem__, news.claims) if _bears_on(topic, c.subject, c.property, shelf)
    }
    verdict = _verdict(len(on_it["changed"]) + len(slips), len(on_it["contested"]), len(reports), covered)
    counts = (
        (len(on_it["changed"]), "new or changed position"),
        (len(slips), "slip"),
        (len(on_it["contested"]), "open conflict"),
        (len(on_it["said"]), "new saying"),
    )
    sentences = _once(t.sentence for key in SECTIONS for t in on_it[key])
    return TopicTold(
        key=topic.key,
        question=topic.question,
        verdict=verdict,
        why=_why(verdict, counts, len(reports), covered),
        reports=len(reports),
        sentences=sentences,
    )


def _once(found: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Sentences in order, without those whose claims an earlier one has told already."""
    kept: list[Sentence] = []
    for s in found:
        if not any(set(s.claims) <= set(k.claims) for k in kept):
            kept.append(s)
    return tuple(kept)


def _bears_on(topic: Topic, referent: str | None, prop: str, shelf: Shelf) -> bool:
    return bears(topic, shelf.entity_of.get(referent or ""), prop, shelf)


def _verdict(changed: int, contested: int, reports: int, covered: Coverage) -> Verdict:
    looked = bool(covered.read) if covered.expected else covered.reports > 0
    rules = (
        (Verdict.CHANGED, changed > 0),
        (Verdict.CONTESTED, contested > 0),
        (Verdict.UNCHANGED, reports > 0),
        (Verdict.NO_REPORTS, looked),
    )
    return next((v for v, applies in rules if applies), Verdict.NOT_LOOKED)


def _why(verdict: Verdict, counts: Iterable[tuple[int, str]], reports: int, covered: Coverage) -> str:
    """`2 reports bear on it and give nothing new; 3 of 4 expected sources read`."""
    new = ", ".join(f"{plural(n, noun)}" for n, noun in counts if n)
    bear = f"{plural(reports, 'report')} {'bears' if reports == 1 else 'bear'} on it"
    reasons = {
        Verdict.CHANGED: f"{new}; {bear}",
        Verdict.CONTESTED: f"{new} told this week; {bear}",
        Verdict.UNCHANGED: f"{bear} and {'gives' if reports == 1 else 'give'} {_none_new(new)}",
        Verdict.NO_REPORTS: "nothing that was read bears on it",
        Verdict.NOT_LOOKED: _not_looked(covered),
    }
    read = f"{len(covered.read)} of {len(covered.expected)} expected sources read" if covered.expected else ""
    return "; ".join(x for x in (reasons[verdict], read) if x)


def _not_looked(covered: Coverage) -> str:
    """Why nobody looked, and where reports may hide: those without a date or an outlet count for no week or source."""
    none = "none of the expected sources was read" if covered.expected else "no report was read"
    hidden = [
        f"{plural(n, 'report')} without {lack}"
        for n, lack in ((covered.undated, "a date"), (covered.no_outlet, "an outlet"))
        if n
    ]
    return f"{none}; {' and '.join(hidden)} cannot count: see onrecord status" if hidden else none


def _none_new(new: str) -> str:
    return f"no new value, date or state; {new}" if new else "nothing new"


def _section(key: str, told: dict[str, list[Told]], news: News) -> Section:
    title, sorted_by, _ = SECTIONS[key]
    notes = {"first-read": _first_read, "unread": _unread}.get(key)
    return Section(
        key=key,
        title=title,
        sorted_by=sorted_by,
        sentences=_told_once(key, told),
        notes=() if notes is None else notes(news),
    )


ONCE = {"changed": (), "said": ("changed",), "one-origin": ()}  # told once in it, and not again where that tells it


def _told_once(key: str, told: dict[str, list[Told]]) -> tuple[Sentence, ...]:
    """A section's sentences. Where they tell claims one by one, a claim is told once, be it of two things at a time."""
    sentences = [t.sentence for t in told[key]]
    if key not in ONCE:
        return tuple(sentences)
    before = [t.sentence for other in ONCE[key] for t in told[other]]
    return tuple(s for s in _once([*before, *sentences]) if s not in before)


def _first_read(news: News) -> tuple[str, ...]:
    def note(r: Report) -> str:
        return f"{news.shelf.outlet(r)}, {in_words(r.published or 'undated')}: {r.title or r.name}"

    return tuple(note(r) for r in news.back_issues)


def _unread(news: News) -> tuple[str, ...]:
    def note(p: Problem) -> str:
        return f"{p.source} ({p.stage}, {p.code}): {p.detail}"

    told = tuple(note(p) for p in news.problems)
    others = len(news.unread) - len(told)
    return told if not others else (*told, f"{others} of other weeks: see onrecord status")
