"""The parts of a text that are not its article: menus, tickers, sign-ups, second headlines, teasers. Masked, not cut.

Precision first: a line that reads as prose is only masked inside a sign-up box or as a notice that no article contains.
The patterns are data, in `furniture.tsv`; each is matched against a whole line, upper and lower case alike. Roles:
`line` never article; `signup` opens a sign-up box; `pitch` words of such a box's prose; `opener` opens a list of
teasers; `menu` one entry of a menu or crumb trail.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from onrecord.read.lines import Line, head, is_prose, menu_end
from onrecord.records import Passage

TEASERS = 12  # lines that a teaser list in the middle of an article may have
BOX = 3  # paragraphs of prose that a sign-up box may have
LONG = 700  # characters; a longer line is no furniture (a cookie notice is the longest kind)
LIST_ITEM = re.compile(r"(?:[•·▪‣*–—-]|\d+[.)])\s")
SEPARATOR = re.compile(r"\s*[|/>»›•·—–]\s*|\s{2,}")
LANGUAGES = (
    r"(?:EN|ENG|BE|BY|BEL|RU|RUS|UA|UK|UKR|PL|DE|FR|ES|IT|PT|LT|LV|EE|CN|ZH|AR|TR|FA|KZ|"
    r"English|Русский|Беларуская|Українська|Deutsch|Français|Español|Polski|中文|العربية|Türkçe|Italiano|Português)"
)
SWITCH = re.compile(rf"{LANGUAGES}(?:\s*[|/•·,]?\s*{LANGUAGES})*")
CURRENCY = (
    "USD|EUR|GBP|RUB|RUR|BYN|BYR|UAH|PLN|CNY|JPY|CHF|KZT|TRY|INR|CZK|SEK|NOK|DKK|ILS|AED|GEL|AMD|AZN|MDL|CAD|AUD|NZD|HKD|"
    r"BTC|ETH|XAU|XAG|\$|€|£|₽|₴|¥|zł"
)
NUMBER = r"[-+−▲▼↑↓]?\d[\d.,\u00a0]*\s?(?:%|°[CF]?|p\.?p\.?)?"
TICKER = re.compile(  # each item is taken whole, once: a long run of digits could be cut in a million ways
    rf"(?:(?>{NUMBER}|[A-Z]{{2,6}}/[A-Z]{{2,6}}|[A-Z][A-Za-z&]{{1,11}}|{CURRENCY}|[▲▼↑↓:|/=()–-])\s?){{1,12}}"
)
PRICE = re.compile(rf"(?:{CURRENCY})\s?\d|\d\s?(?:{CURRENCY})|[A-Z]{{3}}/[A-Z]{{3}}|[+−▲▼↑↓]\s?\d|\d°")
WEATHER = re.compile(r"(?:[^\W\d_][\w -]{1,25}[:,]?\s)?[-+−]?\d{1,2}\s?°\s?[CF]?(?:\s\w+){0,3}")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    roles: dict[str, list[str]] = {}
    for row in files("onrecord.read").joinpath("furniture.tsv").read_text("utf-8").splitlines()[1:]:
        role, pattern, _ = row.split("\t")
        roles.setdefault(role, []).append(pattern)
    return {role: re.compile("|".join(f"(?:{p})" for p in found), re.IGNORECASE) for role, found in roles.items()}


def _is(role: str, words: str) -> bool:
    return len(words) <= LONG and _patterns()[role].fullmatch(words) is not None


def is_furniture(words: str) -> bool:
    """Whether a line, wherever it stands, is no part of an article and no headline."""
    return _is("line", words) or is_signup(words) or is_ticker(words) or is_crumbs(words) or is_switch(words)


def is_signup(words: str) -> bool:
    """Whether a line opens a sign-up box; whole sentences must also speak of mail, newsletters or the like."""
    return _is("signup", words) and (not is_prose(words) or _patterns()["pitch"].search(words) is not None)


def is_ticker(words: str) -> bool:
    """Forms: `3.10 USD`, `USD/EUR 1.08 +0.2%`, `Brent 82.1 ▲ 0.4 %`, `Minsk +12 °C`."""
    if len(words) > 120 or not any(c.isdigit() for c in words):
        return False
    return bool(PRICE.search(words) and TICKER.fullmatch(words)) or WEATHER.fullmatch(words) is not None


def is_switch(words: str) -> bool:
    """Forms: `EN`, `BE/RU`, `English | Deutsch`."""
    return len(words) <= 80 and SWITCH.fullmatch(words) is not None


def is_crumbs(words: str) -> bool:
    """Forms: `Home > News > Regions`, `World | Politics | Sport`."""
    parts = [p for p in SEPARATOR.split(words[:LONG]) if p]
    if not 2 <= len(parts) <= 25 or len(words) > 300 or any(p.count(" ") > 3 for p in parts[:-1]):
        return False
    entries = sum(_is("menu", p) for p in parts)
    return 2 * entries > len(parts) or (_is("menu", parts[0]) and parts[0].casefold() in ("home", "главная", "accueil"))


# ---------------------------------------------------------------- the masks of one text


def masked(
    text: str, found: tuple[Line, ...], title: Passage | None, known: tuple[Passage, ...] = ()
) -> tuple[Passage, ...]:
    """The furniture of `text`, neighbours joined, in order; `known` is what the format itself shows."""
    spans = [*known, *_copies(text, found, title)]
    marks: set[int] = set()
    for rule in RULES:
        marks |= rule(found, marks)
    here = {i for i, line in enumerate(found) if title is not None and line.start <= title.start < line.end}
    spans += [found[i].passage() for i in sorted(marks - here)]
    return _joined(text, spans)


def _single(found: tuple[Line, ...], _: set[int]) -> set[int]:
    """Lines that are no article wherever they stand."""
    return {i for i, line in enumerate(found) if _is("line", line.text) or (is_signup(line.text))}


def _edges(found: tuple[Line, ...], marks: set[int]) -> set[int]:
    """Tickers, language switches, crumbs and menus: before the first prose line, or after the last."""
    first, last = head(found), max((i for i, x in enumerate(found) if x.prose and i not in marks), default=-1)
    edge = [i for i, _ in enumerate(found) if i < first or i > last]
    out = set(range(menu_end(found)))
    out |= {i for i in edge if is_ticker(found[i].text) or is_switch(found[i].text) or is_crumbs(found[i].text)}
    run: list[int] = []
    for i in [*edge, -2]:
        if i >= 0 and found[i].text.count(" ") < 3 and (not run or run[-1] == i - 1) and not found[i].prose:
            run.append(i)
            continue
        entries = sum(_is("menu", found[j].text) for j in run)
        if len(run) >= 3 and entries >= 2 and 2 * entries >= len(run):
            out |= set(run)
        run = [i] if i >= 0 and found[i].text.count(" ") < 3 and not found[i].prose else []
    return out


def _boxes(found: tuple[Line, ...], marks: set[int]) -> set[int]:
    """The prose of a sign-up box: after its first line, paragraphs that speak to the reader about subscribing."""
    out: set[int] = set()
    for i, line in enumerate(found):
        if not is_signup(line.text):
            continue
        for j in range(i + 1, min(i + 1 + BOX, len(found))):
            if j in marks:
                continue
            words = found[j].text
            if len(words) > LONG or not _to_reader(words) or not _patterns()["pitch"].search(words):
                break
            out.add(j)
    return out


def _to_reader(words: str) -> bool:
    if words[:1] in "\"'“‘«„":
        return False
    return (
        re.search(r"(?i)\b(?:we|our|us|you|your|мы|наш\w*|вы|ваш\w*|мы|wir|unser\w*|nous|notre|vous)\b", words)
        is not None
    )


def _teasers(found: tuple[Line, ...], marks: set[int]) -> set[int]:
    """Lists of other stories: to the end of the text where no prose follows, else the lines up to the next gap."""
    out: set[int] = set()
    last = max((i for i, x in enumerate(found) if x.prose and i not in marks), default=-1)
    for i, line in enumerate(found):
        if not _is("opener", line.text):
            continue
        if i > last:
            return out | set(range(i, len(found)))
        run = i + 1
        while run < last and run <= i + TEASERS and not found[run].prose and (run == i + 1 or not found[run].gap):
            run += 1
        if run > i + 1 or _is("line", found[i].text):
            out |= set(range(i, run))
    return out


def _tail(found: tuple[Line, ...], marks: set[int]) -> set[int]:
    """What stands between and after the furniture that follows the last prose: dates of teasers, tags, button labels.

    A list of the article itself may stand there too: its items are left alone unless a sign-up or teasers precede.
    """
    last = max((i for i, x in enumerate(found) if x.prose and i not in marks), default=-1)
    after = [i for i in sorted(marks) if i > last]
    if last < 0 or not after:
        return set()
    strong = [i for i in after if is_signup(found[i].text) or _is("opener", found[i].text)]
    out = set(range(strong[0], len(found))) if strong else set()
    return out | {i for i in range(after[0], len(found)) if len(after) > 1 and not LIST_ITEM.match(found[i].text)}


RULES = (_single, _edges, _boxes, _teasers, _tail)


def _copies(text: str, found: tuple[Line, ...], title: Passage | None) -> list[Passage]:
    """Every further copy of the headline, also with the outlet's name after a bar or dash."""
    if title is None:
        return []
    words = _plain(text[title.start : title.end])
    out = []
    for line in found:
        if line.start <= title.start < line.end or len(line.text) > 2 * len(words) + 60:
            continue
        here = _plain(re.sub(r"^#{1,6}\s+", "", line.text))
        if here == words or (here.startswith(words) and re.match(r"\s?[|–—-]\s?[^.!?]{2,40}$", here[len(words) :])):
            out.append(line.passage())
    return out


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())


def _joined(text: str, spans: list[Passage]) -> tuple[Passage, ...]:
    out: list[Passage] = []
    for span in sorted(s for s in spans if s.start < s.end):
        if out and (span.start <= out[-1].end or not text[out[-1].end : span.start].strip()):
            out[-1] = Passage(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
