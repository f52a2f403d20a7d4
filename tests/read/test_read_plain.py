"""Plain text: stored as it is, headline and byline pointed at, furniture masked, dates with where they were found."""

# ruff: noqa: E501  (one case a line)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read import read
from onrecord.read.dates import days_in, stamp
from onrecord.read.furniture import is_furniture
from onrecord.records import Original

PROSE = "The harbour office of Sandholm said that the ferry Aurora II will carry forty cars from May onwards."
MORE = "Its director told reporters that the pier had been lengthened by twelve metres over the winter."


def report(text, name="a.txt", **more):
    reports, problems = read(Original(name=name, url=None, data=text.encode(), **more))
    assert not problems
    return reports[0]


def furniture(text):
    r = report(text)
    return [r.text[a:b] for a, b in r.furniture]


@pytest.mark.parametrize(
    "text", [PROSE, PROSE + "\r\n\r\n" + MORE + "\r", "\ufeff" + PROSE, "\x0c" + PROSE + "\u2028x", "\n\n" + PROSE]
)
def test_the_text_is_the_file(text):
    assert report(text).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"New ferry for Sandholm\n\n{PROSE}", "New ferry for Sandholm"),
        (f"\ufeffNew ferry for Sandholm\r\n\r\n{PROSE}", "New ferry for Sandholm"),
        (PROSE, None),
        (f"{PROSE}\n{MORE}", None),
        (f"4 March 2031\nNew ferry for Sandholm\n{PROSE}", "New ferry for Sandholm"),
        (f"2.10 USD\n1.90 EUR\nFerry returns\n{PROSE}", "Ferry returns"),
        (
            f"Transport\nThe situation is unclear there\nFerry will sail in May\n\nFerry will sail in May\n{PROSE}",
            "Ferry will sail in May",
        ),
        (
            f"Home\nNews\nPolitics\nIslands\nSport\nWeather\nCity chooses a new ferry\n{PROSE}",
            "City chooses a new ferry",
        ),
        (f"By Ole Brandt\n{PROSE}", None),
    ],
)
def test_title(text, title):
    r = report(text)
    assert r.title == title
    if title is None:
        assert r.title_passage is None
    else:
        assert r.text[slice(*r.title_passage)] == title and r.title_passage.start == text.find(title)


@pytest.mark.parametrize(
    ("line", "name"),
    [("By Ole Brandt", "Ole Brandt"), ("by Ida Rask and Ole Brandt | 4 March 2031", "Ida Rask and Ole Brandt"), ("by", None),
     ("By the sea, nothing new", None), ("By May the pier is to be longer than any other pier of the coast.", None)],
)  # fmt: skip
def test_byline(line, name):
    assert report(f"New ferry for Sandholm\n{line}\n\n{PROSE}").byline == name


@pytest.mark.parametrize(
    ("head", "tail", "masks"),
    [
        ("3.10 BYN\n2.20 EUR\n", "", ["3.10 BYN\n2.20 EUR"]),
        ("by\n", "", ["by"]),
        ("Home > News > Islands\n", "", ["Home > News > Islands"]),
        ("EN | DE\n", "", ["EN | DE"]),
        ("New ferry for Sandholm\nNew ferry for Sandholm\n", "", ["New ferry for Sandholm"]),
        ("New ferry for Sandholm\n", "\nNew ferry for Sandholm | Coast Post", ["New ferry for Sandholm | Coast Post"]),
        ("", "\nRead more", ["Read more"]),
        ("", "\nSubscribe to our newsletter\nEvery week our team sends you the best of the coast, free of charge.\nSubscribe",
         ["Subscribe to our newsletter\nEvery week our team sends you the best of the coast, free of charge.\nSubscribe"]),
        ("", "\nSituation in Sandholm\nMarch 11 – March 17\nView all", ["Situation in Sandholm\nMarch 11 – March 17\nView all"]),
        ("", "\nRelated articles\nBridge closed until autumn\n© 2031 Coast Post", ["Related articles\nBridge closed until autumn\n© 2031 Coast Post"]),
        ("We use cookies to make this site work and to count its readers.\n", "", ["We use cookies to make this site work and to count its readers."]),
        ("", "\nTags: ferry, harbour\nShare this article\n12 comments", ["Tags: ferry, harbour\nShare this article\n12 comments"]),
        ("", "\nЧитайте также: Мост закрыт до осени", ["Читайте также: Мост закрыт до осени"]),
    ],
)  # fmt: skip
def test_furniture(head, tail, masks):
    assert furniture(f"{head}{PROSE}\n{MORE}{tail}") == masks


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n\n• a ferry for forty cars\n• a pier of ninety metres\n\n{MORE}",
        f"{PROSE}\n\n• a ferry for forty cars\n• a pier of ninety metres",
        f"New ferry for Sandholm\n\nMarch 11 – March 17, 2031\nIslands\n\n{PROSE}",
        f"{PROSE}\nThe council and the yards\n{MORE}",
        "“We ask you to subscribe to our newsletter,” the director of the harbour told readers on Monday.\n" + PROSE,
        f"{PROSE}\nRelated work at the pier is to go on, and more on that is to be told to the council by the end of May.",
        "Sign up for the new ferry began on Monday, and forty cars were booked before noon, the harbour office said.",
        f"{PROSE}\nRange 300 km\nCrew 4\n{MORE}",
    ],
)
def test_what_is_the_article_is_not_masked(text):
    assert furniture(text) == []


