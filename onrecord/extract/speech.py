"""The grammar reader: sentences → attributions, by rules over verb groups, noun phrases and quotation marks.

One rule per way of reporting; each verb group of a sentence is offered to the rules, the first that answers wins.
The rules' names stand in `Because.rule`, their scores are the precision met on PolNeAR train.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from onrecord.extract.cues import Group, groups
from onrecord.extract.document import Document
from onrecord.extract.labels import Labelled, is_transcript, labelled
from onrecord.extract.phrases import has_finite, phrase_after, skip_adjuncts, subject_before
from onrecord.extract.quotes import Quotation
from onrecord.extract.reader import Attribution, NameSpan, SourceKind
from onrecord.extract.sources import source_kind
from onrecord.extract.tokens import STOPS, Token, is_finite, tokens
from onrecord.records import Because, Passage, Passages, Sort

VERSION = "1"
STRONG = frozenset("QCT")


@dataclass
class Draft:
    """An attribution in the making. Passages are of the report; `at` is the sentence it was found in."""

    source: Passage | None
    cue: list[Passage]
    content: list[Passage]
    sort: Sort
    rule: str
    score: float
    quoting: bool = False  # a following sentence that is only a quotation goes on
    awaiting: bool = False  # ended in a colon: the next paragraph is the content


@dataclass(frozen=True)
class Line:
    """A sentence as the rules see it: its tokens with quotations folded, its verb groups, and where it ends."""

    ts: list[Token]
    groups: list[Group]
    end: int  # index after the last token that is no stop
    title: bool = False
    subjects: dict[int, tuple[int, int] | None] = field(default_factory=dict)  # of the groups read so far

    def passage(self, a: int, b: int) -> Passage:
        return Passage(self.ts[a].start, self.ts[b - 1].end)


class GrammarReader:
    """Attributions by rules. Names are left to the rules of `extract/names.py`."""

    name = "grammar"
    version = VERSION

    def attributions(self, doc: Document) -> tuple[Attribution, ...]:
        """All attributions, in order of their first character, nested ones pointing at what holds them."""
        drafts = read(doc)
        return finished(doc, drafts)

    def names(self, doc: Document) -> tuple[NameSpan, ...]:
        return ()


# ---------------------------------------------------------------- paragraphs and sentences


def read(doc: Document) -> list[Draft]:
    """The drafts of a whole document."""
    out: list[Draft] = []
    top = [q for q in doc.quotations if not q.nested]
    starts = {s.start for s in doc.sentences}
    at = 0
    last: Draft | None = None
    named = labelled(doc)
    transcript, turn = is_transcript(doc, named), None
    for i, p in enumerate(doc.paragraphs):
        folded = []
        while at < len(top) and top[at].outer.start < p.end:
            folded.append(top[at])
            at += 1
        title = doc.report.title_passage is not None and p.start == doc.report.title_passage.start
        ts = tokens(doc.text, p, tuple(folded))
        if i in named:
            turn = from_label(named[i])
            out.append(turn)
        elif transcript and turn is not None:
            turn.content.append(p)
        if i in named or (transcript and turn is not None):
            inner = [d for line in lines(doc, ts, starts, title) for d in read_line(line) if reports(doc, d)]
            out += [replace(d, rule=f"{d.rule}.nested", score=d.score * 0.6) for d in inner if d.cue[0].start > turn.cue[0].end]
            last = None
            continue
        here: list[Draft] = []
        for line in lines(doc, ts, starts, title):
            new = read_line(line)
            if not new and only_quotation(line.ts):
                target = here[-1] if here else last
                if target is not None and (target.quoting or target.awaiting):
                    target.content += [t.quotation.inner for t in line.ts if t.quotation is not None]
                    target.quoting, target.awaiting = True, False
                    if not here:
                        last = target
                        continue
            elif here and not new:
                here[-1].quoting = False
            elif new:
                for d in here:
                    d.quoting = False
            here += new
        for q in folded:
            here += nested(doc, q)
        if here:
            last = max((d for d in here), key=lambda d: d.content[-1].end if d.content else 0)
        elif not only_quotation(ts):
            last = None
        out += here
    return [d for d in out if d.content]


def from_label(x: Labelled) -> Draft:
    return Draft(x.name, [x.mark], [x.content], Sort.SPEECH, x.rule, x.score)


def lines(doc: Document, ts: list[Token], starts: set[int], title: bool) -> list[Line]:
    """The sentences of a paragraph; a short "she said." after a quotation belongs to it."""
    cuts = [i for i, t in enumerate(ts) if i == 0 or t.start in starts]
    out: list[list[Token]] = []
    for a, b in zip(cuts, [*cuts[1:], len(ts)], strict=True):
        piece = ts[a:b]
        if out and out[-1][-1].quoted and is_tail(piece, doc.text[out[-1][-1].end - 2] in "?!"):
            out[-1] += piece
        else:
            out.append(piece)
    return [line_of(piece, title) for piece in out]


def line_of(ts: list[Token], title: bool = False) -> Line:
    end = len(ts)
    while end > 0 and ts[end - 1].low in STOPS:
        end -= 1
    return Line(ts, groups(ts, title), end, title)


def is_tail(ts: list[Token], asked: bool) -> bool:
    """Whether a sentence is only a source and a cue: "Lund asked.", "he told reporters on Monday."."""
    if len(ts) > 14 or any(t.quoted for t in ts[:-1]):
        return False
    gs = [g for g in groups(ts) if g.takes("Q") and g.finite and not g.passive]
    if not gs or (gs[0].first == 0 and not (len(ts) > 1 and gs[0].last + 1 < len(ts))):
        return False
    k = skip_adjuncts(ts, gs[0].last + 1)
    subject = subject_before(ts, gs[0].first)
    return (k >= len(ts) - 1 or (asked and ts[k].low != "that")) and subject is not None and subject[0] == 0


def only_quotation(ts: list[Token]) -> bool:
    return bool(ts) and ts[0].quoted and all(t.quoted or t.has("mark") for t in ts)


# ---------------------------------------------------------------- one sentence


def read_line(line: Line) -> list[Draft]:
    """The attributions of one sentence."""
    out: list[Draft] = []
    out += by_phrase(line)
    for g in line.groups:
        d = by_verb(line, g, out)
        if d is not None:
            out.append(d)
    return out


def by_verb(line: Line, g: Group, before: list[Draft]) -> Draft | None:
    """The attribution that a verb group makes, if its source and content can be found."""
    if g.passive:
        return passive(line, g)
    source, inverted = find_source(line, g)
    line.subjects[g.verb] = source
    right = source[1] if inverted and source else g.last + 1
    left = source[0] if source and not inverted and source[0] < g.first and not inherits(line, g, source) else g.first
    for rule in (postposed, quotation_after, clause_after, object_then, noun_after):
        d = rule(line, g, left, right)
        if d is not None:
            if source is None:
                return None
            d.source = line.passage(*source)
            if merges(d, before):
                return None
            if g.negative and d.rule in ("speech.noun", "speech.clause"):
                d.score = min(d.score, 0.35)  # "does not disclose details" reports nothing
            return d
    return None


def merges(d: Draft, before: list[Draft]) -> bool:
    """Whether a second cue of one statement was added to it: Lund remarked, “…,” he said. “…”"""
    for earlier in before:
        shared = [p for p in d.content if any(p.start <= e.start and e.end <= p.end for e in earlier.content)]
        if d.rule == "speech.after-quotation" and earlier.quoting and shared and d.cue != earlier.cue:
            earlier.cue += d.cue
            earlier.content += [p for p in d.content if p not in shared]
            return True
    return False


def inherits(line: Line, g: Group, source: tuple[int, int]) -> bool:
    return source in [s for v, s in line.subjects.items() if v < g.verb]


def find_source(line: Line, g: Group) -> tuple[tuple[int, int] | None, bool]:
    """Token range of who speaks, and whether it stands after the verb ("said Lund")."""
    ts = line.ts
    previous = [s for v, s in line.subjects.items() if s is not None and not ts[s[0]].has("rel")]
    if not g.finite:
        return (previous[-1] if previous else main_subject(line, g.first)), False
    before = ts[g.first - 1] if g.first > 0 else None
    if before is not None and before.low in ("and", "but", "then", "or"):
        return (previous[-1] if previous else main_subject(line, g.first - 1)), False
    own = subject_before(ts, g.first)
    if before is not None and before.low == "," and previous and own is None and not before_quote(ts, g.first - 1):
        return previous[-1], False
    if own is None and (before is None or inverts(line, g)):
        end = phrase_after(ts, g.last + 1)
        if end > g.last + 1:
            return (g.last + 1, end), True
    if own is None and before is not None and before.quoted and not inverts(line, g):
        return (previous[-1] if previous else main_subject(line, g.first)), False
    return own, False


def inverts(line: Line, g: Group) -> bool:
    """Whether the subject may follow: "…," said Lund. Not: praised "the line" and called it …"""
    ts = line.ts
    before = ts[g.first - 1]
    if before.quotation is not None and before.quotation.titled and g.first > 2:
        return False
    if not before.quoted and before.low not in (",", "—", "–"):
        return False
    return any("Q" in c.frames and ("C" in c.frames or "T" in c.frames) for c in g.options)


def before_quote(ts: list[Token], k: int) -> bool:
    return k > 0 and ts[k - 1].quoted


def main_subject(line: Line, before: int) -> tuple[int, int] | None:
    """The subject of the sentence's first finite verb."""
    for k in range(before):
        if is_finite(line.ts, k):
            return subject_before(line.ts, k)
    return None


