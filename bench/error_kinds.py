"""An attribution that a reader missed, or found where there is none → the kind of error it is: the first that holds.

Kinds are told by form alone: the words of the cue, what stands around them, and how far source and content agree. Each
kind has an invented example in error_kinds.tsv, `[source] <cue> {content}`: the attribution as it should be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from onrecord.extract.lexicon import Shape, cue_forms, verb_forms, words
from onrecord.records import Sort

HALF = 0.5  # Dice from which source and content are right, as in linked50
MAX_HEADING = 20  # words
MARKS = "\"“”„«»‘’'"
Tokens = frozenset[int]
Spans = list[list[int]]

PRONOUNS = frozenset(("he", "she", "they", "it", "i", "we", "who", "that", "which", "you"))
PASSED_ON = frozenset(("according", "per", "via", "quoting", "citing"))
HEARSAY = frozenset(
    ("reportedly", "allegedly", "supposedly", "apparently", "purportedly", "alleged", "reported", "so-called")
)
BE = frozenset(
    (
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "'s",
        "’s",
        "am",
        "remains",
        "remained",
        "seems",
        "feels",
        "felt",
    )
)

FINITE = frozenset(
    "is are was were 's ’s has have had will would can could may might must should do does did".split()  # noqa: SIM905
)


class CueKind(StrEnum):
    """What the words of a cue are."""

    NONE = "no cue"
    SIGN = "colon or dash"
    PASSED_ON = "according to"
    HEARSAY = "reportedly"
    NOUN = "noun"
    SPEECH = "reporting verb"
    BELIEF = "verb of belief"
    PLAN = "verb of plan or wish"
    STATE = "to be with an adjective"
    VERB = "verb that is in no list"
    OTHER = "other words"


def cue_kind(cue: str) -> CueKind:
    """The kind of a cue by its words, looked up in the word lists of the program."""
    found = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", cue.lower())
    if not found:
        return CueKind.SIGN if cue.strip() else CueKind.NONE
    meant = ([c for c, _ in cue_forms().get(w, ()) if set(c.particles) <= set(found)] for w in found)
    sorts = [c[0].sort for c in meant if c]
    nouns = [w for w in found if w in words("nouns")]
    if PASSED_ON & set(found):
        return CueKind.PASSED_ON
    if HEARSAY & set(found) and len(found) == 1:
        return CueKind.HEARSAY
    verbs = [w for w in found if w in cue_forms() and w not in nouns]
    if nouns and not verbs:
        return CueKind.NOUN
    for sort, kind in ((Sort.SPEECH, CueKind.SPEECH), (Sort.PLAN, CueKind.PLAN), (Sort.BELIEF, CueKind.BELIEF)):
        if sort in sorts:
            return kind
    if Sort.DOCUMENT in sorts:
        return CueKind.SPEECH
    if BE & set(found):
        return CueKind.STATE
    return CueKind.VERB if any(w in verb_forms() or w.endswith(("ed", "ing")) for w in found) else CueKind.OTHER


@dataclass(frozen=True)
class Told:
    """One attribution, marked or found: spans, and the tokens that they touch."""

    spans: dict[str, Spans]
    source: Tokens
    cue: Tokens
    content: Tokens


@dataclass(frozen=True)
class Wrong:
    """One attribution that is wrong, in its text, with its partner of the other side and all of its own side."""

    text: str
    it: Told
    partner: Told | None  # shares a word of content; None: nothing of the other side does
    peers: Sequence[Told]  # marked ones for a miss, found ones for a false find
    others: Sequence[Told]  # of the other side

    def words(self, role: str) -> str:
        return " … ".join(self.text[a:b] for a, b in self.it.spans[role])

    @cached_property
    def kind_of_cue(self) -> CueKind:
        return cue_kind(self.words("cue"))

    @cached_property
    def quoted(self) -> bool:
        """Whether the content stands in quotation marks, or begins in them."""
        a = self.it.spans["content"][0][0] if self.it.spans["content"] else 0
        return any(c in MARKS for c in self.text[max(0, a - 1) : a + 1])

    @property
    def start(self) -> int:
        return (self.it.spans["cue"] or self.it.spans["content"] or self.it.spans["source"])[0][0]


Rule = Callable[[Wrong], bool]


def dice(a: Tokens, b: Tokens) -> float:
    """2·|both| / (|a| + |b|); 1 where both are empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(not a and not b)


def in_heading(w: Wrong) -> bool:
    a, b = w.text.rfind("\n", 0, w.start) + 1, w.text.find("\n", w.start)
    line = w.text[a : b if b >= 0 else len(w.text)].strip()
    return bool(line) and line[-1] not in ".!?:;,…\"”'’" and len(line.split()) <= MAX_HEADING


def held(w: Wrong) -> bool:
    """Whether it stands in the content of another of either side."""
    return any(
        o is not w.it and a < w.start < b and o.content > w.it.content
        for o in (*w.peers, *w.others) for a, b in o.spans["content"]
    )  # fmt: skip


def holds(w: Wrong) -> bool:
    """Whether another of its own side stands in its content: it is the outer one of the two."""
    return any(
        o is not w.it and o.content < w.it.content and o.spans["cue"] and a <= o.spans["cue"][0][0] < b
        for o in w.peers for a, b in w.it.spans["content"]
    )  # fmt: skip


