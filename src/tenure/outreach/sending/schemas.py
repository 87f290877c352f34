"""Asking for sends on the wire."""

import json
from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from tenure.kit.http import Text
from tenure.outreach.content.schemas import Channel
from tenure.outreach.sending.asking import Asking, Recalled, Recalling
from tenure.outreach.sending.audience import Audience, Meant
from tenure.outreach.sending.dispatch_schemas import SendDispatch
from tenure.outreach.sending.forecast import Estimate, Forecast, Outcome
from tenure.outreach.sending.words import OUTCOMES, reason

Id = Annotated[str, StringConstraints(max_length=200)]
Occasion = Annotated[str, StringConstraints(max_length=100)]


class SendAudience(BaseModel):
    """Who is meant: ``customer_ids``, a ``filter`` with or without search words, or the id of a ``saved_filter``."""

    model_config = ConfigDict(extra="forbid")

    customer_ids: Annotated[list[Id], Field(max_length=50_000)] = []
    filter: dict[str, object] | None = None
    q: Annotated[str, StringConstraints(max_length=200)] = ""
    saved_filter: Id | None = None

    def audience(self) -> Audience:
        """Return who is meant."""
        told = None if self.filter is None else json.dumps(self.filter)
        return Audience(self.customer_ids, told, self.q, self.saved_filter)


class SendRequest(BaseModel):
    """A published message, asked for to customers; with ``dry_run`` nothing is asked for and the answer says what would be.

    A customer gets a message once on an ``occasion``. A ``version`` goes out whatever is published later. A
    ``transactional`` message passes consent, hours and caps, and needs a ``reason`` for the audit log.
    """

    model_config = ConfigDict(extra="forbid")

    message: Id
    channel: Channel = "email"
    to: SendAudience
    dry_run: bool = False
    version: Annotated[int, Field(ge=1)] | None = None
    occasion: Occasion = ""
    purpose: Annotated[str, StringConstraints(min_length=1, max_length=60)] | None = None
    due_at: AwareDatetime | None = None
    stale_after: AwareDatetime | None = None
    priority: Annotated[int, Field(ge=0, le=1000)] = 0
    substitutes: Annotated[list[Channel], Field(max_length=5)] = []
    transactional: bool | None = None
    reason: Annotated[str, StringConstraints(max_length=500)] = ""
    given: Annotated[dict[str, object], Field(max_length=50)] = {}

    def asking(self, to: Meant) -> Asking:
        """Return what is asked for, to whom is meant."""
        return Asking(
            self.message, self.channel, to, self.given, self.version, self.occasion, self.purpose,
            _utc(self.due_at), _utc(self.stale_after), self.priority, tuple(self.substitutes), self.transactional,
            self.reason,
        )  # fmt: skip


class SendOutcome(BaseModel):
    """What would become of some: in words, why, for how many, when the waiting ones would go, and some of them.

    ``count`` is of those looked at. ``estimate`` is of all, and lies between ``low`` and ``high`` with a confidence of 95 %;
    all three are the same when everybody was looked at.
    """

    outcome: str
    label: Text
    reason: str
    words: Text
    via: str | None
    count: int
    estimate: int
    low: int
    high: int
    first_at: datetime | None
    last_at: datetime | None
    examples: list[str]

    @classmethod
    def of(cls, one: Outcome, likely: Estimate) -> Self:
        """Put an outcome on the wire."""
        return cls(
            outcome=one.outcome, label=Text.of(OUTCOMES[one.outcome]), reason=one.reason,
            words=Text.of(reason(one.reason, one.en, one.zh)), via=one.via or None, count=one.count,
            estimate=likely.count, low=likely.low, high=likely.high,
            first_at=one.first_at, last_at=one.last_at, examples=one.examples,
        )  # fmt: skip


class SendForecast(BaseModel):
    """What would become of everybody; of very many ``looked_at`` are a sample chosen by chance, the same each time."""

    customers: int
    looked_at: int
    sampled: bool
    outcomes: list[SendOutcome]

    @classmethod
    def of(cls, forecast: Forecast) -> Self:
        """Put a forecast on the wire."""
        outcomes = [SendOutcome.of(one, forecast.estimate(one)) for one in forecast.outcomes]
        sampled = forecast.looked_at < forecast.customers
        return cls(customers=forecast.customers, looked_at=forecast.looked_at, sampled=sampled, outcomes=outcomes)


class SendAnswer(BaseModel):
    """What was asked for: a ``dispatch`` that workers queue from now on; or with ``dry_run`` a ``forecast``."""

    dry_run: bool
    message: str
    dispatch: SendDispatch | None
    forecast: SendForecast | None


class RecallRequest(BaseModel):
    """What is taken back: a message, on one occasion or on all, over one channel or over all."""

    model_config = ConfigDict(extra="forbid")

    message: Id
    occasion: Occasion | None = None
    channel: Channel | None = None

    def recalling(self) -> Recalling:
        """Return what is taken back."""
        return Recalling(self.message, self.occasion, self.channel)


class SendsRecalled(BaseModel):
    """How many sends were taken back before they left.

    ``dispatches`` were stopped while they were being queued, and had not come to ``not_reached`` customers yet.
    """

    recalled: int
    dispatches: int
    not_reached: int

    @classmethod
    def of(cls, told: Recalled) -> Self:
        """Put what was taken back on the wire."""
        return cls(recalled=told.sends, dispatches=told.dispatches, not_reached=told.not_reached)


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)
