"""Reports and statements → links between those that depend on each other → origins per claim, with bounds and reasons.

`link` runs once over the ledger, `count` once for each position; `by_side` and `children` make links and statements
ready for many counts.
"""

from onrecord.trace.chains import children
from onrecord.trace.families import check_families
from onrecord.trace.links import link
from onrecord.trace.origins import by_side, count

__all__ = ["by_side", "check_families", "children", "count", "link"]