def sort_of(g: Group, frames: str) -> Sort:
    cue = g.takes(frames)
    return cue.sort if cue else Sort.UNSURE


def draft(
    line: Line, g: Group, content: list[Passage], frames: str, rule: str, score: float, *, quoting: bool = False
) -> Draft:
    cue = line.passage(g.first, g.last + 1)
    return Draft(None, [cue], content, sort_of(g, frames), rule, score, quoting)


# ---------------------------------------------------------------- the rules


def postposed(line: Line, g: Group, left: int, right: int) -> Draft | None:
    """Content before the cue: "…," said Lund. Rates will rise, the bank said. "A," she said, "B.\""""
    ts = line.ts
    if not g.takes("QC") or left == 0 or not g.finite:
        return None
    k = skip_adjuncts(ts, right)
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
    if g.takes("C") is None:
        return None
    if ts[a].has("sub", "prep") and not has_comma_clause(ts, a, at + 1) and k < line.end:
        return None
    return draft(line, g, [span(line, a, at + 1), *more_after(line, k)], "C", "speech.after-clause", 0.9)


def has_comma_clause(ts: list[Token], a: int, b: int) -> bool:
    return any(ts[k].low == "," and has_finite(ts, k, b) for k in range(a, b))


def more_after(line: Line, k: int) -> list[Passage]:
    """Content that goes on after a cue in its middle: ', "and it will."', ", and that it would"."""
    ts = line.ts
    if k >= line.end:
        return []
    if ts[k].low in (",", ":", "—", ";") and k + 1 < line.end:
        k += 1
    elif not ts[k].quoted:
        return []
    if ts[k].quoted:
        return [span(line, k, quote_end(line, k))]
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


