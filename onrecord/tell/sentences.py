"""Claims, conflicts, due items → plain English sentences that cite them. Templates only; the gate checks each one."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import (
    Change,
    Claim,
    Conflict,
    DateValue,
    Directness,
    Due,
    DueState,
    EventValue,
    HedgeLoss,
    Modality,
    Origins,
    Polarity,
    Position,
    StateValue,
    TextValue,
)
from onrecord.tell.gate import Sentence
from onrecord.tell.quotes import quoted as in_marks
from onrecord.tell.shelf import Shelf
from onrecord.tell.support import FIRM, Support, bounds, support
from onrecord.tell.support import in_words as in_words_of
from onrecord.tell.times import in_words

MAX_WORDS = 300  # characters of evidence; a longer one is cut at a blank and ends in an ellipsis

SAYS = {  # modality -> the verb of a speaker, the verb of an outlet in its own voice
    Modality.ASSERTED: ("said", "reports"),
    Modality.PLANNED: ("said", "reports"),  # how firmly stands in brackets: who says "will" need not be who plans
    Modality.ORDERED: ("ordered", "reports"),
    Modality.PREDICTED: ("said", "reports"),
    Modality.POSSIBLE: ("said", "reports"),
    Modality.DOUBTED: ("doubted", "doubts"),
    Modality.DENIED: ("denied", "denies"),
}
MODAL = {  # modality -> how the value reads in brackets
    Modality.ASSERTED: "{}",
    Modality.PLANNED: "planned: {}",
    Modality.ORDERED: "ordered: {}",
    Modality.PREDICTED: "expected: {}",
    Modality.POSSIBLE: "possible: {}",
    Modality.DOUBTED: "doubted: {}",
    Modality.DENIED: "denied: {}",
}
TOLD = {  # state of a promise whose day has come -> what the record has of it
    DueState.MET: "a later report says that it happened",
    DueState.WITHDRAWN: "it was taken back",
}


def said(claim: Claim, shelf: Shelf, *, position: Position | None = None) -> Sentence:
    """Who said it through whom, in which words, how firmly, on how many origins, where and when it was published."""
    counted = None if position is None else shelf.origins(position.id)
    where = f"{shelf.outlet(shelf.reports[claim.report])}, {shelf.day(claim)}"
    about = [about_value(claim, shelf), *origin_words(counted, shelf), where]
    text = f"{quoted(claim, shelf)} ({'; '.join(a for a in about if a)})."
    return Sentence(text=capital(text), claims=(claim.id,), figures=origin_figures(counted, shelf))


def quoted(claim: Claim, shelf: Shelf) -> str:
    """`Transport Minister Ada Venn said, through the Orlan News Agency, according to Ida Brandt: “…”`."""
    via, told_by = shelf.via(claim), shelf.told_by(claim)
    through = f", through {' and '.join(via)}" if via else ""
    according = f", according to {' and '.join(told_by)}" if told_by else ""
    return f"{shelf.speaker(claim)} {verb(claim, shelf)}{through}{according}: {in_marks(shelf.words(claim), MAX_WORDS)}"


def verb(claim: Claim, shelf: Shelf) -> str:
    """The verb for the modality; a denial where the quoted words are denied, not where they say no themselves."""
    kind = _kind(claim)
    statement = shelf.statements.get(claim.statement or "")
    if statement is not None and statement.directness is Directness.DIRECT and kind is Modality.ASSERTED:
        return "said"
    return SAYS[kind][0 if statement is not None else 1]


def _kind(claim: Claim) -> Modality:
    """The modality that the words around a quotation must tell: a "not" inside the quotation tells itself."""
    if not _negated(claim) or claim.modality is Modality.DOUBTED:
        return claim.modality
    if says_no_itself(claim):
        return Modality.ASSERTED
    return Modality.DENIED


def says_no_itself(claim: Claim) -> bool:
    """Whether a negated claim's own words hold the negation: "this does not threaten anyone"."""
    return _negated(claim) and any(e.start <= m.start and m.end <= e.end for m in claim.markers for e in claim.evidence)


def _negated(claim: Claim) -> bool:
    return claim.polarity is Polarity.NEGATIVE or claim.modality is Modality.DENIED


