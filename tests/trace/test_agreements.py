"""Agreements: outlets that share wrong values may copy each other; those that are right together do not."""

from random import Random

from trace_samples import BEAT, at, report, said, story

from onrecord.beat import Beat, BeatOutlet
from onrecord.records import Anonymity, Because, Claim, LinkKind, QuantityValue
from onrecord.trace import count, link

DAYS = [f"2031-{month:02d}-05" for month in range(1, 13)] * 4
OUTLETS = ("Harbour Post", "Tarvik Radio", "State Gazette", "Coast Wire", "Lantern")


class Year:
    """Each outlet prints one figure for each of 48 things, in a sentence of its own."""

    def __init__(self, wrong_together, *, spoken=False):
        self.reports, self.claims, self.statements, self.entity_of = [], [], [], {}
        random = Random(3)
        for item, day in enumerate(DAYS):
            right = random.randint(100, 999)
            slips = {o: random.randint(100, 999) for o in OUTLETS if random.random() < 0.35}
            if wrong_together and "Harbour Post" in slips:
                slips["Lantern"] = slips["Harbour Post"]
            for n, outlet in enumerate(OUTLETS):
                self.add(f"{item:02d}{n}", item, slips.get(outlet, right), outlet, day, spoken)

    def add(self, name, item, figure, outlet, day, spoken):
        words = f"{figure} tonnes"
        r = report(name, f"{story(int(name), 3)}\nShip {item} carries {words}.", outlet, day)
        s = said(name, r, words, anonymity=Anonymity.NAMED) if spoken else None
        self.statements += [s] if s is not None else []
        self.entity_of[f"f-{name}"] = f"ship {item}"
        self.reports.append(r)
        self.claims.append(
            Claim(
                id=f"c-{name}",
                report=r.id,
                statement=s.id if s is not None else None,
                evidence=(at(r, words),),
                subject=f"f-{name}",
                subject_passage=None,
                property="load",
                value_passage=None,
                value=QuantityValue(low=figure, high=figure, unit="tonne"),
                because=Because(rule="test"),
            )
        )

    def links(self):
        return link(self.reports, self.statements, beat=BEAT, claims=self.claims, entity_of=self.entity_of)


def test_errors_in_common_link_two_outlets_with_a_reason():
    year = Year(wrong_together=True)
    found = year.links()
    outlet = {r.id: r.outlet for r in year.reports}
    assert found and {frozenset((outlet[k.left], outlet[k.right])) for k in found} == {
        frozenset(("Harbour Post", "Lantern"))
    }
    assert all(k.kind is LinkKind.COPY and not k.shown and "few others give" in k.reason for k in found)
    text = {r.id: r.text for r in year.reports}
    assert all("tonnes" in text[k.left][p.start : p.end] for k in found for p in k.left_passages)
    assert any("this one among them" in k.reason for k in found)


def test_they_fold_in_the_lower_bound_only():
    beat = Beat(name="b", title="b", outlets=tuple(BeatOutlet(key=o.lower(), name=o, family=o) for o in OUTLETS))
    year = Year(wrong_together=True)
    links = link(year.reports, beat=beat, claims=year.claims, entity_of=year.entity_of)
    outlet = {r.id: r.outlet for r in year.reports}
    k = links[0]
    pair = [c for c in year.claims if c.report in (k.left, k.right)]
    third = next(c for c in year.claims if c.id[:4] == pair[0].id[:4] and outlet[c.report] == "Coast Wire")
    found = count([*pair, third], links, reports=year.reports, beat=beat)
    assert (found.low, found.high) == (2, 3) and "perhaps copied" in found.foldings[0].reason


def test_being_right_together_and_carrying_one_speaker_show_nothing():
    assert Year(wrong_together=False).links() == ()
    assert [k for k in Year(wrong_together=True, spoken=True).links() if k.kind is LinkKind.COPY] == []


def test_without_entities_nothing_is_compared():
    year = Year(wrong_together=True)
    assert link(year.reports, beat=BEAT, claims=year.claims) == ()


def test_order_changes_nothing():
    year = Year(wrong_together=True)
    straight = year.links()
    Random(1).shuffle(year.claims)
    Random(2).shuffle(year.reports)
    assert year.links() == straight
