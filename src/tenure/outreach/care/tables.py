"""The care of channels as it is stored."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class ChannelCare(Base):
    """The rules of one channel and how it stands; ``counted_from`` is when a person let it go on."""

    __tablename__ = "channel_care"
    __table_args__ = (CheckConstraint("state in ('open','warned','stopped')", name="state"),)

    channel: Mapped[str] = mapped_column(primary_key=True)
    rules: Mapped[dict[str, object]]
    warm_up_from: Mapped[datetime | None]
    counted_from: Mapped[datetime | None]
    state: Mapped[str]
    why: Mapped[dict[str, object]]
    since: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class DomainPace(Base):
    """When the next message may go to a domain whose pace is limited; workers move it forward together."""

    __tablename__ = "domain_pace"

    channel: Mapped[str] = mapped_column(primary_key=True)
    domain: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]
