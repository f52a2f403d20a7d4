"""Links: kinds, direction, reasons."""

from trace_samples import BEAT, report, said, story

from onrecord.records import LinkKind
from onrecord.trace import link

TEXT = story(1)
SPEECH = "the new ferry will carry forty cars to Norhaven from May"


def only(reports, **more):
    (found,) = link(reports, **{"beat": BEAT, **more})
    return found


def test_a_copy_is_linked_with_its_passages_and_a_reason():
    a = report("a", TEXT, "Harbour Post", title="Ferry")
    b = report("b", f"Late news\n{TEXT[:600]}", "Tarvik Radio", published="2031-03-05")
    found = only([b, a])
    assert (found.left, found.right, found.kind, found.origin) == ("r-a", "r-b", LinkKind.COPY, "r-a")
    assert [a.text[p.start : p.end] for p in found.left_passages] == [
        b.text[p.start : p.end] for p in found.right_passages
    ]
    assert "of b (Tarvik Radio) stands in “Ferry” (Harbour Post)" in found.reason and "published first" in found.reason


def test_a_reused_paragraph_is_linked_and_a_reused_phrase_is_not():
    part = TEXT.split("\n")
    a, b = report("a", TEXT), report("b", story(2) + "\n" + "\n".join(part[:3]) + "\n" + story(3))
    assert only([a, b]).kind is LinkKind.COPY
    assert link([a, report("c", f"{story(2)}\n{part[0][:60]} {story(3)}")], beat=BEAT) == ()


def test_a_credit_line_beats_the_date():
    a = report("a", TEXT, "Coast Wire", published="2031-03-04")
    b = report("b", f"(Coast Wire) – {TEXT}", "Harbour Post", published="2031-03-03")
    found = only([a, b])
    assert found.origin == "r-a" and "credits" in found.reason


def test_two_that_credit_each_other_leave_it_to_the_date():
    a = report("a", f"(Harbour Post) – {TEXT}", "Coast Wire", published="2031-03-04")
    b = report("b", f"(Coast Wire) – {TEXT}", "Harbour Post", published="2031-03-03")
    assert only([a, b]).origin == "r-b"
    undated = [report("a", a.text, "Coast Wire", None), report("b", b.text, "Harbour Post", None)]
    assert only(undated).origin is None and "each credits the other" in only(undated).reason


def test_without_dates_an_excerpt_comes_from_the_whole():
    a, b = report("a", TEXT, published=None), report("b", TEXT[:400], published=None)
    assert only([a, b]).origin == "r-a"
    same = [report("a", TEXT, published=None), report("b", f"{TEXT}!", published="2999")]
    assert only(same).origin is None


def test_versions_of_one_url_are_versions():
    a = report("a", TEXT, url="https://post.example/1", published="2031-03-03")
    b = report("b", TEXT + "\nCorrected.", url="https://post.example/1", published="2031-03-04")
    found = only([b, a])
    assert found.kind is LinkKind.VERSION and found.origin == "r-a" and found.left_passages


def test_one_speech_in_two_outlets():
    a, b = report("a", f"{SPEECH}, he said.", "Harbour Post"), report("b", f"He said {SPEECH}.", "Tarvik Radio")
    c = report("c", f"Again: {SPEECH}.", published="2031-04-03")
    said_a, said_b, said_c = said("a", a, SPEECH), said("b", b, SPEECH), said("c", c, SPEECH)
    speakers = {"s-a": "e1", "s-b": "e1", "s-c": "e1"}
    speech = [k for k in link([a, b, c], [said_a, said_b, said_c], speaker_of=speakers) if k.kind is LinkKind.SPEECH]
    assert [(k.left, k.right) for k in speech] == [("s-a", "s-b")] and "the same speaker" in speech[0].reason
    others = link([a, b], [said_a, said_b], speaker_of={"s-a": "e1", "s-b": "e2"})
    assert not [k for k in others if k.kind is LinkKind.SPEECH]


def test_nothing_and_empty_texts():
    assert link([]) == () and link([report("a", ""), report("b", "", published=None)]) == ()


def test_order_changes_nothing():
    rows = [report(n, t) for n, t in (("a", TEXT), ("b", TEXT[200:]), ("c", TEXT), ("d", story(2)), ("e", story(2)))]
    assert link(rows) == link(rows[::-1]) == link({r.id: r for r in rows})
