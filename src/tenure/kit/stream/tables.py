"""Rows on their way to the lake, and the keys that keep them from going twice."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class StreamRow(Base):
    """One row waiting for the lake; ``batch_id`` is set once a mover has taken it."""

    __tablename__ = "stream"
    __table_args__ = (
        Index("ix_stream_waiting", "id", postgresql_where=text("batch_id is null")),
        Index("ix_stream_batch", "batch_id", postgresql_where=text("batch_id is not null")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    payload: Mapped[dict[str, object]]
    recorded_at: Mapped[datetime]
    batch_id: Mapped[str | None]


class StreamKey(Base):
    """An idempotency key seen before; a second row with the same topic and key is not accepted."""

    __tablename__ = "stream_keys"
    __table_args__ = (Index("ix_stream_keys_recorded_at", "recorded_at"),)

    topic: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime]
