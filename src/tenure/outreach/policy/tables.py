"""Versions of the rules."""

from datetime import datetime

from sqlalchemy import Identity
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class PolicyVersion(Base):
    """One version of the rules; the newest is in force, older ones explain older decisions."""

    __tablename__ = "contact_policies"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    rules: Mapped[dict[str, object]]
    at: Mapped[datetime]
    by: Mapped[str]
