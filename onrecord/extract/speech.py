"""The grammar reader: a document → attributions. Paragraph by paragraph: labels, sentences, quotations that go on, and
what is reported inside quotations. The rules for one sentence are in `rules` and `phrasal`.
"""

from __future__ import annotations

from dataclasses import replace

from onrecord.extract.cues import groups
from onrecord.extract.document import Document
from onrecord.extract.labels import ANSWERED, ASKED, Labelled, is_transcript, labelled
from onrecord.extract.lexicon import cue_forms, listed
from onrecord.extract.lines import Draft, Line, line_of
from onrecord.extract.nobodies import are_nobodies
from onrecord.extract.phrases import skip_adjuncts, subject_before
from onrecord.extract.quotes import Quotation
from onrecord.extract.reader import Attribution, NameSpan, SourceKind
from onrecord.extract.rules import read_line
from onrecord.extract.sources import source_kind
from onrecord.extract.tokens import Token, tokens
from onrecord.extract.trust import trust
from onrecord.records import Because, Passage, Passages, Sort

VERSION = "4"
MAX_LINE = 160  # tokens: a longer sentence is read in pieces, which bounds the time of any text
NOT_INSIDE = (
    "speech.noun",
    "speech.noun-that",
    "belief.adjective",
    "belief.seems",
    "plan.to",
)  # inside a content: right once in five, on PolNeAR train
BACK = 80  # attributions before one that may hold it


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


def read(doc: Document) -> list[Draft]:
    """The drafts of a whole document."""
    out: list[Draft] = []
    top = [q for q in doc.quotations if not q.nested]
    starts = {s.start for s in doc.sentences}
    at = 0
    last: Draft | None = None
    before: Quotation | None = None  # left open at the end of the paragraph before
    held: list[Passage] = []  # paragraphs of a quotation whose speaker is named at its end
    named = labelled(doc)
    transcript = is_transcript(doc, named)
    turn: Draft | None = None
    for i, p in enumerate(doc.paragraphs):
        folded = []
        while at < len(top) and top[at].outer.start < p.end:
            folded.append(top[at])
            at += 1
        title = doc.report.title_passage is not None and p.start == doc.report.title_passage.start
        ts = tokens(doc.text, p, tuple(folded))
        if i in named and named[i].rule == ASKED:
            turn = None
        elif i in named:
            turn = from_label(named[i])
            out.append(turn)
        elif transcript and turn is not None:
            turn.content.append(p)
        if turn is not None and (i in named or transcript):
            inner = [d for line in lines(doc, ts, starts, title) for d in read_line(line) if reports(doc, d)]
            out += [
                replace(d, rule=f"{d.rule}.nested", score=d.score * 0.6)
                for d in inner
                if d.cue[0].start > turn.cue[0].end
            ]
            last = None
            continue
        if folded and folded[0].continued and last is not None and before is not None and before.inner in last.content:
            last.content.append(folded[0].inner)
        before = folded[-1] if folded and not folded[-1].closed else None
        here: list[Draft] = []
        for line in lines(doc, ts, starts, title):
            new = read_line(line)
            if not new and (only_quotation(line.ts) or (here and only_a_tail(line))):
                target = next((d for d in reversed(here) if d.quoting or d.awaiting), here[-1]) if here else last
                if target is not None and (target.quoting or target.awaiting):
                    target.content += quoted_again(line)
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
        if only_quotation(ts) and not here and last is None and any(not t.quotation.closed for t in ts if t.quotation):
            held += [t.quotation.inner for t in ts if t.quotation is not None]
        elif held:
            resumed = next((d for d in here for q in folded if q.continued and q.inner in d.content), None)
            if resumed is not None:
                resumed.content = held + resumed.content
            held = []
        if here:
            last = max((d for d in here), key=lambda d: d.content[-1].end if d.content else 0)
        elif not only_quotation(ts):
            last = None
        out += here
    for d in out:
        d.content = [p for p in d.content if p.start < p.end]
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
    return [line_of(piece[k : k + MAX_LINE], title) for piece in out for k in range(0, len(piece), MAX_LINE)]


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
    return bool(ts) and ts[0].quoted and all(t.quoted or "mark" in t.classes for t in ts)


def only_a_tail(line: Line) -> bool:
    """Whether a sentence is a quotation and the end of its last clause: “It is a tax” for the few."""
    ts = line.ts
    return ts[0].quoted and not any(g.finite for g in line.groups) and not any(t.quoted for t in ts[1:])


