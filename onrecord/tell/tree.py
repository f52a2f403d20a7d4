"""An origins row → the tree of a position's origins as SVG: groups, what is folded in each, and why."""

from __future__ import annotations

from onrecord.tell.pages import filled
from onrecord.tell.rows import Row, support_words
from onrecord.tell.times import in_words

LINE = 24  # pixels


def origins_svg(row: Row) -> str:
    """The picture: one branch an origin, a sub-branch for what is shown to be one, a line for each folding's reason."""
    claims = {c["id"]: c for c in row["claims"]}
    inner = [set(g) for g in row["groups_at_most"]]
    lines: list[tuple[int, str, str]] = []  # depth, class, text
    for n, group in enumerate(row["groups_at_least"], 1):
        lines.append((1, "origin", f"origin {n}" + (", if all that may depend is folded" if len(group) > 1 else "")))
        for part in (sorted(i) for i in inner if i <= set(group)):
            deep = 2 if len(part) == 1 else 3
            if len(part) > 1:
                lines.append((2, "shown", "shown to be one"))
            lines += [(deep, "claim", _said(claims[c])) for c in part]
    reasons = [f"{'shown' if f['shown'] else 'may be'}: {_sides(f)}: {f['reason']}" for f in row["foldings"]]
    head = f"{row['subject']} · {row['property']} = {row['shown']}: {support_words(row)}"
    height = (len(lines) + len(reasons) + 4) * LINE
    return filled("origins.svg", head=head, lines=lines, reasons=reasons, line=LINE, height=height)


def _said(claim: Row) -> str:
    via = "".join(f", through {v}" for v in claim["via"])
    return f"{claim['speaker'] or 'own voice'}{via} — {claim['outlet']}, {in_words(claim['published'] or 'undated')}"


def _sides(folding: Row) -> str:
    return f"{folding['left']['outlet']} ↔ {folding['right']['outlet']}"
