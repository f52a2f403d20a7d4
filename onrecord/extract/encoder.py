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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
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

VERSION = "4"  # of this code: raised with every change that may change what is read from the same weights


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
OUTSIDE = (0, 3, 6)  # columns of the tag "outside" of the three roles
# What a tag costs, in log-probability: contents are cut into pieces too readily, so that beginning one costs.
PLAIN = {"content": (0.0, 2.0, 0.0)}  # role → costs of outside, begins, goes on
EAGER = {"source": (1.0, 0.0, 0.0), "cue": (1.0, 0.0, 0.0), "content": (1.0, 3.0, 0.0)}  # what is in doubt is proposed
INPUTS = ("ids", "mask", "shape", "gap", "quote", *ROLES)
MARKS = '"“”„«»'


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

    def support(self, spans: Sequence[Passage], role: str) -> float | None:
        """The mean belief over the pieces of spans, whoever found them; None where there is no piece."""
        column, found = ROLES.index(role), []
        for p in spans:
            first, last = np.searchsorted(self.ends, p.start, "right"), np.searchsorted(self.starts, p.end, "left")
            found += self.belief[first:last, column].tolist()
        return sum(found) / len(found) if found else None


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
        spans: dict[str, list[tuple[Span, int]]] = {head: [] for head in HEADS}
        eager: dict[str, list[tuple[Span, int]]] = {role: [] for role in ROLES}
        sorts: dict[int, Sort] = {}
        pieces: list[tuple[int, int]] = []
        belief: list[np.ndarray[Any, Any]] = []
        cut: int | None = None  # paragraph that goes on from the window before
        for f in features(doc.text, self.pieces, SIZE, doc.paragraphs):
            scores = self.scores(f, ruled)
            at = 0
            for head, types in HEADS.items():
                part = scores[:, at : at + 1 + 2 * types]
                at += 1 + 2 * types
                for into, costs in ((spans, PLAIN.get(head)), (eager, EAGER.get(head))):
                    if head not in into:
                        continue
                    found = decoded(f, part, types, costs)
                    if head == "cue":
                        sorts = sorted_by(f, scores[:, -len(SORTS) :], found) | sorts
                    if head == "content" and cut is not None:
                        found = joined(into[head], found, doc.text)
                    into[head] += found
            text = [i for i, (a, b) in enumerate(f.offsets) if b > a]
            pieces += [f.offsets[i] for i in text]
            belief.append(1 - np.exp(scores[text][:, OUTSIDE]))
            cut = f.paragraphs[-2] if f.paragraphs[-2] >= 0 else None
        names = [(t, k) for s, k in spans["name"] if (t := trim(doc.text, s, "name"))]
        plain, more = (
            {role: [t for s, _ in found[role] if (t := trim(doc.text, s, role))] for role in ROLES}
            for found in (spans, eager)
        )
        return Tagged(
            plain, names, sorts,
            np.array([a for a, _ in pieces]), np.array([b for _, b in pieces]),
            np.concatenate(belief) if belief else np.empty((0, len(ROLES))), more,
        )  # fmt: skip

    def scores(self, f: Features, ruled: Marks) -> np.ndarray[Any, Any]:
        """Log-probabilities of the tags of each head, side by side, sorts last: pieces x tags."""
        rows = (f.ids, [1] * len(f.ids), f.shapes, f.gaps, f.quotes, *hints(f, ruled))
        fed = {n: np.array([r], dtype=np.int64) for n, r in zip(INPUTS, rows, strict=True)}
        out, at = np.array(self.session.run(None, fed)[0][0], dtype=np.float64), 0
        for size in (*(1 + 2 * types for types in HEADS.values()), len(SORTS)):
            part = out[:, at : at + size]
            part -= part.max(axis=1, keepdims=True)
            part -= np.log(np.exp(part).sum(axis=1, keepdims=True))
            at += size
        return out

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
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    @cached_property
    def card(self) -> dict[str, Any]:
        """What `card.json` says of the weights."""
        found: dict[str, Any] = json.loads((self.folder / "card.json").read_text("utf-8"))
        return found


def decoded(
    f: Features, scores: np.ndarray[Any, Any], types: int, costs: Sequence[float] | None = None
) -> list[tuple[Span, int]]:
    """The spans of one head in a window: the best tags paragraph by paragraph, so that none crosses a break."""
    weighed = scores if costs is None else scores - np.array(costs)
    best = weighed.argmax(axis=1)
    tags: list[int] = best.tolist()
    out: list[tuple[Span, int]] = []
    start = 0
    n = len(tags)
    while start < n:
        number = f.paragraphs[start]
        end = start + 1
        while end < n and f.paragraphs[end] == number:
            end += 1
        if number >= 0 and best[start:end].any():
            here = tags[start:end]
            if not allowed(here):  # the best tag of every piece is the best path, where that is one
                here = viterbi(weighed[start:end].tolist(), types)
            out += spans_of(f, scores, here, start)
        start = end
    return out


def allowed(tags: Sequence[int]) -> bool:
    """Whether a span goes on only where one of its type stands before."""
    return all(t == 0 or t % 2 or before in (t - 1, t) for before, t in pairwise((0, *tags)))


def sorted_by(f: Features, scores: np.ndarray[Any, Any], cues: Sequence[tuple[Span, int]]) -> dict[int, Sort]:
    """The likeliest sort of each cue, over all its pieces."""
    out = {}
    for cue, _ in cues:
        rows = [i for i, (a, b) in enumerate(f.offsets) if b > a and cue.start <= a < cue.end]
        if rows:
            out[cue.start] = SORTS[int(scores[rows].sum(axis=0).argmax())]
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


def spans_of(f: Features, rows: np.ndarray[Any, Any], tags: Sequence[int], offset: int) -> list[tuple[Span, int]]:
    """Tags → spans of the text with their type; the score is the mean probability of the span's tags."""
    out: list[tuple[Span, int]] = []
    i = 0
    while i < len(tags):
        first, i = i, i + 1
        if tags[first] == 0:
            continue
        kind = (tags[first] - 1) // 2
        while i < len(tags) and tags[i] == 2 * kind + 2:
            i += 1
        sure = sum(math.exp(rows[offset + k, tags[k]]) for k in range(first, i)) / (i - first)
        out.append((Span(f.offsets[offset + first][0], f.offsets[offset + i - 1][1], sure), kind))
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
