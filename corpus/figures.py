"""How much there is and how diverse it is: `python -m corpus.figures`, counted anew each time, PolNeAR train beside it.

PolNeAR is counted where it is at hand (`../shared/bench/polnear`); only counts of it are printed. Both columns are
counted by the same functions from text and spans; what PolNeAR does not mark stands as a dash.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.check import ARTICLES, files
from onrecord.marked import Article, load

POLNEAR = Path(__file__).resolve().parent.parent.parent / "shared" / "bench" / "polnear" / "train.jsonl.gz"
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
GRAM = 5  # words in a row: more than chance in two invented articles
CURVE = (10_000, 20_000, 50_000, 100_000)
PER = 1_000  # attributions, for distinct cues: the number grows with the sample, so equal samples are compared
PRONOUNS = {
    "he", "she", "they", "it", "i", "we", "you", "who", "him", "her", "them", "us", "me", "that", "this", "those",
    "these", "many", "some", "others", "both", "all", "one",
}  # fmt: skip
CUE_KINDS = (  # first that matches
    ("said, says, say, saying", re.compile(r"\b(?:said|says|say|saying)\b")),
    ("told, tells, tell, telling", re.compile(r"\b(?:told|tells|tell|telling)\b")),
    ("according to", re.compile(r"\baccording to\b")),
    ("a colon or another sign alone", re.compile(r"^\W+$")),
    ("others", re.compile(r".", re.DOTALL)),
)
FORMS = ("pronoun", "with a name", "group", "office or description", "none")
PLURALS = {"people", "police", "men", "women", "children", "staff", "crew", "majority", "public"}
GENRES = (  # family, words in the genre's name; first that matches
    ("state media", "state"), ("opposition", "opposition"), ("transcript, interview", "transcript interview"),
    ("press release", "release"), ("live blog", "live blog"), ("translated, rewritten", "translat rewrit"),
    ("aggregator", "aggregator"), ("column, sketch", "column opinion sketch"),
    ("feature", "feature profile obituary magazine"), ("analysis, investigation", "analysis investigation fact"),
    ("wire, news, report", ""),
)  # fmt: skip
TOPICS = (
    ("courts, police", "court police crime corruption justice fraud inquest law"),
    ("defence", "defence defense security arms army navy military"),
    ("diplomacy", "diplom foreign sanction border summit treaty"),
    ("sport", "sport football match rowing racing"),
    ("health", "health hospital medic"),
    ("science, technology", "scien tech universit research space environment climate energy nature"),
    (
        "economy, labour",
        "econom business labour labor trade bank industr farm agric consumer budget tax fish hous market",
    ),
    ("accidents, weather", "accident weather disaster flood fire storm shipping"),
    ("culture, media", "cultur media religion art music book school educ food travel history film theat"),
    ("politics", "politic election parliament council city hall local govern state"),
    ("other", ""),
)


@dataclass(frozen=True)
class Said:
    """One attribution as words: no source is None; the sort is None where it is not marked."""

    source: str | None
    cue: str
    sort: str | None = None


@dataclass(frozen=True)
class Text:
    """An article as words and attributions."""

    id: str
    words: tuple[str, ...]
    said: tuple[Said, ...]
    genre: str | None = None
    topic: str | None = None


def as_text(a: Article) -> Text:
    said = tuple(
        Said(
            " ".join(a.words(*a.of("s", x.number)).split()) or None,
            " ".join(a.words(*a.of("c", x.number)).casefold().split()),
            x.sort,
        )
        for x in a.attributions
    )
    return Text(a.id, split(a.text), said, family(a.header["genre"], GENRES), family(a.header["topic"], TOPICS))


def polnear(path: Path = POLNEAR) -> list[Text]:
    """PolNeAR's training part, for its counts; empty where it is not at hand."""
    if not path.exists():
        return []
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = row["text"]

            def words(spans: list[list[int]], text: str = text) -> str:
                return " … ".join(" ".join(text[s:e].split()) for s, e in spans)

            said = tuple(Said(words(r["source"]) or None, words(r["cue"]).casefold()) for r in row["relations"])
            out.append(Text(row["id"], split(text), said))
    return out


def split(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.casefold()))


def family(name: str, table: Sequence[tuple[str, str]]) -> str:
    """The first family of the table that has a word in the name; the last takes the rest."""
    low = name.casefold()
    return next((kind for kind, words in table if any(w in low for w in words.split())), table[-1][0])


# ---------------------------------------------------------------- counts


