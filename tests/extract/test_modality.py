"""Modality, polarity and their markers, with the hedge of the right clause."""

import pytest
from builders import document

from onrecord.extract.modality import modality
from onrecord.records import Passage

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
    # "will" plans where somebody wills it, and predicts where nobody does
    ("{the fare will rise by 4 percent}", "predicted", "positive", ["will"]),
    ("{the quay would fetch 60,000 crowns}", "predicted", "positive", ["would"]),
    ("{the ferry would be half empty}", "predicted", "positive", ["would"]),
    ("{there will be no talks}", "predicted", "negative", ["will", "no"]),
    ("{the surcharge will drive islanders away}", "predicted", "positive", ["will"]),
    ("Orr <predicted> that {the firm would leave Varn}", "predicted", "positive", ["would"]),
    ("{the firm will sell the quay}", "planned", "positive", ["will"]),
    ("{Norland will soon supply Varn with coal}", "planned", "positive", ["will"]),
    ("{Norland would be sending two boats}", "planned", "positive", ["would"]),
    ("{the farmers will block the road}", "planned", "positive", ["will"]),
    ("{the quay will be completely rebuilt}", "planned", "positive", ["will"]),
    ("{the bell will be back by noon}", "planned", "positive", ["will"]),
    ("{the choir will sing in May}", "planned", "positive", ["will"]),
    ("{the choir will sing again}", "predicted", "positive", ["will"]),
    ("{deliveries will begin in May}", "planned", "positive", ["will"]),
    # what a cue makes of its content: with its particles, its infinitive, its noun
    ("Orr {<called> the delay a disgrace}", "asserted", "positive", []),
    ("{Orr <called for> a delay}", "ordered", "positive", ["called"]),
    ("Orr {<told> reporters that 90 crates had come}", "asserted", "positive", []),
    ("Orr {<told> reporters that the crates would be sold}", "planned", "positive", ["would"]),
    ("Orr <told> {the crew to burn the crates}", "ordered", "positive", ["told"]),
    ("The court <ruled> that {couriers are employees}", "asserted", "positive", []),
    ("Orr <ruled out> {a curfew}", "denied", "negative", ["ruled"]),
    ("The union <demanded> that {the crews rest}", "ordered", "positive", ["demanded that"]),
    ("The town <insists> that {the boats be built in Varn}", "ordered", "positive", ["be"]),
    ("Orr <recommended> {a second lock}", "ordered", "positive", ["recommended"]),
    ("Orr <estimates> {the loss at 4 million}", "asserted", "positive", []),
    ("The board <rejected> {an offer of 4 million}", "asserted", "positive", ["rejected"]),
    ("The ministry <declined> {to comment}", "asserted", "negative", ["declined"]),
    ("Orr <fears> {the loss of half the fleet}", "possible", "positive", ["fears"]),
    ("Orr said the council {has promised an inquiry into the fire}", "planned", "positive", ["promised"]),
    ("{most households intend to leave the island}", "planned", "positive", ["intend to"]),
    ("{the bell weighs some 38 kilograms}", "asserted", "positive", []),
    ("Orr <expressed> {the conviction that the ice will hold all winter}", "predicted", "positive", ["will"]),
    ("The yard <is said> {to be for sale}", "possible", "positive", ["said"]),
    ("The yard <was asked> {to be on time}", "ordered", "positive", ["asked"]),
    ("{the office expected another 8 inches of snow}", "predicted", "positive", ["expected another"]),
    ("{the expected rise was 4 percent}", "asserted", "positive", []),
    # who denies of himself what he is told to have done, and what is only not so
    ("Orr <says> that {he never saw the survey}", "denied", "negative", ["never"]),
    ("Orr <said> {he was not aware of any letter}", "denied", "negative", ["not"]),
    ("Orr <said> {there was no such letter}", "denied", "negative", ["no"]),
    ("Orr <said> {he had not known of it}", "denied", "negative", ["not"]),
    ("{the town is now considering a second pier}", "possible", "positive", ["is now considering"]),
    ("Orr <admitted> that {he never saw the survey}", "asserted", "negative", ["never"]),
    ("Orr <said> {we were not asked}", "asserted", "negative", ["not"]),
    ("Orr <says> {the survey never came}", "asserted", "negative", ["never"]),
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
