"""The gate: each rule lets a good claim through and refuses one whose slot its words do not yield."""

import msgspec
import pytest
from builders import report

from onrecord.extract.cast import Cast
from onrecord.extract.document import Document
from onrecord.extract.gate import Evidence, check, check_statement
from onrecord.extract.numbers import quantities
from onrecord.records import (
    Anonymity,
    Because,
    Claim,
    Directness,
    EntityValue,
    Form,
    Kind,
    Modality,
    Passage,
    Polarity,
    QuantityValue,
    Statement,
    Step,
    TextValue,
)

TEXT = "Karin Holt said the Aurora may reach 400 km. He left."


def span(words):
    at = TEXT.index(words)
    return Passage(at, at + len(words))


@pytest.fixture
def ground():
    doc = Document(report(TEXT))
    cast = Cast("r-1")
    holt = cast.add(Kind.PERSON, "Karin Holt")
    aurora = cast.add(Kind.SYSTEM, "Aurora")
    cast.mention(span("Karin Holt"), "Karin Holt", holt, Form.NAMED, "test")
    cast.mention(span("Aurora"), "Aurora", aurora, Form.NAMED, "test")
    s = Statement(
        id="s-1", report="r-1", speaker=holt, speaker_passages=(span("Karin Holt"),), cue=(span("said"),),
        content=(span("the Aurora may reach 400 km"),), anonymity=Anonymity.NAMED, directness=Directness.INDIRECT,
        because=Because(rule="test"),
    )  # fmt: skip
    return Evidence(doc, cast, quantities(doc), (), {"s-1": s})


@pytest.fixture
def good(ground):
    aurora = next(r.id for r in ground.cast.referents if r.name == "Aurora")
    return Claim(
        id="c-1", report="r-1", statement="s-1", evidence=(span("the Aurora may reach 400 km"),), subject=aurora,
        subject_passage=span("Aurora"), property="reach", value=QuantityValue(low=400, high=400, unit="km"),
        value_passage=span("400 km"), modality=Modality.POSSIBLE, markers=(span("may"),), because=Because(rule="test"),
    )  # fmt: skip


def test_a_claim_whose_slots_hold_passes(good, ground):
    assert check(good, ground) is None and check_statement(ground.statements["s-1"], ground) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": QuantityValue(low=500, high=500, unit="km")}, "figure not in its passage"),
        ({"value": QuantityValue(low=400, high=400, unit="mi")}, "figure not in its passage"),
        ({"value_passage": None}, "value without a passage"),
        ({"value": TextValue(text="it flies"), "value_passage": Passage(0, 5)}, "words not in their passage"),
        ({"value": EntityValue(entities=("f-x",))}, "entity not in its passage"),
        ({"markers": ()}, "modality without a marker"),
        ({"markers": (Passage(45, 47),)}, "marker elsewhere"),
        ({"modality": Modality.ASSERTED, "polarity": Polarity.NEGATIVE, "markers": ()}, "modality without a marker"),
        ({"subject": "f-nobody"}, "no such subject"),
        ({"subject_passage": Passage(0, 10)}, "subject not in its passage"),
        ({"evidence": ()}, "passage"),
        ({"evidence": (Passage(45, 53),), "markers": (), "modality": Modality.ASSERTED}, "outside its statement"),
        ({"evidence": (Passage(0, 900),)}, "passage"),
        ({"statement": "s-9"}, "no such statement"),
        ({"holds_at": "2031"}, "holds-at not in its passage"),
        ({"said_at": "2031"}, "said-at not its statement's"),
    ],
)
def test_refuses(good, ground, change, reason):
    refusal = check(msgspec.structs.replace(good, **change), ground)
    assert refusal is not None and refusal.reason == reason and refusal.detail


def test_a_subject_may_be_reached_by_a_step(good, ground):
    step = Step(passage=span("He"), referent=good.subject, because=Because(rule="test"))
    assert check(msgspec.structs.replace(good, subject_passage=None, steps=(step,)), ground) is None
    assert check(msgspec.structs.replace(good, subject_passage=None), ground) is not None


def test_a_speaker_who_is_not_named_needs_a_step(ground):
    s = msgspec.structs.replace(ground.statements["s-1"], speaker_passages=(span("He"),))
    refusal = check_statement(s, ground)
    assert refusal is not None and refusal.reason == "speaker without a step"
    step = Step(passage=span("He"), referent=s.speaker, because=Because(rule="test"))
    assert check_statement(msgspec.structs.replace(s, steps=(step,)), ground) is None
