"""What tracking keeps beside the outbox: who visitors turned out to be, and what sort of events arrive."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class Visitor(Base):
    """A visitor who turned out to be a customer; ``adopted_at`` is when earlier events became the customer's."""

    __tablename__ = "visitors"
    __table_args__ = (
        Index("ix_visitors_customer_id", "customer_id"),
        Index("ix_visitors_waiting", "anonymous_id", postgresql_where=text("adopted_at is null")),
    )

    anonymous_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str]
    linked_at: Mapped[datetime]
    adopted_at: Mapped[datetime | None]


class ExpectedEvent(Base):
    """An event somebody declared: each property's type, and whether it is required."""

    __tablename__ = "expected_events"

    name: Mapped[str] = mapped_column(primary_key=True)
    properties: Mapped[list[object]]
    note: Mapped[str]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]


class SeenEvent(Base):
    """An event that arrived: how often, and since when."""

    __tablename__ = "seen_events"

    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class SeenProperty(Base):
    """A property of a track call that arrived with values of a type."""

    __tablename__ = "seen_properties"

    event: Mapped[str] = mapped_column(primary_key=True)
    property: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class TrackingViolation(Base):
    """A way in which events were not as expected, with the newest few of them."""

    __tablename__ = "tracking_violations"
    __table_args__ = (Index("ix_tracking_violations_last_at", "last_at"),)

    key_id: Mapped[str] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    property: Mapped[str] = mapped_column(primary_key=True)
    refused: Mapped[bool]
    count: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    samples: Mapped[list[object]]


class TrackedLately(Base):
    """One of the newest events, for whoever watches them arrive."""

    __tablename__ = "tracked_lately"

    id: Mapped[int] = mapped_column(primary_key=True)
    told: Mapped[dict[str, object]]
