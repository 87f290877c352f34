"""Returned mail as it is remembered: what it said, which send it was matched to, and what was done."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class ReturnedMail(Base):
    """One report of a mail server or a provider; the same report stands once. Addresses in its words are left out."""

    __tablename__ = "returned_mail"
    __table_args__ = (
        Index("ix_returned_mail_at", text("at DESC"), "id"),
        Index("ix_returned_mail_send_id", "send_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    came_by: Mapped[str]
    kind: Mapped[str]
    send_id: Mapped[str | None]
    matched_by: Mapped[str]
    status: Mapped[str]
    words: Mapped[str]
    effect: Mapped[str]


class SoftBounce(Base):
    """A send that an address could not take for the moment; the address is remembered by its hash."""

    __tablename__ = "soft_bounces"
    __table_args__ = (Index("ix_soft_bounces_at", "at"),)

    address_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    send_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
