"""The only place that stores: an append-only SQLite file, views of it, and proofs that it is as it was stored."""

from onrecord.ledger.check import Fault, check
from onrecord.ledger.derived import Derived
from onrecord.ledger.digest import digest, digests
from onrecord.ledger.export import export
from onrecord.ledger.filters import Filter
from onrecord.ledger.restore import import_
from onrecord.ledger.store import Ledger, open
from onrecord.ledger.view import Hit, View

__all__ = [
    "Derived",
    "Fault",
    "Filter",
    "Hit",
    "Ledger",
    "View",
    "check",
    "digest",
    "digests",
    "export",
    "import_",
    "open",
]
