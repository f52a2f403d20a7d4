"""Bytes → text, without changing a character: no newline translation, a byte order mark is kept as U+FEFF."""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]+)", re.I)
META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", re.I)
SAMPLE = 200_000  # bytes that the guess of an unnamed encoding looks at
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
SOUND_SHARE = 2  # sound non-ASCII characters to each broken byte, at least: below it, it is another encoding
BINARY_SHARE = 0.01  # of control characters: above it, it is no text


def decode(data: bytes, media_type: str | None = None) -> str | None:
    """The text, or None where no encoding fits: UTF-8 first, then as the bytes or the server name it, then a guess.

    UTF-8 with a few broken bytes (a download that was cut) is UTF-8 with U+FFFD, not "cafÃ©" of some other encoding.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return _strict(data, name)
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    for name in declared(data, media_type):
        text = _strict(data, name)
        if text is not None:
            return text
    return _damaged(data) or _guess(data)


def declared(data: bytes, media_type: str | None) -> tuple[str, ...]:
    """Names of encodings that the server, the XML declaration or a meta element gives."""
    server = CHARSET.search(media_type or "")
    inside = [
        m.group(1).decode("ascii", "replace") for p in (XML_ENCODING, META_CHARSET) if (m := p.search(data[:4096]))
    ]
    return (*((server.group(1),) if server else ()), *inside)


def is_binary(text: str) -> bool:
    """Whether a decoded text is no text: control characters that no writer types."""
    sample = text[:SAMPLE]
    return "\x00" in sample or len(CONTROL.findall(sample)) > BINARY_SHARE * len(sample)


def sound(text: str) -> str:
    """`text` without lone surrogates, which no file can hold: each becomes U+FFFD, so that offsets stay."""
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)


def _strict(data: bytes, name: str) -> str | None:
    try:
        text = codecs.lookup(name).decode(data, "strict")[0]
    except (LookupError, ValueError, TypeError, AssertionError):
        return None
    return sound(text) if isinstance(text, str) else None


def _damaged(data: bytes) -> str | None:
    """The text where most of what is not ASCII is sound UTF-8: of another encoding, few pairs of bytes would be."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound_ = sum(c > "\x7f" for c in text) - broken
    return text if sound_ > SOUND_SHARE * broken else None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    return None if best is None else _strict(data, best.encoding)