def test_a_box_in_the_middle_is_masked_and_the_article_goes_on():
    assert furniture(f"{PROSE}\n\nSign up for our newsletter\nYour e-mail address\n\n{MORE}\n\nRead also: Bridge closed\n{PROSE}") == [
        "Sign up for our newsletter\nYour e-mail address", "Read also: Bridge closed"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "published", "where"),
    [
        (f"New ferry for Sandholm\n4 March 2031\n{PROSE}", "2031-03-04", "header line"),
        (f"New ferry for Sandholm\nPublished: March 4th, 2031, 14:05\n{PROSE}", "2031-03-04", "header line"),
        (f"New ferry for Sandholm\nMarch 3 – March 9, 2031\n{PROSE}", "2031-03-03/2031-03-09", "period line"),
        (f"SANDHOLM, 4 March 2031 (Coast Agency) – {PROSE}", "2031-03-04", "dateline"),
        (f"{PROSE}\n{MORE}\nPublished on 4 March 2031", "2031-03-04", "header line"),
        ("On March 4, the office opened the pier to all cars. In January 2031, the council had paid for the work of the yards.", "2031-03-04",
         "text (inferred)"),
        ("The office opened the pier on Jan 4, its director said. In December 2030 the council had paid for the work.", "2031-01-04", "text (inferred)"),
        ("The office opened the pier on Mar 4, its director said. A flood had closed the old one in 2015, she added.", "XXXX-03", "text (inferred)"),
        ("The office opened the pier on Mar 4, its director said. In March 2029 a flood had closed the old pier.", "XXXX-03", "text (inferred)"),
    ],
)  # fmt: skip
def test_published(text, published, where):
    r = report(text)
    assert r.published == published
    assert [(d.where, r.text[slice(*d.passage)]) for d in r.dates if d.value == published] == [
        (where, next(d.phrase for d in r.dates))
    ]


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "The harbour office of Sandholm said on 3 March 2031 that the ferry Aurora II will carry forty cars.",
        "The pier will be opened on March 4, the office said. In January 2031 the council paid for the work.",
        f"{PROSE}\nOn March 4 the council is to meet again, and in January 2031 it met for the first time about this.",
        f"New ferry for Sandholm\n03/04/2031\n{PROSE}",
        "The pier must be open by March 4, the office said. In January 2031 the council paid for the work.",
    ],
)
def test_a_date_of_publication_is_not_guessed(text):
    assert report(text).published is None


def test_an_updated_line_is_evidence_only():
    r = report(f"New ferry for Sandholm\nUpdated: 5 March 2031\n{PROSE}")
    assert r.published is None and [d.where for d in r.dates] == ["header line (updated)"]


