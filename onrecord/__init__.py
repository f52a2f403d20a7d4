"""On Record keeps the record of a beat: every claim, who made it, through whom, how firmly, when, in which words.

    import onrecord
    with onrecord.open("arms.db") as ledger:
        ledger.claims(subject="Polonez", property="range")

The public names, in the order of the flow (see `onrecord.flow`). They are loaded when first used.
None is named like a room (`onrecord.read`, `onrecord.extract`, …): those stay modules.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from onrecord.beat import load as load_beat
    from onrecord.errors import OnRecordError
    from onrecord.flow import add, derive, take
    from onrecord.ledger import Filter, Ledger, View, open
    from onrecord.tell.dossier import dossier
    from onrecord.tell.issue import issue
    from onrecord.tell.timeline import timeline_svg as timeline

__all__ = [
    "Filter",
    "Ledger",
    "OnRecordError",
    "View",
    "add",
    "derive",
    "dossier",
    "issue",
    "load_beat",
    "open",
    "take",
    "timeline",
]

WHERE = {
    "load_beat": ("onrecord.beat", "load"),
    "take": ("onrecord.flow", "take"),
    "open": ("onrecord.ledger", "open"),
    "Ledger": ("onrecord.ledger", "Ledger"),
    "View": ("onrecord.ledger", "View"),
    "Filter": ("onrecord.ledger", "Filter"),
    "add": ("onrecord.flow", "add"),
    "derive": ("onrecord.flow", "derive"),
    "issue": ("onrecord.tell.issue", "issue"),
    "dossier": ("onrecord.tell.dossier", "dossier"),
    "timeline": ("onrecord.tell.timeline", "timeline_svg"),
    "OnRecordError": ("onrecord.errors", "OnRecordError"),
}


def __getattr__(name: str) -> Any:
    """A public name from the room where it lives: `import onrecord` itself stays quick."""
    if name not in WHERE:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    module, attribute = WHERE[name]
    try:
        return getattr(import_module(module), attribute)
    except ImportError as e:
        raise AttributeError(f"onrecord.{name} cannot be loaded: {e}") from e


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
