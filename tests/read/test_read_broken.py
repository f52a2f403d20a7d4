"""Broken files that `bench.fuzz` found, made small again: a problem that says what to do, or the words; in time."""

import time

import pytest

from onrecord.read import read
from onrecord.read.furniture import is_ticker
from onrecord.records import Original

FEED = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Coast</title><item>"
    "<title>Ferry to sail</title><description>WORDS</description></item></channel></rss>"
)


def reading(name, data):
    reports, problems = read(Original(name=name, url=None, data=data))
    assert "crash" not in [p.code for p in problems], problems
    return reports, [p.code for p in problems]


@pytest.mark.parametrize(
    "words", ["1" * 100 + " USD 3 !", "12.5 " * 20 + "3 EUR?", "A1" * 40 + " 3 USD;", "+1" * 50 + "°…"]
)  # fmt: skip
def test_a_long_run_of_digits_is_no_ticker_and_takes_no_time(words):
    started = time.process_time()
    assert not is_ticker(words[:120]) and time.process_time() - started < 1


@pytest.mark.parametrize(
    "words",
    ["3.10 USD", "USD/EUR 1.08 +0.2%", "Brent 82.1 ▲ 0.4 %", "Vornholm +12 °C", "EUR 1.0832 | USD 3.10 | $ 2.2"],
)
def test_tickers_stay_tickers(words):
    assert is_ticker(words)


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x0c", "\x1f", "\ufffe"])
def test_markup_with_control_characters_is_read(control):
    mail = (
        'Subject: Ferry\nMIME-Version: 1.0\nContent-Type: text/html; charset="utf-8"\n\n'
        f"<p>It sails{control} in May,</p>{control} Venn said.<br>{control}She waits."
    )
    (report,), codes = reading("a.eml", mail.encode())
    assert not codes and "in May," in report.text and "She waits." in report.text
    escaped = f"&lt;p&gt;It sails{control} in May.&lt;/p&gt;{control} Venn said."
    reports, codes = reading("a.rss", FEED.replace("WORDS", escaped).encode())
    assert reports or codes


@pytest.mark.parametrize(
    "data",
    [
        FEED.replace("utf-8", "utf\x00-8").encode(),
        FEED.encode().replace(b"utf-8", b"utf\xd8-8"),
        FEED.replace("<channel>", "<channel><").replace("WORDS", "It sails &#xd800; in May.").encode(),
        FEED.replace("<rss ", "<rss x>").replace("</title><desc", "</title><link>a</item></b</link><desc").encode(),
    ],
)
def test_feeds_that_the_library_fails_on_are_problems(data):
    reports, codes = reading("a.rss", data)
    assert reports or codes == ["broken-feed"]
