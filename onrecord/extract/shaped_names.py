"""Words in capitals or in quotation marks → names by their shape: a run is cut, and each piece given a kind.

Titles and articles are left outside ("President Ana Lund" → "Ana Lund", "President" is kept as a role); names of
bodies run over "of", "for" and "on" ("Committee on Rail Safety of Norland"); designations are one word with suffix.
Refused: function words, months and weekdays; a first word that may be a common one is marked as not sure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from onrecord.extract.candidates import Name, Sentence
from onrecord.extract.document import Document
from onrecord.extract.gazetteer import DESIGNATION, Token, cues
from onrecord.extract.place_bodies import RULE, body_end
from onrecord.records import Kind, Passage

QUOTED = re.compile(r"[\"“«‘„']([^\W\d_a-zа-яіў][^\"”»’“«„\n]{1,40}?)[\"”»’']")
ACRONYM = re.compile(r"[A-ZА-ЯІЎ]{2,7}")
YEARLY = re.compile(r"-(?:19|20)\d\d$")  # "Expo-2030" is an event, "X-2030" would be a rare designation
NUMBERED = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")
GIVEN_MONTHS = {"jan", "may", "april", "june", "august", "mar", "sun"}
LINKS = {"of", "for", "on", "and", "the", "&", "in", "to"}
MAX_NAME = 14  # words
DOMAIN = 4  # words in which an office says what it is of: "Foreign Trade and Industry"
OPENING = re.compile(r"[\"“«‘„':•–—]\s*$")  # after these, as at the start of a sentence, a capital says nothing
MEMBERS = ("ers", "ors", "ists", "ants", "ees", "ians", "eers", "smen", "wives", "ents", "ens", "ans")  # of a body
OF_PLACES = (
    "names.capital",
    "names.locative",
    "names.seat",
    "names.two-words",
)  # what a name that may be a place is found by
CLOSING = "\"”»’'"


def quoted(doc: Document, s: Sentence) -> Iterator[Name]:
    """Names in quotation marks beside a word that says what they are: the "Aurora" ferry, JSC "Norrail"."""
    lists = cues()
    for m in QUOTED.finditer(doc.text, s.passage.start, s.passage.end):
        i, j = (bisect_left(s.words, at, key=lambda w: w.start) for at in m.span(1))
        inside = [w for w in s.words[i:j] if w.end <= m.end(1)]
        if not inside or inside[0].start != m.start(1) or len(inside) > 4 or inside[-1].end != m.end(1):
            continue
        if not all(w.capital or w.text.isdigit() for w in inside):
            continue
        near = [w.norm for w in (*s.words[max(0, i - 2) : i], *s.words[i + len(inside) : i + len(inside) + 2])]
        kind = Kind.SYSTEM if any(n in lists["systemnoun"] for n in near) else (
            Kind.ORGANISATION if any(n in lists["companynoun"] or n in ("jsc", "ojsc") for n in near) else None
        )  # fmt: skip
        if kind is not None:
            yield _name(doc, inside, 0, len(inside), kind, "names.quoted")


def runs(doc: Document, s: Sentence) -> Iterator[Name]:
    """Names from runs of capitalised words."""
    free, refused = 0, cues()["notname"]
    for i in [k for k, w in enumerate(s.words) if w.capital]:
        if i < free:
            continue
        free, word = _run_end(doc, s.words, i), s.words[i]
        alone = free == i + 1 and refused.get(word.norm) in ("function", "weekday") and not word.text.isupper()
        if not alone:  # "The", "On": most runs are one word that is no name
            yield from _cut(doc, s, i, free)


def _run_end(doc: Document, words: Sequence[Token], i: int) -> int:
    """One past the last word of the run that begins at `i`; small words join only what has a head noun before them."""
    heads, titles, j = cues()["head"], cues()["title"], i + 1
    has_head = words[i].norm in heads
    while j < len(words) and j - i < MAX_NAME:
        gap = doc.text[words[j - 1].end : words[j].start]
        initial = len(words[j - 1].text) == 1 and words[j - 1].text.isupper() and not _label(words, j - 1)
        if gap not in (" ", "\xa0", "") and not (gap == ". " and initial) and not _named_for(words, i, j, gap):
            break
        t = words[j]
        if t.capital or (t.text.isdigit() and has_head and j + 1 < len(words) and words[j + 1].capital):
            has_head = has_head or t.norm in heads
            j += 1
            continue
        k = j
        while k < len(words) and words[k].norm in LINKS and doc.text[words[k - 1].end : words[k].start] == " ":
            k += 1
        link = words[j].norm
        office = words[j - 1].norm in titles and link in ("of", "for")  # "Chief Inspector of Rail Safety"
        has_head = has_head or office
        if k == j or k >= len(words) or k - j > 2 or not words[k].capital or not has_head:
            m = j
            while m < len(words) and words[m].norm in cues()["particle"] and m - j < 3:
                m += 1
            if m > j and link not in LINKS and m < len(words) and words[m].capital:
                j = m
                continue
            break
        if link not in ("of", "for", "on", "and", "&") or (link == "and" and not _goes_on(words, i, j, k)):
            break
        if link in ("on", "for") and not office and words[j - 1].norm not in heads and not _cooperates(words, i, j):
            break
        j = k + 1
    return j


def _named_for(words: Sequence[Token], i: int, j: int, gap: str) -> bool:
    """Whether a possessive before word `j` is in a name: "People's Assembly", "Dockers' Union", "St John's Bay".

    Refuses whose the thing is: "Norland's Parliament", "Ana Lund's Party".
    """
    lists, before = cues(), words[j - 1].norm
    if not words[j].capital:
        return False
    if gap in ("'s ", "’s "):
        saint = j - 2 >= i and words[j - 2].norm in ("st", "saint")
        return before in lists["namesake"] or (saint and words[j].norm in lists["head"])
    members = before.endswith(MEMBERS) and before not in lists["notname"] and j - i <= 2
    return gap in ("' ", "’ ") and members and words[j].norm in lists["head"]


def _cooperates(words: Sequence[Token], i: int, j: int) -> bool:
    """Whether "on" follows the subject of a body's name: "Committee for Cooperation on Trade"."""
    return words[j - 1].norm in ("cooperation", "co-operation", "commission", "coordination") and j - 1 > i


