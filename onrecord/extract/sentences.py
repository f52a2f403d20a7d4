"""Paragraph → sentences, each a passage without blanks at its edges."""

from __future__ import annotations

import re

from onrecord.records import Passage, Passages

END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-ZА-ЯЁІЎ0-9])")


def split(text: str, paragraph: Passage) -> Passages:
    """The sentences of `paragraph` in `text`, in order, covering all but blanks."""
    cuts = [m.end() for m in END.finditer(text, paragraph.start, paragraph.end)]
    out = []
    for a, b in zip([paragraph.start, *cuts], [*cuts, paragraph.end], strict=True):
        words = text[a:b]
        start, end = a + len(words) - len(words.lstrip()), b - len(words) + len(words.rstrip())
        if start < end:
            out.append(Passage(start, end))
    return tuple(out)
