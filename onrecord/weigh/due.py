"""Told claims → due items: what is to happen by when, who said so, how the date moved, and whether it came.

A promise is a planned, ordered or predicted claim with a date, or a plan or order without one on a property of the
beat. Its date is the claim's date value, or holds-at; never the publication date, which only says when the promise
stood in public. A date that had passed when it was told is no promise. Promises on one subject and property are one
item where they are about one date property ("opens": 2031-06, then 2031-09), one value, or one wording apart from
its dates.

Promises that no property of the beat tells are one item, too, where subject and gist are the same: "will begin in
March" and "is due to begin in May" of the same works.

A slip is a later date given later, by a plan or by the same speaker. See docs/decisions/072-due.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord import edtf
from onrecord.ids import content_id
from onrecord.records import (
    DateValue,
    Due,
    DueState,
    EventValue,
    Modality,
    MoneyValue,
    QuantityValue,
    StateValue,
    TextValue,
    Value,
)
from onrecord.weigh.change import meets, puts_off
from onrecord.weigh.gist import gist, named, whole
from onrecord.weigh.positions import Item, group_items
from onrecord.weigh.told import Ground, Key, Side, Told
from onrecord.weigh.values import compatible
from onrecord.weigh.wording import undated

PUT_OFF = "delayed"  # the open property of "was postponed until June"


@dataclass(frozen=True)
class Course:
    """How a date moved: the claim that set the date now standing, and the slips before it."""

    last: Told
    by: str | None
    slips: tuple[tuple[str, str], ...]


def dues(found: Sequence[Told], ground: Ground) -> tuple[Due, ...]:
    """All due items, sorted by their first claim."""
    promises: dict[Key, list[Told]] = defaultdict(list)
    others: dict[Key, list[Told]] = defaultdict(list)
    for t in found:
        (promises if is_promise(t, ground) else others)[t.key].append(t)
    groups = [group for all_of_key in promises.values() for group in _grouped(all_of_key, ground)]
    groups = [[*group, *_put_off(group, found, ground)] for group in _joined(groups, ground)]
    made = [
        (group[0].order, _due(group, [t for key in dict.fromkeys(x.key for x in group) for t in others[key]], ground))
        for group in groups
        if not all(_only_from(t) for t in group)
    ]
    return tuple(due for _, due in sorted(made, key=lambda pair: (pair[0], pair[1].id)))


def is_promise(t: Told, ground: Ground) -> bool:
    """Whether a claim says that something is to happen, and did not say so of a time already past.

    Without a date only a plan or an order on a property of the beat counts: of an untyped "will" without a date nobody
    can ask when it falls due.
    """
    if t.side is not Side.AHEAD:
        return False
    by = by_date(t)
    if by is None:
        figure = isinstance(t.value, QuantityValue | MoneyValue)  # "will cost 40 million": nothing falls due
        return t.claim.modality is not Modality.PREDICTED and ground.typed(t.claim.property) is not None and not figure
    last = edtf.last_day(by)
    return t.stood is None or last is None or last >= t.stood


def by_date(t: Told) -> str | None:
    """The date by which it is to happen, as the words give it."""
    value = t.value
    if isinstance(value, DateValue):
        return value.date
    if isinstance(value, EventValue) and value.date is not None:
        return value.date
    return t.claim.holds_at


def _only_from(t: Told) -> bool:
    """Whether only the earliest day is given: "cannot open before June" promises nothing by itself."""
    return (by_date(t) or "").endswith("/..")


def _grouped(promises: Sequence[Told], ground: Ground) -> list[list[Told]]:
    """Promises of one key that are about one thing, each group in order of publication."""
    items: dict[Item, list[Told]] = defaultdict(list)
    for t in promises:
        items[_what(t.value), None].append(t)
    groups = group_items(items, ground.tolerance(promises[0].claim.property))
    return [sorted((t for i in group for t in items[i]), key=lambda t: t.order) for group in groups]


def _joined(groups: Sequence[list[Told]], ground: Ground) -> list[list[Told]]:
    """Groups of one subject and one gist together, of properties that no beat names: one plan told twice in a report,
    or in words and by its figure, is one promise. The claim that leads is the first that is more than words."""
    out: list[list[Told]] = []
    place: dict[tuple[str, frozenset[str]], int] = {}
    for group in sorted(groups, key=lambda g: (g[0].order, g[0].id)):
        keys = {k for t in group if (k := _told_of(t, ground)) is not None}
        met = sorted({place[k] for k in keys if k in place})
        into = met[0] if met else len(out)
        if not met:
            out.append([])
        out[into].extend(group)
        for other in met[1:]:
            out[into].extend(out[other])
            out[other] = []
        place.update(dict.fromkeys([*keys, *(k for k, n in place.items() if n in met)], into))
    return [sorted(g, key=lambda t: (isinstance(t.value, TextValue), t.order)) for g in out if g]


def _put_off(group: Sequence[Told], found: Sequence[Told], ground: Ground) -> list[Told]:
    """The claims without a property of the beat that tell a new day for what is promised: "the opening of the pier was
    delayed until June" of "the pier will open in May". What is put off has no word that the promise lacks."""
    promised = [t for t in group if t.subject is not None and ground.typed(t.claim.property) is None]
    keys = {frozenset(whole(t, ground.reports.get(t.claim.report))) for t in promised}
    about = {frozenset(named(t, ground.reports.get(t.claim.report))) for t in promised}
    return [
        t
        for t in found
        if t.claim.property == PUT_OFF and isinstance(t.value, EventValue) and t.value.date is not None
        and t.side in (Side.HELD, Side.AHEAD) and t.withdrawn is None and ground.typed(PUT_OFF) is None
        for theme in [named(t, ground.reports.get(t.claim.report))]
        if any(theme <= key for key in keys) and any(subject and subject < theme for subject in about)
    ]  # fmt: skip


