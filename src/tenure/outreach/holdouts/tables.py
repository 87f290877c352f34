"""Hold-outs and every version they ever had."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Double, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class HoldOut(Base):
    """One version of a hold-out: what share of customers, of one message or of all; the newest without an end is in force.

    ``seed`` draws the customers: while it stays, a greater share keeps everybody who was in the smaller one.
    """

    __tablename__ = "hold_outs"
    __table_args__ = (
        CheckConstraint("percent > 0 and percent <= 50", name="percent"),
        Index("uq_hold_outs_in_force", "name", unique=True, postgresql_where=text("ends_at is null")),
    )

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message: Mapped[str | None]
    percent: Mapped[float] = mapped_column(Double)
    seed: Mapped[str]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    by: Mapped[str]
