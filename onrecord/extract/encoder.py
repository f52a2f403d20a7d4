"""The encoder reader: a small trained model tags sources, cues, contents and names; rules link them.

What the rules found in the text is part of what the model sees (`hints.py`), so it starts from their reading.

Weights are a folder with `encoder.onnx`, `tokenizer.json` and `card.json`, made by `training/encoder.py`. One thread,
no randomness: same text and weights, same spans. Decoding is Viterbi under BIO constraints; nothing crosses a
paragraph break.
"""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import OnRecordError
from onrecord.extract.document import Document
from onrecord.extract.hints import Marks, hints, marks
from onrecord.extract.lexicon import cue_forms
from onrecord.extract.lines import Draft
from onrecord.extract.linking import Linked, Span, link
from onrecord.extract.lost_sources import sourced
from onrecord.extract.mending import mended
from onrecord.extract.pieces import Features, Pieces, features
from onrecord.extract.reader import Attribution, NameSpan
from onrecord.extract.speech import finished, read
from onrecord.records import Because, Kind, Passage, Sort

VERSION = "5"  # of this code: raised with every change that may change what is read from the same weights


def shipped() -> Path:
    """The folder of the package onrecord-weights where it is installed, else `weights` beside this file."""
    found = find_spec("onrecord_weights")
    return Path(found.origin).parent if found is not None and found.origin else Path(__file__).parent / "weights"


WEIGHTS = shipped()
SIZE = 192  # pieces a window: shorter than the longest that it was trained on, as that is faster and no worse
ROLES = ("source", "cue", "content")
KINDS = {"PER": Kind.PERSON, "ORG": Kind.ORGANISATION, "LOC": Kind.PLACE, "MISC": Kind.UNSURE}
NAME_TAGS = tuple(KINDS)
HEADS = {**dict.fromkeys(ROLES, 1), "name": len(NAME_TAGS)}  # head → number of types; each has a B and an I tag
SORTS = (Sort.SPEECH, Sort.DOCUMENT, Sort.BELIEF, Sort.PLAN)  # of the last head, told at the pieces of a cue
SIZES = (*(1 + 2 * types for types in HEADS.values()), len(SORTS))  # columns of each head, in the model's order
WIDTH = sum(SIZES)
OUTSIDE = (0, 3, 6)  # columns of the tag "outside" of the three roles
# What a tag costs, in log-probability: contents are cut into pieces too readily, so that beginning one costs.
PLAIN = {"content": (0.0, 2.0, 0.0)}  # role → costs of outside, begins, goes on
EAGER = {"source": (1.0, 0.0, 0.0), "cue": (1.0, 0.0, 0.0), "content": (1.0, 3.0, 0.0)}  # what is in doubt is proposed
INPUTS = ("ids", "mask", "shape", "gap", "quote", *ROLES)
MARKS = '"“”„«»'
SLOWER = ["SkipLayerNormFusion"]  # what onnxruntime puts together here takes four times as long as its two parts


@dataclass(frozen=True)
class Tagged:
    """What the model found in one document; names with the index of their tag."""

    roles: dict[str, list[Span]]
    names: list[tuple[Span, int]]
    sorts: dict[int, Sort]  # of the cue that begins at a character
    starts: np.ndarray[Any, Any]  # of the pieces, in order
    ends: np.ndarray[Any, Any]
    belief: np.ndarray[Any, Any]  # pieces x roles: how probable it is that a piece is part of a span of the role
    eager: dict[str, list[Span]] = field(default_factory=dict)  # the roles again, where in doubt a span


