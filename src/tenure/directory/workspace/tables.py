"""The settings as they are stored: one row."""

from sqlalchemy import CheckConstraint, Float, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class WorkspaceRow(Base):
    """The workspace; there is exactly one row once anything was changed.

    ``churn_kind`` and the days are empty while no member has chosen; ``churn_found`` and ``churn_scored`` are what the
    last refresh found in the data, and what it worked with.
    """

    __tablename__ = "workspace"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("churn_kind in ('inactivity','subscription_end')", name="churn_kind"),
        CheckConstraint("num_nulls(churn_kind, churn_window_days, churn_grace_days) in (0, 3)", name="churn_whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    currency: Mapped[str]
    time_zone: Mapped[str]
    churn_kind: Mapped[str | None]
    churn_window_days: Mapped[int | None]
    churn_grace_days: Mapped[int | None]
    churn_found: Mapped[dict[str, object] | None]
    churn_scored: Mapped[dict[str, object] | None]
    tier_a_share: Mapped[float] = mapped_column(Float)
    tier_b_share: Mapped[float] = mapped_column(Float)
    keep_messages_months: Mapped[int | None] = mapped_column(server_default=text("25"))
    demo_email: Mapped[str | None]
    demo_password: Mapped[str | None]