def _told_of(t: Told, ground: Ground) -> tuple[str, frozenset[str]] | None:
    """Subject and gist of a promise that no property of the beat tells."""
    if t.subject is None or ground.typed(t.claim.property) is not None:
        return None
    found = gist(t, ground.reports.get(t.claim.report))
    return (t.subject, found) if found else None


def _what(value: Value) -> Value:
    """The thing promised without its date."""
    if isinstance(value, DateValue):
        return TextValue(text="")
    if isinstance(value, EventValue):
        return EventValue(entity=value.entity, date=None, place=value.place)
    if isinstance(value, TextValue):
        return TextValue(text=undated(value.text))
    return StateValue(state=undated(value.state)) if isinstance(value, StateValue) else value


def _due(group: Sequence[Told], others: Iterable[Told], ground: Ground) -> Due:
    live = [t for t in group if t.withdrawn is None] or list(group)
    course = _course(live)
    subject, name, scope = group[0].key
    return Due(
        id=content_id("due", subject, name, scope, group[0].id),
        subject=subject,
        property=name,
        what=ground.words(course.last),
        by=course.by,
        claims=tuple(t.id for t in group),
        slips=course.slips,
        speakers=tuple(dict.fromkeys(t.speaker for t in group if t.named)),
        state=_state(group, course, list(others), ground.today),
    )


def _course(live: Sequence[Told]) -> Course:
    """The dates in the order they were given: later ones slip, narrower ones refine, earlier ones by the same speaker
    bring forward."""
    ordered = sorted(live, key=lambda t: (t.stood or date.max, t.order))
    last, by, slips = ordered[0], by_date(ordered[0]), list[tuple[str, str]]()
    for t in ordered[1:]:
        new = by_date(t)
        if new is None or new == by:
            continue
        if by is None:
            last, by = t, new
        elif _later(by, new):
            if puts_off(last, t):
                slips.append((by, new))
                last, by = t, new
        elif _replaces(by, new, last, t):
            last, by = t, new
    return Course(last, by, tuple(slips))