def mixed(texts: Sequence[Text]) -> list[Text]:
    """The texts in an order that has nothing to do with who wrote them: by a hash of the id."""
    return sorted(texts, key=lambda t: hashlib.sha256(t.id.encode()).hexdigest())


def all_said(texts: Sequence[Text]) -> list[Said]:
    return [s for t in mixed(texts) for s in t.said]


def distinct_cues(texts: Sequence[Text], per: int = PER) -> float:
    """Mean number of distinct cue strings in samples of `per` attributions."""
    cues = [s.cue for s in all_said(texts) if s.cue]
    samples = [cues[i : i + per] for i in range(0, len(cues) - per + 1, per)] or [cues]
    return sum(len(set(s)) for s in samples) / len(samples)


def entropy(texts: Sequence[Text], of: int | None = None) -> float:
    """Bits of one cue, over the first `of` attributions: 0 where all have one cue."""
    counts = Counter([s.cue for s in all_said(texts) if s.cue][:of])
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values()) if total else 0.0


def cue_kind(cue: str) -> str:
    """The first of `CUE_KINDS` that it is, or none."""
    return next((kind for kind, form in CUE_KINDS if form.search(cue)), "none")


def source_form(source: str | None) -> str:
    """What stands as source, by its surface alone: `FORMS`."""
    if source is None:
        return "none"
    words = WORD.findall(source)
    if not words or (len(words) == 1 and words[0].casefold() in PRONOUNS):
        return "pronoun" if words else "none"
    if any(w[0].isupper() for w in words[1:]) or (words[0][0].isupper() and len(words) == 1):
        return "with a name"
    head = re.split(r",| of | in | at | from | with | who | on | for ", source)[0].split()
    last = head[-1].casefold().strip(".") if head else ""
    plural = last in PLURALS or (last.endswith("s") and not last.endswith(("ss", "us", "is", "'s", "’s")))
    return "group" if plural else "office or description"


def curve(texts: Sequence[Text], sizes: Sequence[int] = CURVE) -> list[int | None]:
    """Distinct words in the first so many words, articles mixed; None where there are fewer."""
    flat = [w for t in mixed(texts) for w in t.words]
    return [len(set(flat[:n])) if len(flat) >= n else None for n in sizes]


def overlaps(texts: Sequence[Text], gram: int = GRAM) -> tuple[float, float]:
    """Of the n-grams of an article: the largest share found in one other, and the mean share found in any other."""
    grams = [{t.words[i : i + gram] for i in range(len(t.words) - gram + 1)} for t in texts]
    where: dict[tuple[str, ...], list[int]] = {}
    for i, found in enumerate(grams):
        for g in found:
            where.setdefault(g, []).append(i)
    shared: Counter[tuple[int, int]] = Counter()
    anywhere: Counter[int] = Counter()
    for places in (p for p in where.values() if len(p) > 1):
        anywhere.update(places)
        shared.update((x, y) for n, x in enumerate(places) for y in places[n + 1 :])
    most = max((n / max(1, min(len(grams[x]), len(grams[y]))) for (x, y), n in shared.items()), default=0.0)
    return most, sum(anywhere.values()) / max(1, sum(map(len, grams)))


# ---------------------------------------------------------------- the table

Row = tuple[str, str]


def share(n: int, total: int) -> str:
    return f"{n / total:.1%}" if total else "–"


def rows(texts: Sequence[Text]) -> list[Row]:
    """The figures that can be counted of any text with sources and cues."""
    said, words = all_said(texts), sum(len(t.words) for t in texts)
    cues = Counter(s.cue for s in said if s.cue)
    kinds, forms = Counter(cue_kind(s.cue) for s in said), Counter(source_form(s.source) for s in said)
    once = sum(n for n in cues.values() if n == 1)
    most, mean = overlaps(texts)
    out = [
        ("articles", f"{len(texts):,}"),
        ("words", f"{words:,}"),
        ("words an article", f"{words / max(1, len(texts)):.0f}"),
        ("attributions", f"{len(said):,}"),
        ("attributions per 400 words", f"{400 * len(said) / max(1, words):.1f}"),
        ("distinct cues, all", f"{len(cues):,}"),
        (f"distinct cues in {PER:,} attributions", f"{distinct_cues(texts):.0f}"),
        ("cues that occur once, of all distinct", share(once, len(cues))),
        (f"entropy of the cue, {5 * PER:,} attributions", f"{entropy(texts, 5 * PER):.2f} bits"),
        ("cue is exactly “said”", share(cues["said"], len(said))),
    ]
    out += [(f"cue: {kind}", share(kinds[kind], len(said))) for kind in (*(k for k, _ in CUE_KINDS), "none")]
    out += [(f"source: {form}", share(forms[form], len(said))) for form in FORMS]
    out += [
        (f"distinct words in {n:,}", "–" if found is None else f"{found:,}")
        for n, found in zip(CURVE, curve(texts), strict=True)
    ]
    return [
        *out,
        (f"{GRAM}-grams shared with one other article, most", f"{most:.1%}"),
        (f"{GRAM}-grams found in any other article", f"{mean:.1%}"),
    ]


