"""Runs as they are stored."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, Index
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class Run(Base):
    """One piece of long work; ``progress`` goes from 0 to 1."""

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint("state in ('queued','running','done','failed')", name="state"),
        Index("ix_runs_kind_created_at", "kind", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="queued")
    progress: Mapped[float] = mapped_column(Float, default=0.0)
    step: Mapped[dict[str, object] | None]
    result: Mapped[dict[str, object] | None]
    error: Mapped[dict[str, object] | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    cancel_asked_at: Mapped[datetime | None]
