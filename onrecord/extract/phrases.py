"""Where a noun phrase or a clause begins and ends, found from closed-class words and verbs alone.

Sources: "Lund", "the minister, a former judge,", "officials who attended the talks", "a spokesman for the ministry".
"""

from __future__ import annotations

from onrecord.extract.lexicon import cue_forms, listed
from onrecord.extract.tokens import STOPS, Token, is_finite

TIME_NOUNS = listed("day-word")
CLOSED = frozenset(";:—–()[]|•")
ADJUNCT = listed("of-circumstance")
PLACES = listed("occasion")
LATEST = listed("latest")  # "last week"
SPANS_OF_TIME = listed("span-of-time")
HANGING = listed("behind-participle")  # "a person briefed on the talks", "officials involved in the sale"
MAX_NP = 45  # tokens of a source with its apposition


def subject_before(ts: list[Token], verb: int) -> tuple[int, int] | None:
    """Token range [start, end) of the noun phrase that ends before the verb group at `verb`."""
    end = verb
    while (
        end > 0 and "adv" in ts[end - 1].classes and not ts[end - 1].has("det", "pron", "other") and not ts[end - 1].cap
    ):
        end -= 1
    if end == 0 or ts[end - 1].quoted:
        return None
    stop = end
    if ts[end - 1].low in (",", "—", "–", "-"):
        opened = apposition_start(ts, end - 1)
        if opened is None:
            return None
        for _ in range(3):
            more = apposition_start(ts, opened) if ts[opened].low == "," else None
            if more is None or opened - more > 8 or ts[more + 1].cap or core_start(ts, more) is None:
                break
            if ts[opened + 1].cap and "det" in ts[more + 1].classes:
                break  # ", the head of government, Ana Lund, said": the office is the core, no second apposition
            opened = more
        start = core_start(ts, opened)
        aside = ts[opened + 1].has("sub", "verb:ing")  # ", when visiting Varn," is no part of the name
        stop = opened if aside else end - 1
    else:
        start = core_start(ts, end)
    if start is None:
        return None
    start = trimmed(ts, start, stop)
    return (start, stop) if start < stop else None


def apposition_start(ts: list[Token], close: int) -> int | None:
    """Index of the comma, dash or bracket that opens what closes at `close`: ", head of the union,"."""
    mate = {",": ",", "—": "—", "–": "–", "-": "-"}[ts[close].low]
    first = None
    for k in range(close - 1, max(-1, close - MAX_NP), -1):
        t = ts[k]
        if t.low in STOPS or t.quoted or t.low in (";", ":"):
            break
        if t.low == mate:
            first = k
            if mate != "," or plain_apposition(ts, k + 1, close):
                return k
    return None if mate != "," else first if first is not None and close - first > 1 else None


def plain_apposition(ts: list[Token], a: int, b: int) -> bool:
    """Whether the tokens begin like an apposition or a relative clause: "a doctor", "who leads it", "42", "of
    Arvik".
    """
    t = ts[a]
    if t.has("rel", "number") or t.low in (
        "of",
        "from",
        "whose",
        "including",
        "speaking",
        "also",
        "himself",
        "herself",
    ):
        return True
    if t.has("pron", "conj", "aux"):
        return False
    return not any(is_finite(ts, k) for k in range(a, b) if not relative_between(ts, a, k))


def relative_between(ts: list[Token], a: int, b: int) -> bool:
    return any(ts[k].low in ("who", "which", "whose", "that", "whom") for k in range(a, b))