def _goes_on(words: Sequence[Token], i: int, j: int, k: int) -> bool:
    """Whether "and" at `j` joins two words of one body's name: "Ministry of Trade and Industry"."""
    if not any(w.norm in ("of", "for", "on") for w in words[i:j]):
        return False
    following, lists = words[k].norm, cues()
    if following in lists["firstname"] or following in lists["title"] or words[k].text.isupper():
        return False
    return following not in ("ministry", "president") and words[j - 1].norm not in lists["head"]


def _cut(doc: Document, s: Sentence, i: int, j: int) -> Iterator[Name]:
    """The names in the run `[i, j)`: roles and function words taken off, body and person apart."""
    lists, words = cues(), s.words
    while i < j and not words[i].text.isupper() and not _namesake(words, i, j) and (
        lists["notname"].get(words[i].norm) == "function"
        or (lists["notname"].get(words[i].norm) == "weekday" and (j - i == 1 or _dated(words, i)))
    ):  # fmt: skip
        i += 1
    while j > i and (words[j - 1].norm in LINKS or lists["notname"].get(words[j - 1].norm) == "weekday"):
        j -= 1
    for k in range(i, j):  # a month or weekday inside cuts the run
        if lists["notname"].get(words[k].norm) == "weekday" and k + 1 < j and _dated(words, k):
            yield from _cut(doc, s, i, k)
            yield from _cut(doc, s, k + 1, j)
            return
    if i >= j:
        return
    office, i = i, _after_office(words, i, j)
    while office < i < j and words[i].norm in LINKS:
        i += 1
    if i >= j:
        return
    for k in range(i + 1, j):  # a body, then a person: "… of the Security Council Ana Lund"
        if (words[k - 1].norm in lists["head"] or office < i) and words[k].norm in lists["firstname"]:
            yield from _cut(doc, s, i, k)
            yield from _cut(doc, s, k, j)
            return
    body = _body(words, i, j)
    if body is not None and body is not Kind.SYSTEM and j - i > 1:
        start = i
        while start < j - 1 and words[start].norm in lists["title"] and words[start].norm not in lists["head"]:
            start += 1
        while start < j - 1 and words[start].norm in LINKS:
            start += 1
        if start == i and i > 0 and _numbered(words[i - 1], words[i]):  # "140 Repair Plant"
            start -= 1
        if j - start > 1:
            yield _name(doc, words, start, j, body, "names.head")
            return
    start, roles = _titles(words, s, i, j)
    if start >= j:
        return
    yield from _rest(doc, s, start, j, roles)


