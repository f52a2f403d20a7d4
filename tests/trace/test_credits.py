"""Credit lines: the forms that are taken, and the look-alikes that are not."""

import pytest
from trace_samples import BEAT, at, report, story

from onrecord.records import Passage
from onrecord.trace.credits import credited, credits, forms

BODY = story(1, 4)
WIRE = [
    f"TARVIK, March 3 (Coast Wire) – {BODY}",
    f"TARVIK (CoWire) -- {BODY}",
    f"/Coast Wire/ {BODY}",
    f"COAST WIRE – {BODY}",
    f"By Coast Wire\n{BODY}",
    f"{BODY}\nSource: Coast Wire",
    f"{BODY}\nOriginally published by Coast Wire.",
    f"{BODY}\nИсточник: Берег-Инфо",
    f"{BODY}\nПо материалам Берег-Инфо",
    f"{BODY}\nКрыніца: Берег-Инфо",
]
SENTENCES = [
    "Forty cars fit on the ferry, according to Coast Wire.",
    "According to the news agency Coast Wire, forty cars fit on the ferry.",
    "Forty cars fit on the ferry, as reported by CoWire.",
    "Coast Wire reports that forty cars fit on the ferry.",
    "Forty cars fit on the ferry, Coast Wire said.",
    "Forty cars fit on the ferry, the mayor told Coast Wire.",
    "With reference to Coast Wire, forty cars fit on the ferry.",
    "Сорок машин входит на паром, сообщает «Берег-Инфо».",
    "Как передаёт Берег-Инфо, на паром входит сорок машин.",
    "На паром входит сорок машин, пишет газета со ссылкой на агентство Берег-Инфо.",
    "По данным Берег-Инфо, на паром входит сорок машин.",
    "На паром уваходзіць сорак машын, паведамляе Берег-Инфо.",
    "Паводле звестак Берег-Инфо, на паром уваходзіць сорак машын.",
]
LOOK_ALIKES = [
    f"TARVIK (population 4,000) – {BODY}",
    f"By Anna Kelder\n{BODY}",
    f"The mayor said on Tuesday that the coast wire fence would be painted.\n{BODY}",
    f"Coast Wireless reported a fault.\n{BODY}",
    f"Source code of the timetable was lost.\n{BODY}",
    "",
]


@pytest.mark.parametrize("text", WIRE, ids=range(len(WIRE)))
def test_a_whole_report_is_credited(text):
    found = credited(report("a", text, "Harbour Post"), BEAT)
    assert found is not None and found.outlet == "wire" and found.whole


@pytest.mark.parametrize("text", SENTENCES, ids=range(len(SENTENCES)))
def test_a_sentence_is_credited_and_its_neighbours_are_not(text):
    r = report("a", f"{BODY}\n{text}\n{story(2, 3)}", "Harbour Post")
    near = credited(r, BEAT, (at(r, text),))
    assert near is not None and near.outlet == "wire" and not near.whole
    assert credited(r, BEAT, (Passage(0, 40),)) is None and credited(r, BEAT) is None


@pytest.mark.parametrize("text", LOOK_ALIKES, ids=range(len(LOOK_ALIKES)))
def test_look_alikes_credit_nobody(text):
    assert credits(report("a", text, "Harbour Post"), BEAT) == ()


def test_the_agency_is_the_one_named_before():
    text = "Coast Wire sent a man. Forty cars fit on the ferry, according to the agency."
    r = report("a", text, "Harbour Post")
    assert credited(r, BEAT, (at(r, "Forty cars"),)).outlet == "wire"
    lone = report("b", "Forty cars fit on the ferry, according to the agency.", "Harbour Post")
    unsure = credited(lone, BEAT, (at(lone, "Forty cars"),))
    assert unsure is not None and unsure.outlet is None


def test_metadata_credits_and_an_outlet_does_not_credit_itself():
    assert credited(report("a", BODY, "Harbour Post", credits=("Coast Wire",)), BEAT).outlet == "wire"
    assert credited(report("a", BODY, "Coast Wire", credits=("CoWire",)), BEAT) is None
    assert credited(report("a", BODY, "Unlisted", credits=("unlisted",)), BEAT) is None


def test_a_source_that_the_beat_does_not_know_is_kept_by_name():
    found = credited(report("a", f"TARVIK (Northern Press) – {BODY}", "Harbour Post"), BEAT)
    assert found is not None and (found.name, found.outlet) == ("Northern Press", None)


def test_two_agencies_leave_it_unsure():
    found = credited(report("a", f"(Coast Wire) – {BODY}\nSource: Sea Agency", "Harbour Post"), BEAT)
    assert found is not None and found.outlet is None and "Sea Agency" in found.name


def test_furniture_credits_nobody():
    text = f"{BODY}\nSource: Coast Wire"
    r = report("a", text, "Harbour Post", furniture=(Passage(len(BODY), len(text)),))
    assert credited(r, BEAT) is None


@pytest.mark.parametrize("text", ["by " * 60_000, "(" * 10_000, "according to the " * 12_000, "Source: " * 20_000])
def test_any_text_is_read_in_bounded_time(text):
    assert isinstance(credits(report("a", text, "Harbour Post"), BEAT), tuple)


def test_every_form_has_one_place_for_the_name_and_a_known_position():
    assert forms() and all(form.count("{}") == 1 and where in ("lead", "tail", "sentence") for form, where in forms())
