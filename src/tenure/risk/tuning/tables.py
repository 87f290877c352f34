"""What a workspace has chosen for each signal, and how good each was found to be."""

from datetime import datetime

from sqlalchemy import Float
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class SignalSetting(Base):
    """A workspace's word on a signal; one without a row is on, at its own threshold."""

    __tablename__ = "signal_settings"

    signal: Mapped[str] = mapped_column(primary_key=True)
    enabled: Mapped[bool]
    threshold: Mapped[float | None] = mapped_column(Float)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class SignalRecord(Base):
    """How good a signal was on past instants of the lake, and what became of its real alerts."""

    __tablename__ = "signal_records"

    signal: Mapped[str] = mapped_column(primary_key=True)
    as_of: Mapped[datetime]
    figures: Mapped[dict[str, object]]