def _namesake(words: Sequence[Token], i: int, j: int) -> bool:
    """Whether the word begins a name in spite of being a common one: "People's Assembly"."""
    return i + 1 < j and words[i].norm in cues()["namesake"] and words[i + 1].start - words[i].end == len("'s ")


def _numbered(number: Token, word: Token) -> bool:
    """Whether a number, not a year, is the first word of a body's name."""
    year = re.fullmatch(r"(?:19|20)\d\d", number.text)
    return NUMBERED.fullmatch(number.text) is not None and year is None and word.start - number.end == 1


def _after_office(words: Sequence[Token], i: int, j: int) -> int:
    """Past an office in front of a body: "Chairman of the", "Secretary of State of the"."""
    titles = cues()["title"]
    k = i
    while k < j and (words[k].norm in titles or words[k].norm in ("state", "staff")):
        k += 1
        if k < j and words[k].norm in ("of", "for"):
            while k < j and words[k].norm in LINKS:
                k += 1
            i = k + _domain(words, k, j)
    return i


def _domain(words: Sequence[Token], i: int, j: int) -> int:
    """How many words from `i` on say what an office is of: "Inspector of | Rail Safety", not "of the Security Council".

    None of a place: "Mayor of Upper Tarn".
    """
    lists, found = cues(), 0
    for k in range(i, min(j, i + DOMAIN)):
        if words[k].norm in lists["firstname"]:
            break
        if k > i and words[k].norm in lists["head"]:
            return 0
        if words[k].norm in lists["domain"]:
            found = k + 1 - i
    return found


def _label(words: Sequence[Token], k: int) -> bool:
    """Whether word `k` is a letter or number of something that is counted by it: "annex C", "Option B"."""
    return k > 0 and words[k - 1].norm in cues()["label"] and words[k].start - words[k - 1].end == 1


def _dated(words: Sequence[Token], k: int) -> bool:
    """Whether a month or weekday is one here: "Jan" and "May" are given names and surnames too."""
    near = (*words[max(0, k - 1) : k], *words[k + 1 : k + 2])
    return words[k].norm not in GIVEN_MONTHS or any(w.text[0].isdigit() for w in near)


def _body(words: Sequence[Token], i: int, j: int) -> Kind | None:
    """Kind of the body, place, event or document whose head noun the run has."""
    heads = cues()["head"]
    link = next((k for k in range(i + 1, j) if words[k].norm in ("of", "for", "on")), j)
    for k in (link - 1, i):
        if words[k].norm in heads:
            return Kind(heads[words[k].norm])
    if words[i].text in ("JSC", "OJSC", "CJSC", "LLC"):
        return Kind.ORGANISATION
    return None


def _titles(words: Sequence[Token], s: Sentence, i: int, j: int) -> tuple[int, tuple[str, ...]]:
    """Where the name begins after titles and the nationality in front of them, and the role they give."""
    lists = cues()
    last_title = next((k for k in range(j - 1, i - 1, -1) if words[k].norm in lists["title"]), None)
    k = i
    if last_title is not None:
        k = last_title + 1
        if k < j and words[k].norm in LINKS:  # "President of Norland": an office, no name
            while k < j and words[k].norm in LINKS:
                k += 1
            of = _domain(words, k, j)
            if of == 0 or k + of == j:
                return j, ()
            k += of  # "Norland Minister of Transport | Ana Lund"
    while k < j and (k in s.nations or lists["notname"].get(words[k].norm) == "function"):
        k += 1
    return (k, s.roles_before(k)) if k < j else (j, ())


