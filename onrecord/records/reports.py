"""A report as it came and as it was read, and what went wrong with it."""

from __future__ import annotations

from onrecord.ids import content_id
from onrecord.records.base import Passage, Passages, Record


class DateFound(Record, frozen=True, kw_only=True):
    """One candidate for the publication date, with the place it was found: evidence, not yet a decision."""

    value: str  # EDTF
    where: str  # "url", "json-ld datePublished", "feed pubDate", "mail Date", "text", "record field date"
    phrase: str  # the words or attribute as they stand
    passage: Passage | None = None  # set where the words are in the text


class Original(Record, frozen=True, kw_only=True):
    """Bytes as they came, before reading: a file, a fetched page. Never changed, kept beside its hash."""

    name: str
    url: str | None
    data: bytes
    media_type: str | None = None  # as the server or the file name says; reading looks at the bytes too
    outlet: str | None = None  # as the caller says
    published: str | None = None  # EDTF, as the caller says: counts where the text gives no day of its own
    place: str | None = None  # path or address as it was asked for: where to look again


class Report(Record, frozen=True, kw_only=True):
    """One published text: a version of what stands at one URL (or of one file where there is no URL)."""

    id: str
    name: str  # file name without folder, or the last part of the URL: for people, never identity
    url: str | None
    original: str  # SHA-256 of the original bytes
    media_type: str  # "text/html", "text/plain", "application/pdf", ...
    text: str
    title: str | None
    title_passage: Passage | None  # its first copy in the text
    byline: str | None
    outlet: str | None  # as found (site name, feed title, domain) or as the reader's caller said
    outlet_rule: str | None = None  # how it was told: "given", "front matter", or a rule of read.mastheads
    language: str  # BCP 47, "und" where it cannot be told
    published: str | None  # EDTF; the best of `dates`
    dates: tuple[DateFound, ...] = ()
    furniture: Passages = ()  # menus, tickers, sign-ups, second headlines: masked, never cut
    credits: tuple[str, ...] = ()  # agency or source named in metadata (feed <source>, JSON-LD publisher)
    version: str = "1"  # of the reading code

    @staticmethod
    def make_id(url: str | None, original: str, part: int = 0) -> str:
        """Same bytes at the same URL are the same report; `part` counts the items of one file (feed, JSON Lines)."""
        return content_id("r", url, original, part)


FUTURE = "future-date"  # code of the Problem of a report whose date had not come when it was read: it is read and kept


class Problem(Record, frozen=True, kw_only=True):
    """What went wrong with one report: stored, counted, shown; it stops nothing."""

    id: str
    stage: str  # "read", "extract"
    source: str  # file name or URL
    report: str | None  # id of the report, or of what the original's bytes would be if they could be read
    code: str  # "empty", "binary", "too-long", "no-text", "encoding", "no-date", "crash", ...
    detail: str
    place: str | None = None  # path or address as it was asked for: where to try again; no part of any hash

    @staticmethod
    def of(
        stage: str, source: str, code: str, detail: str, *, report: str | None = None, place: str | None = None
    ) -> Problem:
        return Problem(
            id=content_id("p", stage, source, report, code, detail),
            stage=stage, source=source, report=report, code=code, detail=detail, place=place,
        )  # fmt: skip
