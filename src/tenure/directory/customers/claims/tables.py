"""Claimed addresses as they are stored."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class ClaimedAddress(Base):
    """An address that was claimed of a customer and not proven; ``ignored_at`` is when a member put it away for good."""

    __tablename__ = "claimed_addresses"
    __table_args__ = (
        UniqueConstraint("customer_id", "kind", "value"),
        CheckConstraint("kind in ('email','phone','wecom')", name="kind"),
        Index("ix_claimed_addresses_value", "kind", "value"),
        Index(
            "ix_claimed_addresses_open",
            text("last_at DESC"),
            text("id DESC"),
            postgresql_where=text("ignored_at is null"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    kind: Mapped[str]
    value: Mapped[str]
    source: Mapped[str]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int]
    ignored_at: Mapped[datetime | None]