def about_value(claim: Claim, shelf: Shelf) -> str:
    """`Sandholm ropeway, opens: planned: 2031-06`; empty for an untyped claim, whose words are its value."""
    if shelf.typed(claim.property) is None:
        return modal_word(claim) if _kind(claim) is not Modality.ASSERTED else ""
    scope = f" ({claim.scope})" if claim.scope else ""
    subject = shelf.name(claim.subject)
    lead = f"{subject}, " if subject else ""
    told = modal(claim, shelf)
    if isinstance(claim.value, TextValue | StateValue) and shelf.value(claim.value) in shelf.words(claim):
        told = "" if _kind(claim) is Modality.ASSERTED else modal_word(claim)
    holds = in_words(claim.holds_at or "")
    when = f", {holds}" if holds and holds not in told else ""
    colon = ": " if told else ""
    return f"{lead}{claim.property.replace('_', ' ')}{scope}{colon}{told}{when}"


def modal(claim: Claim, shelf: Shelf) -> str:
    """The value with its modality: `planned: 2031-06`, `denied: 3 km`."""
    if says_no_itself(claim):
        return f"not {shelf.value(claim.value)}"
    return MODAL[_kind(claim)].format(shelf.value(claim.value))


def origin_words(counted: Origins | None, shelf: Shelf) -> list[str]:
    """`one origin`, `at least 1, at most 2 origins`; counted apart where some say it and others that it may be.

    Where all say it in one way, the value beside it tells that already.
    """
    found = supports(counted, shelf)
    if counted is None or len(found) < 2:
        return [] if counted is None else [bounds(counted.low, counted.high)]
    return [in_words_of(found, counted.low, counted.high)]


def supports(counted: Origins | None, shelf: Shelf) -> tuple[Support, ...]:
    return () if counted is None else support(counted, {c: shelf.claims[c].modality for c in counted.claims})


def origin_figures(counted: Origins | None, shelf: Shelf) -> tuple[str, ...]:
    """The counts that `origin_words` may tell."""
    if counted is None:
        return ()
    apart = [str(n) for x in supports(counted, shelf) for n in (x.low, x.high)]
    return tuple(dict.fromkeys((str(counted.low), str(counted.high), *apart)))


def changed(change: Change, shelf: Shelf, claim: Claim) -> Sentence:
    """What followed what, why that is no contradiction, and who said the new one."""
    before, after = shelf.positions[change.before], shelf.positions[change.after]
    old = shelf.claims[before.claims[0]]
    counted = shelf.origins(after.id)
    text = (
        f"{subject_of(after, shelf)}: {modal(old, shelf)}{_at(before)} became {modal(claim, shelf)}{_at(after)}"
        f" ({'; '.join([change.why, *origin_words(counted, shelf)])}). {capital(quoted(old, shelf))}."
        f" {capital(quoted(claim, shelf))}."
    )
    return Sentence(text=text, claims=(old.id, claim.id), figures=origin_figures(counted, shelf))


def _at(position: Position) -> str:
    """When the value holds; of a date it would only say when the plan stood."""
    return (
        f" ({in_words(position.holds_at)})" if position.holds_at and not isinstance(position.value, DateValue) else ""
    )


def subject_of(position: Position, shelf: Shelf) -> str:
    """`Sandholm ropeway, opens`."""
    scope = f" ({position.scope})" if position.scope else ""
    return ", ".join(x for x in (shelf.name(position.subject), position.property.replace("_", " ") + scope) if x)


def contested(conflict: Conflict, shelf: Shelf) -> Sentence:
    """What is contested, of what kind, since when, and what each side that took part last says, oldest first."""
    claims = [shelf.claims[c] for c in conflict.turns[-1].claims]
    since = next((t.on for t in conflict.turns if t.on), None)
    opened = f", since {since}" if since else ""
    what = f"contested ({conflict.kind.value}{opened})" if conflict.exclusive else f"differing accounts{opened}"
    told = " — ".join(f"{quoted(c, shelf)} ({modal(c, shelf)}; {shelf.day(c)})" for c in claims)
    text = f"{subject_of(shelf.positions[conflict.positions[0]], shelf)}, {what}: {told}."
    return Sentence(text=text, claims=tuple(c.id for c in claims), figures=(since,) if since else ())


