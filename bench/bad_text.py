"""`python -m bench.bad_text [--reader NAME …] [--case WORD …]`: what `extract` costs on texts that are no prose.

Each text is cut to 50,000 and to 200,000 characters; printed are the CPU seconds of both, the power of n between them
and the memory that the longer one took, in a process of its own. Exit code 1 where a reading ends in a problem, a
passage leaves the text, or time grows faster than n^1.3. All texts are invented.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator

from corpus.bare import report
from onrecord.errors import OnRecordError
from onrecord.extract import extract
from onrecord.extract.reader import Reader
from onrecord.extract.readers import reader as reader_by_name
from onrecord.records import Passage, Reading, Report

SMALL, LARGE = 50_000, 200_000  # characters
MAX_POWER = 1.3
LEAST = 0.3  # CPU seconds: below, the power of n is noise

PROSE = (
    'Ada Venn, the harbour master of Sandholm, said on Friday that 40 ferries will sail from May. "We were late," she '
    "told the Coast Courier. According to the ministry the quay may cost 3.2 million crowns by 2033. "
)
CASES = {  # name → the words that are repeated
    "one line of prose": PROSE,
    "one word": "a",
    "no punctuation": "the ferry of the town left on the day it had said it would and the master told them so ",
    "capitals only": "Harbour Office Of The Town Of Sandholm And ",
    "straight quotation marks": '"',
    "curly marks that open": "“",
    "marks of all kinds": "“„«‘'\"»”’‹›「」",
    "unbalanced marks": "“He said it, ‘we go. \"They told us «no, she said. ",
    "a mark before each word": '"we "go "he "said ',
    "apostrophes": "the ferry's crews' 'tis o'clock rock 'n' roll ",
    "right-to-left marks": "\u202eAda \u200fVenn\u2067 said\u2069 \u200ethat \u061c40 \u202bferries\u202c sail. ",
    "combining characters": "A\u0301\u0328\u0335d\u0300a\u0336\u0489 V\u0308\u0308enn s\u0331aid t\u0302hat it is. ",
    "one letter, many marks": "\u0301",
    "emoji": "👩‍🚀 said: 🚢🚢🚢 “👍🏽” 🏴󠁧󠁢󠁳󠁣󠁴󠁿 told 🇳🇴 that ☕️ costs 3 💶. ",
    "NUL bytes": "Ada\0Venn said\0 that\0\0 40 ferries\0 sail. \0",
    "controls": "Ada\x01 said\x0b that\x0c it\x1f is\x7f 40\x85 so\u2028 he\u2029 said. ",
    "blanks": " \u00a0\u2009\u3000\t",
    "line ends": "\n",
    "carriage returns": "Venn said\r\n\r\rthat\n\r40 ",
    "Russian": "Олег Венн, начальник порта, сообщил, что паром «Аврора» выйдет в мае. «Мы ждали», — сказал он. ",
    "Arabic": "قالت آدا فين، مديرة الميناء، يوم الجمعة إن ٤٠ عبارة ستبحر في مايو. ",
    "Chinese": "港务局长艾达·文星期五说，四十艘渡轮将于五月启航。“我们迟到了，”她说。",
    "Thai": "นายท่าเรือกล่าวเมื่อวันศุกร์ว่าเรือข้ามฟากสี่สิบลำจะออกในเดือนพฤษภาคม ",
    "table, tabs": "Sandholm\t40\t3.5 %\t2031-05-03\tsaid\n",
    "table, bars": "| Sandholm | 40 cars | EUR 3.2m | May 2031 | according to Venn |\n",
    "table without lines": "Sandholm 40 3.5 % 1,200 km 2031 Vornholm 12 2.5 % 900 km 2032 ",
    "transcript": "ADA VENN: We sail in May.\nCHAIR: Who said that?\nMR. ORR (Coast Party): He told us 40 cars.\n",
    "interview": "Q: When will it sail?\nA: In May. He said 40 cars.\nQ. And the cost?\nA. About 3 million crowns.\n",
    "cues only": "said that he said she told ",
    "according to": "according to the town according to ",
    "colons": "Venn: Orr: town: ",
    "commas": "a, b, the master, ",
    "brackets": "(he (said [that {it ",
    "dashes": "he — said – that -- it - ",
    "digits": "1234567890",
    "figures": "40 km, 3.5 to 4 million euros, 12 per cent, ",
    "dates": "3 May 2031, last week, Monday, 2031-05-03, ",
    "links": "https://coast.example/a?b=c&d=%20said#that ",
    "markup": "<p class=\"said\">He said <b>that</b> &amp; &#8220;it&#8221;</p>",
    "initials": "A. B. C. Orr, Dr. J. R. Venn, U.S. ",
}  # fmt: skip


def text_of(case: str, n: int) -> str:
    """The case's words, repeated and cut to `n` characters."""
    words = CASES[case]
    return (words * (n // len(words) + 1))[:n]


def report_of(text: str) -> Report:
    """A report of bare text, with a day that its dates may be told from."""
    return report(text, id="r-1", name="r", published="2031-05-05")


def wrong(reading: Reading, text: str) -> list[str]:
    """What breaks the promises of `extract`: problems, passages outside the text, words that are not the passage's."""
    out = [f"problem: {p.detail}"[:200] for p in reading.problems]
    out += [f"{p} is no part of the text" for p in passages(reading) if not 0 <= p.start < p.end <= len(text)]
    out += [f"{m.passage} is not {m.text[:40]!r}" for m in reading.mentions if text[slice(*m.passage)] != m.text]
    return out


def passages(found: object) -> Iterator[Passage]:
    """All passages of a record and of the records in it."""
    if isinstance(found, Passage):
        yield found
    elif isinstance(found, tuple):
        for x in found:
            yield from passages(x)
    elif hasattr(found, "__struct_fields__"):
        for name in found.__struct_fields__:
            yield from passages(getattr(found, name))


def read_in(seconds: multiprocessing.SimpleQueue[object], reader: str, case: str) -> None:
    """In a process of its own: CPU seconds of both lengths, mebibytes above the start, what was wrong."""
    by = reader_by_name(reader)
    extract(report_of(PROSE), reader=by)  # word lists and weights
    before = peak()
    spent, faults = [], []
    for n in (SMALL, LARGE):
        text = text_of(case, n)
        start = time.process_time()
        reading = extract(report_of(text), reader=by)
        spent.append(time.process_time() - start)
        faults += wrong(reading, text)
    seconds.put((spent, peak() - before, faults))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(reader: str, case: str) -> tuple[list[float], float, list[str]]:
    """`read_in`, called in a new process."""
    context = multiprocessing.get_context("fork")
    answer = context.SimpleQueue()
    child = context.Process(target=read_in, args=(answer, reader, case))
    child.start()
    found: tuple[list[float], float, list[str]] = answer.get()
    child.join()
    return found


def power(small: float, large: float) -> float:
    """The power of n by which time grew."""
    return math.log(max(large, 1e-9) / max(small, 1e-9)) / math.log(LARGE / SMALL)


def usable(name: str) -> Reader | None:
    """The reader, or None, said in a line, where its weights or packages are not here."""
    try:
        return reader_by_name(name)
    except OnRecordError as e:
        print(f"skipped: {name}: {e}")
        return None


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bad_text", description=__doc__)
    parser.add_argument("--reader", action="append", help="may be given more than once; grammar")
    parser.add_argument("--case", action="append", help="only cases with these words in their name")
    a = parser.parse_args(argv)
    bad = 0
    for name in a.reader or ["grammar"]:
        if usable(name) is None:
            continue
        print(f"{name:26} {SMALL:>8,} {LARGE:>9,}   n^    MiB")
        for case in CASES:
            if a.case and not any(word in case for word in a.case):
                continue
            (small, large), memory, faults = measured(name, case)
            grown = power(small, large)
            steep = large >= LEAST and grown > MAX_POWER
            print(f"{case:26} {small:7.2f}s {large:8.2f}s {grown:5.2f} {memory:6.0f}{'  STEEP' if steep else ''}")
            for fault in faults[:3]:
                print(f"    {fault}")
            bad += steep or bool(faults)
            sys.stdout.flush()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
