"""Which sends somebody wants to see."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SendFilter:
    """What sends are shown: of a state, a channel, a message, a customer; what is left empty shows all.

    ``since`` and ``until`` are about when something last happened to a send.
    """

    state: str | None = None
    channel: str | None = None
    message: str | None = None
    customer_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One send as a list tells it."""

    id: str
    message: str
    message_name: str | None
    version: int | None
    step: str
    customer_id: str
    customer_name: str | None
    channel: str
    via: str
    state: str
    due_at: datetime
    changed_at: datetime
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Flow:
    """A tap: what may flow, whether it is closed, and how fast."""

    name: str
    paused: bool
    per_second: float | None
    changed_at: datetime
    changed_by: str