def core_start(ts: list[Token], end: int) -> int | None:
    """Start of the noun phrase whose last token is `end - 1`."""
    k = end - 1
    low = max(0, end - MAX_NP)
    if ts[k].has("pron", "other") and not ts[k].has("det", "rel"):
        return k
    while k >= low:
        t = ts[k]
        if t.low == ")" and (mate := bracket(ts, k, low)) is not None:
            k = mate - 1
            continue
        if t.low == "," and k - 2 >= low and "number" in ts[k - 1].classes and ts[k - 2].low == ",":
            k -= 3
            continue
        if t.low in STOPS or (t.quoted and not nickname(ts, k, end)):
            break
        if t.low in CLOSED:
            break
        if t.low == ",":
            if not list_comma(ts, k, end):
                break
        elif ("sub" in t.classes and "prep" not in t.classes) or (
            t.low == "that" and not (k > 0 and not ts[k - 1].has("verb", "cue") and relative_verb(ts, k, end))
        ):
            break
        elif "pron" in t.classes and "rel" not in t.classes and k < end - 1 and t.low not in ("who", "which"):
            if not any(ts[j].low in ("who", "which", "whom", "whose", "that") for j in range(max(low, k - 4), k)):
                break
        elif is_finite(ts, k):
            r = relative_head(ts, k, low)
            if r is None and not hangs(ts, k, low, end):
                break
            k = k if r is None else r
        elif ("conj" in t.classes and not joined_nouns(ts, k, end)) or "obj" in t.classes:
            break
        k -= 1
    return k + 1 if k + 1 < end else None


def hangs(ts: list[Token], k: int, low: int, end: int) -> bool:
    """Whether the past form at `k` is a participle that hangs on the noun before it: "a person | briefed on the talks".

    A verb of saying has "by" behind it there ("imagery reviewed by the Globe"): "said on Monday | the bank lost" parts
    two clauses.
    """
    if k <= low or k + 2 >= end or not ts[k].has("verb:past", "verb:participle") or ts[k].has("aux"):
        return False
    noun = ts[k - 1]
    if noun.low.endswith(("'s", "s'")) or noun.has("aux", "adv", "pron", "mark", "conj", "prep", "rel", "obj", "verb"):
        return False
    clause = any("C" in c.frames for c, _ in cue_forms().get(ts[k].low, ()))
    return ts[k + 1].low == "by" or (not clause and ts[k + 1].low in HANGING)


def bracket(ts: list[Token], close: int, low: int) -> int | None:
    """Index of the bracket that `close` closes, within 12 tokens."""
    return next((k for k in range(close - 1, max(low, close - 12) - 1, -1) if ts[k].low == "("), None)


def nickname(ts: list[Token], k: int, end: int) -> bool:
    """Whether a quotation stands inside a name or title: the "Blue Line" company, Ana "Mouse" Lund."""
    q = ts[k].quotation
    return q is not None and 0 < k < end - 1 and q.inner.end - q.inner.start < 40 and (not q.stopped or q.titled) and (
        ts[k - 1].cap or ts[k - 1].has("det", "prep")) and "mark" not in ts[k + 1].classes  # fmt: skip


def list_comma(ts: list[Token], k: int, end: int) -> bool:
    """Whether the comma at `k` joins names of one list or place ("Lund, Berg and Moe", "Arvik, Aldra")."""
    if k == 0 or k + 1 >= end:
        return False
    right = ts[k + 1 : end]
    return any(t.low == "and" for t in right) and ts[k + 1].cap and ts[k - 1].cap and len(right) < 12


def relative_verb(ts: list[Token], k: int, end: int) -> bool:
    return any(is_finite(ts, j) for j in range(k + 1, min(end, k + 4)))


def relative_head(ts: list[Token], verb: int, low: int) -> int | None:
    """Index of the relative pronoun that a finite verb belongs to: "officials who attended"."""
    for k in range(verb - 1, max(low, verb - 9) - 1, -1):
        if ("rel" in ts[k].classes and ts[k].low != "that") or (
            ts[k].low == "that" and k > 0 and "verb" not in ts[k - 1].classes
        ):
            return k
        if "mark" in ts[k].classes or ts[k].quoted:
            return None
    return None