@dataclass
class EncoderReader:
    """Attributions and names by a trained encoder. Raises OnRecordError when it is made without its weights."""

    folder: Path = WEIGHTS
    name: str = "encoder"
    _last: tuple[Document, Tagged] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        missing = [n for n in ("encoder.onnx", "tokenizer.json") if not (self.folder / n).is_file()]
        if missing:
            raise OnRecordError(
                f"{self.folder}: no {' and no '.join(missing)}: this reader has no weights",
                hint="pip install ./weights (the package onrecord-weights), or use the reader 'fast' or 'grammar'",
            )

    @cached_property
    def version(self) -> str:
        """Hash of the weights, the tokenizer and this code's version."""
        h = hashlib.sha256(VERSION.encode())
        for name in ("encoder.onnx", "tokenizer.json"):
            h.update((self.folder / name).read_bytes())
        return h.hexdigest()[:16]

    def attributions(self, doc: Document) -> tuple[Attribution, ...]:
        """All attributions, in order of their first character."""
        return finished(doc, self.drafts(doc))

    def drafts(self, doc: Document, grammar: Sequence[Draft] | None = None) -> list[Draft]:
        """The attributions before they are put in order. `grammar`: those of the rules, read unless given."""
        tagged = self.tagged(doc, grammar)
        return self._linked(doc, tagged, tagged.roles)

    def eager_drafts(self, doc: Document, grammar: Sequence[Draft] | None = None) -> list[Draft]:
        """What else may be an attribution: from the tags that it gives where it has a span in any doubt."""
        tagged = self.tagged(doc, grammar)
        return self._linked(doc, tagged, tagged.eager) if tagged.eager else []

    def _linked(self, doc: Document, tagged: Tagged, found: Mapping[str, list[Span]]) -> list[Draft]:
        contents = mended(doc.text, found["content"], found["source"])
        linked = sourced(doc, link(doc.text, doc.sentences, found["source"], found["cue"], contents))
        return [draft(doc, x, tagged.sorts) for x in linked]

    def names(self, doc: Document) -> tuple[NameSpan, ...]:
        """Names with a kind: person, body, place, or unsure."""
        return tuple(
            NameSpan(
                passage=Passage(s.start, s.end), kind=KINDS[NAME_TAGS[tag]],
                because=Because(rule="encoder.name", score=round(s.score, 3)),
            )
            for s, tag in self.tagged(doc).names
        )  # fmt: skip

    def tagged(self, doc: Document, grammar: Sequence[Draft] | None = None) -> Tagged:
        """The tagged spans; those of the last document are kept, as names and attributions are asked for apart."""
        if self._last is None or self._last[0] is not doc:
            self._last = (doc, self._tag(doc, marks(read(doc) if grammar is None else grammar)))
        return self._last[1]

    def _tag(self, doc: Document, ruled: Marks) -> Tagged:
        windows = list(features(doc.text, self.pieces, SIZE, doc.paragraphs))
        f = Features()
        for w in windows:
            f.extend(w)
        scores = np.concatenate([np.empty((0, WIDTH)), *(self.scores(w, ruled) for w in windows)])
        cuts = [w.offsets[1][0] for w in windows[1:]]
        places = np.array(f.offsets, dtype=np.int64).reshape(-1, 2)
        text = places[:, 1] > places[:, 0]
        starts, ends = places[text].T
        spans: dict[str, list[tuple[Span, int]]] = {}
        eager: dict[str, list[tuple[Span, int]]] = {}
        at = 0
        for head, types in HEADS.items():
            part = scores[:, at : at + 1 + 2 * types]
            at += 1 + 2 * types
            for into, costs in ((spans, PLAIN.get(head)), (eager, EAGER.get(head))):
                if into is spans or costs is not None:
                    found = decoded(f, part, types, costs)
                    into[head] = whole(found, cuts, doc.text) if head == "content" else found
        of_sorts = scores[text][:, -len(SORTS) :]
        names = [(t, k) for s, k in spans["name"] if (t := trim(doc.text, s, "name"))]
        plain, more = (
            {role: [t for s, _ in found[role] if (t := trim(doc.text, s, role))] for role in ROLES}
            for found in (spans, eager)
        )
        return Tagged(
            plain, names,
            sorted_by(starts, of_sorts, eager["cue"]) | sorted_by(starts, of_sorts, spans["cue"]),
            starts, ends, 1 - np.exp(scores[text][:, OUTSIDE]), more,
        )  # fmt: skip

    def scores(self, f: Features, ruled: Marks) -> np.ndarray[Any, Any]:
        """Log-probabilities of the tags of each head, side by side, sorts last: pieces x tags."""
        rows = (f.ids, [1] * len(f.ids), f.shapes, f.gaps, f.quotes, *hints(f, ruled))
        fed = {n: np.array([r], dtype=np.int64) for n, r in zip(INPUTS, rows, strict=True) if n in self.asked}
        return normal(self.session.run(None, fed)[0][0])

    @cached_property
    def pieces(self) -> Pieces:
        return Pieces(self.folder / "tokenizer.json")

    @cached_property
    def session(self) -> Any:
        """The model, loaded when it is first needed; one thread."""
        try:
            import onnxruntime
        except ImportError as e:
            raise OnRecordError("this reader needs onnxruntime", hint="pip install onnxruntime tokenizers") from e
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = str(self.folder / "encoder.onnx")
        return onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
        )

    @cached_property
    def asked(self) -> frozenset[str]:
        """The inputs that the model takes: older ones want a mask, which hides nothing here."""
        return frozenset(i.name for i in self.session.get_inputs())

    @cached_property
    def card(self) -> dict[str, Any]:
        """What `card.json` says of the weights."""
        found: dict[str, Any] = json.loads((self.folder / "card.json").read_text("utf-8"))
        return found


