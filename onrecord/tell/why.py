"""From a claim to the words: which words say what, who is meant, and which rules found it; as rows, and told."""

from __future__ import annotations

from collections.abc import Iterable

from rich.markup import escape
from rich.text import Text
from rich.tree import Tree

from onrecord.ledger import View
from onrecord.records import Claim, Passage, Statement, Step
from onrecord.tell.behind import behind
from onrecord.tell.quotes import quoted
from onrecord.tell.rows import Row, claim_row, name_of, words
from onrecord.tell.rows_kept import UNKNOWN
from onrecord.tell.screen import LONG, Lines, claim

SLOTS = {  # slot → what its words tell
    "evidence": "the claim", "subject": "its subject", "value": "its value", "modality": "how firmly",
    "holds at": "when it holds", "speaker": "who says it", "cue": "the words that say so", "content": "what is said",
    "via": "through whom", "said at": "when it was said",
}  # fmt: skip
REASONS = {  # rule of a step → why that one is meant
    "coreference.last-speaker": "the one who spoke last before",
    "coreference.nearest": "the nearest one named before that fits",
    "coreference.office": "the one to whom the report gives that office",
    "coreference.beat-office": "the one who held that office then, by the beat",
    "coreference.body": "the body of that kind named before",
    "coreference.maker": "the maker named before",
    "coreference.main-clause": "the person in the main clause",
    "coreference.relative": "the name just before",
    "claims.speaker": "the one who speaks",
    "claims.our-side": "the side for which “we” is said",
    "claims.subject-before": "what was spoken of just before",
    "claims.short-name": "the longer name that has these words",
    "claims.described": "what is described so",
    "llm.speaker": "the one whom the language model named, as far as the text allows it",
    "llm.subject-before": "the one named before whom the language model chose",
}


def why_row(view: View, c: Claim) -> Row:
    """A claim with every slot's passage, the rule that proposed it, and the steps of coreference behind it."""
    s = view.statement(c.statement) if c.statement is not None else None
    slots = {
        "evidence": c.evidence,
        "subject": (c.subject_passage,) if c.subject_passage is not None else (),
        "value": (c.value_passage,) if c.value_passage is not None else (),
        "modality": c.markers,
        "holds at": (c.holds_at_passage,) if c.holds_at_passage is not None else (),
        "speaker": s.speaker_passages if s is not None else (),
        "cue": s.cue if s is not None else (),
        "content": s.content if s is not None else (),
        "via": s.via_passages if s is not None else (),
        "said at": (s.said_at_passage,) if s is not None and s.said_at_passage is not None else (),
    }
    return {
        **claim_row(view, c),
        "slots": {
            slot: [{"passage": p, "words": words(view, c.report, (p,))} for p in found]
            for slot, found in slots.items()
            if found
        },
        "rules": [
            {"what": "claim", "rule": c.because.rule, "score": c.because.score},
            *([{"what": "statement", "rule": s.because.rule, "score": s.because.score}] if s is not None else []),
        ],
        "steps": [_step_row(view, c, s, x) for x in (*c.steps, *(s.steps if s is not None else ()))],
        "features": behind(view, s),
        "version": view.reading(c.report).version,
        "reader": view.reader_of(c.report),
        "original": view.report(c.report).original,
    }


def _step_row(view: View, c: Claim, s: Statement | None, x: Step) -> Row:
    return {
        "words": words(view, c.report, (x.passage,)),
        "means": name_of(view, x.referent) or "unsure",
        "of": _of(c, s, x.passage),
        "rule": x.because.rule,
        "score": x.because.score,
    }


def _of(c: Claim, s: Statement | None, passage: Passage) -> str:
    """What a step's words are: those of a slot, the claim's whole words, or only words beside it."""
    if passage == c.subject_passage:
        return "subject"
    if s is not None and passage in s.speaker_passages:
        return "speaker"
    if s is not None and passage in s.cue:
        return "cue"
    around = any(passage.start <= e.start and e.end <= passage.end for e in c.evidence)
    return "clause" if around else "words"


# ---------------------------------------------------------------- told


def why(row: Row) -> Lines:
    """The claim, and below it which words say what, who is meant, and by which rules it was found."""
    tree = Tree(claim(row))
    slots = tree.add("which words say what (characters of the report)")
    for names, x in one_each(row["slots"]):
        start, end = x["passage"]
        slots.add(Text.assemble(f"{names}: ", (quoted(x["words"], LONG), "italic"), (f"  {start}–{end}", "dim")))
    if row["steps"]:
        steps = tree.add("who and what is meant")
        for x in row["steps"]:
            steps.add(Text.assemble(meant(x), (f"  {x['rule']}, confidence {x['score']:.2f}", "dim")))
    rules = tree.add("which rules found it")
    for x in row["rules"]:
        rules.add(Text.assemble(f"the {x['what']}: {x['rule']}", (f"  confidence {x['score']:.2f}", "dim")))
    if row["features"]:
        features = tree.add("what spoke for the statement, strongest first (weights of the fast reader)")
        for x in row["features"]:
            times = f" × {x['times']}" if x["times"] > 1 else ""
            features.add(escape(f"{x['span']} {quoted(x['words'], LONG)}: {x['feature']}{times}  {x['weight']:+.2f}"))
    where = f"read from {row['name']} (SHA-256 {row['original'][:16]}…)"
    tree.add(escape(f"{where} by {row['reader'] or UNKNOWN}, reading {row['version']}"))
    return [tree]


def one_each(slots: Row) -> Iterable[tuple[str, Row]]:
    """Passages in the order of their slots, each once, with the names of all slots that it proves."""
    by_passage: dict[tuple[int, int], tuple[list[str], Row]] = {}
    for slot, found in slots.items():
        for x in found:
            by_passage.setdefault(tuple(x["passage"]), ([], x))[0].append(SLOTS[slot])
    return ((" and ".join(names) if len(names) < 3 else ", ".join(names), x) for names, x in by_passage.values())


def meant(step: Row) -> str:
    """One step of coreference as a sentence."""
    words, means = quoted(step["words"], 160), step["means"]
    if step["rule"] == "statements.occasion":
        return f"{words} tells on which occasion it was said."
    if means == "unsure":
        return f"Who is meant by {words} could not be told; nobody was put in its place."
    reason = f": {REASONS[step['rule']]}" if step["rule"] in REASONS else ""
    if step["of"] == "clause":
        return f"The claim's own words do not name its subject. It was taken to be {means}{reason}."
    if step["of"] == "cue":
        return f"{words} tells what {means} did; so {means} is the subject."
    return f"{words} stands for {means}{reason}."
