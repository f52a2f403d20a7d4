"""Modality, polarity and their markers, with the hedge of the right clause."""

import pytest

from onrecord.extract.document import Document
from onrecord.extract.modality import modality
from onrecord.records import Passage, Report


def document(text):
    return Document(Report(id="r", name="r", url=None, original="", media_type="text/plain", text=text, title=None,
                           title_passage=None, byline=None, outlet=None, language="en", published=None))  # fmt: skip


# clause in braces, cue in angle brackets
CASES = [
    ("{the line carries 400 trains a day}", "asserted", "positive", []),
    ("{the old line was 40 km long}", "asserted", "positive", []),
    ("{the tram can carry 90 people}", "asserted", "positive", []),
    ("{the pier must be rebuilt}", "asserted", "positive", []),
    ("{the depot will open in June}", "planned", "positive", ["will"]),
    ("{the depot is to open in June}", "planned", "positive", ["is to"]),
    ("{the council had planned a second pier}", "planned", "positive", ["had planned"]),
    ("{the city plans to sell the buses}", "planned", "positive", ["plans to"]),
    ("{the depot may open in June}", "possible", "positive", ["may"]),
    ("{the city is considering a second pier}", "possible", "positive", ["is considering"]),
    ("{whether the pier will stand}", "possible", "positive", ["whether"]),
    ("{the depot will probably open in June}", "predicted", "positive", ["probably"]),
    ("{fares are expected to rise}", "predicted", "positive", ["are expected"]),
    ("{the depot is unlikely to open}", "doubted", "negative", ["unlikely"]),
    ("It is unlikely that {the depot opens in June}", "doubted", "negative", ["unlikely"]),
    ("{the mayor has ordered the police to clear the square}", "ordered", "positive", ["has ordered"]),
    ("The mayor <ordered> the police {to clear the square}", "ordered", "positive", ["ordered"]),
    ("The firm <denied> that {it sold the pier}", "denied", "negative", ["denied"]),
    ("The firm <pledged> {to rebuild the pier}", "planned", "positive", ["pledged"]),
    ("{the city does not intend to sell the pier}", "denied", "negative", ["not", "intend to"]),
    ("{the pier had no roof}", "asserted", "negative", ["no"]),
    ("{the train no longer stops in Varn}", "asserted", "negative", ["no"]),
    ("{joint exercises of the river forces will be held in May}", "planned", "positive", ["will"]),
    ("{the old loading lines in the depot are unlikely to last}", "doubted", "negative", ["unlikely"]),
    ("{Ferries leave in all weathers}", "asserted", "positive", []),
    ("The master <told> the Herald: “{Crowds come to the pier in summer}. We wait,”", "asserted", "positive", []),
    ("{not only the pier sank}", "asserted", "positive", []),
    ("{it is not a secret that the pier has sunk}", "asserted", "positive", []),
    ("{it's no secret that the pier has sunk}", "asserted", "positive", []),
    ("{it isn't a secret that the pier has sunk}", "asserted", "positive", []),
    ("{there is no doubt that the pier was sold}", "asserted", "positive", []),
    ("There is no doubt that {the pier was sold}", "asserted", "positive", []),
    ("{there is no doubt that the depot will not open}", "planned", "negative", ["will", "not"]),
    ("{there is no secret lift that the crew could use}", "asserted", "negative", ["no"]),
    ("{there is no evidence that the pier was sold}", "asserted", "negative", ["no"]),
    ("{nobody said that the pier was sold}", "asserted", "negative", ["nobody"]),
    ("The firm <denied> that {the bridge will cost 40 million}", "denied", "negative", ["denied"]),
    ("The firm <rejected> {claims that the bridge would cost 40 million}", "denied", "negative", ["rejected"]),
    ("The firm <dismissed> {reports that the bridge would cost 40 million}", "denied", "negative", ["dismissed"]),
    ("The firm <refuted> that {the bridge will cost 40 million}", "denied", "negative", ["refuted"]),
    ('Orr <denied> that "{the bridge will cost} too much"', "denied", "negative", ["denied"]),
    ("Orr <doubted> that {the bridge will open}", "doubted", "negative", ["doubted"]),
    ("Orr <questioned> {whether the bridge will open}", "doubted", "positive", ["questioned"]),
    ("The firm <did not confirm> that {the bridge will open}", "doubted", "positive", ["did not confirm"]),
    ("The firm <declined to confirm> that {the bridge will open}", "doubted", "positive", ["declined to confirm"]),
    ("The firm <did not deny> that {the bridge will open}", "possible", "positive", ["did not deny"]),
    ("{the firm did not deny that the bridge costs 40 million}", "possible", "positive", ["not deny"]),
    ("{the governor has ordered the evacuation of Lusk}", "ordered", "positive", ["has ordered"]),
    # look-alikes: a purchase; what a denier says in words of his own
    ("{the railway has ordered 24 trains from a plant in Lusk}", "asserted", "positive", []),
    ("{the railway ordered the trains}", "asserted", "positive", []),
    ('Orr <denied> it: "{We will build the bridge.}"', "planned", "positive", ["will"]),
    ("Orr <did not doubt> that {the bridge will open}", "planned", "positive", ["will"]),
    # look-alikes: the hedge belongs to another clause, or is a name
    ("{the city owns trams that may burn}", "asserted", "positive", []),
    ("{the bus which will be sold stands in Varn}", "asserted", "positive", []),
    ("{Will Orr runs the depot}", "asserted", "positive", []),
    ("{the pier in May Street is open}", "asserted", "positive", []),
]


@pytest.mark.parametrize(("marked", "kind", "polarity", "markers"), CASES)
def test_modality(marked, kind, polarity, markers):
    text, at = "", {}
    for c in marked:
        if c in "{}<>":
            at[c] = len(text)
        else:
            text += c
    cue = (Passage(at["<"], at[">"]),) if "<" in at else ()
    got, sign, found = modality(document(text), Passage(at["{"], at["}"]), cue)
    assert (got, sign) == (kind, polarity)
    assert [text[a:b] for a, b in found] == markers
