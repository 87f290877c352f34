"""Cases, the signals that were raised, what was done about them, and who owns which."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class RiskCase(Base):
    """A customer in danger; of every customer at most one case is not resolved."""

    __tablename__ = "risk_cases"
    __table_args__ = (
        CheckConstraint("state in ('open','snoozed','resolved')", name="state"),
        CheckConstraint("(state = 'resolved') = (outcome is not null)", name="outcome"),
        CheckConstraint("(state = 'snoozed') = (snoozed_until is not null)", name="snoozed"),
        Index("uq_risk_cases_unresolved", "customer_id", unique=True, postgresql_where=text("state <> 'resolved'")),
        Index("ix_risk_cases_customer_id", "customer_id"),
        Index("ix_risk_cases_place", "state", text("priority DESC"), "id"),
        Index("ix_risk_cases_owner_id", "owner_id", "state"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str]
    state: Mapped[str]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    tier: Mapped[str | None]
    churn_risk: Mapped[float | None] = mapped_column(Float)
    value_at_stake: Mapped[float | None] = mapped_column(Float)
    priority: Mapped[float] = mapped_column(Float)
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attended_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    escalation: Mapped[int] = mapped_column(server_default=text("0"))
    escalated_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    reopened: Mapped[int] = mapped_column(server_default=text("0"))


class RaisedSignal(Base):
    """A signal raised about a customer: the same on the same evidence stands once.

    ``label`` and ``step`` are the words of a rule of the house; those of other signals stand in their catalog.
    """

    __tablename__ = "raised_signals"
    __table_args__ = (
        Index("ix_raised_signals_case_id", "case_id"),
        Index("ix_raised_signals_signal_as_of", "signal", "as_of"),
    )

    customer_id: Mapped[str] = mapped_column(primary_key=True)
    signal: Mapped[str] = mapped_column(primary_key=True)
    evidence: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("risk_cases.id", ondelete="CASCADE"))
    as_of: Mapped[datetime]
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    en: Mapped[str]
    zh: Mapped[str]
    label: Mapped[dict[str, str] | None]
    step: Mapped[dict[str, str] | None]


class CaseEntry(Base):
    """One thing done to a case, by whom; the database refuses to change or delete it while the case exists."""

    __tablename__ = "case_entries"
    __table_args__ = (Index("ix_case_entries_case_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("risk_cases.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[str]
    actor_name: Mapped[str]
    act: Mapped[str]
    details: Mapped[dict[str, object]]


class WarningSettings(Base):
    """Who owns which cases and when they are due, and up to which instant customers have been watched: one row."""

    __tablename__ = "warning_settings"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ownership: Mapped[dict[str, object] | None]
    watched_as_of: Mapped[datetime | None]
