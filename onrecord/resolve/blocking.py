"""Names → the pairs worth comparing: those that share the consonants of a word: cost grows with candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from onrecord.resolve.parts import Parts

CLASSES = str.maketrans(
    "bfvwpcgkqxhdtjzslrmn", "PPPPPKKKKK-TTSSSLLMM", "aeiouy'"
)  # letters that scripts exchange for one another count as one; vowels do not count
WHOLE = 40  # names of one block that are all compared with one another
WINDOW = 6  # in larger blocks each name is compared with that many neighbours in order of letters


@lru_cache(maxsize=131072)
def skeleton(word: str) -> str:
    """The first four consonants of a word, by class, doubled ones once."""
    out = ""
    for c in word.replace("sh", "s").replace("ch", "s").replace("ts", "s").translate(CLASSES):
        if c != "-" and c != out[-1:]:
            out += c
    return out[:4] or word[:1]


def blocks(names: Mapping[int, Parts]) -> dict[str, list[int]]:
    """Skeleton → the names that have a word with it; also the initials of names of several words."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, p in names.items():
        keys = {skeleton(w) for w in p.words if len(w) > 1}
        if p.capitals:
            keys.add(f"initials {p.joined}")
        elif len(p.words) > 1:
            keys.add("initials " + "".join(w[0] for w in p.words))
        for k in sorted(keys):
            found[k].append(i)
    return found


def candidates(names: Mapping[int, Parts]) -> list[tuple[int, int]]:
    """Pairs of names, each once, in order."""
    out: set[tuple[int, int]] = set()
    for members in blocks(names).values():
        out.update(_near(members, names))
    return sorted(out)


def _near(members: list[int], names: Mapping[int, Parts]) -> Iterator[tuple[int, int]]:
    if len(members) <= WHOLE:
        reach: int = len(members)
        ordered: Iterable[int] = members
    else:
        reach, ordered = WINDOW, sorted(members, key=lambda i: (names[i].sorted, i))
    row = list(ordered)
    for at, a in enumerate(row):
        for b in row[at + 1 : at + 1 + reach]:
            yield (a, b) if a < b else (b, a)
