"""`python -m bench.open_claims` compares the claims read without a beat with the claims marked in our own corpus.

Of the figures that have a marked claim: how many have an open claim, how many of those are about the same thing, with
the same unit and modality. Of the events marked: how many are found. The marks name three to eight claims an article,
so what is found beside them is neither right nor wrong here; `--sample N` prints claims to be judged by a person.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bench.own_corpus import articles
from corpus.bare import of_article
from corpus.parse import Article, MarkedClaim
from onrecord.extract import extract
from onrecord.extract.lexicon import rows
from onrecord.records import Claim, EventValue, MoneyValue, QuantityValue, Reading

VALUE = re.compile(r"(?P<sign>[<>]=?|~)?\s*(?P<low>-?[\d.]+)(?:\.\.(?P<high>-?[\d.]+))?\s+(?P<unit>.+)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
WORD = re.compile(r"[^\W\d_]{3,}")
STEM = 5  # letters by which two forms of a word are told to be one
FILLERS = frozenset(
    (
        "the",
        "and",
        "count",
        "of",
        "share",
        "rise",
        "fall",
        "change",
        "value",
        "amount",
        "number",
        "its",
        "his",
        "her",
        "their",
    )
)
PEOPLE = frozenset(
    ("people", "person", "man", "woman", "soldier", "worker", "passenger", "student", "employee", "doctor")
)


@dataclass(frozen=True)
class Marked:
    """A marked claim of a figure with its numbers."""

    claim: MarkedClaim
    low: float
    high: float
    unit: str


def figures(a: Article) -> Iterator[Marked]:
    """The marked claims of figures whose value can be read."""
    for x in a.claims:
        m = VALUE.fullmatch(x.value) if x.kind == "q" else None
        numbers = NUMBER.findall(x.value.rsplit(" ", 1)[0].replace("..", " ")) if m is not None else []
        if m is not None and numbers:
            yield Marked(x, float(numbers[0]), float(numbers[-1]), m["unit"])


def same_value(c: Claim, m: Marked, a: Article) -> bool:
    """Whether a claim has the marked numbers and overlaps the marked evidence."""
    v, p = c.value, c.value_passage
    if not isinstance(v, QuantityValue | MoneyValue) or p is None or p.end <= m.claim.start or m.claim.end <= p.start:
        return False
    ends = {round(x, 3) for x in (v.low, v.high) if x is not None}
    return bool(ends) and ends <= {round(m.low, 3), round(m.high, 3)} | {round(m.low / 100, 3)}


def stems(words: str) -> set[str]:
    return {w.lower()[:STEM] for w in WORD.findall(words)} - {w[:STEM] for w in FILLERS}


def names(a: Article, key: str) -> str:
    """All words by which an article calls what a key stands for, and the key."""
    return " ".join([re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key), *(m_words(a, key))])


def m_words(a: Article, key: str) -> list[str]:
    return [a.text[m.start : m.end] for m in a.of("n") if key in m.value.split()[1:2]]


def about(c: Claim, reading: Reading, a: Article) -> set[str]:
    """Stems of what an open claim says it is about: subject and property."""
    name = next((r.name for r in reading.referents if r.id == c.subject), "")
    words = a.text[slice(*c.subject_passage)] if c.subject_passage is not None else ""
    return stems(f"{name} {words} {c.property} {c.scope or ''}")


def same_subject(c: Claim, m: Marked, reading: Reading, a: Article) -> bool:
    """Whether claim and mark share a word of what they are about: the marked subject, or the marked property."""
    ours, theirs = about(c, reading, a), stems(names(a, m.claim.subject)) | stems(m.claim.property)
    squeezed = re.sub(r"\W", "", m.claim.subject.lower())
    return bool(ours & theirs) or any(len(w) > 3 and w in squeezed for w in ours)


def same_unit(c: Claim, m: Marked) -> bool:
    v = c.value
    unit = (v.currency if isinstance(v, MoneyValue) else getattr(v, "unit", None)) or ""
    base = unit.partition("/")[0].split()[-1:] or [""]
    wanted = m.unit.partition("/")[0].split()[-1]
    return base[0] == wanted or ({base[0], wanted} <= PEOPLE)


def event_kinds() -> dict[str, str]:
    return {r["verb"][:STEM]: r["event"] for r in rows("events") if r["event"] not in ("met",)} | {
        "met": "met",
        "meet": "met",
    }


def marked_event(x: MarkedClaim) -> str | None:
    """The common kind of event that a marked claim's property names."""
    words = {w[:STEM].lower() for w in WORD.findall(f"{x.property} {x.value if x.kind == 't' else ''}")}
    return next((kind for stem, kind in sorted(event_kinds().items()) if stem in words), None)


