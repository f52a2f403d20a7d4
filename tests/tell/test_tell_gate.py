"""What the gate refuses, each with the sentence beside it that it must admit."""

import pytest
from press import day, seats

from onrecord.errors import GateRefused
from onrecord.tell.gate import Sentence, admit, refusal
from onrecord.tell.shelf import Shelf

TEXT = (
    "Harbour Minister Ada Venn told the Orlan News Agency that Aurora II will sail by June 2031 and may carry 40 seats."
    " Ben Orr denied that the X-1M engine was used. Aurora II carries 38 seats, he added. A ramp was painted grey."
)


@pytest.fixture
def told(press):
    s = press.story(TEXT, "2031-02-11")
    venn = {"by": "Ada Venn", "role": "Harbour Minister", "via": ("Orlan News Agency",)}
    ids = {
        "plan": s.says("sails_from", day("2031-06"), "Aurora II will sail by June 2031", modality="planned", **venn),
        "may": s.says("capacity", seats(40), "may carry 40 seats", modality="possible", **venn),
        "denial": s.says("built_by", ("X-1M",), "the X-1M engine was used", by="Ben Orr", modality="denied"),
        "fact": s.says("capacity", seats(38), "Aurora II carries 38 seats", by="Ben Orr"),
        "own": s.says("state", press_state("painted"), "A ramp was painted grey", subject=("ramp", None)),
    }
    press.keep(s)
    return Shelf(press.derive("2031-02-15")), ids


def press_state(state):
    from press import StateValue

    return StateValue(state=state)


def reason(told, text, *keys, figures=()):
    shelf, ids = told
    found = refusal(Sentence(text=text, claims=tuple(ids[k] for k in keys), figures=figures), shelf)
    return found and found.split(":")[0]


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        ("Harbour Minister Ada Venn plans that Aurora II will sail by June 2031.", "plan", None),
        (
            "Venn plans, through the Orlan News Agency: “Aurora II will sail by June 2031” (2031-06; 2031-02-11).",
            "plan",
            None,
        ),
        ("Ada Venn plans that Aurora II will sail by July 2031.", "plan", "name"),
        ("Ada Venn plans that Aurora II will sail by June 2032.", "plan", "number"),
        ("Ada Venn plans that Aurora II will sail by 2031-07.", "plan", "number"),
        ("Ada Venn plans that Aurora III will sail by June 2031.", "plan", "name"),
        ("Ada Venn of Osterby plans that Aurora II will sail by June 2031.", "plan", "name"),
        ("Ada Venn said that Aurora II sailed by June 2031.", "plan", "modality"),
        ("Ada Venn has a plan: Aurora II sailed by June 2031.", "plan", "modality"),
        ("Aurora II will sail by June 2031, it is planned.", "plan", "attribution"),
        ("Ada Venn plans: “Aurora II will surely sail by June 2031”.", "plan", "quotation"),
        ("Ada Venn said that Aurora II may carry 40 seats.", "may", None),
        ("Ada Venn said that Aurora II carries 40 seats.", "may", "modality"),
        ("Ada Venn said that Aurora II may carry forty seats.", "may", None),
        ("Ada Venn said that Aurora II may carry fifty seats.", "may", "number"),
        ("Ada Venn said that Aurora II may carry 41 seats.", "may", "number"),
        ("Ben Orr denies that the X-1M engine was used.", "denial", None),
        ("Ben Orr denies that the X-1 engine was used.", "denial", "number"),
        ("Ben Orr denies that the X-1MK engine was used.", "denial", "number"),
        ("Ben Orr said that the X-1M engine was used.", "denial", "modality"),
        ("Ben Orr said that Aurora II carries 38 seats.", "fact", None),
        ("Orr’s figure is 38 seats.", "fact", None),
        ("Aurora II carries 38 seats.", "fact", "attribution"),
        ("Ada Venn said that Aurora II carries 38 seats.", "fact", "name"),
        ("Harbour Post reports: “A ramp was painted grey”.", "own", None),
        ("A ramp was painted grey.", "own", "attribution"),
    ],
)
def test_the_gate(told, text, key, why):
    assert reason(told, text, key) == why


def test_counts_of_the_program_must_be_declared(told):
    text = "Ben Orr said that Aurora II carries 38 seats (at least 1, at most 2 origins)."
    assert reason(told, text, "fact") == "number"
    assert reason(told, text, "fact", figures=("1", "2")) is None


def test_a_sentence_cites_claims_on_record(told):
    shelf, _ = told
    assert reason(told, "Ben Orr said 38.") == "no claims"
    with pytest.raises(GateRefused, match="no claims"):
        admit(Sentence(text="Ben Orr said 38.", claims=("c-none",)), shelf)


def test_two_origins_need_no_attribution(press):
    for who, url in (("Ada Venn", "a"), ("Ben Orr", "b")):
        s = press.story(f"{who} said Aurora II carries 38 seats.", "2031-02-11", url=f"https://press.example/{url}")
        claim = s.says("capacity", seats(38), "Aurora II carries 38 seats", by=who)
        press.keep(s)
    shelf = Shelf(press.derive("2031-02-15"))
    assert refusal(Sentence(text="Aurora II carries 38 seats.", claims=(claim,)), shelf) is None


def test_an_unnamed_source_is_called_one(press):
    s = press.story("A source said Aurora II carries 38 seats.", "2031-02-11")
    claim = s.says("capacity", seats(38), "Aurora II carries 38 seats", anonymous=True)
    press.keep(s)
    shelf = Shelf(press.derive("2031-02-15"))
    assert refusal(Sentence(text="An unnamed source said 38 seats.", claims=(claim,)), shelf) is None
    assert refusal(Sentence(text="Aurora II carries 38 seats.", claims=(claim,)), shelf) is not None


def test_a_quotation_inside_a_quotation_is_found(press):
    s = press.story("Ben Orr said she carries “38 seats or so”.", "2031-02-11")
    claim = s.says("capacity", seats(38), "she carries “38 seats or so”", by="Ben Orr")
    press.keep(s)
    shelf = Shelf(press.derive("2031-02-15"))
    assert refusal(Sentence(text="Ben Orr said: “she carries ‘38 seats or so’”.", claims=(claim,)), shelf) is None
