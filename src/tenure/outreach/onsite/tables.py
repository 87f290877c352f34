"""Messages that wait for a person on the shop's pages, and browsers that take pushes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class InboxMessage(Base):
    """One message for one customer, to be shown when they are next on a page; the same send lies here once."""

    __tablename__ = "inbox_messages"
    __table_args__ = (
        CheckConstraint("style in ('banner','modal')", name="style"),
        Index("ix_inbox_messages_open", "customer_id", postgresql_where=text("shown_at is null")),
        Index("ix_inbox_messages_position", "position"),
    )

    send_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Identity(always=True))
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    style: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    button: Mapped[str]
    url: Mapped[str]
    language: Mapped[str]
    stored_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]
    clicked_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]


class PushSubscription(Base):
    """A browser that takes pushes for a customer; ``endpoint`` is where its maker's push service takes them."""

    __tablename__ = "push_subscriptions"
    __table_args__ = (Index("ix_push_subscriptions_customer_id", "customer_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    endpoint: Mapped[str]
    p256dh: Mapped[str]
    auth: Mapped[str]
    key_id: Mapped[str]
    created_at: Mapped[datetime]