def judge(test: bool, batches: set[str]) -> tuple[Counter[str], list[tuple[Article, Reading, Claim]], list[str]]:
    counts: Counter[str] = Counter()
    every: list[tuple[Article, Reading, Claim]] = []
    wrong: list[str] = []
    for a in articles(test=test):
        if batches and a.id.split("-")[0] not in batches:
            continue
        reading = extract(of_article(a))
        if reading.problems:
            raise SystemExit(f"{a.id}: {reading.problems[0].detail}")
        opened = [c for c in reading.claims if c.because.rule.startswith("open.")]
        counts["articles"] += 1
        counts["open claims"] += len(opened)
        counts["open events"] += sum(isinstance(c.value, EventValue) for c in opened)
        every += [(a, reading, c) for c in opened]
        for m in figures(a):
            counts["figures"] += 1
            found = [c for c in opened if same_value(c, m, a)]
            if not found:
                wrong.append(
                    f"none   {a.id} {m.claim.subject} | {m.claim.property} | {a.text[m.claim.start : m.claim.end]}"
                )
                continue
            counts["found"] += 1
            best = max(found, key=lambda c: (same_subject(c, m, reading, a), c.modality == m.claim.modality))
            counts["same subject"] += same_subject(best, m, reading, a)
            counts["same unit"] += same_unit(best, m)
            counts["same modality"] += best.modality == m.claim.modality
            counts["all"] += (
                same_subject(best, m, reading, a) and same_unit(best, m) and best.modality == m.claim.modality
            )
            if not same_subject(best, m, reading, a):
                words = a.text[slice(*best.subject_passage)] if best.subject_passage else ""
                ours = f"{words} | {best.property} | {best.because.rule}"
                wrong.append(f"about  {a.id} {m.claim.subject} | {m.claim.property} | ours {ours}")
        for x in a.claims:
            kind = marked_event(x) if x.kind != "q" else None
            if kind is None:
                continue
            counts["events"] += 1
            hit = any(
                c.property == kind and any(e.start < x.end and x.start < e.end for e in c.evidence) for c in opened
            )
            counts["events found"] += hit
            if not hit:
                wrong.append(f"event  {a.id} {x.subject} | {x.property} {x.value} | {a.text[x.start : x.end]}")
    return counts, every, wrong


def share(n: int, of: int) -> str:
    return f"{n / of:.3f}  ({n} of {of})" if of else "–"


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.open_claims", description=__doc__)
    parser.add_argument("--test", action="store_true", help="the tenth kept for testing")
    parser.add_argument("--batches", default="", help="only these batches, with commas")
    parser.add_argument(
        "--sample", type=int, default=0, help="print so many open claims, drawn at random, to judge by hand"
    )
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    o = parser.parse_args(argv)
    n, every, wrong = judge(o.test, set(filter(None, o.batches.split(","))))
    part = "test tenth" if o.test else "development part"
    print(f"{n['articles']} articles, {part}: {n['open claims']} open claims, {n['open events']} of them events")
    print("figures with a marked claim that have an open claim  ", share(n["found"], n["figures"]))
    for name in ("same subject", "same unit", "same modality", "all"):
        print(f"  of those: {name:14}", share(n[name], n["found"]))
    print("marked events of the ten kinds found                 ", share(n["events found"], n["events"]))
    if o.misses:
        print("\n".join(wrong))
    for a, reading, c in random.Random(1).sample(every, min(o.sample, len(every))):
        print(told(a, reading, c))
    return 0


def told(a: Article, reading: Reading, c: Claim) -> str:
    """One claim on three lines: what it says, and the sentence it says it of."""
    by = {r.id: r.name for r in reading.referents}
    words = a.text[slice(*c.subject_passage)] if c.subject_passage is not None else None
    v = c.value
    value = (
        a.text[slice(*c.value_passage)]
        if c.value_passage and not isinstance(v, EventValue)
        else (by.get(getattr(v, "entity", "")), getattr(v, "date", None), by.get(getattr(v, "place", "")))
    )
    start, end = c.evidence[0]
    near = a.text[max(0, start - 80) : start] + "[" + a.text[start:end] + "]" + a.text[end : end + 50]
    what = f"{by.get(c.subject or '')!r} {words!r} | {c.property} ({c.scope}) = {value}"
    firm = f"{c.modality} {c.polarity} {c.holds_at} {'statement' if c.statement else 'own voice'}"
    return f"{a.id} {c.because.rule} {c.because.score}: {what} | {firm}\n    {near!r}"


if __name__ == "__main__":
    sys.exit(main())