@pytest.mark.parametrize(
    ("text", "values"),
    [("3 March 2031", ["2031-03-03"]), ("March 3rd, 2031", ["2031-03-03"]), ("2031-03-03", ["2031-03-03"]), ("03.04.2031", ["2031-04-03"]),
     ("25/06/2031", ["2031-06-25"]), ("06/25/2031", ["2031-06-25"]), ("05/06/2031", []), ("March 2031", ["2031-03"]), ("3–5 March 2031", ["2031-03-03/2031-03-05"]),
     ("December 29 – January 4, 2031", ["2030-12-29/2031-01-04"]), ("31 April 2031", []), ("3 марта 2031 года", ["2031-03-03"]), ("4 сакавіка 2031", ["2031-03-04"]),
     ("3. März 2031", ["2031-03-03"]), ("3 de mayo de 2031", ["2031-05-03"]), ("it may 3 times", []), ("version 1.2.2031.4", []), ("March 300", [])],
)  # fmt: skip
def test_days(text, values):
    assert [d.value for d in days_in(text)] == values


@pytest.mark.parametrize(
    ("said", "value"),
    [("2031-03-04T08:00:00Z", "2031-03-04"), ("20310304", "2031-03-04"), ("2031/03/04 10:00", "2031-03-04"), ("2031-03", "2031-03"), ("2031", "2031"),
     ("Tue, 04 Mar 2031 23:30:00 +0100", "2031-03-04"), ("2031-13-45", None), ("soon", None), (None, None), (5, None)],
)  # fmt: skip
def test_stamp(said, value):
    assert stamp(said) == value


def test_markdown():
    r = report(
        f"---\ntitle: New ferry\nauthor: Ole Brandt\ndate: 2031-03-04\nurl: https://c.example/1\n---\n# New ferry\n\n{PROSE}",
        "a.md",
    )
    assert (r.title, r.byline, r.published, r.url) == ("New ferry", "Ole Brandt", "2031-03-04", "https://c.example/1")
    assert r.text[slice(*r.title_passage)] == "New ferry" and r.text[: r.title_passage.start].endswith("# ")
    assert r.furniture[0].start == 0 and r.text[r.furniture[0].end :].lstrip().startswith("# New ferry")
    assert report(f"## New ferry ##\n\n{PROSE}", "b.md").title == "New ferry"


def test_wrapped_by_hand():
    text = "New ferry for Sandholm\n\nThe harbour office of Sandholm said that the ferry Aurora II\nwill carry forty cars from May onwards, and the old pier is to\nstay open.\n"
    r = report(text)
    assert r.title == "New ferry for Sandholm" and not r.furniture


def test_language():
    assert [
        report(t).language for t in (PROSE, "Паром пойдёт в мае, сообщила администрация порта в понедельник.", "Aa 12")
    ] == ["en", "ru", "und"]


WORDS = st.sampled_from(["Read more", "Subscribe", "EN", PROSE, MORE, "New ferry for Sandholm", "3 March", "2.1 USD", "Related", "", " ", "by", "\ufeff",
                         "March 3 – 5, 2031", "• one", "“", "© x", "---", "Home > News", "\r", "\u2028"])  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=25).map("\n".join)))
@settings(max_examples=150, deadline=None)
def test_offsets_hold_for_any_text(text):
    reports, _ = read(Original(name="a.txt", url=None, data=text.encode("utf-8", "replace")))
    for r in reports:
        assert r.text == text.encode("utf-8", "replace").decode()
        spans = [*r.furniture, *(d.passage for d in r.dates if d.passage)]
        assert all(0 <= a < b <= len(r.text) for a, b in spans)
        assert all(x.end < y.start for x, y in zip(r.furniture, r.furniture[1:], strict=False))
        assert all(r.text[a:b] == r.text[a:b].strip() for a, b in r.furniture)
        if r.title_passage:
            assert " ".join(r.text[slice(*r.title_passage)].split()) == r.title
        assert read(Original(name="a.txt", url=None, data=text.encode("utf-8", "replace")))[0] == reports


@pytest.mark.parametrize(
    "line",
    [
        "a" * 200_000,
        "12 " * 70_000,
        "“" * 10_000,
        "a | " * 50_000,
        "By " + "A b, " * 50_000,
        "May 1 " * 30_000,
        "$1 " * 60_000,
    ],
)
def test_long_lines_take_no_long_time(line):
    from time import process_time

    start = process_time()
    report(f"{PROSE}\n{line}\n{MORE}\n{line[:140]}")
    assert process_time() - start < 5
    assert not is_furniture(PROSE)
