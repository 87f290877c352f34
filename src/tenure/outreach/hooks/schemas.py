"""Webhooks on the wire; a secret is in the answer that makes it and nowhere else."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from tenure.kit.http import Text
from tenure.outreach.hooks.tables import WebhookEndpoint


class WebhookRequest(BaseModel):
    """Whom to tell what; no topics means everything; a private network lets the address lie in it."""

    url: str = Field(max_length=2_000)
    topics: list[str] = Field(default=[], max_length=100)
    network: str = Field(default="", max_length=50)
    paused: bool = False


class Webhook(BaseModel):
    """A receiver, without its secret; ``gone`` is one that said never again."""

    id: str
    url: str
    topics: list[str]
    network: str
    state: str
    failing_since: datetime | None
    old_secret_until: datetime | None
    waiting: int
    delivered: int
    dead: int
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, row: WebhookEndpoint, counts: Mapping[str, int]) -> "Webhook":
        """Put a receiver on the wire."""
        return cls(
            id=row.id,
            url=row.url,
            topics=row.topics,
            network=row.network,
            state=row.state,
            failing_since=row.failing_since,
            old_secret_until=row.old_until,
            waiting=counts.get("waiting", 0),
            delivered=counts.get("delivered", 0),
            dead=counts.get("dead", 0),
            created_at=row.created_at,
            changed_at=row.changed_at,
        )


class WebhookTopic(BaseModel):
    """Something a receiver may hear of."""

    name: str
    label: Text


class Webhooks(BaseModel):
    """Every receiver, and everything there is to hear of."""

    items: list[Webhook]
    topics: list[WebhookTopic]


class WebhookSecret(BaseModel):
    """A receiver's new secret; it is shown this once."""

    id: str
    secret: str


class WebhookDelivery(BaseModel):
    """One event for one receiver: what became of it, and what the receiver answered last."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    endpoint_id: str
    event_id: str
    topic: str
    state: str
    tries: int
    first_at: datetime
    due_at: datetime
    changed_at: datetime
    answer: str | None


class WebhookTold(WebhookDelivery):
    """One event for one receiver, with the body as it is sent."""

    body: str


class WebhookDeliveries(BaseModel):
    """A page of deliveries, newest first."""

    items: list[WebhookDelivery]
    next_cursor: str | None


class WebhookReplay(BaseModel):
    """What to tell again: a span of time, perhaps one topic, and by default only what was given up."""

    since: AwareDatetime
    until: AwareDatetime
    topic: str | None = None
    dead_only: bool = True


class WebhookReplayed(BaseModel):
    """How many events are told again."""

    again: int
