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
    own_only: bool
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Standstill:
    """What stands still on a channel: everything (``paused``), or all but customers' own orders (``own_only``)."""

    paused: bool
    own_only: bool
    since: datetime | None

    def holds(self, *, transactional: bool) -> bool:
        """Say whether it holds a message."""
        return self.paused or (self.own_only and not transactional)

    def step(self, channel: str, *, transactional: bool) -> dict[str, object] | None:
        """Tell it as a step of a decision; nothing where nothing stands still."""
        if not (self.paused or self.own_only):
            return None
        code = "channel_paused" if self.paused else "channel_stopped"
        verdict = "wait"
        if not self.holds(transactional=transactional):
            code, verdict = "transactional_despite_stop", "bypass"
        values = {"since": None if self.since is None else self.since.isoformat()}
        return {"gate": "channel", "channel": channel, "verdict": verdict, "code": code, "values": values}