def fell_due(due: Due, by: str, claim: Claim, shelf: Shelf, *, put_off: Claim | None, slips: int) -> Sentence:
    """A promise whose day came: who promised it in which words, and what the record has of it since."""
    what = TOLD.get(due.state, "no report on record says that it happened")
    new = "" if put_off is None else in_words(promised(put_off) or "no date")
    later = "" if put_off is None else f"; put off to {new} ({shelf.day(put_off)})"
    by = in_words(by)
    before = f"; it had slipped {times(slips)} before" if slips else ""
    text = f"Fell due {by}: {quoted(claim, shelf)} (planned by {by}; {what}{before}{later}; {shelf.day(claim)})."
    claims = (claim.id,) if put_off is None else (claim.id, put_off.id)
    if put_off is not None:
        text += f" {capital(quoted(put_off, shelf))}."
    return Sentence(text=text, claims=tuple(dict.fromkeys(claims)), figures=(by, str(slips)))


def slipped(due: Due, old: str, new: str, claim: Claim, shelf: Shelf, *, slips: int) -> Sentence:
    """A date put off: from when to when, in whose words, and for which time."""
    first = shelf.claims[min(due.claims, key=shelf.order)]
    old, new = in_words(old), in_words(new)
    text = (
        f"Slipped from {old} to {new}, {times(slips)} by now: {quoted(claim, shelf)}"
        f" (planned; {shelf.day(claim)}). First promised: {quoted(first, shelf)} ({shelf.day(first)})."
    )
    claims = tuple(dict.fromkeys((claim.id, first.id)))
    return Sentence(text=text, claims=claims, figures=(old, new, str(slips)))


def promised(claim: Claim) -> str | None:
    """The date that a promise gives: its value, or when it is to hold."""
    value = claim.value
    return value.date if isinstance(value, DateValue | EventValue) and value.date is not None else claim.holds_at


def times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def one_origin(position: Position, shelf: Shelf, claims: Sequence[Claim]) -> Sentence:
    """How many reports carry what one origin said."""
    reports = len({shelf.claims[c].report for c in position.claims})
    counted = shelf.origins(position.id)
    claim = claims[0]
    soft, how = softly(position, shelf)
    carried = f"{reports} reports carry it" + (f", {soft} of them only as {how}" if soft else "")
    about = [about_value(claim, shelf), carried, *origin_words(counted, shelf), shelf.day(claim)]
    text = f"{capital(quoted(claim, shelf))} ({'; '.join(a for a in about if a)})."
    return Sentence(text=text, claims=(claim.id,), figures=(str(reports), str(soft), *origin_figures(counted, shelf)))


def softly(position: Position, shelf: Shelf) -> tuple[int, str]:
    """How many reports that carry a position say it less firmly than others do, and how; 0 where all are alike."""
    claims = [shelf.claims[c] for c in position.claims]
    firm = {c.report for c in claims if c.modality in FIRM}
    soft = [c for c in claims if c.report not in firm] if firm else []
    return len({c.report for c in soft}), " or ".join(
        dict.fromkeys(m.value for m in Modality for c in soft if c.modality is m)
    )


def hedge_lost(loss: HedgeLoss, shelf: Shelf) -> Sentence:
    """The hedged words, and the words without the hedge."""
    first, bare = shelf.claims[loss.claims[0]], shelf.claims[loss.lost_at]
    text = (
        f"“{loss.marker}” fell off: {quoted(first, shelf)} ({modal(first, shelf)}; {shelf.day(first)});"
        f" then {quoted(bare, shelf)} ({modal(bare, shelf)}; {shelf.day(bare)})."
    )
    return Sentence(text=text, claims=(first.id, bare.id))


def withdrawn(claim: Claim, shelf: Shelf, edited: str) -> Sentence:
    """What an edited report no longer says."""
    outlet = shelf.outlet(shelf.reports[claim.report])
    text = (
        f"{outlet} edited its report ({edited}) and no longer has: {quoted(claim, shelf)}"
        f" ({'; '.join(x for x in (about_value(claim, shelf), shelf.day(claim)) if x)})."
    )
    return Sentence(text=capital(text), claims=(claim.id,), figures=(edited,))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def plainly(claims: Sequence[str], shelf: Shelf) -> Sentence:
    """Bare quotations with their modality: what is left to say where the gate refused more."""
    found = [shelf.claims[c] for c in claims]
    text = " ".join(f"{capital(quoted(c, shelf))} ({modal_word(c)})." for c in found)
    return Sentence(text=text, claims=tuple(claims))


def modal_word(claim: Claim) -> str:
    """`asserted`, `planned`; `denied` where it is negated."""
    return (Modality.DENIED if _negated(claim) else claim.modality).value
