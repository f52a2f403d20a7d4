"""Copies: what is done to a copied text must not hide it, what is common to all texts must not make one."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_samples import story

from onrecord.records import Passage
from onrecord.trace.alignment import widened
from onrecord.trace.copies import reuses

FURNITURE = (
    "Subscribe to our morning letter and never miss a departure from the coast again, free of charge for a month.\n"
    "The opinions of those who write to us are theirs alone and are not checked by anyone in this house.\n"
    "Have you seen something on the quay? Ring the night desk at any hour, all calls are treated in confidence."
)
SYNONYMS = {"ferry": "boat", "opened": "inaugurated", "noisy": "loud", "which": "that", "by": "near", "crowns": "coins"}


def found(*texts, outlets=None, **more):
    return {(r.left, r.right) for r in reuses(texts, outlets or [None] * len(texts), **more) if r.is_copy}


def noisy(text, share=0.03, seed=7):
    """Letters lost, doubled and misread, blanks lost, as by a scanner."""
    random, out = Random(seed), []
    for char in text:
        out.append(random.choice(["", char * 2, "f", "1"]) if random.random() < share else char)
    return "".join(out)


def reworded(text):
    return " ".join(SYNONYMS.get(w, w) for w in text.split(" "))


def dropped(text):
    return "\n".join(line for i, line in enumerate(text.split("\n")) if i % 3)


def reordered(text):
    lines = text.split("\n")
    return "\n".join(lines[6:] + lines[:6])


@pytest.mark.parametrize(
    "edit",
    [
        lambda t: t[: len(t) // 3],
        lambda t: "Quite another headline\n\n" + t,
        lambda t: FURNITURE + "\n" + t + "\n" + FURNITURE,
        dropped,
        reordered,
        reworded,
        noisy,
        lambda t: t.upper().replace(",", " –"),
        lambda t: t + "\n" + story(99, 8),
        lambda t: noisy(reworded(reordered(dropped(t)))) + FURNITURE,
    ],
    ids=["cut", "headline", "furniture", "dropped", "reordered", "reworded", "scanned", "capitals", "mixed", "all"],
)
def test_a_copy_is_found_whatever_was_done_to_it(edit):
    texts = [story(1), edit(story(1)), *(story(s) for s in range(2, 12))]
    assert found(*texts) == {(0, 1)}


def test_what_an_outlet_prints_under_every_story_makes_no_copies():
    stories = [story(s, 3) for s in range(20)]
    outlets = ["Harbour Post"] * 10 + ["Tarvik Radio"] * 10
    texts = [f"{s}\n{FURNITURE}" if o == "Harbour Post" else s for s, o in zip(stories, outlets, strict=True)]
    assert found(*texts, outlets=outlets) == set()
    assert found(*texts[:9], texts[2] + "\nMore soon.", outlets=[*outlets[:9], "Echo"]) == {(2, 9)}


def test_the_story_that_everyone_copies_is_not_taken_for_furniture():
    copies = [f"{story(3)}\nFrom our desk number {i} {story(100 + i, 2)}" for i in range(20)]
    assert len(found(*copies, outlets=["One Paper"] * 20)) == 190


def test_pairs_stay_pairs():
    one, two = story(1), story(2)
    assert found(one, f"{one}\n{two}", two) == {(0, 1), (1, 2)}


def test_passages_hold_the_same_words():
    one = story(1)
    two = "A new headline\n" + story(5, 4) + "\n" + one[200:700] + "\n" + story(6, 2)
    (r,) = reuses([one, two], [None, None], least=0.1)
    (p,), (q,) = widened(one, two, r)
    assert one[p.start : p.end] == two[q.start : q.end]
    assert p.start <= 202 and p.end >= 697  # a letter more or less where neighbours agree by chance


def test_furniture_is_not_compared():
    one, two = FURNITURE + "\n" + story(1), FURNITURE + "\n" + story(2)
    mask = [(Passage(0, len(FURNITURE)),)] * 2
    assert reuses([one, two], [None, None], mask, least=0.01) == ()


@pytest.mark.parametrize("text", ["", " \n ", "!!! … ???", "Yes.", "a" * 200_000, '"' * 10_000])
def test_texts_with_nothing_in_them_are_no_copies_of_stories(text):
    assert found(text, story(1), "") == set()


def test_one_report_fifty_thousand_times_is_a_star_not_a_square():
    texts = [story(1)] * 50_000 + [story(2)]
    links = reuses(texts, [None] * len(texts))
    assert len(links) == 49_999 and all(r.left == 0 and r.identical for r in links)


def test_thousands_of_almost_equal_reports_stay_bounded():
    texts = [f"Edition {i} of the day, number {i * 7919}.\n{story(1, 5)}" for i in range(3000)]
    links = reuses(texts, [None] * len(texts))
    assert {r.right for r in links if r.left == 0} == set(range(1, 3000))
    assert len(links) < 10 * len(texts)


def test_letters_of_any_script_are_letters():
    ru = (
        "Паром открыли после долгого совещания, хотя причал ещё не готов и денег в бюджете острова нет. Капитан просил"
        " жителей потерпеть до весны, мэр обещал два новых крана, а смотритель маяка уехал на материк за краской."
    )
    assert found(ru, "Новость дня\n" + ru.upper()) == {(0, 1)}
    assert found("\ud800" + story(1), story(1)) == {(0, 1)}


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(6)))
def test_order_of_reading_changes_nothing(order):
    texts = [story(1), story(1)[300:], story(2), story(2) + story(3), reordered(story(3)), story(4)]
    straight = found(*texts)
    turned = found(*(texts[i] for i in order))
    assert {tuple(sorted((order[a], order[b]))) for a, b in turned} == straight
