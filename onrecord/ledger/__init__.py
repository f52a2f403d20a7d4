"""The only place that stores: an append-only SQLite file, and views of it."""

from onrecord.ledger.derived import Derived
from onrecord.ledger.filters import Filter
from onrecord.ledger.store import Ledger, open
from onrecord.ledger.view import Hit, View

__all__ = ["Derived", "Filter", "Hit", "Ledger", "View", "open"]
