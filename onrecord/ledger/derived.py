"""What resolve, trace and weigh made of the whole ledger, as one value that `Ledger.derive` stores."""

from __future__ import annotations

import msgspec

from onrecord.records import (
    Change,
    Conflict,
    Due,
    Entity,
    HedgeLoss,
    Judgement,
    Link,
    Origins,
    Position,
    Record,
    Standing,
)


class Derived(Record, frozen=True, kw_only=True):
    """Everything that can be made again from what was kept. Keys of `origins` and `standings` are position ids."""

    entities: tuple[Entity, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    links: tuple[Link, ...] = ()
    positions: tuple[Position, ...] = ()
    origins: dict[str, Origins] = msgspec.field(default_factory=dict)
    standings: dict[str, tuple[Standing, ...]] = msgspec.field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    changes: tuple[Change, ...] = ()
    dues: tuple[Due, ...] = ()
    hedges: tuple[HedgeLoss, ...] = ()
