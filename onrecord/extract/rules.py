"""A sentence → its attributions: each verb group is offered to the rules below, the first that answers wins.

The rules' names stand in `Because.rule`; their scores are about the precision met on PolNeAR train.
"""

from __future__ import annotations

from onrecord.extract.cues import Group
from onrecord.extract.lexicon import listed
from onrecord.extract.lines import (
    Draft,
    Line,
    clause_end,
    clause_start,
    draft,
    ends_with_colon,
    quote_end,
    sort_of,
    span,
    then_quotation,
    verb_phrase_end,
)
from onrecord.extract.phrasal import by_phrase, impersonal, seeming
from onrecord.extract.phrases import has_finite, phrase_after, skip_adjuncts, subject_before
from onrecord.extract.sources import classes
from onrecord.extract.subjects import antecedent, find_source, inherits
from onrecord.extract.tokens import Token, is_finite
from onrecord.records import Passage, Sort


def read_line(line: Line) -> list[Draft]:
    """The attributions of one sentence."""
    out: list[Draft] = []
    out += by_phrase(line)
    quoted = [p for d in out if d.rule == "speech.quoted-as" for p in d.cue]
    for g in line.groups:
        if any(p.start <= line.ts[g.verb].start < p.end for p in quoted):
            continue
        d = by_verb(line, g, out)
        if d is not None:
            out.append(d)
    return out


def by_verb(line: Line, g: Group, before: list[Draft]) -> Draft | None:
    """The attribution that a verb group makes, if its source and content can be found."""
    if g.passive:
        return impersonal(line, g)
    if g.first > 0 and line.ts[g.first - 1].low == "worth":
        return None  # "it is worth noting that": nobody in particular does
    source, inverted = find_source(line, g)
    if source is not None and not inverted and compared(line.ts, *source):
        return None  # "…, up from 340 million announced in March, …"
    line.subjects[g.verb] = source
    right = source[1] if inverted and source else g.last + 1
    left = source[0] if source and not inverted and source[0] < g.first and not inherits(line, g, source) else g.first
    if g.takes("Z"):
        return seeming(line, g, source, right)
    for rule in (postposed, quotation_after, object_then, clause_after, told_clause, noun_after):
        d = rule(line, g, left, right)
        if d is not None:
            if source is None:
                return None
            relative = antecedent(line, source)
            if relative is not None and line.ts[relative[1] - 1].low in ANYONE:
                return None  # "those who said jobs mattered most"
            d.source = line.passage(*(relative or source))
            if generic(line, d, source):
                return None
            if merges(d, before):
                return None
            shortened(line, d, before)
            if g.negative and d.rule in ("speech.noun", "speech.clause"):
                d.score = min(d.score, 0.35)  # "does not disclose details" reports nothing
            return d
    return None


def compared(ts: list[Token], a: int, b: int) -> bool:
    """Whether what stands before a verb is a figure that another is held against: "up from 340 million dinars"."""
    number = next((k for k in range(a, b) if ts[k].has("number")), None)
    if number is None:
        return False
    k = number - 1
    while k > 0 and (ts[k].has("det", "adv", "poss") or ts[k].low in ROUGHLY) and ts[k].low not in HELD_AGAINST:
        k -= 1
    before = {ts[k].low, f"{ts[k - 1].low} {ts[k].low}"} if k > 0 else set()
    return not HELD_AGAINST.isdisjoint(before)


def generic(line: Line, d: Draft, source: tuple[int, int]) -> bool:
    """Whether nobody in particular is meant: "if you want milk"."""
    return d.sort in (Sort.BELIEF, Sort.PLAN) and line.ts[source[0]].low in ("you", "one", "which", "it")


def merges(d: Draft, before: list[Draft]) -> bool:
    """Whether a second cue of one statement was added to it: Lund remarked, “…,” he said. “…”"""
    for earlier in before:
        shared = [p for p in d.content if any(p.start <= e.start and e.end <= p.end for e in earlier.content)]
        if d.rule == "speech.after-quotation" and earlier.quoting and shared and d.cue != earlier.cue:
            earlier.cue += d.cue
            earlier.content += [p for p in d.content if p not in shared]
            return True
    return False