def quote_end(line: Line, at: int) -> int:
    """Index after a quotation and what runs on from it in the same clause."""
    ts = line.ts
    t = ts[at]
    assert t.quotation is not None
    if at + 1 >= line.end or t.quotation.stopped:
        return at + 1
    n = ts[at + 1]
    if n.has("mark") and n.low not in ("(",):
        return at + 1
    return clause_end(line, at + 1)


BARE_PREPOSITIONS = frozenset("of for with from by about like as".split())  # "asked for", "learned of": no clause follows


def clause_after(line: Line, g: Group, left: int, right: int) -> Draft | None:
    """A clause after the cue: said that …, said …, asked whether …, vowed to …"""
    ts = line.ts
    if right >= line.end:
        return None
    k = skip_adjuncts(ts, right)
    if k >= line.end:
        return None
    t = ts[k]
    if t.low == "," and k + 1 < line.end and ts[k + 1].low == "that":
        k += 1
        t = ts[k]
    if t.low == "that" and g.takes("T") and k + 1 < line.end and has_finite(ts, k + 1, line.end):
        return draft(line, g, then_quotation(line, k + 1), "T", "speech.that", 0.93, quoting=ends_with_colon(line))
    if t.low in ("whether", "if", "how", "why", "what", "who", "where", "when") and g.takes("W"):
        return draft(line, g, [span(line, k, clause_end(line, k))], "W", "speech.whether", 0.75)
    if t.low == "to" and g.takes("I") and k + 1 < line.end and not ts[k + 1].has("det", "poss", "obj"):
        return draft(line, g, [span(line, k, clause_end(line, k))], "I", "plan.to", 0.6)
    if g.takes("C") and not t.has("mark", "sub", "obj", "conj") and t.low not in BARE_PREPOSITIONS and not t.low == "to":
        end = clause_end(line, k)
        verb = next((j for j in range(k, end) if is_finite(ts, j)), None)
        if verb is not None and verb > k:
            return draft(line, g, [span(line, k, end)], "C", "speech.clause", 0.85)
    return None