def _later(old: str, new: str) -> bool:
    """Whether `new` begins after `old` has ended."""
    end, start = edtf.last_day(old), edtf.first_day(new) or edtf.last_day(new)
    return end is not None and start is not None and start > end


def _replaces(old: str, new: str, last: Told, t: Told) -> bool:
    """Whether a date that is not later is the one that now stands: narrower, or brought forward by a later word."""
    x, y = edtf.days(old), edtf.days(new)
    if y is None or x is None:
        return x is None and y is not None
    if edtf.overlap(old, new):
        return (y[1] or date.max) < (x[1] or date.max) or (y[0] or date.min) > (x[0] or date.min)
    return t.speaker == last.speaker and puts_off(last, t)


def _state(group: Sequence[Told], course: Course, others: Sequence[Told], today: date) -> DueState:
    if all(t.withdrawn is not None for t in group) or _taken_back(group, course, others):
        return DueState.WITHDRAWN
    if _met(group, course, others):
        return DueState.MET
    if course.by is None:
        return DueState.OPEN
    last = edtf.last_day(course.by)
    if last is None:
        known = DueState.SLIPPED if course.slips else DueState.OPEN
        return known if edtf.days(course.by) is not None else DueState.UNSURE
    if last < today:
        return DueState.OVERDUE if edtf.iso_week(last) != edtf.iso_week(today) else DueState.DUE
    if edtf.iso_week(last) == edtf.iso_week(today):
        return DueState.DUE
    return DueState.SLIPPED if course.slips else DueState.OPEN


def _met(group: Sequence[Told], course: Course, others: Iterable[Told]) -> bool:
    """Whether a later report asserts it: a date on which it happened, or the value promised, as a fact."""
    return any(
        t.withdrawn is None and t.side is Side.HELD and _fulfils(group[0], t) and not _too_early(course, t)
        for t in others
    )


def _too_early(course: Course, deed: Told) -> bool:
    """Whether a deed was told before the promise that now stands was made, or, before the day promised, with a day
    that was still to come: "put off from April to September" in May is no launch."""
    if deed.day is None:
        return False
    if course.slips and course.last.day is not None and deed.day < course.last.day:
        return True
    due, value = edtf.first_day(course.by), deed.value
    happened = value.date if isinstance(value, DateValue | EventValue) else deed.claim.holds_at
    last = edtf.last_day(happened)
    return due is not None and deed.day < due and last is not None and last > deed.day


def _fulfils(promise: Told, deed: Told) -> bool:
    if not meets(promise, deed) or deed.claim.report == promise.claim.report:
        return False
    if promise.day is not None and deed.day is not None and deed.day < promise.day:
        return False
    if isinstance(promise.value, DateValue):
        if not isinstance(deed.value, DateValue) or deed.day is None:
            return False
        happened = edtf.first_day(deed.value.date)
        return happened is not None and happened <= deed.day and (promise.day is None or happened >= promise.day)
    return compatible(_what(promise.value), _what(deed.value)) is True


def _taken_back(group: Sequence[Told], course: Course, others: Iterable[Told]) -> bool:
    """Whether one of those who promised said, after the last word, that it is not to be."""
    speakers = {t.speaker for t in group}
    return any(
        t.side is Side.AGAINST
        and t.withdrawn is None
        and t.speaker in speakers
        and t.order > course.last.order
        and _same_thing(t, course.last)
        for t in others
    )


def _same_thing(no: Told, promise: Told) -> bool:
    """Whether what is denied is what was promised; of a date whether it is that date, not one from which it moved."""
    if isinstance(no.value, DateValue):
        fit = compatible(no.value, promise.value)
        return fit is True or (fit is None and not no.takes_back)
    return compatible(_what(no.value), _what(promise.value)) is True
