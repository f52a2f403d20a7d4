"""Names → the pairs worth comparing: those that share the consonants of a word: cost grows with candidates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from onrecord.resolve.parts import Parts

CLASSES = str.maketrans("bfpcgkqxdtjzslrmn", "PPPKKKKKTTSSSLLMM", "aeiouyhvw")  # letters that scripts exchange are one
READINGS = (  # a letter that is read in two ways gives two keys
    (
        ("tsch", "s"),
        ("sch", "s"),
        ("dzh", "s"),
        ("dz", "s"),
        ("ch", "s"),
        ("sh", "s"),
        ("cz", "s"),
        ("sz", "s"),
        ("ts", "s"),
    ),
    (("tsch", "s"), ("sch", "s"), ("ch", "k"), ("kh", "k"), ("c", "s"), ("j", ""), ("ts", "t")),
)
FEW = 12  # in larger blocks (a given name, "ministry") names of several words must share two of them
WHOLE = 40  # names of one block that are all compared with one another
WINDOW = 6  # in larger blocks each name is compared with that many neighbours in order of letters


@lru_cache(maxsize=131072)
def skeletons(word: str) -> tuple[str, ...]:
    """The first four consonants of a word, by class, doubled ones once; in each reading."""
    return tuple(sorted({_skeleton(word, r) for r in READINGS}))


@lru_cache(maxsize=131072)
def consonants(word: str) -> str:
    """All consonants of a word, by class, doubled ones once."""
    return _classed(word, READINGS[0])


def _skeleton(word: str, reading: tuple[tuple[str, str], ...]) -> str:
    return _classed(word, reading)[:4] or word[:1]


def _classed(word: str, reading: tuple[tuple[str, str], ...]) -> str:
    text = word
    for letters, sound in reading:
        text = text.replace(letters, sound)
    out = ""
    for c in text.translate(CLASSES):
        if c != out[-1:]:
            out += c
    return out


def blocks(names: Mapping[int, Parts]) -> dict[str, list[int]]:
    """Skeleton → the names that have a word with it; also the initials of names of several words."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, p in names.items():
        keys = {k for w in p.words if len(w) > 1 for k in skeletons(w)}
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
        near = _near(members, names)
        out.update(near if len(members) <= FEW else (p for p in near if _share_more(*(names[i] for i in p))))
    return sorted(out)


def _share_more(a: Parts, b: Parts) -> bool:
    """Whether two names share the consonants of two words, or one of them has only one."""
    if min(len(a.words), len(b.words)) < 2:
        return True
    return len({consonants(w)[:4] for w in a.words} & {consonants(w)[:4] for w in b.words}) > 1


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
