"""Closed addresses as they are stored."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class ClosedAddress(Base):
    """An address nobody may write to; only its keyed hash is kept, so that it outlives the erasure of a person."""

    __tablename__ = "suppressions"
    __table_args__ = (Index("ix_suppressions_address_key", "address_key"),)

    channel: Mapped[str] = mapped_column(primary_key=True)
    address_key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    reason: Mapped[str]
    source: Mapped[str]
    at: Mapped[datetime]
