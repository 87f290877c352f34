"""What goes into the ledger and what comes out of it on its way to a customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

Uncertainty = Literal["leave", "repeat"]


@dataclass(frozen=True, slots=True)
class NewSend:
    """One message asked for, to many customers: who, over which channel, from when until when it makes sense."""

    message: str
    channel: str
    customer_ids: Sequence[str]
    purpose: str
    due_at: datetime
    asked_by: str
    step: str = ""
    category: str = ""
    tags: frozenset[str] = frozenset()
    priority: int = 0
    transactional: bool = False
    cost: Decimal = Decimal(0)
    substitutes: Sequence[str] = ()
    stale_after: datetime | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Leased:
    """A send a worker holds; without a ``version`` it goes out as the message is published then.

    ``unreached`` are those of its ``attempts`` that did not even reach the provider.
    """

    id: str
    message: str
    version: int | None
    step: str
    customer_id: str
    channel: str
    via: str
    purpose: str
    category: str
    tags: frozenset[str]
    priority: int
    transactional: bool
    cost: Decimal
    substitutes: tuple[str, ...]
    stale_after: datetime | None
    parameters: Mapping[str, object]
    attempts: int
    unreached: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a send that was in the air; ``due_at`` says when to try again, ``unreached`` that nobody was reached."""

    id: str
    state: Literal["accepted", "failed", "unknown", "queued"]
    details: Mapping[str, object]
    provider_id: str | None = None
    error: str | None = None
    due_at: datetime | None = None
    unreached: bool = False


@dataclass(frozen=True, slots=True)
class Stayed:
    """A leased send that does not go now: it waits, moves to another channel (``via``), or never goes."""

    id: str
    state: Literal["queued", "dropped", "held"]
    details: Mapping[str, object]
    due_at: datetime | None = None
    via: str | None = None
