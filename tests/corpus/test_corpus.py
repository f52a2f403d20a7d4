"""The corpus keeps to its guide: the parser on marked text, the checker on every article."""

import pytest

from corpus.check import ARTICLES, faults, files
from corpus.parse import MarkError, load, parse, unmark

HEAD = "id: t-1\ngenre: wire\ntopic: test\npublished: 2031-03-04\n\n"
GOOD = (
    HEAD + "[s1 [n Ada Venn|per venn]] [c1 said] on [d Tuesday|2031-03-04] that "
    "[k1 the ferry carries [q about 40 cars|~40 car]].\n"
    "---\na1: venn named speech said=2031-03-04\n"
    "x: a1 | ferry | capacity | q ~40 car | asserted + | | the ferry carries about 40 cars\n"
)
ENOUGH = "x: - | ferry | state | t afloat | asserted + | | the ferry\n" * 2  # an article has three claims or more


def test_marks_leave_the_text_as_printed():
    a = parse(GOOD + ENOUGH)
    assert a.text == "Ada Venn said on Tuesday that the ferry carries about 40 cars."
    assert [(m.tag, m.number, a.text[m.start : m.end], m.value) for m in a.marks] == [
        ("n", 0, "Ada Venn", "per venn"),
        ("s", 1, "Ada Venn", ""),
        ("c", 1, "said", ""),
        ("d", 0, "Tuesday", "2031-03-04"),
        ("k", 1, "the ferry carries about 40 cars", ""),
        ("q", 0, "about 40 cars", "~40 car"),
    ]
    assert (a.attributions[0].speaker, a.attributions[0].said) == ("venn", "2031-03-04")
    assert a.text[a.claims[0].start : a.claims[0].end] == "the ferry carries about 40 cars"
    assert list(faults(a)) == []


def test_signs_of_the_text_are_escaped():
    assert unmark(r"a \[sic\] and [c1 a \| b]")[0] == "a [sic] and a | b"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[c1 said", "never closed"),
        ("said]", "closes nothing"),
        ("[z9 x]", "no mark begins"),
        ("[n Ada|per [c1 x]]", "no ] behind the value"),
    ],
)
def test_broken_marks_are_said(source, message):
    with pytest.raises(MarkError, match=message):
        unmark(source)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("a1: venn", "a1: ven", "no name mark has the key"),
        ("a1: venn named", "a1: venn famous", "famous"),
        ("[k1 ", "[k2 ", "no content"),
        ("|2031-03-04]", "|March]", "not EDTF"),
        ("|per venn", "|prs venn", "needs a kind"),
        ("|per venn", "|per venn pro", "only pronouns have this key"),
        ("|~40 car]", "|40..30 car]", "no value that GUIDE.md knows"),
        ("|~40 car]", "|~40]", "with a unit"),
        ("|~40 car]", "|~40 min]", "the unit 'min' is written 'minute'"),
        ("q ~40 car |", "q forty car |", "no value that GUIDE.md knows"),
        ("on [d Tuesday|", "[d on Tuesday|", "the preposition stands outside"),
        ("on [d Tuesday|", "[d since Tuesday|", "the preposition stands outside"),
        ("said=2031-03-04", "said=March", "a1: said: not EDTF"),
        ("| | the ferry", "| holds=soon | the ferry", "holds: not EDTF"),
        ("said=2031-03-04", "via=wire", "no name mark has the key 'wire'"),
        ("a1: venn named", "a1: - named", "does not say who"),
        ("a1: venn named", "a1: venn group", "a group has no key"),
        ("that [k1 the", "[k1 that the", "'that' stands outside"),
        (
            "[k1 the ferry carries [q about 40 cars|~40 car]]",
            '[k1 "the ferry carries about 40 cars"]',
            "quotation marks stand outside",
        ),
        ("[c1 said]", "[c1 said ]", "a blank at its edge"),
        ("[c1 said]", "[c1 said|x]", "takes no value"),
        ("[d Tuesday|", "[d [d Tuesday|2031]|", "stands in another of its kind"),
        ("asserted +", "denied +", "denied goes with -"),
        ("| q ~40 car |", "| e ferry |", "no name mark has the key 'ferry'"),
        ("x: a1", "x: a7", "which is not there"),
        ("x: a1", "x: - | ferry | a | t b | asserted + | | ferry\nx: a1", "2 claims, not 3 to 8"),
    ],
)
def test_faults_are_found(old, new, message):
    assert old in GOOD
    assert any(message in f for f in faults(parse(GOOD.replace(old, new, 1))))


@pytest.mark.parametrize("path", files([ARTICLES]), ids=lambda p: p.stem)
def test_every_article_keeps_to_the_guide(path):
    a = load(path)
    assert list(faults(a)) == [] and a.id == path.stem
