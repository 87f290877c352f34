"""Asking for sends on the wire."""

import json
from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from tenure.kit.http import Text
from tenure.outreach.content.schemas import Channel
from tenure.outreach.sending.audience import Audience
from tenure.outreach.sending.forecast import Forecast, Outcome
from tenure.outreach.sending.service import Asked, Asking, Recalling
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
    """A published message, asked for to customers; with ``dry_run`` nothing is queued and the answer says what would be.

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

    def asking(self, ids: list[str]) -> Asking:
        """Return what is asked for, to customers already found."""
        return Asking(
            self.message, self.channel, ids, self.given, self.version, self.occasion, self.purpose,
            _utc(self.due_at), _utc(self.stale_after), self.priority, tuple(self.substitutes), self.transactional,
            self.reason,
        )  # fmt: skip


class SendOutcome(BaseModel):
    """What would become of some: in words, why, for how many, when the waiting ones would go, and some of them."""

    outcome: str
    label: Text
    reason: str
    words: Text
    via: str | None
    count: int
    first_at: datetime | None
    last_at: datetime | None
    examples: list[str]

    @classmethod
    def of(cls, one: Outcome) -> Self:
        """Put an outcome on the wire."""
        return cls(
            outcome=one.outcome, label=Text.of(OUTCOMES[one.outcome]), reason=one.reason,
            words=Text.of(reason(one.reason, one.en, one.zh)), via=one.via or None, count=one.count,
            first_at=one.first_at, last_at=one.last_at, examples=one.examples,
        )  # fmt: skip


class SendAnswer(BaseModel):
    """What was asked for, or with ``dry_run`` what would become of it.

    ``asked`` are those it was not asked for before. Of very many customers a dry run looks at ``looked_at``, chosen by chance.
    """

    dry_run: bool
    message: str
    customers: int
    asked: int | None
    looked_at: int | None
    outcomes: list[SendOutcome]

    @classmethod
    def foretold(cls, message: str, forecast: Forecast) -> Self:
        """Put a dry run on the wire."""
        outcomes = [SendOutcome.of(one) for one in forecast.outcomes]
        return cls(
            dry_run=True, message=message, customers=forecast.customers, asked=None, looked_at=forecast.looked_at,
            outcomes=outcomes,
        )  # fmt: skip

    @classmethod
    def done(cls, asked: Asked) -> Self:
        """Put what was asked for on the wire."""
        return cls(
            dry_run=False, message=asked.message, customers=asked.customers, asked=asked.asked, looked_at=None,
            outcomes=[],
        )  # fmt: skip


class RecallRequest(BaseModel):
    """What is taken back: a message, on one occasion or on all, over one channel or over all."""

    model_config = ConfigDict(extra="forbid")

    message: Id
    occasion: Occasion | None = None
    channel: Channel | None = None

    def recalling(self) -> Recalling:
        """Return what is taken back."""
        return Recalling(self.message, self.occasion, self.channel)


class Recalled(BaseModel):
    """How many sends were taken back before they left."""

    recalled: int


def _utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)
