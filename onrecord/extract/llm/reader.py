"""The reader over a language model's answers: proposals are anchored in the text or refused. Pure: it asks nobody.

Whoever makes it gives `answer_of`, which looks up answers that were asked for before (`onrecord.llm`). Figures, dates
and who "he" is are the rules' as with every reader; the model proposes statements, speakers, claims and subjects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from onrecord.beat import Beat
from onrecord.extract.cast import Cast
from onrecord.extract.claims import Judge
from onrecord.extract.document import Document
from onrecord.extract.encoder import sort_of
from onrecord.extract.lines import Draft
from onrecord.extract.llm.anchor import Refused, drafted, found, places
from onrecord.extract.llm.answer import SaidProposal, parsed, refusal
from onrecord.extract.llm.claims import Proposed, added
from onrecord.extract.llm.prompt import MAX_WINDOWS, PROMPT, requests, windows
from onrecord.extract.proposer import Spoken
from onrecord.extract.reader import Attribution, NameSpan, SourceKind
from onrecord.extract.slots import Context
from onrecord.extract.speech import GrammarReader, clean, finished
from onrecord.ids import content_id
from onrecord.records import Because, Claim, Form, Kind, Passage, Refusal, Sort, Statement, Step

VERSION = "1"  # of this code: raised with every change that may change what is taken from the same answers
BACK = 3000  # characters before a pronoun or an office in which its speaker is named
ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
LONGEST_NAME = 60  # characters
AnswerOf = Callable[[str], str | None]


class Unanswered(Exception):
    """Answers are missing: nothing is taken from the report, and it is read again when it is added again."""


@dataclass(frozen=True)
class Taken:
    """What was taken from the answers about one document."""

    drafts: tuple[Draft, ...]
    speakers: dict[tuple[object, ...], Passage]  # spans of an attribution → where its speaker is named
    names: tuple[NameSpan, ...]
    proposed: tuple[Proposed, ...]
    refusals: tuple[Refusal, ...]


@dataclass
class LlmReader:
    """Attributions and claims from a model's answers, looked up by key with `answer_of`."""

    model: str
    answer_of: AnswerOf
    name: str = "llm"
    _last: tuple[Document, Taken] | None = field(default=None, init=False, repr=False)

    @property
    def version(self) -> str:
        """Hash of code, prompt and model; the grammar's too, which guards the outlet's own voice."""
        return content_id("reader", VERSION, PROMPT, self.model, GrammarReader.version)

    def attributions(self, doc: Document) -> tuple[Attribution, ...]:
        """All attributions, in order of their first character. Raises Unanswered."""
        return finished(doc, list(self.taken(doc).drafts))

    def names(self, doc: Document) -> tuple[NameSpan, ...]:
        """Subjects of claims that are written as names: they are taken where neither beat nor rules have one."""
        return self.taken(doc).names

    def speakers(self, doc: Document, cast: Cast, known: Spoken) -> Spoken:
        """Speakers of pronouns and offices that the rules leave unsure, where the model points at a person's name."""
        out = dict(known)
        for a, (referent, _) in known.items():
            at = self.taken(doc).speakers.get(_spans(a))
            if referent is not None or at is None or a.source_kind not in (SourceKind.PRONOUN, SourceKind.ROLE):
                continue
            named = [m for m in cast.mentions_in(at, Kind.PERSON) if m.form is Form.NAMED]
            if named:
                id = named[0].referent
                out[a] = id, (Step(passage=a.source[0], referent=id, because=Because(rule="llm.speaker", score=0.5)),)
        return out

    def claims(
        self, c: Context, beat: Beat | None, said: Sequence[Statement], made: tuple[Claim, ...], judge: Judge
    ) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
        """The rules' claims and the model's, and the refusals of all that the model proposed for this document."""
        taken = self.taken(c.doc)
        claims, refused = added(c, beat, said, made, judge, taken.proposed)
        return claims, (*taken.refusals, *_unlike(said, taken.proposed), *refused)

    def taken(self, doc: Document) -> Taken:
        """What the answers give; that of the last document is kept, as it is asked for in three steps."""
        if self._last is None or self._last[0] is not doc:
            self._last = (doc, self._take(doc))
        return self._last[1]

    def _take(self, doc: Document) -> Taken:
        asked = requests(doc, self.model)
        raw = [self.answer_of(r.key) for r in asked]
        if None in raw:
            raise Unanswered(f"{raw.count(None)} of {len(raw)} windows have no answer of {self.model}; add it again")
        proposed: list[Proposed] = []
        refused: list[Refusal] = []
        named: dict[tuple[object, ...], Passage] = {}
        for r, text in zip(asked, raw, strict=True):
            answer = parsed(text or "")
            refused += answer.refusals
            drafts = tuple(_draft(doc, p, r.window, refused) for p in answer.statements)
            proposed.append(Proposed(r.window, answer, drafts))
            for p, d in zip(answer.statements, drafts, strict=True):
                at = _speaker(doc, p, d, refused) if p is not None and d is not None else None
                if at is not None and d is not None:
                    named[_key(d)] = at
        if len(windows(doc)) > MAX_WINDOWS:
            refused.append(refusal("too_long", "report", f"only its first {MAX_WINDOWS} windows are asked about"))
        every = (d for x in proposed for d in x.drafts)
        kept = tuple(d for d in every if d is not None)
        return Taken(kept, named, tuple(_names(doc, proposed)), tuple(proposed), tuple(refused))


