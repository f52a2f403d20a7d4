"""The words of a clause and its main verb: what tells whose a hedge is."""

from __future__ import annotations

from onrecord.extract.document import Document
from onrecord.extract.lexicon import listed
from onrecord.extract.tokens import Token, is_finite, tokens
from onrecord.records import Passage

LEAVES = listed("opens-side-clause")
SIDE = LEAVES | {"that"}


def words(doc: Document, p: Passage) -> list[Token]:
    return tokens(doc.text, p)


def main_verb(ts: list[Token]) -> int | None:
    """Index of the first finite verb outside a relative or adverbial clause."""
    inside, past = False, False  # in a relative clause; past its verb
    for k, t in enumerate(ts):
        if t.low in SIDE and leaves(ts, k):
            inside, past = True, False
        elif t.low in (",", ";", "—"):
            inside = False
        elif (
            ("verb" in t.classes or "aux" in t.classes)
            and is_finite(ts, k)
            and not (k == 0 and t.cap and len(ts) > 1 and ts[1].cap)
            and not plural(ts, k)
        ):
            if not inside or (past and not ts[k - 1].has("aux", "adv")):
                return k
            past = True
    return None


def plural(ts: list[Token], k: int) -> bool:
    """Whether a word in -s is a noun: "exercises of the fleet will be held", "the lines in the hall are old".

    What follows is no object, and the clause has its verb further on. Refuses "it rises in May and will".
    """
    t = ts[k]
    if t.has("aux", "cue") or not t.low.endswith("s") or (k > 0 and ts[k - 1].has("pron", "rel")):
        return False
    if k + 1 >= len(ts) or not ts[k + 1].has("prep", "aux"):
        return False
    for j in range(k + 1, len(ts)):
        if leaves(ts, j) or ts[j].has("mark", "conj", "rel") or ts[j].low in ("that", "and", "or", "but"):
            return False
        if "aux" in ts[j].classes and is_finite(ts, j):
            return True
    return False


def leaves(ts: list[Token], k: int) -> bool:
    """Whether a relative or adverbial clause begins at `k`."""
    if k == 0:
        return False
    return ts[k].low in LEAVES or (ts[k].low == "that" and not ts[k - 1].has("cue", "verb"))