def coordinated(w: Wrong) -> bool:
    """Whether another with the same source stands before it in the sentence: its source is said once for both."""
    at = w.it.spans["cue"][0][0] if w.it.spans["cue"] else 0
    return bool(w.it.source) and any(
        o is not w.it and o.source == w.it.source and o.spans["cue"] and o.spans["cue"][0][0] < at
        and not re.search(r"[.!?]\s|\n", w.text[o.spans["cue"][0][0] : at])
        for o in w.peers
    )  # fmt: skip


def complement(w: Wrong) -> str:
    """How the content follows its cue: with "that", with "to", as a clause, or "" where it has no finite verb."""
    words = w.words("content").lower().split()
    a = w.it.spans["content"][0][0] if words else 0
    if "that" in (*w.text[max(0, a - 6) : a].lower().split(), *words[:1]):
        return "that"
    if words[:1] == ["to"]:
        return "to"
    return "clause" if any(x in FINITE or verb_forms().get(x) in (Shape.S, Shape.PAST) for x in words) else ""


def of(kind: CueKind) -> Rule:
    return lambda w: w.kind_of_cue is kind


def source_is_pronoun(w: Wrong) -> bool:
    return w.words("source").strip().lower() in PRONOUNS


def both(w: Wrong) -> tuple[Told, Told]:
    """What was marked or found, and its partner."""
    assert w.partner is not None
    return w.it, w.partner


def source_wrong(w: Wrong) -> bool:
    return dice(w.it.source, both(w)[1].source) < HALF


def content_wrong(w: Wrong) -> bool:
    return dice(w.it.content, both(w)[1].content) < HALF


def content_lost(w: Wrong, marked: Told, found: Told) -> str:
    """How the content of what was found differs from what was marked."""
    if len(found.content) > len(marked.content):
        more = max((b for _, b in found.spans["content"]), default=0) - max(
            (b for _, b in marked.spans["content"]), default=0
        )
        return "content too long: goes on behind" if more > 0 else "content too long: begins before"
    if len(marked.spans["content"]) > 1 and len(found.spans["content"]) < len(marked.spans["content"]):
        return "content too short: a piece is lost"
    sentences = any(re.search(r"[.!?][\"”’]?\s+\S", w.text[a : b - 1]) for a, b in marked.spans["content"])
    return (
        "content too short: its further sentences are lost" if sentences else "content too short: cut in the sentence"
    )


def paired(w: Wrong, marked: Told, found: Told) -> str:
    """The kind of an error where the other side has an attribution of some of these words."""
    if source_wrong(w) and content_wrong(w):
        return "source and content both wrong"
    if content_wrong(w):
        return content_lost(w, marked, found)
    if not found.source:
        return "source not found"
    if not marked.source:
        return "source where none is marked"
    if not marked.source & found.source:
        return "another source"
    return "source too long" if len(found.source) > len(marked.source) else "source too short"


OUTER = "outer of two: it holds what another said"
ALONE: tuple[tuple[str, Rule], ...] = (  # where nothing of the other side shares its content
    ("nested in what another said", held),
    (OUTER, holds),
    ("colon or dash as cue", of(CueKind.SIGN)),
    ("in a heading", in_heading),
    ("quotation without a cue", lambda w: w.kind_of_cue is CueKind.NONE and w.quoted),
    ("free indirect speech: no cue", of(CueKind.NONE)),
    ("according to and its like", of(CueKind.PASSED_ON)),
    ("reportedly and its like", of(CueKind.HEARSAY)),
    ("noun as cue", of(CueKind.NOUN)),
    ("passive or other cue without a source", lambda w: not w.it.source),
    ("coordinated cue: its source stands before another", coordinated),
    ("reporting verb with a quotation", lambda w: w.kind_of_cue is CueKind.SPEECH and w.quoted),
    ("reporting verb, source a pronoun", lambda w: w.kind_of_cue is CueKind.SPEECH and source_is_pronoun(w)),
    ("reporting verb with “that”", lambda w: w.kind_of_cue is CueKind.SPEECH and complement(w) == "that"),
    ("reporting verb with an infinitive", lambda w: w.kind_of_cue is CueKind.SPEECH and complement(w) == "to"),
    ("reporting verb with words that are no clause", lambda w: w.kind_of_cue is CueKind.SPEECH and complement(w) == ""),
    ("reporting verb with a bare clause", of(CueKind.SPEECH)),
    ("verb of plan or wish", of(CueKind.PLAN)),
    ("verb of belief or knowledge", of(CueKind.BELIEF)),
    ("to be with an adjective", of(CueKind.STATE)),
    ("verb that is in no list", of(CueKind.VERB)),
    ("other words as cue", lambda w: True),
)  # fmt: skip


def kind(w: Wrong, *, missed: bool) -> str:
    """The kind of a miss, or of a false find."""
    if w.partner is not None:
        return paired(w, *((w.it, w.partner) if missed else (w.partner, w.it)))
    if not held(w) and not holds(w) and any(o.content & w.it.content for o in w.others):
        return "one attribution read as two" if not missed else "two attributions read as one"
    return next(name for name, rule in ALONE if rule(w))


def examples() -> dict[str, str]:
    """Kind → an invented sentence that shows it."""
    lines = (Path(__file__).parent / "error_kinds.tsv").read_text("utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)  # type: ignore[misc]
