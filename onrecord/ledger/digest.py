"""A ledger → one hash of what it holds, whatever the order of adding, the run, or the time of recording."""

from __future__ import annotations

import hashlib
from typing import Any

from onrecord.ledger.store import Ledger, translated

# Table → its content, sorted by content. No row number and no time of recording is among the columns; a report's name
# is for people and depends on which copy of a file came first; a problem's place, on where it was added from.
CONTENT = {
    "original": "SELECT sha256, size FROM original ORDER BY sha256",
    "report": "SELECT id, body, text FROM report ORDER BY id, key",
    "reading": "SELECT id, report_key, version, body FROM reading ORDER BY id",
    "referent": "SELECT g.id, p.body FROM referent p JOIN reading g ON g.seq = p.reading ORDER BY g.id, p.nth",
    "mention": "SELECT g.id, p.body FROM mention p JOIN reading g ON g.seq = p.reading ORDER BY g.id, p.nth",
    "quantity": "SELECT g.id, p.body FROM quantity p JOIN reading g ON g.seq = p.reading ORDER BY g.id, p.nth",
    "date": "SELECT g.id, p.body FROM date p JOIN reading g ON g.seq = p.reading ORDER BY g.id, p.nth",
    "statement": "SELECT g.id, p.body FROM statement p JOIN reading g ON g.seq = p.reading ORDER BY g.id, p.nth",
    "claim": "SELECT g.id, p.body FROM claim p JOIN reading g ON g.seq = p.reading ORDER BY g.id, p.nth",
    "problem": "SELECT id, json_remove(body, '$.place') FROM problem ORDER BY id",
    "decision": "SELECT id, body FROM decision ORDER BY id",
    "beat": "SELECT digest, body FROM beat ORDER BY digest",
}
DERIVED_CONTENT = {
    "entity": "SELECT body FROM entity ORDER BY id",
    "judgement": "SELECT body FROM judgement ORDER BY body",
    "link": "SELECT body FROM link ORDER BY body",
    "position": "SELECT body FROM position ORDER BY id",
    "origins": "SELECT position, body FROM origins ORDER BY position",
    "standing": "SELECT position, nth, standing FROM standing ORDER BY position, nth",
    "conflict": "SELECT body FROM conflict ORDER BY id",
    "change": "SELECT body FROM change ORDER BY id",
    "due": "SELECT body FROM due ORDER BY id",
    "hedge": "SELECT body FROM hedge ORDER BY id",
}


def digest(ledger: Ledger) -> str:
    """SHA-256 over `digests`."""
    h = hashlib.sha256()
    for table, found in sorted(digests(ledger).items()):
        h.update(f"{table}:{found}\n".encode())
    return h.hexdigest()


def digests(ledger: Ledger) -> dict[str, str]:
    """Table → SHA-256 of its content: where two ledgers differ, this says in what."""
    with translated(ledger.path):
        return {table: _hash(ledger, sql) for table, sql in (CONTENT | DERIVED_CONTENT).items()}


def _hash(ledger: Ledger, sql: str) -> str:
    h = hashlib.sha256()
    for row in ledger.connection.execute(sql):
        for part in row:
            data = _bytes(part)
            h.update(len(data).to_bytes(8, "big"))  # parts kept apart by their length
            h.update(data)
    return h.hexdigest()


def _bytes(part: Any) -> bytes:
    return part.encode() if isinstance(part, str) else repr(part).encode()
