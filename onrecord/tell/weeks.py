"""Which week is told when none is named."""

from __future__ import annotations

from onrecord.edtf import days, iso_week
from onrecord.errors import NotFound
from onrecord.ledger import View


def last_week(view: View) -> str:
    """The ISO week of the newest report that has a day of publication. Raises NotFound where there is none."""
    found = [days(r.published) for r in view.reports()]
    whole = [d[0] for d in found if d is not None and d[0] is not None and d[0] == d[1]]
    if not whole:
        raise NotFound(
            "no report on record says on which day it was published, so no week can be told",
            hint="see: onrecord reports, onrecord claims, onrecord dossier NAME; or name a week with --week",
        )
    return iso_week(max(whole))