def normal(logits: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Log-probabilities of the tags, head by head: pieces x tags, kept tag by tag as that is faster to work with."""
    out = np.array(logits.T, dtype=np.float64, order="C")
    at = 0
    for size in SIZES:
        part = out[at : at + size]
        part -= part.max(axis=0)
        part -= np.log(np.exp(part).sum(axis=0))
        at += size
    return out.T


def decoded(
    f: Features, scores: np.ndarray[Any, Any], types: int, costs: Sequence[float] | None = None
) -> list[tuple[Span, int]]:
    """The spans of one head: the best tags paragraph by paragraph and window by window, so that none crosses a break.

    A sign that is no text stands between two windows.
    """
    weighed = scores if costs is None else scores - np.array(costs)
    best = weighed.argmax(axis=1)
    tags: list[int] = best.tolist()
    out: list[tuple[Span, int]] = []
    end = 0
    for first in np.flatnonzero(best).tolist():
        number = f.paragraphs[first]
        if first < end or number < 0:
            continue
        start, end = first, first + 1
        while start > 0 and f.paragraphs[start - 1] == number:
            start -= 1
        while end < len(tags) and f.paragraphs[end] == number:
            end += 1
        here = tags[start:end]
        if not allowed(here):  # the best tag of every piece is the best path, where that is one
            rows = weighed[start:end].tolist()
            here = viterbi(rows, types) if types > 1 else viterbi_of_one(rows)
        out += spans_of(f, scores[start:end], here, start)
    return out


def allowed(tags: Sequence[int]) -> bool:
    """Whether a span goes on only where one of its type stands before."""
    return all(t == 0 or t % 2 or before in (t - 1, t) for before, t in pairwise((0, *tags)))


def sorted_by(
    starts: np.ndarray[Any, Any], scores: np.ndarray[Any, Any], cues: Sequence[tuple[Span, int]]
) -> dict[int, Sort]:
    """The likeliest sort of each cue, over all its pieces: `starts` of the pieces in order, `scores` pieces x sorts."""
    out = {}
    for cue, _ in cues:
        first, last = np.searchsorted(starts, (cue.start, cue.end))
        if first < last:
            out[cue.start] = SORTS[int(scores[first:last].sum(axis=0).argmax())]
    return out


def viterbi(rows: Sequence[Sequence[float]], types: int) -> list[int]:
    """The most likely tags: 0 outside, 2k+1 begins and 2k+2 goes on in a span of type k, only after these two."""
    tags = 1 + 2 * types
    best = [r if i == 0 or i % 2 else -math.inf for i, r in enumerate(rows[0])]
    back: list[list[int]] = []
    for row in rows[1:]:
        top = max(range(tags), key=best.__getitem__)
        now, came = [best[top] + row[0]], [top]
        for k in range(types):
            b, i = 2 * k + 1, 2 * k + 2
            last = b if best[b] >= best[i] else i
            now += [best[top] + row[b], best[last] + row[i]]
            came += [top, last]
        best = now
        back.append(came)
    tag = max(range(tags), key=best.__getitem__)
    out = [tag]
    for came in reversed(back):
        tag = came[tag]
        out.append(tag)
    return out[::-1]


def viterbi_of_one(rows: Sequence[Sequence[float]]) -> list[int]:
    """As `viterbi` for one type, three times as fast."""
    best, begun, going = rows[0][0], rows[0][1], -math.inf
    back: list[tuple[int, int]] = []
    for out, begin, go in rows[1:]:
        inside, last = (begun, 1) if begun >= going else (going, 2)
        top, before = (best, 0) if best >= inside else (inside, last)
        best, begun, going = top + out, top + begin, inside + go
        back.append((before, last))
    tag = 0 if best >= begun and best >= going else 1 if begun >= going else 2
    tags = [tag]
    for before, last in reversed(back):
        tag = last if tag == 2 else before
        tags.append(tag)
    return tags[::-1]


def spans_of(f: Features, rows: np.ndarray[Any, Any], tags: Sequence[int], offset: int) -> list[tuple[Span, int]]:
    """Tags → spans of the text with their type; the score is the mean probability of the span's tags.

    `rows` and `tags` are of the pieces from `offset` on.
    """
    sure: list[float] = np.exp(rows[np.arange(len(tags)), tags]).tolist()
    out: list[tuple[Span, int]] = []
    i = 0
    while i < len(tags):
        first, i = i, i + 1
        if tags[first] == 0:
            continue
        kind = (tags[first] - 1) // 2
        while i < len(tags) and tags[i] == 2 * kind + 2:
            i += 1
        mean = sum(sure[first:i]) / (i - first)
        out.append((Span(f.offsets[offset + first][0], f.offsets[offset + i - 1][1], mean), kind))
    return out


def whole(found: list[tuple[Span, int]], cuts: Sequence[int], text: str) -> list[tuple[Span, int]]:
    """The contents with those that a window's beginning cuts put together. `cuts`: where all but the first begin."""
    out: list[tuple[Span, int]] = []
    for _, here in groupby(found, key=lambda x: bisect_right(cuts, x[0].start)):
        out += joined(out, list(here), text)
    return out


def joined(before: list[tuple[Span, int]], found: list[tuple[Span, int]], text: str) -> list[tuple[Span, int]]:
    """Where a window was cut inside a paragraph, a content that touches the cut on both sides is one."""
    if not before or not found:
        return found
    (a, kind), (b, _) = before[-1], found[0]
    between = text[a.end : b.start]
    if between.strip() or "\n" in between or b.start < a.end:
        return found
    before.pop()
    return [(Span(a.start, b.end, min(a.score, b.score)), kind), *found[1:]]


def trim(text: str, s: Span, head: str) -> Span | None:
    """A span widened to whole words; a content loses quotation marks at its edges. None where nothing is left."""
    start, end = s.start, s.end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    if head == "content":
        while start < end and (text[start] in MARKS or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in MARKS or text[end - 1].isspace()):
            end -= 1
    return Span(start, end, s.score) if any(c.isalnum() for c in text[start:end]) or head == "cue" else None


def draft(doc: Document, x: Linked, sorts: Mapping[int, Sort]) -> Draft:
    source = Passage(x.source.start, x.source.end) if x.source else None
    cue = Passage(x.cue.start, x.cue.end)
    contents = [Passage(k.start, k.end) for k in x.contents]
    sort = sorts.get(x.cue.start) or sort_of(doc.words(cue))
    return Draft(source, [cue], contents, sort, "encoder", x.score)


def sort_of(cue: str) -> Sort:
    """The sort of the last word of a cue that the word lists know."""
    words = [w.strip(".,:;'’\"“”").lower() for w in cue.split()]
    if "according" in words or cue.strip() in (":", "—", "–"):
        return Sort.SPEECH
    known: Iterable[Sort] = (c.sort for w in reversed(words) for c, _ in cue_forms().get(w, ()))
    return next(iter(known), Sort.UNSURE)
