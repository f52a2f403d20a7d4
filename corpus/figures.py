"""How much there is and how diverse it is: `python -m corpus.figures`, counted from the articles each time."""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

from corpus.check import ARTICLES, files
from corpus.parse import Article, load

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
GRAM = 5  # words in a row: more than chance in two invented articles


def figures(paths: list[Path]) -> dict[str, float]:
    """Counts, distinct cues, share of plain "said", type-token curve, and how much articles share."""
    articles = [load(p) for p in paths]
    words = [WORD.findall(a.text.casefold()) for a in articles]
    cues = Counter(" ".join(a.text[m.start : m.end].casefold().split()) for a in articles for m in a.of("c"))
    total, count = sum(map(len, words)), sum(cues.values())
    flat = [w for text in words for w in text]
    return {
        "articles": len(articles),
        "words": total,
        "attributions": sum(len(a.attributions) for a in articles),
        "claims": sum(len(a.claims) for a in articles),
        "names": sum(len(a.of("n")) for a in articles),
        "quantities": sum(len(a.of("q")) for a in articles),
        "dates": sum(len(a.of("d")) for a in articles),
        "distinct cues": len(cues),
        "share of said": round((cues["said"] + cues["says"]) / max(1, count), 3),
        "types per 10,000 words": len(set(flat[:10000])),
        "types per 50,000 words": len(set(flat[:50000])) if len(flat) >= 50000 else 0,
        "attributions per 400 words": round(400 * sum(len(a.attributions) for a in articles) / max(1, total), 1),
        "sources that are pronouns": round(pronouns(articles), 3),
        "nested attributions": sum(x.inside is not None for a in articles for x in a.attributions),
        f"largest share of {GRAM}-grams in common": round(largest_overlap(words), 3),
    }


def pronouns(articles: list[Article]) -> float:
    sources = [a.text[m.start : m.end].casefold() for a in articles for m in a.of("s")]
    plain = {"he", "she", "they", "it", "i", "we", "who"}
    return sum(s in plain for s in sources) / max(1, len(sources))


def largest_overlap(words: list[list[str]]) -> float:
    """The largest containment of one article's word n-grams in another's."""
    grams = [{tuple(w[i : i + GRAM]) for i in range(len(w) - GRAM + 1)} for w in words]
    return max((len(a & b) / max(1, min(len(a), len(b))) for a, b in combinations(grams, 2)), default=0.0)


def main() -> None:
    for name, value in figures(files([Path(x) for x in sys.argv[1:]] or [ARTICLES])).items():
        print(f"{name:36} {value}")


if __name__ == "__main__":
    main()
