"""What a mention, a statement or a claim may be: closed lists, each with the honest choice."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Kind of thing that a mention names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    PLACE = "place"
    FACILITY = "facility"
    SYSTEM = "system"  # a weapon, a train, a product: what has a designation
    DOCUMENT = "document"
    EVENT = "event"
    UNSURE = "unsure"


class Form(StrEnum):
    NAMED = "named"  # also "Belgian", "the Belgians"
    NOMINAL = "nominal"  # "the minister"
    PRONOUN = "pronoun"


class Modality(StrEnum):
    ASSERTED = "asserted"
    PLANNED = "planned"
    ORDERED = "ordered"
    PREDICTED = "predicted"
    POSSIBLE = "possible"
    DOUBTED = "doubted"
    DENIED = "denied"


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


class Anonymity(StrEnum):
    NAMED = "named"  # the report names the speaker, perhaps in another sentence
    ROLE = "role"  # known only by office or function
    UNNAMED = "unnamed"  # officials, analysts, "reportedly", asked not to be named
    OUTLET = "outlet"  # the outlet's own voice


class Directness(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Sort(StrEnum):
    """What kind of attribution a statement is."""

    SPEECH = "speech"  # said, told, wrote
    DOCUMENT = "document"  # the report says
    BELIEF = "belief"  # thinks, fears, praised
    PLAN = "plan"  # plans to, ordered, wants to
    UNSURE = "unsure"


class Comparator(StrEnum):
    EQ = "="
    GT = ">"
    GE = ">="
    LT = "<"
    LE = "<="