def _draft(doc: Document, p: SaidProposal | None, window: Passage, refused: list[Refusal]) -> Draft | None:
    """A proposed statement anchored; None, and a refusal, where it is not."""
    if p is None:
        return None
    known = sort_of(" ".join(p.cue.split()))
    try:
        return drafted(doc, p, window, known if known is not Sort.UNSURE else None)
    except Refused as e:
        refused.append(refusal(e.reason, e.slot, e.words))
        return None


def _names(doc: Document, proposed: Sequence[Proposed]) -> list[NameSpan]:
    """Where subjects of claims stand that are written as names, without their article."""
    at = {
        p
        for x in proposed
        for words in sorted({ARTICLE.sub("", c.subject.strip()) for c in x.answer.claims if c is not None})
        if 0 < len(words) <= LONGEST_NAME
        for p in places(doc.text, words, x.window)
        if _is_name(doc, p) and not doc.in_furniture(p)
    }
    because = Because(rule="llm.subject", score=0.6)
    return [NameSpan(passage=p, because=because) for p in sorted(at)]


def _is_name(doc: Document, p: Passage) -> bool:
    """Whether words are written as a name: with a capital that the beginning of a sentence does not explain."""
    words = doc.words(p).split()
    sentence = doc.sentence_at(p.start)
    capital = [w[0].isupper() or any(c.isdigit() for c in w) for w in words]
    opens = sentence is not None and ARTICLE.sub("", doc.text[sentence.start : p.end]) == doc.words(p)
    return words[0][0].isupper() and (any(capital[1:]) or not opens)


def _speaker(doc: Document, p: SaidProposal, d: Draft, refused: list[Refusal]) -> Passage | None:
    """Where the speaker that a pronoun or an office is said to be stands: last before it, else first after."""
    if not p.speaker.strip() or d.source is None:
        return None
    near = Passage(max(0, d.source.start - BACK), min(len(doc.text), d.source.end + BACK))
    try:
        places = found(doc, "speaker", p.speaker, near)
    except Refused as e:
        refused.append(refusal(e.reason, e.slot, e.words))
        return None
    before = [x for x in places if x.end <= d.source.end]
    return before[-1] if before else places[0]


def _unlike(said: Sequence[Statement], proposed: Sequence[Proposed]) -> list[Refusal]:
    """Sort and anonymity that the words do not yield: the words' stand, the model's are refused and counted."""
    out = []
    by_spans: dict[tuple[object, ...], Statement] = {(s.speaker_passages, s.cue, s.content): s for s in said}
    for x in proposed:
        for p, d in zip(x.answer.statements, x.drafts, strict=True):
            s = by_spans.get(_key(d)) if d is not None else None
            if p is None or s is None:
                continue
            if p.anonymity not in (None, s.anonymity):
                out.append(refusal("anonymity", f"{p.anonymity}, words give {s.anonymity}", p.source))
            if p.sort not in (Sort.UNSURE, s.sort):
                out.append(refusal("sort", f"{p.sort}, words give {s.sort}", p.cue))
    return out


def _key(d: Draft) -> tuple[object, ...]:
    return ((d.source,) if d.source else (), tuple(d.cue), clean(d.content))


def _spans(a: Attribution) -> tuple[object, ...]:
    return (a.source, a.cue, a.content)
