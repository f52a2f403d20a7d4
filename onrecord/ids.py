"""Content hashes: the same parts give the same id, on any machine, in any order of reading."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

PACK = msgspec.json.Encoder(order="deterministic")
ID_BYTES = 10  # 80 bits: a billion claims collide with chance 4e-7


def content_id(kind: str, *parts: Any) -> str:
    """`kind-` and 20 hex digits of SHA-256 over the parts, each kept apart (canonical JSON array).

    No clock, no path, no randomness may be among the parts.
    """
    packed = PACK.encode((kind, *parts))
    return f"{kind}-{hashlib.sha256(packed).hexdigest()[: 2 * ID_BYTES]}"


def digest(data: bytes) -> str:
    """SHA-256 of original bytes, in hex."""
    return hashlib.sha256(data).hexdigest()