def joined_nouns(ts: list[Token], k: int, end: int) -> bool:
    """Whether the conjunction at `k` joins two nouns of one subject and not two clauses."""
    if k == 0 or ts[k].low not in ("and", "or") or k + 1 >= end or "pron" in ts[k + 1].classes:
        return False
    for j in range(k - 1, max(-1, k - 12), -1):
        t = ts[j]
        if is_finite(ts, j) or "obj" in t.classes or t.quoted:
            return False
        if t.low in STOPS or t.low in (",", ";", ":", "—") or "sub" in t.classes:
            break
    return not ts[k - 1].has("mark", "adv") and not ts[k - 1].quoted


def trimmed(ts: list[Token], start: int, end: int) -> int:
    """Start without what introduces the clause: "On Monday the minister", "But officials", "Meanwhile, he"."""
    while (
        start < end
        and ts[start].has("conj", "sub", "adv", "mark")
        and not (ts[start].cap and start > 0 and not ts[start].has("adv", "mark"))
    ):
        if ts[start].has("det", "other"):
            break
        start += 1
    if start < end and "prep" in ts[start].classes and ts[start].low != "per":
        for k in range(end - 1, start, -1):
            if ts[k].has("det", "poss", "pron", "other") and not ts[k - 1].has("prep", "det"):
                return k
        k = start + 1
        while k < end and (ts[k].has("det", "poss", "number", "day", "month", "prep") or not ts[k].cap):
            k += 1
        return k if k < end else end - 1 if "pron" in ts[end - 1].classes else end
    return start


def phrase_after(ts: list[Token], start: int) -> int:
    """End (exclusive) of the noun phrase that begins at `start`: "Lund, head of the union"."""
    k, n = start, len(ts)
    if k < n and "pron" in ts[k].classes and not ts[k].has("rel", "det"):
        return k + 1
    while k < n and k - start < MAX_NP:
        t = ts[k]
        if t.low == "(" and k > start:
            close = next((j for j in range(k, min(n, k + 12)) if ts[j].low == ")"), None)
            if close is None:
                break
            k = close + 1
            continue
        if t.low in STOPS or t.quoted or t.low in CLOSED or t.low == "-":
            break
        if t.low == ",":
            close = apposition_end(ts, k)
            if close is None:
                break
            k = close
            continue
        if (
            ("sub" in t.classes and not t.has("prep", "rel"))
            or t.low in ("that", "to")
            or (k > start and is_finite(ts, k))
            or "day" in t.classes
        ):
            break
        if "prep" in t.classes and k > start and adjunct(ts, k):
            break
        if "verb:ing" in t.classes and k > start and not t.cap and not ts[k - 1].has("prep", "det"):
            break
        if t.low == "who" and k > start and "mark" not in ts[k - 1].classes:
            return relative_end(ts, k)
        if t.low in ("who", "which") or (t.has("pron", "obj") and k > start):
            break
        if "adv" in t.classes and not t.cap and k > start and "det" not in ts[k - 1].classes:
            break
        k += 1
    while k > start and ts[k - 1].has("conj", "prep", "det", "mark") and ts[k - 1].low not in (")", "."):
        k -= 1
    return k


def relative_end(ts: list[Token], k: int) -> int:
    """Index after the relative clause that begins at `k`: before the next mark or "that"."""
    return next((j for j in range(k + 1, min(len(ts), k + MAX_NP)) if "mark" in ts[j].classes or ts[j].quoted
                 or ts[j].low == "that"), min(len(ts), k + MAX_NP))  # fmt: skip


def apposition_end(ts: list[Token], comma: int) -> int | None:
    """Index of the comma or stop that ends the apposition after `comma`; None where there is none."""
    if comma + 1 >= len(ts) or ts[comma + 1].quoted:
        return None
    first = ts[comma + 1]
    if first.has("conj", "pron", "prep", "sub", "verb:ing", "adv", "obj") and not first.has("rel", "det"):
        return None
    if first.has("verb:s", "verb:past", "aux") and not first.cap:
        return None
    for k in range(comma + 1, min(len(ts), comma + 25)):
        t = ts[k]
        if t.low in (",", ";") or t.low in STOPS or k == len(ts) - 1:
            if k == comma + 1:
                return None
            return k if "mark" in t.classes else k + 1
        if t.quoted or (is_finite(ts, k) and not relative_between(ts, comma, k)):
            return None
        if t.low in CLOSED:
            return None
    return None