def postposed(line: Line, g: Group, left: int, right: int) -> Draft | None:
    """Content before the cue: "…," said Lund. Rates will rise, the bank said. "A," she said, "B.\""""
    ts = line.ts
    if not g.takes("QCP") or left == 0 or not g.finite:
        return None
    k = skip_adjuncts(ts, after_addressee(line, g, right))
    at = left - 1
    if ts[at].low in (",", "—", "–", "-") and at > 0:
        at -= 1
    if ts[at].quoted and (at == left - 1 or ts[left - 1].low == ","):
        a = at if any(e.verb < at for e in line.groups) else clause_start(line, at)
        content = [span(line, a, at + 1)]
        content += more_after(line, k)
        return draft(line, g, content, "Q", "speech.after-quotation", 0.95, quoting=True)
    closes = k >= line.end or ts[k].low in (",", ";", "—", "–") or (k < len(ts) and ts[k].low == ":" and False)
    if at == left - 1 or not closes or not g.finite:
        return None
    a = clause_start(line, at)
    middle = ts[left - 1].low == "," and k + 1 < line.end and ts[k].low == ","
    if not has_finite(ts, a, at + 1) and at + 1 - a < 5 and not middle:
        return None
    if not closes_clause(line, g):
        return None
    told = k > right and not ts[right].has("prep", "mark", "adv", "day")
    if ts[a].low in ASKED and not subject_before(ts, a):
        return None  # "Asked about the delay, she did not elaborate": the question is nobody's content
    opened = middle and not has_finite(ts, a, at + 1) and bool(more_after(line, k))  # "In June, she said, it opens"
    if ts[a].has("sub", "prep") and not has_comma_clause(ts, a, at + 1) and (k < line.end or told) and not opened:
        return None
    return draft(line, g, [span(line, a, at + 1), *more_after(line, k)], "C", "speech.after-clause", 0.9)


def after_addressee(line: Line, g: Group, right: int) -> int:
    """Index after those who are told: "told | the Herald", "assured | riders"; "ordered an inquiry" tells nobody."""
    ts = line.ts
    if not g.takes("O") or right >= line.end or ts[right].has("mark", "prep", "adv") or ts[right].low in ("a", "an"):
        return right
    if ts[right].quoted or ts[right].low in ("that", "to"):
        return right
    return max(right, right + 1 if "obj" in ts[right].classes else phrase_after(ts, right))


def closes_clause(line: Line, g: Group) -> bool:
    """Whether the verb may follow what it reports: "…, she said", "…, he added", "…, the minister went on"."""
    if any("C" in c.frames or {"T", "Q"} <= set(c.frames) for c in g.options):
        return True
    source = subject_before(line.ts, g.first)
    if g.takes("P") is None or source is None:
        return False
    t = line.ts[source[1] - 1]
    return "pron" in t.classes or t.cap or bool({"role", "group"} & classes().get(t.low, frozenset()))


def has_comma_clause(ts: list[Token], a: int, b: int) -> bool:
    return any(ts[k].low == "," and has_finite(ts, k, b) for k in range(a, b))


def more_after(line: Line, k: int) -> list[Passage]:
    """Content that goes on after a cue in its middle: ', "and it will."', ", and that it would"."""
    ts = line.ts
    if k >= line.end:
        return []
    again = resumed(line, k)
    if again is not None:
        return [span(line, again, quote_end(line, again))]
    if ts[k].low in (",", ":", "—", ";") and k + 1 < line.end:
        k += 1
    elif not ts[k].quoted:
        return []
    if ts[k].quoted:
        return [span(line, k, quote_end(line, k))]
    if any(closing_cue(line, k, g) for g in line.groups):
        return []
    if any(
        g.first <= k + 2 and g.verb >= k and not (g.finite and not g.infinitive and subject_before(ts, g.first))
        for g in line.groups
        if g.verb >= k
    ):
        return []
    if ts[k].has("prep", "verb:ing", "rel") or ts[k].low in ("who", "which", "as", "while", "and", "but", "according"):
        return []
    if has_finite(ts, k, line.end) or not has_finite(ts, 0, k - 1):
        return [span(line, k, clause_end(line, k))]
    return []


def resumed(line: Line, k: int) -> int | None:
    """Index of a quotation that goes on behind a circumstance of saying: "…," she said, pointing at the quay, "…"."""
    ts = line.ts
    at = k + 1 if ts[k].low == "," else k
    if at >= line.end or not ts[at].has("verb:ing", "prep", "sub") or ts[at].low in ("according", "that"):
        return None
    again = next((j for j in range(at + 1, min(line.end, at + FURTHEST)) if ts[j].quoted), None)
    if again is None or ts[again - 1].low != ",":
        return None
    asked = any(at < g.first and g.last < again and g.finite and g.takes("Q") for g in line.groups)
    return None if asked else again


def shortened(line: Line, d: Draft, before: list[Draft]) -> None:
    """Ends a content before a quotation that is already another's: "…," said Lund, citing costs, "…"."""
    for earlier in before:
        for q in earlier.content[1:] if earlier.quoting else ():
            d.content = [Passage(p.start, last_word(line, p, q)) if p.start < q.start < p.end else p for p in d.content]


