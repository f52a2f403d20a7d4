"""A mail (EML) → draft: subject, sender, date, and its plain text, or else its markup without tags."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from onrecord.read.compose import Draft
from onrecord.read.encoding import decode, sound
from onrecord.read.html import fragment
from onrecord.read.unreadable import Unreadable
from onrecord.records import DateFound, Original, Problem

MAX_MAIL = 100_000_000  # bytes, attachments included


def drafts(original: Original, media_type: str) -> tuple[list[Draft], list[Problem]]:
    """The one report of a mail; attachments are not read."""
    if len(original.data) > MAX_MAIL:
        raise Unreadable("too-long", f"{original.name} has {len(original.data):,} bytes; a mail may have {MAX_MAIL:,}")
    message = message_from_bytes(original.data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise Unreadable("no-text", f"{original.name} has no mail headers; if it is plain text, name it .txt")
    body = _body(message)
    if not body.strip():
        raise Unreadable(
            "no-text", f"{original.name}: the mail has no text of its own; save its attachment and add that"
        )
    subject = _header(message, "Subject")
    name, address = _sender(message)
    return [
        Draft(
            text=f"{subject}\n\n{body}" if subject else body,
            title=subject,
            byline=name or address,
            outlet=address.rsplit("@", 1)[-1] if address and "@" in address else None,
            language=_header(message, "Content-Language"),
            dates=_dates(message),
        )
    ], []


def _body(message: EmailMessage) -> str:
    """Text part first: it is what the sender wrote; newlines as Unix has them."""
    try:
        part = message.get_body(preferencelist=("plain", "html"))
    except (KeyError, AttributeError, ValueError):
        part = None
    if part is None:
        return ""
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    text = (
        (decode(raw, str(part.get("Content-Type", ""))) or raw.decode("latin-1")).replace("\r\n", "\n").lstrip("\ufeff")
    )
    return fragment(text) if part.get_content_type() == "text/html" else sound(text).strip("\n")


def _header(message: EmailMessage, name: str) -> str | None:
    """One header's words; the library raises many things on broken ones, and then there is none."""
    try:
        value = message.get(name)
    except Exception:
        return None
    return sound(" ".join(str(value).split())) or None if value is not None else None


def _sender(message: EmailMessage) -> tuple[str | None, str | None]:
    from email.utils import parseaddr

    name, address = parseaddr(_header(message, "From") or "")
    return name or None, address or None


def _dates(message: EmailMessage) -> tuple[DateFound, ...]:
    said = _header(message, "Date")
    if said is None:
        return ()
    try:
        day = parsedate_to_datetime(said).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ()
    return (DateFound(value=day, where="mail Date", phrase=said[:200]),)
