"""Accounts of channels; what is secret in them is stored encrypted with a key made of the workspace's secret."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class ChannelAccount(Base):
    """The account of one channel: which kind of service carries it, and what has to be known of it."""

    __tablename__ = "channel_accounts"

    channel: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    facts: Mapped[dict[str, object]]
    secrets: Mapped[bytes] = mapped_column(LargeBinary)
    enabled: Mapped[bool]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class ForgottenChannel(Base):
    """A channel whose account was forgotten, until one is entered again."""

    __tablename__ = "forgotten_channels"

    channel: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