def own_rows(articles: Sequence[Article]) -> list[Row]:
    """What only our own articles mark."""
    said = [x for a in articles for x in a.attributions]
    sorts, anonymity = Counter(x.sort for x in said), Counter(x.anonymity for x in said)
    layers = {"names": "n", "quantities": "q", "dates": "d", "modality words": "m", "intermediaries": "v"}
    contents = [len(a.of("k", x.number)) for a in articles for x in a.attributions]
    claimed = Counter(c.modality for a in articles for c in a.claims)
    return [
        *((f"sort: {s}", share(n, len(said))) for s, n in sorts.most_common()),
        *((f"anonymity: {s}", share(n, len(said))) for s, n in anonymity.most_common()),
        ("nested in another content", share(sum(x.inside is not None for x in said), len(said))),
        ("content in two or more pieces", share(sum(n > 1 for n in contents), len(said))),
        *((name, f"{sum(len(a.of(tag)) for a in articles):,}") for name, tag in layers.items()),
        ("claims", f"{sum(claimed.values()):,}"),
        *((f"claims: {m}", share(n, sum(claimed.values()))) for m, n in claimed.most_common()),
    ]


def density(texts: Sequence[Text], by: Callable[[Text], str | None]) -> list[tuple[str, int, int, float]]:
    """(kind, articles, words, attributions per 400 words), most articles first."""
    kinds: dict[str, list[Text]] = {}
    for t in texts:
        kinds.setdefault(by(t) or "–", []).append(t)
    out = []
    for kind, found in kinds.items():
        words = sum(len(t.words) for t in found)
        out.append((kind, len(found), words, 400 * sum(len(t.said) for t in found) / max(1, words)))
    return sorted(out, key=lambda r: (-r[1], r[0]))


def crossed(texts: Sequence[Text]) -> list[list[str]]:
    """Genres × topics: a heading row, then one row a genre."""
    counts = Counter((t.genre, t.topic) for t in texts)
    genres = [g for g, _ in Counter(t.genre for t in texts).most_common()]
    topics = [x for x, _ in Counter(t.topic for t in texts).most_common()]
    head = ["", *map(str, topics)]
    return [head, *([str(g), *(str(counts[g, t] or "·") for t in topics)] for g in genres)]


def table(found: Sequence[Sequence[str]]) -> str:
    head, *body = found
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *(f"| {' | '.join(r)} |" for r in body)]
    return "\n".join(lines)


def report(paths: Sequence[Path], beside: Path = POLNEAR) -> str:
    """Every table, as Markdown."""
    articles = [load(p) for p in paths]
    texts, other = [as_text(a) for a in articles], polnear(beside)
    left, right = rows(texts), [v for _, v in rows(other)] if other else []
    heading = ["", "this corpus", *(["PolNeAR train"] if other else [])]
    both = [[name, value, *right[i : i + 1]] for i, (name, value) in enumerate(left)]
    both += [[name, value, *(["–"] if other else [])] for name, value in own_rows(articles)]
    skipped = [] if other else ["PolNeAR is not at hand (../shared/bench/polnear): its column is skipped.\n"]
    dense = [[kind, str(n), f"{words:,}", f"{d:.1f}"] for kind, n, words, d in density(texts, lambda t: t.genre)]
    return "\n".join(
        [
            *skipped,
            table([heading, *both]),
            "",
            table([["genre", "articles", "words", "attributions per 400 words"], *dense]),
            "",
            table(crossed(texts)),
        ]
    )


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m corpus.figures", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[ARTICLES])
    parser.add_argument("--polnear", type=Path, default=POLNEAR, help="PolNeAR's training part, .jsonl.gz")
    a = parser.parse_args(argv)
    found = files(a.folders)
    if not found:
        print("no articles there", file=sys.stderr)
        return 1
    print(report(found, a.polnear))
    return 0


if __name__ == "__main__":
    sys.exit(main())
