"""What risk keeps between refreshes: what the last one found, and whom to call."""

from datetime import datetime

from sqlalchemy import Float, Index
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class Refresh(Base):
    """What one refresh found, as of one instant."""

    __tablename__ = "refreshes"

    as_of: Mapped[datetime] = mapped_column(primary_key=True)
    refreshed_at: Mapped[datetime]
    snapshot: Mapped[int]
    customers: Mapped[int]
    notes: Mapped[list[object]]
    overview: Mapped[dict[str, object]]
    predictions: Mapped[dict[str, object]]


class CallCandidate(Base):
    """A customer worth a call, by what would be lost with them; consent is looked up when the list is read."""

    __tablename__ = "call_candidates"
    __table_args__ = (Index("ix_call_candidates_rank", "rank"),)

    customer_id: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int]
    tier: Mapped[str | None]
    churn_risk: Mapped[float] = mapped_column(Float)
    value_at_stake: Mapped[float | None] = mapped_column(Float)
    expected_loss: Mapped[float | None] = mapped_column(Float)
    reasons: Mapped[list[object]]
    suggestion: Mapped[dict[str, object]]
    last_order_at: Mapped[datetime | None]