def then_quotation(line: Line, a: int) -> list[Passage]:
    """The clause at `a`, and the quotation after its colon: noted that it was late: "We waited"."""
    end = clause_end(line, a)
    for k in range(a + 1, min(end, line.end)):
        if line.ts[k].low == ":" and k + 1 < line.end and line.ts[k + 1].quoted:
            return [span(line, a, k), span(line, k + 1, quote_end(line, k + 1))]
    return [span(line, a, end)]


def ends_with_colon(line: Line) -> bool:
    return any(t.low == ":" for t in line.ts)


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
    if is_finite(ts, k):
        a = right + 1
        person = phrase_after(ts, right)
        a = person if right < person < k else right + 1
        if ts[k - 1].has("pron"):
            a = k - 1
        if a < line.end and ts[a].low == ",":
            a += 1
        if a < line.end:
            return draft(line, g, [span(line, a, clause_end(line, a))], "O", "speech.told-clause", 0.7)
    return None


def noun_after(line: Line, g: Group, left: int, right: int) -> Draft | None:
    """A noun phrase as content: praised the new line, called for talks, rejected the offer."""
    ts = line.ts
    if not g.takes("N") or right >= line.end:
        return None
    k = right
    if ts[k].low == "by" or ts[k].has("mark") or (ts[k].has("sub") and not ts[k].has("prep")):
        return None
    return draft(line, g, [span(line, k, verb_phrase_end(line, k))], "N", "speech.noun", 0.5)


def passive(line: Line, g: Group) -> Draft | None:
    """It was reported that …; was quoted as saying …; the offer was rejected by the union."""
    ts = line.ts
    k = g.last + 1
    sort = g.options[0].sort
    subject = subject_before(ts, g.first)
    it = subject is not None and ts[subject[0]].low == "it" and subject[1] - subject[0] == 1
    if it and k < line.end and ts[k].low == "that":
        return Draft(
            None,
            [line.passage(subject[0] if subject else g.first, g.last + 1)],
            [span(line, k + 1, clause_end(line, k + 1))],
            sort,
            "speech.it-is-said",
            0.7,
        )
    return None


# ---------------------------------------------------------------- phrases


def by_phrase(line: Line) -> list[Draft]:
    """According to X, …; …, according to X; as reported by X."""
    ts, out = line.ts, []
    for k, t in enumerate(ts):
        if t.low == "according" and not heading(line) and k + 1 < line.end and ts[k + 1].low == "to":
            d = circumstance(line, k, k + 2, "speech.according-to", 0.95)
            if d:
                out.append(d)
    return out


