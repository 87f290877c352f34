"""What a workspace has chosen for its health score, and how the two scores compared."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class HealthSettings(Base):
    """The weights of the points score, and the last comparison: one row."""

    __tablename__ = "health_settings"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    weights: Mapped[dict[str, object] | None]
    comparison: Mapped[dict[str, object] | None]
    compared_as_of: Mapped[datetime | None]
