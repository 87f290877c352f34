"""Rules as they are stored."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class RiskRule(Base):
    """One rule over features; it raises a signal and never touches the model's probability."""

    __tablename__ = "risk_rules"
    __table_args__ = (Index("uq_risk_rules_name", "name_en", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name_en: Mapped[str]
    name_zh: Mapped[str]
    step_en: Mapped[str]
    step_zh: Mapped[str]
    rule: Mapped[dict[str, object]]
    enabled: Mapped[bool]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