def heading(line: Line) -> bool:
    """Whether the line is a heading in capitals: without a stop at its end, most words with a capital."""
    words = [t for t in line.ts if t.low[:1].isalpha() and not t.has("prep", "det", "conj")]
    return line.end == len(line.ts) and sum(t.cap for t in words) > 0.8 * len(words) > 0


def circumstance(line: Line, cue: int, after: int, rule: str, score: float) -> Draft | None:
    """An attribution whose cue is a phrase that stands before, after or inside its content."""
    ts = line.ts
    end = phrase_after(ts, after)
    if end <= after:
        return None
    content = []
    if cue > 0:
        a = clause_start(line, cue - 1)
        b = cue - 1 if ts[cue - 1].low in (",", "—", "–", "(") else cue
        if (b > a and has_finite(ts, a, b)) or b > a:
            content.append(span(line, a, b))
    k = end
    if k < line.end and ts[k].low in (",", ":", "—"):
        k += 1
    if k < line.end and (
        not content
        or (
            end < line.end
            and ts[end].low == ","
            and not ts[k].has("prep", "verb:ing", "rel", "conj")
            and not content_full(line, cue)
        )
    ):
        content.append(span(line, k, clause_end(line, k)))
    if not content:
        return None
    return Draft(line.passage(after, end), [line.passage(cue, after)], content, Sort.SPEECH, rule, score)


def content_full(line: Line, cue: int) -> bool:
    return has_finite(line.ts, clause_start(line, cue - 1), cue)


# ---------------------------------------------------------------- where content begins and ends


def span(line: Line, a: int, b: int) -> Passage:
    """Tokens [a, b) as content: a lone quotation loses its marks, a trailing comma or stop outside marks is cut."""
    ts = line.ts
    b = min(b, len(ts))
    while b - 1 > a and ts[b - 1].low in (",", ".", ";", ":", "—", "–", "-", "!", "?") and not ts[b - 1].quoted:
        b -= 1
    first, last = ts[a], ts[b - 1]
    if b - a == 1 and first.quotation is not None:
        return first.quotation.inner
    return Passage(first.start, last.end)


def clause_start(line: Line, k: int) -> int:
    """Index where the content that ends at `k` begins: after what an earlier cue of the sentence took."""
    ts = line.ts
    floor = 0
    for j in range(k, -1, -1):
        if ts[j].low in (";",):
            floor = j + 1
            break
    while floor < k and (ts[floor].low in ("and", "but", "—", "-", ",") or ts[floor].low in STOPS):
        floor += 1
    return floor


def clause_end(line: Line, a: int) -> int:
    """Index after the clause that begins at `a`: before a chained cue, ", according to", ", she said"."""
    ts = line.ts
    for g in line.groups:
        if g.first <= a:
            continue
        before = g.first - 1
        if before > a + 1 and ts[before].low == "," and g.finite and not g.infinitive:
            own = subject_before(ts, g.first)
            if own is not None and own[0] < a:
                return before
        if before > a and ts[before].low in ("and", "but", ",") and chains(line, g):
            return before - 1 if ts[before].low != "," and ts[before - 1].low == "," else before
        if g.finite and not g.passive and g.takes("C"):
            s = subject_before(ts, g.first)
            if s is not None and s[0] - 1 > a and ts[s[0] - 1].low == ",":
                k = skip_adjuncts(ts, g.last + 1)
                if k >= line.end or ts[k].low == ",":
                    return s[0] - 1
    for k in range(a + 1, line.end):
        if ts[k].low == "," and k + 2 < line.end and k - a > 2 and new_clause(line, k + 1):
            return k
        if ts[k].low == "according" and k + 1 < line.end and ts[k + 1].low == "to":
            return k - 1 if ts[k - 1].low == "," else k
        if ts[k].low == ";":
            return k
    return line.end


def verb_phrase_end(line: Line, a: int) -> int:
    """Index after the object that begins at `a`: also before "and" with another verb ("praised the line and left")."""
    ts, end = line.ts, clause_end(line, a)
    for k in range(a + 1, end - 1):
        if ts[k].low in ("and", "but") and (is_finite(ts, k + 1) or (ts[k + 1].has("adv") and is_finite(ts, k + 2))):
            return k - 1 if ts[k - 1].low == "," else k
    return end


