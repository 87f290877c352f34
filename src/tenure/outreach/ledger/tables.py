"""Sends, what happened to each, and the taps that open and close them."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Double, ForeignKey, Identity, Index, Integer, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base

STATES = (
    "queued",
    "held",
    "leased",
    "sending",
    "accepted",
    "delivered",
    "failed",
    "unknown",
    "dropped",
    "cancelled",
)
_STATES = ",".join(f"'{state}'" for state in STATES)


class Send(Base):
    """One message to one customer over one channel; asked for twice, it stands once.

    ``via`` is the channel it goes over, which the gate may change, ``worker`` the number of the worker that holds it, ``unreached``
    those of its ``attempts`` that did not even reach the provider. The database
    refuses to queue again what a provider took, and to hold two messages of one customer in the air at once.
    """

    __tablename__ = "sends"
    __table_args__ = (
        UniqueConstraint("message", "step", "customer_id", "channel"),
        CheckConstraint(f"state in ({_STATES})", name="state"),
        CheckConstraint("(state in ('leased','sending')) = (worker is not null)", name="held_by"),
        Index(
            "ix_sends_queue",
            "via",
            text("priority DESC"),
            "due_at",
            "id",
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_sends_queue_own",
            "via",
            text("priority DESC"),
            "due_at",
            "id",
            postgresql_where=text("state = 'queued' and transactional"),
        ),
        Index(
            "uq_sends_in_the_air",
            "customer_id",
            unique=True,
            postgresql_where=text("state in ('leased','sending')"),
        ),
        Index("ix_sends_unknown", "via", "id", postgresql_where=text("state = 'unknown'")),
        Index("ix_sends_customer_id", "customer_id", "changed_at"),
        Index("ix_sends_message", "message", "state"),
        Index("ix_sends_changed_at", text("changed_at DESC"), "id"),
        Index(
            "ix_sends_cost",
            "changed_at",
            postgresql_where=text("cost > 0"),
            postgresql_include=["via", "category", "state", "accepted_at", "cost"],
        ),
        Index("ix_sends_accepted", "via", "accepted_at", postgresql_where=text("accepted_at is not null")),
        {"postgresql_with": {"fillfactor": "70"}},
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str]
    step: Mapped[str]
    customer_id: Mapped[str]
    channel: Mapped[str]
    via: Mapped[str]
    state: Mapped[str]
    purpose: Mapped[str]
    category: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(server_default=text("'[]'::jsonb"))
    priority: Mapped[int]
    transactional: Mapped[bool]
    cost: Mapped[Decimal] = mapped_column(Numeric(18, 4))
    substitutes: Mapped[list[str]] = mapped_column(server_default=text("'[]'::jsonb"))
    due_at: Mapped[datetime]
    stale_after: Mapped[datetime | None]
    parameters: Mapped[dict[str, object]] = mapped_column(server_default=text("'{}'::jsonb"))
    version: Mapped[int | None]
    worker: Mapped[int | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    unreached: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    provider_id: Mapped[str | None]
    error: Mapped[str | None]
    asked_by: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]


class SendEvent(Base):
    """Something that happened to a send, and what was known then; never rewritten."""

    __tablename__ = "send_events"
    __table_args__ = (
        Index("ix_send_events_send_id", "send_id", "id"),
        Index(
            "ix_send_events_held_out",
            text("(details ->> 'held_out')"),
            postgresql_where=text("what = 'dropped' AND details ->> 'held_out' IS NOT NULL"),
        ),
        Index("ix_send_events_trouble", "at", postgresql_where=text("what in ('bounced','complained','failed')")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    send_id: Mapped[str] = mapped_column(ForeignKey("sends.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    what: Mapped[str]
    details: Mapped[dict[str, object]]


class Tap(Base):
    """What may flow: a channel (``channel:email``) or a message (``message:…``), paused or at a rate.

    ``free_at`` is when the next send may leave under the rate; workers move it forward together. ``per_day`` is how many
    may go since ``day_from`` while the channel warms up; what a customer's own order needs goes beyond it. With
    ``own_only`` nothing else goes: the channel stopped by itself.
    """

    __tablename__ = "send_taps"

    name: Mapped[str] = mapped_column(primary_key=True)
    paused: Mapped[bool] = mapped_column(server_default=text("false"))
    per_second: Mapped[float | None] = mapped_column(Double)
    free_at: Mapped[datetime | None]
    per_day: Mapped[int | None]
    day_from: Mapped[datetime | None]
    own_only: Mapped[bool] = mapped_column(server_default=text("false"))
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
