"""Words from outside that were heard already."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class HeardOnce(Base):
    """A signature or an event of a source; it stands once."""

    __tablename__ = "heard_once"
    __table_args__ = (Index("ix_heard_once_at", "at"),)

    source: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
