"""The settings as they are stored: one row."""

from sqlalchemy import CheckConstraint, Float
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class WorkspaceRow(Base):
    """The workspace; there is exactly one row once anything was changed."""

    __tablename__ = "workspace"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("churn_kind in ('inactivity','subscription_end')", name="churn_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    currency: Mapped[str]
    time_zone: Mapped[str]
    churn_kind: Mapped[str]
    churn_window_days: Mapped[int]
    churn_grace_days: Mapped[int]
    tier_a_share: Mapped[float] = mapped_column(Float)
    tier_b_share: Mapped[float] = mapped_column(Float)
    demo_email: Mapped[str | None]
    demo_password: Mapped[str | None]
