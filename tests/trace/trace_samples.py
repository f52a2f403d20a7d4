"""Invented stories and records for the tests of tracing."""

from random import Random

import builders

from onrecord.beat import Beat, BeatOutlet
from onrecord.records import Anonymity, Because, Claim, Directness, Passage, Report, Statement, TextValue

VOCABULARY = (
    "ferry harbour bridge tunnel council engine depot signal station timetable fare crossing platform carriage budget"
    " contract winter repair survey captain mayor inspector union passenger freight island coast ticket quay lighthouse"
    " crane cable pump turbine warehouse market school clinic library orchard mill dairy forest quarry river opened"
    " delayed repaired inspected closed promised rejected approved extended measured painted counted doubled replaced"
    " moved tested praised questioned cancelled surveyed leased bought sold flooded cleaned noisy early frosty spare"
    " northern narrow public broken second quiet careful wooden hasty generous distant stubborn rusty modest foggy"
    " under over behind without against through before after while because although until beside despite during"
    " crowns weeks metres barrels letters pages neighbours sailors pupils drivers bakers visitors owners judges farmers"
    " the the the the the of of of and and in in to to a a a which that with for on by from"
)
WORDS = VOCABULARY.split()
PLACES = ("Sandholm", "Norhaven", "Eskmouth", "Tarvik", "Blackfell", "Winmoor", "Orsby", "Kelder", "Rastow", "Immerby")


def sentence(random: Random) -> str:
    words = [random.choice(WORDS) for _ in range(random.randint(9, 17))]
    words.insert(random.randint(3, 8), random.choice(PLACES))
    words.insert(random.randint(3, 8), str(random.randint(2, 980)))
    text = " ".join(words).replace(" which", ", which")
    return f"{text[0].upper()}{text[1:]}."


def story(seed: int, sentences: int = 12) -> str:
    """An invented report: sentences that no other seed has."""
    random = Random(seed)
    return "\n".join(sentence(random) for _ in range(sentences))


def report(name: str, text: str, outlet: str | None = None, published: str | None = "2031-03-03", **more) -> Report:
    fields = {"id": f"r-{name}", "name": name, "original": name, "outlet": outlet, "published": published}
    return builders.report(text, **{**fields, **more})


def at(report: Report, words: str) -> Passage:
    start = report.text.index(words)
    return Passage(start, start + len(words))


def said(name: str, report: Report, words: str, **more) -> Statement:
    fields = {
        "id": f"s-{name}", "report": report.id, "speaker": None, "speaker_passages": (), "cue": (),
        "content": (at(report, words),), "anonymity": Anonymity.NAMED, "directness": Directness.INDIRECT,
        "because": Because(rule="test"),
    }  # fmt: skip
    return Statement(**{**fields, **more})


def claimed(name: str, report: Report, words: str, statement: Statement | None = None) -> Claim:
    return Claim(
        id=f"c-{name}", report=report.id, statement=None if statement is None else statement.id,
        evidence=(at(report, words),), subject=None, subject_passage=None, property="cost", value=TextValue(text=words),
        value_passage=None, because=Because(rule="test"),
    )  # fmt: skip


BEAT = Beat(
    name="ferries",
    title="Ferries of the coast",
    outlets=(
        BeatOutlet(key="wire", name="Coast Wire", names=("CoWire", "Берег-Инфо"), kind="agency", state="independent"),
        BeatOutlet(key="sea", name="Sea Agency", kind="agency", state="state"),
        BeatOutlet(key="post", name="Harbour Post", domains=("post.example",), family="harbour"),
        BeatOutlet(key="echo", name="Harbour Echo", family="harbour"),
        BeatOutlet(key="radio", name="Tarvik Radio", owner="Tarvik Trust"),
        BeatOutlet(key="gazette", name="State Gazette", state="state"),
        BeatOutlet(key="quiet", name="Quiet Paper"),
    ),
)
