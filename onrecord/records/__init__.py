"""Every record that crosses a stage. All are frozen, complete when built, and carry ids made from their content.

Passages are `[start, end)` in Unicode code points of `Report.text`, so `text[start:end]` is always the stored words.
Times are EDTF strings (see `onrecord.edtf`) or None where the text does not say. Choices are `StrEnum`s and include the
honest one. msgspec reads and writes the same classes at every edge and names the path of what is wrong.

In the order of the flow: `base`, `choices`, `reports` (what is read), `readings` (what one report yields), `decided`
(what a person decides, what is judged one thing), `weighed` (what is derived over the whole ledger). Import from here.
"""

from __future__ import annotations

from onrecord.records.base import Passage, Passages, Record
from onrecord.records.choices import Anonymity, Comparator, Directness, Form, Kind, Modality, Polarity, Sort
from onrecord.records.decided import Decision, Entity, Judgement, Verdict
from onrecord.records.readings import (
    Because,
    Claim,
    DateValue,
    EntityValue,
    EventValue,
    Mention,
    MoneyValue,
    Quantity,
    QuantityValue,
    Reading,
    Referent,
    Refusal,
    Statement,
    StateValue,
    Step,
    TextValue,
    Value,
    When,
)
from onrecord.records.reports import FUTURE, DateFound, Original, Problem, Report
from onrecord.records.weighed import (
    Change,
    Conflict,
    ConflictKind,
    Due,
    DueState,
    HedgeLoss,
    Link,
    LinkKind,
    Origins,
    Position,
    Standing,
    Turn,
)

__all__ = [
    "FUTURE", "Anonymity", "Because", "Change", "Claim", "Comparator", "Conflict", "ConflictKind", "DateFound",
    "DateValue", "Decision", "Directness", "Due", "DueState", "Entity", "EntityValue", "EventValue", "Form",
    "HedgeLoss", "Judgement", "Kind", "Link", "LinkKind", "Mention", "Modality", "MoneyValue", "Original", "Origins",
    "Passage", "Passages", "Polarity", "Position", "Problem", "Quantity", "QuantityValue", "Reading", "Record",
    "Referent", "Refusal", "Report", "Sort", "Standing", "StateValue", "Statement", "Step", "TextValue", "Turn",
    "Value", "Verdict", "When",
]  # fmt: skip

for _name in __all__:  # one public address for each: no pickle and no message says which file holds it
    if isinstance(globals()[_name], type):
        globals()[_name].__module__ = __name__
