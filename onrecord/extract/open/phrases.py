"""A figure inside a noun phrase, or beside one → what it measures: "a range of 300 km", "a 300-km range", "3 m deep".

Each rule says in its docstring which forms it takes.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.open.naming import (
    NUMERALS,
    At,
    Measured,
    before_figure,
    change_noun,
    change_of,
    changed,
    default_property,
    holder,
    holder_of_phrase,
    is_said,
    listed,
    measured_noun,
    modifies,
    nothing,
    owner_before,
    scope_of,
    subject_of,
    whose,
)
from onrecord.extract.open.noun_phrases import head, nounish, np_end, np_full, np_start


def aged(at: At) -> Measured | None:
    """Ann Lee, 66, said; a 68-year-old man; she is 66 years old."""
    rule, ts, i = at.q.because.rule, at.line.ts, at.i
    if ".age" not in rule:
        return None
    if at.low(-1) == "," and i >= 2:
        a = np_start(ts, i - 1)
        return Measured("age", (a, i - 1), "open.age", 0.9) if a < i - 1 and ts[i - 2].cap else nothing()
    end = np_end(ts, i + 1)
    if end > i + 1 and ts[i + 1].low not in ("and", "or"):
        return Measured("age", (i + 1, end), "open.age", 0.8)
    g = at.line.governor(i)
    if g is not None and g.lemma == "be":
        return Measured("age", at.line.subject(g), "open.age", 0.8)
    if at.line.text[at.q.passage.start : at.q.passage.end].lower().startswith("aged") or at.low(-1) == "aged":
        k = i - 1 if at.low(-1) == "aged" else i
        a = np_start(ts, k)
        return Measured("age", (a, k), "open.age", 0.7) if a < k else nothing()
    return nothing()


def adjective(at: At) -> Measured | None:
    """The bridge is 300 km long; dust three inches deep; a 300-km-long bridge; a wall 4 m high; lies 2 km away."""
    ts, k = at.line.ts, at.i + 1
    if at.low(1) == "-":
        k += 1
    name = listed("adjective").get(ts[k].low) if k < len(ts) else None
    if name is not None and at.counted is not None and ts[k].low == "long" and is_said(at):
        return Measured("length", subject_of(at), "open.adjective", 0.8)  # "the novel is 119 pages long"
    if name is None or at.counted is not None or at.kind == "money":
        return None
    if at.kind == "time" and name not in ("age", "duration"):
        return (
            Measured("duration", subject_of(at), "open.adjective", 0.7) if ts[k].low == "long" and is_said(at) else None
        )
    end = np_end(ts, k + 1)
    if at.low(1) == "-" or (at.i > 0 and ts[before_figure(at) + 1].has("det") and end > k + 1):
        return Measured(name, (k + 1, end), "open.adjective", 0.85) if end > k + 1 else None
    if is_said(at):
        return Measured(name, subject_of(at), "open.adjective", 0.9)
    p = at.i - 1
    if p > 0 and ts[p].low == ",":
        a = np_full(ts, p)
        return Measured(name, (a, p), "open.adjective", 0.8) if a < p else nothing()
    if p >= 0 and nounish(ts[p]) and not ts[p].has("det", "verb", "adv"):
        a = np_start(ts, at.i)
        return Measured(name, (a, at.i), "open.adjective", 0.8)
    return None


def premodifier(at: At) -> Measured | None:
    """A 300-km range; a 20-million-euro contract; a 5 percent rise in fares; a 12-year sentence; an 8 percent stake."""
    ts, k = at.line.ts, at.i + 1
    if at.counted is not None or at.q.unit in (None, "x") or (at.kind or "") not in (*listed("premodifies"), "money"):
        return None
    if at.low(1) == "-":
        k += 1
    elif (
        at.kind != "percent"
        and at.line.text[at.q.passage.end - 2 : at.q.passage.end].isalpha()
        and (at.line.text[at.q.passage.end - 1] == "s")
    ):
        return None  # "3 million crowns run out": a plural is before no noun
    if (
        k >= len(ts)
        or not nounish(ts[k])
        or ts[k].has("det", "poss", "adv")
        or ts[k].low in listed("adjective")
        or ts[k].low in listed("comparative")
        or ts[k].low in ("ago", "later", "earlier", "old", "more", "less", "from", "each", "apiece")
    ):
        return None
    end = np_end(ts, k)
    if end == k:
        return None
    h = head(ts, k, end)
    if ts[h].has("adv") or ts[h].low.endswith("ly"):
        return None
    hyphen = "-" in at.line.text[at.q.passage.start : at.q.passage.end] or at.low(1) == "-"
    change = change_noun(ts[h].low)
    if change is not None:
        if h > k and not ts[h - 1].has("verb") and ts[h - 1].low not in listed("hedge"):
            return Measured(
                f"{change} of {ts[h - 1].low}",
                whose(at, h, ("in", "of", "on", "for", "to")) or holder(at) or (k, end),
                "open.change-noun",
                0.7,
            )
        of = whose(at, h, ("in", "of", "on", "for", "to"))
        return changed(at, of, change, "open.change-noun", 0.8) if of is not None else nothing()
    if str(at.q.comparator) != "=" and hyphen:
        return nothing()  # "went back on its word over the 20-mile limit"
    if ts[h].low in listed("noun"):
        if at.kind == "time" and ts[h].low not in listed("lasting"):
            return nothing()  # "ten-year yields" are not measured in years
        name = " ".join(t.low for t in ts[max(k, h - 2) : h + 1])
        return Measured(name, whose(at, h, ("of", "in", "for")) or holder(at) or (k, end), "open.premodifier", 0.8)
    article = (at.i > 0 and ts[at.i - 1].has("det", "poss")) or not nounish(ts[at.i - 1]) if at.i else True
    if at.kind == "percent" or not (hyphen or article) or (at.kind == "time" and not hyphen):
        return None
    return Measured(listed("premodifies")[at.kind or ""], (k, end), "open.premodifier", 0.8 if hyphen else 0.6)


def of_noun(at: At) -> Measured | None:
    """A range of 300 km; a boom of 900 metres; a crew of 12; an increase of 9 percent; at a cost of 3m."""
    ts, k = at.line.ts, before_figure(at)
    if k < 1 or ts[k].low != "of":
        return None
    h = k - 1
    word = ts[h].low
    if (
        not nounish(ts[h])
        or word[:1].isdigit()
        or word in listed("partitive")
        or word in NUMERALS
        or ts[h].low == "#"
        or (ts[h].cap and h > 0)
    ):
        return nothing()
    start = np_start(ts, k)
    np = (start, k)
    change = change_noun(word)
    if change is not None:
        of = whose(at, at.i, ("in", "on")) or owner_before(at, np)
        if h > start and modifies(ts, h - 1) and of is None:
            return Measured(f"{change} of {ts[h - 1].low}", holder_of_phrase(at, np) or np, "open.change-noun", 0.7)
        return changed(at, of, change, "open.change-noun", 0.8) if of is not None else nothing()
    if word in listed("noun") and (
        at.counted is None
        or word in ("crew", "staff", "fleet", "workforce", "headcount", "capacity", "population", "total", "majority")
    ):
        named = measured_noun(at, np)
        name = named.property if named is not None else word
        return Measured(name, owner_before(at, np) or holder_of_phrase(at, np) or np, "open.of-noun", 0.85)
    if at.counted is not None:
        return Measured(default_property(at), np, "open.of-noun", 0.7) if word in listed("collective") else nothing()
    if at.kind == "percent":
        return nothing()
    return Measured(listed("premodifies").get(at.kind or "", default_property(at)), np, "open.of-noun", 0.7)


def of_what(at: At) -> Measured | None:
    """900 tonnes of fertiliser were lost; holds 900 tonnes of fertiliser; 40 percent of voters."""
    ts, i = at.line.ts, at.i
    if at.low(1) != "of" or at.counted is not None:
        return None
    end = np_end(ts, i + 2)
    if end == i + 2:
        return None
    what = " ".join(
        t.low if not t.cap else at.line.text[t.start : t.end] for t in ts[i + 2 : end] if not t.has("det", "poss")
    )
    if not what:
        return None
    if at.kind == "percent":
        g = at.line.governor(i)
        if g is not None and change_of(g.lemma) is not None:
            return nothing()
        g = at.line.after(end)
        if (g is not None and before_figure(at) < 0) or (g is not None and not ts[before_figure(at)].has("prep")):
            return Measured(
                f"share of {what}",
                (i + 2, end),
                "open.share",
                0.7,
                scope_of(g) if g.lemma not in ("be", "have") else None,
            )
        g = at.line.governor(i)
        if g is not None and g.verb == before_figure(at) and not g.passive:
            return Measured(f"share of {what}", at.line.subject(g), "open.share", 0.7, scope_of(g))
        return nothing()
    if at.kind == "time" or at.kind is None:
        return None
    g = at.line.governor(i)
    if g is not None and g.verb == before_figure(at) and not g.passive:
        return Measured(
            f"{_much(at)} of {what}",
            at.line.subject(g),
            "open.of-what",
            0.8,
            None if g.lemma in ("be", "have") else scope_of(g),
        )
    g = at.line.after(end)
    if g is not None:
        return Measured(
            f"{_much(at)} of {what}",
            (i + 2, end),
            "open.of-what",
            0.75,
            None if g.lemma in ("be", "have") else scope_of(g),
        )
    return None


def _much(at: At) -> str:
    """ "mass" of fertiliser, but the "amount" of rain in millimetres."""
    return "amount" if at.kind in ("length", "time", "money") else default_property(at)


def _apposed(at: At, k: int) -> Measured | None:
    """His offer for the channel, £88 million, is too much."""
    ts = at.line.ts
    a = np_start(ts, k)
    while 1 < a < k and ts[a - 1].has("prep") and np_start(ts, a - 1) < a - 1:
        a = np_start(ts, a - 1)
    found = measured_noun(at, (a, k)) if a < k else None
    return replace(found, subject=found.subject or (a, k), rule="open.apposition", score=0.75) if found else None


def labelled(at: At) -> Measured | None:
    """Daily allowance per head: 2.80 dollars."""
    ts, k = at.line.ts, at.i - 1
    if k > 1 and ts[k].low == "," and at.counted is None and (i := at.i + 1) < len(ts) and ts[i].low in (",", "."):
        return _apposed(at, k)
    if k < 1 or ts[k].low != ":" or at.counted is not None or any(g.verb < k for g in at.line.groups):
        return None
    a = 0
    end = np_end(ts, a)
    return replace(found, rule="open.label", score=0.7) if end > a and (found := measured_noun(at, (a, end))) else None
