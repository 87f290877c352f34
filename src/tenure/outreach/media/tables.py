"""Uploaded pictures."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class Media(Base):
    """A picture; its name is made of its content, so the same picture stands once and never changes."""

    __tablename__ = "media"

    name: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime]
    added_by: Mapped[str]
