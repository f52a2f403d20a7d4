"""A stretch of text → its clauses: the shortest words that can carry a proposition.

Forms: cut at semicolons, dashes and sentence ends; at a comma or a bare "and", "but", "while", "which" only where both
sides hold a verb of their own. A list ("tanks, guns and drones") has no verbs and stays whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from onrecord.extract.lexicon import Shape, verb_forms
from onrecord.extract.numerals import listed
from onrecord.extract.tokens import spelt
from onrecord.records import Passage

HARD = re.compile(r";|\s[–-]\s|\s?—\s?|:\s+(?=[a-z])")
MARK = re.compile(r"[;:—–-]")  # without one of them nothing is hard
SOFT = re.compile(
    r",\s+(?=(?:and|but|or|so|yet|while|whereas|although|though|because|since|as|when|which|who|where|however)\b)"
    r"|,\s+(?=(?:it|he|she|they|we|this|that|these|those|there|the|a|an)\b)"
    r"|\s+(?=(?:but|while|whereas|because|although)\s)"
    r"|\s+(?=and\s+(?:it|he|she|they|we|this|these|those|there|that|is|are|was|were|has|have|had|will|would|can|could|later|now|also|then)\b)",
    re.I,
)
WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]{1,2}\b)?")
CLOSED = frozenset(
    listed(
        "is are was were be been am has have had will would can could may might must shall should do does did need "
        "needs want wants plan plans intend intends aim aims remain remains became become becomes make makes made "
        "came went got get gets bought sold gave give gives took take takes held began begun built sent found led "
        "met said says set put rose grew fell spent wrote told brought kept showed ran won lost paid cut hit seem "
        "seems mean means goes lie lies stand stands stood meet meets serve serves keep keeps ought cannot it's "
        "that's there's he's she's what's who's i'm we're they're you're i've we've they've"
    )
)
ENDS = re.compile(r"\w{2,}ed|\w{3,}(?:izes|ises|ates|ifies|uces|ains|ires|orts|ents)|\w+n't")
PEOPLE = frozenset(("i", "we", "you", "they"))
# after a word in -s that is a verb or a plural, what only a verb has after it: "reaches 200 km", "carries the mail"
OBJECT = re.compile(
    r"\s+(?:(?:the|its|their|his|her|our|no|every|all|any|some|more|less|about|nearly|almost|only|up\s+to|at\s+least|that"
    r"|it|them|him|us|both|each|this|these|those|another|between)\b|[$€£~]?\d)",
    re.I,
)
NOUN_BEFORE = frozenset(
    listed(
        "a an the its their his her our this that these those of in at on for by with from and or more many some all"
    )
)
OPENS = frozenset(("that", "like", "unlike", "including"))  # what they open says nothing without a verb
RELATIVES = frozenset(("that", "which", "who", "whose", "whom"))
ENDINGS = tuple(sorted(RELATIVES))
LONGEST = max(map(len, RELATIVES))
ARTICLES = frozenset(("a", "an", "the", "another", "every"))
GIVE = frozenset(("tell", "tells", "told", "give", "gives", "gave", "given", "owe", "owes", "promised"))
REACH = 5  # words before the relative word in which its noun phrase begins
TAKES_OBJECT = ("ed", "bought", "sold", "built", "made", "held", "took", "sent", "cut", "set", "kept", "found")
EDGE = ' \t,;:.!?—–-"“”‘’«»('
LEAD = re.compile(r"(?:and|but|or|so|yet|then|while|whereas|although|because)\s+", re.I)
MIN_CLAUSE = 8  # characters
LONG, MANY = 40, 65536  # characters of a word that is remembered, and words: bounds the memory of a long run


def has_verb(text: str, start: int, end: int) -> bool:
    """Whether a finite verb, as far as words and their neighbours tell, stands in `text[start:end]`."""
    found = verbs(text)
    i = bisect_left(found, (start, 0))
    return i < len(found) and found[i][1] <= end


@lru_cache(maxsize=4)
def verbs(text: str) -> tuple[tuple[int, int], ...]:
    """Where the verbs of a text stand, in order. Kept for the one report that is being read."""
    out = []
    before = ""
    for word, at in zip(*spelt(text)[:2], strict=True):
        for first, last, low, shape in shapes[word]:
            if shape is True or (shape is not None and _by_neighbours(text, before, shape, at + last)):
                out.append((at + first, at + last))
            before = low
    return tuple(out)


class Shapes(dict[str, tuple[tuple[int, int, str, Shape | bool | None], ...]]):
    """Word as the rules cut it → the words in it ("well-built" has two): where they stand in it, and their lower case.

    The last value is True for a verb wherever it stands, the form of one that may be, else None.
    """

    def __missing__(self, whole: str) -> tuple[tuple[int, int, str, Shape | bool | None], ...]:
        words = ((*m.span(), m.group().lower().replace("’", "'")) for m in WORD.finditer(whole))
        found = tuple(
            (a, b, low, True if low in CLOSED or ENDS.fullmatch(low) else verb_forms().get(low)) for a, b, low in words
        )
        if len(self) >= MANY:
            self.clear()
        if len(whole) < LONG:
            self[whole] = found
        return found


shapes = Shapes()


def _by_neighbours(text: str, before: str, shape: Shape | bool, end: int) -> bool:
    """Whether a word that may be a verb is one here: "the bridge carries 900 lorries", "they ignore it"."""
    if shape is Shape.S:
        return before not in NOUN_BEFORE and OBJECT.match(text, end) is not None
    if shape is Shape.PAST:
        return before not in NOUN_BEFORE
    return shape is Shape.BASE and before in PEOPLE


def fragment(text: str, p: Passage) -> bool:
    """Whether words are no whole clause: "a feature that", "that during the meeting", "like a boat".

    "We will do that", "we told the mayor that" and "like boats, these float" are whole.
    """
    if not _may_be_fragment(text, p):
        return False
    found = list(WORD.finditer(text, p.start, p.end))
    words = [m.group().lower() for m in found]
    if len(words) > 1 and words[0] in OPENS:
        after = found[1].end() if words[1].endswith("ed") else found[0].end()  # "like unmanned boats": no verb
        if not has_verb(text, after, p.end):
            return True
    end = len(words) - 1
    k = next((k for k in range(end - 1, max(-1, end - REACH), -1) if words[k] in ARTICLES), None)
    if end < 2 or words[-1] not in RELATIVES or k is None or (k > 0 and words[k - 1] in GIVE):
        return False
    return not has_verb(text, found[k].start(), p.end)


def _may_be_fragment(text: str, p: Passage) -> bool:
    """Whether the first word is one that opens a fragment, or the last letters are those of a relative word."""
    first = WORD.search(text, p.start, p.end)
    if first is not None and first.group().lower() in OPENS:
        return True
    end = p.end
    while end > p.start and not text[end - 1].isalpha():
        end -= 1
    return text[max(p.start, end - LONGEST) : end].lower().endswith(ENDINGS)


def clauses(text: str, spans: Sequence[Passage]) -> tuple[Passage, ...]:
    """The clauses of `spans`, in order, without connectives, blanks and marks at their edges."""
    out: list[Passage] = []
    for s in spans:
        for a, b in _hard(text, s):
            out.extend(_trim(text, p) for p in _soft(text, a, b))
    return tuple(p for p in out if p.end - p.start >= MIN_CLAUSE)


def _hard(text: str, s: Passage) -> Sequence[tuple[int, int]]:
    if MARK.search(text, s.start, s.end) is None:
        return [s]
    cuts = [m.span() for m in HARD.finditer(text, s.start, s.end)]
    starts = [s.start, *(e for _, e in cuts)]
    return list(zip(starts, [*(b for b, _ in cuts), s.end], strict=True))


def _soft(text: str, start: int, end: int) -> list[Passage]:
    """Pieces of `[start, end)` cut where both sides have a verb; a piece without one stays with its neighbour."""
    out: list[Passage] = []
    begin = start
    for m in SOFT.finditer(text, start, end):
        if has_verb(text, begin, m.start()) and has_verb(text, m.end(), end) and not _shares_object(text, m):
            out.append(Passage(begin, m.start()))
            begin = m.end()
    return [*out, Passage(begin, end)]


def _shares_object(text: str, cut: re.Match[str]) -> bool:
    """Whether a bare "and" joins two verbs with one object: "bought and later rebuilt the ferry"."""
    if text[cut.start() : cut.start() + 1] == "," or text[cut.end() : cut.end() + 3].lower() != "and":
        return False
    if text[cut.end() : cut.end() + 9].lower() == "and that ":
        return False  # "said that it was sold and that the crew would stay"
    found = verbs(text)
    i = bisect_left(found, (cut.start(), 0)) - 1
    return i >= 0 and found[i][1] == cut.start() and text[found[i][0] : found[i][1]].lower().endswith(TAKES_OBJECT)


def _trim(text: str, p: Passage) -> Passage:
    words = text[p.start : p.end]
    start, end = p.end - len(words.lstrip(EDGE)), p.end
    m = LEAD.match(text, start, end)
    if m:
        start = m.end()
    end = start + len(text[start:end].rstrip(EDGE))
    if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
        end += 1
    return Passage(start, end)
