"""A place and a body's noun without capitals behind it → the body: "the Sandholm water board", "Sandholm city council".

Refused: what is only some body of a people ("the Halmerian bank"), an organ that may be of any thing named before it
("the Acme board"), a body that has not been spoken of as one ("a Sandholm court").
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.extract.gazetteer import Token, cues

RULE = "names.place-body"
BETWEEN = 2  # words that say what the body is for: "water", "ferry workers'"
PEOPLES = ("ian", "ean", "ese", "ish")  # of an adjective, which is no place
VERBAL = ("ed", "ing")


def body_end(text: str, words: Sequence[Token], i: int, j: int) -> int | None:
    """One past the noun of the body that the place in words `[i, j)` names, None where it names none."""
    lists, name = cues(), words[j - 1]
    if name.text.isupper() or name.norm.endswith(PEOPLES) or name.norm in lists["head"]:
        return None
    defined = i > 0 and words[i - 1].norm == "the" and words[i].start - words[i - 1].end == 1
    for k in range(j, min(len(words), j + BETWEEN + 1)):
        w = words[k]
        if text[words[k - 1].end : w.start] != " " or not w.text.islower() or w.norm in lists["notname"]:
            return None
        kind = lists["body"].get(w.norm)
        if kind is not None and (k > j or kind == "alone"):
            return k + 1 if defined or (k > j and _names_place(words[j])) else None
        if w.norm.endswith(VERBAL) or w.norm in lists["personverb"] or w.norm in lists["actorverb"]:
            return None
    return None


def _names_place(w: Token) -> bool:
    """Whether the first word behind a name without article is a noun for certain: "Sandholm city council"."""
    return w.norm in cues()["head"] and w.norm not in cues()["body"]