def _rest(doc: Document, s: Sentence, i: int, j: int, roles: tuple[str, ...]) -> Iterator[Name]:
    """What a run without a body's head noun is: person, designation, acronym, place or unsure."""
    lists, words = cues(), s.words
    taken = s.taken
    if all(k in taken for k in range(i, j)):
        return
    whole = j - 1 in s.surnames and j - i in (2, 3) and not any(k in taken for k in range(i, j - 1)) and not roles
    if any(k in taken for k in range(i, j)) and not whole and not (
        words[i].norm in lists["firstname"] and i not in taken
    ):  # fmt: skip
        k = i
        while k < j:  # the words between known names, each run on its own
            if k in taken:
                k += 1
                continue
            m = k
            while m < j and m not in taken:
                m += 1
            if words[k].norm not in LINKS:
                yield from _rest(doc, s, k, m, ())
            k = m
        return
    one = j - i == 1
    word = words[i]
    if one and (lists["notname"].get(word.norm) is not None or len(word.text) == 1):
        return
    if j - i == 2 and (_label(words, j - 1) or _festive(words, i)):
        return
    if one and (word.norm in lists["head"] or word.norm in lists["title"] or word.norm in lists["plural"]):
        return
    if not one and all(lists["notname"].get(w.norm) == "ambiguous" or w.norm in lists["plural"] for w in words[i:j]):
        return
    kind, rule = _kind(doc, s, i, j, roles)
    end = body_end(doc.text, words, i, j) if rule in OF_PLACES else None
    if end is not None:
        yield _name(doc, words, i, end, Kind.ORGANISATION, RULE)
        return
    opening = i == 0 or (
        _opens(doc, words[i - 1], word) and doc.text[words[j - 1].end : words[j - 1].end + 1] not in CLOSING
    )
    weak = one and opening and rule in ("names.capital", "names.speaks", "names.system-noun")
    ambiguous = i == 0 and lists["notname"].get(word.norm) == "ambiguous"
    yield _name(doc, words, i, j, kind, rule, roles, sure=not (weak or ambiguous))


def _festive(words: Sequence[Token], i: int) -> bool:
    """Whether two words are a time of the year: "Christmas Eve", not "Easter Island"."""
    lists = cues()
    return lists["notname"].get(words[i].norm) == "holiday" and words[i + 1].norm not in lists["head"]


def _opens(doc: Document, before: Token, word: Token) -> bool:
    return OPENING.search(doc.text[before.end : word.start]) is not None


def _kind(doc: Document, s: Sentence, i: int, j: int, roles: tuple[str, ...]) -> tuple[Kind, str]:
    """Kind of a run by its first given name, its title, its shape, then its neighbours."""
    lists, words = cues(), s.words
    following = words[j].norm if j < len(words) and words[j].start - words[j - 1].end <= 2 else ""
    before = words[i - 1].norm if i and words[i].start - words[i - 1].end <= 2 else ""
    if following in lists["systemnoun"] and words[j].start - words[j - 1].end == 1 and not roles:
        return Kind.SYSTEM, "names.system-noun"
    if YEARLY.search(words[j - 1].text):
        return Kind.EVENT, "names.year"
    if any(DESIGNATION.fullmatch(w.text) for w in words[i:j]):
        return Kind.SYSTEM, "names.designation"
    if j - i > 1 and (words[i].norm in lists["firstname"] or j - 1 in s.surnames):
        return Kind.PERSON, "names.given-name"
    if roles:
        return Kind.PERSON, "names.title"
    if j - i == 1 and ACRONYM.fullmatch(words[i].text):
        return Kind.ORGANISATION, "names.acronym"
    if before in lists["companynoun"] and not _somebody_of(doc, words, i):
        return Kind.ORGANISATION, "names.company-noun"
    quoted_source = i > 1 and words[i - 2].norm in ("according", "thanks")
    if before in lists["locative"] and not quoted_source:
        return Kind.PLACE, "names.locative"
    if before == "of" and i > 1 and words[i - 2].norm in lists["seat"] and j - i <= 2:
        return Kind.PLACE, "names.seat"
    if following in lists["personverb"] and j - i <= 3:
        return Kind.PERSON, "names.speaks"
    if j - i in (2, 3) and all(w.text.istitle() for w in words[i:j]) and not any(
        w.norm in lists["head"] or w.norm in lists["notname"] for w in words[i:j]
    ):  # fmt: skip
        return Kind.PERSON, "names.two-words"
    return Kind.UNSURE, "names.capital"


def _somebody_of(doc: Document, words: Sequence[Token], i: int) -> bool:
    """Whether a body before word `i` only says whose somebody is: "a spokeswoman for the bank, | Ana Lund"."""
    k = i - 2
    while k > 0 and words[k].norm in ("the", "a", "an", "its", "their", "our"):
        k -= 1
    return "," in doc.text[words[i - 1].end : words[i].start] and k > 0 and words[k].norm in ("of", "for", "at", "from")


def _name(
    doc: Document, words: Sequence[Token], i: int, j: int, kind: Kind, rule: str, roles: tuple[str, ...] = (),
    *, sure: bool = True,
) -> Name:  # fmt: skip
    p = Passage(words[i].start, words[j - 1].end)
    return Name(p, doc.text[p.start : p.end], kind, rule, roles=roles, sure=sure)
