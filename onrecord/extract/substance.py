"""Whether words that no property asks for say something at all, so that they are worth keeping as a claim.

Refuses: a dateline; a name or two words in quotation marks; courtesies ("I am glad to be here"); what stands for words
said elsewhere ("that is true"); what breaks off behind its cue ("stressed that during the talks", "said the town").
"""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.extract.clauses import has_verb
from onrecord.extract.headings import is_heading, paragraph_at
from onrecord.extract.lexicon import cue_forms, listed
from onrecord.extract.slots import Context, inside, within
from onrecord.extract.tokens import Token, tokens
from onrecord.extract.voices import Piece
from onrecord.records import Passage

MIN_WORDS = 4  # without a verb that can still propose something
DATELINE = re.compile(  # ZHELMAR, 3 March (Agency); LONDON/PARIS, Nov. 6, 2031
    r"[^\W\d_a-z][^\d.;:!?]{1,40},\s+(?:\d{1,2}\s+[A-Z]\w+\.?|[A-Z]\w+\.?\s+\d{1,2})(?:,?\s+\d{4})?(?:\s*[(/][^)]*\)?)?"
)
NEEDS = listed("needs-clause")  # cues with which a noun alone says nothing
COURTESY = listed("courtesy")
CLOSED = ("det", "pron", "aux", "prep", "conj", "sub", "rel", "poss", "obj", "adv", "other", "mark")


def says_something(c: Context, piece: Piece, clause: Passage, *, alone: bool) -> bool:
    """Whether a clause has a verb and a word of substance, or is all that a statement outside headings is."""
    skip = behind_cue(piece, clause)
    rest = Passage(skip, clause.end) if clause.start < skip < clause.end else clause
    if rest != clause and _broken_off(c, piece, rest):
        return False
    if not within(c.quantities, rest) and not any(_substantial(t) for t in tokens(c.doc.text, rest)):
        return rest != clause and rest.end - rest.start < 2  # "declined to comment" is its cue
    if has_verb(c.doc.text, *clause):
        return True
    words = c.doc.words(clause).split()
    if not alone or len(words) < MIN_WORDS or DATELINE.fullmatch(c.doc.text, *clause) is not None:
        return False
    line = paragraph_at(c.doc, clause.start)
    return piece.reach is not None or line is None or not is_heading(c.doc, line)


def behind_cue(piece: Piece, clause: Passage) -> int:
    """Where a clause goes on behind the cue that it begins with: "denied | that the port is shut"; 0 for others."""
    cue = piece.statement.cue if piece.statement is not None else ()
    ends = [p.end for p in cue if inside(p, clause) and piece.reach is not None]
    return max(ends, default=0) if any(p.start <= clause.start < p.end for p in cue) else 0


def _broken_off(c: Context, piece: Piece, rest: Passage) -> bool:
    """Whether a verb that takes a clause has none behind it: "said the town", "hope that in the near future"."""
    ts = tokens(c.doc.text, rest)
    if not ts or has_verb(c.doc.text, *rest):
        return False
    if ts[0].low == "that" or any(t.low == "that" and u.has("prep", "sub") for t, u in pairwise(ts)):
        return True
    cue = [t.low for p in (piece.statement.cue if piece.statement is not None else ()) for t in tokens(c.doc.text, p)]
    read = [x for low in cue for x, _ in cue_forms().get(low, ())]
    quoted = any(t.low in '"“”„«»' for t in ts)
    clausal = any(x.lemma in NEEDS for x in read) or (read and not any(f in x.frames for x in read for f in "NI"))
    return bool(clausal) and (not quoted or len(ts) <= MIN_WORDS) and not any(t.low == "to" for t in ts)


def _substantial(t: Token) -> bool:
    """Whether a word is no grammar and no courtesy."""
    if len(t.low) < 2 or t.low in COURTESY or t.has("aux"):
        return False
    return t.has("number", "verb") or not t.has(*CLOSED)
