"""Receivers of webhooks, what is told to them, and how far the ledgers were read for it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class WebhookEndpoint(Base):
    """A receiver: its address, what it wants to hear (nothing named: everything), and its secrets, sealed.

    ``old_secret`` signs beside the new one until ``old_until``; ``gone`` is a receiver that said so; ``network`` is a
    private network it may stand in.
    """

    __tablename__ = "webhook_endpoints"
    __table_args__ = (CheckConstraint("state in ('open','paused','gone')", name="state"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(server_default=text("'[]'::jsonb"))
    network: Mapped[str] = mapped_column(server_default=text("''::text"))
    secret: Mapped[str]
    old_secret: Mapped[str | None]
    old_until: Mapped[datetime | None]
    state: Mapped[str]
    failing_since: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class WebhookDelivery(Base):
    """One event for one receiver; ``dead`` is given up and can be sent again by hand."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        CheckConstraint("state in ('waiting','delivered','dead')", name="state"),
        UniqueConstraint("endpoint_id", "event_id"),
        Index("ix_webhook_deliveries_waiting", "endpoint_id", "due_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_webhook_deliveries_dead", "endpoint_id", "first_at", postgresql_where=text("state = 'dead'")),
        Index("ix_webhook_deliveries_first_at", "endpoint_id", "first_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    endpoint_id: Mapped[str] = mapped_column(ForeignKey("webhook_endpoints.id", ondelete="CASCADE"))
    event_id: Mapped[str]
    topic: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    first_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answer: Mapped[str | None]
    changed_at: Mapped[datetime]


class WebhookMark(Base):
    """How far a ledger was told: up to ``low`` for certain, up to ``seen`` once nobody is at work who was at ``seen_at``."""

    __tablename__ = "webhook_marks"

    ledger: Mapped[str] = mapped_column(primary_key=True)
    low: Mapped[int]
    seen: Mapped[int]
    seen_at: Mapped[datetime]