def last_word(line: Line, p: Passage, q: Passage) -> int:
    """Where the words of `p` before `q` end."""
    ends = [t.end for t in line.ts if p.start <= t.start and t.end < q.start and "mark" not in t.classes]
    return max(ends, default=p.end)


def closing_cue(line: Line, k: int, g: Group) -> bool:
    """Whether the tokens from `k` are another's source and cue and no more: "…," she said, | the agency reported."""
    own = subject_before(line.ts, g.first) if g.finite and g.first > k else None
    return own is not None and own[0] == k and skip_adjuncts(line.ts, after_addressee(line, g, g.last + 1)) >= line.end


def quotation_after(line: Line, g: Group, left: int, right: int) -> Draft | None:
    """A quotation after the cue, perhaps running on: Lund said: "…". She called it "a mess" for riders."""
    ts = line.ts
    if not g.takes("Q") or right >= len(ts):
        return None
    k = skip_adjuncts(ts, right)
    if k < len(ts) and ts[k].low == "that" and k + 1 < len(ts) and ts[k + 1].quoted:
        k += 1
    at = k + 1 if k < len(ts) and ts[k].low in (",", ":", "—", "–") else k
    if at < len(ts) and ts[at].quoted:
        return draft(line, g, [span(line, at, quote_end(line, at))], "Q", "speech.before-quotation", 0.9, quoting=True)
    if k < len(ts) and ts[k].low == ":":
        if k + 1 >= line.end:
            d = draft(line, g, [], "Q", "speech.colon", 0.9, quoting=True)
            d.awaiting = True
            return d
        return draft(line, g, [span(line, k + 1, line.end)], "Q", "speech.colon", 0.8, quoting=True)
    return None


def clause_after(line: Line, g: Group, left: int, right: int) -> Draft | None:
    """A clause after the cue: said that …, said …, asked whether …, vowed to …"""
    ts = line.ts
    if right >= line.end:
        return None
    k = right if infinitive_at(ts, right) and g.takes("I") else skip_adjuncts(ts, right)
    if k >= line.end:
        return None
    t = ts[k]
    if (that := after_aside_that(ts, k, line.end)) is not None:
        k = that
        t = ts[k]
    if t.low == "that" and g.takes("T") and k + 1 < line.end and says(ts, k + 1, line.end):
        a = after_aside(ts, k + 1, line.end)
        return draft(line, g, then_quotation(line, a), "T", "speech.that", 0.93, quoting=ends_with_colon(line))
    if t.low in ("whether", "if", "how", "why", "what", "who", "where", "when") and g.takes("W"):
        return draft(line, g, [span(line, k, clause_end(line, k))], "W", "speech.whether", 0.75)
    if t.low == "to" and g.takes("I") and k + 1 < line.end and not ts[k + 1].has("det", "poss", "obj"):
        if any(t.low in ("anonymous", "named", "identified") for t in ts[k : k + 5]):
            return None  # "who wished to remain anonymous"
        score = 0.35 if sort_of(g, "I") is Sort.PLAN else 0.6  # "wants to" tells of a wish, not of words
        return draft(line, g, [span(line, k, clause_end(line, k))], "I", "plan.to", score)
    if g.takes("C") and gap(ts, left) and is_finite(ts, k):
        return draft(line, g, [span(line, k, clause_end(line, k))], "C", "speech.relative", 0.6)
    if g.takes("C") and not t.has("mark", "sub", "obj", "conj") and t.low not in BARE_PREPOSITIONS and t.low != "to":
        end = clause_end(line, k)
        verb = next((j for j in range(k, end) if is_finite(ts, j)), None)
        parted = any(ts[j].low == "that" and ts[j - 1].low == "," for j in range(k + 1, verb or k))
        if verb is not None and verb > k and not parted:  # "…, citing the ministry, that the lift is late"
            return draft(line, g, [span(line, k, end)], "C", "speech.clause", 0.85)
    return None


def after_aside_that(ts: list[Token], comma: int, end: int) -> int | None:
    """Index of the "that" behind a comma or aside: "reported, citing it, | that", "said in Varn, Aldra, | that"."""
    if ts[comma].low != "," or comma + 1 >= end:
        return None
    first = ts[comma + 1]
    if first.low == "that":
        return comma + 1
    reach = FURTHEST if first.has("verb:ing", "prep") else 3 if first.cap else 0
    close = next((j for j in range(comma + 2, min(end - 1, comma + reach)) if ts[j].low == ","), None)
    return close + 1 if close is not None and ts[close + 1].low == "that" else None


