"""Statements that tell nothing of what their source holds: no comment, nobody, the "I" of who is quoted anyway.

They are read, as the words do attribute, and left out here, before claims are made. What they held is then said by the
outer speaker, or by the outlet.
"""

from __future__ import annotations

import re

from onrecord.extract.cast import Cast
from onrecord.extract.document import Document
from onrecord.extract.lexicon import listed
from onrecord.records import Directness, Passage, Statement

SELF = listed("first-person")
AGREES = listed("agreed-to")  # "has agreed to sell": what two did, told by whoever says so
ANSWER = (
    r"(?:comment|elaborate|respond|reply|answer|speak|discuss|be\s+interviewed|take\s+(?:any\s+)?questions|"
    r"(?:give|provide|offer|go\s+into)\s+(?:any\s+|further\s+|more\s+)*(?:comments?|details?|answers?|specifics))"
)
NOT_YET = r"(?:immediately|yet|publicly|directly|further|also|even|ever|\s)*"
SILENT = re.compile(
    rf"(?:declin|refus)\w*\s+to\s+{NOT_YET}{ANSWER}\b"
    rf"|(?:\b(?:did|do|does|would|could|will|has|have|had|is|was)\s+not|n['’]t)\s{NOT_YET}(?:{ANSWER}|respond\w+|repli\w+|"
    r"return\w*\s+(?:a\s+|our\s+)?(?:calls?|requests?|messages?))\b"
    r"|\bha(?:d|s|ve)\s+no\s+(?:immediate\s+|further\s+)?comments?\b",
    re.I,
)
ASKING = re.compile(r"(?:\s+(?:on|about|to|as\s+to|questions?|the\s+question|of)){0,4}\s+"
                    r"(?:whether|if|what|when|where|why|how|who|which|that)\b", re.I)  # fmt: skip
NOBODY = re.compile(
    r"(?:nobody|no\s?-?one(?!\s+(?:other|less)\s+than)|none(?!\s+other\s+than)|neither|not\s+(?:one|a\s+single)|"
    r"no\s+(?=[^\W\dA-Z_]))\b"
)
BEFORE = 12  # characters before a cue that hold its auxiliary, or before a source its "as"
REACH = 100  # characters behind a cue in which its "to comment" ends: bounds the time of a text without sentences
AS = re.compile(r"\bas\s+$", re.I)
GOES_ON = re.compile(r",\s*$")


def silent(doc: Document, cast: Cast, s: Statement) -> bool:
    """Whether it tells that no answer was given: "declined to comment", "did not respond to a request for comment".

    Refuses "declined to say whether", and a cue with a quotation.
    """
    if not s.cue or s.directness is Directness.DIRECT:
        return False
    sentence = doc.sentence_at(s.cue[0].start)
    end = min(sentence.end, s.cue[-1].end + REACH) if sentence is not None else s.cue[-1].end
    m = SILENT.search(doc.text, max(0, s.cue[0].start - BEFORE), end)
    if m is None or m.start() >= s.cue[-1].end or m.end() <= s.cue[0].start:
        return False
    return not ASKING.match(doc.text, m.end())


def nobody(doc: Document, cast: Cast, s: Statement) -> bool:
    """Whether nobody is its source: "no one at the yard said that". Refuses "none other than Orr", "No 10 said"."""
    return bool(s.speaker_passages) and NOBODY.match(lowered(doc, s.speaker_passages[0])) is not None


def lowered(doc: Document, p: Passage) -> str:
    """The words of a source, the first letter small: that of a sentence's first word says nothing."""
    words = doc.words(p)
    return words[:1].lower() + words[1:]


def self_quoted(doc: Document, cast: Cast, s: Statement) -> bool:
    """Whether it is the "I think" or "we hope" of what another statement quotes: its speaker says that already."""
    return s.parent is not None and bool(s.speaker_passages) and doc.words(s.speaker_passages[0]).lower() in SELF


def agreed(doc: Document, cast: Cast, s: Statement) -> bool:
    """Whether it is what was agreed to in what another tells: "Norland has agreed to pay, two officials said"."""
    words = {w for p in s.cue for w in doc.words(p).lower().split()}
    return s.parent is not None and not AGREES.isdisjoint(words) and doc.words(s.content[0]).lower().startswith("to ")


def aside(doc: Document, cast: Cast, s: Statement) -> bool:
    """Whether it is an aside that says who else said what stands before: "…, as Orr claimed, | but two months, …"."""
    if s.parent is None or not s.speaker_passages or not s.cue:
        return False
    start = s.speaker_passages[0].start
    if AS.search(doc.text, max(0, start - BEFORE), start) is None or s.content[0].start < s.cue[-1].end:
        return False
    return GOES_ON.search(doc.text, s.cue[-1].end, s.content[0].start) is not None


UNTOLD = (silent, nobody, self_quoted, agreed, aside)
