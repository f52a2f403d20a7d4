"""What the words of a source are by their form, and what a report says about an unnamed one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import ahocorasick  # type: ignore[import-not-found]

from onrecord.extract.document import Document
from onrecord.extract.lexicon import Shape, grouped, listed, verb_forms, words
from onrecord.extract.literals import FOLDED
from onrecord.extract.reader import SourceKind
from onrecord.records import Passage

WORD = re.compile(r"[\w’'-]+")
POST_MODIFIER = listed("after-head")
BEHIND_PARTICIPLE = listed("behind-participle") | {"by"}
ARTICLE = listed("before-head")
MUTE = listed("cannot-speak")
PEOPLE = ("ers", "ors", "ists", "ants", "ents", "ees", "ians", "women", "men", "people", "folk", "mates", "smen")
NAMED_FIRST = re.compile(r"[^\W\d_a-z][\w.’'-]+(?:\s(?:[a-z]{2,3}\s)?[^\W\d_a-z][\w.’'-]+){0,3},\s+(?!and\b)[a-z\d]")
APPOSED_NAME = re.compile(r",\s+[^\W\d_a-z][\w’'-]+(?:\s+(?:[a-z]{2,3}\s+)?[^\W\d_a-z][\w’'-]+)+\s*,?$")
SOME_OF = re.compile(r"(?:one|two|three|four|some|several|many|most|both|all|another|(?:a )?few)\s+of\s+"
                     r"(?:the|his|her|their|its|our|these|those|[^\s,]+['’]s?)\s+(?=\w)", re.I)  # fmt: skip
LONG = 400  # characters: a longer phrase is not remembered
REACH = 160  # characters after a source in which a report says why it is not named


@cache
def classes() -> dict[str, frozenset[str]]:
    """Head noun of a source → its classes."""
    return grouped("sources", "word", "class")


@cache
def about() -> re.Pattern[str]:
    """What reports say about a source that they do not name."""
    phrases = sorted(words("anonymity", "phrase"), key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")\b", re.I)


def source_kind(phrase: str) -> SourceKind:
    """The kind of a source phrase.

    Takes: "Ana Lund, a doctor" name; "the minister" role; "he" pronoun; "two officials" group;
    "its annual report" document.
    "Aldran officials" are a group, "Health Ministry spokesman" is a role: a capital before the head noun names nobody.
    """
    return _remembered(phrase) if len(phrase) < LONG else _kind(phrase)


def _kind(phrase: str) -> SourceKind:
    found = [m.group() for m in WORD.finditer(phrase)]
    if not found:
        return SourceKind.NONE
    if len(found) == 1 and "pronoun" in classes().get(found[0].lower(), ()):
        return SourceKind.PRONOUN
    if some_of(phrase):
        return SourceKind.GROUP
    head, before = head_noun(found)
    if is_plural_group(found, head, before):
        return SourceKind.GROUP
    if NAMED_FIRST.match(phrase) and not classes().get(phrase.split(",")[0].split()[-1].lower()):
        return SourceKind.NAME
    means = classes().get(head.lower().removesuffix("'s").removesuffix("’s"), frozenset())
    if (
        head[:1].isupper()
        and len(before) + 1 <= len(found)
        and not (means & {"group", "unnamed", "role"} and all(w.lower() in ARTICLE for w in before))
        and not (means & {"document"} and not before and any(map(participle, found[1:2])))
    ):
        return SourceKind.NAME
    named_after = any(w[:1].isupper() for w in found[len(before) + 1 :])
    if "group" in means or "unnamed" in means:
        return SourceKind.GROUP
    if "role" in means:
        apposed = "," in phrase and any(
            w[:1].isupper() and "role" not in classes().get(w.lower(), ()) for w in found[len(before) + 1 :]
        )
        return (
            SourceKind.NAME
            if APPOSED_NAME.search(phrase) or (apposed and not re.match(r"^[^,]*\b(?:of|for|at|in|from)\b", phrase))
            else SourceKind.ROLE
        )
    if "document" in means:
        by_group = any("group" in classes().get(w.lower(), ()) for w in found[len(before) + 1 :])
        return SourceKind.GROUP if by_group else SourceKind.DOCUMENT
    if any(w[:1].isupper() and w.lower() not in ARTICLE for w in found[1:]) or (
        found[0][:1].isupper() and found[0].lower() not in ARTICLE
    ):
        return SourceKind.NAME if named_after or not means else SourceKind.UNSURE
    return SourceKind.UNSURE


_remembered = lru_cache(maxsize=10_000)(_kind)  # rules, tagger and judge ask for the same phrases


def is_plural_group(found: list[str], head: str, before: list[str]) -> bool:
    """Whether a bare plural that begins a sentence means people: "Shopkeepers on Quay Street", "Riders who waited"."""
    return (
        not before and len(found) > 1 and head[:1].isupper() and head[1:].islower()
        and head.lower().endswith(PEOPLE) and found[1].lower() in POST_MODIFIER - {"of", "for"}
    )  # fmt: skip


def head_noun(found: list[str]) -> tuple[str, list[str]]:
    """The head of a noun phrase, and the words before it: the last word before a preposition, a relative pronoun or a
    participle ("a person | briefed on the talks", "imagery | seen by the Post").
    """
    stop = next((i for i, w in enumerate(found) if i > 0 and w.lower() in POST_MODIFIER), len(found))
    if 1 < stop < len(found) and found[stop].lower() in BEHIND_PARTICIPLE and participle(found[stop - 1]):
        stop -= 1
    return found[stop - 1], found[: stop - 1]


def participle(word: str) -> bool:
    """Whether a word without a capital may be a past participle."""
    return word.islower() and verb_forms().get(word, Shape.BASE) in (Shape.PAST, Shape.PARTICIPLE)


def some_of(phrase: str) -> bool:
    """Whether a source is some of a group and no name tells who: "one of the officials", "two of Orr's ministers".

    Refuses "one of the officials, Ana Lund", "one of the ships".
    """
    m = SOME_OF.match(phrase)
    if m is None or APPOSED_NAME.search(phrase):
        return False
    head = head_noun([w.group() for w in WORD.finditer(phrase[m.end() :])])[0].lower()
    found = classes().get(head, frozenset()) | (classes().get(head[:-1], frozenset()) if head.endswith("s") else set())
    return not found.isdisjoint({"group", "role", "unnamed"})


def mute(phrase: str) -> bool:
    """Whether the head of a source phrase is a thing that says nothing: "the general outline", not "the Outline"."""
    found = [m.group() for m in WORD.finditer(phrase)]
    return bool(found) and head_noun(found)[0] in MUTE


@cache
def _phrases() -> Any:
    """Finds the phrases in one pass."""
    finder = ahocorasick.Automaton()
    for p in words("anonymity", "phrase"):
        finder.add_word(p, p)
    finder.make_automaton()
    return finder


@lru_cache(maxsize=2)
def _hides(text: str) -> bool:
    """Whether one of the phrases stands anywhere in the report that is being read: in most, none does."""
    return not FOLDED.isdisjoint(text) or next(_phrases().iter(text.lower()), None) is not None


def about_source(doc: Document, source: Passage) -> Passage | None:
    """Words that say why or how a source is not named, in it or after it in its sentence."""
    if not _hides(doc.text):
        return None
    s = doc.sentence_at(source.start)
    end = min(s.end if s is not None else source.end, source.end + REACH)
    m = about().search(doc.text, source.start, max(end, source.end))
    return Passage(m.start(), m.end()) if m else None
