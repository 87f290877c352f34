"""Explanations on the wire."""

from datetime import datetime

from pydantic import BaseModel

from tenure.kit.http import Text


class WhyStep(BaseModel):
    """One gate: what it said, in words and as a code, and the values it looked at."""

    gate: str
    gate_label: Text
    channel: str
    verdict: str
    code: str
    words: Text
    values: dict[str, str | int | float | None]
    until: datetime | None


class WhyDecision(BaseModel):
    """A decision of the gate with every step."""

    outcome: str
    channel: str
    policy: str
    until: datetime | None
    steps: list[WhyStep]


class WhyEvent(BaseModel):
    """Something that happened to a send."""

    at: datetime
    what: str
    decision: WhyDecision | None
    details: dict[str, object]


class WhySend(BaseModel):
    """One send and its whole story, newest event last."""

    id: str
    message: str
    step: str
    channel: str
    via: str
    state: str
    state_label: Text
    due_at: datetime
    stale_after: datetime | None
    attempts: int
    asked_by: str
    events: list[WhyEvent]


class Why(BaseModel):
    """Why a customer got messages or did not; ``now`` is what the gate would say at this moment."""

    customer_id: str
    message: str | None
    state: str
    state_label: Text
    sends: list[WhySend]
    now: WhyDecision
    next_eligible: datetime | None
