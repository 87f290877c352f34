"""The ledger on the wire."""

from datetime import datetime

from pydantic import BaseModel, Field

from tenure.kit.http import Text
from tenure.outreach.ledger.listing import Flow, Shown
from tenure.outreach.ledger.words import STATES


class SendItem(BaseModel):
    """One send."""

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
    state_label: Text
    due_at: datetime
    changed_at: datetime
    attempts: int
    error: str | None

    @classmethod
    def of(cls, shown: Shown) -> "SendItem":
        """Put a send on the wire."""
        values = {name: getattr(shown, name) for name in cls.model_fields if name != "state_label"}
        return cls.model_validate({**values, "state_label": Text.of(STATES[shown.state])})


class SendPage(BaseModel):
    """A page of sends, the last changed first."""

    items: list[SendItem]
    next_cursor: str | None


class StateCount(BaseModel):
    """How many sends are in a state."""

    state: str
    label: Text
    count: int


class StateCounts(BaseModel):
    """How many sends are in each state."""

    items: list[StateCount]


class SendTap(BaseModel):
    """What may flow: all, a channel or a message; paused, or at a rate."""

    name: str = Field(pattern=r"^(all|channel:[a-z_]{1,40}|message:.{1,200})$")
    paused: bool = False
    per_second: float | None = Field(default=None, gt=0, le=100_000)


class SendTapState(SendTap):
    """A tap, and who turned it last; with ``own_only`` it stopped by itself, and only customers' own orders go on."""

    own_only: bool
    changed_at: datetime
    changed_by: str

    @classmethod
    def of(cls, flow: Flow) -> "SendTapState":
        """Put a tap on the wire."""
        return cls.model_validate({name: getattr(flow, name) for name in cls.model_fields})


class SendTaps(BaseModel):
    """Every tap that was ever turned; what is not named flows."""

    items: list[SendTapState]
