"""The dateline that opens a paragraph: where and when a report was filed, and by whom. Nobody's words.

Takes: "SANDHOLM (Coast Agency) - ", "Sandholm, 3 March 2031 (CA) – ", "VARN/LUSK, April 1 — ", "VARN, 1 April. /CA/. ",
"(Coast Agency) — ".
Refuses: "Sandholm – the old port – ", "PIER (built 1902) - a ruin", "Holt, head of the union - ".
"""

from __future__ import annotations

import re

from onrecord.records import Passage

LONGEST = 120  # characters
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?"
WRITTEN = rf"(?:\d{{1,2}}\s{MONTH}|{MONTH}\s\d{{1,2}})(?:,?\s\d{{4}})?"
DAY = rf"(?:{WEEKDAY}{WRITTEN}|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?)"
WORD = r"[^\W\d_a-z][\w’'.-]*"
PLACE = rf"{WORD}(?:[ /](?:{WORD}|of|de|la|am|an|der|on)){{0,4}}(?:,\s{WORD}(?:\s{WORD}){{0,2}})?"
CREDIT = r"(?:\([^()\n\d]{2,40}\)|/[^/\n\d]{2,40}/\.?)"
FULL = re.compile(
    rf"(?:{PLACE}(?P<day>[,.]\s{DAY}\.?)?(?P<credit>\s?{CREDIT})?|(?P<alone>{CREDIT}))"
    r"(?P<end>\s?[—–]\s?|\s?--?\s|\.?\s(?<=/\.\s))"
)


def dateline(text: str, paragraph: Passage) -> Passage | None:
    """The dateline at the start of `paragraph`, with the dash that closes it."""
    m = FULL.match(text, paragraph.start, min(paragraph.end, paragraph.start + LONGEST))
    if m is None or m.end() >= paragraph.end or not opens(text[m.end()]):
        return None
    credit = m["credit"] or m["alone"]
    shouted = text[m.start() : m.end("day") if m["day"] else m.end()].split(",")[0].split("(")[0]
    letters = [c for c in shouted if c.isalpha()]
    loud = len(letters) > 2 and all(c.isupper() for c in letters)
    filed = m["day"] is not None or (credit is not None and capitals(credit))
    if not filed and not (loud and len(shouted) > 3 and not any(c.isdigit() for c in shouted)):
        return None
    return Passage(m.start(), m.end() - len(m["end"]) + len(m["end"].rstrip()))


def opens(c: str) -> bool:
    """Whether a sentence can begin with the character."""
    return c.isupper() or c.isdigit() or c in "\"“„«'‘["


def capitals(credit: str) -> bool:
    """Whether what stands in brackets is a name: each longer word has a capital."""
    words = re.findall(r"[^\W\d_]{2,}", credit)
    return bool(words) and all(w[0].isupper() for w in words)
