"""Whom a message must ask for their yes, and whether it does."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class Confirmation(Base):
    """A word of consent that waits for its person; the database adds one with each, whoever wrote the word.

    ``waiting`` until there is a channel, then ``asked``; ``spent`` when nobody needs to be asked any more.
    """

    __tablename__ = "confirmations"
    __table_args__ = (
        CheckConstraint("state in ('waiting','asked','spent')", name="state"),
        Index("ix_confirmations_waiting", "record_id", postgresql_where=text("state = 'waiting'")),
        Index("ix_confirmations_settled", "changed_at", postgresql_where=text("state <> 'waiting'")),
        Index("ix_confirmations_customer_id", "customer_id", "changed_at"),
    )

    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    channel: Mapped[str]
    wording: Mapped[str | None]
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    changed_at: Mapped[datetime]
