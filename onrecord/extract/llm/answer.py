"""A model's raw answer → proposals, and what is wrong with it. Pure; nothing here trusts a word of it.

The answer is JSON, perhaps inside a fence or between other words, perhaps cut off: whole items before the cut are
taken. Fields that were not asked for, such as offsets, are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from onrecord.records import Anonymity, Modality, Refusal, Sort

MAX_ANSWER = 400_000  # characters that are looked at
MAX_ITEMS = 400  # statements, and claims, of one window
SHOWN = 120  # characters of a refused item that are kept to show
BEGINS = re.compile(r"[{\[]")


class SaidProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as the model words it."""

    content: tuple[str, ...]
    cue: str
    where: str = ""
    source: str = ""
    speaker: str = ""
    sort: Sort = Sort.UNSURE
    anonymity: Anonymity | None = None


class ClaimProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as the model words it; `statement` is an index in the same answer, or -1."""

    evidence: str
    statement: int = -1
    subject: str = ""
    property: str = ""
    property_words: str = ""
    value: str = ""
    modality: Modality = Modality.ASSERTED
    marker: str = ""


class Answer(msgspec.Struct, frozen=True):
    """The proposals of one answer; None holds the place of one that could not be taken, so that indices stay."""

    statements: tuple[SaidProposal | None, ...] = ()
    claims: tuple[ClaimProposal | None, ...] = ()
    refusals: tuple[Refusal, ...] = ()


P = TypeVar("P", SaidProposal, ClaimProposal)


def refusal(reason: str, slot: str, words: str) -> Refusal:
    """A refused slot, under a reason that shows it was a language model's."""
    return Refusal(reason=f"llm.{reason}", detail=f"{slot}: {' '.join(words.split())[:SHOWN]}")


def parsed(raw: str) -> Answer:
    """The proposals in a raw answer. Never raises: what cannot be taken is a refusal."""
    refused: list[Refusal] = []
    whole = _whole(raw[:MAX_ANSWER])
    if whole is None:
        whole = {name: list(_items(raw[:MAX_ANSWER], name)) for name in ("statements", "claims")}
        some = any(whole.values())
        refused.append(refusal("truncated" if some else "malformed" if raw.strip() else "empty", "answer", raw))
    said = _typed(whole.get("statements"), SaidProposal, refused)
    claims = _typed(whole.get("claims"), ClaimProposal, refused)
    return Answer(said, claims, tuple(refused))


def _whole(raw: str) -> dict[str, Any] | None:
    """The first JSON object of an answer that has one of the two lists."""
    for m in list(BEGINS.finditer(raw))[:3]:  # a fence or a sentence before it, no more
        try:
            found, _ = json.JSONDecoder().raw_decode(raw, m.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and ("statements" in found or "claims" in found):
            return found
    return None


def _items(raw: str, name: str) -> Iterator[Any]:
    """The whole items of a list that the answer was cut off in, or behind which it is broken."""
    m = re.search(rf'"{name}"\s*:\s*\[', raw)
    at = m.end() if m is not None else len(raw)
    while at < len(raw):
        while at < len(raw) and raw[at] in " \t\r\n,":
            at += 1
        try:
            found, at = json.JSONDecoder().raw_decode(raw, at)
        except (ValueError, RecursionError):
            return
        yield found


def _typed(found: Any, kind: type[P], refused: list[Refusal]) -> tuple[P | None, ...]:
    """Items as proposals; None, and a refusal, for each that is not of the shape asked for."""
    slot = "statements" if kind is SaidProposal else "claims"
    if found is None:
        return ()
    if not isinstance(found, list):
        refused.append(refusal("malformed", slot, repr(found)[:SHOWN]))
        return ()
    if len(found) > MAX_ITEMS:
        refused.append(refusal("too_long", slot, f"{len(found)} items"))
    out: list[P | None] = []
    for item in found[:MAX_ITEMS]:
        try:
            out.append(msgspec.convert(item, kind))
        except (msgspec.ValidationError, ValueError, RecursionError) as e:
            enum = "enum value" in str(e)
            refused.append(refusal("bad_kind" if enum else "malformed", slot, f"{e}"))
            out.append(None)
    return tuple(out)
