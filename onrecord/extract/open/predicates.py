"""A figure that a verb governs, or that is a verb's subject → what it measures: "cost 3m", "rose by a third".

Each rule says in its docstring which forms it takes.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.open.grammar import HAVE, Group
from onrecord.extract.open.naming import (
    DEFINITE,
    At,
    Measured,
    Span,
    about_phrase,
    before_figure,
    change_of,
    changed,
    default_property,
    listed,
    measured_noun,
    nothing,
    object_between,
    scope_of,
    vague,
)
from onrecord.extract.open.noun_phrases import np_end, np_full, np_start
from onrecord.extract.phrases import subject_before

ALSO_PREPOSITIONS = frozenset(
    ("in", "on", "to", "up", "down", "off", "out", "inside", "outside", "above", "below", "behind")
)
VOTED = frozenset(("vote", "point", "goal", "seat", "run", "length"))  # what somebody is beaten by, who is no agent


def multiplied(at: At) -> Measured | None:
    """bookings doubled; fares have tripled; the fee will double; doubled its budget."""
    word = at.line.text[at.q.passage.start : at.q.passage.end].lower()
    if at.q.unit != "x":
        return None
    if not word.startswith(("doubl", "tripl", "trebl", "quadrupl", "halv")):
        g = at.line.governor(at.i)
        change = change_of(g.lemma) if g is not None else None
        compares = at.low(1) in ("the", "as", "more", "its", "their", "that", "what", "less", "higher", "lower")
        if g is not None and change is not None and not g.passive and compares:
            return changed(at, at.line.subject(g), change, "open.multiple", 0.7)
        return nothing()
    ts, first = at.line.ts, at.i
    while first > 0 and (
        ts[first - 1].has("aux") or ts[first - 1].has("adv") or ts[first - 1].low in ("more", "than", "be")
    ):
        first -= 1
    bare = first > 0 and ts[first - 1].low in ("to", "and", "or", ",")
    nxt = np_end(ts, at.i + 1)
    transitive = nxt > at.i + 2 and ts[at.i + 1].has("det", "poss") and (word[-1] != "e" or first < at.i)
    if word == "double" and first == at.i and at.low(-1) != "to":
        return nothing()  # "double the earlier offer"
    if transitive:
        return changed(at, (at.i + 1, nxt), "change", "open.multiple", 0.8)
    if bare:
        return nothing()
    np = subject_before(ts, first) if first > 0 else None
    return changed(at, np, "fall" if word.startswith("halv") else "rise", "open.multiple", 0.8) if np else nothing()


def by_preposition(at: At) -> Measured | None:
    """Rose by a third; rose to 5 percent; cut fares by 5 percent; sold for 3m; put the damage at 96m."""
    ts, k = at.line.ts, before_figure(at)
    if k < 0 or not (ts[k].has("prep") or ts[k].low in ("to", "up", "down", "worth")):
        return None
    word = ts[k].low
    g = at.line.governor(k)
    if word == "worth":
        return _worth(at, k, g)
    if word in ("up", "down") and at.kind == "percent" and g is not None and g.lemma == "be":
        return changed(at, at.line.subject(g), "rise" if word == "up" else "fall", "open.change", 0.8)
    if g is None:
        return _with(at, k) if word == "with" else nothing()
    np = object_between(at.line, g, k)
    change = change_of(g.lemma)
    if (
        change is not None
        and word in ("by", "to", "from")
        and not (at.counted is not None and word != "to" and word != "by")
    ):
        of = np if np is not None and not g.passive else at.line.subject(g)
        if word == "by":
            return changed(at, of, change, "open.change", 0.85)
        if word == "to" and ts[k - 1].low[:1].isdigit() and ts[k - 2].low != "from":
            return nothing()  # "by 8 to 10 percent"
        if of is None:
            return nothing()
        found = about_phrase(at, of, "open.change-to", 0.8)
        return replace(found, before=word == "from")
    if word == "at" and at.counted is None and g.lemma in (*listed("put"), *listed("is"), "sell", "buy", "trade"):
        if np is None and not g.passive and g.lemma in listed("put"):
            np = (k - 1, k) if ts[k - 1].low == "it" or ts[k - 1].has("obj") else None
            return about_phrase(at, np, "open.put-at", 0.7) if np is not None else nothing()
        of = at.line.subject(g) if g.passive or np is None else np
        return about_phrase(at, of, "open.put-at", 0.75) if of is not None else nothing()
    if word == "at" and ts[k - 1].low in ("unchanged", "steady", "flat"):
        a = np_start(ts, k - 1)
        return about_phrase(at, (a, k - 1), "open.put-at", 0.7) if a < k - 1 else nothing()
    if (
        word == "by"
        and g.lemma in listed("beat")
        and (at.counted is not None or at.kind == "percent")
        and (not g.passive or (at.q.unit or "").rpartition(" ")[2] in VOTED)
    ):
        return Measured("margin", at.line.subject(g), "open.margin", 0.8)
    if word == "for" and at.kind == "money" and g.lemma in listed("trade"):
        of = at.line.subject(g) if g.passive or np is None else np
        return Measured("price", of, "open.price", 0.8) if of is not None else nothing()
    if word == "for" and at.kind == "time" and g.lemma in listed("jail"):
        of = at.line.subject(g) if g.passive else np
        return (
            Measured(
                "sentence" if g.lemma in ("jail", "imprison", "sentence") else "duration",
                of,
                "open.term",
                0.8,
                scope_of(g),
            )
            if of
            else nothing()
        )
    if word == "to" and at.kind == "time" and g.lemma == "sentence":
        of = at.line.subject(g) if g.passive else np
        return Measured("sentence", of, "open.term", 0.8) if of else nothing()
    if word == "to" and g.lemma in ("amount", "come", "add"):
        return about_phrase(at, at.line.subject(g), "open.is", 0.8)
    if word == "by" and g.lemma in ("delay", "postpone", "extend", "prolong", "shorten") and at.kind == "time":
        of = at.line.subject(g) if g.passive else np
        return (
            Measured(
                {"extend": "extension", "prolong": "extension", "shorten": "shortening"}.get(g.lemma, "delay"),
                of,
                "open.delay",
                0.85,
            )
            if of
            else nothing()
        )
    if word == "with":
        return _with(at, k)
    return nothing()


def _with(at: At, k: int) -> Measured | None:
    """A hall with 40 seats: right behind a noun, and a count."""
    ts = at.line.ts
    a = np_start(ts, k)
    if at.counted is None or a >= k or not ts[a].has("det", "poss"):
        return nothing()
    return Measured(default_property(at), (a, k), "open.with", 0.65)


def _worth(at: At, k: int, g: Group | None) -> Measured | None:
    ts = at.line.ts
    if ts[k - 1].low == "," and k > 1:
        k -= 1
    if g is not None and g.verb == k - 1:
        return about_phrase(at, at.line.subject(g), "open.worth", 0.85) if at.line.subject(g) else nothing()
    a = np_full(ts, k)
    while a > 1 and ts[a - 1].low in ("with", "for", "by", "from", "to", "on") and np_start(ts, a - 1) < a - 1:
        k, a = a - 1, np_start(ts, a - 1)  # "a contract with the yard worth"
    return Measured("value", (a, k), "open.worth", 0.85) if a < k else nothing()


def existential(at: At) -> Measured | None:
    """There are 140 monitors."""
    g, ts = at.line.governor(at.i), at.line.ts
    if at.counted is not None and vague(at):
        return nothing()
    if g is None or g.lemma != "be" or g.first == 0 or ts[g.first - 1].low != "there" or g.verb != before_figure(at):
        return None
    if at.counted is None:
        return nothing()
    return Measured(default_property(at), None, "open.there", 0.75, passage=at.counted)


def by_verb(at: At) -> Measured | None:
    """It cost 3m; weighs 5 tonnes; rose 5 percent; the damage is 96m; employs 1,240 people; was fined $14,500."""
    ts, k = at.line.ts, before_figure(at)
    g = at.line.governor(at.i)
    if g is None or (g.verb != k and not (k > g.verb and _gap(at, g, k))):
        return None
    if _compares(at) or at.low(-1) == "the" or (at.counted is not None and vague(at)):
        return nothing()
    if k + 1 < at.i and ts[at.i - 1].has("poss"):
        return None
    if at.counted is not None and g.lemma in listed("rests"):
        return nothing()  # "sat two seats away"
    if g.lemma == "measure" and at.kind not in ("length", "area", "volume", "temperature"):
        return nothing()
    np = None if _charged(at, g) else at.line.subject(g)
    if at.kind == "percent" and g.lemma == "give" and g.verb < k and not g.passive:
        return Measured("share", (g.verb + 1, k + 1), "open.given", 0.75)
    change = change_of(g.lemma)
    direct = g.verb == k
    if g.lemma in listed("is") and not g.passive and direct:
        if np is None:
            return nothing()
        if g.lemma == "run" or (
            g.lemma in ("hit", "top", "reach", "exceed", "average", "peak", "measure")
            and at.counted is not None
            and measured_noun(at, np) is None
        ):
            return None if g.lemma == "run" else Measured(default_property(at), np, "open.is", 0.5, scope_of(g))
        if at.counted is not None:
            return nothing() if g.lemma == "be" else Measured(default_property(at), np, "open.is", 0.6, scope_of(g))
        if at.kind == "temperature" and ts[np[0]].low == "it":
            return nothing()
        if (
            at.kind == "time"
            and measured_noun(at, np) is None
            and g.lemma in ("be", "become", "stay", "stand", "remain")
        ):
            return nothing()
        return about_phrase(at, np, "open.is", 0.8)
    if change is not None and direct and at.counted is None and not g.passive:
        if at.kind in ("percent", "length", "mass", "temperature", "money") or at.q.unit == "percentage point":
            return changed(at, np, change, "open.change", 0.8) if np else nothing()
        return nothing()
    if np is None and (not g.bare or _charged(at, g)):
        return nothing()
    named = listed("verb").get(g.lemma)
    if at.kind == "time":
        if g.lemma not in listed("takes-time"):
            return nothing()
        return Measured("duration", np, "open.verb", 0.75, None if g.lemma in ("last", "take") else scope_of(g))
    if at.kind == "percent" and g.lemma not in listed("has-share"):
        return nothing()
    if at.kind == "temperature" and np is not None and ts[np[0]].low == "it":
        return nothing()
    if g.lemma in HAVE or g.lemma == "have":
        return Measured(default_property(at), np, "open.have", 0.75)
    if (
        at.counted is None
        and named is not None
        and not g.passive
        and (named not in ("workforce", "offer") or at.kind == "money")
    ):
        return Measured(named, np, "open.verb", 0.85)
    if g.passive and at.kind == "money":
        return Measured(
            "fine" if g.lemma == "fine" else "sum", np, "open.verb", 0.75, None if g.lemma == "fine" else scope_of(g)
        )
    if at.counted is None and named is None and at.kind not in listed("object-unit"):
        return nothing()
    if g.passive:
        return nothing()
    return Measured(default_property(at), np, "open.object", 0.75 if direct else 0.65, scope_of(g))


def _compares(at: At) -> bool:
    """Whether a figure is only how much more or where: "3 km up", "212 euros more"; not "lost 11 seats in May"."""
    low = at.low(1)
    return low in listed("comparative") and (low not in ALSO_PREPOSITIONS or at.kind in ("length", "time"))


def _charged(at: At, g: Group) -> bool:
    """Whether a participle tells what somebody is charged with: no claim that it was so."""
    ts, k = at.line.ts, g.first - 1
    return (
        g.bare
        and k > 0
        and ts[k].low in ("with", "of")
        and any(
            t.low in ("charged", "accused", "suspected", "convicted", "acquitted", "suspicion")
            for t in ts[max(0, k - 6) : k]
        )
    )


def _gap(at: At, g: Group, k: int) -> bool:
    """Whether only a noun phrase stands between verb and figure: "handed the army 84 lorries", "cost the city 3m"."""
    ts = at.line.ts
    if g.lemma not in listed("gives"):
        return False
    if k == g.verb + 1 and ts[k].low in ("it", "him", "her", "them", "us", "me", "you"):
        return True
    if k != at.i - 1:
        return False
    return np_end(ts, g.verb + 1) >= at.i and not ts[at.i - 1].has("prep")


FOUND = frozenset(("found", "discovered", "detected", "seen", "spotted", "identified", "recorded"))


def as_subject(at: At) -> Measured | None:
    """204 houses were destroyed; four people have died; 40 of the houses burned."""
    ts, i = at.line.ts, at.i
    if at.counted is None:
        return None
    k = before_figure(at)
    whole = i > 1 and ts[i - 1].low == "all" and ts[i - 2].low == "in"  # "in all 204 houses"
    if (i and ts[i - 1].low in DEFINITE and not whole) or vague(at) or at.q.because.rule.endswith("count.one"):
        return nothing()  # "the two heads met" tells no number, "a few people" none to keep
    if (
        k >= 0
        and not whole
        and (ts[k].has("prep") or (ts[k].has("verb") and not ts[k].has("mark")) or ts[k].low == "to")
    ):
        return None
    j = i + 1
    for _ in range(2):
        if j + 1 < len(ts) and ts[j].low in ("in", "at", "on", "of", "from", "with", "for", "across", "near"):
            j = j + 2 if ts[j + 1].low == "#" else max(j + 1, np_end(ts, j + 1))
    g = at.line.after(j)
    if g is None:
        return None
    scope: Span | None = scope_of(g)
    if g.lemma in ("be", "have") and g.verb + 1 < len(ts):
        nxt = ts[g.verb + 1]
        if g.lemma == "have" or nxt.has("mark", "figure"):
            return nothing()
        scope = (g.verb + 1, g.verb + 2) if not nxt.has("prep", "det", "adv") else None
        if nxt.has("prep"):
            end = np_end(ts, g.verb + 2)
            scope = (g.verb + 1, end) if g.verb + 2 < end <= g.verb + 5 else None
        if scope is None:
            return nothing()
    place = _found_in(at, g)
    if place is not None:
        return Measured(default_property(at), place, "open.subject", 0.8, scope)
    return Measured(default_property(at), None, "open.subject", 0.8, scope, passage=at.counted)


def _found_in(at: At, g: Group) -> Span | None:
    """Where what is counted was found: "two cracks were found in the tunnel" tells of the tunnel."""
    ts, k = at.line.ts, g.verb + 1
    if not g.passive or ts[g.verb].low not in FOUND or k + 1 >= len(ts) or ts[k].low not in ("in", "on", "at", "along"):
        return None
    end = np_end(ts, k + 1)
    return (k + 1, end) if end > k + 1 and not ts[k + 1].has("when", "day", "month", "figure") else None