def adjunct(ts: list[Token], k: int) -> bool:
    """Whether the preposition at `k` begins a circumstance of saying and not a part of the noun phrase."""
    t = ts[k]
    if t.low in ("during", "after", "before", "via", "amid", "while", "through", "when"):
        return True
    window = ts[k + 1 : k + 7]
    for j, w in enumerate(window):
        if "mark" in w.classes or w.quoted or (j > 0 and "prep" in w.classes):
            break
        if w.has("day", "month") or w.low in PLACES or w.low in TIME_NOUNS or w.low in ("reporters", "journalists"):
            return True
    return t.low in ("in", "on") and bool(window) and "number" in window[0].classes


def skip_adjuncts(ts: list[Token], k: int, limit: int = 14) -> int:
    """Index after adverbs, times and circumstances of saying: "on Tuesday at a briefing", "in a statement", "to
    reporters", "later".
    """
    end = min(len(ts), k + limit)
    while k < end:
        after = adjunct_end(ts, k)
        if after is None:
            return k
        k = after
    return k


def adjunct_end(ts: list[Token], k: int) -> int | None:
    """Index after the one circumstance at `k`, or None where there is none."""
    t, after = ts[k], ts[k + 1] if k + 1 < len(ts) else None
    if "day" in t.classes:
        return time_end(ts, k) or k + 1  # "Friday afternoon"
    if "adv" in t.classes and not t.has("det", "pron"):
        return k + 1
    if after is None:
        return None
    if (t.low in LATEST and after.low in SPANS_OF_TIME) or (t.low == "this" and "day" in after.classes):
        return k + 2
    if "prep" not in t.classes or t.low not in ADJUNCT or after.quoted:
        return None
    return time_end(ts, k + 1) or occasion_end(ts, k)


def time_end(ts: list[Token], k: int) -> int | None:
    """Index after the day or month at `k`: "Tuesday evening", "3 March 2031", "2031"."""
    j = k
    while j < len(ts) and (ts[j].has("day", "month", "number") or (j > k and ts[j].low in SPANS_OF_TIME)):
        j += 1
    named = any(t.has("day", "month") for t in ts[k:j]) or (j == k + 1 and len(ts[k].low) == 4)
    return j if named else None


def occasion_end(ts: list[Token], k: int) -> int | None:
    """Index after the preposition at `k` and its noun phrase, where a clause, a mark or a circumstance follows it."""
    j = k + 1
    while j < len(ts) and j - k < 9 and not (
        "mark" in ts[j].classes or ts[j].quoted or ts[j].low in ("that", "to") or is_finite(ts, j)
        or ("pron" in ts[j].classes and "det" not in ts[j].classes)
        or (j > k + 1 and ("det" in ts[j].classes or starts_another(ts, j)))
    ):  # fmt: skip
        j += 1
    if j >= len(ts):
        return j
    t = ts[j]
    if j > k + 1 and t.has("verb:past", "verb:participle") and j + 1 < len(ts) and adjunct_end(ts, j + 1) is not None:
        return j + 1  # "in a report published | on Monday"
    follows = t.low in ("that", ",", ":", ".") or t.quoted or t.has("pron", "det") or starts_another(ts, j)
    return j if follows and j > k + 1 else None


def starts_another(ts: list[Token], k: int) -> bool:
    """Whether another circumstance begins at `k`: "at a briefing | in Varn"."""
    return "prep" in ts[k].classes and ts[k].low in ADJUNCT and ts[k].low != "to"


def has_finite(ts: list[Token], a: int, b: int) -> bool:
    return any(is_finite(ts, k) for k in range(a, b))
