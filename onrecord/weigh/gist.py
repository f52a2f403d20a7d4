"""A promise → what is promised, without its day, its hedge and whose it is: "will begin in March", "is due to begin"
and "the beginning is planned for March" have one gist."""

from __future__ import annotations

from onrecord.records import Passage, Report
from onrecord.weigh.told import Told
from onrecord.weigh.wording import tokens, undated, words

LEAST = 3  # letters of a stem
ENDINGS = ("ing", "ed", "es", "s", "e")


def gist(t: Told, report: Report | None) -> frozenset[str]:
    """Stems of the words of a promise that say what is promised; empty where nothing is left."""
    if report is None:
        return frozenset()
    date = [t.claim.holds_at_passage] if t.claim.holds_at_passage is not None else []
    subject = [t.claim.subject_passage] if t.claim.subject_passage is not None else []
    return _stems(_without(t, report, [*date, *subject])) or _stems(_without(t, report, date))


def whole(t: Told, report: Report | None) -> frozenset[str]:
    """Stems of all words of a claim but its date, with those of its subject."""
    date = [t.claim.holds_at_passage] if t.claim.holds_at_passage is not None else []
    return frozenset() if report is None else _stems(_without(t, report, date))


def named(t: Told, report: Report | None) -> frozenset[str]:
    """Stems of the words by which the subject of a claim is named."""
    p = t.claim.subject_passage
    return frozenset() if report is None or p is None else _stems(report.text[p.start : p.end])


def _without(t: Told, report: Report, cut: list[Passage]) -> str:
    """The evidence without some passages."""
    kept = []
    for e in t.claim.evidence:
        at = e.start
        for p in sorted(p for p in cut if p.start < e.end and e.start < p.end):
            kept.append(report.text[at : max(at, p.start)])
            at = max(at, p.end)
        kept.append(report.text[at : e.end])
    return " ".join(kept)


def _stems(text: str) -> frozenset[str]:
    empty = words("empty")
    figures = [w for w in tokens(text) if w[0].isdigit()]
    found = [w for w in undated(text).split() if w not in empty]
    return frozenset([*map(stem, found), *figures]) if found else frozenset()


def stem(word: str) -> str:
    """A word without the ending of its form: "opening", "opened", "opens" are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST and not word.endswith("ss"):
            cut = word[: -len(ending)]
            return cut[:-1] if len(cut) > LEAST and cut[-1] == cut[-2] and cut[-1] not in "lsz" else cut
    return word
