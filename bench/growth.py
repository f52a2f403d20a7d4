"""How time and memory of finding copies grow: `python -m bench.growth [--large]`, invented reports, no data needed.

One report in five is a copy of another (cut, reordered, with lines dropped and a new head), one in ten is an exact
repetition, and every outlet prints its own furniture below all its stories. Printed: seconds, documents a second, the
power of n between neighbouring sizes, bytes a document at the peak above the texts themselves, the share of pairs that
are right and the share of planted copies found. Beside it, in the same run: containment of word 4-grams in plain Python
(bench/textreuse.py), and MinHash (rensa) where it is installed; the ratio of their times is printed. The peers are left
out at the large size, where they need gigabytes.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import sys
import time
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from random import Random

from bench.textreuse import rensa as minhash
from bench.textreuse import word_grams
from onrecord.trace.copies import reuses

Find = Callable[[list[str], list[str]], set[tuple[int, int]]]

SIZES = (1_000, 10_000)
LARGE = 100_000
OUTLETS = 40
SENTENCES = 24  # of about 12 words: a report of 300 words
SYLLABLES = [c + v for c in "bdfghklmnprstvwz" for v in ("a", "e", "i", "o", "u", "an", "er", "in", "os")]


def vocabulary(random: Random, n: int = 20_000) -> list[str]:
    return ["".join(random.choices(SYLLABLES, k=random.randint(1, 3))) for _ in range(n)]


def corpus(n: int, seed: int = 1) -> tuple[list[str], list[str], dict[int, int]]:
    """Texts, outlets, and for each copy the text it was made from. Words follow Zipf's law, as in any language."""
    random = Random(seed)
    words = vocabulary(random)
    weights = [1 / (rank + 3) for rank in range(len(words))]
    total, cumulative = 0.0, []
    for w in weights:
        total += w
        cumulative.append(total)
    furniture = [" ".join(random.choices(words, k=40)) for _ in range(OUTLETS)]
    texts: list[str] = []
    bodies: list[list[str]] = []
    made: dict[int, int] = {}
    outlets = []
    for i in range(n):
        outlet = random.randrange(OUTLETS)
        kind = random.random() if i > 10 else 1.0
        if kind < 0.3:
            made[i] = random.randrange(i)
            body = bodies[made[i]]
            if kind < 0.2:
                body = [s for s in body if random.random() < 0.8][: random.randint(8, SENTENCES)]
                cut = random.randrange(len(body)) if body else 0
                body = body[cut:] + body[:cut]
        else:
            drawn = random.choices(words, cum_weights=cumulative, k=12 * SENTENCES)
            body = [" ".join(drawn[k : k + 12]) for k in range(0, len(drawn), 12)]
        bodies.append(body)
        head = " ".join(random.choices(words, k=6))
        exact = made.get(i) is not None and 0.2 <= kind < 0.3
        texts.append(texts[made[i]] if exact else "\n".join([head, *body, furniture[outlet]]))
        outlets.append(f"outlet {outlet}")
    return texts, outlets, made


def ours(texts: list[str], outlets: list[str]) -> set[tuple[int, int]]:
    return {(r.left, r.right) for r in reuses(texts, outlets) if r.is_copy}


def rensa(texts: list[str], outlets: list[str]) -> set[tuple[int, int]]:
    """The peer: MinHash over word 3-grams, LSH at Jaccard .15."""
    return minhash([{"text": text} for text in texts])


def grams(texts: list[str], outlets: list[str]) -> set[tuple[int, int]]:
    """The peer: containment of word 4-grams, in plain Python."""
    return word_grams([{"text": text} for text in texts])


def measured(name: str, find: Find, n: int) -> float:
    """Print one line; seconds."""
    texts, outlets, made = corpus(n)
    start = time.process_time()
    pairs = find(texts, outlets)
    seconds = time.process_time() - start
    tracemalloc.start()
    find(texts, outlets)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    first: dict[str, int] = {}  # equal texts are paired with the first of them only
    same = [first.setdefault(text, i) for i, text in enumerate(texts)]
    links = ({same[a], same[b]} for a, b in made.items())
    direct = sum(len(link) == 1 or tuple(sorted(link)) in pairs for link in links)
    story: list[int] = []  # of each text the first that it was made from, copies of copies too
    for i in range(n):
        story.append(story[made[i]] if i in made else i)
    right = sum(story[a] == story[b] for a, b in pairs)
    print(
        f"{name:8} {n:8,} reports  {seconds:8.2f} CPU-s  {n / seconds:8,.0f} reports/s  {peak / n:7,.0f} bytes/report"
        f"  {len(pairs):8,} pairs, {right / max(len(pairs), 1):.3f} of one story"
        f"  {direct / len(made):.3f} of copies linked with their model"
    )
    return seconds


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--large", action="store_true", help=f"{LARGE:,} reports too")
    sizes = (*SIZES, LARGE) if parser.parse_args(argv).large else SIZES
    ours(*corpus(50)[:2])  # tables and imports
    times = grown("onrecord", ours, sizes)
    installed = importlib.util.find_spec("rensa") is not None
    for name, find in (("4-grams", grams), *((("rensa", rensa),) if installed else ())):
        for n, own, peer in zip(SIZES, times, grown(name, find, SIZES), strict=False):
            print(f"         at {n:,} reports {name} take {peer / own:.1f} times as long")
    if not installed:
        print("rensa: not installed, not measured")
    return 0


def grown(name: str, find: Find, sizes: tuple[int, ...]) -> list[float]:
    """Print a line for each size, and the growth between neighbours; seconds for each."""
    times = [measured(name, find, n) for n in sizes]
    for (a, s), (b, t) in pairwise(zip(sizes, times, strict=True)):
        print(f"         from {a:,} to {b:,}: time grows as n^{math.log(t / s) / math.log(b / a):.2f}")
    return times


if __name__ == "__main__":
    sys.exit(main())