def quoted_again(line: Line) -> list[Passage]:
    """The quotations of a sentence that only goes on; the words behind one are of it too."""
    found = [t.quotation.inner for t in line.ts if t.quotation is not None]
    if only_quotation(line.ts):
        return found
    last = line.ts[-2] if "mark" in line.ts[-1].classes else line.ts[-1]
    return [Passage(found[0].start, last.end)]


def nested(doc: Document, q: Quotation) -> list[Draft]:
    """Attributions that a quotation holds: "Articles by exiles say that …"."""
    out: list[Draft] = []
    inside = doc.sentences_in(q.inner)
    for s in inside:
        p = Passage(max(s.start, q.inner.start), min(s.end, q.inner.end))
        children = tuple(c for c in doc.quotations_in(p) if c.nested and c.outer.end <= p.end)
        line = line_of(tokens(doc.text, p, top_only(children))[:MAX_LINE])
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
    addressed = d.rule == "speech.told-to" and any(
        "T" in c.frames for c, _ in cue_forms().get(doc.words(d.cue[0]).lower().split()[-1], ())
    )
    return not addressed and doc.words(d.source).lower() not in SELF


SELF = listed("own-voice")


def top_only(qs: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
    out: list[Quotation] = []
    for q in qs:
        if not out or q.outer.start >= out[-1].outer.end:
            out.append(q)
    return tuple(out)


def finished(doc: Document, drafts: list[Draft]) -> tuple[Attribution, ...]:
    """Drafts as records, sorted, each nested one pointing at the smallest content that holds all of it."""
    drafts = distinct(sorted(drafts, key=lambda d: (first(d), d.cue[0], d.rule)))
    drafts = [d for i, d in enumerate(drafts) if d.rule not in NOT_INSIDE or holder(i, drafts) is None]
    out = []
    for i, d in enumerate(drafts):
        kind, outer = kind_of(doc, d), holder(i, drafts)
        out.append(Attribution(
            source=(d.source,) if d.source else (), cue=tuple(d.cue), content=clean(d.content), sort=sort_of(d, kind),
            source_kind=kind, nested_in=outer,
            because=Because(rule=d.rule, score=round(trust(doc, d, kind, inside=outer is not None), 3)),
        ))  # fmt: skip
    return tuple(out)


def kind_of(doc: Document, d: Draft) -> SourceKind:
    """The kind of a draft's source; whoever answers in an interview is one person, named or not."""
    if d.source is None:
        return SourceKind.UNSURE if d.rule == ANSWERED else SourceKind.NONE
    words = doc.words(d.source)
    return SourceKind.GROUP if are_nobodies(words) else source_kind(words)


def distinct(drafts: list[Draft]) -> list[Draft]:
    """Without a second draft of the same words: one inside a quotation may be found from the outside too."""
    seen: dict[tuple[Passage | None, Passages, Passages], Draft] = {}
    for d in drafts:
        seen.setdefault((d.source, tuple(sorted(set(d.cue))), clean(d.content)), d)
    return list(seen.values())


def sort_of(d: Draft, kind: SourceKind) -> Sort:
    """What a document says is of its own sort; what people say is none of it, in writing too."""
    if d.sort is Sort.DOCUMENT and kind in (SourceKind.ROLE, SourceKind.GROUP, SourceKind.PRONOUN):
        return Sort.SPEECH
    return Sort.DOCUMENT if kind is SourceKind.DOCUMENT and d.sort is Sort.SPEECH else d.sort


def clean(content: list[Passage]) -> Passages:
    return tuple(sorted(set(content)))


def first(d: Draft) -> int:
    near = [d.source] if d.source is not None and d.rule != ANSWERED else []
    return min(p.start for p in [*d.content, *d.cue, *near])


def holder(i: int, drafts: list[Draft]) -> int | None:
    """Index of the attribution with the shortest content passage that holds cue and source of the one at `i`."""
    d = drafts[i]
    own = [*d.cue, *([d.source] if d.source else [])]
    a, b = min(p.start for p in own), max(p.end for p in own)
    near = range(max(0, i - BACK), min(len(drafts), i + 8))
    found = [(p.end - p.start, k) for k in near if k != i for p in drafts[k].content if p.start <= a and b <= p.end]
    return min(found)[1] if found else None
