"""Dispatches, and whose turn it is not yet."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base

_UNDER_WAY = "state in ('asked','queueing')"


class Dispatch(Base):
    """A message asked for to an audience: ``asked`` until it is known who that is, then ``queueing``, then over.

    Of ``customers``, ``handled`` had their turn and ``queued`` of them were not asked for before; ``after`` is the last who
    had it. ``terms`` are what the ledger is told of each. The same ``request_key`` of the same asker makes one dispatch.
    """

    __tablename__ = "dispatches"
    __table_args__ = (
        UniqueConstraint("asked_by", "request_key"),
        CheckConstraint("state in ('asked','queueing','done','cancelled','failed')", name="state"),
        CheckConstraint(f"({_UNDER_WAY}) = (ended_at is null)", name="ended"),
        CheckConstraint("0 <= queued and queued <= handled and handled <= customers", name="counts"),
        CheckConstraint("state <> 'done' or handled = customers", name="whole"),
        CheckConstraint("state <> 'queueing' or customers is not null", name="found"),
        Index("ix_dispatches_message", "message", "id"),
        Index("ix_dispatches_under_way", "id", postgresql_where=text(_UNDER_WAY)),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str]
    channel: Mapped[str]
    occasion: Mapped[str]
    version: Mapped[int | None]
    due_at: Mapped[datetime]
    terms: Mapped[dict[str, object]]
    audience: Mapped[dict[str, object]]
    state: Mapped[str]
    customers: Mapped[int | None]
    handled: Mapped[int] = mapped_column(server_default=text("0"))
    queued: Mapped[int] = mapped_column(server_default=text("0"))
    after: Mapped[str] = mapped_column(server_default=text("''"))
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    error: Mapped[dict[str, object] | None]
    asked_by: Mapped[str]
    asked_by_name: Mapped[str]
    request_key: Mapped[str | None]
    request_digest: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DispatchCustomer(Base):
    """A customer of a dispatch who has not had their turn; the row goes in the transaction that gives it.

    No foreign key: a million rows would each ask for the same dispatch, whose row is held while they are written.
    """

    __tablename__ = "dispatch_customers"

    dispatch_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(primary_key=True)