FURTHEST = 25  # tokens between a cue and the quotation that goes on
ANYONE = listed("anyone")
ASKED = listed("asked")
HELD_AGAINST, ROUGHLY = listed("held-against"), listed("roughly")
BARE_PREPOSITIONS = listed("no-clause-after")  # "asked for", "learned of": no clause follows


def after_aside(ts: list[Token], a: int, end: int) -> int:
    """Index after an aside that stands before the clause: that, | according to a survey, | riders …"""
    if ts[a].low != ",":
        return a
    close = next((k for k in range(a + 1, min(end - 1, a + 25)) if ts[k].low == ","), a)
    return close + 1


def says(ts: list[Token], a: int, b: int) -> bool:
    """Whether tokens [a, b) are a clause: they hold a verb or a quotation, or begin like one with an unlisted verb."""
    if has_finite(ts, a, b) or any(t.quoted for t in ts[a:b]):
        return True
    t = ts[a]
    return b - a > 2 and (t.has("det", "poss", "pron", "other", "number") or t.cap or t.low.endswith("s"))


def infinitive_at(ts: list[Token], k: int) -> bool:
    """Whether "to" and a verb stand at `k`, not "to reporters"."""
    if ts[k].low != "to" or k + 1 >= len(ts):
        return False
    t = ts[k + 1]
    return "verb:base" in t.classes or not (t.cap or t.classes or t.low.endswith("s"))


def object_then(line: Line, g: Group, left: int, right: int) -> Draft | None:
    """A person addressed, then the content: told reporters that …, urged riders to …"""
    ts = line.ts
    if not g.takes("O") or right >= line.end or ts[right].has("mark", "prep") or ts[right].quoted:
        return None
    k = right
    while (
        k < line.end
        and k - right < 25
        and not ts[k].quoted
        and ts[k].low not in ("that", "to", ":", "whether", "how", "why", "what", "if")
        and not is_finite(ts, k)
    ):
        k += 1
    if k >= len(ts) or k == right:
        return None
    t = ts[k]
    if t.low in ("that", "whether", "how", "why", "what", "if") and k + 1 < line.end:
        a = k + 1 if t.low == "that" else k
        return draft(line, g, [span(line, a, clause_end(line, a))], "O", "speech.told-that", 0.9)
    if t.low == "to" and g.takes("I") and k + 1 < line.end:
        return draft(line, g, [span(line, k, clause_end(line, k))], "I", "speech.told-to", 0.7)
    if t.quoted or t.low == ":":
        a = k if t.quoted else k + 1
        if a < line.end:
            return draft(
                line,
                g,
                [span(line, a, quote_end(line, a) if t.quoted else line.end)],
                "O",
                "speech.told-quotation",
                0.9,
                quoting=True,
            )
        d = draft(line, g, [], "O", "speech.colon", 0.9, quoting=True)
        d.awaiting = True
        return d
    return None


def told_clause(line: Line, g: Group, left: int, right: int) -> Draft | None:
    """A person addressed, then a bare clause: told us the line was closed."""
    ts = line.ts
    if not g.takes("O") or right >= line.end or ts[right].has("mark", "prep") or ts[right].quoted:
        return None
    k = next((j for j in range(right, min(line.end, right + 25)) if is_finite(ts, j)), None)
    person = right + 1 if "obj" in ts[right].classes else phrase_after(ts, right)
    if k is None or not right < person <= k:
        return None
    a = k - 1 if "pron" in ts[k - 1].classes else person
    a += ts[a].low == ","
    if a >= k:
        return None
    return draft(line, g, [span(line, a, clause_end(line, a))], "O", "speech.told-clause", 0.5)


EMPTY = listed("empty-object")


def gap(ts: list[Token], left: int) -> bool:
    """Whether the object stands before the subject: "the town that Orr called home", "what she called a mess"."""
    return left > 0 and ts[left - 1].low in ("that", "which", "what", "whom")


def noun_after(line: Line, g: Group, left: int, right: int) -> Draft | None:
    """A noun phrase as content: praised the new line, called for talks, rejected the offer."""
    ts = line.ts
    if not g.takes("N") or right >= line.end:
        return None
    k = right
    if skip_adjuncts(ts, k) >= line.end:
        return None  # "…, she said on Tuesday at a briefing"
    if gap(ts, left) or (k + 1 >= line.end and ts[k].low in EMPTY):
        return None
    if (
        ts[k].low in ("for", "of", "from", "in", "by", "with", "as")
        or "mark" in ts[k].classes
        or ("sub" in ts[k].classes and "prep" not in ts[k].classes)
    ):
        return None
    return draft(line, g, [span(line, k, verb_phrase_end(line, k))], "N", "speech.noun", 0.5)