CONTRAST = frozenset(["but", "while", "although", "though", "whereas"])


def new_clause(line: Line, k: int) -> bool:
    """Whether the words at `k`, after a comma, leave the reported clause: ", but the city disagreed"."""
    ts = line.ts
    if ts[k].low in CONTRAST or (ts[k].low == "and" and ts[k + 1].has("pron")):
        return not ts[k + 1].low == "that" and has_finite(ts, k + 1, line.end)
    return False


def chains(line: Line, g: Group) -> bool:
    """Whether a verb group without a subject of its own goes on for the speaker before: ", adding", "and added that"."""
    ts = line.ts
    before = ts[g.first - 1].low
    if not g.takes("TQ"):
        return False
    if before == ",":
        return not g.finite and not g.infinitive
    k = g.last + 1
    if not g.finite or k >= line.end:
        return False
    return (
        ts[k].low in ("that", ":", "to") or ts[k].quoted or (ts[k].low == "," and k + 1 < len(ts) and ts[k + 1].quoted)
    )


# ---------------------------------------------------------------- inside quotations, and the end


def nested(doc: Document, q: Quotation) -> list[Draft]:
    """Attributions that a quotation holds: "Articles by exiles say that …"."""
    out: list[Draft] = []
    inside = [s for s in doc.sentences if q.inner.start <= s.start < q.inner.end or s.start < q.inner.start < s.end]
    for s in inside:
        p = Passage(max(s.start, q.inner.start), min(s.end, q.inner.end))
        children = tuple(c for c in doc.quotations if c.nested and p.start <= c.outer.start and c.outer.end <= p.end)
        line = line_of(tokens(doc.text, p, top_only(children)))
        out += [replace(d, rule=f"{d.rule}.nested", score=d.score * 0.6) for d in read_line(line) if reports(doc, d)]
    return out


def reports(doc: Document, d: Draft) -> bool:
    """Whether an attribution inside a quotation reports others' words: "the articles say", not "I think"."""
    if (
        d.source is None
        or not d.content
        or d.sort is Sort.BELIEF
        or d.rule in ("speech.noun", "plan.to", "speech.whether")
    ):
        return False
    return doc.words(d.source).lower() not in SELF


SELF = frozenset(["i", "we", "you", "it", "which", "that", "what", "there", "this"])


def top_only(qs: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
    out: list[Quotation] = []
    for q in qs:
        if not out or q.outer.start >= out[-1].outer.end:
            out.append(q)
    return tuple(out)


def finished(doc: Document, drafts: list[Draft]) -> tuple[Attribution, ...]:
    """Drafts as records, sorted, each nested one pointing at the smallest content that holds all of it."""
    drafts = sorted(drafts, key=lambda d: (first(d), d.cue[0], d.rule))
    out = []
    for d in drafts:
        out.append(Attribution(
            source=(d.source,) if d.source else (), cue=tuple(d.cue), content=clean(d.content), sort=d.sort,
            source_kind=SourceKind.NONE if d.source is None else source_kind(doc.words(d.source)), nested_in=holder(d, drafts),
            because=Because(rule=d.rule, score=round(d.score, 3)),
        ))  # fmt: skip
    return tuple(out)


def clean(content: list[Passage]) -> Passages:
    return tuple(sorted(set(content)))


def first(d: Draft) -> int:
    return min(p.start for p in [*d.content, *d.cue, *([d.source] if d.source else [])])


def holder(d: Draft, drafts: list[Draft]) -> int | None:
    """Index of the attribution with the shortest content passage that holds cue and source of `d`."""
    own = [*d.cue, *([d.source] if d.source else [])]
    a, b = min(p.start for p in own), max(p.end for p in own)
    best: tuple[int, int] | None = None
    for i, other in enumerate(drafts):
        if other is d:
            continue
        for p in other.content:
            if p.start <= a and b <= p.end and (best is None or p.end - p.start < best[0]):
                best = (p.end - p.start, i)
    return None if best is None else best[1]
